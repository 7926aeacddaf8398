//! The source: someone who tells the mission, and may be harmed for it. Always guarded.

use crate::body;
use crate::ids::PersonId;
use crate::label::Reliability;

body! {
    /// A confidential source, under a pseudonym. Interpreters, drivers, intermediaries and
    /// relatives are people at risk too and are kept the same way.
    #[derive(Default)]
    pub struct Source {
        /// The pseudonym; never the name.
        1 pseudonym: String,
        /// Who handles the source: a person of the mission.
        2 handler: Option<PersonId>,
        /// Who handles the source: an office.
        3 handler_office: Option<String>,
        /// What the source has access to.
        4 access: Option<String>,
        /// Reliability as judged over time, newest last.
        5 reliability: Vec<Reliability>,
        /// How the source may be contacted.
        6 contact_rules: Option<String>,
        /// What would happen to the source if exposed.
        7 risk: Option<String>,
    }
}
