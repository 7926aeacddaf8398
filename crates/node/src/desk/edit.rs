//! Recording by hand: new records, new versions, conflicts resolved, text moved to another part.

use counterseal_model::record::{Body, ExternalRef, Incident, Part};
use counterseal_model::{Classification, CompartmentId, Heads, RecordId, Timestamp, VersionId};

use super::external::record_of;
use super::{Desk, VersionView};
use crate::error::NodeError;
use crate::guard::{Concern, Guard, Rules};

/// A field of an incident that can be moved to a part in another compartment as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Movable {
    /// The title.
    Title,
    /// The narrative.
    Narrative,
    /// The place, with everything said of it.
    Place,
    /// The open sources.
    Sources,
    /// Who took part.
    Actors,
    /// What the mission did.
    Response,
}

impl Movable {
    /// Every field that can be moved, with its word.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Title, "title"),
        (Self::Narrative, "narrative"),
        (Self::Place, "place"),
        (Self::Sources, "sources"),
        (Self::Actors, "actors"),
        (Self::Response, "response"),
    ];

    /// The field a word names; `place.description` is part of `place`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let field = word.split('.').next().unwrap_or(word);
        Self::ALL.iter().find(|(_, known)| *known == field).map(|(field, _)| *field)
    }

    /// Exchanges the field between two incidents.
    pub(super) fn swap(self, one: &mut Incident, other: &mut Incident) {
        match self {
            Self::Title => std::mem::swap(&mut one.title, &mut other.title),
            Self::Narrative => std::mem::swap(&mut one.narrative, &mut other.narrative),
            Self::Place => std::mem::swap(&mut one.place, &mut other.place),
            Self::Sources => std::mem::swap(&mut one.sources, &mut other.sources),
            Self::Actors => std::mem::swap(&mut one.actors, &mut other.actors),
            Self::Response => std::mem::swap(&mut one.response, &mut other.response),
        }
    }
}

impl Desk {
    /// Records something new; gives its id, which follows from its external reference if it has one.
    ///
    /// # Errors
    /// When this desk may not write there; `OtherKind` when the reference is another record's.
    pub fn record_new(
        &mut self,
        compartment: CompartmentId,
        body: Body,
        classification: Classification,
    ) -> Result<RecordId, NodeError> {
        let id = match first_reference(&body) {
            Some(external) => match self.external_record(external)? {
                Some(known) => {
                    self.edit(known, compartment, body, classification)?;
                    return Ok(known);
                }
                None => record_of(self.mission(), external),
            },
            None => self.make_record_id(),
        };
        let part = self.part(id, body, classification, Vec::new());
        self.write(compartment, vec![part])?;
        Ok(id)
    }

    /// Writes a new version of a record's part in a compartment. It replaces every newest version
    /// there, so that editing a record in conflict resolves it.
    ///
    /// # Errors
    /// `NoRecord`, `OtherKind`, or when this desk may not write there.
    pub fn edit(
        &mut self,
        id: RecordId,
        compartment: CompartmentId,
        body: Body,
        classification: Classification,
    ) -> Result<(), NodeError> {
        let part = self.next_part(id, compartment, body, classification)?;
        self.write(compartment, vec![part])
    }

    /// The part with which `edit` replaces what is newest.
    pub(super) fn next_part(
        &self,
        id: RecordId,
        compartment: CompartmentId,
        body: Body,
        classification: Classification,
    ) -> Result<Part, NodeError> {
        let history = self.history(id)?;
        if let Some(first) = history.first() {
            let (is, given) = (first.part.body.kind().word(), body.kind().word());
            if is != given {
                return Err(NodeError::OtherKind { record: id, is, given });
            }
        }
        let heads = heads_in(&history, compartment);
        let replaced: Vec<_> = history
            .iter()
            .filter(|v| v.compartment == compartment && heads.all().contains(&v.version))
            .collect();
        let mut part = self.next_version(&replaced, body, classification);
        part.record = id;
        Ok(part)
    }

    /// Moves a field of an incident out of its part in one compartment into a part in another, in
    /// one commit. What stood there stays in the history that members of the first already have.
    ///
    /// # Errors
    /// `NoRecord`, `OtherKind`, `InConflict`, `FieldTaken`, `SamePlace`, or when this desk may not
    /// write in both.
    pub fn move_field(
        &mut self,
        id: RecordId,
        field: Movable,
        from: CompartmentId,
        to: CompartmentId,
    ) -> Result<(), NodeError> {
        if from == to {
            return Err(NodeError::SamePlace);
        }
        let history = self.history(id)?;
        let (source, there) = (only_head(id, &history, from)?, only_head(id, &history, to)?);
        let Some(source) = source else { return Err(NodeError::NoRecord(id)) };
        let (mut left, mut moved) = (incident_of(id, source)?.clone(), Incident::default());
        if let Some(there) = there {
            moved = incident_of(id, there)?.clone(); // whatever else stands there stays
            let mut rest = moved.clone();
            field.swap(&mut rest, &mut Incident::default());
            if rest != moved {
                return Err(NodeError::FieldTaken(id));
            }
        }
        field.swap(&mut left, &mut moved);
        let least = source.part.classification;
        let class = there.map_or(least, |there| there.part.classification.max(least));
        let left = self.next_version(&[source], Body::Incident(Box::new(left)), least);
        let mut moved = self.next_version(there.as_slice(), Body::Incident(Box::new(moved)), class);
        moved.record = id;
        moved.synthetic |= source.part.synthetic;
        let kept = self.keep_both((to, moved), (from, left));
        if kept.is_err() {
            self.drop_unkept()?;
        }
        kept
    }

