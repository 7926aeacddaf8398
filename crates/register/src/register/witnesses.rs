//! Witnesses and their quorum (PROTOCOL section 2).

use std::collections::BTreeSet;

use super::Register;
use super::moment::Moment;
use super::signers::Said;
use super::state::State;
use crate::act::{SetWitnesses, Witness, WitnessGroup, WitnessName};
use crate::refusal::Refusal;
use counterseal_ledger::is_acceptable_point;

/// Most witnesses of a mission.
const MAX_WITNESSES: usize = 32;

/// The witnesses of a time, and how many of them must have cosigned a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quorum {
    /// The witnesses, in order of their names.
    pub witnesses: Vec<Witness>,
    /// How many trustees must cosign.
    pub trustees: u64,
    /// How many independent witnesses must cosign.
    pub independents: u64,
    /// How many corrupt witnesses the mission planned for.
    pub faults: u64,
}

impl Quorum {
    /// How many must cosign in all.
    #[must_use]
    pub const fn k(&self) -> u64 {
        self.trustees.saturating_add(self.independents)
    }

    /// Whether one corrupt witness is enough to show two logs: shown wherever the mission is shown.
    #[must_use]
    pub const fn is_weak(&self) -> bool {
        self.faults == 0
    }

    /// How many of a group must cosign.
    #[must_use]
    pub const fn threshold(&self, group: WitnessGroup) -> u64 {
        match group {
            WitnessGroup::Trustee => self.trustees,
            WitnessGroup::Independent => self.independents,
        }
    }

    /// The witnesses of a group.
    pub fn group(&self, group: WitnessGroup) -> impl Iterator<Item = &Witness> {
        self.witnesses.iter().filter(move |witness| witness.group == group)
    }

    /// Whether these witnesses, whose cosignatures were verified, are a quorum.
    #[must_use]
    pub fn is_reached_by(&self, cosigned: &BTreeSet<WitnessName>) -> bool {
        WitnessGroup::ALL.iter().all(|group| {
            let count = self.group(*group).filter(|witness| cosigned.contains(&witness.name)).count();
            count as u64 >= self.threshold(*group)
        })
    }

    /// Whether whatever is a quorum of this one is also one of `outgoing`, and nobody who watched is
    /// dropped: desks poll all witnesses, and one left out notices nothing any more.
    fn tightens(&self, outgoing: &Self) -> bool {
        let stays = |witness: &Witness| self.witnesses.iter().any(|new| new.is_the_same(witness));
        let stay = outgoing.witnesses.iter().all(stays);
        let counts_on = |group: &WitnessGroup| {
            let added = self.group(*group).count().saturating_sub(outgoing.group(*group).count());
            self.threshold(*group) >= outgoing.threshold(*group).saturating_add(added as u64)
        };
        stay && WitnessGroup::ALL.iter().all(counts_on) && self.faults >= outgoing.faults
    }
}

fn checked(act: &SetWitnesses) -> Result<Quorum, Refusal> {
    let all = &act.witnesses;
    let ed25519: BTreeSet<_> = all.iter().map(|witness| witness.key.ed25519).collect();
    let ml_dsa: BTreeSet<_> = all.iter().map(|witness| witness.key.ml_dsa_44.as_slice()).collect();
    // One half of a hybrid used twice would let one holder stand for two.
    let distinct = all.is_sorted_by(|a, b| a.name < b.name);
    let distinct = distinct && ed25519.len() == all.len() && ml_dsa.len() == all.len();
    if all.is_empty() || all.len() > MAX_WITNESSES || !distinct {
        return Err(Refusal::BadWitnesses);
    }
    if !all.iter().all(|witness| is_acceptable_point(&witness.key.ed25519)) {
        return Err(Refusal::BadKey);
    }
    let (trustees, independents, faults) = (act.trustees, act.independents, act.faults);
    let quorum = Quorum { witnesses: all.clone(), trustees, independents, faults };
    if independents == 0 {
        return Err(Refusal::OnlyTrustees);
    }
    let fits = |group: &WitnessGroup| {
        let (count, threshold) = (quorum.group(*group).count() as u64, quorum.threshold(*group));
        threshold <= count && (threshold > 0 || count == 0)
    };
    if !WitnessGroup::ALL.iter().all(fits) {
        return Err(Refusal::BadQuorum);
    }
    if act.weak != quorum.is_weak() {
        return Err(Refusal::WeakUnmarked);
    }
    // Two quorums have at least 2k - w witnesses in common; more than f, and one of them is honest. Of the times
    // of one quorum the median lies between honest ones if more than 2f have cosigned.
    let (k, w, f) = (quorum.k(), all.len() as u64, faults);
    if k.saturating_mul(2).saturating_sub(w) <= f || k <= f.saturating_mul(2) {
        return Err(Refusal::QuorumTooSmall { k, w, f });
    }
    Ok(quorum)
}

