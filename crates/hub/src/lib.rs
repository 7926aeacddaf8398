//! The relay and log service. The hub keeps ciphertext and signed statements, runs
//! the mission's two logs, and serves both; it can open nothing.

mod config;
mod cosign;
mod keys;
mod operate;
mod sequencer;
mod server;
mod store;

/// The hub's configuration and keys.
pub use config::{HubConfig, Limits, WitnessPlace};
pub use keys::{HubKeys, HubPublic, KeysRefusal};
/// A hub that does one step at a time, for the simulator.
#[doc(hidden)]
pub use operate::take_missing;
/// A hub that does not run: made, backed up, restored, looked at.
pub use operate::{
    Bodies, LogStatus, OperationFailure, Outgoing, Seeded, Status, Succeeded, WitnessesSaw, ask_witnesses,
    back_up, fetch_missing, init, log_keys, read_statements, restore, seed, status, succeed,
    write_statements,
};
#[doc(hidden)]
pub use sequencer::SteppedHub;
/// The one writer.
pub use sequencer::{
    CheckedEntry, EntryUnfit, HubFailure, LogView, Outcome, Parts, Push, Sequencer, View, Writer, replay,
};
/// The hub that runs.
pub use server::{RunningHub, run_hub, run_hub_with};
#[doc(hidden)]
pub use server::{SessionEnd, SteppedSession};
/// The store.
pub use store::{
    Batch, Covers, Fetched, Filled, FoundEntry, GuardedRow, HubStore, KeptPieces, LeafBody, LogRow, NewEntry,
    NewLeaf, NewStatement, Piece, Place, SqliteStore, StoreError, StoreReader,
};
