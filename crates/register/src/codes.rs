//! Stable names of refusals, and the list of them.

/// Gives an error `code`, and the list of the codes from the same lines, so that none is left out.
macro_rules! codes {
    ($Error:ident $(and $Other:ident)?, $about:literal; $($Variant:ident $(($($tuple:tt)*))? $({ $($fields:tt)* })? => $code:literal;)+) => {
        impl $Error {
            /// A stable name for message catalogues.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    $( Self::$Variant $(($($tuple)*))? $({ $($fields)* })? => $code, )+
                    $( Self::$Other(refusal) => refusal.code(), )?
                }
            }

            #[doc = $about]
            pub const CODES: &'static [&'static str] = &[$($code),+];
        }
    };
}

pub(crate) use codes;

#[cfg(test)]
mod tests {
    use crate::{ChainRefusal, EntryRefusal, LeafRefusal, Refusal, SignatureRefusal};

    #[test]
    fn codes_are_words_and_no_two_refusals_share_one() {
        let lists = [
            Refusal::CODES,
            EntryRefusal::CODES,
            SignatureRefusal::CODES,
            ChainRefusal::CODES,
            LeafRefusal::CODES,
        ];
        let mut codes = lists.concat();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        assert!(codes.iter().all(|code| code.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
    }
}
