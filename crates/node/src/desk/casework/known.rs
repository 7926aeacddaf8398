//! Facts that others said and gave to this desk as a file: what its own decisions need, and trustees have anyway.
//!
//! A fact that permits counts here as it does for trustees: once its leaf stands in the log, where there is one. What ends
//! counts on sight.

use counterseal_model::{Code, DeviceId, PersonId};
use counterseal_policy::{Held, Office as Sayer, Reader};
use counterseal_register::{DeviceStatus, Fact, FactAbout, FactKind, Office, SignedBody, sha256};
use rusqlite::OptionalExtension;

use super::CaseworkRefusal;
use super::facts::{FactView, WHOSE};
use crate::desk::Desk;
use crate::error::NodeError;

impl Desk {
    /// A fact that this desk said, signed, as a file for the desk of whom it concerns.
    ///
    /// # Errors
    /// `Ambiguous` when none begins with these digits, or several.
    pub fn fact_file(&self, prefix: &str) -> Result<Vec<u8>, NodeError> {
        let prefix = prefix.to_ascii_lowercase();
        let plain = prefix.len() >= 4 && prefix.bytes().all(|b| b.is_ascii_hexdigit());
        let found: Vec<Vec<u8>> = self.store.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT signed FROM fact_said WHERE lower(hex(hash)) LIKE ?1 || '%' LIMIT 2",
            )?;
            let rows = find.query_map([if plain { prefix.as_str() } else { "-" }], |row| row.get(0))?;
            Ok::<_, NodeError>(rows.collect::<Result<_, _>>()?)
        })?;
        match <[Vec<u8>; 1]>::try_from(found) {
            Ok([signed]) => Ok(signed),
            Err(found) => Err(NodeError::Ambiguous { what: "fact", prefix, count: found.len() }),
        }
    }

    /// Takes a fact that somebody else said: their signature and their right to say it are checked here, as each trustee
    /// does. The same fact again is the same.
    ///
    /// # Errors
    /// `BadFact` when it is none, or by nobody who may say it.
    pub fn take_fact(&mut self, bytes: &[u8]) -> Result<Fact, NodeError> {
        let bad = |why| NodeError::from(CaseworkRefusal::BadFact { why });
        let parsed = SignedBody::<Fact>::parse(bytes).map_err(|_| bad("the file holds no signed fact"))?;
        let by = parsed.claims().by;
        let at = self.moment();
        let known = self.register.device(by, at).filter(|known| known.status == DeviceStatus::Active);
        let known = known.ok_or_else(|| bad("who signed it is no active device of this mission"))?;
        let keys = self.register.device_keys(by).cloned().ok_or(NodeError::NoMission)?;
        let verified = parsed.verify_device(self.mission(), by.into(), &keys);
        let verified = verified.map_err(|_| bad("its signature is wrong, or it is of another mission"))?;
        let fact = verified.body();
        if !fact.says_whose() {
            return Err(bad(WHOSE));
        }
        if !self.may_say(known.person, by, fact.kind, &fact.about).0 {
            return Err(bad("who signed it cannot say it"));
        }
        let (signed, made, fact) = (verified.bytes().to_vec(), fact.made.0, fact.clone());
        self.store.commit(|tx| {
            tx.execute(
                "INSERT OR IGNORE INTO fact_known (hash, signed, made) VALUES (?1, ?2, ?3)",
                (sha256(&[&signed]), &signed, made),
            )?;
            Ok::<_, NodeError>(())
        })?;
        Ok(fact)
    }

    /// What this desk can decide by: the facts that it said, and those of others that were given to it and count.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn facts_known(&self) -> Result<Vec<FactView>, NodeError> {
        let mut all = self.facts_said()?;
        let rows: Vec<([u8; 32], Vec<u8>)> = self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT hash, signed FROM fact_known ORDER BY made, hash")?;
            let rows = list.query_map([], |row| row.try_into())?;
            Ok::<_, NodeError>(rows.collect::<Result<_, _>>()?)
        })?;
        for (hash, signed) in rows {
            let parsed = SignedBody::<Fact>::parse(&signed);
            let fact = parsed.map_err(|error| NodeError::Verification(error.to_string()))?.claims().clone();
            let leaf = self.leaf_of_fact(&fact, &signed)?;
            if fact.ends || leaf.is_some() || !self.has_hub() {
                let (officer, trustees) = (self.says_as_officer(&fact), Default::default());
                all.push(FactView { hash, fact, leaf, officer, trustees, missing: 0 });
            }
        }
        Ok(all)
    }

    /// Whether a data-protection officer says it.
    pub(super) fn says_as_officer(&self, fact: &Fact) -> bool {
        let at = self.moment();
        let by = self.register.device(fact.by, at);
        by.is_some_and(|by| self.register.is_officer(by.person, Office::DataProtection, None, at))
    }

    fn leaf_of_fact(&self, fact: &Fact, signed: &[u8]) -> Result<Option<u64>, NodeError> {
        let leaf = fact.leaf(signed).map_err(|error| NodeError::Verification(error.to_string()))?;
        self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT no FROM leaf WHERE bytes = ?1 LIMIT 1")?;
            let found: Option<i64> = find.query_row([leaf.to_bytes()], |row| row.get(0)).optional()?;
            Ok(found.map(i64::cast_unsigned))
        })
    }

    /// Whether a person's device may say such a fact, and who else may.
    pub(super) fn may_say(
        &self,
        person: PersonId,
        device: DeviceId,
        kind: FactKind,
        about: &FactAbout,
    ) -> (bool, &'static str) {
        let at = self.moment();
        let holds = |office| self.register.is_officer(person, office, None, at);
        let is_member = |compartment| {
            let heads = self.register.epoch_heads(compartment);
            let is_in = |devices: counterseal_register::EpochDevices| devices.members.contains(&device);
            heads.iter().filter_map(|head| self.register.epoch_devices(*head, at)).any(is_in)
        };
        match (kind, about) {
            (FactKind::Training, FactAbout::Person(_)) => (holds(Office::Training), "training-officer"),
            (FactKind::Attested, FactAbout::Device(_)) => (holds(Office::Attestation), "attestation-officer"),
            (FactKind::Contingent | FactKind::Role, FactAbout::Person(_)) => {
                (self.register.is_registrar(person, at), "registrar")
            }
            (FactKind::Agreement, FactAbout::Parts(..)) => {
                (holds(Office::DataProtection), "data-protection-officer")
            }
            (FactKind::Basis | FactKind::Consent, FactAbout::Parts(compartment, _)) => {
                (holds(Office::DataProtection) || is_member(*compartment), "member-of-the-compartment")
            }
            _ => (false, ""),
        }
    }
}

