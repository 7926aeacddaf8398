//! Cases: written into a guarded compartment, with a part in an open one where their officers want to see at a glance how
//! far they are (docs/spec/casework.md, section 6).

use counterseal_model::record::{Body, Case, CaseStatus, Concerned, FollowUp};
use counterseal_model::{CaseId, Classification, Code, CompartmentId, RecordId, Term, Timestamp};
use rand_core::Rng;
use rusqlite::Connection;

use super::case_view::CaseView;
use super::malformed::{Malformation, check_case, check_concerned, malformed};
use super::written::{Recorded, at};
use super::{CaseworkRefusal, NamedPart};
use crate::desk::{Desk, RecordView};
use crate::error::NodeError;

/// A case in the making.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseTerms {
    /// What its officers call it: a code, no name.
    pub reference: Option<Code>,
    /// What was done, from the violation taxonomy.
    pub violations: Vec<Term>,
    /// Whom it is about.
    pub concerned: Vec<Concerned>,
    /// How far it is; open when left out.
    pub status: Option<CaseStatus>,
    /// What is to be done.
    pub follow_up: Vec<FollowUp>,
    /// The incidents it concerns.
    pub incidents: Vec<RecordId>,
    /// The guarded parts that belong to it.
    pub parts: Vec<NamedPart>,
}

/// Where a case is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CasePlace {
    /// The compartment of all that it says.
    pub compartment: CompartmentId,
    /// An open compartment for what may be seen without an opening: pseudonym, reference, status, what is to be done,
    /// incidents, and which parts belong to it. Not what was done, nor to whom.
    pub open_in: Option<CompartmentId>,
    /// The classification.
    pub class: Classification,
}

/// What changes of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseChange {
    /// How far it is.
    Status(CaseStatus),
    /// A guarded part belongs to it.
    Part(NamedPart),
    /// It concerns an incident.
    Incident(RecordId),
    /// It is about somebody.
    Concerned(Concerned),
    /// Something is to be done.
    FollowUp(FollowUp),
    /// Something was done: of what is to be done under this code, what is due first, or at `due`.
    Done {
        /// What.
        what: Code,
        /// When it was due; needed where the case has no open part.
        due: Option<Timestamp>,
        /// When it was done.
        at: Timestamp,
    },
}

impl Desk {
    /// Writes a new case, in one commit.
    ///
    /// # Errors
    /// `Malformed`, with the field; `OnlyGuarded` when it names people in an open compartment; when this desk may not
    /// write there.
    pub fn case_new(&mut self, terms: CaseTerms, place: CasePlace) -> Result<CaseView, NodeError> {
        let mut id = [0; CaseId::LEN];
        self.rng.fill_bytes(&mut id);
        let (id, record) = (CaseId::from_bytes(id), self.make_record_id());
        let case = Case {
            reference: terms.reference,
            violations: terms.violations,
            concerned: terms.concerned,
            status: Some(terms.status.unwrap_or(CaseStatus::Open)),
            follow_up: terms.follow_up,
            incidents: terms.incidents,
            parts: terms.parts.iter().map(at).collect(),
            ..Case::new(id)
        };
        self.check_case(&case)?;
        terms.parts.iter().try_for_each(|named| self.check_belongs(*named))?;
        let mut writes = Vec::new();
        if let Some(open) = place.open_in {
            if self.is_guarded(open) || !self.is_guarded(place.compartment) {
                return Err(malformed("case", "open-in", Malformation::OpenIn));
            }
            let shown = Case { violations: Vec::new(), concerned: Vec::new(), ..case.clone() };
            let class = place.class.min(Classification::Confidential);
            writes.push((open, self.part(record, Body::Case(Box::new(shown)), class, Vec::new())));
        }
        let guarded = self.is_guarded(place.compartment);
        let noted = Noted {
            id,
            record,
            compartment: place.compartment,
            reference: case.reference.clone(),
            parts: if place.open_in.is_none() { terms.parts } else { Vec::new() },
        };
        let body = Body::Case(Box::new(case));
        writes.push((place.compartment, self.part(record, body, place.class, Vec::new())));
        self.keep_casework(writes, Vec::new(), |tx, places| match places.last() {
            Some(own) if guarded => noted.keep(tx, Some(*own)),
            _ => Ok(()),
        })?;
        self.case(record)
    }

    /// Changes a case: in its open part where it has one and it may stand there, else as a further guarded part, which
    /// adds to those before. Nothing has to be opened for that.
    ///
    /// # Errors
    /// As `case_new`.
    pub fn change_case(
        &mut self,
        view: &CaseView,
        change: &CaseChange,
        class: Classification,
    ) -> Result<Recorded, NodeError> {
        let of_people = matches!(change, CaseChange::Concerned(_));
        match (&view.open, view.guarded) {
            (Some(open), _) if !of_people => {
                let mut case = open.case.clone();
                self.apply(&mut case, change)?;
                let body = Body::Case(Box::new(case));
                let part = self.next_part(view.record, open.compartment, body, open.class)?;
                self.keep_casework(vec![(open.compartment, part)], Vec::new(), |_, _| Ok(()))
            }
            (_, Some(compartment)) => {
                let mut piece = Case::new(view.id);
                self.apply(&mut piece, change)?;
                let noted = Noted {
                    id: view.id,
                    record: view.record,
                    compartment,
                    reference: view.reference.clone(),
                    parts: match change {
                        CaseChange::Part(named) => vec![*named],
                        _ => Vec::new(),
                    },
                };
                let part = self.part(view.record, Body::Case(Box::new(piece)), class, Vec::new());
                let writes = vec![(compartment, part)];
                self.keep_casework(writes, Vec::new(), |tx, places| noted.keep(tx, places.first().copied()))
            }
            _ => Err(CaseworkRefusal::OnlyGuarded { what: "case" }.into()),
        }
    }

