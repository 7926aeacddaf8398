//! What has to be done without anybody asking: erasures, keys of lost devices, notices that are due, old answers.

use counterseal_model::Timestamp;
use counterseal_register::{DeviceStatus, Moment, Register};

use super::{Service, ServiceError};
use crate::store::{Batch, PartRef, SeedRef, Tombstone};

/// How long after its revocation a device's keys are destroyed, in seconds: entries that it sent before may be on
/// their way.
pub(crate) const LOST_AFTER: i64 = 30 * Timestamp::DAY;

impl Service {
    /// Obeys what the register says by now, puts out what is due, and forgets what is over. Called after each step of
    /// the mirror, and now and then; again does nothing.
    ///
    /// # Errors
    /// What the disks say. What was not finished is done the next time.
    pub fn sweep(&mut self) -> Result<(), ServiceError> {
        if let Some(register) = self.mirror.register() {
            let at = self.at(&register);
            self.erase_parts(&register, at)?;
            self.destroy_lost(&register, at)?;
        }
        self.disclose()?;
        self.store.commit(&Batch { expire: Some(self.now()), ..Batch::default() })?;
        Ok(())
    }

    fn erase_parts(&mut self, register: &Register, at: Moment) -> Result<(), ServiceError> {
        let mut new = Vec::new();
        for compartment in register.compartments(at) {
            for named in register.erased_parts(compartment, at) {
                let part = PartRef { entry: named.entry, index: named.index };
                let since = register.part_state(compartment, named, at).erased;
                let Some(since) = since else { continue };
                if self.store.is_erased(&part)? {
                    continue;
                }
                let statement = self.mirror.statement_at(&self.store, since.position.index)?;
                new.extend(statement.map(|statement| Tombstone { part, statement, at: at.time }));
            }
        }
        if !new.is_empty() {
            self.store.erase(&new)?;
        }
        Ok(())
    }

    fn destroy_lost(&mut self, register: &Register, at: Moment) -> Result<(), ServiceError> {
        let over = |since: Moment| since.time.0.saturating_add(LOST_AFTER) <= at.time.0;
        let devices = register.people().flat_map(|person| register.devices_of(person, at));
        let lost =
            devices.filter(|device| matches!(device.status, DeviceStatus::Revoked { since } if over(since)));
        let lost: Vec<_> = lost.map(|device| device.id).collect();
        let mut gone: Vec<SeedRef> = Vec::new();
        for device in lost {
            for compartment in register.compartments(at) {
                let kept = self.store.device_keys(device, compartment)?;
                gone.extend(kept.iter().filter(|kept| kept.destroyed.is_none()).map(|kept| kept.key));
            }
        }
        if !gone.is_empty() {
            self.store.destroy_seeds(&gone, at.time)?;
        }
        Ok(())
    }
}
