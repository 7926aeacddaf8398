//! Desks and a stick: pouches in both directions, in odd order, twice, cut off, damaged, and for somebody else.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use std::path::{Path, PathBuf};

use common::{clock, found, passphrase, rng};
use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, DeviceId, PersonId, RecordId};
use counterseal_node::{
    Desk, Home, Invited, NodeError, PouchAt, PouchOptions, PouchReadReport, PouchSince, Room,
};
use counterseal_register::{Bytes, Charter, DeviceStatus, HistoryRule, Rule};
use counterseal_seal::{DeviceSecrets, PouchMaker};
use counterseal_sync::{
    Announced, ChunkSplitter, Contents, Data, JournalHead, LogHead, LogState, PouchHeader, PouchRefusal,
    PouchWriter, Slot,
};
use tempfile::TempDir;

/// A folder for what is carried, and for the homes of those who carry it.
struct Stick(TempDir);

impl Stick {
    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// A stick, and the first desk of a mission.
struct Field {
    stick: Stick,
    first: Desk,
    compartment: CompartmentId,
}

fn note(text: &str) -> Body {
    Body::Note(Box::new(Note { text: text.into(), ..Note::default() }))
}

fn write(desk: &mut Desk, compartment: CompartmentId, text: &str) -> RecordId {
    desk.record_new(compartment, note(text), Classification::Unclassified).unwrap()
}

fn quiet() -> impl FnMut(u64, u64) {
    |_, _| {}
}

impl Field {
    fn new(seed: u64) -> Self {
        let stick = Stick(TempDir::new().unwrap());
        let first = found(&stick.at("first"), seed);
        let compartment = first.default_compartment().unwrap();
        Self { stick, first, compartment }
    }

    fn home(&self, name: &str) -> Home {
        Home::open(&self.stick.at(name)).unwrap()
    }

    /// Somebody on another computer asks to join, and the first desk enrols them.
    fn enrol(&mut self, name: &str, seed: u64) -> (PersonId, DeviceId) {
        let home = self.home(name);
        let invited = Invited::NewPerson { name: name.into(), until: None };
        let asked = self.first.invite_at_hand(&home, invited, &passphrase(), &mut rng(seed)).unwrap();
        (asked.person, asked.device)
    }

    /// The same, admitted to the compartment, joining by a pouch alone.
    fn join(&mut self, name: &str, seed: u64) -> Desk {
        let (person, device) = self.enrol(name, seed);
        self.first.admit(self.compartment, person).unwrap();
        let stick = self.stick.at(&format!("{name}.pouch"));
        let options = PouchOptions { receivers: vec![device], ..PouchOptions::default() };
        self.first.write_pouch(&stick, &options, &mut quiet()).unwrap();
        self.join_by(name, &stick, seed + 1).unwrap().0
    }

