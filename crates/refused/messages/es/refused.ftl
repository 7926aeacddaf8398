# Lo que se deniega, y las palabras para aquello de lo que se trata, en español.

# --- homes
home-no-desk = no hay ningún escritorio en { $path }; funde una misión con «counterseal mission new» o incorpórese a una con «counterseal invite accept»
home-not-this-one = ningún escritorio empieza por «{ $prefix }»; los que hay son: { $ids }
home-several = { $count ->
    [one] este ordenador tiene { $count } escritorio; elíjalo (--desk): { $ids }
   *[other] este ordenador tiene { $count } escritorios; elija uno (--desk): { $ids }
}
home-synced = { $path } está en una carpeta que { $service } copia a sus servidores; elija otra carpeta (--home)

# --- stores
store-damaged = { $file } se dañó o se repuso desde una copia más antigua: { $what }; restaure el escritorio desde una copia de seguridad o inscríbalo de nuevo, y avise al oficial de seguridad de la información
store-failed = ha fallado el almacén de este escritorio: { $reason }
store-full = el disco está lleno: no se guardó nada del último paso; libere espacio e inténtelo de nuevo
store-in-use = el almacén de este escritorio está abierto en otro programa de counterseal; ciérrelo antes o bloquéelo («counterseal lock»)
store-missing = no hay ningún almacén en { $dir }; funde antes una misión o incorpórese a una
store-not-locked = no se pudo bloquear el almacén de este escritorio: { $reason }
store-not-read = no se pudo leer el almacén de este escritorio: { $reason }
store-not-written = no se pudo escribir en el almacén de este escritorio: { $reason }
store-poisoned = falló una escritura anterior, y este escritorio no responde nada más hasta que se vuelva a abrir
store-unsure = el disco falló mientras se guardaba algo ({ $reason }): puede estar o no estar; abra de nuevo el escritorio y mire antes de repetirlo

# --- files
file-clear = no se pudo vaciar { $path }: { $reason }
file-find = no se pudo encontrar { $path }: { $reason }
file-lock = no se pudo bloquear { $path }: { $reason }
file-make = no se pudo crear { $path }: { $reason }
file-name = no se pudo dar su nombre a { $path }: { $reason }
file-read = no se pudo leer { $path }: { $reason }
file-remove = no se pudo eliminar { $path }: { $reason }
file-use = no se pudo usar { $path }: { $reason }
file-write = no se pudo escribir { $path }: { $reason }

# --- key files
keyfile-cannot-unlock = la frase de contraseña no es correcta o el archivo de claves está dañado; escríbala de nuevo y, si está seguro de ella, restaure el archivo desde una copia
keyfile-unreadable = no se puede leer el archivo de claves: { $reason }

# --- the line to the hub
link-address = «{ $address }» no es la dirección de un concentrador; escriba servidor:puerto, como en hub.example:4433
link-line = no se puede llegar al concentrador ({ $reason }); lo que usted escribe queda a la espera en este escritorio
link-no-hub = esta misión aún no tiene concentrador; lo que usted escribe queda a la espera en este escritorio, y las valijas lo llevan
link-not-the-hub = quien responde en esta dirección no es el concentrador de la misión: { $reason }
link-silent = el concentrador no responde; lo que usted escribe queda a la espera en este escritorio
link-tls = no hay conexión segura con el concentrador: { $reason }

# --- what a desk cannot do
node-already-away = este escritorio ya ha salido del compartimento { $compartment }; uno de sus responsables lo hace volver
node-bad-receipt = el recibo no demuestra nada: { $reason }
node-bad-rotation = { $count ->
    [one] hay { $count } error en el relevo; «counterseal people rotate --dry-run» lo nombra; no se ha hecho nada
   *[other] hay { $count } errores en el relevo; «counterseal people rotate --dry-run» los nombra todos; no se ha hecho nada
}
node-bad-statements = esto no es un archivo de declaraciones: { $reason }
node-body = no se puede leer una ficha: { $reason }; quizá haga falta una versión más reciente de counterseal
node-epoch-not-logged = la época { $epoch } aún no está en el registro público, y lo guardado no podría volver a escribirse si perdiera frente a otra; sincronice primero («counterseal sync»)
node-field-taken = el campo ya está en la otra parte de la ficha { $record }; modifique esa parte, para que no se pierda nada de lo que hay en ella
node-files-unreachable = no se pueden leer los archivos de los registros públicos: { $reason }
node-guarded-one-by-one = las partes guardadas se escriben una a una; importe en un compartimento abierto
node-hub-not-followed = este escritorio sabe de la generación { $generation } del concentrador y no ha seguido sus registros; sincronice con él, o tome los registros de un escritorio que lo haya hecho con «counterseal mission take»
node-hub-orders = esta misión tiene un concentrador, cuyo registro ordena las declaraciones; sincronice («counterseal sync») o lea una valija
node-in-conflict = las versiones más recientes de la ficha { $record } no concuerdan; decida primero cuál vale («counterseal record resolve»)
node-locked = el escritorio se bloqueó; lo que se dio por guardado está guardado; repita la operación para continuar
node-no-evidence = este escritorio no tiene pruebas contra el dispositivo { $device }; véase «counterseal device evidence»
node-no-mission = el almacén de este escritorio no contiene ninguna misión; restáurelo desde una copia de seguridad o inscriba de nuevo el escritorio
node-no-parts = el índice nombra una ficha sin partes; rehaga el índice («counterseal reindex»)
node-no-receivers = nadie recibiría esta valija: ningún otro dispositivo activo está en el compartimento; nombre un dispositivo o una persona, o admítalos antes
node-no-record = no hay ninguna ficha { $record } en este escritorio
node-no-secret = el secreto de la época { $epoch } no está en este escritorio; pida a cualquier miembro de su compartimento que publique una reparación, o siga sin él: «counterseal compartment rekey»
node-no-successor = { $person } no puede tomar el relevo: nombre a otra persona que esté activa
node-no-trustee-keys = no se puede sellar nada en el compartimento { $compartment }: en este escritorio están las claves de { $have } de { $needed } depositarios; sincronice («counterseal sync») mientras haya conexión con los depositarios
node-no-trustees = los compartimentos de dos sellos o de dos personas necesitan depositarios, y esta misión no los tiene: los gobernadores los nombran con «counterseal mission trustees»
node-nobody-brings-back = nadie podría hacer volver este escritorio al compartimento { $compartment }: su persona es la única responsable; nombre antes a otra («counterseal compartment manager appoint»)
node-none-so = { $what }: nada se llama «{ $prefix }» ni empieza así; consulte la lista de lo que hay
node-not-a-member = este escritorio no es miembro del compartimento { $compartment }; pida a uno de sus responsables que lo admita
node-not-a-receiver = no se escribe ninguna valija para el dispositivo { $device }: no está inscrito, o está revocado, suspendido o congelado
node-not-away = según el registro que tiene este escritorio, el dispositivo { $device } no ha salido del compartimento { $compartment }; si ha salido, sincronice primero
node-not-held = en este escritorio ya no queda nada de la entrada { $entry }; escríbala de nuevo
node-not-logged = { $what } aún no está en un punto de control cofirmado; sincronice e inténtelo de nuevo
node-not-refused = ningún depositario ha denegado la entrada { $entry }; no hay nada que volver a sellar
node-nothing-to-leave = nombre al menos un compartimento del que salir; véase «counterseal compartment list»
node-other = no se ha podido hacer: { $reason }
node-other-end = la declaración de los gobernadores sobre la generación { $generation } del concentrador pone fin al registro { $log } en el tamaño { $size } con una raíz que en este escritorio no tiene: no use ninguno de los dos concentradores, deje este escritorio como está y avise al oficial de seguridad de la información; no se ha tomado nada
node-other-history = el registro { $log } muestra, en el tamaño { $size }, una historia distinta de la que conoce este escritorio: no use este concentrador, deje este escritorio como está y avise al oficial de seguridad de la información; no se ha tomado nada
node-other-key = este archivo de claves no es del tipo que hace falta ({ $needed })
node-other-kind = la ficha { $record } es de otro tipo: { $is }, no { $given }
node-same-place = el campo ya está en ese compartimento; nombre otro
node-session = el otro extremo de la sesión hizo lo que no debe: { $reason }
node-several-so = { $what }: hay más de uno ({ $count }) que coincide con «{ $prefix }»; nombre uno solo o escriba más cifras
node-source-in-open = una fuente siempre está guardada: no puede anotarse en un compartimento abierto, que se abre con la sola clave de cualquier miembro
node-stopped = este escritorio no escribe nada por ahora: su dispositivo está congelado, suspendido o revocado, o el destino ha terminado; «counterseal device list» dice cuál es el caso, y un registrador puede ayudar
node-two-histories = el registro { $log } ha firmado dos historias: { $who } ha mostrado otra, hasta el tamaño { $size }. Nada sigue adelante con este concentrador. Entregue la prueba al oficial de seguridad de la información: counterseal ledger proof --two-histories --out ARCHIVO
node-unsent = ningún concentrador ha confirmado { $entries } entradas y { $statements } declaraciones de este escritorio; envíelas antes («counterseal sync» o «counterseal pouch write»), o diga --anyway: lo que se escribió en los compartimentos de los que se sale contará entonces como tardío
node-verification = la verificación ha fallado: { $reason }; restaure el escritorio desde una copia de seguridad o inscríbalo de nuevo

