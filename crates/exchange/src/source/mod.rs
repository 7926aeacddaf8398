//! Files as rows of cells, whatever their form: streamed, bounded in memory, never giving up at
//! one bad row.

mod csv;
mod features;
mod lines;
mod properties;
mod sniff;
mod stream;

use std::io::Read;

use crate::import::ImportError;
use crate::layout::FileForm;
use crate::table::{Header, Record};

pub(crate) use sniff::sniff;

/// Longest cell, in bytes.
pub(crate) const MAX_CELL: usize = 1 << 20;
/// Longest row, feature or line, in bytes.
pub(crate) const MAX_ROW: usize = 4 << 20;
/// Most columns, or different properties of all features together.
pub(crate) const MAX_COLUMNS: usize = 4096;
/// The columns in which a feature's point stands.
pub(crate) const GEOMETRY_LAT: &str = "geometry.latitude";
/// See `GEOMETRY_LAT`.
pub(crate) const GEOMETRY_LON: &str = "geometry.longitude";

/// A row that could not be split into cells.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) field: String,
    pub(crate) reason: String,
    pub(crate) raw: String,
}

impl Fault {
    pub(crate) fn new(reason: impl Into<String>, raw: &[u8]) -> Self {
        Self {
            field: String::new(),
            reason: reason.into(),
            raw: shorten(&String::from_utf8_lossy(raw), 1024),
        }
    }
}

/// What came next.
#[derive(Debug)]
pub(crate) enum Pulled {
    /// A row; its cells are in the record. The line it starts at.
    Row(u64),
    /// A row that is not one. The line it starts at.
    Bad(u64, Fault),
    /// The end of the file.
    End,
}

/// A file of rows.
pub(crate) enum Source<R> {
    Csv(Box<csv::CsvSource<R>>),
    Features(Box<features::FeatureSource<R>>),
    Lines(Box<lines::LineSource<R>>),
}

impl<R: Read> Source<R> {
    /// Reads the header, or what stands for it. A delimiter is only asked of CSV.
    pub(crate) fn open(input: R, form: FileForm, delimiter: u8) -> Result<Self, ImportError> {
        Ok(match form {
            FileForm::Csv => Self::Csv(Box::new(csv::CsvSource::open(input, delimiter)?)),
            FileForm::Geojson => Self::Features(Box::new(features::FeatureSource::open(input)?)),
            FileForm::JsonLines => Self::Lines(Box::new(lines::LineSource::open(input))),
        })
    }

    /// The columns known so far; features may bring new ones.
    pub(crate) fn header(&self) -> &Header {
        match self {
            Self::Csv(source) => source.header(),
            Self::Features(source) => source.header(),
            Self::Lines(source) => source.header(),
        }
    }

    pub(crate) fn pull(&mut self, record: &mut Record) -> Result<Pulled, ImportError> {
        let pulled = match self {
            Self::Csv(source) => source.pull(record)?,
            Self::Features(source) => source.pull(record)?,
            Self::Lines(source) => source.pull(record)?,
        };
        let Pulled::Row(line) = pulled else { return Ok(pulled) };
        Ok(self.oversized(record).map_or(Pulled::Row(line), |fault| Pulled::Bad(line, fault)))
    }

    /// What no layout should have to deal with: cells too long, and NUL characters.
    fn oversized(&self, record: &Record) -> Option<Fault> {
        // A line of JSON Lines is one cell here, and has the limit of a row.
        let limit = if matches!(self, Self::Lines(_)) { MAX_ROW } else { MAX_CELL };
        for (column, cell) in record.cells().enumerate() {
            let reason = if cell.len() > limit {
                format!("the field holds {} bytes; the limit is {limit}", cell.len())
            } else if cell.as_bytes().contains(&0) {
                "the field holds a NUL character".to_owned()
            } else {
                continue;
            };
            let field = self.header().name(column).to_owned();
            return Some(Fault { field, ..Fault::new(reason, cell.get(..1024).unwrap_or(cell).as_bytes()) });
        }
        None
    }
}

/// The first `most` characters of a text, with a sign that there was more.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
