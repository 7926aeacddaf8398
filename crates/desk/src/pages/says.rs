//! Everything that a record says, line by line.

use counterseal_model::record::{
    Act, Body, Casualties, Damage, Displacement, Entity, ExternalRef, Incident, Involved, Link, Note,
    Response,
};
use counterseal_model::{Grading, Occurred, PersonId, Place, RecordId, Term, Verification};
use counterseal_node::{Desk, NodeError};
use counterseal_register::Subject;

use super::casework;
use super::lines::date;
use crate::labels::{Labels, finer};
use crate::words::Words;

/// One line of a record.
pub(super) struct Line {
    /// The key of what it is.
    pub(super) key: &'static str,
    /// What it says.
    pub(super) text: String,
    /// The record that it names.
    pub(super) record: Option<RecordId>,
}

/// Everything a body says, with the names of those who took part.
pub(super) fn lines(words: Words, desk: &Desk, body: &Body) -> Result<Vec<Line>, NodeError> {
    if let Some(lines) = casework::says::lines(words, desk, body)? {
        return Ok(lines);
    }
    let mut says = Says { words, labels: Labels::of(words, desk), lines: Vec::new() };
    match body {
        Body::Incident(incident) => says.incident(desk, incident)?,
        Body::Entity(entity) => says.entity(entity),
        Body::Note(note) => says.note(note),
        Body::Link(link) => says.link(link),
        Body::Source(source) => says.add("field-title", Some(source.pseudonym.clone())),
        Body::Export(export) => {
            says.add("field-title", Some(format!("{} ({})", export.query, export.format)))
        }
        Body::Taxonomy(_)
        | Body::Case(_)
        | Body::Basis(_)
        | Body::Consent(_)
        | Body::Agreement(_)
        | Body::ConsentEvent(_) => {
            says.add("field-kind", Some(words.kind(body.kind())));
        }
    }
    Ok(says.lines)
}

/// As `lines`, with what the page says in its heading: for one version beside another.
pub(super) fn every_line(words: Words, desk: &Desk, body: &Body) -> Result<Vec<Line>, NodeError> {
    let mut all = Vec::new();
    let heading = match body {
        Body::Incident(incident) => incident.title.clone(),
        Body::Entity(entity) => Some(entity.name.clone()),
        _ => None,
    };
    all.extend(heading.map(|text| Line { key: "field-title", text, record: None }));
    all.extend(lines(words, desk, body)?);
    Ok(all)
}

