//! Closed sets of values: a small integer in a body, a word in front of people.

/// Gives an enum its integer and its word, and reads both back.
#[macro_export]
#[doc(hidden)]
macro_rules! enumeration {
    ($Name:ident, $expected:literal, { $($code:literal => $Variant:ident, $word:literal;)+ }) => {
        impl $Name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The integer that stands for it in a body.
            #[must_use]
            pub const fn code(self) -> u8 {
                match self { $(Self::$Variant => $code),+ }
            }

            /// The value with this integer.
            #[must_use]
            pub const fn from_code(code: u64) -> Option<Self> {
                match code { $($code => Some(Self::$Variant),)+ _ => None }
            }

            /// The word people and exports use for it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$Variant => $word),+ }
            }

            /// The value with this word (letter case and outer space are ignored).
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                let word = word.trim();
                Self::ALL.iter().copied().find(|value| value.word().eq_ignore_ascii_case(word))
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl $crate::cbor::Value for $Name {
            fn write(&self, w: &mut $crate::cbor::Writer) {
                w.uint(u64::from(self.code()));
            }
            fn read(r: &mut $crate::cbor::Reader<'_>) -> Result<Self, $crate::cbor::BodyError> {
                let offset = r.offset();
                match Self::from_code(r.uint()?) {
                    Some(value) => Ok(value),
                    None => Err(r.out_of_range(offset, $expected)),
                }
            }
        }
    };
}