# --- cases, consents, withdrawals
refusal-casework-cooling-off = la parte { $part } se retiró el { $withdrawn }; podrá borrarse a partir del { $from }, para que nadie se vea forzado a destruir pruebas con prisa
refusal-casework-erased = la parte { $part } está borrada: su texto cifrado ha desaparecido y queda su lápida
refusal-casework-fact-bad = este hecho no puede declararse: { $reason }
refusal-casework-held = la parte { $part } está bajo retención legal: no se borra hasta que dos personas la levanten
refusal-casework-malformed = esto no puede escribirse ({ $kind }): { $field }: { $reason }
refusal-casework-no-case = { $count ->
    [0] ningún caso de este escritorio se llama { $text }; nómbrelo por su referencia o por las primeras cifras de su identificador («counterseal case list»)
    [one] { $count } caso de este escritorio se llama { $text }; nómbrelo por su referencia o por las primeras cifras de su identificador («counterseal case list»)
   *[other] { $count } casos de este escritorio se llaman { $text }; nómbrelo por su referencia o por las primeras cifras de su identificador («counterseal case list»)
}
refusal-casework-no-stands = la persona dijo que no el { $since }: un consentimiento no se reconfirma por encima de eso; anote uno nuevo si vuelve a darlo
refusal-casework-not-withdrawn = la parte { $part } no está retirada: retírela primero; podrá borrarse cuando haya pasado el plazo de reflexión
refusal-casework-not-yours = solo un responsable del compartimento de la parte o un oficial de protección de datos hace esto: diríjase a uno de ellos
refusal-casework-not-yours-to-say = usted no puede declarar esto ({ $kind }), y ningún depositario lo creería: diríjase a { $ask }
refusal-casework-never-allowed = esta persona nunca permitió nada de la parte { $part } aquí; anote primero un consentimiento
refusal-casework-nothing-given = este escritorio no conoce ningún consentimiento de la parte { $part }: anote uno, o hágalo donde se anotó
refusal-casework-nothing-stands = sobre la parte { $part } no pesa nada de ese tipo ({ $what }): no hay nada que levantar
refusal-casework-only-guarded = lo que esto dice ({ $kind }) figura solo en compartimentos guardados: nombre uno con --compartment, y no diga nada de las personas en otro lugar
refusal-casework-paper-other = este no es un papel sobre partes: { $reason }
refusal-casework-part-unknown = no hay ninguna parte { $part } en este escritorio; nómbrela como ENTRADA/ÍNDICE, y con las 64 cifras y su compartimento si este escritorio no la tiene
refusal-casework-policy-unreadable = este programa no puede leer la política vigente: { $reason }
refusal-casework-second-person = usted ya ha firmado este papel: lo firma otra persona, en su propio escritorio
refusal-casework-several-compartments = las partes son de varios compartimentos; haga un papel para cada uno

