//! The statement log as a file that is carried: what desks join with, and trustees are given.

use counterseal_model::cbor::{BodyError, Reader, Writer, check_canonical};

/// What such a file begins with.
const LOG: &str = "log";

/// The statement log's leaves with the checkpoint that covers them: `["log", note, [ * item ]]`. A claim, until
/// `replay_log` has gone through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFile {
    /// The cosigned checkpoint.
    pub note: Vec<u8>,
    /// The leaves from the founding on: envelopes and time marks.
    pub items: Vec<Vec<u8>>,
}

impl LogFile {
    /// Reads one, strictly.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(bytes: &[u8]) -> Result<Self, BodyError> {
        check_canonical(bytes)?;
        let mut r = Reader::strict(bytes);
        r.array_of(3, "a word, a checkpoint and statements")?;
        let offset = r.offset();
        if r.text()? != LOG {
            return Err(r.out_of_range(offset, "the word 'log'"));
        }
        let note = r.bytes()?.to_vec();
        let items = (0..r.array()?).map(|_| Ok(r.bytes()?.to_vec())).collect::<Result<_, BodyError>>()?;
        Ok(Self { note, items })
    }

    /// Its bytes.
    pub fn write<'a>(note: &[u8], items: impl ExactSizeIterator<Item = &'a [u8]>) -> Vec<u8> {
        let mut w = Writer::new();
        w.array(3).text(LOG).bytes(note).array(items.len());
        for item in items {
            w.bytes(item);
        }
        w.into_bytes()
    }
}
