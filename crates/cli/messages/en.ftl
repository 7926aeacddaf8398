# Every sentence the program says, in English. The other languages have the same names (a test compares them).
# What is refused says what, which, and what to do next.

synthetic-mark = SYNTHETIC: everything here is made up.
yes = yes
list-empty = Nothing.
no-home = no folder is known to keep desks in; name one with --home
choose-one = '{ $text }' is not one of { $words }

# --- passphrases
passphrase-desk = Passphrase of this desk:
passphrase-new-desk = New passphrase for this desk:
passphrase-governor = Passphrase of this governor:
passphrase-new-governor = New passphrase for this governor:
passphrase-again = The same again:
passphrase-differs = the two differ; nothing was changed, begin again
passphrase-short = the passphrase has { $chars } characters; at least { $least } are needed: four or five words are easy to remember and hard to guess
passphrase-no-terminal = there is no terminal to ask for the passphrase on; use --passphrase-file
passphrase-file-open = warning: others on this computer can read { $path }; make it yours alone (chmod 600)
passphrase-few-characters = warning: the passphrase repeats the same few characters; use four or five words
passphrase-sequence = warning: the passphrase is mostly a run of neighbouring characters; use four or five words
passphrase-plain = warning: the passphrase is short and of one kind of character; add words
passphrase-changed = The passphrase is changed. Old copies of the key file still open with the old one.

# --- mission
mission-founded = The mission is founded. Its fingerprint, which members compare: { $id }
    This desk is { $device }.
mission-take-off = { $count ->
    [one] The governor's key file is in { $folder }.
   *[other] The key files of { $count } governors are in { $folder }.
    } Move everything in there to offline media, apart from each other, and delete it here.
mission-single-governor = ONE GOVERNOR: a single key alone rules this mission.
mission-name = Mission: { $name }
mission-fingerprint = Fingerprint: { $id }
mission-governors = Governors: { $count }, of whom { $threshold } must sign together
mission-rules = A loosening waits { $days } days; suites from { $suite } on are accepted
mission-desk = This desk: { $device }, with { $statements } statements
mission-statements = The statements are in { $path }. Whoever joins compares the fingerprint { $id }
mission-taken = { $count ->
    [0] There was nothing new in it.
    [one] One new statement was taken in.
   *[other] { $count } new statements were taken in.
    }
mission-taxonomy = Taxonomy { $id } is of version { $version }.
taxonomy-unknown = no taxonomy is called { $id }; 'counterseal mission taxonomy' lists those there are
mission-guard = The guard's rules are of version { $version }.
mission-suite = Suites below { $suite } are not accepted any more.
threshold-too-high = { $threshold } governors cannot sign together where there are { $governors }; lower --threshold or raise --governors
governor-number = Governor { $number }:
governor-key = Key file { $path }:
registrar-appointed = { $person } is a registrar now.
registrar-dismissed = { $person } is no registrar any more.

# --- persons, devices, compartments
person-enrolled = Enrolled as person { $person } with device { $device }
    Admit them to compartments, and give them a pouch or a file of 'mission statements'.
person-revoked = { $person } is revoked; new epochs begin without their devices.
person-frozen = { $person } is frozen: nothing their devices say counts until a registrar lifts it.
person-unfrozen = The freezes of { $person } are lifted, once the log has it.
person-extended = The assignment of { $person } is changed.
person-named = { $person } is called { $name } now.
device-requested = The request is in { $path }. Give it to who invited you; take the challenge with 'invite prove'.
    This device's fingerprint: { $device }
device-joined = This desk is { $device } of mission { $id }
    Compare the mission's fingerprint with another member.
device-beside = You have another device already: { $device }
    If it is not yours, revoke it ('counterseal device revoke { $id }') and tell your registrar.
device-known = Device { $device } is yours; it raises no alarm any more.
alarm-device = ALARM: a device is enrolled for you that this desk did not make: { $device }
    If it is not yours, revoke it at once ('counterseal device revoke { $id }') and tell your registrar. If it is: 'counterseal device known { $id }'.
alarm-device-pending = ALARM: a device waits to be confirmed as yours that this desk did not make: { $device }
    If it is not yours, revoke it at once ('counterseal device revoke { $id }') and tell your registrar. If it is: 'counterseal device known { $id }'.
device-none-waits = no device waits to join in this home; take an invitation with 'counterseal invite accept'
device-several-wait = several devices wait to join; choose one with --desk: { $ids }
device-cross-signed = Signed for device { $device }
    It is pending: a manager who is another person confirms it with 'device confirm'.
device-confirmed = Device { $device } is confirmed.
device-revoked = Device { $device } is revoked; new epochs begin without it.
compartment-created = Compartment { $name } is created ({ $id }).
compartment-admitted = { $person } is admitted to { $compartment }.
compartment-removed = { $person } is removed from { $compartment }; a new epoch began.
compartment-rekeyed = A new epoch of { $compartment } began.
manager-appointed = { $person } is a manager of { $compartment } now.
manager-dismissed = { $person } is no manager of { $compartment } any more.

# --- records
record-new = Recorded { $kind } { $id }
record-edited = Record { $record } has a new version.
record-unchanged = Nothing changes in record { $record }.
record-resolved = The conflict of record { $record } is settled.
record-no-conflict = Record { $record } is not in conflict.
record-moved = The field { $field } was moved to { $to }.
record-conflict-shown = CONFLICT: two desks changed this record without knowing of each other; see 'counterseal record history { $record }'
record-in-conflict = record { $record } is in conflict; settle it first with 'counterseal record resolve { $record }'
record-no-part = record { $record } has no part in that compartment; leave --compartment out, or move a field there
record-several-parts = record { $record } has parts in several compartments; say which with --compartment (or --from)
version-not-one = { $count ->
    [0] no version begins with '{ $prefix }'; see 'counterseal record history'
   *[other] { $count } versions begin with '{ $prefix }'; give more digits
    }
incident-empty = an incident says something: give --title, --date, --place or another field
entity-needs-name = a name is needed: give --title
note-needs-text = a note says something: give --narrative
flag-not-for = --{ $flag } does not go with a record of kind { $kind }
record-not-edited = a record of kind { $kind } is not edited by flags; use --json, or write a new one
external-bad = '{ $text }' does not name another system's reference: write SYSTEM:ID, as in sage:INV-0001
json-bad = { $path } is not the JSON it should be: { $reason }
json-not-for = a record of kind { $kind } is not written as JSON; use the flags
json-other-kind = the JSON is about a { $is }, not a { $given }
term-unknown = warning: '{ $term }' is not in the taxonomy { $taxonomy }; it was taken as it is
guard-concern = the guard points out: { $field } { $span }, '{ $text }': { $reason }
guard-step =     to move it: counterseal record move { $record } --field { $field } --to COMPARTMENT
link-new = Linked { $from } to { $to } ({ $id })
link-to-itself = a record is not linked to itself; name two
link-needs-kind = a link is of a kind: member-of, commands, owns, seen-at

# --- in and out
import-bar = Importing
import-dry-run = Nothing was written (--dry-run).
import-resumed = An earlier import of this file had got to row { $row }; this one went on there.
import-rows = { $rows } rows read as { $layout }
import-records = Records: { $new } new, { $changed } changed, { $unchanged } known already; { $entities } entities made
import-duplicates = Perhaps the same event as a record from another system: { $count }
import-concerns = The guard points out { $count } texts:
import-rejected = { $count ->
    [one] One row was rejected:
   *[other] { $count } rows were rejected:
    }
