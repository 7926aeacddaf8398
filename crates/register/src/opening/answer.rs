//! What a trustee answers: on entries, and on requests.

use counterseal_model::{Code, EntryId, MissionId, Timestamp, body, enumeration};

use super::signed::purposes;
use crate::act::{Office, PartRef};
use crate::bytes::{Blob, Bytes};
use crate::hash::sha256;
use crate::key::KeyId;

body! {
    /// A trustee holds the pads of an entry's guarded parts, in two places.
    pub struct Acknowledgement {
        /// The mission.
        1 mission: MissionId,
        /// The trustee.
        2 trustee: KeyId,
        /// The entry.
        3 entry: EntryId,
        /// How many parts' pads it holds.
        4 count: u64,
        /// The key that the entry was wrapped to (`TrusteeKey::id`).
        5 key: Bytes<32>,
    }
}

body! {
    /// A trustee does not take an entry, and never will.
    pub struct EntryRefused {
        /// The mission.
        1 mission: MissionId,
        /// The trustee.
        2 trustee: KeyId,
        /// The entry.
        3 entry: EntryId,
        /// Why.
        4 code: Code,
    }
}

/// What became of a request; and in the release log, what else left a trustee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The pads were released.
    Released,
    /// They were not.
    Refused,
    /// No request: pads were handed to the trustee's successor.
    HandedOver,
    /// No request: the trustee helped to repair another one's pads.
    Helped,
    /// No request: a desk that is back said what it had read, while it was away, of what it had opened ahead.
    Read,
}

enumeration!(Outcome, "an outcome of 1 to 5", {
    1 => Released, "released"; 2 => Refused, "refused"; 3 => HandedOver, "handed-over"; 4 => Helped, "helped";
    5 => Read, "read";
});

body! {
    /// Pads, HPKE-sealed to a request's fresh key.
    pub struct SealedPads {
        /// The encapsulated key.
        1 enc: Blob,
        /// The ciphertext: 32 bytes a part, in the order of the request's parts, and a tag.
        2 ciphertext: Blob,
    }
}

body! {
    /// Why a request was refused.
    pub struct RefusedOpening {
        /// What stands against it.
        1 code: Code,
        /// The rule of the policy's table, by its number, where a rule decided.
        2 rule: Option<u64>,
        /// The facts that are missing, lapsed or only claimed.
        3 missing: Vec<Code>,
        /// Since when, where it is known.
        4 since: Option<Timestamp>,
        /// Whom to ask.
        5 ask: Option<Office>,
        /// The parts concerned, in ascending order; all of them when empty.
        6 parts: Vec<PartRef>,
    }
}

body! {
    /// A trustee's answer to one request.
    pub struct OpeningResponse {
        /// The suite: 1.
        1 suite: u64,
        /// The mission.
        2 mission: MissionId,
        /// The trustee.
        3 trustee: KeyId,
        /// SHA-256 of the signed request.
        4 request: Bytes<32>,
        /// The trustee's decision.
        5 decision: Bytes<32>,
        /// The place of the decision in the trustee's release log, from 1.
        6 counter: u64,
        /// When, by the trustee's reckoning.
        7 time: Timestamp,
        /// What became of it.
        8 outcome: Outcome,
        /// The pads, when released.
        9 pads: Option<SealedPads>,
        /// Why not, when refused.
        10 refused: Option<RefusedOpening>,
    }
}

purposes! {
    Acknowledgement => TRUSTEE_ACK;
    EntryRefused => TRUSTEE_REFUSED;
    OpeningResponse => TRUSTEE_RESPONSE;
}

/// What names an answer: SHA-256 of its signed bytes.
#[must_use]
pub fn response_hash(signed: &[u8]) -> [u8; 32] {
    sha256(&[signed])
}
