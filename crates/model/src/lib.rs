//! The data model of Counterseal: records, identifiers, labels, gradings, places and times, and
//! their one encoding. No input or output, no cryptography, no clock of its own.

pub mod cbor;
mod code;
pub mod coordinate;
pub mod dtg;
mod enumeration;
mod ids;
mod label;
mod moment;
mod place;
pub mod record;
pub mod taxonomy;
mod versions;

/// Short names of the policy, and languages.
pub use code::{BadCode, BadLanguageTag, Code, LanguageTag};
/// Identifiers.
pub use ids::{
    BadId, CaseId, CompartmentId, DeviceId, EntryId, EpochId, JournalId, MissionId, PersonId, RecordId,
    SectionId, SiteId, StatementId, VersionId, fingerprint,
};
/// Labels: classification, grading, verification, terms.
pub use label::{
    BadGrading, Classification, Credibility, GradedAtLeast, Grading, Reliability, Term, Tlp, Verification,
    VerificationStatus,
};
/// Time; `dtg` reads and writes date-time groups.
pub use moment::{Clock, FixedClock, Occurred, TimePrecision, Timestamp};
/// Space; `coordinate` reads and writes coordinates.
pub use place::{Place, PlacePrecision, Point};
/// Versions.
pub use versions::Heads;
