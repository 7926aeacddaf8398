//! A desk that left compartments, against everything that could bring them back: its whole home,
//! unlocked, and every statement, wrap and ciphertext that a hub could serve again.

use std::path::Path;
use std::sync::Arc;

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, EpochId, FixedClock, PersonId, RecordId, Timestamp};
use counterseal_register::{Charter, HistoryRule, Refusal, Register, Rule};
use counterseal_seal::{DeviceSecrets, EpochSecret, KeyHolder, Passphrase};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

use super::copy::tables;
use super::*;
use crate::desk::keyring::place_of;
use crate::error::NodeError;
use crate::schema::INDEX_TABLES;
use crate::{Arrived, Founding, GovernorFile, Home, Invited, Randomness};

const SECRET: &str = "zanzibarite";
const PLAIN: &str = "convoywords";

fn passphrase() -> Passphrase {
    Passphrase::new("seven wells and a goat").unwrap()
}

fn rng(seed: u64) -> Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(seed))
}

fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock(Timestamp(1_790_000_000)))
}

fn note(text: &str) -> Body {
    Body::Note(Box::new(Note { text: text.into(), ..Note::default() }))
}

fn write(desk: &mut Desk, compartment: CompartmentId, text: &str) -> RecordId {
    desk.record_new(compartment, note(text), Classification::Unclassified).unwrap()
}

/// The founder, and an officer who is in two compartments and goes on a trip without `left`.
struct World {
    _base: TempDir,
    base: Desk,
    _road: TempDir,
    home: Home,
    road: Desk,
    person: PersonId,
    left: CompartmentId,
    stays: CompartmentId,
    in_left: Vec<RecordId>,
    in_stays: RecordId,
}

fn world(seed: u64, history: HistoryRule) -> World {
    let (base_dir, road_dir) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (base_home, home) = (Home::open(base_dir.path()).unwrap(), Home::open(road_dir.path()).unwrap());
    let founding = Founding {
        mission_name: "Blue Heron".into(),
        person_name: "Officer Quillfeather".into(),
        compartment_name: "protection".into(),
        history,
        threshold: 1,
        waiting_days: 7,
        synthetic: true,
        until: None,
    };
    let governor = GovernorFile::make(&mut rng(seed + 9), &passphrase()).unwrap();
    let mut base =
        Desk::found(&base_home, &founding, &[governor], &passphrase(), clock(), rng(seed)).unwrap();
    let left = base.default_compartment().unwrap();
    // The founder manages what they create once a registrar, they themselves, appointed them.
    let stays = base.create_compartment("convoys", Charter::new(Rule::Open, HistoryRule::Full)).unwrap();
    let invited = Invited::NewPerson { name: "Madame Lantern".into(), until: None };
    let person = base.invite_at_hand(&home, invited, &passphrase(), &mut rng(seed + 1)).unwrap().person;
    base.admit(left, person).unwrap();
    let mut in_left = vec![write(&mut base, left, &format!("first {SECRET}"))];
    base.admit(stays, person).unwrap();
    base.rekey(left).unwrap();
    in_left.push(write(&mut base, left, &format!("second {SECRET}")));
    let in_stays = write(&mut base, stays, PLAIN);
    let waiting = home.waiting().unwrap().pop().unwrap();
    let statements = base.statements_file().unwrap();
    let mut road = Desk::join(&home, &waiting, &statements, &passphrase(), clock(), rng(seed + 2)).unwrap();
    give(&base, &mut road);
    World { _base: base_dir, base, _road: road_dir, home, road, person, left, stays, in_left, in_stays }
}

fn give(from: &Desk, to: &mut Desk) {
    let given = from.unlogged().unwrap().into_iter().map(|no| from.entry(no).unwrap());
    let arrived: Vec<_> = given.map(|g| Arrived { entry: g.entry, urgency: g.urgency }).collect();
    let taken = to.take_entries(&arrived).unwrap();
    assert!(taken.refused.is_empty(), "{:?}", taken.refused);
}

fn statements(from: &Desk, to: &mut Desk) {
    to.take_statements(&from.statements_file().unwrap()).unwrap();
}

fn unlock(home: &Home, seed: u64) -> Desk {
    Desk::unlock(home.choose(None).unwrap(), &passphrase(), clock(), rng(seed)).unwrap()
}

