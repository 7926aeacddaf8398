//! Lists and byte strings with a bound: the count is checked before anything is read.

use std::ops::Deref;

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};

/// A list of at most `MAX` values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List<T, const MAX: usize>(Vec<T>);

impl<T, const MAX: usize> Default for List<T, MAX> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, const MAX: usize> List<T, MAX> {
    /// The list, if it is not too long.
    #[must_use]
    pub fn new(values: Vec<T>) -> Option<Self> {
        (values.len() <= MAX).then_some(Self(values))
    }

    /// The first `MAX` values, for lists whose rest can wait.
    #[must_use]
    pub fn first(mut values: Vec<T>) -> Self {
        values.truncate(MAX);
        Self(values)
    }

    /// The values.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T, const MAX: usize> Deref for List<T, MAX> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Value, const MAX: usize> Value for List<T, MAX> {
    fn write(&self, w: &mut Writer) {
        self.0.write(w);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let count = read_count(r, MAX, "a list of no more than it may hold")?;
        (0..count).map(|_| T::read(r)).collect::<Result<_, _>>().map(Self)
    }
    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

/// The head of an array of at most `most` items.
pub(crate) fn read_count(
    r: &mut Reader<'_>,
    most: usize,
    expected: &'static str,
) -> Result<usize, BodyError> {
    let offset = r.offset();
    let count = usize::try_from(r.array()?).unwrap_or(usize::MAX);
    if count > most { Err(r.out_of_range(offset, expected)) } else { Ok(count) }
}

/// At most `MAX` bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Data<const MAX: usize>(Vec<u8>);

impl<const MAX: usize> Data<MAX> {
    /// The bytes, if they are not too many.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() <= MAX).then_some(Self(bytes))
    }

    /// The bytes.
    #[must_use]
    pub fn into_vec(self) -> Vec<u8> {
        self.0
    }
}

impl<const MAX: usize> Deref for Data<MAX> {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl<const MAX: usize> Value for Data<MAX> {
    fn write(&self, w: &mut Writer) {
        w.bytes(&self.0);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        let bytes = r.bytes()?;
        if bytes.len() > MAX {
            return Err(r.out_of_range(offset, "no more bytes than it may hold"));
        }
        Ok(Self(bytes.to_vec()))
    }
}

/// A stable name of a reason, for message catalogues: lower case, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(String);

impl Code {
    /// The code, if it can be one.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let fits = (1..=crate::limits::MAX_CODE).contains(&code.len());
        let plain = code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        (fits && plain).then(|| Self(code.to_owned()))
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for Code {
    fn write(&self, w: &mut Writer) {
        w.text(&self.0);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        let code = Self::new(r.text()?);
        code.ok_or_else(|| r.out_of_range(offset, "1 to 64 lower-case letters, digits and hyphens"))
    }
}
