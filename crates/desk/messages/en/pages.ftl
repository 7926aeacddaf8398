# What the pages say. A sentence that a page names and this file lacks fails a test.
skip = Skip to the content
nav = Places
nav-first = Start
nav-report = Report
nav-situation = Situation
nav-find = What happened
nav-trust = Trust
lock = Lock
language = Language
language-choose = Choose
synthetic = Synthetic mission: everything here is made up
synthetic-record = synthetic
busy = The desk is busy. Wait a moment and load the page again.
state = State of this desk
state-person = Unlocked as { $person }
state-age = Newest checkpoint: { $age } ago
state-never = Not synced with the hub yet
state-no-hub = No hub: this desk works alone
state-unsent = { $count ->
    [0] Nothing unsent
    [one] { $count } item unsent
   *[other] { $count } items unsent
}
span-seconds = { $count } s
span-minutes = { $count } min
span-hours = { $count } h
span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
refused-title = That did not work
missing-title = There is no such page
first-back = Back to the start
first-title = What do you want to do?
first-holds = This desk holds { $incidents } incidents.
task-report = Report an incident
task-report-why = Write down what happened, where, when and to whom. It is sealed on this computer before anything is sent.
task-situation = See the situation
task-situation-why = Map, timeline and breakdowns of one question.
task-find = Find what happened
task-find-why = Search by words, dates, places and people.
task-trust = See what this rests on
task-trust-why = The mission's fingerprint, its logs, your devices, the trustees.
unlock-title = Unlock the desk
unlock-wrong = The passphrase does not fit.
unlock-desk = Desk
unlock-passphrase = Passphrase
unlock = Unlock
unlock-why = The passphrase stays on this computer. Nobody can reset it.
find-title = What happened
find-count = { $count ->
    [0] Nothing fits.
    [one] { $count } record fits.
   *[other] { $count } records fit.
}
find-first = The first { $count } records that fit.
find-on-map = On the map
ask = Ask
ask-all = Everything
any = any
ask-words = Words
ask-from = From
ask-to = Until
ask-place = Place or area
ask-country = Country
ask-type = Type
ask-actor = Who took part
ask-verified = Verification
ask-graded = Graded at least
ask-box = Box: west,south,east,north
ask-verified-bad = choose one of the list
ask-graded-bad = write a letter A to F, a number 1 to 6, or both, as B2
field-date = Date
field-kind = Type
field-subtype = Subtype
field-place = Place
field-admin1 = Area
field-country = Country
field-title = Title
field-killed = Killed
field-count = Incidents
field-grading = Grading
field-verified = Verification
field-reference = Reference
field-external = Elsewhere
field-narrative = What happened
field-actor = Took part
field-casualties = Casualties
field-weapons = Weapons
field-tags = Labels
field-un = United Nations affected
field-response = Response
field-source = Open source
field-reported = Reported
killed = killed
yes = yes
none = none
conflict = conflict
conflict-why = Two people changed this at the same time. The newest versions are below; somebody has to decide.
imported = imported
record-id = Record { $id }
record-parts = Parts, and who can read them
record-readers = { $count ->
    [one] { $count } person can read this part
   *[other] { $count } people can read this part
}
record-withheld = Other parts may exist in compartments that you are not in. They are not shown, and neither is their number.
record-history = History
record-newest = newest
situation-title = Situation
situation-count = Incidents that fit: { $count }
situation-list = As a list
map-label = Map of the incidents; each circle is a link to its part of the map
map-caption = Boundaries and names shown do not imply official endorsement or acceptance. Natural Earth.
map-whole = Show the whole map
map-cell = { $count ->
    [one] { $count } incident
   *[other] { $count } incidents
}
timeline-label = Incidents by month; each bar is a link to its month
timeline-month = { $month }: { $count } incidents, { $killed } killed
trust-title = What this desk rests on
trust-fingerprint = The mission's fingerprint. Compare it with what you were given on paper or by voice:
trust-logs = Logs
trust-no-log = No checkpoint of a log is here yet.
trust-statements = Statements
trust-journal = Journals
trust-log = { $size } leaves; newest cosigned checkpoint { $age } ago
trust-devices = My devices
trust-this = this one
trust-devices-why = If you did not make one of these devices, tell a registrar at once.
trust-trustees = Trustees
trust-set = { $needed } of { $all } trustees must release before a guarded part opens.
trust-no-trustees = This mission has named no trustees.
trust-compartments = Compartments I am in
status-active = active
status-pending = waiting to be confirmed
status-stopped = stopped
status-ended = ended
report-title = Report an incident
report-again = Nothing is written yet. Look at the marked fields.
report-compartment = Who may read this
report-at = Point
report-perpetrator = Said to have done it
report-injured = Injured
report-grade = Grading: source A to F, information 1 to 6
report-write = Seal and write
report-title-example = Attack on a convoy
report-date-example = 2026-03-09 or 091405ZMAR26
report-type-example = armed-attack
report-place-example = Bouca
report-at-example = 6.51N 18.27E, or MGRS
report-perpetrator-example = Front of the Seven Wells
report-number-example = 2
report-number-bad = write a whole number
report-type-bad = write small letters and hyphens, as armed-attack
report-empty = write at least one thing that happened
field-also = Also called
field-identifier = Identifier
field-about = About
field-from = From
field-to = To
record-links = Linked
record-links-cut = There are more than are shown here.
guard = The guard at the door
guard-why = This stands where everybody of the compartment reads it. You decide whether it should.
field-case = Case id
field-status = Status
field-violations = Violations
field-due = To be done
field-incident = Incident
