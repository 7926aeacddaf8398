//! Records in a list: what they are called, when and where.

use counterseal_model::record::Body;
use counterseal_model::{Occurred, Place};
use counterseal_node::{Desk, RecordView};
use counterseal_register::DeviceStatus;
use maud::{Markup, html};

use super::casework;
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
            td { bdi { (incident.place.as_ref().and_then(Place::called).unwrap_or_default()) } }
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
    body.title().unwrap_or_else(|| "—".to_owned())
}

/// What a record is called, by its kind where nobody gave it a name.
pub(super) fn called(labels: &Labels<'_>, body: &Body) -> String {
    match body {
        Body::Incident(incident) if incident.title.is_none() && incident.narrative.is_none() => {
            let kind = incident.kind.as_ref().map(|kind| labels.term("incident-type", kind.as_str()));
            kind.unwrap_or_else(|| title_of(body))
        }
        Body::Link(link) => labels.term("link-kind", link.kind.as_str()),
        Body::Basis(basis) => casework::names::basis(labels.words(), basis.kind),
        Body::Taxonomy(_) | Body::Consent(_) | Body::Agreement(_) | Body::ConsentEvent(_) => {
            labels.words().kind(body.kind())
        }
        _ => title_of(body),
    }
}

/// When something happened, no more precisely than it is known.
pub(super) fn date(words: Words, occurred: &Occurred) -> String {
    words.0.occurred(occurred)
}

/// How a device stands.
pub(super) fn device_status(words: Words, status: DeviceStatus) -> String {
    words.text(match status {
        DeviceStatus::Active => "status-active",
        DeviceStatus::Pending => "status-pending",
        DeviceStatus::Frozen { .. } | DeviceStatus::Suspended { .. } => "status-stopped",
        DeviceStatus::Expired { .. } | DeviceStatus::Revoked { .. } => "status-ended",
    })
}
