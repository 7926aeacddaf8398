//! Epochs: who may begin one, with which roster, and what it seals (PROTOCOL section 4).

use std::collections::BTreeSet;
use std::sync::Arc;

use counterseal_model::{CompartmentId, DeviceId, EpochId, PersonId};

use super::moment::Moment;
use super::signers::Said;
use super::state::{Compartment, Epoch, State};
use crate::act::{BeginEpoch, EpochReason, EpochWraps, HistoryRule, RepairWraps, Wrap};
use crate::entry::Rule;
use crate::refusal::Refusal;

/// Most devices in a roster.
const MAX_ROSTER: usize = 4096;

impl State {
    pub(super) fn begin_epoch(&mut self, said: &Said<'_>, act: &BeginEpoch) -> Result<(), Refusal> {
        let compartment = self.created(act.compartment, said.moment)?;
        let signer = said.by_device(self)?;
        self.check_joins(compartment, act)?;
        self.check_roster(act, said.moment)?;
        let manages = self.is_manager(act.compartment, signer.1, said.moment);
        if !manages {
            self.check_rekey(compartment, act, signer, said.moment)?;
        }
        self.check_reason(compartment, act, said.moment)?;
        let history =
            compartment.charter.at(said.moment).map_or(HistoryRule::FromJoin, |charter| charter.history);
        self.check_previous(act, history)?;

        let id = EpochId::from_bytes(*said.id.as_bytes());
        self.mark_removed(act, id, manages, said.moment);
        for joined in &act.joins {
            if let Some(epoch) = self.epochs.get_mut(joined) {
                epoch.succeeded = epoch.succeeded.or(Some((id, said.moment)));
            }
        }
        // A rekey says that the secret before it is not to be relied on; an admission says nothing of the kind.
        let renews = matches!(act.reason, EpochReason::Rekey | EpochReason::Remove);
        for earlier in self.epochs_before(&act.joins) {
            if let Some(epoch) = self.epochs.get_mut(&earlier).filter(|epoch| epoch.ended.is_none()) {
                let gone = |device| act.roster.binary_search(device).is_err();
                let ends = renews || epoch.statement.roster.iter().any(gone);
                epoch.ended = ends.then_some(said.moment);
            }
        }
        let compartment = self.created_mut(act.compartment, said.moment)?;
        let rule = compartment.rule.at(said.moment).copied().unwrap_or(Rule::TwoPerson);
        compartment.heads.retain(|head| !act.joins.contains(head));
        compartment.heads.insert(id);
        compartment.epochs.push(id);
        let epoch = Epoch {
            begun: said.moment,
            signer: signer.0,
            rule,
            history,
            statement: Arc::new(act.clone()),
            succeeded: None,
            ended: None,
            wraps: None,
            repairs: Vec::new(),
        };
        self.epochs.insert(id, epoch);
        Ok(())
    }

    fn check_joins(&self, compartment: &Compartment, act: &BeginEpoch) -> Result<(), Refusal> {
        let first = act.joins.is_empty();
        let create = act.reason == EpochReason::Create;
        if first != create || first != compartment.epochs.is_empty() || !act.joins.is_sorted_by(|a, b| a < b)
        {
            return Err(Refusal::BadJoins);
        }
        match act.joins.iter().find(|epoch| self.epoch_of(act.compartment, **epoch).is_none()) {
            Some(epoch) => Err(Refusal::UnknownEpoch { epoch: *epoch }),
            None => Ok(()),
        }
    }

    fn check_roster(&self, act: &BeginEpoch, moment: Moment) -> Result<(), Refusal> {
        if act.roster.is_empty() || act.roster.len() > MAX_ROSTER || !act.roster.is_sorted_by(|a, b| a < b) {
            return Err(Refusal::BadRoster);
        }
        match act.roster.iter().find(|device| !self.is_active(**device, moment)) {
            Some(device) => Err(Refusal::RosterNotActive { device: *device }),
            None => Ok(()),
        }
    }

