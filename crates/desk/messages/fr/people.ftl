# Les personnes.
people-title = Personnes
