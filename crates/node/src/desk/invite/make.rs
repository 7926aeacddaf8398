//! Making invitations.

use counterseal_model::{PersonId, Timestamp};
use counterseal_register::{Bytes, Refusal};
use counterseal_seal::{ChallengeSecret, Invitation, InvitationSecret, MAX_NAME, NameError};

use super::hidden::Hidden;
use super::kept::{Kept, keep};
use crate::desk::Desk;
use crate::error::NodeError;

/// Whom an invitation is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invited {
    /// A new person; by a registrar.
    NewPerson {
        /// The name, sealed to the mission's members when the person is enrolled.
        name: String,
        /// When the assignment ends.
        until: Option<Timestamp>,
    },
    /// A further device of this desk's own person.
    OwnDevice,
    /// A new device of somebody who has none left; by a recovery officer.
    Recovery(PersonId),
}

/// What an invitation is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationTerms {
    /// Whom it is for.
    pub invited: Invited,
    /// For how many days it counts.
    pub days: u16,
    /// Where the hub is, to spare the typing later.
    pub hub: Option<String>,
}

impl Desk {
    /// Makes an invitation and remembers it; durable before it is given out. It counts for one device.
    ///
    /// # Errors
    /// When this desk's person may not invite so, or the disk refuses.
    pub fn invite(&mut self, terms: &InvitationTerms) -> Result<Invitation, NodeError> {
        let at = self.moment();
        let (person, name, until) = match &terms.invited {
            Invited::NewPerson { .. } if !self.register.is_registrar(self.person, at) => {
                return Err(Refusal::NotARegistrar.into());
            }
            Invited::NewPerson { name, .. } if name.len() > MAX_NAME => {
                return Err(NameError::TooLong { len: name.len() }.into());
            }
            Invited::NewPerson { name, until } => (None, Some(name.clone()), *until),
            Invited::OwnDevice => (Some(self.person), None, None),
            Invited::Recovery(person) => {
                let (officers, _) = self.register.recovery_officers(at);
                if !officers.contains(&self.person) || *person == self.person {
                    return Err(Refusal::NotACrossSigner.into());
                }
                (Some(*person), None, None)
            }
        };
        let (mission, inviter, made) = (self.mission(), self.device(), self.now());
        let challenge = ChallengeSecret::make(&mut self.rng);
        let invitation = Invitation {
            mission,
            inviter,
            commitment: challenge.commitment(mission, inviter),
            secret: InvitationSecret::make(&mut self.rng),
            expires: Timestamp(made.0.saturating_add(i64::from(terms.days) * Timestamp::DAY)),
            person,
            hub: terms.hub.clone(),
        };
        let kept = Kept {
            state: 1,
            person,
            name,
            until,
            made,
            expires: invitation.expires,
            secret: Some(Hidden::of(invitation.secret.reveal())),
            challenge: Some(Hidden::of(challenge.reveal())),
            hub: terms.hub.clone(),
            request: None,
            answer: None,
            wrong: 0,
            extra: Default::default(),
        };
        self.store.commit(|tx| keep(tx, &Bytes(invitation.commitment), &kept))?;
        Ok(invitation)
    }
}