import-rejects-hint = To correct them, write them into a file with --rejects and import that file afterwards.
export-bar = Exporting
export-format = the file's name does not tell its format; give --to-format csv, hxl, jsonl, geojson or graphml
export-done = { $count } incidents are in { $path } ({ $class }). The mission keeps a trace under the mark { $mark }
export-traced = { $count } incidents were given out; the mission keeps a trace under the mark { $mark }
trace-none = { $path } carries no mark of an export this desk knows of.
find-more = There are more than these { $limit }; raise --limit or narrow the question.
near-cut = There are more than these { $count } records; raise --limit or take fewer steps.
near-no-way = no way leads from one to the other

# --- pouches
pouch-write-bar = Writing
pouch-read-bar = Reading
pouch-written = The pouch { $path } holds { $entries } { $entries ->
    [1] entry
   *[other] entries
} and { $statements } { $statements ->
    [1] statement
   *[other] statements
} for { $receivers } { $receivers ->
    [1] device
   *[other] devices
}: { $bytes } bytes, sealed to them
pouch-left-out = { $count } entries of { $name } stayed behind: not all receivers are in it ({ $devices }); write another pouch with --compartment
pouch-for-none-so = no device, person or compartment is called '{ $who }' or begins so
pouch-for-several-so = '{ $who }' fits a device, a person and a compartment, or two of them; give the full name or more digits
pouch-for-nobody = '{ $who }' has no other device that could open a pouch
pouch-from-nobody = nobody
pouch-unsigned = somebody who says to be { $name }, without a signature to show it
pouch-read = Read the pouch of { $from }, written { $written }: { $entries } new { $entries ->
    [1] entry
   *[other] entries
}, { $known } known already, { $statements } new { $statements ->
    [1] statement
   *[other] statements
}
pouch-on-sight = { $count } statements that take something away are not in the log yet and are obeyed already
pouch-kept-for-hub = { $count } statements of others are kept until a desk meets the hub
pouch-waiting = { $count } entries wait for their epoch's secret
pouch-late = { $count } entries are late and kept apart until a manager accepts them
pouch-evidence = { $count } places in a journal are claimed by two entries; both are kept as evidence, tell your information-security officer
pouch-refused = entry { $entry } was not taken in: { $reason }
pouch-cut-off = the pouch is cut off: { $entries } entries and { $statements } statements are missing; ask for it again, what was read is kept
pouch-gap = { $count } earlier statements or leaves of the log are missing here; ask for a pouch with '--since beginning', or meet the hub
pouch-two-histories = statement { $index } differs from the one this desk has: two desks said things the other did not know of; what takes away is obeyed, the registrars must settle the rest
pouch-shown-closed = A file of { $bytes } bytes, not sealed to this desk; it tells nothing else
pouch-shown = A pouch of { $bytes } bytes by { $from }, written { $written }: { $statements } statements, { $leaves } leaves of the journal log
pouch-shown-entries = { $name }: { $count } { $count ->
    [1] entry
   *[other] entries
}
pouch-shown-cut-off = the pouch is cut off: more was in it

# --- upkeep
store-replayed = note: this desk was not locked properly last time; what was acknowledged is there ({ $count } commits replayed).
export-swept = note: an export was cut off last time and had left what it wrote in clear: { $path }. It is deleted.
verify-bar = Verifying
verify-done = Verified every page of the store. Statements: { $statements }; journals: { $journals }; entries: { $entries }; parts: { $parts }; secrets of epochs: { $epochs }
verify-unopened = { $count } parts are of epochs this desk has no secret of; their hashes fit.
verify-missing = { $count } places in journals whose entry is not on this desk yet: they come with the next sync or pouch.
verify-late = { $count } entries are late and kept apart from search and reports until a manager accepts them.
verify-unreadable = { $count } parts can't be read by anyone, though their author signed them: a faulty or a hostile program wrote them.
verify-evidence = { $count } entries claim a place in a journal that another has: their device wrote twice, or was copied. Show it to the registrar.
verify-broken-chains = { $count } entries do not follow the one that counts before them: there is a second history of their journal.
verify-void = { $count } entries stand under epochs that lost to others; they are kept apart and can be read.
verify-broken = { $count } epochs' secrets are missing although this device is in the roster; ask another member to publish a repair
reindex-bar = Indexing
reindex-done = The index was made again from { $count } parts.
lock-nothing = Nothing is unlocked.
lock-done = Locked.
lock-still = a program has not locked yet; wait, or run 'counterseal lock --panic'
desk-open = The desk's pages are at this address, for one browser on this computer, once; open it in a private window, which keeps no history. { $minutes } idle minutes lock it; Ctrl-C ends it.
session-begins = Unlocked. Type commands without 'counterseal'; 'lock' leaves; { $minutes } idle minutes lock.
session-idle = Locked, because nothing was asked for a while.
session-asked = Locked, because it was asked for.
session-quote = a quote is left open in that line
session-not-here = this is not done inside a session; leave it with 'lock' first

# --- demo
demo-setting-up = Setting up a hub, four witnesses, three trustees and three more desks ...
demo-set-up = They run on this computer alone, in the same folder; that took { $seconds } s.
demo-open = Open this address in the browser of this computer; it is good once:
demo-until = It leads through a tour and switches between the four desks. Ctrl-C here ends everything.
demo-stopping = Locking the desks and stopping the servers ...
demo-bar = Writing
demo-home-used = there is a desk in { $path } already, and a demo is not mixed with anything; choose another --home
demo-made = A synthetic mission with { $count } incidents and { $entities } persons, groups, vehicles and places was written to { $path } in { $seconds } s.
demo-passphrase = Its passphrase protects nothing, because nothing in it is true: { $passphrase }
demo-try = Things to try:
demo-try-find = words, wherever they stand
demo-try-filter = what is known to be so, the worst first
demo-try-stats = how many incidents, and how many people killed
demo-try-show = one record with all it says
demo-try-near = who and what is linked to a group
demo-try-export = take something out ...
demo-try-trace = ... and know the copy again
demo-try-verify = every signature, chain and commitment
demo-try-session = a session, in which the passphrase is not asked for again
demo-together = In { $seconds } s more, a hub and four witnesses were set up in the same folder and named in the register by the governor; { $first } and { $second } joined the mission, each with a home of their own, and fetched all of it.
demo-appeared = Record { $id }, written on the desk of { $first }, appeared on the desks of Officer Quillfeather and { $second }.
demo-hub-holds = The hub holds { $statements } signed statements and { $entries } sealed entries, { $megabytes } MB in all. None of { $words } words that stand in the records was found in its files.
demo-two-seals = In { $seconds } s more, three trustees were set up and named; { $first } sealed a source, which opens only with the shares of two of them.
demo-opened = { $second } opened it for '{ $purpose }' within { $seconds } s: the request is leaf { $leaf } of the log, { $released } trustees released, and the desk of { $first } was told.
demo-start = Hub, witnesses and trustees are stopped now. To start them again:
demo-start-sync = what is written on one desk appears on the others when both have synced
demo-remove = To remove it all: rm -r { $path }
check-make = founded a mission and wrote its incidents
check-unlock = locked, refused a wrong passphrase, unlocked
check-find = found incidents by their titles
check-stats = counted by month, country and type as planned
check-near = walked the link chart
check-guard = the guard on what was planted for it
check-import = imported another system's file twice
check-export = exported in every format and traced the copies
check-verify = verified every signature, chain and commitment
check-reindex = made the index again, with the same answers
check-sealed = no word of it stands in the home's files
check-tamper = a flipped bit in the store is noticed
check-served = started a hub and four witnesses, and sent what there was
check-joined = a second and a third desk joined
check-appeared = a record written on one desk is found on the two others
check-frozen = a frozen person's desk is turned away until the freeze is lifted
check-killed = killed the hub and started it again: nothing acknowledged was lost
check-hub-sealed = no word of it stands in the files of hub, witnesses and further desks
check-agreed = all desks have one register, and every entry is logged
check-sealed-twice = started three trustees, and sealed a source on one desk to two of them
check-opened = another desk opened it for a purpose, and its author was told
check-trustee-stopped = stopped a trustee: it opens all the same
check-purpose-refused = for a purpose that the policy forbids it does not open
check-guarded-nowhere = no word of it stands in the files of any server or desk
check-released = { $released } of { $count } trustees released; the request is leaf { $leaf } of the log
check-opened-all-the-same = it opened all the same
check-nobody = there is no hub, or nobody joined: an earlier step failed
check-hub-lives = the hub answered after it was killed
check-unacknowledged = the hub acknowledged nothing
check-freeze-ignored = the freeze was not obeyed
check-sync-refused = something was refused or lost on the way: { $what }
check-sync-never = after { $seconds } s of syncing it was still not so
check-guard-tally = pointed out { $hits } of { $planted } planted, and { $alarms } of { $decoys } look-alikes
check-imported = { $rows } rows, nothing new the second time, { $duplicates } possible duplicates offered
check-searched = { $words } words in { $megabytes } MB
check-differs = { $wanted } was expected, not { $found }
check-wrong-passphrase = a wrong passphrase opened the desk
check-not-clean = the desk was not locked properly
check-search-blind = the search finds nothing where there is something
check-in-the-clear = '{ $word }' stands in { $path }
check-tamper-unseen = nobody noticed
check-passed = All { $count } steps passed in { $seconds } s.
check-failed = { $count } steps FAILED after { $seconds } s.

