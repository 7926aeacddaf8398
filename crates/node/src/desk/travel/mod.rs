//! Travel: a desk that forgets compartments before a trip, so that its owner *cannot* open them
//! (docs/spec/register.md section 11, docs/decisions/0018). What must not open must open neither with
//! what is on the desk nor with anything that can be fetched for it again.

mod copy;
mod keep;
mod leave;
mod openable;
mod plan;
mod refusal;
#[cfg(test)]
mod tests;

pub(super) use keep::kept_wraps;
pub use leave::Prepared;
pub use openable::Openable;
pub use plan::{Leaving, TravelPlan};
pub use refusal::TravelRefusal;

use counterseal_model::{CompartmentId, DeviceId};
use counterseal_register::{BringBack, Refusal};

use super::Desk;
use crate::error::NodeError;

impl Desk {
    /// The devices of a person that left a compartment for a trip.
    #[must_use]
    pub fn away(&self, compartment: CompartmentId) -> Vec<DeviceId> {
        let at = self.moment();
        let mut devices: Vec<_> = self.people().into_iter().flat_map(|person| person.devices).collect();
        devices.retain(|(device, _)| self.register.left_by(compartment, *device, at).is_some());
        devices.into_iter().map(|(device, _)| device).collect()
    }

    /// Brings a device back into a compartment that it left: says so, begins an epoch that admits it, and
    /// wraps to its new key the secrets of earlier epochs that it had and that the new one does not lead to.
    /// All of it is kept together or not at all.
    ///
    /// # Errors
    /// When the register refuses: this desk's person must be a manager, and another than the device's.
    pub fn bring_back(&mut self, compartment: CompartmentId, device: DeviceId) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        let at = draft.moment();
        let left = draft.register.of_the_log().left_by(compartment, device, at);
        let travel = left.ok_or(TravelRefusal::NotAway { device, compartment })?;
        let person = draft.register.device(device, at).map(|known| known.person);
        if person == Some(self.person) {
            return Err(Refusal::OwnCase.into());
        }
        let act = BringBack { compartment, device, travel, extra: Default::default() };
        draft.say(act, &[&self.secrets])?;
        self.change_roster(&mut draft, compartment, &[device], &[])?;
        let heads = draft.register.epoch_heads(compartment);
        self.repair_beyond(&mut draft, compartment, device, &heads)?;
        self.keep_statements(draft)
    }
}