/// Goes on the trip; gives the desk as it is on the road.
fn go(road: Desk, home: &Home, left: CompartmentId, seed: u64) -> Desk {
    let mut road = road;
    let prepared =
        road.prepare_travel(home, &[left], true, &passphrase(), rng(seed), &mut |_, _| {}).unwrap();
    road.close().unwrap();
    prepared.settle(home).unwrap();
    unlock(home, seed + 1)
}

/// Every page of the store, decrypted, free ones too.
fn pages(desk: &mut Desk) -> Vec<u8> {
    desk.store.pages()
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

fn epochs(desk: &Desk, compartment: CompartmentId) -> Vec<EpochId> {
    desk.register().epochs(compartment).to_vec()
}

/// The keys that the home gives to whoever has its passphrase.
fn keys(home: &Home) -> DeviceSecrets {
    let file = home.choose(None).unwrap().read_key().unwrap();
    let KeyHolder::Device(device) = counterseal_seal::unlock(&file, &passphrase()).unwrap().holder else {
        panic!("a desk's key file")
    };
    *device
}

/// What its owner could do under duress: every wrap for this device that any statement ever carried,
/// with the keys in the home.
fn unwrapped(register: &Register, device: &DeviceSecrets, of: CompartmentId) -> usize {
    let mut opened = 0;
    for id in register.epochs(of) {
        let epoch = register.epoch(*id).unwrap();
        let place = place_of(register, *id).unwrap();
        for wrap in epoch.wraps_for(device.id()) {
            let commitment = &epoch.statement().commitment.0;
            opened += usize::from(EpochSecret::unwrap_with(device, &place, commitment, wrap).is_ok());
        }
    }
    opened
}

#[test]
fn on_the_road_nothing_of_what_was_left_opens_with_all_there_is() {
    for (seed, history) in [(1000, HistoryRule::Full), (1100, HistoryRule::FromJoin)] {
        let World { mut base, home, mut road, left, stays, in_left, in_stays, person, _base, _road } =
            world(seed, history);
        // The search finds what is there before; or it would prove nothing.
        assert!(holds(&pages(&mut road), SECRET) && holds(&pages(&mut road), PLAIN), "{seed}");
        assert!(unwrapped(road.register(), &road.secrets, left) > 0);
        assert_eq!(road.record(in_left[1]).unwrap().part.body, note(&format!("second {SECRET}")));
        let before = std::fs::read(road.place().dir.join("store.db")).unwrap();

        let mut road = go(road, &home, left, seed + 10);
        let keys = keys(&home);
        assert!(!holds(&pages(&mut road), SECRET), "not in a page, not in a free one");
        assert!(holds(&pages(&mut road), PLAIN), "the search works");
        assert_eq!(unwrapped(road.register(), &keys, left), 0, "{seed}: every wrap there ever was");
        assert_eq!(unwrapped(base.register(), &keys, left), 0);
        assert!(epochs(&road, left).iter().all(|epoch| !road.holds(*epoch)));
        for id in &in_left {
            assert!(matches!(road.record(*id), Err(NodeError::NoRecord(_))));
        }
        let openable = road.openable().unwrap();
        let of = |id| openable.iter().find(|openable| openable.id == id).unwrap();
        assert_eq!((of(left).secrets, of(left).open, of(left).away), (0, 0, true));
        assert!(of(left).entries >= 2, "the ciphertext is there");
        // No old file stands about, and no page of the old store opens under the new keys.
        let desks: Vec<_> = std::fs::read_dir(home.path().join("desks")).unwrap().collect();
        assert_eq!(desks.len(), 1);
        assert_ne!(std::fs::read(road.place().dir.join("store.db")).unwrap().get(..64), before.get(..64));
        // What stays works: it is read, written, searched, verified.
        assert_eq!(road.record(in_stays).unwrap().part.body, note(PLAIN));
        write(&mut road, stays, "from the road");
        let report = road.verify(&mut |_, _| {}).unwrap();
        assert_eq!((report.broken_epochs, report.unopened), (0, of(left).entries));
        // The hub serves everything again: nothing comes of it.
        give(&base, &mut road);
        road.reindex(&mut |_, _| {}).unwrap();
        assert!(!holds(&pages(&mut road), SECRET));
        assert!(write_fails(&mut road, left), "nothing is written where it left");

        // At the base others go on; the road hears all of it.
        statements(&road, &mut base);
        base.rekey(left).unwrap();
        let meanwhile = write(&mut base, left, &format!("meanwhile {SECRET}"));
        let early = road.bring_back(left, road.device());
        assert!(matches!(early, Err(NodeError::Register(Refusal::OwnCase))), "{early:?}");
        statements(&base, &mut road);
        give(&base, &mut road);
        assert_eq!(unwrapped(road.register(), &keys, left), 0);
        assert!(!holds(&pages(&mut road), SECRET));
        // A member's repair goes to nobody who left.
        assert_eq!(base.repair(left, &[road.device()]).unwrap(), 0);

        // Back: a manager brings it in, and everything reads again.
        assert_eq!(base.away(left), [road.device()]);
        base.bring_back(left, road.device()).unwrap();
        assert!(base.away(left).is_empty());
        statements(&base, &mut road);
        for id in in_left.iter() {
            road.record(*id).unwrap_or_else(|e| panic!("{seed}: {e}"));
        }
        let after = road.record(meanwhile);
        match history {
            HistoryRule::Full => assert!(after.is_ok(), "full: what was written meanwhile too"),
            HistoryRule::FromJoin => assert!(after.is_err(), "from-join: not what was written meanwhile"),
        }
        assert_eq!(road.verify(&mut |_, _| {}).unwrap().broken_epochs, 0);
        write(&mut road, left, "home again");
        assert!(base.compartments().iter().any(|c| c.id == left && c.members.contains(&road.device())));
        assert!(base.register().person(person, base.moment()).is_some());
        road.close().unwrap();
        unlock(&home, seed + 20).record(in_left[0]).unwrap();
    }
}

fn write_fails(desk: &mut Desk, compartment: CompartmentId) -> bool {
    desk.record_new(compartment, note("x"), Classification::Unclassified).is_err()
}

#[test]
fn new_secrets_of_what_stays_reach_the_new_key() {
    let World { mut base, home, road, left, stays, _base, _road, .. } = world(1200, HistoryRule::Full);
    // Begun before the base heard of the new key: it is wrapped to one that opens nothing any more.
    let mut road = go(road, &home, left, 1210);
    statements(&road, &mut base);
    base.rekey(stays).unwrap();
    let after = write(&mut base, stays, "under a new secret");
    statements(&base, &mut road);
    give(&base, &mut road);
    assert_eq!(road.record(after).unwrap().part.body, note("under a new secret"));
    // A second trip, without the other compartment.
    let mut road = go(road, &home, stays, 1240);
    assert!(epochs(&road, stays).iter().chain(&epochs(&road, left)).all(|epoch| !road.holds(*epoch)));
    assert!(
        road.people().iter().any(|person| person.name.is_some()),
        "names are in the compartment of everyone"
    );
    let refused = road.plan_travel(&[stays]).unwrap();
    assert_eq!((refused.leaves.len(), refused.leaves[0].openable.open), (1, 0));
    let again = road.prepare_travel(&home, &[stays], true, &passphrase(), rng(1), &mut |_, _| {});
    assert!(matches!(again, Err(NodeError::Travel(TravelRefusal::AlreadyAway(_)))));
}

#[test]
fn a_desk_with_unsent_work_or_with_nobody_to_bring_it_back_stays() {
    let World { mut base, home, mut road, left, stays, person, _base, _road, .. } =
        world(1300, HistoryRule::Full);
    let base_home = Home::open(_base.path()).unwrap();
    let alone = base.prepare_travel(&base_home, &[left], true, &passphrase(), rng(1), &mut |_, _| {});
    assert!(matches!(alone, Err(NodeError::Travel(TravelRefusal::NobodyBringsBack(id))) if id == left));
    assert!(!base.plan_travel(&[left]).unwrap().leaves[0].returns);
    base.appoint_manager(left, person, None).unwrap();
    assert!(base.plan_travel(&[left]).unwrap().leaves[0].returns);
    write(&mut road, stays, "not sent");
    let plan = road.plan_travel(&[left]).unwrap();
    assert!(plan.unsent_entries > 0);
    let unsent = road.prepare_travel(&home, &[left], false, &passphrase(), rng(1), &mut |_, _| {});
    assert!(matches!(unsent, Err(NodeError::Travel(TravelRefusal::Unsent { .. }))));
    let none = road.prepare_travel(&home, &[], true, &passphrase(), rng(1), &mut |_, _| {});
    assert!(matches!(none, Err(NodeError::Travel(TravelRefusal::NothingToLeave))));
    // Prepared and never settled: nothing has changed.
    let prepared = road.prepare_travel(&home, &[left], true, &passphrase(), rng(1), &mut |_, _| {}).unwrap();
    drop(prepared);
    road.close().unwrap();
    let road = unlock(&home, 1310);
    assert!(epochs(&road, left).iter().any(|epoch| road.holds(*epoch)));
    assert!(road.register().left_by(left, road.device(), road.moment()).is_none());
    let back = base.bring_back(left, road.device());
    assert!(matches!(back, Err(NodeError::Travel(TravelRefusal::NotAway { .. }))));
}

/// The commit point is the first of two renamings; whoever opens the home next does the rest.
#[test]
fn a_swap_that_was_cut_off_is_finished_when_the_home_is_opened_again() {
    let World { home, mut road, left, _road, _base, .. } = world(1400, HistoryRule::Full);
    let prepared = road.prepare_travel(&home, &[left], true, &passphrase(), rng(1), &mut |_, _| {}).unwrap();
    let (dir, id) = (road.place().dir.clone(), road.place().id.clone());
    road.close().unwrap();
    drop(prepared);
    let desks = dir.parent().unwrap();
    let [leaving, unfinished] = ["leaving", "unfinished"].map(|word| desks.join(format!("{word}-{id}")));
    std::fs::rename(&dir, &leaving).unwrap();
    let copy = |from: &Path, to: &Path| {
        std::fs::create_dir(to).unwrap();
        for file in std::fs::read_dir(from).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    };
    let spare = desks.parent().unwrap().join("spare");
    copy(&leaving, &spare);
    for both_done in [false, true] {
        if both_done {
            // Cut off while the old one was being destroyed.
            copy(&spare, &leaving);
            std::fs::remove_file(leaving.join("store.db")).unwrap();
        }
        let home = Home::open(home.path()).unwrap();
        assert!(!leaving.exists() && !unfinished.exists() && dir.exists());
        let road = unlock(&home, 1410);
        assert!(epochs(&road, left).iter().all(|epoch| !road.holds(*epoch)));
        road.close().unwrap();
    }
}

#[test]
fn every_table_is_either_copied_or_made_again() {
    let World { road, _road, _base, .. } = world(1500, HistoryRule::Full);
    let known: Vec<String> = road
        .store
        .read(|db| {
            let mut list = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")?;
            let names = list.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
            Ok::<_, NodeError>(names)
        })
        .unwrap();
    let copied: Vec<_> = tables().collect();
    assert!(copied.len() >= 9, "{copied:?}");
    for name in known.iter().filter(|name| !name.starts_with("words") && !name.starts_with("sqlite_")) {
        assert!(copied.contains(&name.as_str()) != INDEX_TABLES.contains(&name.as_str()), "{name}");
    }
}

/// Not what the desk has noted beside its journals, either.
#[test]
fn what_the_cases_of_a_left_compartment_are_called_and_what_was_opened_ahead_of_it_stay_behind() {
    let mut world = world(70, HistoryRule::Full);
    let (left, stays) = (world.left, world.stays);
    world
        .road
        .store
        .commit(|tx| {
            for (record, compartment, reference) in
                [(1, left, "PR-zanzibarite"), (2, stays, "CO-convoywords")]
            {
                tx.execute(
                    "INSERT INTO case_noted (record, id, compartment, reference) VALUES (?1, ?1, ?2, ?3)",
                    ([record; 16], compartment.as_bytes(), reference),
                )?;
            }
            // A share of each entry, as if its parts were guarded and had been opened ahead.
            tx.execute(
                "INSERT INTO ahead (entry, idx, share, until, opening)
                 SELECT id, 0, CASE compartment WHEN ?1 THEN ?2 ELSE ?3 END, 9999999999, id FROM entry",
                (left.as_bytes(), [0xa5_u8; 32], [0x5a_u8; 32]),
            )?;
            Ok::<_, NodeError>(())
        })
        .unwrap();
    let mut road = go(world.road, &world.home, left, 71);
    let pages = pages(&mut road);
    let has = |what: &[u8]| pages.windows(what.len()).any(|window| window == what);
    assert!(!has(b"PR-zanzibarite") && has(b"CO-convoywords"));
    assert!(!has(&[0xa5; 32]) && has(&[0x5a; 32]));
    let noted: i64 = road
        .store
        .read(|db| Ok::<_, NodeError>(db.query_row("SELECT count(*) FROM case_noted", [], |row| row.get(0))?))
        .unwrap();
    assert_eq!(noted, 2, "the case itself can be gone on with after the trip");
}
