//! Many invitations that end in one draft: a contingent comes, and each of its devices was compared.

use counterseal_model::{DeviceId, PersonId, Timestamp};
use counterseal_register::{Bytes, JoinRequest};
use counterseal_seal::ComparedString;
use rusqlite::Connection;

use super::InvitationRefusal;
use super::kept::{InvitationState, Kept, keep};
use crate::desk::Desk;
use crate::desk::statements::Draft;
use crate::error::NodeError;

/// A new person whose device asked by an invitation of this desk, and the string that they read out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitee {
    /// The invitation.
    pub invitation: Bytes<32>,
    /// The person.
    pub person: PersonId,
    /// Their device.
    pub device: DeviceId,
    /// Their name, as the invitation has it.
    pub name: String,
    /// The string that was typed. It is compared when the enrolment is said, not before.
    pub string: ComparedString,
}

/// An invitation that has served, to be kept with what it served for.
#[derive(Debug)]
pub(in crate::desk) struct Served(Bytes<32>, Kept);

impl Served {
    pub(in crate::desk) fn keep(&self, tx: &Connection) -> Result<(), NodeError> {
        keep(tx, &self.0, &self.1)
    }
}

impl Desk {
    /// The new person of an answered invitation of this desk; of one that has served, too.
    ///
    /// # Errors
    /// See `InvitationRefusal`; when the invitation is for a further device.
    pub fn invitee(&self, invitation: &str, string: ComparedString) -> Result<Invitee, NodeError> {
        let (id, kept) = self.kept(invitation)?;
        if kept.state(self.now()) != InvitationState::Used {
            kept.check(self.now())?;
        }
        let asked = kept.request.as_ref().filter(|_| kept.answer.is_some());
        let asked = JoinRequest::parse(&asked.ok_or(InvitationRefusal::NotAsked)?.0)?;
        let name = kept.name.filter(|_| kept.person.is_none()).ok_or(InvitationRefusal::OtherPerson)?;
        Ok(Invitee { invitation: id, person: asked.person, device: asked.keys.id(), name, string })
    }

    /// Whether this desk made the invitation whose id begins so.
    #[must_use]
    pub fn is_own_invitation(&self, invitation: &str) -> bool {
        self.kept(invitation).is_ok()
    }

    /// Whether the string that was typed is this desk's too. A wrong one is counted, durably, as in
    /// `enrol_invited`.
    pub(in crate::desk) fn compare_string(&mut self, invitee: &Invitee) -> Result<(), NodeError> {
        let (id, kept) = self.kept(&hex::encode(invitee.invitation.0))?;
        kept.check(self.now())?;
        let request = kept.request.as_ref().ok_or(InvitationRefusal::NotAsked)?;
        let (known, challenge) = kept.secrets(self.mission(), self.device(), &id)?;
        if known.compared_string(&request.0, &challenge) == invitee.string {
            return Ok(());
        }
        Err(self.wrong_string(id, kept))
    }

    /// Enrols person and device in a draft. The invitation has served once what is given is kept.
    pub(in crate::desk) fn enrol_in(
        &mut self,
        draft: &mut Draft,
        invitee: &Invitee,
        until: Option<Timestamp>,
    ) -> Result<Served, NodeError> {
        self.compare_string(invitee)?;
        let (id, mut kept) = self.kept(&hex::encode(invitee.invitation.0))?;
        let (_, challenge) = kept.secrets(self.mission(), self.device(), &id)?;
        let asked = JoinRequest::parse(&kept.request.as_ref().ok_or(InvitationRefusal::NotAsked)?.0)?;
        self.say_new_person(draft, asked, &challenge, until.or(kept.until))?;
        kept.set(InvitationState::Used);
        Ok(Served(id, kept))
    }
}
