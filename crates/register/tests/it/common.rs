//! A mission with its people, who sign with aws-lc-rs directly.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair, ML_DSA_44_SIGNING, PqdsaKeyPair};
use counterseal_model::{CompartmentId, DeviceId, EpochId, PersonId, StatementId, Timestamp};
use counterseal_register::*;

pub(crate) const MISSION_WIDE: CompartmentId = CompartmentId::from_bytes([0xaa; 16]);
pub(crate) const SOURCES: CompartmentId = CompartmentId::from_bytes([0xcc; 16]);
pub(crate) const DAY: i64 = Timestamp::DAY;
pub(crate) const WAITING_DAYS: u64 = 7;

pub(crate) fn person(n: u8) -> PersonId {
    PersonId::from_bytes([n; 16])
}

/// An X-Wing public key, as far as the register can tell. Filled with larger numbers it is none.
pub(crate) const fn kem(n: u8) -> [u8; HPKE_PUBLIC_LEN] {
    let mut key = [if n < 0x0d { n } else { 0 }; HPKE_PUBLIC_LEN];
    key[0] = n;
    key
}

/// A device with its secret key.
pub(crate) struct Dev {
    pub(crate) person: PersonId,
    pub(crate) keys: DeviceKeys,
    pair: Ed25519KeyPair,
}

impl Dev {
    /// The n-th device there is; everything about it follows from its number.
    pub(crate) fn new(person: PersonId, n: u8) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[n; 32]).unwrap();
        let signing = pair.public_key().as_ref().try_into().unwrap();
        Self { person, keys: DeviceKeys::new(signing, kem(n)), pair }
    }

    pub(crate) fn id(&self) -> DeviceId {
        self.keys.id()
    }

    pub(crate) fn sign_raw(&self, message: &[u8]) -> [u8; 64] {
        self.pair.sign(message).as_ref().try_into().unwrap()
    }

    pub(crate) fn cose(&self, purpose: Label, payload: &[u8]) -> CoseSignature {
        let (algorithm, kid) = (Algorithm::Ed25519, KeyId::from(self.id()));
        let message = to_be_signed(purpose, &protected(algorithm, &kid), payload);
        CoseSignature { algorithm, kid, signature: self.sign_raw(&message).to_vec() }
    }

    pub(crate) fn proof(&self, mission: counterseal_model::MissionId) -> Bytes<64> {
        Bytes(self.sign_raw(&device_proof_input(mission, self.person, &self.keys)))
    }
}

/// A governor with both secret keys.
pub(crate) struct Gov {
    pub(crate) key: HybridKey,
    ed: Ed25519KeyPair,
    ml: PqdsaKeyPair,
}

impl Gov {
    pub(crate) fn new(n: u8) -> Self {
        Self::of(n, n)
    }

    /// With the Ed25519 key of one number and the ML-DSA key of another.
    pub(crate) fn of(ed: u8, ml: u8) -> Self {
        let ed = Ed25519KeyPair::from_seed_unchecked(&[ed; 32]).unwrap();
        let ml = PqdsaKeyPair::from_seed(&ML_DSA_44_SIGNING, &[ml; 32]).unwrap();
        let key = HybridKey {
            ed25519: ed.public_key().as_ref().try_into().unwrap(),
            ml_dsa_44: Box::new(ml.public_key().as_ref().try_into().unwrap()),
        };
        Self { key, ed, ml }
    }

    pub(crate) fn cose(&self, purpose: Label, payload: &[u8]) -> [CoseSignature; 2] {
        let kid = self.key.id();
        let message = |algorithm| to_be_signed(purpose, &protected(algorithm, &kid), payload);
        let ed = self.ed.sign(&message(Algorithm::Ed25519)).as_ref().to_vec();
        let mut ml = vec![0; Algorithm::MlDsa44.signature_len()];
        self.ml.sign(&message(Algorithm::MlDsa44), &mut ml).unwrap();
        [
            CoseSignature { algorithm: Algorithm::Ed25519, kid, signature: ed },
            CoseSignature { algorithm: Algorithm::MlDsa44, kid, signature: ml },
        ]
    }
}

/// Governors with these numbers, in order of their key ids.
pub(crate) fn govs(numbers: &[u8]) -> Vec<Gov> {
    let mut all: Vec<_> = numbers.iter().map(|n| Gov::new(*n)).collect();
    all.sort_by_key(|gov| gov.key.id());
    all
}

pub(crate) enum By<'a> {
    Dev(&'a Dev),
    Devs(&'a [&'a Dev]),
    Govs(&'a [&'a Gov]),
    Both(&'a [&'a Gov], &'a [&'a Dev]),
}

pub(crate) fn sign(payload: &[u8], by: &By<'_>) -> Vec<u8> {
    let (govs, devs): (&[&Gov], &[&Dev]) = match by {
        By::Dev(dev) => (&[], &[*dev]),
        By::Devs(devs) => (&[], devs),
        By::Govs(govs) => (govs, &[]),
        By::Both(govs, devs) => (govs, devs),
    };
    let mut signatures: Vec<_> =
        govs.iter().flat_map(|gov| gov.cose(Label::STATEMENT_SIGN, payload)).collect();
    signatures.extend(devs.iter().map(|dev| dev.cose(Label::STATEMENT_SIGN, payload)));
    Signed::assemble(payload, signatures).bytes().to_vec()
}

