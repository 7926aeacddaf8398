# Graphes de liens.
chart = Graphe
chart-of = Ce à quoi { $name } est lié
chart-back = Retour à sa page
chart-only = Seulement
chart-steps = Pas
chart-most = Au plus
chart-way-to = Chemin vers (nom ou id)
chart-label = La fiche au milieu et ce qui l’entoure
chart-legend = Trait épais : coté A ou B et 1 ou 2. Fin : C ou 3, ou participation. Tirets : D, E, 4 ou 5. Pointillé : non coté. Cercle : personne ; carré : groupe ; arrondi : organisation ; triangle : lieu ; losange : incident ; hexagone : véhicule ou matériel.
chart-more = { $count ->
    [one] { $count } de plus
   *[other] { $count } de plus
}
chart-drawn = L’image en montre { $count } sur { $all } ; la liste ci-dessous a le reste.
chart-ties = { $count ->
    [0] Aucun lien
    [one] { $count } lien en liste
   *[other] { $count } liens en liste
}
chart-list-first = La liste montre les { $count } premiers.
chart-way = Le plus court chemin
chart-no-way = Aucun chemin ne mène de l’une à l’autre.
chart-export = Enregistrer en GraphML
chart-export-why = Le fichier porte une marque à lui. Que vous l’avez sorti figure dans les fiches du compartiment avant que vous ne l’ayez.
chart-export-where = Où c’est consigné
chart-export-purpose = But, si la politique en demande un
chart-more-js = # de plus
chart-expand = Développer
chart-open = Ouvrir sa page
chart-way-here = Chemin depuis le départ
chart-hide = Masquer
chart-fit = Tout voir
chart-arrange = Disposer
chart-counted-js = # fiches, # liens
chart-failed = Cela n’a pas marché. Rechargez la page.
chart-types = Affichés
chart-help = Choisissez une fiche dans le graphe ou ici.
chart-involved = a pris part
