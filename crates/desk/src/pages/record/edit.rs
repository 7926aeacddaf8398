//! Changing a part of an incident by the form that it was reported with. What the form has no field for stays.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use counterseal_model::record::{Body, Incident};
use counterseal_model::{CompartmentId, RecordId, VersionId};
use counterseal_node::{Desk, NodeError, VersionView};
use maud::{Markup, html};
use serde::Deserialize;

use super::{compartment_name, done};
use crate::door::Checked;
use crate::pages::report::{Bad, EXTRAS, Typed, class_of, classes, fields};
use crate::pages::{Page, Reader, Sent, refused, with_desk, with_form};
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    compartment: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &unlocked.desk;
        let id = desk.find_record(&id)?;
        let (version, incident) = part(desk, id, desk.find_compartment(&which.compartment)?)?;
        let mut typed = Typed::of(&incident);
        typed.set("class", version.part.classification.word());
        let place = (id, version.compartment, version.version);
        Ok(Page::new(words.text("edit-title"), form(words, &token, desk, place, &typed, &Bad::new())?)
            .with(EXTRAS))
    })
    .await
}

/// The one newest version of an incident's part.
fn part(desk: &Desk, id: RecordId, compartment: CompartmentId) -> Result<(VersionView, Incident), NodeError> {
    let mut heads = desk.history(id)?;
    heads.retain(|version| version.head && version.compartment == compartment);
    match (heads.pop(), heads.is_empty()) {
        (Some(version), true) => match version.part.body.clone() {
            Body::Incident(incident) => Ok((version, *incident)),
            other => Err(NodeError::OtherKind { record: id, is: other.kind().word(), given: "incident" }),
        },
        (Some(_), false) => Err(NodeError::InConflict(id)),
        (None, _) => Err(NodeError::NoRecord(id)),
    }
}

fn form(
    words: Words,
    token: &str,
    desk: &Desk,
    (id, compartment, version): (RecordId, CompartmentId, VersionId),
    typed: &Typed,
    bad: &Bad,
) -> Result<Markup, NodeError> {
    let whole = bad.iter().find(|(field, _)| *field == "compartment").map(|(_, why)| why);
    Ok(html! {
        h1 { (words.text("edit-title")) }
        p { (words.with("edit-part", &[("compartment", (&compartment_name(desk, compartment)).into())])) }
        @if !bad.is_empty() { p.warning role="alert" { (words.text("report-again")) } }
        @if let Some(why) = whole { p.warning role="alert" { (why) } }
        form.write.edit method="post" action=(format!("/record/{id}/edit")) autocomplete="off" {
            input type="hidden" name="token" value=(token);
            input type="hidden" name="compartment" value=(compartment);
            input type="hidden" name="version" value=(version);
            (fields(words, desk, typed, bad, true)?)
            label { span { (words.text("report-class")) } (classes(words, typed.get("class"))) }
            p.send {
                button type="submit" { (words.text("edit-write")) }
                " " a href=(format!("/record/{id}")) { (words.text("edit-leave")) }
            }
        }
    })
}

pub(crate) async fn edit(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Checked(typed): Checked<Typed>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_form(&app, reader, move |words, unlocked| {
        take(words, &token, unlocked, &id, &typed).unwrap_or_else(|error| Sent::Not(refused(words, &error)))
    })
    .await
}

fn take(
    words: Words,
    token: &str,
    unlocked: &mut Unlocked,
    id: &str,
    typed: &Typed,
) -> Result<Sent, NodeError> {
    let desk = &mut unlocked.desk;
    let id = desk.find_record(id)?;
    let compartment = desk.find_compartment(typed.get("compartment"))?;
    let (version, mut incident) = part(desk, id, compartment)?;
    let before = incident.clone();
    let seen = typed.get("version").parse::<VersionId>().unwrap_or(VersionId::from_bytes([0; 32]));
    let mut bad = typed.apply(words, desk, &mut incident)?;
    let class = class_of(typed).unwrap_or(version.part.classification);
    if bad.is_empty() && incident == before && class == version.part.classification {
        return Ok(Sent::At(format!("/record/{id}")));
    }
    if bad.is_empty() {
        let body = Body::Incident(Box::new(incident));
        match desk.edit_seen(id, compartment, &[seen], body, class) {
            Ok(()) => return Ok(done(words, unlocked, id, Ok(()))),
            Err(error) => bad.push(("compartment", words.refusal(&error))),
        }
    }
    let page = form(words, token, &unlocked.desk, (id, compartment, seen), typed, &bad)?;
    Ok(Sent::Not(Page::new(words.text("edit-title"), page).with(EXTRAS)))
}
