//! Emergency openings are reviewed the next day: each stands in the queue until somebody who reviews has answered it.

use std::collections::BTreeMap;

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, PersonId, RecordId, Term, Timestamp};
use counterseal_register::Office;

use super::failure::MonitoringFailure;
use crate::desk::Desk;
use crate::error::NodeError;

/// Who answered, when, and what.
type Answer = (PersonId, Timestamp, String);

pub(super) const ANSWERED: &str = "review-emergency";

/// An opening for which an emergency was claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emergency {
    /// What names the request.
    pub request: [u8; 32],
    /// Who asked.
    pub person: PersonId,
    /// When, by the trustees' reckoning.
    pub at: Timestamp,
    /// Parts of which notices tell.
    pub parts: usize,
    /// By when somebody should have answered: the end of the next day, UTC.
    pub due: Timestamp,
    /// Who answered, when, and what, if somebody did.
    pub answer: Option<(PersonId, Timestamp, String)>,
}

impl Desk {
    /// The emergency openings of which this desk has notices, the oldest first; this desk's own person's are others' to
    /// answer, and are left out.
    ///
    /// # Errors
    /// `NotReviewer`; when the store cannot be read.
    pub fn emergencies(&self) -> Result<Vec<Emergency>, NodeError> {
        self.check_reviewer()?;
        let answers = self.emergency_answers()?;
        let mut all = Vec::new();
        for view in self.notices()?.into_iter().filter(|view| view.notice.emergency) {
            let Some(person) = view.reader.filter(|person| *person != self.person) else { continue };
            let at = view.notice.time;
            let next = at.0.div_euclid(Timestamp::DAY).saturating_add(2).saturating_mul(Timestamp::DAY);
            let answer = answers.get(&view.request).and_then(|answers| {
                // Nobody answers for themselves.
                answers.iter().find(|(by, ..)| *by != person).cloned()
            });
            let due = Timestamp(next.saturating_sub(1));
            let parts = view.notice.parts.len();
            all.push(Emergency { request: view.request, person, at, parts, due, answer });
        }
        all.sort_by_key(|one| (one.at, one.request));
        Ok(all)
    }

    /// Answers an emergency opening, in a compartment that reviewers read: whether it was one, and why.
    ///
    /// # Errors
    /// `NotReviewer`, `NoSuchEmergency`; when this desk may not write there.
    pub fn answer_emergency(
        &mut self,
        prefix: &str,
        compartment: CompartmentId,
        text: &str,
    ) -> Result<RecordId, NodeError> {
        let prefix = prefix.to_ascii_lowercase();
        let mut found = self.emergencies()?;
        found.retain(|one| hex::encode(one.request).starts_with(&prefix));
        let ([one], true) = (found.as_slice(), prefix.len() >= 4) else {
            return Err(MonitoringFailure::NoSuchEmergency { prefix, count: found.len() }.into());
        };
        let text = format!("{}\n{text}", hex::encode(one.request));
        let tags = Term::from_text(ANSWERED).into_iter().collect();
        let body = Body::Note(Box::new(Note { text, tags, ..Note::default() }));
        self.record_new(compartment, body, Classification::StrictlyConfidential)
    }

    /// What reviewers answered, by request. Whoever else writes such a note answers nothing.
    fn emergency_answers(&self) -> Result<BTreeMap<[u8; 32], Vec<Answer>>, NodeError> {
        let at = self.moment();
        let mut all = BTreeMap::<_, Vec<_>>::new();
        for answer in self.tagged_records(ANSWERED)? {
            let Some(by) = self.person_of(answer.device) else { continue };
            let may = |(office, _): &(Office, _)| matches!(office, Office::DataProtection | Office::Review);
            let Some((request, text)) = answer.note.text.split_once('\n') else { continue };
            let mut hash = [0; 32];
            if hex::decode_to_slice(request, &mut hash).is_ok()
                && self.register.offices_of(by, at).iter().any(may)
            {
                all.entry(hash).or_default().push((by, answer.made, text.to_owned()));
            }
        }
        Ok(all)
    }

    /// The requests that stand in the queue until they are answered: their notices are kept.
    pub(super) fn unanswered_emergencies(&self) -> Result<Vec<[u8; 32]>, NodeError> {
        if !self.is_reviewer() {
            return Ok(Vec::new());
        }
        let open = self.emergencies()?.into_iter().filter(|one| one.answer.is_none());
        Ok(open.map(|one| one.request).collect())
    }
}
