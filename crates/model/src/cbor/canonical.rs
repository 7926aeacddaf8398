//! The one check that bytes are deterministic CBOR (RFC 8949 §4.2.1).
//!
//! minicbor reads tokens but accepts long heads, indefinite lengths and unsorted maps. Two
//! encodings of one value would have two hashes, so everything that is stored, hashed or signed
//! passes here first.

use std::fmt;

/// Deepest nesting accepted. Records nest to about six; the rest is a hostile file.
const MAX_DEPTH: usize = 24;

/// Why bytes are not deterministic CBOR, and at which byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotCanonical {
    /// Offset of the first byte of the offending item.
    pub offset: usize,
    /// Which rule it breaks.
    pub defect: Defect,
}

/// The rules of RFC 8949 §4.2.1, as they can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defect {
    /// The input ends inside an item.
    Truncated,
    /// Bytes follow the item.
    Trailing,
    /// An argument could have been written shorter.
    LongHead,
    /// Indefinite length or a break code.
    Indefinite,
    /// Reserved additional information 28 to 30.
    Reserved,
    /// Text that is not UTF-8.
    NotUtf8,
    /// Map keys out of bytewise order.
    KeyOrder,
    /// The same map key twice.
    DuplicateKey,
    /// A float that a shorter one would represent, or a NaN other than 0x7e00.
    LongFloat,
    /// A simple value other than false, true and null.
    Simple,
    /// Nested deeper than the limit.
    TooDeep,
}

impl fmt::Display for NotCanonical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.defect {
            Defect::Truncated => "the bytes end inside an item",
            Defect::Trailing => "bytes follow the item",
            Defect::LongHead => "a number is not in its shortest form",
            Defect::Indefinite => "an indefinite length",
            Defect::Reserved => "a reserved head",
            Defect::NotUtf8 => "text that is not UTF-8",
            Defect::KeyOrder => "map keys out of order",
            Defect::DuplicateKey => "a map key given twice",
            Defect::LongFloat => "a float that is not in its shortest form",
            Defect::Simple => "a simple value that is not false, true or null",
            Defect::TooDeep => "nesting that is too deep",
        };
        write!(f, "not deterministic CBOR at byte {}: {what}", self.offset)
    }
}

impl std::error::Error for NotCanonical {}

/// Checks that `bytes` are exactly one item in deterministic CBOR.
///
/// # Errors
/// The first defect met, with its offset.
pub fn check_canonical(bytes: &[u8]) -> Result<(), NotCanonical> {
    let mut walk = Walk { bytes, at: 0 };
    walk.item(0)?;
    if walk.at != bytes.len() {
        return Err(NotCanonical { offset: walk.at, defect: Defect::Trailing });
    }
    Ok(())
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    fn fail<T>(offset: usize, defect: Defect) -> Result<T, NotCanonical> {
        Err(NotCanonical { offset, defect })
    }

    fn take(&mut self, n: u64, start: usize) -> Result<&'a [u8], NotCanonical> {
        let end = usize::try_from(n).ok().and_then(|n| self.at.checked_add(n));
        match end.and_then(|end| self.bytes.get(self.at..end)) {
            Some(slice) => {
                self.at += slice.len();
                Ok(slice)
            }
            None => Self::fail(start, Defect::Truncated),
        }
    }

    /// Reads an item's head: major type and argument.
    fn head(&mut self) -> Result<(u8, u8, u64), NotCanonical> {
        let start = self.at;
        let first = self.take(1, start)?.first().copied().unwrap_or(0);
        let (major, info) = (first >> 5, first & 0x1f);
        let width: u32 = match info {
            0..=23 => return Ok((major, info, u64::from(info))),
            24..=27 => 1 << (info - 24),
            31 => return Self::fail(start, Defect::Indefinite),
            _ => return Self::fail(start, Defect::Reserved),
        };
        let raw = self.take(u64::from(width), start)?;
        let argument = raw.iter().fold(0u64, |n, b| (n << 8) | u64::from(*b));
        let least = match width {
            1 => 24,
            2 => 1 << 8,
            4 => 1 << 16,
            _ => 1 << 32,
        };
        if major != 7 && argument < least {
            return Self::fail(start, Defect::LongHead);
        }
        Ok((major, info, argument))
    }

    fn item(&mut self, depth: usize) -> Result<(), NotCanonical> {
        let start = self.at;
        if depth > MAX_DEPTH {
            return Self::fail(start, Defect::TooDeep);
        }
        let (major, info, argument) = self.head()?;
        match major {
            0 | 1 => Ok(()),
            2 => self.take(argument, start).map(drop),
            3 => match std::str::from_utf8(self.take(argument, start)?) {
                Ok(_) => Ok(()),
                Err(_) => Self::fail(start, Defect::NotUtf8),
            },
            4 => (0..argument).try_for_each(|_| self.item(depth + 1)),
            5 => self.map(argument, depth),
            6 => self.item(depth + 1),
            _ => Self::simple(start, info, argument),
        }
    }

    fn map(&mut self, pairs: u64, depth: usize) -> Result<(), NotCanonical> {
        let mut last: &[u8] = &[];
        for nth in 0..pairs {
            let start = self.at;
            self.item(depth + 1)?;
            let key = self.bytes.get(start..self.at).unwrap_or(&[]);
            if nth > 0 && key == last {
                return Self::fail(start, Defect::DuplicateKey);
            }
            if nth > 0 && key < last {
                return Self::fail(start, Defect::KeyOrder);
            }
            last = key;
            self.item(depth + 1)?;
        }
        Ok(())
    }

    fn simple(start: usize, info: u8, argument: u64) -> Result<(), NotCanonical> {
        match info {
            20..=22 => Ok(()),
            25 => match argument & 0x7fff {
                // Every NaN but the canonical quiet one.
                0x7c01..=0x7fff if argument != 0x7e00 => Self::fail(start, Defect::LongFloat),
                _ => Ok(()),
            },
            26 => {
                let value = f32::from_bits(u32::try_from(argument).unwrap_or(0));
                if value.is_nan() || fits_half(value) {
                    return Self::fail(start, Defect::LongFloat);
                }
                Ok(())
            }
            27 => {
                let value = f64::from_bits(argument);
                #[expect(clippy::cast_possible_truncation, reason = "the loss is what is asked about")]
                if value.is_nan() || f64::from(value as f32) == value {
                    return Self::fail(start, Defect::LongFloat);
                }
                Ok(())
            }
            _ => Self::fail(start, Defect::Simple),
        }
    }
}

/// Whether a half-precision float holds this value exactly (RFC 8949 §4.2.1, "shortest form").
fn fits_half(value: f32) -> bool {
    let bits = value.to_bits();
    let exponent = ((bits >> 23) & 0xff) as i32;
    let fraction = bits & 0x007f_ffff;
    match exponent {
        0xff => true,                        // infinities (NaN is refused before)
        0 => fraction == 0,                  // zero; single subnormals are far below half's range
        113..=142 => fraction & 0x1fff == 0, // half's normal range
        103..=112 => {
            // Half's subnormals: the implicit one and the fraction, shifted down.
            let lost = 126 - exponent; // 14..=23 bits that half cannot hold
            let significand = fraction | 0x0080_0000;
            significand.trailing_zeros() >= lost.unsigned_abs()
        }
        _ => false,
    }
}
