# Gráficos de vínculos.
chart = Gráfico
chart-of = Con qué está vinculado { $name }
chart-back = Volver a su página
chart-only = Solo
chart-steps = Pasos
chart-most = Como máximo
chart-way-to = Camino hasta (nombre o id)
chart-label = La ficha en el centro y lo que la rodea
chart-legend = Línea gruesa: A o B y 1 o 2. Fina: C o 3, o participación. Rayada: D, E, 4 o 5. Punteada: sin evaluar. Círculo: persona; cuadrado: grupo; redondeado: organización; triángulo: lugar; rombo: incidente; hexágono: vehículo o equipo.
chart-more = { $count ->
    [one] { $count } más
   *[other] { $count } más
}
chart-drawn = La imagen muestra { $count } de { $all }; la lista de abajo tiene el resto.
chart-ties = { $count ->
    [0] Ningún vínculo
    [one] { $count } vínculo en lista
   *[other] { $count } vínculos en lista
}
chart-list-first = La lista muestra los primeros { $count }.
chart-way = El camino más corto
chart-no-way = Ningún camino lleva de uno a otro.
chart-export = Guardar como GraphML
chart-export-why = El archivo lleva su propia marca. Que usted lo sacó consta en las fichas del compartimento antes de que lo tenga.
chart-export-where = Dónde queda anotado
chart-export-purpose = Fin, si la política lo pide
chart-more-js = # más
chart-expand = Expandir
chart-open = Abrir su página
chart-way-here = Camino desde el inicio
chart-hide = Ocultar
chart-fit = Ver todo
chart-arrange = Ordenar
chart-counted-js = # fichas, # vínculos
chart-failed = No funcionó. Cargue la página de nuevo.
chart-types = Mostrados
chart-help = Elija una ficha en el gráfico o aquí.
chart-involved = participó
