# Toutes les phrases du programme, en français. Les noms sont ceux de en.ftl (un test les compare).

synthetic-mark = FICTIF : tout ce qui suit est inventé.
yes = oui
list-empty = Rien.
no-home = aucun dossier connu pour garder les bureaux ; indiquez-en un avec --home
choose-one = « { $text } » n'est pas l'un de ceux-ci : { $words }

# --- fichiers et terminal
file-read = impossible de lire { $path } : { $reason }
file-write = impossible d'écrire { $path } : { $reason }
file-make = impossible de créer { $path } : { $reason }
file-name = impossible de nommer { $path } : { $reason }
file-find = impossible de trouver { $path } : { $reason }
file-clear = impossible de vider { $path } : { $reason }
file-remove = impossible de supprimer { $path } : { $reason }
file-lock = impossible de verrouiller { $path } : { $reason }
file-use = impossible d'utiliser { $path } : { $reason }

# --- phrases secrètes
passphrase-desk = Phrase secrète de ce bureau :
passphrase-new-desk = Nouvelle phrase secrète pour ce bureau :
passphrase-governor = Phrase secrète de ce gouverneur :
passphrase-new-governor = Nouvelle phrase secrète pour ce gouverneur :
passphrase-again = La même encore une fois :
passphrase-differs = les deux diffèrent ; rien n'a été modifié, recommencez
passphrase-short = la phrase secrète a { $chars } caractères ; il en faut au moins { $least } : quatre ou cinq mots se retiennent bien et se devinent mal
passphrase-no-terminal = aucun terminal pour demander la phrase secrète ; utilisez --passphrase-file
passphrase-file-open = attention : d'autres peuvent lire { $path } sur cet ordinateur ; réservez-le-vous (chmod 600)
passphrase-few-characters = attention : la phrase secrète répète quelques caractères ; prenez quatre ou cinq mots
passphrase-sequence = attention : la phrase secrète est surtout une suite de caractères voisins ; prenez quatre ou cinq mots
passphrase-plain = attention : la phrase secrète est courte et d'une seule sorte de caractères ; ajoutez des mots
passphrase-changed = La phrase secrète est changée. Les anciennes copies du fichier de clés s'ouvrent encore avec l'ancienne.

# --- mission
mission-founded = La mission est fondée. Son empreinte, que les membres comparent : { $id }
    Ce bureau est { $device }.
mission-take-off = { $count ->
    [one] Le fichier de clés du gouverneur est dans { $folder }.
   *[other] Les fichiers de clés des { $count } gouverneurs sont dans { $folder }.
    } Déplacez tout son contenu sur des supports hors ligne, séparément, et effacez-le ici.
mission-single-governor = UN SEUL GOUVERNEUR : une seule clé régit cette mission.
mission-name = Mission : { $name }
mission-fingerprint = Empreinte : { $id }
mission-governors = Gouverneurs : { $count }, dont { $threshold } doivent signer ensemble
mission-rules = Un assouplissement attend { $days } jours ; les suites sont acceptées à partir de { $suite }
mission-desk = Ce bureau : { $device }, avec { $statements } déclarations
mission-statements = Les déclarations sont dans { $path }. Qui rejoint la mission compare l'empreinte { $id }
mission-taken = { $count ->
    [0] Il n'y avait rien de nouveau.
    [one] Une nouvelle déclaration a été reprise.
   *[other] { $count } nouvelles déclarations ont été reprises.
    }
mission-taxonomy = La taxonomie { $id } est de version { $version }.
taxonomy-unknown = aucune taxonomie ne s'appelle { $id } ; « counterseal mission taxonomy » donne la liste
mission-guard = Les règles du garde sont de la version { $version }.
mission-suite = Les suites en dessous de { $suite } ne sont plus acceptées.
threshold-too-high = { $threshold } gouverneurs ne peuvent signer ensemble quand il y en a { $governors } ; baissez --threshold ou augmentez --governors
governor-number = Gouverneur { $number } :
governor-key = Fichier de clés { $path } :
registrar-appointed = { $person } tient désormais le registre.
registrar-dismissed = { $person } ne tient plus le registre.

# --- personnes, appareils, compartiments
person-enrolled = Inscrit comme personne { $person } avec l'appareil { $device }
    Admettez-la aux compartiments, et remettez-lui un pli ou un fichier de « mission statements ».
person-revoked = { $person } est révoqué ; de nouvelles époques commencent sans ses appareils.
person-frozen = { $person } est gelé : rien de ce que disent ses appareils ne compte avant que qui tient le registre ne le lève.
person-unfrozen = Les gels de { $person } sont levés, dès que le journal l'a.
person-extended = L'affectation de { $person } est modifiée.
person-named = { $person } s'appelle désormais { $name }.
device-requested = La demande est dans { $path }. Remettez-la à qui vous invite ; prenez le défi avec « invite prove ».
    Empreinte de cet appareil : { $device }
device-beside = Vous avez déjà un autre appareil : { $device }
    S'il n'est pas à vous, révoquez-le (« counterseal device revoke { $id } ») et prévenez qui tient le registre.
device-known = L'appareil { $device } est à vous ; il ne donne plus l'alarme.
alarm-device = ALARME : un appareil que ce bureau n'a pas fait est inscrit à votre nom : { $device }
    S'il n'est pas à vous, révoquez-le tout de suite (« counterseal device revoke { $id } ») et prévenez qui tient le registre. S'il l'est : « counterseal device known { $id } ».
alarm-device-pending = ALARME : un appareil que ce bureau n'a pas fait attend d'être confirmé à votre nom : { $device }
    S'il n'est pas à vous, révoquez-le tout de suite (« counterseal device revoke { $id } ») et prévenez qui tient le registre. S'il l'est : « counterseal device known { $id } ».
device-joined = Ce bureau est { $device } de la mission { $id }
    Comparez l'empreinte de la mission avec un autre membre.
device-none-waits = aucun appareil n'attend de rejoindre une mission ici ; prenez une invitation avec « counterseal invite accept »
device-several-wait = plusieurs appareils attendent ; choisissez-en un avec --desk : { $ids }
device-cross-signed = L'appareil { $device } est signé.
    Il est en attente : un responsable qui est une autre personne le confirme avec « device confirm ».
device-confirmed = L'appareil { $device } est confirmé.
device-revoked = L'appareil { $device } est révoqué ; de nouvelles époques commencent sans lui.
compartment-created = Le compartiment { $name } est créé ({ $id }).
compartment-admitted = { $person } est admis à { $compartment }.
compartment-removed = { $person } est retiré de { $compartment } ; une nouvelle époque a commencé.
compartment-rekeyed = Une nouvelle époque de { $compartment } a commencé.
manager-appointed = { $person } gère désormais { $compartment }.
manager-dismissed = { $person } ne gère plus { $compartment }.

# --- fiches
record-new = Enregistré : { $kind } { $id }
record-edited = La fiche { $record } a une nouvelle version.
record-unchanged = Rien ne change dans la fiche { $record }.
record-resolved = Le conflit de la fiche { $record } est réglé.
record-no-conflict = La fiche { $record } n'est pas en conflit.
record-moved = Le champ { $field } a été déplacé vers { $to }.
record-conflict-shown = CONFLIT : deux bureaux ont modifié cette fiche sans se connaître ; voir « counterseal record history { $record } »
record-in-conflict = la fiche { $record } est en conflit ; réglez-le d'abord avec « counterseal record resolve { $record } »
record-no-part = la fiche { $record } n'a pas de partie dans ce compartiment ; omettez --compartment, ou déplacez-y un champ
record-several-parts = la fiche { $record } a des parties dans plusieurs compartiments ; dites lequel avec --compartment (ou --from)
version-not-one = { $count ->
    [0] aucune version ne commence par « { $prefix } » ; voir « counterseal record history »
   *[other] { $count } versions commencent par « { $prefix } » ; donnez plus de chiffres
    }
incident-empty = un incident dit quelque chose : donnez --title, --date, --place ou un autre champ
entity-needs-name = il faut un nom : donnez --title
note-needs-text = une note dit quelque chose : donnez --narrative
flag-not-for = --{ $flag } ne va pas avec une fiche du genre { $kind }
record-not-edited = une fiche du genre { $kind } ne se modifie pas par options ; utilisez --json, ou écrivez-en une nouvelle
external-bad = « { $text } » ne désigne pas la référence d'un autre système : écrivez SYSTÈME:ID, comme sage:INV-0001
json-bad = { $path } n'est pas le JSON attendu : { $reason }
json-not-for = une fiche du genre { $kind } ne s'écrit pas en JSON ; utilisez les options
json-other-kind = le JSON décrit : { $is }, et non : { $given }
term-unknown = attention : « { $term } » n'est pas dans la taxonomie { $taxonomy } ; il a été repris tel quel
guard-concern = le garde signale : { $field } { $span }, « { $text } » : { $reason }
guard-step =     pour le déplacer : counterseal record move { $record } --field { $field } --to COMPARTIMENT
link-new = { $from } est lié à { $to } ({ $id })
link-to-itself = une fiche ne se lie pas à elle-même ; nommez-en deux
link-needs-kind = un lien a un genre : member-of, commands, owns, seen-at

# --- entrées et sorties
import-bar = Importation
import-dry-run = Rien n'a été écrit (--dry-run).
import-resumed = Une importation antérieure de ce fichier était arrivée à la ligne { $row } ; celle-ci a repris là.
import-rows = { $rows } lignes lues comme { $layout }
import-records = Fiches : { $new } nouvelles, { $changed } modifiées, { $unchanged } déjà connues ; { $entities } entités créées
import-duplicates = Peut-être le même événement qu'une fiche d'un autre système : { $count }
import-concerns = Le garde signale { $count } textes :
import-rejected = { $count ->
    [one] Une ligne a été rejetée :
   *[other] { $count } lignes ont été rejetées :
    }
import-rejects-hint = Pour les corriger, faites-les écrire dans un fichier avec --rejects et importez ce fichier ensuite.
export-bar = Exportation
export-format = le nom du fichier ne dit pas son format ; donnez --to-format csv, hxl, jsonl, geojson ou graphml
export-done = { $count } incidents sont dans { $path } ({ $class }). La mission en garde la trace sous la marque { $mark }
export-traced = { $count } incidents ont été remis ; la mission en garde la trace sous la marque { $mark }
trace-none = { $path } ne porte la marque d'aucune exportation connue de ce bureau.
find-more = Il y en a plus de { $limit } ; augmentez --limit ou précisez la question.
near-cut = Il y a plus de { $count } fiches ; augmentez --limit ou faites moins de pas.
near-no-way = aucun chemin ne mène de l'une à l'autre

