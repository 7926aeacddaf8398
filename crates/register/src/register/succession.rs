//! Who answers for a trustee that governors replaced (docs/spec/register.md, section 12).
//!
//! What was sealed for a trustee stays at its place x of its set. Whoever succeeds it holds its pads, and answers for
//! that place; whoever succeeds the successor does so after it. Nobody ever answers for two places of one set: that
//! would be two of the t points.

use std::collections::{BTreeMap, BTreeSet};

use super::Register;
use super::moment::Moment;
use super::state::State;
use super::trustees::TrusteeSet;
use crate::act::Trustee;
use crate::key::KeyId;
use crate::refusal::Refusal;

/// Who follows whom, by sets that were in force. Never a circle: who was succeeded is in no later set.
struct Successions(BTreeMap<KeyId, KeyId>);

impl Successions {
    /// What these sets say; `None` when they name two successors of one trustee.
    fn of<'a>(sets: impl Iterator<Item = &'a TrusteeSet>) -> Option<Self> {
        let mut next = BTreeMap::new();
        for (old, new) in sets.flat_map(|set| &set.trustees).filter_map(|one| Some((one.succeeds?, one.id())))
        {
            if next.insert(old, new).is_some_and(|other| other != new) {
                return None;
            }
        }
        Some(Self(next))
    }

    /// A trustee and everyone who followed it, in order.
    fn chain(&self, from: KeyId) -> Vec<KeyId> {
        let mut chain = vec![from];
        // Bounded in any case: nobody stands in it twice.
        while let Some(next) = chain.last().and_then(|last| self.0.get(last)).filter(|id| !chain.contains(id))
        {
            chain.push(*next);
        }
        chain
    }

    fn holder(&self, of: KeyId) -> KeyId {
        self.chain(of).last().copied().unwrap_or(of)
    }
}

impl State {
    /// Whether what a new set says of successions can stand beside what is in force.
    pub(super) fn check_succession(&self, new: &TrusteeSet, moment: Moment) -> Result<(), Refusal> {
        let before: Vec<&TrusteeSet> = self.trustees.in_force_by(moment).collect();
        let was_there = |old: KeyId| before.iter().any(|set| set.find(old).is_some());
        let sets = || before.iter().copied().chain([new]);
        let known = Successions::of(sets()).ok_or(Refusal::BadSuccession)?;
        let named = new.trustees.iter().filter_map(|one| one.succeeds);
        // Who was succeeded never comes back: it would answer beside its successor.
        let back = new.trustees.iter().any(|one| known.0.contains_key(&one.id()));
        let twice = sets().any(|set| {
            let holders: BTreeSet<_> = set.trustees.iter().map(|one| known.holder(one.id())).collect();
            holders.len() != set.trustees.len()
        });
        if back || twice || !named.into_iter().all(was_there) {
            return Err(Refusal::BadSuccession);
        }
        Ok(())
    }

    fn successions(&self, at: Moment) -> Successions {
        // What stands in the log was checked when it came.
        Successions::of(self.trustees.in_force_by(at)).unwrap_or(Successions(BTreeMap::new()))
    }
}

/// Who answers for whom.
impl Register {
    /// A trustee and everyone who succeeded it by a moment, in order: the last one answers for its place.
    #[must_use]
    pub fn trustee_chain(&self, of: KeyId, at: Moment) -> Vec<KeyId> {
        self.state().successions(at).chain(of)
    }

    /// Who answers for a trustee's place at a moment: itself, or who succeeded it.
    #[must_use]
    pub fn trustee_holder(&self, of: KeyId, at: Moment) -> KeyId {
        self.state().successions(at).holder(of)
    }

    /// The trustee of a set, by rank, for whose place somebody answers at a moment: at most one.
    #[must_use]
    pub fn place_answered<'a>(
        &self,
        set: &'a TrusteeSet,
        holder: KeyId,
        at: Moment,
    ) -> Option<(usize, &'a Trustee)> {
        let known = self.state().successions(at);
        set.trustees.iter().enumerate().find(|(_, one)| known.holder(one.id()) == holder)
    }

    /// For whom a trustee answers besides itself, nearest first: those whose pads it must have.
    #[must_use]
    pub fn trustees_succeeded_by(&self, holder: KeyId, at: Moment) -> Vec<KeyId> {
        let known = self.state().successions(at);
        let mut found: Vec<KeyId> =
            known.0.keys().copied().filter(|old| known.holder(*old) == holder).collect();
        found.sort_by_key(|old| known.chain(*old).len());
        found
    }
}
