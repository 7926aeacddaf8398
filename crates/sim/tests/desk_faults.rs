//! The fault table of a desk that syncs and reads a pouch: every durable write × every way to fail. The desk is then
//! opened again, looked through, and does the rest of its day.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use counterseal_ledger::{Frontier, Hash};
use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, PersonId, RecordId};
use counterseal_node::{Desk, DeskPlace, DiskStep, Faults, NodeError, PouchOptions, Randomness, SyncOptions};
use counterseal_register::{Frozen, LogKind};
use counterseal_seal::DeviceSecrets;
use counterseal_sim::{SimError, SimHub, SimMission, SimWitness, clock_at, sync, witnesses};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

/// What becomes of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It is not made, and said to have failed. The disk as it is then is what a machine that stops before it
    /// leaves.
    Failed,
    /// It is made, and said to have failed. The same of a machine that stops after it.
    FailedButMade,
    /// There is no room.
    Full,
}

const FAULTS: [Fault; 3] = [Fault::Failed, Fault::FailedButMade, Fault::Full];

/// The n-th write goes wrong; what the disk holds at that moment is kept.
#[derive(Default)]
struct Plan {
    at: usize,
    fault: Option<Fault>,
    count: Mutex<usize>,
    step: Mutex<Option<DiskStep>>,
    disk: PathBuf,
    stopped: PathBuf,
}

impl Plan {
    fn goes_wrong(&self, step: DiskStep) -> io::Error {
        *self.step.lock().unwrap() = Some(step);
        copy(&self.disk, &self.stopped);
        match self.fault {
            Some(Fault::Full) => io::ErrorKind::StorageFull.into(),
            _ => io::Error::other("a planted fault"),
        }
    }
}

impl Faults for Plan {
    fn enter(&self, step: DiskStep) -> io::Result<()> {
        let mut count = self.count.lock().unwrap();
        *count += 1;
        match self.fault {
            Some(Fault::Failed | Fault::Full) if *count == self.at => Err(self.goes_wrong(step)),
            _ => Ok(()),
        }
    }

    fn leave(&self, step: DiskStep) -> io::Result<()> {
        match self.fault {
            Some(Fault::FailedButMade) if *self.count.lock().unwrap() == self.at => {
                Err(self.goes_wrong(step))
            }
            _ => Ok(()),
        }
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn rng(seed: u64) -> Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(seed))
}

fn write(desk: &mut Desk, compartment: CompartmentId, text: &str) -> Result<RecordId, NodeError> {
    let note = Body::Note(Box::new(Note { text: text.into(), ..Note::default() }));
    desk.record_new(compartment, note, Classification::Unclassified)
}

/// More than 64 KiB that do not get smaller.
fn large() -> String {
    let mut bytes = vec![0u8; 150_000];
    ChaCha20Rng::seed_from_u64(5).fill_bytes(&mut bytes);
    bytes.iter().map(|byte| char::from(b'0' + byte % 75)).collect()
}

const SEED: u64 = 900;

/// A mission on the morning of the day: the founder's desk lacks what others have written.
struct Morning {
    mission: SimMission,
    folder: TempDir,
    /// Who is frozen in the course of the day.
    frozen: PersonId,
    /// The large entry's record, and one that only the pouch has.
    awaited: [RecordId; 2],
}

impl Morning {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mut mission = SimMission::found(SEED).unwrap();
        let (mut other, _) = mission.join("Madame Lantern").unwrap();
        let (_, frozen) = mission.join("Brother Kettle").unwrap();
        let (mut third, _) = mission.join("Sister Anvil").unwrap();
        let compartment = mission.compartment;
        // Who has not heard of the newest epoch writes late.
        mission.sync(&mut other).unwrap();
        for n in 0..3 {
            write(&mut other, compartment, &format!("note {n}")).unwrap();
        }
        let awaited = write(&mut other, compartment, &large()).unwrap();
        // Two copies of one desk write at one place of a journal.
        let place = other.place().clone();
        other.close().unwrap();
        let twin = DeskPlace { dir: folder.path().join("twin"), ..place.clone() };
        copy(&place.dir, &twin.dir);
        for (place, text) in [(place.clone(), "one"), (twin, "other")] {
            let mut desk = open(place, SEED + 10, &mission, 77);
            write(&mut desk, compartment, text).unwrap();
            mission.sync(&mut desk).unwrap();
            desk.close().unwrap();
        }
        mission.pass(60);
        mission.tick().unwrap();
        mission.sync(&mut third).unwrap();
        let by_pouch = write(&mut third, compartment, "by pouch").unwrap();
        let options = PouchOptions { receivers: vec![mission.founder.device()], ..PouchOptions::default() };
        third.write_pouch(&folder.path().join("pouch"), &options, &mut |_, _| {}).unwrap();
        Self { mission, folder, frozen, awaited: [awaited, by_pouch] }
    }
}