    fn join_by(&self, name: &str, stick: &Path, seed: u64) -> Result<(Desk, PouchReadReport), NodeError> {
        let home = self.home(name);
        let waiting = home.waiting().unwrap().pop().unwrap();
        Desk::join_by_pouch(&home, &waiting, stick, &passphrase(), clock(), rng(seed), &mut quiet())
    }
}

fn pouch(desk: &mut Desk, stick: &Path, options: &PouchOptions) {
    desk.write_pouch(stick, options, &mut quiet()).unwrap();
}

fn read(desk: &mut Desk, stick: &Path) -> PouchReadReport {
    let report = desk.read_pouch(stick, &mut quiet()).unwrap();
    assert!(report.damage.is_none() && report.entries.refused.is_empty(), "{report:?}");
    report
}

fn refused(desk: &mut Desk, stick: &Path) -> String {
    desk.read_pouch(stick, &mut quiet()).unwrap_err().to_string()
}

/// What a desk answers: every note by its text, and how much there is of everything.
fn answers(desk: &Desk, ids: &[RecordId]) -> Vec<String> {
    ids.iter()
        .map(|id| match desk.record(*id) {
            Ok(view) => format!("{:?}", view.part.body),
            Err(error) => error.to_string(),
        })
        .collect()
}

/// The ids of all entries, in order.
fn entries(desk: &Desk) -> Vec<String> {
    let numbers = desk.entries_beyond(&[], None).unwrap();
    let mut ids: Vec<_> = numbers.iter().map(|no| desk.entry(*no).unwrap().entry.id().to_string()).collect();
    ids.sort();
    ids
}

#[test]
fn two_desks_and_a_stick_work_for_weeks_without_a_hub() {
    let mut field = Field::new(300);
    let mut ids = vec![write(&mut field.first, field.compartment, "before anybody came")];
    let mut other = field.join("Inkwell", 310);
    assert_eq!(answers(&other, &ids), answers(&field.first, &ids), "what was there came along");
    for week in 0..4 {
        ids.push(write(&mut field.first, field.compartment, &format!("first, week {week}")));
        ids.push(write(&mut other, field.compartment, &format!("other, week {week}")));
        let (there, back) =
            (field.stick.at(&format!("there-{week}")), field.stick.at(&format!("back-{week}")));
        pouch(&mut field.first, &there, &PouchOptions::default());
        let report = read(&mut other, &there);
        assert!(report.whole && report.signed && !report.needs_attention());
        assert_eq!((report.from, report.entries.new), (Some(field.first.device()), 1), "week {week}");
        let written = other.write_pouch(&back, &PouchOptions::default(), &mut quiet()).unwrap();
        assert_eq!(written.entries, 1, "nothing is carried that the reader said it holds");
        assert_eq!(read(&mut field.first, &back).entries.new, 1);
    }
    assert_eq!(entries(&field.first), entries(&other));
    assert_eq!(answers(&field.first, &ids), answers(&other, &ids));
    for desk in [&field.first, &other] {
        let report = desk.verify(&mut quiet()).unwrap();
        assert_eq!((report.missing, report.late, report.entries), (0, 0, 9));
    }
    assert!(field.first.totals().unwrap() == other.totals().unwrap(), "search and counts are equal");
}

#[test]
fn pouches_may_be_read_twice_and_in_any_order() {
    let mut field = Field::new(320);
    let mut other = field.join("Inkwell", 330);
    let sticks: Vec<_> = (0..3).map(|n| field.stick.at(&format!("stick-{n}"))).collect();
    let mut ids = Vec::new();
    for stick in &sticks {
        ids.push(write(&mut field.first, field.compartment, &stick.display().to_string()));
        pouch(&mut field.first, stick, &PouchOptions::default());
    }
    let new: Vec<_> = [2, 0, 1, 2, 0].map(|n: usize| read(&mut other, &sticks[n]).entries.new).into();
    assert_eq!(new, [3, 0, 0, 0, 0], "the last has everything that the other did not say it holds");
    assert_eq!(entries(&field.first), entries(&other));
    // Now the first knows; each pouch has only what is new, and they come in the wrong order.
    pouch(&mut other, &field.stick.at("back"), &PouchOptions::default());
    read(&mut field.first, &field.stick.at("back"));
    ids.push(write(&mut field.first, field.compartment, "fourth"));
    pouch(&mut field.first, &field.stick.at("fourth"), &PouchOptions::default());
    ids.push(write(&mut field.first, field.compartment, "fifth"));
    pouch(&mut field.first, &field.stick.at("fifth"), &PouchOptions::default());
    assert_eq!(read(&mut other, &field.stick.at("fifth")).entries.new, 2);
    assert_eq!(read(&mut other, &field.stick.at("fourth")).entries.known, 1);
    assert_eq!(answers(&field.first, &ids), answers(&other, &ids));
}

#[test]
fn a_pouch_cut_off_anywhere_gives_what_is_whole_and_says_what_is_missing() {
    let mut field = Field::new(340);
    let mut other = field.join("Inkwell", 350);
    // Enough for several chunks.
    for n in 0..12 {
        let text: String = (0..9000u32).map(|i| char::from(b'a' + ((i * i + n) % 23) as u8)).collect();
        let noise: Vec<u8> = common::rng_bytes(u64::from(n), 30_000);
        write(&mut field.first, field.compartment, &format!("{text}{}", hex::encode(noise)));
    }
    let stick = field.stick.at("whole");
    let report = field.first.write_pouch(&stick, &PouchOptions::default(), &mut quiet()).unwrap();
    let bytes = std::fs::read(&stick).unwrap();
    assert_eq!((report.entries, report.bytes), (12, bytes.len() as u64));
    assert!(bytes.len() > 5 * 65_552, "{} bytes", bytes.len());
    let cut = field.stick.at("cut");
    let mut last = 0;
    for tenths in 0..10 {
        std::fs::write(&cut, &bytes[..bytes.len() * tenths / 10]).unwrap();
        let Ok(report) = other.read_pouch(&cut, &mut quiet()) else {
            assert!(tenths < 2, "only a beginning without a chunk is refused: {tenths}");
            continue;
        };
        assert!(!report.whole && report.needs_attention());
        let held = entries(&other).len() as u64;
        assert_eq!(report.missing_entries + report.entries.new + report.entries.known, 12);
        assert!(held >= last && held < 12);
        last = held;
    }
    assert!(last > 3, "whole frames count: {last}");
    // A byte flipped in the middle: what came before stands, and the sentence says what to do.
    let mut damaged = bytes.clone();
    damaged[3 * 65_552] ^= 1;
    std::fs::write(&cut, &damaged).unwrap();
    let report = other.read_pouch(&cut, &mut quiet()).unwrap();
    assert!(matches!(report.damage, Some(PouchRefusal::Damaged { number: 2 })), "{report:?}");
    let report = read(&mut other, &stick);
    assert!(report.whole && report.entries.new + report.entries.known == 12);
    assert_eq!(entries(&other), entries(&field.first));
}

#[test]
fn what_is_no_pouch_for_this_desk_is_refused_with_a_sentence() {
    let mut field = Field::new(360);
    let (mut inkwell, mut kettle) = (field.join("Inkwell", 370), field.join("Kettle", 380));
    let stick = field.stick.at("for-inkwell");
    let options = PouchOptions { receivers: vec![inkwell.device()], ..PouchOptions::default() };
    pouch(&mut field.first, &stick, &options);
    assert!(refused(&mut kettle, &stick).contains("not sealed to this device"));
    let view = kettle.show_pouch(&stick).unwrap();
    assert_eq!((view.readable, view.bytes), (false, std::fs::metadata(&stick).unwrap().len()));
    assert_eq!((view.from, view.entries.len()), (None, 0), "its size and no more");
    let view = inkwell.show_pouch(&stick).unwrap();
    assert!(view.readable && view.whole && view.signed && view.from == Some(field.first.device()));

    let mut stranger = found(&field.stick.at("stranger"), 390);
    assert!(refused(&mut stranger, &stick).contains("not sealed to this device"), "of another mission");
    std::fs::write(field.stick.at("letter"), "Dear colleague").unwrap();
    assert!(refused(&mut kettle, &field.stick.at("letter")).contains("not a pouch"));
    std::fs::write(field.stick.at("head"), &std::fs::read(&stick).unwrap()[..500]).unwrap();
    assert!(refused(&mut inkwell, &field.stick.at("head")).contains("not sealed"));
    for at in [20, 1150, 1200] {
        let mut damaged = std::fs::read(&stick).unwrap();
        damaged[at] ^= 1;
        std::fs::write(field.stick.at("damaged"), damaged).unwrap();
        let sentence = refused(&mut inkwell, &field.stick.at("damaged"));
        assert!(sentence.contains("damaged") || sentence.contains("not sealed"), "{at}: {sentence}");
    }
    assert_eq!(read(&mut inkwell, &stick).entries.new, 0, "and nothing of all that did harm");

    let again = field.first.write_pouch(&stick, &options, &mut quiet()).unwrap_err();
    assert!(matches!(again, NodeError::File { .. }), "an existing file is not overwritten");
    let missing = field.stick.at("no").join("such").join("folder");
    assert!(field.first.write_pouch(&missing, &options, &mut quiet()).is_err());
    let left: Vec<_> =
        std::fs::read_dir(field.stick.0.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("unfinished")), "{left:?}");
}

