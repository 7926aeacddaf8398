# Entidades: la lista, una de ellas y fichas que se dice que son una.
nav-entities = Entidades
entities-title = Personas, grupos y cosas
entities-name = Nombre
entities-what = Qué es
entities-count = { $count ->
    [0] Nada coincide.
    [one] { $count } entidad coincide.
   *[other] { $count } entidades coinciden.
}
entities-first = Se muestran las { $count } con más incidentes.
entity-class = Clasificación
entity-record = La ficha con su historial
entity-page = Sus incidentes, vínculos y nombres
entity-incidents = Incidentes
entity-no-incidents = Ningún incidente de este escritorio la nombra.
entity-counted = Incidentes que la nombran: { $count }. Los más recientes están abajo.
entity-all = Todos
entity-links = Vínculos
entity-no-links = Ningún vínculo llega a ella ni parte de ella.
entity-link = Vínculo
entity-other = Con
entity-said-by = Según
entity-seen-by = Dónde consta
entity-links-first = Los { $count } más recientes de { $all }. El gráfico muestra más.
entity-from-here = desde aquí
entity-to-here = hacia aquí
entity-absent-one = una ficha que este escritorio no tiene
entity-ungraded = sin evaluar
same-title = Fichas que se dice que son una
same-none = Nadie dice que sea la misma que otra.
same-absent = { $count ->
    [one] Y una ficha que este escritorio no tiene.
   *[other] Y { $count } fichas que este escritorio no tiene.
}
same-split = Separarlo
same-merge = Decir que son uno
same-merge-why = Ambas fichas quedan como están. Los vínculos e incidentes de una se encuentran como de las dos, hasta que alguien se desdiga. El historial guarda quién lo dijo.
same-other = El otro: su nombre o el id de su ficha
same-grade = Evaluación
same-where = Quién podrá leerlo
same-both = Un compartimento que tenga ambos
same-why = Por qué
same-history = Lo que se dijo
same-said = { $person } dice que { $one } y { $other } son uno
same-taken-back = { $person } dice que { $one } y { $other } no son uno
same-counts = vale ahora
same-nobody = Nadie aquí tiene ese nombre. Escriba más o menos de él, o el id de una ficha.
same-which = Varios tienen ese nombre. ¿Cuál?
what-person = persona
what-group = grupo
what-organisation = organización
what-place = lugar
what-vehicle = vehículo
what-equipment = equipo
what-account = cuenta
what-incident = incidente
what-note = nota
what-case = caso
what-other = ficha
field-description = Descripción
