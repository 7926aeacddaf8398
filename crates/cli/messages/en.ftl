# Every sentence the program says, in English. The other languages have the same names (a test compares them).
# What is refused says what, which, and what to do next.

synthetic-mark = SYNTHETIC: everything here is made up.
yes = yes
list-empty = Nothing.
no-home = no folder is known to keep desks in; name one with --home
choose-one = '{ $text }' is not one of { $words }

# --- files and the terminal
file-read = could not read { $path }: { $reason }
file-write = could not write { $path }: { $reason }
file-make = could not make { $path }: { $reason }
file-name = could not give { $path } its name: { $reason }
file-find = could not find { $path }: { $reason }
file-clear = could not clear { $path }: { $reason }
file-remove = could not remove { $path }: { $reason }
file-lock = could not lock { $path }: { $reason }
file-use = could not use the { $path }: { $reason }

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
refusal-pouch-not-one = the file is not a pouch
refusal-pouch-version-unknown = the pouch is of version { $version } and suite { $suite }, which this version does not know; update to read it
refusal-pouch-too-many-receivers = the pouch claims more receivers than a pouch can have
refusal-pouch-not-for-this-device = the pouch is not sealed to this device; ask its writer to name this device or its compartment
refusal-pouch-damaged = chunk { $number } of the pouch is damaged; what came before it was read, ask for the rest again
refusal-pouch-contents-misplaced = the pouch does not begin with what it contains, or says it twice
refusal-pouch-contents-disorderly = the list of what the pouch contains is out of order
refusal-pouch-frames-unknown = the pouch speaks version { $version } of the protocol, which this version does not; update to read it
refusal-pouch-mission-other = the pouch belongs to another mission
refusal-pouch-after-end = the pouch goes on after its end

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
session-begins = Unlocked. Type commands without 'counterseal'; 'lock' leaves; { $minutes } idle minutes lock.
session-idle = Locked, because nothing was asked for a while.
session-asked = Locked, because it was asked for.
session-quote = a quote is left open in that line
session-not-here = this is not done inside a session; leave it with 'lock' first

# --- demo
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
demo-start = Hub and witnesses are stopped now. To start them again:
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
thing-compartment = compartment
thing-person = person
thing-device = device
thing-record = record
thing-invitation = invitation
thing-request = request
thing-challenge = challenge
thing-recovery = recovery paper
home-synced = { $path } lies in a folder that { $service } copies to its servers; choose another home with --home
home-no-desk = there is no desk in { $path }; found a mission with 'counterseal mission new', or join one with 'counterseal invite accept'
home-several = this computer has { $count } desks; choose one with --desk: { $ids }
home-not-this-one = no desk begins with '{ $prefix }'; there are: { $ids }
store-in-use = this desk's store is open in another counterseal program; close that one first, or run 'counterseal lock'
store-missing = there is no store in { $dir }; create a mission or join one first
store-damaged = { $file } was damaged or put back from an older copy: { $what }; restore the desk from a backup or re-enrol it, and tell your information-security officer
store-full = the disk is full: nothing of the last step was kept; free some space and try again
store-unsure = the disk failed while something was being kept ({ $reason }): it may or may not be there; open the desk again and look before you repeat it
store-poisoned = an earlier write failed, so this desk answers nothing more until it is opened again
keyfile-cannot-unlock = the passphrase is wrong or the key file is damaged; type it again, and if it surely is right, restore the file from a copy
node-other-key = this key file is not a { $needed }'s
node-no-mission = this desk's store holds no mission; restore it from a backup or re-enrol the desk
node-not-a-member = this desk is not a member of compartment { $compartment }; ask one of its managers to admit it
node-no-secret = the secret of epoch { $epoch } is not on this desk; ask any member of its compartment to publish a repair
node-no-record = there is no record { $record } on this desk
compartment-choose = say in which compartment, with --compartment: { $names }
compartment-none = this desk works in no compartment yet; ask a manager to admit it, or create one with 'counterseal compartment new'
node-none-so = no { $what } is called '{ $prefix }' or begins so; see the list of what there is
node-several-so = more than one { $what } ({ $count }) fits '{ $prefix }'; name one, or give more digits
node-source-in-open = a source is always guarded: it cannot be recorded in an open compartment, where every member's key alone opens it
node-other-kind = record { $record } is of another kind: { $is }, not { $given }
node-bad-statements = this is not a file of statements: { $reason }
node-no-receivers = nobody would receive this pouch: no other active device is in the compartment; name a device or a person, or admit them first
node-not-a-receiver = no pouch is written for device { $device }: it is not enrolled, or it is revoked, suspended or frozen
node-verification = verification failed: { $reason }; restore the desk from a backup or re-enrol it
node-locked = the desk was locked; what was reported as kept is kept, run the command again to go on

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