# --- openings
refusal-opening-approvals-missing = { $needed ->
    [one] para abrir esto hace falta la aprobación de otra persona, y la han dado { $have }; nómbrela (--approver); ella responde desde su escritorio («counterseal approvals»)
   *[other] para abrir esto hace falta la aprobación de otras { $needed } personas, y la han dado { $have }; nómbrelas (--approver); ellas responden desde su escritorio («counterseal approvals»)
}
refusal-opening-delay-bad = un aviso se retrasa hasta un día posterior, dentro de { $days } días como máximo, y nunca en una emergencia
refusal-opening-closed = la parte { $part } no se abre ({ $state }): nadie la abre
refusal-opening-count-bad = no se pueden pedir { $count } partes de una vez; pida de 1 a 4096
refusal-opening-cover = la parte { $part } es una cobertura: aquí no se escribió nada, y no se pide
refusal-opening-does-not-open = la parte { $part } no se abre con lo que dieron los depositarios; avise al oficial de seguridad de la información: { $reason }
refusal-opening-not-ahead = la parte { $part } no se abrió por adelantado, o su tiempo ha terminado
refusal-opening-not-followed = este escritorio no ha seguido los registros de la misión; sincronice primero y abra después
refusal-opening-not-set-up = esta misión aún no tiene lo necesario ({ $what }), de modo que no puede abrirse nada guardado; lo nombran sus gobernadores
refusal-opening-part-unknown = no hay ninguna parte guardada { $part } en este escritorio; «counterseal guarded list» nombra las que hay
refusal-opening-places-empty = de los depositarios para los que se selló la parte están, o tienen sucesor, { $have }, y deben liberar { $needed }; los gobernadores nombran sucesores de los que faltan
refusal-opening-refused = los depositarios deniegan: { $reason }
refusal-opening-request-unknown = ninguna petición { $id } espera su respuesta; «counterseal approvals list» muestra las que esperan
refusal-opening-too-few = de los { $needed } depositarios necesarios han liberado { $have } ({ $reason }); inténtelo de nuevo, o use lo que se abrió por adelantado
refusal-opening-too-old = la petición valía diez minutos, que ya han pasado; pídalo de nuevo
refusal-opening-trustees-unknown = la parte se selló para depositarios { $set } que aquí no se conocen; sincronice primero

# --- invitations
refusal-invitation-cancelled = la invitación se canceló; haga otra
refusal-invitation-expired = la invitación caducó el { $since }; haga otra y compruebe el reloj de este ordenador
refusal-invitation-file-bad = este no es el archivo que hace falta ({ $what } de una invitación): { $reason }
refusal-invitation-line-bad = la línea { $line } de la invitación tiene un error o falta; compárela y escríbala de nuevo
refusal-invitation-none = esto no es una invitación; dé el archivo o las líneas que hizo el escritorio de quien invita
refusal-invitation-not-asked = ningún dispositivo ha solicitado aún entrar con esta invitación; responda antes a su solicitud
refusal-invitation-not-proved = este dispositivo aún no ha tomado su desafío; tómelo primero («counterseal invite prove»)
refusal-invitation-of-other-version = la invitación es de otra versión de counterseal; actualice este programa
refusal-invitation-taken = otro dispositivo solicitó entrar antes con esta invitación: quizá la tenga otra persona; cancélela y haga otra
refusal-invitation-unknown = este escritorio no hizo esa invitación; consulte las suyas («counterseal invite list»)
refusal-invitation-used = la invitación ya se usó; cada una es para un dispositivo, haga otra

# --- pouches
refusal-pouch-after-end = la valija continúa después de su final
refusal-pouch-contents-disorderly = la lista de lo que contiene la valija está desordenada
refusal-pouch-contents-misplaced = la valija no empieza por lo que contiene, o lo dice dos veces
refusal-pouch-damaged = el trozo { $number } de la valija está dañado; lo anterior se ha leído; pida de nuevo el resto
refusal-pouch-frames-unknown = la valija habla la versión { $version } del protocolo, que esta versión no conoce; actualice el programa para leerla
refusal-pouch-mission-other = la valija es de otra misión
refusal-pouch-not-for-this-device = la valija no está sellada para este dispositivo; pida a quien la escribió que nombre este dispositivo o su compartimento
refusal-pouch-not-one = el archivo no es una valija
refusal-pouch-too-many-receivers = la valija dice tener más destinatarios de los que puede tener
refusal-pouch-version-unknown = la valija es de la versión { $version } y del conjunto de algoritmos { $suite }, que esta versión no conoce; actualice el programa para leerla

# --- sharing
refusal-share-approval-other = esta no es una aprobación de lo que ha de salir: { $reason }
refusal-share-closed = la parte { $part } ni se comparte ni se exporta ({ $state })
refusal-share-no-policy = esta misión no tiene ninguna política vigente, de modo que no se comparte ni se exporta nada según ella; sus gobernadores fijan una
refusal-share-no-purpose = { $count ->
    [one] { $count } parte de esta exportación está en un compartimento del que habla la política; diga para qué con --purpose, y ella dirá si puede salir
   *[other] { $count } partes de esta exportación están en compartimentos de los que habla la política; diga para qué con --purpose, y ella dirá si pueden salir
}
refusal-share-no-such-purpose = la política vigente no conoce tal finalidad; véase «policy show»
refusal-share-not-generalised = este tipo ({ $kind }) no puede generalizarse: de nada de lo que contiene se sabe que sea inofensivo; no comparta nada de ello, o compártalo todo
refusal-share-not-open = la parte { $part } está sellada dos veces y ahora no está abierta; ábrala antes para esta finalidad
refusal-share-not-permitted = { $reason }
refusal-share-nothing = la parte { $part } es { $what }: no hay en ella nada que compartir
refusal-share-nothing-to-approve = la política no habla de ninguna parte de esta exportación: no necesita la aprobación de nadie
refusal-share-own-kind = una ficha del tipo { $kind } es de la propia misión y se queda donde está