/// A mission with three governors (two must sign), a registrar, a manager of `SOURCES`, and two members.
pub(crate) struct World {
    pub(crate) register: Register,
    pub(crate) govs: Vec<Gov>,
    pub(crate) registrar: Dev,
    pub(crate) manager: Dev,
    pub(crate) ana: Dev,
    pub(crate) ben: Dev,
    pub(crate) index: u64,
    pub(crate) time: i64,
    /// Every statement applied, with its sight, for replays.
    pub(crate) log: Vec<(LogPosition, Vec<u8>, Sight)>,
}

pub(crate) fn founding(govs: &[Gov], registrar: &Dev) -> Found {
    Found {
        governors: govs.iter().map(|gov| gov.key.clone()).collect(),
        threshold: 2,
        minimum_suite: 1,
        waiting_days: WAITING_DAYS,
        mission_compartment: MISSION_WIDE,
        synthetic: true,
        registrars: vec![FirstRegistrar {
            person: registrar.person,
            keys: registrar.keys.clone(),
            until: None,
            extra: Default::default(),
        }],
        extra: Default::default(),
    }
}

pub(crate) fn found_bytes(found: Found, govs: &[Gov], registrar: &Dev) -> Vec<u8> {
    let statement = Statement::new(None, None, Timestamp(1_000), found.into());
    let govs: Vec<_> = govs.iter().collect();
    sign(&statement.payload(), &By::Both(&govs, &[registrar]))
}

impl World {
    /// Only the founding.
    pub(crate) fn founded() -> Self {
        let govs = govs(&[201, 202, 203]);
        let registrar = Dev::new(person(1), 1);
        let bytes = found_bytes(founding(&govs, &registrar), &govs, &registrar);
        let register = Register::found(LogPosition::new(0), &bytes).unwrap();
        let [manager, ana, ben] = [2, 3, 4].map(|n| Dev::new(person(n), n));
        Self { register, govs, registrar, manager, ana, ben, index: 0, time: 2_000, log: Vec::new() }
    }

    /// Everyone enrolled.
    pub(crate) fn enrolled() -> Self {
        let mut world = Self::founded();
        for n in [2, 3, 4] {
            let dev = Dev::new(person(n), n);
            world.enrol(dev.person);
            world.enrol_device(&dev).unwrap();
        }
        world
    }

    /// `SOURCES` exists, and nobody is in it.
    pub(crate) fn with_charter(charter: Charter) -> Self {
        let mut world = Self::enrolled();
        let (person, until) = (world.manager.person, None);
        let appoint = AppointManager { compartment: SOURCES, person, until, extra: Default::default() };
        world.by_registrar(appoint).unwrap();
        let create =
            CreateCompartment { compartment: SOURCES, charter, name: None, extra: Default::default() };
        world.by_manager(create).unwrap();
        world
    }

    /// `SOURCES` exists with the manager and Ana and Ben in its first epoch.
    pub(crate) fn full() -> (Self, EpochId) {
        Self::full_with(Charter::new(Rule::Open, HistoryRule::Full))
    }

    pub(crate) fn full_with(charter: Charter) -> (Self, EpochId) {
        let mut world = Self::with_charter(charter);
        let roster = world.everyone();
        let first = world.epoch(&[], &roster, EpochReason::Create);
        let id = world.by_manager(first).unwrap().id;
        (world, EpochId::from_bytes(*id.as_bytes()))
    }

    pub(crate) fn everyone(&self) -> Vec<DeviceId> {
        sorted(vec![self.manager.id(), self.ana.id(), self.ben.id()])
    }

    pub(crate) fn now(&self) -> Moment {
        Moment::new(LogPosition::new(self.index), Timestamp(self.time))
    }

    /// A statement after its chain's head.
    pub(crate) fn draft(&self, act: impl Into<Act>) -> Statement {
        let act = act.into();
        let prev = self.register.chain_head(act.chain());
        // No two statements are the same, even if they say the same.
        let made = Timestamp(self.time + self.index as i64);
        Statement::new(Some(self.register.mission()), prev, made, act)
    }

    pub(crate) fn bytes(&self, act: impl Into<Act>, by: &By<'_>) -> Vec<u8> {
        sign(&self.draft(act).payload(), by)
    }

    /// Applies bytes at the next place of the log.
    pub(crate) fn apply(&mut self, bytes: &[u8]) -> Result<Applied, Refusal> {
        let sight = Sight::Logged { cosigned: true, since: Timestamp(self.time) };
        let at = LogPosition::new(self.index + 1);
        let before = self.register.digest();
        let outcome = self.register.apply(at, bytes, sight);
        match &outcome {
            Ok(_) => {
                self.index += 1;
                self.log.push((at, bytes.to_vec(), sight));
            }
            // A refused statement leaves no trace.
            Err(refusal) => assert_eq!(before, self.register.digest(), "{refusal} left a trace"),
        }
        outcome
    }

