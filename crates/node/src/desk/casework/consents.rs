//! Recording consents, bases and agreements: the record is written, and what follows from it is said to the trustees,
//! in one commit (docs/spec/casework.md, section 5).

use counterseal_model::record::{
    Agreement, Basis, BasisKind, Body, Consent, ConsentDecision, ConsentEvent, ConsentEventKind, ConsentNote,
    Kind, Use,
};
use counterseal_model::{Classification, Code, CompartmentId, RecordId, Timestamp};
use counterseal_policy::{BasisFor, ConsentState, Held, Office as Sayer, PartFacts, evaluate, part_facts};
use counterseal_register::{Bytes, FactKind, PartRef, consent_of};

use super::facts::FactTerms;
use super::malformed::{Malformation, check_agreement, check_basis, check_consent, malformed};
use super::told::{about, ended, grouped, of_consent, terms_of, whose, written_about};
use super::written::{Recorded, at};
use super::{CaseworkRefusal, NamedPart};
use crate::desk::Desk;
use crate::desk::opening::part_text;
use crate::error::NodeError;

/// Where a record is written, and how sensitive it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenTo {
    /// The compartment; that of the parts when left out.
    pub compartment: Option<CompartmentId>,
    /// The classification.
    pub class: Classification,
}

/// What is withdrawn or re-confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// For one purpose only.
    pub purpose: Option<Code>,
    /// For one recipient only.
    pub recipient: Option<Code>,
    /// This person's consent alone, by their record; everybody's when left out.
    pub subject: Option<RecordId>,
}

impl Desk {
    /// Records a consent of parts as it was given, and says to the trustees what it allows and what it forbids. A consent
    /// that was taken badly is written all the same, allows nothing, and says why.
    ///
    /// # Errors
    /// `Malformed`, with the field; `OnlyGuarded`; when this desk may not write there or say so. Nothing is kept then.
    pub fn record_consent(
        &mut self,
        mut consent: Consent,
        parts: &[NamedPart],
        given: Timestamp,
        into: WrittenTo,
    ) -> Result<Recorded, NodeError> {
        check_consent(&consent, given, self.now())?;
        let (compartment, parts) = self.said_of("consent", parts)?;
        consent.parts = parts.iter().map(at).collect();
        let kind = match consent.decisions.iter().any(|decision| decision.allowed) {
            true => ConsentEventKind::Given,
            false => ConsentEventKind::Refused,
        };
        consent.events.push(self.happened(kind, given, &Scope::default()));
        let uses: Vec<_> = consent.decisions.iter().map(|decision| decision.what.clone()).collect();
        let facts = uses.first().map(|first| {
            let basis = of_consent(given, self.person, first.purpose.clone());
            part_facts(&basis, Some(&consent), &uses, Sayer::Member, self.now())
        });
        let idle = uses.iter().find_map(|what| {
            match evaluate(&consent, &what.purpose, &what.recipient, self.now()) {
                ConsentState::Invalid { why } => Some(why),
                _ => None,
            }
        });
        let about = about(compartment, &parts);
        let mut terms = terms_of(&about, facts.unwrap_or_default(), FactKind::Consent);
        terms.extend(
            consent
                .withheld_from
                .iter()
                .map(|never| FactTerms { recipients: vec![never.recipient.clone()], ..ended(&about, given) }),
        );
        let whose = whose(self.mission(), consent.subject, &parts);
        terms.iter_mut().for_each(|terms| terms.whose.clone_from(&whose));
        let body = Body::Consent(Box::new(consent));
        let recorded =
            self.write_about(body, &parts, into.compartment.unwrap_or(compartment), into.class, terms)?;
        Ok(Recorded { idle, ..recorded })
    }

    /// Withdraws a consent: trustees hear of it as soon as they can be reached, without waiting for the log. Where the
    /// withdrawal cannot be written down as a record now, as without trustees' keys, it is said all the same.
    ///
    /// # Errors
    /// When this desk may not say so, or the disk refuses.
    pub fn withdraw_consent(
        &mut self,
        parts: &[NamedPart],
        scope: &Scope,
        into: WrittenTo,
    ) -> Result<Recorded, NodeError> {
        let (compartment, parts) = self.said_of("consent-event", parts)?;
        let now = self.now();
        let terms = FactTerms {
            purposes: scope.purpose.iter().cloned().collect(),
            recipients: scope.recipient.iter().cloned().collect(),
            whose: scope.subject.map(|subject| whose(self.mission(), subject, &parts)).unwrap_or_default(),
            ..ended(&about(compartment, &parts), now)
        };
        let event = self.happened(ConsentEventKind::Withdrawn, now, scope);
        let body = self.note_of(&parts, event, Vec::new())?;
        let target = into.compartment.unwrap_or(compartment);
        match self.write_about(body, &parts, target, into.class, vec![terms.clone()]) {
            Err(error) if can_say_without_record(&error) => {
                self.keep_casework(Vec::new(), vec![terms], |_, _| Ok(()))
            }
            other => other,
        }
    }

