//! The compared string: six groups of three digits, said from person to person.

use std::fmt;

/// Decimal digits in the string: about 2^60 strings.
const DIGITS: usize = 18;
const STRINGS: u128 = 10u128.pow(18);

/// A short string that commits to both sides' keys, the one-time secret and the challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedString(String);

impl ComparedString {
    /// Of the first 16 bytes, so that the remainder prefers no string noticeably.
    pub(super) fn of(mac: &[u8; 32]) -> Self {
        let number = mac.iter().take(16).fold(0u128, |number, byte| (number << 8) | u128::from(*byte));
        Self(format!("{:018}", number % STRINGS))
    }

    /// What somebody typed: 18 digits, grouped as they like; none if it is anything else.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let between = |sign: char| sign.is_whitespace() || matches!(sign, '-' | '.' | ',');
        let digits: String = typed.chars().filter(|sign| !between(*sign)).collect();
        let fits = digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit());
        fits.then_some(Self(digits))
    }
}

impl fmt::Display for ComparedString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, digit) in self.0.chars().enumerate() {
            if n > 0 && n % 3 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_six_groups_and_reads_back_however_it_is_grouped() {
        let string = ComparedString::of(&[0xff; 32]);
        assert_eq!(string.to_string().split(' ').map(str::len).collect::<Vec<_>>(), [3; 6]);
        assert_eq!(ComparedString::read(&string.to_string()), Some(string.clone()));
        assert_eq!(ComparedString::read(&string.to_string().replace(' ', "-")), Some(string));
        assert_eq!(ComparedString::of(&[0; 32]).to_string(), "000 000 000 000 000 000");
        for bad in
            ["", "123", "000 000 000 000 000 00", "000 000 000 000 000 0000", "000 000 000 000 000 00a"]
        {
            assert_eq!(ComparedString::read(bad), None, "{bad}");
        }
    }
}
