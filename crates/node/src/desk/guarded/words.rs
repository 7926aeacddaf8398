//! What trustees say of this desk's entries: signed, and checked against the entry before it counts.

use counterseal_model::{DeviceId, EntryId};
use counterseal_register::{Acknowledgement, EntryHeader, EntryRefused, KeyId, SignedBody, TrusteeHeader};
use rusqlite::{Connection, OptionalExtension};

use crate::desk::Desk;
use crate::error::NodeError;

/// What is wrong with something that a trustee's server said. It does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrusteeLie {
    /// It is nothing that was asked for.
    Unreadable,
    /// It is not signed by that trustee for this mission.
    Signature,
    /// It is about an entry that this desk did not write, or that is not guarded by that trustee.
    OtherEntry,
    /// It acknowledges another number of parts than the entry has.
    OtherCount,
    /// It names another key than the one the entry is sealed to; or a key is not for this desk, or is another than
    /// the one given before under its number.
    OtherKey,
    /// It answers out of order, or more than was asked.
    OtherAnswer,
}

/// A word that counts.
pub(super) struct Word {
    pub(super) entry: i64,
    /// Whether the entry was taken; else it was refused.
    pub(super) taken: bool,
}

impl Desk {
    /// Checks a trustee's word on an entry: whose it is, and that it is about what this desk sealed.
    pub(super) fn check_word(
        &self,
        db: &Connection,
        trustee: KeyId,
        bytes: &[u8],
    ) -> Result<Result<Word, TrusteeLie>, NodeError> {
        let Some(identity) = self.register.trustee_key(trustee) else {
            return Ok(Err(TrusteeLie::Signature));
        };
        let mission = self.mission();
        if let Ok(signed) = SignedBody::<Acknowledgement>::parse(bytes) {
            let Ok(word) = signed.verify_trustee(mission, identity) else {
                return Ok(Err(TrusteeLie::Signature));
            };
            let said = word.body();
            let Some((entry, header)) = own_entry(db, self.device(), said.entry)? else {
                return Ok(Err(TrusteeLie::OtherEntry));
            };
            let Some(place) = self.place_in(&header, trustee).filter(|_| said.trustee == trustee) else {
                return Ok(Err(TrusteeLie::OtherEntry));
            };
            return Ok(match (said.count == header.parts.len() as u64, place.key.0 == said.key.0) {
                (true, true) => Ok(Word { entry, taken: true }),
                (false, _) => Err(TrusteeLie::OtherCount),
                (_, false) => Err(TrusteeLie::OtherKey),
            });
        }
        let Ok(signed) = SignedBody::<EntryRefused>::parse(bytes) else {
            return Ok(Err(TrusteeLie::Unreadable));
        };
        let Ok(word) = signed.verify_trustee(mission, identity) else {
            return Ok(Err(TrusteeLie::Signature));
        };
        let said = word.body();
        let found = own_entry(db, self.device(), said.entry)?;
        let found =
            found.filter(|(_, header)| said.trustee == trustee && self.place_in(header, trustee).is_some());
        Ok(found.map(|(entry, _)| Word { entry, taken: false }).ok_or(TrusteeLie::OtherEntry))
    }

    /// The place of a trustee in an entry's header, by the set that the entry names.
    fn place_in<'a>(&self, header: &'a EntryHeader, trustee: KeyId) -> Option<&'a TrusteeHeader> {
        let set = self.register.trustee_set(header.trustee_set?, self.moment())?;
        header.trustees.get(set.find(trustee)?.0)
    }
}

/// Keeps a word that was checked; what was said before stays beside it.
pub(super) fn keep_word(
    tx: &Connection,
    trustee: KeyId,
    word: &Word,
    bytes: &[u8],
) -> Result<bool, NodeError> {
    let mut keep = tx.prepare_cached(
        "INSERT OR IGNORE INTO trustee_word (entry, trustee, taken, bytes) VALUES (?1, ?2, ?3, ?4)",
    )?;
    Ok(keep.execute((word.entry, trustee.0, word.taken, bytes))? == 1)
}

/// A guarded entry of this desk: its number and what its header says.
fn own_entry(db: &Connection, own: DeviceId, id: EntryId) -> Result<Option<(i64, EntryHeader)>, NodeError> {
    let mut find =
        db.prepare_cached("SELECT no, header FROM entry WHERE id = ?1 AND device = ?2 AND guarded = 1")?;
    let found: Option<(i64, Vec<u8>)> =
        find.query_row((id.as_bytes(), own.as_bytes()), |row| row.try_into()).optional()?;
    found.map(|(no, header)| Ok((no, header_of(&header)?))).transpose()
}

/// What a kept header says. It was verified when it was kept.
pub(super) fn header_of(bytes: &[u8]) -> Result<EntryHeader, NodeError> {
    let signed =
        counterseal_register::Signed::parse(bytes).map_err(counterseal_register::EntryRefusal::from)?;
    Ok(counterseal_model::cbor::from_bytes_strict(signed.payload())?)
}