fn open(place: DeskPlace, secrets: u64, mission: &SimMission, random: u64) -> Desk {
    let secrets = DeviceSecrets::make(&mut rng(secrets)).unwrap();
    Desk::open(place, secrets, clock_at(&mission.hand), rng(random)).unwrap()
}

/// What a desk told its person.
#[derive(Debug, Default)]
struct Told {
    written: Vec<RecordId>,
    frozen: bool,
    fetched: u64,
    hour: usize,
}

/// What comes after what in the day; each step as often as it must.
struct Day<'a> {
    morning: &'a Morning,
    hub: SimHub,
    witnesses: Vec<SimWitness>,
}

impl<'a> Day<'a> {
    fn new(morning: &'a Morning) -> Self {
        let mut hub = morning.mission.hub.copy().unwrap();
        hub.now.0 += 60;
        Self { morning, hub, witnesses: witnesses(4).unwrap() }
    }

    /// Goes on with the day until something goes wrong or it is over.
    fn go_on(&mut self, desk: &mut Desk, told: &mut Told) -> Result<(), SimError> {
        let compartment = self.morning.mission.compartment;
        while told.hour < 7 {
            match told.hour {
                0 | 1 => told.written.push(write(desk, compartment, &format!("hour {}", told.hour))?),
                2 => {
                    let subject = Frozen::Person(self.morning.frozen);
                    if !desk.register().is_frozen(subject, desk.moment()) {
                        desk.freeze(subject)?;
                    }
                    told.frozen = true;
                }
                3 | 5 => {
                    self.hub.tick(&self.witnesses, 3)?;
                    told.fetched += sync(desk, &mut self.hub)?.entries;
                }
                4 => {
                    let pouch = self.morning.folder.path().join("pouch");
                    told.fetched += desk.read_pouch(&pouch, &mut |_, _| {})?.entries.new;
                }
                _ => {
                    self.hub.tick(&self.witnesses, 3)?;
                    let last = sync(desk, &mut self.hub)?;
                    assert_eq!((last.refused_pushes.len(), last.left_entries), (0, 0));
                }
            }
            told.hour += 1;
        }
        Ok(())
    }

    /// What holds at any time of a desk that was just opened.
    fn check(&self, desk: &mut Desk, told: &Told, case: &str) {
        let verified = desk.verify(&mut |_, _| {}).unwrap();
        assert!(verified.entries >= told.written.len() as u64 + told.fetched, "{case}: taken and lost");
        assert_eq!(verified.broken_epochs, 0, "{case}");
        for record in &told.written {
            assert!(desk.record(*record).is_ok(), "{case}: written and lost");
        }
        let frozen = desk.register().is_frozen(Frozen::Person(self.morning.frozen), desk.moment());
        assert!(frozen || !told.frozen, "{case}: a freeze is undone");
        // What waits is what the hub has not; what the hub has and the desk does not know is sent again.
        for waiting in desk.waiting_statements().unwrap() {
            let logged = desk.log(LogKind::Statements).unwrap().map_or(0, |log| log.size);
            let at = self.hub.items.iter().position(|item| *item == waiting);
            assert!(at.is_none_or(|at| at as u64 >= logged), "{case}: what the log has does not wait");
        }
        let unlogged = desk.unlogged().unwrap();
        let has = |id| self.hub.entries.values().any(|kept| kept.entry.id() == id);
        let owed = unlogged.iter().filter(|no| !has(desk.entry(**no).unwrap().entry.id())).count();
        let (owed, unlogged) = (owed as u64, unlogged.len() as u64);
        let queued = desk.begin_sync(&[0; 32], &SyncOptions::default()).unwrap().report().stays.items;
        assert!((owed..=unlogged).contains(&queued), "{case}: {queued} wait, {owed} must, {unlogged} may");
        for (kind, log) in
            [(LogKind::Statements, &self.hub.statements), (LogKind::Journal, &self.hub.journal)]
        {
            let Some(view) = desk.log(kind).unwrap() else { continue };
            let mut frontier = Frontier::new();
            log.leaves[..usize::try_from(view.size).unwrap()]
                .iter()
                .for_each(|leaf| frontier.push(Hash::leaf(leaf)));
            assert_eq!(*frontier.root().as_bytes(), view.root, "{case}: {kind:?}");
        }
    }