# --- plis
pouch-write-bar = Écriture
pouch-read-bar = Lecture
pouch-written = Le pli { $path } contient { $entries } { $entries ->
    [1] entrée
   *[other] entrées
} et { $statements } { $statements ->
    [1] déclaration
   *[other] déclarations
} pour { $receivers } { $receivers ->
    [1] appareil
   *[other] appareils
} : { $bytes } octets, scellés pour eux
pouch-left-out = { $count } entrées de { $name } sont restées : tous les destinataires n'y sont pas ({ $devices }) ; écrivez un autre pli avec --compartment
pouch-for-none-so = aucun appareil, aucune personne, aucun compartiment ne s'appelle « { $who } » ni ne commence ainsi
pouch-for-several-so = « { $who } » convient à un appareil, une personne et un compartiment, ou à deux d'entre eux ; donnez le nom entier ou plus de chiffres
pouch-for-nobody = « { $who } » n'a pas d'autre appareil qui pourrait ouvrir un pli
pouch-from-nobody = personne
pouch-unsigned = quelqu'un qui dit être { $name }, sans signature qui le montre
pouch-read = Pli de { $from } lu, écrit le { $written } : { $entries } { $entries ->
    [1] nouvelle entrée
   *[other] nouvelles entrées
}, { $known } déjà connues, { $statements } { $statements ->
    [1] nouvelle déclaration
   *[other] nouvelles déclarations
}
pouch-on-sight = { $count } déclarations qui retirent quelque chose ne sont pas encore au journal et sont déjà suivies
pouch-kept-for-hub = { $count } déclarations d'autrui sont gardées jusqu'à ce qu'un bureau joigne le concentrateur
pouch-waiting = { $count } entrées attendent le secret de leur époque
pouch-late = { $count } entrées sont tardives et mises à part jusqu'à ce qu'un responsable les accepte
pouch-evidence = { $count } places d'un journal sont prises par deux entrées ; toutes deux sont gardées comme preuve, prévenez votre responsable de la sécurité informatique
pouch-refused = l'entrée { $entry } n'a pas été reprise : { $reason }
pouch-cut-off = le pli est coupé : { $entries } entrées et { $statements } déclarations manquent ; redemandez-le, ce qui a été lu est gardé
pouch-gap = { $count } déclarations ou feuilles antérieures du journal manquent ici ; demandez un pli avec « --since beginning », ou joignez le concentrateur
pouch-two-histories = la déclaration { $index } n'est pas celle de ce bureau : deux bureaux ont dit ce que l'autre ignorait ; ce qui retire est suivi, ceux qui tiennent le registre doivent régler le reste
pouch-shown-closed = Un fichier de { $bytes } octets, qui n'est pas scellé pour ce bureau ; il ne dit rien d'autre
pouch-shown = Un pli de { $bytes } octets de { $from }, écrit le { $written } : { $statements } déclarations, { $leaves } feuilles du journal des entrées
pouch-shown-entries = { $name } : { $count } { $count ->
    [1] entrée
   *[other] entrées
}
pouch-shown-cut-off = le pli est coupé : il contenait davantage
refusal-pouch-not-one = le fichier n'est pas un pli
refusal-pouch-version-unknown = le pli est de version { $version } et de suite { $suite }, que cette version ne connaît pas ; mettez à jour pour le lire
refusal-pouch-too-many-receivers = le pli prétend à plus de destinataires qu'un pli ne peut en avoir
refusal-pouch-not-for-this-device = le pli n'est pas scellé pour cet appareil ; demandez à qui l'écrit de nommer cet appareil ou son compartiment
refusal-pouch-damaged = le morceau { $number } du pli est abîmé ; ce qui précède a été lu, redemandez le reste
refusal-pouch-contents-misplaced = le pli ne commence pas par ce qu'il contient, ou le dit deux fois
refusal-pouch-contents-disorderly = la liste de ce que le pli contient est en désordre
refusal-pouch-frames-unknown = le pli parle la version { $version } du protocole, que cette version ne connaît pas ; mettez à jour pour le lire
refusal-pouch-mission-other = le pli est d'une autre mission
refusal-pouch-after-end = le pli continue après sa fin

# --- entretien
store-replayed = note : ce bureau n'a pas été verrouillé correctement la dernière fois ; tout ce qui était confirmé y est ({ $count } écritures rejouées).
export-swept = note : un export interrompu la dernière fois avait laissé en clair ce qu'il avait écrit : { $path }. Le fichier est supprimé.
verify-bar = Vérification
verify-done = Chaque page du dépôt est vérifiée. Déclarations : { $statements } ; journaux : { $journals } ; entrées : { $entries } ; parties : { $parts } ; secrets d'époques : { $epochs }
verify-unopened = { $count } parties sont d'époques dont ce bureau n'a pas le secret ; leurs empreintes concordent.
verify-missing = { $count } places dans des journaux dont l'entrée n'est pas encore sur ce bureau : elles viendront avec la prochaine synchronisation ou le prochain pli.
verify-late = { $count } entrées sont tardives et tenues à l'écart des recherches et rapports jusqu'à ce qu'un gestionnaire les accepte.
verify-unreadable = { $count } parties ne sont lisibles par personne, bien que signées par leur auteur : un programme défectueux ou hostile les a écrites.
verify-evidence = { $count } entrées prétendent à une place de journal déjà prise : leur appareil a écrit deux fois, ou a été copié. Montrez-le à qui tient le registre.
verify-broken-chains = { $count } entrées ne suivent pas celle qui compte avant elles : il existe une seconde histoire de leur journal.
verify-void = { $count } entrées relèvent d'époques qui ont cédé à d'autres ; elles sont mises à part et restent lisibles.
verify-broken = les secrets de { $count } époques manquent alors que cet appareil est inscrit ; demandez à un autre membre de publier une réparation
reindex-bar = Indexation
reindex-done = L'index a été refait à partir de { $count } parties.
lock-nothing = Rien n'est déverrouillé.
lock-done = Verrouillé.
lock-still = un programme n'est pas encore verrouillé ; attendez, ou lancez « counterseal lock --panic »
session-begins = Déverrouillé. Tapez les commandes sans « counterseal » ; « lock » quitte ; { $minutes } minutes d'inactivité verrouillent.
session-idle = Verrouillé, car rien n'a été demandé depuis un moment.
session-asked = Verrouillé, à la demande.
session-quote = un guillemet reste ouvert dans cette ligne
session-not-here = cela ne se fait pas pendant une session ; quittez-la d'abord avec « lock »

# --- démonstration
demo-bar = Écriture
demo-home-used = il y a déjà un bureau dans { $path }, et une démonstration ne se mélange à rien ; choisissez un autre --home
demo-made = Une mission fictive de { $count } incidents et { $entities } personnes, groupes, véhicules et lieux a été écrite dans { $path } en { $seconds } s.
demo-passphrase = Sa phrase secrète ne protège rien, car rien n'y est vrai : { $passphrase }
demo-try = À essayer :
demo-try-find = des mots, où qu'ils soient
demo-try-filter = ce qui est établi, le plus grave d'abord
demo-try-stats = combien d'incidents, et combien de morts
demo-try-show = une fiche avec tout ce qu'elle dit
demo-try-near = qui et quoi est lié à un groupe
demo-try-export = sortir quelque chose ...
demo-try-trace = ... et reconnaître la copie
demo-try-verify = chaque signature, chaîne et engagement
demo-try-session = une session, où la phrase secrète n'est plus demandée
demo-together = En { $seconds } s de plus, un hub et quatre témoins ont été installés dans le même dossier et nommés au registre par le gouverneur ; { $first } et { $second } ont rejoint la mission, chacun avec son propre dossier, et l'ont reçue en entier.
demo-appeared = La fiche { $id }, écrite sur le bureau de { $first }, est apparue sur les bureaux d'Officer Quillfeather et de { $second }.
demo-hub-holds = Le hub détient { $statements } déclarations signées et { $entries } entrées scellées, { $megabytes } Mo en tout. Aucun de { $words } mots des fiches ne se trouve dans ses fichiers.
demo-start = Hub et témoins sont maintenant arrêtés. Pour les redémarrer :
demo-start-sync = ce qui est écrit sur un bureau apparaît sur les autres quand les deux ont synchronisé
demo-remove = Pour tout supprimer : rm -r { $path }
check-make = mission fondée, incidents écrits
check-unlock = verrouillé, mauvaise phrase secrète refusée, déverrouillé
check-find = incidents retrouvés par leur titre
check-stats = comptés par mois, pays et type comme prévu
check-near = graphe des liens parcouru
check-guard = le garde, sur ce qui a été semé pour lui
check-import = fichier d'un autre système importé deux fois
check-export = exporté dans tous les formats, copies retrouvées
check-verify = chaque signature, chaîne et engagement vérifié
check-reindex = index refait, mêmes réponses
check-sealed = aucun mot en clair dans les fichiers
check-tamper = un bit inversé dans le dépôt est remarqué
check-served = hub et quatre témoins démarrés, l'existant envoyé
check-joined = un deuxième et un troisième bureau ont rejoint la mission
check-appeared = une fiche écrite sur un bureau se trouve sur les deux autres
check-frozen = le bureau d'une personne gelée est écarté jusqu'à la levée du gel
check-killed = hub tué et redémarré : rien de confirmé n'est perdu
check-hub-sealed = aucun mot en clair dans les fichiers du hub, des témoins et des autres bureaux
check-agreed = tous les bureaux ont le même registre, et chaque entrée est dans le journal
check-nobody = il n'y a pas de hub, ou personne n'a rejoint la mission : une étape précédente a échoué
check-hub-lives = le hub a répondu après avoir été tué
check-unacknowledged = le hub n'a rien confirmé
check-freeze-ignored = le gel n'a pas été respecté
check-sync-refused = quelque chose a été refusé ou perdu en route : { $what }
check-sync-never = après { $seconds } s de synchronisation, ce n'était toujours pas le cas
check-guard-tally = { $hits } signalés sur { $planted } semés, et { $alarms } sur { $decoys } sosies
check-imported = { $rows } lignes, rien de nouveau la seconde fois, { $duplicates } doublons possibles proposés
check-searched = { $words } mots dans { $megabytes } Mo
check-differs = { $wanted } était attendu, et non { $found }
check-wrong-passphrase = une mauvaise phrase secrète a ouvert le bureau
check-not-clean = le bureau n'a pas été verrouillé correctement
check-search-blind = la recherche ne trouve rien là où il y a quelque chose
check-in-the-clear = « { $word } » est en clair dans { $path }
check-tamper-unseen = personne n'a rien remarqué
check-passed = Les { $count } étapes ont réussi en { $seconds } s.
check-failed = { $count } étapes ont ÉCHOUÉ après { $seconds } s.

