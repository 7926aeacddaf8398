//! How many bytes an entry has, without writing it out.

use counterseal_register::Entry;

/// Bytes of an entry in its plain form, `Entry::to_bytes`.
#[must_use]
pub fn entry_bytes(entry: &Entry) -> u64 {
    let ciphertexts = entry.ciphertexts.iter().map(|one| item(one.len()));
    1 + item(entry.header.len()) + head(entry.ciphertexts.len()) + ciphertexts.sum::<u64>()
}

fn item(len: usize) -> u64 {
    head(len) + len as u64
}

/// Bytes of a CBOR head with this argument.
const fn head(argument: usize) -> u64 {
    match argument {
        0..=23 => 1,
        24..=0xff => 2,
        0x100..=0xffff => 3,
        0x1_0000..=0xffff_ffff => 5,
        _ => 9,
    }
}