/// What facts say of a person and a device, as trustees read them.
pub(super) fn add_reader_facts(reader: &mut Reader, device: DeviceId, known: &[FactView]) {
    let about = |view: &&FactView| {
        view.fact.about == FactAbout::Person(reader.person) || view.fact.about == FactAbout::Device(device)
    };
    let about: Vec<&Fact> = known.iter().filter(about).map(|view| &view.fact).collect();
    for fact in about.iter().filter(|fact| !fact.ends && !is_ended(fact, &about)) {
        let value = |by| {
            fact.value.as_ref().map(|value: &Code| Held::proved(value.clone(), by, fact.since, fact.until))
        };
        let plain = |by| Held::proved((), by, fact.since, fact.until);
        match fact.kind {
            FactKind::Training => reader.training.push(plain(Sayer::Training)),
            FactKind::Attested => reader.device.push(plain(Sayer::Attestation)),
            FactKind::Role => reader.roles.extend(value(Sayer::Registrar)),
            FactKind::Contingent => reader.contingent = value(Sayer::Registrar),
            FactKind::Basis | FactKind::Consent | FactKind::Agreement => {}
        }
    }
}

fn is_ended(fact: &Fact, all: &[&Fact]) -> bool {
    all.iter().any(|end| {
        let same = end.kind == fact.kind && end.about == fact.about;
        end.ends && same && (end.value.is_none() || end.value == fact.value) && end.made >= fact.made
    })
}
