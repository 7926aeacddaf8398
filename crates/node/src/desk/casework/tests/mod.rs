//! Two persons, a cooling-off, a hold: and what is erased is gone from everywhere it could be asked for.

mod facts;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, Clock, Code, EntryId, Timestamp};
use counterseal_register::{AppointOfficer, HistoryRule, Office, PartRef, Refusal};
use counterseal_seal::Passphrase;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

use super::*;
use crate::desk::Desk;
use crate::error::NodeError;
use crate::{Arrived, Founding, GovernorFile, Home, Invited, Randomness};

/// A clock that the tests move.
pub(super) struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

pub(super) fn rng(seed: u64) -> Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(seed))
}

pub(super) fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

/// A mission of a manager and a data-protection officer, who is no manager.
pub(super) struct World {
    pub(super) dir: TempDir,
    pub(super) clock: Arc<Ticking>,
    pub(super) manager: Desk,
    pub(super) officer: Desk,
    pub(super) governor: GovernorFile,
}

pub(super) fn passphrase() -> Passphrase {
    Passphrase::new("seven wells and a goat").unwrap()
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let dir = TempDir::new().unwrap();
        let clock = Arc::new(Ticking(AtomicI64::new(1_790_000_000)));
        let founding = Founding {
            mission_name: "Blue Heron".into(),
            person_name: "Officer Quillfeather".into(),
            compartment_name: "cases".into(),
            history: HistoryRule::Full,
            threshold: 1,
            waiting_days: 7,
            synthetic: true,
            until: None,
        };
        let governor = GovernorFile::make(&mut rng(seed + 9), &passphrase()).unwrap();
        let bytes = governor.bytes.clone();
        let home = Home::open(&dir.path().join("manager")).unwrap();
        let mut manager =
            Desk::found(&home, &founding, &[governor], &passphrase(), clock.clone(), rng(seed)).unwrap();
        let governor = GovernorFile::open(bytes, &passphrase()).unwrap();
        let home = Home::open(&dir.path().join("officer")).unwrap();
        let invited = Invited::NewPerson { name: "Officer Lantern".into(), until: None };
        let asked = manager.invite_at_hand(&home, invited, &passphrase(), &mut rng(seed + 1)).unwrap();
        let file = manager.statements_file().unwrap();
        let officer =
            Desk::join(&home, &asked.place, &file, &passphrase(), clock.clone(), rng(seed + 2)).unwrap();
        let mut world = Self { dir, clock, manager, officer, governor };
        let person = world.officer.person();
        world.appoint(person, Office::DataProtection);
        world
    }

    pub(super) fn appoint(&mut self, person: counterseal_model::PersonId, office: Office) {
        let act = AppointOfficer { person, office, section: None, until: None, extra: Default::default() };
        self.manager.say_one(act, &[&self.governor.secrets]).unwrap();
        self.tell_officer();
    }

    pub(super) fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(super) fn tell_officer(&mut self) {
        self.officer.take_statements(&self.manager.statements_file().unwrap()).unwrap();
    }

    pub(super) fn tell_manager(&mut self) {
        self.manager.take_statements(&self.officer.statements_file().unwrap()).unwrap();
    }

    /// A note on the manager's desk, as a part.
    pub(super) fn note(&mut self, text: &str) -> NamedPart {
        let compartment = self.manager.default_compartment().unwrap();
        let body = Body::Note(Box::new(Note { text: text.into(), ..Note::default() }));
        self.manager.record_new(compartment, body, Classification::Confidential).unwrap();
        let newest: [u8; 32] = self
            .manager
            .store
            .read(|db| {
                Ok::<_, NodeError>(db.query_row(
                    "SELECT id FROM entry ORDER BY no DESC LIMIT 1",
                    [],
                    |row| row.get(0),
                )?)
            })
            .unwrap();
        NamedPart { compartment, part: PartRef { entry: EntryId::from_bytes(newest), index: 0 } }
    }

    fn entry(&self, named: NamedPart) -> Arrived {
        let (no, _) = self.manager.entry_number(named.part.entry).unwrap().unwrap();
        self.manager
            .store
            .read(|db| {
                let header =
                    db.query_row("SELECT header FROM entry WHERE no = ?1", [no], |row| row.get(0))?;
                let ciphertexts = crate::desk::take::ciphertexts(db, no)?;
                Ok::<_, NodeError>(Arrived {
                    entry: counterseal_register::Entry { header, ciphertexts },
                    urgency: 1,
                })
            })
            .unwrap()
    }

    fn text_is_found(&self, word: &str) -> bool {
        let sql = "SELECT count(*) FROM words WHERE words MATCH ?1";
        let count: i64 = self
            .manager
            .store
            .read(|db| Ok::<_, NodeError>(db.query_row(sql, [word], |row| row.get(0))?))
            .unwrap();
        count > 0
    }
}

pub(super) fn refused<T: std::fmt::Debug>(result: Result<T, NodeError>) -> String {
    match result.unwrap_err() {
        NodeError::Casework(refusal) => refusal.code().to_owned(),
        NodeError::Register(refusal) => refusal.code().to_owned(),
        other => panic!("{other:?}"),
    }
}

const DAY: i64 = Timestamp::DAY;

