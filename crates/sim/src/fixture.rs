//! The mission that every run begins with: founded once a process, and copied as files.

use std::path::Path;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, OnceLock};

use counterseal_hub::{Batch, HubKeys, HubStore, NewStatement, SqliteStore};
use counterseal_model::cbor::Writer;
use counterseal_model::{CompartmentId, PersonId, Timestamp};
use counterseal_node::{Desk, Founding};
use counterseal_register::{
    Act, AppointRegistrar, BeginEpoch, Bytes, Charter, EnrolDevice, EnrolPerson, EpochReason, FirstRegistrar,
    Found, HistoryRule, Label, PreviousSecret, Register, Rule, SUITE, SetHub, SetWitnesses, Statement,
    WRAP_LEN, sha256,
};
use counterseal_seal::{DeviceSecrets, KeyUnusable, Signer, sign_statement};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use crate::disk::{Disk, Image, SharedDisk, read_image};
use crate::governor::SimGovernor;
use crate::hubhost::Backup;
use crate::mission::{SimError, clock_at};
use crate::witness::{SimWitness, witnesses};

/// 8 January 2024, noon.
pub(crate) const NOON: i64 = 1_704_715_200;
/// Desks at the start: the founder, a second registrar, and others.
pub(crate) const DESKS: u64 = 5;
/// Witnesses, and how many of them must cosign.
pub(crate) const WITNESSES: u8 = 4;
pub(crate) const QUORUM: usize = 3;

/// What every run begins with.
pub(crate) struct Fixture {
    /// Each desk's files, and its person.
    pub(crate) desks: Vec<(Image, PersonId)>,
    /// The hub's store.
    pub(crate) hub: Image,
    pub(crate) keys: Arc<HubKeys>,
    /// A compartment whose history is whole, and one that shows only what came since one joined.
    pub(crate) full: CompartmentId,
    pub(crate) from_join: CompartmentId,
}

impl Fixture {
    /// The first hub as it began.
    pub(crate) fn backup(&self) -> Backup {
        Backup { image: self.hub.clone(), keys: Arc::clone(&self.keys), generation: 1 }
    }
}

/// The secrets of the desk of a number.
pub(crate) fn secrets(number: u64) -> Result<DeviceSecrets, SimError> {
    DeviceSecrets::make(&mut ChaCha20Rng::seed_from_u64(7_000 + number)).map_err(|_| SimError::Key)
}

/// The mission's only governor.
pub(crate) fn governor() -> Result<SimGovernor, KeyUnusable> {
    SimGovernor::new(77)
}

/// The fixture, made by whoever needs it first.
pub(crate) fn fixture(leaky: bool) -> Result<&'static Fixture, SimError> {
    static SOUND: OnceLock<Option<Fixture>> = OnceLock::new();
    static LEAKY: OnceLock<Option<Fixture>> = OnceLock::new();
    let made = if leaky { &LEAKY } else { &SOUND };
    let make = || make(leaky).inspect_err(|error| eprintln!("the mission cannot be founded: {error}")).ok();
    made.get_or_init(make).as_ref().ok_or(SimError::Key)
}

/// A folder in memory where there is one.
pub(crate) fn folder() -> Result<tempfile::TempDir, SimError> {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::TempDir::new_in(memory) } else { tempfile::TempDir::new() };
    Ok(made?)
}

pub(crate) fn disk(folder: &Path) -> Arc<Disk> {
    Arc::new(Disk::new(folder, &["store.head"]))
}

fn person(number: u64) -> PersonId {
    let bytes = sha256(&[b"person", &number.to_be_bytes()]);
    PersonId::from_slice(bytes.get(..PersonId::LEN).unwrap_or_default())
        .unwrap_or(PersonId::from_bytes([0; 16]))
}

