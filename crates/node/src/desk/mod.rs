//! An unlocked desk.

pub(crate) mod alarms;
mod ask;
mod author;
mod bare;
mod casework;
mod changes;
mod chart;
mod decoy;
mod early;
mod edit;
mod entities;
mod evidence;
mod export;
mod export_page;
mod external;
mod follow;
mod found;
mod give;
mod governing;
mod governor_file;
mod guarded;
mod handover;
mod import;
mod invite;
mod join;
mod joins;
mod kept_views;
mod keyring;
mod layers;
pub(crate) mod local;
mod logs_file;
mod lost;
mod monitoring;
mod open;
mod opening;
mod others_room;
mod people;
mod places;
mod pouch;
mod read;
mod receipt;
mod repair;
mod report;
mod room;
mod rotate;
mod sharing;
mod shift;
mod sites;
mod statements;
mod succession;
mod sync;
mod take;
mod taxonomy;
mod travel;
mod trust;
mod unfinished;
mod verify;
mod void;
mod whom;
mod witnesses;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use counterseal_model::{Clock, CompartmentId, DeviceId, EpochId, MissionId, PersonId, Timestamp};
use counterseal_register::{Moment, Register};
use counterseal_seal::{DeviceSecrets, Sealer};
use rand_core::CryptoRng;

use crate::home::DeskPlace;
use crate::index::Indexer;
use crate::store::{Opened, Store};
pub use alarms::Ending;
pub use ask::{Near, Step};
pub use casework::{
    Area, CaseChange, CasePlace, CaseTerms, CaseView, ConsentScope, Malformation, OpenCase, PartUses,
    Recorded, UseState, UseView, WrittenAbout, WrittenTo,
};
pub use casework::{
    CaseworkRefusal, CosignedPaper, FactTerms, FactView, FactsSent, NamedPart, Paper, PaperAct, PartView,
    Supposed, SupposedFact, engine_code,
};
pub use changes::Said;
pub use decoy::{Decoy, DecoyAlarm, DecoyFailure, DecoyState, PlannedDecoys, is_decoy};
pub use edit::Movable;
pub use entities::{
    ChartAsk, ChartEdge, ChartNode, ChartView, EntityAsk, EntityLine, Identity, LinkView, MergeTerms,
    SaidSame, SameRefusal,
};
pub use evidence::{EntryView, Evidence};
pub use export::{ExportOptions, ExportReport, Trace};
pub use export_page::PageMark;
pub(crate) use external::{record_named, record_of};
pub use follow::{Followed, LogNews, LogView, NewLeaves};
pub use found::{Founding, GovernorFile};
pub use give::{Given, JournalHead};
pub use governor_file::GOVERNORS_FOLDER;
pub(crate) use guarded::SLOT;
pub use guarded::{
    GuardedEntry, TrusteeHeard, TrusteeLie, TrusteeSays, TrusteeTarget, TrusteeView, is_cover,
};
pub use handover::{Duty, HandoverPlan, Stays};
pub use import::{Duplicate, Go, ImportOptions, ImportReport, RowConcern};
pub use invite::{
    Accepted, Answered, Cosigned, Enrolled, InvitationRefusal, InvitationState, InvitationTerms,
    InvitationView, Invited, Invitee, Outcome, Proved,
};
pub use kept_views::{BASEMAP_BYTES, KeptView};
pub(crate) use keyring::Keyring;
pub use layers::{LayerView, Placed};
pub use logs_file::OutgoingLogs;
pub use lost::{LostState, LostStatement};
pub use monitoring::{
    DutiesTaken, Emergency, Forgotten, MONITORING_DAYS, Monitoring, MonitoringFailure, QuotaView,
    ReviewReply, ReviewTalk,
};
pub use opening::{
    AheadView, ApprovalAsked, ApprovalGiven, Asked, Asking, GuardedPart, Knowledge, NoticeView, OpenedPart,
    OpeningFailure, OpeningReceipt, OpeningShown, OpeningTerms, OpeningView, Outside, ReadingsSent,
    TrusteeHead, TrusteeWord, Vault, check_opening_receipt, part_text,
};
pub use people::{CompartmentView, PersonView};
pub use pouch::{LeftOut, PouchAt, PouchOptions, PouchReadReport, PouchReport, PouchSince, PouchView};
pub(crate) use read::{PartCache, PartReader};
pub use read::{RecordView, VersionView};
pub use receipt::{Receipted, ShownByReceipt, check_receipt};
pub use report::{
    ALIKE, Alike, Common, Conflict, DRAFT_BYTES, DRAFTS, Disputed, Draft, KeptDraft, KnownPlace,
    ReportRefusal,
};
pub use room::Room;
pub use rotate::{
    BadRotationFile, Change, FaultReason, Newcomer, Problem, ROTATION_BYTES, ROTATION_COLUMNS, RotationFault,
    RotationPlan, RotationReport, RotationRow, Step as RotationStep, StepState,
};
pub use sharing::{
    Disclosure, DisclosureKind, PartsExport, PartsExported, SMALL, ShareAsked, SharePlan, ShareRefusal,
    ShareReply, ShareTerms, Shared,
};
pub use sites::SiteView;
pub use succession::Crossing;
pub use sync::{Gap, RefusedPush, SyncOptions, SyncReport, SyncRun};
pub use take::{Arrived, RefusedEntry, Standing, Taken};
pub use travel::{Leaving, Openable, Prepared, TravelPlan, TravelRefusal};
pub use trust::{Trust, TrustIn, TrustRefusal, TrustSettled};
pub use verify::VerifyReport;
pub use witnesses::{HeldBack, Silence, TwoTrees, WitnessReport, WitnessSaid, WitnessTarget, WitnessWord};

