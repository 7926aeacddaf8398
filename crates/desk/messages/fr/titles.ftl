# What windows are called: browsers keep it in their history, so it names nobody and nothing.
title-record = Fiche
title-entity = Personne, groupe ou objet
title-chart = Graphe de liens
title-case = Dossier
title-day = Une journée d’ouvertures
title-person = Membre de la mission
