//! The founding, and what governors change.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_ledger::is_acceptable_point;
use counterseal_model::{DeviceId, MissionId, StatementId, Timestamp};

use super::moment::{LogPosition, Moment};
use super::signers::Said;
use super::state::{Compartment, Device, Governors, Grant, Person, Recovery, Standing, State};
use super::timeline::Timeline;
use crate::act::{
    AppointRegistrar, ChangeGovernors, Charter, DismissRegistrar, Found, HistoryRule, SetMinimumSuite,
    SetOpeningRule, SetRecovery, SetWaitingDays,
};
use crate::entry::Rule;
use crate::key::{HybridKey, KeyId, VerifyingKey};
use crate::label::Label;
use crate::refusal::Refusal;
use crate::signature::Signed;
use crate::statement::{Chain, Statement};
use crate::suite::SUITE;

/// Most governors a mission can have.
const MAX_GOVERNORS: usize = 16;

impl State {
    /// The state after the founding.
    pub(super) fn found(
        position: LogPosition,
        statement: &Statement,
        signed: &Signed,
        act: &Found,
    ) -> Result<Self, Refusal> {
        if statement.mission.is_some() || statement.prev.is_some() {
            return Err(Refusal::NotAFounding);
        }
        let governors = checked_governors(&act.governors, act.threshold)?;
        check_first_registrars(act)?;
        if act
            .registrars
            .iter()
            .any(|first| act.governors.iter().any(|key| key.ed25519 == first.keys.signing.0))
        {
            return Err(Refusal::KeyInUse);
        }
        verify_founding(signed, act)?;
        match act.minimum_suite {
            0 => return Err(Refusal::SuiteNotRaised { minimum: 0 }),
            SUITE => {}
            minimum => return Err(Refusal::SuiteBelowMinimum { minimum }),
        }
        let id = StatementId::from_bytes(signed.id());
        // The maker's clock decides nothing: the log's time begins at 0 (register.md, section 3).
        let moment = Moment::new(position, Timestamp(0));
        let mut state = Self {
            mission: MissionId::from_bytes(signed.id()),
            synthetic: act.synthetic,
            waiting_days: Timeline::starting(position, act.waiting_days),
            mission_compartment: act.mission_compartment,
            last: moment,
            minimum_suite: Timeline::starting(position, act.minimum_suite),
            governor_keys: act.governors.iter().map(|key| (key.id(), key.clone())).collect(),
            governors: Timeline::starting(position, governors),
            recovery: Timeline::starting(position, Recovery::default()),
            hubs: Vec::new(),
            quorum: Timeline::default(),
            witnesses: Vec::new(),
            trustees: Timeline::default(),
            trustee_keys: BTreeMap::new(),
            opening_policy: Timeline::default(),
            officers: BTreeMap::new(),
            sites: BTreeMap::new(),
            registrars: BTreeMap::new(),
            people: BTreeMap::new(),
            devices: BTreeMap::new(),
            compartments: BTreeMap::new(),
            epochs: BTreeMap::new(),
            names: BTreeMap::new(),
            chain_heads: BTreeMap::new(),
            standing: BTreeMap::new(),
            voids: BTreeMap::new(),
        };
        state.open_mission_compartment(position);
        state.enrol_first_registrars(act, moment);
        // The founding is the first statement of every chain that it begins.
        let people = act.registrars.iter().map(|first| Chain::Person(first.person));
        for chain in people.chain([Chain::Mission, Chain::Compartment(act.mission_compartment)]) {
            state.chain_heads.insert(chain, id);
            state.standing.insert((chain, id), Standing { position, successor: None, beside: false });
        }
        Ok(state)
    }

    fn open_mission_compartment(&mut self, position: LogPosition) {
        let compartment = Compartment {
            charter: Timeline::starting(position, Charter::new(Rule::Open, HistoryRule::Full)),
            rule: Timeline::starting(position, Rule::Open),
            ..Compartment::default()
        };
        self.compartments.insert(self.mission_compartment, compartment);
    }

    fn enrol_first_registrars(&mut self, act: &Found, moment: Moment) {
        for first in &act.registrars {
            let device = first.keys.id();
            let person = Person {
                enrolled: moment,
                until: Timeline::starting(moment.position, first.until),
                revoked: None,
                devices: vec![device],
                site: Timeline::default(),
                section: Timeline::default(),
                freezes: Vec::new(),
            };
            self.people.insert(first.person, person);
            let keys = first.keys.clone();
            let enrolled = Device {
                person: first.person,
                keys,
                enrolled: moment,
                confirmed: Some(moment),
                revoked: None,
                suspended: None,
                renewed: Timeline::default(),
            };
            self.devices.insert(device, enrolled);
            self.registrars.insert(first.person, Timeline::starting(moment.position, Grant::Held(None)));
        }
    }

