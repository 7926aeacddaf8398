//! Who belongs to the mission: by compartment and role, and what can be done about each.

mod handover;
mod invite;
mod person;
mod rotation;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::Response;
use axum::routing::{get, post};
use counterseal_model::PersonId;
use counterseal_node::{CompartmentView, Desk, PersonView};
use counterseal_register::PersonStatus;
use maud::{Markup, html};

use super::{Page, Reader, with_desk};
use crate::door::PAPER_BYTES;
use crate::server::App;
use crate::words::Words;

/// The ways of these pages.
pub(crate) fn routes() -> Router<App> {
    let paper = || DefaultBodyLimit::max(PAPER_BYTES);
    Router::new()
        .route("/people", get(show))
        .route("/person/{id}", get(person::show).post(person::act))
        .route("/invite", get(invite::show).post(invite::make))
        .route("/invite/answer", post(invite::answer).layer(paper()))
        .route("/invite/enrol", post(invite::enrol))
        .route("/invite/cancel", post(invite::cancel))
        .route("/handover", get(handover::show).post(handover::act))
        .route("/people/rotation", get(rotation::show).post(rotation::act))
        .route("/people/rotation/look", post(rotation::look).layer(paper()))
}

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    with_desk(&app, reader, |words, unlocked| {
        let desk = &unlocked.desk;
        let (people, compartments) = (desk.people(), desk.compartments());
        let main = html! {
            h1 { (words.text("people-title")) }
            p.buttons {
                a.button href="/invite" { (words.text("invite-title")) }
                a.button href="/people/rotation" { (words.text("rotation-title")) }
                a.button href="/handover" { (words.text("handover-title")) }
            }
            (all(words, desk, &people, &compartments))
            h2 { (words.text("people-by-compartment")) }
            @for view in compartments.iter().filter(|view| !view.everyone) { (compartment(words, desk, &people, view)) }
        };
        Ok(Page::new(words.text("people-title"), main))
    })
    .await
}

fn all(words: Words, desk: &Desk, people: &[PersonView], compartments: &[CompartmentView]) -> Markup {
    html! {
        div.wide { table {
            thead { tr { @for column in ["people-name", "people-roles", "people-status", "people-until", "people-devices"] {
                th scope="col" { (words.text(column)) } } } }
            tbody { @for person in people { tr {
                td { a href=(format!("/person/{}", person.id)) { bdi { (name(person)) } }
                    @if person.id == desk.person() { " " span.mark { (words.text("people-you")) } } }
                td { (roles(words, person, compartments)) }
                td { (status(words, person.status)) }
                td.number { (person.until.map(|until| until.date_text()).unwrap_or_default()) }
                td.number { (person.devices.len()) }
            } } }
        } }
    }
}

/// Who manages a compartment, and who is in it.
fn compartment(words: Words, desk: &Desk, people: &[PersonView], view: &CompartmentView) -> Markup {
    let owner = |device: &counterseal_model::DeviceId| {
        desk.register().device(*device, desk.moment()).map(|known| known.person)
    };
    let mut members: Vec<PersonId> = view.members.iter().filter_map(owner).collect();
    members.sort_unstable();
    members.dedup();
    members.retain(|member| !view.managers.contains(member));
    html! {
        h3 { bdi { (view.name.clone().unwrap_or_else(|| view.id.short())) } }
        dl.says {
            div { dt { (words.text("people-managers")) } dd { (names(people, &view.managers)) } }
            div { dt { (words.text("people-members")) } dd { (names(people, &members)) } }
        }
    }
}

fn names(people: &[PersonView], ids: &[PersonId]) -> Markup {
    html! {
        @if ids.is_empty() { "—" }
        @for (nth, id) in ids.iter().enumerate() {
            @if nth > 0 { ", " }
            @let name = people.iter().find(|person| person.id == *id).map_or_else(|| id.short(), name);
            a href=(format!("/person/{id}")) { bdi { (name) } }
        }
    }
}

/// What somebody is called; the id's first digits where this desk may not know.
fn name(person: &PersonView) -> String {
    person.name.clone().unwrap_or_else(|| person.id.short())
}

fn roles(words: Words, person: &PersonView, compartments: &[CompartmentView]) -> String {
    let managed = compartments.iter().filter(|view| view.managers.contains(&person.id) && !view.everyone);
    let managed = managed.map(|view| {
        let name = view.name.clone().unwrap_or_else(|| view.id.short());
        words.with("role-manager-of", &[("name", (&name).into())])
    });
    let registrar = person.registrar.then(|| words.text("role-registrar"));
    registrar.into_iter().chain(managed).collect::<Vec<_>>().join(", ")
}

fn status(words: Words, status: Option<PersonStatus>) -> String {
    words.text(match status {
        Some(PersonStatus::Active) => "status-active",
        Some(PersonStatus::Frozen { .. }) => "people-frozen",
        Some(PersonStatus::Expired { .. }) => "people-expired",
        Some(PersonStatus::Revoked { .. }) => "people-revoked",
        None => "people-unknown",
    })
}
