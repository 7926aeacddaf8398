//! The policy in force, and what it would say of a request before anything is asked.

use std::collections::BTreeMap;

use counterseal_model::record::{BasisKind, Use};
use counterseal_model::{Code, Timestamp};
use counterseal_policy::{
    Action, Approval, Asked, BasisFor, Decision, ENGINE, Facts, Held, Office, PartFacts, PartRef, Policy,
    Reader, Request, Said, SaidOf, decide, lay_together,
};
use counterseal_register::FactKind;

use super::facts::FactView;
use super::known::add_reader_facts;
use super::{CaseworkRefusal, NamedPart};
use crate::desk::Desk;
use crate::error::NodeError;

/// What somebody would ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supposed {
    /// To do what.
    pub action: Action,
    /// For what.
    pub purpose: Code,
    /// Whether a case would be named.
    pub case: bool,
    /// Whether it would be an emergency.
    pub emergency: bool,
    /// Facts that are supposed to be proved, since this desk does not hear of all of them.
    pub facts: Vec<SupposedFact>,
}

/// A fact that this desk cannot know, and supposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SupposedFact {
    /// The person's training is valid.
    Training,
    /// The device is attested.
    Device,
    /// The person has a role.
    Role(Code),
    /// The person is of a contingent.
    Contingent(Code),
    /// The parts are held on this basis for the purpose.
    Basis(BasisKind),
    /// An agreement with the sensor's owner covers the purpose.
    Agreement,
}

/// The engine's name as a statement writes it: a code has neither spaces nor dots.
#[must_use]
pub fn engine_code() -> String {
    ENGINE.replace([' ', '.'], "-")
}

impl Desk {
    /// The policy in force, compiled; none before the governors have set one.
    ///
    /// # Errors
    /// When it is for another engine than this program's, or no table.
    pub fn policy_in_force(&self) -> Result<Option<Policy>, NodeError> {
        let Some(set) = self.register.opening_policy(self.moment()) else { return Ok(None) };
        let engine = if set.engine.as_str() == engine_code() { ENGINE } else { set.engine.as_str() };
        let policy = Policy::from_statement(engine, &set.table.0)
            .map_err(|error| CaseworkRefusal::Policy { reason: error.to_string() })?;
        Ok(Some(policy))
    }

    /// What a policy would say if this person asked for parts on this desk now: with what the register says, what this
    /// desk said itself or was given, and what is supposed. Nothing is asked and nothing is logged.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn explain(
        &self,
        policy: &Policy,
        parts: &[NamedPart],
        supposed: &Supposed,
    ) -> Result<Decision, NodeError> {
        self.decide_here(policy, parts, supposed, Vec::new())
    }

    /// The same, with approvals that were checked.
    pub(in crate::desk) fn decide_here(
        &self,
        policy: &Policy,
        parts: &[NamedPart],
        supposed: &Supposed,
        approvals: Vec<Approval>,
    ) -> Result<Decision, NodeError> {
        let asked = |named: &NamedPart| Asked { part: policy_part(*named), compartment: named.compartment };
        let request = Request {
            action: supposed.action,
            purpose: supposed.purpose.clone(),
            case: supposed.case,
            emergency: supposed.emergency,
            in_parts: false,
            parts: parts.iter().map(asked).collect(),
        };
        let said = self.facts_known()?;
        let recipient = policy.table().purposes().get(&supposed.purpose).map(|known| known.recipient.clone());
        let what = recipient.map(|recipient| Use::new(supposed.purpose.clone(), recipient));
        let mut known = BTreeMap::new();
        for (named, what) in parts.iter().zip(what.iter().cycle()) {
            let mut facts = part_facts(&said, *named, what);
            for fact in &supposed.facts {
                suppose_of_part(&mut facts, fact, what);
            }
            known.insert(policy_part(*named), facts);
        }
        let facts = Facts { reader: self.reader_facts(&said, &supposed.facts), approvals, parts: known };
        Ok(decide(policy, &request, &facts, self.moment().time))
    }

    /// The bases for one use of a part that this desk knows, and that hold now.
    pub(in crate::desk) fn bases_known(
        &self,
        named: NamedPart,
        what: &Use,
    ) -> Result<Vec<BasisKind>, NodeError> {
        let facts = part_facts(&self.facts_known()?, named, what);
        let now = self.moment().time;
        let holds = facts.bases.into_iter().filter(|held| held.holds_at(now));
        Ok(holds.map(|held| held.value.kind).collect())
    }

    /// What the register says of this person, and what is supposed.
    fn reader_facts(&self, known: &[FactView], supposed: &[SupposedFact]) -> Reader {
        let at = self.moment();
        let mut reader = Reader::unknown(self.person);
        add_reader_facts(&mut reader, self.device(), known);
        let registered = |value| Held::proved(value, Office::Registrar, Timestamp(0), None);
        reader.section = self.register.section_of(self.person, at).map(registered);
        for (office, _) in self.register.offices_of(self.person, at) {
            let office = Office::from_code(office.code().into());
            reader
                .offices
                .extend(office.map(|office| Held::proved(office, Office::Governors, Timestamp(0), None)));
        }
        for fact in supposed {
            let by = |code: &Code| Held::proved(code.clone(), Office::Registrar, Timestamp(0), None);
            match fact {
                SupposedFact::Training => {
                    reader.training.push(Held::proved((), Office::Training, Timestamp(0), None));
                }
                SupposedFact::Device => {
                    reader.device.push(Held::proved((), Office::Attestation, Timestamp(0), None));
                }
                SupposedFact::Role(role) => reader.roles.push(by(role)),
                SupposedFact::Contingent(contingent) => reader.contingent = Some(by(contingent)),
                SupposedFact::Basis(_) | SupposedFact::Agreement => {}
            }
        }
        reader
    }
}

/// A part as the policy names it.
pub(super) fn policy_part(named: NamedPart) -> PartRef {
    PartRef { entry: named.part.entry, index: named.part.index }
}

fn suppose_of_part(facts: &mut PartFacts, fact: &SupposedFact, what: &Use) {
    match fact {
        SupposedFact::Basis(kind) => {
            let value = BasisFor { kind: *kind, what: what.clone() };
            facts.bases.push(Held::proved(value, Office::Member, Timestamp(0), None));
        }
        SupposedFact::Agreement => {
            facts.agreements.push(Held::proved(what.clone(), Office::DataProtection, Timestamp(0), None));
        }
        _ => {}
    }
}

/// What facts that this desk knows tell of a part for one use: as trustees read them.
pub(super) fn part_facts(said: &[FactView], named: NamedPart, what: &Use) -> PartFacts {
    let all: Vec<Said> = said.iter().filter_map(|view| said_of(view, named)).collect();
    lay_together(&all, what)
}

fn said_of(view: &FactView, named: NamedPart) -> Option<Said> {
    let fact = &view.fact;
    if !fact.is_of(named.compartment, named.part) {
        return None;
    }
    let kind = match fact.kind {
        FactKind::Basis => SaidOf::Basis,
        FactKind::Consent => SaidOf::Consent,
        FactKind::Agreement => SaidOf::Agreement,
        _ => return None,
    };
    Some(Said {
        kind,
        value: fact.value.clone(),
        whose: fact.whose(named.part),
        purposes: fact.purposes.clone(),
        recipients: fact.recipients.clone(),
        since: fact.since,
        until: fact.until,
        ends: fact.ends,
        made: fact.made,
        leaf: view.leaf,
        by: if view.officer || kind == SaidOf::Agreement { Office::DataProtection } else { Office::Member },
    })
}