# --- what the register refuses, by its codes
refusal-suite-unknown = the object is of suite { $suite }, which this version does not know; update to read it
refusal-suite-below-minimum = the mission accepts suite { $minimum } or newer only; update to take part
refusal-statement-too-large = the statement has { $bytes } bytes, more than a statement can have
refusal-chain-wrong = the statement names another chain than the one its act belongs to
refusal-mission-other = the statement belongs to another mission
refusal-mission-already-founded = the mission is founded already; a founding can only be its first statement
refusal-founding-expected = a mission begins with a founding that names no mission and no predecessor
refusal-statement-known = statement { $statement } stands in the register already
refusal-position-runs-back = the statement's place in the log is not after the last one applied; apply the log in order
refusal-time-runs-back = the statement stands since a time before the last one applied; apply the log in order
refusal-log-size-impossible = the statement claims to have seen more of the log, or less, than its place and its predecessor allow
refusal-not-cosigned = the statement permits something and has effect only once witnesses have cosigned it; keep it and try again then
refusal-predecessor-unknown = the statement follows one that does not stand on its chain; fetch what is missing first
refusal-predecessor-void = the statement follows { $statement }, which is void
refusal-signer-unknown = the statement is signed by a key that the register does not know
refusal-not-the-governors = exactly { $threshold } of the present governors must sign this, and nobody else
refusal-not-one-device = exactly one device must sign this
refusal-signer-not-active = device { $device } signed this but is pending, suspended, frozen or revoked, or its person's assignment has ended
refusal-not-a-registrar = only a registrar can say this
refusal-not-a-manager = only a manager of compartment { $compartment } can say this
refusal-not-a-member = only a device in the epoch's roster can say this
refusal-own-case = nobody extends their own assignment or confirms their own device; ask another
refusal-not-a-cross-signer = a further device is signed by one of the person's active devices or by as many recovery officers as the register says, none of them the person
refusal-governors-bad = governors must be 1 to 16 distinct keys in order of their ids, and the threshold between one and their number
refusal-registrars-bad = a founding names at least one registrar, and each person and device once
refusal-suite-not-raised = the minimum suite is { $minimum } and can only be raised
refusal-registrar-unknown = the person is not a registrar
refusal-recovery-bad = recovery officers must be distinct enrolled persons in order, and the threshold between one and their number
refusal-nothing-changes = this holds already and nothing waits to replace it
refusal-hub-unknown = the mission has no hub yet; governors name the first
refusal-hub-generation-wrong = this should be of the hub's generation { $expected }; look at the hubs the register has
refusal-hub-log-keys-fixed = the keys of a hub's logs are fixed; other keys need a succession
refusal-hub-pins-bad = a hub has 1 to 4 certificate pins, each once and in order
refusal-log-end-bad = a succession names size and root of logs that its predecessor cannot have had
refusal-succession-misplaced = a succession is the first statement of the new log and must stand at index { $index }
refusal-hub-superseded = this is of the hub's generation { $generation }, which governors have replaced; use the hub of today, and tell your information-security officer if this one goes on working
refusal-log-before-generation = the log of the hub's generation { $generation } is not the one that its succession continues; do not use it and tell your information-security officer
refusal-hub-pin-unknown = the server shows a certificate that the register does not name; this is not the mission's hub
refusal-witnesses-bad = witnesses must be 1 to 32 in order of their names, each name and key once
refusal-quorum-bad = in each group that has witnesses at least one must cosign, and not more than there are
refusal-quorum-only-trustees = at least one witness that is not a trustee must be needed for a quorum
refusal-quorum-weak-unmarked = a quorum that plans for no corrupt witness is marked as weak, and no other is
refusal-quorum-too-small = with { $k } of { $w } witnesses and { $f } of them corrupt, a hub could show two logs or a false time; ask for more witnesses
refusal-trustees-bad = trustees must be 2 to 9 in order of their ids, each with keys and an x of 1 to 255 of its own that no other trustee ever had, and 1 to 4 certificate pins in order; one alone is marked as single
refusal-trustees-threshold-bad = { $t } of { $n } trustees cannot be asked for: at least two must release, and not more than there are
refusal-policy-bad = a policy is a table of 1 to 65536 bytes of UTF-8 text
refusal-office-bad = a reviewer reviews one section, and no other office names one
refusal-officer-unknown = the person does not hold this office
refusal-not-a-withdrawer = only a member of the compartment or a data-protection officer withdraws its parts, and only a manager or a data-protection officer holds them
refusal-not-two-persons = two persons must sign this: a manager of compartment { $compartment } and a data-protection officer
refusal-part-list-bad = the list of parts is empty, longer than 4096, out of order, or names one twice
refusal-nothing-to-lift = { $statement } is not a withdrawal or hold that stands in this compartment
refusal-part-held = a part, or its compartment, is under a legal hold; it is erased when the hold is lifted
refusal-cooling-off = a part is erased when its withdrawal has stood for { $days } days
refusal-part-erased = a part is erased already
refusal-trustee-set-unknown = the entry is sealed for trustees { $set }, which were not in force
refusal-not-the-trustees = the entry does not name exactly the trustees of { $set }
refusal-person-unknown = person { $person } is not enrolled
refusal-person-exists = person { $person } is enrolled already; an ended assignment is extended, a revocation is for good
refusal-person-not-active = person { $person } is revoked or frozen, or their assignment has ended
refusal-device-unknown = device { $device } is not enrolled for this person
refusal-device-exists = a device with these keys is enrolled already; keys are never used again
refusal-not-the-first-device = a registrar enrols a person's first device only; a further one is cross-signed by the person or by recovery officers
refusal-no-first-device = the person has no device yet; a registrar enrols the first
refusal-device-proof-bad = the device has not proved that it holds its signing key
refusal-key-bad = a public key is not a canonical encoding of a point of the right order
refusal-key-in-use = one key has one purpose and one holder: this one is another's, or was used before
refusal-device-not-pending = device { $device } is not waiting to be confirmed
refusal-already-revoked = the person or device is revoked already
refusal-already-suspended = device { $device } is suspended already
refusal-evidence-bad = the evidence is not two entries that this device signed for one place in its journal
refusal-not-a-freezer = a person is frozen by a registrar, by themself, or by a manager of a compartment they are in, but a registrar not by a manager; a site by a registrar
refusal-freeze-unknown = { $freeze } is not a freeze that holds for this person or site
refusal-freeze-list-bad = the list of freezes is empty, out of order, or names one twice
refusal-site-unknown = nobody was ever assigned to site { $site }
refusal-compartment-unknown = compartment { $compartment } does not exist
refusal-compartment-exists = compartment { $compartment } exists already
refusal-managers-remain = compartment { $compartment } still has a manager, who can appoint another; governors and registrars cannot
refusal-compartment-mission-wide = the mission-wide compartment is managed by the registrars and stays open
refusal-manager-unknown = the person is not a manager of the compartment
refusal-rule-is-the-governors = only governors change an opening rule; an amendment names the rule that holds
refusal-entry-list-bad = the list of entries is empty, out of order, or names one twice
refusal-epoch-unknown = epoch { $epoch } is not one of this compartment
refusal-epoch-joins-bad = an epoch names the epochs it follows, each once and in order; only the first names none, with the reason create
refusal-roster-bad = a roster is 1 to 4096 devices, each once and in order
refusal-roster-not-active = device { $device } cannot receive an epoch's secret: it is not enrolled, pending, suspended, frozen or revoked, or its person's assignment has ended
refusal-roster-not-kept = a member's rekey follows one current epoch and keeps its roster, without the devices that are no longer active and no others
refusal-epoch-reason-mismatch = the epoch's reason does not fit: only create and admit bring devices in, and join follows several epochs
refusal-epoch-previous-bad = an epoch seals the secrets of exactly those epochs it follows that began under the history rule full, and none while from-join holds
refusal-not-the-epochs-signer = only the device that began the epoch hands out its wraps; another member can publish a repair
refusal-epoch-already-wrapped = the epoch's wraps stand already; a correction is a repair
refusal-wraps-not-the-roster = the wraps must name exactly the devices of the epoch's roster, in order; a repair some of them
refusal-device-removed = device { $device } was removed from the compartment
refusal-entry-rule-mismatch = the entry is not sealed by the opening rule of its epoch
refusal-statement-malformed = this is not a statement: { $reason }
refusal-signed-malformed = this is not a signed object; fetch it again
refusal-signature-algorithm-unknown = it is signed by a method this version does not know; update to read it
refusal-signature-list-bad = its signatures are missing, doubled or out of order; fetch it again
refusal-signers-wrong = it is not signed by exactly those who must sign it
refusal-signature-invalid = a signature on it does not verify; fetch it again, and tell your information-security officer if that does not help
refusal-entry-malformed = this is not an entry; fetch it again
refusal-entry-suite-unknown = the entry is of a suite that this version does not know; update to read it
refusal-entry-other-device = the entry says it is of another device than the one it was checked for
refusal-entry-predecessor-bad = the entry does not name its predecessor as an entry at its place must
refusal-entry-trustee-set-missing = the entry carries shares for trustees but names no trustee set
refusal-entry-part-guarded = a part of the entry is guarded, but the entry names no trustee set
refusal-entry-trustee-count = the entry carries shares for no trustee, or for more than nine
refusal-entry-trustee-key-twice = the entry carries two shares for one trustee's key
refusal-entry-part-open = a part of the entry is open, but the entry names a trustee set
refusal-entry-point-count = a part of the entry has another number of shares than the entry has trustees
refusal-entry-out-of-limits = the entry has more parts or bytes than an entry can have, or none
refusal-entry-part-count = the entry carries another number of parts than its author signed; fetch it again
refusal-entry-no-such-part = the entry has no part of that number
refusal-entry-other-ciphertext = a part is not the ciphertext that the entry's author signed; fetch the entry again
refusal-chain-other-journal = the entry belongs to another journal
refusal-chain-gap = earlier entries of the journal are missing; fetch them first
refusal-chain-equivocation = a device signed two entries for one place in its journal; both are kept as evidence
refusal-chain-other-predecessor = the entry follows another entry than the one held; one of them is a second history
refusal-leaf-length-bad = this is not a leaf of the journal log; fetch it again
refusal-leaf-version-unknown = the leaf is of a version that this program does not know; update to read it
refusal-leaf-type-unknown = the leaf is of a type that this version does not know; update to read it
refusal-leaf-count-bad = the leaf counts no parts, or more than there can be

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
recovery-set = The recovery officers are named. What loosens has effect in { $days } days.
role-yours = You are { $role }.
role-until = You are { $role } until { $until }.
role-assignment = assignment
role-registrar = registrar
role-recovery-officer = recovery officer
role-manager = manager of { $compartment }
ends-soon = Ends soon: { $person }, { $role }, on { $until }
refusal-invitation-none = this is no invitation; give the file or the lines that the inviter's desk made
refusal-invitation-line-bad = line { $line } of the invitation has a mistake in it or is missing; compare it, and type it again
refusal-invitation-of-other-version = the invitation is of another version of counterseal; update this program
refusal-invitation-file-bad = this is not the { $what } of an invitation: { $reason }
refusal-invitation-unknown = this desk made no such invitation; list them with 'counterseal invite list'
refusal-invitation-expired = the invitation ended on { $since }; make another, and check this computer's clock
refusal-invitation-cancelled = the invitation was cancelled; make another
refusal-invitation-used = the invitation was used already; each is for one device, make another
refusal-invitation-taken = another device asked with this invitation first: somebody else may have it; cancel it and make another
refusal-request-mission-other = the request is for another mission than this desk's
refusal-request-inviter-other = the request answers an invitation of another desk than this one
refusal-request-not-bound = the request was changed, or made without the invitation; ask for it again
refusal-request-not-signed = the device has not proved that it holds its signing key; ask for the request again
refusal-request-person-other = the request is for another person than the invitation
refusal-challenge-request-other = the challenge answers another request than this device's; ask for the one that belongs to it
refusal-challenge-inviter-other = the challenge is not from the device that the invitation names: do not go on, and tell your information-security officer
refusal-challenge-closed = the challenge is not sealed to this device: do not go on, and tell your information-security officer
refusal-challenge-not-committed = the challenge is not the one that the invitation commits to: do not go on, and tell your information-security officer
refusal-challenge-second = this device took another challenge already; ask for a new invitation
refusal-string-wrong = { $left ->
        [0] the string is wrong for the third time: the invitation is cancelled, make another
       *[other] the strings differ: this is another device, or a mistake in typing; { $left } tries are left
    }
