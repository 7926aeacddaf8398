//! Acts of the governors about the hub and its two logs (PROTOCOL sections 2 and 9).

use counterseal_model::body;
use counterseal_model::cbor::{BodyError, Reader, Value, Writer};

use crate::bytes::Bytes;

/// How far a log reached: the array [size, root].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LogEnd {
    /// How many leaves.
    pub size: u64,
    /// The Merkle root over them (RFC 6962).
    pub root: [u8; 32],
}

impl LogEnd {
    /// The log without leaves, whose root is the SHA-256 of nothing.
    pub const EMPTY: Self = Self {
        size: 0,
        root: [
            0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
            0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
        ],
    };
}

impl Value for LogEnd {
    fn write(&self, w: &mut Writer) {
        w.array(2).uint(self.size).bytes(&self.root);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "a log's size and root")?;
        Ok(Self { size: r.uint()?, root: r.fixed("a root of 32 bytes")? })
    }
}

body! {
    /// Names the hub, or other certificates of it. Where it is reached is not the register's: that
    /// would name a place.
    pub struct SetHub {
        /// The generation of the hub: 1 for the first; later the present one.
        1 generation: u64,
        /// The Ed25519 key of the statement log. Fixed for the generation.
        2 statements_key: Bytes<32>,
        /// The Ed25519 key of the journal log. Fixed for the generation.
        3 journal_key: Bytes<32>,
        /// SHA-256 of the SubjectPublicKeyInfo of each certificate that the hub may show, in
        /// ascending order: usually the one in use and one in reserve.
        4 pins: Vec<Bytes<32>>,
    }
}

body! {
    /// Puts another hub in the place of the present one, which is refused from then on.
    pub struct SucceedHub {
        /// The new generation: the present one and 1.
        1 generation: u64,
        /// How much of the outgoing statement log counts. The new one goes on from there, and this
        /// statement is the first leaf that it adds.
        2 statements: LogEnd,
        /// How much of the outgoing journal log counts. The new one goes on from there.
        3 journal: LogEnd,
        /// The Ed25519 key of the new statement log.
        4 statements_key: Bytes<32>,
        /// The Ed25519 key of the new journal log.
        5 journal_key: Bytes<32>,
        /// As in `SetHub`.
        6 pins: Vec<Bytes<32>>,
    }
}
