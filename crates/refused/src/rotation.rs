//! The sentence for what is wrong with the file of a rotation.

use counterseal_node::{BadRotationFile, FaultReason, ROTATION_COLUMNS};

use crate::catalogue::Sentences;
use crate::sentence::sentence_of;
use crate::typed::sentence_of_moment;

/// Why no row of it can be read.
#[must_use]
pub fn sentence_of_rotation(error: &BadRotationFile, words: Sentences) -> String {
    let found = match error {
        BadRotationFile::TooLarge => words.find("rotate-too-large", &[]),
        BadRotationFile::NotCsv { reason } => words.find("rotate-not-csv", &[("reason", reason.into())]),
        BadRotationFile::Columns { found } => {
            let columns = ROTATION_COLUMNS.join(", ");
            words.find("rotate-columns", &[("columns", columns.into()), ("found", found.into())])
        }
    };
    found.unwrap_or_else(|| error.to_string())
}

/// What is wrong with a field of one of its rows.
#[must_use]
pub fn sentence_of_fault(why: &FaultReason, words: Sentences) -> String {
    match why {
        FaultReason::Code(code) => words.find(code, &[]).unwrap_or_else(|| (*code).to_owned()),
        FaultReason::Date(error) => sentence_of_moment(error, words),
        FaultReason::Unknown(error) => sentence_of(error, words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::knows;
    use crate::tongue::Tongue;

    /// Each code that the rotation's files of `node` name has a sentence.
    #[test]
    fn every_fault_of_a_row_is_said_in_every_language() {
        let sources = ["file", "plan", "carry_out"].map(|name| {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../node/src/desk/rotate");
            std::fs::read_to_string(format!("{folder}/{name}.rs")).unwrap()
        });
        let source = sources.concat();
        let codes: Vec<&str> =
            source.split('"').skip(1).step_by(2).filter(|text| text.starts_with("rotate-")).collect();
        assert!(codes.len() > 14, "{codes:?}");
        for code in codes {
            for tongue in Tongue::ALL {
                assert!(knows(tongue, code), "{code} in {tongue:?}");
            }
        }
        let words = Sentences::plain(Tongue::Spanish);
        let columns = sentence_of_rotation(&BadRotationFile::Columns { found: "who".into() }, words);
        assert!(columns.contains("compartments") && columns.contains("who"), "{columns}");
    }
}
