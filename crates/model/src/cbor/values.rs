//! How plain values stand in a body.

use std::collections::BTreeMap;

use super::wire::{BodyError, Reader, Writer};

/// A value that a body's field can hold.
pub trait Value: Sized {
    /// Writes the value.
    fn write(&self, w: &mut Writer);

    /// Reads the value from checked bytes.
    ///
    /// # Errors
    /// When the bytes hold something else.
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError>;

    /// Whether the field is left out when it holds this value.
    fn is_absent(&self) -> bool {
        false
    }

    /// What a field holds that was left out; `None` where it must be there.
    fn absent() -> Option<Self> {
        None
    }
}

impl<T: Value> Value for Option<T> {
    fn write(&self, w: &mut Writer) {
        if let Some(value) = self {
            value.write(w);
        }
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        T::read(r).map(Some)
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Value> Value for Vec<T> {
    fn write(&self, w: &mut Writer) {
        w.array(self.len());
        for item in self {
            item.write(w);
        }
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        (0..r.array()?).map(|_| T::read(r)).collect()
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
}

impl Value for String {
    fn write(&self, w: &mut Writer) {
        w.text(self);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.text().map(str::to_owned)
    }
}

impl Value for u64 {
    fn write(&self, w: &mut Writer) {
        w.uint(*self);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.uint()
    }
}

impl Value for i64 {
    fn write(&self, w: &mut Writer) {
        w.int(*self);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.int()
    }
}

/// A mark: left out when false.
impl Value for bool {
    fn write(&self, w: &mut Writer) {
        w.bool(*self);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.bool()
    }
    fn is_absent(&self) -> bool {
        !*self
    }
    fn absent() -> Option<Self> {
        Some(false)
    }
}

/// Columns of an imported file that the data model has no field for, by their name there.
impl Value for BTreeMap<String, String> {
    fn write(&self, w: &mut Writer) {
        // Bytewise order of the encoded keys: shorter first, because the head comes first.
        let mut pairs: Vec<_> = self.iter().collect();
        pairs.sort_by(|(a, _), (b, _)| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        w.map(pairs.len());
        for (key, value) in pairs {
            w.text(key).text(value);
        }
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        (0..r.map()?).map(|_| Ok((r.text()?.to_owned(), r.text()?.to_owned()))).collect()
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}
