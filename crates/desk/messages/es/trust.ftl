# En qué se apoya la confianza.
warn-title = Lo que le necesita
warn-none = Este escritorio no ve nada fuera de orden.
warn-two-trees = Dos historias: en el tamaño { $size } el registro mostró a «{ $witness }» otro árbol que a este escritorio. Es prueba de una mentira o de un concentrador averiado.
warn-two-trees-do = Este escritorio no mantiene sesiones con ese concentrador ni pide aperturas. Avise a los gobernadores y a su responsable de seguridad; ellos nombran otro concentrador. La prueba se conserva.
warn-strange = { $count ->
    [one] Se inscribió a su nombre un dispositivo que este escritorio no creó.
   *[other] Se inscribieron a su nombre { $count } dispositivos que este escritorio no creó.
}
warn-strange-do = Mire «Mis dispositivos» más abajo. Si no es suyo, revóquelo ya y avise a un registrador: quizá alguien lee en su nombre.
warn-lost = { $count ->
    [one] Una declaración suya no tiene efecto.
   *[other] { $count } declaraciones suyas no tienen efecto.
}
warn-lost-do = Otra ocupó su lugar, o el concentrador la rechaza. «counterseal mission lost» la muestra, la repite o renuncia a ella.
warn-gaps = { $count ->
    [one] En un diario faltan entradas que deben estar en alguna parte.
   *[other] En { $count } diarios faltan entradas que deben estar en alguna parte.
}
warn-gaps-do = El concentrador las retiene, o nadie se las llevó. Se piden en cada sincronización. Si sigue así, pida una valija a sus autores.
warn-broken = { $count ->
    [one] Una entrada no sigue a la anterior.
   *[other] { $count } entradas no siguen a las anteriores.
}
warn-broken-do = Su dispositivo fue copiado, restaurado o miente. Pregunte a su dueño; si usted es registrador, haga que se sustituya.
warn-held = El testigo «{ $witness }» ha visto { $seen } hojas desde hace un tiempo; el concentrador mostró a este escritorio { $shown }.
warn-held-do = El concentrador le oculta algo. Pregunte a un colega si lo tiene, tómelo por valija y avise a los gobernadores.
warn-behind = El concentrador mostró algo más antiguo, o en otro lugar, que lo que este escritorio conoce.
warn-behind-do = Sincronice de nuevo. Si sigue así, el concentrador volvió a un estado antiguo: avise a los gobernadores.
warn-dropped = { $count ->
    [one] El concentrador había confirmado una cosa suya que no está en el registro. Se envía otra vez.
   *[other] El concentrador había confirmado { $count } cosas suyas que no están en el registro. Se envían otra vez.
}
warn-dropped-do = Una vez puede ser un fallo. Si se repite, avise a los gobernadores.
warn-refused = { $count ->
    [one] El concentrador no aceptó una cosa que usted envió.
   *[other] El concentrador no aceptó { $count } cosas que usted envió.
}
warn-refused-do = Sincronice de nuevo. Si sigue así, quizá terminó su asignación o hay una congelación sobre usted: pregunte a un registrador.
warn-refused-entries = { $count ->
    [one] Llegó una entrada que no es lo que dice ser. No se tomó.
   *[other] Llegaron { $count } entradas que no son lo que dicen ser. No se tomaron.
}
warn-refused-entries-do = Alguien entre usted y su autor la cambió. Avise a su responsable de seguridad.
warn-refused-statements = { $count ->
    [one] Una declaración del registro no tiene efecto: quien la dijo no puede.
   *[other] { $count } declaraciones del registro no tienen efecto: quien las dijo no puede.
}
warn-refused-statements-do = Nada se sigue de ello. Un registrador debería preguntar a quien firmó.
warn-own-late = { $count ->
    [one] Una entrada suya es tardía: llegó al registro después de su retirada o de un cambio de claves.
   *[other] { $count } entradas suyas son tardías: llegaron al registro después de su retirada o de un cambio de claves.
}
warn-own-late-do = Un gestor del compartimento puede aceptarla.
warn-misplaced = { $count ->
    [one] El concentrador nombró un lugar falso para una entrada.
   *[other] El concentrador nombró lugares falsos para { $count } entradas.
}
warn-marks = { $count ->
    [one] Una marca de tiempo del concentrador no cuenta.
   *[other] { $count } marcas de tiempo del concentrador no cuentan.
}
warn-witness = { $count ->
    [one] La respuesta de un testigo no cuenta.
   *[other] Las respuestas de { $count } testigos no cuentan.
}
warn-witness-do = Un testigo tiene otras claves que las que nombró la misión, o alguien responde en su lugar. Avise a los gobernadores.
warn-lies = { $count ->
    [one] Un depositario dijo algo que no puede ser verdad.
   *[other] Los depositarios dijeron { $count } cosas que no pueden ser verdad.
}
warn-lies-do = No se aceptó su palabra. Avise a los gobernadores: ellos lo sustituyen.
warn-clock = El reloj de este equipo va atrasado unos { $age }: las horas de los testigos van por delante.
warn-clock-do = Ajuste el reloj. Las horas de lo que escriba serían falsas.
warn-evidence = El dispositivo { $device } de { $name } firmó dos entradas para un mismo lugar: fue copiado, restaurado o miente.
warn-evidence-do = Suspéndalo con la prueba. Es para siempre, y cada escritorio lo obedece en cuanto lo ve.
warn-suspend = Suspender el dispositivo
trust-future = Va por delante del reloj de este equipo.
trust-clock = El reloj del concentrador y este difieren en { $age }.
trust-witnesses = Testigos
trust-quorum = { $needed } de { $all } deben cofirmar para que un punto de control cuente.
trust-weak = Este plan no resiste a ningún testigo corrupto.
trust-not-asked = No se les preguntó desde que se desbloqueó este escritorio. Una sincronización pregunta a todos.
trust-witness-trustee = de un depositario
trust-witness-other = independiente
trust-word-agrees = está de acuerdo
trust-word-refused = dijo algo que no cuenta
trust-word-silent = no respondió
trust-word-no-address = no es alcanzable desde aquí
trust-strange = Este escritorio no lo creó.
trust-known = Es mío
trust-confirm = Confirmarlo
trust-pending = Dispositivos que esperan confirmación
trust-pending-why = Pida al dueño que le lea la huella. Confirma un registrador; nadie confirma el suyo.
trust-revoke = Revocar un dispositivo
trust-revoke-what = Nada de lo que diga el dispositivo cuenta ya, y se hacen claves nuevas sin él donde estuviera. No se puede deshacer: su dueño se une con otro dispositivo. Lo que podía leer antes, quizá lo guardó.
trust-revoke-do = Revocarlo para siempre
trust-single = Un solo depositario: decide solo, y solo puede fallar.
trust-shares-lost = { $count ->
    [one] De una parte que usted selló, muy pocos depositarios tienen su porción: no podrá abrirse nunca.
   *[other] De { $count } partes que usted selló, muy pocos depositarios tienen su porción: no podrán abrirse nunca.
}
trust-trustee = Depositario
trust-holds = Guarda porciones de lo que sellé
trust-heard = Se oyó su registro de aperturas
trust-ago = hace { $age }
trust-never-heard = nunca
trust-holds-why = Una porción son 32 bytes que solos no abren nada. Un depositario no sabe de qué es.
trust-waiting = Lo que espera
trust-unsent = Solo en este escritorio: { $entries ->
    [one] { $entries } entrada
   *[other] { $entries } entradas
} y { $statements ->
    [one] { $statements } declaración
   *[other] { $statements } declaraciones
}.
trust-all-sent = Nada de este escritorio espera envío.
trust-endings = Lo que termina pronto
trust-no-endings = Nada termina en { $count } días.
end-assignment = asignación
role-registrar = registrador
role-manager-of = gestor de { $name }
role-recovery = oficial de recuperación
waits-governors = Otros gobernadores
waits-recovery = Otros oficiales de recuperación
waits-hub = Otros certificados del concentrador
waits-witnesses = Otros testigos
waits-days = Otros días de espera
waits-trustees = Otros depositarios
waits-policy = Otra política de aperturas
waits-rule = Otra regla de apertura de un compartimento
changes-title = Lo que cambió desde que miró por última vez
changes-count = { $count ->
    [one] Una declaración es nueva para usted.
   *[other] { $count } declaraciones son nuevas para usted.
}
changes-none = Nada.
changes-seen = Las he mirado
changes-by = dicho por { $name }
said-founded = Se fundó la misión
said-person = Se inscribió a { $about }
said-device = Se inscribió un dispositivo de { $about }
said-device-confirmed = Se confirmó un dispositivo de { $about }
said-device-revoked = Se revocó un dispositivo de { $about }
said-device-suspended = Se suspendió, con prueba, un dispositivo de { $about }
said-person-revoked = Se revocó a { $about }
said-extended = Se cambió el fin de la asignación de { $about }
said-frozen = Se congeló a { $about }
said-unfrozen = Se levantó una congelación de { $about }
said-travel = Un dispositivo de { $about } dejó compartimentos por un viaje
said-back = Un dispositivo volvió a { $about }
said-registrar = { $about } es ahora registrador
said-registrar-dismissed = { $about } ya no es registrador
said-manager = { $name } es ahora gestor de { $about }
said-manager-dismissed = { $name } ya no gestiona { $about }
said-compartment = Se creó el compartimento { $about }
said-charter = Se modificó la carta de { $about }
said-governors = Cambiaron los gobernadores
said-hub = Se nombró el concentrador
said-witnesses = Se nombraron los testigos
said-trustees = Se nombraron los depositarios
said-policy = Se fijaron las reglas de apertura
said-officers = Se nombraron o cesaron oficiales
said-assigned = Se asignó a { $about } a un sitio o una sección
said-parts = Se retiraron, retuvieron o borraron partes de { $about }, o se levantó
said-other = Se dijo otra cosa
said-roster-first = { $about } recibió sus primeras claves
said-roster = { $about } tiene claves nuevas: llegaron { $come } dispositivos, salieron { $go }
