//! Bodies: maps from small integers to fields, which keep what they do not know.
//!
//! A desk of an older version edits a record that a newer one wrote and loses nothing: unknown
//! fields are carried, byte for byte, in `Extra`.

use super::canonical::check_canonical;
use super::values::Value;
use super::wire::{BodyError, Reader, Writer};

/// The fields of a body that this version does not know: encoded key, encoded value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extra(Vec<(Vec<u8>, Vec<u8>)>);

impl Extra {
    /// Number of unknown fields.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether every field was known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn keep(&mut self, key: &[u8], value: &[u8]) {
        self.0.push((key.to_vec(), value.to_vec()));
    }

    /// Writes the known fields (given as whole encoded pairs) and the unknown ones, in key order.
    pub fn merge(&self, known: Vec<(u64, Vec<u8>)>, w: &mut Writer) {
        let encoded_key = |key: u64| {
            let mut head = Writer::new();
            head.uint(key);
            head.into_bytes()
        };
        let mut pairs: Vec<_> = known.into_iter().map(|(k, v)| (encoded_key(k), v)).collect();
        pairs.extend(self.0.iter().cloned());
        pairs.sort();
        for (key, value) in pairs {
            w.raw(&key).raw(&value);
        }
    }
}

/// Encodes a body on its own.
#[must_use]
pub fn to_bytes<T: Value>(value: &T) -> Vec<u8> {
    let mut w = Writer::with_capacity(512);
    value.write(&mut w);
    w.into_bytes()
}

/// Reads a body that may hold fields unknown to this version (record bodies).
///
/// # Errors
/// When the bytes are not deterministic CBOR, or not this body.
pub fn from_bytes<T: Value>(bytes: &[u8]) -> Result<T, BodyError> {
    check_canonical(bytes)?;
    T::read(&mut Reader::new(bytes))
}

/// Reads a body in which every field must be known (headers, statements, requests, policies).
///
/// # Errors
/// As `from_bytes`, and `Unknown` when a field is not known.
pub fn from_bytes_strict<T: Value>(bytes: &[u8]) -> Result<T, BodyError> {
    check_canonical(bytes)?;
    T::read(&mut Reader::strict(bytes))
}

/// Declares a body: a struct whose fields have small integer keys, in ascending order.
#[macro_export]
macro_rules! body {
    ($(#[$meta:meta])* pub struct $Name:ident {
        $( $(#[$fmeta:meta])* $key:literal $field:ident : $ty:ty, )*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $Name {
            $( $(#[$fmeta])* pub $field: $ty, )*
            /// Fields that a newer version wrote; carried unread.
            pub extra: $crate::cbor::Extra,
        }

        impl $crate::cbor::Value for $Name {
            fn write(&self, w: &mut $crate::cbor::Writer) {
                let present = self.extra.len() $( + usize::from(!$crate::cbor::Value::is_absent(&self.$field)) )*;
                w.map(present);
                if self.extra.is_empty() {
                    $( if !$crate::cbor::Value::is_absent(&self.$field) {
                        w.uint($key);
                        $crate::cbor::Value::write(&self.$field, w);
                    } )*
                    return;
                }
                let mut known: Vec<(u64, Vec<u8>)> = Vec::new();
                $( if !$crate::cbor::Value::is_absent(&self.$field) {
                    known.push(($key, $crate::cbor::to_bytes(&self.$field)));
                } )*
                self.extra.merge(known, w);
            }

            fn read(r: &mut $crate::cbor::Reader<'_>) -> Result<Self, $crate::cbor::BodyError> {
                use $crate::cbor::{BodyError, Value};
                $( let mut $field: Option<$ty> = None; )*
                let mut extra = $crate::cbor::Extra::default();
                for _ in 0..r.map()? {
                    let key = r.raw()?;
                    match $crate::cbor::Reader::new(key).uint() {
                        $( Ok($key) => {
                            let outer = r.enter(stringify!($field));
                            let offset = r.offset();
                            let value = <$ty as Value>::read(r)?;
                            // Written out, it would be a second encoding of the same body.
                            if Value::is_absent(&value) {
                                return Err(r.out_of_range(offset, "what is empty or false is left out"));
                            }
                            $field = Some(value);
                            r.enter(outer);
                        } )*
                        _ => r.unknown(stringify!($Name), key, &mut extra)?,
                    }
                }
                Ok(Self {
                    $( $field: match $field.or_else(<$ty as Value>::absent) {
                        Some(value) => value,
                        None => return Err(BodyError::Missing {
                            body: stringify!($Name),
                            field: stringify!($field),
                        }),
                    }, )*
                    extra,
                })
            }
        }
    };
}
