# Toutes les phrases du programme, en français. Les noms sont ceux de en.ftl (un test les compare).

synthetic-mark = FICTIF : tout ce qui suit est inventé.
yes = oui
list-empty = Rien.
no-home = aucun dossier connu pour garder les bureaux ; indiquez-en un avec --home
choose-one = « { $text } » n'est pas l'un de ceux-ci : { $words }

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
desk-open = Les pages du bureau sont à cette adresse, pour un seul navigateur sur cet ordinateur, une fois ; ouvrez-la dans une fenêtre privée, qui ne garde pas d’historique. { $minutes } minutes d’inactivité le verrouillent ; Ctrl-C y met fin.
session-begins = Déverrouillé. Tapez les commandes sans « counterseal » ; « lock » quitte ; { $minutes } minutes d'inactivité verrouillent.
session-idle = Verrouillé, car rien n'a été demandé depuis un moment.
session-asked = Verrouillé, à la demande.
session-quote = un guillemet reste ouvert dans cette ligne
session-not-here = cela ne se fait pas pendant une session ; quittez-la d'abord avec « lock »

# --- démonstration
demo-setting-up = Mise en place d'un concentrateur, de quatre témoins, de trois dépositaires et de trois autres bureaux ...
demo-set-up = Ils ne tournent que sur cet ordinateur, dans le même dossier ; cela a pris { $seconds } s.
demo-open = Ouvrez cette adresse dans le navigateur de cet ordinateur ; elle sert une fois :
demo-until = Elle mène par une visite guidée et passe d'un bureau à l'autre. Ctrl-C ici arrête tout.
demo-stopping = Verrouillage des bureaux et arrêt des serveurs ...
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
demo-two-seals = En { $seconds } s de plus, trois dépositaires ont été mis en place et désignés ; { $first } a scellé une source, qui ne s'ouvre qu'avec les parts de deux d'entre eux.
demo-opened = { $second } l'a ouverte pour « { $purpose } » en { $seconds } s : la demande est la feuille { $leaf } du journal, { $released } dépositaires ont livré leur part, et le bureau de { $first } en a été averti.
demo-start = Hub, témoins et dépositaires sont maintenant arrêtés. Pour les redémarrer :
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
check-sealed-twice = trois dépositaires démarrés, et une source scellée à deux d'entre eux sur un bureau
check-opened = un autre bureau l'a ouverte pour une finalité, et son auteur en a été averti
check-trustee-stopped = un dépositaire arrêté : elle s'ouvre tout de même
check-purpose-refused = pour une finalité que la politique interdit, elle ne s'ouvre pas
check-guarded-nowhere = aucun mot n'en figure dans les fichiers d'un serveur ou d'un bureau
check-released = { $released } dépositaires sur { $count } ont livré leur part ; la demande est la feuille { $leaf } du journal
check-opened-all-the-same = elle s'est ouverte tout de même
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
compartment-choose = dites dans quel compartiment, avec --compartment : { $names }
compartment-none = ce bureau ne travaille encore dans aucun compartiment ; faites-vous admettre par un responsable, ou créez-en un avec « counterseal compartment new »

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
governors-changed = Dans { $days } jours, les gouverneurs de la mission seront { $count }, dont { $threshold } doivent signer ; jusque-là, ceux d’aujourd’hui gouvernent.
recovery-set = Les agents de secours sont nommés. Ce qui assouplit prend effet dans { $days } jours.
role-yours = Vous avez ce rôle : { $role }.
role-until = Vous avez ce rôle : { $role }, jusqu'au { $until }.
role-assignment = affectation
role-registrar = tenue du registre
role-recovery-officer = agent de secours
role-manager = responsable de { $compartment }
ends-soon = Finit bientôt : { $person }, { $role }, le { $until }

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
trustee-false-pads = Le dépositaire { $by } a transmis de fausses parts de secret, de { $count } entrées, le { $at } : rien n'en a été pris. Prévenez vos gouverneurs ; nommez-le comme perdu dans la configuration, et les autres répareront ses parts
trustee-false-repair = Une réparation par les dépositaires { $by } a donné de fausses parts de secret, de { $count } entrées, le { $at } : l'un d'eux ment, ou les auteurs ont mal réparti. Rien n'en a été pris ; d'autres aides sont demandées d'elles-mêmes. Prévenez vos gouverneurs
trustee-takes-over = Place du dépositaire { $of } : { $have } entrées sur { $count } sont ici, au { $at }
trustee-retired = { $pads } parts de { $entries } entrées et { $keys } clés d'appareils ont été détruites. Le successeur détient ce qui est antérieur.
trustee-no-successor = personne ne succède à ce dépositaire par une déclaration en vigueur ; les gouverneurs nomment d'abord un successeur avec « mission trustees »
trustee-not-taken = le successeur { $successor } n'a pas repris tout ce que ce dépositaire détient ; laissez-les fonctionner tous deux jusqu'à ce que son « trustee status » montre toutes les entrées
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
rotate-bar = Relève
rotate-fault = { $path }, ligne { $row }, { $field } : { $reason }
rotate-refused = { $count } choses ne vont pas ; rien n'a été fait
rotate-dry-run = Rien n'a été fait (--dry-run). Cela commencerait { $epochs } époques, une par compartiment.
rotate-done = Fait : { $statements } déclarations, { $epochs } époques, { $wraps } secrets enveloppés.
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
mission-trustee-succeeds = Le dépositaire { $trustee } répond de ce qui a été scellé pour { $old }.
mission-single-trustee = UN SEUL DÉPOSITAIRE : qui a son serveur ouvre avec la clé de n'importe quel membre.
mission-policy = Politique des ouvertures : pour le moteur { $engine }.
mission-no-policy = Pas de politique des ouvertures : les dépositaires ne livrent rien.
trustees-checked = { $threshold } dépositaires sur { $count } devraient livrer. Rien n'a été signé.
trustees-set = Signé : { $threshold } dépositaires sur { $count } doivent livrer. Les premiers comptent aussitôt ; tout assouplissement ultérieur attend { $days } jours.
trustees-left-out = ATTENTION : le dépositaire { $trustee } n'est plus nommé et personne ne lui succède : ce qui a été scellé pour lui s'ouvre avec un autre de moins. Nommez un successeur s'il doit en être autrement.
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

