//! A mission with three trustees, of whom two must release; one of them is the real one.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use counterseal_ledger::{Cosigner, Frontier, Hash, Receipt, SignedCheckpoint, VerifiedCheckpoint};
use counterseal_mirror::{LogRow, StatementRow};
use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::{
    DeviceSecrets, FreshKey, GovernorSecrets, Signer, StoreRoot, TrusteeRecipient, TrusteeSecrets,
    seal_request, sign_statement,
};
use counterseal_trustee::{
    Batch, Hands, Mirror, MirrorStep, NoFaults, OpenAnswer, Places, Service, Setting, Store, engine_code,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use tempfile::TempDir;

use crate::log::{Log, cosigner};

pub(crate) const START: i64 = 1_790_000_000;
pub(crate) const DAY: i64 = Timestamp::DAY;
pub(crate) const CASES: CompartmentId = CompartmentId::from_bytes([0xc1; 16]);
pub(crate) const SOURCES: CompartmentId = CompartmentId::from_bytes([0xc2; 16]);
pub(crate) const A: SectionId = SectionId::from_bytes([0xa1; 16]);
pub(crate) const B: SectionId = SectionId::from_bytes([0xb2; 16]);
pub(crate) const C: SectionId = SectionId::from_bytes([0xc3; 16]);

/// Everyone, with a section: the reader Ana and the author Ben, members Cleo and Dan, and officers.
pub(crate) const PEOPLE: [(&str, Option<SectionId>); 10] = [
    ("registrar", None),
    ("manager", Some(A)),
    ("ana", Some(A)),
    ("ben", Some(A)),
    ("cleo", Some(B)),
    ("dan", Some(A)),
    ("dpo", Some(C)),
    ("eve", Some(C)),
    ("reviewer", Some(A)),
    ("trainer", None),
];
pub(crate) const MEMBERS: [&str; 5] = ["manager", "ana", "ben", "cleo", "dan"];

pub(crate) const TABLE: &str = "engine,cedar 4.14.1 table 1
time,utc+00:00
purpose,audit,mission,Checking
purpose,case-follow-up,mission,Working on a case
purpose,consented,mission,With consent
purpose,sensor-work,mission,Under an agreement
purpose,trained,mission,With training
role,officer
row,effect,who,action,what,purpose,basis,needs,emergency,words
1,permit,anyone,open,*,case-follow-up,-,-,-,Everyone in it follows cases up
2,permit,anyone,open,*,audit,-,approvals:1,approvals,Checking with a second person
3,permit,anyone,open,*,consented,consent,-,-,With the person's consent
4,permit,anyone,open,*,trained,-,training,training,With training
5,permit,role:officer,open,*,sensor-work,-,agreement and device,-,On the owner's terms
";

pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub(crate) fn trustee(n: u64) -> TrusteeSecrets {
    TrusteeSecrets::make(&mut rng(5_000 + n)).unwrap()
}

/// A clock that tests set.
#[derive(Clone)]
pub(crate) struct Hand(pub(crate) Arc<AtomicI64>);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

pub(crate) struct World {
    pub(crate) register: Register,
    governor: GovernorSecrets,
    pub(crate) people: BTreeMap<&'static str, (PersonId, DeviceSecrets)>,
    statements: Vec<(Vec<u8>, i64)>,
    pub(crate) time: i64,
    pub(crate) clock: Hand,
    pub(crate) journal: Log,
    pub(crate) witnesses: Vec<Cosigner>,
    last: Option<(VerifiedCheckpoint, SignedCheckpoint)>,
    pub(crate) set: StatementId,
    pub(crate) policy: StatementId,
    pub(crate) epochs: BTreeMap<CompartmentId, EpochId>,
    pub(crate) folder: TempDir,
}

pub(crate) enum By<'a> {
    Governor,
    People(&'a [&'a str]),
}