/// A grading and what it means, who judged so, and on what basis.
pub(super) fn grading_line(words: Words, desk: &Desk, grading: &Grading) -> String {
    let by = grading.by.map(|person| person_name(desk, person));
    [Some(words.grading(grading)), by, grading.basis.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// How far something was checked, by whom and when.
pub(super) fn verification_line(words: Words, desk: &Desk, verification: &Verification) -> String {
    let by = verification.by.map(|person| person_name(desk, person));
    let at = verification.at.map(|at| words.date(at));
    [Some(words.verification(verification.status)), by, at]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn person_name(desk: &Desk, person: PersonId) -> String {
    desk.name_of(Subject::Person(person)).map_or_else(|| person.short(), |name| name.to_string())
}

struct Says<'a> {
    words: Words,
    labels: Labels<'a>,
    lines: Vec<Line>,
}

impl Says<'_> {
    fn add(&mut self, key: &'static str, text: Option<String>) {
        self.add_of(key, text, None);
    }

    fn add_of(&mut self, key: &'static str, text: Option<String>, record: Option<RecordId>) {
        let said = text.filter(|text| !text.is_empty());
        self.lines.extend(said.map(|text| Line { key, text, record }));
    }

    fn term(&mut self, key: &'static str, taxonomy: &'static str, term: Option<&Term>) {
        self.add(key, term.map(|term| self.labels.term(taxonomy, term.as_str())));
    }

    /// Words of people's own, in no taxonomy.
    fn tags(&mut self, tags: &[Term]) {
        let tags = tags.iter().map(ToString::to_string).collect::<Vec<_>>();
        self.add("field-tags", Some(tags.join(self.words.comma())));
    }

    fn date(&mut self, when: Option<&Occurred>) {
        self.add("field-date", when.map(|when| date(self.words, when)));
    }

    fn grading(&mut self, grading: Option<&Grading>) {
        self.add("field-grading", grading.map(|grading| self.words.grading(grading)));
    }

    fn external(&mut self, all: &[ExternalRef]) {
        for external in all {
            self.add("field-external", Some(format!("{} {}", external.system, external.id)));
        }
    }

    fn incident(&mut self, desk: &Desk, incident: &Incident) -> Result<(), NodeError> {
        self.add("field-reference", incident.reference.clone());
        self.external(&incident.external);
        self.date(incident.occurred.as_ref());
        self.term("field-kind", "incident-type", incident.kind.as_ref());
        self.term("field-subtype", "incident-type", incident.subtype.as_ref());
        self.add("field-place", incident.place.as_ref().map(|place| place_line(self.words, place)));
        self.add("field-narrative", incident.narrative.clone());
        for involved in &incident.actors {
            self.involved(desk, involved)?;
        }
        incident.acts.iter().for_each(|act| self.add("field-act", Some(act_line(&self.labels, act))));
        incident
            .damage
            .iter()
            .for_each(|damage| self.add("field-damage", Some(damage_line(&self.labels, damage))));
        for displaced in &incident.displacement {
            self.add("field-displacement", Some(displacement_line(self.words, displaced)));
        }
        for casualties in &incident.casualties {
            self.add("field-casualties", Some(casualties_line(self.words, &self.labels, casualties)));
        }
        self.add("field-weapons", Some(self.labels.terms("weapon", &incident.weapons)));
        self.tags(&incident.tags);
        self.add("field-un", incident.un_affected.then(|| self.words.text("yes")));
        for response in &incident.response {
            self.add("field-response", Some(response_line(&self.labels, response)));
        }
        incident.sources.iter().for_each(|source| self.add("field-source", Some(source.clone())));
        let words = self.words;
        self.add(
            "field-grading",
            incident.grading.as_ref().map(|grading| grading_line(words, desk, grading)),
        );
        let verified = incident.verification.as_ref();
        self.add("field-verified", verified.map(|verified| verification_line(words, desk, verified)));
        self.add_of("field-same", incident.duplicate_of.map(|id| id.short()), incident.duplicate_of);
        for (name, value) in &incident.attributes {
            self.add("field-attribute", Some(format!("{name}: {value}")));
        }
        self.add("field-reported", incident.reported.map(|at| words.moment(at)));
        Ok(())
    }

    fn involved(&mut self, desk: &Desk, involved: &Involved) -> Result<(), NodeError> {
        let known = involved.entity.map(|id| desk.entity_name(id)).transpose()?.flatten();
        let record = involved.entity.filter(|_| known.is_some());
        let name = known.or_else(|| involved.name.clone()).unwrap_or_else(|| "?".to_owned());
        let role = involved
            .role
            .as_ref()
            .map(|role| self.labels.term("actor-role", role.as_str()) + self.words.colon())
            .unwrap_or_default();
        self.add_of("field-actor", Some(format!("{role}{name}")), record);
        Ok(())
    }

    fn entity(&mut self, entity: &Entity) {
        self.add("field-kind", Some(self.words.entity_kind(entity.kind)));
        let subtype = entity.subtype.as_ref();
        match finer(entity.kind) {
            Some(taxonomy) => self.term("field-subtype", taxonomy, subtype),
            None => self.add("field-subtype", subtype.map(ToString::to_string)),
        }
        entity.variants.iter().for_each(|variant| self.add("field-also", Some(variant.name.clone())));
        self.external(&entity.external);
        self.add("field-identifier", entity.identifier.clone());
        self.add("field-place", entity.place.as_ref().map(|place| place_line(self.words, place)));
        self.add("field-description", entity.description.clone());
        self.tags(&entity.tags);
        self.grading(entity.grading.as_ref());
    }

    fn note(&mut self, note: &Note) {
        self.add("field-narrative", Some(note.text.clone()));
        self.tags(&note.tags);
        self.add_of("field-about", note.about.map(|id| id.short()), note.about);
    }

    fn link(&mut self, link: &Link) {
        self.term("field-kind", "link-kind", Some(&link.kind));
        self.add_of("field-from", Some(link.from.short()), Some(link.from));
        self.add_of("field-to", Some(link.to.short()), Some(link.to));
        self.date(link.when.as_ref());
        self.add("field-narrative", link.note.clone());
        self.grading(link.grading.as_ref());
    }
}

fn response_line(labels: &Labels<'_>, response: &Response) -> String {
    let action = response.action.as_ref().map(|action| labels.term("response-action", action.as_str()));
    let parts = [response.actor.clone(), action, response.outcome.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn joined_by_dot<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn act_line(labels: &Labels<'_>, act: &Act) -> String {
    let comma = labels.words().comma();
    let names =
        |all: &[Involved]| all.iter().filter_map(|one| one.name.clone()).collect::<Vec<_>>().join(comma);
    let term = |taxonomy, term: &Option<Term>| term.as_ref().map(|term| labels.term(taxonomy, term.as_str()));
    let (by, to) = (names(&act.by), names(&act.to));
    let between = if by.is_empty() && to.is_empty() { String::new() } else { format!("{by} → {to}") };
    joined_by_dot([term("act", &act.act), term("method", &act.method), Some(between)])
}

fn damage_line(labels: &Labels<'_>, damage: &Damage) -> String {
    let object = damage.object.as_ref().map(|object| labels.term("damage-object", object.as_str()));
    joined_by_dot([object, damage.count.map(|count| labels.words().number(count)), damage.text.clone()])
}

fn displacement_line(words: Words, displaced: &Displacement) -> String {
    let count = |key, count: Option<u64>| {
        count.map(|count| {
            words.with(key, &[("count", count.into()), ("number", (&words.number(count)).into())])
        })
    };
    joined_by_dot([
        count("displaced-people", displaced.people),
        count("displaced-households", displaced.households),
        displaced.destination.clone(),
    ])
}

fn place_line(words: Words, place: &Place) -> String {
    let point = place.point.map(|point| format!("{:.4}, {:.4}", point.lat(), point.lon()));
    let parts = [
        place.called(),
        place.admin2.clone(),
        place.admin1.clone(),
        place.country.clone(),
        place.pcode.clone(),
        place
            .precision
            .map(|known| words.text("report-place-precision") + words.colon() + &words.nearness(known)),
        point,
    ];
    let mut parts: Vec<_> = parts.into_iter().flatten().collect();
    parts.dedup();
    parts.join(" · ")
}

fn casualties_line(words: Words, labels: &Labels<'_>, casualties: &Casualties) -> String {
    let harm = casualties
        .harm
        .as_ref()
        .map_or_else(|| words.text("killed"), |harm| labels.term("harm", harm.as_str()));
    let group = casualties
        .group
        .as_ref()
        .map(|group| format!("{}{}", words.comma(), labels.term("casualty-group", group.as_str())))
        .unwrap_or_default();
    let number = |count: Option<u64>| count.map_or_else(|| "?".to_owned(), |count| words.number(count));
    let bounds = match (casualties.low, casualties.high) {
        (None, None) => String::new(),
        (low, high) => format!(" ({}–{})", number(low), number(high)),
    };
    format!("{harm}{group}{}{}{bounds}", words.colon(), number(casualties.best))
}
