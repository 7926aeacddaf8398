# Before the desk locks itself.
idle-soon = This desk locks in less than a minute. What is typed and not sent by then is lost.
idle-stay = Stay unlocked
idle-why = { $count ->
    [one] This desk locks after a minute in which no page is asked for. What is typed and not sent by then is lost.
   *[other] This desk locks after { $count } minutes in which no page is asked for. What is typed and not sent by then is lost.
}
