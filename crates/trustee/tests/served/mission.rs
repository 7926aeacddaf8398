//! A mission as its governors and its registrar make it: an author, a reader, a reviewer, and a guarded compartment.

use counterseal_hub::HubPublic;
use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::{DeviceSecrets, EpochSecret, GovernorSecrets, Signer, sign_statement};
use counterseal_trustee::engine_code;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

pub(crate) const CASES: CompartmentId = CompartmentId::from_bytes([0xc1; 16]);
pub(crate) const START: i64 = 1_790_000_000;
const SECTION: SectionId = SectionId::from_bytes([0xa1; 16]);

const TABLE: &str = "engine,cedar 4.14.1 table 1
time,utc+00:00
purpose,case-follow-up,mission,Working on a case
row,effect,who,action,what,purpose,basis,needs,emergency,words
1,permit,anyone,open,*,case-follow-up,-,-,-,Everyone in it follows cases up
";

pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub(crate) struct Person {
    pub(crate) id: PersonId,
    pub(crate) device: DeviceSecrets,
}

impl Person {
    fn new(n: u8) -> Self {
        let device = DeviceSecrets::make(&mut rng(u64::from(n))).unwrap();
        Self { id: PersonId::from_bytes([n; 16]), device }
    }
}

pub(crate) struct Mission {
    pub(crate) register: Register,
    pub(crate) statements: Vec<Vec<u8>>,
    governor: GovernorSecrets,
    pub(crate) registrar: Person,
    pub(crate) ana: Person,
    pub(crate) ben: Person,
    pub(crate) epoch: EpochId,
    pub(crate) secret: EpochSecret,
    pub(crate) set: StatementId,
    pub(crate) policy: StatementId,
    time: i64,
}

impl Mission {
    pub(crate) fn new(hub: HubPublic, witnesses: Vec<Witness>, trustees: Vec<Trustee>) -> Self {
        let mut mission = Self::founded();
        for (person, keys, section) in [
            (mission.ana.id, mission.ana.device.public().clone(), true),
            (mission.ben.id, mission.ben.device.public().clone(), false),
        ] {
            let proof = if section { &mission.ana.device } else { &mission.ben.device };
            let proof = Bytes(proof.prove_possession(mission.register.mission(), person).unwrap());
            let (name, until, challenge) = (None, None, Bytes([9; 32]));
            mission.by_registrar(EnrolPerson { person, name, until, extra: Default::default() });
            mission.by_registrar(EnrolDevice { person, keys, proof, challenge, extra: Default::default() });
        }
        let person = mission.ana.id;
        mission.by_registrar(AssignSection { person, section: Some(SECTION), extra: Default::default() });
        mission.open_compartment();
        mission.name_servers(hub, witnesses, trustees);
        mission
    }

    fn founded() -> Self {
        let governor = GovernorSecrets::make(&mut rng(200)).unwrap();
        let [registrar, ana, ben] = [1, 2, 3].map(Person::new);
        let found = Found {
            governors: vec![governor.public().clone()],
            threshold: 1,
            minimum_suite: SUITE,
            waiting_days: 7,
            mission_compartment: CompartmentId::from_bytes([0xaa; 16]),
            synthetic: true,
            registrars: vec![FirstRegistrar {
                person: registrar.id,
                keys: registrar.device.public().clone(),
                until: None,
                extra: Default::default(),
            }],
            extra: Default::default(),
        };
        let statement = Statement::new(None, None, Timestamp(START - 5000), found.into());
        let signers: [&dyn Signer; 2] = [&governor, &registrar.device];
        let signed = sign_statement(&statement.payload(), Label::STATEMENT_SIGN, &signers).unwrap();
        let bytes = signed.bytes().to_vec();
        Self {
            register: Register::found(LogPosition::new(0), &bytes).unwrap(),
            statements: vec![bytes],
            governor,
            registrar,
            ana,
            ben,
            epoch: EpochId::from_bytes([0; 32]),
            secret: EpochSecret::from_bytes(&[7; 32]),
            set: StatementId::from_bytes([0; 32]),
            policy: StatementId::from_bytes([0; 32]),
            time: START - 4000,
        }
    }

    fn open_compartment(&mut self) {
        let (compartment, person, until) = (CASES, self.registrar.id, None);
        self.by_registrar(AppointManager { compartment, person, until, extra: Default::default() });
        let charter = Charter::new(Rule::TwoSeal, HistoryRule::Full);
        self.by_registrar(CreateCompartment { compartment, charter, name: None, extra: Default::default() });
        let mut roster: Vec<_> =
            [&self.registrar, &self.ana, &self.ben].iter().map(|person| person.device.id()).collect();
        roster.sort();
        let id = self.by_registrar(BeginEpoch {
            compartment,
            joins: Vec::new(),
            roster,
            commitment: Bytes([6; 32]),
            previous: Vec::new(),
            reason: EpochReason::Create,
            extra: Default::default(),
        });
        self.epoch = EpochId::from_bytes(*id.as_bytes());
    }

    fn name_servers(&mut self, hub: HubPublic, witnesses: Vec<Witness>, trustees: Vec<Trustee>) {
        self.by_governor(SetHub {
            generation: 1,
            statements_key: Bytes(hub.statements_key),
            journal_key: Bytes(hub.journal_key),
            pins: vec![Bytes(hub.pin)],
            extra: Default::default(),
        });
        let (trustees_needed, independents, faults, weak) = (1, 2, 1, false);
        let extra = Default::default();
        self.by_governor(SetWitnesses {
            witnesses,
            trustees: trustees_needed,
            independents,
            faults,
            weak,
            extra,
        });
        let extra = Default::default();
        self.set = self.by_governor(SetTrustees { threshold: 2, trustees, single: false, extra });
        let engine = Code::parse(&engine_code()).unwrap();
        let table = Blob(TABLE.as_bytes().to_vec());
        self.policy = self.by_governor(SetPolicy { engine, table, extra: Default::default() });
    }

    /// A statement that is not applied here.
    pub(crate) fn draft(&mut self, act: impl Into<Act>, by_governor: bool) -> Vec<u8> {
        let act = act.into();
        self.time += 1;
        let prev = self.register.chain_head(act.chain());
        let statement = Statement::new(Some(self.register.mission()), prev, Timestamp(self.time), act);
        let signer: &dyn Signer = if by_governor { &self.governor } else { &self.registrar.device };
        sign_statement(&statement.payload(), Label::STATEMENT_SIGN, &[signer]).unwrap().bytes().to_vec()
    }

    fn by_registrar(&mut self, act: impl Into<Act>) -> StatementId {
        let bytes = self.draft(act, false);
        self.apply(bytes)
    }

    pub(crate) fn by_governor(&mut self, act: impl Into<Act>) -> StatementId {
        let bytes = self.draft(act, true);
        self.apply(bytes)
    }

    fn apply(&mut self, bytes: Vec<u8>) -> StatementId {
        let position = self.register.last().position.next();
        let sight = Sight::Logged { cosigned: true, since: Timestamp(self.time) };
        let applied = self.register.apply(position, &bytes, sight).unwrap();
        self.statements.push(bytes);
        applied.id
    }
}