# --- the register, journals, reviews
refusal-already-revoked = la persona o el dispositivo ya está revocado
refusal-already-suspended = el dispositivo { $device } ya está suspendido
refusal-chain-equivocation = un dispositivo firmó dos entradas para un mismo lugar de su diario; las dos se conservan como prueba
refusal-chain-gap = faltan entradas anteriores del diario; tráigalas primero
refusal-chain-other-journal = la entrada pertenece a otro diario
refusal-chain-other-predecessor = la entrada sigue a otra distinta de la que se tiene; una de las dos es una segunda historia
refusal-chain-wrong = la declaración nombra una cadena que no es la de su acto
refusal-challenge-closed = el desafío no está sellado para este dispositivo: no continúe y avise al oficial de seguridad de la información
refusal-challenge-inviter-other = el desafío no viene del dispositivo que nombra la invitación: no continúe y avise al oficial de seguridad de la información
refusal-challenge-not-committed = el desafío no es el que fija la invitación: no continúe y avise al oficial de seguridad de la información
refusal-challenge-request-other = el desafío responde a una solicitud que no es la de este dispositivo; pida el que le corresponde
refusal-challenge-second = este dispositivo ya tomó otro desafío; pida una nueva invitación
refusal-compartment-exists = el compartimento { $compartment } ya existe
refusal-compartment-list-bad = la lista de compartimentos está desordenada o nombra uno dos veces
refusal-compartment-mission-wide = el compartimento de toda la misión lo llevan los registradores y sigue abierto
refusal-compartment-unknown = el compartimento { $compartment } no existe
refusal-cooling-off = { $days ->
    [one] una parte se borra cuando su retirada ha durado { $days } día
   *[other] una parte se borra cuando su retirada ha durado { $days } días
}
refusal-decoy-count = no se colocan { $count } señuelos de una vez; diga de 1 a { $most }
refusal-decoy-list = el compartimento { $compartment } no es lugar para la lista de señuelos: { $count } de sus dispositivos no son de ningún oficial de guardia; nombre un compartimento que sea solo de la guardia
refusal-decoy-no-desks = ningún escritorio puede colocar señuelos en el compartimento { $compartment } de modo que usted se entere de que se abren; pida a los gobernadores que le nombren revisor de la sección de algunos de sus miembros
refusal-decoy-not-watch = solo un oficial de guardia coloca señuelos; lo nombran los gobernadores
refusal-decoy-open = el compartimento { $compartment } está abierto: las solas claves de sus miembros abren lo que contiene, y nadie sabría que se leyó un señuelo; nombre uno guardado
refusal-device-away = el dispositivo { $device } está de viaje; hasta que un responsable lo haga volver no dice nada de lo que dejó ni responde por ningún dispositivo
refusal-device-exists = ya está inscrito un dispositivo con estas claves; las claves nunca se reutilizan
refusal-device-not-pending = el dispositivo { $device } no espera confirmación
refusal-device-proof-bad = el dispositivo no ha demostrado que tiene su clave de firma
refusal-device-removed = el dispositivo { $device } fue retirado del compartimento
refusal-device-unknown = el dispositivo { $device } no está inscrito a nombre de esta persona
refusal-enrolment-not-by-inviter = este dispositivo lo inscribió un dispositivo que no es el que lo invitó, o sin su desafío: no se incorpore y avise al oficial de seguridad de la información
refusal-entry-list-bad = la lista de entradas está vacía, desordenada o nombra una dos veces
refusal-entry-malformed = esto no es una entrada; tráigala de nuevo
refusal-entry-no-such-part = la entrada no tiene ninguna parte con ese número
refusal-entry-other-ciphertext = una parte no es el texto cifrado que firmó el autor de la entrada; traiga la entrada de nuevo
refusal-entry-other-device = la entrada dice ser de un dispositivo que no es aquel para el que se comprobó
refusal-entry-out-of-limits = la entrada tiene más partes o bytes de los que puede tener, o ninguno
refusal-entry-part-count = la entrada lleva un número de partes distinto del que firmó su autor; tráigala de nuevo
refusal-entry-part-guarded = una parte de la entrada está guardada, pero la entrada no nombra depositarios
refusal-entry-part-open = una parte de la entrada está abierta, pero la entrada nombra depositarios
refusal-entry-point-count = una parte de la entrada tiene un número de partes de clave distinto del número de depositarios de la entrada
refusal-entry-predecessor-bad = la entrada no nombra a su predecesora como debe hacerlo en su lugar
refusal-entry-rule-mismatch = la entrada no está sellada según la regla de apertura de su época
refusal-entry-suite-unknown = la entrada usa un conjunto de algoritmos que esta versión no conoce; actualice el programa para leerla
refusal-entry-trustee-count = la entrada no lleva partes de clave para ningún depositario, o las lleva para más de nueve
refusal-entry-trustee-key-twice = la entrada lleva dos partes de clave para la clave de un mismo depositario
refusal-entry-trustee-set-missing = la entrada lleva partes de clave para depositarios, pero no dice para cuáles
refusal-epoch-already-wrapped = los envoltorios de la época ya están; una corrección es una reparación
refusal-epoch-joins-bad = una época nombra aquellas a las que sigue, cada una una vez y en orden; solo la primera no nombra ninguna, con el motivo create
refusal-epoch-previous-bad = una época sella, una vez cada uno y en orden, secretos de épocas a las que sigue y que empezaron con la regla full, y de ninguna mientras rige from-join
refusal-epoch-reason-mismatch = el motivo de la época no encaja: solo create y admit traen dispositivos, y join sigue a varias épocas
refusal-epoch-unknown = la época { $epoch } no es de este compartimento
refusal-evidence-bad = la prueba no consta de dos entradas que este dispositivo firmó para un mismo lugar de su diario
refusal-founding-expected = una misión empieza con una fundación que no nombra misión ni predecesora
refusal-freeze-list-bad = la lista de congelaciones está vacía, desordenada o nombra una dos veces
refusal-freeze-unknown = { $freeze } no es una congelación vigente de esta persona o sitio
refusal-governors-bad = los gobernadores son de 1 a 16 claves distintas por orden de identificador, y el umbral está entre uno y su número
refusal-hub-generation-wrong = esto debería ser de la generación { $expected } del concentrador; consulte los concentradores que conoce la misión
refusal-hub-log-keys-fixed = las claves de los registros de un concentrador son fijas; otras claves exigen una sucesión
refusal-hub-pin-unknown = el servidor muestra un certificado que la misión no nombra; no es el concentrador de la misión
refusal-hub-pins-bad = un concentrador tiene de 1 a 4 huellas de certificado, cada una una vez y en orden
refusal-hub-superseded = esto es de la generación { $generation } del concentrador, que los gobernadores han reemplazado; use el concentrador actual y avise al oficial de seguridad de la información si este sigue funcionando
refusal-hub-unknown = la misión aún no tiene concentrador; los gobernadores nombran el primero
refusal-key-bad = una clave pública no lo es: no es la codificación canónica de un punto del orden correcto, o de una clave X-Wing
refusal-key-in-use = una clave tiene un solo fin y un solo titular: esta es de otro, o ya se usó
refusal-leaf-count-bad = la hoja no cuenta ninguna parte, o más de las que puede haber
refusal-leaf-length-bad = esto no es una hoja del registro de diarios; tráigala de nuevo
refusal-leaf-type-unknown = la hoja es de un tipo que esta versión no conoce; actualice el programa para leerla
refusal-leaf-version-unknown = la hoja es de una versión que este programa no conoce; actualícelo para leerla
refusal-log-before-generation = el registro de la generación { $generation } del concentrador no es el que continúa su sucesión; no lo use y avise al oficial de seguridad de la información
refusal-log-end-bad = una sucesión nombra un tamaño y una raíz de registros que su predecesora no puede haber tenido
refusal-log-size-impossible = la declaración pretende haber visto más o menos del registro de lo que permiten su lugar y su predecesora
refusal-manager-unknown = la persona no es responsable del compartimento
refusal-managers-remain = el compartimento { $compartment } todavía tiene un responsable, que puede nombrar a otro; los gobernadores y los registradores no pueden
refusal-mission-already-founded = la misión ya está fundada; una fundación solo puede ser su primera declaración
refusal-mission-other = la declaración pertenece a otra misión
refusal-no-first-device = la persona aún no tiene ningún dispositivo; el primero lo inscribe un registrador
refusal-not-a-cross-signer = un dispositivo más lo firma uno de los dispositivos activos de la persona, o tantos oficiales de recuperación como diga el registro de la misión, ninguno de los cuales es la persona
refusal-not-a-freezer = a una persona la congela un registrador, ella misma o un responsable de un compartimento en el que está, pero a un registrador no lo congela un responsable; un sitio lo congela un registrador
refusal-not-a-manager = solo un responsable del compartimento { $compartment } puede declarar esto
refusal-not-a-member = solo un dispositivo de la lista de la época puede declarar esto
refusal-not-a-registrar = solo un registrador puede declarar esto
refusal-not-a-withdrawer = solo un miembro del compartimento o un oficial de protección de datos retira sus partes, y solo un responsable o un oficial de protección de datos las retiene
refusal-not-cosigned = la declaración permite algo y no surte efecto hasta que la cofirmen testigos; consérvela e inténtelo entonces
refusal-not-one-device = esto debe firmarlo exactamente un dispositivo
refusal-not-the-device-itself = solo el propio dispositivo dice que sale de viaje
refusal-not-the-epochs-signer = solo el dispositivo que empezó la época reparte sus envoltorios; otro miembro puede publicar una reparación
refusal-not-the-first-device = un registrador inscribe solo el primer dispositivo de una persona; otro más lo firman la persona o los oficiales de recuperación
refusal-not-the-governors = { $threshold ->
    [one] debe firmar esto exactamente { $threshold } de los gobernadores actuales, y nadie más
   *[other] deben firmar esto exactamente { $threshold } de los gobernadores actuales, y nadie más
}
refusal-not-the-trustees = la entrada no nombra exactamente a los depositarios de { $set }
refusal-not-two-persons = deben firmar esto dos personas: un responsable del compartimento { $compartment } y un oficial de protección de datos
refusal-nothing-changes = esto ya es así y nada espera para reemplazarlo
refusal-nothing-to-lift = { $statement } no es una retirada ni una retención vigente en este compartimento
refusal-office-bad = un revisor revisa una sección, y ningún otro cargo nombra una
refusal-officer-unknown = la persona no ocupa este cargo
refusal-own-case = nadie prorroga su propio destino ni confirma su propio dispositivo; pídaselo a otra persona
refusal-paper-device-other = el papel es para un dispositivo que no es el de la huella que le leyeron; no lo firme
refusal-part-erased = una parte ya está borrada
refusal-part-held = una parte, o su compartimento, está bajo retención legal; se borra cuando se levante la retención
refusal-part-list-bad = la lista de partes está vacía, pasa de 4096, está desordenada o nombra una dos veces
refusal-person-exists = la persona { $person } ya está inscrita; un destino terminado se prorroga, una revocación es definitiva
refusal-person-not-active = la persona { $person } está revocada o congelada, o su destino ha terminado
refusal-person-unknown = la persona { $person } no está inscrita
refusal-policy-bad = una política es una tabla de 1 a 65536 bytes de texto UTF-8
refusal-position-runs-back = el lugar de la declaración en el registro no va después de la última aplicada; aplique el registro en orden
refusal-predecessor-unknown = la declaración sigue a una que no está en su cadena; traiga antes lo que falta
refusal-predecessor-void = la declaración sigue a { $statement }, que es nula
refusal-quorum-bad = en cada grupo que tiene testigos debe cofirmar al menos uno, y no más de los que hay
refusal-quorum-only-trustees = el cuórum debe necesitar al menos un testigo que no sea depositario
refusal-quorum-too-small = con { $k } de { $w } testigos y { $f } de ellos corruptos, un concentrador podría mostrar dos registros o una hora falsa; pida más testigos
refusal-quorum-weak-unmarked = un cuórum que no prevé ningún testigo corrupto se marca como débil, y ningún otro lo está
refusal-recovery-bad = los oficiales de recuperación son personas inscritas distintas y en orden, y el umbral está entre uno y su número
refusal-registrar-unknown = la persona no es registrador
refusal-registrars-bad = una fundación nombra al menos un registrador, y cada persona y dispositivo una sola vez
refusal-request-inviter-other = la solicitud responde a la invitación de un escritorio que no es este
refusal-request-mission-other = la solicitud es para una misión que no es la de este escritorio
refusal-request-not-bound = la solicitud se modificó, o se hizo sin la invitación; pídala de nuevo
refusal-request-not-signed = el dispositivo no ha demostrado que tiene su clave de firma; pida de nuevo la solicitud
refusal-request-person-other = la solicitud es para una persona que no es la de la invitación
refusal-review-cannot-read = { $person } no es miembro del compartimento { $compartment } y no podría responder allí; nombre uno que lean los dos
refusal-review-duties = se deniega el archivo de servicios: { $reason }
refusal-review-no-day = ningún aviso de este escritorio habla de una apertura de { $person } el { $day }
refusal-review-no-emergency = { $count ->
    [0] ninguna apertura de urgencia de otras personas empieza por «{ $prefix }»; «counterseal review list» las nombra
    [one] { $count } apertura de urgencia de otra persona empieza por «{ $prefix }»; «counterseal review list» las nombra
   *[other] { $count } aperturas de urgencia de otras personas empiezan por «{ $prefix }»; «counterseal review list» las nombra
}
refusal-review-no-question = { $count ->
    [0] ninguna pregunta que le concierna empieza por «{ $prefix }»; escriba más cifras
    [one] { $count } pregunta que le concierne empieza por «{ $prefix }»; escriba más cifras
   *[other] { $count } preguntas que le conciernen empiezan por «{ $prefix }»; escriba más cifras
}
refusal-review-office = las aperturas las revisan los oficiales de protección de datos y los revisores de las secciones; los nombran los gobernadores
refusal-review-yourself = nadie se revisa a sí mismo: esta jornada la tiene otro revisor o el oficial de protección de datos
refusal-roster-bad = una lista tiene de 1 a 4096 dispositivos, cada uno una vez y en orden
refusal-roster-not-active = el dispositivo { $device } no puede recibir el secreto de una época: no está inscrito, está pendiente, suspendido, congelado o revocado, o el destino de su persona ha terminado
refusal-roster-not-kept = la renovación por un miembro sigue a una época en curso y conserva su lista, sin los dispositivos que ya no están activos y sin ningún otro
refusal-rule-is-the-governors = solo los gobernadores cambian una regla de apertura; una modificación nombra la regla vigente
refusal-same-already = ya se ha dicho que las fichas { $record } y { $other } son una
refusal-same-guarded = el compartimento { $compartment } está guardado, y lo guardado no figura en ningún gráfico; nombre un compartimento abierto
refusal-same-itself = la ficha { $record } es ella misma; nombre dos
refusal-same-not-said = nadie dice que la ficha { $record } sea una con otra; «counterseal entity show { $record }» muestra lo que se dijo
refusal-same-other-kinds = la ficha { $record } es del tipo { $is } y la ficha { $other } del tipo { $given }; solo dos entidades del mismo tipo pueden ser una
refusal-same-where = las fichas { $record } y { $other } no tienen partes en un mismo compartimento en el que usted escriba; diga en qué compartimento (--compartment) se leerá que son una
refusal-report-empty = no hay nada que escribir: diga al menos una cosa que haya ocurrido
refusal-draft-too-long = este borrador tiene { $bytes } bytes, y se conservan { $most } como máximo; escríbalo como ficha o acórtelo
refusal-too-many-drafts = este escritorio conserva { $most } borradores como máximo; escriba o descarte antes algunos
refusal-event-same-itself = la ficha { $record } ya representa el suceso que ambas relatan; dígalo de la otra
refusal-event-not-yours = la ficha { $record } no tiene ninguna parte que este escritorio pueda cambiar; pídaselo a un miembro de su compartimento
refusal-changed-meanwhile = la ficha { $record } se ha cambiado entretanto; mire lo que dice ahora y decida de nuevo
refusal-signature-algorithm-unknown = está firmado por un método que esta versión no conoce; actualice el programa para leerlo
refusal-signature-invalid = una de sus firmas no se verifica; tráigalo de nuevo y, si eso no ayuda, avise al oficial de seguridad de la información
refusal-signature-list-bad = sus firmas faltan, están repetidas o desordenadas; tráigalo de nuevo
refusal-signed-malformed = esto no es un objeto firmado; tráigalo de nuevo
refusal-signer-not-active = el dispositivo { $device } firmó esto, pero está pendiente, suspendido, congelado o revocado, o el destino de su persona ha terminado
refusal-signer-unknown = la declaración está firmada con una clave que la misión no conoce
refusal-signers-wrong = no está firmado exactamente por quienes deben firmarlo
refusal-site-unknown = nunca se destinó a nadie al sitio { $site }
refusal-statement-known = la declaración { $statement } ya figura en el registro de la misión
refusal-statement-malformed = esto no es una declaración: { $reason }
refusal-statement-too-large = la declaración tiene { $bytes } bytes, más de los que puede tener una declaración
refusal-string-wrong = { $left ->
    [0] las cifras son erróneas por tercera vez: la invitación queda cancelada, haga otra
    [one] las cifras difieren: es otro dispositivo, o un error al teclear; queda { $left } intento
   *[other] las cifras difieren: es otro dispositivo, o un error al teclear; quedan { $left } intentos
}
refusal-succession-misplaced = una sucesión es la primera declaración del nuevo registro y debe estar en el índice { $index }
refusal-suite-below-minimum = la misión solo acepta el conjunto de algoritmos { $minimum } o uno más reciente; actualice el programa para participar
refusal-suite-not-raised = el conjunto mínimo de algoritmos es { $minimum } y solo puede elevarse
refusal-suite-unknown = el objeto usa el conjunto de algoritmos { $suite }, que esta versión no conoce; actualice el programa para leerlo
refusal-time-runs-back = la declaración vale desde un momento anterior a la última aplicada; aplique el registro en orden
refusal-travel-unknown = { $travel } no es la declaración con la que el dispositivo salió del compartimento, o ya ha vuelto
refusal-trust-no-consent = este escritorio no declaró ningún consentimiento de la parte { $part }; entréguela a un sucesor o séllela
refusal-trust-no-source = la parte { $part } no es una fuente y no nombra a nadie que la lleve; pida de nuevo el consentimiento o séllela
refusal-trust-not-in = el sucesor no está en el compartimento de la parte { $part }; un responsable lo admite primero
refusal-trust-not-open = la parte { $part } no está abierta, así que no puede nombrarse a nadie en ella; ábrala con una finalidad (--open con --purpose) o séllela
refusal-trust-past = la fecha antes de la cual alguien vuelve a preguntar ya ha pasado; diga una posterior
refusal-trustee-set-unknown = la entrada está sellada para los depositarios { $set }, que no estaban en vigor
refusal-trustees-bad = los depositarios son de 2 a 9 por orden de identificador, cada uno con sus claves y una x propia de 1 a 255 que ningún otro haya tenido nunca, y de 1 a 4 huellas de certificado en orden; uno solo se marca como único
refusal-trustees-succession-bad = un depositario sucede a uno de un grupo anterior al que nadie más ha sucedido, que no está en ningún grupo posterior y junto al cual nunca ha estado
refusal-trustees-threshold-bad = no pueden pedirse { $t } de { $n } depositarios: deben liberar al menos dos, y no más de los que hay
refusal-witnesses-bad = los testigos son de 1 a 32 por orden de nombre, cada nombre y cada clave una sola vez
refusal-wraps-not-the-roster = los envoltorios deben nombrar exactamente los dispositivos de la lista de la época, en orden; una reparación, algunos de ellos

