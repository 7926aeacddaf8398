# The first run.
back = Back
fingerprint = Fingerprint
date-bad = Write a date as in 2027-06-30.
unlock-other = Join a mission or found one on this computer
welcome-title = Welcome
welcome-what = A desk holds what you may read of a mission, encrypted on this computer. Somebody invites you into a mission, or you found one.
welcome-join = You were given an invitation: a file, or lines that somebody reads to you.
welcome-waiting = { $count ->
    [one] { $count } desk waits for its mission
   *[other] { $count } desks wait for their mission
}
welcome-found = There is no mission yet, and you will be its first registrar.
welcome-unlock = { $count ->
    [one] Unlock the desk that is on this computer
   *[other] Unlock one of the { $count } desks that are on this computer
}
pass-new = Passphrase
pass-again = The same once more
pass-advice = Four or five words that have nothing to do with each other are good. Use it nowhere else. Nobody can reset it.
pass-keep-weak = I know that it is weak; take it all the same
pass-differs = The two passphrases are not the same. Type both again.
pass-short = A passphrase has eight characters or more.
pass-few = The passphrase repeats the same few characters. Take four or five words.
pass-sequence = The passphrase is mostly a run of neighbouring characters. Take four or five words.
pass-plain = The passphrase is short and of one kind of character. Add words.
pass-meter-weak = Weak: a thief with your disk would guess it soon.
pass-meter-fair = Fair. Another word or two would make it strong.
pass-meter-strong = Strong, if you did not take it out of a book or a song.
found-title = Found a mission
found-what = This makes the mission, your desk as its first registrar, a compartment for everybody and one to work in. Names are sealed: only members can read them.
found-mission = The mission’s name
found-person = Your name or office
found-compartment = The first compartment to work in
found-passphrase = Passphrase of your desk
found-governors = Governors
found-governors-why = Governors rule the mission: enough of them sign together to name its hub, its trustees and its policy. Each types a passphrase of their own here; leave out those you do not need. Their key files are written on this computer, and must leave it.
found-governor = Governor { $number }
found-threshold = How many of them must sign together
found-waiting = Days that a loosening of the rules waits
found-folder = Folder for the governors’ key files; best on a stick
found-folder-bad = Write the whole path of the folder, from its beginning.
found-history = What those who are admitted later may read
found-history-full = Everything, the past too
found-history-from-join = What is written from then on
found-until = When your appointment ends
found-synthetic = Everything in it will be made up, for training; every page says so
found-do = Found the mission
found-names-missing = The mission, you and the compartment each need a name.
found-number-bad = Write whole numbers.
found-threshold-bad = At least one governor is needed, and no more can be asked to sign than there are.
founded-title = The mission is founded
founded-take-off = { $count ->
    [one] Take this governor’s key file off this computer now, onto a medium that is kept offline:
   *[other] Take these { $count } governors’ key files off this computer now, each onto a medium of its own that is kept offline, in different places:
}
founded-single = There is one governor: whoever has this file and its passphrase rules the mission alone.
founded-fingerprint = Print the mission’s fingerprint, and give it to everybody who joins by another way than their invitation.
founded-go-on = Go to the desk
join-title = Join a mission
join-what = Two files are carried and one string is said. Keep this page open, or come back to it later: the desk waits.
join-1 = 1. Your invitation
join-invitation = The file with the invitation
join-lines = Or its lines, as they are read to you
join-read = Read it
join-compare = Compare the mission’s fingerprint with one that you have from elsewhere: printed, or read to you by a colleague.
join-compared = I have compared it, and it is the same
join-not-compared = Compare the fingerprint first, and say so.
join-accept = Make my keys and a request
join-2 = 2. Your request
join-request = Save the request
join-request-why = Give this file to who invited you. It is no secret. They give you a challenge for it.
join-device = Your device’s fingerprint:
join-which = Which waiting desk
join-3 = 3. The challenge
join-challenge = The file that who invited you made from your request
join-challenge-missing = Choose the challenge, and type the passphrase of the waiting desk.
join-prove = Open it
join-string = String
join-string-why = Read this string aloud to who invited you, by voice or face to face. They type it; their computer does not show it before.
join-4 = 4. The mission
join-brought = The pouch or the file of statements that the registrar wrote for you
join-mission-missing = Choose the file, and type the passphrase of the waiting desk.
join-do = Join
