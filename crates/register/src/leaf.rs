//! What stands in the two logs. How leaves are hashed and proved is the ledger's.
//!
//! ```text
//! statement log: the envelope; if longer than 65,535 bytes  00 || SHA-256(envelope)
//!                a time mark                                01 || CBOR [statement note, ? journal note]
//! journal log:   version = 1 | type | count u32 | SHA-256(L("leaf/<type>") || salt (32) || body)      38 bytes
//! ```

use std::borrow::Cow;

use counterseal_model::cbor::{BodyError, Reader, Writer, check_canonical};
use counterseal_model::{EntryId, StatementId, enumeration};
use thiserror::Error;

use crate::codes::codes;
use crate::entry::{MAX_PARTS, VerifiedHeader};
use crate::hash::sha256;
use crate::label::Label;

/// Most bytes of a leaf in a tile's entry bundle, whose lengths are of 16 bits (tlog-tiles).
const MAX_WHOLE: usize = 0xffff;
/// First byte of a leaf that stands for a statement by its id. An envelope begins with 0x82.
const BY_ID: u8 = 0;

/// The leaf of a statement: its envelope, or where that is too long for a leaf its id after a zero
/// byte. A leaf belongs to an envelope if and only if it equals this.
#[must_use]
pub fn statement_leaf(envelope: &[u8]) -> Cow<'_, [u8]> {
    if envelope.len() <= MAX_WHOLE {
        return Cow::Borrowed(envelope);
    }
    let mut leaf = vec![BY_ID];
    leaf.extend(sha256(&[envelope]));
    Cow::Owned(leaf)
}

/// The statement that a leaf names without holding it: its envelope must be fetched beside the log.
#[must_use]
pub fn statement_named_by(leaf: &[u8]) -> Option<StatementId> {
    match leaf.split_first() {
        Some((&BY_ID, id)) => StatementId::from_slice(id),
        _ => None,
    }
}

/// First byte of a time mark. An envelope begins with 0x82.
const MARK: u8 = 1;

/// A time mark: cosigned checkpoints, put into the statement log itself, so that whoever has the log gives
/// statements and entries one and the same time.
///
/// Each statement before the leaf `statements` covers, and not covered by an earlier mark, stands since the
/// median time of that note's cosignatures. Each entry whose leaf `journal` covers, and no earlier mark
/// does, was logged before the statements that follow the mark, at the median time of that note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeMark {
    /// A note of the statement log, with a quorum's cosignatures; it covers less than the mark's index.
    pub statements: Vec<u8>,
    /// A note of the journal log, if that has grown since the mark before.
    pub journal: Option<Vec<u8>>,
}

impl TimeMark {
    /// Reads a leaf of the statement log; `None` when it is no time mark.
    ///
    /// # Errors
    /// When it begins as a time mark and is not one.
    pub fn parse(leaf: &[u8]) -> Option<Result<Self, BodyError>> {
        Some(Self::read(leaf.strip_prefix(&[MARK])?))
    }

    fn read(body: &[u8]) -> Result<Self, BodyError> {
        check_canonical(body)?;
        let mut r = Reader::strict(body);
        let offset = r.offset();
        let notes = r.array()?;
        let statements = r.bytes()?.to_vec();
        let journal = match notes {
            1 => None,
            2 => Some(r.bytes()?.to_vec()),
            _ => return Err(r.out_of_range(offset, "the one or two notes of a time mark")),
        };
        Ok(Self { statements, journal })
    }

    /// Its leaf.
    #[must_use]
    pub fn to_leaf(&self) -> Vec<u8> {
        let mut w = Writer::new();
        w.array(1 + usize::from(self.journal.is_some())).bytes(&self.statements);
        if let Some(note) = &self.journal {
            w.bytes(note);
        }
        [&[MARK], w.into_bytes().as_slice()].concat()
    }
}

/// What a leaf of the journal log commits to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeafType {
    /// An entry.
    Entry,
    /// An opening of parts.
    Opening,
    /// An export.
    Export,
    /// An erasure.
    Erasure,
    /// A fact that trustees are told.
    Fact,
    /// A desk's readings of what it had opened ahead, when it is back.
    Readings,
}

enumeration!(LeafType, "a leaf's type of 1 to 6", {
    1 => Entry, "entry"; 2 => Opening, "opening"; 3 => Export, "export"; 4 => Erasure, "erasure"; 5 => Fact, "fact";
    6 => Readings, "readings";
});

impl LeafType {
    /// The label of its commitment.
    #[must_use]
    pub const fn label(self) -> Label {
        match self {
            Self::Entry => Label::LEAF_ENTRY,
            Self::Opening => Label::LEAF_OPENING,
            Self::Export => Label::LEAF_EXPORT,
            Self::Erasure => Label::LEAF_ERASURE,
            Self::Fact => Label::LEAF_FACT,
            Self::Readings => Label::LEAF_READINGS,
        }
    }
}

