# Este escritorio en su conjunto.
panic = Pánico
panic-key = Bloquear al instante: F9, o este botón
panic-why = El botón rojo de cada página, o la tecla F9, bloquea al instante y no termina nada. Lo que se dijo escrito se conserva. Sin scripts funciona el botón, y también su tecla de acceso Q.
mine-title = Este escritorio
mine-device = Este dispositivo:
mine-shift-why = Deje una nota para quien venga después, y bloquee.
mine-travel-why = Deje compartimentos atrás antes de un viaje, para que nadie pueda hacérselos abrir.
mine-link-why = Enviar y recibir por el concentrador; llevar valijas.
mine-people-why = Quién pertenece a la misión; invitar, congelar, traspasar.
mine-destroy-why = Destruir para siempre este escritorio en este equipo.
mine-others = Otras personas en este equipo
mine-others-why = Cada persona tiene su escritorio con su propia frase de contraseña. Al cambiar se bloquea primero este.
mine-switch = Cambiar
mine-label = Cómo se llama este escritorio antes de desbloquearse
mine-label-why = Se muestra donde se elige un escritorio y no es secreto: quien tenga el disco puede leerlo. No use su nombre.
mine-label-field = Una señal o un color
mine-label-do = Llamarlo así
mine-passphrase = Otra frase de contraseña
mine-passphrase-why = Una copia antigua de este escritorio aún se abre con la frase antigua. Si alguien puede tener una, haga revocar este dispositivo y únase de nuevo.
mine-passphrase-old = La actual
mine-passphrase-new = La nueva
mine-passphrase-do = Cambiarla
shift-title = Entregar el turno
shift-why = La nota es una ficha de un compartimento: todos sus miembros pueden leerla, en cada escritorio.
shift-note = Lo que debe saber quien venga después
shift-write = Sellar y escribir
shift-write-lock = Escribir y bloquear
shift-before = Notas anteriores
shift-none = Todavía no hay ninguna.
travel-title = Viaje
travel-why = Antes de un control o una frontera, haga que este escritorio olvide compartimentos: después nada en él los abre, y nadie puede hacérselos abrir. Un gestor de cada uno, otra persona, le trae de vuelta.
travel-openable = Lo que este escritorio puede abrir ahora
travel-leave = Dejar
travel-leave-this = Dejar { $name }
travel-compartment = Compartimento
travel-open = Partes que se abren
travel-guarded = Selladas dos veces
travel-held = Guardadas en claro
travel-secrets = Secretos
travel-away = dejado
travel-look = Mostrar lo que queda
travel-prepare = Lo que pasaría
travel-what = El escritorio se hace de nuevo con otras claves, sin lo que deja, y ocupa el lugar del antiguo. Sincronice después para que los demás lo sepan. Las copias del escritorio antiguo siguen abriéndolo todo.
travel-remains = { $compartments ->
    [one] Queda un compartimento, con { $parts } partes que se abren.
   *[other] Quedan { $compartments } compartimentos, con { $parts } partes que se abren.
}
travel-nobody = Nadie podría traerle de vuelta: nombre antes a otro gestor.
travel-exports = { $count ->
    [one] Se escribió una exportación en este equipo. Es un archivo suyo; el viaje no se lo lleva.
   *[other] Se escribieron { $count } exportaciones en este equipo. Son archivos suyos; el viaje no se los lleva.
}
travel-unsent = { $count ->
    [one] Una cosa que escribió no la ha confirmado ningún concentrador. Sincronice antes.
   *[other] { $count } cosas que escribió no las ha confirmado ningún concentrador. Sincronice antes.
}
travel-anyway = Salir de todos modos: lo que escribí en lo que dejo contará como tardío
travel-passphrase = Frase de contraseña para el camino; puede ser otra
travel-do = Dejar estos compartimentos
travel-back = Traer a alguien de vuelta
travel-back-why = Dispositivos que dejaron compartimentos que usted gestiona.
travel-back-do = Traer de vuelta
destroy-title = Destruir este escritorio
destroy-what = Se sobrescriben las claves de este escritorio y se borra su contenido. Nadie puede deshacerlo ni restablecerlo. La misión y sus fichas siguen con los demás.
destroy-unsent = { $count ->
    [one] Se perdería una cosa que solo tiene este escritorio.
   *[other] Se perderían { $count } cosas que solo tiene este escritorio.
}
destroy-still = Lo que aún se puede saber después
destroy-still-hub = El concentrador sabe que este dispositivo existió, cuándo escribió y cuánto, pero no qué.
destroy-still-others = Lo que envió lo tienen los demás, que pueden leerlo como antes.
destroy-still-unsent = Lo que no envió se pierde para todos.
destroy-still-copies = Una copia de este escritorio hecha antes, de seguridad o imagen del disco, aún se abre con su frase. Haga revocar el dispositivo.
destroy-still-files = Las exportaciones, valijas, claves de gobernadores e invitaciones guardadas en otra parte no se tocan.
destroy-still-flash = En memoria flash, lo sobrescrito puede sobrevivir un tiempo en bloques de reserva; allí aún lo protege la frase.
destroy-type = Para confirmar, escriba
destroy-typed-wrong = Lo que escribió no es lo que se pedía. No se destruyó nada.
destroy-do = Destruirlo para siempre
destroyed-title = El escritorio está destruido
destroyed-what = Nada en este equipo lo abre ya. Avise a un registrador, que revoca el dispositivo.
destroyed-go-on = Seguir
work-travel = Haciendo de nuevo el escritorio
work-pause = Pausar y seguir
work-why = Esta página se actualiza sola. Lo hecho se conserva; tras una pausa se sigue desde ahí.
work-far = { $done } de { $of }.
work-done = { $done } hasta ahora.
work-left = Quedan unos { $age }.
work-sync = Sincronizando con el concentrador
