//! Coordinates as people write them: decimal degrees, degrees and minutes, MGRS.
//!
//! A point that is read wrongly sends a patrol to the wrong village, so nothing is guessed here:
//! what can be read in two ways is refused, and the sentence says what to write instead.

mod angle;
mod mgrs;
mod split;

use thiserror::Error;

use crate::place::Point;

pub use mgrs::{BadMgrs, to_mgrs};

/// Longest text that is looked at, in bytes.
const MAX_LEN: usize = 80;

/// How a coordinate was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CoordinateForm {
    /// Decimal degrees: `4.36N 18.55E`.
    Decimal,
    /// Degrees and minutes, with or without seconds: `04°21.6'N 018°33.0'E`.
    DegreesMinutes,
    /// Military Grid Reference System: `33N YE 12345 67890`.
    Mgrs,
}

/// A point read from text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadPoint {
    /// The point; for MGRS the centre of the square.
    pub point: Point,
    /// How it was written.
    pub form: CoordinateForm,
    /// Side of the MGRS square, in metres; the other forms don't state a precision.
    pub precision_metres: Option<u32>,
}

/// Why text is not a coordinate.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadCoordinate {
    /// Not in any form known.
    #[error(
        "'{text}' is not a coordinate: write 4.36N 18.55E, 04°21.6'N 018°33.0'E, or MGRS as in 33N YE 12345 67890"
    )]
    Form {
        /// What was given.
        text: String,
    },
    /// Degrees, minutes or seconds outside what they can be.
    #[error("{what} {value} is out of range: it must lie within {range}")]
    OutOfRange {
        /// What is out of range, as in `latitude`.
        what: &'static str,
        /// The number given.
        value: String,
        /// What is allowed, with its unit.
        range: &'static str,
    },
    /// A hemisphere letter is missing, or does not fit the other.
    #[error("'{text}' needs two hemisphere letters: N or S for the latitude, E or W for the longitude")]
    Hemisphere {
        /// What was given.
        text: String,
    },
    /// A sign and a hemisphere letter on one number.
    #[error("'{text}' gives a sign and a hemisphere letter: leave one of them out")]
    SignAndHemisphere {
        /// What was given.
        text: String,
    },
    /// The first number can only be a longitude and the second could be a latitude.
    #[error(
        "{latitude} cannot be a latitude: latitude and longitude seem to be swapped, write the latitude first or add the letters N, S, E, W"
    )]
    Swapped {
        /// The first number, in degrees.
        latitude: String,
    },
    /// A number whose digits do not say where the degrees end.
    #[error(
        "'{number}' does not say where the degrees end: write a {what} as {example}, or put blanks between degrees and minutes"
    )]
    Packed {
        /// The number given.
        number: String,
        /// `latitude` or `longitude`.
        what: &'static str,
        /// How it should look.
        example: &'static str,
    },
    /// A grid reference with something wrong in it.
    #[error(transparent)]
    Mgrs(#[from] BadMgrs),
}

/// Reads a point from decimal degrees, degrees and minutes (and seconds), or MGRS.
///
/// Decimal degrees may use a dot or a comma, signs or hemisphere letters (French `O` is west).
/// Degrees and minutes need their letters. Latitude comes first unless letters say otherwise.
///
/// # Errors
/// When the text is none of these, is out of range, or could be read in two ways.
pub fn read_point(text: &str) -> Result<ReadPoint, BadCoordinate> {
    let trimmed = text.trim();
    if trimmed.len() > MAX_LEN {
        let text = trimmed.chars().take(MAX_LEN / 2).chain(['…']).collect();
        return Err(BadCoordinate::Form { text });
    }
    match mgrs::Parts::of(trimmed) {
        Some(parts) => Ok(parts.read()?),
        None => angle::read(trimmed),
    }
}