# --- what a desk refuses
compartment-choose = say in which compartment, with --compartment: { $names }
compartment-none = this desk works in no compartment yet; ask a manager to admit it, or create one with 'counterseal compartment new'

# --- columns
column-id = Id
column-name = Name
column-status = Status
column-since = Since
column-registrar = Registrar
column-devices = Devices
column-you = You
column-person = Person
column-rule = Rule
column-history = History
column-managers = Managers
column-members = Devices in it
column-yours = Yours
column-everyone = Everyone
column-kind = Kind
column-date = Date
column-type = Type
column-place = Place
column-title = Title
column-killed = Killed
column-grade = Grade
column-verified = Verified
column-class = Classification
column-version = Version
column-newest = Newest
column-made = Made
column-by = By
column-compartment = Compartment
column-body = Body
column-ends = Ends
column-link = Link
column-steps = Steps
column-from = From
column-step = Step
column-incidents = Incidents
column-best = Killed (best)
column-month = Month
column-year = Year
column-country = Country
column-actor = Actor
column-admin1 = Area
column-device = Device
column-count = Incidents
column-format = Format
column-query = Question
column-mark = Mark
column-unaltered = Unaltered
column-record = Record

# --- hub, witness, sync
sync-bar = Fetching
sync-no-address = say where the hub is reached the first time: counterseal sync --hub HOST:PORT
sync-fetched = Fetched { $entries } entries and { $statements } statements ({ $bytes } bytes read).
sync-sent = Sent { $accepted } entries and statements that the hub has made durable ({ $bytes } bytes written).
sync-waiting = { $count } of the entries are sealed to an epoch whose secret is not on this desk yet.
sync-late = { $count } of the entries are late: kept apart from search and reports until a manager accepts them.
sync-left = { $count } entries were left at the hub, by the limits or the budget you gave.
sync-unsent = { $count } entries stay queued on this desk.
sync-unfinished = { $count } large entries were begun and not ended, more than this desk keeps: the oldest were put aside and are fetched again.
sync-dropped = { $count } entries that the hub had acknowledged are not in its log; they are sent again. Tell your information-security officer.
sync-evidence = { $count } entries claim a place in a journal that another has: their device wrote twice, or was copied. Tell your information-security officer.
sync-gaps = In { $count } journals entries are missing that others say were written: the hub holds them back, or nobody has brought them to it. They are asked for again each time; a pouch from a colleague brings them too.
sync-misplaced = The hub said of { $count } entries that they stand where the log has others. What stands there is asked for again. Tell your information-security officer.
sync-broken-chains = { $count } entries do not follow the one that counts before them: their device had two histories. They are kept and shown. Tell your information-security officer.
sync-early = { $count } of the entries came before the statement that begins their epoch; they are taken in when it is here.
sync-on-sight = { $count } statements take something away and are in no cosigned checkpoint yet: they are obeyed already.
sync-own-late = { $count } entries of this desk were logged after what ended their epoch, and are kept apart. Ask a manager to accept them.
sync-written-again = { $count } entries of this desk stood under an epoch that lost to another; they were written again under the one that stands.
sync-lost = { $count } statements of this desk can no longer stand. See 'counterseal mission lost'.
lost-none = Nothing that was said here is lost.
lost-statement = { $id } ({ $what }) can no longer stand: { $code }. Say it again with 'counterseal mission lost --again { $id }'.
lost-governors = { $id } ({ $what }) can no longer stand: { $code }. The governors must sign it anew.
lost-void = { $id } ({ $what }) stands in the log, and another was first to take its place. Say it again with 'counterseal mission lost --again { $id }', or give it up with '--give-up'.
lost-refused = { $id } ({ $what }) is not taken by the hub: { $code }. It is sent with every sync until it is given up with 'counterseal mission lost --give-up { $id }'.
lost-said-again = Said again what { $id } said, on what stands now. It is sent with the next sync.
lost-given-up = { $id } is given up.
lost-which = no lost statement, or several, begin with { $prefix }; see 'counterseal mission lost'
sync-bad-marks = { $count } time marks in the log do not count and have no effect. Tell whoever runs the hub.
sync-behind = The hub shows an older state of { $count } logs than this desk knows: it may have been restored from a backup. What this desk knows stays.
sync-refused-statements = { $count } statements in the log are refused: they are not signed by whom they must be. They have no effect.
sync-refused-entry = Refused an entry: { $reason }
sync-refused-push = The hub does not take something you sent: { $code }
sync-ended = The hub ended the session: { $code }
sync-age = Newest cosigned checkpoint: { $age } old.
sync-clock = The hub's clock is { $seconds } seconds ahead of this computer's (a minus sign: behind). Check this computer's clock.

# --- invitations
invitation-head = Invitation to a mission, for one device, until { $until }.
    Whoever has it can ask to join. Do not send it by the hub; destroy it when it has served.
invitation-written = Invitation { $id } is in { $path }. It counts until { $until }, for one device.
invitation-printed = Invitation { $id } counts until { $until }, for one device. { $path }
invitation-fingerprint = The mission's fingerprint, to be compared on the new computer: { $id }
invitation-cancelled = The invitation is cancelled.
invitation-choose = { $count } invitations are answered and not used; name one by the first digits of its id
invitation-mission = You are invited to the mission with this fingerprint: { $id }
    Compare it with one that you have from elsewhere, printed or read to you, before you go on.
