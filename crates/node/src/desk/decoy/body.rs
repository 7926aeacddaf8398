//! What a decoy says once it is open.

use counterseal_model::record::{Body, Note, Part};
use counterseal_model::{Classification, RecordId, Term, Timestamp};

/// The label of a decoy, inside the sealed part.
const TAG: &str = "decoy-record";
/// What whoever opens one reads. It must not be mistaken for a record: case work would go wrong.
const TEXT: &str = "This is a decoy record of the watch office. Nothing in it is about anybody. Its opening has been told to \
the watch officer, who may ask why it was opened; bulk openings hit decoys innocently, and the answer is kept with the alarm.";
/// What a part has besides its text, in bytes, with room to spare.
const AROUND: usize = 320;

/// A decoy that will be padded to so many bytes, where that is possible.
pub(super) fn decoy(record: RecordId, made: Timestamp, padded: u64) -> Part {
    let wanted = usize::try_from(padded).unwrap_or(0).saturating_sub(AROUND);
    let mut text = TEXT.to_owned();
    // Guarded parts are not compressed, so that spaces weigh what words do.
    text.extend(std::iter::repeat_n(' ', wanted.saturating_sub(TEXT.len())));
    let tags = Term::from_text(TAG).into_iter().collect();
    let note = Note { text, tags, ..Note::default() };
    Part::first(record, Body::Note(Box::new(note)), made, Classification::StrictlyConfidential)
}

/// Whether an opened part is a decoy: it is neither counted nor exported nor shared, and is shown as what it is. That
/// a part says so of itself makes no alarm; the watch officer's list does.
#[must_use]
pub fn is_decoy(part: &Part) -> bool {
    match &part.body {
        Body::Note(note) => note.tags.iter().any(|tag| tag.as_str() == TAG),
        _ => false,
    }
}

/// What a decoy says, for tests of what must not leave.
#[cfg(test)]
pub(in crate::desk) fn tests_only_decoy() -> Body {
    decoy(RecordId::from_bytes([255; RecordId::LEN]), Timestamp(0), 1024).body
}

#[cfg(test)]
mod tests {
    use counterseal_model::cbor::to_bytes;

    use super::*;

    #[test]
    fn it_has_the_length_of_the_records_around_it_and_says_what_it_is() {
        for padded in [1024, 4096, 16_384, 65_536] {
            let part = decoy(RecordId::from_bytes([255; RecordId::LEN]), Timestamp(i64::MAX), padded);
            let length = to_bytes(&part).len() as u64;
            assert!(length <= padded && length > padded / 4, "{length} of {padded}");
            assert!(is_decoy(&part));
        }
    }
}
