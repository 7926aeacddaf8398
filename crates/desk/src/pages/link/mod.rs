//! The link to the hub, and pouches. Everything here loads without a hub; only a session needs one.

mod pouch;
mod state;
mod sync;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::Response;
use axum::routing::{get, post};
use maud::html;

use super::{Page, Reader, with_desk};
use crate::door::POUCH_BYTES;
use crate::server::App;

/// The ways of this page.
pub(crate) fn routes() -> Router<App> {
    let large = || DefaultBodyLimit::max(POUCH_BYTES);
    Router::new()
        .route("/link", get(show))
        .route("/link/sync", post(sync::begin))
        .route("/link/keep", post(sync::keep))
        .route("/link/pouch", get(pouch::done).post(pouch::write))
        .route("/link/pouch/file", get(pouch::save))
        .route("/link/read", post(pouch::read).layer(large()))
}

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let token = app.session.form_token().to_owned();
    let keep = app.worker.ask(|room| room.kept_in_step().cloned()).await.ok().flatten();
    with_desk(&app, reader, move |words, unlocked| {
        let main = html! {
            h1 { (words.text("link-title")) }
            (state::all(words, unlocked)?)
            (sync::forms(words, &token, &unlocked.desk, keep.as_ref())?)
            (pouch::forms(words, &token, &unlocked.desk))
        };
        Ok(Page::new(words.text("link-title"), main))
    })
    .await
}