    pub(super) fn change_governors(&mut self, said: &Said<'_>, act: &ChangeGovernors) -> Result<(), Refusal> {
        let new = checked_governors(&act.governors, act.threshold)?;
        let is_anothers = |key: &HybridKey| {
            let ed25519 = &key.ed25519;
            let elsewhere = self.is_a_devices(ed25519) || self.is_a_logs(ed25519);
            let witness = self.is_a_witnesses(ed25519) || self.is_a_witnesses_ml_dsa(key);
            elsewhere || witness || self.is_a_trustees(key)
        };
        if new.keys.iter().any(is_anothers) {
            return Err(Refusal::KeyInUse);
        }
        let Some(present) = self.governors.at(said.moment) else {
            return Err(Refusal::NotTheGovernors { threshold: 0 });
        };
        let threshold = present.threshold;
        let present_ids: BTreeSet<_> = present.keys.iter().map(HybridKey::id).collect();
        let new_ids: BTreeSet<_> = new.keys.iter().map(HybridKey::id).collect();
        // Every new one proves possession; of the present, those who stay count, and no more sign than are needed.
        let staying = present_ids.intersection(&new_ids).count() as u64;
        let leaving: BTreeSet<_> = said.governors.difference(&new_ids).copied().collect();
        let right = said.devices.is_empty()
            && new_ids.is_subset(&said.governors)
            && leaving.is_subset(&present_ids)
            && leaving.len() as u64 == threshold.saturating_sub(staying);
        if !right {
            return Err(Refusal::NotTheGovernors { threshold });
        }
        let tightens = new_ids == present_ids && new.threshold >= threshold;
        let effective = if tightens { said.moment.time } else { self.after_waiting(said.moment) };
        self.governor_keys.extend(new.keys.iter().map(|key| (key.id(), key.clone())));
        self.governors.set(said.moment.position, said.moment.time, effective, new);
        Ok(())
    }

    pub(super) fn set_minimum_suite(
        &mut self,
        said: &Said<'_>,
        act: &SetMinimumSuite,
    ) -> Result<(), Refusal> {
        said.by_governors(self)?;
        let minimum = self.minimum_suite.at(said.moment).copied().unwrap_or(SUITE);
        if act.suite <= minimum {
            return Err(Refusal::SuiteNotRaised { minimum });
        }
        self.minimum_suite.set_at_once(said.moment.position, act.suite);
        Ok(())
    }

    pub(super) fn appoint_registrar(
        &mut self,
        said: &Said<'_>,
        act: &AppointRegistrar,
    ) -> Result<(), Refusal> {
        said.by_governors(self)?;
        self.require_active(act.person, said.moment)?;
        let role = self.registrars.entry(act.person).or_default();
        role.set_at_once(said.moment.position, Grant::Held(act.until));
        Ok(())
    }

    pub(super) fn dismiss_registrar(
        &mut self,
        said: &Said<'_>,
        act: &DismissRegistrar,
    ) -> Result<(), Refusal> {
        said.by_governors(self)?;
        match self.registrars.get_mut(&act.person) {
            Some(role) if matches!(role.at(said.moment), Some(Grant::Held(_))) => {
                role.set_at_once(said.moment.position, Grant::Ended);
                Ok(())
            }
            _ => Err(Refusal::NoSuchRegistrar),
        }
    }

    pub(super) fn set_recovery(&mut self, said: &Said<'_>, act: &SetRecovery) -> Result<(), Refusal> {
        said.by_governors(self)?;
        let count = act.officers.len() as u64;
        let known = act.officers.iter().all(|person| self.people.contains_key(person));
        if !act.officers.is_sorted_by(|a, b| a < b) || !known || act.threshold == 0 || act.threshold > count {
            return Err(Refusal::BadRecovery);
        }
        let new = Recovery { officers: act.officers.iter().copied().collect(), threshold: act.threshold };
        let tightens = self.recovery.at(said.moment).is_some_and(|present| {
            new.officers.is_subset(&present.officers) && new.threshold >= present.threshold
        });
        let effective = if tightens { said.moment.time } else { self.after_waiting(said.moment) };
        self.recovery.set(said.moment.position, said.moment.time, effective, new);
        Ok(())
    }

