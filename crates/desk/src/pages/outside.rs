//! Pages without an unlocked desk: what they share.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use counterseal_node::NodeError;
use maud::{Markup, html};

use super::{Page, Reader, busy, layout, sorry};
use crate::server::App;
use crate::words::Words;
use crate::worker::Room;

/// Asks the thread for what a page needs, and draws it.
pub(super) async fn with_room<T: Send + 'static>(
    app: &App,
    reader: &Reader,
    ask: impl FnOnce(&mut Room) -> Result<T, NodeError> + Send + 'static,
    draw: impl FnOnce(Words, &str, T) -> Page,
) -> Response {
    match app.worker.ask(ask).await {
        Ok(Ok(found)) => {
            page(app, reader, StatusCode::OK, &draw(reader.words, app.session.form_token(), found))
        }
        Ok(Err(error)) => {
            sorry(reader.words, StatusCode::UNPROCESSABLE_ENTITY, &reader.words.refusal(&error))
        }
        Err(_busy) => busy(reader.words),
    }
}

pub(super) fn page(app: &App, reader: &Reader, status: StatusCode, page: &Page) -> Response {
    (status, layout::outside(reader, app.session.form_token(), page)).into_response()
}

/// It is done, and to be seen there.
pub(super) fn at(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, path.to_owned())]).into_response()
}

/// Why something was not done, above the form.
pub(super) fn wrong(why: Option<&str>) -> Markup {
    html! { @if let Some(why) = why { p.warning role="alert" { (why) } } }
}

/// A choice of one file.
pub(super) fn file(words: Words, name: &str, label: &str, required: bool) -> Markup {
    html! { label { span { (words.text(label)) } input type="file" name=(name) required[required]; } }
}