fn new_folder() -> TempDir {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory).unwrap() } else { TempDir::new().unwrap() }
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(
            Charter { cooling_off_days: Some(1), ..Charter::new(Rule::TwoSeal, HistoryRule::Full) },
            Charter { other_section: Some(true), ..Charter::new(Rule::TwoPerson, HistoryRule::Full) },
        )
    }

    pub(crate) fn with(cases: Charter, sources: Charter) -> Self {
        let mut world = Self::founded();
        world.enrol_everyone();
        for (compartment, charter) in [(CASES, cases), (SOURCES, sources)] {
            let (person, until) = (world.person("manager"), None);
            let extra = cbor::Extra::default;
            let act = AppointManager { compartment, person, until, extra: extra() };
            world.say(act, &By::People(&["registrar"]));
            let act = CreateCompartment { compartment, charter, name: None, extra: extra() };
            world.say(act, &By::People(&["manager"]));
            world.begin(compartment, &MEMBERS, EpochReason::Create);
        }
        world.name_servers();
        world
    }

    fn founded() -> Self {
        let governor = GovernorSecrets::make(&mut rng(1)).unwrap();
        let mut people = BTreeMap::new();
        for (n, (name, _)) in (1u8..).zip(PEOPLE) {
            let device = DeviceSecrets::make(&mut rng(100 + u64::from(n))).unwrap();
            people.insert(name, (PersonId::from_bytes([n; 16]), device));
        }
        let (person, registrar) = &people["registrar"];
        let first = FirstRegistrar {
            person: *person,
            keys: registrar.public().clone(),
            until: None,
            extra: Default::default(),
        };
        let found = Found {
            governors: vec![governor.public().clone()],
            threshold: 1,
            minimum_suite: SUITE,
            waiting_days: 7,
            mission_compartment: CompartmentId::from_bytes([9; 16]),
            synthetic: true,
            registrars: vec![first],
            extra: Default::default(),
        };
        let time = START - 100 * DAY;
        let statement = Statement::new(None, None, Timestamp(time), found.into());
        let signers: [&dyn Signer; 2] = [&governor, registrar];
        let signed = sign_statement(&statement.payload(), Label::STATEMENT_SIGN, &signers).unwrap();
        let register = Register::found(LogPosition::new(0), signed.bytes()).unwrap();
        let origin = log_origin(register.mission(), LogKind::Journal, 1);
        Self {
            register,
            governor,
            people,
            statements: vec![(signed.bytes().to_vec(), time)],
            time,
            clock: Hand(Arc::new(AtomicI64::new(START))),
            journal: Log::new(&origin, 52),
            witnesses: vec![cosigner("w.one", 61), cosigner("w.two", 62)],
            last: None,
            set: StatementId::from_bytes([0; 32]),
            policy: StatementId::from_bytes([0; 32]),
            epochs: BTreeMap::new(),
            folder: new_folder(),
        }
    }

    fn enrol_everyone(&mut self) {
        for (name, section) in PEOPLE {
            let person = self.person(name);
            if name != "registrar" {
                let act = EnrolPerson { person, name: None, until: None, extra: Default::default() };
                self.say(act, &By::People(&["registrar"]));
                let device = self.device(name);
                let proof = Bytes(device.prove_possession(self.register.mission(), person).unwrap());
                let (keys, challenge) = (device.public().clone(), Bytes([9; 32]));
                let act = EnrolDevice { person, keys, proof, challenge, extra: Default::default() };
                self.say(act, &By::People(&["registrar"]));
            }
            if section.is_some() {
                let act = AssignSection { person, section, extra: Default::default() };
                self.say(act, &By::People(&["registrar"]));
            }
        }
        self.appoint("dpo", Office::DataProtection, None);
        self.appoint("reviewer", Office::Review, Some(A));
        self.appoint("trainer", Office::Training, None);
        self.appoint("trainer", Office::Attestation, None);
    }

    pub(crate) fn appoint(&mut self, name: &str, office: Office, section: Option<SectionId>) {
        let (person, until, extra) = (self.person(name), None, Default::default());
        self.say(AppointOfficer { person, office, section, until, extra }, &By::Governor);
    }

    fn name_servers(&mut self) {
        let statements_key = Bytes(Log::new("x/y", 51).key());
        let journal_key = Bytes(self.journal.key());
        let pins = vec![Bytes([1; 32])];
        let hub = SetHub { generation: 1, statements_key, journal_key, pins, extra: Default::default() };
        self.say(hub, &By::Governor);
        let witness = |one: &Cosigner| Witness {
            name: WitnessName::parse(one.public().name().as_str()).unwrap(),
            key: hybrid(one),
            group: WitnessGroup::Independent,
            url: None,
            extra: Default::default(),
        };
        let witnesses = self.witnesses.iter().map(witness).collect();
        let (trustees, independents, faults, weak) = (0, 2, 0, true);
        let act = SetWitnesses { witnesses, trustees, independents, faults, weak, extra: Default::default() };
        self.say(act, &By::Governor);
        self.set = self.say(trustees_of(&[0, 1, 2], 2), &By::Governor);
        self.policy = self.set_policy(TABLE);
    }

    pub(crate) fn set_policy(&mut self, table: &str) -> StatementId {
        let engine = Code::parse(&engine_code()).unwrap();
        let table = Blob(table.as_bytes().to_vec());
        self.say(SetPolicy { engine, table, extra: Default::default() }, &By::Governor)
    }

    pub(crate) fn person(&self, name: &str) -> PersonId {
        self.people[name].0
    }

    pub(crate) fn device(&self, name: &str) -> &DeviceSecrets {
        &self.people[name].1
    }

    pub(crate) fn bytes(&self, act: impl Into<Act>, by: &By<'_>) -> Vec<u8> {
        let act = act.into();
        let prev = self.register.chain_head(act.chain());
        let made = Timestamp(self.time + self.statements.len() as i64);
        let statement = Statement::new(Some(self.register.mission()), prev, made, act);
        let signers: Vec<&dyn Signer> = match by {
            By::Governor => vec![&self.governor],
            By::People(names) => names.iter().map(|name| self.device(name) as &dyn Signer).collect(),
        };
        sign_statement(&statement.payload(), Label::STATEMENT_SIGN, &signers).unwrap().bytes().to_vec()
    }

    /// A statement that the log has, cosigned.
    pub(crate) fn say(&mut self, act: impl Into<Act>, by: &By<'_>) -> StatementId {
        let bytes = self.bytes(act, by);
        let at = LogPosition::new(self.statements.len() as u64);
        let sight = Sight::Logged { cosigned: true, since: Timestamp(self.time) };
        let applied = self.register.apply(at, &bytes, sight).unwrap();
        self.statements.push((bytes, self.time));
        applied.id
    }

    pub(crate) fn begin(&mut self, compartment: CompartmentId, members: &[&str], reason: EpochReason) {
        let mut roster: Vec<_> = members.iter().map(|name| self.device(name).id()).collect();
        roster.sort();
        let joins: Vec<_> = self.epochs.get(&compartment).copied().into_iter().collect();
        let previous = joins.iter().map(|epoch| PreviousSecret { epoch: *epoch, sealed: [5; 48] }).collect();
        let (commitment, extra) = (Bytes([6; 32]), Default::default());
        let act = BeginEpoch { compartment, joins, roster, commitment, previous, reason, extra };
        let id = self.say(act, &By::People(&["manager"]));
        self.epochs.insert(compartment, EpochId::from_bytes(*id.as_bytes()));
    }

    pub(crate) fn places(&self, n: u64) -> Places {
        let at = |which| self.folder.path().join(format!("{n}-{which}"));
        Places { first: at("first"), second: at("second"), most_bytes: None }
    }

    pub(crate) fn hands(n: u64) -> Hands {
        let root = StoreRoot::from_bytes(trustee(n).store_root().reveal());
        Hands { root, rng: Box::new(rng(n + 9_000)), faults: Box::new(NoFaults) }
    }

    pub(crate) fn setting(&self, n: u64) -> Setting {
        let (mission, secrets) = (self.register.mission(), trustee(n));
        Setting { mission, secrets, clock: Box::new(self.clock.clone()), rng: Box::new(rng(n + 7_000)) }
    }

    /// A new trustee that has mirrored everything.
    pub(crate) fn service(&mut self, n: u64) -> Service {
        let store = Store::create(&self.places(n), Self::hands(n)).unwrap();
        let mut service = Service::new(self.setting(n), store).unwrap();
        self.clock_forward(0);
        self.publish(&mut service);
        service
    }

    /// Sets log and clock to a number of seconds after the start.
    pub(crate) fn clock_forward(&mut self, seconds: i64) {
        self.time = START + seconds;
        self.clock.0.store(self.time, Ordering::SeqCst);
    }

    pub(crate) fn statement_rows(&self) -> Vec<StatementRow> {
        let row = |(index, (item, since)): (usize, &(Vec<u8>, i64))| StatementRow {
            index: index as u64,
            since: Some(Timestamp(*since)),
            item: item.clone(),
        };
        self.statements.iter().enumerate().map(row).collect()
    }

    /// Where the statement log ends.
    pub(crate) fn end(&self) -> LogEnd {
        let head = self.statements_frontier().head();
        LogEnd { size: head.size, root: *head.root.as_bytes() }
    }

    fn statements_frontier(&self) -> Frontier {
        let mut frontier = Frontier::new();
        self.statements.iter().for_each(|(item, _)| frontier.push(Hash::leaf(&statement_leaf(item))));
        frontier
    }

    /// Lets the trustee mirror both logs as they are, to checkpoints of now.
    pub(crate) fn publish(&mut self, service: &mut Service) {
        if self.journal.leaves.is_empty() {
            self.append(&JournalLeaf::new(LeafType::Export, 1, &[0; 32], b"first").unwrap());
        }
        self.publish_at(service, self.time);
        service.sweep().unwrap();
    }

    pub(crate) fn publish_at(&self, service: &mut Service, time: i64) {
        let from = service.mirror().log(LogKind::Journal).map_or(0, |log| log.size);
        let leaves = self.journal.leaves.iter().skip(from as usize);
        let time = Timestamp(time);
        let note = self.last.as_ref().unwrap().1.to_string().into_bytes();
        let row = |frontier| LogRow { frontier, note: note.clone(), time };
        let mirror = MirrorStep {
            statements: self.statement_rows(),
            leaves_from: from,
            leaves: leaves.map(|leaf| leaf.as_slice().try_into().unwrap()).collect(),
            logs: vec![
                (LogKind::Statements, row(self.statements_frontier())),
                (LogKind::Journal, row(self.journal.frontier())),
            ],
            ..MirrorStep::default()
        };
        let mission = self.register.mission();
        let (store, kept) = service.store_mut();
        store.commit(&Batch { mirror, ..Batch::default() }).unwrap();
        *kept = Mirror::open(store, mission).unwrap();
    }

    /// Appends a leaf; its receipt, cosigned by everyone now.
    pub(crate) fn append(&mut self, leaf: &JournalLeaf) -> Receipt {
        let (index, checkpoint) = self.journal.append(&leaf.to_bytes());
        let cosigned = self.journal.cosigned(&checkpoint, &self.witnesses, self.time);
        self.last = Some((checkpoint, cosigned.clone()));
        self.journal.receipt(index, cosigned)
    }

    pub(crate) fn checkpoint(&self) -> &VerifiedCheckpoint {
        &self.last.as_ref().unwrap().0
    }
}

