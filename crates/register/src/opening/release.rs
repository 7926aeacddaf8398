//! A trustee's release log: what it decided, in order and without gaps.

use counterseal_model::{MissionId, Timestamp, body};

use super::answer::Outcome;
use super::signed::purposes;
use crate::bytes::Bytes;
use crate::hash::sha256;
use crate::key::KeyId;

body! {
    /// One decision. Each names the one before it, so that none can be left out.
    pub struct ReleaseEntry {
        /// The mission.
        1 mission: MissionId,
        /// The trustee.
        2 trustee: KeyId,
        /// From 1, without gaps.
        3 counter: u64,
        /// SHA-256 of the signed entry before; zeros for the first.
        4 prev: Bytes<32>,
        /// The decision.
        5 decision: Bytes<32>,
        /// SHA-256 of the signed request, call or readings.
        6 request: Bytes<32>,
        /// The index of its leaf in the journal log, where one was shown.
        7 leaf: Option<u64>,
        /// How many parts were asked for.
        8 count: u64,
        /// What became of it.
        9 outcome: Outcome,
        /// When, by the trustee's reckoning.
        10 time: Timestamp,
    }
}

body! {
    /// How far a trustee's release log goes.
    pub struct ReleaseHead {
        /// The mission.
        1 mission: MissionId,
        /// The trustee.
        2 trustee: KeyId,
        /// The last entry's counter; 0 when there is none.
        3 counter: u64,
        /// SHA-256 of the last signed entry; zeros when there is none.
        4 head: Bytes<32>,
        /// When this was said, by the trustee's reckoning.
        5 time: Timestamp,
        /// Of how many decisions the notices are held back.
        6 delayed: u64,
    }
}

purposes! {
    ReleaseEntry => TRUSTEE_RELEASE;
    ReleaseHead => TRUSTEE_HEAD;
}

/// What an entry of a release log names as the one before it.
#[must_use]
pub fn release_hash(signed: &[u8]) -> [u8; 32] {
    sha256(&[signed])
}
