# Signaler un incident : le formulaire, les brouillons, les messages, ce qui peut être le même événement.
report-until = Jusqu'à
report-until-alone = écrivez aussi quand cela a commencé
report-until-before = c'est avant le début
report-victim = Qui a été touché
report-class = Classification
report-class-default = celle que demande son compartiment
report-grade-example = B2
report-more = Plus : précision, autres participants, actes, réponse, sources
report-precision = La date est connue à
report-as-written = comme elle est écrite
report-place-precision = Le lieu est connu à
report-others = Autres participants
report-who = Qui
report-role = Dans quel rôle
report-harmed = Autres personnes touchées
report-count = Combien
report-harm = Ce qui leur est arrivé
report-group = Quel groupe
report-sources = Sources ouvertes, une par ligne
report-actors = Participants
report-response-actor = Qui a agi
report-response-action = Ce qui a été fait
report-response-outcome = Ce qu'il en est résulté
report-sealed = C'est écrit et scellé deux fois. Ce bureau ne l'affiche plus ; les ouvertures montrent qui le lit.
field-pcode = Code de lieu (P-code)
field-act = Ce qui a été fait
field-method = Par quelle méthode
precision-minute = la minute
precision-day = le jour
precision-days = quelques jours
precision-week = la semaine
precision-month = le mois
precision-year = l'année
nearness-exact = l'endroit exact
nearness-near = 25 km environ
nearness-admin2 = la zone de deuxième ordre
nearness-admin1 = la zone de premier ordre
nearness-region = une région
nearness-country = le pays
nearness-international = eaux ou espace aérien internationaux
apart = Mettre une partie là où moins de personnes lisent
apart-why = Ce que vous choisissez ici est scellé à part. Qui ne lit que le reste ne voit pas que cela existe.
apart-rest = avec le reste
drafts = Brouillons
drafts-why = Ils sont scellés sur cet ordinateur, ou seulement dans sa mémoire si un compartiment gardé est visé, et personne d'autre ne les a.
draft-untitled = Sans titre
draft-discard = Supprimer
draft-discard-this = Supprimer le brouillon { $title }
draft-kept = Conservé comme brouillon, scellé sur cet ordinateur : { $time }
draft-in-memory = Tenu comme brouillon en mémoire seulement, jusqu'au verrouillage du poste : ce qui est destiné à un compartiment gardé n'est sur aucun disque avant d'être scellé.
draft-in-memory-short = en mémoire seulement, jusqu'au verrouillage du poste
draft-keep = Conserver comme brouillon et vérifier
message-paste = Coller un message
message-here = Le message tel qu'il est arrivé : SALUTE, qui-quoi-où-quand, ou texte libre
message-read = En faire un brouillon
message-found = Ce qui a été trouvé dans le message
message-nothing = Rien n'a été trouvé qui ne se lise que d'une façon. Le message entier figure dans le texte ci-dessous.
message-why = Ce qui est marqué a été mis dans le formulaire ; le message entier figure dans le texte. Rien n'a été ajouté. Vérifiez avant d'écrire.
message-doubts = Ce qui porte un point d'interrogation se lit de plus d'une façon, ou contredit ce qui précède. Cela a été laissé de côté.
pick-label = Carte : appuyez sur un lieu pour donner son point
pick-why = Appuyez sur la carte pour donner le point. Les frontières n'impliquent aucune reconnaissance officielle. Natural Earth.
alike = Peut-être déjà connu
alike-why = Ces fiches relatent peut-être le même événement. Regardez avant d'écrire ; c'est vous qui décidez.
alike-days = { $count ->
    [0] au même moment
    [one] { $count } jour d'écart
   *[other] { $count } jours d'écart
}
alike-km = { $count ->
    [0] au même endroit
   *[other] à { $count } km
}
alike-place = le lieu s'y appelle { $name }
alike-killed = { $one } et { $other } tués
alike-names = noms : { $names }
alike-words = { $count ->
    [one] { $count } mot en commun
   *[other] { $count } mots en commun
}
room-readers = { $count ->
    [one] { $count } lecteur
   *[other] { $count } lecteurs
}