    /// Re-confirms consents that this desk recorded: what they allowed is allowed anew, until then, each person's by itself;
    /// or those of one person, by their record.
    ///
    /// # Errors
    /// `NoStands` where the person said no; `NothingGiven` where this desk knows of nobody who allowed anything, and
    /// `NeverAllowed` where it does not know it of the one who is named.
    pub fn reconfirm_consent(
        &mut self,
        parts: &[NamedPart],
        uses: &[Use],
        until: Option<Timestamp>,
        subject: Option<RecordId>,
        into: WrittenTo,
    ) -> Result<Recorded, NodeError> {
        let (compartment, parts) = self.said_of("consent-event", parts)?;
        let now = self.now();
        let again = if uses.is_empty() { self.uses_again(&parts)? } else { uses.to_vec() };
        for named in &parts {
            for what in &again {
                if let Some(since) = self.standing_no(*named, what)? {
                    return Err(CaseworkRefusal::NoStands { since }.into());
                }
            }
        }
        let decided = |what: &Use| ConsentDecision {
            what: what.clone(),
            allowed: true,
            until,
            extra: Default::default(),
        };
        let decisions = again.iter().map(decided).collect();
        let terms = self.terms_again(compartment, &parts, &again, until, (uses.is_empty(), subject))?;
        let event = self.happened(ConsentEventKind::Reconfirmed, now, &Scope::default());
        let body = self.note_of(&parts, event, decisions)?;
        self.write_about(body, &parts, into.compartment.unwrap_or(compartment), into.class, terms)
    }

    /// Records the basis on which parts are held. Of the kind consent the consent says it, and the basis only why.
    ///
    /// # Errors
    /// As `record_consent`.
    pub fn record_basis(
        &mut self,
        mut basis: Basis,
        parts: &[NamedPart],
        into: WrittenTo,
    ) -> Result<Recorded, NodeError> {
        check_basis(&basis)?;
        let (compartment, parts) = self.said_of("basis", parts)?;
        basis.parts = parts.iter().map(at).collect();
        let at = basis.since.max(self.now());
        let facts = match basis.kind {
            BasisKind::Consent => PartFacts::default(),
            _ => part_facts(&basis, None, &basis.uses, Sayer::Member, at),
        };
        let mut terms = terms_of(&about(compartment, &parts), facts, FactKind::Basis);
        let kind = Code::parse(basis.kind.word());
        terms.iter_mut().for_each(|terms| terms.value.clone_from(&kind));
        let body = Body::Basis(Box::new(basis));
        self.write_about(body, &parts, into.compartment.unwrap_or(compartment), into.class, terms)
    }

    /// Records an agreement with the owner of a sensor or an item. Trustees believe the data-protection officer alone:
    /// whoever else records it says nothing to them.
    ///
    /// # Errors
    /// As `record_consent`.
    pub fn record_agreement(
        &mut self,
        mut agreement: Agreement,
        parts: &[NamedPart],
        into: WrittenTo,
    ) -> Result<Recorded, NodeError> {
        check_agreement(&agreement)?;
        let (compartment, parts) = self.said_of("agreement", parts)?;
        agreement.parts = parts.iter().map(at).collect();
        let about = about(compartment, &parts);
        let mut terms = Vec::new();
        if self.check_sayer(FactKind::Agreement, &about).is_ok() {
            let (since, until) = (agreement.since, agreement.until);
            let held = |what: &Use| (what.recipient.clone(), since, until, what.purpose.clone());
            terms = grouped(&about, agreement.terms.iter().map(held), FactKind::Agreement);
        }
        let body = Body::Agreement(Box::new(agreement));
        self.write_about(body, &parts, into.compartment.unwrap_or(compartment), into.class, terms)
    }

    /// What was allowed of each of these parts: the same of all, since what somebody allowed of one part is not allowed of
    /// another.
    fn uses_again(&self, parts: &[NamedPart]) -> Result<Vec<Use>, NodeError> {
        let mut again: Option<Vec<Use>> = None;
        for named in parts {
            let known = self.consented_uses(*named)?;
            if known.is_empty() {
                return Err(CaseworkRefusal::NothingGiven { part: part_text(named.part) }.into());
            }
            if again.as_ref().is_some_and(|others| *others != known) {
                return Err(malformed("consent-event", "parts", Malformation::DifferentUses));
            }
            again = Some(known);
        }
        Ok(again.unwrap_or_default())
    }

