# Entités : la liste, l’une d’elles, et les fiches qu’on dit n’en faire qu’une.
nav-entities = Entités
entities-title = Personnes, groupes et choses
entities-name = Nom
entities-what = Ce que c’est
entities-count = { $count ->
    [0] Rien ne correspond.
    [one] { $count } entité correspond.
   *[other] { $count } entités correspondent.
}
entities-first = Affichées : les { $count } qui ont le plus d’incidents.
entity-class = Classification
entity-record = La fiche et son historique
entity-page = Ses incidents, liens et noms
entity-incidents = Incidents
entity-no-incidents = Aucun incident de ce bureau ne la nomme.
entity-counted = Incidents qui la nomment : { $count }. Les plus récents sont ci-dessous.
entity-all = Tous
entity-links = Liens
entity-no-links = Aucun lien n’y mène ni n’en part.
entity-link = Lien
entity-other = Avec
entity-said-by = Selon
entity-seen-by = Où c’est écrit
entity-links-first = Les { $count } plus récents sur { $all }. Le graphe en montre davantage.
entity-from-here = d’ici
entity-to-here = vers ici
entity-absent-one = une fiche que ce bureau n’a pas
entity-ungraded = non coté
same-title = Fiches qu’on dit n’en faire qu’une
same-none = Personne ne dit que c’est la même qu’une autre.
same-absent = { $count ->
    [one] Et une fiche que ce bureau n’a pas.
   *[other] Et { $count } fiches que ce bureau n’a pas.
}
same-split = La retirer
same-merge = Dire qu’elles n’en font qu’une
same-merge-why = Les deux fiches restent telles quelles. Les liens et incidents de l’une se trouvent comme ceux des deux, jusqu’à ce que quelqu’un revienne dessus. L’historique garde qui l’a dit.
same-other = L’autre : son nom ou l’identifiant de sa fiche
same-grade = Cotation
same-where = Qui doit pouvoir le lire
same-both = Un compartiment qui a les deux
same-why = Pourquoi
same-history = Ce qui a été dit
same-said = { $person } dit que { $one } et { $other } n’en font qu’un
same-taken-back = { $person } dit que { $one } et { $other } ne sont pas un
same-counts = vaut maintenant
same-nobody = Personne ici ne porte ce nom. Écrivez-en plus ou moins, ou l’identifiant d’une fiche.
same-which = Plusieurs portent ce nom. Laquelle ?
what-person = personne
what-group = groupe
what-organisation = organisation
what-place = lieu
what-vehicle = véhicule
what-equipment = matériel
what-account = compte
what-incident = incident
what-note = note
what-case = cas
what-other = fiche
field-description = Description
