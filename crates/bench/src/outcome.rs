//! What a bench ends with: its figures, or the reason why there are none.

/// A bench stops at the first error and shows it; there is nothing to recover.
pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Two sides that should have given the same answer did not.
pub(crate) fn differ(what: impl Into<String>) -> Box<dyn std::error::Error> {
    format!("the answers differ: {}", what.into()).into()
}
