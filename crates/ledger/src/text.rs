//! What C2SP's text formats share: canonical decimals, canonical base64, and one way to say that
//! something is not what it should be.

use base64ct::{Base64, Encoding};

use crate::merkle::Hash;

/// Bytes that are not the thing that they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no {what}: {why}")]
pub struct Malformed {
    /// What was to be read.
    pub what: &'static str,
    /// The first thing that is wrong with it.
    pub why: &'static str,
}

/// The largest tree size and the latest time: what fits a signed 64-bit integer, as Go's `tlog` and
/// tlog-cosignature ("Format") have it.
pub(crate) const MAX_NUMBER: u64 = i64::MAX as u64;

/// A number in decimal without leading zeroes (tlog-checkpoint, "Note text"), up to [`MAX_NUMBER`].
pub(crate) fn parse_decimal(text: &str) -> Option<u64> {
    let canonical = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    let number = canonical.then(|| text.parse().ok()).flatten()?;
    (number <= MAX_NUMBER).then_some(number)
}

/// Padded standard base64 (RFC 4648, section 4) in its one canonical form: other bits in the last
/// character would let one signature be written in several ways, and this decoder refuses them.
pub(crate) fn parse_base64(text: &str) -> Option<Vec<u8>> {
    Base64::decode_vec(text).ok()
}

pub(crate) fn parse_hash(text: &str) -> Option<Hash> {
    parse_base64(text)?.try_into().ok().map(Hash::from_bytes)
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}
