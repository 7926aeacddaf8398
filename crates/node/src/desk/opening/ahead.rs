//! Advance openings: made ahead of a blackout or a trip, kept until a time, read offline, surrendered.

use std::collections::BTreeSet;

use counterseal_model::cbor::from_bytes;
use counterseal_model::{EntryId, Timestamp};
use counterseal_register::PartRef;
use counterseal_seal::{GuardedPlace, OpenedGuarded, Opener, PartShare};
use rusqlite::{Connection, OptionalExtension};

use super::ask::OpenedPart;
use super::failure::{OpeningFailure, part_text};
use crate::desk::Desk;
use crate::error::NodeError;

/// A part that was opened ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AheadView {
    /// Which.
    pub part: PartRef,
    /// Until when it is kept.
    pub until: Timestamp,
    /// The request by which it was opened.
    pub request: [u8; 32],
    /// How often it was read since.
    pub readings: u64,
}

impl Desk {
    /// Keeps the shares of parts that were opened ahead, in one commit. Covers are not kept: nothing is in them.
    pub(super) fn keep_ahead(
        &mut self,
        request: &[u8; 32],
        until: Timestamp,
        parts: &[(PartRef, OpenedGuarded)],
        covers: &[PartRef],
    ) -> Result<(), NodeError> {
        self.store.commit_overwriting(|tx| {
            let mut insert = tx.prepare_cached(
                "INSERT OR REPLACE INTO ahead (entry, idx, share, until, opening) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for (part, opened) in parts.iter().filter(|(part, _)| !covers.contains(part)) {
                let share = opened.share.reveal();
                insert.execute((part.entry.as_bytes(), part.index, share, until.0, request))?;
            }
            Ok(())
        })
    }

    /// What was opened ahead and has not run out, in the order of the entries.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn opened_ahead(&self) -> Result<Vec<AheadView>, NodeError> {
        let now = self.now();
        self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT entry, idx, until, opening, (SELECT count(*) FROM reading r
                   WHERE r.entry = a.entry AND r.idx = a.idx) FROM ahead a WHERE until > ?1 ORDER BY entry, idx",
            )?;
            let rows = list.query_map([now.0], |row| {
                let part = PartRef { entry: EntryId::from_bytes(row.get(0)?), index: row.get(1)? };
                let readings = row.get::<_, i64>(4)?.cast_unsigned();
                Ok(AheadView { part, until: Timestamp(row.get(2)?), request: row.get(3)?, readings })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Reads a part that was opened ahead. The reading is durable in this desk's chain before anything is shown.
    ///
    /// # Errors
    /// `NotAhead`; `Closed` when it was withdrawn or erased meanwhile, as far as this desk knows.
    pub fn read_ahead(&mut self, part: PartRef, until: Timestamp) -> Result<OpenedPart, NodeError> {
        let (now, at) = (self.now(), self.moment());
        let found: Option<([u8; 32], i64, [u8; 32])> = self.store.read(|db| {
            let mut find =
                db.prepare_cached("SELECT share, until, opening FROM ahead WHERE entry = ?1 AND idx = ?2")?;
            let key = (part.entry.as_bytes(), part.index);
            Ok::<_, NodeError>(find.query_row(key, |row| row.try_into()).optional()?)
        })?;
        let (share, kept_until, opening) = found
            .map(|(share, kept, opening)| (zeroize::Zeroizing::new(share), Timestamp(kept), opening))
            .filter(|(_, kept, _)| *kept > now)
            .ok_or(OpeningFailure::NotAhead { part: part_text(part) })?;
        let (entry, known) = self.known_part(part)?;
        let state = self.register.part_state(known.compartment, part, at);
        if let Some(state) = state.erased.map(|_| "erased").or(state.withdrawn.map(|_| "withdrawn")) {
            return Err(OpeningFailure::Closed { part: part_text(part), state }.into());
        }
        let header = entry.header.header();
        let secret = self.keyring.get(header.epoch).ok_or(NodeError::NoSecret(header.epoch))?;
        let ciphertext = self.guarded_ciphertext(&entry, part.index)?;
        let index = usize::try_from(part.index).unwrap_or(usize::MAX);
        let verified = entry.header.verify_part(index, &ciphertext)?;
        let place = GuardedPlace::of(&verified, entry.sealed_by);
        let share = PartShare::from_bytes(&share);
        let plaintext = Opener::new()?.open_with_share(&place, secret, &share, &ciphertext)?;
        self.note_reading(part, now, &opening)?;
        let content = from_bytes(plaintext.as_bytes()).ok();
        self.vault.keep(part, plaintext, until.min(kept_until));
        Ok(OpenedPart { part, content, cover: false })
    }

    /// Destroys what was opened ahead: these parts, or all of it. The pages the shares stood on are overwritten, and
    /// the write-ahead file is emptied. What was read stays in the chain of readings.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn surrender(&mut self, parts: Option<&[PartRef]>) -> Result<u64, NodeError> {
        self.close_opened();
        match parts {
            None => self.destroy_ahead(|_| true),
            Some(parts) => self.destroy_ahead(|row| parts.contains(&row.part)),
        }
    }

    /// Destroys what has run out, is withdrawn or erased: at each unlock and each session.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn tidy_ahead(&mut self) -> Result<u64, NodeError> {
        let (now, at) = (self.now(), self.moment());
        let mut over: BTreeSet<PartRef> = BTreeSet::new();
        for view in self.opened_ahead()? {
            let known = self.known_part(view.part).ok();
            let closed = known.is_some_and(|(_, known)| {
                let state = self.register.part_state(known.compartment, view.part, at);
                state.erased.is_some() || state.withdrawn.is_some()
            });
            over.extend(closed.then_some(view.part));
        }
        self.destroy_ahead(|row| row.until <= now || over.contains(&row.part))
    }

    /// Destroys the shares of which `goes` says so, and gives how many. Where there are none nothing is written.
    fn destroy_ahead(&mut self, goes: impl Fn(&Row) -> bool) -> Result<u64, NodeError> {
        let rows: Vec<Row> = self.store.read(rows)?.into_iter().filter(goes).collect();
        if rows.is_empty() {
            return Ok(0);
        }
        self.store.commit_forgetting("ahead", |tx| {
            let mut delete = tx.prepare_cached("DELETE FROM ahead WHERE entry = ?1 AND idx = ?2")?;
            for row in &rows {
                delete.execute((row.part.entry.as_bytes(), row.part.index))?;
            }
            Ok::<_, NodeError>(())
        })?;
        Ok(rows.len() as u64)
    }
}

/// Which part a share is kept of, and until when.
struct Row {
    part: PartRef,
    until: Timestamp,
}

fn rows(db: &Connection) -> Result<Vec<Row>, NodeError> {
    let mut list = db.prepare_cached("SELECT entry, idx, until FROM ahead")?;
    let rows = list.query_map([], |row| {
        let part = PartRef { entry: EntryId::from_bytes(row.get(0)?), index: row.get(1)? };
        Ok(Row { part, until: Timestamp(row.get(2)?) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
