//! JSON Lines: one object a line, the incident with nothing lost.

use std::io::Write;

use serde::Serialize;

use super::{ExportError, ExportHead, ExportRow};
use crate::json::incident_to_json;

pub(super) struct Lines<W> {
    out: W,
    head: ExportHead,
}

/// The fields of a line, in order. The id comes first: reading tells our own files by that.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    classification: &'static str,
    synthetic: bool,
    export_mark: String,
    actors: &'a [String],
    incident: serde_json::Value,
}

impl<W: Write> Lines<W> {
    pub(super) fn begin(out: W, head: ExportHead) -> Self {
        Self { out, head }
    }

    pub(super) fn row(&mut self, row: &ExportRow<'_>) -> Result<(), ExportError> {
        let line = Line {
            id: row.id,
            classification: row.classification.word(),
            synthetic: row.synthetic,
            export_mark: self.head.mark.in_file(),
            actors: &row.actors,
            incident: incident_to_json(row.incident),
        };
        serde_json::to_writer(&mut self.out, &line).map_err(std::io::Error::from)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<W, ExportError> {
        self.out.flush()?;
        Ok(self.out)
    }
}
