//! The mission's policy, asked with the facts that are proved.

use counterseal_model::record::Use;
use counterseal_policy::{
    Action, Approval, Asked, Decision, ENGINE, Facts, Held as Proved, Office as Sayer, PartRef, Policy,
    PolicyError, Reader, Request, State, Unmet, Verdict,
};
use counterseal_register::{Code, Office, Policy as SetPolicy};

use super::Case;
use super::against::{Against, Refused};
use super::approvals::Approver;
use super::facts::{part_facts, reader_facts};
use super::parts::Parts;

/// What the policy permitted.
pub(super) struct Permitted {
    decision: Decision,
    pub(super) emergency: bool,
}

impl Permitted {
    /// The row that permits the part at this place of the request.
    pub(super) fn row(&self, place: usize) -> Option<u16> {
        match self.decision.verdict(place)? {
            Verdict::Permit(permit) => Some(permit.row),
            Verdict::Refuse(_) => None,
        }
    }
}

/// The engine's name as a statement writes it: a code has neither spaces nor dots.
#[must_use]
pub fn engine_code() -> String {
    ENGINE.replace([' ', '.'], "-")
}

/// The policy of the governors' statement.
///
/// # Errors
/// When it is for another engine than this program's, or no table.
pub fn policy_of(set: &SetPolicy) -> Result<Policy, PolicyError> {
    let engine = if set.engine.as_str() == engine_code() { ENGINE } else { set.engine.as_str() };
    Policy::from_statement(engine, &set.table.0)
}

impl Case<'_> {
    pub(super) fn ask_policy(
        &self,
        policy: &Policy,
        parts: &Parts<'_>,
        approvers: &[Approver],
        emergency: bool,
    ) -> Result<Permitted, Refused> {
        let request = self.asked.request.body();
        let purpose = request.purpose.clone();
        let part = |held: &&super::Held| PartRef { entry: held.part.entry, index: held.part.index };
        let asked = parts.held.iter().map(|held| Asked { part: part(held), compartment: held.compartment });
        let asked = Request {
            action: Action::Open,
            purpose: purpose.clone(),
            case: request.case.is_some(),
            emergency,
            in_parts: false,
            parts: asked.collect(),
        };
        let recipient = policy.table().purposes().get(&purpose).map(|purpose| purpose.recipient.clone());
        let what = recipient.map(|recipient| Use::new(purpose, recipient));
        let known = parts.held.iter().filter_map(|held| Some((part(held), part_facts(held, what.as_ref()?))));
        let facts = Facts {
            reader: self.reader_facts()?,
            approvals: self.approvals_for(parts, approvers),
            parts: known.collect(),
        };
        let decision = counterseal_policy::decide(policy, &asked, &facts, self.now);
        if decision.is_permitted() {
            return Ok(Permitted { decision, emergency });
        }
        Err(self.refused_by(&decision, parts))
    }

    fn reader_facts(&self) -> Result<Reader, Refused> {
        let request = self.asked.request.body();
        let person = self.person_of(request.reader).ok_or(Refused::of(Against::ReaderNotActive))?;
        let mut reader = Reader::unknown(person);
        reader.section = self.register().section_of(person, self.at).map(registered);
        let offices = self.register().offices_of(person, self.at).into_iter();
        let office = |(office, _): (Office, _)| Sayer::from_code(office.code().into());
        let offices = offices.filter_map(office);
        reader.offices = offices.map(|office| by_register(office, Sayer::Governors)).collect();
        let about_reader = |letter: &&super::Letter| match &letter.fact.about {
            counterseal_register::FactAbout::Person(about) => *about == person,
            counterseal_register::FactAbout::Device(about) => *about == request.reader,
            counterseal_register::FactAbout::Parts(..) => false,
        };
        let letters: Vec<_> = self.known.letters.iter().filter(about_reader).cloned().collect();
        reader_facts(&mut reader, &letters);
        for claim in &request.claims {
            match claim.as_str() {
                "training" => reader.training.push(Proved::claimed(())),
                "device" => reader.device.push(Proved::claimed(())),
                _ => {}
            }
        }
        Ok(reader)
    }

    /// Approvals by whoever may approve for all the compartments concerned.
    fn approvals_for(&self, parts: &Parts<'_>, approvers: &[Approver]) -> Vec<Approval> {
        let may = |one: &&Approver| parts.charters.keys().all(|id| self.may_approve(one.person, *id));
        let counted = approvers.iter().filter(may);
        counted.map(|one| Approval { person: one.person, section: one.section.map(registered) }).collect()
    }

    /// The most telling reason, and the parts that it concerns.
    fn refused_by(&self, decision: &Decision, parts: &Parts<'_>) -> Refused {
        let refused = |place: &usize| matches!(decision.verdict(*place), Some(Verdict::Refuse(_)));
        let held = parts.held.iter().enumerate().filter(|(place, _)| refused(place));
        let mut answer =
            Refused::for_parts(Against::PolicyRefuses, held.map(|(_, held)| held.part).collect());
        if let Some(refusal) = decision.refusal() {
            let kinds = refusal.unmet.iter().filter_map(|unmet| Code::parse(unmet.need.word()));
            answer.rule = refusal.row.map(u64::from);
            answer.missing = kinds.collect();
            answer.since = refusal.unmet.iter().find_map(since);
            answer.ask = refusal.unmet.iter().find_map(|unmet| Office::from_code(unmet.ask?.code().into()));
        }
        answer
    }
}

/// What the register says holds as it is asked.
fn registered<T>(value: T) -> Proved<T> {
    by_register(value, Sayer::Registrar)
}

const fn by_register<T>(value: T, by: Sayer) -> Proved<T> {
    Proved::proved(value, by, counterseal_model::Timestamp(i64::MIN), None)
}

const fn since(unmet: &Unmet) -> Option<counterseal_model::Timestamp> {
    match unmet.state {
        State::Lapsed { on } | State::Refused { on } | State::Withdrawn { on } => Some(on),
        _ => None,
    }
}
