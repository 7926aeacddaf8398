//! JSON Lines: each line is one cell, which the layout reads whole.

use std::io::Read;

use super::stream::Stream;
use super::{Fault, MAX_ROW, Pulled};
use crate::import::ImportError;
use crate::table::{Header, Record};

pub(crate) struct LineSource<R> {
    stream: Stream<R>,
    header: Header,
    line: Vec<u8>,
}

impl<R: Read> LineSource<R> {
    pub(crate) fn open(input: R) -> Self {
        Self { stream: Stream::new(input), header: Header::of(["line"].into_iter()), line: Vec::new() }
    }

    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    pub(crate) fn pull(&mut self, record: &mut Record) -> Result<Pulled, ImportError> {
        if self.stream.peek_sign()?.is_none() {
            return Ok(Pulled::End);
        }
        let number = self.stream.line();
        let mut too_long = false;
        self.line.clear();
        while let Some(byte) = self.stream.peek()? {
            self.stream.bump();
            if byte == b'\n' {
                break;
            }
            too_long |= self.line.len() >= MAX_ROW;
            if !too_long {
                self.line.push(byte);
            }
        }
        if too_long {
            let reason = format!("the line is longer than {MAX_ROW} bytes");
            return Ok(Pulled::Bad(number, Fault::new(reason, self.line.get(..4096).unwrap_or_default())));
        }
        let line = self.line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.line);
        Ok(match record.fill(line, &[line.len()]) {
            Ok(()) => Pulled::Row(number),
            Err(_) => Pulled::Bad(number, Fault::new("the line is not UTF-8 text", line)),
        })
    }
}
