//! The words a record is found by.

use counterseal_model::record::{Body, Entity, Incident, Part};

use super::fold::fold_into;

/// The folded words of a part.
pub(crate) fn words_of(part: &Part) -> String {
    let mut words = String::new();
    let out = &mut words;
    match &part.body {
        Body::Incident(incident) => incident_words(out, incident),
        Body::Entity(entity) => entity_words(out, entity),
        Body::Link(link) => add(out, [link.note.as_deref()]),
        Body::Note(note) => add(out, [Some(note.text.as_str())]),
        Body::Source(_) | Body::Export(_) | Body::Taxonomy(_) => {}
        // They hold codes and references: nothing that anybody searches for by words.
        Body::Case(_) | Body::Basis(_) | Body::Consent(_) | Body::Agreement(_) | Body::ConsentEvent(_) => {}
    }
    words
}

fn add<'a>(out: &mut String, texts: impl IntoIterator<Item = Option<&'a str>>) {
    for text in texts.into_iter().flatten() {
        fold_into(out, text);
    }
}

fn incident_words(out: &mut String, incident: &Incident) {
    add(out, [&incident.title, &incident.narrative, &incident.reference].map(|t| t.as_deref()));
    add(out, incident.external.iter().map(|e| Some(e.id.as_str())));
    if let Some(place) = &incident.place {
        let names =
            [&place.name, &place.admin1, &place.admin2, &place.country, &place.description, &place.pcode];
        add(out, names.map(|t| t.as_deref()));
    }
    let acts = incident.acts.iter().flat_map(|act| act.by.iter().chain(&act.to));
    add(out, incident.actors.iter().chain(acts).map(|involved| involved.name.as_deref()));
    let terms = incident.kind.iter().chain(&incident.subtype).chain(&incident.tags).chain(&incident.weapons);
    add(out, terms.map(|term| Some(term.as_str())));
    add(out, incident.sources.iter().map(|source| Some(source.as_str())));
    add(out, incident.response.iter().flat_map(|r| [r.actor.as_deref(), r.outcome.as_deref()]));
    add(out, incident.damage.iter().map(|d| d.text.as_deref()));
    add(out, incident.displacement.iter().map(|d| d.destination.as_deref()));
}

fn entity_words(out: &mut String, entity: &Entity) {
    add(out, [Some(entity.name.as_str()), entity.description.as_deref(), entity.identifier.as_deref()]);
    add(out, entity.variants.iter().map(|variant| Some(variant.name.as_str())));
    add(out, entity.external.iter().map(|e| Some(e.id.as_str())));
    add(out, entity.tags.iter().chain(&entity.subtype).map(|tag| Some(tag.as_str())));
    if let Some(place) = &entity.place {
        add(out, [&place.name, &place.admin1, &place.country].map(|t| t.as_deref()));
    }
}
