//! Which epochs a new one follows. Whoever begins one may keep its secret to himself, or seal noise where the secret
//! of the one before should be; neither must stop the others (docs/decisions/0026).

use std::collections::BTreeSet;

use counterseal_model::{CompartmentId, DeviceId, EpochId};
use counterseal_register::{Epoch, HistoryRule};
use counterseal_seal::EpochSecret;

use super::Desk;
use super::keyring::place_of;
use super::statements::Draft;

impl Desk {
    /// What this desk's next epoch of a compartment follows. A manager's joins every head, and of the epochs before
    /// them those whose secret is here and no head leads to: what was sealed wrongly is sealed again.
    /// Anybody else's follows one head, the newest of those that this device is in.
    pub(super) fn epochs_to_join(&self, draft: &Draft, compartment: CompartmentId) -> Vec<EpochId> {
        let heads = draft.register.epoch_heads(compartment);
        if draft.register.is_manager(compartment, self.person, draft.moment()) {
            return self.with_what_no_head_leads_to(draft, compartment, heads);
        }
        let begun = |id: &EpochId| draft.register.epoch(*id).map(|epoch| epoch.begun().position);
        let is_in = |id: &EpochId| members(draft, *id).contains(&self.device());
        heads.into_iter().max_by_key(|id| (is_in(id), begun(id))).into_iter().collect()
    }

    fn with_what_no_head_leads_to(
        &self,
        draft: &Draft,
        compartment: CompartmentId,
        heads: Vec<EpochId>,
    ) -> Vec<EpochId> {
        let history = draft.register.charter(compartment, draft.moment()).map(|charter| charter.history);
        let mut joins: BTreeSet<EpochId> = heads.iter().copied().collect();
        if history != Some(HistoryRule::Full) {
            return joins.into_iter().collect();
        }
        let before = full_before(draft, heads);
        let mut reached = BTreeSet::new();
        joins.iter().for_each(|id| self.reach(draft, *id, &mut reached));
        // The newest first: most lead to all before them.
        for id in draft.register.epochs(compartment).iter().rev().filter(|id| before.contains(*id)) {
            if !reached.contains(id) && self.secret_of(draft, *id).is_some() {
                joins.insert(*id);
                self.reach(draft, *id, &mut reached);
            }
        }
        joins.into_iter().collect()
    }

    /// An epoch and those whose secrets follow from its own, each opened and held against its commitment.
    fn reach(&self, draft: &Draft, id: EpochId, reached: &mut BTreeSet<EpochId>) {
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            let Some((secret, epoch)) = self.secret_of(draft, id).zip(draft.register.epoch(id)) else {
                continue;
            };
            if !reached.insert(id) {
                continue;
            }
            for previous in &epoch.statement().previous {
                let place = place_of(&draft.register, previous.epoch);
                let known = place.zip(draft.register.epoch(previous.epoch));
                let opens = known.is_some_and(|(place, earlier)| {
                    secret.open_previous(&place, &earlier.statement().commitment.0, previous).is_ok()
                });
                waiting.extend(opens.then_some(previous.epoch));
            }
        }
    }

    fn secret_of<'a>(&'a self, draft: &'a Draft, id: EpochId) -> Option<&'a EpochSecret> {
        draft.secret(id).or_else(|| self.keyring.get(id))
    }
}

/// The devices of an epoch that still should be in it.
pub(super) fn members(draft: &Draft, id: EpochId) -> Vec<DeviceId> {
    draft.register.epoch_devices(id, draft.moment()).map(|devices| devices.members).unwrap_or_default()
}

/// These epochs and all that they follow, as far back as history is full.
fn full_before(draft: &Draft, heads: Vec<EpochId>) -> BTreeSet<EpochId> {
    let (mut before, mut open) = (BTreeSet::new(), heads);
    let is_full = |epoch: &&Epoch| epoch.history() == HistoryRule::Full;
    while let Some(id) = open.pop() {
        if let Some(epoch) = draft.register.epoch(id).filter(is_full)
            && before.insert(id)
        {
            open.extend(&epoch.statement().joins);
        }
    }
    before
}
