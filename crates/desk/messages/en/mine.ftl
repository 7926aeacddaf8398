# This desk as a whole.
panic = Panic
panic-key = Lock at once: F9, or this button
panic-why = The red button on every page, or the F9 key, locks at once and finishes nothing. What was said to be written is kept. Without scripts the button works, and so does its access key, Q.
mine-title = This desk
mine-device = This device:
mine-shift-why = Leave a note for whoever comes next, and lock.
mine-travel-why = Leave compartments behind before a trip, so that nobody can make you open them.
mine-link-why = Send and fetch through the hub; carry pouches.
mine-people-why = Who belongs to the mission; invite, freeze, hand over.
mine-destroy-why = Destroy this desk on this computer for good.
mine-others = Others at this computer
mine-others-why = Each person has a desk with a passphrase of their own. Changing over locks this one first.
mine-switch = Change over
mine-label = What this desk is called before it is unlocked
mine-label-why = It is shown where a desk is chosen, and is no secret: whoever has the disk can read it. Do not take your name.
mine-label-field = A sign or a colour
mine-label-do = Call it so
mine-passphrase = Another passphrase
mine-passphrase-why = An old copy of this desk still opens with the old passphrase. If one may be in somebody’s hands, have this device revoked and join anew.
mine-passphrase-old = The present one
mine-passphrase-new = The new one
mine-passphrase-do = Change it
shift-title = Hand over the shift
shift-why = The note is a record in a compartment: everybody in it can read it, on every desk.
shift-note = What whoever comes next must know
shift-write = Seal and write
shift-write-lock = Write and lock
shift-before = Notes before this one
shift-none = There is none yet.
travel-title = Travel
travel-why = Before a checkpoint or a border, make this desk forget compartments: afterwards nothing on it opens them, and nobody can make you open them. A manager of each, another person, brings you back.
travel-openable = What this desk can open now
travel-leave = Leave
travel-leave-this = Leave { $name } behind
travel-compartment = Compartment
travel-open = Parts that open
travel-guarded = Sealed twice
travel-held = Held in clear
travel-secrets = Secrets
travel-away = left
travel-look = Show what remains
travel-prepare = What would happen
travel-what = The desk is made anew under other keys, without what you leave, and takes the old one’s place. Sync afterwards, so that others learn of it. Backups of the old desk still open everything.
travel-remains = { $compartments ->
    [one] One compartment remains, with { $parts } parts that open.
   *[other] { $compartments } compartments remain, with { $parts } parts that open.
}
travel-nobody = Nobody could bring you back: appoint another manager first.
travel-exports = { $count ->
    [one] One export was written on this computer. It is a file of yours; the trip does not take it away.
   *[other] { $count } exports were written on this computer. They are files of yours; the trip does not take them away.
}
travel-unsent = { $count ->
    [one] One thing that you wrote is confirmed by no hub. Sync first.
   *[other] { $count } things that you wrote are confirmed by no hub. Sync first.
}
travel-anyway = Go all the same: what I wrote in what I leave will count as late
travel-passphrase = Passphrase for the road; it may be another
travel-do = Leave these compartments
travel-back = Bring somebody back
travel-back-why = Devices that left compartments which you manage.
travel-back-do = Bring back
destroy-title = Destroy this desk
destroy-what = The keys of this desk are written over and its store is removed. Nobody can undo it, and nobody can reset it. The mission and its records stay with the others.
destroy-unsent = { $count ->
    [one] One thing that only this desk has would be lost.
   *[other] { $count } things that only this desk has would be lost.
}
destroy-still = What can still be known afterwards
destroy-still-hub = The hub knows that this device existed, when it wrote and how much, but not what.
destroy-still-others = What you sent is with the others, who can read it as before.
destroy-still-unsent = What you did not send is gone for everybody.
destroy-still-copies = A copy of this desk that was made before, as a backup or an image of the disk, still opens with its passphrase. Have the device revoked.
destroy-still-files = Exports, pouches, governors’ keys and invitations that were saved elsewhere are not touched.
destroy-still-flash = On flash memory what was written over may survive in spare blocks for a while; the passphrase still protects it there.
destroy-type = To confirm, type
destroy-typed-wrong = What you typed is not what was asked for. Nothing was destroyed.
destroy-do = Destroy it for good
destroyed-title = The desk is destroyed
destroyed-what = Nothing on this computer opens it any more. Tell a registrar, who revokes the device.
destroyed-go-on = Go on
work-travel = Making the desk anew
work-pause = Pause it, and go on
work-why = This page looks again by itself. What was done is kept; after a pause it goes on from there.
work-far = { $done } of { $of }.
work-done = { $done } so far.
work-left = About { $age } left.
work-sync = Syncing with the hub
