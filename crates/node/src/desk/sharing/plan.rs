//! Sharing: what the receivers would see and how many they are, and the derived part itself.

use std::collections::BTreeSet;

use counterseal_model::record::{BasisKind, Derived, Part, Use};
use counterseal_model::{Code, CompartmentId, EntryId};
use counterseal_policy::{Action, Approval, Decision, Generalise, Office, Verdict};
use counterseal_register::{DisclosedAs, HistoryRule, Rule};

use super::disclosed::Leaving;
use super::readable::Readable;
use super::refusal::ShareRefusal;
use super::small::{SMALL, leave_out_small};
use crate::desk::casework::NamedPart;
use crate::desk::{Desk, Supposed};
use crate::error::NodeError;

/// What is to be shared, with whom, and how much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareTerms {
    /// The part.
    pub part: NamedPart,
    /// The compartment that gets it.
    pub to: CompartmentId,
    /// What for, a purpose of the policy.
    pub purpose: Code,
    /// Whether it is for a case.
    pub case: bool,
    /// What is told less of.
    pub generalise: Generalise,
    /// Leave counts of people below this out also where it comes from an open compartment.
    pub small: Option<u64>,
    /// Signed approvals of other persons, as `approve_share` made them.
    pub approvals: Vec<Vec<u8>>,
}

/// What sharing would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharePlan {
    /// What the policy says of it.
    pub decision: Decision,
    /// What the receivers would read.
    pub part: Part,
    /// What it tells less of.
    pub generalised: Vec<Code>,
    /// Fields that stand there and are left out.
    pub left_out: Vec<Code>,
    /// For whom, as the policy says of the purpose; none when it knows no such purpose.
    pub recipient: Option<Code>,
    /// The bases for this use that this desk knows.
    pub bases: Vec<BasisKind>,
    /// Persons who will be able to read it.
    pub readers: usize,
    /// Whether everybody who comes into the compartment later reads it too.
    pub later_ones_too: bool,
    /// Whether it goes from two seals to one.
    pub loses_a_seal: bool,
    /// How often it was let out before, as far as this desk knows.
    pub before: usize,
}

/// A part that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The entry that carries it, in the other compartment.
    pub entry: EntryId,
    /// How many persons can read it.
    pub readers: usize,
}

impl SharePlan {
    /// Why the policy refuses, in words, and whom to ask; none when it permits.
    #[must_use]
    pub fn refusal(&self) -> Option<ShareRefusal> {
        refusal_of(&self.decision)
    }
}

/// Why a decision refuses, with whom to ask.
pub(super) fn refusal_of(decision: &Decision) -> Option<ShareRefusal> {
    if decision.is_permitted() {
        return None;
    }
    let (mut reasons, mut ask) = (Vec::new(), BTreeSet::new());
    for (verdict, _) in decision.verdicts() {
        let Verdict::Refuse(refusals) = verdict else { continue };
        for refusal in refusals {
            reasons.push(refusal.clone());
            ask.extend(refusal.unmet.iter().filter_map(|unmet| unmet.ask));
        }
    }
    let ask: Vec<Office> = ask.into_iter().collect();
    Some(ShareRefusal::NotPermitted { reasons, ask })
}

impl Desk {
    /// What sharing a part would do. Nothing is written, and nothing is put down.
    ///
    /// # Errors
    /// When the part cannot be read now or must not leave, this desk is not in the other compartment, or there is no
    /// policy. What the policy says stands in the plan.
    pub fn plan_share(&mut self, terms: &ShareTerms) -> Result<SharePlan, NodeError> {
        if terms.to == terms.part.compartment {
            return Err(NodeError::SamePlace);
        }
        let Readable { mut part, guarded } = self.readable(terms.part)?;
        let (generalised, left_out) = self.tell_less(terms, &mut part, guarded)?;
        let asked = self.asked_of(terms, &part.body, &generalised);
        let approvals = self.check_approvals(&asked, &terms.approvals)?;
        let (decision, recipient, bases) =
            self.weigh(Action::Share, &terms.purpose, terms.case, &[terms.part], approvals)?;
        let part = Part { parents: Vec::new(), derived: None, imported: false, made: self.now(), ..part };
        let at = self.moment();
        let charter = self.register.charter(terms.to, at).ok_or(NodeError::NotAMember(terms.to))?;
        let readers = self.persons_in(terms.to)?;
        Ok(SharePlan {
            decision,
            part,
            generalised,
            left_out,
            recipient,
            bases,
            readers,
            later_ones_too: charter.history == HistoryRule::Full,
            loses_a_seal: guarded && charter.rule == Rule::Open,
            before: self.disclosures(Some(terms.part))?.len(),
        })
    }

