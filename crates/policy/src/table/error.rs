//! Why a table is refused: file, row, column, and what to do.

use thiserror::Error;

/// Why a text is not a table.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TableError {
    /// Too long.
    #[error("{file} has {bytes} bytes; a table has at most {most}: leave rows out or shorten their words", most = super::MAX_TABLE)]
    TooLarge {
        /// The file.
        file: String,
        /// How long it is.
        bytes: usize,
    },
    /// Made for another engine.
    #[error("{file} is for the engine '{found}', and this program has '{here}': use the program that the table names, or propose the table anew for this one", here = crate::ENGINE)]
    Engine {
        /// The file.
        file: String,
        /// The engine it names.
        found: String,
    },
    /// A line that cannot stand where it stands.
    #[error("{file}, line {line}: {why}")]
    Line {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong, and what to do.
        why: String,
    },
    /// A cell.
    #[error("{file}, line {line}, row {row}, column '{column}': {why}")]
    Cell {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// The row's number as it was given, or the declaration's first word.
        row: String,
        /// The column.
        column: &'static str,
        /// What is wrong, and what to do.
        why: String,
    },
    /// Sound, but written in another way than the one that is hashed and signed.
    #[error(
        "{file} is not in the form that stands in a statement, from line {line} on: write it anew with 'policy propose'"
    )]
    NotCanonical {
        /// The file.
        file: String,
        /// The first line that differs.
        line: usize,
    },
}
