//! The computer that is invited: keys, a request, the challenge, and what is kept until the desk joins.

use std::sync::Arc;

use counterseal_model::cbor::{from_bytes_strict, to_bytes};
use counterseal_model::{Clock, DeviceId, MissionId, PersonId, Timestamp, body};
use counterseal_register::{Act, Blob, Bytes, DeviceKeys, JoinChallenge, KeyId, Signed, Statement, sha256};
use counterseal_seal::{
    ComparedString, DeviceSecrets, Invitation, InvitationSecret, KdfParameters, KeyHolder, Passphrase,
    Unlocked, lock, unlock,
};
use zeroize::Zeroizing;

use super::InvitationRefusal;
use super::hidden::Hidden;
use crate::desk::statements::random;
use crate::desk::{Desk, Randomness};
use crate::error::NodeError;
use crate::home::{DeskPlace, Home};

/// A device that has asked to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Where it waits.
    pub place: DeskPlace,
    /// The mission: its fingerprint is compared now.
    pub mission: MissionId,
    /// The device.
    pub device: DeviceId,
    /// The person whose device it asks to be.
    pub person: PersonId,
    /// The request's bytes, for the inviting desk.
    pub request: Vec<u8>,
}

/// A device that has opened its challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// The mission.
    pub mission: MissionId,
    /// The device.
    pub device: DeviceId,
    /// The string to be read out.
    pub string: ComparedString,
}

body! {
    /// What a device keeps while it waits to join, sealed under its own secrets.
    pub struct Asked {
        /// The mission.
        1 mission: MissionId,
        /// The inviting device.
        2 inviter: DeviceId,
        /// The invitation's commitment.
        3 commitment: Bytes<32>,
        /// The one-time secret.
        4 secret: Hidden<16>,
        /// When the invitation ends.
        5 expires: Timestamp,
        /// Whose further device was invited.
        6 invited: Option<PersonId>,
        /// Where the hub is.
        7 hub: Option<String>,
        /// The person it asked to be of.
        8 person: PersonId,
        /// The device's public keys.
        9 keys: DeviceKeys,
        /// The request.
        10 request: Blob,
        /// SHA-256 of the only challenge that was taken.
        11 challenge: Option<Bytes<32>>,
        /// The string, as it was shown.
        12 string: Option<String>,
        /// What the enrolment must say of the opened challenge.
        13 answer: Option<Bytes<32>>,
    }
}

impl Asked {
    fn new(invitation: &Invitation, person: PersonId, secrets: &DeviceSecrets) -> Result<Self, NodeError> {
        Ok(Self {
            mission: invitation.mission,
            inviter: invitation.inviter,
            commitment: Bytes(invitation.commitment),
            secret: Hidden::of(invitation.secret.reveal()),
            expires: invitation.expires,
            invited: invitation.person,
            hub: invitation.hub.clone(),
            person,
            keys: secrets.public().clone(),
            request: Blob(invitation.ask(secrets, person)?.to_bytes()),
            challenge: None,
            string: None,
            answer: None,
            extra: Default::default(),
        })
    }

    fn invitation(&self) -> Invitation {
        Invitation {
            mission: self.mission,
            inviter: self.inviter,
            commitment: self.commitment.0,
            secret: InvitationSecret::from_bytes(&self.secret.0),
            expires: self.expires,
            person: self.invited,
            hub: self.hub.clone(),
        }
    }

    fn accepted(self, place: DeskPlace) -> Accepted {
        let (mission, device, person) = (self.mission, self.keys.id(), self.person);
        Accepted { place, mission, device, person, request: self.request.0 }
    }

    /// Reads what a waiting device kept.
    pub(in crate::desk) fn load(place: &DeskPlace, secrets: &DeviceSecrets) -> Result<Self, NodeError> {
        Ok(from_bytes_strict(&secrets.open_waiting(&place.read_waiting()?)?)?)
    }

    fn save(
        &self,
        place: &DeskPlace,
        secrets: &DeviceSecrets,
        rng: &mut Randomness,
    ) -> Result<(), NodeError> {
        let content = Zeroizing::new(to_bytes(self));
        Ok(place.write_waiting(&secrets.seal_waiting(rng, &content)?)?)
    }

    /// Checks, among the mission's statements, that the inviter enrolled this device with the very challenge
    /// that it opened: whoever else enrolled it did not compare the string with this person.
    pub(in crate::desk) fn check_enrolment<'s>(
        &self,
        statements: impl IntoIterator<Item = &'s [u8]>,
    ) -> Result<(), NodeError> {
        let answer = self.answer.ok_or(InvitationRefusal::NotProved)?;
        let inviter = KeyId::from(self.inviter);
        let ours = |(statement, signed): (Statement, Signed)| {
            let (person, keys, challenge) = match statement.act {
                Act::EnrolDevice(act) => (act.person, act.keys, act.challenge),
                Act::CrossSign(act) => (act.person, act.keys, act.challenge),
                _ => return None,
            };
            let enrolled = keys == self.keys;
            let by_inviter = signed.signers().contains(&inviter);
            enrolled.then_some(person == self.person && challenge == answer && by_inviter)
        };
        // A void or refused one may stand beside the one that counts.
        let mut ours: Vec<bool> = statements
            .into_iter()
            .filter_map(|bytes| Statement::parse(bytes).ok())
            .filter_map(ours)
            .collect();
        ours.retain(|fits| *fits);
        if ours.is_empty() { Err(InvitationRefusal::NotByInviter.into()) } else { Ok(()) }
    }
}

