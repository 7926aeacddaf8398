//! Trustees, and the policy by which they decide (PROTOCOL sections 3, 6 and 7).

use std::collections::BTreeSet;

use counterseal_ledger::is_acceptable_point;
use counterseal_model::{Code, StatementId, Timestamp};

use super::Register;
use super::moment::Moment;
use super::signers::Said;
use super::state::State;
use crate::act::{SetPolicy, SetTrustees, Trustee};
use crate::bytes::Blob;
use crate::key::{HybridKey, KeyId};
use crate::refusal::Refusal;

/// Most trustees of a set.
pub(crate) const MAX_TRUSTEES: usize = 9;
/// Most certificate pins of a trustee.
const MAX_PINS: usize = 4;
/// Most bytes of a policy's table.
const MAX_TABLE: usize = 64 * 1024;

/// The trustees of a time, and how many of them must release.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TrusteeSet {
    /// The statement that named them: what entries name as their trustee set.
    pub id: StatementId,
    /// How many must release: t.
    pub threshold: u64,
    /// The trustees, in ascending order of their ids: n.
    pub trustees: Vec<Trustee>,
}

impl TrusteeSet {
    /// Whether one trustee alone can open: shown wherever the mission is shown.
    #[must_use]
    pub const fn is_single(&self) -> bool {
        self.threshold == 1
    }

    /// A trustee of the set by its id, with its place in it.
    #[must_use]
    pub fn find(&self, id: KeyId) -> Option<(usize, &Trustee)> {
        self.trustees.iter().enumerate().find(|(_, trustee)| trustee.id() == id)
    }

    /// More must release, or more places lead to the same trustees; nobody else than before, nobody fewer.
    fn tightens(&self, outgoing: &Self) -> bool {
        let ids = |set: &Self| set.trustees.iter().map(Trustee::id).collect::<BTreeSet<_>>();
        let same_doors = self.trustees.iter().zip(&outgoing.trustees).all(|(new, old)| {
            new.key == old.key
                && new.x == old.x
                && new.requests == old.requests
                && new.pins == old.pins
                && new.succeeds == old.succeeds
        });
        ids(self) == ids(outgoing) && same_doors && self.threshold >= outgoing.threshold
    }
}

/// The policy of a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Policy {
    /// The statement that set it.
    pub id: StatementId,
    /// The engine that reads the table.
    pub engine: Code,
    /// The table.
    pub table: Blob,
}

fn checked(id: StatementId, act: &SetTrustees) -> Result<TrusteeSet, Refusal> {
    let all = &act.trustees;
    let distinct = |keys: BTreeSet<&[u8]>| keys.len() == all.len();
    let fits = all.is_sorted_by(|a, b| a.id() < b.id())
        && distinct(all.iter().map(|one| one.key.ed25519.as_slice()).collect())
        && distinct(all.iter().map(|one| one.key.ml_dsa_44.as_slice()).collect())
        && distinct(all.iter().map(|one| one.requests.0.as_slice()).collect())
        && all.iter().map(|one| one.x).collect::<BTreeSet<_>>().len() == all.len()
        && all.iter().all(|one| (1..=255).contains(&one.x));
    let pinned =
        |one: &Trustee| (1..=MAX_PINS).contains(&one.pins.len()) && one.pins.is_sorted_by(|a, b| a < b);
    let (t, n) = (act.threshold, all.len() as u64);
    let single = t == 1 && n == 1;
    if all.is_empty() || all.len() > MAX_TRUSTEES || !fits || !all.iter().all(pinned) || act.single != single
    {
        return Err(Refusal::BadTrustees);
    }
    if !all.iter().all(|one| is_acceptable_point(&one.key.ed25519)) {
        return Err(Refusal::BadKey);
    }
    // t = 1 of several would let any one of them open, and is never what somebody wants who has several.
    if t > n || (t < 2 && !single) {
        return Err(Refusal::BadShares { t, n });
    }
    Ok(TrusteeSet { id, threshold: t, trustees: all.clone() })
}

impl State {
    pub(super) fn set_trustees(&mut self, said: &Said<'_>, act: &SetTrustees) -> Result<(), Refusal> {
        said.by_governors(self)?;
        let (new, moment) = (checked(said.id, act)?, said.moment);
        for trustee in &new.trustees {
            self.check_trustee(trustee)?;
        }
        self.check_succession(&new, moment)?;
        let tightens = self.trustees.at(moment).is_none_or(|present| new.tightens(present));
        let effective = if tightens { moment.time } else { self.after_waiting(moment) };
        let known = new.trustees.iter().map(|one| (one.id(), (one.x, one.key.clone())));
        self.trustee_keys.extend(known.collect::<Vec<_>>());
        self.trustees.set(moment.position, moment.time, effective, new);
        Ok(())
    }