    pub(super) fn set_opening_rule(&mut self, said: &Said<'_>, act: &SetOpeningRule) -> Result<(), Refusal> {
        said.by_governors(self)?;
        let effective_if_looser = self.after_waiting(said.moment);
        let mission_wide = act.compartment == self.mission_compartment;
        let compartment = self.created_mut(act.compartment, said.moment)?;
        if mission_wide {
            return Err(Refusal::MissionWide);
        }
        let waits = compartment.rule.waiting(said.moment).is_some();
        let effective = match compartment.rule.at(said.moment).map(|present| act.rule.cmp(present)) {
            Some(std::cmp::Ordering::Less) => effective_if_looser,
            Some(std::cmp::Ordering::Equal) if !waits => return Err(Refusal::NothingChanges),
            _ => said.moment.time,
        };
        compartment.rule.set(said.moment.position, said.moment.time, effective, act.rule);
        Ok(())
    }

    pub(super) fn set_waiting_days(&mut self, said: &Said<'_>, act: &SetWaitingDays) -> Result<(), Refusal> {
        said.by_governors(self)?;
        let moment = said.moment;
        let present = self.waiting_days.at(moment).copied().unwrap_or(0);
        if act.days == present && self.waiting_days.waiting(moment).is_none() {
            return Err(Refusal::NothingChanges);
        }
        // Fewer days stand for as many as there were: or one statement would take the rest of the wait away.
        let effective = if act.days >= present { moment.time } else { self.after_waiting(moment) };
        self.waiting_days.set(moment.position, moment.time, effective, act.days);
        Ok(())
    }

    /// When a loosening that is logged at this moment has effect.
    pub(super) fn after_waiting(&self, moment: Moment) -> Timestamp {
        let days = self.waiting_days.at(moment).copied().unwrap_or(u64::MAX);
        let seconds = i64::try_from(days).unwrap_or(i64::MAX).saturating_mul(Timestamp::DAY);
        Timestamp(moment.time.0.saturating_add(seconds))
    }
}

fn checked_governors(keys: &[HybridKey], threshold: u64) -> Result<Governors, Refusal> {
    let ids: Vec<_> = keys.iter().map(HybridKey::id).collect();
    // One half of a hybrid used twice would let one holder stand for two.
    let ed25519: BTreeSet<_> = keys.iter().map(|key| key.ed25519).collect();
    let ml_dsa: BTreeSet<_> = keys.iter().map(|key| key.ml_dsa_44.as_slice()).collect();
    let distinct =
        ids.is_sorted_by(|a, b| a < b) && ed25519.len() == keys.len() && ml_dsa.len() == keys.len();
    let count = keys.len();
    if !distinct || count == 0 || count > MAX_GOVERNORS || threshold == 0 || threshold > count as u64 {
        return Err(Refusal::BadGovernors);
    }
    if !keys.iter().all(|key| is_acceptable_point(&key.ed25519)) {
        return Err(Refusal::BadKey);
    }
    Ok(Governors { keys: keys.to_vec(), threshold })
}

fn check_first_registrars(act: &Found) -> Result<(), Refusal> {
    let people: BTreeSet<_> = act.registrars.iter().map(|first| first.person).collect();
    let devices: BTreeSet<DeviceId> = act.registrars.iter().map(|first| first.keys.id()).collect();
    let count = act.registrars.len();
    if count == 0 || count > MAX_GOVERNORS || people.len() != count || devices.len() != count {
        return Err(Refusal::BadRegistrars);
    }
    if !act.registrars.iter().all(|first| first.keys.are_acceptable()) {
        return Err(Refusal::BadKey);
    }
    Ok(())
}

/// Every governor and every first registrar's device signs, and proves possession by it.
fn verify_founding(signed: &Signed, act: &Found) -> Result<(), Refusal> {
    let governors = act.governors.iter().map(|key| (key.id(), VerifyingKey::Hybrid(key.clone())));
    let devices = act.registrars.iter().map(|r| (KeyId::from(r.keys.id()), r.keys.verifying_key()));
    let keys: Vec<_> = governors.chain(devices).collect();
    let keys: Vec<_> = keys.iter().map(|(kid, key)| (*kid, key)).collect();
    signed.verify_all(Label::STATEMENT_SIGN, &keys)?;
    Ok(())
}
