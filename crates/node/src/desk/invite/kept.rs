//! What the inviting desk remembers of its invitations, in its encrypted store.

use counterseal_model::cbor::{from_bytes_strict, to_bytes};
use counterseal_model::{DeviceId, MissionId, PersonId, Timestamp, body};
use counterseal_register::{Blob, Bytes};
use counterseal_seal::{ChallengeSecret, Invitation, InvitationSecret};
use rusqlite::Connection;
use zeroize::Zeroizing;

use super::InvitationRefusal;
use super::hidden::Hidden;
use crate::desk::{Desk, local};
use crate::error::NodeError;

/// Where invitations are kept: this, and the commitment in hexadecimal digits.
const KEPT: &str = "invitation/";

/// How an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationState {
    /// Nobody has asked yet.
    Open,
    /// A device asked and was challenged; no other may ask.
    Answered,
    /// A device was enrolled by it.
    Used,
    /// Called back, or the string was wrong too often.
    Cancelled,
    /// Its time is over.
    Expired,
}

impl InvitationState {
    const fn code(self) -> u64 {
        match self {
            Self::Open => 1,
            Self::Answered => 2,
            Self::Used => 3,
            Self::Cancelled | Self::Expired => 4,
        }
    }
}

/// An invitation, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationView {
    /// Its commitment, by which it is named.
    pub id: Bytes<32>,
    /// How it stands.
    pub state: InvitationState,
    /// The name of the new person, if it is for one.
    pub name: Option<String>,
    /// The person, if it is for a further device of theirs.
    pub person: Option<PersonId>,
    /// The device that asked, if one has.
    pub device: Option<DeviceId>,
    /// When it was made.
    pub made: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
}

body! {
    /// An invitation in the store of the desk that made it.
    pub struct Kept {
        /// How it stands: 1 open, 2 answered, 3 used, 4 cancelled.
        1 state: u64,
        /// Whose further device is invited; none for a new person.
        2 person: Option<PersonId>,
        /// The new person's name.
        3 name: Option<String>,
        /// When the new person's assignment ends.
        4 until: Option<Timestamp>,
        /// When it was made.
        5 made: Timestamp,
        /// When it ends.
        6 expires: Timestamp,
        /// The one-time secret, until it has served.
        7 secret: Option<Hidden<16>>,
        /// The challenge, until it has served.
        8 challenge: Option<Hidden<32>>,
        /// Where the hub is.
        9 hub: Option<String>,
        /// The only request that counts, once there is one.
        10 request: Option<Blob>,
        /// The challenge that answered it.
        11 answer: Option<Blob>,
        /// How often a wrong string was typed.
        12 wrong: u64,
    }
}

impl Kept {
    /// How it stands now.
    pub(super) fn state(&self, now: Timestamp) -> InvitationState {
        match self.state {
            3 => InvitationState::Used,
            1 | 2 if self.expires <= now => InvitationState::Expired,
            1 => InvitationState::Open,
            2 => InvitationState::Answered,
            _ => InvitationState::Cancelled,
        }
    }

    /// It still counts.
    pub(super) fn check(&self, now: Timestamp) -> Result<(), InvitationRefusal> {
        match self.state(now) {
            InvitationState::Open | InvitationState::Answered => Ok(()),
            InvitationState::Used => Err(InvitationRefusal::Used),
            InvitationState::Cancelled => Err(InvitationRefusal::Cancelled),
            InvitationState::Expired => Err(InvitationRefusal::Expired { since: self.expires }),
        }
    }

    /// Sets a state; one that ends it takes the secrets away.
    pub(super) fn set(&mut self, state: InvitationState) {
        self.state = state.code();
        if self.state > 2 {
            (self.secret, self.challenge) = (None, None);
        }
    }

    /// The secrets, while it counts.
    pub(super) fn secrets(
        &self,
        mission: MissionId,
        inviter: DeviceId,
        id: &Bytes<32>,
    ) -> Result<(Invitation, ChallengeSecret), InvitationRefusal> {
        let (Some(secret), Some(challenge)) = (&self.secret, &self.challenge) else {
            return Err(InvitationRefusal::Unknown);
        };
        let invitation = Invitation {
            mission,
            inviter,
            commitment: id.0,
            secret: InvitationSecret::from_bytes(&secret.0),
            expires: self.expires,
            person: self.person,
            hub: self.hub.clone(),
        };
        Ok((invitation, ChallengeSecret::from_bytes(&challenge.0)))
    }
}

/// Writes an invitation as it stands now.
pub(super) fn keep(tx: &Connection, id: &Bytes<32>, kept: &Kept) -> Result<(), NodeError> {
    local::set(tx, &place(id), &Zeroizing::new(to_bytes(kept)))
}

fn place(id: &Bytes<32>) -> String {
    format!("{KEPT}{}", hex::encode(id.0))
}

impl Desk {
    /// This desk's invitations, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn invitations(&self) -> Result<Vec<InvitationView>, NodeError> {
        let now = self.now();
        let view = |(id, kept): (Bytes<32>, Kept)| {
            let request = kept.request.as_ref();
            let asked = request.and_then(|bytes| counterseal_register::JoinRequest::parse(&bytes.0).ok());
            let state = kept.state(now);
            let device = asked.map(|request| request.keys.id());
            let (made, expires) = (kept.made, kept.expires);
            InvitationView { id, state, name: kept.name, person: kept.person, device, made, expires }
        };
        let mut all: Vec<_> = self.all_kept()?.into_iter().map(view).collect();
        all.sort_by_key(|view| std::cmp::Reverse((view.made, view.id)));
        Ok(all)
    }

    /// Calls an invitation back.
    ///
    /// # Errors
    /// When there is none, or it was used.
    pub fn cancel_invitation(&mut self, prefix: &str) -> Result<(), NodeError> {
        let (id, mut kept) = self.kept(prefix)?;
        if kept.state(self.now()) == InvitationState::Used {
            return Err(InvitationRefusal::Used.into());
        }
        kept.set(InvitationState::Cancelled);
        self.store.commit(|tx| keep(tx, &id, &kept))
    }

    /// The invitation whose id begins so.
    pub(super) fn kept(&self, prefix: &str) -> Result<(Bytes<32>, Kept), NodeError> {
        let prefix = prefix.to_ascii_lowercase();
        let mut all = self.all_kept()?;
        all.retain(|(id, _)| hex::encode(id.0).starts_with(&prefix));
        match all.len() {
            1 => all.pop().ok_or(InvitationRefusal::Unknown.into()),
            0 => Err(InvitationRefusal::Unknown.into()),
            count => Err(NodeError::Ambiguous { what: "invitation", prefix, count }),
        }
    }

    fn all_kept(&self) -> Result<Vec<(Bytes<32>, Kept)>, NodeError> {
        let rows = self.store.read(|db| local::beginning(db, KEPT))?;
        let read = |(name, bytes): (String, Vec<u8>)| {
            let bytes = Zeroizing::new(bytes);
            let mut id = [0; 32];
            let digits = name.strip_prefix(KEPT).unwrap_or_default();
            hex::decode_to_slice(digits, &mut id)
                .map_err(|_| NodeError::Verification("an invitation is kept under no id".to_owned()))?;
            Ok((Bytes(id), from_bytes_strict(&bytes)?))
        };
        rows.into_iter().map(read).collect()
    }
}
