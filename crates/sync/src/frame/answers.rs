//! Pieces of large entries, answers to pushes, and the words that end or keep a session.

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{EntryId, StatementId, body};
use counterseal_register::Bytes;

use crate::bounded::{Code, Data, List};
use crate::limits::{FRAME_TARGET, MAX_CODE, MAX_UNANSWERED};
use crate::ranges::RangeSet;

/// Bytes of a piece of a large entry.
pub const MAX_PIECE: usize = FRAME_TARGET;

body! {
    /// A piece of a large entry, from the hub. The pieces together are the entry in its plain form.
    pub struct EntryPart {
        /// Its leaf index.
        1 leaf: u64,
        /// Where the piece begins.
        2 offset: u64,
        /// Bytes of the whole.
        3 total: u64,
        /// The piece.
        4 bytes: Data<MAX_PIECE>,
    }
}

impl EntryPart {
    /// One piece.
    #[must_use]
    pub fn new(leaf: u64, offset: u64, total: u64, bytes: Data<MAX_PIECE>) -> Self {
        Self { leaf, offset, total, bytes, extra: Default::default() }
    }
}

body! {
    /// A piece of a large entry, from the desk.
    pub struct PushPart {
        /// The entry's id.
        1 entry: EntryId,
        /// Where the piece begins.
        2 offset: u64,
        /// Bytes of the whole.
        3 total: u64,
        /// The piece.
        4 bytes: Data<MAX_PIECE>,
    }
}

impl PushPart {
    /// One piece.
    #[must_use]
    pub fn new(entry: EntryId, offset: u64, total: u64, bytes: Data<MAX_PIECE>) -> Self {
        Self { entry, offset, total, bytes, extra: Default::default() }
    }
}

/// What a desk pushed. The array [0 for a statement or 1 for an entry, id].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pushed {
    /// A statement.
    Statement(StatementId),
    /// An entry.
    Entry(EntryId),
}

impl Value for Pushed {
    fn write(&self, w: &mut Writer) {
        match self {
            Self::Statement(id) => id.write(w.array(2).uint(0)),
            Self::Entry(id) => id.write(w.array(2).uint(1)),
        }
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "a kind and an id")?;
        let offset = r.offset();
        match r.uint()? {
            0 => StatementId::read(r).map(Self::Statement),
            1 => EntryId::read(r).map(Self::Entry),
            _ => Err(r.out_of_range(offset, "0 for a statement or 1 for an entry")),
        }
    }
}

/// What the hub has made durable, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acceptance {
    /// What was accepted.
    pub what: Pushed,
    /// Index of its leaf in its log.
    pub index: u64,
}

/// Pushes of a session that follow one another and stand in their log so: the array [number of the first, count,
/// leaf index of the first]. Pushes are numbered from 0, as they come to their end in the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AcceptedRun {
    /// Number of the first push.
    pub first: u64,
    /// How many; never 0.
    pub count: u64,
    /// Index of the first one's leaf.
    pub index: u64,
}

impl Value for AcceptedRun {
    fn write(&self, w: &mut Writer) {
        w.array(3).uint(self.first).uint(self.count).uint(self.index);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(3, "the first push, how many, and the first leaf's index")?;
        let first = r.uint()?;
        let offset = r.offset();
        let (count, index) = (r.uint()?, r.uint()?);
        let ends = |from: u64| from.checked_add(count).is_some();
        if count == 0 || !ends(first) || !ends(index) {
            return Err(r.out_of_range(offset, "at least one push, and no more than can be numbered"));
        }
        Ok(Self { first, count, index })
    }
}

body! {
    /// The hub has made these durable, with these indices. What is accepted is never lost.
    pub struct Accepted {
        /// Which, and where.
        1 accepted: List<AcceptedRun, MAX_UNANSWERED>,
    }
}

impl Accepted {
    /// Acceptances.
    #[must_use]
    pub fn new(accepted: List<AcceptedRun, MAX_UNANSWERED>) -> Self {
        Self { accepted, extra: Default::default() }
    }
}

body! {
    /// The hub does not take one of what was pushed.
    pub struct Refused {
        /// What.
        1 what: Pushed,
        /// Why; a name for message catalogues.
        2 code: Code,
        /// What the code says goes with it; never text.
        3 detail: Option<Data<MAX_CODE>>,
    }
}

impl Refused {
    /// A refusal.
    #[must_use]
    pub fn new(what: Pushed, code: Code, detail: Option<Data<MAX_CODE>>) -> Self {
        Self { what, code, detail, extra: Default::default() }
    }
}

body! {
    /// From the hub: all that was asked for below the announced size was sent, but for what is left. From
    /// the desk: nothing more will be pushed.
    pub struct Done {
        /// Leaf indices of entries that were asked for and not sent.
        1 left: RangeSet,
        /// How many they are.
        2 entries: Option<u64>,
        /// Their bytes in plain form.
        3 bytes: Option<u64>,
    }
}

impl Done {
    /// With nothing left.
    #[must_use]
    pub fn all() -> Self {
        Self { left: RangeSet::new(), entries: None, bytes: None, extra: Default::default() }
    }
}

body! {
    /// Keeps a session alive (Ping), and its echo (Pong).
    pub struct Beat {
        /// Any bytes of the sender's.
        1 mark: Bytes<8>,
    }
}

impl Beat {
    /// With this mark.
    #[must_use]
    pub fn new(mark: [u8; 8]) -> Self {
        Self { mark: Bytes(mark), extra: Default::default() }
    }
}

body! {
    /// Why the sender ends the session.
    pub struct Ended {
        /// A name for message catalogues.
        1 code: Code,
        /// What the code says goes with it; never text.
        2 detail: Option<Data<MAX_CODE>>,
    }
}

impl Ended {
    /// For this reason.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { code, detail: None, extra: Default::default() }
    }
}
