//! The verbs of a desk: the only crate where seal, store and exchange meet.
//!
//! A `Home` holds this computer's desks. `Desk::found` makes the first of a mission, `Desk::unlock`
//! opens one; everything else is a method of the unlocked desk. What is written is durable when the
//! method returns (see `store` for the one commit point).

mod desk;
mod error;
mod explore;
mod guard;
mod home;
mod index;
mod link;
mod logs;
mod query;
mod schema;
mod store;

/// Checking.
pub use desk::VerifyReport;
/// Entries of other desks.
pub use desk::{Arrived, Given, JournalHead, RefusedEntry, Standing, Taken};
/// The desk.
pub use desk::{CompartmentView, Desk, DeviceRequest, Founding, GovernorFile, PersonView, Randomness};
/// Import and export.
pub use desk::{Duplicate, ExportOptions, ExportReport, Go, ImportOptions, ImportReport, RowConcern, Trace};
/// The logs, and sessions with a hub.
pub use desk::{Followed, LogNews, LogView, RefusedPush, SyncOptions, SyncReport, SyncRun};
/// Trips.
pub use desk::{Leaving, Openable, Prepared, TravelPlan, TravelRefusal};
/// Pouches.
pub use desk::{LeftOut, PouchOptions, PouchReadReport, PouchReport, PouchSince, PouchView};
/// Records.
pub use desk::{Movable, RecordView, VersionView};
/// Questions.
pub use desk::{Near, Step};
pub use error::NodeError;
/// Exploring.
pub use explore::{Bar, Breakdown, Columns, Grid, NO_POINT, NO_TERM, NO_TIME, Picture, PictureOf, View};
/// The guard at the door.
pub use guard::{BadRules, Concern, Guard, Reason, Rules};
/// Where desks live.
pub use home::{DeskPlace, Home, HomeError, write_new_private};
/// The connection to a hub.
pub use link::{LinkError, Patience};
pub use query::{BadBox, By, Filter, GeoBox, Sort, StatsRow};
/// Disks that fail, for the simulator.
#[doc(hidden)]
pub use store::{Faults, Step as FaultStep};
/// The store.
pub use store::{Opened, PAGE_SIZE, StoreError};