    /// Goes on with a case that another desk wrote, as an opening showed it: notes where its parts are written.
    ///
    /// # Errors
    /// When the compartment is not guarded, or the disk refuses.
    pub fn take_up_case(
        &mut self,
        id: CaseId,
        record: RecordId,
        compartment: CompartmentId,
        reference: Option<Code>,
    ) -> Result<CaseView, NodeError> {
        if !self.is_guarded(compartment) {
            return Err(malformed("case", "compartment", Malformation::OpenPart));
        }
        let noted = Noted { id, record, compartment, reference, parts: Vec::new() };
        self.store.commit(|tx| noted.keep(tx, None))?;
        self.case(record)
    }

    /// What others wrote is not judged again: it may name incidents that this desk does not have.
    fn apply(&self, case: &mut Case, change: &CaseChange) -> Result<(), NodeError> {
        let bad = |field, why| Err(malformed("case", field, why));
        match change {
            CaseChange::Status(status) => case.status = Some(*status),
            CaseChange::Part(named) => {
                self.check_belongs(*named)?;
                let place = at(named);
                if case.parts.contains(&place) {
                    return bad("parts", Malformation::There);
                }
                case.parts.push(place);
            }
            CaseChange::Incident(id) => {
                if case.incidents.contains(id) {
                    return bad("incidents", Malformation::There);
                }
                self.check_incident(*id)?;
                case.incidents.push(*id);
            }
            CaseChange::Concerned(one) => {
                check_concerned(one)?;
                case.concerned.push(one.clone());
            }
            CaseChange::FollowUp(one) => case.follow_up.push(one.clone()),
            CaseChange::Done { what, due, at } => done(case, what, *due, *at)?,
        }
        Ok(())
    }

    fn check_case(&self, case: &Case) -> Result<(), NodeError> {
        let taxonomy = self.taxonomy("violation")?;
        check_case(case, |term| taxonomy.as_ref().is_some_and(|known| known.term(term.as_str()).is_some()))?;
        case.incidents.iter().try_for_each(|incident| self.check_incident(*incident))
    }

    fn check_incident(&self, id: RecordId) -> Result<(), NodeError> {
        let is_one = |view: RecordView| matches!(view.part.body, Body::Incident(_));
        if self.record(id).is_ok_and(is_one) {
            return Ok(());
        }
        Err(malformed("case", "incidents", Malformation::NoIncident))
    }

    /// Only guarded parts belong to a case: the others are found by the incident that it names.
    fn check_belongs(&self, named: NamedPart) -> Result<(), NodeError> {
        if self.is_guarded(named.compartment) {
            return Ok(());
        }
        Err(malformed("case", "parts", Malformation::OpenPart))
    }
}

/// Marks what was done. A guarded part that only adds says it anew, with what was due.
fn done(case: &mut Case, what: &Code, due: Option<Timestamp>, at: Timestamp) -> Result<(), NodeError> {
    let fits =
        |one: &&mut FollowUp| one.what == *what && one.done.is_none() && due.is_none_or(|due| one.due == due);
    if let Some(first) = case.follow_up.iter_mut().filter(fits).min_by_key(|one| one.due) {
        first.done = Some(at);
        return Ok(());
    }
    match due {
        Some(due) if case.status.is_none() => {
            let (what, by) = (what.clone(), None);
            case.follow_up.push(FollowUp { what, due, done: Some(at), by, extra: Default::default() });
            Ok(())
        }
        _ => Err(malformed("case", "follow_up", Malformation::NotThere)),
    }
}

/// What this desk notes of a case of which it writes guarded parts: no name, nothing of what was done.
struct Noted {
    id: CaseId,
    record: RecordId,
    compartment: CompartmentId,
    reference: Option<Code>,
    parts: Vec<NamedPart>,
}

impl Noted {
    fn keep(&self, tx: &Connection, own: Option<NamedPart>) -> Result<(), NodeError> {
        tx.prepare_cached(
            "INSERT INTO case_noted (record, id, compartment, reference) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (record) DO UPDATE SET reference = coalesce(?4, reference)",
        )?
        .execute((
            self.record.as_bytes(),
            self.id.as_bytes(),
            self.compartment.as_bytes(),
            self.reference.as_ref().map(Code::as_str),
        ))?;
        let mut insert = tx.prepare_cached(
            "INSERT OR IGNORE INTO case_part (record, entry, idx, compartment, own) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let belonging = self.parts.iter().map(|named| (named, false));
        for (named, own) in own.iter().map(|own| (own, true)).chain(belonging) {
            let (entry, compartment) = (named.part.entry.as_bytes(), named.compartment.as_bytes());
            insert.execute((self.record.as_bytes(), entry, named.part.index, compartment, own))?;
        }
        Ok(())
    }
}
