//! Reading a message: what somebody sent by radio, mail or telephone becomes a draft of an incident.
//!
//! Nothing is invented. What is taken stands in the text, is marked there, and can be read in one way only; what looks
//! like a date or a number and can be read in two ways is marked as a doubt and left to the person. The whole text stays
//! as the narrative. The text is a stranger's: it is looked at within bounds, and nothing in it is obeyed.

mod known;
mod labels;
mod lexicon;
mod people;
mod scan;
#[cfg(test)]
mod tests;

use std::ops::Range;

use counterseal_model::record::Incident;

pub use known::{Known, KnownName, NamedThing};
use scan::Scan;

/// Most bytes of a message that are looked at; what comes after them stays in the narrative.
pub const MESSAGE_BYTES: usize = 20_000;

/// What something in a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Found {
    /// What it is about, in one line.
    Title,
    /// When it happened.
    Date,
    /// A point.
    Point,
    /// The name of a place.
    Place,
    /// A place code.
    Pcode,
    /// Someone who took part.
    Actor,
    /// How many people were harmed.
    Casualties,
    /// What type of incident it is.
    Type,
    /// How good the information is.
    Grading,
    /// An open source.
    Source,
    /// What the mission did.
    Response,
}

/// A place in the text, and what was read there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What it is.
    pub what: Found,
    /// Whether it was taken into the draft; otherwise it is a doubt for a person.
    pub taken: bool,
}

/// What was found in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The draft: what was found, and the whole text as the narrative.
    pub incident: Incident,
    /// Where it was found, in the order of the text; marks do not overlap.
    pub marks: Vec<Mark>,
}

/// Reads a message. `known` are the names that this desk knows.
#[must_use]
pub fn read_message(text: &str, known: &Known) -> Message {
    let mut cut = text.len().min(MESSAGE_BYTES);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let mut scan = Scan::new(text.get(..cut).unwrap_or(""));
    labels::read(&mut scan, known);
    scan.points();
    scan.dates();
    people::read(&mut scan);
    known.read(&mut scan);
    let (mut incident, marks) = scan.finish();
    let narrative = text.trim();
    incident.narrative = (!narrative.is_empty()).then(|| narrative.to_owned());
    Message { incident, marks }
}
