//! Pseudonyms in what is shared: the same for one person within a mission and target compartment, another in every other.

use counterseal_model::CompartmentId;
use counterseal_policy::Named;
use counterseal_seal::{EpochSecret, derive_pseudonym};

use crate::desk::Desk;
use crate::error::NodeError;

impl Desk {
    /// The secret that pseudonyms out of a compartment follow from: its first epoch's, or of those that this desk has
    /// the first. Who reads only the target does not have it, and cannot try names.
    pub(super) fn pseudonym_secret(&self, source: CompartmentId) -> Result<&EpochSecret, NodeError> {
        let mut held = self.register.epochs(source).iter().filter_map(|epoch| self.keyring.get(*epoch));
        held.next().ok_or(NodeError::NotAMember(source))
    }

    /// The pseudonym of somebody for the readers of a compartment.
    pub(super) fn pseudonym(&self, secret: &EpochSecret, to: CompartmentId, named: Named<'_>) -> String {
        let bytes = match named {
            Named::Record(record) => [&[1], record.as_bytes().as_slice()].concat(),
            Named::Name(name) => [&[0], name.as_bytes()].concat(),
        };
        format!("p-{}", hex::encode(derive_pseudonym(secret, &self.mission(), &to, &bytes)))
    }
}
