//! Short codes that people choose from a table: never free text, which could name somebody.

use std::fmt;

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};

/// A code of a mission's own tables: a purpose, a claim, a reason. 1 to 32 of a-z, 0-9 and '-', beginning and
/// ending with a letter or a digit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

impl Code {
    /// Most bytes of a code.
    pub const MAX: usize = 32;
    /// What a code must be, for messages.
    pub const EXPECTED: &'static str = "a code: 1 to 32 of a-z, 0-9 and '-', with no '-' at either end";

    /// Reads a code; none if it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let fits = (1..=Self::MAX).contains(&text.len()) && text.bytes().all(allowed);
        (fits && !text.starts_with('-') && !text.ends_with('-')).then(|| Self(text.to_owned()))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl Value for Code {
    fn write(&self, w: &mut Writer) {
        w.text(&self.0);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        Self::parse(r.text()?).ok_or_else(|| r.out_of_range(offset, Self::EXPECTED))
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn a_code_is_short_and_plain() {
        for good in ["a", "case-follow-up", "x9", &"a".repeat(32)] {
            assert!(Code::parse(good).is_some(), "{good}");
        }
        for bad in ["", "-a", "a-", "A", "a b", "é", "a.b", &"a".repeat(33)] {
            assert!(Code::parse(bad).is_none(), "{bad}");
        }
    }
}
