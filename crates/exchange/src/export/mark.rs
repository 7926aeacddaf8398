//! The mark of an export: in every row and at the head of every file, so that a copy that turns
//! up somewhere can be traced to who took it out.
//!
//! In a file the mark stands as `counterseal-export:MARK`. The prefix and the letters allowed in a
//! mark survive every format's escaping, other delimiters and line ends, lost rows, lost headers,
//! and another encoding; so looking for it needs no parser.

use std::io::Read;

use thiserror::Error;

/// What stands before a mark. Its first letter does not come again in it; `find_marks` uses that.
const PREFIX: &[u8] = b"counterseal-export:";
/// Shortest and longest mark, in letters.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=80;

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark(String);

/// Text that cannot be a mark.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("an export's mark is 8 to 80 letters, digits, hyphens or underscores; '{0}' is not")]
pub struct BadMark(pub String);

impl Mark {
    /// Takes a mark.
    ///
    /// # Errors
    /// When it is too short or long, or holds other signs.
    pub fn new(text: &str) -> Result<Self, BadMark> {
        if LENGTH.contains(&text.len()) && text.bytes().all(is_mark_letter) {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadMark(text.to_owned()))
        }
    }

    /// The mark, as `find_mark` gives it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The mark as it stands in a file.
    #[must_use]
    pub fn in_file(&self) -> String {
        format!("counterseal-export:{}", self.0)
    }
}

fn is_mark_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// Reads the mark back from an exported file or a part of one: the first that stands in it. In
/// every format it is written before what the incident says.
///
/// # Errors
/// When reading fails.
pub fn find_mark(input: impl Read) -> std::io::Result<Option<String>> {
    Ok(search(input, 1)?.into_iter().next())
}

/// Every mark in a file, each once, in the order they come; at most a thousand. More than one
/// means that exports were put together, or that a text quotes a mark.
///
/// # Errors
/// When reading fails.
pub fn find_marks(input: impl Read) -> std::io::Result<Vec<String>> {
    search(input, 1000)
}

fn search(mut input: impl Read, most: usize) -> std::io::Result<Vec<String>> {
    let mut search = Search { matched: 0, mark: String::new(), found: Vec::new() };
    let mut buffer = vec![0; 64 * 1024];
    while search.found.len() < most {
        let read = match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        for byte in buffer.iter().take(read) {
            // UTF-16, as spreadsheets save "Unicode text", is the same letters with NULs between.
            if *byte != 0 && search.found.len() < most {
                search.take(*byte);
            }
        }
    }
    if search.found.len() < most {
        search.end();
    }
    Ok(search.found)
}

struct Search {
    /// How much of the prefix the last bytes were.
    matched: usize,
    mark: String,
    found: Vec<String>,
}

impl Search {
    fn take(&mut self, byte: u8) {
        if self.matched == PREFIX.len() {
            if is_mark_letter(byte) && self.mark.len() <= *LENGTH.end() {
                self.mark.push(char::from(byte));
                return;
            }
            self.end();
        }
        self.matched = match PREFIX.get(self.matched) {
            Some(expected) if *expected == byte => self.matched + 1,
            _ => usize::from(PREFIX.first() == Some(&byte)),
        };
    }

    fn end(&mut self) {
        let mark = std::mem::take(&mut self.mark);
        if LENGTH.contains(&mark.len()) && !self.found.contains(&mark) {
            self.found.push(mark);
        }
        self.matched = 0;
    }
}