    /// Shares a part: the derived part is sealed into the other compartment, and that it was is put down, in one commit.
    ///
    /// # Errors
    /// As `plan_share`; `NotPermitted`; when this desk may not write there. Nothing is kept then.
    pub fn share(&mut self, terms: &ShareTerms) -> Result<Shared, NodeError> {
        let plan = self.plan_share(terms)?;
        let permit = plan.decision.verdict(0).and_then(|verdict| match verdict {
            Verdict::Permit(permit) => Some(permit.row),
            Verdict::Refuse(_) => None,
        });
        let (Some(row), Some(recipient)) = (permit, plan.recipient.clone()) else {
            let none = ShareRefusal::NotPermitted { reasons: Vec::new(), ask: Vec::new() };
            return Err(plan.refusal().unwrap_or(none).into());
        };
        let derived = Derived {
            entry: terms.part.part.entry,
            index: terms.part.part.index.into(),
            compartment: terms.part.compartment,
            by: self.device(),
            purpose: terms.purpose.clone(),
            recipient: recipient.clone(),
            bases: plan.bases,
            row: row.into(),
            generalised: plan.generalised,
            left_out: plan.left_out,
            extra: Default::default(),
        };
        // A record of its own: under the old id, who reads both compartments would see the two as one.
        let part = Part { record: self.make_record_id(), derived: Some(derived), ..plan.part };
        let sealed = self.seal(terms.to, vec![part])?;
        let entry = sealed.id();
        let leaving = Leaving {
            how: DisclosedAs::Shared,
            compartment: terms.part.compartment,
            parts: vec![terms.part.part],
            to: Some(terms.to),
            purpose: terms.purpose.clone(),
            recipient,
            digest: *entry.as_bytes(),
        };
        let kept = self.stage(&[sealed]).and_then(|()| self.keep_disclosed(leaving));
        if kept.is_err() {
            self.drop_unkept()?;
        }
        kept.map(|()| Shared { entry, readers: plan.readers })
    }

    /// What the policy says of letting parts out, with what this desk knows; for whom, and on which bases that it knows.
    pub(super) fn weigh(
        &self,
        action: Action,
        purpose: &Code,
        case: bool,
        parts: &[NamedPart],
        approvals: Vec<Approval>,
    ) -> Result<(Decision, Option<Code>, Vec<BasisKind>), NodeError> {
        let policy = self.policy_in_force()?.ok_or(ShareRefusal::NoPolicy)?;
        let supposed =
            Supposed { action, purpose: purpose.clone(), case, emergency: false, facts: Vec::new() };
        let decision = self.decide_here(&policy, parts, &supposed, approvals)?;
        let recipient = policy.table().purposes().get(purpose).map(|known| known.recipient.clone());
        let mut bases = BTreeSet::new();
        if let Some(recipient) = &recipient {
            let what = Use::new(purpose.clone(), recipient.clone());
            for named in parts {
                bases.extend(self.bases_known(*named, &what)?);
            }
        }
        Ok((decision, recipient, bases.into_iter().collect()))
    }

    /// Makes a part tell less; gives what it tells less of, and what was left out.
    fn tell_less(
        &self,
        terms: &ShareTerms,
        part: &mut Part,
        guarded: bool,
    ) -> Result<(Vec<Code>, Vec<Code>), NodeError> {
        let how = &terms.generalise;
        let secret = self.pseudonym_secret(terms.part.compartment)?;
        let pseudonym = |named: counterseal_policy::Named<'_>| self.pseudonym(secret, terms.to, named);
        let (body, left_out) = how.apply(&part.body, &pseudonym).map_err(ShareRefusal::from)?;
        part.body = body;
        let below = terms.small.unwrap_or(0).max(if guarded { SMALL } else { 0 });
        let small = leave_out_small(&mut part.body, below) > 0;
        let mut told = Vec::new();
        told.extend(how.place.map(|level| format!("place-{}", level.word())));
        told.extend(how.date.map(|level| format!("date-{}", level.word())));
        told.extend(how.pseudonyms.then(|| "pseudonyms".to_owned()));
        told.extend(small.then(|| "small-counts".to_owned()));
        let codes = |words: &[&str]| words.iter().filter_map(|word| Code::parse(word)).collect::<Vec<_>>();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        Ok((codes(&told), codes(&left_out)))
    }

    /// How many persons have a device in a compartment now.
    fn persons_in(&self, compartment: CompartmentId) -> Result<usize, NodeError> {
        let at = self.moment();
        let epoch = self.register.write_epoch(compartment, at).and_then(|id| self.register.epoch(id));
        let epoch = epoch.ok_or(NodeError::NotAMember(compartment))?;
        let person = |device: &_| self.register.device(*device, at).map(|known| known.person);
        let persons: BTreeSet<_> = epoch.roster().iter().filter_map(person).collect();
        Ok(persons.len())
    }
}