invitation-compare = Is this the mission's fingerprint as you have it from elsewhere? Write yes or no.
invitation-not-compared = nothing was made; ask the registrar for the mission's fingerprint and compare it
invitation-type = Type or paste the invitation's lines; an empty line ends them.
request-answered = The challenge is in { $path }, for device { $device }
    Give it back, have the string read to you, and enrol with 'invite enrol'.
string-shown = Read this string to who invited you: { $string }
    It is of mission { $id }
    By voice or face to face. If it is not accepted there, somebody stands between you: do not go on.
string-ask = Type the string that the person reads to you:
string-fits = The string fits: { $string }
    Both computers have the same keys before them. Say so to the person.
string-needed = give the string that was read to you with --string
string-not-one = the string is six groups of three digits; have it read again
paper-needed = further officers must sign: name the paper to make for them
recovery-paper = The paper is in { $path }; { $count } more recovery officers must sign it with 'invite cosign'.
    Each has the person read the device's fingerprint: { $device }
governors-changed = In { $days } days the mission's governors are { $count }, of whom { $threshold } must sign; until then the present ones rule.
recovery-set = The recovery officers are named. What loosens has effect in { $days } days.
role-yours = You are { $role }.
role-until = You are { $role } until { $until }.
role-assignment = assignment
role-registrar = registrar
role-recovery-officer = recovery officer
role-manager = manager of { $compartment }
ends-soon = Ends soon: { $person }, { $role }, on { $until }

mission-has-hub = this mission has a hub already; another one takes its place by a succession
mission-hub-named = Named the hub and its witnesses. Give { $path } to 'counterseal hub seed'.
mission-weak-quorum = WEAK QUORUM: one corrupt witness is enough to show two logs.
key-file-bad = { $path } is not a file of public keys: { $field } is missing or is none
hub-made = Made the hub's keys. Give { $path } to the governors, for 'counterseal mission hub'.
hub-seeded = The hub has the mission's { $statements } statements. Give every witness these keys of its logs:
hub-runs = The hub runs at { $address }. Stop it with Ctrl-C.
hub-stopped = The hub has stopped; everything acknowledged is durable.
hub-backed-up = Copied the store to { $path }.
hub-restored = Restored. The hub takes nothing in before it has caught up with what its witnesses cosigned.
hub-restoring = The store was restored and has not caught up with its witnesses yet: nothing is taken in.
hub-log = { $log }: { $leaves } leaves, { $signed } signed, { $cosigned } cosigned
hub-generation = This is generation { $generation } of the mission's hub.
hub-not-named = The statements in the store do not name this hub's keys.
hub-is-superseded = The governors have put generation { $generation } in its place: it takes nothing in any more.
hub-bare = { $count } entries are in the log and not in the store yet: desks that hold them send them.
hub-witnesses-saw = { $answered } witnesses have answered; at least { $needed } must. The most that one has cosigned of the old logs: { $statements } statements and { $leaves } leaves of the journal log.
hub-some-differ = These witnesses have cosigned another tree than the file's; there are no more of them than the mission plans for: { $names }
hub-other-tree = witnesses have cosigned another tree of the old logs than the file's: { $names }. Do not go on before that is explained
hub-too-few-answered = at least { $needed } witnesses must say what they have cosigned; see that they run and that the configuration names where they are reached
hub-no-witnesses = the file's statements name no witnesses
hub-more-seen = The witnesses have cosigned { $statements } statements and { $leaves } leaves more than the logs here hold.
hub-more-was-cosigned = if any desk has fetched what is missing, take its logs in ('mission take') and have the governors sign with that; if none has, it is lost with the old hub, the desks send again what it had acknowledged, and you can go on with --lost
hub-logs-checked = The logs are whole: { $statements } leaves of the statement log, { $leaves } of the journal log. No succession is in the file; governors sign one with 'counterseal mission succeed'.
hub-no-succession = the file holds no succession; governors sign one with 'counterseal mission succeed'
hub-succeeds = This hub takes over where the old logs end: at { $statements } leaves of the statement log and { $leaves } of the journal log. Desks send it the entries. Give every witness these keys of its logs, then run it:
hub-ended = This is generation { $generation }, which the statement ends: it takes nothing in any more. Start it again if it runs.
hub-crossed = The governors have put another hub in the place of the one that this desk knew: generation { $generation }. This desk goes on with it.
hub-crossed-back = This desk had followed the old hub further than counts: { $statements } statements and { $leaves } leaves were taken back. They are kept, and go to the new hub when you sync.
mission-logs = Wrote both logs of the hub to { $path }, for a standby or another desk.
mission-succeeded = Signed: generation { $generation } of the hub takes over where the logs end, at { $statements } leaves of the statement log and { $leaves } of the journal log. Give { $path } to 'counterseal hub succeed'.
witness-without-url = Desks cannot poll this witness: give --url with an https address that leads to it. Without being polled it warns nobody of a second history.
witness-made = Made the witness's keys. Give { $path } to the governors, for 'counterseal mission hub'.
witness-log-added = The witness knows this log. Start it again if it runs.
witness-log-dropped = The witness cosigns this log no more. Start it again if it runs.
witness-log-unknown = the witness has no such log in its configuration
witness-runs = The witness runs at { $address }. Stop it with Ctrl-C.
witness-stopped = The witness has stopped.
trustee-made = Made the trustee's keys and its store. Give { $path } to the governors, for 'counterseal mission trustees'.
trustee-locked = The keys in { $path } are locked by the passphrase: stolen without it they open nothing. Somebody types it at each start. The keys of the witness and of TLS are not locked; they open nothing that is guarded.
trustee-unattended = UNATTENDED: the passphrase lies beside the keys in { $path }, so whoever takes this disk can answer as this trustee. One trustee opens nothing alone; do not let so many as must release be like this.
trustee-seeded = The trustee serves mission { $mission } and has its { $statements } statements; its witness knows the hub's logs.
trustee-runs = The trustee runs at { $address }. Stop it with Ctrl-C.
trustee-stopped = The trustee has stopped; everything acknowledged is in both places.
trustee-store-failed = a disk of the trustee's store has failed, so it answers nothing more; look at the disk and start the trustee again
trustee-backed-up = Copied the store to { $path }, and the segments' keys to { $segments }. Keep no older copy of those keys.
trustee-restored = Restored. The trustee releases and cosigns nothing before 'trustee status' names nothing missing.
trustee-head-unknown = Nobody has said how far its release log had come. Ask the desks ('openings list') and run 'trustee restore' with --head.
trustee-second-made = Made the second place from the first. Nothing waits.
trustee-runs-unseen = the trustee runs and has the store; give it an address for 'metrics' in its configuration, or stop it first
trustee-log = { $log }: { $leaves } leaves mirrored, the newest checkpoint cosigned { $age } seconds ago
trustee-decisions = { $count } decisions in its release log
trustee-false-pads = Trustee { $by } handed over false shares, of { $count } entries, { $at }: nothing of them was taken. Tell your governors; name it as lost in the configuration, and the others repair its shares
trustee-false-repair = A repair by trustees { $by } gave false shares, of { $count } entries, { $at }: one of them lies, or the authors dealt wrongly. Nothing of them was taken; other helpers are asked by themselves. Tell your governors
trustee-takes-over = Place of trustee { $of }: { $have } of { $count } entries are here, looked at { $at }
trustee-retired = Destroyed { $pads } shares of { $entries } entries, and { $keys } keys of devices. The successor holds what is older.
trustee-no-successor = nobody succeeds this trustee by a statement in force; the governors name a successor with 'mission trustees' first
trustee-not-taken = the successor { $successor } has not taken over everything that this trustee holds; let both run until its 'trustee status' shows all entries
trustee-two-trees = A log has signed two histories: nothing is released or cosigned. Call your information-security officer.
trustee-restoring = The store was restored: nothing is released or cosigned yet.
trustee-still-missing = Still missing: { $what }
trustee-lost = { $pads } shares and { $keys } keys of devices open no more: their segments were sealed anew after the backup.
passphrase-trustee = Passphrase of this trustee:
passphrase-new-trustee = A passphrase for this trustee:

