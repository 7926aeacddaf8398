//! Answering a request: is it bound to an invitation of ours, and can its device open what is sealed to it?

use counterseal_model::{DeviceId, PersonId};
use counterseal_register::{Blob, Bytes, JoinRequest};

use super::InvitationRefusal;
use super::kept::{InvitationState, Kept, keep};
use crate::desk::Desk;
use crate::error::NodeError;

/// A request that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The invitation.
    pub id: Bytes<32>,
    /// The challenge's bytes, for the device that asked.
    pub challenge: Vec<u8>,
    /// The device that asked.
    pub device: DeviceId,
    /// The person whose it would be.
    pub person: PersonId,
}

impl Desk {
    /// Checks a device's request against the invitation it names and seals the challenge to its HPKE key.
    /// **From then on the invitation is this device's alone**: a second request is refused, so that nobody
    /// tries keys until the strings are alike. The same request gets the same challenge again.
    ///
    /// # Errors
    /// See `InvitationRefusal`; nothing was answered then.
    pub fn answer_request(&mut self, request: &[u8]) -> Result<Answered, NodeError> {
        let asked = JoinRequest::parse(request)
            .map_err(|error| InvitationRefusal::NotThis { what: "request", reason: error.to_string() })?;
        if asked.mission != self.mission() {
            return Err(InvitationRefusal::OtherMission.into());
        }
        if asked.inviter != self.device() {
            return Err(InvitationRefusal::OtherInviter.into());
        }
        let (id, mut kept) = self.kept(&hex::encode(asked.invitation.0))?;
        kept.check(self.now())?;
        let (device, person) = (asked.keys.id(), asked.person);
        if let (Some(first), Some(answer)) = (&kept.request, &kept.answer) {
            return match first.0 == request {
                true => Ok(Answered { id, challenge: answer.0.clone(), device, person }),
                false => Err(InvitationRefusal::Taken.into()),
            };
        }
        let (invitation, challenge) = kept.secrets(self.mission(), self.device(), &id)?;
        if !invitation.binds(&asked) {
            return Err(InvitationRefusal::NotBound.into());
        }
        if !asked.is_signed() {
            return Err(InvitationRefusal::NotSigned.into());
        }
        self.check_person(&kept, person)?;
        let sealed =
            challenge.seal_to(&mut self.rng, &self.secrets, invitation.mission, request, &asked.keys)?;
        let sealed = sealed.to_bytes();
        (kept.request, kept.answer) = (Some(Blob(request.to_vec())), Some(Blob(sealed.clone())));
        kept.set(InvitationState::Answered);
        self.store.commit(|tx| keep(tx, &id, &kept))?;
        Ok(Answered { id, challenge: sealed, device, person })
    }

    /// A further device is the invited person's; a new person is nobody who is enrolled.
    fn check_person(&self, kept: &Kept, person: PersonId) -> Result<(), InvitationRefusal> {
        let fits = match kept.person {
            Some(invited) => invited == person,
            None => self.register.person(person, self.moment()).is_none(),
        };
        if fits { Ok(()) } else { Err(InvitationRefusal::OtherPerson) }
    }
}
