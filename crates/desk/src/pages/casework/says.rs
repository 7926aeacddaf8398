//! What cases, consents, bases and agreements say, line by line: people as pseudonyms or as the parts that name them.

use counterseal_model::record::{
    Agreement, Basis, Body, Case, Consent, ConsentDecision, ConsentEvent, ConsentNote, Use,
};
use counterseal_model::{RecordId, Timestamp};
use counterseal_node::{Desk, NodeError};

use super::names;
use crate::pages::codes::code_text;
use crate::pages::says::Line;
use crate::words::Words;

/// Everything such a body says; none where it is another kind of body.
pub(in crate::pages) fn lines(
    words: Words,
    desk: &Desk,
    body: &Body,
) -> Result<Option<Vec<Line>>, NodeError> {
    let mut says = Says { words, desk, lines: Vec::new() };
    match body {
        Body::Case(case) => says.case(case)?,
        Body::Consent(consent) => says.consent(consent),
        Body::ConsentEvent(note) => says.note(note),
        Body::Basis(basis) => says.basis(basis),
        Body::Agreement(agreement) => says.agreement(agreement),
        _ => return Ok(None),
    }
    Ok(Some(says.lines))
}

struct Says<'a> {
    words: Words,
    desk: &'a Desk,
    lines: Vec<Line>,
}

impl Says<'_> {
    fn add(&mut self, key: &'static str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.lines.push(Line { key, text, record: None });
        }
    }

    /// A record; it leads to its page where this desk has one of it.
    fn record(&mut self, key: &'static str, id: RecordId) {
        let record = self.desk.record(id).is_ok().then_some(id);
        self.lines.push(Line { key, text: id.to_string(), record });
    }

    fn days(&mut self, since: Timestamp, until: Option<Timestamp>) {
        self.add("says-since", self.words.date(since));
        self.add("says-until", until.map(|until| self.words.date(until)).unwrap_or_default());
    }

    fn uses(&mut self, uses: &[Use]) {
        let words = self.words;
        uses.iter().for_each(|what| {
            self.add(
                "says-use",
                format!("{} → {}", code_text(words, &what.purpose), code_text(words, &what.recipient)),
            )
        });
    }

    fn case(&mut self, case: &Case) -> Result<(), NodeError> {
        let (words, taxonomy) = (self.words, names::violations(self.desk)?);
        self.add("field-reference", case.reference.as_ref().map(ToString::to_string).unwrap_or_default());
        self.add("field-case", case.case.to_string());
        self.add("field-status", case.status.map(|status| words.case_status(status)).unwrap_or_default());
        for term in &case.violations {
            self.add("field-violations", names::term(words, taxonomy.as_ref(), term));
        }
        for one in &case.concerned {
            let part = one.part.as_ref().map(|part| format!("{}/{}", part.entry, part.index));
            let who = one.pseudonym.as_ref().map(ToString::to_string).or(part).unwrap_or_default();
            self.add("case-people", format!("{}: {who}", names::role(words, one.role)));
        }
        for one in &case.follow_up {
            let done = one.done.map(|at| words.with("case-done-on", &[("date", (&words.date(at)).into())]));
            self.add(
                "field-due",
                format!("{}: {} {}", words.date(one.due), one.what, done.unwrap_or_default()),
            );
        }
        case.incidents.iter().for_each(|id| self.record("field-incident", *id));
        case.parts.iter().for_each(|part| self.add("case-belongs", format!("{}/{}", part.entry, part.index)));
        Ok(())
    }

    fn consent(&mut self, consent: &Consent) {
        let words = self.words;
        let yes_no = |yes: bool| words.text(if yes { "yes" } else { "says-no" });
        self.record("consent-subject", consent.subject);
        self.add("consent-language", consent.language.as_str());
        self.add("consent-risks", yes_no(consent.risks_explained));
        self.add("consent-refusal", yes_no(consent.refusal_without_loss));
        if consent.minor {
            self.add("consent-minor", words.text("yes"));
        }
        consent.guardian.into_iter().for_each(|id| self.record("consent-guardian", id));
        consent.interpreter.into_iter().for_each(|id| self.record("consent-interpreter", id));
        consent.decisions.iter().for_each(|one| self.decision(one));
        for one in &consent.withheld_from {
            self.add("consent-withhold", format!("{} = {}", code_text(words, &one.recipient), one.reason));
        }
        consent.events.iter().for_each(|one| self.event(one));
    }

    fn decision(&mut self, one: &ConsentDecision) {
        let code = |code| code_text(self.words, code);
        let said = self.words.text(if one.allowed { "consent-allowed" } else { "consent-refused" });
        let until = one.until.map(|at| format!(" – {}", self.words.date(at))).unwrap_or_default();
        self.add(
            "says-use",
            format!("{} → {}: {said}{until}", code(&one.what.purpose), code(&one.what.recipient)),
        );
    }

    fn event(&mut self, one: &ConsentEvent) {
        let by = one.by.map(|id| names::person(self.desk, id)).unwrap_or_default();
        self.add(
            "kind-consent-event",
            format!("{} {} {by}", self.words.date(one.at), self.words.consent_event(one.kind)),
        );
    }

    fn note(&mut self, note: &ConsentNote) {
        note.consent.into_iter().for_each(|id| self.record("basis-consent", id));
        note.events.iter().for_each(|one| self.event(one));
        note.decisions.iter().for_each(|one| self.decision(one));
    }

    fn basis(&mut self, basis: &Basis) {
        self.add("basis-kind", names::basis(self.words, basis.kind));
        self.add("form-reason", basis.reason.to_string());
        self.add("says-chosen-by", names::person(self.desk, basis.chosen_by));
        self.days(basis.since, basis.until);
        self.uses(&basis.uses);
        basis.guardian.into_iter().for_each(|id| self.record("consent-guardian", id));
    }

    fn agreement(&mut self, agreement: &Agreement) {
        self.record("agreement-owner", agreement.owner);
        agreement.item.into_iter().for_each(|id| self.record("agreement-item", id));
        self.days(agreement.since, agreement.until);
        self.uses(&agreement.terms);
    }
}
