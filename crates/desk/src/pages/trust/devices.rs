//! My devices: those that work, those that wait, and those that I did not make.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::fingerprint;
use counterseal_node::{Desk, NodeError};
use counterseal_register::{DeviceInfo, DeviceStatus, Subject};
use maud::{Markup, html};

use super::super::lines::device_status;
use super::super::{Page, Reader, Sent, refused, with_desk, with_form};
use super::name;
use crate::door::{Checked, Fields};
use crate::server::App;
use crate::words::Words;

pub(super) fn mine(words: Words, token: &str, desk: &Desk) -> Result<Markup, NodeError> {
    let strange: Vec<_> = desk.strange_devices()?.into_iter().map(|device| device.id).collect();
    let mine = desk.register().devices_of(desk.person(), desk.moment());
    Ok(html! {
        h2 { (words.text("trust-devices")) }
        ul.devices {
            @for device in &mine {
                li {
                    code { (device.id.short()) }
                    @if device.id == desk.device() { " " span.mark { (words.text("trust-this")) } }
                    " " (device_status(words, device.status))
                    @if device.enrolled.time.0 > 0 { " · " bdi { (words.date(device.enrolled.time)) } }
                    @if strange.contains(&device.id) { " " span.warning { (words.text("trust-strange")) } (press(words, token, device, "known", "trust-known")) }
                    @if device.id != desk.device() && !matches!(device.status, DeviceStatus::Revoked { .. }) {
                        " " a href=(format!("/trust/device/{}", device.id)) { (words.text("trust-revoke")) }
                    }
                }
            }
        }
        p { (words.text("trust-devices-why")) }
        (pending(words, token, desk))
    })
}

/// Others' devices that wait: nobody confirms their own.
fn pending(words: Words, token: &str, desk: &Desk) -> Markup {
    let at = desk.moment();
    let others = desk.register().people().filter(|person| *person != desk.person());
    let waiting = others.flat_map(|person| desk.register().devices_of(person, at));
    let waiting: Vec<_> = waiting.filter(|device| device.status == DeviceStatus::Pending).collect();
    html! {
        @if !waiting.is_empty() {
            h2 { (words.text("trust-pending")) }
            p { (words.text("trust-pending-why")) }
            ul { @for device in &waiting { li {
                bdi { (name(desk, Subject::Person(device.person), device.person.short())) } " · "
                code { (fingerprint(&device.id.to_string())) }
                (press(words, token, device, "confirm", "trust-confirm"))
            } } }
        }
    }
}

/// A button for one device.
fn press(words: Words, token: &str, device: &DeviceInfo, what: &str, label: &str) -> Markup {
    html! {
        form.inline autocomplete="off" method="post" action=(format!("/trust/device/{}", device.id)) {
            input type="hidden" name="token" value=(token);
            input type="hidden" name="what" value=(what);
            button type="submit" { (words.text(label)) }
        }
    }
}

/// `GET /trust/device/{id}`: what a revocation does, and the button for it.
pub(crate) async fn ask(State(app): State<App>, reader: Reader, Path(id): Path<String>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let (_, device) = unlocked.desk.find_device(&id)?;
        let main = html! {
            h1 { (words.text("trust-revoke")) }
            p { code { (fingerprint(&device.to_string())) } }
            p { (words.text("trust-revoke-what")) }
            form autocomplete="off" method="post" action=(format!("/trust/device/{device}")) {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="what" value="revoke";
                button.danger type="submit" { (words.text("trust-revoke-do")) }
            }
            p { a href="/trust" { (words.text("back")) } }
        };
        Ok(Page::new(words.text("trust-revoke"), main))
    })
    .await
}

/// `POST /trust/device/{id}`: this one is mine, confirm it, or revoke it.
pub(crate) async fn act(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Checked(form): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let desk = &mut unlocked.desk;
        let done = desk.find_device(&id).and_then(|(person, device)| match form.typed("what") {
            "known" => desk.know_device(device),
            "confirm" => desk.confirm_device(person, device),
            "revoke" => desk.revoke_device(person, device),
            _ => Ok(()),
        });
        match done {
            Ok(()) => Sent::At("/trust".to_owned()),
            Err(error) => Sent::Not(refused(words, &error)),
        }
    })
    .await
}
