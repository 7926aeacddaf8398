//! Pouches beside a hub: what its log says travels on a stick, and what the log does not have yet is carried to
//! it by whoever meets it first.
#![expect(clippy::unwrap_used, reason = "tests")]

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, RecordId};
use counterseal_node::{Desk, Home, Invited, PouchOptions, PouchReadReport, PouchSince, Randomness};
use counterseal_register::{DeviceStatus, LogKind};
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

fn passphrase() -> Passphrase {
    Passphrase::new("seven wells and a goat").unwrap()
}

fn carry(from: &mut Desk, to: &mut Desk, stick: &TempDir, since: PouchSince) -> PouchReadReport {
    let path = stick.path().join("pouch");
    let _earlier = std::fs::remove_file(&path);
    let options = PouchOptions { receivers: vec![to.device()], since, ..PouchOptions::default() };
    from.write_pouch(&path, &options, &mut |_, _| {}).unwrap();
    to.read_pouch(&path, &mut |_, _| {}).unwrap()
}

#[test]
fn a_desk_that_meets_no_hub_follows_its_logs_by_pouches() {
    let stick = TempDir::new().unwrap();
    let mut mission = SimMission::found(701).unwrap();
    let (mut away, _) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    let (_third, _) = mission.join("Brother Kettle").unwrap();
    let id = write(&mut mission.founder, compartment, "logged");
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    let report = carry(&mut mission.founder, &mut away, &stick, PouchSince::Last);
    assert!(report.whole && report.statements > 0 && report.leaves > 0 && !report.needs_attention());
    assert!(away.record(id).is_ok());
    assert_eq!(mission.founder.register().digest(), away.register().digest());
    for kind in [LogKind::Statements, LogKind::Journal] {
        assert_eq!(mission.founder.log(kind).unwrap(), away.log(kind).unwrap());
    }
    assert!(away.unlogged().unwrap().is_empty(), "its place in the log follows from the leaves");
    let again = carry(&mut mission.founder, &mut away, &stick, PouchSince::Beginning);
    assert_eq!(
        (again.statements, again.leaves, again.entries.new, again.needs_attention()),
        (0, 0, 0, false)
    );
}

#[test]
fn an_entry_reaches_the_hub_by_whoever_meets_it_first() {
    let stick = TempDir::new().unwrap();
    let mut mission = SimMission::found(702).unwrap();
    let (mut away, _) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    let id = write(&mut away, compartment, "from the desert");
    let report = carry(&mut away, &mut mission.founder, &stick, PouchSince::Last);
    assert_eq!(report.entries.new, 1);
    assert!(mission.founder.record(id).is_ok(), "shown, though not logged");
    assert_eq!(mission.sync_founder().unwrap().accepted, 1, "carried for its author");
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    carry(&mut mission.founder, &mut away, &stick, PouchSince::Last);
    assert!(away.unlogged().unwrap().is_empty(), "its author learns so without the hub");
}

#[test]
fn a_revocation_that_the_log_does_not_have_is_obeyed_on_sight_kept_and_carried_to_the_hub() {
    let stick = TempDir::new().unwrap();
    let mut mission = SimMission::found(703).unwrap();
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    let (stolen, thief) = mission.join("Brother Kettle").unwrap();
    let (mut third, _) = mission.join("Officer Inkwell").unwrap();
    mission.sync(&mut other).unwrap();
    mission.founder.revoke_person(thief).unwrap();
    let device = stolen.device();
    let report = carry(&mut mission.founder, &mut other, &stick, PouchSince::Last);
    assert!(!report.on_sight.is_empty() && report.kept_for_hub > 0, "{report:?}");
    let gone = |desk: &Desk| {
        let status = desk.register().device(device, desk.moment()).unwrap().status;
        matches!(status, DeviceStatus::Revoked { .. })
    };
    assert!(gone(&other));
    let again = carry(&mut mission.founder, &mut other, &stick, PouchSince::Last);
    assert_eq!((again.on_sight.len(), again.kept_for_hub), (0, 0), "read twice");
    // A restart, and it is still obeyed.
    let place = other.place().clone();
    other.close().unwrap();
    let mut other = Desk::unlock(place, &passphrase(), clock_at(&mission.hand), rng(1)).unwrap();
    assert!(gone(&other));
    // A third desk hears of it from the second, and so does the hub.
    let report = carry(&mut other, &mut third, &stick, PouchSince::Last);
    assert!(!report.on_sight.is_empty() && gone(&third));
    let report = mission.sync(&mut other).unwrap();
    assert!(report.accepted > 0 && report.refused_pushes.is_empty(), "{report:?}");
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync(&mut other).unwrap();
    mission.sync_founder().unwrap();
    assert!(other.waiting_statements().unwrap().is_empty(), "the log has it now");
    assert!(mission.founder.waiting_statements().unwrap().is_empty());
    assert_eq!(mission.founder.register().digest(), other.register().digest());
}

