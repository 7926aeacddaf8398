//! The right of reply: a reviewer asks a person about a day in a compartment that both read, and the person answers
//! there. Both are records: signed by their desks' journals, and nobody can change another's word unseen.

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, PersonId, RecordId, Term, Timestamp};
use counterseal_register::Office;

use super::emergency::ANSWERED;
use super::failure::MonitoringFailure;
use super::queue::day_text;
use crate::desk::Desk;
use crate::error::NodeError;

const ASKED: &str = "review-question";
const REPLIED: &str = "review-reply";

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewReply {
    /// Who.
    pub by: PersonId,
    /// When, by their clock.
    pub at: Timestamp,
    /// What they say.
    pub text: String,
}

/// A question about a person-day, with what was replied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewTalk {
    /// What names it.
    pub record: RecordId,
    /// Where it stands.
    pub compartment: CompartmentId,
    /// Whom it is about.
    pub person: PersonId,
    /// The day, in days since 1970-01-01.
    pub day: i64,
    /// Who asks.
    pub by: PersonId,
    /// When, by their clock.
    pub at: Timestamp,
    /// What was found, in words.
    pub text: String,
    /// Replies, in the order in which they came.
    pub replies: Vec<ReviewReply>,
}

impl Desk {
    /// Asks a person about a day, with what was found, in a compartment that both read.
    ///
    /// # Errors
    /// `NotReviewer`, `Yourself`, `NoSuchDay`, `CannotRead`; when this desk may not write there.
    pub fn ask_about_day(
        &mut self,
        person: PersonId,
        day: i64,
        compartment: CompartmentId,
        found: &str,
    ) -> Result<RecordId, NodeError> {
        self.explain_day(person, day)?;
        let at = self.moment();
        let epoch = self.register.write_epoch(compartment, at).and_then(|id| self.register.epoch(id));
        let epoch = epoch.ok_or(NodeError::NotAMember(compartment))?;
        let reads = epoch.roster().iter().any(|device| self.person_of(*device) == Some(person));
        if !reads {
            let (person, compartment) = (person.short(), compartment.short());
            return Err(MonitoringFailure::CannotRead { person, compartment }.into());
        }
        let text = format!("{person} {}\n{found}", day_text(day));
        self.record_new(compartment, note(ASKED, None, text), Classification::StrictlyConfidential)
    }

    /// Replies to a question: the person it is about, or another reviewer.
    ///
    /// # Errors
    /// `NoSuchTalk` when none that concerns this desk's person begins so, or several; when this desk may not write.
    pub fn reply_in_review(&mut self, prefix: &str, text: &str) -> Result<RecordId, NodeError> {
        let prefix = prefix.to_ascii_lowercase();
        let mut found = self.review_talks()?;
        found.retain(|talk| talk.record.to_string().starts_with(&prefix));
        let ([talk], true) = (found.as_slice(), prefix.len() >= 4) else {
            return Err(MonitoringFailure::NoSuchTalk { prefix, count: found.len() }.into());
        };
        let (compartment, about) = (talk.compartment, Some(talk.record));
        self.record_new(
            compartment,
            note(REPLIED, about, text.to_owned()),
            Classification::StrictlyConfidential,
        )
    }

    /// The questions that concern this desk's person: those about them, and for reviewers all that they can read. What
    /// is no reviewer's, or one about themselves, is no question.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn review_talks(&self) -> Result<Vec<ReviewTalk>, NodeError> {
        let (at, reviewer) = (self.moment(), self.is_reviewer());
        let mut talks = Vec::new();
        for asked in self.tagged_records(ASKED)? {
            let Some(by) = self.person_of(asked.device) else { continue };
            let Some((person, day, text)) = read_question(&asked.note.text) else { continue };
            let offices = self.register.offices_of(by, at);
            let may = |(office, _): &(Office, _)| matches!(office, Office::DataProtection | Office::Review);
            if by == person || !offices.iter().any(may) || !(reviewer || person == self.person) {
                continue;
            }
            let (record, compartment, at) = (asked.record, asked.compartment, asked.made);
            let replies = Vec::new();
            talks.push(ReviewTalk { record, compartment, person, day, by, at, text, replies });
        }
        for reply in self.tagged_records(REPLIED)? {
            let talk = talks.iter_mut().find(|talk| Some(talk.record) == reply.note.about);
            let (Some(talk), Some(by)) = (talk, self.person_of(reply.device)) else { continue };
            let is_reviewer = self
                .register
                .offices_of(by, at)
                .iter()
                .any(|(office, _)| matches!(office, Office::DataProtection | Office::Review));
            // Whoever else is in the compartment speaks for nobody here.
            if reply.compartment == talk.compartment
                && (by == talk.person || is_reviewer)
                && !reply.note.text.is_empty()
            {
                talk.replies.push(ReviewReply { by, at: reply.made, text: reply.note.text });
            }
        }
        Ok(talks)
    }

    /// Replaces this desk's own questions and replies that are older by empty ones.
    pub(super) fn forget_talks(&mut self, before: Timestamp) -> Result<u64, NodeError> {
        let (mut gone, device) = (0, self.device());
        for tag in [ASKED, REPLIED, ANSWERED] {
            for old in self.tagged_records(tag)? {
                if old.device == device && old.made < before && !old.note.text.is_empty() {
                    let empty = note(tag, old.note.about, String::new());
                    self.edit(old.record, old.compartment, empty, Classification::StrictlyConfidential)?;
                    gone += 1;
                }
            }
        }
        Ok(gone)
    }
}

fn note(tag: &str, about: Option<RecordId>, text: String) -> Body {
    let tags = Term::from_text(tag).into_iter().collect();
    Body::Note(Box::new(Note { about, text, tags, ..Note::default() }))
}

/// Whom and which day a question is about, and what it says.
fn read_question(text: &str) -> Option<(PersonId, i64, String)> {
    let (head, text) = text.split_once('\n')?;
    let (person, day) = head.split_once(' ')?;
    let (at, _) = counterseal_model::dtg::read_moment(day, None).ok()?;
    Some((person.parse().ok()?, at.0.div_euclid(Timestamp::DAY), text.to_owned()))
}
