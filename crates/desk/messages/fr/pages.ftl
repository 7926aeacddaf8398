skip = Aller au contenu
nav = Pages
nav-first = Accueil
nav-report = Signaler
nav-situation = Situation
nav-find = Ce qui s’est passé
nav-trust = Confiance
lock = Verrouiller
language = Langue
language-choose = Choisir
synthetic = Mission synthétique : tout ici est inventé
synthetic-record = synthétique
busy = Le bureau est occupé. Attendez un instant et rechargez la page.
state = État de ce bureau
state-person = Déverrouillé pour { $person }
state-age = Dernier point de contrôle : il y a { $age }
state-never = Pas encore synchronisé avec le concentrateur
state-no-hub = Sans concentrateur : ce bureau travaille seul
state-unsent = { $count ->
    [0] Rien en attente d’envoi
    [one] { $count } élément en attente d’envoi
   *[other] { $count } éléments en attente d’envoi
}
span-seconds = { $count } s
span-minutes = { $count } min
span-hours = { $count } h
span-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
refused-title = Cela n’a pas marché
missing-title = Cette page n’existe pas
first-back = Retour à l’accueil
first-title = Que voulez-vous faire ?
first-holds = Ce bureau contient { $incidents } incidents.
task-report = Signaler un incident
task-report-why = Noter ce qui s’est passé, où, quand et à qui. Tout est scellé sur cet ordinateur avant tout envoi.
task-situation = Voir la situation
task-situation-why = Carte, chronologie et répartitions d’une même question.
task-find = Trouver ce qui s’est passé
task-find-why = Chercher par mots, dates, lieux et personnes.
task-trust = Voir sur quoi cela repose
task-trust-why = L’empreinte de la mission, ses journaux, vos appareils, les dépositaires.
unlock-title = Déverrouiller le bureau
unlock-wrong = La phrase secrète ne convient pas.
unlock-desk = Bureau
unlock-passphrase = Phrase secrète
unlock = Déverrouiller
unlock-why = La phrase secrète reste sur cet ordinateur. Personne ne peut la réinitialiser.
find-title = Ce qui s’est passé
find-count = { $count ->
    [0] Rien ne correspond.
    [one] { $count } fiche correspond.
   *[other] { $count } fiches correspondent.
}
find-first = Les { $count } premières fiches qui correspondent.
find-on-map = Sur la carte
ask = Demander
ask-all = Tout
any = indifférent
ask-words = Mots
ask-from = Depuis
ask-to = Jusqu’à
ask-place = Lieu ou zone
ask-country = Pays
ask-type = Type
ask-actor = Qui y a pris part
ask-verified = Vérification
ask-graded = Cotation au moins
ask-box = Cadre : ouest,sud,est,nord
ask-verified-bad = choisissez dans la liste
ask-graded-bad = écrivez une lettre de A à F, un chiffre de 1 à 6, ou les deux, comme B2
field-date = Date
field-kind = Type
field-subtype = Sous-type
field-place = Lieu
field-admin1 = Zone
field-country = Pays
field-title = Titre
field-killed = Tués
field-count = Incidents
field-grading = Cotation
field-verified = Vérification
field-reference = Référence
field-external = Ailleurs
field-narrative = Ce qui s’est passé
field-actor = A pris part
field-casualties = Victimes
field-weapons = Armes
field-tags = Étiquettes
field-un = Nations Unies touchées
field-response = Réponse
field-source = Source ouverte
field-reported = Signalé
killed = tués
yes = oui
none = aucun
conflict = conflit
conflict-why = Deux personnes ont modifié ceci en même temps. Les versions récentes sont ci-dessous ; quelqu’un doit décider.
imported = importé
record-id = Fiche { $id }
record-parts = Parties, et qui peut les lire
record-readers = { $count ->
    [one] { $count } personne peut lire cette partie
   *[other] { $count } personnes peuvent lire cette partie
}
record-withheld = D’autres parties peuvent exister dans des compartiments dont vous n’êtes pas. Elles ne sont pas montrées, ni leur nombre.
record-history = Historique
record-newest = la plus récente
situation-title = Situation
situation-count = Incidents qui correspondent : { $count }
situation-list = En liste
map-label = Carte des incidents ; chaque cercle mène à sa partie de la carte
map-caption = Les frontières et les noms indiqués n’impliquent ni reconnaissance ni acceptation officielle. Natural Earth.
map-whole = Montrer toute la carte
map-cell = { $count ->
    [one] { $count } incident
   *[other] { $count } incidents
}
timeline-label = Incidents par mois ; chaque barre mène à son mois
timeline-month = { $month } : { $count } incidents, { $killed } tués
trust-title = Sur quoi repose ce bureau
trust-fingerprint = L’empreinte de la mission. Comparez-la avec celle reçue sur papier ou de vive voix :
trust-logs = Journaux publics
trust-no-log = Aucun point de contrôle n’est encore ici.
trust-statements = Déclarations
trust-journal = Journaux
trust-log = { $size } feuilles ; dernier point de contrôle cosigné il y a { $age }
trust-devices = Mes appareils
trust-this = celui-ci
trust-devices-why = Si l’un de ces appareils n’est pas de vous, prévenez aussitôt un responsable du registre.
trust-trustees = Dépositaires
trust-set = { $needed } dépositaires sur { $all } doivent libérer leur part avant qu’une partie gardée s’ouvre.
trust-no-trustees = Cette mission n’a nommé aucun dépositaire.
trust-compartments = Mes compartiments
status-active = actif
status-pending = attend une confirmation
status-stopped = arrêté
status-ended = terminé
report-title = Signaler un incident
report-again = Rien n’est encore écrit. Regardez les champs marqués.
report-compartment = Qui peut lire ceci
report-at = Point
report-perpetrator = Auteur présumé
report-injured = Blessés
report-grade = Cotation : source A à F, information 1 à 6
report-write = Sceller et écrire
report-title-example = Attaque d’un convoi
report-date-example = 2026-03-09 ou 091405ZMAR26
report-type-example = armed-attack
report-place-example = Bouca
report-at-example = 6.51N 18.27E, ou MGRS
report-perpetrator-example = Front des sept puits
report-number-example = 2
report-number-bad = écrivez un nombre entier
report-type-bad = écrivez des minuscules et des traits d’union, comme armed-attack
report-empty = écrivez au moins une chose qui s’est passée
field-also = Aussi appelé
field-identifier = Identifiant
field-about = À propos de
field-from = De
field-to = À
record-links = Liens
record-links-cut = Il y en a plus qu’il n’est montré ici.
guard = Le gardien à la porte
guard-why = Ceci figure là où tout le compartiment le lit. À vous de décider.
field-case = Numéro de dossier
field-status = État
field-violations = Violations
field-due = À faire
field-incident = Incident