# --- people come and go: freezes, sites, trips, statements without effect
desk-frozen = FROZEN since { $since }: nothing this desk writes or says counts until a registrar lifts it. What is here can be read. Call your registrar.
desk-suspended = SUSPENDED since { $since }: this device signed two entries for one place in its journal. It is never used again; ask for another.
desk-expired = The assignment of this desk's person ended on { $since }: what it writes counts no more. A registrar can extend it.
desk-revoked = REVOKED since { $since }: this desk is out of the mission. What is here can be read.
desk-away = On a trip: this desk has left { $compartment }, and a manager of it brings it back.
site-frozen = { $site } is frozen, with { $count } people: nothing their devices say counts until a registrar lifts it.
site-exists = there is a site called { $site } already; leave --new out
site-assigned = { $people } assigned to { $site }.
site-left = { $people } assigned to no site. A freeze of a site that they were at stays until it is lifted.
site-named = { $site } is called { $name } now.
travel-bar = Making the desk anew
travel-nobody-back = WARNING: nobody could bring this desk back into { $compartment }: its person is the only manager. Appoint another one first.
travel-unsent = NOT SENT: { $entries } entries and { $statements } statements of this desk are confirmed by no hub.
travel-exports = { $count } files were exported from this desk. They are where they were put; 'counterseal export trace' knows them again.
travel-not-done = Nothing was done. Say --yes to leave what is marked.
passphrase-road = Passphrase for this desk on the road (the old one, or another):
travel-done = This desk has left { $compartments } and is made anew under other keys. Nothing on it opens them now, nor does anything that is sent to it.
    Sync or write a pouch, so that others learn of it. A manager brings it back with 'counterseal travel back'.
