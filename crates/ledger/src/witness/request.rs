//! The body of an `add-checkpoint` request (tlog-witness, "add-checkpoint").

use std::fmt;

use crate::merkle::ConsistencyProof;
use crate::note::{MAX_NOTE, SignedCheckpoint};
use crate::text::{Malformed, parse_decimal, parse_hash};

/// The most bytes in a request: those of a checkpoint, and 4 KiB for the 63 lines of a proof.
pub const MAX_REQUEST: usize = MAX_NOTE + 4096;

/// Asks a witness to cosign a checkpoint.
///
/// ```text
/// old <size>
/// <base64 hash>, up to 63 lines
///
/// <checkpoint>
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the proof starts from: the one the witness cosigned last, or 0.
    pub old_size: u64,
    /// That the checkpoint continues it.
    pub proof: ConsistencyProof,
    /// The checkpoint, with the log's signature.
    pub checkpoint: SignedCheckpoint,
}

impl AddCheckpoint {
    /// Reads a request's body.
    ///
    /// # Errors
    /// When it is not of the form above. Its status is 400.
    pub fn parse(body: &[u8]) -> Result<Self, Malformed> {
        let wrong = |why| Malformed { what: "request to add a checkpoint", why };
        if body.len() > MAX_REQUEST {
            return Err(wrong("it has more than 260 KiB"));
        }
        let at = body.windows(2).position(|pair| pair == b"\n\n");
        let at = at.ok_or_else(|| wrong("no empty line before the checkpoint"))?;
        let (head, rest) = body.split_at_checked(at).unwrap_or_default();
        let head = str::from_utf8(head).map_err(|_| wrong("it is not UTF-8"))?;
        let mut lines = head.split('\n');
        let old_size = lines.next().and_then(|line| line.strip_prefix("old ")).and_then(parse_decimal);
        let old_size = old_size.ok_or_else(|| wrong("the first line is not the old size"))?;
        let hashes: Option<Vec<_>> = lines.map(parse_hash).collect();
        let hashes = hashes.ok_or_else(|| wrong("a line of the proof is not a hash in base64"))?;
        let proof =
            ConsistencyProof::from_hashes(hashes).map_err(|_| wrong("the proof has more than 63 lines"))?;
        let checkpoint = SignedCheckpoint::parse(rest.get(2..).unwrap_or_default())?;
        Ok(Self { old_size, proof, checkpoint })
    }
}

/// The body as it travels.
impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old_size)?;
        self.proof.hashes().iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}
