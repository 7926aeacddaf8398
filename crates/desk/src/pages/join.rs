//! Joining a mission: an invitation in, a request out, a challenge in, a string read out, the mission in.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use counterseal_model::fingerprint;
use counterseal_node::{DeskPlace, NodeError};
use counterseal_seal::Passphrase;
use maud::{Markup, html};

use super::outside::{at, file, page, with_room, wrong};
use super::passphrase::{self, STRENGTH};
use super::{Page, Reader, busy, qr};
use crate::door::{Checked, Fields, Uploaded};
use crate::server::App;
use crate::words::Words;
use crate::worker::{Newcomer, Room};

/// What the page shows of somebody who is joining.
struct Step {
    waiting: Vec<DeskPlace>,
    /// The mission's fingerprint, and the device's once there is one.
    mission: Option<String>,
    device: Option<String>,
    string: Option<String>,
    has_request: bool,
}

impl Step {
    fn of(room: &mut Room) -> Result<Self, NodeError> {
        let waiting = room.waiting()?;
        let mut step = Self { waiting, mission: None, device: None, string: None, has_request: false };
        match room.newcomer() {
            None => {}
            Some(Newcomer::Invited(invitation)) => {
                step.mission = Some(fingerprint(&invitation.mission.to_string()));
            }
            Some(Newcomer::Asked { mission, device, .. }) => {
                step.mission = Some(fingerprint(&mission.to_string()));
                step.device = Some(fingerprint(&device.to_string()));
                step.has_request = true;
            }
            Some(Newcomer::Proved(proved)) => {
                step.mission = Some(fingerprint(&proved.mission.to_string()));
                step.device = Some(fingerprint(&proved.device.to_string()));
                step.string = Some(proved.string.to_string());
            }
        }
        Ok(step)
    }
}

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    with_room(&app, &reader, Step::of, |words, token, step| draw(words, token, &step, None, false)).await
}

/// `POST /join/invitation`: what the file or the lines say; nothing is made yet.
pub(crate) async fn invitation(State(app): State<App>, reader: Reader, mut form: Uploaded) -> Response {
    let typed = form.fields.secret("lines");
    let read = form.file("invitation").unwrap_or_else(|| typed.as_bytes().to_vec().into());
    act(&app, reader, move |room| room.read_invitation(&read)).await
}

/// `POST /join/accept`: keys and a request.
pub(crate) async fn accept(
    State(app): State<App>,
    reader: Reader,
    Checked(form): Checked<Fields>,
) -> Response {
    let (words, mut form) = (reader.words, form);
    if !form.is_ticked("compared") {
        return again(&app, reader, &words.text("join-not-compared"), false).await;
    }
    match passphrase::read(words, &mut form, "passphrase", "again") {
        Ok(passphrase) => act(&app, reader, move |room| room.accept_invitation(&passphrase)).await,
        Err(not) => again(&app, reader, &not.why, not.weak).await,
    }
}

/// `GET /join/request`: the file for who invited.
pub(crate) async fn request(State(app): State<App>, reader: Reader) -> Response {
    let request = app.worker.ask(|room| match room.newcomer() {
        Some(Newcomer::Asked { request, .. }) => Some(request.clone()),
        _ => None,
    });
    match request.await {
        Ok(Some(request)) => download("device.request", request),
        Ok(None) => super::missing(reader).await,
        Err(_busy) => busy(reader.words),
    }
}

/// `POST /join/challenge`: the string to be read out.
pub(crate) async fn challenge(State(app): State<App>, reader: Reader, mut form: Uploaded) -> Response {
    let words = reader.words;
    let (waiting, challenge) = (form.fields.typed("waiting").to_owned(), form.file("challenge"));
    let passphrase = Passphrase::new(&form.fields.secret("passphrase"));
    let (Some(challenge), Ok(passphrase)) = (challenge, passphrase) else {
        return again(&app, reader, &words.text("join-challenge-missing"), false).await;
    };
    act(&app, reader, move |room| room.prove_invited(&waiting, &challenge, &passphrase)).await
}

/// `POST /join/mission`: the mission comes, in a pouch or as a file of statements.
pub(crate) async fn mission(State(app): State<App>, reader: Reader, mut form: Uploaded) -> Response {
    let words = reader.words;
    let (waiting, brought) = (form.fields.typed("waiting").to_owned(), form.file("brought"));
    let passphrase = Passphrase::new(&form.fields.secret("passphrase"));
    let (Some(brought), Ok(passphrase)) = (brought, passphrase) else {
        return again(&app, reader, &words.text("join-mission-missing"), false).await;
    };
    match app.worker.ask(move |room| room.join(&waiting, &brought, &passphrase)).await {
        Ok(Ok(())) => at("/trust"),
        Ok(Err(error)) => again(&app, reader, &said(words, &error), false).await,
        Err(_busy) => busy(words),
    }
}

