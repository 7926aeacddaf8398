//! A request from the bytes to the answer: look up what is known, decide, make it durable, and only then answer.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use counterseal_ledger::Receipt;
use counterseal_model::{CompartmentId, DeviceId, EpochId, PersonId, Timestamp};
use counterseal_register::{
    Fact, LogKind, Moment, OpeningRequest, PartRef, Register, SealedTo, VerifiedBody, claimed_device,
    verify_header,
};

use super::{Service, ServiceError, sealed_of};
use crate::decide::{Asked, Held, Kept, Known, Letter, NotNow, PartKnown, decide, moment, read_request};
use crate::mirror::{Agreement, FollowError};
use crate::store::{EntryRow, PartRef as StoredPart};

/// What becomes of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenAnswer {
    /// The signed answer; what it says is durable.
    Signed(Vec<u8>),
    /// Nothing was decided.
    NotNow(NotNow),
}

/// Facts that were read already in the course of one request.
pub(super) type Facts = HashMap<Vec<u8>, Option<Arc<Fact>>>;

impl Service {
    /// Answers a request that `caller` brings. Asked again, by whomever, it gives the answer that it gave, until that is
    /// deleted; it decides for the reader's device alone. *[What is decided stands for ever: whoever overheard a request
    /// would bring it without its receipt before its reader does.]*
    ///
    /// # Errors
    /// What the disks say: then nothing is answered. Whether it was decided the store says when it is opened again.
    pub fn open(
        &mut self,
        caller: DeviceId,
        sealed: &SealedTo,
        receipt: &[u8],
    ) -> Result<OpenAnswer, ServiceError> {
        let opened = sealed_of(sealed)
            .and_then(|sealed| self.setting.secrets.open_request(self.setting.mission, &sealed).ok());
        let Some(bytes) = opened else { return Ok(OpenAnswer::NotNow(NotNow::NotSealedHere)) };
        let read = self.register().and_then(|register| Ok((read_request(&register, &bytes)?, register)));
        let (request, register) = match read {
            Ok(read) => read,
            Err(not) => return Ok(OpenAnswer::NotNow(not)),
        };
        if let Some(cached) = self.store.response(&request.hash(), self.now())? {
            return Ok(OpenAnswer::Signed(cached.bytes));
        }
        if request.body().reader != caller {
            return Ok(OpenAnswer::NotNow(NotNow::NotTheReaders));
        }
        if self.is_refused_too_often(request.body().reader)? {
            return Ok(OpenAnswer::NotNow(NotNow::RefusedTooOften));
        }
        let at = moment(&register, self.now());
        self.read_policy(&register, at);
        let receipt = Receipt::parse(receipt).ok();
        let mut facts = Facts::new();
        let asked = self.asked(&request, receipt.as_ref(), &mut facts)?;
        let known = self.known(&asked, &register, at, &mut facts)?;
        match decide(&asked, &known) {
            Ok(decision) => {
                let parts = asked.parts;
                self.answer(&register, &request, &parts, decision).map(OpenAnswer::Signed)
            }
            Err(not) => Ok(OpenAnswer::NotNow(not)),
        }
    }