# --- what trustees say against an opening
against-ahead-too-long = una apertura por adelantado es de treinta días como máximo
against-approval-bad = una aprobación no es de esta petición, o no la firmó quien se dice
against-approval-own = nadie aprueba su propia petición
against-approver-not-active = el dispositivo de quien aprobó no está activo
against-ask = a quién preguntar: { $ask }
against-delay-not-approved = dos personas de otras secciones no han aprobado el retraso
against-delay-too-long = un aviso se retrasa catorce días como máximo, y no en una urgencia
against-emergency-not-allowed = el compartimento no permite aperturas de urgencia
against-fresh-key-bad = los depositarios no pueden responder a la clave de la petición; pida de nuevo
against-leaf-elsewhere = la petición no está en el registro donde dice su prueba
against-leaf-other = la prueba es de otra petición
against-missing = falta: { $missing }
against-origin-other = la petición es para un registro que no es el actual de la misión; sincronice primero
against-other-section-missing = falta la aprobación de alguien de otra sección
against-part-erased = una parte está borrada
against-part-not-held = un depositario denegó la entrada cuando llegó, o no tiene su parte de la clave
against-part-withdrawn = una parte está retirada
against-policy-none = no hay ninguna política vigente; la fijan los gobernadores
against-policy-other = la petición nombra una política que no es la vigente; sincronice primero
against-policy-refuses = la política no lo permite
against-policy-unreadable = los depositarios no pueden leer la política vigente; avise a los gobernadores
against-quota-over = usted ya ha abierto hoy tantas partes como permite el compartimento
against-reader-not-a-member = su dispositivo no es ahora miembro del compartimento
against-reader-not-active = su dispositivo está revocado, suspendido, congelado o pendiente, o su destino ha terminado
against-receipt-missing = no llegó ninguna prueba de que la petición esté en el registro
against-receipt-no-quorum = muy pocos testigos cofirmaron el registro en que está la petición
against-request-expired = el tiempo de la petición ha terminado; pida de nuevo
against-request-not-yet-made = la petición lleva una hora posterior a la actual; compruebe el reloj de este ordenador
against-rule = norma { $rule }
against-second-person-missing = falta la aprobación de una segunda persona
against-since = desde el { $since }
against-trustees-other = la petición nombra a depositarios que no son los vigentes; sincronice primero

