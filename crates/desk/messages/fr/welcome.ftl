# Le premier démarrage.
back = Retour
fingerprint = Empreinte
date-bad = Écrivez une date comme 2027-06-30.
unlock-other = Rejoindre une mission ou en fonder une sur cet ordinateur
welcome-title = Bienvenue
welcome-what = Un bureau contient ce que vous avez le droit de lire d’une mission, chiffré sur cet ordinateur. Quelqu’un vous invite dans une mission, ou vous en fondez une.
welcome-join = On vous a remis une invitation : un fichier, ou des lignes qu’on vous lit.
welcome-waiting = { $count ->
    [one] { $count } bureau attend sa mission
   *[other] { $count } bureaux attendent leur mission
}
welcome-found = Il n’y a pas encore de mission, et vous en serez le premier responsable du registre.
welcome-unlock = { $count ->
    [one] Déverrouiller le bureau de cet ordinateur
   *[other] Déverrouiller un des { $count } bureaux de cet ordinateur
}
pass-new = Phrase secrète
pass-again = La même encore une fois
pass-advice = Quatre ou cinq mots sans rapport entre eux conviennent. Ne l’employez nulle part ailleurs. Personne ne peut la réinitialiser.
pass-keep-weak = Je sais qu’elle est faible ; prenez-la quand même
pass-differs = Les deux phrases secrètes ne sont pas identiques. Tapez-les de nouveau.
pass-short = Une phrase secrète a huit caractères ou plus.
pass-few = La phrase secrète répète les mêmes caractères. Prenez quatre ou cinq mots.
pass-sequence = La phrase secrète est surtout une suite de caractères voisins. Prenez quatre ou cinq mots.
pass-plain = La phrase secrète est courte et d’une seule sorte de caractères. Ajoutez des mots.
pass-meter-weak = Faible : un voleur de votre disque la devinerait vite.
pass-meter-fair = Passable. Un mot ou deux de plus la rendraient solide.
pass-meter-strong = Solide, si vous ne l’avez pas prise dans un livre ou une chanson.
found-title = Fonder une mission
found-what = Ceci crée la mission, votre bureau de premier responsable du registre, un compartiment pour tous et un pour travailler. Les noms sont scellés : seuls les membres peuvent les lire.
found-mission = Le nom de la mission
found-person = Votre nom ou votre fonction
found-compartment = Le premier compartiment de travail
found-passphrase = Phrase secrète de votre bureau
found-governors = Gouverneurs
found-governors-why = Les gouverneurs régissent la mission : un nombre suffisant d’entre eux signe ensemble pour nommer son concentrateur, ses dépositaires et sa politique. Chacun tape ici sa propre phrase secrète ; laissez vides les autres. Leurs fichiers de clé sont écrits sur cet ordinateur et doivent le quitter.
found-governor = Gouverneur { $number }
found-threshold = Combien d’entre eux doivent signer ensemble
found-waiting = Jours d’attente avant qu’un assouplissement des règles prenne effet
found-folder = Dossier pour les fichiers de clé des gouverneurs ; de préférence sur une clé USB
found-folder-bad = Écrivez le chemin complet du dossier, depuis son début.
found-history = Ce que pourront lire les personnes admises plus tard
found-history-full = Tout, le passé aussi
found-history-from-join = Ce qui est écrit à partir de là
found-until = Fin de votre mandat
found-synthetic = Tout y sera inventé, pour la formation ; chaque page le dit
found-do = Fonder la mission
found-names-missing = La mission, vous et le compartiment avez chacun besoin d’un nom.
found-number-bad = Écrivez des nombres entiers.
found-threshold-bad = Il faut au moins un gouverneur, et on ne peut pas demander plus de signatures qu’il n’y a de gouverneurs.
founded-title = La mission est fondée
founded-take-off = { $count ->
    [one] Retirez maintenant ce fichier de clé de cet ordinateur, vers un support gardé hors ligne :
   *[other] Retirez maintenant ces { $count } fichiers de clé de cet ordinateur, chacun vers son propre support gardé hors ligne, en des lieux différents :
}
founded-single = Il n’y a qu’un gouverneur : qui possède ce fichier et sa phrase secrète régit seul la mission.
founded-fingerprint = Imprimez l’empreinte de la mission et donnez-la à toute personne qui rejoint, par une autre voie que son invitation.
founded-go-on = Aller au bureau
join-title = Rejoindre une mission
join-what = Deux fichiers sont portés et une chaîne est dite. Gardez cette page ouverte, ou revenez-y plus tard : le bureau attend.
join-1 = 1. Votre invitation
join-invitation = Le fichier de l’invitation
join-lines = Ou ses lignes, telles qu’on vous les lit
join-read = La lire
join-compare = Comparez l’empreinte de la mission avec une autre qui vous vient d’ailleurs : imprimée, ou lue par un collègue.
join-compared = Je l’ai comparée, et c’est la même
join-not-compared = Comparez d’abord l’empreinte, et dites-le.
join-accept = Créer mes clés et une demande
join-2 = 2. Votre demande
join-request = Enregistrer la demande
join-request-why = Donnez ce fichier à qui vous a invité. Il n’est pas secret. On vous remet un défi en échange.
join-device = Empreinte de votre appareil :
join-which = Quel bureau en attente
join-3 = 3. Le défi
join-challenge = Le fichier que la personne qui vous invite a fait de votre demande
join-challenge-missing = Choisissez le défi et tapez la phrase secrète du bureau en attente.
join-prove = L’ouvrir
join-string = Chaîne
join-string-why = Lisez cette chaîne à haute voix à qui vous a invité, par téléphone ou face à face. Cette personne la tape ; son ordinateur ne la montre pas avant.
join-4 = 4. La mission
join-brought = Le pli ou le fichier de déclarations que le responsable du registre a écrit pour vous
join-mission-missing = Choisissez le fichier et tapez la phrase secrète du bureau en attente.
join-do = Rejoindre