    pub(crate) fn by_govs(&mut self, act: impl Into<Act>) -> Result<Applied, Refusal> {
        let bytes = self.bytes(act, &By::Govs(&[&self.govs[0], &self.govs[1]]));
        self.apply(&bytes)
    }

    pub(crate) fn by_registrar(&mut self, act: impl Into<Act>) -> Result<Applied, Refusal> {
        let bytes = self.bytes(act, &By::Dev(&self.registrar));
        self.apply(&bytes)
    }

    pub(crate) fn by_manager(&mut self, act: impl Into<Act>) -> Result<Applied, Refusal> {
        let bytes = self.bytes(act, &By::Dev(&self.manager));
        self.apply(&bytes)
    }

    pub(crate) fn by_ana(&mut self, act: impl Into<Act>) -> Result<Applied, Refusal> {
        let bytes = self.bytes(act, &By::Dev(&self.ana));
        self.apply(&bytes)
    }

    pub(crate) fn enrol(&mut self, person: PersonId) -> StatementId {
        self.by_registrar(enrol_person(person, None)).unwrap().id
    }

    pub(crate) fn enrol_device(&mut self, dev: &Dev) -> Result<Applied, Refusal> {
        let act = self.new_device(dev);
        self.by_registrar(act)
    }

    pub(crate) fn new_device(&self, dev: &Dev) -> EnrolDevice {
        EnrolDevice {
            person: dev.person,
            keys: dev.keys.clone(),
            proof: dev.proof(self.register.mission()),
            challenge: Bytes([9; 32]),
            extra: Default::default(),
        }
    }

    pub(crate) fn cross(&self, dev: &Dev) -> CrossSign {
        let EnrolDevice { person, keys, proof, challenge, extra } = self.new_device(dev);
        CrossSign { person, keys, proof, challenge, extra }
    }

    /// An epoch of `SOURCES` that seals what its charter demands.
    pub(crate) fn epoch(&self, joins: &[EpochId], roster: &[DeviceId], reason: EpochReason) -> BeginEpoch {
        let full = |rule: Option<HistoryRule>| rule == Some(HistoryRule::Full);
        let now_full = full(self.register.charter(SOURCES, self.now()).map(|charter| charter.history));
        let mut joins = joins.to_vec();
        joins.sort();
        let due = joins.iter().filter(|id| now_full && full(self.register.epoch(**id).map(|e| e.history())));
        let previous = due.map(|id| PreviousSecret { epoch: *id, sealed: [5; 48] }).collect();
        let roster = sorted(roster.to_vec());
        let commitment = Bytes([6; 32]);
        BeginEpoch {
            compartment: SOURCES,
            joins,
            roster,
            commitment,
            previous,
            reason,
            extra: Default::default(),
        }
    }

    /// Begins an epoch as the manager.
    pub(crate) fn begin(&mut self, joins: &[EpochId], roster: &[DeviceId], reason: EpochReason) -> EpochId {
        let act = self.epoch(joins, roster, reason);
        EpochId::from_bytes(*self.by_manager(act).unwrap().id.as_bytes())
    }

    /// A person with an active device that is in no compartment.
    pub(crate) fn another(&mut self, n: u8) -> Dev {
        let dev = Dev::new(person(n), n);
        self.enrol(dev.person);
        self.enrol_device(&dev).unwrap();
        dev
    }
}

pub(crate) fn sorted(mut devices: Vec<DeviceId>) -> Vec<DeviceId> {
    devices.sort();
    devices
}

pub(crate) fn enrol_person(person: PersonId, until: Option<i64>) -> EnrolPerson {
    EnrolPerson { person, name: None, until: until.map(Timestamp), extra: Default::default() }
}

pub(crate) fn revoke(dev: &Dev) -> RevokeDevice {
    RevokeDevice { person: dev.person, device: dev.id(), extra: Default::default() }
}

pub(crate) fn revoke_person(person: PersonId) -> RevokePerson {
    RevokePerson { person, extra: Default::default() }
}

pub(crate) fn confirm(dev: &Dev) -> ConfirmDevice {
    ConfirmDevice { person: dev.person, device: dev.id(), extra: Default::default() }
}

pub(crate) fn wraps(epoch: EpochId, roster: &[DeviceId]) -> EpochWraps {
    EpochWraps {
        compartment: SOURCES,
        epoch,
        wraps: roster.iter().map(|d| wrap(*d)).collect(),
        extra: Default::default(),
    }
}

pub(crate) fn wrap(device: DeviceId) -> Wrap {
    Wrap { device, enc: Box::new([1; WRAP_ENC_LEN]), ct: [2; WRAP_LEN] }
}

#[track_caller]
pub(crate) fn refused(outcome: Result<Applied, Refusal>, code: &str) {
    match outcome {
        Ok(applied) => panic!("should be refused as {code}, but was applied: {applied:?}"),
        Err(refusal) => assert_eq!(refusal.code(), code, "{refusal}"),
    }
}
