# Las personas.
people-title = Personas