    fn keep_both(
        &mut self,
        first: (CompartmentId, Part),
        second: (CompartmentId, Part),
    ) -> Result<(), NodeError> {
        let sealed = [self.seal(first.0, vec![first.1])?, self.seal(second.0, vec![second.1])?];
        self.keep(&sealed)
    }

    /// The version that follows `heads`, with the labels that must not be lost on the way.
    fn next_version(&self, heads: &[&VersionView], body: Body, classification: Classification) -> Part {
        let parents = heads.iter().map(|head| head.version).collect();
        let record = heads.first().map_or(RecordId::from_bytes([0; 16]), |head| head.part.record);
        let mut part = self.part(record, body, classification, parents);
        part.synthetic |= heads.iter().any(|head| head.part.synthetic);
        part.tlp = heads.iter().filter_map(|head| head.part.tlp).max();
        part.derived = heads.iter().find_map(|head| head.part.derived.clone());
        part
    }

    /// The classification that a new part starts with, as its compartment's charter says.
    #[must_use]
    pub fn default_class(&self, compartment: CompartmentId) -> Classification {
        let charter = self.register.charter(compartment, self.moment());
        charter.and_then(|charter| charter.default_classification).unwrap_or(Classification::Confidential)
    }

    /// What the guard would point out if this stood in an open compartment.
    ///
    /// # Errors
    /// When the store cannot be read or the mission's rules are damaged.
    pub fn concerns(&self, body: &Body) -> Result<Vec<Concern>, NodeError> {
        Ok(self.guard()?.check(body))
    }

    /// The guard, with the mission's rules and the persons known to it.
    ///
    /// # Errors
    /// When the store cannot be read or the mission's rules are damaged.
    pub fn guard(&self) -> Result<Guard, NodeError> {
        let own = self.store.read(|db| super::local::get(db, super::local::GUARD_RULES))?;
        let rules = match own {
            Some(text) => Rules::parse(&String::from_utf8_lossy(&text))?,
            None => Rules::shipped()?,
        };
        let names = self.known_names()?;
        Ok(Guard::new(rules, names.iter().map(String::as_str)))
    }

    /// Replaces the guard's rules on this desk with a rule file of a higher version.
    ///
    /// # Errors
    /// When the file is refused or its version is not higher.
    pub fn set_guard_rules(&mut self, text: &str) -> Result<(), NodeError> {
        let rules = Rules::parse(text)?;
        let now = self.guard()?.version();
        if rules.version <= now {
            let reason = format!("its version {} is not higher than {now}, which is in use", rules.version);
            return Err(crate::guard::BadRules::Form(reason).into());
        }
        self.store.commit(|tx| super::local::set(tx, super::local::GUARD_RULES, text.as_bytes()))
    }

    pub(crate) fn part(
        &self,
        id: RecordId,
        body: Body,
        classification: Classification,
        parents: Vec<VersionId>,
    ) -> Part {
        let synthetic = self.register.is_synthetic();
        let made: Timestamp = self.now();
        Part { parents, synthetic, ..Part::first(id, body, made, classification) }
    }
}

/// The one newest version of a record's part in a compartment; none where it has no part there.
fn only_head(
    id: RecordId,
    history: &[VersionView],
    compartment: CompartmentId,
) -> Result<Option<&VersionView>, NodeError> {
    match heads_in(history, compartment) {
        Heads::None => Ok(None),
        Heads::One(head) => Ok(history.iter().find(|v| v.compartment == compartment && v.version == head)),
        Heads::Conflict(_) => Err(NodeError::InConflict(id)),
    }
}

fn incident_of(id: RecordId, version: &VersionView) -> Result<&Incident, NodeError> {
    match &version.part.body {
        Body::Incident(incident) => Ok(incident),
        other => Err(NodeError::OtherKind { record: id, is: other.kind().word(), given: "incident" }),
    }
}

/// The newest versions of a record's part in one compartment.
pub(crate) fn heads_in(history: &[VersionView], compartment: CompartmentId) -> Heads {
    let there = history.iter().filter(|version| version.compartment == compartment);
    Heads::of(there.map(|version| (version.version, version.part.parents.as_slice())))
}

fn first_reference(body: &Body) -> Option<&ExternalRef> {
    match body {
        Body::Incident(incident) => incident.external.first(),
        Body::Entity(entity) => entity.external.first(),
        _ => None,
    }
}
