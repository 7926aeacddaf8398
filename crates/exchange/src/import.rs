//! Reading a file of incidents, row by row.

use std::io::{Chain, Cursor, Read};

use thiserror::Error;

use crate::draft::{Draft, Row};
use crate::layout::{FileForm, Layout, Schema, UnknownLayout};
use crate::mapping::{BadMapping, Mapping};
use crate::rejects::{CellError, Rejected};
use crate::schema::Plan;
use crate::source::{self, Pulled, Source};
use crate::table::Record;

/// How much of a file is looked at to tell its form.
const SNIFFED: usize = 64 * 1024;

/// Why a file as a whole cannot be read. What is wrong with one row is in its `Rejected`.
#[derive(Debug, Error)]
pub enum ImportError {
    /// Reading failed.
    #[error("reading failed at line {line}: {error}")]
    Read {
        /// Where reading had got to.
        line: u64,
        /// What the system said.
        error: std::io::Error,
    },
    /// No header, or a form that is not read.
    #[error("the file cannot be read: {reason}")]
    BadHeader {
        /// What is wrong and what to do.
        reason: String,
    },
    /// Two columns of a name that the layout reads.
    #[error("the column '{column}' stands there twice; remove or rename one of them")]
    RepeatedColumn {
        /// The name.
        column: String,
    },
    /// No known layout.
    #[error(transparent)]
    Unknown(#[from] UnknownLayout),
    /// The mapping does not fit the file.
    #[error(transparent)]
    Mapping(#[from] BadMapping),
}

type Input<R> = Chain<Cursor<Vec<u8>>, R>;

/// A file being read: an iterator of rows. Memory stays bounded whatever the file's size.
pub struct Import<R> {
    source: Source<Input<R>>,
    layout: Layout,
    plan: Plan,
    mapping: Option<Mapping>,
    /// How many columns the plan was made for.
    planned: usize,
    record: Record,
    /// A first row that was read to tell the layout.
    waiting: Option<Pulled>,
    number: u64,
    failed: bool,
}

impl<R: Read> Import<R> {
    /// Opens a file, tells its layout and resolves its columns. With a mapping, the layout is not
    /// guessed.
    ///
    /// # Errors
    /// When the layout is not known, or the header cannot be read.
    pub fn open(input: R, mapping: Option<Mapping>) -> Result<Self, ImportError> {
        let (source, form, waiting, record) = begin(input)?;
        let layout = match mapping {
            Some(_) if form == FileForm::JsonLines => {
                let reason = "a mapping reads CSV and GeoJSON, not JSON Lines".to_owned();
                return Err(ImportError::BadHeader { reason });
            }
            Some(_) => Layout { form, schema: Schema::Mapped },
            None => Layout::of(form, source.header())?,
        };
        let plan = Plan::resolve(layout, mapping.as_ref(), source.header())?;
        let planned = source.header().names().len();
        let mut import =
            Self { source, layout, plan, mapping, planned, record, waiting, number: 0, failed: false };
        import.skip_tags()?;
        Ok(import)
    }

    /// The layout the file is read in.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The names of the columns, for a rejects file. Those of GeoJSON grow while it is read.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        self.source.header().names()
    }

    /// Leaves out a row of HXL tags under the header (HXL 1.1).
    fn skip_tags(&mut self) -> Result<(), ImportError> {
        if self.layout.form == FileForm::Csv {
            let pulled = self.source.pull(&mut self.record)?;
            let tags = matches!(pulled, Pulled::Row(_)) && is_tag_row(&self.record);
            self.waiting = (!tags).then_some(pulled);
        }
        Ok(())
    }

    fn step(&mut self) -> Result<Option<Row>, ImportError> {
        let pulled = match self.waiting.take() {
            Some(pulled) => pulled,
            None => self.source.pull(&mut self.record)?,
        };
        let (line, outcome) = match pulled {
            Pulled::End => return Ok(None),
            Pulled::Bad(line, fault) => (line, Err(Rejected::fault(self.number + 1, line, fault))),
            Pulled::Row(line) => {
                self.replan()?;
                let read = self.plan.draft(&self.record);
                (line, read.map_err(|error| Rejected::cell(self.number + 1, line, error, &self.record)))
            }
        };
        self.number += 1;
        Ok(Some(Row { number: self.number, line, outcome }))
    }

    /// A feature may bring properties that none before it had.
    fn replan(&mut self) -> Result<(), ImportError> {
        let columns = self.source.header().names().len();
        if columns != self.planned {
            self.plan = Plan::resolve(self.layout, self.mapping.as_ref(), self.source.header())?;
            self.planned = columns;
        }
        Ok(())
    }
}

impl<R: Read> Iterator for Import<R> {
    type Item = Result<Row, ImportError>;

    /// The next row; an error ends the reading.
    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let step = self.step();
        self.failed = step.is_err();
        step.transpose()
    }
}

/// Columns and first rows of a file, to suggest a mapping from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The names of the columns or properties.
    pub columns: Vec<String>,
    /// The first rows' cells.
    pub rows: Vec<Vec<String>>,
}

/// Reads the header and up to `most` rows, whatever the layout.
///
/// # Errors
/// When the header cannot be read.
pub fn sample(input: impl Read, most: usize) -> Result<Sample, ImportError> {
    let (mut source, _, mut waiting, mut record) = begin(input)?;
    let mut rows = Vec::new();
    while rows.len() < most {
        let pulled = match waiting.take() {
            Some(pulled) => pulled,
            None => source.pull(&mut record)?,
        };
        match pulled {
            Pulled::End => break,
            Pulled::Row(_) if !is_tag_row(&record) => {
                rows.push(crate::rejects::cells_of(&record, source.header()));
            }
            _ => {}
        }
    }
    Ok(Sample { columns: source.header().names().to_vec(), rows })
}

type Begun<R> = (Source<Input<R>>, FileForm, Option<Pulled>, Record);

/// Tells the form and reads the header; for features the first of them, which names the columns.
fn begin<R: Read>(mut input: R) -> Result<Begun<R>, ImportError> {
    let mut first = Vec::new();
    let read = input.by_ref().take(SNIFFED as u64).read_to_end(&mut first);
    read.map_err(|error| ImportError::Read { line: 1, error })?;
    let sniffed = source::sniff(&first)?;
    let mut source = Source::open(Cursor::new(first).chain(input), sniffed.form, sniffed.delimiter)?;
    let mut record = Record::default();
    let waiting = match sniffed.form {
        FileForm::Geojson => Some(source.pull(&mut record)?),
        _ => None,
    };
    if matches!(waiting, Some(Pulled::End)) {
        return Err(ImportError::BadHeader { reason: "the collection has no features".to_owned() });
    }
    Ok((source, sniffed.form, waiting, record))
}

/// Whether a row holds HXL hashtags: some cell does, and none holds anything else.
fn is_tag_row(record: &Record) -> bool {
    let mut tags = record.cells().map(str::trim).filter(|cell| !cell.is_empty()).peekable();
    tags.peek().is_some() && tags.all(|cell| cell.starts_with('#'))
}

impl Plan {
    fn draft(&self, record: &Record) -> Result<Draft, CellError> {
        match self {
            Self::Ucdp(plan) => plan.draft(record),
            Self::Acled(plan) => plan.draft(record),
            Self::Own(plan) => plan.draft(record),
            Self::OwnLine => crate::schema::own_line::draft(record.get(0)),
            Self::Mapped(plan) => plan.draft(record),
        }
    }
}
