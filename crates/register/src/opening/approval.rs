//! The second person's word (PROTOCOL section 7).

use counterseal_model::{DeviceId, MissionId, Timestamp, body};

use super::refusal::OpeningRefusal;
use super::request::OpeningRequest;
use super::signed::{SignedBody, VerifiedBody, purposes};
use crate::bytes::Bytes;
use crate::key::DeviceKeys;

body! {
    /// Approves one request, and no other.
    pub struct Approval {
        /// The mission.
        1 mission: MissionId,
        /// The request without approvals (`OpeningRequest::core_hash`).
        2 core: Bytes<32>,
        /// The device that will read.
        3 reader: DeviceId,
        /// The device that approves.
        4 approver: DeviceId,
        /// When it was given, by the approver's clock.
        5 made: Timestamp,
    }
}

purposes! { Approval => OPENING_APPROVAL; }

impl SignedBody<Approval> {
    /// Checks that the approver's device gave this for exactly this request. Whether the approver may, the register
    /// says.
    ///
    /// # Errors
    /// When it is of another device or for another request.
    pub fn verify_for(
        self,
        request: &OpeningRequest,
        keys: &DeviceKeys,
    ) -> Result<VerifiedBody<Approval>, OpeningRefusal> {
        let approver = self.claims().approver;
        let verified = self.verify_device(request.mission, approver.into(), keys)?;
        let body = verified.body();
        let bound = body.core.0 == request.core_hash() && body.reader == request.reader;
        if bound && body.approver != request.reader { Ok(verified) } else { Err(OpeningRefusal::BadApproval) }
    }
}