#[test]
fn a_third_desk_catches_up_from_two_pouches() {
    let mut field = Field::new(400);
    let (mut inkwell, mut kettle) = (field.join("Inkwell", 410), field.join("Kettle", 420));
    pouch(&mut field.first, &field.stick.at("statements"), &PouchOptions::default());
    read(&mut inkwell, &field.stick.at("statements"));
    let ids = [
        write(&mut field.first, field.compartment, "from the first"),
        write(&mut inkwell, field.compartment, "from Inkwell"),
    ];
    pouch(&mut field.first, &field.stick.at("one"), &PouchOptions::default());
    pouch(&mut inkwell, &field.stick.at("two"), &PouchOptions::default());
    assert_eq!(read(&mut kettle, &field.stick.at("two")).entries.new, 1);
    assert_eq!(read(&mut kettle, &field.stick.at("one")).entries.new, 1);
    // It carries what it has to either of them, though it wrote nothing of it.
    pouch(&mut kettle, &field.stick.at("three"), &PouchOptions::default());
    for desk in [&mut field.first, &mut inkwell] {
        assert_eq!(read(desk, &field.stick.at("three")).entries.new, 1);
    }
    assert!(entries(&field.first) == entries(&inkwell) && entries(&inkwell) == entries(&kettle));
    assert_eq!(answers(&kettle, &ids), answers(&field.first, &ids));
}

