//! CSV and HXL: a table for people.

use std::io::Write;

use super::cells::defuse;
use super::columns::{COLUMNS, Cell, cells, names};
use super::{ExportError, ExportHead, ExportRow};

pub(super) struct Table<W: Write> {
    out: csv::Writer<W>,
    head: ExportHead,
}

impl<W: Write> Table<W> {
    pub(super) fn begin(out: W, head: ExportHead, hxl: bool) -> Result<Self, ExportError> {
        // Quotes everywhere, so that where the semicolon divides cells none can begin inside one.
        let quotes = csv::QuoteStyle::Always;
        let mut out = csv::WriterBuilder::new().quote_style(quotes).from_writer(out);
        out.write_record(names()).map_err(io)?;
        if hxl {
            out.write_record(COLUMNS.iter().map(|(_, tag)| *tag)).map_err(io)?;
        }
        Ok(Self { out, head })
    }

    pub(super) fn row(&mut self, row: &ExportRow<'_>) -> Result<(), ExportError> {
        for cell in cells(&self.head, row) {
            match cell {
                Cell::Empty => self.out.write_field(""),
                Cell::Number(number) => self.out.write_field(number),
                Cell::Text(text) => self.out.write_field(defuse(&text).as_bytes()),
            }
            .map_err(io)?;
        }
        self.out.write_record(None::<&[u8]>).map_err(io)?;
        Ok(())
    }

    pub(super) fn finish(self) -> Result<W, ExportError> {
        self.out.into_inner().map_err(|error| ExportError::Write(error.into_error()))
    }
}

fn io(error: csv::Error) -> std::io::Error {
    error.into()
}
