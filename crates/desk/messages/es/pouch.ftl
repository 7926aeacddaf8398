# Pouches that are being written and read.
work-pouch-write = Escribiendo la valija
work-pouch-read = Leyendo la valija
pouch-title = Valija
pouch-none = No hay ninguna valija: no se hizo ninguna desde que se abrió este escritorio, o después vino otra.
pouch-made = La valija está hecha
pouch-save = Guardarla
