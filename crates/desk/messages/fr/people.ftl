# Les personnes.
people-title = Personnes
people-by-compartment = Par compartiment
people-name = Nom
people-roles = Rôles
people-status = État
people-until = Jusqu’au
people-devices = Appareils
people-you = vous
people-managers = Gestionnaires
people-members = Membres
people-frozen = gelé
people-expired = fini
people-revoked = révoqué
people-unknown = non inscrit
people-no-end = sans fin
person-compartments = Compartiments que vous gérez
person-compartments-why = Entrer ou sortir fait de nouvelles clés. Qui sort a pu garder ce qu’il pouvait lire.
person-is-in = en fait partie
person-is-out = n’en fait pas partie
person-admit = Admettre
person-remove = Retirer
person-extend = La fin de l’affectation
person-until = Jusqu’à ce jour compris ; vide pour aucune fin
person-extend-do = Fixer
person-freeze = Geler
person-freeze-why = Dès qu’un bureau le voit, rien de ce que disent ses appareils ne compte et rien n’est scellé pour eux. Son travail est gardé, et ce qui a été lu n’est pas repris. Un responsable du registre lève le gel. Vous pouvez vous geler : « mon ordinateur a disparu ».
person-unfreeze = Lever le gel
person-unfreeze-why = Ce que disent ses appareils compte de nouveau à partir de là. Soyez sûr que la personne qui les a est celle que vous pensez.
person-revoke = Révoquer définitivement
person-revoke-why = Rien de ce que disent ses appareils ne compte plus, et chaque compartiment reçoit de nouvelles clés sans eux. C’est sans retour : il faudrait l’inviter de nouveau. Ce qui pouvait être lu avant a pu être gardé.
person-revoke-sure = Je sais que c’est sans retour
person-not-sure = Cochez que vous savez ce qui s’ensuit. Rien n’a été fait.
invite-title = Inviter
invite-what = Deux fichiers sont portés et une chaîne est dite. Remettez l’invitation par une autre voie que le concentrateur : qui l’a peut demander à rejoindre, une fois.
invite-1 = 1. Faire une invitation
invite-whom = Pour qui
invite-new = une nouvelle personne
invite-own = un autre appareil à moi
invite-recover = une personne qui n’a plus d’appareil
invite-name = Nom ou fonction de la personne
invite-name-missing = Écrivez pour qui est l’invitation.
invite-days = Jours pendant lesquels elle compte
invite-save = La faire et enregistrer le fichier
invite-lines = La faire et montrer ses lignes
invite-lines-why = Lisez ces lignes à haute voix ou copiez-les à la main. Elles ne sont montrées qu’une fois.
invite-2 = 2. Répondre à une demande
invite-request = La demande faite par le nouvel ordinateur
invite-request-missing = Choisissez d’abord la demande.
invite-answer = La vérifier et enregistrer le défi
invite-3 = 3. Taper la chaîne
invite-none-answered = Aucune demande n’a encore reçu de réponse.
invite-hear = Entendez la chaîne de la personne, par téléphone ou face à face. Ce bureau ne la montre pas : c’est ce qui empêche quiconque de se tenir entre vos deux ordinateurs.
invite-which = Invitation
invite-string-bad = La chaîne a 18 chiffres. Faites-la relire.
invite-enrol = Comparer et inscrire
invite-made = Invitations de ce bureau
invite-ends = Fin
invite-cancel = Annuler
invite-open = ouverte
invite-answered = répondue
invite-used = utilisée
invite-cancelled = annulée
handover-title = Transmettre à la fin d’une mission
handover-what = La gestion de vos compartiments et les incidents que vous vérifiez passent à un successeur. Ce que des gens ont confié à vous seul ne passe jamais par défaut.
handover-to = Successeur
handover-look = Montrer ce qui passerait
handover-passes = { $count ->
    [0] Plus rien ne passe
    [one] Une chose passe
   *[other] { $count } choses passent
}
handover-stays = Ce qui ne passe pas, et pourquoi
handover-trust = { $count ->
    [one] Une partie repose sur la confiance qu’on a en vous et n’est pas réglée. Cette passation ne la donne à personne.
   *[other] { $count } parties reposent sur la confiance qu’on a en vous et ne sont pas réglées. Cette passation ne les donne à personne.
}
handover-do = Transmettre
handover-member = être dans { $name }
handover-verify = vérification de l’enregistrement { $id }
stays-governors = les gouverneurs nomment les responsables du registre
stays-not-in = le successeur n’est pas dans le compartiment ; un gestionnaire l’admet
stays-conflict = l’enregistrement est en conflit ; quelqu’un le règle d’abord
stays-cannot-write = ce bureau ne peut pas y écrire
