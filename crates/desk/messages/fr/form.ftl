form-other-session = Ce formulaire n’est pas de ce lancement du bureau. Revenez en arrière, rechargez la page et renvoyez-le ; rien n’a été fait.
form-unreadable = Ce formulaire est illisible : un champ manque, est en double ou trop long. Revenez en arrière et renvoyez-le ; rien n’a été fait.
ask-number-bad = écrivez un nombre entier, par exemple 3
