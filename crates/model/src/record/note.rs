//! Notes on a record.

use crate::body;
use crate::ids::RecordId;
use crate::label::Term;

body! {
    /// A note about a record.
    #[derive(Default)]
    pub struct Note {
        /// The record it is about.
        1 about: Option<RecordId>,
        /// The text.
        2 text: String,
        /// Free labels.
        3 tags: Vec<Term>,
    }
}