    /// What is said anew: of each part, for each person, what that person had allowed; or all of it where it was named.
    fn terms_again(
        &self,
        compartment: CompartmentId,
        parts: &[NamedPart],
        again: &[Use],
        until: Option<Timestamp>,
        (own, subject): (bool, Option<RecordId>),
    ) -> Result<Vec<FactTerms>, NodeError> {
        let now = self.now();
        let mut terms = Vec::new();
        for named in parts {
            let allowed = self.allowed_by(*named)?;
            let people = match subject {
                Some(subject) => {
                    let person = consent_of(self.mission(), subject, named.part).0;
                    if !allowed.contains_key(&person) {
                        return Err(CaseworkRefusal::NeverAllowed { part: part_text(named.part) }.into());
                    }
                    vec![person]
                }
                None => allowed.keys().copied().collect(),
            };
            if people.is_empty() {
                return Err(CaseworkRefusal::NothingGiven { part: part_text(named.part) }.into());
            }
            for person in people {
                let theirs =
                    |what: &&Use| !own || allowed.get(&person).is_some_and(|uses| uses.contains(what));
                let held = again.iter().filter(theirs).cloned().map(|what| {
                    let value = BasisFor { kind: BasisKind::Consent, what };
                    Held::proved(value, Sayer::Member, now, until)
                });
                let facts = PartFacts { bases: held.collect(), ..PartFacts::default() };
                let mut said = terms_of(&about(compartment, &[*named]), facts, FactKind::Consent);
                said.iter_mut().for_each(|terms| terms.whose = vec![Bytes(person)]);
                terms.extend(said);
            }
        }
        Ok(terms)
    }

    fn happened(&self, kind: ConsentEventKind, at: Timestamp, scope: &Scope) -> ConsentEvent {
        let Scope { purpose, recipient, .. } = scope.clone();
        ConsentEvent { kind, at, purpose, recipient, by: Some(self.person), extra: Default::default() }
    }

    /// What happened to the consent of parts, as a body.
    fn note_of(
        &self,
        parts: &[NamedPart],
        event: ConsentEvent,
        decisions: Vec<ConsentDecision>,
    ) -> Result<Body, NodeError> {
        let mut consents = Vec::new();
        for named in parts {
            consents.push(self.written_about(*named, Kind::Consent)?);
        }
        consents.dedup();
        // Of several consents no one is named.
        let consent = consents.pop().flatten().filter(|_| consents.is_empty());
        let parts = parts.iter().map(at).collect();
        let note = ConsentNote { consent, parts, events: vec![event], decisions, extra: Default::default() };
        Ok(Body::ConsentEvent(Box::new(note)))
    }

    /// Writes a new record about parts, and notes that it is about them.
    fn write_about(
        &mut self,
        body: Body,
        parts: &[NamedPart],
        compartment: CompartmentId,
        class: Classification,
        terms: Vec<FactTerms>,
    ) -> Result<Recorded, NodeError> {
        let (kind, record, now) = (body.kind(), self.make_record_id(), self.now());
        let part = self.part(record, body, class, Vec::new());
        let about: Vec<PartRef> = parts.iter().map(|named| named.part).collect();
        self.keep_casework(vec![(compartment, part)], terms, |tx, places| {
            let mut note = tx.prepare_cached(
                "INSERT OR IGNORE INTO written_about (entry, idx, kind, record, place, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?;
            for (part, place) in about.iter().flat_map(|part| places.iter().map(move |place| (part, place))) {
                let place = place.part.entry;
                let key = (part.entry.as_bytes(), part.index);
                note.execute((key.0, key.1, kind.code(), record.as_bytes(), place.as_bytes(), now.0))?;
            }
            Ok(())
        })
    }

    /// The newest record of a kind that this desk wrote about a part.
    fn written_about(&self, named: NamedPart, kind: Kind) -> Result<Option<RecordId>, NodeError> {
        let all = self.store.read(|db| written_about(db, named.part))?;
        Ok(all.into_iter().rfind(|one| one.kind == kind).map(|one| one.record))
    }
}

/// Whether a withdrawal is said although its record cannot be written now: a no waits for nobody's keys.
fn can_say_without_record(error: &NodeError) -> bool {
    use NodeError as E;
    matches!(
        error,
        E::NoTrusteeKeys { .. }
            | E::NoTrustees
            | E::EpochNotLogged(_)
            | E::NotAMember(_)
            | E::NoSecret(_)
            | E::Casework(CaseworkRefusal::OnlyGuarded { .. })
    )
}
