//! A mission with its people, a hub for it, and witnesses; everything on loopback and in a temporary folder.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use counterseal_hub::*;
use counterseal_ledger::{KeyName, VerifierKey};
use counterseal_model::cbor::to_bytes;
use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::{DeviceSecrets, GovernorSecrets, Signer, sign_statement};
use counterseal_witness::{RunningWitness, WitnessConfig, WitnessKeys, run_witness};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use tempfile::TempDir;

pub(crate) const MISSION_WIDE: CompartmentId = CompartmentId::from_bytes([0xaa; 16]);

pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// A clock that stands where it is put.
#[derive(Debug)]
pub(crate) struct TestClock(std::sync::atomic::AtomicI64);

impl TestClock {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self(1_790_000_000.into()))
    }

    pub(crate) fn pass_days(&self, days: i64) {
        self.0.fetch_add(days * 86_400, std::sync::atomic::Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(std::sync::atomic::Ordering::Relaxed))
    }
}

pub(crate) struct Person {
    pub(crate) id: PersonId,
    pub(crate) device: DeviceSecrets,
}

impl Person {
    pub(crate) fn new(n: u8) -> Self {
        let device = DeviceSecrets::make(&mut rng(u64::from(n))).unwrap();
        Self { id: PersonId::from_bytes([n; 16]), device }
    }
}

/// The mission as its governors and its registrar make it, before and beside the hub.
pub(crate) struct World {
    pub(crate) register: Register,
    pub(crate) statements: Vec<Vec<u8>>,
    governors: Vec<GovernorSecrets>,
    pub(crate) registrar: Person,
    pub(crate) ana: Person,
    pub(crate) ben: Person,
    pub(crate) epoch: EpochId,
    time: i64,
}

fn sign(payload: &[u8], signers: &[&dyn Signer]) -> Vec<u8> {
    sign_statement(payload, Label::STATEMENT_SIGN, signers).unwrap().bytes().to_vec()
}

impl World {
    /// Founded, with three people in the mission-wide compartment, and this hub and these witnesses named.
    pub(crate) fn new(hub: HubPublic, witnesses: &[TestWitness]) -> Self {
        let mut governors: Vec<_> =
            (0..3).map(|n| GovernorSecrets::make(&mut rng(200 + n)).unwrap()).collect();
        governors.sort_by_key(GovernorSecrets::id);
        let [registrar, ana, ben] = [1, 2, 3].map(Person::new);
        let found = Found {
            governors: governors.iter().map(|governor| governor.public().clone()).collect(),
            threshold: 2,
            minimum_suite: 1,
            waiting_days: 7,
            mission_compartment: MISSION_WIDE,
            synthetic: true,
            registrars: vec![FirstRegistrar {
                person: registrar.id,
                keys: registrar.device.public().clone(),
                until: None,
                extra: Default::default(),
            }],
            extra: Default::default(),
        };
        let statement = Statement::new(None, None, Timestamp(1_000), found.into());
        let signers: Vec<&dyn Signer> =
            governors.iter().map(|g| g as &dyn Signer).chain([&registrar.device as &dyn Signer]).collect();
        let bytes = sign(&statement.payload(), &signers);
        let register = Register::found(LogPosition::new(0), &bytes).unwrap();
        let epoch = EpochId::from_bytes([0; 32]);
        let statements = vec![bytes];
        let mut world = Self { register, statements, governors, registrar, ana, ben, epoch, time: 2_000 };
        for (id, device) in [
            (world.ana.id, world.ana.device.public().clone()),
            (world.ben.id, world.ben.device.public().clone()),
        ] {
            let proof = if id == world.ana.id { &world.ana } else { &world.ben };
            let proof = Bytes(proof.device.prove_possession(world.register.mission(), id).unwrap());
            world.by_registrar(EnrolPerson {
                person: id,
                name: None,
                until: None,
                extra: Default::default(),
            });
            let challenge = Bytes([9; 32]);
            let extra = Default::default();
            world.by_registrar(EnrolDevice { person: id, keys: device, proof, challenge, extra });
        }
        let mut roster = vec![world.registrar.device.id(), world.ana.device.id(), world.ben.device.id()];
        roster.sort();
        world.begin_epoch(&[], roster, EpochReason::Create);
        world.name(hub, witnesses);
        world
    }

    fn name(&mut self, hub: HubPublic, witnesses: &[TestWitness]) {
        self.by_governors(SetHub {
            generation: 1,
            statements_key: Bytes(hub.statements_key),
            journal_key: Bytes(hub.journal_key),
            pins: vec![Bytes(hub.pin)],
            extra: Default::default(),
        });
        let witnesses: Vec<_> = witnesses.iter().map(TestWitness::registered).collect();
        let independents = witnesses.len() as u64;
        if independents > 0 {
            // All but one: with three, one may be corrupt or away, in the weak rule's terms.
            let independents = if independents > 2 { independents - 1 } else { independents };
            let (trustees, faults, weak) = (0, 0, true);
            let extra = Default::default();
            self.by_governors(SetWitnesses { witnesses, trustees, independents, faults, weak, extra });
        }
    }