    /// What holds at the end of the day, whatever went wrong in it.
    fn check_evening(&self, desk: &Desk, case: &str) {
        let verified = desk.verify(&mut |_, _| {}).unwrap();
        let entries = self.hub.entries.len() as u64;
        assert_eq!(verified.evidence, 1, "{case}: two entries at one place");
        // Both are kept; the pouch's entry reached the hub through this desk.
        assert_eq!(verified.entries, entries, "{case}");
        let mut ids: Vec<_> = self.hub.entries.values().map(|kept| kept.entry.id()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len() as u64, entries, "{case}: the hub has nothing twice");
        for record in &self.morning.awaited {
            assert!(desk.record(*record).is_ok(), "{case}: {:?}", desk.record(*record).err());
        }
        assert!(desk.waiting_statements().unwrap().is_empty(), "{case}");
    }
}

/// A day with a fault in it. Gives the writes that there were, and where it went wrong.
fn day(morning: &Morning, at: usize, fault: Option<Fault>) -> (usize, Option<DiskStep>) {
    let folder = TempDir::new().unwrap();
    let (disk, stopped) = (folder.path().join("disk"), folder.path().join("stopped"));
    let place = morning.mission.founder.place();
    copy(&place.dir, &disk);
    let plan = Plan { at, fault, disk: disk.clone(), stopped: stopped.clone(), ..Plan::default() };
    let plan = Arc::new(plan);
    let case = format!("{fault:?} at write {at}");
    let at = |dir: &Path| DeskPlace { dir: dir.to_owned(), ..place.clone() };
    let mut day = Day::new(morning);
    let mut desk = open(at(&disk), SEED, &morning.mission, 1);
    desk.set_faults(Arc::clone(&plan) as _);
    let mut told = Told::default();
    let went = day.go_on(&mut desk, &mut told);
    assert!(went.is_ok() || fault.is_some(), "{case}: {:?}", went.err());
    // A desk that is closed writes too.
    let closed = desk.close();
    let (count, step) = (*plan.count.lock().unwrap(), *plan.step.lock().unwrap());
    assert!((went.is_ok() && closed.is_ok()) || step.is_some(), "{case}: {went:?} {closed:?}");
    let hub = day.hub.copy().unwrap();
    for (dir, life) in [(&disk, "in its next life"), (&stopped, "after a stop")] {
        if !dir.exists() {
            continue;
        }
        let case = format!("{case} ({step:?}), {life}");
        (day.hub, day.witnesses) = (hub.copy().unwrap(), witnesses(4).unwrap());
        let mut desk = open(at(dir), SEED, &morning.mission, 2);
        day.check(&mut desk, &told, &case);
        // What was cut off is done again.
        let mut rest = Told { hour: told.hour.min(3), ..Told::default() };
        let went = day.go_on(&mut desk, &mut rest);
        assert!(went.is_ok(), "{case}: {went:?}");
        day.check_evening(&desk, &case);
        desk.close().unwrap();
    }
    (count, step)
}

/// Every `stride`-th write, in every way; says what was tried.
fn table(stride: usize) {
    let morning = Morning::new();
    let (writes, _) = day(&morning, 0, None);
    assert!(writes > 40, "{writes} writes in a day");
    let (mut cases, mut steps) = (0, Vec::new());
    for (fault, number) in FAULTS.into_iter().zip(0..) {
        for at in (1 + number..=writes).step_by(stride) {
            let (_, step) = day(&morning, at, Some(fault));
            steps.push(step.unwrap());
            cases += 1;
        }
    }
    steps.sort_by_key(|step| *step as u8);
    steps.dedup();
    println!("{cases} faults at {writes} writes: {steps:?}");
}

#[test]
fn a_desk_whose_disk_fails_loses_nothing_and_goes_on() {
    table(17);
}

#[test]
#[ignore = "every write in every way: some minutes"]
fn a_desk_whose_disk_fails_at_any_write_loses_nothing_and_goes_on() {
    table(1);
}
