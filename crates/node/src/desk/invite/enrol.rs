//! Enrolment, once the strings were compared.

use counterseal_model::cbor::Extra;
use counterseal_model::{DeviceId, PersonId, Timestamp};
use counterseal_register::{Act, Bytes, CrossSign, EnrolDevice, EnrolPerson, JoinRequest, Subject};
use counterseal_seal::{ChallengeSecret, ComparedString};

use super::InvitationRefusal;
use super::kept::{InvitationState, Kept, keep};
use crate::desk::Desk;
use crate::desk::statements::Draft;
use crate::error::NodeError;

/// How often a wrong string may be typed.
const TRIES: u64 = 3;

/// A device that came in by an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// The person.
    pub person: PersonId,
    /// The device.
    pub device: DeviceId,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a device that proved itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The first device of a new person: it is active.
    Person,
    /// A further device: it is pending until a manager confirms it.
    Pending,
    /// Further recovery officers must sign this paper.
    Paper {
        /// The paper's bytes.
        paper: Vec<u8>,
        /// How many officers have still to sign.
        missing: u64,
    },
}

impl Desk {
    /// Enrols the device that asked by an invitation, now that its person has read the string to this desk's
    /// person, who typed it here. This desk does not show its own before: who only nods compares nothing.
    ///
    /// # Errors
    /// See `InvitationRefusal`; after three wrong strings the invitation is cancelled. When the register
    /// refuses, nothing has changed.
    pub fn enrol_invited(&mut self, invitation: &str, typed: &ComparedString) -> Result<Enrolled, NodeError> {
        let (id, kept) = self.kept(invitation)?;
        kept.check(self.now())?;
        let Some(request) = kept.request.clone().filter(|_| kept.answer.is_some()) else {
            return Err(InvitationRefusal::NotAsked.into());
        };
        let (known, challenge) = kept.secrets(self.mission(), self.device(), &id)?;
        if known.compared_string(&request.0, &challenge) != *typed {
            return Err(self.wrong_string(id, kept));
        }
        let asked = JoinRequest::parse(&request.0)?;
        let (person, device) = (asked.person, asked.keys.id());
        let outcome = match kept.person {
            None => self.enrol_new_person(id, kept, asked, &challenge)?,
            Some(_) => {
                let (_, threshold) = self.register.recovery_officers(self.moment());
                let act = cross_sign(asked, &challenge);
                if person != self.person && threshold > 1 {
                    // It is bound to this device for good; it ends when the device is in, or by itself.
                    let paper = self.paper(act)?;
                    return Ok(Enrolled {
                        person,
                        device,
                        outcome: Outcome::Paper { paper, missing: threshold - 1 },
                    });
                }
                self.say_cross_sign(id, kept, act, device)?
            }
        };
        Ok(Enrolled { person, device, outcome })
    }

    /// Counts a wrong string, durably; the third cancels the invitation.
    pub(super) fn wrong_string(&mut self, id: Bytes<32>, mut kept: Kept) -> NodeError {
        kept.wrong = kept.wrong.saturating_add(1);
        let left = TRIES.saturating_sub(kept.wrong);
        if left == 0 {
            kept.set(InvitationState::Cancelled);
        }
        let counted = self.store.commit(|tx| keep(tx, &id, &kept));
        counted.err().unwrap_or(InvitationRefusal::WrongString { left }.into())
    }

    fn enrol_new_person(
        &mut self,
        id: Bytes<32>,
        mut kept: Kept,
        asked: JoinRequest,
        challenge: &ChallengeSecret,
    ) -> Result<Outcome, NodeError> {
        let (person, device) = (asked.person, asked.keys.id());
        let (name, until) = (kept.name.clone().unwrap_or_default(), kept.until);
        let mut draft = self.draft()?;
        self.say_new_person(&mut draft, asked, challenge, until)?;
        self.name_in(&mut draft, Subject::Person(person), &name)?;
        let everyone = draft.register.mission_compartment();
        self.change_roster(&mut draft, everyone, &[device], &[])?;
        kept.set(InvitationState::Used);
        self.keep_statements_and(draft, |tx| keep(tx, &id, &kept))?;
        Ok(Outcome::Person)
    }

    /// Enrols a person and their first device in a draft.
    pub(super) fn say_new_person(
        &self,
        draft: &mut Draft,
        asked: JoinRequest,
        challenge: &ChallengeSecret,
        until: Option<Timestamp>,
    ) -> Result<(), NodeError> {
        let (person, extra) = (asked.person, Extra::default());
        draft.say(EnrolPerson { person, name: None, until, extra: extra.clone() }, &[&self.secrets])?;
        let (keys, proof, challenge) = (asked.keys, asked.proof, Bytes(challenge.answer()));
        draft.say(EnrolDevice { person, keys, proof, challenge, extra }, &[&self.secrets])?;
        Ok(())
    }

    fn say_cross_sign(
        &mut self,
        id: Bytes<32>,
        mut kept: Kept,
        act: Act,
        device: DeviceId,
    ) -> Result<Outcome, NodeError> {
        let mut draft = self.draft()?;
        draft.say(act, &[&self.secrets])?;
        kept.set(InvitationState::Used);
        let known = self.known_devices_with(device)?;
        self.keep_statements_and(draft, |tx| {
            keep(tx, &id, &kept)?;
            crate::desk::alarms::keep_known(tx, &known)
        })?;
        Ok(Outcome::Pending)
    }
}

fn cross_sign(asked: JoinRequest, challenge: &ChallengeSecret) -> Act {
    let (person, keys, proof) = (asked.person, asked.keys, asked.proof);
    CrossSign { person, keys, proof, challenge: Bytes(challenge.answer()), extra: Default::default() }.into()
}
