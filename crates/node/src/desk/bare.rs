//! Desks without a key file, whose secrets are at hand and whose disk may fail: for the simulator, which opens
//! thousands of them and would pay Argon2id for each.

use std::path::Path;
use std::sync::Arc;

use counterseal_model::cbor::Extra;
use counterseal_model::{Clock, PersonId};
use counterseal_register::{Bytes, EnrolDevice, EnrolPerson, Subject};
use counterseal_seal::DeviceSecrets;

use super::join::{beginning_of, person_of};
use super::{Desk, Founding, Randomness};
use crate::error::NodeError;
use crate::home::DeskPlace;
use crate::store::Faults;

impl Desk {
    /// Enrols a new person whose device's secrets are at hand, as an invitation does in the end.
    ///
    /// # Errors
    /// When the register refuses: this desk's person must be a registrar.
    #[doc(hidden)]
    pub fn enrol_bare(
        &mut self,
        name: &str,
        person: PersonId,
        device: &DeviceSecrets,
    ) -> Result<(), NodeError> {
        let (keys, proof) =
            (device.public().clone(), Bytes(device.prove_possession(self.mission(), person)?));
        let mut draft = self.draft()?;
        let extra = Extra::default();
        draft.say(EnrolPerson { person, name: None, until: None, extra: extra.clone() }, &[&self.secrets])?;
        let challenge = Bytes([0; 32]);
        draft.say(EnrolDevice { person, keys, proof, challenge, extra }, &[&self.secrets])?;
        self.name_in(&mut draft, Subject::Person(person), name)?;
        let everyone = draft.register.mission_compartment();
        self.change_roster(&mut draft, everyone, &[device.id()], &[])?;
        self.keep_statements(draft)
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