#[test]
fn a_revocation_is_carried_and_obeyed_and_its_holder_gets_no_pouch() {
    let mut field = Field::new(430);
    let (mut inkwell, mut kettle) = (field.join("Inkwell", 440), field.join("Kettle", 450));
    pouch(&mut field.first, &field.stick.at("statements"), &PouchOptions::default());
    read(&mut inkwell, &field.stick.at("statements"));
    let (person, device) = (kettle.person(), kettle.device());
    field.first.revoke_person(person).unwrap();
    let options = PouchOptions { receivers: vec![device], ..PouchOptions::default() };
    let no = field.first.write_pouch(&field.stick.at("no"), &options, &mut quiet()).unwrap_err();
    assert!(matches!(no, NodeError::NotAReceiver { .. }), "{no}");
    let report = field.first.write_pouch(&field.stick.at("revoked"), &PouchOptions::default(), &mut quiet());
    assert_eq!(report.unwrap().receivers, [inkwell.device()]);
    assert!(refused(&mut kettle, &field.stick.at("revoked")).contains("not sealed"));
    assert!(read(&mut inkwell, &field.stick.at("revoked")).statements > 0);
    let status = inkwell.register().device(device, inkwell.moment()).unwrap().status;
    assert!(matches!(status, DeviceStatus::Revoked { .. }));
    // What the revoked desk goes on writing is kept apart.
    write(&mut kettle, field.compartment, "from a stolen desk");
    let options = PouchOptions { receivers: vec![inkwell.device()], ..PouchOptions::default() };
    pouch(&mut kettle, &field.stick.at("stolen"), &options);
    assert_eq!(read(&mut inkwell, &field.stick.at("stolen")).entries.late, 1);
}

#[test]
fn without_a_hub_two_histories_are_named_and_what_takes_away_is_obeyed() {
    let mut field = Field::new(460);
    let mut inkwell = field.join("Inkwell", 470);
    let kettle = field.enrol("Kettle", 480);
    field.first.admit(field.compartment, kettle.0).unwrap();
    pouch(&mut field.first, &field.stick.at("statements"), &PouchOptions::default());
    read(&mut inkwell, &field.stick.at("statements"));
    // Each says something that the other does not know of.
    inkwell.rekey(field.compartment).unwrap();
    field.first.revoke_person(kettle.0).unwrap();
    let id = write(&mut field.first, field.compartment, "after it");
    pouch(&mut field.first, &field.stick.at("branch"), &PouchOptions::default());
    let report = inkwell.read_pouch(&field.stick.at("branch"), &mut quiet()).unwrap();
    assert!(report.two_histories.is_some() && report.needs_attention());
    assert!(!report.on_sight.is_empty(), "the revocation, and the epochs without its holder");
    let gone = |desk: &Desk| {
        matches!(
            desk.register().device(kettle.1, desk.moment()).unwrap().status,
            DeviceStatus::Revoked { .. }
        )
    };
    assert!(gone(&inkwell));
    assert!(inkwell.record(id).is_ok(), "what was written under those epochs is read");
    inkwell.close().unwrap();
    let place = field.home("Inkwell").choose(None).unwrap();
    let inkwell = Desk::unlock(place, &passphrase(), clock(), rng(490)).unwrap();
    assert!(gone(&inkwell), "also after a restart");
}

