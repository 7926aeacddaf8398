//! The queue over the notices that this desk has.

use counterseal_model::{Code, CompartmentId, DeviceId, PersonId};
use counterseal_register::{Notice, Office, PartRef};
use rusqlite::OptionalExtension;

use super::duties::Lists;
use super::failure::MonitoringFailure;
use crate::desk::{Desk, NoticeView};
use crate::error::NodeError;
use crate::review::{PersonDay, Review, SeenApproval, SeenOpening, SeenPart, review};

/// What a reviewer sees.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Monitoring {
    /// The queue, and every person-day.
    pub review: Review,
    /// Requests of this desk's own person: they are in no queue here, somebody else reviews them.
    pub own: usize,
    /// Who else reviews: the other data-protection officers.
    pub others: Vec<PersonId>,
    /// Requests by devices that no register here names: they are in no queue, and should not be.
    pub strangers: usize,
}

impl Desk {
    /// Whether this desk's person reviews openings: a data-protection officer, or the reviewer of a section.
    #[must_use]
    pub fn is_reviewer(&self) -> bool {
        let offices = self.register.offices_of(self.person, self.moment());
        offices.iter().any(|(office, _)| matches!(office, Office::DataProtection | Office::Review))
    }

    pub(super) fn check_reviewer(&self) -> Result<(), NodeError> {
        if self.is_reviewer() { Ok(()) } else { Err(MonitoringFailure::NotReviewer.into()) }
    }

    /// Reviews the openings of which this desk has notices. It sees no others: authors, their sections' reviewers and
    /// compartments' managers are told.
    ///
    /// # Errors
    /// `NotReviewer`; when the store cannot be read.
    pub fn monitoring(&self) -> Result<Monitoring, NodeError> {
        self.check_reviewer()?;
        let (book, lists) = self.book()?;
        let mut monitoring = Monitoring { others: self.other_officers(), ..Monitoring::default() };
        let mut openings = Vec::new();
        // What was opened ahead is in the queue as read since it was opened.
        for view in self.notices()?.into_iter().filter(|view| !view.is_reading()) {
            match view.reader {
                Some(person) if person == self.person => monitoring.own += 1,
                Some(person) => openings.push(self.seen_opening(&view, person, &lists)?),
                None => monitoring.strangers += 1,
            }
        }
        monitoring.review = review(&openings, &book);
        Ok(monitoring)
    }

    /// One person-day, with what explains it and what does not.
    ///
    /// # Errors
    /// `NotReviewer`, `Yourself`, `NoSuchDay`.
    pub fn explain_day(&self, person: PersonId, day: i64) -> Result<PersonDay, NodeError> {
        self.check_reviewer()?;
        if person == self.person {
            return Err(MonitoringFailure::Yourself.into());
        }
        let found = self.monitoring()?.review.find(person, day).cloned();
        found
            .ok_or_else(|| MonitoringFailure::NoSuchDay { person: person.short(), day: day_text(day) }.into())
    }

    fn other_officers(&self) -> Vec<PersonId> {
        let mut officers = self.register.officers(Office::DataProtection, None, self.moment());
        officers.retain(|officer| *officer != self.person);
        officers
    }

    fn seen_opening(
        &self,
        view: &NoticeView,
        person: PersonId,
        lists: &Lists,
    ) -> Result<SeenOpening, NodeError> {
        let notice = &view.notice;
        let parts = notice.parts.iter().map(|part| self.seen_part(*part, lists));
        Ok(SeenOpening {
            request: view.request,
            person,
            at: notice.time,
            purpose: notice.purpose.clone(),
            case: notice.case.map(|case| case.0),
            parts: parts.collect::<Result<_, _>>()?,
            emergency: notice.emergency,
            approvals: self.seen_approvals(notice),
        })
    }

    fn seen_approvals(&self, notice: &Notice) -> Vec<SeenApproval> {
        let one = |seen: &counterseal_register::ApprovalSeen| {
            let after = seen.made.0.saturating_sub(notice.made.0);
            Some(SeenApproval { approver: self.person_of(seen.approver)?, after })
        };
        notice.approvals.iter().filter_map(one).collect()
    }

    fn seen_part(&self, part: PartRef, lists: &Lists) -> Result<SeenPart, NodeError> {
        let found: Option<([u8; 32], [u8; 16])> = self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT device, compartment FROM entry WHERE id = ?1")?;
            Ok::<_, NodeError>(find.query_row([part.entry.as_bytes()], |row| row.try_into()).optional()?)
        })?;
        let case = lists.cases.get(&part).copied();
        // A part that has not reached this desk is of no area that anything could explain.
        let Some((author, compartment)) = found else {
            let compartment = CompartmentId::from_bytes([0; CompartmentId::LEN]);
            return Ok(SeenPart { part, compartment, area: None, case });
        };
        let compartment = CompartmentId::from_bytes(compartment);
        let area = self.area_of(DeviceId::from_bytes(author), compartment, lists);
        Ok(SeenPart { part, compartment, area, case })
    }

    /// The area that the book names for the compartment or for the author's section; else the section itself.
    fn area_of(&self, author: DeviceId, compartment: CompartmentId, lists: &Lists) -> Option<Code> {
        if let Some(area) = lists.compartments.get(&compartment) {
            return Some(area.clone());
        }
        let section = self.register.section_of(self.person_of(author)?, self.moment())?;
        lists.sections.get(&section).cloned().or_else(|| Code::parse(&section.to_string()))
    }
}

pub(super) fn day_text(day: i64) -> String {
    counterseal_model::Timestamp(day.saturating_mul(counterseal_model::Timestamp::DAY)).date_text()
}
