//! How safe this desk's guarded entries are: who has them, and what is left here.

use counterseal_model::{CompartmentId, EntryId, Timestamp};
use counterseal_register::{Code, EntryRefused, KeyId, SignedBody};
use rusqlite::Connection;

use super::held::held_entries;
use super::words::header_of;
use crate::desk::Desk;
use crate::error::NodeError;

/// What a trustee has said of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrusteeSays {
    /// Nothing yet.
    Nothing,
    /// It holds its share of every part.
    Has,
    /// It does not take the entry, and never will.
    Refused(Code),
    /// It has said both, which no honest trustee does.
    Both(Code),
}

/// A trustee and an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrusteeView {
    /// The trustee.
    pub trustee: KeyId,
    /// What it says.
    pub says: TrusteeSays,
}

impl TrusteeView {
    /// Whether the trustee holds its share. One that also refused is not counted on.
    #[must_use]
    pub fn has(&self) -> bool {
        self.says == TrusteeSays::Has
    }
}

/// A guarded entry of this desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardedEntry {
    /// The entry.
    pub entry: EntryId,
    /// Its compartment.
    pub compartment: CompartmentId,
    /// When it was sealed.
    pub sealed: Timestamp,
    /// How many trustees must release.
    pub threshold: u64,
    /// The trustees that it is sealed to, in the set's order.
    pub trustees: Vec<TrusteeView>,
    /// Whether what it says is still held on this desk.
    pub held: bool,
    /// Whether it waits on this desk for its batch.
    pub waits: bool,
    /// Whether a hub has made it durable.
    pub accepted: bool,
    /// Its place in the journal log, once it is known.
    pub leaf: Option<u64>,
}

impl GuardedEntry {
    /// How many trustees hold their share.
    #[must_use]
    pub fn have(&self) -> u64 {
        self.trustees.iter().filter(|one| one.has()).count() as u64
    }

    /// Whether so many trustees have refused that it can never be opened with what the others hold.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        let refused = |one: &&TrusteeView| matches!(one.says, TrusteeSays::Refused(_) | TrusteeSays::Both(_));
        let refused = self.trustees.iter().filter(refused).count() as u64;
        self.trustees.len() as u64 - refused < self.threshold
    }
}

impl Desk {
    /// The guarded entries that this desk wrote, the newest first, at most so many. Covers are not among them, nor what was
    /// sealed anew.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn guarded_entries(&self, most: usize) -> Result<Vec<GuardedEntry>, NodeError> {
        self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT entry FROM own_guarded WHERE cover = 0 AND again IS NULL ORDER BY entry DESC LIMIT ?1",
            )?;
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let entries = list.query_map([most], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
            let held = held_entries(db)?;
            entries.into_iter().map(|entry| self.guarded_view(db, entry, &held)).collect()
        })
    }

    /// The guarded entry of this desk whose id begins so.
    ///
    /// # Errors
    /// `Ambiguous` when there is none, or more than one.
    pub fn find_guarded(&self, text: &str) -> Result<GuardedEntry, NodeError> {
        let prefix = text.to_ascii_lowercase();
        let mut found = self.guarded_entries(usize::MAX)?;
        found.retain(|one| one.entry.to_string().starts_with(&prefix));
        match found.len() {
            1 => found.pop().ok_or(NodeError::NoParts),
            count => Err(crate::desk::read::ambiguous("entry", text, count)),
        }
    }

    /// How many entries' plaintext this desk still holds, by compartment: what whoever unlocks it can read
    /// without any trustee.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn held_guarded(&self, compartment: CompartmentId) -> Result<u64, NodeError> {
        self.store.read(|db| {
            let mut held = 0;
            let mut find = db.prepare_cached("SELECT compartment = ?2 FROM entry WHERE no = ?1")?;
            for entry in held_entries(db)? {
                held +=
                    u64::from(find.query_row((entry, compartment.as_bytes()), |row| row.get::<_, bool>(0))?);
            }
            Ok(held)
        })
    }

    fn guarded_view(&self, db: &Connection, entry: i64, held: &[i64]) -> Result<GuardedEntry, NodeError> {
        let mut find = db.prepare_cached(
            "SELECT e.id, e.compartment, e.accepted, e.leaf, o.leaves FROM entry e JOIN own_guarded o ON o.entry = e.no
             WHERE e.no = ?1",
        )?;
        type Columns = ([u8; 32], [u8; 16], Option<i64>, Option<i64>, bool);
        let (id, compartment, accepted, leaf, leaves): Columns =
            find.query_row([entry], |row| row.try_into())?;
        let says = says_of(self, db, entry)?;
        Ok(GuardedEntry {
            entry: EntryId::from_bytes(id),
            compartment: CompartmentId::from_bytes(compartment),
            sealed: says.sealed,
            threshold: says.threshold,
            trustees: says.trustees,
            held: held.binary_search(&entry).is_ok(),
            waits: !leaves && accepted.is_none() && leaf.is_none(),
            accepted: accepted.is_some() || leaf.is_some(),
            leaf: leaf.map(i64::cast_unsigned),
        })
    }
}

/// What the trustees of an entry say.
pub(super) struct Says {
    pub(super) sealed: Timestamp,
    pub(super) threshold: u64,
    pub(super) trustees: Vec<TrusteeView>,
}

pub(super) fn says_of(desk: &Desk, db: &Connection, entry: i64) -> Result<Says, NodeError> {
    let mut find = db.prepare_cached(
        "SELECT e.header, o.sealed FROM entry e JOIN own_guarded o ON o.entry = e.no WHERE e.no = ?1",
    )?;
    let (header, sealed): (Vec<u8>, i64) = find.query_row([entry], |row| row.try_into())?;
    let header = header_of(&header)?;
    let set = header.trustee_set.and_then(|id| desk.register.trustee_set(id, desk.moment()));
    let threshold = set.map_or(u64::MAX - 1, |set| set.threshold);
    let ids: Vec<KeyId> = set
        .map(|set| set.trustees.iter().map(counterseal_register::Trustee::id).collect())
        .unwrap_or_default();
    let mut trustees = Vec::with_capacity(ids.len());
    for trustee in ids {
        trustees.push(TrusteeView { trustee, says: said(db, entry, trustee)? });
    }
    Ok(Says { sealed: Timestamp(sealed), threshold, trustees })
}

fn said(db: &Connection, entry: i64, trustee: KeyId) -> Result<TrusteeSays, NodeError> {
    let mut list = db.prepare_cached(
        "SELECT taken, bytes FROM trustee_word WHERE entry = ?1 AND trustee = ?2 ORDER BY taken",
    )?;
    let rows = list.query_map((entry, trustee.0), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (mut has, mut refused) = (false, None);
    for word in rows.collect::<Result<Vec<(bool, Vec<u8>)>, _>>()? {
        match word {
            (true, _) => has = true,
            (false, bytes) => {
                refused =
                    SignedBody::<EntryRefused>::parse(&bytes).ok().map(|word| word.claims().code.clone())
            }
        }
    }
    Ok(match (has, refused) {
        (true, None) => TrusteeSays::Has,
        (false, None) => TrusteeSays::Nothing,
        (false, Some(code)) => TrusteeSays::Refused(code),
        (true, Some(code)) => TrusteeSays::Both(code),
    })
}