fn hybrid(one: &Cosigner) -> HybridKey {
    let key = |verifier: &counterseal_ledger::VerifierKey| verifier.key().clone();
    let (ed, ml) = (key(one.public().ed25519()), key(one.public().ml_dsa_44()));
    match (ed, ml) {
        (
            counterseal_ledger::PublicKey::WitnessEd25519(ed25519),
            counterseal_ledger::PublicKey::WitnessMlDsa44(ml_dsa_44),
        ) => HybridKey { ed25519, ml_dsa_44 },
        _ => panic!("a witness has both keys"),
    }
}

pub(crate) fn trustees_of(numbers: &[u64], threshold: u64) -> SetTrustees {
    let one = |n: &u64| {
        let secrets = trustee(*n);
        Trustee {
            key: secrets.public().clone(),
            x: 10 + n,
            requests: Bytes(*secrets.requests()),
            pins: vec![Bytes([*n as u8 + 1; 32])],
            url: None,
            succeeds: None,
            extra: Default::default(),
        }
    };
    let mut trustees: Vec<_> = numbers.iter().map(one).collect();
    trustees.sort_by_key(Trustee::id);
    SetTrustees { threshold, trustees, single: numbers.len() == 1, extra: Default::default() }
}

/// A request on its way, with the key that it is to be answered to.
pub(crate) struct Asking {
    pub(crate) request: OpeningRequest,
    pub(crate) fresh: FreshKey,
    pub(crate) reader: &'static str,
}