async fn act(
    app: &App,
    reader: Reader,
    act: impl FnOnce(&mut Room) -> Result<(), NodeError> + Send + 'static,
) -> Response {
    match app.worker.ask(act).await {
        Ok(Ok(())) => at("/join"),
        Ok(Err(error)) => {
            let why = said(reader.words, &error);
            again(app, reader, &why, false).await
        }
        Err(_busy) => busy(reader.words),
    }
}

/// Why not. A passphrase that does not fit has its own sentence.
fn said(words: Words, error: &NodeError) -> String {
    match error {
        NodeError::KeyFile(_) => words.text("unlock-wrong"),
        other => words.refusal(other),
    }
}

async fn again(app: &App, reader: Reader, why: &str, weak: bool) -> Response {
    let reader = Reader { here: "/join".to_owned(), ..reader };
    match app.worker.ask(Step::of).await {
        Ok(Ok(step)) => {
            let drawn = draw(reader.words, app.session.form_token(), &step, Some(why), weak);
            page(app, &reader, StatusCode::UNPROCESSABLE_ENTITY, &drawn)
        }
        _ => busy(reader.words),
    }
}

/// A file to be kept by the browser's user; its name says nothing of the mission.
pub(super) fn download(name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}

fn draw(words: Words, token: &str, step: &Step, why: Option<&str>, weak: bool) -> Page {
    let main = html! {
        h1 { (words.text("join-title")) }
        p { (words.text("join-what")) }
        (wrong(why))
        @if let Some(mission) = &step.mission {
            p { (words.text("join-compare")) }
            (qr::code(&words.text("fingerprint"), mission))
        }
        @match (&step.mission, &step.device) {
            (Some(_), None) => (accept_form(words, token, weak)),
            (Some(_), Some(device)) => (asked(words, step, device)),
            _ => (invitation_form(words, token)),
        }
        @if !step.waiting.is_empty() {
            (challenge_form(words, token, &step.waiting))
            (mission_form(words, token, &step.waiting))
        }
        p { a href="/welcome" { (words.text("back")) } }
    };
    Page::new(words.text("join-title"), main).with(STRENGTH)
}

fn invitation_form(words: Words, token: &str) -> Markup {
    html! {
        h2 { (words.text("join-1")) }
        form.write method="post" action="/join/invitation" enctype="multipart/form-data" autocomplete="off" {
            input type="hidden" name="token" value=(token);
            (file(words, "invitation", "join-invitation", false))
            label { span { (words.text("join-lines")) } textarea name="lines" dir="ltr" spellcheck="false" {} }
            button type="submit" { (words.text("join-read")) }
        }
    }
}

fn accept_form(words: Words, token: &str, weak: bool) -> Markup {
    html! {
        form.write method="post" action="/join/accept" autocomplete="off" {
            input type="hidden" name="token" value=(token);
            label.tick { input type="checkbox" name="compared" value="1" required; " " (words.text("join-compared")) }
            (passphrase::fields(words, "passphrase", "again", "found-passphrase"))
            (passphrase::advice(words, weak))
            button type="submit" { (words.text("join-accept")) }
        }
    }
}

fn asked(words: Words, step: &Step, device: &str) -> Markup {
    html! {
        @if step.has_request {
            h2 { (words.text("join-2")) }
            p { (words.text("join-request-why")) }
            p { a.button href="/join/request" download="device.request" { (words.text("join-request")) } }
        }
        @if let Some(string) = &step.string {
            p { (words.text("join-string-why")) }
            p.string dir="ltr" { (string) }
            (qr::code(&words.text("join-string"), string))
        }
        p { (words.text("join-device")) " " code { (device) } }
    }
}

/// Which of the waiting desks, where there are several; and its passphrase.
fn which(words: Words, waiting: &[DeskPlace]) -> Markup {
    html! {
        @if let [only] = waiting { input type="hidden" name="waiting" value=(only.id); }
        @else {
            label { span { (words.text("join-which")) }
                select name="waiting" { @for place in waiting { option value=(place.id) { (place.id) } } } }
        }
        label { span { (words.text("unlock-passphrase")) }
            input type="password" name="passphrase" required autocomplete="off" spellcheck="false"; }
    }
}

fn challenge_form(words: Words, token: &str, waiting: &[DeskPlace]) -> Markup {
    html! {
        h2 { (words.text("join-3")) }
        form.write method="post" action="/join/challenge" enctype="multipart/form-data" autocomplete="off" {
            input type="hidden" name="token" value=(token);
            (file(words, "challenge", "join-challenge", true))
            (which(words, waiting))
            button type="submit" { (words.text("join-prove")) }
        }
    }
}

fn mission_form(words: Words, token: &str, waiting: &[DeskPlace]) -> Markup {
    html! {
        h2 { (words.text("join-4")) }
        form.write method="post" action="/join/mission" enctype="multipart/form-data" autocomplete="off" {
            input type="hidden" name="token" value=(token);
            (file(words, "brought", "join-brought", true))
            (which(words, waiting))
            button type="submit" { (words.text("join-do")) }
        }
    }
}
