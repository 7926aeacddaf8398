//! Time marks: cosigned checkpoints as leaves of the statement log, which give the leaves before them a time
//! that follows from the log itself.

use counterseal_model::Timestamp;
use counterseal_register::{LogKind, TimeMark, sha256};

use crate::store::{Covers, NewStatement, StoreError, StoreReader};

/// Most bytes of a leaf (tlog-tiles, "Log entries").
const MAX_LEAF: usize = 65_535;

/// A log's newest checkpoint with a quorum's cosignatures and no more: its size, and the note.
pub(super) type Note = (u64, String);

/// The marks that were set, and the notes that the next is made of.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) covers: Covers,
    /// When the last was set.
    pub(super) at: Option<Timestamp>,
    pub(super) statements: Option<Note>,
    pub(super) journal: Option<Note>,
}

impl Marks {
    /// The marks in a store, and its newest cosigned notes.
    pub(super) fn load(reader: &StoreReader, notes: [Option<Note>; 2]) -> Result<Self, StoreError> {
        let [statements, journal] = notes;
        let (covers, at) = reader.marked()?.map_or_else(Default::default, |(covers, at)| (covers, Some(at)));
        Ok(Self { covers, at, statements, journal })
    }

    /// Whether a cosigned checkpoint covers a statement that has no time yet: a mark is due at once.
    pub(super) fn statements_wait(&self, reader: &StoreReader) -> Result<bool, StoreError> {
        match &self.statements {
            Some((size, _)) if *size > self.covers.statements => {
                reader.has_statement(self.covers.statements..*size)
            }
            _ => Ok(false),
        }
    }

    /// Whether a cosigned checkpoint covers leaves of the journal log that have no time yet: a mark is due
    /// once in a while.
    pub(super) fn journal_waits(&self) -> bool {
        self.journal.as_ref().is_some_and(|(size, _)| *size > self.covers.journal)
    }

    /// The next mark, with the journal log's note if that grew. None without a statement log's note that
    /// `counts` there, or when the notes are too long for a leaf.
    pub(super) fn next(
        &self,
        index: u64,
        at: Timestamp,
        counts: impl Fn(LogKind, &str) -> bool,
    ) -> Option<NewStatement> {
        let (statements, note) = self.statements.as_ref()?;
        // A mark that does not count as a whole has no effect: witnesses may have been replaced since.
        if !counts(LogKind::Statements, note) {
            return None;
        }
        let journal = self.journal.as_ref().filter(|_| self.journal_waits());
        let journal = journal.filter(|(_, note)| counts(LogKind::Journal, note));
        let mark = TimeMark {
            statements: note.as_bytes().to_vec(),
            journal: journal.map(|(_, note)| note.as_bytes().to_vec()),
        };
        let bytes = mark.to_leaf();
        let covers = Covers {
            statements: self.covers.statements.max(*statements),
            journal: journal.map_or(self.covers.journal, |(size, _)| *size),
        };
        let id = sha256(&[&bytes]);
        (bytes.len() <= MAX_LEAF).then_some(NewStatement { index, id, bytes, covers: Some(covers), at })
    }
}
