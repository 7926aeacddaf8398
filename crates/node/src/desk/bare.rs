//! Desks without a key file, whose secrets are at hand and whose disk may fail: for the simulator, which opens
//! thousands of them and would pay Argon2id for each.

use std::path::Path;
use std::sync::Arc;

use counterseal_model::{Clock, PersonId};
use counterseal_seal::DeviceSecrets;

use super::join::{DeviceRequest, beginning_of, person_of};
use super::{Desk, Founding, Randomness};
use crate::error::NodeError;
use crate::home::DeskPlace;
use crate::store::Faults;

impl Desk {
    /// As `request`, with secrets that are at hand.
    ///
    /// # Errors
    /// When the library refuses to work.
    #[doc(hidden)]
    pub fn request_bare(
        mission: counterseal_model::MissionId,
        person: PersonId,
        secrets: &DeviceSecrets,
    ) -> Result<DeviceRequest, NodeError> {
        let proof = counterseal_register::Bytes(secrets.prove_possession(mission, person)?);
        let keys = secrets.public().clone();
        Ok(DeviceRequest { mission, person, keys, proof, extra: Default::default() })
    }

    /// As `join`, in an empty folder and with secrets that are at hand. The desk is not opened.
    ///
    /// # Errors
    /// As `join`.
    #[doc(hidden)]
    pub fn join_bare(
        dir: &Path,
        secrets: &DeviceSecrets,
        statements: &[u8],
        clock: Arc<dyn Clock + Send + Sync>,
    ) -> Result<(), NodeError> {
        let beginning = beginning_of(statements, clock.now())?;
        let person = person_of(&beginning.register()?, secrets)?;
        Self::lay_out(dir, secrets, person, &beginning, clock)
    }

    /// What a founder's desk says on its first day.
    ///
    /// # Errors
    /// When the register refuses, or the disk does.
    #[doc(hidden)]
    pub fn first_day_bare(&mut self, founding: &Founding) -> Result<(), NodeError> {
        self.first_day(founding)
    }

    /// As `unlock`, with secrets that are at hand, on a disk that may fail.
    ///
    /// # Errors
    /// As `unlock`.
    #[doc(hidden)]
    pub fn open_bare(
        dir: &Path,
        secrets: DeviceSecrets,
        clock: Arc<dyn Clock + Send + Sync>,
        rng: Randomness,
        faults: Arc<dyn Faults>,
    ) -> Result<Self, NodeError> {
        let place = DeskPlace { id: secrets.id().short(), dir: dir.to_owned() };
        let mut desk = Self::open(place, secrets, clock, rng)?;
        desk.set_faults(faults);
        Ok(desk)
    }
}
