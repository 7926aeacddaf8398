# Informar de un incidente: el formulario, los borradores, los mensajes, lo que puede ser el mismo hecho.
report-until = Hasta
report-until-alone = escriba también cuándo empezó
report-until-before = esto es antes de que empezara
report-victim = Quién sufrió daño
report-class = Clasificación
report-class-default = la que pide su compartimento
report-grade-example = B2
report-more = Más: precisión, otros participantes, actos, respuesta, fuentes
report-precision = La fecha se conoce hasta
report-as-written = como está escrita
report-place-precision = El lugar se conoce hasta
report-others = Otros participantes
report-who = Quién
report-role = En qué papel
report-harmed = Otras personas que sufrieron daño
report-count = Cuántas
report-harm = Qué les pasó
report-group = Qué grupo
report-sources = Fuentes abiertas, una por línea
report-actors = Participantes
report-response-actor = Quién actuó
report-response-action = Qué se hizo
report-response-outcome = Qué resultó de ello
report-sealed = Está escrito y sellado dos veces. Este escritorio no lo muestra de nuevo; las aperturas muestran quién lo lee.
field-pcode = Código de lugar (P-code)
field-act = Qué se hizo
field-method = Por qué método
precision-minute = el minuto
precision-day = el día
precision-days = unos días
precision-week = la semana
precision-month = el mes
precision-year = el año
nearness-exact = el punto exacto
nearness-near = unos 25 km
nearness-admin2 = la zona de segundo orden
nearness-admin1 = la zona de primer orden
nearness-region = una región
nearness-country = el país
nearness-international = aguas o espacio aéreo internacionales
apart = Poner una parte donde la lean menos personas
apart-why = Lo que elija aquí se sella aparte. Quien solo lee el resto no ve que existe.
apart-rest = con el resto
drafts = Borradores
drafts-why = Están sellados en este ordenador, o solo en su memoria si se destinan a un compartimento custodiado, y nadie más los tiene.
draft-untitled = Sin título
draft-discard = Descartar
draft-discard-this = Descartar el borrador { $title }
draft-kept = Guardado como borrador, sellado en este ordenador: { $time }
draft-in-memory = Está como borrador solo en memoria, hasta que se bloquee el puesto: lo destinado a un compartimento custodiado no está en ningún disco antes de sellarse.
draft-in-memory-short = solo en memoria, hasta que se bloquee el puesto
draft-keep = Guardar como borrador y comprobar
message-paste = Pegar un mensaje
message-here = El mensaje como llegó: SALUTE, quién-qué-dónde-cuándo, o texto corrido
message-read = Hacer de él un borrador
message-found = Lo que se encontró en el mensaje
message-nothing = No se encontró nada que solo pueda leerse de una manera. El mensaje entero está en el texto de abajo.
message-why = Lo marcado se puso en el formulario; el mensaje entero está en el texto. No se añadió nada. Compruébelo antes de escribir.
message-doubts = Lo que lleva un signo de interrogación puede leerse de más de una manera, o contradice lo anterior. Se dejó fuera.
pick-label = Mapa: pulse un lugar para dar su punto
pick-why = Pulse el mapa para dar el punto. Las fronteras no implican reconocimiento oficial. Natural Earth.
alike = Quizá ya se conoce
alike-why = Estas fichas quizá cuentan el mismo hecho. Mire antes de escribir; usted decide.
alike-days = { $count ->
    [0] al mismo tiempo
    [one] { $count } día de diferencia
   *[other] { $count } días de diferencia
}
alike-km = { $count ->
    [0] en el mismo punto
   *[other] a { $count } km
}
alike-place = el lugar se llama allí { $name }
alike-killed = { $one } y { $other } muertos
alike-names = nombres: { $names }
alike-words = { $count ->
    [one] { $count } palabra en común
   *[other] { $count } palabras en común
}
room-readers = { $count ->
    [one] { $count } lector
   *[other] { $count } lectores
}
