# Pouches that are being written and read.
work-pouch-write = Écriture du pli
work-pouch-read = Lecture du pli
pouch-title = Pli
pouch-none = Aucun pli n’est là : aucun n’a été fait depuis l’ouverture de ce bureau, ou un autre est venu depuis.
pouch-made = Le pli est fait
pouch-save = L’enregistrer