# --- ce qu'un bureau refuse
thing-compartment = compartiment
thing-person = personne
thing-device = appareil
thing-record = fiche
thing-invitation = invitation
thing-request = demande
thing-challenge = défi
thing-recovery = papier de secours
home-synced = { $path } est dans un dossier que { $service } copie sur ses serveurs ; choisissez un autre dossier avec --home
home-no-desk = il n'y a pas de bureau dans { $path } ; fondez une mission avec « counterseal mission new », ou rejoignez-en une avec « counterseal invite accept »
home-several = cet ordinateur a { $count } bureaux ; choisissez-en un avec --desk : { $ids }
home-not-this-one = aucun bureau ne commence par « { $prefix } » ; il y a : { $ids }
store-in-use = le dépôt de ce bureau est ouvert dans un autre programme counterseal ; fermez-le d'abord, ou lancez « counterseal lock »
store-missing = il n'y a pas de dépôt dans { $dir } ; créez d'abord une mission ou rejoignez-en une
store-damaged = { $file } a été abîmé ou remplacé par une copie plus ancienne : { $what } ; restaurez le bureau d'une sauvegarde ou réinscrivez-le, et prévenez votre responsable de la sécurité de l'information
store-full = le disque est plein : rien de la dernière étape n'a été gardé ; libérez de la place et réessayez
store-unsure = le disque a failli pendant un enregistrement ({ $reason }) : il y est peut-être, ou non ; rouvrez le bureau et regardez avant de recommencer
store-poisoned = une écriture a échoué plus tôt : ce bureau ne répond plus avant d'être rouvert
keyfile-cannot-unlock = la phrase secrète est fausse ou le fichier de clés est abîmé ; retapez-la, et si elle est sûrement juste, restaurez le fichier d'une copie
node-other-key = ce fichier de clés n'est pas du bon genre ; il en faut un de genre « { $needed } »
node-no-mission = le dépôt de ce bureau ne contient pas de mission ; restaurez-le d'une sauvegarde ou réinscrivez le bureau
node-not-a-member = ce bureau n'est pas membre du compartiment { $compartment } ; demandez à l'un de ses responsables de l'admettre
node-no-secret = le secret de l'époque { $epoch } n'est pas sur ce bureau ; demandez à un membre de son compartiment de publier une réparation
node-no-record = il n'y a pas de fiche { $record } sur ce bureau
compartment-choose = dites dans quel compartiment, avec --compartment : { $names }
compartment-none = ce bureau ne travaille encore dans aucun compartiment ; faites-vous admettre par un responsable, ou créez-en un avec « counterseal compartment new »
node-none-so = { $what } : rien ne s'appelle « { $prefix } » ni ne commence ainsi ; voyez la liste de ce qu'il y a
node-several-so = { $what } : plusieurs ({ $count }) répondent à « { $prefix } » ; nommez-en un seul, ou donnez plus de chiffres
node-source-in-open = une source est toujours gardée : elle ne peut être enregistrée dans un compartiment ouvert, que la seule clé de chaque membre ouvre
node-other-kind = la fiche { $record } est d'un autre genre : { $is }, et non { $given }
node-bad-statements = ce n'est pas un fichier de déclarations : { $reason }
node-no-receivers = personne ne recevrait ce pli : aucun autre appareil actif n'est dans le compartiment ; nommez un appareil ou une personne, ou admettez-les d'abord
node-not-a-receiver = aucun pli n'est écrit pour l'appareil { $device } : il n'est pas inscrit, ou il est révoqué, suspendu ou gelé
node-verification = la vérification a échoué : { $reason } ; restaurez le bureau d'une sauvegarde ou réinscrivez-le
node-locked = le bureau a été verrouillé ; ce qui était confirmé est gardé, relancez la commande pour continuer

# --- colonnes
column-id = Id
column-name = Nom
column-status = État
column-since = Depuis
column-registrar = Registre
column-devices = Appareils
column-you = Vous
column-person = Personne
column-rule = Règle
column-history = Passé
column-managers = Responsables
column-members = Appareils
column-yours = À vous
column-everyone = Tous
column-kind = Genre
column-date = Date
column-type = Type
column-place = Lieu
column-title = Titre
column-killed = Morts
column-grade = Cote
column-verified = Vérifié
column-class = Classification
column-version = Version
column-newest = Actuelle
column-made = Fait
column-by = Par
column-compartment = Compartiment
column-body = Contenu
column-ends = Fin
column-link = Lien
column-steps = Pas
column-from = De
column-step = Pas
column-incidents = Incidents
column-best = Morts (estimation)
column-month = Mois
column-year = Année
column-country = Pays
column-actor = Acteur
column-admin1 = Région
column-device = Appareil
column-count = Incidents
column-format = Format
column-query = Question
column-mark = Marque
column-unaltered = Intact
column-record = Fiche

