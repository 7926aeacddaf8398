//! How many parts a person may open in a day.

use std::collections::BTreeMap;

use counterseal_model::CompartmentId;
use counterseal_policy::Quota;

use super::Case;
use super::against::{Against, Refused};
use super::parts::{Parts, refuse_some};

impl Case<'_> {
    /// The charter's quota, divided by how a person can spread: an opening needs t of n trustees, so whoever goes to
    /// others each time opens n/t times what one of them counts. Each allows t/n of it. What is opened is counted for
    /// every compartment, for a charter may get a quota in the middle of a day.
    pub(super) fn check_quota(&self, parts: &Parts<'_>) -> Result<Vec<(CompartmentId, u64)>, Refused> {
        let set = self.register().trustees(self.at).ok_or(Refused::of(Against::OtherTrustees))?;
        let t = u8::try_from(set.threshold).unwrap_or(u8::MAX);
        let n = u8::try_from(set.trustees.len()).unwrap_or(u8::MAX);
        let mut counted: BTreeMap<CompartmentId, u64> = BTreeMap::new();
        for held in &parts.held {
            let count = counted.entry(held.compartment).or_default();
            *count = count.saturating_add(1);
        }
        let over = |compartment: &CompartmentId| {
            let quota = parts.charters.get(compartment).and_then(|charter| charter.quota);
            let used = self.known.used.get(compartment).copied().unwrap_or(0);
            let asked = counted.get(compartment).copied().unwrap_or(0);
            quota.is_some_and(|quota| used.saturating_add(asked) > Quota::new(quota, t, n).here)
        };
        let too_many = parts.held.iter().filter(|held| over(&held.compartment)).map(|held| held.part);
        refuse_some(Against::OverQuota, too_many.collect())?;
        Ok(counted.into_iter().collect())
    }
}
