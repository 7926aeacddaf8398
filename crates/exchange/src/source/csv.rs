//! CSV as rows of cells, over a window that never grows past one row.
//!
//! The window keeps the raw bytes of the row being read. So when a quote turns out never to be
//! closed, only the line it opened on is rejected, and reading goes on at the next one.

use std::io::Read;

use csv_core::ReadRecordResult;

use super::{Fault, MAX_COLUMNS, MAX_ROW, Pulled};
use crate::import::ImportError;
use crate::table::{Header, Record};

const CHUNK: usize = 128 * 1024;
/// How often reading may start again after an open quote; each time costs up to one row's limit.
const MAX_RECOVERIES: u32 = 1000;

pub(crate) struct CsvSource<R> {
    input: R,
    core: csv_core::Reader,
    delimiter: u8,
    /// Unread bytes from `start` on; the row being read begins there.
    window: Vec<u8>,
    start: usize,
    ended: bool,
    line: u64,
    recoveries: u32,
    header: Header,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// How reading one row ended: sizes of raw bytes, cell bytes and cells.
enum Split {
    Row { raw: usize, bytes: usize, cells: usize },
    TooLong { raw: usize },
    End,
}

impl<R: Read> CsvSource<R> {
    pub(crate) fn open(input: R, delimiter: u8) -> Result<Self, ImportError> {
        let mut source = Self {
            input,
            core: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            delimiter,
            window: Vec::new(),
            start: 0,
            ended: false,
            line: 1,
            recoveries: 0,
            header: Header::default(),
            bytes: vec![0; 4096],
            ends: vec![0; 64],
        };
        let mut record = Record::default();
        match source.pull(&mut record)? {
            Pulled::Row(_) if record.len() > MAX_COLUMNS => {
                Err(ImportError::BadHeader { reason: format!("more than {MAX_COLUMNS} columns") })
            }
            Pulled::Row(_) => {
                source.header = Header::of(record.cells());
                Ok(source)
            }
            Pulled::Bad(_, fault) => Err(ImportError::BadHeader { reason: fault.reason }),
            Pulled::End => Err(ImportError::BadHeader { reason: "the file is empty".to_owned() }),
        }
    }

    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    pub(crate) fn pull(&mut self, record: &mut Record) -> Result<Pulled, ImportError> {
        let (raw, bytes, cells) = match self.split()? {
            Split::End => return Ok(Pulled::End),
            Split::TooLong { raw } => {
                let reason = format!(
                    "the row is longer than {MAX_ROW} bytes; a quote that opens on this line may never be closed"
                );
                return self.recover(raw, reason);
            }
            Split::Row { raw, bytes, cells } => (raw, bytes, cells),
        };
        let open = self.at_end_of_file(raw) && quote_is_open(self.raw(raw), self.delimiter);
        if open {
            return self.recover(raw, "a quote that opens on this line is never closed".to_owned());
        }
        let line = self.line + self.leading_newlines(raw);
        let cell_bytes = self.bytes.get(..bytes).unwrap_or_default();
        let ends = self.ends.get(..cells).unwrap_or_default();
        let filled = record.fill(cell_bytes, ends);
        let pulled = match (filled, self.misfit(cells, record)) {
            (Err(cell), _) => Pulled::Bad(line, self.not_text(cell, cell_bytes)),
            (Ok(()), Some(reason)) => Pulled::Bad(line, Fault::new(reason, self.raw(raw))),
            (Ok(()), None) => Pulled::Row(line),
        };
        self.consume(raw);
        Ok(pulled)
    }

    /// Why a row has not the header's number of cells. Empty cells beyond it are no reason: some
    /// exports end every row with a delimiter.
    fn misfit(&self, cells: usize, record: &Record) -> Option<String> {
        let expected = self.header.names().len();
        let beyond_empty = || (expected..cells).all(|column| record.get(column).trim().is_empty());
        if expected == 0 || cells == expected || (cells > expected && beyond_empty()) {
            return None;
        }
        Some(format!(
            "the row has {cells} fields, the header {expected}; a quote or a delimiter may be missing"
        ))
    }

    fn not_text(&self, cell: usize, bytes: &[u8]) -> Fault {
        let reason = "the field is not UTF-8 text; save the file as UTF-8 and import it again";
        Fault { field: self.header.name(cell).to_owned(), ..Fault::new(reason, bytes) }
    }