/// Randomness, given by the composition root.
pub type Randomness = Box<dyn CryptoRng + Send>;

/// An unlocked desk: its keys are in memory until it is closed or dropped.
pub struct Desk {
    pub(crate) store: Store,
    pub(crate) secrets: DeviceSecrets,
    pub(crate) person: PersonId,
    pub(crate) register: Register,
    pub(crate) keyring: Keyring,
    pub(crate) cache: PartCache,
    pub(crate) indexer: Indexer,
    pub(crate) sealers: BTreeMap<CompartmentId, Sealer>,
    pub(crate) clock: Arc<dyn Clock + Send + Sync>,
    pub(crate) rng: Randomness,
    pub(crate) place: DeskPlace,
    pub(crate) opened: Opened,
    pub(crate) vault: opening::Vault,
    pub(crate) drafts: report::DraftsInMemory,
    /// SHA-256 of the running program, as requests name it.
    pub(crate) build: [u8; 32],
}

impl Desk {
    /// The mission.
    #[must_use]
    pub fn mission(&self) -> MissionId {
        self.register.mission()
    }

    /// The register as this desk has it.
    #[must_use]
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// The person whose desk this is.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// This desk's device.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        self.secrets.id()
    }

    /// How the store was found when it was opened.
    #[must_use]
    pub fn opened(&self) -> Opened {
        self.opened
    }

    /// Where the desk is on this computer.
    #[must_use]
    pub fn place(&self) -> &DeskPlace {
        &self.place
    }

    /// Now, as the desk's clock has it.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Now, after the last statement: what the register is asked about.
    #[must_use]
    pub fn moment(&self) -> Moment {
        let last = self.register.last();
        Moment::new(last.position, self.now().max(last.time))
    }

    /// Whether this desk has the secret of an epoch.
    #[must_use]
    pub fn holds(&self, epoch: EpochId) -> bool {
        self.keyring.get(epoch).is_some()
    }

    /// Says which program runs: SHA-256 of its file. Requests name it.
    pub fn set_build(&mut self, build: [u8; 32]) {
        self.build = build;
    }

    /// Has this desk's disk fail where `faults` says, from now on. For tests.
    #[doc(hidden)]
    pub fn set_faults(&mut self, faults: Arc<dyn crate::store::Faults>) {
        self.store.set_faults(faults);
    }

    /// Folds what was written into the database and locks the desk.
    ///
    /// # Errors
    /// When the disk refuses; the desk then opens at its last commit.
    pub fn close(self) -> Result<(), crate::NodeError> {
        Ok(self.store.close()?)
    }
}
