//! Names within a policy.

use std::fmt;

use crate::text::Malformed;

/// The name of a witness or a group within one policy (tlog-policy, "Character set"): bytes that are
/// neither space nor control character, compared as bytes. It means nothing outside the policy.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyName(Vec<u8>);

impl PolicyName {
    /// The name that stands for no quorum, and that nothing can have.
    pub(crate) const NONE: &'static [u8] = b"none";

    /// Reads a name.
    ///
    /// # Errors
    /// When it is empty, longer than 255 bytes, `none`, or has a byte that a name must not have.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let wrong = |why| Malformed { what: "name in a policy", why };
        if bytes.is_empty() || bytes.len() > 255 {
            return Err(wrong("it has not 1 to 255 bytes"));
        }
        if bytes.iter().any(|b| *b <= b' ' || *b == 0x7f) {
            return Err(wrong("it has a space or a control character"));
        }
        if bytes == Self::NONE {
            return Err(wrong("'none' is no witness and no group"));
        }
        Ok(Self(bytes.to_vec()))
    }

    /// Its bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for PolicyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

impl fmt::Debug for PolicyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{self}'")
    }
}
