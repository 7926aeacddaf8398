//! One person: devices, roles, the assignment's end; freezing and revoking, with what follows from it in words.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_node::{Desk, NodeError, PersonView};
use counterseal_register::{Frozen, PersonStatus};
use maud::{Markup, html};

use super::super::found::last_day;
use super::super::lines::device_status;
use super::super::{Page, Reader, Sent, refused, with_desk, with_form};
use super::{name, roles, status};
use crate::door::{Checked, Fields};
use crate::server::App;
use crate::words::Words;

pub(crate) async fn show(State(app): State<App>, reader: Reader, Path(id): Path<String>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &unlocked.desk;
        let who = desk.find_person(&id)?;
        let person = desk.people().into_iter().find(|person| person.id == who);
        let person = person.ok_or(NodeError::Ambiguous { what: "person", prefix: id, count: 0 })?;
        let title = name(&person);
        let main = html! {
            h1 { bdi { (title) } }
            dl.says {
                div { dt { (words.text("people-status")) } dd { (status(words, person.status)) } }
                div { dt { (words.text("people-roles")) } dd { (roles(words, &person, &desk.compartments())) } }
                div { dt { (words.text("people-until")) } dd { (person.until.map(|until| until.date_text()).unwrap_or_else(|| words.text("people-no-end"))) } }
                div { dt { (words.text("people-devices")) } dd { @for (device, at) in &person.devices {
                    code { (device.short()) } " " (device_status(words, *at)) " " } } }
            }
            (actions(words, &token, desk, &person))
            p { a href="/people" { (words.text("back")) } }
        };
        Ok(Page::new(words.text("title-person"), main))
    })
    .await
}

fn actions(words: Words, token: &str, desk: &Desk, person: &PersonView) -> Markup {
    let id = person.id;
    let path = format!("/person/{id}");
    let frozen = matches!(person.status, Some(PersonStatus::Frozen { .. }));
    let over = matches!(person.status, Some(PersonStatus::Revoked { .. }) | None);
    let hidden = |what: &'static str| {
        html! { input type="hidden" name="token" value=(token); input type="hidden" name="what" value=(what); }
    };
    html! {
        @if !over {
            (membership(words, token, desk, person))
            h2 { (words.text("person-extend")) }
            form.switch method="post" action=(path) {
                (hidden("extend"))
                label { span { (words.text("person-until")) }
                    input type="date" name="until" value=(person.until.map(|until| until.date_text()).unwrap_or_default()); }
                button type="submit" { (words.text("person-extend-do")) }
            }
            @if frozen {
                h2 { (words.text("person-unfreeze")) }
                p { (words.text("person-unfreeze-why")) }
                form method="post" action=(path) { (hidden("unfreeze")) button type="submit" { (words.text("person-unfreeze")) } }
            } @else {
                h2 { (words.text("person-freeze")) }
                p { (words.text("person-freeze-why")) }
                form method="post" action=(path) { (hidden("freeze")) button.danger type="submit" { (words.text("person-freeze")) } }
            }
            h2 { (words.text("person-revoke")) }
            p { (words.text("person-revoke-why")) }
            form method="post" action=(path) {
                (hidden("revoke"))
                label.tick { input type="checkbox" name="sure" value="1" required; " " (words.text("person-revoke-sure")) }
                button.danger type="submit" { (words.text("person-revoke")) }
            }
        }
    }
}

/// The compartments that this desk's person manages: in or out.
fn membership(words: Words, token: &str, desk: &Desk, person: &PersonView) -> Markup {
    let views = desk.compartments().into_iter();
    let mine: Vec<_> =
        views.filter(|view| !view.everyone && view.managers.contains(&desk.person())).collect();
    let is_in = |members: &[counterseal_model::DeviceId]| {
        person.devices.iter().any(|(device, _)| members.contains(device))
    };
    html! {
        @if !mine.is_empty() { h2 { (words.text("person-compartments")) } }
        @for view in &mine {
            @let inside = is_in(&view.members);
            @let what = if inside { "remove" } else { "admit" };
            form.switch method="post" action=(format!("/person/{}", person.id)) {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="what" value=(what);
                input type="hidden" name="compartment" value=(view.id);
                p { bdi { (view.name.clone().unwrap_or_else(|| view.id.short())) } " · "
                    (words.text(if inside { "person-is-in" } else { "person-is-out" })) }
                button type="submit" { (words.text(if inside { "person-remove" } else { "person-admit" })) }
            }
        }
        @if !mine.is_empty() { p { (words.text("person-compartments-why")) } }
    }
}

/// `POST /person/{id}`.
pub(crate) async fn act(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Checked(form): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| match carry_out(&mut unlocked.desk, &id, &form) {
        Ok(Done::At) => {
            unlocked.changed();
            Sent::At(format!("/person/{id}"))
        }
        Ok(Done::Not(key)) => Sent::Not(Page::new(
            words.text("refused-title"),
            html! { h1 { (words.text("refused-title")) } p.warning role="alert" { (words.text(key)) } p { a href=(format!("/person/{id}")) { (words.text("back")) } } },
        )),
        Err(error) => Sent::Not(refused(words, &error)),
    })
    .await
}

/// What came of it.
enum Done {
    At,
    Not(&'static str),
}

fn carry_out(desk: &mut Desk, id: &str, form: &Fields) -> Result<Done, NodeError> {
    let who = desk.find_person(id)?;
    let compartment = |desk: &Desk| desk.find_compartment(form.typed("compartment"));
    match form.typed("what") {
        "extend" => {
            let until = form.given("until");
            let end = until.map(last_day);
            if matches!(end, Some(None)) {
                return Ok(Done::Not("date-bad"));
            }
            desk.extend_appointment(who, end.flatten())?;
        }
        "freeze" => desk.freeze(Frozen::Person(who))?,
        "unfreeze" => desk.unfreeze(Frozen::Person(who))?,
        "revoke" if form.is_ticked("sure") => desk.revoke_person(who)?,
        "revoke" => return Ok(Done::Not("person-not-sure")),
        "admit" => desk.admit(compartment(desk)?, who)?,
        "remove" => desk.remove(compartment(desk)?, who)?,
        _ => {}
    }
    Ok(Done::At)
}
