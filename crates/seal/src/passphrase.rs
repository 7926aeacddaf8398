//! The passphrase that a key file is locked with.

use std::collections::BTreeSet;
use std::fmt;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Shorter than a passphrase may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "the passphrase has {chars} characters; at least {} are needed: four or five words are easy to remember and hard to guess",
    Passphrase::SHORTEST
)]
pub struct PassphraseTooShort {
    /// Its characters.
    pub chars: usize,
}

/// A passphrase in Unicode's form NFKC (UAX #15), so that keyboards that make the same letters out of
/// different code points (é as one or as two, full-width Latin) open the same file. Case and spaces count.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Fewest characters.
    pub const SHORTEST: usize = 8;

    /// The passphrase that was typed.
    ///
    /// # Errors
    /// `PassphraseTooShort`.
    pub fn new(typed: &str) -> Result<Self, PassphraseTooShort> {
        // Room from the start: a string that grows leaves copies of itself behind.
        let mut text = Zeroizing::new(String::with_capacity(typed.len().saturating_mul(6)));
        text.extend(typed.nfkc());
        let chars = text.chars().count();
        if chars < Self::SHORTEST {
            return Err(PassphraseTooShort { chars });
        }
        Ok(Self(text))
    }

    /// Why it is easy to guess, if it plainly is. A warning, not a judgement: what this cannot see (a name,
    /// a line of a song) is weak all the same.
    #[must_use]
    pub fn weakness(&self) -> Option<Weakness> {
        let chars: Vec<char> = self.0.chars().collect();
        if chars.iter().collect::<BTreeSet<_>>().len() < 5 {
            return Some(Weakness::FewCharacters);
        }
        let neighbours = chars.windows(2).filter(|pair| match pair {
            [a, b] => (*a as u32).abs_diff(*b as u32) <= 1,
            _ => false,
        });
        if neighbours.count() * 2 > chars.len() {
            return Some(Weakness::Sequence);
        }
        let one_kind = chars.iter().all(char::is_ascii_digit)
            || chars.iter().all(|c| c.is_lowercase())
            || chars.iter().all(|c| c.is_uppercase());
        (chars.len() < 14 && one_kind).then_some(Weakness::ShortAndPlain)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(secret)")
    }
}

/// Why a passphrase is easy to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// The same few characters again and again.
    FewCharacters,
    /// A run such as abcdefgh or 87654321.
    Sequence,
    /// Short, and only digits or only letters of one case.
    ShortAndPlain,
}

impl fmt::Display for Weakness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FewCharacters => "the passphrase repeats the same few characters; use four or five words",
            Self::Sequence => {
                "the passphrase is mostly a run of neighbouring characters; use four or five words"
            }
            Self::ShortAndPlain => "the passphrase is short and of one kind of character; add words",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_passphrase_from_every_keyboard() {
        let composed = Passphrase::new("café au lait").unwrap();
        assert_eq!(composed.bytes(), Passphrase::new("cafe\u{301} au lait").unwrap().bytes());
        assert_eq!(composed.bytes(), Passphrase::new("ｃａｆé au lait").unwrap().bytes());
        assert_ne!(composed.bytes(), Passphrase::new("Café au lait").unwrap().bytes());
    }

    #[test]
    fn seven_characters_are_too_few_and_bytes_do_not_count() {
        assert_eq!(Passphrase::new("ééééééé").unwrap_err(), PassphraseTooShort { chars: 7 });
        assert!(Passphrase::new("éàüñöçßø").is_ok());
    }

    #[test]
    fn plainly_weak_ones_are_named_and_others_are_not() {
        let weakness = |text: &str| Passphrase::new(text).unwrap().weakness();
        assert_eq!(weakness("aaaabbbbaaaa"), Some(Weakness::FewCharacters));
        assert_eq!(weakness("abcdefghijkl"), Some(Weakness::Sequence));
        assert_eq!(weakness("9876543210"), Some(Weakness::Sequence));
        assert_eq!(weakness("kaerujsxpt"), Some(Weakness::ShortAndPlain));
        assert_eq!(weakness("2719385046"), Some(Weakness::ShortAndPlain));
        assert_eq!(weakness("red lorry, slow ferry, wet Tuesday"), None);
    }

    #[test]
    fn it_never_prints() {
        assert_eq!(format!("{:?}", Passphrase::new("correct horse").unwrap()), "Passphrase(secret)");
    }
}
