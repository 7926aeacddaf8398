//! Changing a part of an incident by the form that it was reported with. What the form has no field for stays.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use counterseal_model::record::{Body, Incident};
use counterseal_model::{CompartmentId, RecordId, VersionId};
use counterseal_node::{Desk, KeptDraft, NodeError, VersionView};
use maud::{Markup, html};
use serde::Deserialize;

use super::{compartment_name, done};
use crate::door::Checked;
use crate::pages::part::with_part;
use crate::pages::report::{Bad, EXTRAS, Typed, beside, class_of, classes, fields, of_incident};
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
        let said = of_incident(words, unlocked, &incident, Some(id), KeptDraft::Nowhere)?;
        let main = form(words, &token, &unlocked.desk, place, (&typed, &Bad::new()), &said)?;
        Ok(Page::new(words.text("edit-title"), main).with(EXTRAS))
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
    (typed, bad): (&Typed, &Bad),
    said: &Markup,
) -> Result<Markup, NodeError> {
    let whole = bad.iter().find(|(field, _)| *field == "compartment").map(|(_, why)| why);
    Ok(html! {
        h1 { (words.text("edit-title")) }
        p { (words.with("edit-part", &[("compartment", (&compartment_name(desk, compartment)).into())])) }
        @if !bad.is_empty() { p.warning role="alert" { (words.text("report-again")) } }
        @if let Some(why) = whole { p.warning role="alert" { (why) } }
        form.write.report.edit method="post" action=(format!("/record/{id}/edit")) autocomplete="off" {
            input type="hidden" name="token" value=(token);
            input type="hidden" name="compartment" value=(compartment);
            input type="hidden" name="version" value=(version);
            div.fields {
                (fields(words, desk, typed, bad, true)?)
                label { span { (words.text("report-class")) } (classes(words, typed.get("class"))) }
                p.send {
                    button type="submit" { (words.text("edit-write")) }
                    button.quiet type="submit" formaction=(format!("/record/{id}/look")) { (words.text("edit-look")) }
                    " " a href=(format!("/record/{id}")) { (words.text("edit-leave")) }
                }
            }
            (beside(words, desk, &format!("/record/{id}/check"), said)?)
        }
    })
}

/// What is typed, applied to the part as it is now.
fn changed(
    words: Words,
    desk: &Desk,
    id: &str,
    typed: &Typed,
) -> Result<(RecordId, CompartmentId, Incident, Bad), NodeError> {
    let id = desk.find_record(id)?;
    let compartment = desk.find_compartment(typed.get("compartment"))?;
    let (_, mut incident) = part(desk, id, compartment)?;
    let bad = typed.apply(words, desk, &mut incident)?;
    Ok((id, compartment, incident, bad))
}

/// `POST /record/ID/check`: what is said of it while it is typed. Nothing is written, and nothing kept.
pub(crate) async fn check(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Checked(typed): Checked<Typed>,
) -> Response {
    with_part(&app, reader, move |words, unlocked| {
        let (id, _, incident, _) = changed(words, &unlocked.desk, &id, &typed)?;
        of_incident(words, unlocked, &incident, Some(id), KeptDraft::Nowhere)
    })
    .await
}

/// `POST /record/ID/look`: the same without scripts, around the form with what is typed.
pub(crate) async fn look(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Checked(typed): Checked<Typed>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_form(&app, reader, move |words, unlocked| {
        let drawn = (|| {
            let (id, compartment, incident, bad) = changed(words, &unlocked.desk, &id, &typed)?;
            let said = of_incident(words, unlocked, &incident, Some(id), KeptDraft::Nowhere)?;
            let place = (id, compartment, seen(&typed));
            form(words, &token, &unlocked.desk, place, (&typed, &bad), &said)
        })();
        match drawn {
            Ok(main) => Sent::Shown(Page::new(words.text("edit-title"), main).with(EXTRAS)),
            Err(error) => Sent::Not(refused(words, &error)),
        }
    })
    .await
}

/// The version that the form was filled from.
fn seen(typed: &Typed) -> VersionId {
    typed.get("version").parse().unwrap_or(VersionId::from_bytes([0; 32]))
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
    let seen = seen(typed);
    let mut bad = typed.apply(words, desk, &mut incident)?;
    let class = class_of(typed).unwrap_or(version.part.classification);
    if bad.is_empty() && incident == before && class == version.part.classification {
        return Ok(Sent::At(format!("/record/{id}")));
    }
    if bad.is_empty() {
        let body = Body::Incident(Box::new(incident.clone()));
        match desk.edit_seen(id, compartment, &[seen], body, class) {
            Ok(()) => return Ok(done(words, unlocked, id, Ok(()))),
            Err(error) => bad.push(("compartment", words.refusal(&error))),
        }
    }
    let said = of_incident(words, unlocked, &incident, Some(id), KeptDraft::Nowhere)?;
    let place = (id, compartment, seen);
    let main = form(words, token, &unlocked.desk, place, (typed, &bad), &said)?;
    Ok(Sent::Not(Page::new(words.text("edit-title"), main).with(EXTRAS)))
}
