//! Planning: which desks plant how many, of what length, so that they look like what is there.

use counterseal_model::{CompartmentId, DeviceId, PersonId, Timestamp};
use counterseal_register::{Bytes, DecoyInstruction, DeviceStatus, Label, Office};
use counterseal_seal::sign_statement;
use rand_core::Rng;

use super::failure::DecoyFailure;
use super::kept::{Kept, SENT, named};
use crate::desk::Desk;
use crate::desk::statements::random;
use crate::error::NodeError;

/// Most decoys of one plan.
const MOST: usize = 1024;
/// Most decoys that one desk plants for an instruction.
pub(super) const MOST_A_DESK: usize = 64;
/// For how long an instruction may be carried out, in seconds.
const LASTS: i64 = 30 * Timestamp::DAY;
/// The length of most guarded parts, where there are none to look at yet.
const USUAL: u64 = 1024;

/// What one desk is to plant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedDecoys {
    /// Whose desk.
    pub person: PersonId,
    /// The device.
    pub device: DeviceId,
    /// The padded length of each decoy.
    pub lengths: Vec<u64>,
}

impl Desk {
    /// Whether this desk's person is a watch officer.
    #[must_use]
    pub fn is_watch_officer(&self) -> bool {
        self.register.is_officer(self.person, Office::Watch, None, self.moment())
    }

    /// Plans decoys for a guarded compartment: on desks of its members whose sections this watch officer reviews, since
    /// trustees tell reviewers of every opening there, and none knows for which of them it is told. Lengths are drawn from those
    /// of the guarded parts that are there.
    ///
    /// # Errors
    /// `NotWatch`, `NotGuarded`, `NoDesks`, `BadCount`.
    pub fn plan_decoys(
        &mut self,
        compartment: CompartmentId,
        count: usize,
    ) -> Result<Vec<PlannedDecoys>, NodeError> {
        if !self.is_watch_officer() {
            return Err(DecoyFailure::NotWatch.into());
        }
        let (at, name) = (self.moment(), compartment.short());
        if !self.register.charter(compartment, at).is_some_and(|charter| charter.rule.is_guarded()) {
            return Err(DecoyFailure::NotGuarded { compartment: name }.into());
        }
        let desks = self.planting_desks(compartment);
        if desks.is_empty() {
            return Err(DecoyFailure::NoDesks { compartment: name }.into());
        }
        let most = MOST.min(desks.len() * MOST_A_DESK);
        if !(1..=most).contains(&count) {
            return Err(DecoyFailure::BadCount { count, most }.into());
        }
        let there = self.guarded_lengths(compartment)?;
        let mut plan: Vec<PlannedDecoys> = desks
            .into_iter()
            .map(|(person, device)| PlannedDecoys { person, device, lengths: Vec::new() })
            .collect();
        // Where the first goes is chance; the rest follow in turn, so that no desk has more than its share.
        let first = self.below(plan.len());
        for n in 0..count {
            let length = there.get(self.below(there.len())).copied().unwrap_or(USUAL);
            let place = (first + n) % plan.len();
            plan.get_mut(place).into_iter().for_each(|one| one.lengths.push(length));
        }
        plan.retain(|one| !one.lengths.is_empty());
        Ok(plan)
    }

    /// Signs the instructions of a plan. They leave with the next exchange with the trustees. The list of what comes of
    /// them will stand in `list`, a compartment of the watch office, besides on this desk.
    ///
    /// # Errors
    /// `NotWatch`; `ListSeen` when others than watch officers are in `list`; when the store cannot be written.
    pub fn instruct_decoys(
        &mut self,
        compartment: CompartmentId,
        plan: &[PlannedDecoys],
        list: Option<CompartmentId>,
    ) -> Result<(), NodeError> {
        if !self.is_watch_officer() {
            return Err(DecoyFailure::NotWatch.into());
        }
        if let Some(list) = list {
            self.check_list(list)?;
        }
        let made = self.now();
        for one in plan {
            let id = random(&mut self.rng);
            let instruction = DecoyInstruction {
                mission: self.mission(),
                watch: self.device(),
                planter: one.device,
                id: Bytes(id),
                compartment,
                lengths: one.lengths.clone(),
                made,
                until: Timestamp(made.0.saturating_add(LASTS)),
                extra: Default::default(),
            };
            let signed = sign_statement(&instruction.payload(), Label::DECOY_INSTRUCTION, &[&self.secrets])?;
            let kept = Kept::new(signed.bytes().to_vec(), list);
            self.keep_decoys(&named(SENT, &id), &kept)?;
        }
        Ok(())
    }

    /// Other members' active devices in the compartment, whose sections this person reviews.
    fn planting_desks(&self, compartment: CompartmentId) -> Vec<(PersonId, DeviceId)> {
        let at = self.moment();
        let Some(epoch) = self.register.write_epoch(compartment, at).and_then(|id| self.register.epoch(id))
        else {
            return Vec::new();
        };
        let devices = epoch.roster().iter().filter_map(|id| self.register.device(*id, at));
        let fits = |device: &counterseal_register::DeviceInfo| {
            let section = self.register.section_of(device.person, at);
            device.status == DeviceStatus::Active
                && device.person != self.person
                && section.is_some_and(|section| {
                    self.register.is_officer(self.person, Office::Review, Some(section), at)
                })
        };
        devices.filter(fits).map(|device| (device.person, device.id)).collect()
    }

    fn check_list(&self, list: CompartmentId) -> Result<(), NodeError> {
        let at = self.moment();
        let epoch = self.register.write_epoch(list, at).and_then(|id| self.register.epoch(id));
        let epoch = epoch.ok_or(NodeError::NotAMember(list))?;
        let watch = |id: &DeviceId| {
            let person = self.register.device(*id, at).map(|device| device.person);
            person.is_some_and(|person| self.register.is_officer(person, Office::Watch, None, at))
        };
        let strangers = epoch.roster().iter().filter(|id| !watch(id)).count();
        match strangers {
            0 => Ok(()),
            _ => Err(DecoyFailure::ListSeen { compartment: list.short(), strangers }.into()),
        }
    }

    /// The padded lengths of guarded parts that are here.
    fn guarded_lengths(&self, compartment: CompartmentId) -> Result<Vec<u64>, NodeError> {
        self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT length(p.ciphertext) - 16 FROM part p JOIN entry e ON e.no = p.no >> 12
                 WHERE e.compartment = ?1 AND e.standing < 4 ORDER BY p.no DESC LIMIT 4096",
            )?;
            let rows = list.query_map([compartment.as_bytes()], |row| row.get::<_, i64>(0))?;
            let lengths: Vec<i64> = rows.collect::<Result<_, _>>()?;
            Ok(lengths.into_iter().filter_map(|length| u64::try_from(length).ok()).collect())
        })
    }

    fn below(&mut self, limit: usize) -> usize {
        let wide = u128::from(self.rng.next_u64()) * limit as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }
}