refusal-invitation-not-asked = no device has asked with this invitation yet; answer its request first
refusal-invitation-not-proved = this device has not taken its challenge yet; run 'counterseal invite prove' first
refusal-enrolment-not-by-inviter = this device was enrolled by another device than the one that invited it, or without its challenge: do not join, and tell your information-security officer
refusal-paper-device-other = the paper is for another device than the fingerprint that was read to you; do not sign it

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
link-not-the-hub = whoever answers at this address is not the mission's hub: { $reason }
node-hub-not-followed = this desk has heard of the hub's generation { $generation } and has not followed its logs; sync with it, or take the logs of a desk that has with 'counterseal mission take'
node-other-end = the governors' statement about generation { $generation } of the hub ends the { $log } log at size { $size } with a root that it does not have on this desk: do not use either hub, keep this desk as it is and tell your information-security officer; nothing was taken in
witness-without-url = Desks cannot poll this witness: give --url with an https address that leads to it. Without being polled it warns nobody of a second history.
witness-made = Made the witness's keys. Give { $path } to the governors, for 'counterseal mission hub'.
witness-log-added = The witness knows this log. Start it again if it runs.
witness-log-dropped = The witness cosigns this log no more. Start it again if it runs.
witness-log-unknown = the witness has no such log in its configuration
witness-runs = The witness runs at { $address }. Stop it with Ctrl-C.
witness-stopped = The witness has stopped.

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
thing-site = site
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
node-nothing-to-leave = name at least one compartment to leave; see 'counterseal compartment list'
node-already-away = this desk has left compartment { $compartment } already; a manager of it brings it back
node-nobody-brings-back = nobody could bring this desk back into compartment { $compartment }: its person is the only manager; appoint another one first with 'counterseal compartment manager appoint'
node-unsent = { $entries } entries and { $statements } statements of this desk are confirmed by no hub; send them first with 'counterseal sync' or 'counterseal pouch write', or say --anyway: what was written in compartments that are left then counts as late
node-not-away = as far as this desk's log says, device { $device } has not left compartment { $compartment }; if it has, sync first
node-no-evidence = this desk has no evidence against device { $device }; see 'counterseal device evidence'
refusal-not-the-device-itself = only the device itself says that it leaves for a trip
refusal-device-away = device { $device } is on a trip, and until a manager brings it back it says nothing about what it left and vouches for no device
refusal-travel-unknown = { $travel } is not the statement with which the device left the compartment, or it is back
refusal-compartment-list-bad = the list of compartments is out of order, or names one twice
rotate-bar = Rotating
rotate-fault = { $path }, row { $row }, { $field }: { $reason }
rotate-refused = { $count } things are wrong; nothing was done
rotate-columns = a rotation has the columns { $columns }, and action always; this file has: { $found }
rotate-dry-run = Nothing was done (--dry-run). It would begin { $epochs } epochs, one for each compartment.
rotate-done = Done: { $statements } statements, { $epochs } epochs, { $wraps } secrets wrapped.
rotate-action = write in or out
rotate-role = write member or manager; registrars are appointed by governors
rotate-device-in = a device is not named here: who comes, comes with a request
rotate-no-person = name a person
rotate-only-in = this goes with in only
rotate-others-device = the device is another person's
rotate-until-whole = only a whole assignment ends later; leave device and compartments empty, or leave this empty
rotate-twice = the person has a row already; write one row for each
rotate-string-wrong = the strings differ: this is another device, or a mistake in typing; have it read again. Three wrong ones end the invitation
rotate-string-last = the string is wrong for the third time: the invitation is cancelled, make another
rotate-invitation-over = the invitation counts no more; see 'counterseal invite list'
rotate-unknown-person = nobody is enrolled so; write the invitation by which they come
rotate-other-device = the person is enrolled with another device; a further one is cross-signed
rotate-not-active = the person is frozen, expired or revoked
rotate-yourself = you cannot rotate yourself out; another registrar can
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
node-no-successor = { $person } cannot take over: name another person, who is active
node-bad-rotation = { $count } things are wrong with the rotation; 'counterseal people rotate --dry-run' names them all; nothing was done
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
node-stopped = this desk writes nothing now: its device is frozen, suspended or revoked, or the assignment has ended; 'counterseal device list' says which, and a registrar can help
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
node-two-histories = the { $log } log has signed two histories: { $who } has shown another one, up to size { $size }. Nothing goes on with this hub. Give the proof to your information-security officer: counterseal ledger proof --two-histories --out FILE
node-other-history = the { $log } log shows another history than this desk knows, at size { $size }: do not use this hub, keep this desk as it is and tell your information-security officer; nothing was taken in
node-not-logged = { $what } is not in a cosigned checkpoint yet; sync, and try again
node-files-unreachable = the logs' files cannot be read: { $reason }
node-no-trustees = two-seal and two-person compartments need trustees, and this mission has none: governors name them with 'counterseal mission trustees'
node-no-trustee-keys = nothing can be sealed in compartment { $compartment }: keys of { $have } of { $needed } trustees are on this desk; run 'counterseal sync' while there is a line to the trustees
node-epoch-not-logged = epoch { $epoch } is not in the log yet, and what is guarded could not be written again if it lost to another; run 'counterseal sync' first
node-guarded-one-by-one = guarded parts are written one by one; import into an open compartment
thing-section = section
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
mission-single-trustee = SINGLE TRUSTEE: whoever has its server opens with any member's key.
mission-policy = Policy of openings: for engine { $engine }.
mission-no-policy = No policy of openings: the trustees release nothing.
trustees-checked = { $threshold } of { $count } trustees would have to release. Nothing was signed.
trustees-set = Signed: { $threshold } of { $count } trustees must release. The first count at once; later changes that loosen wait { $days } days.
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
thing-entry = entry