#[test]
fn a_pouch_carries_nothing_of_a_compartment_that_a_receiver_is_not_in() {
    let mut field = Field::new(500);
    let mut inkwell = field.join("Inkwell", 510);
    let secret =
        field.first.create_compartment("two of us", Charter::new(Rule::Open, HistoryRule::Full)).unwrap();
    let kettle = field.join("Kettle", 520);
    field.first.admit(secret, kettle.person()).unwrap();
    write(&mut field.first, secret, "not for Inkwell");
    let open = write(&mut field.first, field.compartment, "for both");
    let everyone = PouchOptions::default();
    let report = field.first.write_pouch(&field.stick.at("all"), &everyone, &mut quiet()).unwrap();
    assert_eq!((report.receivers.len(), report.entries), (2, 1));
    assert_eq!(report.left_out.len(), 1, "and it says so");
    let left = &report.left_out[0];
    assert_eq!(
        (left.compartment, left.entries, left.lacking.as_slice()),
        (secret, 1, &[inkwell.device()][..])
    );
    read(&mut inkwell, &field.stick.at("all"));
    assert_eq!(entries(&inkwell).len(), 1);
    assert!(inkwell.record(open).is_ok());
    assert!(inkwell.journal_heads().unwrap().iter().all(|head| head.compartment != secret));
    let named = PouchOptions { compartment: Some(secret), ..PouchOptions::default() };
    let report = field.first.write_pouch(&field.stick.at("two"), &named, &mut quiet()).unwrap();
    assert_eq!((report.receivers.as_slice(), report.entries), (&[kettle.device()][..], 1));
    let refused = inkwell.write_pouch(&field.stick.at("no"), &named, &mut quiet()).unwrap_err();
    assert!(matches!(refused, NodeError::NotAMember(_)));
}

#[test]
fn since_says_what_is_left_out() {
    let mut field = Field::new(530);
    let mut inkwell = field.join("Inkwell", 540);
    write(&mut field.first, field.compartment, "one");
    pouch(&mut field.first, &field.stick.at("one"), &PouchOptions::default());
    read(&mut inkwell, &field.stick.at("one"));
    pouch(&mut inkwell, &field.stick.at("back"), &PouchOptions::default());
    read(&mut field.first, &field.stick.at("back"));
    let mut count = |name: &str, since| {
        let options = PouchOptions { since, ..PouchOptions::default() };
        let report = field.first.write_pouch(&field.stick.at(name), &options, &mut quiet()).unwrap();
        (report.entries, report.statements > 0)
    };
    assert_eq!(count("last", PouchSince::Last), (0, false));
    assert_eq!(count("beginning", PouchSince::Beginning), (1, true));
    let at = |seconds| PouchSince::Time(counterseal_model::Timestamp(common::NOW.0 + seconds));
    assert_eq!(count("later", at(1)).0, 0);
}

/// A pouch to one device with this summary and nothing else, written by somebody who knows its keys.
fn forged(to: &Desk, contents: &Contents) -> Vec<u8> {
    let stranger = DeviceSecrets::make(&mut rng(9)).unwrap();
    let keys = to.register().device_keys(to.device()).unwrap();
    let begun = PouchMaker::begin(&mut rng(8), &stranger, to.mission(), &[keys.into()], &[0; 32]);
    let (maker, slots) = begun.unwrap();
    let slots = slots.into_iter().map(Slot).collect();
    let head = PouchHeader::new(slots, || unreachable!(), |_| 0).unwrap().to_bytes();
    let mut sealer = maker.chunks(&head).unwrap();
    let mut contents = contents.clone();
    contents.signature = Some(Bytes(stranger.sign_pouch(&contents.to_be_signed()).unwrap()));
    let none = || Announced { size: 0, checkpoint: Data::default() };
    let (writer, mut frames) = PouchWriter::begin(contents, LogState::new(none(), none()));
    frames.extend(writer.end());
    let mut last = ChunkSplitter::new();
    let begun = last.write::<()>(&frames, |_, _| Err(())).unwrap();
    assert!(begun.is_empty());
    let sealed = last.finish::<()>(|nonce, chunk| Ok(sealer.seal(nonce.to_bytes(), chunk).unwrap())).unwrap();
    [head, sealed].concat()
}

