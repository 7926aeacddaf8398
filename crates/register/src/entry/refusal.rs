//! Why an entry is refused.

use counterseal_model::DeviceId;
use counterseal_model::cbor::BodyError;
use thiserror::Error;

use super::guard::MAX_TRUSTEES;
use super::wire::{MAX_CIPHERTEXT, MAX_PARTS};
use crate::codes::codes;
use crate::key::KeyId;
use crate::signature::SignatureRefusal;

/// Why an entry or one of its parts is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EntryRefusal {
    /// Not an entry or a header at all.
    #[error("not an entry: {0}")]
    Malformed(#[from] BodyError),
    /// Another suite than this version knows.
    #[error("the entry is of suite {suite}, which this version does not know; update to read it")]
    UnknownSuite {
        /// The suite named.
        suite: u64,
    },
    /// The signature is missing or wrong.
    #[error(transparent)]
    Signature(#[from] SignatureRefusal),
    /// The header names another device than the one whose keys were given.
    #[error("the entry says it is of device {named}, but was checked with the keys of device {checked}")]
    OtherDevice {
        /// The device named.
        named: DeviceId,
        /// The device whose keys were given.
        checked: DeviceId,
    },
    /// `prev` or `continues` does not fit the position in the journal.
    #[error("entry {seq} of the journal does not name its predecessor as an entry at that place must")]
    BadPredecessor {
        /// Position in the journal.
        seq: u64,
    },
    /// Wraps for trustees, of no set.
    #[error("the entry carries shares for {trustees} trustees but names no trustee set")]
    NoTrusteeSet {
        /// How many trustees.
        trustees: usize,
    },
    /// A guarded part in an open entry.
    #[error("part {index} is guarded, but the entry names no trustee set")]
    GuardedPart {
        /// Which part.
        index: usize,
    },
    /// A trustee set, and no trustees or too many.
    #[error(
        "the entry names a trustee set and carries shares for {trustees} trustees; 1 to {MAX_TRUSTEES} are allowed"
    )]
    TrusteeCount {
        /// How many trustees.
        trustees: usize,
    },
    /// Two wraps to one key.
    #[error("the entry wraps two share secrets to the trustee's key {key}")]
    TrusteeKeyTwice {
        /// The key.
        key: KeyId,
    },
    /// An open part in a guarded entry.
    #[error("part {index} is open, but the entry names a trustee set")]
    OpenPart {
        /// Which part.
        index: usize,
    },
    /// A part with another number of points, or of commitments to pads, than the entry has trustees.
    #[error("part {index} has {points} points and {pads} commitments to pads for {trustees} trustees")]
    PointCount {
        /// Which part.
        index: usize,
        /// How many points.
        points: usize,
        /// How many commitments to pads.
        pads: usize,
        /// How many trustees the entry has.
        trustees: usize,
    },
    /// No parts, too many, or too many bytes.
    #[error(
        "the entry holds {parts} parts of {bytes} bytes; 1 to {MAX_PARTS} parts and {MAX_CIPHERTEXT} bytes are allowed"
    )]
    OutOfLimits {
        /// How many parts.
        parts: usize,
        /// Bytes of ciphertext, tags included.
        bytes: u64,
    },
    /// The entry carries another number of ciphertexts than its header names.
    #[error("the entry carries {carried} ciphertexts but its header names {named}")]
    PartCount {
        /// How many it carries.
        carried: usize,
        /// How many its header names.
        named: usize,
    },
    /// The header has no part with this index.
    #[error("the entry has no part {index}")]
    NoSuchPart {
        /// The index asked for.
        index: usize,
    },
    /// The ciphertext is not the one the header names.
    #[error("part {index} is not the ciphertext that the entry's author signed; fetch the entry again")]
    OtherCiphertext {
        /// Which part.
        index: usize,
    },
}

codes! { EntryRefusal and Signature, "The names of all refusals that are an entry's own; `SignatureRefusal` has the others.";
    Malformed(_) => "entry-malformed";
    UnknownSuite { .. } => "entry-suite-unknown";
    OtherDevice { .. } => "entry-other-device";
    BadPredecessor { .. } => "entry-predecessor-bad";
    NoTrusteeSet { .. } => "entry-trustee-set-missing";
    GuardedPart { .. } => "entry-part-guarded";
    TrusteeCount { .. } => "entry-trustee-count";
    TrusteeKeyTwice { .. } => "entry-trustee-key-twice";
    OpenPart { .. } => "entry-part-open";
    PointCount { .. } => "entry-point-count";
    OutOfLimits { .. } => "entry-out-of-limits";
    PartCount { .. } => "entry-part-count";
    NoSuchPart { .. } => "entry-no-such-part";
    OtherCiphertext { .. } => "entry-other-ciphertext";
}
