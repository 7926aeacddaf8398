//! The sentence for what is refused, in four languages, for all who speak to people: the command line and the pages.
//! A refusal has a code, the catalogue (`messages/*/refused.ftl`) has a sentence of that name in each language, and the
//! sentence names what it is about.

mod catalogue;
mod dates;
mod rotation;
mod sentence;
mod tongue;
mod typed;

/// Sentences by their names.
pub use catalogue::{Sentences, knows};
/// What is wrong with the file of a rotation, in words.
pub use rotation::{sentence_of_fault, sentence_of_rotation};
/// What was refused, in words.
pub use sentence::{sentence_of, sentence_of_link, sentence_of_pouch};
/// Languages.
pub use tongue::Tongue;
/// What was typed and cannot be read, in words.
pub use typed::{sentence_of_grading, sentence_of_moment, sentence_of_point};
