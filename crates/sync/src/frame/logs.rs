//! Statements and leaves of the two logs.

use counterseal_model::body;
use counterseal_model::cbor::{BodyError, Reader, Value, Writer};

use crate::bounded::{Data, List, read_count};
use crate::limits::{LEAF_LEN, MAX_BODY, MAX_LEAVES, MAX_STATEMENTS};

/// A statement's envelope, as received.
pub type Envelope = Data<MAX_BODY>;

body! {
    /// Statements in the order of the log, or without a place in it (in pouches).
    pub struct Statements {
        /// Index of the first; left out when they have none that the sender knows.
        1 from: Option<u64>,
        /// The envelopes.
        2 envelopes: List<Envelope, MAX_STATEMENTS>,
    }
}

impl Statements {
    /// Statements of the log from an index on, or such as have no place in it yet.
    #[must_use]
    pub fn new(from: Option<u64>, envelopes: List<Envelope, MAX_STATEMENTS>) -> Self {
        Self { from, envelopes, extra: Default::default() }
    }
}

/// A leaf of the journal log, as it is hashed. What it says is register's to read.
pub type LeafBytes = [u8; LEAF_LEN];

/// Bytes of a leaf before its commitment: version, type, count. Mostly the same from leaf to leaf.
const KIND_LEN: usize = 6;

/// Leaves of the journal log from an index on.
///
/// ```text
/// Leaves = [ from: uint, [ + (run: uint, version ‖ type ‖ count: bstr .size 6) ], commitments: bstr ]
/// ```
///
/// Neighbouring leaves of one version, type and count share a run; the commitments (32 bytes each) stand
/// one after the other. Two neighbouring runs of one kind, or an empty one, are refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaves {
    from: u64,
    leaves: Vec<LeafBytes>,
}

impl Leaves {
    /// The leaves from an index on; `None` when there are none, or too many for one frame.
    #[must_use]
    pub fn new(from: u64, leaves: Vec<LeafBytes>) -> Option<Self> {
        let fits =
            (1..=MAX_LEAVES).contains(&leaves.len()) && from.checked_add(leaves.len() as u64).is_some();
        fits.then_some(Self { from, leaves })
    }

    /// Index of the first.
    #[must_use]
    pub fn from(&self) -> u64 {
        self.from
    }

    /// The leaves.
    #[must_use]
    pub fn leaves(&self) -> &[LeafBytes] {
        &self.leaves
    }

    /// Index after the last.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.from + self.leaves.len() as u64
    }
}

fn kind(leaf: &LeafBytes) -> &[u8] {
    leaf.get(..KIND_LEN).unwrap_or(&[])
}

impl Value for Leaves {
    fn write(&self, w: &mut Writer) {
        let runs: Vec<&[LeafBytes]> = self.leaves.chunk_by(|a, b| kind(a) == kind(b)).collect();
        w.array(3).uint(self.from).array(runs.len() * 2);
        for run in &runs {
            w.uint(run.len() as u64).bytes(run.first().map_or(&[], kind));
        }
        let commitments: Vec<&[u8]> =
            self.leaves.iter().map(|leaf| leaf.get(KIND_LEN..).unwrap_or(&[])).collect();
        w.bytes(&commitments.concat());
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        let expected = "1 to 65536 leaves, in runs that differ, with as many commitments";
        r.array_of(3, expected)?;
        let from = r.uint()?;
        let mut runs: Vec<(usize, [u8; KIND_LEN])> = Vec::new();
        let mut total = 0usize;
        let items = read_count(r, MAX_LEAVES * 2, expected)?;
        for _ in 0..items / 2 {
            let run = usize::try_from(r.uint()?).unwrap_or(usize::MAX);
            let kind = r.fixed("the first six bytes of a leaf")?;
            total = total.saturating_add(run);
            if run == 0 || total > MAX_LEAVES || runs.last().is_some_and(|(_, last)| *last == kind) {
                return Err(r.out_of_range(offset, expected));
            }
            runs.push((run, kind));
        }
        if items % 2 == 1 {
            return Err(r.out_of_range(offset, expected));
        }
        let commitments = r.bytes()?;
        if commitments.len() != total * (LEAF_LEN - KIND_LEN) {
            return Err(r.out_of_range(offset, expected));
        }
        let kinds = runs.iter().flat_map(|(run, kind)| std::iter::repeat_n(kind, *run));
        let leaves = kinds.zip(commitments.chunks_exact(LEAF_LEN - KIND_LEN));
        let leaves = leaves.map(|(kind, commitment)| join(kind, commitment)).collect();
        Self::new(from, leaves).ok_or_else(|| r.out_of_range(offset, expected))
    }
}

fn join(kind: &[u8; KIND_LEN], commitment: &[u8]) -> LeafBytes {
    let mut leaf = [0; LEAF_LEN];
    leaf.iter_mut().zip(kind.iter().chain(commitment)).for_each(|(to, from)| *to = *from);
    leaf
}