# --- ce que le registre refuse, par ses codes
refusal-suite-unknown = l'objet est de la suite { $suite }, que cette version ne connaît pas ; mettez à jour pour le lire
refusal-suite-below-minimum = la mission n'accepte que la suite { $minimum } ou une plus récente ; mettez à jour pour participer
refusal-statement-too-large = la déclaration a { $bytes } octets, plus qu'une déclaration ne peut en avoir
refusal-chain-wrong = la déclaration nomme une autre chaîne que celle de son acte
refusal-mission-other = la déclaration appartient à une autre mission
refusal-mission-already-founded = la mission est déjà fondée ; une fondation ne peut être que sa première déclaration
refusal-founding-expected = une mission commence par une fondation qui ne nomme ni mission ni prédécesseur
refusal-statement-known = la déclaration { $statement } figure déjà au registre
refusal-position-runs-back = la place de la déclaration dans le journal n'est pas après la dernière appliquée ; appliquez le journal dans l'ordre
refusal-time-runs-back = la déclaration date d'avant la dernière appliquée ; appliquez le journal dans l'ordre
refusal-log-size-impossible = la déclaration prétend avoir vu plus ou moins du journal que sa place et son prédécesseur ne le permettent
refusal-not-cosigned = la déclaration permet quelque chose et n'a d'effet qu'une fois cosignée par des témoins ; gardez-la et réessayez alors
refusal-predecessor-unknown = la déclaration en suit une qui n'est pas sur sa chaîne ; allez d'abord chercher ce qui manque
refusal-predecessor-void = la déclaration suit { $statement }, qui est nulle
refusal-signer-unknown = la déclaration est signée d'une clé que le registre ne connaît pas
refusal-not-the-governors = exactement { $threshold } des gouverneurs actuels doivent signer ceci, et personne d'autre
refusal-not-one-device = exactement un appareil doit signer ceci
refusal-signer-not-active = l'appareil { $device } a signé ceci, mais il est en attente, suspendu, gelé ou révoqué, ou l'affectation de sa personne est finie
refusal-not-a-registrar = seul qui tient le registre peut dire ceci
refusal-not-a-manager = seul un responsable du compartiment { $compartment } peut dire ceci
refusal-not-a-member = seul un appareil de la liste de l'époque peut dire ceci
refusal-own-case = nul ne prolonge sa propre affectation ni ne confirme son propre appareil ; demandez à quelqu'un d'autre
refusal-not-a-cross-signer = un appareil de plus est signé par l'un des appareils actifs de la personne, ou par autant d'agents de secours que le registre le dit, dont aucun n'est la personne
refusal-governors-bad = les gouverneurs sont 1 à 16 clés distinctes dans l'ordre de leurs identifiants, et le seuil est entre un et leur nombre
refusal-registrars-bad = une fondation nomme au moins une personne qui tient le registre, et chaque personne et appareil une seule fois
refusal-suite-not-raised = la suite minimale est { $minimum } et ne peut qu'augmenter
refusal-registrar-unknown = cette personne ne tient pas le registre
refusal-recovery-bad = les agents de secours sont des personnes inscrites, distinctes et dans l'ordre, et le seuil est entre un et leur nombre
refusal-nothing-changes = il en est déjà ainsi et rien n'attend de le remplacer
refusal-hub-unknown = la mission n'a pas encore de hub ; les gouverneurs nomment le premier
refusal-hub-generation-wrong = ceci devrait être de la génération { $expected } du hub ; voyez les hubs que le registre connaît
refusal-hub-log-keys-fixed = les clés des journaux d'un hub ne changent pas ; d'autres clés demandent une succession
refusal-hub-pins-bad = un hub a 1 à 4 empreintes de certificat, chacune une fois et dans l'ordre
refusal-log-end-bad = une succession nomme la taille et la racine de journaux que son prédécesseur ne peut avoir eus
refusal-succession-misplaced = une succession est la première déclaration du nouveau journal et doit être à l'indice { $index }
refusal-hub-superseded = ceci est de la génération { $generation } du hub, que les gouverneurs ont remplacée ; utilisez le hub actuel, et prévenez votre responsable de la sécurité de l'information si celui-ci continue de fonctionner
refusal-log-before-generation = le journal de la génération { $generation } du hub n'est pas celui que sa succession continue ; ne l'utilisez pas et prévenez votre responsable de la sécurité de l'information
refusal-hub-pin-unknown = le serveur montre un certificat que le registre ne nomme pas ; ce n'est pas le hub de la mission
refusal-witnesses-bad = les témoins sont 1 à 32 dans l'ordre de leurs noms, chaque nom et chaque clé une seule fois
refusal-quorum-bad = dans chaque groupe qui a des témoins, au moins un doit cosigner, et pas plus qu'il n'y en a
refusal-quorum-only-trustees = au moins un témoin qui n'est pas un dépositaire doit être nécessaire au quorum
refusal-quorum-weak-unmarked = un quorum qui ne prévoit aucun témoin corrompu est marqué comme faible, et aucun autre ne l'est
refusal-quorum-too-small = avec { $k } témoins sur { $w } dont { $f } corrompus, un hub pourrait montrer deux journaux ou une heure fausse ; demandez plus de témoins
refusal-trustees-bad = les dépositaires sont 2 à 9 dans l'ordre de leurs identifiants, chacun avec ses propres clés et un x de 1 à 255 qu'aucun autre n'a jamais eu, et 1 à 4 empreintes de certificats en ordre ; un dépositaire seul est marqué comme tel
refusal-trustees-threshold-bad = on ne peut pas demander { $t } dépositaires sur { $n } : deux au moins doivent remettre leur part, et pas plus qu'il n'y en a
refusal-policy-bad = une politique est une table de 1 à 65536 octets de texte UTF-8
refusal-office-bad = un contrôleur contrôle une section, et aucune autre fonction n'en nomme une
refusal-officer-unknown = la personne n'exerce pas cette fonction
refusal-not-a-withdrawer = seul un membre du compartiment ou un délégué à la protection des données retire ses parties, et seul un responsable ou un délégué à la protection des données les retient
refusal-not-two-persons = deux personnes doivent signer cela : un responsable du compartiment { $compartment } et un délégué à la protection des données
refusal-part-list-bad = la liste des parties est vide, dépasse 4096, n'est pas en ordre ou en nomme une deux fois
refusal-nothing-to-lift = { $statement } n'est ni un retrait ni une retenue en vigueur dans ce compartiment
refusal-part-held = une partie, ou son compartiment, est retenue pour la justice ; elle sera effacée quand la retenue sera levée
refusal-cooling-off = une partie est effacée quand son retrait a duré { $days } jours
refusal-part-erased = une partie est déjà effacée
refusal-trustee-set-unknown = l'entrée est scellée pour les dépositaires { $set }, qui n'étaient pas en fonction
refusal-not-the-trustees = l'entrée ne nomme pas exactement les dépositaires de { $set }
refusal-person-unknown = la personne { $person } n'est pas inscrite
refusal-person-exists = la personne { $person } est déjà inscrite ; une affectation finie se prolonge, une révocation est définitive
refusal-person-not-active = la personne { $person } est révoquée ou gelée, ou son affectation est finie
refusal-device-unknown = l'appareil { $device } n'est pas inscrit pour cette personne
refusal-device-exists = un appareil avec ces clés est déjà inscrit ; des clés ne resservent jamais
refusal-not-the-first-device = qui tient le registre n'inscrit que le premier appareil d'une personne ; un autre est signé par la personne ou par des agents de secours
refusal-no-first-device = la personne n'a pas encore d'appareil ; qui tient le registre inscrit le premier
refusal-device-proof-bad = l'appareil n'a pas prouvé qu'il détient sa clé de signature
refusal-key-bad = une clé publique n'est pas le codage canonique d'un point du bon ordre
refusal-key-in-use = une clé n'a qu'un usage et qu'un détenteur : celle-ci est à un autre, ou a déjà servi
refusal-device-not-pending = l'appareil { $device } n'attend pas de confirmation
refusal-already-revoked = la personne ou l'appareil est déjà révoqué
refusal-already-suspended = l'appareil { $device } est déjà suspendu
refusal-evidence-bad = la preuve n'est pas faite de deux entrées que cet appareil a signées pour une même place de son journal
refusal-not-a-freezer = une personne est gelée par qui tient le registre, par elle-même, ou par un responsable d'un compartiment où elle est, mais qui tient le registre ne l'est pas par un responsable ; un site l'est par qui tient le registre
refusal-freeze-unknown = { $freeze } n'est pas un gel en vigueur pour cette personne ou ce site
refusal-freeze-list-bad = la liste des gels est vide, dans le désordre, ou en nomme un deux fois
refusal-site-unknown = personne n'a jamais été affecté au site { $site }
refusal-compartment-unknown = le compartiment { $compartment } n'existe pas
refusal-compartment-exists = le compartiment { $compartment } existe déjà
refusal-managers-remain = le compartiment { $compartment } a encore un responsable, qui peut en nommer un autre ; les gouverneurs et le registre ne le peuvent pas
refusal-compartment-mission-wide = le compartiment de toute la mission est géré par qui tient le registre et reste ouvert
refusal-manager-unknown = cette personne n'est pas responsable du compartiment
refusal-rule-is-the-governors = seuls les gouverneurs changent une règle d'ouverture ; une modification nomme la règle en vigueur
refusal-entry-list-bad = la liste des entrées est vide, en désordre, ou en nomme une deux fois
refusal-epoch-unknown = l'époque { $epoch } n'est pas de ce compartiment
refusal-epoch-joins-bad = une époque nomme celles qu'elle suit, chacune une fois et dans l'ordre ; seule la première n'en nomme aucune, avec la raison create
refusal-roster-bad = une liste compte 1 à 4096 appareils, chacun une fois et dans l'ordre
refusal-roster-not-active = l'appareil { $device } ne peut recevoir le secret d'une époque : il n'est pas inscrit, est en attente, suspendu, gelé ou révoqué, ou l'affectation de sa personne est finie
refusal-roster-not-kept = le renouvellement par un membre suit une époque en cours et en garde la liste, sans les appareils qui ne sont plus actifs et sans autres
refusal-epoch-reason-mismatch = la raison de l'époque ne convient pas : seuls create et admit font entrer des appareils, et join suit plusieurs époques
refusal-epoch-previous-bad = une époque scelle les secrets de celles qu'elle suit et qui ont commencé sous la règle full, et d'aucune sous from-join
refusal-not-the-epochs-signer = seul l'appareil qui a commencé l'époque en remet les enveloppes ; un autre membre peut publier une réparation
refusal-epoch-already-wrapped = les enveloppes de l'époque sont déjà là ; une correction est une réparation
refusal-wraps-not-the-roster = les enveloppes nomment exactement les appareils de la liste de l'époque, dans l'ordre ; une réparation, quelques-uns d'entre eux
refusal-device-removed = l'appareil { $device } a été retiré du compartiment
refusal-entry-rule-mismatch = l'entrée n'est pas scellée selon la règle d'ouverture de son époque
refusal-statement-malformed = ce n'est pas une déclaration : { $reason }
refusal-signed-malformed = ce n'est pas un objet signé ; allez le rechercher
refusal-signature-algorithm-unknown = il est signé d'une façon que cette version ne connaît pas ; mettez à jour pour le lire
refusal-signature-list-bad = ses signatures manquent, sont doubles ou en désordre ; allez le rechercher
refusal-signers-wrong = il n'est pas signé par exactement ceux qui doivent le signer
refusal-signature-invalid = une de ses signatures ne se vérifie pas ; allez le rechercher, et prévenez sinon votre responsable de la sécurité de l'information
refusal-entry-malformed = ce n'est pas une entrée ; allez la rechercher
refusal-entry-suite-unknown = l'entrée est d'une suite que cette version ne connaît pas ; mettez à jour pour la lire
refusal-entry-other-device = l'entrée se dit d'un autre appareil que celui pour lequel elle a été contrôlée
refusal-entry-predecessor-bad = l'entrée ne nomme pas son prédécesseur comme il le faut à sa place
refusal-entry-trustee-set-missing = l'entrée porte des parts de secret pour des dépositaires mais ne nomme aucun collège de dépositaires
refusal-entry-part-guarded = une partie de l'entrée est gardée, mais l'entrée ne nomme aucun collège de dépositaires
refusal-entry-trustee-count = l'entrée ne porte de part de secret pour aucun dépositaire, ou pour plus de neuf
refusal-entry-trustee-key-twice = l'entrée porte deux parts de secret pour une même clé de dépositaire
refusal-entry-part-open = une partie de l'entrée est ouverte, mais l'entrée nomme un collège de dépositaires
refusal-entry-point-count = une partie de l'entrée a un autre nombre de parts de secret que l'entrée n'a de dépositaires
refusal-entry-out-of-limits = l'entrée a plus de parties ou d'octets qu'une entrée ne peut en avoir, ou aucun
refusal-entry-part-count = l'entrée porte un autre nombre de parties que celui que son auteur a signé ; allez la rechercher
refusal-entry-no-such-part = l'entrée n'a pas de partie de ce numéro
refusal-entry-other-ciphertext = une partie n'est pas le texte chiffré que l'auteur de l'entrée a signé ; allez rechercher l'entrée
refusal-chain-other-journal = l'entrée appartient à un autre journal
refusal-chain-gap = des entrées précédentes du journal manquent ; allez d'abord les chercher
refusal-chain-equivocation = un appareil a signé deux entrées pour une même place de son journal ; les deux sont gardées comme preuve
refusal-chain-other-predecessor = l'entrée en suit une autre que celle qu'on détient ; l'une des deux est d'une seconde histoire
refusal-leaf-length-bad = ce n'est pas une feuille du journal des entrées ; allez la rechercher
refusal-leaf-version-unknown = la feuille est d'une version que ce programme ne connaît pas ; mettez à jour pour la lire
refusal-leaf-type-unknown = la feuille est d'un type que cette version ne connaît pas ; mettez à jour pour la lire
refusal-leaf-count-bad = la feuille ne compte aucune partie, ou plus qu'il ne peut y en avoir

