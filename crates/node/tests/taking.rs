//! Entries that come from other desks: taken in whatever order, shown when they may be, refused when
//! they are not what they claim.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{clock, found, passphrase, rng};
use counterseal_model::cbor::from_bytes_strict;
use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, PersonId, RecordId};
use counterseal_node::{Arrived, Desk, Home, Invited, NodeError};
use counterseal_register::{Entry, EntryHeader};
use tempfile::TempDir;

/// A desk and a second one of another person, both in the compartment.
struct Two {
    _home: TempDir,
    first: Desk,
    other: Desk,
    person: PersonId,
    compartment: CompartmentId,
}

fn note(text: &str) -> Body {
    Body::Note(Box::new(Note { text: text.into(), ..Note::default() }))
}

fn write(desk: &mut Desk, compartment: CompartmentId, text: &str) -> RecordId {
    desk.record_new(compartment, note(text), Classification::Unclassified).unwrap()
}

fn two(seed: u64) -> Two {
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let mut first = found(dir.path(), seed);
    let compartment = first.default_compartment().unwrap();
    let invited = Invited::NewPerson { name: "Madame Lantern".into(), until: None };
    let asked = first.invite_at_hand(&home, invited, &passphrase(), &mut rng(seed + 1)).unwrap();
    let person = asked.person;
    first.admit(compartment, person).unwrap();
    let waiting = home.waiting().unwrap().pop().unwrap();
    let statements = first.statements_file().unwrap();
    let other = Desk::join(&home, &waiting, &statements, &passphrase(), clock(), rng(seed + 2)).unwrap();
    Two { _home: dir, first, other, person, compartment }
}

/// What a desk has that is not logged, in the order in which it would send it.
fn sent(desk: &Desk) -> Vec<Arrived> {
    let numbers = desk.unlogged().unwrap();
    let given = numbers.into_iter().map(|no| desk.entry(no).unwrap());
    given.map(|given| Arrived { entry: given.entry, urgency: given.urgency }).collect()
}

fn statements(from: &Desk, to: &mut Desk) {
    to.take_statements(&from.statements_file().unwrap()).unwrap();
}

#[test]
fn what_one_desk_writes_another_reads_in_any_order_and_once() {
    let Two { mut first, mut other, compartment, _home, .. } = two(200);
    let ids: Vec<_> = (0..6).map(|n| write(&mut first, compartment, &format!("note {n}"))).collect();
    let mut arrived = sent(&first);
    assert_eq!(arrived.len(), 6, "one entry each");
    arrived.reverse();
    let taken = other.take_entries(&arrived[..3]).unwrap();
    assert_eq!((taken.new, taken.refused.len()), (3, 0), "a gap before them does not matter");
    assert_eq!(other.verify(&mut |_, _| {}).unwrap().missing, 3);
    let heads = other.journal_heads().unwrap();
    assert!(heads.iter().all(|head| head.device != first.device()), "not held from its beginning");
    let taken = other.take_entries(&arrived).unwrap();
    assert_eq!((taken.new, taken.known), (3, 3));
    for (n, id) in ids.iter().enumerate() {
        assert_eq!(other.record(*id).unwrap().part.body, note(&format!("note {n}")));
    }
    let report = other.verify(&mut |_, _| {}).unwrap();
    assert_eq!((report.missing, report.entries), (0, 6));
    let heads = other.journal_heads().unwrap();
    assert_eq!(heads.iter().map(|head| head.seq).collect::<Vec<_>>(), [5]);
    assert_eq!(first.entries_beyond(&heads, None).unwrap(), Vec::<i64>::new(), "nothing is sent twice");
    let count = |desk: &Desk| desk.totals().unwrap();
    let before = count(&other);
    other.reindex(&mut |_, _| {}).unwrap();
    assert!(count(&other) == before);
}

#[test]
fn an_entry_that_was_changed_or_is_of_a_stranger_is_refused_and_nothing_of_it_kept() {
    let Two { mut first, mut other, compartment, _home, .. } = two(210);
    write(&mut first, compartment, "true");
    let good = sent(&first).pop().unwrap();
    let mut flipped = good.clone();
    flipped.entry.ciphertexts[0][5] ^= 1;
    let mut without = good.clone();
    without.entry.ciphertexts.clear();
    let mut header = good.clone();
    let middle = header.entry.header.len() / 2;
    header.entry.header[middle] ^= 1;
    let stranger_home = TempDir::new().unwrap();
    let mut stranger = found(stranger_home.path(), 213);
    let there = stranger.default_compartment().unwrap();
    write(&mut stranger, there, "of another mission");
    for bad in [flipped, without, header, sent(&stranger).pop().unwrap()] {
        let taken = other.take_entries(&[bad]).unwrap();
        assert_eq!((taken.new, taken.refused.len()), (0, 1));
    }
    assert_eq!(other.verify(&mut |_, _| {}).unwrap().entries, 0);
    assert_eq!(other.take_entries(&[good]).unwrap().new, 1, "the true one still fits");
}

