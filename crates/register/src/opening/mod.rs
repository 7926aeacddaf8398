//! What goes between desks and trustees: requests, approvals, answers, notices (PROTOCOL sections 6 and 7).
//! Everything here is verified and nothing opened; what is sealed is `seal`'s. Normative text:
//! docs/spec/openings.md.

mod answer;
mod approval;
mod call;
mod decoy;
mod disclosed;
mod fact;
mod guarded;
mod key;
mod leaf;
mod notice;
mod refusal;
mod release;
mod request;
mod signed;
mod succession;

pub use answer::{
    Acknowledgement, EntryRefused, OpeningResponse, Outcome, RefusedOpening, SealedPads, response_hash,
};
pub use approval::Approval;
pub use call::{
    DeviceCall, GuardedAsked, LeafPushed, SealedTo, TrusteeAnswer, TrusteeCall, Waiting as WaitingPost,
};
pub use decoy::{DecoyInstruction, DecoysPlanted};
pub use disclosed::{Disclosed, DisclosedAs, DisclosureAsked};
pub use fact::{Fact, FactAbout, FactKind, Readings};
pub use guarded::{GuardedHeader, GuardedHeaders};
pub use key::{TrusteeKey, trustee_key_id};
pub use leaf::{opening_item, opening_leaf};
pub use notice::{ApprovalSeen, Notice, ReadingSeen};
pub use refusal::OpeningRefusal;
pub use release::{ReleaseEntry, ReleaseHead, release_hash};
pub use request::{Ahead, MAX_LIFETIME, MAX_OPENED, OpeningRequest, request_hash};
pub use signed::{Purpose, SignedBody, VerifiedBody};
pub use succession::{
    HandedEntry, KeptLetter, KeptLetters, RepairOrder, RepairSeeds, SeedFor, SuccessionAnswer, SuccessionAsk,
    SuccessionCall, SuccessionSaid,
};
