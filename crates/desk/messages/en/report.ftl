# Reporting an incident: the form, drafts, messages, what may be the same event.
report-until = Until
report-until-alone = write when it began, too
report-until-before = this is before it began
report-victim = Who was harmed
report-class = Classification
report-class-default = as its compartment asks
report-grade-example = B2
report-more = More: precision, others who took part, acts, response, sources
report-precision = The date is known to
report-as-written = as it is written
report-place-precision = The place is known to
report-others = Others who took part
report-who = Who
report-role = In which role
report-harmed = Others who were harmed
report-count = How many
report-harm = What happened to them
report-group = Which group
report-sources = Open sources, one a line
report-actors = Who took part
report-response-actor = Who acted
report-response-action = What was done
report-response-outcome = What came of it
report-sealed = It is written and sealed twice. This desk does not show it again; openings show who reads it.
field-pcode = P-code
field-act = What was done
field-method = By what method
precision-minute = the minute
precision-day = the day
precision-days = a few days
precision-week = the week
precision-month = the month
precision-year = the year
nearness-exact = the spot
nearness-near = about 25 km
nearness-admin2 = the second-order area
nearness-admin1 = the first-order area
nearness-region = a region
nearness-country = the country
nearness-international = international waters or airspace
apart = Put some of it where fewer people read it
apart-why = What you choose here is sealed apart. Whoever reads only the rest does not see that it exists.
apart-rest = with the rest
drafts = Drafts
drafts-why = They are sealed on this computer, or in its memory alone where a guarded compartment is meant, and nobody else has them.
draft-untitled = Untitled
draft-discard = Discard
draft-discard-this = Discard the draft { $title }
draft-kept = Kept as a draft, sealed on this computer: { $time }
draft-in-memory = Held as a draft in memory alone, until the desk is locked: what is meant for a guarded compartment stands on no disk before it is sealed.
draft-in-memory-short = in memory alone, until the desk is locked
draft-keep = Keep as a draft and check it
message-paste = Paste a message
message-here = The message as it came: SALUTE, the five W, or running text
message-read = Make a draft of it
message-found = What was found in the message
message-nothing = Nothing was found that can be read in one way only. The whole message stands in the text below.
message-why = What is marked was put into the form; the whole message stands in the text. Nothing was added. Check it before you write.
message-doubts = What is marked with a question mark can be read in more than one way, or contradicts what stands before it. It was left out.
pick-label = Map: press a place to give its point
pick-why = Press the map to give the point. Boundaries do not imply official endorsement. Natural Earth.
alike = Perhaps known already
alike-why = These records may tell of the same event. Look before you write; you decide.
alike-days = { $count ->
    [0] at the same time
    [one] { $count } day apart
   *[other] { $count } days apart
}
alike-km = { $count ->
    [0] at the same spot
   *[other] { $count } km apart
}
alike-place = the place is called { $name } there
alike-killed = { $one } and { $other } killed
alike-names = names: { $names }
alike-words = { $count ->
    [one] { $count } word in common
   *[other] { $count } words in common
}
room-readers = { $count ->
    [one] { $count } reader
   *[other] { $count } readers
}
