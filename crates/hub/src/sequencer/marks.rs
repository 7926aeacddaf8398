//! Time marks: leaves that give the leaves before them a time which follows from the log itself.

use counterseal_model::Timestamp;
use counterseal_model::cbor::Writer;
use counterseal_register::{JournalLeaf, LeafRefusal, LeafType, statement_mark};

use super::logs::id_of;
use crate::store::{Batch, LeafBody, NewLeaf, NewStatement};

/// Most bytes of a leaf (tlog-tiles, "Log entries").
const MAX_LEAF: usize = 65_535;

/// The mark of the statement log that says when everything below `covers` was cosigned: the note itself.
/// None when the note is too long for a leaf; a later one with fewer cosignatures may fit.
pub(super) fn of_statements(index: u64, covers: u64, note: &str, at: Timestamp) -> Option<Batch> {
    let bytes = statement_mark(note.as_bytes());
    let id = id_of(&bytes);
    let mark = NewStatement { index, id, bytes, covers: Some(covers), at };
    (mark.bytes.len() <= MAX_LEAF).then(|| Batch { statements: vec![mark], leaves: Vec::new() })
}

/// The mark of the journal log: a commitment to the notes of both logs.
pub(super) fn of_journal(
    index: u64,
    covers: u64,
    [journal, statements]: [&str; 2],
    salt: [u8; 32],
    at: Timestamp,
) -> Result<Batch, LeafRefusal> {
    let mut body = Writer::with_capacity(journal.len() + statements.len() + 16);
    body.array(2).bytes(journal.as_bytes()).bytes(statements.as_bytes());
    let body = body.into_bytes();
    let leaf = JournalLeaf::new(LeafType::Mark, 0, &salt, &body)?.to_bytes();
    let body = LeafBody::Mark { covers, bytes: [&salt[..], &body].concat() };
    Ok(Batch { statements: Vec::new(), leaves: vec![NewLeaf { index, leaf, at, body }] })
}
