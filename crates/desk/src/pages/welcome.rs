//! The first run: found a mission, or join one.

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::Response;
use axum::routing::{get, post};
use maud::html;

use super::outside::with_room;
use super::{Page, Reader, found, join};
use crate::door::{PAPER_BYTES, POUCH_BYTES};
use crate::server::App;

/// The ways of the first run.
pub(crate) fn routes() -> Router<App> {
    let paper = || DefaultBodyLimit::max(PAPER_BYTES);
    Router::new()
        .route("/welcome", get(show))
        .route("/found", get(found::show).post(found::found))
        .route("/founded", get(found::done))
        .route("/join", get(join::show))
        .route("/join/invitation", post(join::invitation).layer(paper()))
        .route("/join/accept", post(join::accept))
        .route("/join/request", get(join::request))
        .route("/join/challenge", post(join::challenge).layer(paper()))
        .route("/join/mission", post(join::mission).layer(DefaultBodyLimit::max(POUCH_BYTES)))
}

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let ask = |room: &mut crate::worker::Room| Ok((room.desks()?.len(), room.waiting()?.len()));
    with_room(&app, &reader, ask, |words, _, (desks, waiting)| {
        let main = html! {
            h1 { (words.text("welcome-title")) }
            p { (words.text("welcome-what")) }
            ul.tasks {
                li { a href="/join" {
                    strong { (words.text("join-title")) }
                    span { (words.text("welcome-join")) }
                    @if waiting > 0 { span.mark { (words.with("welcome-waiting", &[("count", (waiting as u64).into())])) } }
                } }
                li { a href="/found" { strong { (words.text("found-title")) } span { (words.text("welcome-found")) } } }
            }
            @if desks > 0 { p { a href="/unlock" { (words.with("welcome-unlock", &[("count", (desks as u64).into())])) } } }
        };
        Page::new(words.text("welcome-title"), main)
    })
    .await
}
