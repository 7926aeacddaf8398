//! One record: what it says, in which compartments, what is withheld, who else tells of it, and how it came to be so.

mod accounts;
mod conflict;
mod edit;
mod history;
mod parts;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use counterseal_model::RecordId;
use counterseal_model::record::Body;
use counterseal_node::{Desk, NodeError, RecordView};
use maud::{Markup, html};

use super::casework;
use super::lines::called;
use super::report::{EXTRAS, concerned};
use super::says::{Line, lines};
use super::{Page, Reader, Sent, refused, with_desk};
use crate::labels::Labels;
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

pub(super) use parts::{compartment_name, readers};

/// Most records that are shown as linked.
const LINKED: usize = 60;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/record/{id}", get(show))
        .route("/record/{id}/edit", get(edit::show).post(edit::edit))
        .route("/record/{id}/check", post(edit::check))
        .route("/record/{id}/look", post(edit::look))
        .route("/record/{id}/move", post(parts::move_field))
        .route("/record/{id}/resolve", post(conflict::resolve))
        .route("/record/{id}/same", post(accounts::same))
        .route("/record/{id}/apart", post(accounts::apart))
}

pub(crate) async fn show(State(app): State<App>, reader: Reader, Path(named): Path<String>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let guard = unlocked.guard()?;
        let desk = &unlocked.desk;
        let id = desk.find_record(&named)?;
        let (record, history) = (desk.record(id)?, desk.history(id)?);
        let title = called(&Labels::of(words, desk), &record.part.body);
        let main = html! {
            h1 { bdi { (title) } }
            (labels(words, &record))
            (conflict::all(words, &token, desk, &record)?)
            (concerned(words, &guard.check(&record.part.body)))
            (says(words, desk, &record.part.body)?)
            @if matches!(record.part.body, Body::Entity(_)) { p { a href=(format!("/entity/{id}")) { (words.text("entity-page")) } } }
            p { a href=(format!("/chart/{id}")) { (words.text("chart")) } }
            (accounts::all(words, &token, desk, &record)?)
            (links(words, desk, id)?)
            (casework::beside::beside(words, desk, &record)?)
            (parts::all(words, &token, desk, &record)?)
            (history::all(words, desk, &history)?)
        };
        Ok(Page::new(words.text("title-record"), main).with(EXTRAS))
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
            @for line in &lines { div { dt { (words.text(line.key)) } dd dir="auto" { (text(line)) } } }
        }
    })
}

/// What a line says, with its link.
fn text(line: &Line) -> Markup {
    html! {
        @match line.record {
            Some(id) => { a href=(format!("/record/{id}")) { (line.text) } },
            None => { (line.text) },
        }
    }
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

/// The answer to a form of a record's page: the page anew, or why nothing was done.
fn done(words: Words, unlocked: &mut Unlocked, id: RecordId, acted: Result<(), NodeError>) -> Sent {
    match acted {
        Ok(()) => {
            unlocked.changed();
            Sent::At(format!("/record/{id}"))
        }
        Err(error) => Sent::Not(refused(words, &error)),
    }
}
