# Avant que le bureau se verrouille de lui-même.
idle-soon = Ce bureau se verrouille dans moins d’une minute. Ce qui est saisi et n’est pas envoyé d’ici là est perdu.
idle-stay = Rester déverrouillé
idle-why = { $count ->
    [one] Ce bureau se verrouille après une minute sans qu’aucune page soit demandée. Ce qui est saisi et n’est pas envoyé d’ici là est perdu.
   *[other] Ce bureau se verrouille après { $count } minutes sans qu’aucune page soit demandée. Ce qui est saisi et n’est pas envoyé d’ici là est perdu.
}