# --- the file of a rotation
rotate-action = escriba in u out
rotate-role = escriba member o manager; a los registradores los nombran los gobernadores
rotate-device-in = aquí no se nombra ningún dispositivo: quien llega, llega con una solicitud
rotate-no-person = nombre a una persona
rotate-only-in = esto solo va con in
rotate-others-device = el dispositivo es de otra persona
rotate-until-whole = solo termina más tarde una asignación entera; deje vacíos device y compartments, o deje vacío esto
rotate-twice = la persona ya tiene una fila; escriba una por persona
rotate-string-wrong = las cadenas difieren: es otro dispositivo, o un error al teclear; pida que se la lean otra vez. Tres equivocadas acaban con la invitación
rotate-string-last = la cadena está mal por tercera vez: la invitación queda anulada, haga otra
rotate-invitation-over = la invitación ya no vale; véase «counterseal invite list»
rotate-unknown-person = no hay nadie inscrito con ese nombre; escriba la invitación con la que llega
rotate-other-device = la persona está inscrita con otro dispositivo; uno más se firma desde el que tiene
rotate-not-active = la persona está congelada, su plazo terminó o fue revocada
rotate-yourself = nadie se releva a sí mismo; puede hacerlo otro registrador
rotate-string = la cadena son seis grupos de tres cifras; pida que se la lean otra vez
rotate-columns = una rotación tiene las columnas { $columns }, y siempre action; este archivo tiene: { $found }
rotate-too-large = el archivo es mayor de lo que puede ser una rotación (4 MB); divídalo
rotate-not-csv = el archivo no es un CSV: { $reason }

