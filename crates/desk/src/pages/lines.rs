//! Records in a list: what they are called, when and where.

use counterseal_model::record::{Body, Incident};
use counterseal_model::{Occurred, Place};
use counterseal_node::{Desk, RecordView};
use maud::{Markup, html};

use crate::labels::Labels;
use crate::words::Words;

/// Longest title in a list, in characters.
const TITLE: usize = 160;

/// A list of records.
pub(super) fn table(words: Words, desk: &Desk, records: &[RecordView]) -> Markup {
    let labels = Labels::of(words, desk);
    html! {
        div.wide {
            table {
                thead { tr {
                    @for column in ["field-date", "field-kind", "field-place", "field-title", "field-killed", "field-grading", "field-verified"] {
                        th scope="col" { (words.text(column)) }
                    }
                } }
                tbody { @for record in records { (row(words, &labels, record)) } }
            }
        }
    }
}

fn row(words: Words, labels: &Labels<'_>, record: &RecordView) -> Markup {
    let title = html! {
        a href=(format!("/record/{}", record.id())) { bdi { (short(&called(labels, &record.part.body))) } }
        @if record.conflict { " " span.mark { (words.text("conflict")) } }
    };
    let Body::Incident(incident) = &record.part.body else {
        return html! { tr { td {} td { (words.kind(record.kind())) } td {} td { (title) } td {} td {} td {} } };
    };
    html! {
        tr {
            td.number { (incident.occurred.as_ref().map(|occurred| date(words, occurred)).unwrap_or_default()) }
            td { (incident.kind.as_ref().map(|kind| labels.term("incident-type", kind.as_str())).unwrap_or_default()) }
            td { bdi { (incident.place.as_ref().and_then(place_name).unwrap_or_default()) } }
            td { (title) }
            td.number { (incident.killed().and_then(|killed| killed.best).map(|best| words.number(best)).unwrap_or_default()) }
            td { (incident.grading.as_ref().map(ToString::to_string).unwrap_or_default()) }
            td { (incident.verification.as_ref().map(|verification| words.verification(verification.status)).unwrap_or_default()) }
        }
    }
}

fn short(text: &str) -> String {
    let mut characters = text.chars();
    let mut short: String = characters.by_ref().take(TITLE).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}

/// What a record is called.
pub(super) fn title_of(body: &Body) -> String {
    match body {
        Body::Incident(incident) => incident_title(incident),
        Body::Entity(entity) => entity.name.clone(),
        Body::Note(note) => note.text.clone(),
        Body::Source(source) => source.pseudonym.clone(),
        Body::Link(link) => link.kind.to_string(),
        Body::Export(export) => export.query.clone(),
        Body::Case(case) => case.reference.as_ref().map_or_else(|| case.case.short(), ToString::to_string),
        Body::Taxonomy(_)
        | Body::Basis(_)
        | Body::Consent(_)
        | Body::Agreement(_)
        | Body::ConsentEvent(_) => body.kind().word().to_owned(),
    }
}

/// What a record is called, by its kind where nobody gave it a name.
pub(super) fn called(labels: &Labels<'_>, body: &Body) -> String {
    match body {
        Body::Incident(incident) if incident.title.is_none() && incident.narrative.is_none() => {
            let kind = incident.kind.as_ref().map(|kind| labels.term("incident-type", kind.as_str()));
            kind.unwrap_or_else(|| title_of(body))
        }
        Body::Link(link) => labels.term("link-kind", link.kind.as_str()),
        _ => title_of(body),
    }
}

fn incident_title(incident: &Incident) -> String {
    let kind = || incident.kind.as_ref().map(ToString::to_string);
    let place = || incident.place.as_ref().and_then(place_name);
    let title = incident.title.clone().or_else(|| incident.narrative.clone());
    title.or_else(kind).or_else(place).unwrap_or_else(|| "—".to_owned())
}

pub(super) fn place_name(place: &Place) -> Option<String> {
    place.name.clone().or_else(|| place.admin1.clone())
}

/// When something happened, no more precisely than it is known.
pub(super) fn date(words: Words, occurred: &Occurred) -> String {
    words.0.occurred(occurred)
}