    fn asked<'a>(
        &mut self,
        request: &'a VerifiedBody<OpeningRequest>,
        receipt: Option<&'a Receipt>,
        facts: &mut Facts,
    ) -> Result<Asked<'a>, ServiceError> {
        let body = request.body();
        let checkpoint = match receipt {
            Some(receipt) => self.agreement(receipt)?,
            None => None,
        };
        let leaf = match receipt {
            Some(receipt) => self.mirror.leaf(&self.store, receipt.index)?,
            None => None,
        };
        let size = body.statements.size;
        let statements_root = self.mirror.root_at(&self.store, LogKind::Statements, size)?;
        // A leaf commits to the request with its id, so that what had this leaf before was this very request.
        let seen =
            self.store.decision_on(&request.hash())?.is_some() || self.store.state(&id_name(body))?.is_some();
        let mut entries = HashMap::new();
        let mut parts = Vec::with_capacity(body.parts.len());
        for part in &body.parts {
            let known = match entries.entry(part.entry) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let row = self.store.entry(part.entry)?;
                    place.insert(row.map(|row| (self.epoch_of(&row), row)))
                }
            };
            parts.push(match known {
                Some((epoch, row)) => PartKnown::Here(Box::new(self.held(*part, row, *epoch, facts)?)),
                None => PartKnown::NotHere,
            });
        }
        Ok(Asked { request, receipt, checkpoint, leaf, statements_root, seen, parts })
    }

    fn agreement(&mut self, receipt: &Receipt) -> Result<Option<Agreement>, ServiceError> {
        let note = receipt.checkpoint.to_string();
        match self.mirror.check_note(&mut self.store, LogKind::Journal, note.as_bytes()) {
            Ok(agreement) => Ok(Some(agreement)),
            Err(FollowError::Store(error)) => Err(error.into()),
            // Not the log's word, or not of this log: the receipt itself will not stand.
            Err(_) => Ok(None),
        }
    }

    fn held(
        &self,
        part: PartRef,
        row: &EntryRow,
        epoch: EpochId,
        facts: &mut Facts,
    ) -> Result<Held, ServiceError> {
        let stored = StoredPart { entry: part.entry, index: part.index };
        let kept = if self.store.is_erased(&stored)? {
            Kept::Erased
        } else if row.refused.is_none() && self.store.has_pad(&stored)? {
            Kept::Pad
        } else {
            Kept::Nothing
        };
        let letters = self.letters_about(&part_subject(part), facts)?;
        let (compartment, author) = (row.compartment, row.device);
        Ok(Held { part, kept, compartment, epoch, author, letters })
    }

    /// The epoch stands in the header that was kept as its author signed it.
    fn epoch_of(&self, row: &EntryRow) -> EpochId {
        let register = self.mirror.register();
        let keys = claimed_device(&row.header).ok();
        let keys = keys.and_then(|device| register.as_ref()?.device_keys(device).cloned());
        let header = keys.and_then(|keys| verify_header(&row.header, &keys).ok());
        // An unknown epoch is judged by the strictest rule.
        header.map_or(EpochId::from_bytes([0; 32]), |header| header.header().epoch)
    }

    fn known<'a>(
        &'a self,
        asked: &Asked<'_>,
        register: &'a Register,
        at: Moment,
        facts: &mut Facts,
    ) -> Result<Known<'a>, ServiceError> {
        let reader = asked.request.body().reader;
        let mut letters = self.letters_about(&device_subject(reader), facts)?;
        let mut used = BTreeMap::new();
        if let Some(person) = register.device(reader, at).map(|device| device.person) {
            letters.extend(self.letters_about(&person_subject(person), facts)?);
            for compartment in compartments_of(&asked.parts) {
                let today = self.store.quota(&quota_of(person, compartment), day_of(self.now()))?;
                used.insert(compartment, today);
            }
        }
        let policy = self.policy.as_ref().and_then(|(id, policy)| Some((*id, policy.as_deref()?)));
        Ok(Known {
            register,
            trustee: self.id(),
            restoring: self.store.restored().is_some(),
            split: self.mirror.is_split(),
            clock: self.setting.clock.now(),
            statements: self.mirror.log(LogKind::Statements),
            journal: self.mirror.log(LogKind::Journal),
            policy,
            letters,
            used,
        })
    }

    /// What was said of somebody or something, oldest first.
    pub(super) fn letters_about(
        &self,
        subject: &[u8],
        facts: &mut Facts,
    ) -> Result<Vec<Letter>, ServiceError> {
        let mut letters = Vec::new();
        for row in self.store.facts(subject)? {
            let Some(said_by) = counterseal_policy::Office::from_word(&row.kind) else { continue };
            let fact = match facts.get(&row.bytes) {
                Some(fact) => fact.clone(),
                None => {
                    let fact = self.fact_of(&row.bytes)?;
                    facts.insert(row.bytes.clone(), fact.clone());
                    fact
                }
            };
            letters.extend(fact.map(|fact| Letter { fact, said_by, leaf: row.leaf }));
        }
        Ok(letters)
    }
}

fn compartments_of(parts: &[PartKnown]) -> BTreeSet<CompartmentId> {
    let of = |part: &PartKnown| match part {
        PartKnown::Here(held) => Some(held.compartment),
        PartKnown::NotHere => None,
    };
    parts.iter().filter_map(of).collect()
}

/// The name under which a decided request's id is kept.
/// Of each device's ids for itself: who has seen another's request, as a second person does, uses up none of theirs.
pub(super) fn id_name(request: &OpeningRequest) -> String {
    let hex: String = request.id.0.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("request/{}/{hex}", request.reader)
}

/// Whose parts of which compartment are counted.
pub(super) fn quota_of(person: PersonId, compartment: CompartmentId) -> Vec<u8> {
    [person.as_bytes().as_slice(), compartment.as_bytes()].concat()
}

/// Days since 1970, UTC.
pub(super) const fn day_of(at: Timestamp) -> i64 {
    at.0.div_euclid(Timestamp::DAY)
}

pub(super) fn person_subject(person: PersonId) -> Vec<u8> {
    [&[1], person.as_bytes().as_slice()].concat()
}

pub(super) fn device_subject(device: DeviceId) -> Vec<u8> {
    [&[2], device.as_bytes().as_slice()].concat()
}

pub(super) fn part_subject(part: PartRef) -> Vec<u8> {
    [&[3], part.entry.as_bytes().as_slice(), &part.index.to_be_bytes()].concat()
}