travel-not-away = as far as this desk knows, no device of { $person } has left { $compartment }; sync first
travel-back = { $person } is back in { $compartment }, once the log has it.
device-suspended = Device { $device } is suspended for good; new epochs begin without it. Revoke and replace it.
compartment-repaired = Published { $count } wraps of { $compartment }.
mission-no-hub = No hub: the mission goes by the order of the desk that founded it.
mission-hub = Hub: generation { $generation }, since { $since }.
mission-witnesses = Witnesses: { $needed } of { $count } must cosign ({ $names }); { $corrupt } corrupt ones are planned for.
mission-waiting = WAITING until { $date }: { $change }
mission-frozen-site = FROZEN site: { $name }
mission-frozen-person = FROZEN: { $name }, since { $since }
mission-suspended = SUSPENDED device: { $name }, since { $since }
mission-own-statements = { $count } statements of yours have no effect in the log; see 'counterseal mission lost'
waiting-governors = other governors
waiting-recovery = other recovery officers
waiting-hub-pins = another certificate of the hub
waiting-witnesses = other witnesses or another quorum
waiting-trustees = other trustees, or another number that must release
waiting-policy = another policy of openings
waiting-days = fewer waiting days
waiting-opening-rule = a looser opening rule of a compartment
column-secrets = Secrets
column-epochs = Epochs
column-open = Entries that open
column-entries = Entries
column-away = Away
column-leaves = Would be left
column-frozen = Frozen
column-people = People
column-act = Statement
column-reason = Reason
column-obeyed = Obeyed here
column-again = Can be made again
column-entry = Entry
column-other = Other entry
column-stopped = Stopped
rotate-bar = Rotating
rotate-fault = { $path }, row { $row }, { $field }: { $reason }
rotate-refused = { $count } things are wrong; nothing was done
rotate-dry-run = Nothing was done (--dry-run). It would begin { $epochs } epochs, one for each compartment.
rotate-done = Done: { $statements } statements, { $epochs } epochs, { $wraps } secrets wrapped.
column-row = Row
handover-bar = Handing over
handover-not-done = Nothing was done. Say --yes to hand over.
handover-no-hub = what is not sent has to go out first, and this desk knows no hub: sync once with --hub, or say --pouch FILE
handover-unsent = { $entries } entries and { $statements } statements are still confirmed by no hub; see 'counterseal mission lost', sync again, or say --pouch FILE. What was handed over is kept.
handover-pouch = What is not sent is in { $path }. Give it to someone who stays, or to the hub.
handover-done = Handed over to { $to }: { $passed } passed, { $left } stay. To undo it, they hand over to you.
stays-governors = governors appoint registrars: 'mission registrar appoint'
stays-not-in = they are not in the compartment: 'compartment admit'
stays-conflict = two versions disagree: 'record resolve' first
stays-cannot-write = this desk cannot write there now
column-duty = Duty
column-passes = Passes
column-request = Request
column-purpose = Purpose
column-parts = Parts
column-left = Seconds left
column-answer = Answer
column-part = Part
column-until = Until
column-readings = Read
column-outcome = Outcome
column-time = When
column-trustees = Released
column-hasty = Approved in seconds
column-logged = In the log
column-leaf = Leaf
column-released = Released
column-refused = Refused
column-emergency = Emergency
# --- the logs, checked
ledger-bar = Leaves
ledger-fingerprint-bad = the mission's fingerprint has 64 digits of 0 to 9 and a to f; spaces do not matter
ledger-audited = The { $log } log: { $leaves } leaves read, { $tiles } tiles made again, root { $root }.
ledger-cosigned =   Cosigned by { $witnesses }.
ledger-register = The register follows from it: { $marks } time marks, { $void } void statements, { $refused } refused ones without effect.
ledger-holds = All of it holds.
ledger-does-not-hold = { $count } things do not hold. Keep the files, do not use this hub, and tell your information-security officer.
ledger-policy-written = The policy is in { $path }. With it anyone can check receipts and proofs of this mission's logs.
ledger-no-two-histories = this desk holds no proof that a log has signed two histories
ledger-proof-written = The proof is in { $path }. Anyone can check it: counterseal ledger verify --split FILE --policy FILE
ledger-receipt-made = { $id } stands at { $index } in the { $log } log; the receipt is in { $path }.
ledger-receipt-bad = The receipt shows nothing: { $reason }
ledger-receipt-entry = The entry { $id } stands at { $index } in { $origin }, of { $size } leaves, cosigned by { $witnesses }. Checked by these keys of logs:
ledger-receipt-statement = The statement { $id } stands at { $index } in { $origin }, of { $size } leaves, cosigned by { $witnesses }. Checked by these keys of logs:
ledger-two-histories = PROVED: the key of { $origin } has signed two histories, in checkpoints of { $first } and { $second } leaves. Whoever runs this log, or holds its key, deceives somebody.
ledger-proves-nothing = The file proves nothing: { $reason }
finding-other-mission = The { $log } log does not begin with the founding of this mission: it is another mission's, or the fingerprint is wrong.
finding-missing = A file of the { $log } log is not there: { $place }.
finding-malformed = { $place } of the { $log } log cannot be read: { $reason }.
finding-tile = { $place } of the { $log } log is not what the leaves give: the tile or the entries beside it were changed.
finding-root = The leaves of the { $log } log do not lead to the root that its checkpoint of { $place } leaves names: leaves were changed, moved or left out.
finding-leaf = Leaf { $place } of the { $log } log is none: { $reason }.
finding-checkpoint = The checkpoint of the { $log } log does not count: { $reason }.
finding-replay = The statements up to { $place } give no register: { $reason }.
finding-mark = A time mark names another { $log } log, or one with more leaves, at size { $place }.
finding-future = A time in the { $log } log lies in the future, at { $place }: { $reason }. Check this computer's clock first.
watch-checkpoint = { $log }: { $who } shows { $size } leaves, root { $root }…, cosigned { $cosigned }, { $lag } behind.
watch-not-cosigned = by no quorum yet
watch-two-histories = TWO HISTORIES of the { $log } log: { $who } shows another one, up to { $size } leaves. The proof is in { $path }. Do not use this hub; tell your information-security officer.
watch-rolled-back = The hub shows { $size } leaves of the { $log } log, where it showed { $before } before: it was put back, or hides something.
watch-hub-refused = What the hub shows of the { $log } log does not count: { $reason }
watch-hub-silent = The hub does not answer: { $reason }
witnesses-answered = { $answered } of { $asked } witnesses answered this desk.
witness-silent = The witness { $witness } did not answer: { $reason }
witness-no-address = the register names no address for it
witness-late = not in time
witness-not-reached = { $reason }
witness-refused = What the witness { $witness } shows of the { $log } log does not count: { $reason }
witness-held-back = The hub is holding back: the witness { $witness } has seen { $seen } leaves of the { $log } log at { $time }, the hub shows { $shown }. Ask others what they see; tell your information-security officer.
witness-clock = This computer's clock is at least { $seconds } seconds behind the witnesses'. Set it.
compartment-not-guarded = --hold, --other-section, --cooling-off-days, --emergency and --quota are for guarded compartments: add --rule two-seal or --rule two-person
record-guarded = Sealed twice, as { $entry }; nothing of what it says is left on this desk. 'counterseal guarded show { $entry }' says which trustees have it.
record-guarded-held = Sealed twice, as { $entry }; this desk holds what it says until the trustees have it. 'counterseal guarded show { $entry }' says which do.
guarded-state = sealed; { $have } of { $count } trustees have it
guarded-nothing-left = nothing left on this desk
guarded-held = held on this desk until all { $count } have it, or { $enough } after { $date }
guarded-waits = waits for its batch; 'counterseal sync' sends it
guarded-refused = { $count } refuse it; 'counterseal guarded show' says why
guarded-lost = LOST: so many trustees refuse it that nobody can open it; write it again
guarded-says-nothing = has not said anything yet
guarded-says-has = has it, and says so in writing
guarded-says-refused = refuses it: { $code }
guarded-says-both = says both that it has it and that it refuses it ({ $code }); it is not counted
column-sealed = Sealed
column-have = Have it
column-of = Of
column-needed = Needed
column-held = Held here
column-state = State
column-sealed-twice = Sealed twice
column-office = Office
column-section = Section
verify-guarded = { $count } parts are guarded: they open with the trustees alone; their hashes fit.
sync-now-guarded = WARNING: { $count } batches of guarded entries leave at once. Whoever watches the hub sees that somebody wrote.
sync-guarded-waiting = { $count } guarded entries wait for their batch; each session takes four of a compartment.
trustee-unknown = '{ $text }' names no trustee of this mission; write the first digits of its id, '=' and host:port
trustee-silent = Trustee { $trustee } was not heard: { $reason }
trustee-heard = Trustee { $trustee }: { $keys } new keys, { $acknowledged } acknowledgements, { $refused } refusals, { $post } messages
trustee-not-now = Trustee { $trustee } cannot do that now: { $code }
trustee-lie-unreadable = WARNING: trustee { $trustee } answered something that cannot be read; it does not count
trustee-lie-signature = WARNING: what was said in the name of trustee { $trustee } is not signed by it; it does not count
trustee-lie-entry = WARNING: trustee { $trustee } spoke of an entry that is not this desk's, or not sealed to it; it does not count
trustee-lie-count = WARNING: trustee { $trustee } acknowledged another number of parts than there are; it does not count
trustee-lie-key = WARNING: trustee { $trustee } named a key that is not the one given before, or not for this desk; it does not count
trustee-lie-answer = WARNING: trustee { $trustee } answered something that was not asked, or its release log became shorter; it does not count
mission-no-trustees = No trustees: nothing can be sealed twice.
mission-trustees = Trustees: { $needed } of { $count } must release ({ $names }).
mission-trustee-succeeds = Trustee { $trustee } answers for what was sealed for { $old }.
mission-single-trustee = SINGLE TRUSTEE: whoever has its server opens with any member's key.
mission-policy = Policy of openings: for engine { $engine }.
mission-no-policy = No policy of openings: the trustees release nothing.
trustees-checked = { $threshold } of { $count } trustees would have to release. Nothing was signed.
trustees-set = Signed: { $threshold } of { $count } trustees must release. The first count at once; later changes that loosen wait { $days } days.
trustees-left-out = ATTENTION: trustee { $trustee } is named no more, and nobody succeeds it: what was sealed for it opens with one fewer of the others. Name a successor if it is to be otherwise.
trustees-single = WARNING: one trustee alone can release. Only for demonstrations and first days.
trustees-none-may-fail = WARNING: all { $count } trustees must release: when one is lost, everything guarded is.
trustees-one-country = WARNING: { $count } trustees are in { $place }, and { $threshold } are enough: whoever rules there can open everything with a member's key.
trustees-one-operator = WARNING: { $count } trustees are run by { $place }, and { $threshold } are enough: it can open everything with a member's key.
trustees-host-country = WARNING: { $count } trustees are in the host country { $place }; at most { $most } should be.
trustees-unplaced = WARNING: the file does not say of every trustee in which country it is and who runs it; that could not be checked.
policy-no-engine = the table does not begin with 'engine,' and its name; give --engine
policy-set = Signed: the policy for engine { $engine }. The first counts at once; every other waits { $days } days.
office-given = { $person } is { $office } now.
office-ended = { $person } is { $office } no more.
section-which = say --new, --of SECTION or --none
section-assigned = { $count } people belong to section { $section } now.
section-left = { $count } people belong to no section now.

