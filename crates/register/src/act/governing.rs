//! Acts of the governors.

use counterseal_model::{CompartmentId, PersonId, Timestamp, body};

use crate::entry::Rule;
use crate::key::{DeviceKeys, HybridKey};

body! {
    /// A registrar from the first day: a person and a device, enrolled by the founding itself.
    pub struct FirstRegistrar {
        /// The person.
        1 person: PersonId,
        /// The person's device.
        2 keys: DeviceKeys,
        /// When the person's assignment ends.
        3 until: Option<Timestamp>,
    }
}

body! {
    /// Founds the mission, whose id is this statement's. Signed by every governor and by every
    /// first registrar's device, which proves that they hold their keys.
    pub struct Found {
        /// The governors, in ascending order of their key ids.
        1 governors: Vec<HybridKey>,
        /// How many of them must sign.
        2 threshold: u64,
        /// The least suite that is accepted.
        3 minimum_suite: u64,
        /// How many days a loosening stands before it has effect.
        4 waiting_days: u64,
        /// The compartment of everyone, to which names are sealed; registrars manage it.
        5 mission_compartment: CompartmentId,
        /// Whether the mission is a demonstration with made-up data.
        6 synthetic: bool,
        /// The first registrars.
        7 registrars: Vec<FirstRegistrar>,
    }
}

body! {
    /// Replaces the governors. Signed by k of the present ones and by every new one.
    pub struct ChangeGovernors {
        /// The new governors, in ascending order of their key ids.
        1 governors: Vec<HybridKey>,
        /// How many of them must sign from then on.
        2 threshold: u64,
    }
}

body! {
    /// Raises the least suite that is accepted. It is never lowered.
    pub struct SetMinimumSuite {
        /// The new minimum.
        1 suite: u64,
    }
}

body! {
    /// Changes how many days a loosening stands before it has effect: more of them at once, fewer
    /// after as many as there were.
    pub struct SetWaitingDays {
        /// The days.
        1 days: u64,
    }
}

body! {
    /// Makes a person a registrar, or changes until when.
    pub struct AppointRegistrar {
        /// The person.
        1 person: PersonId,
        /// When it ends; with the assignment when left out.
        2 until: Option<Timestamp>,
    }
}

body! {
    /// Ends a registrar's appointment.
    pub struct DismissRegistrar {
        /// The person.
        1 person: PersonId,
    }
}

body! {
    /// Names the recovery officers, so many of whom may cross-sign a person's new device.
    pub struct SetRecovery {
        /// The officers, in ascending order.
        1 officers: Vec<PersonId>,
        /// How many must sign.
        2 threshold: u64,
    }
}

body! {
    /// Changes a compartment's opening rule: a stricter one at once, a looser one after the
    /// mission's waiting days. A newer statement withdraws a looser rule that still waits.
    pub struct SetOpeningRule {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The new rule.
        2 rule: Rule,
    }
}