impl State {
    pub(super) fn set_witnesses(&mut self, said: &Said<'_>, act: &SetWitnesses) -> Result<(), Refusal> {
        said.by_governors(self)?;
        let (new, moment) = (checked(act)?, said.moment);
        if new.witnesses.iter().any(|witness| self.is_key_of_another(witness)) {
            return Err(Refusal::KeyInUse);
        }
        if self.quorum.at(moment) == Some(&new) && self.quorum.waiting(moment).is_none() {
            return Err(Refusal::NothingChanges);
        }
        let tightens = self.quorum.at(moment).is_none_or(|present| new.tightens(present));
        let effective = if tightens { moment.time } else { self.after_waiting(moment) };
        for witness in &new.witnesses {
            let known = (witness.name.clone(), witness.key.clone());
            if !self.witnesses.contains(&known) {
                self.witnesses.push(known);
            }
        }
        self.quorum.set(moment.position, moment.time, effective, new);
        Ok(())
    }

    /// A witness's keys are no device's, governor's or log's, and of witnesses only this one's, whole.
    fn is_key_of_another(&self, witness: &Witness) -> bool {
        let (key, ed25519) = (&witness.key, &witness.key.ed25519);
        let signs = self.is_a_devices(ed25519) || self.is_a_governors(ed25519) || self.is_a_logs(ed25519);
        let half = |(name, known): &(WitnessName, _)| {
            let known: &crate::key::HybridKey = known;
            let shares = known.ed25519 == *ed25519 || known.ml_dsa_44 == key.ml_dsa_44;
            shares && (*name != witness.name || known != key)
        };
        let elsewhere = signs || self.is_a_governors_ml_dsa(key) || self.is_a_trustees(key);
        elsewhere || self.witnesses.iter().any(half)
    }

    /// Whether a statement about witnesses only asks for more.
    pub(super) fn quorum_only_tightens(&self, act: &SetWitnesses, moment: Moment) -> bool {
        let new = checked(act);
        new.is_ok_and(|new| self.quorum.at(moment).is_none_or(|present| new.tightens(present)))
    }
}

/// Witnesses.
impl Register {
    /// The witnesses and their quorum at a moment; none before governors name the first. A statement
    /// that waits stands in checkpoints that the quorum of their time has cosigned, the outgoing one.
    #[must_use]
    pub fn quorum(&self, at: Moment) -> Option<&Quorum> {
        self.state().quorum.at(at)
    }

    /// The times at which a change of witnesses has or had effect, in the order of the log.
    pub fn quorum_times(&self) -> impl Iterator<Item = counterseal_model::Timestamp> {
        self.state().quorum.times()
    }

    /// The witnesses at a moment.
    #[must_use]
    pub fn witnesses(&self, at: Moment) -> &[Witness] {
        self.quorum(at).map_or(&[], |quorum| &quorum.witnesses)
    }

    /// Whether the mission plans for no corrupt witness: shown wherever the mission is shown.
    #[must_use]
    pub fn marked_weak_quorum(&self, at: Moment) -> bool {
        self.quorum(at).is_some_and(Quorum::is_weak)
    }
}