#[test]
fn a_forged_summary_does_not_keep_a_desk_from_being_told() {
    let mut field = Field::new(550);
    let mut inkwell = field.join("Inkwell", 560);
    let id = write(&mut inkwell, field.compartment, "new");
    // It claims that the first desk holds all that Inkwell has, and later than any true word.
    let heads = inkwell.journal_heads().unwrap().into_iter().map(|head| JournalHead {
        device: head.device,
        journal: head.journal,
        compartment: head.compartment,
        seq: head.seq,
        id: head.entry,
    });
    let nothing = LogHead { size: 0, root: Bytes([0; 32]) };
    let later = counterseal_model::Timestamp(common::NOW.0 + 100);
    let contents =
        Contents::new(inkwell.mission(), field.first.device(), later, (nothing, nothing), heads.collect());
    std::fs::write(field.stick.at("forged"), forged(&inkwell, &contents.unwrap())).unwrap();
    let report = read(&mut inkwell, &field.stick.at("forged"));
    assert!(report.whole && !report.signed && report.from == Some(field.first.device()));
    pouch(&mut inkwell, &field.stick.at("true"), &PouchOptions::default());
    assert_eq!(read(&mut field.first, &field.stick.at("true")).entries.new, 1);
    assert!(field.first.record(id).is_ok());
}

#[test]
fn a_found_stick_shows_no_word_and_no_id() {
    let mut field = Field::new(580);
    let mut inkwell = field.join("Inkwell", 590);
    let id = write(&mut field.first, field.compartment, "planted-word-zinnia");
    pouch(&mut field.first, &field.stick.at("stick"), &PouchOptions::default());
    pouch(&mut inkwell, &field.stick.at("reply"), &PouchOptions::default());
    for name in ["stick", "reply", "Inkwell.pouch"] {
        let bytes = std::fs::read(field.stick.at(name)).unwrap();
        let finds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        let (first, other) = (&field.first, &inkwell);
        let people = [first.person(), other.person()];
        assert!(!finds(b"planted-word-zinnia") && !finds(b"Inkwell") && !finds(b"Blue Heron"), "{name}");
        assert!(!finds(id.as_bytes()) && !finds(first.mission().as_bytes()));
        assert!(!finds(first.device().as_bytes()) && !finds(other.device().as_bytes()));
        assert!(!finds(field.compartment.as_bytes()) && people.iter().all(|one| !finds(one.as_bytes())));
        let keys = first.register().device_keys(other.device()).unwrap();
        assert!(!finds(&keys.signing.0) && !finds(&keys.hpke.0[..32]));
        assert_eq!(&bytes[..8], b"cs-pouch", "it says what it is, and its size");
    }
}

#[test]
fn joining_by_a_pouch_needs_ones_own_and_an_enrolment() {
    let mut field = Field::new(600);
    let (_, inkwell) = field.enrol("Inkwell", 610);
    let (_, kettle) = field.enrol("Kettle", 620);
    let (mine, others) = (field.stick.at("mine"), field.stick.at("others"));
    let to = |device| PouchOptions { receivers: vec![device], ..PouchOptions::default() };
    pouch(&mut field.first, &mine, &to(inkwell));
    pouch(&mut field.first, &others, &to(kettle));
    assert!(field.join_by("Inkwell", &others, 630).err().unwrap().to_string().contains("not sealed"));
    let (joined, report) = field.join_by("Inkwell", &mine, 640).unwrap();
    assert_eq!((joined.device(), report.whole), (inkwell, true));
    assert_eq!(joined.register().digest(), field.first.register().digest(), "the same register");
    assert!(field.home("Inkwell").waiting().unwrap().is_empty());
    let names: Vec<_> = joined.people().into_iter().filter_map(|person| person.name).collect();
    assert!(names.contains(&"Officer Quillfeather".to_owned()));
}

#[test]
fn a_pouch_of_any_length_takes_no_more_memory_than_there_is_room_for() {
    let mut field = Field::new(570);
    let mut inkwell = field.join("Inkwell", 580);
    field.first.rekey(field.compartment).unwrap();
    write(&mut field.first, field.compartment, "one");
    write(&mut field.first, field.compartment, "two");
    let stick = field.stick.at("long");
    pouch(&mut field.first, &stick, &PouchOptions::default());
    for room in [Room { statements: 1000, ..Room::MOST }, Room { entries: 1, ..Room::MOST }] {
        let read = inkwell.read_pouch_within(PouchAt::File(&stick), room, &mut quiet());
        assert!(matches!(read, Err(NodeError::Mirror(_))), "{read:?}");
    }
    assert_eq!(read(&mut inkwell, &stick).entries.new, 2, "what was refused is read when there is room");
}
