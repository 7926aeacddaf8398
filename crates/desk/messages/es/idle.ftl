# Antes de que el escritorio se bloquee por sí mismo.
idle-soon = Este escritorio se bloquea en menos de un minuto. Lo que esté escrito y no se haya enviado para entonces se pierde.
idle-stay = Seguir desbloqueado
idle-why = { $count ->
    [one] Este escritorio se bloquea tras un minuto sin que se pida ninguna página. Lo que esté escrito y no se haya enviado para entonces se pierde.
   *[other] Este escritorio se bloquea tras { $count } minutos sin que se pida ninguna página. Lo que esté escrito y no se haya enviado para entonces se pierde.
}
