# People.
people-title = People
people-by-compartment = By compartment
people-name = Name
people-roles = Roles
people-status = Status
people-until = Until
people-devices = Devices
people-you = you
people-managers = Managers
people-members = Members
people-frozen = frozen
people-expired = ended
people-revoked = revoked
people-unknown = not enrolled
people-no-end = no end
person-compartments = Compartments that you manage
person-compartments-why = Coming in or going out makes new keys. Whoever goes out may have kept what they could read.
person-is-in = is in
person-is-out = is not in
person-admit = Admit
person-remove = Take out
person-extend = The assignment’s end
person-until = Until and with this day; empty for no end
person-extend-do = Set
person-freeze = Freeze
person-freeze-why = From the moment a desk sees it, nothing their devices say counts and nothing is sealed for them. Their work is kept, and nothing they read is taken back. A registrar lifts it. You may freeze yourself: “my laptop is gone”.
person-unfreeze = Lift the freeze
person-unfreeze-why = What their devices say counts again from then on. Be sure that whoever has the devices is who you think.
person-revoke = Revoke for good
person-revoke-why = Nothing their devices say counts any more, and every compartment gets new keys without them. It cannot be undone: they would have to be invited anew. What they could read before, they may have kept.
person-revoke-sure = I know that this cannot be undone
person-not-sure = Tick that you know what follows. Nothing was done.
invite-title = Invite
invite-what = Two files are carried and one string is said. Hand the invitation over by another way than the hub: whoever has it can ask to join with it, once.
invite-1 = 1. Make an invitation
invite-whom = For whom
invite-new = a new person
invite-own = a further device of mine
invite-recover = a person who has no device left
invite-name = Name or office of the person
invite-name-missing = Write for whom the invitation is.
invite-days = Days that it counts
invite-save = Make it and save the file
invite-lines = Make it and show its lines
invite-lines-why = Read these lines out, or copy them by hand. They are shown once.
invite-2 = 2. Answer a request
invite-request = The request that the new computer made
invite-request-missing = Choose the request first.
invite-answer = Check it and save the challenge
invite-3 = 3. Type the string
invite-none-answered = No request was answered yet.
invite-hear = Hear the string from the person, by voice or face to face. This desk does not show it: that is what keeps anybody from standing between your two computers.
invite-which = Invitation
invite-string-bad = The string has 18 digits. Have it read again.
invite-enrol = Compare and enrol
invite-made = Invitations of this desk
invite-ends = Ends
invite-cancel = Cancel
invite-open = open
invite-answered = answered
invite-used = used
invite-cancelled = cancelled
handover-title = Hand over at the end of a tour
handover-what = The management of your compartments and the incidents that you check pass to a successor. What people trusted to you alone passes by no default.
handover-to = Successor
handover-look = Show what would pass
handover-passes = { $count ->
    [0] Nothing passes any more
    [one] One thing passes
   *[other] { $count } things pass
}
handover-stays = What does not pass, and why
handover-trust = { $count ->
    [one] One part rests on people’s trust in you and is not settled. Nobody gets it by this handover.
   *[other] { $count } parts rest on people’s trust in you and are not settled. Nobody gets them by this handover.
}
handover-do = Hand over
handover-member = being in { $name }
handover-verify = checking of record { $id }
stays-governors = governors appoint registrars
stays-not-in = the successor is not in the compartment; a manager admits them
stays-conflict = the record is in conflict; somebody settles it first
stays-cannot-write = this desk cannot write there
