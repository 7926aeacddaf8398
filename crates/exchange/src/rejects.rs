//! Rows that could not be read, and the file they are handed back in.

use std::io::Write;

use crate::source::{Fault, shorten};
use crate::table::{Header, Record};

/// The columns a rejects file puts before those of the original. They are left out when a
/// corrected rejects file is imported again.
pub(crate) const OWN_COLUMNS: [&str; 4] =
    ["rejected_row", "rejected_line", "rejected_field", "rejected_reason"];

/// Why a row is not an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Number of the row, counted from 1.
    pub row: u64,
    /// Line of the file it starts on, counted from 1.
    pub line: u64,
    /// The column at fault; empty when it is the whole row.
    pub field: String,
    /// What stands there, shortened.
    pub value: String,
    /// What is wrong with it, in words.
    pub reason: String,
    /// The row's cells in the file's order; the raw text, shortened, when it has none.
    pub original: Vec<String>,
}

impl std::fmt::Display for Rejected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "row {} (line {}): ", self.row, self.line)?;
        match (self.field.is_empty(), self.value.is_empty()) {
            (true, _) => write!(f, "{}", self.reason),
            (false, true) => write!(f, "{}: {}", self.field, self.reason),
            (false, false) => write!(f, "{}: '{}' {}", self.field, self.value, self.reason),
        }
    }
}

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellError {
    pub(crate) field: String,
    pub(crate) value: String,
    pub(crate) reason: String,
}

impl CellError {
    pub(crate) fn new(field: &str, value: &str, reason: impl Into<String>) -> Self {
        Self { field: field.to_owned(), value: shorten(value, 60), reason: reason.into() }
    }
}

impl Rejected {
    pub(crate) fn cell(row: u64, line: u64, error: CellError, record: &Record) -> Box<Self> {
        let CellError { field, value, reason } = error;
        let original = record.cells().map(str::to_owned).collect();
        Box::new(Self { row, line, field, value, reason, original })
    }

    pub(crate) fn fault(row: u64, line: u64, fault: Fault) -> Box<Self> {
        let Fault { field, reason, raw } = fault;
        Box::new(Self { row, line, field, value: String::new(), reason, original: vec![raw] })
    }
}

/// Writes rejected rows as CSV: number, line, field and reason, then the original columns, so that
/// the rows can be corrected there and imported again.
pub struct RejectsWriter<W: Write> {
    out: csv::Writer<W>,
    columns: Vec<String>,
    begun: bool,
}

impl<W: Write> RejectsWriter<W> {
    /// A writer for rows of a file with these columns. Nothing is written before the first row.
    #[must_use]
    pub fn new(out: W, columns: &[String]) -> Self {
        let out = csv::WriterBuilder::new().flexible(true).from_writer(out);
        Self { out, columns: columns.to_vec(), begun: false }
    }

    /// Writes one row. Its cells are the file's own and are not altered.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&mut self, rejected: &Rejected) -> std::io::Result<()> {
        if !self.begun {
            self.begun = true;
            let columns = self.columns.iter().map(String::as_str);
            // A file that was a rejects file itself has these columns already.
            let columns = columns.filter(|name| !OWN_COLUMNS.contains(name));
            self.out.write_record(OWN_COLUMNS.into_iter().chain(columns))?;
        }
        let reason = if rejected.value.is_empty() {
            rejected.reason.clone()
        } else {
            format!("'{}' {}", rejected.value, rejected.reason)
        };
        let (row, line) = (rejected.row.to_string(), rejected.line.to_string());
        let own = [row.as_str(), line.as_str(), rejected.field.as_str(), reason.as_str()];
        let known = |(column, _): &(usize, &String)| {
            self.columns.get(*column).is_none_or(|name| !OWN_COLUMNS.contains(&name.as_str()))
        };
        let cells = rejected.original.iter().enumerate().filter(known).map(|(_, cell)| cell.as_str());
        self.out.write_record(own.into_iter().chain(cells))?;
        Ok(())
    }

    /// Finishes the file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// The cells of the sample that a mapping is suggested from.
pub(crate) fn cells_of(record: &Record, header: &Header) -> Vec<String> {
    (0..header.names().len()).map(|column| record.get(column).to_owned()).collect()
}
