//! Frames: what a session and a pouch consist of.
//!
//! ```text
//! frame = type: u8 ‖ length: u32 big-endian ‖ body        length ≤ the type's bound ≤ 16 MiB
//! ```
//!
//! A body is deterministic CBOR, read strictly. A type or a field that is not known is refused.

mod answers;
mod hello;
mod logs;
mod reader;

use counterseal_model::cbor::{BodyError, from_bytes_strict, to_bytes};
use thiserror::Error;

use crate::limits::{FRAME_HEAD, FRAME_TARGET, MAX_BODY};
use crate::pack::PackedEntries;
use crate::pouch::{Contents, LogState};

pub use answers::{
    Acceptance, Accepted, AcceptedRun, Beat, Done, Ended, EntryPart, MAX_PIECE, PushPart, Pushed, Refused,
};
pub use hello::{Announced, Grown, Hello, PartialPull, PartialPush, Welcome};
pub use logs::{Envelope, LeafBytes, Leaves, Statements};
pub use reader::FrameReader;

/// Why bytes are not a frame that may stand here. Nothing after it can be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FrameRefusal {
    /// A type that this version does not know.
    #[error("frame type {code} is not known to this version; update to talk to this peer")]
    UnknownType {
        /// The type.
        code: u8,
    },
    /// A type that does not belong here.
    #[error("a frame of type '{kind}' does not belong here")]
    NotHere {
        /// The type.
        kind: FrameType,
    },
    /// Longer than its type may be.
    #[error("a frame of type '{kind}' has {bytes} bytes, more than it can have")]
    TooLong {
        /// The type.
        kind: FrameType,
        /// The length it claims.
        bytes: u64,
    },
    /// Its body is not what its type says.
    #[error("a frame of type '{kind}' is malformed: {error}")]
    Malformed {
        /// The type.
        kind: FrameType,
        /// What is wrong.
        error: BodyError,
    },
}

impl FrameRefusal {
    /// A stable name for message catalogues.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownType { .. } => "frame-type-unknown",
            Self::NotHere { .. } => "frame-not-here",
            Self::TooLong { .. } => "frame-too-long",
            Self::Malformed { .. } => "frame-malformed",
        }
    }

    /// The names of all of them.
    pub const CODES: &'static [&'static str] =
        &["frame-type-unknown", "frame-not-here", "frame-too-long", "frame-malformed"];
}

macro_rules! frames {
    ($($(#[$doc:meta])* $code:literal $Name:ident($Body:ty) $word:literal <= $limit:expr;)+) => {
        /// The types of frames.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FrameType { $($(#[$doc])* $Name),+ }

        impl FrameType {
            /// Every type.
            pub const ALL: &'static [Self] = &[$(Self::$Name),+];

            /// The byte that stands for it.
            #[must_use]
            pub const fn code(self) -> u8 {
                match self { $(Self::$Name => $code),+ }
            }

            /// The type with this byte.
            #[must_use]
            pub const fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$Name),)+ _ => None }
            }

            /// Its name in messages.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$Name => $word),+ }
            }

            /// Most bytes of its body.
            #[must_use]
            pub const fn limit(self) -> usize {
                match self { $(Self::$Name => $limit),+ }
            }
        }

        /// A frame.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Frame { $($(#[$doc])* $Name($Body)),+ }

        impl Frame {
            /// Its type.
            #[must_use]
            pub const fn kind(&self) -> FrameType {
                match self { $(Self::$Name(_) => FrameType::$Name),+ }
            }

            fn body(&self) -> Vec<u8> {
                match self { $(Self::$Name(body) => to_bytes(body)),+ }
            }

            /// Reads the body of a frame of this type.
            ///
            /// # Errors
            /// `TooLong` or `Malformed`.
            pub fn parse(kind: FrameType, body: &[u8]) -> Result<Self, FrameRefusal> {
                if body.len() > kind.limit() {
                    return Err(FrameRefusal::TooLong { kind, bytes: body.len() as u64 });
                }
                let read = match kind { $(FrameType::$Name => from_bytes_strict(body).map(Self::$Name)),+ };
                read.map_err(|error| FrameRefusal::Malformed { kind, error })
            }
        }
    };
}

const KIB: usize = 1024;

frames! {
    /// Desk: who it is, what it knows, what it wants.
    1 Hello(Hello) "hello" <= 256 * KIB;
    /// Hub: how far the logs go, how much is to come.
    2 Welcome(Welcome) "welcome" <= 320 * KIB;
    /// Hub, pouch: statements.
    3 Statements(Statements) "statements" <= 12 * 1024 * KIB;
    /// Hub, pouch: leaves of the journal log.
    4 Leaves(Leaves) "leaves" <= 4 * 1024 * KIB;
    /// Hub, pouch: entries.
    5 Entries(PackedEntries) "entries" <= 12 * 1024 * KIB;
    /// Hub: a piece of a large entry.
    6 EntryPart(EntryPart) "entry-part" <= FRAME_TARGET + KIB;
    /// Hub: the logs have grown.
    7 Grown(Grown) "grown" <= 320 * KIB;
    /// Desk: statements for the log.
    8 PushStatements(Statements) "push-statements" <= 12 * 1024 * KIB;
    /// Desk: entries for the log.
    9 PushEntries(PackedEntries) "push-entries" <= 12 * 1024 * KIB;
    /// Desk: a piece of a large entry.
    10 PushPart(PushPart) "push-part" <= FRAME_TARGET + KIB;
    /// Hub: these are durable.
    11 Accepted(Accepted) "accepted" <= 1024 * KIB;
    /// Hub: this is not taken.
    12 Refused(Refused) "refused" <= KIB;
    /// Both: that was all.
    13 Done(Done) "done" <= 64 * KIB;
    /// Both: are you there.
    14 Ping(Beat) "ping" <= 64;
    /// Both: the echo of a ping.
    15 Pong(Beat) "pong" <= 64;
    /// Both: why the session ends here.
    16 Ended(Ended) "ended" <= KIB;
    /// Pouch: what its writer holds and what it carries. Its first frame.
    32 Contents(Contents) "contents" <= 4 * 1024 * KIB;
    /// Pouch: the newest cosigned checkpoints.
    33 LogState(LogState) "log-state" <= 320 * KIB;
    /// Pouch: its last frame.
    34 End(Done) "end" <= 64;
}

impl std::fmt::Display for FrameType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.word())
    }
}

impl Frame {
    /// The frame's bytes, head and body; `None` when it is longer than its type may be, which its
    /// builders in this crate prevent.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let body = self.body();
        let length = u32::try_from(body.len()).ok().filter(|_| body.len() <= self.kind().limit())?;
        let mut bytes = Vec::with_capacity(FRAME_HEAD + body.len());
        bytes.push(self.kind().code());
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&body);
        Some(bytes)
    }
}

/// No type may be longer than any frame.
const _: () = {
    let mut rest = FrameType::ALL;
    while let [first, others @ ..] = rest {
        assert!(first.limit() <= MAX_BODY);
        rest = others;
    }
};
