# Las personas.
people-title = Personas
people-by-compartment = Por compartimento
people-name = Nombre
people-roles = Funciones
people-status = Estado
people-until = Hasta
people-devices = Dispositivos
people-you = usted
people-managers = Gestores
people-members = Miembros
people-frozen = congelado
people-expired = terminado
people-revoked = revocado
people-unknown = no inscrito
people-no-end = sin fin
person-compartments = Compartimentos que usted gestiona
person-compartments-why = Entrar o salir crea claves nuevas. Quien sale pudo guardar lo que podía leer.
person-is-in = está dentro
person-is-out = no está dentro
person-admit = Admitir
person-remove = Sacar
person-extend = El fin de la asignación
person-until = Hasta este día incluido; vacío si no tiene fin
person-extend-do = Fijar
person-freeze = Congelar
person-freeze-why = En cuanto un escritorio lo ve, nada de lo que digan sus dispositivos cuenta y nada se sella para ellos. Su trabajo se conserva, y no se recupera lo que leyó. Lo levanta un registrador. Puede congelarse a sí mismo: «mi portátil ha desaparecido».
person-unfreeze = Levantar la congelación
person-unfreeze-why = Lo que digan sus dispositivos vuelve a contar desde entonces. Asegúrese de que quien los tiene es quien cree.
person-revoke = Revocar para siempre
person-revoke-why = Nada de lo que digan sus dispositivos cuenta ya, y cada compartimento recibe claves nuevas sin ellos. No se puede deshacer: habría que invitarle de nuevo. Lo que podía leer antes, quizá lo guardó.
person-revoke-sure = Sé que no se puede deshacer
person-not-sure = Marque que sabe lo que sigue. No se hizo nada.
invite-title = Invitar
invite-what = Se llevan dos archivos y se dice una cadena. Entregue la invitación por otra vía que el concentrador: quien la tenga puede pedir unirse con ella, una vez.
invite-1 = 1. Hacer una invitación
invite-whom = Para quién
invite-new = una persona nueva
invite-own = otro dispositivo mío
invite-recover = una persona que se quedó sin dispositivo
invite-name = Nombre o cargo de la persona
invite-name-missing = Escriba para quién es la invitación.
invite-days = Días que cuenta
invite-save = Hacerla y guardar el archivo
invite-lines = Hacerla y mostrar sus líneas
invite-lines-why = Lea estas líneas en voz alta o cópielas a mano. Se muestran una sola vez.
invite-2 = 2. Responder a una solicitud
invite-request = La solicitud que hizo el equipo nuevo
invite-request-missing = Elija primero la solicitud.
invite-answer = Comprobarla y guardar el desafío
invite-3 = 3. Escribir la cadena
invite-none-answered = Aún no se respondió a ninguna solicitud.
invite-hear = Oiga la cadena de la persona, por teléfono o cara a cara. Este escritorio no la muestra: eso impide que alguien se ponga entre sus dos equipos.
invite-which = Invitación
invite-string-bad = La cadena tiene 18 cifras. Pida que se la lean otra vez.
invite-enrol = Comparar e inscribir
invite-made = Invitaciones de este escritorio
invite-ends = Termina
invite-cancel = Cancelar
invite-open = abierta
invite-answered = respondida
invite-used = usada
invite-cancelled = cancelada
handover-title = Traspasar al final de un destino
handover-what = La gestión de sus compartimentos y los incidentes que usted verifica pasan a un sucesor. Lo que la gente confió solo a usted nunca pasa por defecto.
handover-to = Sucesor
handover-look = Mostrar lo que pasaría
handover-passes = { $count ->
    [0] Ya no pasa nada
    [one] Pasa una cosa
   *[other] Pasan { $count } cosas
}
handover-stays = Lo que no pasa, y por qué
handover-trust = { $count ->
    [one] Una parte se apoya en la confianza en usted y no está resuelta. Esta entrega no se la da a nadie.
   *[other] { $count } partes se apoyan en la confianza en usted y no están resueltas. Esta entrega no se las da a nadie.
}
handover-do = Traspasar
handover-member = estar en { $name }
handover-verify = verificación del registro { $id }
stays-governors = los gobernadores nombran a los registradores
stays-not-in = el sucesor no está en el compartimento; un gestor lo admite
stays-conflict = el registro está en conflicto; alguien lo resuelve antes
stays-cannot-write = este escritorio no puede escribir ahí
