//! A journal's chain: each entry names the one before it.

use counterseal_model::{DeviceId, EntryId, JournalId};
use thiserror::Error;

use super::verified::VerifiedHeader;
use crate::codes::codes;

/// Two entries of one device with one journal and one position: proof that the device, or a copy
/// of it, wrote twice. Kept and shown; it suspends the device (PROTOCOL section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Equivocation {
    /// The device.
    pub device: DeviceId,
    /// The journal.
    pub journal: JournalId,
    /// The position both claim.
    pub seq: u64,
    /// The entry that was held first.
    pub held: EntryId,
    /// The other.
    pub other: EntryId,
}

impl Equivocation {
    /// What two verified headers prove, if they prove it.
    #[must_use]
    pub fn of(held: &VerifiedHeader, other: &VerifiedHeader) -> Option<Self> {
        let (a, b) = (held.header(), other.header());
        let same_place = (a.device, a.journal, a.seq) == (b.device, b.journal, b.seq);
        (same_place && held.id() != other.id()).then(|| Self {
            device: a.device,
            journal: a.journal,
            seq: a.seq,
            held: held.id(),
            other: other.id(),
        })
    }
}

/// Why a header does not continue a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ChainRefusal {
    /// Of another device or journal.
    #[error("entry {entry} belongs to another journal")]
    OtherJournal {
        /// The entry.
        entry: EntryId,
    },
    /// Entries before it are missing.
    #[error("entries {from} to {to} of the journal are missing; fetch them first")]
    Gap {
        /// First missing position.
        from: u64,
        /// Last missing position.
        to: u64,
    },
    /// Two entries in one place.
    #[error("device {} signed two entries {} of one journal; both are kept as evidence", .0.device, .0.seq)]
    Equivocation(Equivocation),
    /// It names a predecessor that is not the one held: an unseen entry stands in that one's place.
    #[error(
        "entry {seq} follows entry {named}, but entry {held} stands there; one of them is a second history"
    )]
    OtherPredecessor {
        /// Position of the entry that was refused.
        seq: u64,
        /// The predecessor it names.
        named: EntryId,
        /// The predecessor held.
        held: EntryId,
    },
}

codes! { ChainRefusal, "The names of all refusals of a journal's next entry.";
    OtherJournal { .. } => "chain-other-journal";
    Gap { .. } => "chain-gap";
    Equivocation(_) => "chain-equivocation";
    OtherPredecessor { .. } => "chain-other-predecessor";
}

/// Whether an accepted header was new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainStep {
    /// It is the journal's new head.
    Appended,
    /// It was held already.
    Known,
}

/// One journal as far as it is held: an unbroken chain from its first entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalChain {
    device: DeviceId,
    journal: JournalId,
    entries: Vec<EntryId>,
    equivocations: Vec<Equivocation>,
}

impl JournalChain {
    /// A journal of which nothing is held.
    #[must_use]
    pub const fn new(device: DeviceId, journal: JournalId) -> Self {
        Self { device, journal, entries: Vec::new(), equivocations: Vec::new() }
    }

    /// A journal whose entries were accepted before, in order from the first; from one's own store.
    #[must_use]
    pub const fn resume(device: DeviceId, journal: JournalId, entries: Vec<EntryId>) -> Self {
        Self { device, journal, entries, equivocations: Vec::new() }
    }

    /// Accepts the next header of the journal.
    ///
    /// # Errors
    /// When it is not the next, with the reason; an equivocation is also kept.
    pub fn accept(&mut self, entry: &VerifiedHeader) -> Result<ChainStep, ChainRefusal> {
        let header = entry.header();
        if (header.device, header.journal) != (self.device, self.journal) {
            return Err(ChainRefusal::OtherJournal { entry: entry.id() });
        }
        let next = self.entries.len() as u64;
        if header.seq > next {
            return Err(ChainRefusal::Gap { from: next, to: header.seq - 1 });
        }
        if let Some(held) = self.entry(header.seq) {
            return self.meet_again(header.seq, held, entry.id());
        }
        let held = self.head().map_or(super::header::EntryHeader::NO_PREV, |(_, id)| id);
        if header.prev != held {
            return Err(ChainRefusal::OtherPredecessor { seq: header.seq, named: header.prev, held });
        }
        self.entries.push(entry.id());
        Ok(ChainStep::Appended)
    }

    /// The last entry held, with its position.
    #[must_use]
    pub fn head(&self) -> Option<(u64, EntryId)> {
        self.entries.last().map(|id| (self.entries.len() as u64 - 1, *id))
    }

    /// The entry held at a position.
    #[must_use]
    pub fn entry(&self, seq: u64) -> Option<EntryId> {
        usize::try_from(seq).ok().and_then(|seq| self.entries.get(seq)).copied()
    }

    /// Evidence met so far, each pair once.
    #[must_use]
    pub fn equivocations(&self) -> &[Equivocation] {
        &self.equivocations
    }

    fn meet_again(&mut self, seq: u64, held: EntryId, other: EntryId) -> Result<ChainStep, ChainRefusal> {
        if held == other {
            return Ok(ChainStep::Known);
        }
        let evidence = Equivocation { device: self.device, journal: self.journal, seq, held, other };
        if !self.equivocations.contains(&evidence) {
            self.equivocations.push(evidence);
        }
        Err(ChainRefusal::Equivocation(evidence))
    }
}