# --- hub, témoin, synchronisation
sync-bar = Réception
sync-no-address = dites la première fois où se trouve le hub : counterseal sync --hub HÔTE:PORT
sync-fetched = { $entries } entrées et { $statements } déclarations reçues ({ $bytes } octets lus).
sync-sent = { $accepted } entrées et déclarations envoyées, que le hub a rendues durables ({ $bytes } octets écrits).
sync-waiting = { $count } de ces entrées sont scellées à une époque dont le secret n'est pas encore sur ce bureau.
sync-late = { $count } de ces entrées sont tardives : tenues à l'écart des recherches et rapports jusqu'à ce qu'un gestionnaire les accepte.
sync-left = { $count } entrées sont restées au hub, selon les limites ou le budget donnés.
sync-unsent = { $count } entrées restent en attente sur ce bureau.
sync-unfinished = { $count } grandes entrées ont été commencées et non achevées, plus que ce bureau n'en garde : les plus anciennes ont été écartées et seront redemandées.
sync-dropped = { $count } entrées que le hub avait confirmées ne sont pas dans son journal ; elles sont renvoyées. Prévenez votre responsable de la sécurité de l'information.
sync-evidence = { $count } entrées prétendent à une place de journal déjà prise : leur appareil a écrit deux fois, ou a été copié. Prévenez votre responsable de la sécurité de l'information.
sync-gaps = Dans { $count } journaux manquent des entrées que d'autres disent écrites : le serveur les retient, ou personne ne les lui a apportées. Elles sont redemandées chaque fois ; la pochette d'un collègue les apporte aussi.
sync-misplaced = Le serveur a dit de { $count } entrées qu'elles se trouvent là où le registre en a d'autres. Ce qui s'y trouve est redemandé. Prévenez votre responsable de la sécurité de l'information.
sync-broken-chains = { $count } entrées ne suivent pas celle qui compte avant elles : leur appareil a eu deux histoires. Elles sont gardées et montrées. Prévenez votre responsable de la sécurité de l'information.
sync-early = { $count } des entrées sont arrivées avant la déclaration qui ouvre leur époque ; elles seront prises en compte quand celle-ci sera là.
sync-on-sight = { $count } déclarations retirent quelque chose et ne sont encore dans aucun point de contrôle cosigné : on leur obéit déjà.
sync-own-late = { $count } entrées de ce poste ont été inscrites après ce qui a clos leur époque, et sont mises à part. Demandez à un gestionnaire de les accepter.
sync-written-again = { $count } entrées de ce poste relevaient d'une époque qui a cédé à une autre ; elles ont été réécrites sous celle qui vaut.
sync-lost = { $count } déclarations de ce poste ne peuvent plus valoir. Voyez « counterseal mission lost ».
lost-none = Rien de ce qui a été déclaré ici n'est perdu.
lost-statement = { $id } ({ $what }) ne peut plus valoir : { $code }. Redites-le avec « counterseal mission lost --again { $id } ».
lost-governors = { $id } ({ $what }) ne peut plus valoir : { $code }. Les gouverneurs doivent le signer de nouveau.
lost-void = { $id } ({ $what }) figure au journal, et une autre a pris sa place avant elle. Redites-la avec « counterseal mission lost --again { $id } », ou abandonnez-la avec « --give-up ».
lost-refused = { $id } ({ $what }) n'est pas acceptée par le hub : { $code }. Elle part à chaque synchronisation, jusqu'à ce que vous l'abandonniez avec « counterseal mission lost --give-up { $id } ».
lost-said-again = Ce que disait { $id } est redit, sur ce qui vaut à présent. C'est envoyé à la prochaine synchronisation.
lost-given-up = { $id } est abandonné.
lost-which = aucune déclaration perdue, ou plusieurs, ne commencent par { $prefix } ; voyez « counterseal mission lost »
sync-bad-marks = { $count } marques de temps du registre ne comptent pas et sont sans effet. Prévenez qui exploite le serveur.
sync-behind = Le hub montre un état plus ancien de { $count } journaux que ce bureau n'en connaît : il a peut-être été restauré. Ce que ce bureau sait reste.
sync-refused-statements = { $count } déclarations du journal sont refusées : elles ne sont pas signées par qui le doit. Elles sont sans effet.
sync-refused-entry = Entrée refusée : { $reason }
sync-refused-push = Le hub ne prend pas un de vos envois : { $code }
sync-ended = Le hub a mis fin à la session : { $code }
sync-age = Dernier point de contrôle cosigné : il y a { $age }.
sync-clock = L'horloge du hub avance de { $seconds } secondes sur celle de cet ordinateur (signe moins : retarde). Vérifiez l'horloge de cet ordinateur.

# --- invitations
invitation-head = Invitation à une mission, pour un appareil, jusqu'au { $until }.
    Qui la tient peut demander à entrer. Ne l'envoyez pas par le hub ; détruisez-la quand elle a servi.
invitation-written = L'invitation { $id } est dans { $path }. Elle vaut jusqu'au { $until }, pour un appareil.
invitation-printed = L'invitation { $id } vaut jusqu'au { $until }, pour un appareil. { $path }
invitation-fingerprint = L'empreinte de la mission, à comparer sur le nouvel ordinateur : { $id }
invitation-cancelled = L'invitation est annulée.
invitation-choose = { $count } invitations ont reçu une réponse et n'ont pas servi ; nommez-en une par les premiers chiffres de son id
invitation-mission = Vous êtes invité à la mission de cette empreinte : { $id }
    Comparez-la avec celle que vous tenez d'ailleurs, imprimée ou lue à voix haute, avant de continuer.
invitation-compare = Est-ce l'empreinte de la mission telle que vous la tenez d'ailleurs ? Écrivez oui ou non.
invitation-not-compared = rien n'a été fait ; demandez l'empreinte de la mission à qui tient le registre, et comparez-la
invitation-type = Tapez ou collez les lignes de l'invitation ; une ligne vide les termine.
request-answered = Le défi est dans { $path }, pour l'appareil { $device }
    Remettez-le, faites-vous lire la suite de chiffres, et inscrivez avec « invite enrol ».
string-shown = Lisez cette suite à qui vous invite : { $string }
    Elle est de la mission { $id }
    De vive voix. Si elle n'y est pas acceptée, quelqu'un se tient entre vous : n'allez pas plus loin.
string-ask = Tapez la suite que la personne vous lit :
string-fits = La suite est la bonne : { $string }
    Les deux ordinateurs ont les mêmes clés devant eux. Dites-le à la personne.
string-needed = donnez la suite qui vous a été lue avec --string
string-not-one = la suite a six groupes de trois chiffres ; faites-la relire
paper-needed = d'autres agents de secours doivent signer : nommez le papier à faire pour eux
recovery-paper = Le papier est dans { $path } ; { $count } autres agents de secours doivent le signer avec « invite cosign ».
    Chacun se fait lire par la personne l'empreinte de l'appareil : { $device }
