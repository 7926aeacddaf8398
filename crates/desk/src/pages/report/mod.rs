//! Reporting an incident: a form that can be filled by keyboard alone in a minute, from a message that is pasted, and that
//! is kept sealed while it is typed.

mod counts;
mod drafts;
mod form;
mod names;
mod paste;
mod people;
mod said;
mod terms;
mod typed;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use counterseal_model::record::Incident;
use counterseal_model::{Classification, CompartmentId, RecordId};
use counterseal_node::{Desk, Movable, NodeError};
use serde::Deserialize;

use super::part::with_part;
use super::{Page, Reader, Sent, with_desk, with_form};
use crate::door::Checked;
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

pub(super) use drafts::list as draft_list;
pub(super) use form::{Filled, classes, compartments, fields, movable_key};
pub(super) use said::{alike_to, beside, concerned, of_incident};
pub(crate) use typed::{Bad, Typed};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/report", get(show).post(write))
        .route("/report/check", post(check))
        .route("/report/keep", post(drafts::keep))
        .route("/report/discard", post(drafts::discard))
        .route("/report/paste", post(paste::paste))
        .route("/report/actors", get(names::actors))
        .route("/report/places", get(names::places))
}

/// Scripts and styles of the form.
pub(super) const EXTRAS: &[&str] =
    &["vendor/leaflet.css", "vendor/leaflet.js", "basemap.css", "basemap.js", "report.css", "report.js"];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    draft: String,
    sealed: String,
}

pub(crate) async fn show(State(app): State<App>, reader: Reader, Query(asked): Query<Asked>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let draft = unlocked.desk.drafts()?.into_iter().find(|draft| draft.record.to_string() == asked.draft);
        let mut filled = Filled::new(unlocked.desk.make_record_id(), Typed::default());
        if let Some(draft) = draft {
            filled.record = draft.record;
            filled.typed = Typed(draft.fields.into_iter().collect());
            filled.typed.set("compartment", draft.compartment.to_string());
        }
        filled.sealed = !asked.sealed.is_empty();
        form::page(words, &token, unlocked, &filled)
    })
    .await
}

/// What the guard says of what is typed, and what may be the same event; what is typed is kept.
pub(crate) async fn check(
    State(app): State<App>,
    reader: Reader,
    Checked(typed): Checked<Typed>,
) -> Response {
    with_part(&app, reader, move |words, unlocked| {
        let kept = drafts::keep_typed(unlocked, &typed)?;
        said::said(words, unlocked, &typed, kept)
    })
    .await
}

pub(crate) async fn write(
    State(app): State<App>,
    reader: Reader,
    Checked(typed): Checked<Typed>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_form(&app, reader, move |words, unlocked| {
        take(words, &token, unlocked, typed).unwrap_or_else(|error| Sent::Not(super::refused(words, &error)))
    })
    .await
}

/// Writes it, or shows the form again with what was typed and what is wrong with it. The commit point is
/// `Desk::report`: when the answer is the record's page, it survives a loss of power, and its draft has ended.
fn take(words: Words, token: &str, unlocked: &mut Unlocked, typed: Typed) -> Result<Sent, NodeError> {
    let mut incident = Incident::default();
    let mut bad = typed.apply(words, &unlocked.desk, &mut incident)?;
    if bad.is_empty() && incident == Incident::default() {
        bad.push(("title", words.text("report-empty")));
    }
    let record = record_of(&typed).unwrap_or_else(|| unlocked.desk.make_record_id());
    let (to, apart) = match where_to(&unlocked.desk, &typed) {
        Ok(found) => found,
        Err(error) => {
            bad.push(("compartment", words.refusal(&error)));
            (CompartmentId::from_bytes([0; 16]), Vec::new())
        }
    };
    if bad.is_empty() {
        match unlocked.desk.report(record, to, incident, &apart, class_of(&typed)) {
            Ok(()) => {
                unlocked.changed();
                // Of what is sealed twice nothing is in the index, and there is no page to show.
                let shown = unlocked.desk.record(record).is_ok();
                return Ok(Sent::At(if shown {
                    format!("/record/{record}")
                } else {
                    "/report?sealed=1".to_owned()
                }));
            }
            Err(error) => bad.push(("compartment", words.refusal(&error))),
        }
    }
    let filled = Filled { bad, ..Filled::new(record, typed) };
    Ok(Sent::Not(form::page(words, token, unlocked, &filled)?))
}

/// The record that a form becomes: the id it was given when it was shown.
fn record_of(typed: &Typed) -> Option<RecordId> {
    typed.get("record").parse().ok()
}

/// Without a choice a part has its compartment's classification.
pub(super) fn class_of(typed: &Typed) -> Option<Classification> {
    Classification::from_word(typed.get("class"))
}

/// The compartment of the report, and of each field that stands apart its own.
fn where_to(desk: &Desk, typed: &Typed) -> Result<(CompartmentId, Vec<(Movable, CompartmentId)>), NodeError> {
    let to = desk.find_compartment(typed.get("compartment"))?;
    let mut apart = Vec::new();
    for (field, word) in Movable::ALL {
        let named = typed.get(&format!("apart-{word}"));
        if !named.is_empty() {
            apart.push((field, desk.find_compartment(named)?));
        }
    }
    Ok((to, apart))
}

/// The page around a form.
fn titled(words: Words, main: maud::Markup) -> Page {
    Page::new(words.text("report-title"), main).with(EXTRAS)
}
