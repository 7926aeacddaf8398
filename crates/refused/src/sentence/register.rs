//! What the register refuses.

use std::borrow::Cow;

use counterseal_register::Refusal;

use super::{Said, said};

/// A refusal of the register, with whatever it names.
pub(super) fn of_refusal(refusal: &Refusal) -> Said {
    use Refusal as R;
    if let R::QuorumTooSmall { k, w, f } = refusal {
        let values = [("k", k.to_string()), ("w", w.to_string()), ("f", f.to_string())];
        return said(&format!("refusal-{}", refusal.code()), values);
    }
    if let R::BadShares { t, n } = refusal {
        return said("refusal-trustees-threshold-bad", [("t", t.to_string()), ("n", n.to_string())]);
    }
    let value: Option<(&'static str, String)> = match refusal {
        R::UnknownSuite { suite } => Some(("suite", suite.to_string())),
        R::SuiteBelowMinimum { minimum } | R::SuiteNotRaised { minimum } => {
            Some(("minimum", minimum.to_string()))
        }
        R::TooLarge { bytes } => Some(("bytes", bytes.to_string())),
        R::AlreadyApplied { statement }
        | R::VoidPredecessor { statement }
        | R::NothingToLift { statement } => Some(("statement", statement.short())),
        R::UnknownTrusteeSet { set } | R::NotTheTrustees { set } => Some(("set", set.short())),
        R::CoolingOff { days } => Some(("days", days.to_string())),
        R::NotTheGovernors { threshold } => Some(("threshold", threshold.to_string())),
        R::SignerNotActive { device }
        | R::UnknownDevice { device }
        | R::DeviceExists { device }
        | R::NotPending { device }
        | R::RosterNotActive { device }
        | R::AlreadySuspended { device }
        | R::DeviceAway { device }
        | R::RemovedFromCompartment { device } => Some(("device", device.short())),
        R::NotTwoPersons { compartment }
        | R::NotAManager { compartment }
        | R::UnknownCompartment { compartment }
        | R::CompartmentExists { compartment }
        | R::ManagersRemain { compartment } => Some(("compartment", compartment.short())),
        R::UnknownPerson { person } | R::PersonExists { person } | R::PersonNotActive { person } => {
            Some(("person", person.short()))
        }
        R::WrongGeneration { expected } => Some(("expected", expected.to_string())),
        R::MisplacedSuccession { index } => Some(("index", index.to_string())),
        R::HubSuperseded { generation } | R::BeforeGeneration { generation } => {
            Some(("generation", generation.to_string()))
        }
        R::UnknownFreeze { freeze } => Some(("freeze", freeze.short())),
        R::UnknownTravel { travel } => Some(("travel", travel.short())),
        R::UnknownSite { site } => Some(("site", site.short())),
        R::UnknownEpoch { epoch } => Some(("epoch", epoch.short())),
        R::Malformed(reason) => Some(("reason", reason.to_string())),
        _ => None,
    };
    let values = value.into_iter().map(|(name, value)| (name, Cow::Owned(value))).collect();
    Said { key: format!("refusal-{}", refusal.code()), values }
}
