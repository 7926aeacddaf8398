//! A piece of a page, for htmx to put in its place.

use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use counterseal_node::NodeError;
use maud::{Markup, html};

use super::{Reader, busy};
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

/// Asks the unlocked desk for a piece of a page. Where the desk is locked, the browser is sent to where it is unlocked.
pub(super) async fn with_part(
    app: &App,
    reader: Reader,
    draw: impl FnOnce(Words, &mut Unlocked) -> Result<Markup, NodeError> + Send + 'static,
) -> Response {
    let words = reader.words;
    let drawn = app.worker.ask(move |room| room.unlocked().map(|unlocked| draw(words, unlocked)));
    match drawn.await {
        Ok(Some(Ok(part))) => part.into_response(),
        // Shown where the piece would be: htmx shows nothing of an answer that is an error.
        Ok(Some(Err(error))) => html! { p.warning role="alert" { (words.refusal(&error)) } }.into_response(),
        Ok(None) => {
            (StatusCode::UNAUTHORIZED, [(HeaderName::from_static("hx-redirect"), "/unlock")]).into_response()
        }
        Err(_busy) => busy(words),
    }
}