impl World {
    pub(crate) fn ask(&self, reader: &'static str, parts: &[PartRef], seed: u64) -> Asking {
        let fresh = FreshKey::make(&mut rng(seed)).unwrap();
        let mut id = [0; 32];
        id[..8].copy_from_slice(&seed.to_be_bytes());
        let request = OpeningRequest {
            suite: SUITE,
            mission: self.register.mission(),
            origin: log_origin(self.register.mission(), LogKind::Journal, 1),
            statements: self.end(),
            parts: parts.to_vec(),
            purpose: Code::parse("case-follow-up").unwrap(),
            case: None,
            reader: self.device(reader).id(),
            fresh: Bytes(*fresh.public()),
            trustee_set: self.set,
            id: Bytes(id),
            made: Timestamp(self.time),
            not_after: Timestamp(self.time + 600),
            build: Bytes::ZERO,
            emergency: false,
            ahead: None,
            delay_until: None,
            policy: self.policy,
            claims: Vec::new(),
            approvals: Vec::new(),
            extra: Default::default(),
        };
        Asking { request, fresh, reader }
    }

    pub(crate) fn approve(&self, asking: &mut Asking, by: &[&str]) {
        for name in by {
            let approval = Approval {
                mission: self.register.mission(),
                core: Bytes(asking.request.core_hash()),
                reader: asking.request.reader,
                approver: self.device(name).id(),
                made: Timestamp(self.time),
                extra: Default::default(),
            };
            let signed =
                sign_statement(&approval.payload(), Label::OPENING_APPROVAL, &[self.device(name)]).unwrap();
            asking.request.approvals.push(Blob(signed.bytes().to_vec()));
        }
        asking.request.approvals.sort();
    }