# --- openings ----------------------------------------
open-lied = Le dépositaire { $trustee } ment : la part qu'il a remise n'est pas celle à laquelle l'auteur s'est engagé. Rien de ce qu'il a donné n'a servi. Prévenez votre responsable de la sécurité de l'information.
open-misdealt = L'auteur a donné au dépositaire { $trustee } une part qui ne convient à aucune autre. Prévenez votre responsable de la sécurité de l'information.
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

# --- examen des ouvertures, et leurres
alarm-decoy = ALERTE : { $person } a demandé un leurre le { $time }, parmi { $asked } partie(s). 'counterseal decoy alarms' en dit plus ; --seen { $id } une fois traitée.
review-purpose = Les données de surveillance servent à trouver l'abus de dossiers gardés et à entendre qui est interrogé, à rien d'autre. Elles sont effacées après { $days } jours.
review-below = { $count } autre(s) journée(s) ont quelque chose d'inexpliqué au-dessous de { $line } points : comptées, pas listées.
review-strangers = { $count } demande(s) viennent d'appareils que le registre d'ici ne nomme pas ; prévenez le responsable de la sécurité de l'information.
review-own = { $count } demande(s) sont les vôtres ; elles sont examinées par { $names }.
review-own-nobody = { $count } demande(s) sont les vôtres, et aucun autre délégué à la protection des données n'est nommé pour les examiner ; prévenez les gouverneurs.
review-day = { $person } le { $day } : { $parts } partie(s), { $score } points.
review-explained =   expliqué : { $parts } partie(s), { $ground }
review-against =   { $points } points : { $reason }
review-asked = La question { $id } y est posée ; elle atteint la personne à la prochaine synchronisation.
review-question = Question { $id } : { $by } interroge { $person } sur le { $day } :
review-reply =   réponse de { $by } : { $text }
review-replied = La réponse est à côté de la question. Tous ceux de ce compartiment peuvent la lire.
review-duties-taken = Le livre a { $lines } ligne(s), dont { $new } nouvelle(s).
review-duties-own = { $count } ligne(s) sur vous-même ont été laissées de côté : personne n'explique ses propres ouvertures.
review-quota = Les jours sont en UTC. Les dépositaires comptent tous vos postes ensemble, chacun pour soi ; ce poste ne connaît que ses propres ouvertures.
review-ground-case = la personne travaille sur l'affaire
review-ground-area = la zone de service de la personne
review-ground-task = une tâche
review-ground-referral = l'affaire a été transmise à la personne
review-ground-claimed = la personne travaille sur l'affaire qu'elle a nommée ; personne n'a noté si la partie en relève
review-reason-unexplained = { $number } partie(s) qu'aucune affaire, zone, tâche ni transmission n'explique
review-reason-scattered = de { $number } affaires ou zones différentes
review-reason-again = la même affaire ou zone sans motif { $number } autre(s) jour(s) des 90 derniers
review-reason-crowd = { $number } autres ont ouvert la même affaire sans motif en 14 jours
review-reason-off-duty = { $number } partie(s) hors des heures de service, sans tâche
review-reason-many = { $number } parties sans tâche, où { $other } sont habituelles
review-reason-leaving = l'affectation finit dans { $number } jour(s)
review-reason-hasty = { $number } approbation(s) en moins de dix secondes
review-reason-hasty-again = approbations en quelques secondes par la même personne { $number } autre(s) jour(s) des 30 derniers
review-reason-no-alert = { $number } ouverture(s) d'urgence sans alerte
review-reason-no-alert-again = urgences sans alerte { $number } autre(s) jour(s) des 60 derniers
decoy-instructed = { $desks } poste(s) sont priés de placer { $count } leurre(s). Les instructions partent à la prochaine synchronisation.
decoy-awaited = { $count } leurre(s) sur { $desks } poste(s) ne sont pas encore signalés.
column-queue = File du
column-day = Jour
column-score = Points
column-requests = Demandes
column-alike = Semblables
column-reasons = Pourquoi
column-opened = Ouvertes
column-charter = Sur
column-each-trustee = Permis par dépositaire
column-everywhere = En tout
column-spread = Répartition n/t
column-decoys = Leurres
column-asked = Demandées
column-ahead = À l'avance
column-seen = Traitée
verify-erased = { $count } parties sont effacées : leurs textes chiffrés ont disparu, leurs empreintes demeurent.
part-one = nommez une seule partie : le texte en nomme { $count }
parts-withdrawn = Retirées : { $count } partie(s). Personne ne les ouvre dès que les dépositaires l'apprennent.
parts-erasable = Elles pourront être effacées à partir du { $from }, par deux personnes, sauf si une conservation les protège.
parts-held = Conservées : { $count } partie(s). Elles ne sont pas effacées avant que deux personnes ne lèvent la conservation.
paper-erase = Ceci efface pour toujours { $count } partie(s) du compartiment { $compartment }. Signé par { $by } :
paper-lift = Ceci lève le retrait { $id } dans le compartiment { $compartment } : ses parties peuvent être ouvertes de nouveau. Signé par { $by }.
paper-unhold = Ceci lève la conservation { $id } dans le compartiment { $compartment } : ses parties peuvent être effacées. Signé par { $by }.
paper-written = Le papier est { $path }. Rien ne s'est encore passé : une seconde personne, responsable du compartiment ou délégué à la protection des données, le signe avec « counterseal part cosign ».
paper-not-signed = Rien n'a été signé ; avec --yes, ce le sera.
paper-cosigned = Signé par les deux : c'est dit, et prend effet une fois dans le journal.
fact-stated = Déclaré et gardé sur ce bureau ; { $count } dépositaire(s) doivent encore le recevoir. Il part à chaque synchronisation.
fact-about-nothing = dites de qui ou de quoi : --person, --device ou --part
fact-several-compartments = les parties sont de plusieurs compartiments ; déclarez un fait pour chacun
policy-none = les gouverneurs n'ont pas encore fixé de politique ; préparez-en une avec « counterseal policy propose »
policy-unnamed = Ces noms n'ont pas encore d'identifiant, si bien que les lignes qui les nomment ne signifient rien : { $names }
policy-unnamed-refused = ces noms n'ont pas d'identifiant : { $names } ; donnez-le avec --section ou --compartment, ou ôtez-les de la table
policy-undeclared = la table ne déclare pas « { $name } »
policy-pair-bad = « { $text } » n'est pas de la forme NOM=IDENTIFIANT
policy-no-section = { $person } n'appartient à aucune section ; un registraire affecte les personnes aux sections
policy-suppose-bad = « { $text } » ne peut être supposé : écrivez training, device, agreement, role:NOM, contingent:NOM ou basis:GENRE
policy-test-wrong = La ligne { $line } ({ $title }) est décidée autrement ; attendu -, trouvé + :
policy-tested = { $right } exemples sur { $all } sont décidés comme ils le disent.
policy-verdict = De { $count } partie(s) :
policy-proposed = { $path } a { $rows } lignes pour le moteur { $engine }, chaque nom avec son identifiant. Les gouverneurs le signent avec « counterseal mission policy ».

