//! Bytes one after the other, with the line they stand on.

use std::io::{ErrorKind, Read};

use crate::import::ImportError;

/// Reads into `room`, again when interrupted; zero at the end.
pub(crate) fn read_some(input: &mut impl Read, room: &mut [u8], line: u64) -> Result<usize, ImportError> {
    loop {
        match input.read(room) {
            Ok(read) => return Ok(read),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(ImportError::Read { line, error }),
        }
    }
}

/// A reader with one byte of sight.
pub(crate) struct Stream<R> {
    input: R,
    buffer: Vec<u8>,
    filled: usize,
    at: usize,
    line: u64,
}

impl<R: Read> Stream<R> {
    pub(crate) fn new(input: R) -> Self {
        Self { input, buffer: vec![0; 64 * 1024], filled: 0, at: 0, line: 1 }
    }

    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    pub(crate) fn peek(&mut self) -> Result<Option<u8>, ImportError> {
        if self.at == self.filled {
            self.filled = read_some(&mut self.input, &mut self.buffer, self.line)?;
            self.at = 0;
            if self.filled == 0 {
                return Ok(None);
            }
        }
        Ok(self.buffer.get(self.at).copied())
    }

    pub(crate) fn bump(&mut self) {
        if self.buffer.get(self.at) == Some(&b'\n') {
            self.line += 1;
        }
        self.at = (self.at + 1).min(self.filled);
    }

    /// The next byte that is not white space, not taken.
    pub(crate) fn peek_sign(&mut self) -> Result<Option<u8>, ImportError> {
        while let Some(byte) = self.peek()? {
            if !byte.is_ascii_whitespace() {
                return Ok(Some(byte));
            }
            self.bump();
        }
        Ok(None)
    }
}
