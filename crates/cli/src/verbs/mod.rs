//! One file a verb.

mod compartment;
mod completions;
mod demo;
mod device;
mod export;
mod find;
mod import;
mod link;
mod lock;
mod mission;
mod near;
mod passphrase;
mod person;
mod record;
mod reindex;
mod stats;
mod unlock;
mod verify;

pub(crate) use compartment::CompartmentArgs;
pub(crate) use completions::{CompletionsArgs, ManArgs};
pub(crate) use demo::DemoArgs;
pub(crate) use device::DeviceArgs;
pub(crate) use export::ExportArgs;
pub(crate) use find::FindArgs;
pub(crate) use import::ImportArgs;
pub(crate) use link::LinkArgs;
pub(crate) use lock::LockArgs;
pub(crate) use mission::MissionArgs;
pub(crate) use near::NearArgs;
pub(crate) use passphrase::PassphraseArgs;
pub(crate) use person::PersonArgs;
pub(crate) use record::RecordArgs;
pub(crate) use reindex::ReindexArgs;
pub(crate) use stats::StatsArgs;
pub(crate) use unlock::UnlockArgs;
pub(crate) use verify::VerifyArgs;
