//! Two entries at one place in a journal: a device was copied, or its snapshot was restored. Which one counts
//! follows from the log, on every desk; nothing is lost, and the pair is evidence.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, PersonId, RecordId};
use counterseal_node::{Arrived, Desk, Home, PouchOptions, Randomness, Standing};
use counterseal_register::DeviceStatus;
use counterseal_seal::Passphrase;
use counterseal_sim::{SimMission, clock_at};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

fn write(desk: &mut Desk, compartment: CompartmentId, text: &str) -> RecordId {
    let note = Body::Note(Box::new(Note { text: text.into(), ..Note::default() }));
    desk.record_new(compartment, note, Classification::Unclassified).unwrap()
}

fn rng(seed: u64) -> Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(seed))
}

/// A mission with a reader, and one device's desk twice: with the same randomness, as a virtual machine that
/// was set back has it, both write at the same places of one journal.
struct Twins {
    mission: SimMission,
    reader: Desk,
    one: Desk,
    two: Desk,
    person: PersonId,
    _copy: TempDir,
}

fn twins(seed: u64) -> Twins {
    let mut mission = SimMission::found(seed).unwrap();
    let (mut reader, _) = mission.join("Brother Kettle").unwrap();
    let (one, person) = mission.join("Madame Lantern").unwrap();
    mission.sync(&mut reader).unwrap();
    let place = one.place().clone();
    one.close().unwrap();
    let copy = TempDir::new().unwrap();
    let home = Home::open(copy.path()).unwrap();
    let name = place.dir.file_name().unwrap();
    let parent = place.dir.parent().unwrap().file_name().unwrap();
    let target = copy.path().join(parent).join(name);
    std::fs::create_dir_all(&target).unwrap();
    for file in std::fs::read_dir(&place.dir).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), target.join(file.file_name())).unwrap();
    }
    let passphrase = Passphrase::new("seven wells and a goat").unwrap();
    let copied = home.desks().unwrap().pop().unwrap();
    let one = Desk::unlock(place, &passphrase, clock_at(&mission.hand), rng(seed)).unwrap();
    let two = Desk::unlock(copied, &passphrase, clock_at(&mission.hand), rng(seed)).unwrap();
    Twins { mission, reader, one, two, person, _copy: copy }
}

/// What a desk would send that is not logged, in its order.
fn sent(desk: &Desk) -> Vec<Arrived> {
    let given = desk.unlogged().unwrap().into_iter().map(|no| desk.entry(no).unwrap());
    given.map(|given| Arrived { entry: given.entry, urgency: given.urgency }).collect()
}

