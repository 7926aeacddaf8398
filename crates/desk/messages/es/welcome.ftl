# El primer arranque.
back = Volver
fingerprint = Huella
date-bad = Escriba una fecha como 2027-06-30.
unlock-other = Unirse a una misión o fundar una en este equipo
welcome-title = Bienvenida
welcome-what = Un escritorio guarda lo que usted puede leer de una misión, cifrado en este equipo. Alguien le invita a una misión, o usted funda una.
welcome-join = Le dieron una invitación: un archivo, o líneas que alguien le lee.
welcome-waiting = { $count ->
    [one] { $count } escritorio espera su misión
   *[other] { $count } escritorios esperan su misión
}
welcome-found = Todavía no hay misión, y usted será su primer registrador.
welcome-unlock = { $count ->
    [one] Desbloquear el escritorio de este equipo
   *[other] Desbloquear uno de los { $count } escritorios de este equipo
}
pass-new = Frase de contraseña
pass-again = La misma otra vez
pass-advice = Cuatro o cinco palabras sin relación entre sí sirven bien. No la use en ningún otro sitio. Nadie puede restablecerla.
pass-keep-weak = Sé que es débil; acéptela de todos modos
pass-differs = Las dos frases de contraseña no son iguales. Escríbalas de nuevo.
pass-short = Una frase de contraseña tiene ocho caracteres o más.
pass-few = La frase repite los mismos pocos caracteres. Use cuatro o cinco palabras.
pass-sequence = La frase es sobre todo una serie de caracteres vecinos. Use cuatro o cinco palabras.
pass-plain = La frase es corta y de una sola clase de caracteres. Añada palabras.
pass-meter-weak = Débil: un ladrón con su disco la adivinaría pronto.
pass-meter-fair = Aceptable. Una o dos palabras más la harían fuerte.
pass-meter-strong = Fuerte, si no la tomó de un libro o una canción.
found-title = Fundar una misión
found-what = Esto crea la misión, su escritorio como primer registrador, un compartimento para todos y uno de trabajo. Los nombres se sellan: solo los miembros pueden leerlos.
found-mission = El nombre de la misión
found-person = Su nombre o cargo
found-compartment = El primer compartimento de trabajo
found-passphrase = Frase de contraseña de su escritorio
found-governors = Gobernadores
found-governors-why = Los gobernadores rigen la misión: bastantes de ellos firman juntos para nombrar su concentrador, sus depositarios y su política. Cada uno escribe aquí su propia frase; deje vacíos los que no necesite. Sus archivos de clave se escriben en este equipo y deben salir de él.
found-governor = Gobernador { $number }
found-threshold = Cuántos de ellos deben firmar juntos
found-waiting = Días que espera una relajación de las reglas
found-folder = Carpeta para los archivos de clave de los gobernadores; mejor en una memoria USB
found-folder-bad = Escriba la ruta completa de la carpeta, desde su principio.
found-history = Lo que podrán leer quienes se admitan después
found-history-full = Todo, también el pasado
found-history-from-join = Lo que se escriba desde entonces
found-until = Fin de su nombramiento
found-synthetic = Todo en ella será inventado, para formación; cada página lo dice
found-do = Fundar la misión
found-names-missing = La misión, usted y el compartimento necesitan cada uno un nombre.
found-number-bad = Escriba números enteros.
found-threshold-bad = Hace falta al menos un gobernador, y no pueden pedirse más firmas que gobernadores hay.
founded-title = La misión está fundada
founded-take-off = { $count ->
    [one] Saque ahora este archivo de clave de este equipo, a un medio que se guarde sin conexión:
   *[other] Saque ahora estos { $count } archivos de clave de este equipo, cada uno a su propio medio sin conexión, en lugares distintos:
}
founded-single = Hay un solo gobernador: quien tenga este archivo y su frase rige solo la misión.
founded-fingerprint = Imprima la huella de la misión y désela a quien se una, por otra vía que su invitación.
founded-go-on = Ir al escritorio
join-title = Unirse a una misión
join-what = Se llevan dos archivos y se dice una cadena. Deje esta página abierta o vuelva más tarde: el escritorio espera.
join-1 = 1. Su invitación
join-invitation = El archivo de la invitación
join-lines = O sus líneas, tal como se las leen
join-read = Leerla
join-compare = Compare la huella de la misión con otra que tenga de otra parte: impresa, o leída por un colega.
join-compared = La he comparado, y es la misma
join-not-compared = Compare primero la huella, y dígalo.
join-accept = Crear mis claves y una solicitud
join-2 = 2. Su solicitud
join-request = Guardar la solicitud
join-request-why = Dé este archivo a quien le invitó. No es secreto. Le darán un desafío a cambio.
join-device = Huella de su dispositivo:
join-which = Qué escritorio en espera
join-3 = 3. El desafío
join-challenge = El archivo que quien le invitó hizo con su solicitud
join-challenge-missing = Elija el desafío y escriba la frase del escritorio en espera.
join-prove = Abrirlo
join-string = Cadena
join-string-why = Lea esta cadena en voz alta a quien le invitó, por teléfono o cara a cara. Esa persona la escribe; su equipo no la muestra antes.
join-4 = 4. La misión
join-brought = La valija o el archivo de declaraciones que el registrador escribió para usted
join-mission-missing = Elija el archivo y escriba la frase del escritorio en espera.
join-do = Unirse