    pub(crate) fn begin_epoch(&mut self, joins: &[EpochId], roster: Vec<DeviceId>, reason: EpochReason) {
        let sealed = |epoch: &EpochId| PreviousSecret { epoch: *epoch, sealed: [5; 48] };
        let begin = BeginEpoch {
            compartment: MISSION_WIDE,
            joins: joins.to_vec(),
            roster,
            commitment: Bytes([6; 32]),
            previous: joins.iter().map(sealed).collect(),
            reason,
            extra: Default::default(),
        };
        let id = self.by_registrar(begin);
        self.epoch = EpochId::from_bytes(*id.as_bytes());
    }

    pub(crate) fn draft(&mut self, act: impl Into<Act>) -> Statement {
        let act = act.into();
        self.time += 1;
        let prev = self.register.chain_head(act.chain());
        Statement::new(Some(self.register.mission()), prev, Timestamp(self.time), act)
    }

    /// A statement of the registrar that is not applied here.
    pub(crate) fn registrars(&mut self, act: impl Into<Act>) -> Vec<u8> {
        let statement = self.draft(act);
        sign(&statement.payload(), &[&self.registrar.device])
    }

    /// A statement of Ana's device that is not applied here.
    pub(crate) fn anas(&mut self, act: impl Into<Act>) -> Vec<u8> {
        let statement = self.draft(act);
        sign(&statement.payload(), &[&self.ana.device])
    }

    /// A statement of the governors that another hub goes on from these ends of the logs. Not applied here.
    pub(crate) fn succession(&mut self, hub: HubPublic, statements: LogEnd, journal: LogEnd) -> Vec<u8> {
        let statement = self.draft(SucceedHub {
            generation: 2,
            statements,
            journal,
            statements_key: Bytes(hub.statements_key),
            journal_key: Bytes(hub.journal_key),
            pins: vec![Bytes(hub.pin)],
            extra: Default::default(),
        });
        sign(&statement.payload(), &[&self.governors[0], &self.governors[1]])
    }

    pub(crate) fn by_registrar(&mut self, act: impl Into<Act>) -> StatementId {
        let bytes = self.registrars(act);
        self.apply(bytes)
    }

    /// A statement that puts another hub in the place of the present one, signed by so many governors.
    pub(crate) fn signed_succession(&mut self, act: SucceedHub, signed_by: usize) -> Vec<u8> {
        let statement = self.draft(act);
        let signers: Vec<_> = self.governors.iter().take(signed_by).map(|g| g as &dyn Signer).collect();
        sign(&statement.payload(), &signers)
    }

    pub(crate) fn by_governors(&mut self, act: impl Into<Act>) -> StatementId {
        let statement = self.draft(act);
        let bytes = sign(&statement.payload(), &[&self.governors[0], &self.governors[1]]);
        self.apply(bytes)
    }

    fn apply(&mut self, bytes: Vec<u8>) -> StatementId {
        let position = self.register.last().position.next();
        let sight = Sight::Logged { cosigned: true, since: Timestamp(self.time) };
        let applied = self.register.apply(position, &bytes, sight).unwrap();
        self.statements.push(bytes);
        applied.id
    }

    pub(crate) fn mission(&self) -> MissionId {
        self.register.mission()
    }

    /// A journal of a device, from which entries are made.
    pub(crate) fn journal<'a>(&self, person: &'a Person, n: u8) -> Journal<'a> {
        Journal {
            person,
            mission: self.mission(),
            epoch: self.epoch,
            journal: JournalId::from_bytes([n; 16]),
            seq: 0,
            prev: EntryHeader::NO_PREV,
        }
    }
}

pub(crate) struct Journal<'a> {
    person: &'a Person,
    mission: MissionId,
    pub(crate) epoch: EpochId,
    journal: JournalId,
    pub(crate) seq: u64,
    pub(crate) prev: EntryId,
}

