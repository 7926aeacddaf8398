# El enlace con el concentrador y las valijas.
link-title = Enlace y valijas
