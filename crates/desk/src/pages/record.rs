//! One record: what it says, in which compartments, what is withheld, and how it came to be so.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::record::Body;
use counterseal_model::{CompartmentId, RecordId};
use counterseal_node::{CompartmentView, Concern, Desk, NodeError, RecordView, VersionView};
use counterseal_register::Subject;
use maud::{Markup, html};

use super::lines::called;
use super::says::{Line, lines};
use super::{Page, Reader, with_desk};
use crate::labels::Labels;
use crate::server::App;
use crate::words::Words;

/// Most records that are shown as linked.
const LINKED: usize = 60;

pub(crate) async fn show(State(app): State<App>, reader: Reader, Path(named): Path<String>) -> Response {
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &unlocked.desk;
        let id = desk.find_record(&named)?;
        let (record, history) = (desk.record(id)?, desk.history(id)?);
        let title = called(&Labels::of(words, desk), &record.part.body);
        let main = html! {
            h1 { bdi { (title) } }
            (labels(words, &record))
            @if record.conflict { p.warning role="alert" { (words.text("conflict-why")) } }
            (guard(words, desk, &record.part.body)?)
            (says(words, desk, &record.part.body)?)
            @if matches!(record.part.body, Body::Entity(_)) { p { a href=(format!("/entity/{id}")) { (words.text("entity-page")) } } }
            p { a href=(format!("/chart/{id}")) { (words.text("chart")) } }
            (links(words, desk, id)?)
            (compartments(words, desk, &record))
            (versions(words, desk, &history))
        };
        Ok(Page::new(title, main))
    })
    .await
}

fn labels(words: Words, record: &RecordView) -> Markup {
    html! {
        p.labels {
            span.mark { (words.classification(record.part.classification)) }
            @if record.part.synthetic { " " span.mark { (words.text("synthetic-record")) } }
            @if record.part.imported { " " span { (words.text("imported")) } }
            " " span { (words.with("record-id", &[("id", (&record.id().to_string()).into())])) }
        }
    }
}

fn says(words: Words, desk: &Desk, body: &Body) -> Result<Markup, NodeError> {
    let lines = lines(words, desk, body)?;
    Ok(html! {
        dl.says {
            @for Line { key, text, record } in lines {
                div {
                    dt { (words.text(key)) }
                    dd dir="auto" {
                        @match record {
                            Some(id) => { a href=(format!("/record/{id}")) { (text) } },
                            None => { (text) },
                        }
                    }
                }
            }
        }
    })
}

/// What is linked to it, and by what.
fn links(words: Words, desk: &Desk, id: RecordId) -> Result<Markup, NodeError> {
    let near = desk.near(id, 1, LINKED)?;
    let labels = Labels::of(words, desk);
    let by = |other: RecordId| {
        let mut kinds: Vec<String> = near
            .steps
            .iter()
            .filter(|step| (step.from == id && step.to == other) || (step.to == id && step.from == other))
            .map(|step| labels.term("link-kind", step.by.as_str()))
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.join(words.comma())
    };
    let linked: Vec<_> =
        near.records.iter().map(|(record, _)| record).filter(|record| record.id() != id).collect();
    Ok(html! {
        @if !linked.is_empty() {
            h2 { (words.text("record-links")) }
            ul {
                @for record in linked {
                    li { span.mark { (by(record.id())) } " "
                        a href=(format!("/record/{}", record.id())) { bdi { (called(&labels, &record.part.body)) } } }
                }
            }
            @if near.cut { p { (words.text("record-links-cut")) } }
        }
    })
}

/// What the guard at the door would point out in what everybody of the compartment reads. It refuses nothing.
fn guard(words: Words, desk: &Desk, body: &Body) -> Result<Markup, NodeError> {
    let concerns = desk.concerns(body)?;
    let reason = |concern: &Concern| concern.reason.in_language(words.0.into()).to_owned();
    Ok(html! {
        @if !concerns.is_empty() {
            section.guard aria-label=(words.text("guard")) {
                h2 { (words.text("guard")) }
                p { (words.text("guard-why")) }
                ul { @for concern in &concerns { li { q { bdi { (concern.text) } } " – " (reason(concern)) } } }
            }
        }
    })
}

/// The compartments with a part here. Of others nobody outside them knows: an id in no list is what a part withheld is.
fn compartments(words: Words, desk: &Desk, record: &RecordView) -> Markup {
    let all = desk.compartments();
    let shown =
        record.shown.iter().filter_map(|version| all.iter().find(|view| view.id == version.compartment));
    html! {
        h2 { (words.text("record-parts")) }
        ul {
            @for view in shown {
                li { bdi { (compartment_name(desk, view.id)) } ": "
                    (words.with("record-readers", &[("count", readers(desk, view).into())])) }
            }
        }
        p { (words.text("record-withheld")) }
    }
}

/// How many people can read what is written to a compartment now.
pub(super) fn readers(desk: &Desk, compartment: &CompartmentView) -> u64 {
    let devices =
        compartment.members.iter().filter_map(|device| desk.register().device(*device, desk.moment()));
    let people: BTreeSet<_> = devices.map(|device| device.person).collect();
    people.len() as u64
}

pub(super) fn compartment_name(desk: &Desk, id: CompartmentId) -> String {
    desk.name_of(Subject::Compartment(id)).map_or_else(|| id.short(), |name| name.to_string())
}

fn versions(words: Words, desk: &Desk, history: &[VersionView]) -> Markup {
    let author = |version: &VersionView| {
        let person = desk.register().device(version.device, desk.moment()).map(|device| device.person);
        let name = person.and_then(|person| desk.name_of(Subject::Person(person)));
        name.map_or_else(|| version.device.short(), |name| name.to_string())
    };
    html! {
        h2 { (words.text("record-history")) }
        ol.history {
            @for version in history {
                li {
                    (words.time(version.part.made))
                    " " bdi { (author(version)) } " · " bdi { (compartment_name(desk, version.compartment)) }
                    @if version.head { " " span.mark { (words.text("record-newest")) } }
                }
            }
        }
    }
}
