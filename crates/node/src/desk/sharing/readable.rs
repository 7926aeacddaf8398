//! A part as this desk can read it now: an open one, or a guarded one that was opened and whose time is not over.

use counterseal_model::cbor::from_bytes;
use counterseal_model::record::{Body, Part};
use rusqlite::OptionalExtension;

use super::ShareRefusal;
use crate::desk::casework::NamedPart;
use crate::desk::decoy::is_decoy;
use crate::desk::guarded::is_cover;
use crate::desk::opening::part_text;
use crate::desk::write::INDEX_BITS;
use crate::desk::{CaseworkRefusal, Desk};
use crate::error::NodeError;
use crate::index::Parts;

/// A part, and whether it was sealed twice.
pub(super) struct Readable {
    pub(super) part: Part,
    pub(super) guarded: bool,
}

impl Desk {
    /// Reads a part that may leave its compartment as far as it itself is concerned. Whether the policy permits it is
    /// another question.
    ///
    /// # Errors
    /// `UnknownPart`, `Closed`, `NotOpen`, `Nothing`, `NotShared`.
    pub(super) fn readable(&mut self, named: NamedPart) -> Result<Readable, NodeError> {
        let text = part_text(named.part);
        let state = self.register.part_state(named.compartment, named.part, self.moment());
        let closed = state.erased.map(|_| "erased").or(state.withdrawn.map(|_| "withdrawn"));
        if let Some(state) = closed {
            return Err(ShareRefusal::Closed { part: text, state }.into());
        }
        let found: Option<(i64, bool, bool)> = self.store.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT no, guarded, shown FROM entry WHERE id = ?1 AND compartment = ?2 AND standing < 4",
            )?;
            let key = (named.part.entry.as_bytes(), named.compartment.as_bytes());
            Ok::<_, NodeError>(find.query_row(key, |row| row.try_into()).optional()?)
        })?;
        let unknown = || NodeError::from(CaseworkRefusal::UnknownPart { part: text.clone() });
        let (no, guarded, shown) = found.ok_or_else(unknown)?;
        let part = if guarded {
            self.readable_guarded(named, &text)?
        } else if shown {
            let no = (no << INDEX_BITS) + i64::from(named.part.index);
            let reader = self.reader();
            self.store
                .read(|db| reader.open_part(db, no))
                .map_err(|error| match error {
                    NodeError::NoParts => unknown(),
                    other => other,
                })?
                .part
        } else {
            // What is late is apart from everything until a manager accepts it.
            return Err(unknown());
        };
        // The watch officer's word inside the part: it must not come to stand where people work on cases.
        if is_decoy(&part) {
            return Err(ShareRefusal::Nothing { part: text, what: "decoy" }.into());
        }
        if matches!(part.body, Body::Export(_) | Body::Taxonomy(_)) {
            return Err(ShareRefusal::NotShared { kind: part.body.kind().word() }.into());
        }
        Ok(Readable { part, guarded })
    }

    fn readable_guarded(&mut self, named: NamedPart, text: &str) -> Result<Part, NodeError> {
        let part = || text.to_owned();
        if self.is_known_cover(named.part)? {
            return Err(ShareRefusal::Nothing { part: part(), what: "cover" }.into());
        }
        let Some((plaintext, _)) = self.opened_part(named.part) else {
            return Err(ShareRefusal::NotOpen { part: part() }.into());
        };
        if is_cover(plaintext.as_bytes()) {
            return Err(ShareRefusal::Nothing { part: part(), what: "cover" }.into());
        }
        let read = from_bytes(plaintext.as_bytes());
        read.map_err(|_| ShareRefusal::Nothing { part: part(), what: "unreadable" }.into())
    }
}
