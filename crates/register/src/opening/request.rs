//! A request to open parts: what the reader's device signs.

use counterseal_model::{Code, DeviceId, EntryId, MissionId, StatementId, Timestamp, body};

use super::refusal::OpeningRefusal;
use super::signed::{SignedBody, VerifiedBody, purposes};
use crate::act::{LogEnd, PartRef};
use crate::bytes::{Blob, Bytes};
use crate::hash::sha256;
use crate::key::{DeviceKeys, HPKE_PUBLIC_LEN};
use crate::label::Label;

/// Most parts of one request.
pub const MAX_OPENED: usize = 4096;
/// For how long a request is good after it was made, in seconds.
pub const MAX_LIFETIME: i64 = 600;

body! {
    /// An opening made ahead of a blackout or a trip. It counts as read.
    pub struct Ahead {
        /// Until when the reader's desk keeps it.
        1 until: Timestamp,
        /// Why.
        2 reason: Code,
    }
}

body! {
    /// A request to open parts. There is no free text in it: it could name somebody.
    pub struct OpeningRequest {
        /// The suite: 1.
        1 suite: u64,
        /// The mission.
        2 mission: MissionId,
        /// The origin of the journal log in which its leaf stands.
        3 origin: String,
        /// The statement log as the reader has it: size and root.
        4 statements: LogEnd,
        /// The parts, in ascending order.
        5 parts: Vec<PartRef>,
        /// The purpose, a code of the policy's table.
        6 purpose: Code,
        /// The case, by its pseudonym.
        7 case: Option<Bytes<16>>,
        /// The device that will read.
        8 reader: DeviceId,
        /// An X-Wing key made for this request; the pads are sealed to it.
        9 fresh: Bytes<HPKE_PUBLIC_LEN>,
        /// The trustee set in force.
        10 trustee_set: StatementId,
        /// 32 random bytes: no two requests are one.
        11 id: Bytes<32>,
        /// When it was made, by the reader's clock.
        12 made: Timestamp,
        /// Until when trustees may answer it.
        13 not_after: Timestamp,
        /// SHA-256 of the reader's program.
        14 build: Bytes<32>,
        /// Whether it is an emergency: an approval or the policy's leave may be missing.
        15 emergency: bool,
        /// Whether it is made ahead.
        16 ahead: Option<Ahead>,
        /// Until when its notice is delayed: for enquiries into a section.
        17 delay_until: Option<Timestamp>,
        /// The newest policy that the reader knows: a trustee that knows a newer one refuses.
        18 policy: StatementId,
        /// What the reader says of the circumstances: recorded, never sufficient.
        19 claims: Vec<Code>,
        /// Signed approvals, in the order of their bytes.
        20 approvals: Vec<Blob>,
    }
}

purposes! { OpeningRequest => OPENING_REQUEST; }

impl OpeningRequest {
    /// What an approval signs: the request without its approvals.
    #[must_use]
    pub fn core_hash(&self) -> [u8; 32] {
        let core = Self { approvals: Vec::new(), ..self.clone() };
        sha256(&[Label::OPENING_CORE.bytes(), &core.payload()])
    }

    /// The entries that it names, each once.
    #[must_use]
    pub fn entries(&self) -> Vec<EntryId> {
        let mut entries: Vec<_> = self.parts.iter().map(|part| part.entry).collect();
        entries.dedup();
        entries
    }

    fn check(&self) -> Result<(), OpeningRefusal> {
        let fits = (1..=MAX_OPENED).contains(&self.parts.len());
        if !fits || !self.parts.is_sorted_by(|a, b| a < b) {
            return Err(OpeningRefusal::BadParts);
        }
        let lifetime = self.not_after.0.saturating_sub(self.made.0);
        if !(0..=MAX_LIFETIME).contains(&lifetime) {
            return Err(OpeningRefusal::BadTimes);
        }
        if !self.approvals.is_sorted_by(|a, b| a < b) {
            return Err(OpeningRefusal::BadApproval);
        }
        Ok(())
    }
}

impl SignedBody<OpeningRequest> {
    /// Checks a request against the device that it names as its reader, and its own limits. Whether it is granted is
    /// the trustees' to decide.
    ///
    /// # Errors
    /// When it is not that device's, or names parts or times that none may.
    pub fn verify_request(
        self,
        mission: MissionId,
        keys: &DeviceKeys,
    ) -> Result<VerifiedBody<OpeningRequest>, OpeningRefusal> {
        let reader = self.claims().reader;
        let verified = self.verify_device(mission, reader.into(), keys)?;
        verified.body().check()?;
        Ok(verified)
    }
}

/// What names a request: SHA-256 of its signed bytes.
#[must_use]
pub fn request_hash(signed: &[u8]) -> [u8; 32] {
    sha256(&[signed])
}