fn make(leaky: bool) -> Result<Fixture, SimError> {
    let folder = folder()?;
    let dir = folder.path().join("0");
    std::fs::create_dir_all(&dir)?;
    let hand = Arc::new(AtomicI64::new(NOON));
    let governor = governor().map_err(|_| SimError::Key)?;
    let found = founding(&governor)?;
    let statements = ordered(std::slice::from_ref(&found));
    Desk::join_bare(&dir, &secrets(0)?, &statements, clock_at(&hand))?;
    let rng = Box::new(ChaCha20Rng::seed_from_u64(70));
    let shared = Arc::new(SharedDisk(disk(&dir)));
    let mut founder = Desk::open_bare(&dir, secrets(0)?, clock_at(&hand), rng, shared)?;
    founder.first_day_bare(&Founding {
        mission_name: "Mission of the Blue Heron".into(),
        person_name: "Officer Quillfeather".into(),
        compartment_name: "incidents".into(),
        history: HistoryRule::Full,
        threshold: 1,
        waiting_days: 7,
        synthetic: true,
        until: None,
    })?;
    let full = founder.default_compartment()?;
    let history = if leaky { HistoryRule::Full } else { HistoryRule::FromJoin };
    let from_join = founder.create_compartment("cases", Charter::new(Rule::Open, history))?;
    let mut people = vec![founder.person()];
    for number in 1..DESKS {
        people.push(enrol(&mut founder, number)?);
    }
    for one in people.iter().skip(1).take(3) {
        founder.admit(full, *one)?;
    }
    for one in people.iter().skip(1).take(1) {
        founder.admit(from_join, *one)?;
        founder.appoint_manager(full, *one, None)?;
    }
    let keys = hub_keys(&folder.path().join("keys"))?;
    name_hub(&mut founder, &governor, &keys, people.get(1).copied())?;
    let statements = founder.statements()?;
    let file = founder.statements_file()?;
    founder.close()?;
    let mut desks = vec![(read_image(&dir)?, person(0))];
    for (number, one) in (1..DESKS).zip(people.iter().skip(1)) {
        let dir = folder.path().join(number.to_string());
        std::fs::create_dir_all(&dir)?;
        Desk::join_bare(&dir, &secrets(number)?, &file, clock_at(&hand))?;
        desks.push((read_image(&dir)?, *one));
    }
    let hub = hub_store(&folder.path().join("hub"), &statements)?;
    Ok(Fixture { desks, hub, keys: Arc::new(keys), full, from_join })
}

/// The founding, signed by the governor and the founder's device.
fn founding(governor: &SimGovernor) -> Result<Vec<u8>, SimError> {
    let founder = secrets(0)?;
    let registrar = FirstRegistrar {
        person: person(0),
        keys: founder.public().clone(),
        until: None,
        extra: Default::default(),
    };
    let act = Found {
        governors: vec![governor.public().clone()],
        threshold: 1,
        minimum_suite: SUITE,
        waiting_days: 7,
        mission_compartment: CompartmentId::from_bytes([9; 16]),
        synthetic: true,
        registrars: vec![registrar],
        extra: Default::default(),
    };
    let statement = Statement::new(None, None, Timestamp(NOON), act.into());
    signed(&statement, &[governor, &founder])
}

fn signed(statement: &Statement, signers: &[&dyn Signer]) -> Result<Vec<u8>, SimError> {
    let signed = sign_statement(&statement.payload(), Label::STATEMENT_SIGN, signers);
    Ok(signed.map_err(|_| SimError::Key)?.bytes().to_vec())
}

/// Statements as a file in the order of a desk.
fn ordered(statements: &[Vec<u8>]) -> Vec<u8> {
    let mut w = Writer::new();
    w.array(statements.len());
    for (position, bytes) in (0..).zip(statements) {
        w.array(3).uint(position);
        counterseal_model::cbor::Value::write(&Timestamp(NOON), &mut w);
        w.bytes(bytes);
    }
    w.into_bytes()
}

/// Enrols the person and the desk of a number.
pub(crate) fn enrol(registrar: &mut Desk, number: u64) -> Result<PersonId, SimError> {
    registrar.enrol_bare(&format!("Person {number}"), person(number), &secrets(number)?)?;
    Ok(person(number))
}

fn hub_keys(folder: &Path) -> Result<HubKeys, SimError> {
    HubKeys::make(folder, &mut ChaCha20Rng::seed_from_u64(71)).map_err(|_| SimError::Key)
}

