//! Deterministic CBOR (RFC 8949 §4.2.1): the check, and the trait that typed bodies use.

mod body;
mod canonical;
mod values;
mod wire;

pub use body::{Extra, from_bytes, from_bytes_strict, to_bytes};
pub use canonical::{Defect, NotCanonical, check_canonical};
pub use values::Value;
pub use wire::{BodyError, Reader, Writer};
