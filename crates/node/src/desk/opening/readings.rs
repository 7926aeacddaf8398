//! The chain of what was read offline: a desk that is back says all of it, and leaves none out
//! (docs/spec/deciding.md, section 7).
//!
//! A reading is durable before anything is shown. It is signed, with the ones before it, in a commit of its own; then
//! it goes into the log, and then to every trustee, in order, until each has taken it.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::cbor::from_bytes_strict;
use counterseal_model::{Code, EntryId, Timestamp};
use counterseal_register::{
    Blob, Bytes, KeyId, Label, PartRef, Readings, Signed, TrusteeAnswer, TrusteeCall, sha256,
};
use counterseal_seal::{TrusteeRecipient, seal_fact, sign_statement};
use rusqlite::{Connection, OptionalExtension};

use super::kept::read_request;
use super::outside::{Outside, sealed_to};
use crate::desk::statements::random;
use crate::desk::{Desk, local};
use crate::error::NodeError;

/// SHA-256 of the readings that this desk signed last.
const LAST: &str = "readings-last";
/// Most readings of one object.
const MOST: usize = 4096;
/// What a trustee said of readings that it took, and of some that do not follow what it has.
const TAKEN: &str = "taken";
const MISSING: &str = "readings-missing";
/// The purpose of a request that is not on this desk any more.
const UNKNOWN: &str = "unknown";

/// What became of the readings that were due.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadingsSent {
    /// Readings that as many trustees as must release have heard of now, and had not before.
    pub told: u64,
    /// Readings of which fewer have heard still.
    pub due: u64,
    /// What trustees that took none said, by their ids.
    pub refused: BTreeMap<KeyId, String>,
}

/// A reading that is in no signed object yet.
struct Unsaid {
    no: i64,
    part: PartRef,
    time: Timestamp,
    opening: [u8; 32],
}

/// Signed readings, with their place in the log.
struct Said {
    hash: [u8; 32],
    signed: Vec<u8>,
    leaf: Option<(u64, Vec<u8>)>,
    heard: BTreeMap<KeyId, String>,
}

impl Said {
    fn is_taken_by(&self, trustee: &KeyId) -> bool {
        self.heard.get(trustee).is_some_and(|word| word == TAKEN)
    }
}

impl Desk {
    pub(super) fn note_reading(
        &mut self,
        part: PartRef,
        at: Timestamp,
        opening: &[u8; 32],
    ) -> Result<(), NodeError> {
        self.store.commit(|tx| {
            tx.prepare_cached("INSERT INTO reading (entry, idx, time, opening) VALUES (?1, ?2, ?3, ?4)")?
                .execute((part.entry.as_bytes(), part.index, at.0, opening))?;
            Ok(())
        })
    }

