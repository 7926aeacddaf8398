verified-not = sin verificar
verified-under = en verificación
verified-yes = verificado
verified-refuted = refutado
class-unclassified = Sin clasificar
class-confidential = Confidencial
class-strictly = Estrictamente confidencial
grade-a = fuente totalmente fiable
grade-b = fuente normalmente fiable
grade-c = fuente bastante fiable
grade-d = fuente normalmente no fiable
grade-e = fuente no fiable
grade-f = fiabilidad que no puede juzgarse
grade-1 = confirmada
grade-2 = probablemente cierta
grade-3 = posiblemente cierta
grade-4 = dudosa
grade-5 = improbable
grade-6 = veracidad que no puede juzgarse
displaced-people = { $count ->
    [one] { $number } persona
   *[other] { $number } personas
}
displaced-households = { $count ->
    [one] { $number } hogar
   *[other] { $number } hogares
}
event-given = dado
event-refused = denegado
event-withdrawn = retirado
event-expired = caducado
event-confirmed = preguntado de nuevo y confirmado
event-handed-over = a cargo de otra persona
event-sealed-off = sellado aparte: nadie pudo preguntar de nuevo
