//! Which layout a file is in: its form, and what its columns mean.

use std::fmt;

use thiserror::Error;

use crate::import::ImportError;
use crate::schema::{acled, own, ucdp};
use crate::source::{self, Source};
use crate::table::{Header, Record};

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileForm {
    /// Rows of cells (RFC 4180), with comma, semicolon or tab.
    Csv,
    /// A collection of features (RFC 7946).
    Geojson,
    /// One JSON object a line.
    JsonLines,
}

/// What the columns or properties mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Schema {
    /// UCDP Georeferenced Event Dataset.
    Ucdp,
    /// Armed Conflict Location and Event Data.
    Acled,
    /// An export of Counterseal.
    Own,
    /// Any other, by a mapping file.
    Mapped,
}

/// A file's layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Layout {
    /// The form of the file.
    pub form: FileForm,
    /// What its columns mean.
    pub schema: Schema,
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schema = match self.schema {
            Schema::Ucdp => "UCDP GED",
            Schema::Acled => "ACLED",
            Schema::Own => "Counterseal export",
            Schema::Mapped => "mapping file",
        };
        let form = match self.form {
            FileForm::Csv => "CSV",
            FileForm::Geojson => "GeoJSON",
            FileForm::JsonLines => "JSON Lines",
        };
        write!(f, "{schema} ({form})")
    }
}

/// No known layout fits the columns.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "no known layout fits: {}; write a mapping with --suggest-mapping, correct it, and import with it",
    why_not.join("; ")
)]
pub struct UnknownLayout {
    /// For each known layout, what is missing.
    pub why_not: Vec<String>,
    /// The columns or properties the file has.
    pub columns: Vec<String>,
}

impl Layout {
    /// Tells the layout by the beginning of a file: header and, for GeoJSON, the first feature.
    ///
    /// # Errors
    /// `Unknown` when no layout fits, which says why each does not; others when the beginning
    /// cannot be read at all.
    pub fn detect(first: &[u8]) -> Result<Self, ImportError> {
        let sniffed = source::sniff(first)?;
        let mut source = Source::open(first, sniffed.form, sniffed.delimiter)?;
        if sniffed.form == FileForm::Geojson {
            source.pull(&mut Record::default())?;
        }
        Ok(Self::of(sniffed.form, source.header())?)
    }

    pub(crate) fn of(form: FileForm, header: &Header) -> Result<Self, UnknownLayout> {
        if form == FileForm::JsonLines {
            return Ok(Self { form, schema: Schema::Own });
        }
        let known: [(Schema, &str, &[&[&str]]); 3] = [
            (Schema::Own, "a Counterseal export", own::NEEDED),
            (Schema::Ucdp, "UCDP GED", ucdp::NEEDED),
            (Schema::Acled, "ACLED", acled::NEEDED),
        ];
        let mut why_not = Vec::new();
        for (schema, name, needed) in known {
            let missing: Vec<String> = needed
                .iter()
                .filter(|names| !names.iter().any(|name| header.has(name)))
                .map(|names| names.join(" or "))
                .collect();
            if missing.is_empty() {
                return Ok(Self { form, schema });
            }
            why_not.push(format!("not {name} (no column {})", missing.join(", ")));
        }
        Err(UnknownLayout { why_not, columns: header.names().to_vec() })
    }
}
