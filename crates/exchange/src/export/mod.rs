//! Writing incidents out. Only what is passed is written; every file carries its classification,
//! whether it is invented, and the mark of its export.

mod cells;
mod columns;
mod csv_out;
mod geojson;
mod graphml;
mod json_lines;
mod mark;

use std::io::Write;

use thiserror::Error;

use counterseal_model::Classification;
use counterseal_model::record::{Entity, Incident, Link};

pub(crate) use cells::undo_defusing;
pub(crate) use columns::{names as column_names, split_lines, split_terms};
pub use mark::{BadMark, Mark, find_mark, find_marks};

/// A file format incidents are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A table for people (RFC 4180).
    Csv,
    /// The same with a row of HXL 1.1 hashtags.
    Hxl,
    /// One JSON object a line, with nothing lost.
    JsonLines,
    /// Points for a map (RFC 7946).
    Geojson,
    /// Incidents, entities and what ties them, for link charts.
    Graphml,
}

impl Format {
    /// Every format with its word.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Csv, "csv"),
        (Self::Hxl, "hxl"),
        (Self::JsonLines, "jsonl"),
        (Self::Geojson, "geojson"),
        (Self::Graphml, "graphml"),
    ];

    /// The word that names it on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(format, _)| *format == self).map_or("", |(_, word)| word)
    }

    /// The format of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(word)).map(|(format, _)| *format)
    }
}

/// What holds for a whole export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportHead {
    /// The mark, unique to this export.
    pub mark: Mark,
    /// The highest classification of what is in it.
    pub classification: Classification,
    /// Whether anything in it is invented.
    pub synthetic: bool,
}

/// One incident to be written.
#[derive(Debug, Clone)]
pub struct ExportRow<'a> {
    /// Its record's id, or how else it is named in the file.
    pub id: &'a str,
    /// The incident.
    pub incident: &'a Incident,
    /// How sensitive it is.
    pub classification: Classification,
    /// Whether it is invented.
    pub synthetic: bool,
    /// The names of the incident's actors, in their order; where it is empty or missing, the name
    /// that the incident itself gives stands.
    pub actors: Vec<String>,
}

/// One entity to be written: a node of a link chart.
#[derive(Debug, Clone)]
pub struct ExportEntity<'a> {
    /// Its record's id.
    pub id: &'a str,
    /// The entity.
    pub entity: &'a Entity,
    /// How sensitive it is.
    pub classification: Classification,
    /// Whether it is invented.
    pub synthetic: bool,
}

/// One link to be written: an edge of a link chart.
#[derive(Debug, Clone)]
pub struct ExportLink<'a> {
    /// The link.
    pub link: &'a Link,
    /// How sensitive it is.
    pub classification: Classification,
    /// Whether it is invented.
    pub synthetic: bool,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Incidents.
    pub incidents: u64,
    /// Entities (GraphML).
    pub entities: u64,
    /// Edges (GraphML): links and involvements.
    pub edges: u64,
    /// Edges left out, because one of their ends was not passed.
    pub left_out: u64,
}

/// Why an export stopped. What was written until then is not to be used.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The file cannot be written.
    #[error("the export cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// The format has no place for it.
    #[error("{format} has no place for {what}; use graphml")]
    NoPlace {
        /// The format's word.
        format: &'static str,
        /// What was to be written.
        what: &'static str,
    },
}

/// A file being written: rows first, then entities, then links.
pub struct Exporter<W: Write> {
    format: Format,
    inner: Inner<W>,
    written: Written,
}

enum Inner<W: Write> {
    Table(Box<csv_out::Table<W>>),
    JsonLines(json_lines::Lines<W>),
    Geojson(geojson::Collection<W>),
    Graphml(Box<graphml::Graph<W>>),
}

impl<W: Write> Exporter<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(format: Format, out: W, head: ExportHead) -> Result<Self, ExportError> {
        let inner = match format {
            Format::Csv => Inner::Table(Box::new(csv_out::Table::begin(out, head, false)?)),
            Format::Hxl => Inner::Table(Box::new(csv_out::Table::begin(out, head, true)?)),
            Format::JsonLines => Inner::JsonLines(json_lines::Lines::begin(out, head)),
            Format::Geojson => Inner::Geojson(geojson::Collection::begin(out, head)?),
            Format::Graphml => Inner::Graphml(Box::new(graphml::Graph::begin(out, head)?)),
        };
        Ok(Self { format, inner, written: Written::default() })
    }

    /// Writes an incident.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, row: &ExportRow<'_>) -> Result<(), ExportError> {
        match &mut self.inner {
            Inner::Table(table) => table.row(row)?,
            Inner::JsonLines(lines) => lines.row(row)?,
            Inner::Geojson(collection) => collection.row(row)?,
            Inner::Graphml(graph) => graph.row(row)?,
        }
        self.written.incidents += 1;
        Ok(())
    }

    /// Writes an entity, as a node.
    ///
    /// # Errors
    /// When it cannot be written; `NoPlace` when the format is not GraphML.
    pub fn entity(&mut self, entity: &ExportEntity<'_>) -> Result<(), ExportError> {
        let Inner::Graphml(graph) = &mut self.inner else { return Err(self.no_place("an entity")) };
        graph.entity(entity)?;
        self.written.entities += 1;
        Ok(())
    }

    /// Writes a link, as an edge, if both its ends were written.
    ///
    /// # Errors
    /// When it cannot be written; `NoPlace` when the format is not GraphML.
    pub fn link(&mut self, link: &ExportLink<'_>) -> Result<(), ExportError> {
        let Inner::Graphml(graph) = &mut self.inner else { return Err(self.no_place("a link")) };
        graph.link(link);
        Ok(())
    }

    /// Ends the file and gives it back, with what is in it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> Result<(W, Written), ExportError> {
        let out = match self.inner {
            Inner::Table(table) => table.finish()?,
            Inner::JsonLines(lines) => lines.finish()?,
            Inner::Geojson(collection) => collection.finish()?,
            Inner::Graphml(graph) => {
                let (out, edges, left_out) = graph.finish()?;
                (self.written.edges, self.written.left_out) = (edges, left_out);
                out
            }
        };
        Ok((out, self.written))
    }

    fn no_place(&self, what: &'static str) -> ExportError {
        ExportError::NoPlace { format: self.format.word(), what }
    }
}

/// Writes a whole file of incidents.
///
/// # Errors
/// When it cannot be written.
pub fn write_incidents<'a, W: Write>(
    format: Format,
    out: W,
    head: ExportHead,
    rows: impl IntoIterator<Item = ExportRow<'a>>,
) -> Result<(W, Written), ExportError> {
    let mut exporter = Exporter::new(format, out, head)?;
    for row in rows {
        exporter.row(&row)?;
    }
    exporter.finish()
}