# --- openings ----------------------------------------
open-lied = Trustee { $trustee } lies: it released a share that is not the one that the author committed to. Nothing that it gave was used. Tell your information-security officer.
open-misdealt = The author dealt trustee { $trustee } a share that fits nobody else's. Tell your information-security officer.
open-one-refused = Trustee { $trustee } refused: { $code }
open-one-silent = Trustee { $trustee } gave no answer that counts: { $why }
open-no-part = Part { $part } opens, and is no record: its author sealed something else.
open-until = This is taken off the screen in { $seconds } seconds.
open-over = The time is over; ask again if you need it, and it will be logged again.
open-needs-purpose = say what for, with --purpose; 'counterseal policy show' lists the purposes
open-done = Opened { $count } { $count ->
    [1] part
   *[other] parts
}. The request { $request } stands in the log at { $leaf }; those whom it concerns are told.
open-ahead-kept = Kept { $count } { $count ->
    [1] part
   *[other] parts
} on this desk, to be read with 'counterseal open PART --from-ahead'. They count as read.
open-waits = Waiting for { $count } approval(s) of request { $core }, for ten minutes at most. They answer with 'counterseal approvals'.
open-declined = the request was declined; talk to whoever declined, then ask again
approvals-given = Approved: { $person } may open { $count } part(s) for { $purpose }. This request, and no other.
approvals-declined = Declined: { $person } is told.
surrender-done = Deleted { $count } part(s) that were opened ahead.
surrender-told = Told the trustees of { $count } reading(s).
surrender-untold = { $count } reading(s) are not told to the trustees yet; 'counterseal surrender --tell' does it, and so does the next sync.
openings-all-known = All openings of your parts are known up to { $time }.
openings-may-be-unseen = Openings since { $time } may be unseen: words of { $needed } trustees are needed that are newer than an hour.
receipt-written = The receipt is in { $path }
receipt-no-log = this mission has no witnessed log to check against; name a policy with --policy
receipt-shows = Request { $request } by device { $reader } for { $count } part(s), purpose { $purpose }, made { $time }, stands in the log at { $index }, cosigned by { $witnesses }.
receipt-signatures = The reader's and the trustees' signatures are right by this mission's register.
receipt-log-alone = Checked against the log alone; whose signatures they are, a desk of the mission can check.

# --- reviewing openings, and decoy records
alarm-decoy = ALARM: { $person } asked for a decoy record at { $time }, among { $asked } part(s). 'counterseal decoy alarms' says more; --seen { $id } when it is seen to.
review-purpose = Monitoring data is kept to find misuse of guarded records and to hear whoever is asked, for nothing else. It is deleted after { $days } days.
review-below = { $count } more person-day(s) have something unexplained below { $line } points: counted, not listed.
review-strangers = { $count } request(s) are of devices that the register here does not name; tell the information-security officer.
review-own = { $count } request(s) are your own; they are reviewed by { $names }.
review-own-nobody = { $count } request(s) are your own, and no other data-protection officer is appointed to review them; tell the governors.
review-day = { $person } on { $day }: { $parts } part(s), { $score } points.
review-explained =   explained: { $parts } part(s), { $ground }
review-against =   { $points } points: { $reason }
review-asked = The question { $id } stands there; it reaches the person with the next sync.
review-question = Question { $id }: { $by } asks { $person } about { $day }:
review-reply =   reply of { $by }: { $text }
review-replied = The reply stands beside the question. It can be read by everyone in that compartment.
review-duties-taken = The book has { $lines } line(s), { $new } of them new.
review-duties-own = { $count } line(s) about yourself were left out: nobody explains their own openings.
review-quota = Days are UTC. Trustees count all your desks together, and each by itself; this desk knows its own openings only.
review-ground-case = the person works on the case
review-ground-area = the person's area of duty
review-ground-task = a task
review-ground-referral = the case was referred to the person
review-ground-claimed = the person works on the case that they named; nobody has listed whether the part belongs to it
review-reason-unexplained = { $number } part(s) that no case, area, task or referral explains
review-reason-scattered = of { $number } different cases or areas
review-reason-again = the same case or area without a ground on { $number } earlier day(s) of the last 90
review-reason-crowd = { $number } others opened the same case without a ground within 14 days
review-reason-off-duty = { $number } part(s) outside the hours of duty, at no task
review-reason-many = { $number } parts at no task, where { $other } are usual
review-reason-leaving = the assignment ends in { $number } day(s)
review-reason-hasty = { $number } approval(s) within ten seconds
review-reason-hasty-again = approvals within seconds by the same person on { $number } earlier day(s) of the last 30
review-reason-no-alert = { $number } emergency opening(s) to which no alert belongs
review-reason-no-alert-again = emergencies without an alert on { $number } earlier day(s) of the last 60
decoy-instructed = { $desks } desk(s) are asked to plant { $count } decoy(s). The instructions leave with the next sync.
decoy-awaited = { $count } decoy(s) on { $desks } desk(s) are not reported yet.
column-queue = Queue of
column-day = Day
column-score = Points
column-requests = Requests
column-alike = More like it
column-reasons = Why
column-opened = Opened
column-charter = Of
column-each-trustee = Each trustee allows
column-everywhere = In all
column-spread = Spread n/t
column-decoys = Decoys
column-asked = Asked for
column-ahead = Ahead
column-seen = Seen to
verify-erased = { $count } parts are erased: their ciphertexts are gone, their hashes stand.
part-one = name one part: the text names { $count }
parts-withdrawn = Withdrawn: { $count } part(s). Nobody opens them from when trustees hear of it.
parts-erasable = They can be erased from { $from } on, by two persons, unless a hold stands on them.
parts-held = Held: { $count } part(s). They are not erased before two persons lift the hold.
paper-erase = This erases { $count } part(s) of compartment { $compartment } for ever. Signed by { $by }:
paper-lift = This lifts withdrawal { $id } in compartment { $compartment }: its parts can be opened again. Signed by { $by }.
paper-unhold = This lifts hold { $id } in compartment { $compartment }: its parts can be erased. Signed by { $by }.
paper-written = The paper is { $path }. Nothing has happened yet: a second person, a manager of the compartment or a data-protection officer, signs it with 'counterseal part cosign'.
paper-not-signed = Nothing was signed; with --yes it is.
paper-cosigned = Signed by both: it is said, and takes effect when it stands in the log.
fact-stated = Stated and kept on this desk; { $count } trustee(s) have yet to take it. It goes out with each sync.
fact-about-nothing = say of whom or what: --person, --device or --part
fact-several-compartments = the parts are of several compartments; state a fact for each
policy-none = the governors have set no policy yet; prepare one with 'counterseal policy propose'
policy-unnamed = These names have no id yet, so that rows which name them mean nothing: { $names }
policy-unnamed-refused = these names have no id: { $names }; give each with --section or --compartment, or take it out of the table
policy-undeclared = the table does not declare '{ $name }'
policy-pair-bad = '{ $text }' is no NAME=ID
policy-no-section = { $person } belongs to no section; a registrar assigns people to sections
policy-suppose-bad = '{ $text }' cannot be supposed: write training, device, agreement, role:NAME, contingent:NAME or basis:KIND
policy-test-wrong = Line { $line } ({ $title }) is decided otherwise; expected -, found +:
policy-tested = { $right } of { $all } examples are decided as they say.
policy-verdict = Of { $count } part(s):
policy-proposed = { $path } has { $rows } rows for the engine { $engine }, each name with its id. Governors sign it with 'counterseal mission policy'.

