skip = Ir al contenido
nav = Páginas
nav-first = Inicio
nav-report = Informar
nav-situation = Situación
nav-find = Qué ocurrió
nav-trust = Confianza
lock = Bloquear
language = Idioma
language-choose = Elegir
synthetic = Misión sintética: todo lo que hay aquí es inventado
synthetic-record = sintético
busy = El escritorio está ocupado. Espere un momento y vuelva a cargar la página.
state = Estado de este escritorio
state-person = Desbloqueado para { $person }
state-age = Último punto de control: hace { $age }
state-never = Aún no se ha sincronizado con el concentrador
state-no-hub = Sin concentrador: este escritorio trabaja solo
state-unsent = { $count ->
    [0] Nada pendiente de envío
    [one] { $count } elemento pendiente de envío
   *[other] { $count } elementos pendientes de envío
}
span-seconds = { $count } s
span-minutes = { $count } min
span-hours = { $count } h
span-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
}
refused-title = No ha funcionado
missing-title = Esa página no existe
first-back = Volver al inicio
first-title = ¿Qué quiere hacer?
first-holds = Este escritorio contiene { $incidents } incidentes.
task-report = Informar de un incidente
task-report-why = Anotar qué ocurrió, dónde, cuándo y a quién. Se sella en este ordenador antes de enviar nada.
task-situation = Ver la situación
task-situation-why = Mapa, cronología y desgloses de una misma pregunta.
task-find = Buscar qué ocurrió
task-find-why = Buscar por palabras, fechas, lugares y personas.
task-trust = Ver en qué se apoya
task-trust-why = La huella de la misión, sus registros, sus dispositivos, los depositarios.
unlock-title = Desbloquear el escritorio
unlock-wrong = La frase de contraseña no encaja.
unlock-desk = Escritorio
unlock-passphrase = Frase de contraseña
unlock = Desbloquear
unlock-why = La frase de contraseña se queda en este ordenador. Nadie puede restablecerla.
find-title = Qué ocurrió
find-count = { $count ->
    [0] Nada coincide.
    [one] { $count } ficha coincide.
   *[other] { $count } fichas coinciden.
}
find-first = Las primeras { $count } fichas que coinciden.
find-on-map = En el mapa
ask = Preguntar
ask-all = Todo
any = cualquiera
ask-words = Palabras
ask-from = Desde
ask-to = Hasta
ask-place = Lugar o zona
ask-country = País
ask-type = Tipo
ask-actor = Quién participó
ask-verified = Verificación
ask-graded = Calificación mínima
ask-box = Recuadro: oeste,sur,este,norte
ask-verified-bad = elija uno de la lista
ask-graded-bad = escriba una letra de A a F, un número de 1 a 6, o ambos, como B2
field-date = Fecha
field-kind = Tipo
field-subtype = Subtipo
field-place = Lugar
field-admin1 = Zona
field-country = País
field-title = Título
field-killed = Muertos
field-count = Incidentes
field-grading = Calificación
field-verified = Verificación
field-reference = Referencia
field-external = En otros sistemas
field-narrative = Qué ocurrió
field-actor = Participó
field-casualties = Víctimas
field-weapons = Armas
field-tags = Etiquetas
field-un = Naciones Unidas afectadas
field-response = Respuesta
field-source = Fuente abierta
field-reported = Comunicado
killed = muertos
yes = sí
none = ninguno
conflict = conflicto
conflict-why = Dos personas cambiaron esto a la vez. Abajo están las versiones más recientes; alguien tiene que decidir.
imported = importado
record-id = Ficha { $id }
record-parts = Partes, y quién puede leerlas
record-readers = { $count ->
    [one] { $count } persona puede leer esta parte
   *[other] { $count } personas pueden leer esta parte
}
record-withheld = Puede haber otras partes en compartimentos en los que usted no está. No se muestran, ni tampoco cuántas son.
record-history = Historial
record-newest = la más reciente
situation-title = Situación
situation-count = Incidentes que coinciden: { $count }
situation-list = Como lista
map-label = Mapa de los incidentes; cada círculo lleva a su parte del mapa
map-caption = Las fronteras y los nombres que figuran no implican aprobación ni aceptación oficial. Natural Earth.
map-whole = Mostrar todo el mapa
map-cell = { $count ->
    [one] { $count } incidente
   *[other] { $count } incidentes
}
timeline-label = Incidentes por mes; cada barra lleva a su mes
timeline-month = { $month }: { $count } incidentes, { $killed } muertos
trust-title = En qué se apoya este escritorio
trust-fingerprint = La huella de la misión. Compárela con la que recibió en papel o de viva voz:
trust-logs = Registros públicos
trust-no-log = Aún no hay aquí ningún punto de control.
trust-statements = Declaraciones
trust-journal = Diarios
trust-log = { $size } hojas; último punto de control cofirmado hace { $age }
trust-devices = Mis dispositivos
trust-this = este
trust-devices-why = Si alguno de estos dispositivos no es suyo, avise enseguida a un registrador.
trust-trustees = Depositarios
trust-set = { $needed } de { $all } depositarios deben liberar su parte antes de que se abra una parte guardada.
trust-no-trustees = Esta misión no ha nombrado depositarios.
trust-compartments = Mis compartimentos
status-active = activo
status-pending = espera confirmación
status-stopped = detenido
status-ended = terminado
report-title = Informar de un incidente
report-again = Aún no se ha escrito nada. Mire los campos marcados.
report-compartment = Quién puede leer esto
report-at = Punto
report-perpetrator = Presunto autor
report-injured = Heridos
report-grade = Calificación: fuente A a F, información 1 a 6
report-write = Sellar y escribir
report-title-example = Ataque a un convoy
report-date-example = 2026-03-09 o 091405ZMAR26
report-type-example = armed-attack
report-place-example = Bouca
report-at-example = 6.51N 18.27E, o MGRS
report-perpetrator-example = Frente de los Siete Pozos
report-number-example = 2
report-number-bad = escriba un número entero
report-type-bad = escriba minúsculas y guiones, como armed-attack
report-empty = escriba al menos una cosa que ocurrió
field-also = También llamado
field-identifier = Identificador
field-about = Sobre
field-from = De
field-to = A
record-links = Vínculos
record-links-cut = Hay más de los que se muestran aquí.
guard = El guardián de la puerta
guard-why = Esto está donde lo lee todo el compartimento. Usted decide si debe estar.
field-case = Número de caso
field-status = Estado
field-violations = Violaciones
field-due = Por hacer
field-incident = Incidente
