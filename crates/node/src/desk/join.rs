//! Joining a mission without a network: a device asks with one file, and joins with another.

use std::sync::Arc;

use counterseal_model::cbor::{Value, Writer, from_bytes_strict, to_bytes};
use counterseal_model::{Clock, MissionId, PersonId, Timestamp, body};
use counterseal_register::{Bytes, DeviceKeys, Register, Statement};
use counterseal_seal::{DeviceSecrets, KdfParameters, KeyHolder, Passphrase, Unlocked, lock, unlock};

use super::open::{Statements, load_statements};
use super::statements::random;
use super::{Desk, Randomness};
use crate::error::NodeError;
use crate::home::{DeskPlace, Home};

body! {
    /// A device's request to join a mission: its public keys, and proof that it has the signing key.
    pub struct DeviceRequest {
        /// The mission.
        1 mission: MissionId,
        /// The person whose device it is; for a new person, chosen by the device at random.
        2 person: PersonId,
        /// The device's public keys.
        3 keys: DeviceKeys,
        /// A signature over mission, person and keys.
        4 proof: Bytes<64>,
    }
}

impl DeviceRequest {
    /// Reads a request file.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, NodeError> {
        from_bytes_strict(bytes).map_err(|e| NodeError::BadRequest { reason: e.to_string() })
    }

    /// The file's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        to_bytes(self)
    }

    pub(crate) fn check(&self, mission: MissionId) -> Result<(), NodeError> {
        if self.mission == mission {
            return Ok(());
        }
        let reason =
            format!("it asks to join mission {}, this desk is of {}", self.mission.short(), mission.short());
        Err(NodeError::BadRequest { reason })
    }
}

impl Desk {
    /// Makes a device's keys on this computer and a request to join; the desk waits in the home
    /// until `join`.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn request(
        home: &Home,
        mission: MissionId,
        person: Option<PersonId>,
        passphrase: &Passphrase,
        rng: &mut Randomness,
    ) -> Result<(DeskPlace, DeviceRequest), NodeError> {
        let secrets = DeviceSecrets::make(rng)?;
        let person = person.unwrap_or_else(|| PersonId::from_bytes(random(rng)));
        let proof = Bytes(secrets.prove_possession(mission, person)?);
        let request = DeviceRequest {
            mission,
            person,
            keys: secrets.public().clone(),
            proof,
            extra: Default::default(),
        };
        let place = home.make_waiting(secrets.id())?;
        let unlocked = Unlocked { holder: KeyHolder::Device(Box::new(secrets)), mission: Some(mission) };
        place.write_key(&lock(rng, &unlocked, passphrase, KdfParameters::DEFAULT)?)?;
        Ok((place, request))
    }

    /// Joins a mission with a waiting desk and a file of the mission's statements, in which this
    /// device must be enrolled.
    ///
    /// # Errors
    /// When the statements are another mission's or do not name this device.
    pub fn join(
        home: &Home,
        waiting: &DeskPlace,
        statements: &[u8],
        passphrase: &Passphrase,
        clock: Arc<dyn Clock + Send + Sync>,
        rng: Randomness,
    ) -> Result<Self, NodeError> {
        let unlocked = unlock(&waiting.read_key()?, passphrase)?;
        let KeyHolder::Device(secrets) = unlocked.holder else {
            return Err(NodeError::OtherKey { needed: "desk" });
        };
        let statements = read_statements(statements)?;
        check_places(&statements, clock.now())?;
        let register = super::open::replay(&statements)?.ok_or(NodeError::NoMission)?;
        if unlocked.mission != Some(register.mission()) {
            let reason = "they are another mission's than the one this device asked to join".to_owned();
            return Err(NodeError::BadStatements { reason });
        }
        let person = person_of(&register, &secrets)?;
        let desk = Self::make(home, *secrets, person, &statements, passphrase, clock, rng)?;
        home.forget_waiting(waiting)?;
        Ok(desk)
    }

    /// The mission's statements as a file for desks that join or have been away.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn statements_file(&self) -> Result<Vec<u8>, NodeError> {
        let statements = self.store.read(load_statements)?;
        let mut w = Writer::new();
        w.array(statements.len());
        for (position, since, bytes) in statements {
            w.array(3).uint(position.index);
            since.write(&mut w);
            w.bytes(&bytes);
        }
        Ok(w.into_bytes())
    }

    /// Takes in statements that this desk does not have yet; gives how many were new.
    ///
    /// # Errors
    /// When they don't continue what this desk has, or one is refused; nothing is taken in then.
    pub fn take_statements(&mut self, file: &[u8]) -> Result<usize, NodeError> {
        if self.has_hub() {
            return Err(NodeError::HubOrders);
        }
        self.take_order_of(read_statements(file)?)
    }

    /// Takes in an order of statements that goes on from this desk's; gives how many were new.
    pub(super) fn take_order_of(&mut self, theirs: Statements) -> Result<usize, NodeError> {
        check_places(&theirs, self.now())?;
        let ours = self.store.read(load_statements)?;
        if let Some((n, _)) = ours.iter().zip(&theirs).enumerate().find(|(_, (a, b))| a.2 != b.2) {
            let reason = format!("statement {n} differs from the one this desk has; two histories were made");
            return Err(NodeError::BadStatements { reason });
        }
        let mut register = self.register.clone();
        let new = theirs.get(ours.len()..).unwrap_or(&[]);
        for (position, since, bytes) in new {
            let sight = counterseal_register::Sight::Logged { cosigned: true, since: *since };
            register.apply(*position, bytes, sight)?;
        }
        self.store.commit(|tx| {
            let mut new = new.iter();
            new.try_for_each(|(position, since, bytes)| {
                super::open::insert_statement(tx, *position, *since, bytes)
            })
        })?;
        self.register = register;
        self.keyring.renew(&self.register, &self.secrets);
        self.settle()?;
        Ok(new.len())
    }
}

