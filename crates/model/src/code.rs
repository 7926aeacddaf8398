//! Codes: the short names by which a policy, a consent and a request mean the same thing.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::cbor::{BodyError, Reader, Value, Writer};

/// A short name of the mission's policy: a purpose, a recipient, a role, a label of compartments. 1 to 32 of
/// `a` to `z`, `0` to `9` and hyphens, none of them at an end. It stands in requests, so it names no person, no place and no case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

/// Text that is not a code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("'{text}' is not a code: write 1 to 32 of a to z, 0 to 9 and hyphens, no hyphen at an end")]
pub struct BadCode {
    /// What was given.
    pub text: String,
}

impl Code {
    /// Longest code, in bytes.
    pub const MAX: usize = 32;

    /// What a code must be, for messages.
    pub const EXPECTED: &'static str = "1 to 32 of a to z, 0 to 9 and hyphens, no hyphen at an end";

    /// Reads a code; none if it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    /// The code's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Code {
    type Err = BadCode;
    fn from_str(text: &str) -> Result<Self, BadCode> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let hyphen = text.starts_with('-') || text.ends_with('-');
        if text.is_empty() || text.len() > Self::MAX || !text.bytes().all(allowed) || hyphen {
            return Err(BadCode { text: text.to_owned() });
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Value for Code {
    fn write(&self, w: &mut Writer) {
        w.text(&self.0);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        r.text()?.parse().map_err(|_| r.out_of_range(offset, Self::EXPECTED))
    }
}

/// The tag of a language (BCP 47), as in `fr`, `sg` or `ar-TD`. Only its shape is checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageTag(String);

/// Text that is not a language tag.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("'{text}' is not a language tag: write it as in 'fr', 'sg' or 'ar-TD' (BCP 47)")]
pub struct BadLanguageTag {
    /// What was given.
    pub text: String,
}

impl LanguageTag {
    /// Longest tag, in bytes (RFC 5646 §4.4.1).
    pub const MAX: usize = 35;

    /// The tag's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LanguageTag {
    type Err = BadLanguageTag;
    fn from_str(text: &str) -> Result<Self, BadLanguageTag> {
        let mut subtags = text.split('-');
        let primary = subtags.next().unwrap_or_default();
        let first = (2..=8).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase());
        let rest = |s: &str| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric());
        // A private-use subtag could spell a name out.
        let private = text.split('-').any(|s| s.eq_ignore_ascii_case("x"));
        if !first || !subtags.all(rest) || private || text.len() > Self::MAX {
            return Err(BadLanguageTag { text: text.to_owned() });
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Value for LanguageTag {
    fn write(&self, w: &mut Writer) {
        w.text(&self.0);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        r.text()?
            .parse()
            .map_err(|_| r.out_of_range(offset, "a language tag, as in 'fr' or 'ar-TD' (BCP 47)"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_cannot_hold_a_sentence_or_a_name() {
        for good in ["a", "case-follow-up", "unsc-2127", &"a".repeat(32)] {
            assert_eq!(good.parse::<Code>().unwrap().as_str(), good);
        }
        for bad in ["", "Court", "a b", "é", "a_b", "a\n", &"a".repeat(33)] {
            assert!(bad.parse::<Code>().unwrap_err().to_string().contains("is not a code"), "{bad:?}");
        }
    }

    #[test]
    fn a_language_tag_has_the_shape_of_one() {
        for good in ["fr", "sg", "ar-TD", "zh-Hant", "swc"] {
            assert_eq!(good.parse::<LanguageTag>().unwrap().as_str(), good);
        }
        for bad in ["", "f", "French!", "fr_FR", "fr-", "x-amina", "fr-x-amina", &"fr-".repeat(12)] {
            assert!(bad.parse::<LanguageTag>().is_err(), "{bad:?}");
        }
    }
}