/// Why bytes are not a leaf of the journal log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LeafRefusal {
    /// Another length.
    #[error("a leaf of the journal log has {} bytes, this one {bytes}", JournalLeaf::LEN)]
    BadLength {
        /// How many there are.
        bytes: usize,
    },
    /// Another version.
    #[error("the leaf is of version {version}, which this version does not know; update to read it")]
    UnknownVersion {
        /// The version named.
        version: u8,
    },
    /// Another type.
    #[error("the leaf is of type {number}, which this version does not know; update to read it")]
    UnknownType {
        /// The type named.
        number: u8,
    },
    /// None, or more than an entry can have.
    #[error("the leaf counts {count} parts, which is none or more than there can be")]
    BadCount {
        /// How many it counts.
        count: u32,
    },
}

codes! { LeafRefusal, "The names of all refusals of leaves.";
    BadLength { .. } => "leaf-length-bad";
    UnknownVersion { .. } => "leaf-version-unknown";
    UnknownType { .. } => "leaf-type-unknown";
    BadCount { .. } => "leaf-count-bad";
}

/// A leaf of the journal log: type and count in clear, the rest a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JournalLeaf {
    kind: LeafType,
    count: u32,
    commitment: [u8; 32],
}

impl JournalLeaf {
    /// Bytes of a leaf.
    pub const LEN: usize = 38;
    /// The one version.
    pub const VERSION: u8 = 1;

    /// A leaf that commits to `body`, which counts as `count` parts.
    ///
    /// # Errors
    /// `BadCount`.
    pub fn new(kind: LeafType, count: u32, salt: &[u8; 32], body: &[u8]) -> Result<Self, LeafRefusal> {
        let commitment = sha256(&[kind.label().bytes(), salt, body]);
        Self { kind, count, commitment }.checked()
    }

    /// The leaf of an entry: its header's salt, its id, and the number of its parts.
    ///
    /// # Errors
    /// `BadCount`.
    pub fn entry(salt: &[u8; 32], entry: EntryId, parts: u32) -> Result<Self, LeafRefusal> {
        Self::new(LeafType::Entry, parts, salt, entry.as_bytes())
    }

    /// The leaf of a verified entry.
    #[must_use]
    pub fn of(entry: &VerifiedHeader) -> Self {
        let header = entry.header();
        let kind = LeafType::Entry;
        let commitment = sha256(&[kind.label().bytes(), &header.salt.0, entry.id().as_bytes()]);
        // A verified header has 1 to 4096 parts.
        Self { kind, count: u32::try_from(header.parts.len()).unwrap_or(u32::MAX), commitment }
    }

    /// A leaf with a commitment that was worked out elsewhere: an opening's, whose items are salted one by one.
    ///
    /// # Errors
    /// `BadCount`.
    pub fn committing(kind: LeafType, count: u32, commitment: [u8; 32]) -> Result<Self, LeafRefusal> {
        Self { kind, count, commitment }.checked()
    }

    fn checked(self) -> Result<Self, LeafRefusal> {
        let too_many = self.kind == LeafType::Entry && self.count as usize > MAX_PARTS;
        if self.count == 0 || too_many {
            return Err(LeafRefusal::BadCount { count: self.count });
        }
        Ok(self)
    }

    /// Reads a leaf.
    ///
    /// # Errors
    /// When it is not exactly one leaf of this version.
    pub fn parse(bytes: &[u8]) -> Result<Self, LeafRefusal> {
        let bad = LeafRefusal::BadLength { bytes: bytes.len() };
        let (&version, rest) = bytes.split_first().ok_or(bad)?;
        let (&number, rest) = rest.split_first().ok_or(bad)?;
        let (count, commitment) = rest.split_first_chunk().ok_or(bad)?;
        let commitment = <[u8; 32]>::try_from(commitment).map_err(|_| bad)?;
        if version != Self::VERSION {
            return Err(LeafRefusal::UnknownVersion { version });
        }
        let kind = LeafType::from_code(number.into()).ok_or(LeafRefusal::UnknownType { number })?;
        Self { kind, count: u32::from_be_bytes(*count), commitment }.checked()
    }

    /// Its bytes in the log.
    #[must_use]
    pub fn to_bytes(self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        let head = [Self::VERSION, self.kind.code()];
        let pieces = head.into_iter().chain(self.count.to_be_bytes()).chain(self.commitment);
        bytes.iter_mut().zip(pieces).for_each(|(to, from)| *to = from);
        bytes
    }

    /// What it commits to.
    #[must_use]
    pub const fn kind(&self) -> LeafType {
        self.kind
    }

    /// How many parts.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// SHA-256 of label, salt and body.
    #[must_use]
    pub const fn commitment(&self) -> &[u8; 32] {
        &self.commitment
    }
}
