//! Acts about offices and sections: who answers for what, and who is told of openings.

use counterseal_model::{PersonId, SectionId, Timestamp, body, enumeration};

/// An office of the mission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// Answers for personal data: withdrawals, holds, erasures, facts about basis and consent.
    DataProtection,
    /// Plants decoy records and looks after alarms.
    Watch,
    /// Says whose training is valid until when.
    Training,
    /// Is told of the openings of a section's parts.
    Review,
    /// Says which devices are attested.
    Attestation,
}

enumeration!(Office, "an office of 0 to 4", {
    0 => DataProtection, "data-protection-officer"; 1 => Watch, "watch-officer"; 2 => Training, "training-officer";
    3 => Review, "reviewer"; 4 => Attestation, "attestation-officer";
});

body! {
    /// Gives a person an office. Signed by k governors.
    pub struct AppointOfficer {
        /// The person.
        1 person: PersonId,
        /// The office.
        2 office: Office,
        /// The section; for reviewers, and for no other office.
        3 section: Option<SectionId>,
        /// When it ends; with the assignment when left out.
        4 until: Option<Timestamp>,
    }
}

body! {
    /// Ends a person's office. Signed by k governors.
    pub struct DismissOfficer {
        /// The person.
        1 person: PersonId,
        /// The office.
        2 office: Office,
        /// The section, of a reviewer.
        3 section: Option<SectionId>,
    }
}

body! {
    /// Says to which section a person belongs. Signed by a registrar's device.
    pub struct AssignSection {
        /// The person.
        1 person: PersonId,
        /// The section: a random id. None when left out.
        2 section: Option<SectionId>,
    }
}