    /// Splits the next row, without consuming it.
    fn split(&mut self) -> Result<Split, ImportError> {
        let (mut raw, mut bytes, mut cells) = (0, 0, 0);
        loop {
            if self.window.len() == self.start + raw && !self.ended {
                if raw > MAX_ROW {
                    return Ok(Split::TooLong { raw });
                }
                self.refill()?;
                continue;
            }
            let unread = self.window.get(self.start + raw..).unwrap_or_default();
            let out = self.bytes.get_mut(bytes..).unwrap_or_default();
            let ends = self.ends.get_mut(cells..).unwrap_or_default();
            let (result, read, written, ended) = self.core.read_record(unread, out, ends);
            raw += read;
            bytes += written;
            cells += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.bytes.resize(self.bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if cells > 16 * MAX_COLUMNS => {
                    return Ok(Split::TooLong { raw });
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => return Ok(Split::Row { raw, bytes, cells }),
                ReadRecordResult::End => return Ok(Split::End),
            }
        }
    }

    fn refill(&mut self) -> Result<(), ImportError> {
        self.window.drain(..self.start);
        self.start = 0;
        let filled = self.window.len();
        self.window.resize(filled + CHUNK, 0);
        let room = self.window.get_mut(filled..).unwrap_or_default();
        let read = super::stream::read_some(&mut self.input, room, self.line)?;
        self.window.truncate(filled + read);
        self.ended = read == 0;
        Ok(())
    }

    /// Rejects the first line of what was read, and starts again after it.
    fn recover(&mut self, raw: usize, reason: String) -> Result<Pulled, ImportError> {
        let leading = self.leading_newlines(raw);
        let line = self.line + leading;
        let text = self.raw(raw);
        let skipped = text.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let rest = text.get(skipped..).unwrap_or_default();
        let first_line = rest.iter().position(|byte| *byte == b'\n').map(|end| end + 1);
        let fault = Fault::new(reason, rest.get(..first_line.unwrap_or(rest.len())).unwrap_or_default());
        self.recoveries += 1;
        match first_line {
            Some(end) if self.recoveries <= MAX_RECOVERIES => self.consume(skipped + end),
            _ => {
                self.consume(raw);
                self.skip_line()?;
            }
        }
        self.core.reset();
        Ok(Pulled::Bad(line, fault))
    }

    /// Drops the rest of a line that has no end in sight, without keeping it.
    fn skip_line(&mut self) -> Result<(), ImportError> {
        loop {
            let unread = self.window.get(self.start..).unwrap_or_default();
            if let Some(end) = unread.iter().position(|byte| *byte == b'\n') {
                self.consume(end + 1);
                return Ok(());
            }
            self.start = self.window.len();
            if self.ended {
                return Ok(());
            }
            self.refill()?;
        }
    }

    fn consume(&mut self, raw: usize) {
        let newlines = self.raw(raw).iter().filter(|byte| **byte == b'\n').count();
        self.line += newlines as u64;
        self.start += raw;
    }

    fn raw(&self, raw: usize) -> &[u8] {
        self.window.get(self.start..self.start + raw).unwrap_or_default()
    }

    fn at_end_of_file(&self, raw: usize) -> bool {
        self.ended && self.start + raw == self.window.len()
    }

    /// Empty lines before the row, and the second half of the line end before it.
    fn leading_newlines(&self, raw: usize) -> u64 {
        let blank = self.raw(raw).iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        blank.filter(|byte| **byte == b'\n').count() as u64
    }
}

/// Whether a row's raw bytes end inside a quoted field, by the rules of `csv_core`.
fn quote_is_open(raw: &[u8], delimiter: u8) -> bool {
    #[derive(PartialEq)]
    enum In {
        Start,
        Field,
        Quoted,
        QuoteInQuoted,
    }
    let mut state = In::Start;
    for byte in raw {
        state = match (state, byte) {
            (In::Quoted, b'"') => In::QuoteInQuoted,
            (In::Quoted, _) | (In::QuoteInQuoted | In::Start, b'"') => In::Quoted,
            (_, b'\n' | b'\r') => In::Start,
            (_, byte) if *byte == delimiter => In::Start,
            _ => In::Field,
        };
    }
    state == In::Quoted
}