#[test]
fn a_pouch_that_is_cut_off_or_out_of_order_takes_no_half_of_a_log() {
    let stick = TempDir::new().unwrap();
    let mut mission = SimMission::found(704).unwrap();
    let (mut away, _) = mission.join("Madame Lantern").unwrap();
    for n in 0..2 {
        mission.join(&format!("Person {n}")).unwrap();
    }
    let path = stick.path().join("pouch");
    let options = PouchOptions { receivers: vec![away.device()], ..PouchOptions::default() };
    mission.founder.write_pouch(&path, &options, &mut |_, _| {}).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let before = (away.register().digest(), away.log(LogKind::Statements).unwrap());
    for part in 1..8 {
        std::fs::write(stick.path().join("cut"), bytes.get(..bytes.len() * part / 8).unwrap()).unwrap();
        if let Ok(report) = away.read_pouch(&stick.path().join("cut"), &mut |_, _| {}) {
            assert!(!report.whole && report.missing_statements > 0, "{part}");
        }
        assert_eq!(away.log(LogKind::Statements).unwrap(), before.1, "{part}");
    }
    let report = away.read_pouch(&path, &mut |_, _| {}).unwrap();
    assert!(report.whole && report.statements > 0);
    assert_ne!(away.register().digest(), before.0);
    assert_eq!(away.register().digest(), mission.founder.register().digest());
    assert!(away.waiting_statements().unwrap().is_empty(), "what stands in the log waits for nothing");
}

#[test]
fn joining_by_a_pouch_alone_in_a_mission_with_a_hub() {
    let stick = TempDir::new().unwrap();
    let mut mission = SimMission::found(705).unwrap();
    let compartment = mission.compartment;
    let id = write(&mut mission.founder, compartment, "before");
    // Logged before the epoch that follows its own: else it would be late, for everyone.
    mission.sync_founder().unwrap();
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    let home = Home::open(&stick.path().join("home")).unwrap();
    let invited = Invited::NewPerson { name: "Madame Lantern".into(), until: None };
    let asked = mission.founder.invite_at_hand(&home, invited, &passphrase(), &mut rng(2)).unwrap();
    let (waiting, person) = (asked.place, asked.person);
    mission.founder.admit(compartment, person).unwrap();
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    let path = stick.path().join("pouch");
    let options = PouchOptions { receivers: vec![asked.device], ..PouchOptions::default() };
    mission.founder.write_pouch(&path, &options, &mut |_, _| {}).unwrap();
    let clock = clock_at(&mission.hand);
    let joined = Desk::join_by_pouch(&home, &waiting, &path, &passphrase(), clock, rng(3), &mut |_, _| {});
    let (mut joined, report) = joined.unwrap();
    assert!(report.whole && report.signed && !report.needs_attention(), "{report:?}");
    assert!(joined.record(id).is_ok());
    assert_eq!(joined.register().digest(), mission.founder.register().digest());
    assert!(joined.unlogged().unwrap().is_empty());
    let synced = mission.sync(&mut joined).unwrap();
    assert_eq!((synced.entries, synced.statements), (0, 0), "the hub has nothing to add");
}
