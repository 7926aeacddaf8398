# What trust rests on.
warn-title = What needs you
warn-none = Nothing that this desk can see is out of order.
warn-two-trees = Two histories: at size { $size } the log showed another tree to “{ $witness }” than to this desk. That is proof of a lie or of a broken hub.
warn-two-trees-do = This desk holds no session with that hub and asks for no opening. Tell the governors and your information-security officer; they name a next hub. The proof is kept.
warn-strange = { $count ->
    [one] A device of yours was enrolled that this desk did not make.
   *[other] { $count } devices of yours were enrolled that this desk did not make.
}
warn-strange-do = Look at “My devices” below. If it is not yours, revoke it now and tell a registrar: somebody may be reading as you.
warn-lost = { $count ->
    [one] A statement of yours has no effect.
   *[other] { $count } statements of yours have no effect.
}
warn-lost-do = Another took its place, or the hub refuses it. ‘counterseal mission lost’ shows it, and says it again or gives it up.
warn-gaps = { $count ->
    [one] In one journal entries are missing that must be somewhere.
   *[other] In { $count } journals entries are missing that must be somewhere.
}
warn-gaps-do = The hub holds them back, or nobody has brought them to it. They are asked for at every sync. If it stays so, ask their writers for a pouch.
warn-broken = { $count ->
    [one] One entry does not follow the one before it.
   *[other] { $count } entries do not follow the one before them.
}
warn-broken-do = Its device was copied, restored or lies. Ask its owner; if you are a registrar, have the device replaced.
warn-held = Witness “{ $witness }” has seen { $seen } leaves for some time; the hub showed this desk { $shown }.
warn-held-do = The hub holds something back from you. Ask a colleague whether they have it, take it by pouch, and tell the governors.
warn-behind = The hub showed something older, or at another place, than this desk knows.
warn-behind-do = Sync again. If it stays so, the hub was put back to an older state: tell the governors.
warn-dropped = { $count ->
    [one] The hub had acknowledged one thing of yours that is not in the log. It is sent again.
   *[other] The hub had acknowledged { $count } things of yours that are not in the log. They are sent again.
}
warn-dropped-do = Once may be a crash. If it happens again, tell the governors.
warn-refused = { $count ->
    [one] The hub did not take one thing that you sent.
   *[other] The hub did not take { $count } things that you sent.
}
warn-refused-do = Sync again. If it stays so, your assignment may have ended, or a freeze may be on you: ask a registrar.
warn-refused-entries = { $count ->
    [one] One entry came that is not what it claims to be. It was not taken.
   *[other] { $count } entries came that are not what they claim to be. They were not taken.
}
warn-refused-entries-do = Somebody between you and its writer changed it. Tell your information-security officer.
warn-refused-statements = { $count ->
    [one] One statement in the log has no effect: whoever said it may not.
   *[other] { $count } statements in the log have no effect: whoever said them may not.
}
warn-refused-statements-do = Nothing follows from it. A registrar should ask its signer.
warn-own-late = { $count ->
    [one] One entry of yours is late: it came to the log after you were removed or the keys had changed.
   *[other] { $count } entries of yours are late: they came to the log after you were removed or the keys had changed.
}
warn-own-late-do = A manager of the compartment can accept it.
warn-misplaced = { $count ->
    [one] The hub named a wrong place for one entry.
   *[other] The hub named wrong places for { $count } entries.
}
warn-marks = { $count ->
    [one] One time mark of the hub does not count.
   *[other] { $count } time marks of the hub do not count.
}
warn-witness = { $count ->
    [one] The answer of one witness does not count.
   *[other] The answers of { $count } witnesses do not count.
}
warn-witness-do = A witness has other keys than the mission named, or somebody answers in its place. Tell the governors.
warn-lies = { $count ->
    [one] A trustee said something that cannot be true.
   *[other] Trustees said { $count } things that cannot be true.
}
warn-lies-do = Its word was not taken. Tell the governors: they replace it.
warn-clock = This computer’s clock is behind by about { $age }: the witnesses’ times are ahead of it.
warn-clock-do = Set the clock. Times of what you write would be wrong.
warn-evidence = The device { $device } of { $name } signed two entries for one place: it was copied, restored or lies.
warn-evidence-do = Suspend it with the evidence. That is for good, and every desk obeys it on sight.
warn-suspend = Suspend the device
trust-future = That is ahead of this computer’s clock.
trust-clock = The hub’s clock and this one differ by { $age }.
trust-witnesses = Witnesses
trust-quorum = { $needed } of { $all } must cosign before a checkpoint counts.
trust-weak = This plan withstands no corrupt witness.
trust-not-asked = They were not asked since this desk was unlocked. A sync asks all of them.
trust-witness-trustee = of a trustee
trust-witness-other = independent
trust-word-agrees = agrees
trust-word-refused = said something that does not count
trust-word-silent = did not answer
trust-word-no-address = cannot be reached from here
trust-strange = This desk did not make it.
trust-known = It is mine
trust-confirm = Confirm it
trust-pending = Devices that wait to be confirmed
trust-pending-why = Have the owner read you the fingerprint. A registrar confirms; nobody confirms their own.
trust-revoke = Revoke a device
trust-revoke-what = Nothing that the device says counts any more, and new keys are made without it wherever it was in. It cannot be undone: its owner joins with a new device. What it could read before, it may have kept.
trust-revoke-do = Revoke it for good
trust-single = A single trustee: it alone decides, and alone can fail.
trust-shares-lost = { $count ->
    [one] Of one part that you sealed, too few trustees hold a share: it can never be opened.
   *[other] Of { $count } parts that you sealed, too few trustees hold a share: they can never be opened.
}
trust-trustee = Trustee
trust-holds = Holds shares of what I sealed
trust-heard = Its release log was heard
trust-ago = { $age } ago
trust-never-heard = never
trust-holds-why = A share is 32 bytes that open nothing alone. A trustee does not know what it is a share of.
trust-waiting = What waits
trust-unsent = Only on this desk: { $entries ->
    [one] { $entries } entry
   *[other] { $entries } entries
} and { $statements ->
    [one] { $statements } statement
   *[other] { $statements } statements
}.
trust-all-sent = Nothing of this desk waits to be sent.
trust-endings = What ends soon
trust-no-endings = Nothing ends within { $count } days.
end-assignment = assignment
role-registrar = registrar
role-manager-of = manager of { $name }
role-recovery = recovery officer
waits-governors = Other governors
waits-recovery = Other recovery officers
waits-hub = Other certificates of the hub
waits-witnesses = Other witnesses
waits-days = Other waiting days
waits-trustees = Other trustees
waits-policy = Another policy of openings
waits-rule = Another opening rule of a compartment
changes-title = What changed since you last looked
changes-count = { $count ->
    [one] One statement is new to you.
   *[other] { $count } statements are new to you.
}
changes-none = Nothing.
changes-seen = I have looked at these
changes-by = said by { $name }
said-founded = The mission was founded
said-person = { $about } was enrolled
said-device = A device of { $about } was enrolled
said-device-confirmed = A device of { $about } was confirmed
said-device-revoked = A device of { $about } was revoked
said-device-suspended = A device of { $about } was suspended, on evidence
said-person-revoked = { $about } was revoked
said-extended = The end of { $about }’s assignment was changed
said-frozen = { $about } was frozen
said-unfrozen = A freeze of { $about } was lifted
said-travel = A device of { $about } left compartments for a trip
said-back = A device was brought back into { $about }
said-registrar = { $about } became registrar
said-registrar-dismissed = { $about } is registrar no more
said-manager = { $name } became manager of { $about }
said-manager-dismissed = { $name } manages { $about } no more
said-compartment = The compartment { $about } was made
said-charter = The charter of { $about } was amended
said-governors = The governors were changed
said-hub = The hub was named
said-witnesses = The witnesses were named
said-trustees = The trustees were named
said-policy = The rules of openings were set
said-officers = Officers were appointed or dismissed
said-assigned = { $about } was assigned to a site or a section
said-parts = Parts of { $about } were withdrawn, held or erased, or that was lifted
said-other = Something else was said
said-roster-first = { $about } got its first keys
said-roster = { $about } has new keys: { $come } devices came, { $go } went
