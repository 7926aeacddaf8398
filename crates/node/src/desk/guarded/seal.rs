//! Writing guarded parts: sealed to the trustees' keys that are here, stored, and forgotten or held as the
//! charter says.

use counterseal_model::cbor::to_bytes;
use counterseal_model::record::Part;
use counterseal_model::{CompartmentId, EntryId, EpochId, RecordId, Timestamp};
use counterseal_register::{HoldRule, PartRef};
use counterseal_seal::{SealError, SealingEpoch, SealingGuard};
use rusqlite::Connection;
use zeroize::Zeroizing;

use super::cover::COVER;
use super::sibling;
use crate::desk::Desk;
use crate::desk::write::{INDEX_BITS, Sealed};
use crate::error::NodeError;

/// What this desk notes of a guarded entry of its own.
pub(in crate::desk) struct OwnGuarded {
    cover: bool,
    pub(super) batch: Option<i64>,
    pub(super) leaves: bool,
    sealed: Timestamp,
    /// What is held of it: nothing under hold rule `none`.
    held: Vec<Zeroizing<Vec<u8>>>,
    /// The record, where it has an open part here.
    sibling_of: Option<RecordId>,
}

impl OwnGuarded {
    /// What is noted of an entry that waits for its batch.
    pub(super) fn new(sealed: Timestamp, held: Vec<Zeroizing<Vec<u8>>>) -> Self {
        Self { cover: false, batch: None, leaves: false, sealed, held, sibling_of: None }
    }

    /// Says that the record has an open part besides, kept in the same commit.
    pub(in crate::desk) fn set_sibling_of(&mut self, record: RecordId) {
        self.sibling_of = Some(record);
    }

    /// Notes it beside the entry, in the commit that keeps that.
    pub(in crate::desk) fn keep(&self, tx: &Connection, entry: i64) -> Result<(), NodeError> {
        let mut note = tx.prepare_cached(
            "INSERT INTO own_guarded (entry, cover, batch, leaves, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        note.execute((entry, self.cover, self.batch, self.leaves, self.sealed.0))?;
        let mut hold = tx.prepare_cached("INSERT INTO held (part, plaintext) VALUES (?1, ?2)")?;
        for (part, plaintext) in (entry << INDEX_BITS..).zip(&self.held) {
            hold.execute((part, plaintext.as_slice()))?;
        }
        if let Some(record) = self.sibling_of {
            let id = tx.query_row("SELECT id FROM entry WHERE no = ?1", [entry], |row| row.get(0))?;
            sibling::note(tx, PartRef { entry: EntryId::from_bytes(id), index: 0 }, record)?;
        }
        Ok(())
    }
}

impl Desk {
    /// Writes parts into a guarded compartment, each as an entry of its own: entries of several parts would stand
    /// out among the covers. When this returns, they are sealed and durable. Under hold rule `none` what they say
    /// was never in the store and is not in this desk's memory any more; whoever called wipes their own copy.
    ///
    /// # Errors
    /// `NoTrustees`, `NoTrusteeKeys`, `EpochNotLogged`; when this desk may not write there, or the disk refuses;
    /// nothing is kept then.
    pub fn write_guarded(&mut self, compartment: CompartmentId, parts: Vec<Part>) -> Result<(), NodeError> {
        if parts.is_empty() {
            return Err(SealError::OutOfLimits { parts: 0, bytes: 0 }.into());
        }
        let mut all = Vec::with_capacity(parts.len());
        for part in parts {
            match self.seal(compartment, vec![part]) {
                Ok(sealed) => all.push(sealed),
                Err(error) => {
                    self.drop_unkept()?;
                    return Err(error);
                }
            }
        }
        self.keep(&all)
    }

    /// Seals one part under a guarded epoch as the journal's next entry.
    pub(in crate::desk) fn seal_guarded(
        &mut self,
        compartment: CompartmentId,
        epoch: EpochId,
        part: Part,
    ) -> Result<Sealed, NodeError> {
        let plaintext = Zeroizing::new(to_bytes(&part));
        let sibling_of = Some(part.record).filter(|record| self.has_open_part(*record));
        drop(part);
        let charter = self.register.charter(compartment, self.moment());
        let hold = charter.map_or(HoldRule::None, |charter| charter.hold);
        let mut sealed = self.seal_plaintext(compartment, epoch, &plaintext)?;
        let held = if hold == HoldRule::UntilAcknowledged { vec![plaintext] } else { Vec::new() };
        sealed.guarded = Some(OwnGuarded { sibling_of, ..OwnGuarded::new(self.now(), held) });
        Ok(sealed)
    }

    /// Seals a cover for a batch.
    pub(super) fn seal_cover(
        &mut self,
        compartment: CompartmentId,
        batch: i64,
        leaves: bool,
    ) -> Result<Sealed, NodeError> {
        self.check_active()?;
        // No epoch is begun for the sake of a cover.
        let epoch = self.register.write_epoch(compartment, self.moment());
        let epoch = epoch.ok_or(NodeError::NotAMember(compartment))?;
        let is_in = |one: &counterseal_register::Epoch| one.roster().contains(&self.device());
        if !self.register.epoch(epoch).is_some_and(is_in) {
            return Err(NodeError::NotAMember(compartment));
        }
        let mut sealed = self.seal_plaintext(compartment, epoch, COVER)?;
        let (batch, sealed_at, held) = (Some(batch), self.now(), Vec::new());
        sealed.guarded = Some(OwnGuarded { cover: true, batch, leaves, ..OwnGuarded::new(sealed_at, held) });
        Ok(sealed)
    }

    pub(super) fn seal_plaintext(
        &mut self,
        compartment: CompartmentId,
        epoch: EpochId,
        plaintext: &[u8],
    ) -> Result<Sealed, NodeError> {
        self.check_logged(epoch)?;
        let rule = self.register.epoch(epoch).map(counterseal_register::Epoch::rule);
        let rule = rule.ok_or(NodeError::NoSecret(epoch))?;
        let keys = self.keys_at_hand(compartment)?;
        let mut sealer = self.take_sealer(compartment)?;
        let seen = self.seen()?;
        let secret = self.keyring.get(epoch).ok_or(NodeError::NoSecret(epoch))?;
        let public = keys.public();
        let guard = SealingGuard { rule, set: &keys.set, keys: &public };
        let under = SealingEpoch { id: epoch, secret };
        let sealed = sealer.seal_guarded(&mut self.rng, &self.secrets, under, guard, seen, &[plaintext])?;
        self.sealers.insert(compartment, sealer);
        Ok(Sealed::closed(sealed))
    }

    /// An epoch that was obeyed on sight may lose to another; what was written under it is written again then.
    /// Nobody can write again what its author's desk has forgotten.
    fn check_logged(&self, epoch: EpochId) -> Result<(), NodeError> {
        let logged = !self.has_hub() || self.register.of_the_log().epoch(epoch).is_some();
        if logged { Ok(()) } else { Err(NodeError::EpochNotLogged(epoch)) }
    }
}