pub(super) fn person_of(register: &Register, secrets: &DeviceSecrets) -> Result<PersonId, NodeError> {
    let at = register.last();
    let known = register.device(secrets.id(), at).map(|device| device.person);
    known.ok_or_else(|| NodeError::BadStatements {
        reason: "this device is not enrolled in them; ask the registrar for a newer file".to_owned(),
    })
}

/// Seconds by which clocks may differ.
const CLOCKS_DIFFER: i64 = 300;

/// Nothing signs a statement's place and time in the log before the ledger does, so a file can say
/// what it likes: places must follow each other from 0, and a time must lie between the statement's
/// own and now.
pub(super) fn check_places(statements: &Statements, now: Timestamp) -> Result<(), NodeError> {
    for (expected, (position, since, bytes)) in (0u64..).zip(statements) {
        let (statement, _) = Statement::parse(bytes)?;
        let early = since.0.saturating_add(CLOCKS_DIFFER) < statement.made.0;
        let late = since.0 > now.0.saturating_add(CLOCKS_DIFFER);
        if position.index != expected || early || late {
            let reason = format!(
                "statement {expected} is given place {} and time {}, which cannot be; check this computer's clock",
                position.index,
                since.rfc3339()
            );
            return Err(NodeError::BadStatements { reason });
        }
    }
    Ok(())
}

fn read_statements(file: &[u8]) -> Result<Statements, NodeError> {
    use counterseal_model::cbor::{BodyError, Reader, check_canonical};
    let read = || -> Result<Statements, BodyError> {
        check_canonical(file)?;
        let mut r = Reader::strict(file);
        (0..r.array()?)
            .map(|_| {
                r.array_of(3, "a position, a time and a statement")?;
                let position = counterseal_register::LogPosition::new(r.uint()?);
                Ok((position, Timestamp::read(&mut r)?, r.bytes()?.to_vec()))
            })
            .collect()
    };
    read().map_err(|e| NodeError::BadStatements { reason: e.to_string() })
}