    /// A member who is no manager may renew the secret, so that a revocation has effect while all
    /// managers are away; the roster is not the member's to change. It must follow a head: from an
    /// older epoch, someone removed since could bring themselves back.
    fn check_rekey(
        &self,
        compartment: &Compartment,
        act: &BeginEpoch,
        (device, _): (DeviceId, PersonId),
        moment: Moment,
    ) -> Result<(), Refusal> {
        if act.reason != EpochReason::Rekey {
            return Err(Refusal::NotAManager { compartment: act.compartment });
        }
        let joined = match act.joins.as_slice() {
            [only] if compartment.heads.contains(only) => self.epochs.get(only),
            _ => None,
        };
        let joined = joined.ok_or(Refusal::RosterNotKept)?;
        let stays = |d: &&DeviceId| self.is_active(**d, moment) && !compartment.is_without(**d, moment);
        let kept: Vec<_> = joined.roster().iter().filter(stays).copied().collect();
        if !kept.contains(&device) {
            return Err(Refusal::NotAMember);
        }
        if kept == act.roster { Ok(()) } else { Err(Refusal::RosterNotKept) }
    }

    fn check_reason(
        &self,
        compartment: &Compartment,
        act: &BeginEpoch,
        moment: Moment,
    ) -> Result<(), Refusal> {
        let fits = match act.reason {
            EpochReason::Create | EpochReason::Admit => true,
            EpochReason::Remove | EpochReason::Rekey => self.admits_nobody(compartment, act, moment),
            EpochReason::Join => act.joins.len() > 1 && self.admits_nobody(compartment, act, moment),
        };
        if fits { Ok(()) } else { Err(Refusal::ReasonMismatch) }
    }

    /// Whether every device of the roster is a member of an epoch it follows, and was not removed
    /// by an epoch before it.
    fn admits_nobody(&self, compartment: &Compartment, act: &BeginEpoch, moment: Moment) -> bool {
        let members = self.members_of(&act.joins);
        let before = self.epochs_before(&act.joins);
        let readmitted =
            |d: &DeviceId| compartment.remover(*d, moment).is_some_and(|epoch| before.contains(&epoch));
        act.roster.iter().all(|device| members.contains(device) && !readmitted(device))
    }

    /// Whether an epoch brings in nobody: it may be acted on before it is cosigned.
    pub(super) fn only_restricts(&self, act: &BeginEpoch, moment: Moment) -> bool {
        let compartment = self.compartments.get(&act.compartment);
        !act.joins.is_empty() && compartment.is_some_and(|known| self.admits_nobody(known, act, moment))
    }

    /// Under `full`, secrets of joined epochs that began under `full`; never one of an epoch begun under `from-join`.
    /// One may be missing: whoever began that epoch may have given its secret to nobody, and would otherwise stop
    /// every epoch after it.
    fn check_previous(&self, act: &BeginEpoch, history: HistoryRule) -> Result<(), Refusal> {
        let is_full = |epoch: &&EpochId| {
            history == HistoryRule::Full
                && self.epochs.get(*epoch).is_some_and(|joined| joined.history == HistoryRule::Full)
        };
        // Both lists ascend.
        let mut may = act.joins.iter().filter(is_full);
        let fits = act.previous.iter().all(|previous| may.any(|epoch| *epoch == previous.epoch));
        if fits { Ok(()) } else { Err(Refusal::BadPrevious) }
    }

