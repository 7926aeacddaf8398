//! Writing and reading CBOR tokens: minicbor behind two thin types.
//!
//! The writer only offers what is deterministic (shortest heads, definite lengths, no floats), and
//! cannot fail. The reader is only ever handed bytes that passed `check_canonical`.

use thiserror::Error;

use super::body::Extra;
use super::canonical::NotCanonical;

/// Why bytes could not be read as the body they should be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BodyError {
    /// Not deterministic CBOR at all.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
    /// An item of another type than the field has.
    #[error("{field} at byte {offset} is not {expected}")]
    WrongType {
        /// The field, as in the data model.
        field: &'static str,
        /// Where its value starts.
        offset: usize,
        /// What it should have been.
        expected: &'static str,
    },
    /// A value outside what the field allows.
    #[error("{field} at byte {offset} is out of range: {expected}")]
    OutOfRange {
        /// The field, as in the data model.
        field: &'static str,
        /// Where its value starts.
        offset: usize,
        /// What is allowed.
        expected: &'static str,
    },
    /// A field that must be there is not.
    #[error("{body} has no {field}")]
    Missing {
        /// The body's type.
        body: &'static str,
        /// The field.
        field: &'static str,
    },
    /// A field that this version does not know, where unknown fields are refused.
    #[error("{body} holds a field this version does not know; a newer version is needed to read it")]
    Unknown {
        /// The body's type.
        body: &'static str,
    },
}

/// Writes deterministic CBOR into memory.
pub struct Writer(minicbor::Encoder<Vec<u8>>);

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// An empty writer.
    #[must_use]
    pub fn new() -> Self {
        Self(minicbor::Encoder::new(Vec::new()))
    }

    /// A writer with room for `capacity` bytes.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self(minicbor::Encoder::new(Vec::with_capacity(capacity)))
    }

    /// The bytes written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_writer()
    }

    /// An unsigned integer.
    pub fn uint(&mut self, value: u64) -> &mut Self {
        let _infallible = self.0.u64(value);
        self
    }

    /// An integer of either sign.
    pub fn int(&mut self, value: i64) -> &mut Self {
        let _infallible = self.0.i64(value);
        self
    }

    /// A byte string.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        let _infallible = self.0.bytes(value);
        self
    }

    /// A text string.
    pub fn text(&mut self, value: &str) -> &mut Self {
        let _infallible = self.0.str(value);
        self
    }

    /// False or true.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        let _infallible = self.0.bool(value);
        self
    }

    /// Null.
    pub fn null(&mut self) -> &mut Self {
        let _infallible = self.0.null();
        self
    }

    /// The head of an array of `len` items, which the caller writes next.
    pub fn array(&mut self, len: usize) -> &mut Self {
        let _infallible = self.0.array(len as u64);
        self
    }

    /// The head of a map of `len` pairs, which the caller writes next, keys in bytewise order.
    pub fn map(&mut self, len: usize) -> &mut Self {
        let _infallible = self.0.map(len as u64);
        self
    }

    /// Bytes that are already deterministic CBOR.
    pub fn raw(&mut self, encoded: &[u8]) -> &mut Self {
        self.0.writer_mut().extend_from_slice(encoded);
        self
    }
}

/// Reads the tokens of deterministic CBOR.
pub struct Reader<'b> {
    tokens: minicbor::Decoder<'b>,
    field: &'static str,
    strict: bool,
}

