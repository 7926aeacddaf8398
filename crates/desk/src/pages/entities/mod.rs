//! Entities: the list, and one of them with its incidents, links and names.

mod list;
mod same;
mod show;
mod timeline;

use axum::Router;
use axum::routing::{get, post};
use counterseal_model::record::EntityKind;

use crate::server::App;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/entities", get(list::show))
        .route("/entity/{id}", get(show::show))
        .route("/entity/{id}/merge", post(same::merge))
        .route("/entity/{id}/split", post(same::split))
}

/// The key of what a record is, by its word in the index.
pub(super) fn what_key(word: &str) -> &'static str {
    match word {
        "person" => "what-person",
        "group" => "what-group",
        "organisation" => "what-organisation",
        "place" => "what-place",
        "vehicle" => "what-vehicle",
        "equipment" => "what-equipment",
        "account" => "what-account",
        "incident" => "what-incident",
        "note" => "what-note",
        "case" => "what-case",
        _ => "what-other",
    }
}

/// The path of a record's page: entities have one of their own.
pub(super) fn path_of(word: &str, id: impl std::fmt::Display) -> String {
    let page = if EntityKind::from_word(word).is_some() { "entity" } else { "record" };
    format!("/{page}/{id}")
}