    /// Removals count on every branch. A device comes back only by a manager's epoch that stands
    /// after the one that removed it: a concurrent one, made in ignorance, does not count.
    fn mark_removed(&mut self, act: &BeginEpoch, id: EpochId, manages: bool, moment: Moment) {
        let members = self.members_of(&act.joins);
        let before = self.epochs_before(&act.joins);
        let Some(compartment) = self.compartments.get_mut(&act.compartment).filter(|_| manages) else {
            return;
        };
        let in_roster = |device: &DeviceId| act.roster.binary_search(device).is_ok();
        for device in &act.roster {
            if compartment.remover(*device, moment).is_some_and(|epoch| before.contains(&epoch)) {
                compartment.removed.entry(*device).or_default().set_at_once(moment.position, None);
            }
        }
        for device in members.into_iter().filter(|device| !in_roster(device)) {
            compartment.removed.entry(device).or_default().set_at_once(moment.position, Some(id));
        }
    }

    fn members_of(&self, epochs: &[EpochId]) -> BTreeSet<DeviceId> {
        epochs.iter().filter_map(|id| self.epochs.get(id)).flat_map(|epoch| epoch.roster()).copied().collect()
    }

    /// These epochs and all that they follow.
    fn epochs_before(&self, epochs: &[EpochId]) -> BTreeSet<EpochId> {
        let mut before = BTreeSet::new();
        let mut open = epochs.to_vec();
        while let Some(id) = open.pop() {
            if before.insert(id) {
                open.extend(self.epochs.get(&id).iter().flat_map(|epoch| &epoch.statement.joins));
            }
        }
        before
    }

    pub(super) fn epoch_of(&self, compartment: CompartmentId, id: EpochId) -> Option<&Epoch> {
        self.epochs.get(&id).filter(|epoch| epoch.statement.compartment == compartment)
    }

    pub(super) fn epoch_wraps(&mut self, said: &Said<'_>, act: &EpochWraps) -> Result<(), Refusal> {
        let (device, _) = said.by_device(self)?;
        let epoch =
            self.epoch_of(act.compartment, act.epoch).ok_or(Refusal::UnknownEpoch { epoch: act.epoch })?;
        if epoch.signer != device {
            return Err(Refusal::NotTheEpochsSigner);
        }
        if epoch.wraps.is_some() {
            return Err(Refusal::AlreadyWrapped);
        }
        if !act.wraps.iter().map(|wrap| &wrap.device).eq(epoch.roster()) {
            return Err(Refusal::WrapsNotTheRoster);
        }
        if let Some(epoch) = self.epochs.get_mut(&act.epoch) {
            epoch.wraps = Some(Arc::new(act.clone()));
        }
        Ok(())
    }

    pub(super) fn repair_wraps(&mut self, said: &Said<'_>, act: &RepairWraps) -> Result<(), Refusal> {
        let (device, _) = said.by_device(self)?;
        let epoch =
            self.epoch_of(act.compartment, act.epoch).ok_or(Refusal::UnknownEpoch { epoch: act.epoch })?;
        let removed = self.created(act.compartment, said.moment)?.remover(device, said.moment).is_some();
        if removed || !epoch.roster().contains(&device) {
            return Err(Refusal::NotAMember);
        }
        let in_roster = |wrap: &Wrap| epoch.roster().binary_search(&wrap.device).is_ok();
        let sorted = act.wraps.is_sorted_by(|a, b| a.device < b.device);
        if act.wraps.is_empty() || !sorted || !act.wraps.iter().all(in_roster) {
            return Err(Refusal::WrapsNotTheRoster);
        }
        let inactive = act.wraps.iter().find(|wrap| !self.is_active(wrap.device, said.moment));
        if let Some(wrap) = inactive {
            return Err(Refusal::RosterNotActive { device: wrap.device });
        }
        // Nor to one that left for a trip, whose owner may be in someone's power.
        let without = self.created(act.compartment, said.moment)?;
        if let Some(wrap) = act.wraps.iter().find(|wrap| without.is_without(wrap.device, said.moment)) {
            return Err(Refusal::RemovedFromCompartment { device: wrap.device });
        }
        if let Some(epoch) = self.epochs.get_mut(&act.epoch) {
            epoch.repairs.push(Arc::new(act.clone()));
        }
        Ok(())
    }
}
