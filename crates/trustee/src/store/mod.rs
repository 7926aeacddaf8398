//! What a trustee keeps, and the contract of it. Normative text: docs/spec/trustee.md.
//!
//! - **Two places.** Everything is kept twice, in two folders that should be on two disks. When a method returns `Ok`,
//!   what it was given survives a loss of power in both.
//! - **The commit point** is the commit of the first place's database. The second place's comes before it, so the
//!   second may be one commit ahead after a crash, and never the first: a start brings the first up to it. What was
//!   acknowledged is in both; of the commit that a crash met, all or nothing.
//! - **Order.** Commits are numbered without gaps. Entries of the release log are taken only in their order.
//! - **Idempotence.** An entry, a pad, a tombstone, a fact stands once; again is no error and changes nothing. (An entry
//!   that was refused for another's set, or by a predecessor's word, gives way to the same entry when its pads come.) A
//!   decision, and a generation of a key, are refused a second time.
//! - **Erasure.** Pads and keys' seeds are sealed a second time, under keys of segments that live in a file of their
//!   own. To erase, the neighbours are sealed anew under a new key, committed, and then the file is replaced by one
//!   without the old key. Before the commit the file has both keys; a start drops those that no row uses. So old
//!   database pages, and backups of the database alone, open nothing of what was erased. (An old copy of the key
//!   file with the trustee's own key file would: keep none.)
//! - **After an error** of a disk the change may have been made or not: the store answers nothing more until it is
//!   opened again.
//! - **What is not provided.** Both places put back together as they were, key files included, look like any other
//!   state; the release log's heads at desks, and other witnesses, show that.

mod apply;
mod backup;
mod erase;
mod error;
mod faults;
mod open;
mod place;
mod read;
mod restored;
mod rows;
mod schema;
mod segments;

use std::path::PathBuf;

use counterseal_seal::{SegmentKeys, StoreRoot};
use rand_core::{CryptoRng, Rng};
use rusqlite::Connection;

pub(crate) use apply::number;
use apply::{Sealed, apply};
pub use erase::Erasure;
pub use error::StoreError;
pub use faults::{Faults, NoFaults, Step};
pub use open::Opened;
use place::Place;
pub use read::{KeptFact, KeptNotice, KeptRelease, ReleaseHead};
pub use restored::{RestoreCheck, Restored};
pub use rows::{
    Batch, CachedResponse, Cut, EntryRow, Fact, KeptKey, KeptSplit, MirrorStep, NewMail, NewNotice, NewPad,
    NewSeed, PartRef, QuotaUse, Release, SeedRef, Tombstone,
};
use segments::Current;

/// Why an entry was refused in whose set this trustee is not: it may come to answer for a place of it later.
pub(crate) const NOT_IN_THE_SET: &str = "trustee-not-in-the-set";
/// Why an entry was refused that this trustee's predecessor says it refused: helpers may know better.
pub(crate) const REFUSED_BEFORE: &str = "refused-by-predecessor";

/// Where randomness comes from.
pub type Randomness = Box<dyn CryptoRng + Send>;

/// The two places, and how much they may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The folder that is worked with.
    pub first: PathBuf,
    /// A folder on another disk.
    pub second: PathBuf,
    /// Most bytes of the database in each.
    pub most_bytes: Option<u64>,
}

/// What the store is opened with: the root of its keys, randomness, and in tests a disk that fails.
pub struct Hands {
    /// From the trustee's key file.
    pub root: StoreRoot,
    /// Randomness.
    pub rng: Randomness,
    /// The disk.
    pub faults: Box<dyn Faults>,
}

/// An open store. One process has it at a time.
pub struct Store {
    first: Place,
    second: Place,
    /// Number of the last commit.
    commit: u64,
    keys: SegmentKeys,
    current: Current,
    restored: Option<Restored>,
    hands: Hands,
    poisoned: bool,
}

impl Store {
    /// Writes a batch: all of it or nothing. The number of the commit.
    ///
    /// # Errors
    /// `OutOfOrder` or `Erased`, and nothing is changed; or what the disks say, and the store has to be opened again.
    pub fn commit(&mut self, batch: &Batch) -> Result<u64, StoreError> {
        self.usable()?;
        if let Some(restored) = self.restored.as_ref().filter(|_| !batch.releases.is_empty()) {
            return Err(restored.refusal());
        }
        let sealed = self.seal_new(batch)?;
        self.write(batch, &sealed)
    }

    /// Whether anything may be released or cosigned.
    ///
    /// # Errors
    /// `Restored`, with what is missing; `Poisoned`.
    pub fn may_release(&self) -> Result<(), StoreError> {
        self.usable()?;
        self.restored.as_ref().map_or(Ok(()), |restored| Err(restored.refusal()))
    }

    /// Number of the last commit, from the store's making.
    #[must_use]
    pub const fn last_commit(&self) -> u64 {
        self.commit
    }

    /// Runs `work` on the first place for reading, and gives its answer only if every page was authentic.
    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.usable()?;
        let answer = work(&self.first.db);
        self.first.every_page_was_authentic()?;
        answer
    }

    fn usable(&self) -> Result<(), StoreError> {
        if self.poisoned { Err(StoreError::Poisoned) } else { Ok(()) }
    }

    /// Both places' transactions are laid out before either is committed.
    fn write(&mut self, batch: &Batch, sealed: &Sealed) -> Result<u64, StoreError> {
        let mut id = [0; 16];
        self.hands.rng.fill_bytes(&mut id);
        let number = self.commit.saturating_add(1);
        self.poisoned = true;
        let laid_out = [&self.second, &self.first]
            .into_iter()
            .try_for_each(|place| lay_out(place, batch, sealed, (number, id)));
        if let Err(error) = laid_out {
            let undone = [&self.second, &self.first].into_iter().try_for_each(undo);
            self.poisoned = undone.is_err();
            return Err(error);
        }
        let doing = "write to the trustee's store";
        for (place, step) in [(&self.second, Step::SecondCommit), (&self.first, Step::FirstCommit)] {
            self.hands.faults.enter(step).map_err(StoreError::io(doing))?;
            place.db.execute_batch("COMMIT").map_err(StoreError::sql(doing))?;
            self.hands.faults.leave(step).map_err(StoreError::io(doing))?;
        }
        self.commit = number;
        self.poisoned = false;
        Ok(number)
    }
}

fn lay_out(place: &Place, batch: &Batch, sealed: &Sealed, head: (u64, [u8; 16])) -> Result<(), StoreError> {
    place.db.execute_batch("BEGIN IMMEDIATE").map_err(StoreError::sql("begin a transaction"))?;
    apply(&place.db, batch, sealed)?;
    place.db.execute("UPDATE meta SET number = ?1, id = ?2", (head.0.cast_signed(), head.1))?;
    place.every_page_was_authentic()
}

fn undo(place: &Place) -> Result<(), StoreError> {
    match place.db.is_autocommit() {
        true => Ok(()),
        false => place.db.execute_batch("ROLLBACK").map_err(StoreError::sql("undo a transaction")),
    }
}
