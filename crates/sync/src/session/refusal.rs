//! Why a session is refused: what the other side did that it may not do.

use std::fmt;

use thiserror::Error;

use crate::frame::FrameRefusal;
use crate::pack::PackRefusal;

/// One of the two logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// Of statements.
    Statements,
    /// Of typed commitments to entries, openings and the rest.
    Journal,
}

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Statements => "statement log",
            Self::Journal => "journal log",
        })
    }
}

macro_rules! refusals {
    ($( $(#[$meta:meta])* $Name:ident $({ $($(#[$fmeta:meta])* $field:ident: $ty:ty),+ $(,)? })? = $code:literal, $sentence:literal; )+) => {
        /// Why a session ends: each breach has its own reason. Nothing that came after it is read.
        #[derive(Debug, Clone, PartialEq, Eq, Error)]
        pub enum SessionRefusal {
            /// The bytes are no frame that may stand here.
            #[error(transparent)]
            Frame(#[from] FrameRefusal),
            /// Packed entries that cannot be unpacked.
            #[error(transparent)]
            Pack(#[from] PackRefusal),
            $( $(#[$meta])* #[error($sentence)] $Name $({ $($(#[$fmeta])* $field: $ty),+ })?, )+
        }

        impl SessionRefusal {
            /// A stable name for message catalogues.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    Self::Frame(refusal) => refusal.code(),
                    Self::Pack(refusal) => refusal.code(),
                    $( Self::$Name $({ $($field: _),+ })? => $code, )+
                }
            }

            /// The names of all refusals that are the session's own.
            pub const CODES: &'static [&'static str] = &[$($code),+];
        }
    };
}

refusals! {
    // --- the first words ----------------------------------------------------------------------
    /// Another version of frames and sessions.
    UnknownVersion {
        /// The version named.
        version: u64
    } = "session-version-unknown", "the peer speaks version {version} of the protocol, which this version does not; update one of the two";
    /// Another mission.
    OtherMission = "session-mission-other", "the peer belongs to another mission";
    /// Something came before Hello.
    HelloExpected = "session-hello-expected", "the desk sent something before it said who it is";
    /// A second Hello.
    HelloRepeated = "session-hello-repeated", "the desk said twice who it is";
    /// Something came before Welcome.
    WelcomeExpected = "session-welcome-expected", "the hub sent something before it announced its logs";
    /// A second Welcome.
    WelcomeRepeated = "session-welcome-repeated", "the hub announced its logs twice";

    // --- the logs ---------------------------------------------------------------------------------
    /// A log that is shorter than it was.
    LogShrank {
        /// Which log.
        log: Log,
        /// Leaves known.
        known: u64,
        /// Leaves announced.
        announced: u64
    } = "log-shrank", "the hub's {log} has {announced} leaves but had {known} before: it was set back or shows another log; do not trust this hub before that is explained";
    /// Statements or leaves that do not follow those before.
    NotContiguous {
        /// Which log.
        log: Log,
        /// The index that had to come.
        expected: u64,
        /// The index that came.
        from: u64
    } = "log-not-contiguous", "the hub sent the {log} from {from}, but {expected} comes next";
    /// More than the log has.
    PastEnd {
        /// Which log.
        log: Log,
        /// Leaves announced.
        size: u64,
        /// The index after the last that came.
        end: u64
    } = "log-past-end", "the hub sent the {log} up to {end}, but announced {size} leaves";
    /// Growth that was not asked for.
    NotContinuous = "session-not-continuous", "the hub goes on in a session that was to end";

    // --- entries ------------------------------------------------------------------------------------
    /// A statement or an entry from the hub without its place in the log.
    Unplaced = "unplaced", "the hub sent something without its place in the log";
    /// An entry beyond the log's end.
    EntryPastEnd {
        /// Its leaf index.
        leaf: u64,
        /// Leaves announced.
        size: u64
    } = "entry-past-end", "the hub sent an entry with leaf {leaf}, but announced {size} leaves";
    /// An entry that was not asked for.
    EntryUnasked {
        /// Its leaf index.
        leaf: u64
    } = "entry-unasked", "the hub sent the entry with leaf {leaf}, which was not asked for";
    /// An entry that came before, or was accepted from this desk.
    EntryRepeated {
        /// Its leaf index.
        leaf: u64
    } = "entry-repeated", "the hub sent the entry with leaf {leaf} twice";
    /// An entry that is larger than was asked for.
    EntryTooLarge {
        /// Its leaf index.
        leaf: u64,
        /// Its bytes in plain form.
        bytes: u64
    } = "entry-too-large", "the hub sent the entry with leaf {leaf}, whose {bytes} bytes are more than was asked for";
    /// A piece of a large entry that does not follow the one before.
    PartOutOfOrder {
        /// Where it had to begin.
        expected: u64,
        /// Where it begins.
        offset: u64
    } = "part-out-of-order", "a piece of a large entry begins at byte {offset}, but byte {expected} comes next";
    /// A piece that is empty, reaches beyond the whole, or names another whole than before.
    PartBadSize {
        /// Bytes of the whole, as named.
        total: u64
    } = "part-bad-size", "a piece of a large entry of {total} bytes does not fit it";
    /// More bytes than the budget.
    OverBudget {
        /// Bytes that were left.
        left: u64,
        /// Bytes that came.
        bytes: u64
    } = "over-budget", "the hub sent {bytes} bytes where the budget had {left} left";
    /// Entries left that the log does not have.
    LeftPastEnd {
        /// The index after the last named.
        end: u64,
        /// Leaves announced.
        size: u64
    } = "left-past-end", "the hub says that entries up to {end} are left, but announced {size} leaves";
    /// Done, although there was more and no budget.
    DoneTooSoon {
        /// Which log is not complete.
        log: Log
    } = "done-too-soon", "the hub says it is done but has not sent all of the {log}";

    // --- pushes and answers -------------------------------------------------------------------------
    /// An answer to nothing.
    AnswerUnsolicited = "answer-unsolicited", "the hub answered something that was not pushed, or answered it before";
    /// Pushed again before it was answered.
    PushRepeated = "push-repeated", "the desk pushed something again before the hub answered";
    /// A push that claims a place in the log.
    PushPlaced = "push-placed", "the desk pushed something with a place in the log, which only the hub gives";
    /// A push that names large entries as whole ones.
    PushLarge = "push-large", "the desk pushed a large entry whole instead of in pieces";

    // --- the session ----------------------------------------------------------------------------------
    /// Something after the last word.
    AfterDone = "session-after-done", "the peer went on after it said that it was done";
    /// An echo of nothing.
    PongUnsolicited = "pong-unsolicited", "the peer answered a ping that was not sent";
    /// Too many pings while nothing is read.
    TooManyPings = "too-many-pings", "the peer sends pings and does not read the answers";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pouch::PouchRefusal;

    #[test]
    fn codes_are_distinct_words() {
        let all =
            [SessionRefusal::CODES, FrameRefusal::CODES, PackRefusal::CODES, PouchRefusal::CODES].concat();
        let mut codes = all.clone();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all.len());
        assert!(
            codes.iter().all(|code| crate::bounded::Code::new(code).is_some()),
            "each can be sent in Ended"
        );
    }
}
