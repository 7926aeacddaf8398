# What windows are called: browsers keep it in their history, so it names nobody and nothing.
title-record = Registro
title-entity = Persona, grupo u objeto
title-chart = Gráfico de vínculos
title-case = Expediente
title-day = Un día de aperturas
title-person = Miembro de la misión
