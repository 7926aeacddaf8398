//! Cases, consents, bases and agreements as JSON.

use counterseal_model::record::{
    Agreement, Basis, Case, Concerned, Consent, ConsentDecision, ConsentEvent, ConsentNote, FollowUp, PartAt,
    Use,
};
use counterseal_model::{RecordId, Timestamp};
use serde_json::{Value, json};

fn time(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, |at| json!(at.rfc3339()))
}

fn id(record: Option<RecordId>) -> Value {
    record.map_or(Value::Null, |record| json!(record.to_string()))
}

/// A part as it is named to other verbs.
fn part(at: &PartAt) -> String {
    format!("{}/{}", at.entry, at.index)
}

fn parts(all: &[PartAt]) -> Vec<String> {
    all.iter().map(part).collect()
}

fn uses(all: &[Use]) -> Vec<String> {
    all.iter().map(|what| format!("{}:{}", what.purpose, what.recipient)).collect()
}

/// Something that is to be done.
pub(crate) fn follow_up(one: &FollowUp) -> Value {
    json!({ "what": one.what.as_str(), "due": one.due.rfc3339(), "done": time(one.done),
        "by": one.by.map(|by| by.to_string()) })
}

fn concerned(one: &Concerned) -> Value {
    json!({ "role": one.role.word(), "part": one.part.as_ref().map(part),
        "pseudonym": one.pseudonym.as_ref().map(|code| code.as_str()) })
}

pub(crate) fn case(case: &Case) -> Value {
    json!({
        "case": case.case.to_string(),
        "reference": case.reference.as_ref().map(|code| code.as_str()),
        "violations": case.violations.iter().map(|term| term.as_str()).collect::<Vec<_>>(),
        "concerned": case.concerned.iter().map(concerned).collect::<Vec<_>>(),
        "status": case.status.map(|status| status.word()),
        "followUp": case.follow_up.iter().map(follow_up).collect::<Vec<_>>(),
        "incidents": case.incidents.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "parts": parts(&case.parts),
    })
}

pub(crate) fn basis(basis: &Basis) -> Value {
    json!({
        "kind": basis.kind.word(), "chosenBy": basis.chosen_by.to_string(), "reason": basis.reason.as_str(),
        "since": basis.since.rfc3339(), "until": time(basis.until), "uses": uses(&basis.uses),
        "consent": id(basis.consent), "minor": basis.minor, "guardian": id(basis.guardian),
        "parts": parts(&basis.parts),
    })
}

pub(crate) fn agreement(agreement: &Agreement) -> Value {
    json!({
        "owner": agreement.owner.to_string(), "item": id(agreement.item), "terms": uses(&agreement.terms),
        "since": agreement.since.rfc3339(), "until": time(agreement.until), "parts": parts(&agreement.parts),
    })
}

fn decision(one: &ConsentDecision) -> Value {
    json!({ "use": format!("{}:{}", one.what.purpose, one.what.recipient), "allowed": one.allowed,
        "until": time(one.until) })
}

fn event(one: &ConsentEvent) -> Value {
    json!({
        "kind": one.kind.word(), "at": one.at.rfc3339(),
        "purpose": one.purpose.as_ref().map(|code| code.as_str()),
        "recipient": one.recipient.as_ref().map(|code| code.as_str()),
        "by": one.by.map(|by| by.to_string()),
    })
}

pub(crate) fn consent(consent: &Consent) -> Value {
    let withheld = consent.withheld_from.iter();
    let withheld =
        withheld.map(|one| json!({ "recipient": one.recipient.as_str(), "reason": one.reason.as_str() }));
    json!({
        "subject": consent.subject.to_string(), "minor": consent.minor, "givenBy": consent.given_by.word(),
        "guardian": id(consent.guardian), "language": consent.language.as_str(),
        "interpreter": id(consent.interpreter), "risksExplained": consent.risks_explained,
        "refusalWithoutLoss": consent.refusal_without_loss,
        "decisions": consent.decisions.iter().map(decision).collect::<Vec<_>>(),
        "withheldFrom": withheld.collect::<Vec<_>>(),
        "events": consent.events.iter().map(event).collect::<Vec<_>>(),
        "receipt": consent.receipt.map(|digest| hex::encode(digest.0)),
        "parts": parts(&consent.parts),
    })
}

pub(crate) fn consent_note(note: &ConsentNote) -> Value {
    json!({
        "consent": id(note.consent), "parts": parts(&note.parts),
        "events": note.events.iter().map(event).collect::<Vec<_>>(),
        "decisions": note.decisions.iter().map(decision).collect::<Vec<_>>(),
    })
}