# --- openings ----------------------------------------
open-misfit = Trustee { $trustee } released a share that does not fit: it lies, or the author dealt it another. Tell your information-security officer.
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
refusal-opening-not-set-up = this mission has no { $what } yet, so nothing guarded can be opened; its governors name them
refusal-opening-part-unknown = there is no guarded part { $part } on this desk; 'counterseal guarded list' names those there are
refusal-opening-count-bad = { $count } parts cannot be asked for at once; ask for 1 to 4096
refusal-opening-not-followed = this desk has not followed the mission's logs; sync first, then open
refusal-opening-approvals-missing = opening this needs the approval of { $needed } other person(s), and { $have } have given it; name them with --approver, they answer with 'counterseal approvals'
refusal-opening-too-old = the request was good for ten minutes, which are over; ask again
refusal-opening-refused = the trustees refuse: { $reason }
refusal-opening-too-few = { $have } of the { $needed } trustees that are needed have released ({ $reason }); try again, or use what was opened ahead
refusal-opening-does-not-open = part { $part } does not open with what the trustees gave; tell the information-security officer: { $reason }
refusal-opening-closed = part { $part } is { $state }: nobody opens it
refusal-opening-not-ahead = part { $part } was not opened ahead, or its time is over
refusal-opening-request-unknown = no request { $id } waits for your answer; 'counterseal approvals list' shows those that do
refusal-opening-trustees-unknown = the part was sealed for trustees { $set } that are not known here; sync first

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
refusal-decoy-not-watch = only a watch officer plants decoy records; the governors appoint one
refusal-decoy-open = compartment { $compartment } is open: its members' keys alone open what is in it, so nobody would be told that a decoy was read; name a guarded one
refusal-decoy-no-desks = no desk can plant decoys in compartment { $compartment } so that you are told of their opening; have the governors appoint you reviewer of the section of some of its members
refusal-decoy-count = { $count } decoys are not planted at once; name 1 to { $most }
refusal-decoy-list = compartment { $compartment } is no place for the list of decoys: { $count } of its devices are of no watch officer; name a compartment of the watch office alone
refusal-review-office = openings are reviewed by data-protection officers and by the reviewers of sections; the governors appoint them
refusal-review-yourself = nobody reviews themselves: another reviewer or the data-protection officer has this person-day
refusal-review-no-day = no notice on this desk tells of an opening by { $person } on { $day }
refusal-review-cannot-read = { $person } is not a member of compartment { $compartment }, and could not reply there; name one that you both read
refusal-review-duties = the file of duties is refused: { $reason }
refusal-review-no-question = { $count } questions that concern you begin with '{ $prefix }'; give more digits
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
