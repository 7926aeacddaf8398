//! Labels a part carries: classification, grading, verification, and terms from taxonomies.

use std::fmt;

use thiserror::Error;

use crate::body;
use crate::cbor::{BodyError, Reader, Value, Writer};
use crate::ids::PersonId;
use crate::moment::Timestamp;

/// Sensitivity of information (ST/SGB/2007/6, section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Classification {
    /// May be known outside.
    #[default]
    Unclassified,
    /// Unauthorised disclosure could reasonably be expected to cause damage.
    Confidential,
    /// Unauthorised disclosure could reasonably be expected to cause exceptionally grave damage.
    StrictlyConfidential,
}

crate::enumeration!(Classification, "a classification of 0 to 2", {
    0 => Unclassified, "Unclassified"; 1 => Confidential, "Confidential"; 2 => StrictlyConfidential, "Strictly Confidential";
});

/// Sharing label for cyber material (FIRST, TLP 2.0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tlp {
    /// TLP:CLEAR
    Clear,
    /// TLP:GREEN
    Green,
    /// TLP:AMBER
    Amber,
    /// TLP:AMBER+STRICT
    AmberStrict,
    /// TLP:RED
    Red,
}

crate::enumeration!(Tlp, "a TLP label of 0 to 4", {
    0 => Clear, "TLP:CLEAR"; 1 => Green, "TLP:GREEN"; 2 => Amber, "TLP:AMBER"; 3 => AmberStrict, "TLP:AMBER+STRICT"; 4 => Red, "TLP:RED";
});

/// Reliability of a source, A to F (the Admiralty scale, as in NATO AJP-2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

crate::enumeration!(Reliability, "a source reliability of A to F", {
    1 => A, "A"; 2 => B, "B"; 3 => C, "C"; 4 => D, "D"; 5 => E, "E"; 6 => F, "F";
});

/// Credibility of a piece of information, 1 to 6 (the Admiralty scale).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Credibility {
    /// Confirmed by other sources.
    Confirmed,
    /// Probably true.
    ProbablyTrue,
    /// Possibly true.
    PossiblyTrue,
    /// Doubtful.
    Doubtful,
    /// Improbable.
    Improbable,
    /// Truth cannot be judged.
    Unknown,
}

crate::enumeration!(Credibility, "an information credibility of 1 to 6", {
    1 => Confirmed, "1"; 2 => ProbablyTrue, "2"; 3 => PossiblyTrue, "3"; 4 => Doubtful, "4"; 5 => Improbable, "5"; 6 => Unknown, "6";
});

body! {
    /// A judgement of source and information, separately (A to F, 1 to 6).
    #[derive(Default)]
    pub struct Grading {
        /// How far the source can be relied on.
        1 reliability: Option<Reliability>,
        /// How credible the information is in itself.
        2 credibility: Option<Credibility>,
        /// Who judged.
        3 by: Option<PersonId>,
        /// On what basis.
        4 basis: Option<String>,
    }
}

/// Text that is not a grading.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "'{0}' is not a grading: write the source's letter A to F and the information's number 1 to 6, as in B2"
)]
pub struct BadGrading(pub String);

impl Grading {
    /// Reads `B2`, `b-2` or `B/2`.
    ///
    /// # Errors
    /// When the text is anything else.
    pub fn parse(text: &str) -> Result<Self, BadGrading> {
        let bad = || BadGrading(text.to_owned());
        let mut signs = text.trim().chars().filter(|c| !matches!(c, '-' | '/' | ' '));
        let (Some(letter), Some(number), None) = (signs.next(), signs.next(), signs.next()) else {
            return Err(bad());
        };
        let reliability = Reliability::from_word(&letter.to_string()).ok_or_else(bad)?;
        let credibility = Credibility::from_word(&number.to_string()).ok_or_else(bad)?;
        Ok(Self { reliability: Some(reliability), credibility: Some(credibility), ..Self::default() })
    }
}

/// A letter or a better one, a number or a better one; either may be left open.
pub type GradedAtLeast = (Option<Reliability>, Option<Credibility>);

impl Grading {
    /// Reads what gradings are asked for, as in `B2`, `B` or `2`: so or better.
    ///
    /// # Errors
    /// When the text is none of these.
    pub fn parse_at_least(text: &str) -> Result<GradedAtLeast, BadGrading> {
        let text = text.trim();
        if let Some(letter) = Reliability::from_word(text) {
            return Ok((Some(letter), None));
        }
        if let Some(number) = Credibility::from_word(text) {
            return Ok((None, Some(number)));
        }
        Self::parse(text).map(|both| (both.reliability, both.credibility))
    }
}

impl fmt::Display for Grading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = self.reliability.map_or("-", Reliability::word);
        let number = self.credibility.map_or("-", Credibility::word);
        write!(f, "{letter}{number}")
    }
}

/// How far an incident's facts were checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum VerificationStatus {
    /// Not checked.
    #[default]
    Unverified,
    /// Being checked.
    UnderVerification,
    /// Found to be so.
    Verified,
    /// Found not to be so.
    Refuted,
}

crate::enumeration!(VerificationStatus, "a verification status of 0 to 3", {
    0 => Unverified, "unverified"; 1 => UnderVerification, "under-verification"; 2 => Verified, "verified"; 3 => Refuted, "refuted";
});

body! {
    /// How far something was checked, by whom and when.
    #[derive(Default)]
    pub struct Verification {
        /// The outcome so far.
        1 status: VerificationStatus,
        /// Who checks it, or did.
        2 by: Option<PersonId>,
        /// When.
        3 at: Option<Timestamp>,
    }
}

/// A term of a taxonomy: lower-case words joined by hyphens, as in `attack-on-civilians`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Term(String);

impl Term {
    /// Longest term, in bytes.
    pub const MAX: usize = 80;

    /// Makes a term of any text: letters and digits are kept in lower case, the rest become single
    /// hyphens. `None` when nothing is left.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut code = String::with_capacity(text.len());
        for sign in text.chars().flat_map(char::to_lowercase) {
            if code.len() + sign.len_utf8() > Self::MAX {
                break;
            }
            if sign.is_alphanumeric() {
                code.push(sign);
            } else if !code.is_empty() && !code.ends_with('-') {
                code.push('-');
            }
        }
        let code = code.trim_end_matches('-');
        (!code.is_empty()).then(|| Self(code.to_owned()))
    }

    /// The term's code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Value for Term {
    fn write(&self, w: &mut Writer) {
        w.text(&self.0);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        let text = r.text()?;
        match Self::from_text(text) {
            Some(term) if term.0 == text => Ok(term),
            _ => Err(r.out_of_range(offset, "a term of lower-case words joined by hyphens")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_a_number_or_both_are_asked_for() {
        assert_eq!(Grading::parse_at_least("b"), Ok((Some(Reliability::B), None)));
        assert_eq!(Grading::parse_at_least(" 2 "), Ok((None, Some(Credibility::ProbablyTrue))));
        assert_eq!(
            Grading::parse_at_least("B/2"),
            Ok((Some(Reliability::B), Some(Credibility::ProbablyTrue)))
        );
        assert!(Grading::parse_at_least("G7").is_err() && Grading::parse_at_least("").is_err());
    }
}