#[test]
fn a_part_is_erased_by_two_persons_after_the_cooling_off_and_the_journal_still_verifies() {
    let mut world = World::new(4_100);
    let (part, other) = (world.note("zanzibarite"), world.note("quincunx"));
    let old = world.entry(part);
    assert!(world.text_is_found("zanzibarite"));
    assert_eq!(refused(world.manager.erase_paper(&[part])), "casework-not-withdrawn");
    world.manager.withdraw_parts(&[part], &code("consent-withdrawn")).unwrap();
    let view = world.manager.part_view(part);
    let from = view.erasable_from.unwrap();
    assert!(view.withdrawn.is_some() && from > world.manager.now() && view.erased.is_none());
    world.pass(from.0 - world.manager.now().0 - 1);
    assert_eq!(refused(world.manager.erase_paper(&[part])), "casework-cooling-off");
    world.pass(1);
    let paper = world.manager.erase_paper(&[part]).unwrap();
    assert!(world.manager.part_view(part).erased.is_none(), "one signature erases nothing");
    assert_eq!(refused(world.manager.cosign_paper(&paper.bytes)), "casework-second-person");
    world.tell_officer();
    let read = world.officer.read_paper(&paper.bytes).unwrap();
    assert_eq!((read.act, read.by), (PaperAct::Erase(vec![part.part]), world.manager.person()));
    let mut forged = paper.bytes.clone();
    *forged.last_mut().unwrap() ^= 1;
    assert!(world.officer.cosign_paper(&forged).is_err());
    world.officer.cosign_paper(&paper.bytes).unwrap();
    world.tell_manager();

    assert!(world.manager.part_view(part).erased.is_some());
    assert!(world.entry(part).entry.ciphertexts[0].iter().all(|byte| *byte == 0), "the ciphertext is gone");
    assert!(!world.text_is_found("zanzibarite"), "and what was found by it");
    assert!(world.text_is_found("quincunx"));
    let report = world.manager.verify(&mut |_, _| {}).unwrap();
    assert_eq!((report.erased, report.parts), (1, 1));
    world.manager.reindex(&mut |_, _| {}).unwrap();
    assert!(!world.text_is_found("zanzibarite") && world.text_is_found("quincunx"));

    // Whoever still has the entry brings nothing back; what a hub serves in its place is taken.
    let served = world.entry(part);
    for (seed, arrived) in (4_150..).step_by(10).zip([old, served]) {
        let dir = TempDir::new().unwrap();
        let home = Home::open(dir.path()).unwrap();
        let invited = Invited::NewPerson { name: "Officer Kettle".into(), until: None };
        let asked = world.manager.invite_at_hand(&home, invited, &passphrase(), &mut rng(seed)).unwrap();
        let file = world.manager.statements_file().unwrap();
        let mut third =
            Desk::join(&home, &asked.place, &file, &passphrase(), world.clock.clone(), rng(seed + 1))
                .unwrap();
        let taken = third.take_entries(&[arrived]).unwrap();
        assert_eq!((taken.new, taken.refused.len()), (1, 0));
        assert_eq!(third.verify(&mut |_, _| {}).unwrap().erased, 1);
    }
    // Zeros for a part that nobody erased are a lie.
    let mut lie = world.entry(other);
    lie.entry.ciphertexts[0].fill(0);
    let taken = world.officer.take_entries(&[lie]).unwrap();
    assert_eq!((taken.new, taken.refused.len()), (0, 1), "zeros count for an erased part alone");
}

#[test]
fn a_hold_keeps_a_part_until_two_persons_lift_it() {
    let mut world = World::new(4_200);
    let part = world.note("zanzibarite");
    world.manager.hold_parts(&[part], &code("investigation")).unwrap();
    world.manager.withdraw_parts(&[part], &code("consent-withdrawn")).unwrap();
    world.pass(400 * DAY);
    assert_eq!(refused(world.manager.erase_paper(&[part])), "casework-held");
    world.tell_officer();
    // The officer begins, the manager is second: either order does.
    let paper = world.officer.lift_hold_paper(part).unwrap();
    assert!(world.manager.part_view(part).held);
    world.manager.cosign_paper(&paper.bytes).unwrap();
    assert!(!world.manager.part_view(part).held);
    assert_eq!(refused(world.manager.lift_hold_paper(part)), "casework-nothing-stands");
    let paper = world.manager.lift_withdrawal_paper(part).unwrap();
    world.tell_officer();
    world.officer.cosign_paper(&paper.bytes).unwrap();
    world.tell_manager();
    assert!(world.manager.part_view(part).withdrawn.is_none());
    assert_eq!(refused(world.manager.erase_paper(&[part])), "casework-not-withdrawn");
    // The same paper a second time does nothing.
    assert!(world.officer.cosign_paper(&paper.bytes).is_err());
}

#[test]
fn who_holds_neither_office_signs_nothing() {
    let mut world = World::new(4_300);
    let part = world.note("zanzibarite");
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let invited = Invited::NewPerson { name: "Officer Kettle".into(), until: None };
    let asked = world.manager.invite_at_hand(&home, invited, &passphrase(), &mut rng(4_350)).unwrap();
    world.manager.withdraw_parts(&[part], &code("in-error")).unwrap();
    let file = world.manager.statements_file().unwrap();
    let mut third =
        Desk::join(&home, &asked.place, &file, &passphrase(), world.clock.clone(), rng(4_351)).unwrap();
    assert_eq!(refused(third.lift_withdrawal_paper(part)), "casework-not-yours");
    assert_eq!(refused(third.hold_parts(&[part], &code("court"))), "not-a-withdrawer");
    let paper = world.manager.lift_withdrawal_paper(part).unwrap();
    assert_eq!(refused(third.cosign_paper(&paper.bytes)), "not-two-persons");
    let founding = world.manager.statements().unwrap()[0].clone();
    assert!(matches!(
        third.read_paper(&founding),
        Err(NodeError::Register(Refusal::OtherMission) | NodeError::Casework(_))
    ));
    drop(world.dir);
}
