//! Records in a list: what they are called, when and where.

use counterseal_model::record::Body;
use counterseal_model::{Occurred, Place, TimePrecision, Timestamp};
use counterseal_node::RecordView;
use maud::{Markup, html};

use crate::words::Words;

/// Longest title in a list, in characters.
const TITLE: usize = 160;

/// A list of records.
pub(super) fn table(words: Words, records: &[RecordView]) -> Markup {
    html! {
        div.wide {
            table {
                thead { tr {
                    @for column in ["field-date", "field-kind", "field-place", "field-title", "field-killed", "field-grading", "field-verified"] {
                        th scope="col" { (words.text(column)) }
                    }
                } }
                tbody { @for record in records { (row(words, record)) } }
            }
        }
    }
}

fn row(words: Words, record: &RecordView) -> Markup {
    let title = html! {
        a href=(format!("/record/{}", record.id())) { bdi { (short(&title_of(&record.part.body))) } }
        @if record.conflict { " " span.mark { (words.text("conflict")) } }
    };
    let Body::Incident(incident) = &record.part.body else {
        return html! { tr { td {} td { (record.kind().word()) } td {} td { (title) } td {} td {} td {} } };
    };
    html! {
        tr {
            td.number { (incident.occurred.as_ref().map(date).unwrap_or_default()) }
            td { (incident.kind.as_ref().map(ToString::to_string).unwrap_or_default()) }
            td { bdi { (incident.place.as_ref().and_then(Place::called).unwrap_or_default()) } }
            td { (title) }
            td.number { (incident.killed().and_then(|killed| killed.best).map(|best| words.number(best)).unwrap_or_default()) }
            td { (incident.grading.as_ref().map(ToString::to_string).unwrap_or_default()) }
            td { (incident.verification.as_ref().map(|verification| verification.status.word()).unwrap_or_default()) }
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

/// A day, or as much of a date as is known.
pub(super) fn date(occurred: &Occurred) -> String {
    let one = |at: Timestamp| {
        let day = at.date_text();
        let digits = match occurred.precision {
            TimePrecision::Year => 4,
            TimePrecision::Month => 7,
            _ => day.len(),
        };
        day.get(..digits).unwrap_or(&day).to_owned()
    };
    match occurred.to {
        Some(to) if one(to) != one(occurred.from) => format!("{} – {}", one(occurred.from), one(to)),
        _ => one(occurred.from),
    }
}
