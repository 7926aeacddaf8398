//! The parts of a record: where each is sealed, how many can read it, and moving a field to where fewer can.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::record::{Body, Incident};
use counterseal_model::{CompartmentId, RecordId, VersionId};
use counterseal_node::{CompartmentView, Desk, Movable, NodeError, RecordView, VersionView};
use counterseal_register::Subject;
use maud::{Markup, html};
use serde::Deserialize;

use super::done;
use crate::door::Checked;
use crate::pages::report::{compartments, movable_key};
use crate::pages::{Reader, with_form};
use crate::server::App;
use crate::words::Words;

/// The compartments with a part here. Of others nobody outside them knows: an id in no list is what a part withheld is.
pub(super) fn all(words: Words, token: &str, desk: &Desk, record: &RecordView) -> Result<Markup, NodeError> {
    let known = desk.compartments();
    let mut shown: Vec<(&VersionView, &CompartmentView)> = Vec::new();
    for version in &record.shown {
        shown.extend(known.iter().find(|view| view.id == version.compartment).map(|view| (version, view)));
    }
    let sealed = desk.sealed_twice(record.id())?;
    Ok(html! {
        h2 { (words.text("record-parts")) }
        ul.parts {
            @for (version, view) in &shown {
                li {
                    bdi { (compartment_name(desk, view.id)) } (words.colon())
                    (words.with("record-readers", &[("count", readers(desk, view).into())]))
                    " " span.mark { (words.classification(version.part.classification)) }
                    @if view.mine {
                        @if matches!(version.part.body, Body::Incident(_)) && !record.conflict {
                            " " a href=(format!("/record/{}/edit?compartment={}", record.id(), view.id)) { (words.text("record-edit")) }
                        }
                        (moving(words, token, desk, record, version))
                    }
                }
            }
            @for named in &sealed { li { bdi { (compartment_name(desk, named.compartment)) } (words.colon()) (words.text("record-sealed-twice")) } }
        }
        p { (words.text("record-withheld")) }
    })
}

/// The fields that say something in a part.
fn movable(body: &Body) -> Vec<(Movable, &'static str)> {
    let Body::Incident(incident) = body else { return Vec::new() };
    let says = |incident: &Incident, field| match field {
        Movable::Title => incident.title.is_some(),
        Movable::Narrative => incident.narrative.is_some(),
        Movable::Place => incident.place.is_some(),
        Movable::Sources => !incident.sources.is_empty(),
        Movable::Actors => !incident.actors.is_empty(),
        Movable::Response => !incident.response.is_empty(),
    };
    Movable::ALL.into_iter().filter(|(field, _)| says(incident, *field)).collect()
}

fn moving(words: Words, token: &str, desk: &Desk, record: &RecordView, version: &VersionView) -> Markup {
    let fields = movable(&version.part.body);
    let elsewhere = desk.compartments().iter().filter(|view| view.mine && !view.everyone).count() > 1;
    html! {
        @if elsewhere && !fields.is_empty() && !record.conflict {
            details.move {
                summary { (words.text("record-move")) }
                p { (words.text("record-move-why")) }
                form.write autocomplete="off" method="post" action=(format!("/record/{}/move", record.id())) {
                    input type="hidden" name="token" value=(token);
                    input type="hidden" name="from" value=(version.compartment);
                    input type="hidden" name="version" value=(version.version);
                    label { span { (words.text("record-move-field")) }
                        select name="field" { @for (field, word) in fields { option value=(word) { (words.text(movable_key(field))) } } } }
                    label { span { (words.text("record-move-to")) } (compartments(words, desk, "to", "", None)) }
                    button.quiet type="submit" { (words.text("record-move-now")) }
                }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Moving {
    field: String,
    from: CompartmentName,
    version: String,
    to: CompartmentName,
}

/// A compartment as a form names it.
type CompartmentName = String;

pub(crate) async fn move_field(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Checked(moving): Checked<Moving>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let desk = &mut unlocked.desk;
        let id = match desk.find_record(&id) {
            Ok(id) => id,
            Err(error) => return crate::pages::Sent::Not(crate::pages::refused(words, &error)),
        };
        let moved = moved(desk, id, &moving);
        done(words, unlocked, id, moved)
    })
    .await
}

fn moved(desk: &mut Desk, id: RecordId, moving: &Moving) -> Result<(), NodeError> {
    let unknown =
        |what: &'static str, given: &str| NodeError::Ambiguous { what, prefix: given.to_owned(), count: 0 };
    let field = Movable::from_word(&moving.field).ok_or_else(|| unknown("field", &moving.field))?;
    let from: CompartmentId = desk.find_compartment(&moving.from)?;
    let to = desk.find_compartment(&moving.to)?;
    let version: VersionId = moving.version.parse().map_err(|_| unknown("version", &moving.version))?;
    desk.move_field_seen(id, field, (from, version), to)
}

/// How many people can read what is written to a compartment now.
pub(in crate::pages) fn readers(desk: &Desk, compartment: &CompartmentView) -> u64 {
    let devices =
        compartment.members.iter().filter_map(|device| desk.register().device(*device, desk.moment()));
    let people: BTreeSet<_> = devices.map(|device| device.person).collect();
    people.len() as u64
}

pub(in crate::pages) fn compartment_name(desk: &Desk, id: CompartmentId) -> String {
    desk.name_of(Subject::Compartment(id)).map_or_else(|| id.short(), |name| name.to_string())
}
