//! Link charts: drawn here as a picture whose parts are links, with a list beside it; scripts make a chart of it that
//! can be moved and expanded.

mod data;
mod draw;
mod export;
mod page;
mod question;
mod way;

use axum::Router;
use axum::routing::{get, post};

use crate::server::App;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/chart/{id}", get(page::show))
        .route("/chart/{id}/near", get(data::near))
        .route("/chart/{id}/way", get(data::way))
        .route("/chart/{id}/export", post(export::export))
}
