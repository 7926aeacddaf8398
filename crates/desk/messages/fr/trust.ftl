# Sur quoi repose la confiance.
warn-title = Ce qui a besoin de vous
warn-none = Ce bureau ne voit rien d’anormal.
warn-two-trees = Deux histoires : à la taille { $size }, le journal a montré au témoin « { $witness } » un autre arbre qu’à ce bureau. C’est la preuve d’un mensonge ou d’un concentrateur défaillant.
warn-two-trees-do = Ce bureau ne tient plus de session avec ce concentrateur et ne demande plus d’ouverture. Prévenez les gouverneurs et votre responsable de la sécurité ; ils nomment un autre concentrateur. La preuve est gardée.
warn-strange = { $count ->
    [one] Un appareil à votre nom a été inscrit, que ce bureau n’a pas créé.
   *[other] { $count } appareils à votre nom ont été inscrits, que ce bureau n’a pas créés.
}
warn-strange-do = Voyez « Mes appareils » plus bas. S’il n’est pas de vous, révoquez-le maintenant et prévenez un responsable du registre : quelqu’un lit peut-être à votre place.
warn-lost = { $count ->
    [one] Une de vos déclarations est sans effet.
   *[other] { $count } de vos déclarations sont sans effet.
}
warn-lost-do = Une autre a pris sa place, ou le concentrateur la refuse. « counterseal mission lost » la montre, la redit ou y renonce.
warn-gaps = { $count ->
    [one] Dans un journal manquent des entrées qui doivent exister quelque part.
   *[other] Dans { $count } journaux manquent des entrées qui doivent exister quelque part.
}
warn-gaps-do = Le concentrateur les retient, ou personne ne les lui a apportées. Elles sont demandées à chaque synchronisation. Si cela dure, demandez un pli à leurs auteurs.
warn-broken = { $count ->
    [one] Une entrée ne suit pas celle d’avant.
   *[other] { $count } entrées ne suivent pas celles d’avant.
}
warn-broken-do = Son appareil a été copié, restauré, ou ment. Demandez à son propriétaire ; si vous tenez le registre, faites-le remplacer.
warn-held = Le témoin « { $witness } » a vu { $seen } feuilles depuis un moment ; le concentrateur en a montré { $shown } à ce bureau.
warn-held-do = Le concentrateur vous cache quelque chose. Demandez à un collègue s’il l’a, prenez-le par un pli et prévenez les gouverneurs.
warn-behind = Le concentrateur a montré un état plus ancien, ou une autre place, que ce que ce bureau connaît.
warn-behind-do = Synchronisez de nouveau. Si cela dure, le concentrateur a été remis à un état ancien : prévenez les gouverneurs.
warn-dropped = { $count ->
    [one] Le concentrateur avait confirmé une chose de vous qui n’est pas dans le journal. Elle est renvoyée.
   *[other] Le concentrateur avait confirmé { $count } choses de vous qui ne sont pas dans le journal. Elles sont renvoyées.
}
warn-dropped-do = Une fois, ce peut être une panne. Si cela se répète, prévenez les gouverneurs.
warn-refused = { $count ->
    [one] Le concentrateur n’a pas pris une chose que vous avez envoyée.
   *[other] Le concentrateur n’a pas pris { $count } choses que vous avez envoyées.
}
warn-refused-do = Synchronisez de nouveau. Si cela dure, votre mandat a pu finir ou un gel vous viser : demandez à un responsable du registre.
warn-refused-entries = { $count ->
    [one] Une entrée est venue qui n’est pas ce qu’elle prétend. Elle n’a pas été prise.
   *[other] { $count } entrées sont venues qui ne sont pas ce qu’elles prétendent. Elles n’ont pas été prises.
}
warn-refused-entries-do = Quelqu’un entre vous et son auteur l’a changée. Prévenez votre responsable de la sécurité.
warn-refused-statements = { $count ->
    [one] Une déclaration du journal est sans effet : qui l’a dite n’en a pas le droit.
   *[other] { $count } déclarations du journal sont sans effet : qui les a dites n’en a pas le droit.
}
warn-refused-statements-do = Rien n’en découle. Un responsable du registre devrait interroger le signataire.
warn-own-late = { $count ->
    [one] Une de vos entrées est tardive : elle est arrivée au journal après votre retrait ou un changement de clés.
   *[other] { $count } de vos entrées sont tardives : elles sont arrivées au journal après votre retrait ou un changement de clés.
}
warn-own-late-do = Un gestionnaire du compartiment peut l’accepter.
warn-misplaced = { $count ->
    [one] Le concentrateur a nommé une fausse place pour une entrée.
   *[other] Le concentrateur a nommé de fausses places pour { $count } entrées.
}
warn-marks = { $count ->
    [one] Une marque de temps du concentrateur ne compte pas.
   *[other] { $count } marques de temps du concentrateur ne comptent pas.
}
warn-witness = { $count ->
    [one] La réponse d’un témoin ne compte pas.
   *[other] Les réponses de { $count } témoins ne comptent pas.
}
warn-witness-do = Un témoin a d’autres clés que celles que la mission a nommées, ou quelqu’un répond à sa place. Prévenez les gouverneurs.
warn-lies = { $count ->
    [one] Un dépositaire a dit une chose qui ne peut être vraie.
   *[other] Des dépositaires ont dit { $count } choses qui ne peuvent être vraies.
}
warn-lies-do = Sa parole n’a pas été prise. Prévenez les gouverneurs : ils le remplacent.
warn-clock = L’horloge de cet ordinateur retarde d’environ { $age } : les heures des témoins sont en avance sur elle.
warn-clock-do = Réglez l’horloge. Les heures de ce que vous écrivez seraient fausses.
warn-evidence = L’appareil { $device } de { $name } a signé deux entrées pour une même place : il a été copié, restauré, ou ment.
warn-evidence-do = Suspendez-le avec la preuve. C’est définitif, et chaque bureau y obéit dès qu’il le voit.
warn-suspend = Suspendre l’appareil
trust-future = C’est en avance sur l’horloge de cet ordinateur.
trust-clock = L’horloge du concentrateur et celle-ci diffèrent de { $age }.
trust-witnesses = Témoins
trust-quorum = { $needed } sur { $all } doivent cosigner pour qu’un point de contrôle compte.
trust-weak = Ce plan ne résiste à aucun témoin corrompu.
trust-not-asked = Ils n’ont pas été interrogés depuis que ce bureau est déverrouillé. Une synchronisation les interroge tous.
trust-witness-trustee = d’un dépositaire
trust-witness-other = indépendant
trust-word-agrees = d’accord
trust-word-refused = a dit une chose qui ne compte pas
trust-word-silent = n’a pas répondu
trust-word-no-address = injoignable d’ici
trust-strange = Ce bureau ne l’a pas créé.
trust-known = Il est à moi
trust-confirm = Le confirmer
trust-pending = Appareils en attente de confirmation
trust-pending-why = Faites-vous lire l’empreinte par le propriétaire. Un responsable du registre confirme ; personne ne confirme le sien.
trust-revoke = Révoquer un appareil
trust-revoke-what = Rien de ce que dit l’appareil ne compte plus, et de nouvelles clés sont faites sans lui partout où il était. C’est sans retour : son propriétaire rejoint avec un nouvel appareil. Ce qu’il pouvait lire avant, il a pu le garder.
trust-revoke-do = Le révoquer définitivement
trust-single = Un seul dépositaire : il décide seul, et seul il peut défaillir.
trust-shares-lost = { $count ->
    [one] D’une partie que vous avez scellée, trop peu de dépositaires gardent une part : elle ne pourra jamais être ouverte.
   *[other] De { $count } parties que vous avez scellées, trop peu de dépositaires gardent une part : elles ne pourront jamais être ouvertes.
}
trust-trustee = Dépositaire
trust-holds = Garde des parts de ce que j’ai scellé
trust-heard = Son journal d’ouvertures a été entendu
trust-ago = il y a { $age }
trust-never-heard = jamais
trust-holds-why = Une part fait 32 octets qui n’ouvrent rien seuls. Un dépositaire ne sait pas de quoi elle est une part.
trust-waiting = Ce qui attend
trust-unsent = Sur ce bureau seul : { $entries ->
    [one] { $entries } entrée
   *[other] { $entries } entrées
} et { $statements ->
    [one] { $statements } déclaration
   *[other] { $statements } déclarations
}.
trust-all-sent = Rien de ce bureau n’attend d’être envoyé.
trust-endings = Ce qui finit bientôt
trust-no-endings = Rien ne finit dans les { $count } jours.
end-assignment = affectation
role-registrar = responsable du registre
role-manager-of = gestionnaire de { $name }
role-recovery = officier de récupération
waits-governors = D’autres gouverneurs
waits-recovery = D’autres officiers de récupération
waits-hub = D’autres certificats du concentrateur
waits-witnesses = D’autres témoins
waits-days = D’autres jours d’attente
waits-trustees = D’autres dépositaires
waits-policy = Une autre politique d’ouvertures
waits-rule = Une autre règle d’ouverture d’un compartiment
changes-title = Ce qui a changé depuis votre dernier regard
changes-count = { $count ->
    [one] Une déclaration est nouvelle pour vous.
   *[other] { $count } déclarations sont nouvelles pour vous.
}
changes-none = Rien.
changes-seen = Je les ai regardées
changes-by = dit par { $name }
said-founded = La mission a été fondée
said-person = { $about } a été inscrit
said-device = Un appareil de { $about } a été inscrit
said-device-confirmed = Un appareil de { $about } a été confirmé
said-device-revoked = Un appareil de { $about } a été révoqué
said-device-suspended = Un appareil de { $about } a été suspendu, sur preuve
said-person-revoked = { $about } a été révoqué
said-extended = La fin de l’affectation de { $about } a été changée
said-frozen = { $about } a été gelé
said-unfrozen = Un gel de { $about } a été levé
said-travel = Un appareil de { $about } a laissé des compartiments pour un voyage
said-back = Un appareil a été ramené dans { $about }
said-registrar = { $about } tient désormais le registre
said-registrar-dismissed = { $about } ne tient plus le registre
said-manager = { $name } gère désormais { $about }
said-manager-dismissed = { $name } ne gère plus { $about }
said-compartment = Le compartiment { $about } a été créé
said-charter = La charte de { $about } a été modifiée
said-governors = Les gouverneurs ont changé
said-hub = Le concentrateur a été nommé
said-witnesses = Les témoins ont été nommés
said-trustees = Les dépositaires ont été nommés
said-policy = Les règles d’ouverture ont été fixées
said-officers = Des officiers ont été nommés ou démis
said-assigned = { $about } a été affecté à un site ou une section
said-parts = Des parties de { $about } ont été retirées, retenues ou effacées, ou cela a été levé
said-other = Autre chose a été dit
said-roster-first = { $about } a reçu ses premières clés
said-roster = { $about } a de nouvelles clés : { $come } appareils venus, { $go } partis
