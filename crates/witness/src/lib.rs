//! The witness service: `add-checkpoint` to the letter of C2SP's tlog-witness, with a hybrid key. It runs by itself,
//! or within another server that hands it requests.

mod config;
mod keys;
mod server;
mod service;
mod store;

/// The configuration and the keys.
pub use config::{KnownLog, WitnessConfig};
pub use keys::WitnessKeys;
/// A witness that runs by itself.
pub use server::{RunningWitness, WitnessFailure, run_witness, run_witness_with};
/// The service, within another server.
pub use service::WitnessService;
/// The store.
pub use store::{WitnessDatabase, WitnessRecords, WitnessStoreError};
