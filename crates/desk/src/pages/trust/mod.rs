//! What this desk's trust rests on: the mission, its logs and witnesses, the hub, the trustees, my devices; and what has
//! changed.

mod changes;
mod devices;
mod logs;
mod trustees;
mod waiting;
mod warnings;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use counterseal_model::fingerprint;
use counterseal_node::Desk;
use counterseal_register::Subject;
use maud::{Markup, html};

use super::record::{compartment_name, readers};
use super::{Page, Reader, qr, with_desk};
use crate::server::App;
use crate::words::Words;

/// The ways of this page.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/trust", get(show))
        .route("/trust/seen", post(changes::seen))
        .route("/trust/device/{id}", get(devices::ask).post(devices::act))
        .route("/trust/suspend", post(warnings::suspend))
}

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let digits = fingerprint(&unlocked.desk.mission().to_string());
        let main = html! {
            h1 { (words.text("trust-title")) }
            (warnings::all(words, &token, unlocked)?)
            p { (words.text("trust-fingerprint")) }
            (qr::code(&words.text("fingerprint"), &digits))
            (changes::since(words, &token, &unlocked.desk)?)
            (logs::all(words, unlocked)?)
            (devices::mine(words, &token, &unlocked.desk)?)
            (trustees::all(words, &unlocked.desk)?)
            (waiting::all(words, &unlocked.desk)?)
            (rooms(words, &unlocked.desk))
        };
        Ok(Page::new(words.text("trust-title"), main))
    })
    .await
}

/// The compartments that this desk is in.
fn rooms(words: Words, desk: &Desk) -> Markup {
    html! {
        h2 { (words.text("trust-compartments")) }
        ul {
            @for view in desk.compartments().into_iter().filter(|view| view.mine) {
                li { bdi { (compartment_name(desk, view.id)) }
                    " · " (words.with("record-readers", &[("count", readers(desk, &view).into())])) }
            }
        }
    }
}

/// What somebody or something is called; its first digits where this desk may not know.
fn name(desk: &Desk, subject: Subject, short: String) -> String {
    desk.name_of(subject).map_or(short, |name| name.to_string())
}
