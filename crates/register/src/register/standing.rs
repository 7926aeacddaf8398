//! Whether an entry counts: settled, late, or accepted though late (PROTOCOL section 4).

use counterseal_model::{DeviceId, EntryId, EpochId};

use super::Register;
use super::moment::Moment;
use super::people::DeviceStatus;
use crate::entry::VerifiedHeader;
use crate::refusal::Refusal;
use crate::suite::SUITE;

/// How an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryStanding {
    /// It was logged while its device could write in its epoch.
    Settled,
    /// It was logged afterwards: kept apart from search and reports.
    Late(LateReason),
    /// Late, and accepted by a manager's statement.
    Accepted,
}

/// What an entry came after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LateReason {
    /// The revocation of its device or person.
    DeviceRevoked,
    /// The end of its author's assignment.
    AssignmentEnded,
    /// The suspension of its device.
    DeviceSuspended,
    /// The freeze of its author.
    PersonFrozen,
    /// The removal of its device from the compartment, or its leaving for a trip.
    DeviceRemoved,
    /// An epoch that follows its own, and renews the secret or leaves out somebody who has it.
    EpochSucceeded,
}

impl Register {
    /// Whether a device may write under an epoch at a moment.
    ///
    /// # Errors
    /// The reason, if it may not.
    pub fn may_write(&self, device: DeviceId, epoch: EpochId, at: Moment) -> Result<(), Refusal> {
        let state = self.state();
        if let Some(minimum) = state.minimum_suite.at(at).filter(|minimum| **minimum > SUITE) {
            return Err(Refusal::SuiteBelowMinimum { minimum: *minimum });
        }
        let unknown = Refusal::UnknownEpoch { epoch };
        let known =
            state.epochs.get(&epoch).filter(|known| known.begun.position <= at.position).ok_or(unknown)?;
        if known.roster().binary_search(&device).is_err() {
            return Err(Refusal::NotAMember);
        }
        if !state.is_active(device, at) {
            return Err(Refusal::SignerNotActive { device });
        }
        let compartment = state.compartments.get(&known.statement.compartment);
        match compartment.is_some_and(|compartment| compartment.is_without(device, at)) {
            true => Err(Refusal::RemovedFromCompartment { device }),
            false => Ok(()),
        }
    }

    /// How a verified entry stands. `leaf` is the last statement in the statement log when the
    /// entry's own leaf was first cosigned, and the time of that.
    ///
    /// # Errors
    /// When the entry can never stand: of another mission, of an epoch or device that the register
    /// does not know there, or sealed by another rule than its epoch's.
    pub fn standing_of(&self, entry: &VerifiedHeader, leaf: Moment) -> Result<EntryStanding, Refusal> {
        let (state, header) = (self.state(), entry.header());
        if header.mission != state.mission {
            return Err(Refusal::OtherMission);
        }
        let unknown = Refusal::UnknownEpoch { epoch: header.epoch };
        let epoch = state.epoch_of(header.compartment, header.epoch).ok_or(unknown)?;
        if epoch.roster().binary_search(&header.device).is_err() {
            return Err(Refusal::NotAMember);
        }
        // The rule is the charter's at that epoch, never the header's word.
        if epoch.rule.is_guarded() != header.is_guarded() {
            return Err(Refusal::RuleMismatch);
        }
        if let Some(id) = header.trustee_set {
            let set = self.trustee_set(id, leaf).ok_or(Refusal::UnknownTrusteeSet { set: id })?;
            if set.trustees.len() != header.trustees.len() {
                return Err(Refusal::NotTheTrustees { set: id });
            }
        }
        let succeeded = epoch.ended.is_some_and(|since| since.position <= leaf.position);
        let compartment = state.compartments.get(&header.compartment);
        let removed = compartment.is_some_and(|known| known.is_without(header.device, leaf));
        let late = match state.device_status(header.device, leaf) {
            Some(DeviceStatus::Revoked { .. }) => Some(LateReason::DeviceRevoked),
            Some(DeviceStatus::Suspended { .. }) => Some(LateReason::DeviceSuspended),
            Some(DeviceStatus::Frozen { .. }) => Some(LateReason::PersonFrozen),
            Some(DeviceStatus::Expired { .. }) => Some(LateReason::AssignmentEnded),
            _ if removed => Some(LateReason::DeviceRemoved),
            _ if succeeded => Some(LateReason::EpochSucceeded),
            _ => None,
        };
        Ok(match late {
            None => EntryStanding::Settled,
            Some(_) if self.is_accepted(header.compartment, entry.id()) => EntryStanding::Accepted,
            Some(reason) => EntryStanding::Late(reason),
        })
    }

    fn is_accepted(&self, compartment: counterseal_model::CompartmentId, entry: EntryId) -> bool {
        self.state().compartments.get(&compartment).is_some_and(|known| known.accepted.contains(&entry))
    }
}