/// The governor names hub, witnesses and a second registrar.
fn name_hub(
    founder: &mut Desk,
    governor: &SimGovernor,
    keys: &HubKeys,
    registrar: Option<PersonId>,
) -> Result<(), SimError> {
    let public = keys.public().map_err(|_| SimError::Key)?;
    let witnesses = witnesses(WITNESSES)?;
    let named: Option<Vec<_>> = witnesses.iter().map(SimWitness::named).collect();
    let acts: Vec<Act> = vec![
        AppointRegistrar { person: registrar.ok_or(SimError::Key)?, until: None, extra: Default::default() }
            .into(),
        SetWitnesses {
            witnesses: named.ok_or(SimError::Key)?,
            trustees: 0,
            independents: QUORUM as u64,
            faults: 1,
            weak: false,
            extra: Default::default(),
        }
        .into(),
        SetHub {
            generation: 1,
            statements_key: Bytes(public.statements_key),
            journal_key: Bytes(public.journal_key),
            pins: vec![Bytes(sha256(&[b"certificate"]))],
            extra: Default::default(),
        }
        .into(),
    ];
    let mut register: Register = founder.register().clone();
    let mut statements = founder.statements()?;
    for act in acts {
        let prev = register.chain_head(act.chain());
        let statement = Statement::new(Some(register.mission()), prev, Timestamp(NOON), act);
        let bytes = signed(&statement, &[governor])?;
        let at = counterseal_register::LogPosition::new(statements.len() as u64);
        let sight = counterseal_register::Sight::Logged { cosigned: true, since: Timestamp(NOON) };
        register.apply(at, &bytes, sight)?;
        statements.push(bytes);
    }
    founder.take_statements(&ordered(&statements))?;
    Ok(())
}

fn hub_store(folder: &Path, statements: &[Vec<u8>]) -> Result<Image, SimError> {
    std::fs::create_dir_all(folder)?;
    let mut store = SqliteStore::open(&folder.join("hub.db"), None).map_err(|_| SimError::Key)?;
    let new = |(index, bytes): (u64, &Vec<u8>)| NewStatement {
        index,
        id: sha256(&[bytes]),
        bytes: bytes.clone(),
        covers: None,
        at: Timestamp(NOON),
    };
    let batch = Batch { statements: (0..).zip(statements).map(new).collect(), ..Batch::default() };
    store.append(&batch).map_err(|_| SimError::Key)?;
    Ok(read_image(folder)?)
}

/// A rekey by a member who gives its secret to nobody, and seals noise where the secret before it should be; none when
/// the member's device is in no head.
pub(crate) fn kept_back(
    register: &Register,
    by: &DeviceSecrets,
    compartment: CompartmentId,
) -> Result<Option<Vec<u8>>, SimError> {
    let at = register.last();
    let members = |id| register.epoch_devices(id, at).map(|devices| devices.members).unwrap_or_default();
    let heads = register.epoch_heads(compartment);
    let Some(head) = heads.into_iter().find(|id| members(*id).contains(&by.id())) else { return Ok(None) };
    let rule = |id| register.charter(id, at).map(|charter| charter.history);
    let full = rule(compartment) == Some(HistoryRule::Full)
        && register.epoch(head).is_some_and(|epoch| epoch.history() == HistoryRule::Full);
    let noise = PreviousSecret { epoch: head, sealed: [5; WRAP_LEN] };
    let act: Act = BeginEpoch {
        compartment,
        joins: vec![head],
        roster: members(head),
        commitment: Bytes([6; 32]),
        previous: if full { vec![noise] } else { Vec::new() },
        reason: EpochReason::Rekey,
        extra: Default::default(),
    }
    .into();
    let prev = register.chain_head(act.chain());
    signed(&Statement::new(Some(register.mission()), prev, Timestamp(NOON), act), &[by]).map(Some)
}

/// An enrolment by somebody who may not: what a ghost would say.
pub(crate) fn ghost(register: &Register, by: &DeviceSecrets, number: u64) -> Result<Vec<u8>, SimError> {
    let mine = secrets(number)?;
    let person = person(number);
    let proof = mine.prove_possession(register.mission(), person).map_err(|_| SimError::Key)?;
    let extra = Default::default();
    let act: Act = match number % 2 {
        0 => EnrolPerson { person, name: None, until: None, extra }.into(),
        _ => EnrolDevice {
            person,
            keys: mine.public().clone(),
            proof: Bytes(proof),
            challenge: Bytes([0; 32]),
            extra,
        }
        .into(),
    };
    let prev = register.chain_head(act.chain());
    let statement = Statement::new(Some(register.mission()), prev, Timestamp(NOON), act);
    signed(&statement, &[by])
}