# --- dossiers, consentements, bases, accords
casework-recorded = Enregistré : { $kind } { $id }, sous { $part }.
casework-no-record = Le non est dit. Il ne peut être consigné maintenant : recommencez dès que ce poste a les clés des dépositaires (« counterseal sync »).
casework-to-tell = Pour les dépositaires : { $count } fait(s), pas encore dits à { $trustees } d'entre eux ; la prochaine synchronisation le fera.
casework-nothing-to-tell = Il n'y a rien à dire aux dépositaires.
consent-idle = Il ne permet rien : { $reason }.
consent-idle-risks = les risques n'ont pas été expliqués
consent-idle-refusal = personne n'a dit qu'un refus ne coûte rien
consent-idle-guardian = le tuteur qu'il faut n'est pas nommé
consent-no-recipient = la politique en vigueur ne connaît pas la finalité { $purpose } : écrivez { $purpose }:DESTINATAIRE
consent-of-part = Partie { $part }, d'après ce que ce poste sait que les dépositaires ont appris :
consent-part-erased = Elle est effacée : personne ne peut s'en servir.
consent-part-withdrawn = Elle est retirée depuis le { $date } : personne ne l'ouvre, quoi qu'il soit dit plus bas.
consent-use-allowed = { $purpose } : { $recipient } peut l'avoir jusqu'au { $until } ({ $basis }).
consent-use-allowed-open = { $purpose } : { $recipient } peut l'avoir ({ $basis }), sans terme.
consent-use-soon = C'est bientôt : redemandez.
consent-use-later = { $purpose } : { $recipient } peut l'avoir à partir du { $date }.
consent-use-lapsed = { $purpose } : { $recipient } ne peut plus l'avoir depuis le { $date } : redemandez.
consent-use-no = { $purpose } : { $recipient } ne doit pas l'avoir : la personne a dit non le { $date }.
consent-use-missing = { $purpose } : { $recipient } ne peut pas l'avoir : il manque l'une de ces bases : { $needs }.
consent-use-free = { $purpose } : { $recipient } peut l'avoir ; la politique ne demande aucune base.
consent-use-agreement = Il manque aussi un accord avec le propriétaire, autant que ce poste le sache.
consent-not-told = { $count } fait(s) à son sujet n'ont pas encore été dits à tous les dépositaires : synchronisez.
consent-written = Consigné le { $date } : { $kind }, scellé sous { $part }.
agreement-not-told = Les dépositaires ne croient un accord que du délégué à la protection des données : qu'il le dise avec « counterseal fact state agreement ».
case-new = Dossier { $case }, enregistrement { $id }.
case-guarded = Ce qu'il dit des personnes et de ce qui a été fait est scellé deux fois.
case-all-open = Tout se trouve dans un compartiment ouvert : qui en fait partie le lit.
case-no-open-part = Il n'a pas de partie ouverte : les listes montrent son pseudonyme, sur ce poste seul.
case-all-sealed = Son avancement et ses échéances y sont scellés.
case-status = État : { $status }
case-due = À faire : { $what }, avant le { $date }
case-overdue = EN RETARD : { $what }, depuis le { $date }
case-done = Fait : { $what }, le { $date }
case-incident = Incident { $id } { $title }
case-own-part = Partie du dossier même : { $part } ({ $state })
case-part = Partie qui en relève : { $part } ({ $state })
case-part-sealed = scellée deux fois
case-part-withdrawn = retirée
case-part-erased = effacée
case-changed = Écrit dans la partie ouverte du dossier { $case }.
case-added-sealed = Ajouté au dossier { $case } comme partie gardée.
case-taken-up = Le dossier { $case } peut être poursuivi ici.
column-reference = Référence
column-due = Échéance
column-next = À faire
column-overdue = En retard
open-nothing-chosen = rien n'est choisi que ce poste garde et pourrait demander : nommez des parties, ou avec --ahead un compartiment, un dossier ou une zone
open-ahead-would = Ceci serait ouvert d'avance, { $count } partie(s). Toutes comptent comme lues, qu'on les lise ou non :
open-ahead-case = Du dossier { $case }
open-ahead-not-asked = Rien n'a été demandé ; avec --yes c'est le cas.
column-withdrawn = Retirée
column-erasable = Effaçable à partir du
column-erased = Effacée
column-about = Au sujet de
column-value = Lequel
column-purposes = Finalités
column-recipients = Destinataires
column-missing = Dépositaires restants
column-effect = Effet
column-who = Qui
column-action = Action
column-what = Quoi
column-basis = Base
column-needs = Exige
column-words = En mots
column-on-hold = Conservée
sync-readings = Lu hors ligne : les dépositaires ont appris { $told } lecture(s), { $due } restent à dire.
sync-readings-refused = Le dépositaire { $trustee } n'accepte pas ce qui a été lu hors ligne : { $code }. Avec readings-forked, ce poste a été rétabli d'une copie plus ancienne, ou deux postes utilisent ses clés : prévenez le responsable de la sécurité de l'information.
sync-facts = Faits : les dépositaires ont pris { $taken } lettre(s), { $due } restent à prendre.

