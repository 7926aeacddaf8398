//! The end of a trustee that was succeeded.

use std::sync::Arc;

use counterseal_model::{Clock, Timestamp};

use super::{OperationFailure, TrusteeKeys, load};
use crate::config::TrusteeConfig;
use crate::service::{Retired, Service, Setting};
use crate::store::{Randomness, Store};

struct OwnClock(Arc<dyn Clock + Send + Sync>);

impl Clock for OwnClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

/// Destroys the pads and keys of a trustee whose successor has everything. It must not run.
///
/// # Errors
/// `NotRetired`, and nothing is destroyed; or when the store is in use or damaged.
pub fn retire(
    config: &TrusteeConfig,
    keys: TrusteeKeys,
    clock: Arc<dyn Clock + Send + Sync>,
    randomness: fn() -> Randomness,
) -> Result<Retired, OperationFailure> {
    let (store, _) = Store::open(&config.places(), keys.hands(randomness()))?;
    let mission = load(config, clock.now())?.mission();
    let (secrets, rng) = (keys.secrets, randomness());
    let setting = Setting { mission, secrets, clock: Box::new(OwnClock(clock)), rng };
    Ok(Service::new(setting, store)?.retire()??)
}
