//! What a desk let out of a compartment: shared with another one, or exported. Committed in the journal log, so that nobody
//! can say later that it was not.

use counterseal_model::{Code, CompartmentId, DeviceId, MissionId, Timestamp, body, enumeration};

use super::signed::purposes;
use crate::act::PartRef;
use crate::bytes::Bytes;
use crate::hash::sha256;
use crate::label::Label;
use crate::leaf::{JournalLeaf, LeafRefusal, LeafType};

/// How something left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisclosedAs {
    /// A part of another compartment was made of it.
    Shared,
    /// It is in a file outside the mission.
    Exported,
}

enumeration!(DisclosedAs, "a way out of 1 to 2", { 1 => Shared, "shared"; 2 => Exported, "exported"; });

body! {
    /// Parts that left their compartment. Signed by the device that let them out.
    pub struct Disclosed {
        /// The mission.
        1 mission: MissionId,
        /// 32 random bytes: its leaf's salt.
        2 id: Bytes<32>,
        /// The device.
        3 by: DeviceId,
        /// How they left.
        4 how: DisclosedAs,
        /// Their compartment.
        5 compartment: CompartmentId,
        /// The parts, in ascending order.
        6 parts: Vec<PartRef>,
        /// The compartment that they were shared with.
        7 to: Option<CompartmentId>,
        /// What for, a code of the policy.
        8 purpose: Code,
        /// For whom, a code of the policy.
        9 recipient: Code,
        /// The entry that was made of them, or SHA-256 of the file.
        10 digest: Bytes<32>,
        /// When, by the device's clock.
        11 made: Timestamp,
    }
}

body! {
    /// What a desk wants to let out, for a second person to approve. It says what is told less of and commits to what
    /// would be read, which it does not hold. What would be exported its parts say, which entries' ids commit to.
    pub struct DisclosureAsked {
        /// The mission.
        1 mission: MissionId,
        /// The device that asks, and lets it out.
        2 by: DeviceId,
        /// How they would leave.
        3 how: DisclosedAs,
        /// Their compartment; of an export, which may be of several, the one that its trace is written to.
        4 compartment: CompartmentId,
        /// The parts, in ascending order.
        5 parts: Vec<PartRef>,
        /// The compartment that they would be shared with; none of an export.
        6 to: Option<CompartmentId>,
        /// What for, a code of the policy.
        7 purpose: Code,
        /// Whether it is for a case.
        8 case: bool,
        /// What is told less of.
        9 generalised: Vec<Code>,
        /// SHA-256 of what would be read; zeros of an export.
        10 content: Bytes<32>,
        /// Of an export: for whom, a code of the policy.
        11 recipient: Option<Code>,
        /// Of an export: 32 random bytes. It is good once.
        12 id: Option<Bytes<32>>,
    }
}

purposes! {
    Disclosed => OPENING_DISCLOSED;
    DisclosureAsked => OPENING_DISCLOSURE_ASKED;
}

impl DisclosureAsked {
    /// What an approval of it names. An approval of an opening names another thing, whatever its bytes.
    #[must_use]
    pub fn core_hash(&self) -> [u8; 32] {
        sha256(&[Label::OPENING_DISCLOSURE_CORE.bytes(), &self.payload()])
    }
}

impl Disclosed {
    /// The leaf of the signed object: of type export, counting the parts.
    ///
    /// # Errors
    /// `BadCount`, when it names no part.
    pub fn leaf(&self, signed: &[u8]) -> Result<JournalLeaf, LeafRefusal> {
        let count = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        JournalLeaf::new(LeafType::Export, count, &self.id.0, &sha256(&[signed]))
    }
}
