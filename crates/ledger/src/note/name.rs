//! Names of keys, and of logs, which bear their key's name.

use std::fmt;

use crate::merkle::sha256;
use crate::text::Malformed;

/// The most bytes in a name: what `cosigner_name` and `log_origin` can hold (tlog-cosignature,
/// "ML-DSA-44 signed message").
pub const MAX_NAME: usize = 255;

/// The name of a key (signed-note, "Format"), and a log's origin (tlog-checkpoint, "Note text"):
/// not empty, without spaces, plus signs and control characters. It should be a URL without its scheme.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(String);

impl KeyName {
    /// Reads a name.
    ///
    /// # Errors
    /// When it is empty, longer than 255 bytes, or has characters that a name must not have.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let wrong = |why| Malformed { what: "name of a key", why };
        if text.is_empty() {
            return Err(wrong("it is empty"));
        }
        if text.len() > MAX_NAME {
            return Err(wrong("it has more than 255 bytes"));
        }
        if text.contains(|c: char| c.is_whitespace() || c < ' ' || c == '+') {
            return Err(wrong("it has a space, a plus sign or a control character"));
        }
        Ok(Self(text.to_owned()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder below a mirror's prefix in which it serves the log of this origin: the origin's
    /// SHA-256, in hexadecimal (tlog-mirror, "Introduction").
    #[must_use]
    pub fn mirror_folder(&self) -> String {
        hex::encode(sha256(&[self.0.as_bytes()]).as_bytes())
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}
