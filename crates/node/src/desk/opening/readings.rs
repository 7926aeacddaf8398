//! The chain of what was read offline: a desk that is back says all of it, and leaves none out.

use counterseal_model::{EntryId, Timestamp};
use counterseal_register::{Blob, Bytes, Label, PartRef, Readings, TrusteeCall, sha256};
use counterseal_seal::{TrusteeRecipient, seal_fact, sign_statement};

use super::failure::OpeningFailure;
use super::outside::{Outside, sealed_to};
use crate::desk::statements::random;
use crate::desk::{Desk, local};
use crate::error::NodeError;
use crate::link::LinkError;

/// SHA-256 of the readings that this desk said last.
const LAST: &str = "readings-last";
/// Most readings of one object.
const MOST: i64 = 4096;

/// A reading: its number, the part, and when.
type Unsaid = (i64, PartRef, Timestamp);

impl Desk {
    pub(super) fn note_reading(&mut self, part: PartRef, at: Timestamp) -> Result<(), NodeError> {
        self.store.commit(|tx| {
            tx.prepare_cached("INSERT INTO reading (entry, idx, time) VALUES (?1, ?2, ?3)")?.execute((
                part.entry.as_bytes(),
                part.index,
                at.0,
            ))?;
            Ok(())
        })
    }

    /// How many readings no trustee has heard of.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn unsaid_readings(&self) -> Result<u64, NodeError> {
        let sql = "SELECT count(*) FROM reading WHERE said IS NULL";
        self.store.read(|db| Ok(db.query_row(sql, [], |row| row.get::<_, i64>(0))?.cast_unsigned()))
    }

    /// Says what was read: a leaf in the log, and the readings to the trustees. They count as said once all trustees
    /// that could be reached, at least t, have taken them.
    ///
    /// # Errors
    /// When the log or too few trustees can be reached: they stay unsaid.
    pub fn say_readings(&mut self, outside: &mut dyn Outside) -> Result<u64, LinkError> {
        let at = self.moment();
        let Some(set) = self.register.trustees(at).cloned() else { return Ok(0) };
        let (rows, last) = self.unsaid()?;
        let Some(newest) = rows.last().map(|row| row.0) else { return Ok(0) };
        let readings = Readings {
            mission: self.mission(),
            id: Bytes(random(&mut self.rng)),
            reader: self.device(),
            prev: Bytes(last),
            parts: rows.iter().map(|row| row.1).collect(),
            times: rows.iter().map(|row| row.2).collect(),
            extra: Default::default(),
        };
        let signed = sign_statement(&readings.payload(), Label::OPENING_READINGS, &[&self.secrets])
            .map_err(NodeError::from)?;
        let leaf =
            readings.leaf(signed.bytes()).map_err(|error| NodeError::Verification(error.to_string()))?;
        let index = outside.push_leaf(self, &leaf)?;
        let receipt = Blob(outside.prove_leaf(self, &leaf, index)?);
        let mut calls = Vec::new();
        for trustee in &set.trustees {
            let to = TrusteeRecipient { trustee: trustee.id(), requests: &trustee.requests.0 };
            let sealed = seal_fact(&mut self.rng, readings.mission, to, signed.bytes())
                .map_err(|error| NodeError::Verification(error.to_string()))?;
            let call = TrusteeCall::Letter { sealed: sealed_to(sealed), receipt: receipt.clone() };
            calls.push((trustee.id(), call));
        }
        let mut taken = 0;
        outside.call(self, calls, &mut |_, answer| {
            taken += usize::from(matches!(answer, Ok(counterseal_register::TrusteeAnswer::Done {})));
            true
        });
        let needed = usize::try_from(set.threshold).unwrap_or(usize::MAX);
        if taken < needed {
            let silent = Vec::new();
            return Err(NodeError::from(OpeningFailure::TooFew { have: taken, needed, silent }).into());
        }
        let hash = sha256(&[signed.bytes()]);
        self.store.commit(|tx| {
            tx.execute(
                "UPDATE reading SET said = ?1 WHERE said IS NULL AND no <= ?2",
                (index.cast_signed(), newest),
            )?;
            local::set(tx, LAST, &hash)
        })?;
        Ok(rows.len() as u64)
    }

    /// What no trustee has heard of, and what names the readings before.
    fn unsaid(&self) -> Result<(Vec<Unsaid>, [u8; 32]), NodeError> {
        self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT no, entry, idx, time FROM reading WHERE said IS NULL ORDER BY no LIMIT ?1",
            )?;
            let rows = list.query_map([MOST], |row| {
                let part = PartRef { entry: EntryId::from_bytes(row.get(1)?), index: row.get(2)? };
                Ok((row.get(0)?, part, Timestamp(row.get(3)?)))
            })?;
            let rows = rows.collect::<Result<Vec<_>, _>>()?;
            let last = local::get(db, LAST)?.and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; 32]);
            Ok((rows, last))
        })
    }
}