recovery-set = Les agents de secours sont nommés. Ce qui assouplit prend effet dans { $days } jours.
role-yours = Vous avez ce rôle : { $role }.
role-until = Vous avez ce rôle : { $role }, jusqu'au { $until }.
role-assignment = affectation
role-registrar = tenue du registre
role-recovery-officer = agent de secours
role-manager = responsable de { $compartment }
ends-soon = Finit bientôt : { $person }, { $role }, le { $until }
refusal-invitation-none = ce n'est pas une invitation ; donnez le fichier ou les lignes que le bureau de qui invite a faits
refusal-invitation-line-bad = la ligne { $line } de l'invitation a une faute ou manque ; comparez-la, et tapez-la de nouveau
refusal-invitation-of-other-version = l'invitation est d'une autre version de counterseal ; mettez ce programme à jour
refusal-invitation-file-bad = ce n'est pas ce qu'il faut ({ $what } d'une invitation) : { $reason }
refusal-invitation-unknown = ce bureau n'a pas fait cette invitation ; « counterseal invite list » les montre
refusal-invitation-expired = l'invitation a pris fin le { $since } ; faites-en une autre, et vérifiez l'horloge de cet ordinateur
refusal-invitation-cancelled = l'invitation a été annulée ; faites-en une autre
refusal-invitation-used = l'invitation a déjà servi ; chacune est pour un appareil, faites-en une autre
refusal-invitation-taken = un autre appareil a demandé le premier avec cette invitation : quelqu'un d'autre l'a peut-être ; annulez-la et faites-en une autre
refusal-request-mission-other = la demande est pour une autre mission que celle de ce bureau
refusal-request-inviter-other = la demande répond à l'invitation d'un autre bureau que celui-ci
refusal-request-not-bound = la demande a été modifiée, ou faite sans l'invitation ; redemandez-la
refusal-request-not-signed = l'appareil n'a pas prouvé qu'il tient sa clé de signature ; redemandez la demande
refusal-request-person-other = la demande est pour une autre personne que l'invitation
refusal-challenge-request-other = le défi répond à une autre demande que celle de cet appareil ; demandez celui qui lui revient
refusal-challenge-inviter-other = le défi ne vient pas de l'appareil que l'invitation nomme : n'allez pas plus loin, et prévenez votre responsable de la sécurité de l'information
refusal-challenge-closed = le défi n'est pas scellé à cet appareil : n'allez pas plus loin, et prévenez votre responsable de la sécurité de l'information
refusal-challenge-not-committed = le défi n'est pas celui auquel l'invitation engage : n'allez pas plus loin, et prévenez votre responsable de la sécurité de l'information
refusal-challenge-second = cet appareil a déjà pris un autre défi ; demandez une nouvelle invitation
refusal-string-wrong = { $left ->
        [0] la suite est fausse pour la troisième fois : l'invitation est annulée, faites-en une autre
       *[other] les suites diffèrent : c'est un autre appareil, ou une faute de frappe ; il reste { $left } essais
    }
refusal-invitation-not-asked = aucun appareil n'a encore demandé avec cette invitation ; répondez d'abord à sa demande
refusal-invitation-not-proved = cet appareil n'a pas encore pris son défi ; faites d'abord « counterseal invite prove »
refusal-enrolment-not-by-inviter = cet appareil a été inscrit par un autre appareil que celui qui l'a invité, ou sans son défi : n'entrez pas, et prévenez votre responsable de la sécurité de l'information
refusal-paper-device-other = le papier est pour un autre appareil que l'empreinte qui vous a été lue ; ne le signez pas

mission-has-hub = cette mission a déjà un hub ; un autre prend sa place par une succession
mission-hub-named = Le hub et ses témoins sont nommés. Donnez { $path } à 'counterseal hub seed'.
mission-weak-quorum = QUORUM FAIBLE : un seul témoin corrompu suffit pour montrer deux journaux.
key-file-bad = { $path } n'est pas un fichier de clés publiques : { $field } manque ou n'en est pas une
hub-made = Les clés du hub sont faites. Donnez { $path } aux gouverneurs, pour 'counterseal mission hub'.
hub-seeded = Le hub a les { $statements } déclarations de la mission. Donnez à chaque témoin ces clés de ses journaux :
hub-runs = Le hub tourne à { $address }. Arrêtez-le par Ctrl-C.
hub-stopped = Le hub s'est arrêté ; tout ce qui était confirmé est durable.
hub-backed-up = Le dépôt est copié dans { $path }.
hub-restored = Restauré. Le hub ne prend rien avant d'avoir rattrapé ce que ses témoins ont cosigné.
hub-restoring = Le dépôt a été restauré et n'a pas encore rattrapé ses témoins : rien n'est pris.
hub-log = { $log } : { $leaves } feuilles, { $signed } signées, { $cosigned } cosignées
hub-generation = Ceci est la génération { $generation } du hub de la mission.
hub-not-named = Les déclarations du dépôt ne nomment pas les clés de ce hub.
hub-is-superseded = Les gouverneurs ont mis la génération { $generation } à sa place : il ne prend plus rien.
hub-bare = { $count } entrées sont au journal et pas encore dans le dépôt : les bureaux qui les ont les envoient.
hub-witnesses-saw = { $answered } témoins ont répondu ; il en faut au moins { $needed }. Le plus que l'un d'eux ait cosigné des anciens journaux : { $statements } déclarations et { $leaves } feuilles du journal des entrées.
hub-some-differ = Ces témoins ont cosigné un autre arbre que celui du fichier ; ils ne sont pas plus nombreux que la mission ne le prévoit : { $names }
hub-other-tree = des témoins ont cosigné un autre arbre des anciens journaux que celui du fichier : { $names }. Ne continuez pas avant que cela soit expliqué
hub-too-few-answered = au moins { $needed } témoins doivent dire ce qu'ils ont cosigné ; voyez s'ils tournent et si la configuration dit où les joindre
hub-no-witnesses = les déclarations du fichier ne nomment aucun témoin
hub-more-seen = Les témoins ont cosigné { $statements } déclarations et { $leaves } feuilles de plus que n'en tiennent les journaux d'ici.
hub-more-was-cosigned = si un bureau a reçu ce qui manque, prenez ses journaux ('mission take') et faites signer les gouverneurs avec cela ; si aucun ne l'a, c'est perdu avec l'ancien hub, les bureaux renvoient ce qu'il avait confirmé, et vous pouvez continuer avec --lost
hub-logs-checked = Les journaux sont entiers : { $statements } feuilles du journal des déclarations, { $leaves } de celui des entrées. Le fichier ne contient pas de succession ; les gouverneurs en signent une par 'counterseal mission succeed'.
hub-no-succession = le fichier ne contient pas de succession ; les gouverneurs en signent une par 'counterseal mission succeed'
hub-succeeds = Ce hub prend la suite là où finissent les anciens journaux : à { $statements } feuilles du journal des déclarations et { $leaves } de celui des entrées. Les bureaux lui envoient les entrées. Donnez à chaque témoin ces clés de ses journaux, puis lancez-le :
hub-ended = Ceci est la génération { $generation }, à laquelle la déclaration met fin : ce hub ne prend plus rien. Redémarrez-le s'il tourne.
hub-crossed = Les gouverneurs ont mis un autre hub à la place de celui que ce bureau connaissait : la génération { $generation }. Ce bureau continue avec lui.
hub-crossed-back = Ce bureau avait suivi l'ancien hub plus loin que ce qui compte : { $statements } déclarations et { $leaves } feuilles sont reprises. Elles sont gardées, et vont au nouveau hub quand vous synchronisez.
mission-logs = Les deux journaux du hub sont écrits dans { $path }, pour un hub de relève ou un autre bureau.
mission-succeeded = Signé : la génération { $generation } du hub prend la suite là où finissent les journaux, à { $statements } feuilles du journal des déclarations et { $leaves } de celui des entrées. Donnez { $path } à 'counterseal hub succeed'.
link-not-the-hub = celui qui répond à cette adresse n'est pas le hub de la mission : { $reason }
node-hub-not-followed = ce poste a entendu parler de la génération { $generation } du hub et n'a pas suivi ses journaux ; synchronisez avec lui, ou prenez les journaux d'un poste qui les a suivis avec « counterseal mission take »
node-other-end = la déclaration des gouverneurs sur la génération { $generation } du hub termine le journal { $log } à la taille { $size } avec une racine qu'il n'a pas sur ce bureau : n'utilisez aucun des deux hubs, gardez ce bureau tel quel et prévenez votre responsable de la sécurité de l'information ; rien n'a été pris
witness-without-url = Les bureaux ne peuvent pas interroger ce témoin : donnez --url avec une adresse https qui y mène. Sans être interrogé, il n'avertit personne d'une seconde histoire.
witness-made = Les clés du témoin sont faites. Donnez { $path } aux gouverneurs, pour 'counterseal mission hub'.
witness-log-added = Le témoin connaît ce journal. Redémarrez-le s'il tourne.
witness-log-dropped = Le témoin ne cosigne plus ce journal. Redémarrez-le s'il tourne.
witness-log-unknown = le témoin n'a pas ce journal dans sa configuration
witness-runs = Le témoin tourne à { $address }. Arrêtez-le par Ctrl-C.
witness-stopped = Le témoin s'est arrêté.
trustee-made = Les clés du dépositaire et son dépôt sont faits. Donnez { $path } aux gouverneurs, pour 'counterseal mission trustees'.
trustee-locked = Les clés dans { $path } sont verrouillées par la phrase de passe : volées sans elle, elles n'ouvrent rien. Quelqu'un la tape à chaque démarrage. Les clés du témoin et de TLS ne sont pas verrouillées ; elles n'ouvrent rien de gardé.
trustee-unattended = SANS SURVEILLANCE : la phrase de passe est à côté des clés dans { $path } ; qui prend ce disque peut répondre comme ce dépositaire. Un dépositaire seul n'ouvre rien ; n'en laissez pas autant qu'il en faut pour ouvrir dans cet état.
trustee-seeded = Le dépositaire sert la mission { $mission } et a ses { $statements } déclarations ; son témoin connaît les journaux du hub.
trustee-runs = Le dépositaire tourne à { $address }. Arrêtez-le par Ctrl-C.
trustee-stopped = Le dépositaire s'est arrêté ; tout ce qui était confirmé est dans les deux places.
trustee-store-failed = un disque du dépôt de ce dépositaire a failli, il ne répond plus rien ; examinez le disque et redémarrez le dépositaire
trustee-backed-up = Le dépôt est copié dans { $path }, les clés des segments dans { $segments }. Ne gardez pas de copie plus ancienne de ces clés.
trustee-restored = Restauré. Le dépositaire ne remet et ne cosigne rien tant que 'trustee status' nomme quelque chose qui manque.
trustee-head-unknown = Personne n'a dit jusqu'où allait son registre des remises. Demandez aux bureaux ('openings list') et lancez 'trustee restore' avec --head.
trustee-second-made = La seconde place est refaite depuis la première. Rien n'attend.
trustee-runs-unseen = le dépositaire tourne et tient le dépôt ; donnez une adresse 'metrics' dans sa configuration, ou arrêtez-le d'abord
trustee-log = { $log } : { $leaves } feuilles reproduites, le dernier point de contrôle cosigné il y a { $age } secondes
trustee-decisions = { $count } décisions dans son registre des remises
trustee-two-trees = Un journal a signé deux histoires : rien n'est remis ni cosigné. Appelez votre responsable de la sécurité de l'information.
trustee-restoring = Le dépôt a été restauré : rien n'est encore remis ni cosigné.
trustee-still-missing = Il manque encore : { $what }
trustee-lost = { $pads } parts de secret et { $keys } clés d'appareils n'ouvrent plus : leurs segments ont été rescellés après la sauvegarde.
passphrase-trustee = Phrase de passe de ce dépositaire :
passphrase-new-trustee = Une phrase de passe pour ce dépositaire :

# --- les gens vont et viennent : gels, sites, voyages, déclarations sans effet
desk-frozen = GELÉ depuis { $since } : rien de ce que ce bureau écrit ou dit ne compte avant que qui tient le registre ne le lève. Ce qui est ici se lit. Appelez qui tient le registre.
desk-suspended = SUSPENDU depuis { $since } : cet appareil a signé deux entrées pour une place de son journal. Il ne sert plus jamais ; demandez-en un autre.
desk-expired = L'affectation de la personne de ce bureau a pris fin le { $since } : ce qu'il écrit ne compte plus. Qui tient le registre peut la prolonger.
desk-revoked = RÉVOQUÉ depuis { $since } : ce bureau n'est plus de la mission. Ce qui est ici se lit.
desk-away = En voyage : ce bureau a quitté { $compartment }, et un de ses gestionnaires l'y ramène.
site-frozen = { $site } est gelé, avec { $count } personnes : rien de ce que disent leurs appareils ne compte avant que qui tient le registre ne le lève.
site-exists = il y a déjà un site appelé { $site } ; retirez --new
site-assigned = { $people } : affectation à { $site }.
site-left = { $people } : plus d'affectation à un site. Le gel d'un site où ils étaient dure jusqu'à ce qu'il soit levé.
site-named = { $site } s'appelle désormais { $name }.
travel-bar = Le bureau est refait
travel-nobody-back = ATTENTION : nul ne pourrait ramener ce bureau dans { $compartment } : sa personne en est la seule gestionnaire. Nommez-en d'abord une autre.
travel-unsent = NON ENVOYÉ : { $entries } entrées et { $statements } déclarations de ce bureau ne sont confirmées par aucun hub.
travel-exports = { $count } fichiers ont été exportés de ce bureau. Ils sont où on les a mis ; « counterseal export trace » les reconnaît.
travel-not-done = Rien n'a été fait. Dites --yes pour quitter ce qui est marqué.
passphrase-road = Phrase de passe de ce bureau en voyage (l'ancienne, ou une autre) :
travel-done = Ce bureau a quitté { $compartments } et est refait sous d'autres clés. Rien sur lui ne les ouvre plus, ni rien de ce qu'on lui envoie.
    Synchronisez ou écrivez un pli, pour que les autres l'apprennent. Un gestionnaire le ramène avec « counterseal travel back ».
travel-not-away = pour autant que ce bureau sache, aucun appareil de { $person } n'a quitté { $compartment } ; synchronisez d'abord
travel-back = { $person } est de retour dans { $compartment }, dès que le journal l'a.
device-suspended = L'appareil { $device } est suspendu pour de bon ; de nouvelles époques commencent sans lui. Révoquez-le et remplacez-le.
compartment-repaired = { $count } enveloppes de { $compartment } publiées.
mission-no-hub = Pas de hub : la mission suit l'ordre du bureau qui l'a fondée.
mission-hub = Hub : génération { $generation }, depuis { $since }.
mission-witnesses = Témoins : { $needed } sur { $count } doivent cosigner ({ $names }) ; { $corrupt } corrompus sont prévus.
mission-waiting = EN ATTENTE jusqu'au { $date } : { $change }
mission-frozen-site = Site GELÉ : { $name }
mission-frozen-person = GELÉ : { $name }, depuis { $since }
mission-suspended = Appareil SUSPENDU : { $name }, depuis { $since }
mission-own-statements = { $count } déclarations à vous sont sans effet dans le journal ; voyez « counterseal mission lost »
waiting-governors = d'autres gouverneurs
waiting-recovery = d'autres agents de secours
waiting-hub-pins = un autre certificat du hub
waiting-witnesses = d'autres témoins ou un autre quorum
waiting-trustees = d'autres dépositaires, ou un autre nombre qui doit remettre sa part
waiting-policy = une autre politique des ouvertures
waiting-days = moins de jours d'attente
waiting-opening-rule = une règle d'ouverture plus souple d'un compartiment
thing-site = site
column-secrets = Secrets
column-epochs = Époques
column-open = Entrées qui s'ouvrent
column-entries = Entrées
column-away = Quitté
column-leaves = Serait quitté
column-frozen = Gelé
column-people = Personnes
column-act = Déclaration
column-reason = Raison
column-obeyed = Suivie ici
column-again = Peut être refaite
column-entry = Entrée
column-other = Autre entrée
column-stopped = Arrêté
node-nothing-to-leave = nommez au moins un compartiment à quitter ; voyez « counterseal compartment list »
node-already-away = ce bureau a déjà quitté le compartiment { $compartment } ; un de ses gestionnaires l'y ramène
node-nobody-brings-back = nul ne pourrait ramener ce bureau dans le compartiment { $compartment } : sa personne en est la seule gestionnaire ; nommez-en d'abord une autre avec « counterseal compartment manager appoint »
node-unsent = { $entries } entrées et { $statements } déclarations de ce bureau ne sont confirmées par aucun hub ; envoyez-les d'abord avec « counterseal sync » ou « counterseal pouch write », ou dites --anyway : ce qui fut écrit dans les compartiments quittés comptera alors comme tardif
node-not-away = d'après le journal de ce bureau, l'appareil { $device } n'a pas quitté le compartiment { $compartment } ; sinon, synchronisez d'abord
node-no-evidence = ce bureau n'a pas de preuve contre l'appareil { $device } ; voyez « counterseal device evidence »
refusal-not-the-device-itself = seul l'appareil lui-même dit qu'il part en voyage
refusal-device-away = l'appareil { $device } est en voyage ; avant qu'un gestionnaire ne l'ait ramené, il ne dit rien de ce qu'il a quitté et ne répond d'aucun appareil
refusal-travel-unknown = { $travel } n'est pas la déclaration par laquelle l'appareil a quitté le compartiment, ou il est de retour
refusal-compartment-list-bad = la liste des compartiments est dans le désordre, ou en nomme un deux fois
rotate-bar = Relève
rotate-fault = { $path }, ligne { $row }, { $field } : { $reason }
rotate-refused = { $count } choses ne vont pas ; rien n'a été fait
rotate-columns = une relève a les colonnes { $columns }, et toujours action ; ce fichier a : { $found }
rotate-dry-run = Rien n'a été fait (--dry-run). Cela commencerait { $epochs } époques, une par compartiment.
rotate-done = Fait : { $statements } déclarations, { $epochs } époques, { $wraps } secrets enveloppés.
rotate-action = écrivez in ou out
rotate-role = écrivez member ou manager ; qui tient le registre est nommé par les gouverneurs
rotate-device-in = on ne nomme pas d'appareil ici : qui arrive, arrive avec une demande
rotate-no-person = nommez une personne
rotate-only-in = ceci ne va qu'avec in
rotate-others-device = l'appareil est à une autre personne
rotate-until-whole = seule une affectation entière finit plus tard ; laissez device et compartments vides, ou ceci
rotate-twice = la personne a déjà une ligne ; écrivez-en une par personne
rotate-string-wrong = les chaînes diffèrent : c'est un autre appareil, ou une faute de frappe ; faites-la relire. Trois fausses mettent fin à l'invitation
rotate-string-last = la chaîne est fausse pour la troisième fois : l'invitation est annulée, faites-en une autre
rotate-invitation-over = l'invitation ne compte plus ; voyez « counterseal invite list »
rotate-unknown-person = nul n'est inscrit ainsi ; écrivez l'invitation par laquelle elle vient
rotate-other-device = la personne est inscrite avec un autre appareil ; un appareil de plus se contresigne
rotate-not-active = la personne est gelée, expirée ou révoquée
rotate-yourself = on ne se relève pas soi-même ; une autre personne qui tient le registre le peut
column-row = Ligne
handover-bar = Passation
handover-not-done = Rien n'a été fait. Dites --yes pour passer la main.
handover-no-hub = ce qui n'est pas envoyé doit partir d'abord, et ce bureau ne connaît pas de hub : synchronisez une fois avec --hub, ou dites --pouch FICHIER
handover-unsent = { $entries } entrées et { $statements } déclarations ne sont toujours confirmées par aucun hub ; voyez « counterseal mission lost », synchronisez encore, ou dites --pouch FICHIER. Ce qui a été passé est gardé.
handover-pouch = Ce qui n'est pas envoyé est dans { $path }. Remettez-le à quelqu'un qui reste, ou au hub.
handover-done = Passé à { $to } : { $passed } passent, { $left } restent. Pour revenir en arrière, on vous repasse la main.
stays-governors = les gouverneurs nomment qui tient le registre : « mission registrar appoint »
stays-not-in = la personne n'est pas dans le compartiment : « compartment admit »
stays-conflict = deux versions se contredisent : d'abord « record resolve »
stays-cannot-write = ce bureau ne peut pas y écrire maintenant
node-no-successor = { $person } ne peut pas prendre la suite : nommez une autre personne, active
node-bad-rotation = { $count } choses ne vont pas dans la relève ; « counterseal people rotate --dry-run » les nomme toutes ; rien n'a été fait
column-duty = Charge
column-passes = Passe
column-request = Demande
column-purpose = Fin
column-parts = Parties
column-left = Secondes restantes
column-answer = Réponse
column-part = Partie
column-until = Jusqu'à
column-readings = Lectures
column-outcome = Issue
column-time = Quand
column-trustees = Remises
column-hasty = Approuvé en secondes
column-logged = Au journal
column-leaf = Place
column-released = Remises
column-refused = Refus
column-emergency = Urgence
node-stopped = ce bureau n'écrit rien pour l'instant : son appareil est gelé, suspendu ou révoqué, ou l'affectation a pris fin ; « counterseal device list » dit quoi, et qui tient le registre peut aider
# --- les journaux, vérifiés
ledger-bar = Feuilles
ledger-fingerprint-bad = l'empreinte de la mission a 64 chiffres de 0 à 9 et de a à f ; les espaces ne comptent pas
ledger-audited = Le journal { $log } : { $leaves } feuilles lues, { $tiles } tuiles refaites, racine { $root }.
ledger-cosigned =   Cosigné par { $witnesses }.
ledger-register = Le registre en découle : { $marks } marques de temps, { $void } déclarations nulles, { $refused } refusées et sans effet.
ledger-holds = Tout est exact.
ledger-does-not-hold = { $count } choses ne sont pas exactes. Gardez les fichiers, n'utilisez pas ce hub et informez votre responsable de la sécurité de l'information.
ledger-policy-written = La politique est dans { $path }. Avec elle, chacun peut vérifier les reçus et les preuves des journaux de cette mission.
ledger-no-two-histories = ce bureau n'a aucune preuve qu'un journal a signé deux histoires
ledger-proof-written = La preuve est dans { $path }. Chacun peut la vérifier : counterseal ledger verify --split FICHIER --policy FICHIER
ledger-receipt-made = { $id } est à la place { $index } du journal { $log } ; le reçu est dans { $path }.
ledger-receipt-bad = Le reçu ne montre rien : { $reason }
ledger-receipt-entry = L'entrée { $id } est à la place { $index } de { $origin }, de { $size } feuilles, cosigné par { $witnesses }. Vérifié avec ces clés de journaux :
ledger-receipt-statement = La déclaration { $id } est à la place { $index } de { $origin }, de { $size } feuilles, cosigné par { $witnesses }. Vérifié avec ces clés de journaux :
ledger-two-histories = PROUVÉ : la clé de { $origin } a signé deux histoires, dans des points de contrôle de { $first } et { $second } feuilles. Qui tient ce journal, ou sa clé, trompe quelqu'un.
ledger-proves-nothing = Le fichier ne prouve rien : { $reason }
finding-other-mission = Le journal { $log } ne commence pas par la fondation de cette mission : c'est celui d'une autre, ou l'empreinte est fausse.
finding-missing = Un fichier du journal { $log } manque : { $place }.
finding-malformed = { $place } du journal { $log } ne se lit pas : { $reason }.
finding-tile = { $place } du journal { $log } n'est pas ce que donnent les feuilles : la tuile ou les entrées à côté ont été changées.
finding-root = Les feuilles du journal { $log } ne mènent pas à la racine que nomme son point de contrôle de { $place } feuilles : des feuilles ont été changées, déplacées ou omises.
finding-leaf = La feuille { $place } du journal { $log } n'en est pas une : { $reason }.
finding-checkpoint = Le point de contrôle du journal { $log } ne compte pas : { $reason }.
finding-replay = Les déclarations jusqu'à { $place } ne donnent aucun registre : { $reason }.
finding-mark = Une marque de temps nomme un autre journal { $log }, ou un plus long, à la taille { $place }.
finding-future = Une heure du journal { $log } est dans l'avenir, à { $place } : { $reason }. Vérifiez d'abord l'horloge de cet ordinateur.
watch-checkpoint = { $log } : { $who } montre { $size } feuilles, racine { $root }…, cosigné { $cosigned }, en retard de { $lag }.
watch-not-cosigned = par aucun quorum encore
watch-two-histories = DEUX HISTOIRES du journal { $log } : { $who } en montre une autre, jusqu'à { $size } feuilles. La preuve est dans { $path }. N'utilisez pas ce hub ; informez votre responsable de la sécurité de l'information.
watch-rolled-back = Le hub montre { $size } feuilles du journal { $log }, où il en montrait { $before } : il a été remis en arrière, ou cache quelque chose.
watch-hub-refused = Ce que le hub montre du journal { $log } ne compte pas : { $reason }
watch-hub-silent = Le hub ne répond pas : { $reason }
witnesses-answered = { $answered } témoins sur { $asked } ont répondu à ce bureau.
witness-silent = Le témoin { $witness } n'a pas répondu : { $reason }
witness-no-address = le registre ne nomme aucune adresse pour lui
witness-late = pas à temps
witness-not-reached = { $reason }
witness-refused = Ce que le témoin { $witness } montre du journal { $log } ne compte pas : { $reason }
witness-held-back = Le hub retient quelque chose : le témoin { $witness } a vu { $seen } feuilles du journal { $log } à { $time }, le hub en montre { $shown }. Demandez à d'autres ce qu'ils voient ; informez votre responsable de la sécurité de l'information.
witness-clock = L'horloge de cet ordinateur retarde d'au moins { $seconds } secondes sur celles des témoins. Réglez-la.
node-two-histories = le journal { $log } a signé deux histoires : { $who } en a montré une autre, jusqu'à la taille { $size }. Plus rien ne se fait avec ce hub. Donnez la preuve à votre responsable de la sécurité de l'information : counterseal ledger proof --two-histories --out FICHIER
node-other-history = le journal { $log } montre une autre histoire que celle que ce bureau connaît, à la taille { $size } : n'utilisez pas ce hub, gardez ce bureau tel quel et informez votre responsable de la sécurité de l'information ; rien n'a été pris
node-not-logged = { $what } n'est pas encore dans un point de contrôle cosigné ; synchronisez et réessayez
node-files-unreachable = les fichiers des journaux ne se lisent pas : { $reason }
node-no-trustees = les compartiments à deux sceaux ou à deux personnes exigent des dépositaires, et cette mission n'en a pas : les gouverneurs les désignent avec 'counterseal mission trustees'
node-no-trustee-keys = rien ne peut être scellé dans le compartiment { $compartment } : les clés de { $have } dépositaires sur { $needed } sont sur ce bureau ; lancez 'counterseal sync' tant qu'il y a une liaison avec les dépositaires
node-epoch-not-logged = l'époque { $epoch } n'est pas encore dans le journal, et ce qui est gardé ne pourrait être récrit si une autre l'emportait ; lancez d'abord 'counterseal sync'
node-guarded-one-by-one = les parties gardées s'écrivent une à une ; importez dans un compartiment ouvert
thing-section = section
compartment-not-guarded = --hold, --other-section, --cooling-off-days, --emergency et --quota sont pour les compartiments gardés : ajoutez --rule two-seal ou --rule two-person
record-guarded = Scellé deux fois, sous { $entry } ; rien de ce qui y est dit ne reste sur ce bureau. 'counterseal guarded show { $entry }' dit quels dépositaires l'ont.
record-guarded-held = Scellé deux fois, sous { $entry } ; ce bureau garde ce qui y est dit jusqu'à ce que les dépositaires l'aient. 'counterseal guarded show { $entry }' dit lesquels.
guarded-state = scellé ; { $have } dépositaires sur { $count } l'ont
guarded-nothing-left = rien ne reste sur ce bureau
guarded-held = retenu sur ce bureau jusqu'à ce que les { $count } l'aient, ou { $enough } après le { $date }
guarded-waits = attend son lot ; 'counterseal sync' l'envoie
guarded-refused = { $count } le refusent ; 'counterseal guarded show' dit pourquoi
guarded-lost = PERDU : tant de dépositaires le refusent que nul ne peut l'ouvrir ; récrivez-le
guarded-says-nothing = n'a encore rien dit
guarded-says-has = l'a, et le dit par écrit
guarded-says-refused = le refuse : { $code }
guarded-says-both = dit à la fois l'avoir et le refuser ({ $code }) ; il n'est pas compté
column-sealed = Scellé
column-have = L'ont
column-of = Sur
column-needed = Nécessaires
column-held = Retenu ici
column-state = État
column-sealed-twice = Scellées deux fois
column-office = Fonction
column-section = Section
verify-guarded = { $count } parties sont gardées : elles ne s'ouvrent qu'avec les dépositaires ; leurs empreintes concordent.
sync-now-guarded = ATTENTION : { $count } lots d'entrées gardées partent d'un coup. Qui observe le hub voit que quelqu'un a écrit.
sync-guarded-waiting = { $count } entrées gardées attendent leur lot ; chaque session en prend quatre par compartiment.
trustee-unknown = '{ $text }' ne désigne aucun dépositaire de cette mission ; écrivez les premiers chiffres de son identifiant, '=' et hôte:port
trustee-silent = Le dépositaire { $trustee } n'a pas été entendu : { $reason }
trustee-heard = Dépositaire { $trustee } : { $keys } nouvelles clés, { $acknowledged } accusés, { $refused } refus, { $post } messages
trustee-not-now = Le dépositaire { $trustee } ne le peut pas maintenant : { $code }
trustee-lie-unreadable = ATTENTION : le dépositaire { $trustee } a répondu quelque chose d'illisible ; cela ne compte pas
trustee-lie-signature = ATTENTION : ce qui est dit au nom du dépositaire { $trustee } n'est pas signé par lui ; cela ne compte pas
trustee-lie-entry = ATTENTION : le dépositaire { $trustee } parle d'une entrée qui n'est pas de ce bureau, ou ne lui est pas scellée ; cela ne compte pas
trustee-lie-count = ATTENTION : le dépositaire { $trustee } accuse un autre nombre de parties qu'il n'y en a ; cela ne compte pas
trustee-lie-key = ATTENTION : le dépositaire { $trustee } nomme une clé qui n'est pas celle donnée avant, ou pas pour ce bureau ; cela ne compte pas
trustee-lie-answer = ATTENTION : le dépositaire { $trustee } répond à ce qui n'est pas demandé, ou son journal a raccourci ; cela ne compte pas
mission-no-trustees = Pas de dépositaires : rien ne peut être scellé deux fois.
mission-trustees = Dépositaires : { $needed } sur { $count } doivent livrer ({ $names }).
mission-single-trustee = UN SEUL DÉPOSITAIRE : qui a son serveur ouvre avec la clé de n'importe quel membre.
mission-policy = Politique des ouvertures : pour le moteur { $engine }.
mission-no-policy = Pas de politique des ouvertures : les dépositaires ne livrent rien.
trustees-checked = { $threshold } dépositaires sur { $count } devraient livrer. Rien n'a été signé.
trustees-set = Signé : { $threshold } dépositaires sur { $count } doivent livrer. Les premiers comptent aussitôt ; tout assouplissement ultérieur attend { $days } jours.
trustees-single = ATTENTION : un seul dépositaire peut livrer. Pour démonstrations et premiers jours seulement.
trustees-none-may-fail = ATTENTION : les { $count } dépositaires doivent tous livrer : si l'un est perdu, tout ce qui est gardé l'est.
trustees-one-country = ATTENTION : { $count } dépositaires sont en { $place }, et { $threshold } suffisent : qui y gouverne peut tout ouvrir avec la clé d'un membre.
trustees-one-operator = ATTENTION : { $count } dépositaires sont tenus par { $place }, et { $threshold } suffisent : il peut tout ouvrir avec la clé d'un membre.
trustees-host-country = ATTENTION : { $count } dépositaires sont dans le pays hôte { $place } ; { $most } au plus devraient y être.
trustees-unplaced = ATTENTION : le fichier ne dit pas pour chaque dépositaire dans quel pays il est et qui le tient ; cela n'a pu être vérifié.
policy-no-engine = la table ne commence pas par 'engine,' et son nom ; donnez --engine
policy-set = Signé : la politique pour le moteur { $engine }. La première compte aussitôt ; toute autre attend { $days } jours.
office-given = { $person } est désormais { $office }.
office-ended = { $person } n'est plus { $office }.
section-which = dites --new, --of SECTION ou --none
section-assigned = { $count } personnes appartiennent désormais à la section { $section }.
section-left = { $count } personnes n'appartiennent plus à aucune section.
thing-entry = entrée

# --- openings ----------------------------------------
open-misfit = Le dépositaire { $trustee } a remis une part qui ne convient pas : il ment, ou l'auteur lui en a donné une autre. Prévenez votre responsable de la sécurité de l'information.
open-one-refused = Le dépositaire { $trustee } a refusé : { $code }
open-one-silent = Le dépositaire { $trustee } n'a pas donné de réponse qui compte : { $why }
open-no-part = La partie { $part } s'ouvre et n'est pas une fiche : son auteur a scellé autre chose.
open-until = Ceci quitte l'écran dans { $seconds } secondes.
open-over = Le temps est écoulé ; demandez de nouveau s'il le faut, ce sera inscrit de nouveau.
open-needs-purpose = dites pour quoi, avec --purpose ; « counterseal policy show » donne les fins
open-done = { $count } { $count ->
    [1] partie ouverte
   *[other] parties ouvertes
}. La demande { $request } est au journal à la place { $leaf } ; celles et ceux qu'elle concerne en sont avertis.
open-ahead-kept = { $count } { $count ->
    [1] partie gardée
   *[other] parties gardées
} sur ce poste, à lire avec « counterseal open PARTIE --from-ahead ». Elles comptent comme lues.
open-waits = En attente de { $count } approbation(s) de la demande { $core }, dix minutes au plus. La réponse se donne avec « counterseal approvals ».
open-declined = la demande a été refusée ; parlez à qui l'a refusée, puis demandez de nouveau
approvals-given = Approuvé : { $person } peut ouvrir { $count } partie(s) pour { $purpose }. Cette demande, et aucune autre.
approvals-declined = Refusé : { $person } en est averti.
surrender-done = { $count } partie(s) ouverte(s) d'avance effacée(s).
surrender-told = { $count } lecture(s) annoncée(s) aux dépositaires.
surrender-untold = { $count } lecture(s) ne sont pas encore annoncées aux dépositaires ; « counterseal surrender --tell » le fait, et la prochaine synchronisation aussi.
openings-all-known = Toutes les ouvertures de vos parties sont connues jusqu'à { $time }.
openings-may-be-unseen = Des ouvertures depuis { $time } peuvent vous échapper : il faut la parole de { $needed } dépositaires, de moins d'une heure.
receipt-written = Le reçu est dans { $path }
receipt-no-log = cette mission n'a pas de journal attesté auquel comparer ; nommez une politique avec --policy
receipt-shows = La demande { $request } de l'appareil { $reader } pour { $count } partie(s), fin { $purpose }, faite { $time }, est au journal à la place { $index }, contresignée par { $witnesses }.
receipt-signatures = Les signatures du lecteur et des dépositaires sont justes selon le registre de cette mission.
receipt-log-alone = Comparé au journal seul ; de qui sont les signatures, un poste de la mission peut le vérifier.
refusal-opening-not-set-up = cette mission n'a pas encore de { $what }, donc rien de gardé ne peut être ouvert ; ses gouverneurs les nomment
refusal-opening-part-unknown = il n'y a pas de partie gardée { $part } sur ce poste ; « counterseal guarded list » donne celles qu'il y a
refusal-opening-count-bad = on ne peut pas demander { $count } parties à la fois ; demandez-en 1 à 4096
refusal-opening-not-followed = ce poste n'a pas suivi les journaux de la mission ; synchronisez d'abord, puis ouvrez
refusal-opening-approvals-missing = ouvrir cela demande l'approbation de { $needed } autre(s) personne(s), et { $have } l'ont donnée ; nommez-les avec --approver, la réponse se donne avec « counterseal approvals »
refusal-opening-too-old = la demande valait dix minutes, qui sont passées ; demandez de nouveau
refusal-opening-refused = les dépositaires refusent : { $reason }
refusal-opening-too-few = { $have } des { $needed } dépositaires nécessaires ont remis leur part ({ $reason }) ; essayez de nouveau, ou servez-vous de ce qui a été ouvert d'avance
refusal-opening-does-not-open = la partie { $part } ne s'ouvre pas avec ce que les dépositaires ont donné ; prévenez le responsable de la sécurité de l'information : { $reason }
refusal-opening-closed = la partie { $part } est { $state } : personne ne l'ouvre
refusal-opening-not-ahead = la partie { $part } n'a pas été ouverte d'avance, ou son temps est écoulé
refusal-opening-request-unknown = aucune demande { $id } n'attend votre réponse ; « counterseal approvals list » montre celles qui attendent
refusal-opening-trustees-unknown = la partie a été scellée pour des dépositaires { $set } inconnus ici ; synchronisez d'abord