/// What a desk shows of a record. The two desks draw the same ids, too.
fn text(desk: &Desk, id: RecordId) -> String {
    match desk.record(id).unwrap().part.body {
        Body::Note(note) => note.text.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn which_of_two_counts_follows_from_the_log_and_not_from_who_came_first() {
    let Twins { mut mission, mut reader, mut one, mut two, person, _copy } = twins(801);
    let compartment = mission.compartment;
    let id = write(&mut one, compartment, "one");
    assert_eq!(write(&mut two, compartment, "two"), id);
    let (first, second) = (sent(&one), sent(&two));
    assert_ne!(first, second);
    for (desk, order) in [(&mut reader, [&first, &second]), (&mut mission.founder, [&second, &first])] {
        assert_eq!(desk.take_entries(order[0]).unwrap().new, 1);
        let taken = desk.take_entries(order[1]).unwrap();
        assert_eq!((taken.new, taken.evidence.len(), taken.refused.len()), (1, 1, 0));
        assert_eq!(desk.take_entries(order[1]).unwrap().known, 1, "kept whole, and known");
    }
    // The log has neither: the first to come stands, provisionally.
    assert_eq!((text(&reader, id), text(&mission.founder, id)), ("one".into(), "two".into()));
    // The hub takes the second one first.
    mission.sync(&mut two).unwrap();
    mission.sync(&mut one).unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    mission.sync(&mut reader).unwrap();
    mission.sync(&mut one).unwrap();
    for desk in [&mut reader, &mut mission.founder, &mut one] {
        assert_eq!(text(desk, id), "two", "the lower leaf counts");
        assert!(!desk.record(id).unwrap().conflict);
        let evidence = desk.evidence().unwrap();
        assert_eq!(evidence.len(), 1);
        assert_eq!((evidence[0].person, evidence[0].stopped), (Some(person), false));
        let [counts, other] = evidence[0].leaves;
        assert!(counts.unwrap() < other.unwrap());
        assert_eq!(evidence[0].other, first[0].entry.id());
        let aside = desk.look_at(first[0].entry.id()).unwrap().unwrap();
        assert_eq!((aside.standing, aside.parts.len()), (Standing::Doubled, 1), "kept whole, and readable");
        let report = desk.verify(&mut |_, _| {}).unwrap();
        assert_eq!((report.evidence, report.entries, report.broken), (1, 2, 0));
        let totals = desk.totals().unwrap();
        desk.reindex(&mut |_, _| {}).unwrap();
        assert_eq!(desk.totals().unwrap(), totals, "the index has followed");
    }
    // Anyone may file it, and it is obeyed on sight.
    let evidence = reader.evidence().unwrap().pop().unwrap();
    reader.suspend_device(evidence.device).unwrap();
    let status = reader.register().device(evidence.device, reader.moment()).unwrap().status;
    assert!(matches!(status, DeviceStatus::Suspended { .. }), "{status:?}");
    assert!(reader.evidence().unwrap()[0].stopped);
}

#[test]
fn an_entry_that_follows_the_one_that_does_not_count_is_flagged_and_never_lost() {
    let Twins { mut mission, mut reader, mut one, mut two, _copy, .. } = twins(802);
    let compartment = mission.compartment;
    let a0 = write(&mut one, compartment, "a0");
    mission.sync(&mut one).unwrap();
    let (b0, b1) = (write(&mut two, compartment, "b0"), write(&mut two, compartment, "b1"));
    let branch = sent(&two);
    // The reader has the other history first, by a pouch, and it looks whole.
    reader.take_entries(&branch).unwrap();
    assert_eq!((text(&reader, b0), text(&reader, b1)), ("b0".into(), "b1".into()));
    mission.sync(&mut two).unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync(&mut reader).unwrap();
    mission.sync_founder().unwrap();
    for desk in [&reader, &mission.founder] {
        assert_eq!((a0, text(desk, b0)), (b0, "a0".into()));
        assert_eq!(text(desk, b1), "b1", "the only one at its place");
        assert_eq!(desk.broken_chains().unwrap(), [branch[1].entry.id()]);
        assert!(desk.look_at(branch[1].entry.id()).unwrap().unwrap().broken);
        assert_eq!(desk.verify(&mut |_, _| {}).unwrap().broken, 1);
    }
    assert_eq!(mission.founder.totals().unwrap(), reader.totals().unwrap());
}

#[test]
fn a_pouch_carries_both_though_the_reader_named_the_place_as_held() {
    let stick = TempDir::new().unwrap();
    let Twins { mut mission, mut reader, mut one, mut two, _copy, .. } = twins(803);
    let compartment = mission.compartment;
    write(&mut one, compartment, "one");
    write(&mut two, compartment, "two");
    reader.take_entries(&sent(&one)).unwrap();
    // The reader says what it holds, in a pouch of its own.
    let path = stick.path().join("said");
    let to = |desk: &Desk| PouchOptions { receivers: vec![desk.device()], ..PouchOptions::default() };
    reader.write_pouch(&path, &to(&mission.founder), &mut |_, _| {}).unwrap();
    let report = mission.founder.read_pouch(&path, &mut |_, _| {}).unwrap();
    assert!(report.signed);
    // One that holds the other history sends its own.
    mission.founder.take_entries(&sent(&two)).unwrap();
    let path = stick.path().join("answer");
    mission.founder.write_pouch(&path, &to(&reader), &mut |_, _| {}).unwrap();
    let report = reader.read_pouch(&path, &mut |_, _| {}).unwrap();
    assert_eq!((report.entries.new, report.entries.evidence.len()), (1, 1), "{report:?}");
    assert_eq!(reader.evidence().unwrap().len(), 1);
}
