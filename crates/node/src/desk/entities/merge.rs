//! Saying that two records are one, and taking it back. Both are versions of a link: nothing is rewritten, and everyone who
//! reads its compartment sees who said what and when.

use std::collections::BTreeMap;

use counterseal_model::record::{Body, Entity, Link, Part};
use counterseal_model::{Classification, CompartmentId, Grading, RecordId, Term};

use super::identity::sayings_of;
use super::refusal::SameRefusal;
use crate::desk::read::{RecordView, view};
use crate::desk::{Desk, VersionView};
use crate::error::NodeError;
use crate::index::{NOT_SAME, SAME};

/// Two records that are one, and where that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeTerms {
    /// The first.
    pub one: RecordId,
    /// The second.
    pub other: RecordId,
    /// Who shall read it; left out, a compartment that has a part of both.
    pub compartment: Option<CompartmentId>,
    /// How sensitive it is; left out, as the more sensitive of the two.
    pub classification: Option<Classification>,
    /// How good the information is.
    pub grading: Option<Grading>,
    /// Why.
    pub note: Option<String>,
}

impl MergeTerms {
    /// Two records, and nothing more.
    #[must_use]
    pub fn new(one: RecordId, other: RecordId) -> Self {
        Self { one, other, compartment: None, classification: None, grading: None, note: None }
    }
}

impl Desk {
    /// Says that two entities are one: from now on their links and incidents are found as one's. Gives the link that says
    /// so. It is durable when this returns.
    ///
    /// # Errors
    /// `NoRecord`, `SameRefusal`, or when this desk may not write there.
    pub fn merge_entities(&mut self, terms: MergeTerms) -> Result<RecordId, NodeError> {
        let MergeTerms { one, other, .. } = terms;
        if one == other {
            return Err(SameRefusal::Itself { record: one }.into());
        }
        let (first, second) = (self.record(one)?, self.record(other)?);
        let (is, other_is) = (kind_of(&first), kind_of(&second));
        if entity_of(&first).zip(entity_of(&second)).is_none() || is != other_is {
            return Err(SameRefusal::OtherKinds { record: one, is, other, other_is }.into());
        }
        let said = self.links_that_say(one, Some(other))?;
        if said.iter().any(|link| says(&link.part.body, SAME)) {
            return Err(SameRefusal::Already { record: one, other }.into());
        }
        let compartment = match terms.compartment {
            Some(compartment) => compartment,
            None => self.where_both_are(&first, &second)?,
        };
        if self.is_guarded(compartment) {
            return Err(SameRefusal::Guarded { compartment }.into());
        }
        let least = self.default_class(compartment);
        let class = first.part.classification.max(second.part.classification).max(least);
        let class = terms.classification.unwrap_or(class);
        let kind = Term::from_text(SAME).ok_or(NodeError::NoParts)?;
        let link = Link {
            kind,
            from: one,
            to: other,
            when: None,
            grading: terms.grading,
            note: terms.note,
            extra: Default::default(),
        };
        let body = Body::Link(Box::new(link));
        // Whoever took it back in this compartment is answered there.
        let is_there =
            |link: &&RecordView| link.shown.iter().any(|version| version.compartment == compartment);
        match said.iter().find(is_there) {
            Some(link) => {
                let id = link.id();
                self.edit(id, compartment, body, class)?;
                Ok(id)
            }
            None => self.record_new(compartment, body, class),
        }
    }

    /// Takes back that a record is one with `from`, or where that is left out with any other, in every compartment in
    /// which it is said, all at once. Gives the links that said so.
    ///
    /// # Errors
    /// `NoRecord`, `SameRefusal::NotSaid`, or when this desk may not write in one of those compartments.
    pub fn split_entity(
        &mut self,
        record: RecordId,
        from: Option<RecordId>,
        note: Option<&str>,
    ) -> Result<Vec<RecordId>, NodeError> {
        let not = Term::from_text(NOT_SAME).ok_or(NodeError::NoParts)?;
        let mut parts: BTreeMap<CompartmentId, Vec<Part>> = BTreeMap::new();
        let mut links = Vec::new();
        for link in self.links_that_say(record, from)? {
            for version in link.shown.iter().filter(|version| says(&version.part.body, SAME)) {
                let part = self.taken_back(version, &not, note)?;
                parts.entry(version.compartment).or_default().push(part);
                links.push(link.id());
            }
        }
        links.dedup();
        if links.is_empty() {
            return Err(SameRefusal::NotSaid { record }.into());
        }
        let kept = self.keep_all(parts);
        if kept.is_err() {
            self.drop_unkept()?;
        }
        kept.map(|()| links)
    }

    fn keep_all(&mut self, parts: BTreeMap<CompartmentId, Vec<Part>>) -> Result<(), NodeError> {
        let mut sealed = Vec::new();
        for (compartment, parts) in parts {
            sealed.push(self.seal(compartment, parts)?);
        }
        self.keep(&sealed)
    }

    /// The version that says of a link's two records that they are not one.
    fn taken_back(&self, version: &VersionView, not: &Term, note: Option<&str>) -> Result<Part, NodeError> {
        let Body::Link(link) = &version.part.body else { return Err(NodeError::NoParts) };
        let mut link = link.clone();
        link.kind = not.clone();
        link.note = note.map(str::to_owned);
        let class = version.part.classification;
        self.next_part(version.part.record, version.compartment, Body::Link(link), class)
    }

    /// The links that say of a record, and of another if one is named, that they are or are not one.
    fn links_that_say(
        &self,
        record: RecordId,
        other: Option<RecordId>,
    ) -> Result<Vec<RecordView>, NodeError> {
        let number = self.record_number(record)?;
        let reader = self.reader();
        let links = self.store.read(|db| {
            let numbers = sayings_of(db, number)?;
            numbers.into_iter().map(|link| view(db, &reader, link)).collect::<Result<Vec<_>, NodeError>>()
        })?;
        let names = |link: &RecordView| {
            let Body::Link(link) = &link.part.body else { return false };
            other.is_none_or(|other| link.from == other || link.to == other)
        };
        Ok(links.into_iter().filter(names).collect())
    }

    /// A compartment that has a part of both and that this desk writes in.
    fn where_both_are(&self, one: &RecordView, other: &RecordView) -> Result<CompartmentId, NodeError> {
        let mine: Vec<_> =
            self.compartments().into_iter().filter(|view| view.mine).map(|view| view.id).collect();
        let has = |record: &RecordView, id| record.shown.iter().any(|version| version.compartment == id);
        let both = mine.into_iter().find(|id| has(one, *id) && has(other, *id));
        both.ok_or_else(|| SameRefusal::Where { record: one.id(), other: other.id() }.into())
    }
}

fn says(body: &Body, kind: &str) -> bool {
    matches!(body, Body::Link(link) if link.kind.as_str() == kind)
}

fn entity_of(record: &RecordView) -> Option<&Entity> {
    match &record.part.body {
        Body::Entity(entity) => Some(entity),
        _ => None,
    }
}

/// What a record is: of entities which, of others the kind of record.
fn kind_of(record: &RecordView) -> &'static str {
    entity_of(record).map_or_else(|| record.part.body.kind().word(), |entity| entity.kind.word())
}