    /// A trustee's keys serve no other purpose, and its x is its own for ever: what was dealt for one x must never
    /// meet what was dealt for another holder of it.
    fn check_trustee(&self, trustee: &Trustee) -> Result<(), Refusal> {
        let (id, key) = (trustee.id(), &trustee.key);
        let ed25519 = &key.ed25519;
        let signs = self.is_a_devices(ed25519) || self.is_a_governors(ed25519) || self.is_a_logs(ed25519);
        let quantum = self.is_a_governors_ml_dsa(key) || self.is_a_witnesses_ml_dsa(key);
        let is_half = |(other, (_, known)): (&KeyId, &(u64, HybridKey))| {
            *other != id && (known.ed25519 == *ed25519 || known.ml_dsa_44 == key.ml_dsa_44)
        };
        if signs || quantum || self.is_a_witnesses(ed25519) || self.trustee_keys.iter().any(is_half) {
            return Err(Refusal::KeyInUse);
        }
        let is_its_own = |(other, (x, _)): (&KeyId, &(u64, HybridKey))| (*other == id) == (*x == trustee.x);
        if self.trustee_keys.iter().all(is_its_own) { Ok(()) } else { Err(Refusal::BadTrustees) }
    }

    /// Whether a statement about trustees only asks for more.
    pub(super) fn trustees_only_tighten(&self, act: &SetTrustees, moment: Moment) -> bool {
        let present = self.trustees.at(moment);
        // The first set is no restriction: nothing guarded can be written before it.
        let new = checked(StatementId::from_bytes([0; 32]), act);
        new.is_ok_and(|new| present.is_some_and(|present| new.tightens(present)))
    }

    pub(super) fn set_policy(&mut self, said: &Said<'_>, act: &SetPolicy) -> Result<(), Refusal> {
        said.by_governors(self)?;
        let bytes = &act.table.0;
        if bytes.is_empty() || bytes.len() > MAX_TABLE || str::from_utf8(bytes).is_err() {
            return Err(Refusal::BadPolicy);
        }
        let moment = said.moment;
        let new = Policy { id: said.id, engine: act.engine.clone(), table: act.table.clone() };
        let present = self.opening_policy.at(moment);
        let same = |known: &Policy| known.engine == new.engine && known.table == new.table;
        if present.is_some_and(same) && self.opening_policy.waiting(moment).is_none() {
            return Err(Refusal::NothingChanges);
        }
        // Whether a table permits more than another cannot be told from its text: all but the first wait.
        let effective = if present.is_none() { moment.time } else { self.after_waiting(moment) };
        self.opening_policy.set(moment.position, moment.time, effective, new);
        Ok(())
    }
}

/// Trustees and policy.
impl Register {
    /// The trustees that are in force at a moment: those for whom guarded parts are sealed then.
    #[must_use]
    pub fn trustees(&self, at: Moment) -> Option<&TrusteeSet> {
        self.state().trustees.at(at)
    }

    /// The trustees that wait to take over, and when.
    #[must_use]
    pub fn trustees_waiting(&self, at: Moment) -> Option<(Timestamp, &TrusteeSet)> {
        self.state().trustees.waiting(at)
    }

    /// A set of trustees that was in force by a moment, by the statement that named it. What was sealed for it stays
    /// with them until it is handed over.
    #[must_use]
    pub fn trustee_set(&self, id: StatementId, at: Moment) -> Option<&TrusteeSet> {
        self.state().trustees.in_force_by(at).find(|set| set.id == id)
    }

    /// Every set of trustees that was in force by a moment, in the order in which they were named.
    pub fn trustee_sets(&self, at: Moment) -> impl Iterator<Item = &TrusteeSet> {
        self.state().trustees.in_force_by(at)
    }

    /// How many words of the trustees in force a desk needs to rule out that an opening is unknown to it: any that
    /// could release something, under whichever set it was sealed, include one of these (PROTOCOL section 7).
    #[must_use]
    pub fn heads_needed(&self, at: Moment) -> usize {
        let n = self.trustees(at).map_or(0, |set| set.trustees.len());
        let least = self.trustee_sets(at).map(|set| set.threshold).min();
        let t = least.and_then(|t| usize::try_from(t).ok()).unwrap_or(usize::MAX);
        n.saturating_sub(t).saturating_add(1)
    }

    /// The identity key of a trustee that there is or was.
    #[must_use]
    pub fn trustee_key(&self, id: KeyId) -> Option<&HybridKey> {
        self.state().trustee_keys.get(&id).map(|(_, key)| key)
    }

    /// Whether one trustee alone can open: shown wherever the mission is shown.
    #[must_use]
    pub fn marked_single_trustee(&self, at: Moment) -> bool {
        self.trustees(at).is_some_and(TrusteeSet::is_single)
    }

    /// The policy of openings that is in force at a moment. Without one trustees release nothing.
    #[must_use]
    pub fn opening_policy(&self, at: Moment) -> Option<&Policy> {
        self.state().opening_policy.at(at)
    }

    /// The policy that waits to come into force, and when.
    #[must_use]
    pub fn opening_policy_waiting(&self, at: Moment) -> Option<(Timestamp, &Policy)> {
        self.state().opening_policy.waiting(at)
    }
}
