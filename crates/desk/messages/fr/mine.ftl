# Ce bureau dans son ensemble.
panic = Panique
panic-key = Verrouiller aussitôt : F9, ou ce bouton
panic-why = Le bouton rouge de chaque page, ou la touche F9, verrouille aussitôt sans rien terminer. Ce qui a été annoncé comme écrit est gardé. Sans scripts, le bouton fonctionne, et sa touche d’accès Q aussi.
mine-title = Ce bureau
mine-device = Cet appareil :
mine-shift-why = Laissez une note à la relève, et verrouillez.
mine-travel-why = Laissez des compartiments derrière vous avant un voyage, pour que personne ne puisse vous les faire ouvrir.
mine-link-why = Envoyer et recevoir par le concentrateur ; porter des plis.
mine-people-why = Qui appartient à la mission ; inviter, geler, transmettre.
mine-destroy-why = Détruire ce bureau sur cet ordinateur, définitivement.
mine-others = Les autres sur cet ordinateur
mine-others-why = Chaque personne a son bureau et sa propre phrase secrète. Le changement verrouille d’abord celui-ci.
mine-switch = Changer
mine-label = Comment ce bureau s’appelle avant d’être déverrouillé
mine-label-why = Affiché là où l’on choisit un bureau ; ce n’est pas secret : qui a le disque peut le lire. Ne prenez pas votre nom.
mine-label-field = Un signe ou une couleur
mine-label-do = L’appeler ainsi
mine-passphrase = Une autre phrase secrète
mine-passphrase-why = Une ancienne copie de ce bureau s’ouvre encore avec l’ancienne phrase. Si quelqu’un peut en avoir une, faites révoquer cet appareil et rejoignez de nouveau.
mine-passphrase-old = L’actuelle
mine-passphrase-new = La nouvelle
mine-passphrase-do = La changer
shift-title = Passer la relève
shift-why = La note est une fiche d’un compartiment : tous ses membres peuvent la lire, sur chaque bureau.
shift-note = Ce que la relève doit savoir
shift-write = Sceller et écrire
shift-write-lock = Écrire et verrouiller
shift-before = Notes précédentes
shift-none = Il n’y en a pas encore.
travel-title = Voyage
travel-why = Avant un barrage ou une frontière, faites oublier des compartiments à ce bureau : ensuite rien ici ne les ouvre, et personne ne peut vous les faire ouvrir. Un gestionnaire de chacun, une autre personne, vous y ramène.
travel-openable = Ce que ce bureau peut ouvrir maintenant
travel-leave = Laisser
travel-leave-this = Laisser { $name }
travel-compartment = Compartiment
travel-open = Parties qui s’ouvrent
travel-guarded = Scellées deux fois
travel-held = Gardées en clair
travel-secrets = Secrets
travel-away = laissé
travel-look = Montrer ce qui reste
travel-prepare = Ce qui se passerait
travel-what = Le bureau est refait sous d’autres clés, sans ce que vous laissez, et prend la place de l’ancien. Synchronisez ensuite pour que les autres l’apprennent. Les sauvegardes de l’ancien bureau ouvrent toujours tout.
travel-remains = { $compartments ->
    [one] Un compartiment reste, avec { $parts } parties qui s’ouvrent.
   *[other] { $compartments } compartiments restent, avec { $parts } parties qui s’ouvrent.
}
travel-nobody = Personne ne pourrait vous y ramener : nommez d’abord un autre gestionnaire.
travel-exports = { $count ->
    [one] Une exportation a été écrite sur cet ordinateur. C’est un fichier à vous ; le voyage ne l’enlève pas.
   *[other] { $count } exportations ont été écrites sur cet ordinateur. Ce sont des fichiers à vous ; le voyage ne les enlève pas.
}
travel-unsent = { $count ->
    [one] Une chose que vous avez écrite n’est confirmée par aucun concentrateur. Synchronisez d’abord.
   *[other] { $count } choses que vous avez écrites ne sont confirmées par aucun concentrateur. Synchronisez d’abord.
}
travel-anyway = Partir quand même : ce que j’ai écrit dans ce que je laisse comptera comme tardif
travel-passphrase = Phrase secrète pour la route ; elle peut être différente
travel-do = Laisser ces compartiments
travel-back = Ramener quelqu’un
travel-back-why = Appareils qui ont laissé des compartiments que vous gérez.
travel-back-do = Ramener
destroy-title = Détruire ce bureau
destroy-what = Les clés de ce bureau sont écrasées et son contenu est supprimé. Personne ne peut l’annuler ni le réinitialiser. La mission et ses fiches restent chez les autres.
destroy-unsent = { $count ->
    [one] Une chose que seul ce bureau possède serait perdue.
   *[other] { $count } choses que seul ce bureau possède seraient perdues.
}
destroy-still = Ce qu’on peut encore savoir ensuite
destroy-still-hub = Le concentrateur sait que cet appareil a existé, quand il a écrit et combien, mais pas quoi.
destroy-still-others = Ce que vous avez envoyé est chez les autres, qui peuvent le lire comme avant.
destroy-still-unsent = Ce que vous n’avez pas envoyé est perdu pour tous.
destroy-still-copies = Une copie de ce bureau faite auparavant, sauvegarde ou image du disque, s’ouvre encore avec sa phrase secrète. Faites révoquer l’appareil.
destroy-still-files = Les exportations, plis, clés de gouverneurs et invitations enregistrés ailleurs ne sont pas touchés.
destroy-still-flash = Sur une mémoire flash, ce qui a été écrasé peut survivre quelque temps dans des blocs de réserve ; la phrase secrète l’y protège encore.
destroy-type = Pour confirmer, tapez
destroy-typed-wrong = Ce que vous avez tapé n’est pas ce qui était demandé. Rien n’a été détruit.
destroy-do = Le détruire définitivement
destroyed-title = Le bureau est détruit
destroyed-what = Plus rien sur cet ordinateur ne l’ouvre. Prévenez un responsable du registre, qui révoque l’appareil.
destroyed-go-on = Continuer
work-travel = Le bureau est refait
work-pause = Suspendre, et continuer
work-why = Cette page se rafraîchit d’elle-même. Ce qui est fait est gardé ; après une pause, on reprend de là.
work-far = { $done } sur { $of }.
work-done = { $done } jusqu’ici.
work-left = Encore { $age } environ.
work-sync = Synchronisation avec le concentrateur