    /// Of how many readings fewer trustees have heard than must release.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn unsaid_readings(&self) -> Result<u64, NodeError> {
        let (set, needed) = self.trustees_to_tell();
        let said = self.store.read(said_readings)?;
        let known =
            |said: &&Said| set.iter().filter(|id| said.is_taken_by(id)).count() >= needed && needed > 0;
        let told: BTreeSet<[u8; 32]> = said.iter().filter(known).map(|said| said.hash).collect();
        let all: Vec<Option<[u8; 32]>> = self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT said FROM reading")?;
            let rows = list.query_map([], |row| row.get(0))?;
            Ok::<_, NodeError>(rows.collect::<Result<_, _>>()?)
        })?;
        Ok(all.iter().filter(|said| said.is_none_or(|said| !told.contains(&said))).count() as u64)
    }

    /// Whether any trustee of the set in force lacks a reading.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_readings_due(&self) -> Result<bool, NodeError> {
        let (set, _) = self.trustees_to_tell();
        let said = self.store.read(said_readings)?;
        Ok(self.unsaid_readings()? > 0
            || said.iter().any(|said| set.iter().any(|trustee| !said.is_taken_by(trustee))))
    }

    /// Says what was read: signed, into the log, and to every trustee that lacks it. What fails stays due, and is no
    /// failure.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn say_readings(&mut self, outside: &mut dyn Outside) -> Result<ReadingsSent, NodeError> {
        let before = self.unsaid_readings()?;
        self.sign_readings()?;
        let mut refused = self.send_readings(outside)?;
        // Who lacks what it once took is told all of it again.
        let lost: Vec<KeyId> =
            refused.iter().filter(|(_, word)| *word == MISSING).map(|(id, _)| *id).collect();
        if !lost.is_empty() {
            self.store.commit(|tx| {
                for trustee in &lost {
                    tx.execute("DELETE FROM reading_heard WHERE trustee = ?1", [trustee.0])?;
                }
                Ok::<_, NodeError>(())
            })?;
            refused = self.send_readings(outside)?;
        }
        let due = self.unsaid_readings()?;
        Ok(ReadingsSent { told: before.saturating_sub(due), due, refused })
    }

    /// Signs what is in no object yet: one object for all that was read in a row by one opening.
    fn sign_readings(&mut self) -> Result<(), NodeError> {
        let (rows, mut prev) = self.store.read(unsaid)?;
        let same = |one: &Unsaid, other: &Unsaid| one.opening == other.opening;
        for run in rows.chunk_by(same).flat_map(|run| run.chunks(MOST)) {
            let Some((first, last)) = run.first().zip(run.last()) else { continue };
            let (purpose, case, request) = self.named_by(&first.opening)?;
            let readings = Readings {
                mission: self.mission(),
                id: Bytes(random(&mut self.rng)),
                reader: self.device(),
                prev: Bytes(prev),
                parts: run.iter().map(|one| one.part).collect(),
                times: run.iter().map(|one| one.time).collect(),
                opening: Bytes(first.opening),
                purpose,
                case,
                request,
                extra: Default::default(),
            };
            let signed = sign_statement(&readings.payload(), Label::OPENING_READINGS, &[&self.secrets])?;
            let hash = sha256(&[signed.bytes()]);
            self.store.commit(|tx| {
                tx.execute(
                    "INSERT INTO reading_said (hash, signed) VALUES (?1, ?2)",
                    (hash, signed.bytes()),
                )?;
                let of_them = "UPDATE reading SET said = ?1 WHERE said IS NULL AND no BETWEEN ?2 AND ?3";
                tx.execute(of_them, (hash, first.no, last.no))?;
                local::set(tx, LAST, &hash)
            })?;
            prev = hash;
        }
        Ok(())
    }

    /// Sends what trustees lack, in order; to one that takes something not, nothing that follows. What those said.
    fn send_readings(&mut self, outside: &mut dyn Outside) -> Result<BTreeMap<KeyId, String>, NodeError> {
        let (set, _) = self.trustees_to_tell();
        let mut stopped: BTreeMap<KeyId, String> = BTreeMap::new();
        for mut said in self.store.read(said_readings)? {
            let lacks = |id: &&KeyId| !said.is_taken_by(id) && !stopped.contains_key(id);
            let to: Vec<KeyId> = set.iter().filter(lacks).copied().collect();
            if to.is_empty() {
                continue;
            }
            if said.leaf.is_none() {
                said.leaf = self.log_readings(outside, &said)?;
            }
            // Without the log there is nothing more to do now.
            let Some((_, proof)) = &said.leaf else { break };
            let words = self.send_said(outside, &said, &to, proof)?;
            for id in to {
                match words.get(&id).map(String::as_str) {
                    Some(TAKEN) => {}
                    Some(word) => _ = stopped.insert(id, word.to_owned()),
                    None => _ = stopped.insert(id, String::new()),
                }
            }
        }
        stopped.retain(|_, word| !word.is_empty());
        Ok(stopped)
    }

    /// Puts a leaf into the log. Where it stands is durable here, with its proof, before a trustee hears of it.
    fn log_readings(
        &mut self,
        outside: &mut dyn Outside,
        said: &Said,
    ) -> Result<Option<(u64, Vec<u8>)>, NodeError> {
        let envelope =
            Signed::parse(&said.signed).map_err(|error| NodeError::Verification(error.to_string()))?;
        let readings: Readings = from_bytes_strict(envelope.payload())?;
        let leaf = readings.leaf(&said.signed).map_err(|error| NodeError::Verification(error.to_string()))?;
        let Ok(index) = outside.push_leaf(self, &leaf) else { return Ok(None) };
        let Ok(proof) = outside.prove_leaf(self, &leaf, index) else { return Ok(None) };
        self.store.commit(|tx| {
            tx.execute(
                "UPDATE reading_said SET leaf = ?2, proof = ?3 WHERE hash = ?1",
                (said.hash, index.cast_signed(), &proof),
            )?;
            Ok::<_, NodeError>(())
        })?;
        Ok(Some((index, proof)))
    }

    /// What each trustee said, which is durable here.
    fn send_said(
        &mut self,
        outside: &mut dyn Outside,
        said: &Said,
        to: &[KeyId],
        proof: &[u8],
    ) -> Result<BTreeMap<KeyId, String>, NodeError> {
        let Some(set) = self.register.trustees(self.moment()).cloned() else { return Ok(BTreeMap::new()) };
        let mut calls = Vec::new();
        for trustee in set.trustees.iter().filter(|trustee| to.contains(&trustee.id())) {
            let recipient = TrusteeRecipient { trustee: trustee.id(), requests: &trustee.requests.0 };
            let mission = self.mission();
            let sealed = seal_fact(&mut self.rng, mission, recipient, &said.signed)
                .map_err(|error| NodeError::Verification(error.to_string()))?;
            let call = TrusteeCall::Letter { sealed: sealed_to(sealed), receipt: Blob(proof.to_vec()) };
            calls.push((trustee.id(), call));
        }
        let mut words = BTreeMap::new();
        outside.call(self, calls, &mut |trustee, answer| {
            match answer {
                Ok(TrusteeAnswer::Done {}) => _ = words.insert(trustee, TAKEN.to_owned()),
                Ok(TrusteeAnswer::NotNow { code }) => _ = words.insert(trustee, code.to_string()),
                _ => {}
            }
            true
        });
        self.store.commit(|tx| {
            let sql = "INSERT OR REPLACE INTO reading_heard (said, trustee, word) VALUES (?1, ?2, ?3)";
            let mut note = tx.prepare_cached(sql)?;
            for (trustee, word) in &words {
                note.execute((said.hash, trustee.0, word))?;
            }
            Ok::<_, NodeError>(())
        })?;
        Ok(words)
    }

    /// The purpose and the case that an opening of this desk named; and its request, while its notices are held back.
    /// *[A trustee that did not decide it would tell at once what others hold back.]*
    fn named_by(&self, opening: &[u8; 32]) -> Result<(Code, Option<Bytes<16>>, Option<Blob>), NodeError> {
        let signed: Option<Vec<u8>> = self.store.read(|db| {
            let find = "SELECT signed FROM opening WHERE hash = ?1";
            Ok::<_, NodeError>(db.query_row(find, [opening], |row| row.get(0)).optional()?)
        })?;
        if let Some(signed) = signed {
            let request = read_request(&signed)?;
            let delayed = request.delay_until.is_some_and(|until| until > self.now());
            return Ok((request.purpose, request.case, delayed.then_some(Blob(signed))));
        }
        let unknown =
            Code::parse(UNKNOWN).ok_or_else(|| NodeError::Verification("a word is no code".to_owned()))?;
        Ok((unknown, None, None))
    }

    /// The trustees in force, and how many of them must release.
    fn trustees_to_tell(&self) -> (Vec<KeyId>, usize) {
        let Some(set) = self.register.trustees(self.moment()) else { return (Vec::new(), 0) };
        let ids = set.trustees.iter().map(counterseal_register::Trustee::id).collect();
        (ids, usize::try_from(set.threshold).unwrap_or(usize::MAX))
    }
}

