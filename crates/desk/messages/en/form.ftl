form-other-session = This form is not of this launch of the desk. Go back, load the page again and send it once more; nothing was done.
form-unreadable = This form cannot be read: a field is missing, twice there or too long. Go back and send it again; nothing was done.
ask-number-bad = write a whole number, as 3
