//! Unlocking and locking.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use counterseal_node::NodeError;
use counterseal_seal::Passphrase;
use maud::html;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::language::local;
use super::mine::name;
use super::{Page, Reader, busy, escaped, layout, sorry};
use crate::door::Checked;
use crate::server::App;

/// Where the passphrase is asked for, before the page that was wanted.
pub(super) fn path(wanted: &str) -> String {
    format!("/unlock?back={}", escaped(wanted))
}

#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    back: String,
    /// Whether the passphrase did not fit.
    #[serde(default)]
    again: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Unlocking {
    passphrase: String,
    #[serde(default)]
    desk: Option<String>,
    #[serde(default)]
    back: String,
}

pub(crate) async fn show(State(app): State<App>, reader: Reader, Query(wanted): Query<Wanted>) -> Response {
    let words = reader.words;
    let desks = app.worker.ask(|room| room.choices()).await;
    let desks = match desks {
        Ok(Ok(desks)) => desks,
        Ok(Err(error)) => return sorry(words, StatusCode::INTERNAL_SERVER_ERROR, &words.refusal(&error)),
        Err(_busy) => return busy(words),
    };
    if desks.is_empty() {
        return (StatusCode::SEE_OTHER, [(LOCATION, "/welcome")]).into_response();
    }
    let main = html! {
        h1 { (words.text("unlock-title")) }
        @if wanted.again.is_some() { p.warning role="alert" { (words.text("unlock-wrong")) } }
        form.unlock method="post" action="/unlock" autocomplete="off" {
            input type="hidden" name="token" value=(app.session.form_token());
            input type="hidden" name="back" value=(wanted.back);
            @if desks.len() > 1 {
                label { (words.text("unlock-desk")) " "
                    select name="desk" {
                        @for desk in &desks { option value=(desk.id) { (name(desk)) } }
                    }
                }
            }
            label { (words.text("unlock-passphrase")) " "
                input type="password" name="passphrase" required autofocus autocomplete="off" spellcheck="false";
            }
            button type="submit" { (words.text("unlock")) }
        }
        p { (words.text("unlock-why")) }
        p { a href="/welcome" { (words.text("unlock-other")) } }
    };
    let page = Page::new(words.text("unlock-title"), main);
    layout::outside(&reader, app.session.form_token(), &page).into_response()
}

pub(crate) async fn unlock(
    State(app): State<App>,
    reader: Reader,
    Checked(form): Checked<Unlocking>,
) -> Response {
    let words = reader.words;
    let back = local(&form.back);
    let opened = app.worker.ask(move |room| {
        let passphrase = Passphrase::new(&Zeroizing::new(form.passphrase)).ok()?;
        match room.unlock(form.desk.as_deref(), &passphrase) {
            Ok(()) => Some(Ok(())),
            Err(NodeError::KeyFile(_)) => None,
            Err(other) => Some(Err(other)),
        }
    });
    match opened.await {
        Ok(Some(Ok(()))) => (StatusCode::SEE_OTHER, [(LOCATION, back)]).into_response(),
        Ok(Some(Err(error))) => sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.refusal(&error)),
        Ok(None) => {
            let again = format!("{}&again=1", path(&back));
            (StatusCode::SEE_OTHER, [(LOCATION, again)]).into_response()
        }
        Err(_busy) => busy(words),
    }
}

#[derive(Deserialize)]
pub(crate) struct Nothing {}

/// `GET /stay`: somebody is there. Whatever is asked for puts off the lock; this asks for nothing else.
pub(crate) async fn stay(State(app): State<App>) -> StatusCode {
    match app.worker.ask(|room| room.unlocked().is_some()).await {
        Ok(true) => StatusCode::NO_CONTENT,
        Ok(false) => StatusCode::UNAUTHORIZED,
        Err(_busy) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

pub(crate) async fn lock(State(app): State<App>, reader: Reader, Checked(_): Checked<Nothing>) -> Response {
    match app.worker.ask(|room| room.lock()).await {
        Ok(Err(error)) => {
            sorry(reader.words, StatusCode::INTERNAL_SERVER_ERROR, &reader.words.refusal(&error))
        }
        _ => (StatusCode::SEE_OTHER, [(LOCATION, "/unlock")]).into_response(),
    }
}
