# Pouches that are being written and read.
work-pouch-write = Writing the pouch
work-pouch-read = Reading the pouch
pouch-title = Pouch
pouch-none = No pouch is at hand: none was made since this desk was unlocked, or another has come since.
pouch-made = The pouch is made
pouch-save = Save it
