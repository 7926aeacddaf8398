//! Checkpoints (tlog-checkpoint): what a log signs. Read, they are claims; verified, the log's word.

use std::fmt;

use super::{KeyName, Note, SignatureLine, SignatureType, VerifierKey};
use crate::merkle::{Hash, TreeHead};
use crate::text::{Malformed, parse_decimal, parse_hash};

/// The origin, size and root that a checkpoint's text says ("Note text"). No extension lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: KeyName,
    head: TreeHead,
}

impl Checkpoint {
    pub(crate) const fn new(origin: KeyName, head: TreeHead) -> Self {
        Self { origin, head }
    }

    /// Reads a checkpoint's text: three lines, each ended by a newline.
    ///
    /// # Errors
    /// When it is not of that form, has extension lines, or gives the empty tree another root than
    /// its own.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let wrong = |why| Malformed { what: "checkpoint", why };
        let lines = text.strip_suffix('\n').ok_or_else(|| wrong("it does not end with a newline"))?;
        let mut lines = lines.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(wrong("it has fewer than three lines"));
        };
        if lines.next().is_some() {
            return Err(wrong("it has extension lines, which no log of ours writes"));
        }
        let size = parse_decimal(size).ok_or_else(|| wrong("the size is not a canonical number"))?;
        let root = parse_hash(root).ok_or_else(|| wrong("the root is not a hash in base64"))?;
        if size == 0 && root != Hash::EMPTY_ROOT {
            return Err(wrong("a tree without leaves has another root"));
        }
        Ok(Self { origin: KeyName::parse(origin)?, head: TreeHead { size, root } })
    }

    /// The log's name.
    #[must_use]
    pub const fn origin(&self) -> &KeyName {
        &self.origin
    }

    /// Size and root.
    #[must_use]
    pub const fn head(&self) -> TreeHead {
        self.head
    }

    /// The text that is signed.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.head.size, self.head.root)
    }
}

/// Why a checkpoint is not the log's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointRefusal {
    /// It is not written as checkpoints are.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Its origin is none of the logs that are known.
    #[error("the log {origin} is not one that is known here")]
    UnknownLog {
        /// The origin it names.
        origin: KeyName,
    },
    /// No known key of the log has signed it.
    #[error("no known key of {origin} has signed the checkpoint")]
    Unsigned {
        /// The log.
        origin: KeyName,
    },
    /// A signature that claims to be by a known key is not.
    #[error("a signature that claims to be by {name} is not; ask for the checkpoint again")]
    BadSignature {
        /// Whose it claims to be.
        name: KeyName,
    },
}

/// A checkpoint with signatures that nobody has checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    note: Note,
    claims: Checkpoint,
}

impl SignedCheckpoint {
    /// Reads a signed note that holds a checkpoint.
    ///
    /// # Errors
    /// When it is not one.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let note = Note::parse(bytes)?;
        let claims = Checkpoint::parse(note.text())?;
        Ok(Self { note, claims })
    }

    /// What it says, whoever says it.
    #[must_use]
    pub const fn claims(&self) -> &Checkpoint {
        &self.claims
    }

    /// The note it came as.
    #[must_use]
    pub const fn note(&self) -> &Note {
        &self.note
    }

    /// Checks that the log signed it, with one of these keys. Keys of other names and of witnesses
    /// are passed over; of a log that changes keys there may be two.
    ///
    /// # Errors
    /// When no key fits the origin, none of its keys signed, or a signature in one's name is false
    /// (signed-note, "Signatures").
    pub fn verify(self, keys: &[VerifierKey]) -> Result<VerifiedCheckpoint, CheckpointRefusal> {
        let origin = self.claims.origin.clone();
        let of_log = |key: &&VerifierKey| {
            *key.name() == origin && key.key().signature_type() == SignatureType::Ed25519
        };
        let known: Vec<_> = keys.iter().filter(of_log).collect();
        if known.is_empty() {
            return Err(CheckpointRefusal::UnknownLog { origin });
        }
        let mut signed = false;
        for line in self.note.signatures() {
            for key in known.iter().filter(|key| key.is_named_by(line)) {
                if !key.verify_note(self.note.text(), &line.signature) {
                    return Err(CheckpointRefusal::BadSignature { name: origin });
                }
                signed = true;
            }
        }
        if signed { Ok(VerifiedCheckpoint(self)) } else { Err(CheckpointRefusal::Unsigned { origin }) }
    }

    /// The times at which `key` cosigned it: none when it did not. A time of 0 states nothing
    /// (tlog-cosignature, "ML-DSA-44 signed message") and is left out.
    ///
    /// # Errors
    /// When a signature in the key's name is false (signed-note, "Signatures").
    pub fn cosigned_at(&self, key: &VerifierKey) -> Result<Vec<u64>, CheckpointRefusal> {
        let mut times = Vec::new();
        for line in self.note.signatures().iter().filter(|line| key.is_named_by(line)) {
            let time = key.verify_cosignature(&self.claims, &line.signature);
            times.push(time.ok_or_else(|| CheckpointRefusal::BadSignature { name: key.name().clone() })?);
        }
        times.retain(|time| *time > 0);
        Ok(times)
    }

    /// Adds signature lines, such as witnesses answer; those that are there already are left out.
    ///
    /// # Errors
    /// When there are too many.
    pub fn add(&mut self, lines: impl IntoIterator<Item = SignatureLine>) -> Result<(), Malformed> {
        self.note.add(lines)
    }
}

/// The note as it travels.
impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.note.fmt(f)
    }
}

/// A checkpoint that its log has signed. There is no way to one but the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedCheckpoint(SignedCheckpoint);

impl VerifiedCheckpoint {
    /// What the log has signed just now.
    pub(crate) fn by_log(checkpoint: Checkpoint, line: SignatureLine) -> Self {
        let note = Note::from_parts(checkpoint.text(), vec![line]);
        Self(SignedCheckpoint { note, claims: checkpoint })
    }

    /// The log's name.
    #[must_use]
    pub const fn origin(&self) -> &KeyName {
        &self.0.claims.origin
    }

    /// Size and root.
    #[must_use]
    pub const fn head(&self) -> TreeHead {
        self.0.claims.head
    }

    /// The checkpoint.
    #[must_use]
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.0.claims
    }

    /// The checkpoint with all its signatures, to be kept, sent or cosigned.
    #[must_use]
    pub const fn signed(&self) -> &SignedCheckpoint {
        &self.0
    }
}

/// The note as it travels.
impl fmt::Display for VerifiedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
