# Entities: the list, one of them, and records that are said to be one.
nav-entities = Entities
entities-title = People, groups and things
entities-name = Name
entities-what = What it is
entities-count = { $count ->
    [0] Nothing fits.
    [one] { $count } entity fits.
   *[other] { $count } entities fit.
}
entities-first = Shown: the { $count } with most incidents.
entity-class = Classification
entity-record = The record with its history
entity-page = Its incidents, links and names
entity-incidents = Incidents
entity-no-incidents = No incident on this desk names it.
entity-counted = Incidents that name it: { $count }. The newest are below.
entity-all = All of them
entity-links = Links
entity-no-links = No link leads to or from it.
entity-link = Link
entity-other = With
entity-said-by = Said by
entity-seen-by = Where it stands
entity-links-first = The newest { $count } of { $all }. The chart shows more.
entity-from-here = from here
entity-to-here = to here
entity-absent-one = a record that this desk does not have
entity-ungraded = not graded
same-title = Records that are said to be one
same-none = Nobody says that it is the same as another.
same-absent = { $count ->
    [one] And one record that this desk does not have.
   *[other] And { $count } records that this desk does not have.
}
same-split = Take it out
same-merge = Say that they are one
same-merge-why = Both records stay as they are. Links and incidents of either are found as those of both, until somebody takes it back. Who said it stands in the history.
same-other = The other: its name, or its record’s id
same-grade = Grading
same-where = Who shall read it
same-both = A compartment that has both
same-why = Why
same-history = What was said
same-said = { $person } says that { $one } and { $other } are one
same-taken-back = { $person } says that { $one } and { $other } are not one
same-counts = counts now
same-nobody = Nobody here has that name. Write more or less of it, or the id of a record.
same-which = Several have that name. Which one?
what-person = person
what-group = group
what-organisation = organisation
what-place = place
what-vehicle = vehicle
what-equipment = equipment
what-account = account
what-incident = incident
what-note = note
what-case = case
what-other = record
field-description = Description
