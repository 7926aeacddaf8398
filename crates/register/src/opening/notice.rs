//! What those whom an opening concerns are told by each trustee.

use counterseal_model::{Code, DeviceId, MissionId, Timestamp, body};

use super::answer::Outcome;
use super::request::Ahead;
use super::signed::purposes;
use crate::act::PartRef;
use crate::bytes::Bytes;
use crate::key::KeyId;

body! {
    /// An approval that came with a request.
    pub struct ApprovalSeen {
        /// The device that approved.
        1 approver: DeviceId,
        /// When, by the approver's clock.
        2 made: Timestamp,
    }
}

body! {
    /// A part of what was opened ahead, and when it was read.
    pub struct ReadingSeen {
        /// The part.
        1 part: PartRef,
        /// When, by the reader's clock.
        2 time: Timestamp,
    }
}

body! {
    /// Somebody asked to open parts, or says what they read of what they had opened ahead. Signed by the trustee, and sealed to the device of each person it concerns.
    pub struct Notice {
        /// The mission.
        1 mission: MissionId,
        /// The trustee.
        2 trustee: KeyId,
        /// Its decision.
        3 decision: Bytes<32>,
        /// The decision's place in the trustee's release log.
        4 counter: u64,
        /// SHA-256 of the signed request, or of the signed readings.
        5 request: Bytes<32>,
        /// The id of the request: with it the parts' items in the leaf can be worked out.
        6 id: Bytes<32>,
        /// The index of the request's leaf in the journal log, where one was shown.
        7 leaf: Option<u64>,
        /// The device that asked.
        8 reader: DeviceId,
        /// The purpose it named.
        9 purpose: Code,
        /// The case it named.
        10 case: Option<Bytes<16>>,
        /// The parts that concern the receiver, in ascending order.
        11 parts: Vec<PartRef>,
        /// How many parts were asked for in all.
        12 asked: u64,
        /// What became of it.
        13 outcome: Outcome,
        /// Why it was refused.
        14 refused: Option<Code>,
        /// Whether an emergency was claimed.
        15 emergency: bool,
        /// Whether it was made ahead.
        16 ahead: Option<Ahead>,
        /// Until when it was held back.
        17 delayed_until: Option<Timestamp>,
        /// The approvals, in the order of their devices.
        18 approvals: Vec<ApprovalSeen>,
        /// When, by the trustee's reckoning.
        19 time: Timestamp,
        /// When the request was made, by the reader's clock.
        20 made: Timestamp,
        /// Of readings: those that concern the receiver, in the order in which they were read. Empty of a request.
        21 readings: Vec<ReadingSeen>,
        /// Of readings: SHA-256 of the signed request that had opened the parts ahead.
        22 opening: Option<Bytes<32>>,
    }
}

purposes! { Notice => TRUSTEE_NOTICE; }
