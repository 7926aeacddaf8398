form-other-session = Este formulario no es de este inicio del escritorio. Vuelva atrás, cargue la página de nuevo y envíelo otra vez; no se hizo nada.
form-unreadable = Este formulario no se puede leer: falta un campo, está dos veces o es demasiado largo. Vuelva atrás y envíelo otra vez; no se hizo nada.
ask-number-bad = escriba un número entero, por ejemplo 3
