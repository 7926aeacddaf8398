//! The verbs of a desk: the only crate where seal, store and exchange meet.
//!
//! A `Home` holds this computer's desks. `Desk::found` makes the first of a mission, `Desk::unlock`
//! opens one; everything else is a method of the unlocked desk. What is written is durable when the
//! method returns (see `store` for the one commit point).

mod audit;
mod desk;
mod error;
mod explore;
mod guard;
mod home;
mod index;
mod link;
mod logs;
mod message;
mod query;
mod review;
mod schema;
mod store;

/// Audits of both logs.
pub use audit::{Audit, AuditedLog, DeskFiles, FolderFiles, HubFiles, KeptFiles, audit};
/// What a log shows, and why it does not count.
pub use counterseal_mirror::{Finding, FindingCode, LogFiles, MirrorError};
/// Checking.
pub use desk::VerifyReport;
/// Reporting: drafts, what may be the same event, conflicts.
pub use desk::{
    ALIKE, Alike, Common, Conflict, DRAFT_BYTES, DRAFTS, Disputed, Draft, KeptDraft, KnownPlace,
    ReportRefusal,
};
/// The desk.
pub use desk::{
    Accepted, Answered, Cosigned, Enrolled, InvitationRefusal, InvitationState, InvitationTerms,
    InvitationView, Invited, Invitee, Outcome, Proved,
};
/// Openings of guarded parts.
pub use desk::{
    AheadView, ApprovalAsked, ApprovalGiven, Asked, Asking, GuardedPart, Knowledge, NoticeView, OpenedPart,
    OpeningFailure, OpeningReceipt, OpeningShown, OpeningTerms, OpeningView, Outside, ReadingsSent,
    TrusteeHead, TrusteeWord, Vault, check_opening_receipt, part_text,
};
/// Cases; consents, bases and agreements; withdrawal, hold, erasure; facts for trustees.
pub use desk::{
    Area, CaseChange, CasePlace, CaseTerms, CaseView, ConsentScope, Malformation, OpenCase, PartUses,
    Recorded, UseState, UseView, WrittenAbout, WrittenTo,
};
/// Entries of other desks.
pub use desk::{Arrived, Given, JournalHead, RefusedEntry, Standing, Taken};
/// What the map keeps and shows beside incidents.
pub use desk::{BASEMAP_BYTES, KeptView, LayerView, PageMark, Placed};
/// Rotation of a contingent.
pub use desk::{
    BadRotationFile, Change, FaultReason, Newcomer, Problem, ROTATION_BYTES, ROTATION_COLUMNS, RotationFault,
    RotationPlan, RotationReport, RotationRow, RotationStep, StepState,
};
/// Parts and papers.
pub use desk::{CaseworkRefusal, CosignedPaper, NamedPart, Paper, PaperAct, PartView};
/// Entities, and link charts.
pub use desk::{
    ChartAsk, ChartEdge, ChartNode, ChartView, EntityAsk, EntityLine, Identity, LinkView, MergeTerms,
    SaidSame, SameRefusal,
};
pub use desk::{CompartmentView, Desk, Ending, EntryView, Founding, GovernorFile, PersonView, Randomness};
/// The logs, and sessions with a hub.
pub use desk::{
    Crossing, Followed, Gap, LogNews, LogView, NewLeaves, OutgoingLogs, RefusedPush, SyncOptions, SyncReport,
    SyncRun,
};
/// Decoy records.
pub use desk::{Decoy, DecoyAlarm, DecoyFailure, DecoyState, PlannedDecoys, is_decoy};
/// What leaves a compartment.
pub use desk::{
    Disclosure, DisclosureKind, PartsExport, PartsExported, SMALL, ShareAsked, SharePlan, ShareRefusal,
    ShareReply, ShareTerms, Shared,
};
/// Import and export.
pub use desk::{Duplicate, ExportOptions, ExportReport, Go, ImportOptions, ImportReport, RowConcern, Trace};
/// Monitoring, with its retention and the right of reply.
pub use desk::{
    DutiesTaken, Emergency, Forgotten, MONITORING_DAYS, Monitoring, MonitoringFailure, QuotaView,
    ReviewReply, ReviewTalk,
};
/// Handover.
pub use desk::{Duty, HandoverPlan, Stays, Trust, TrustIn, TrustRefusal, TrustSettled};
/// Sites, evidence, and statements without effect.
pub use desk::{Evidence, SiteView};
pub use desk::{FactTerms, FactView, FactsSent, Supposed, SupposedFact, engine_code};
/// Where governors' key files are made; what was said since the last look.
pub use desk::{GOVERNORS_FOLDER, Said};
/// Guarded parts, and what trustees say of them.
pub use desk::{GuardedEntry, TrusteeHeard, TrusteeLie, TrusteeSays, TrusteeTarget, TrusteeView, is_cover};
/// What witnesses say.
pub use desk::{HeldBack, Silence, TwoTrees, WitnessReport, WitnessSaid, WitnessTarget, WitnessWord};
/// Trips.
pub use desk::{Leaving, Openable, Prepared, TravelPlan, TravelRefusal};
/// Pouches.
pub use desk::{LeftOut, PouchAt, PouchOptions, PouchReadReport, PouchReport, PouchSince, PouchView, Room};
/// Statements that lost.
pub use desk::{LostState, LostStatement};
/// Records.
pub use desk::{Movable, RecordView, VersionView};
/// Questions.
pub use desk::{Near, Step};
/// Receipts.
pub use desk::{Receipted, ShownByReceipt, check_receipt};
pub use error::NodeError;
/// Exploring.
pub use explore::{
    Bar, Breakdown, Columns, Grid, Heap, NO_POINT, NO_TERM, NO_TIME, Picture, PictureOf, Spot, Spots,
    SpotsOf, View,
};
/// The guard at the door.
pub use guard::{BadRules, Concern, Guard, Reason, Rules};
/// Where desks live.
pub use home::{DeskPlace, Home, HomeError, write_new_private};
/// The connection to a hub.
pub use link::{LinkError, OutsideLine, Patience, Round, Sighted, Watch};
/// Reading messages.
pub use message::{
    Found as FoundInMessage, Known, KnownName, MESSAGE_BYTES, Mark, Message, NamedThing, read_message,
};
pub use query::{BadBox, BadRing, By, Filter, GeoBox, Ring, Sort, StatsRow, WEIGHED};
/// The review queue.
pub use review::{
    Book, Case, Duty as ReviewDuty, Finding as ReviewFinding, Ground, LINE, Listed, Matter, PersonDay,
    QueueDay, Reason as ReviewReason, Review, SLOTS, SeenApproval, SeenOpening, SeenPart, review,
};
/// Disks that fail, for tests.
#[doc(hidden)]
pub use store::{Faults, Step as DiskStep};
/// The store.
pub use store::{Opened, PAGE_SIZE, StoreError};
