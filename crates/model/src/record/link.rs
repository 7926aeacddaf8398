//! Links between records.

use crate::body;
use crate::ids::RecordId;
use crate::label::{Grading, Term};
use crate::moment::Occurred;

body! {
    /// A link from one record to another.
    pub struct Link {
        /// What kind, as in `member-of`, `commands`, `owns`, `seen-at`.
        1 kind: Term,
        /// From this record.
        2 from: RecordId,
        /// To that one.
        3 to: RecordId,
        /// When it held.
        4 when: Option<Occurred>,
        /// How good the information is.
        5 grading: Option<Grading>,
        /// More, in words.
        6 note: Option<String>,
    }
}
