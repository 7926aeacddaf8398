//! The form of a signed note (signed-note, "Format"): text, an empty line, signature lines.

use std::fmt;

use super::KeyName;
use crate::text::{Malformed, base64, parse_base64};

/// The most signature lines in a note. The specification asks for at least 16; thirty witnesses with
/// two keys each need more.
pub const MAX_NOTE_SIGNATURES: usize = 64;
/// The most bytes in a note: room for as many ML-DSA-44 cosignatures as there can be lines.
pub const MAX_NOTE: usize = 256 * 1024;

/// A key's short id: with the name, it says which key made a signature and how. Four bytes are no
/// proof of anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoteKeyId(pub [u8; 4]);

/// One signature: `— name base64(key id ‖ signature)`.
#[derive(Clone, PartialEq, Eq)]
pub struct SignatureLine {
    /// The key's name.
    pub name: KeyName,
    /// The key's id.
    pub id: NoteKeyId,
    /// The signature, of at least one byte.
    pub signature: Vec<u8>,
}

impl SignatureLine {
    /// Reads a line, without the newline at its end.
    ///
    /// # Errors
    /// When it is not of the form above.
    pub fn parse(line: &str) -> Result<Self, Malformed> {
        let wrong = |why| Malformed { what: "signature line", why };
        let rest = line.strip_prefix("— ").ok_or_else(|| wrong("it does not begin with a dash"))?;
        let (name, rest) = rest.split_once(' ').ok_or_else(|| wrong("it has no name and signature"))?;
        let name = KeyName::parse(name)?;
        let bytes = parse_base64(rest).ok_or_else(|| wrong("the signature is not canonical base64"))?;
        match bytes.split_first_chunk() {
            Some((id, signature)) if !signature.is_empty() => {
                Ok(Self { name, id: NoteKeyId(*id), signature: signature.to_vec() })
            }
            _ => Err(wrong("the signature is too short")),
        }
    }

    /// Reads lines, each ended by a newline.
    ///
    /// # Errors
    /// When a line is not of its form, there are none, or there are more than
    /// [`MAX_NOTE_SIGNATURES`].
    pub fn parse_all(text: &str) -> Result<Vec<Self>, Malformed> {
        let wrong = |why| Malformed { what: "list of signatures", why };
        let lines = text.strip_suffix('\n').ok_or_else(|| wrong("it does not end with a newline"))?;
        if lines.split('\n').count() > MAX_NOTE_SIGNATURES {
            return Err(wrong("it has more than 64 signatures"));
        }
        lines.split('\n').map(Self::parse).collect()
    }
}

impl fmt::Display for SignatureLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.id.0, self.signature.as_slice()].concat();
        write!(f, "— {} {}", self.name, base64(&bytes))
    }
}

impl fmt::Debug for SignatureLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignatureLine({} {})", self.name, hex::encode(self.id.0))
    }
}

/// A signed note whose signatures nobody has checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<SignatureLine>,
}

impl Note {
    /// Reads a note.
    ///
    /// # Errors
    /// When it is not of its form, has more than [`MAX_NOTE`] bytes, or more than
    /// [`MAX_NOTE_SIGNATURES`] signatures.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let wrong = |why| Malformed { what: "signed note", why };
        if bytes.len() > MAX_NOTE {
            return Err(wrong("it has more than 256 KiB"));
        }
        let note = str::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8"))?;
        if note.contains(|c| c < ' ' && c != '\n') {
            return Err(wrong("it has a control character"));
        }
        // The last empty line separates, so that the text can have empty lines.
        let at = note.rfind("\n\n").ok_or_else(|| wrong("no empty line before the signatures"))?;
        let (text, signatures) = note.split_at_checked(at + 1).ok_or_else(|| wrong("no signatures"))?;
        let signatures = signatures.strip_prefix('\n').unwrap_or_default();
        Ok(Self { text: text.to_owned(), signatures: SignatureLine::parse_all(signatures)? })
    }

    /// A note of text that ends with a newline.
    pub(crate) const fn from_parts(text: String, signatures: Vec<SignatureLine>) -> Self {
        Self { text, signatures }
    }

    /// The signed text, with the newline at its end.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signatures, in their order.
    #[must_use]
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// Adds signatures that are not there yet.
    pub(crate) fn add(&mut self, lines: impl IntoIterator<Item = SignatureLine>) -> Result<(), Malformed> {
        for line in lines {
            if self.signatures.contains(&line) {
                continue;
            }
            if self.signatures.len() == MAX_NOTE_SIGNATURES {
                return Err(Malformed { what: "signed note", why: "it has more than 64 signatures" });
            }
            self.signatures.push(line);
        }
        Ok(())
    }
}

/// The note as it travels.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