#[test]
fn what_waits_for_a_secret_is_shown_when_the_secret_comes() {
    let Two { mut first, mut other, person, compartment, _home } = two(220);
    first.remove(compartment, person).unwrap();
    let id = write(&mut first, compartment, "after the removal");
    statements(&first, &mut other);
    let taken = other.take_entries(&sent(&first)).unwrap();
    assert_eq!((taken.new, taken.waiting), (1, 1));
    assert!(matches!(other.record(id), Err(NodeError::NoRecord(_))), "sealed to others");
    first.admit(compartment, person).unwrap();
    statements(&first, &mut other);
    assert_eq!(other.record(id).unwrap().part.body, note("after the removal"), "history is full");
}

#[test]
fn what_a_removed_desk_still_sends_is_kept_apart_from_search() {
    let Two { mut first, mut other, person, compartment, _home } = two(230);
    let before = write(&mut other, compartment, "sent in time");
    first.take_entries(&sent(&other)).unwrap();
    first.remove(compartment, person).unwrap();
    assert!(first.record(before).is_err(), "not logged before the removal: it could be backdated");
    let after = write(&mut other, compartment, "backdated");
    let taken = first.take_entries(&sent(&other)).unwrap();
    assert_eq!((taken.new, taken.late, taken.known), (1, 1, 1));
    assert!(matches!(first.record(after), Err(NodeError::NoRecord(_))));
    assert_eq!(first.verify(&mut |_, _| {}).unwrap().late, 2);
}

#[test]
fn what_a_desk_wrote_itself_stays_in_its_own_search_though_it_was_removed() {
    // The check: a desk does not take itself to have backdated what it has not sent.
    let Two { mut first, mut other, person, compartment, _home } = two(250);
    let id = write(&mut other, compartment, "before anyone told it");
    first.remove(compartment, person).unwrap();
    statements(&first, &mut other);
    assert!(other.record(id).is_ok());
}

#[test]
fn an_entry_that_comes_before_the_statement_of_its_epoch_waits_for_it() {
    let Two { mut first, mut other, person, compartment, _home } = two(260);
    first.remove(compartment, person).unwrap();
    first.admit(compartment, person).unwrap();
    let id = write(&mut first, compartment, "under an epoch that the other does not know");
    let taken = other.take_entries(&sent(&first)).unwrap();
    assert_eq!((taken.new, taken.early, taken.refused.len()), (0, 1, 0));
    assert_eq!(other.take_entries(&sent(&first)).unwrap().known, 1);
    statements(&first, &mut other);
    assert!(other.record(id).is_ok());
    assert_eq!(other.take_entries(&sent(&first)).unwrap().known, 1);
}

#[test]
fn two_entries_at_one_place_are_both_kept_as_evidence() {
    let Two { mut first, mut other, compartment, _home, .. } = two(240);
    write(&mut other, compartment, "one");
    let one = sent(&other).pop().unwrap();
    first.take_entries(std::slice::from_ref(&one)).unwrap();
    // The same place in the same journal, signed by the same device: what a restored copy would do.
    let file = std::fs::read(other.place().dir.join("desk.key")).unwrap();
    other.close().unwrap();
    let counterseal_seal::KeyHolder::Device(secrets) =
        counterseal_seal::unlock(&file, &passphrase()).unwrap().holder
    else {
        panic!("a desk's key file")
    };
    let signed = counterseal_register::Signed::parse(&one.entry.header).unwrap();
    let mut header: EntryHeader = from_bytes_strict(signed.payload()).unwrap();
    header.statements_seen += 1;
    let payload = counterseal_model::cbor::to_bytes(&header);
    let label = counterseal_register::Label::ENTRY_SIGN;
    let again = counterseal_seal::sign_statement(&payload, label, &[&*secrets]).unwrap();
    let entry = Entry { header: again.bytes().to_vec(), ciphertexts: one.entry.ciphertexts.clone() };
    let taken = first.take_entries(&[Arrived { entry, urgency: 1 }]).unwrap();
    assert_eq!((taken.new, taken.evidence.len()), (1, 1));
    assert_eq!(taken.evidence[0].device, secrets.id());
    assert_eq!(first.verify(&mut |_, _| {}).unwrap().evidence, 1);
}