# --- cases, consents, bases, agreements
casework-recorded = Recorded { $kind } { $id }, as { $part }.
casework-no-record = The no is said. Its record cannot be written now: repeat it once this desk has the trustees' keys ('counterseal sync').
casework-to-tell = For the trustees: { $count } fact(s), not yet told to { $trustees } of them; the next sync does it.
casework-nothing-to-tell = There is nothing to tell the trustees.
consent-idle = It allows nothing: { $reason }.
consent-idle-risks = the risks were not explained
consent-idle-refusal = nobody said that a refusal costs nothing
consent-idle-guardian = the guardian it needs is not named
consent-no-recipient = the policy in force knows no purpose { $purpose }: write { $purpose }:RECIPIENT
consent-of-part = Part { $part }, by what this desk knows that the trustees were told:
consent-part-erased = It is erased: nobody can use it.
consent-part-withdrawn = It is withdrawn since { $date }: nobody opens it, whatever stands below.
consent-use-allowed = { $purpose }: { $recipient } may have it until { $until } ({ $basis }).
consent-use-allowed-open = { $purpose }: { $recipient } may have it ({ $basis }), without an end.
consent-use-soon = That is soon: ask again.
consent-use-later = { $purpose }: { $recipient } may have it from { $date } on.
consent-use-lapsed = { $purpose }: { $recipient } may no longer have it, since { $date }: ask again.
consent-use-no = { $purpose }: { $recipient } must not have it: the person said no on { $date }.
consent-use-missing = { $purpose }: { $recipient } may not have it: missing is one of { $needs }.
consent-use-free = { $purpose }: { $recipient } may have it; the policy asks for no basis.
consent-use-agreement = An agreement with the owner is missing too, as far as this desk knows.
consent-not-told = { $count } fact(s) about it are not yet told to every trustee: sync.
consent-written = Written down on { $date }: { $kind }, sealed as { $part }.
agreement-not-told = Trustees hear of an agreement from the data-protection officer alone: let them say it with 'counterseal fact state agreement'.
case-new = Case { $case }, as record { $id }.
case-guarded = What it says of people and of what was done is sealed twice.
case-all-open = All of it stands in an open compartment: whoever is in it reads it.
case-no-open-part = It has no open part: lists show its pseudonym, on this desk alone.
case-all-sealed = How far it is and what is due stand sealed in it.
case-status = Status: { $status }
case-due = To do: { $what }, until { $date }
case-overdue = OVERDUE: { $what }, since { $date }
case-done = Done: { $what }, on { $date }
case-incident = Incident { $id } { $title }
case-own-part = Part of the case itself: { $part } ({ $state })
case-part = Part that belongs to it: { $part } ({ $state })
case-part-sealed = sealed twice
case-part-withdrawn = withdrawn
case-part-erased = erased
case-changed = Written into the open part of case { $case }.
case-added-sealed = Added to case { $case } as a guarded part.
case-taken-up = Case { $case } can be gone on with here.
column-reference = Reference
column-due = Due
column-next = To do
column-overdue = Overdue
open-nothing-chosen = nothing is chosen that this desk keeps and could ask for: name parts, or with --ahead a compartment, a case or an area
open-ahead-would = This would be opened ahead, { $count } part(s). All of them count as read, whether they are read or not:
open-ahead-case = Of case { $case }
open-ahead-not-asked = Nothing was asked; with --yes it is.
column-withdrawn = Withdrawn
column-erasable = Can be erased from
column-erased = Erased
column-about = About
column-value = Which
column-purposes = Purposes
column-recipients = Recipients
column-missing = Trustees to go
column-effect = Effect
column-who = Who
column-action = Action
column-what = What
column-basis = Basis
column-needs = Needs
column-words = In words
column-on-hold = Held
sync-readings = Read offline: trustees were told of { $told } reading(s), { $due } are due still.
sync-readings-refused = Trustee { $trustee } does not take what was read offline: { $code }. With readings-forked this desk was put back from an older copy, or two desks use its keys: tell the information-security officer.
sync-facts = Facts: trustees took { $taken } letter(s), { $due } are due still.

# Sharing
share-incomplete = say which part, --to which compartment and for which --purpose
share-plan = Part { $part } would be shared with { $to }, for { $purpose } (for: { $recipient }).
share-readers = { $count } person(s) could read it now.
share-later-too = Everybody who comes into the compartment later could read it too.
share-generalised = Tells less of: { $fields }
share-told-whole = nothing; it is told whole
share-left-out = Left out: { $fields }
share-would-read = They would read ({ $kind }):
share-loses-a-seal = It is sealed twice now; there it would be sealed once: every member opens it without a trustee, nobody is told, it is searched, counted and exported with the rest.
share-before = It was let out { $count } time(s) before: 'counterseal share list' shows them.
share-not-done = Nothing was shared. Say --yes to do it; what is shared cannot be recalled.
share-open-first = --open opens it for this purpose first; the request stands in the log, and those whom it concerns are told.
share-asked = What a second person is to approve is in { $path }: they read it with 'counterseal share approve'.
share-done = Shared: { $to } has entry { $entry } of part { $part }; { $count } person(s) can read it. This cannot be recalled.
share-no-recall = None of this can be recalled.
share-released = Released of part { $part }, and not to be recalled: { $count } time(s)
share-approval = { $by } asks to share part(s) { $parts } of { $from } with { $to }, for { $purpose }.
share-approval-export = { $by } asks to export part(s) { $parts } out of the mission, to { $recipient }, for { $purpose }.
share-not-approved = Nothing was approved. Say --yes and --out to do it.
share-approved = Approved, for this sharing and no other: { $path }. Give the file to who asked.
sync-disclosed = Sharing and exports: { $logged } put into the log, { $due } are due still.
fact-copied = The fact is in { $path }; 'counterseal fact take' reads it on another desk.
fact-taken = Taken: { $kind }. It counts here once it stands in the log.
ask-office = Ask { $office }: { $names }
ask-nobody = Nobody is { $office } as far as this desk knows; the governors, and for a compartment its managers, appoint one.
open-cover = { $part }  a cover: nothing was written here
column-how = How
column-recipient = For
column-to = With
share-concerns = The guard points out { $count } passage(s) in it that should perhaps not stand in an open compartment.
# The end of a tour, and the rest
handover-trust-open = { $count } part(s) that people trusted to you are not settled, and nothing of them was handed over: say --seal-off, --hand-over or --ask-again for each.
trust-open = not settled: seal it off, hand it over, or ask again
trust-sealed-off = sealed off: withdrawn until somebody can ask
trust-handed-over = handed to { $to }
trust-ask-again = to be asked again before { $date }
handover-sealed-off = Sealed off: { $count } part(s). Trustees release them no more until two persons lift it.
handover-source-handed = { $part } names the successor as who handles the source.
handover-asked-again = The consent of { $part } counts until { $date }; somebody asks again before that.
guarded-resealed = Sealed anew as { $entry }; 'counterseal guarded list' says who has it. The refused entry stays in the journal, and nothing of it on this desk.
record-sealed-twice = Sealed twice: there is more in { $compartment }. Ask with 'counterseal open { $part } --purpose ...'; the request stands in the log.
record-derived = Made of part { $part }, for { $purpose } (for: { $recipient }); what is not here was left out.
find-sealed-twice = { $count } of these record(s) have parts that are sealed twice; 'counterseal record show' says how to ask for them.
review-emergency = Emergency { $request } of { $person } on { $time }: { $parts } part(s), to be answered by { $due } with 'counterseal review emergency'
review-emergency-late = OVERDUE: emergency { $request } of { $person } on { $time }: { $parts } part(s), was to be answered by { $due } with 'counterseal review emergency'
review-emergency-answered = Answered; it leaves the list of every reviewer who reads that compartment.
record-same = Record { $record } tells of the same event as { $event }. Both stay; 'record apart { $record }' takes it back.
record-apart = Record { $record } tells of an event of its own.
record-not-alike = only incidents are compared, and this is another kind of record: { $kind }
# Entities
entity-more = { $count } entities fit; raise --limit or give more of the name.
entity-absent = Records that are said to be one with it and that this desk does not have: { $count }
entity-alone = Nobody says that it is one with another.
entity-merged = Records { $record } and { $other } are said to be one from now on.
entity-split = Taken back: record { $record } is one with others no longer (links: { $count }).
entity-still-one = Records { $record } and { $other } are still held together by a third; 'counterseal entity show { $record }' says by which.
column-same = Same
column-note = Note
column-with = With
column-common = In common
