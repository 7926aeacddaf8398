//! This desk as a whole: what it is called, who else has one here, its passphrase, and the ways out.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use counterseal_node::NodeError;
use counterseal_seal::Passphrase;
use maud::{Markup, html};

use super::outside::at;
use super::passphrase::{self, STRENGTH};
use super::{Page, Reader, busy, destroy, shift, sorry, travel, with_desk};
use crate::door::{Checked, Fields};
use crate::pages::unlock::Nothing;
use crate::server::App;
use crate::words::Words;
use crate::worker::{Choice, Room};

/// The ways of this desk as a whole.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/mine", get(show))
        .route("/mine/label", post(label))
        .route("/mine/passphrase", post(change))
        .route("/panic", post(panic))
        .route("/shift", get(shift::show).post(shift::write))
        .route("/travel", get(travel::show).post(travel::prepare))
        .route("/travel/back", post(travel::back))
        .route("/destroy", get(destroy::show).post(destroy::destroy))
        .route("/destroyed", get(destroy::done))
}

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let token = app.session.form_token().to_owned();
    let choices = app.worker.ask(|room| room.choices()).await;
    let choices = choices.ok().and_then(Result::ok).unwrap_or_default();
    with_desk(&app, reader, move |words, unlocked| {
        let own = choices.iter().find(|choice| choice.unlocked);
        let main = html! {
            h1 { (words.text("mine-title")) }
            p { (words.text("mine-device")) " " code { (counterseal_model::fingerprint(&unlocked.desk.device().to_string())) } }
            ul.tasks {
                @for (path, name, why) in TASKS {
                    li { a href=(path) { strong { (words.text(name)) } span { (words.text(why)) } } }
                }
            }
            (others(words, &token, &choices))
            (label_form(words, &token, own))
            (passphrase_form(words, &token))
            h2 { (words.text("panic")) }
            p { (words.text("panic-why")) }
        };
        Ok(Page::new(words.text("mine-title"), main).with(STRENGTH))
    })
    .await
}

/// What leads out of here: path, name, what it is for.
const TASKS: [(&str, &str, &str); 5] = [
    ("/shift", "shift-title", "mine-shift-why"),
    ("/travel", "travel-title", "mine-travel-why"),
    ("/link", "link-title", "mine-link-why"),
    ("/people", "people-title", "mine-people-why"),
    ("/destroy", "destroy-title", "mine-destroy-why"),
];

/// The others' desks on this computer: each with its passphrase, so that one press locks this and unlocks that.
fn others(words: Words, token: &str, choices: &[Choice]) -> Markup {
    html! {
        h2 { (words.text("mine-others")) }
        p { (words.text("mine-others-why")) }
        @for choice in choices.iter().filter(|choice| !choice.unlocked) {
            form.switch method="post" action="/unlock" autocomplete="off" {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="desk" value=(choice.id);
                input type="hidden" name="back" value="/";
                label { span { bdi { (name(choice)) } }
                    input type="password" name="passphrase" required autocomplete="off" spellcheck="false" placeholder=(words.text("unlock-passphrase")); }
                button type="submit" { (words.text("mine-switch")) }
            }
        }
        p { a href="/welcome" { (words.text("unlock-other")) } }
    }
}

/// What a desk is called on the screen where one is chosen.
pub(super) fn name(choice: &Choice) -> String {
    match &choice.label {
        Some(label) => format!("{label} · {}", choice.id),
        None => choice.id.clone(),
    }
}

fn label_form(words: Words, token: &str, own: Option<&Choice>) -> Markup {
    let label = own.and_then(|own| own.label.as_deref()).unwrap_or_default();
    html! {
        h2 { (words.text("mine-label")) }
        p { (words.text("mine-label-why")) }
        form.write method="post" action="/mine/label" autocomplete="off" {
            input type="hidden" name="token" value=(token);
            label { span { (words.text("mine-label-field")) } input name="label" value=(label) maxlength="40" dir="auto"; }
            button type="submit" { (words.text("mine-label-do")) }
        }
    }
}

fn passphrase_form(words: Words, token: &str) -> Markup {
    html! {
        h2 { (words.text("mine-passphrase")) }
        p { (words.text("mine-passphrase-why")) }
        form.write method="post" action="/mine/passphrase" autocomplete="off" {
            input type="hidden" name="token" value=(token);
            label { span { (words.text("mine-passphrase-old")) } input type="password" name="old" required autocomplete="off"; }
            (passphrase::fields(words, "passphrase", "again", "mine-passphrase-new"))
            (passphrase::advice(words, true))
            button type="submit" { (words.text("mine-passphrase-do")) }
        }
    }
}

/// `POST /mine/label`.
pub(crate) async fn label(
    State(app): State<App>,
    reader: Reader,
    Checked(form): Checked<Fields>,
) -> Response {
    let label = form.typed("label").to_owned();
    done(reader.words, app.worker.ask(move |room| room.set_label(&label)).await, "/mine")
}

/// `POST /mine/passphrase`.
pub(crate) async fn change(
    State(app): State<App>,
    reader: Reader,
    Checked(form): Checked<Fields>,
) -> Response {
    let (words, mut form) = (reader.words, form);
    let old = Passphrase::new(&form.secret("old"));
    let new = match passphrase::read(words, &mut form, "passphrase", "again") {
        Ok(new) => new,
        Err(not) => return sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &not.why),
    };
    let Ok(old) = old else {
        return sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("unlock-wrong"));
    };
    done(words, app.worker.ask(move |room: &mut Room| room.change_passphrase(&old, &new)).await, "/mine")
}

/// Where something led that was done with the desk as a whole.
pub(super) fn done(
    words: Words,
    outcome: Result<Result<(), NodeError>, crate::worker::Busy>,
    path: &str,
) -> Response {
    match outcome {
        Ok(Ok(())) => at(path),
        Ok(Err(NodeError::KeyFile(_))) => {
            sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("unlock-wrong"))
        }
        Ok(Err(error)) => sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.refusal(&error)),
        Err(_busy) => busy(words),
    }
}

/// `POST /panic`: locks before anything else, finishing nothing. A thread that cannot be stopped ends with the program:
/// what was acknowledged is durable already, and nothing else is worth another moment.
#[expect(clippy::exit, reason = "keys that cannot be wiped otherwise leave memory with the program")]
pub(crate) async fn panic(State(app): State<App>, Checked(_): Checked<Nothing>) -> Response {
    if !app.worker.panic().await {
        std::process::exit(1);
    }
    ([("clear-site-data", "\"cache\"")], at("/unlock")).into_response()
}