/// What is in no signed object yet, and what names the readings before.
fn unsaid(db: &Connection) -> Result<(Vec<Unsaid>, [u8; 32]), NodeError> {
    let mut list = db
        .prepare_cached("SELECT no, entry, idx, time, opening FROM reading WHERE said IS NULL ORDER BY no")?;
    let rows = list.query_map([], |row| {
        let part = PartRef { entry: EntryId::from_bytes(row.get(1)?), index: row.get(2)? };
        Ok(Unsaid { no: row.get(0)?, part, time: Timestamp(row.get(3)?), opening: row.get(4)? })
    })?;
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let last = local::get(db, LAST)?.and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; 32]);
    Ok((rows, last))
}

/// Everything that was signed, in the order of the chain.
fn said_readings(db: &Connection) -> Result<Vec<Said>, NodeError> {
    type Columns = ([u8; 32], Vec<u8>, Option<i64>, Option<Vec<u8>>);
    let mut list = db.prepare_cached("SELECT hash, signed, leaf, proof FROM reading_said ORDER BY no")?;
    let rows = list.query_map([], |row| row.try_into() as rusqlite::Result<Columns>)?;
    let mut words = db.prepare_cached("SELECT trustee, word FROM reading_heard WHERE said = ?1")?;
    let mut all = Vec::new();
    for row in rows {
        let (hash, signed, leaf, proof) = row?;
        let heard = words.query_map([hash], |row| Ok((KeyId(row.get(0)?), row.get(1)?)))?;
        let heard = heard.collect::<Result<BTreeMap<_, _>, _>>()?;
        all.push(Said { hash, signed, leaf: leaf.map(i64::cast_unsigned).zip(proof), heard });
    }
    Ok(all)
}