# --- what the policy says
policy-and = { $one } y { $other }
policy-approvals = { $needed ->
        [one] 1 aprobación
       *[other] { $needed } aprobaciones
    }
policy-basis = { $basis }, para { $purpose }, con destino a { $recipient }
policy-basis-alone = { $basis }, para { $purpose }
policy-claimed = { $what }: solo se afirma, nadie lo ha probado
policy-contingent = contingente { $name }
policy-elsewhere = { $needed ->
        [one] 1 aprobación de otra sección
       *[other] { $needed } aprobaciones de otras secciones
    }
policy-engine = las dos lecturas de la política difieren, así que no se da nada
policy-from = permitido solo a partir del { $day }
policy-hours = permitido solo de { $from } a { $until }
policy-is-for = reservado a: { $who }
policy-lapsed = { $what }: sin vigencia desde el { $day }
policy-met = { $what }
policy-missing = { $what }: sin prueba
policy-never = la política no se lo permite a nadie
policy-no-case = no se nombra ningún caso; nombre uno
policy-no-part = no se nombra ninguna parte; nombre una
policy-no-purpose = la política no conoce el fin { $purpose }
policy-no-row = ninguna fila de la política lo permite para { $purpose }
policy-not-theirs = { $what }: lo dice { $office }, a quien no le corresponde decirlo
policy-not-yet = { $what }: solo a partir del { $day }
policy-or = { $one } o { $other }
policy-outside = fuera de lo permitido: { $what }
policy-permitted = permitido por la fila { $row } ({ $words })
policy-refused = denegado: { $reason }
policy-refused-by = denegado por la fila { $row } ({ $words }): { $reason }
policy-role = función { $name }
policy-said-no = { $what }: negativa del { $day }
policy-section = sección { $name }
policy-short = hace falta: { $what }; hasta ahora: { $have }
policy-taken-back = { $what }: retirada el { $day }
policy-until = permitido solo hasta el { $day }
policy-waived = dispensado en esta emergencia: { $waived }
policy-weekday = permitido solo el { $day }
policy-weekdays = permitido solo de { $from } a { $until }

# --- what the operating system says
system-broken-off = se cortó la conexión ({ $own })
system-folder = es una carpeta ({ $own })
system-full = el disco está lleno ({ $own })
system-in-use = otra cosa lo está usando ({ $own })
system-no-folder = un elemento de la ruta no es una carpeta ({ $own })
system-no-way = ninguna red lleva hasta allí ({ $own })
system-not-allowed = el sistema no lo permite ({ $own })
system-not-there = no existe ({ $own })
system-read-only = el disco es de solo lectura ({ $own })
system-refused = allí nadie acepta la llamada ({ $own })
system-says = el sistema se ha negado ({ $own })
system-silent = no llegó nada a tiempo ({ $own })
system-there = ya existe ({ $own })
system-unreadable = el contenido no es el que se esperaba ({ $own })

# --- what was typed and cannot be read
typed-date-form = «{ $text }» no es una fecha ni una hora: escriba 2014-03-09, 2014-03-09T14:05Z o 091405ZMAR14
typed-date-local = «{ $text }» está en la zona J, la hora local de quien observa, que nadie más puede saber: escriba la letra de la zona
typed-date-month = «{ $text }» no es un solo mes: escriba { $instead }
typed-date-none = «{ $text }» no existe: compruebe día, mes, hora y minuto
typed-date-order = «{ $text }» puede leerse con el día o con el mes primero: escríbalo como 2014-03-09
typed-date-zone = «{ $text }» no tiene letra de zona horaria: escriba Z para UTC, como en 091405ZMAR14
typed-grading = «{ $text }» no es una calificación: escriba la letra de la fuente, de A a F, y el número de la información, de 1 a 6, como en B2
typed-grid-digits = «{ $text }» no es una abscisa y una ordenada: MGRS necesita tantas cifras para una como para otra, de 1 (10 km) a 5 (1 m)
typed-grid-elsewhere = el cuadrado { $square } no está en la zona { $zone }: compruebe la zona y las letras
typed-grid-letter = «{ $text }» no es letra de MGRS en ese lugar (I y O no se usan nunca): compruebe la referencia
typed-grid-letters = «{ $text }» necesita tres letras después de la zona: la banda y las dos del cuadrado, como en 33N YE
typed-grid-polar = las referencias polares (UPS) no se leen ni se escriben: use grados al norte de 84° y al sur de 80°
typed-grid-zone = «{ $text }» no es una zona: MGRS tiene zonas de 1 a 60
typed-point-form = «{ $text }» no es un punto: escriba 4.36N 18.55E, 04°21.6'N 018°33.0'E, o MGRS como 33N YE 12345 67890
typed-point-letters = «{ $text }» necesita dos letras: N o S para la latitud, E o W para la longitud
typed-point-packed = «{ $text }» no dice dónde acaban los grados: escríbalo como { $example }, o ponga espacios entre grados y minutos
typed-point-range = { $value } es más de lo que pueden ser los grados o minutos: la latitud llega a 90, la longitud a 180, los minutos a menos de 60
typed-point-sign = «{ $text }» da un signo y una letra: quite uno de los dos
typed-point-swapped = { $text } no puede ser una latitud: latitud y longitud parecen intercambiadas; escriba antes la latitud o añada las letras N, S, E, W

