//! Why an invitation, or what came of it, does not count.

use counterseal_model::Timestamp;
use counterseal_seal::{BadInvitation, ChallengeRefusal};
use thiserror::Error;

/// Why an invitation, or what came of it, does not count. Nothing was enrolled.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvitationRefusal {
    /// The text is no invitation.
    #[error(transparent)]
    Text(#[from] BadInvitation),
    /// The file is no request, challenge or recovery paper.
    #[error("this is not the {what} of an invitation: {reason}")]
    NotThis {
        /// What was needed.
        what: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// No invitation of this desk.
    #[error("this desk made no such invitation; list them with 'counterseal invite list'")]
    Unknown,
    /// Too late.
    #[error("the invitation ended on {}; make another, and check this computer's clock", .since.rfc3339())]
    Expired {
        /// The moment from which it does not count.
        since: Timestamp,
    },
    /// Called back.
    #[error("the invitation was cancelled; make another")]
    Cancelled,
    /// It has served.
    #[error("the invitation was used already; each is for one device, make another")]
    Used,
    /// Another device asked first.
    #[error(
        "another device asked with this invitation first: somebody else may have it; cancel it and make another"
    )]
    Taken,
    /// Another mission's.
    #[error("the request is for another mission than this desk's")]
    OtherMission,
    /// Addressed to another desk.
    #[error("the request answers an invitation of another desk than this one")]
    OtherInviter,
    /// The one-time secret does not fit.
    #[error("the request was changed, or made without the invitation; ask for it again")]
    NotBound,
    /// The device did not prove that it has its signing key.
    #[error("the device has not proved that it holds its signing key; ask for the request again")]
    NotSigned,
    /// A person whom the invitation is not for.
    #[error("the request is for another person than the invitation")]
    OtherPerson,
    /// The challenge is not taken.
    #[error(
        "{0}: do not go on with it; if the registrar made it for this request, tell your information-security officer"
    )]
    Challenge(#[from] ChallengeRefusal),
    /// A second challenge for one request.
    #[error("this device took another challenge already; ask for a new invitation")]
    SecondChallenge,
    /// The strings differ.
    #[error("the strings differ: this is another device, or a mistake in typing; {left} tries are left")]
    WrongString {
        /// Tries left before the invitation is cancelled.
        left: u64,
    },
    /// Nobody has asked yet.
    #[error("no device has asked with this invitation yet; answer its request first")]
    NotAsked,
    /// The device has no string yet.
    #[error("this device has not taken its challenge yet; run 'counterseal invite prove' first")]
    NotProved,
    /// Enrolled by somebody else, or without the challenge.
    #[error(
        "this device was enrolled by another device than the one that invited it, or without its challenge: do not join, and tell your information-security officer"
    )]
    NotByInviter,
    /// The fingerprint that was typed is another device's.
    #[error("the paper is for another device than the fingerprint that was read to you; do not sign it")]
    OtherDevice,
}

impl InvitationRefusal {
    /// A stable name for message catalogues.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Text(BadInvitation::None) => "invitation-none",
            Self::Text(BadInvitation::Line { .. }) => "invitation-line-bad",
            Self::Text(BadInvitation::Unknown) => "invitation-of-other-version",
            Self::NotThis { .. } => "invitation-file-bad",
            Self::Unknown => "invitation-unknown",
            Self::Expired { .. } => "invitation-expired",
            Self::Cancelled => "invitation-cancelled",
            Self::Used => "invitation-used",
            Self::Taken => "invitation-taken",
            Self::OtherMission => "request-mission-other",
            Self::OtherInviter => "request-inviter-other",
            Self::NotBound => "request-not-bound",
            Self::NotSigned => "request-not-signed",
            Self::OtherPerson => "request-person-other",
            Self::Challenge(ChallengeRefusal::OtherRequest) => "challenge-request-other",
            Self::Challenge(ChallengeRefusal::OtherInviter) => "challenge-inviter-other",
            Self::Challenge(ChallengeRefusal::CannotOpen) => "challenge-closed",
            Self::Challenge(ChallengeRefusal::NotTheCommittedOne) => "challenge-not-committed",
            Self::SecondChallenge => "challenge-second",
            Self::WrongString { .. } => "string-wrong",
            Self::NotAsked => "invitation-not-asked",
            Self::NotProved => "invitation-not-proved",
            Self::NotByInviter => "enrolment-not-by-inviter",
            Self::OtherDevice => "paper-device-other",
        }
    }

    /// The names of all refusals of invitations.
    pub const CODES: &'static [&'static str] = &[
        "invitation-none",
        "invitation-line-bad",
        "invitation-of-other-version",
        "invitation-file-bad",
        "invitation-unknown",
        "invitation-expired",
        "invitation-cancelled",
        "invitation-used",
        "invitation-taken",
        "request-mission-other",
        "request-inviter-other",
        "request-not-bound",
        "request-not-signed",
        "request-person-other",
        "challenge-request-other",
        "challenge-inviter-other",
        "challenge-closed",
        "challenge-not-committed",
        "challenge-second",
        "string-wrong",
        "invitation-not-asked",
        "invitation-not-proved",
        "enrolment-not-by-inviter",
        "paper-device-other",
    ];
}
