//! The bytes that cosigners sign (tlog-cosignature).

use super::{Checkpoint, KeyName};
use crate::merkle::Hash;

/// What an Ed25519 cosignature signs ("Ed25519 signed message"): two lines, then the note's text.
pub(crate) fn ed25519_message(time: u64, checkpoint: &Checkpoint) -> String {
    format!("cosignature/v1\ntime {time}\n{}", checkpoint.text())
}

/// What an ML-DSA-44 cosignature signs ("ML-DSA-44 signed message"), integers big-endian:
///
/// ```text
/// "subtree/v1\n\0" ‖ u8 length ‖ cosigner ‖ u64 time ‖ u8 length ‖ origin ‖ u64 start ‖ u64 end ‖ hash
/// ```
///
/// For a checkpoint, `start` is 0 and `end` the size. Where `start` is not 0, `time` is.
#[must_use]
pub fn subtree_message(
    cosigner: &KeyName,
    time: u64,
    origin: &KeyName,
    start: u64,
    end: u64,
    hash: &Hash,
) -> Vec<u8> {
    let mut message = b"subtree/v1\n\0".to_vec();
    push_name(&mut message, cosigner);
    message.extend_from_slice(&time.to_be_bytes());
    push_name(&mut message, origin);
    message.extend_from_slice(&start.to_be_bytes());
    message.extend_from_slice(&end.to_be_bytes());
    message.extend_from_slice(hash.as_bytes());
    message
}

/// A name has 1 to 255 bytes: its length fits one.
fn push_name(message: &mut Vec<u8>, name: &KeyName) {
    message.extend(u8::try_from(name.as_str().len()));
    message.extend_from_slice(name.as_str().as_bytes());
}