# --- what is wrong with a field
thing-wrong-contradiction = un uso se decide dos veces, o se permite a alguien que no debe tenerlo nunca
thing-wrong-different-uses = se permitieron usos distintos de ellas; hágalo por separado con cada una
thing-wrong-idle-guardian = se nombra un tutor para alguien que no es un niño y habló por sí solo
thing-wrong-in-future = está en el futuro
thing-wrong-no-consent = una base del tipo consentimiento nombra la ficha del consentimiento
thing-wrong-no-guardian = un niño, y todo aquel por quien habla un tutor, necesita la ficha del tutor
thing-wrong-no-incident = este escritorio no tiene ese incidente
thing-wrong-no-parts = nombre al menos una parte
thing-wrong-no-term = la taxonomía no tiene esa palabra
thing-wrong-no-uses = diga para qué finalidades y para quién
thing-wrong-nobody = nombre a cada uno por una parte guardada o por un seudónimo, no por ambos
thing-wrong-not-a-child = el interés superior es una base solo para los niños
thing-wrong-not-there = no hay nada así
thing-wrong-open-in = un caso de un compartimento guardado tiene su parte abierta en uno abierto
thing-wrong-open-part = la parte está en un compartimento abierto
thing-wrong-over-before = terminaría antes de empezar
thing-wrong-several-compartments = las partes son de varios compartimentos; escriba una ficha para cada uno
thing-wrong-there = ya está ahí

# --- what something is called
thing-agreement = acuerdo
thing-approvals = aprobaciones
thing-attestation-officer = el oficial de atestación
thing-attested = un dispositivo atestado
thing-basis = base
thing-best-interests = interés superior de un niño
thing-case = caso
thing-challenge = desafío
thing-compartment = compartimento
thing-consent = consentimiento
thing-consent-event = suceso de un consentimiento
thing-contingent = contingente
thing-cover = una cobertura
thing-data-protection-officer = el oficial de protección de datos
thing-days = los días de la semana
thing-decoy = un señuelo
thing-desk = escritorio
thing-device = dispositivo
thing-engine = una versión más reciente de este programa
thing-entity = entidad
thing-entry = entrada
thing-erased = borrada
thing-export = exportación
thing-exported = exportada
thing-from = una fecha aún por llegar
thing-governor = gobernador
thing-governors = los gobernadores
thing-hold = retención
thing-hours = las horas del día
thing-incident = incidente
thing-invitation = invitación
thing-journal = de diarios
thing-legal = otra base jurídica
thing-link = vínculo
thing-mandate = el mandato
thing-member-of-the-compartment = un miembro del compartimento
thing-never = nada: nunca está permitido
thing-note = nota
thing-opened = abierta
thing-opened-ahead = abierta por adelantado
thing-other-section = alguien de otra sección
thing-person = persona
thing-policy = política
thing-record = ficha
thing-recovery = papel de recuperación
thing-registrar = un registrador
thing-request = solicitud
thing-reviewer = el revisor de la sección
thing-role = función
thing-row = fila de la política
thing-sealed = parte sellada
thing-second-person = una segunda persona
thing-section = sección
thing-shared = compartida
thing-site = sitio
thing-source = fuente
thing-statements = de declaraciones
thing-taxonomy = taxonomía
thing-training = formación
thing-training-officer = el oficial de formación
thing-trustees = depositarios
thing-unreadable = algo que no es una ficha
thing-until = una fecha ya pasada
thing-watch-officer = el oficial de guardia
thing-weekday-1 = lunes
thing-weekday-2 = martes
thing-weekday-3 = miércoles
thing-weekday-4 = jueves
thing-weekday-5 = viernes
thing-weekday-6 = sábado
thing-weekday-7 = domingo
thing-who = quién pide
thing-withdrawal = retirada
thing-withdrawn = retirada

# --- the months, short as CLDR has them; Arabic has no short ones
month-01 = ene
month-02 = feb
month-03 = mar
month-04 = abr
month-05 = may
month-06 = jun
month-07 = jul
month-08 = ago
month-09 = sept
month-10 = oct
month-11 = nov
month-12 = dic

# --- finalidades, destinatarios, secciones y funciones de la política incluida
code-analyst = Analista
code-audit = Auditoría
code-case-follow-up = Seguimiento de un caso
code-court-referral = Remisión a un tribunal
code-court = Un tribunal
code-data-rights = Derechos de una persona sobre sus datos
code-evacuation = Evacuación médica
code-head-of-section = Jefe de sección
code-human-rights-officer = Oficial de derechos humanos
code-human-rights = Derechos humanos
code-legal-affairs = Asuntos jurídicos
code-legal-officer = Oficial jurídico
code-mediation-officer = Oficial de mediación
code-mediation = Mediación
code-medical-officer = Oficial médico
code-medical-service = Un servicio médico
code-medical = Servicio médico
code-mission = La misión
code-protection-officer = Oficial de protección
code-protection-partner = Un socio de protección
code-protection-referral = Derivación para protección
code-protection = Protección
code-public = El público
code-sanctions-panel = Un grupo de expertos en sanciones
code-sanctions-referral = Remisión a un grupo de expertos en sanciones
code-security-officer = Oficial de seguridad
code-security = Seguridad
code-source-contact = Contacto con una fuente
code-statistics = Estadísticas
code-subject = La persona interesada
code-supervision = Supervisión de una sección
code-threat-assessment = Evaluación de una amenaza
code-verification = Verificación