macro_rules! token {
    ($(#[$doc:meta])* $name:ident, $method:ident, $out:ty, $expected:literal) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// `WrongType` when the next item is something else.
        pub fn $name(&mut self) -> Result<$out, BodyError> {
            let offset = self.tokens.position();
            match self.tokens.$method() {
                Ok(value) => Ok(value),
                Err(_) => Err(BodyError::WrongType { field: self.field, offset, expected: $expected }),
            }
        }
    };
}

impl<'b> Reader<'b> {
    /// Reads from bytes that have passed `check_canonical`.
    #[must_use]
    pub fn new(canonical: &'b [u8]) -> Self {
        Self { tokens: minicbor::Decoder::new(canonical), field: "the body", strict: false }
    }

    /// As `new`, for bodies in which an unknown field is refused.
    #[must_use]
    pub fn strict(canonical: &'b [u8]) -> Self {
        Self { strict: true, ..Self::new(canonical) }
    }

    /// Meets a key that `body` does not know: keeps its value, or refuses.
    ///
    /// # Errors
    /// `Unknown` when the reader is strict.
    pub fn unknown(&mut self, body: &'static str, key: &[u8], extra: &mut Extra) -> Result<(), BodyError> {
        if self.strict {
            return Err(BodyError::Unknown { body });
        }
        extra.keep(key, self.raw()?);
        Ok(())
    }

    /// Names the field being read, for errors. Returns the name before.
    pub fn enter(&mut self, field: &'static str) -> &'static str {
        std::mem::replace(&mut self.field, field)
    }

    /// The offset of the next item.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.tokens.position()
    }

    /// Whether everything was read.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.tokens.position() >= self.tokens.input().len()
    }

    token!(
        /// An unsigned integer.
        uint, u64, u64, "a whole number of zero or more"
    );
    token!(
        /// An integer of either sign.
        int, i64, i64, "a whole number"
    );
    token!(
        /// A byte string.
        bytes, bytes, &'b [u8], "bytes"
    );
    token!(
        /// A text string.
        text, str, &'b str, "text"
    );
    token!(
        /// False or true.
        bool, bool, bool, "false or true"
    );
    token!(
        /// Null.
        null, null, (), "null"
    );

    /// The head of an array; gives the number of items.
    ///
    /// # Errors
    /// `WrongType` when the next item is something else.
    pub fn array(&mut self) -> Result<u64, BodyError> {
        let offset = self.tokens.position();
        match self.tokens.array() {
            Ok(Some(len)) => Ok(len),
            _ => Err(BodyError::WrongType { field: self.field, offset, expected: "a list" }),
        }
    }

    /// The head of an array of exactly `len` items.
    ///
    /// # Errors
    /// `WrongType` when the next item is something else or has another length.
    pub fn array_of(&mut self, len: u64, expected: &'static str) -> Result<(), BodyError> {
        let offset = self.tokens.position();
        if self.array()? == len {
            return Ok(());
        }
        Err(BodyError::WrongType { field: self.field, offset, expected })
    }

    /// The head of a map; gives the number of pairs.
    ///
    /// # Errors
    /// `WrongType` when the next item is something else.
    pub fn map(&mut self) -> Result<u64, BodyError> {
        let offset = self.tokens.position();
        match self.tokens.map() {
            Ok(Some(len)) => Ok(len),
            _ => Err(BodyError::WrongType { field: self.field, offset, expected: "a map" }),
        }
    }

    /// The bytes of the next item, whole and unread.
    ///
    /// # Errors
    /// `WrongType` when there is no next item.
    pub fn raw(&mut self) -> Result<&'b [u8], BodyError> {
        let start = self.tokens.position();
        let skipped = self.tokens.skip();
        match (skipped, self.tokens.input().get(start..self.tokens.position())) {
            (Ok(()), Some(item)) => Ok(item),
            _ => Err(BodyError::WrongType { field: self.field, offset: start, expected: "an item" }),
        }
    }

    /// Byte strings of exactly `N` bytes: ids and hashes.
    ///
    /// # Errors
    /// `WrongType` when the next item is something else or has another length.
    pub fn fixed<const N: usize>(&mut self, expected: &'static str) -> Result<[u8; N], BodyError> {
        let offset = self.tokens.position();
        let field = self.field;
        <[u8; N]>::try_from(self.bytes()?).map_err(|_| BodyError::WrongType { field, offset, expected })
    }

    /// An error about the value that starts at `offset`.
    #[must_use]
    pub fn out_of_range(&self, offset: usize, expected: &'static str) -> BodyError {
        BodyError::OutOfRange { field: self.field, offset, expected }
    }
}
