//! Acts about compartments and their charters.

use counterseal_model::{Classification, CompartmentId, EntryId, PersonId, Timestamp, body, enumeration};

use super::name::SealedText;
use crate::entry::Rule;

/// What a newly admitted device may read of a compartment's past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HistoryRule {
    /// Everything since this rule holds.
    Full,
    /// What is written from the admission on.
    FromJoin,
}

enumeration!(HistoryRule, "a history rule of 0 or 1", { 0 => Full, "full"; 1 => FromJoin, "from-join"; });

/// What an author keeps of a sealed entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HoldRule {
    /// Nothing: secrets, plaintext and drafts are destroyed at sealing.
    None,
    /// What is needed to send again, until enough trustees acknowledged.
    UntilAcknowledged,
}

enumeration!(HoldRule, "a hold rule of 0 or 1", { 0 => None, "none"; 1 => UntilAcknowledged, "until-acknowledged"; });

body! {
    /// A compartment's charter.
    pub struct Charter {
        /// The opening rule. Only governors change it later.
        1 rule: Rule,
        /// The history rule.
        2 history: HistoryRule,
        /// The hold rule.
        3 hold: HoldRule,
        /// After how many days records are due for review; never when left out.
        4 retention_days: Option<u64>,
        /// The compartment that takes the records over when the mission ends.
        5 successor: Option<CompartmentId>,
        /// Whether a legal hold forbids erasure.
        6 legal_hold: bool,
        /// The classification that a new part starts with.
        7 default_classification: Option<Classification>,
        /// Guarded: whether whoever approves an opening must be of another section than who asks.
        8 other_section: Option<bool>,
        /// Guarded: how many days a withdrawn part waits before it can be erased; 30 when left out.
        9 cooling_off_days: Option<u64>,
        /// Guarded: whether an opening in an emergency may go without an approval or the policy's leave.
        10 emergency: Option<bool>,
        /// Guarded: how many parts one person may open in a day; as many as the policy lets when left out.
        11 quota: Option<u64>,
    }
}

impl Charter {
    /// Days that a withdrawn part waits before it can be erased, where a charter says nothing else.
    pub const COOLING_OFF_DAYS: u64 = 30;

    /// A charter with this opening rule and history rule and nothing else.
    #[must_use]
    pub fn new(rule: Rule, history: HistoryRule) -> Self {
        Self {
            rule,
            history,
            hold: HoldRule::None,
            retention_days: None,
            successor: None,
            legal_hold: false,
            default_classification: None,
            other_section: None,
            cooling_off_days: None,
            emergency: None,
            quota: None,
            extra: Default::default(),
        }
    }
}

body! {
    /// Makes a person a manager of a compartment. Signed by a registrar's device before the
    /// compartment has a first manager, by a manager's device afterwards, by the governors when
    /// no manager is left.
    pub struct AppointManager {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The person.
        2 person: PersonId,
        /// When it ends; with the assignment when left out.
        3 until: Option<Timestamp>,
    }
}

body! {
    /// Ends a manager's appointment. Signed by a manager's device or the governors.
    pub struct DismissManager {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The person.
        2 person: PersonId,
    }
}

body! {
    /// Creates a compartment. Signed by the device of the manager appointed for it.
    pub struct CreateCompartment {
        /// The compartment: a random id.
        1 compartment: CompartmentId,
        /// Its charter.
        2 charter: Charter,
        /// Its name, sealed.
        3 name: Option<SealedText>,
    }
}

body! {
    /// Replaces a charter but for its opening rule. Signed by a manager's device.
    pub struct AmendCharter {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The new charter, with the opening rule that holds.
        2 charter: Charter,
    }
}

body! {
    /// Accepts late entries. Signed by a manager's device.
    pub struct AcceptLate {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The entries, in ascending order.
        2 entries: Vec<EntryId>,
    }
}
