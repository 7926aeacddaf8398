verified-not = unverified
verified-under = under verification
verified-yes = verified
verified-refuted = refuted
class-unclassified = Unclassified
class-confidential = Confidential
class-strictly = Strictly Confidential
grade-a = completely reliable source
grade-b = usually reliable source
grade-c = fairly reliable source
grade-d = not usually reliable source
grade-e = unreliable source
grade-f = reliability cannot be judged
grade-1 = confirmed
grade-2 = probably true
grade-3 = possibly true
grade-4 = doubtful
grade-5 = improbable
grade-6 = truth cannot be judged
displaced-people = { $count ->
    [one] { $number } person
   *[other] { $number } people
}
displaced-households = { $count ->
    [one] { $number } household
   *[other] { $number } households
}
event-given = given
event-refused = refused
event-withdrawn = withdrawn
event-expired = expired
event-confirmed = asked again and confirmed
event-handed-over = looked after by somebody else from now on
event-sealed-off = sealed off: nobody could ask again
