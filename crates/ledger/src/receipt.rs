//! Receipts: a proof that can be checked without a network that an entry stands in a log (C2SP
//! tlog-proof).

use std::fmt;

use crate::merkle::{Hash, InclusionProof, ProofRefusal};
use crate::note::{MAX_NOTE, SignedCheckpoint};
use crate::policy::{CosignedCheckpoint, Policy, PolicyRefusal};
use crate::text::{Malformed, base64, parse_base64, parse_decimal, parse_hash};

/// The first line.
const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// The most bytes in a receipt: those of a checkpoint, and as many for all that stands before it.
pub const MAX_RECEIPT: usize = 2 * MAX_NOTE;

/// A receipt that nobody has checked yet.
///
/// ```text
/// c2sp.org/tlog-proof@v1
/// extra <base64>, or no such line
/// index <decimal>
/// <base64 hash>, up to 63 lines
///
/// <checkpoint>
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Whatever came with it. Nothing in the receipt vouches for it.
    pub extra: Option<Vec<u8>>,
    /// The entry's index.
    pub index: u64,
    /// That it stands in the checkpoint's tree.
    pub proof: InclusionProof,
    /// The checkpoint, with its cosignatures.
    pub checkpoint: SignedCheckpoint,
}

/// Why a receipt shows nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptRefusal {
    /// The checkpoint does not count.
    #[error(transparent)]
    Policy(#[from] PolicyRefusal),
    /// The entry does not stand in it.
    #[error("the entry is not shown to be in the log: {0}")]
    Proof(#[from] ProofRefusal),
}

impl Receipt {
    /// Reads a receipt.
    ///
    /// # Errors
    /// When it is not of the form above.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let wrong = |why| Malformed { what: "proof of logging", why };
        if bytes.len() > MAX_RECEIPT {
            return Err(wrong("it has more than 512 KiB"));
        }
        let text = str::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8"))?;
        let parts = text.split_once("\n\n");
        let (head, checkpoint) = parts.ok_or_else(|| wrong("no empty line before the checkpoint"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(wrong("its first line is not that of a proof of logging"));
        }
        let extra = lines.next_if(|line| line.starts_with("extra "));
        let extra = extra
            .and_then(|line| line.strip_prefix("extra "))
            .map(|extra| parse_base64(extra).ok_or_else(|| wrong("the extra data is not canonical base64")));
        let index = lines.next().and_then(|line| line.strip_prefix("index ")).and_then(parse_decimal);
        let index = index.ok_or_else(|| wrong("it has no canonical index"))?;
        let hashes: Option<Vec<_>> = lines.map(parse_hash).collect();
        let hashes = hashes.ok_or_else(|| wrong("a line is not a hash in base64"))?;
        let proof = InclusionProof::from_hashes(hashes).map_err(|_| wrong("it has more than 63 hashes"))?;
        let checkpoint = SignedCheckpoint::parse(checkpoint.as_bytes())?;
        Ok(Self { extra: extra.transpose()?, index, proof, checkpoint })
    }

    /// Checks that `entry` stands in a log that the policy knows, as a quorum of its witnesses has
    /// seen it.
    ///
    /// # Errors
    /// When it is not shown.
    pub fn verify(self, entry: &[u8], policy: &Policy) -> Result<VerifiedReceipt, ReceiptRefusal> {
        self.verify_leaf(&Hash::leaf(entry), policy)
    }

    /// The same for an entry of which only the leaf hash is at hand.
    ///
    /// # Errors
    /// When it is not shown.
    pub fn verify_leaf(self, leaf: &Hash, policy: &Policy) -> Result<VerifiedReceipt, ReceiptRefusal> {
        let checkpoint = policy.evaluate(self.checkpoint)?;
        self.proof.verify(self.index, leaf, &checkpoint.checkpoint().head())?;
        Ok(VerifiedReceipt { index: self.index, checkpoint })
    }
}

/// The receipt as it travels.
impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", base64(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.proof.hashes().iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

/// What a receipt has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedReceipt {
    index: u64,
    checkpoint: CosignedCheckpoint,
}

impl VerifiedReceipt {
    /// Where the entry stands.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// The checkpoint it stands in, and who cosigned it when.
    #[must_use]
    pub const fn checkpoint(&self) -> &CosignedCheckpoint {
        &self.checkpoint
    }
}