    pub(crate) fn signed(&self, asking: &Asking) -> Vec<u8> {
        let payload = asking.request.payload();
        let device = self.device(asking.reader);
        sign_statement(&payload, Label::OPENING_REQUEST, &[device]).unwrap().bytes().to_vec()
    }

    /// Puts the request's leaf into the log; the receipt.
    pub(crate) fn log(&mut self, asking: &Asking) -> Receipt {
        let leaf = opening_leaf(&self.signed(asking), &asking.request).unwrap();
        self.append(&leaf)
    }

    pub(crate) fn send(&self, service: &mut Service, asking: &Asking, receipt: &str) -> OpenAnswer {
        let sealed = self.sealed(service.id(), &self.signed(asking));
        service.open(asking.request.reader, &sealed, receipt.as_bytes()).unwrap()
    }

    pub(crate) fn sealed(&self, to: KeyId, request: &[u8]) -> SealedTo {
        let secrets = (0..4).map(trustee).find(|one| one.id() == to).unwrap();
        let recipient = TrusteeRecipient { trustee: to, requests: secrets.requests() };
        let sealed = seal_request(&mut rng(3), self.register.mission(), recipient, request).unwrap();
        let (enc, ciphertext) = (Blob(sealed.enc.to_vec()), Blob(sealed.ciphertext));
        SealedTo { enc, ciphertext, extra: Default::default() }
    }

    /// Logs, lets the trustee follow, and asks.
    pub(crate) fn open(&mut self, service: &mut Service, asking: &Asking) -> OpenAnswer {
        let receipt = self.log(asking).to_string();
        self.publish(service);
        self.send(service, asking, &receipt)
    }

    /// What a signed answer says.
    pub(crate) fn read(&self, answer: OpenAnswer) -> OpeningResponse {
        let OpenAnswer::Signed(bytes) = answer else { panic!("not answered: {answer:?}") };
        let signed = SignedBody::<OpeningResponse>::parse(&bytes).unwrap();
        signed.verify_trustee(self.register.mission(), trustee(0).public()).unwrap().into_body()
    }

    /// What the answer refuses for; `None` when it releases.
    pub(crate) fn refusal(&self, answer: OpenAnswer) -> Option<String> {
        let response = self.read(answer);
        assert_eq!(response.pads.is_some(), response.refused.is_none());
        response.refused.map(|refused| refused.code.to_string())
    }
}

pub(crate) fn not_now(answer: &OpenAnswer) -> &'static str {
    match answer {
        OpenAnswer::NotNow(not) => not.word(),
        OpenAnswer::Signed(bytes) => {
            let response = SignedBody::<OpeningResponse>::parse(bytes).unwrap();
            panic!("it was decided: {:?}", response.claims().refused)
        }
    }
}
