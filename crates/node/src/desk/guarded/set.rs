//! The register's trustees in the terms of those who deal shares.

use counterseal_register::TrusteeSet as Named;
use counterseal_seal::{TrusteePlace, TrusteeSet};

use crate::error::NodeError;

/// The set that the arithmetic works with.
pub(crate) fn sharing(named: &Named) -> Result<TrusteeSet, NodeError> {
    let place = |one: &counterseal_register::Trustee| {
        Some(TrusteePlace { trustee: one.id(), x: u8::try_from(one.x).ok()? })
    };
    let places: Option<Vec<_>> = named.trustees.iter().map(place).collect();
    let set = u8::try_from(named.threshold).ok().zip(places);
    set.and_then(|(threshold, places)| TrusteeSet::new(named.id, threshold, places).ok()).ok_or_else(|| {
        NodeError::Verification(format!(
            "the trustees that statement {} names cannot share",
            named.id.short()
        ))
    })
}