# Partage
share-incomplete = dites quelle partie, --to quel compartiment et pour quel but (--purpose)
share-plan = La partie { $part } serait partagée avec { $to }, pour { $purpose } (destinataire : { $recipient }).
share-readers = { $count } personne(s) pourraient la lire maintenant.
share-later-too = Quiconque entrera plus tard dans le compartiment pourrait la lire aussi.
share-generalised = En dit moins sur : { $fields }
share-told-whole = rien ; elle est dite en entier
share-left-out = Laissé de côté : { $fields }
share-would-read = Ils liraient ({ $kind }) :
share-loses-a-seal = Elle est scellée deux fois ; là, elle ne le serait qu'une : chaque membre l'ouvre sans dépositaire, personne n'en est averti, elle est cherchée, comptée et exportée avec le reste.
share-before = Elle est déjà sortie { $count } fois : voyez 'counterseal share list'.
share-not-done = Rien n'a été partagé. Dites --yes pour le faire ; ce qui est partagé ne se reprend pas.
share-open-first = --open l'ouvre d'abord pour ce but ; la demande figure au journal, et ceux qu'elle concerne sont avertis.
share-asked = Ce qu'une seconde personne doit approuver est dans { $path } : elle le lit avec 'counterseal share approve'.
share-done = Partagé : { $to } a l'entrée { $entry } de la partie { $part } ; { $count } personne(s) peuvent la lire. Cela ne se reprend pas.
share-no-recall = Rien de cela ne se reprend.
share-released = Sorti de la partie { $part }, et qui ne se reprend pas : { $count } fois
share-approval = { $by } demande à partager la ou les parties { $parts } de { $from } avec { $to }, pour { $purpose }.
share-approval-export = { $by } demande à exporter la ou les parties { $parts } hors de la mission, vers { $recipient }, pour { $purpose }.
share-not-approved = Rien n'a été approuvé. Dites --yes et --out pour le faire.
share-approved = Approuvé, pour ce partage et nul autre : { $path }. Donnez le fichier à qui l'a demandé.
sync-disclosed = Partages et exportations : { $logged } portés au journal, { $due } restent dus.
fact-copied = Le fait est dans { $path } ; 'counterseal fact take' le lit sur un autre bureau.
fact-taken = Pris : { $kind }. Il compte ici une fois qu'il figure au journal.
ask-office = Adressez-vous à { $office } : { $names }
ask-nobody = Pour autant que ce bureau le sache, personne n'est { $office } ; les gouverneurs, et pour un compartiment ses responsables, le désignent.
open-cover = { $part }  une couverture : rien n'a été écrit ici
column-how = Comment
column-recipient = Pour
column-to = Avec
share-concerns = Le garde y signale { $count } passage(s) qui ne devraient peut-être pas se trouver dans un compartiment ouvert.
# La fin d'une affectation, et le reste
handover-trust-open = { $count } partie(s) que des personnes vous ont confiées ne sont pas réglées, et rien n'en a été transmis : dites --seal-off, --hand-over ou --ask-again pour chacune.
trust-open = non réglé : scellez, transmettez ou redemandez
trust-sealed-off = mis sous scellés : retiré jusqu'à ce que quelqu'un puisse demander
trust-handed-over = transmis à { $to }
trust-ask-again = à redemander avant le { $date }
handover-sealed-off = Mis sous scellés : { $count } partie(s). Les dépositaires ne les remettent plus avant que deux personnes ne lèvent le retrait.
handover-source-handed = { $part } nomme le successeur comme référent de la source.
handover-asked-again = Le consentement de { $part } vaut jusqu'au { $date } ; quelqu'un redemande avant.
guarded-resealed = Rescellé sous { $entry } ; 'counterseal guarded list' dit qui l'a. L'entrée refusée reste au journal, et rien d'elle sur ce bureau.
record-sealed-twice = Scellé deux fois : il y a davantage dans { $compartment }. Demandez avec 'counterseal open { $part } --purpose ...' ; la demande figure au journal.
record-derived = Tiré de la partie { $part }, pour { $purpose } (destinataire : { $recipient }) ; ce qui manque ici a été laissé de côté.
find-sealed-twice = { $count } de ces dossiers ont des parties scellées deux fois ; 'counterseal record show' dit comment les demander.
review-emergency = Urgence { $request } de { $person } le { $time } : { $parts } partie(s), réponse attendue avant le { $due } par 'counterseal review emergency'
review-emergency-late = EN RETARD : urgence { $request } de { $person } le { $time } : { $parts } partie(s), réponse attendue avant le { $due } par 'counterseal review emergency'
review-emergency-answered = Répondu ; cela quitte la liste de tout examinateur qui lit ce compartiment.
record-same = La fiche { $record } relate le même événement que { $event }. Les deux restent ; 'record apart { $record }' l'annule.
record-apart = La fiche { $record } relate un événement à part.
record-not-alike = seuls les incidents se comparent, et ceci est une fiche d'un autre type : { $kind }
# Entités
entity-more = { $count } entités correspondent ; augmentez --limit ou donnez-en plus du nom.
entity-absent = Fiches qu’on dit n’en faire qu’une avec elle et que ce poste n’a pas : { $count }
entity-alone = Personne ne dit qu’elle n’en fait qu’une avec une autre.
entity-merged = Les fiches { $record } et { $other } sont désormais dites n’en faire qu’une.
entity-split = Retiré : la fiche { $record } n’en fait plus une avec d’autres (liens : { $count }).
entity-still-one = Les fiches { $record } et { $other } tiennent encore ensemble par une troisième ; « counterseal entity show { $record } » dit par laquelle.
column-same = Même
column-note = Note
column-with = Avec
column-common = En commun