impl Journal<'_> {
    /// The next entry: one part of so many bytes, whose content nobody can tell from noise.
    pub(crate) fn entry(&mut self, bytes: usize, salt: u8) -> Entry {
        let mut ciphertext = vec![0; bytes + 16];
        let tag = u64::from(salt) << 32 | self.seq;
        rand_chacha::rand_core::Rng::fill_bytes(&mut rng(tag), &mut ciphertext);
        let header = EntryHeader {
            suite: 1,
            mission: self.mission,
            compartment: MISSION_WIDE,
            epoch: self.epoch,
            device: self.person.device.id(),
            journal: self.journal,
            seq: self.seq,
            prev: self.prev,
            continues: None,
            salt: Bytes([salt; 32]),
            trustee_set: None,
            parts: vec![PartHeader::open(sha256(&[&ciphertext]), bytes as u64)],
            trustees: vec![],
            statements_seen: 1,
            journal_seen: 0,
            extra: Default::default(),
        };
        let payload = to_bytes(&header);
        let signed = sign_statement(&payload, Label::ENTRY_SIGN, &[&self.person.device]).unwrap();
        let entry = Entry { header: signed.bytes().to_vec(), ciphertexts: vec![ciphertext] };
        self.seq += 1;
        self.prev = entry.id();
        entry
    }

    pub(crate) fn entries(&mut self, count: usize) -> Vec<Entry> {
        (0..count).map(|n| self.entry(256, n as u8)).collect()
    }
}

/// A witness with its folder.
pub(crate) struct TestWitness {
    pub(crate) folder: TempDir,
    pub(crate) name: String,
    pub(crate) running: Option<RunningWitness>,
    pub(crate) address: SocketAddr,
}

fn loopback() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

impl TestWitness {
    /// Keys only; a port is found when it runs.
    pub(crate) fn new(n: u8) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let name = format!("witness-{n}");
        let path = folder.path().join("witness.key");
        WitnessKeys::make(&path, KeyName::parse(&name).unwrap(), &mut rng(100 + u64::from(n))).unwrap();
        Self { folder, name, running: None, address: loopback() }
    }

    pub(crate) fn registered(&self) -> Witness {
        let keys = WitnessKeys::load(&self.folder.path().join("witness.key")).unwrap();
        let cosigner = keys.cosigner().unwrap();
        let (classical, quantum) = (cosigner.public().ed25519(), cosigner.public().ml_dsa_44());
        let key = HybridKey {
            ed25519: classical.key().as_bytes().try_into().unwrap(),
            ml_dsa_44: Box::new(quantum.key().as_bytes().try_into().unwrap()),
        };
        let name = WitnessName::parse(&self.name).unwrap();
        Witness { name, key, group: WitnessGroup::Independent, url: None, extra: Default::default() }
    }

    pub(crate) async fn run(&mut self, keys: &[VerifierKey], clock: &Arc<TestClock>) {
        let config = WitnessConfig::new(self.folder.path().to_owned(), self.address, keys);
        let running = run_witness(&config, Arc::clone(clock) as _).await.unwrap();
        self.address = running.address();
        self.running = Some(running);
    }

    pub(crate) fn place(&self) -> WitnessPlace {
        let url = format!("http://{}/", self.address);
        WitnessPlace { name: self.name.clone(), url, certificate: None }
    }
}

/// A hub that was made and seeded, and its witnesses.
pub(crate) struct Site {
    pub(crate) folder: TempDir,
    pub(crate) config: HubConfig,
    pub(crate) world: World,
    pub(crate) witnesses: Vec<TestWitness>,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) public: HubPublic,
    pub(crate) keys: [VerifierKey; 2],
}

impl Site {
    /// With so many witnesses, which run.
    pub(crate) async fn new(witnesses: u8) -> Self {
        let (folder, clock) = (tempfile::tempdir().unwrap(), TestClock::new());
        let mut config = HubConfig::new(folder.path().join("hub"), loopback());
        config.metrics = Some(loopback());
        config.batch_milliseconds = 30;
        config.mark_seconds = 0;
        let public = init(&config, &mut rng(7)).unwrap();
        let mut witnesses: Vec<_> = (0..witnesses).map(TestWitness::new).collect();
        let world = World::new(public, &witnesses);
        let seeded = seed(&config, &world.statements, clock.as_ref()).unwrap();
        for witness in &mut witnesses {
            witness.run(&seeded.keys, &clock).await;
            config.witnesses.push(witness.place());
        }
        Self { folder, config, world, witnesses, clock, public, keys: seeded.keys }
    }

    pub(crate) async fn run(&self) -> RunningHub {
        run_hub(&self.config, Arc::clone(&self.clock) as _).await.unwrap()
    }
}

/// Waits for something to come true, up to ten seconds.
pub(crate) async fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..1000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("in vain: {what}");
}

/// Waits until a quorum has cosigned everything there is.
pub(crate) async fn cosigned(hub: &RunningHub) {
    eventually("all is cosigned", || {
        let view = hub.sequencer().view();
        let all =
            |log: &LogView| log.size == 0 || log.cosigned.as_ref().is_some_and(|(size, _)| *size == log.size);
        all(&view.statements) && all(&view.journal)
    })
    .await;
}

/// Whether a folder's files hold these bytes anywhere.
pub(crate) fn holds(folder: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, needle);
        }
        std::fs::read(&path).unwrap().windows(needle.len()).any(|window| window == needle)
    })
}