impl Desk {
    /// Takes an invitation on this computer: makes a device's keys and its request. Keys and request are
    /// durable before the request is given out; the same invitation gives the same request again.
    ///
    /// # Errors
    /// When the invitation has ended by this computer's clock, or the disk refuses.
    pub fn accept_invitation(
        home: &Home,
        invitation: &Invitation,
        passphrase: &Passphrase,
        clock: &Arc<dyn Clock + Send + Sync>,
        rng: &mut Randomness,
    ) -> Result<Accepted, NodeError> {
        if invitation.expires <= clock.now() {
            return Err(InvitationRefusal::Expired { since: invitation.expires }.into());
        }
        for place in home.waiting()? {
            // Another person's waiting device has another passphrase, and is none of ours.
            let Ok(secrets) = waiting_secrets(&place, passphrase) else { continue };
            let Ok(asked) = Asked::load(&place, &secrets) else { continue };
            if asked.invitation() == *invitation {
                return Ok(asked.accepted(place));
            }
        }
        Ok(accept(home, invitation, passphrase, rng)?.0)
    }

    /// Opens the challenge and gives the string to be read out to who invited. **One challenge is taken, and
    /// no other after it**: the choice is durable before the string is shown. The same one gives the same
    /// string again.
    ///
    /// # Errors
    /// See `InvitationRefusal`.
    pub fn prove_invited(
        waiting: &DeskPlace,
        challenge: &[u8],
        passphrase: &Passphrase,
        rng: &mut Randomness,
    ) -> Result<Proved, NodeError> {
        let secrets = waiting_secrets(waiting, passphrase)?;
        prove(waiting, &secrets, challenge, rng)
    }
}

/// Makes keys and a request; the secrets are at hand still.
pub(super) fn accept(
    home: &Home,
    invitation: &Invitation,
    passphrase: &Passphrase,
    rng: &mut Randomness,
) -> Result<(Accepted, DeviceSecrets), NodeError> {
    let secrets = DeviceSecrets::make(rng)?;
    let person = invitation.person.unwrap_or_else(|| PersonId::from_bytes(random(rng)));
    let asked = Asked::new(invitation, person, &secrets)?;
    let place = home.make_waiting(secrets.id())?;
    asked.save(&place, &secrets, rng)?;
    let unlocked =
        Unlocked { holder: KeyHolder::Device(Box::new(secrets)), mission: Some(invitation.mission) };
    place.write_key(&lock(rng, &unlocked, passphrase, KdfParameters::DEFAULT)?)?;
    match unlocked.holder {
        KeyHolder::Device(secrets) => Ok((asked.accepted(place), *secrets)),
        KeyHolder::Governor(_) | KeyHolder::Trustee(_) => Err(NodeError::OtherKey { needed: "desk" }),
    }
}

/// Takes the challenge with secrets at hand.
pub(super) fn prove(
    waiting: &DeskPlace,
    secrets: &DeviceSecrets,
    challenge: &[u8],
    rng: &mut Randomness,
) -> Result<Proved, NodeError> {
    let mut asked = Asked::load(waiting, secrets)?;
    let proved = |mission, string| Proved { mission, device: secrets.id(), string };
    let hash = Bytes(sha256(&[challenge]));
    if let (Some(taken), Some(string)) = (asked.challenge, &asked.string) {
        let string = ComparedString::read(string).filter(|_| taken == hash);
        let string = string.ok_or(InvitationRefusal::SecondChallenge)?;
        return Ok(proved(asked.mission, string));
    }
    let parsed = JoinChallenge::parse(challenge)
        .map_err(|error| InvitationRefusal::NotThis { what: "challenge", reason: error.to_string() })?;
    let invitation = asked.invitation();
    let opened =
        invitation.open_challenge(secrets, &asked.request.0, &parsed).map_err(InvitationRefusal::from)?;
    let string = invitation.compared_string(&asked.request.0, &opened);
    asked.challenge = Some(hash);
    asked.string = Some(string.to_string());
    asked.answer = Some(Bytes(opened.answer()));
    asked.save(waiting, secrets, rng)?;
    Ok(proved(asked.mission, string))
}

fn waiting_secrets(place: &DeskPlace, passphrase: &Passphrase) -> Result<DeviceSecrets, NodeError> {
    match unlock(&place.read_key()?, passphrase)?.holder {
        KeyHolder::Device(secrets) => Ok(*secrets),
        KeyHolder::Governor(_) | KeyHolder::Trustee(_) => Err(NodeError::OtherKey { needed: "desk" }),
    }
}
