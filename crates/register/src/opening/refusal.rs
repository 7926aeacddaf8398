//! Why an object of an opening is not what it should be.

use counterseal_model::cbor::BodyError;
use thiserror::Error;

use crate::codes::codes;
use crate::signature::SignatureRefusal;

/// Why a request, an approval, or what a trustee says is refused before anybody decides on it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpeningRefusal {
    /// The envelope or a signature.
    #[error(transparent)]
    Signature(#[from] SignatureRefusal),
    /// Not the object at all.
    #[error("not what it should be: {0}")]
    Malformed(#[from] BodyError),
    /// Another suite than this version knows.
    #[error("the object is of suite {suite}, which this version does not know; update to read it")]
    UnknownSuite {
        /// The suite named.
        suite: u64,
    },
    /// Of another mission.
    #[error("the object belongs to another mission")]
    OtherMission,
    /// The parts of a request.
    #[error("a request names 1 to 4096 parts, each once and in order")]
    BadParts,
    /// Its times.
    #[error("a request is good for at most ten minutes after it was made")]
    BadTimes,
    /// An approval of something else, or by the reader.
    #[error("an approval is for another request, for another reader, or by the reader")]
    BadApproval,
    /// A leaf that is not the request's.
    #[error("the leaf in the log is not the one of this request")]
    OtherLeaf,
}

codes! { OpeningRefusal, "The names of all refusals of objects of openings.";
    Signature(_) => "opening-signature";
    Malformed(_) => "opening-malformed";
    UnknownSuite { .. } => "opening-suite-unknown";
    OtherMission => "opening-mission-other";
    BadParts => "opening-parts-bad";
    BadTimes => "opening-times-bad";
    BadApproval => "opening-approval-bad";
    OtherLeaf => "opening-leaf-other";
}
