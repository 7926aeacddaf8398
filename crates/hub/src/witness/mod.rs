//! The witness service: `add-checkpoint` to the letter of C2SP's tlog-witness, with a hybrid key.

mod config;
mod keys;
mod server;
mod store;

pub use config::{KnownLog, WitnessConfig, WitnessConfigRefusal};
pub use keys::{WitnessKeys, WitnessKeysRefusal};
pub use server::{RunningWitness, WitnessFailure, run_witness, run_witness_with};
pub use store::{WitnessDatabase, WitnessRecords, WitnessStoreError};
