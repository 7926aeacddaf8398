//! The mission's own basemap: a GeoJSON file with rivers, areas, places, and boundaries as the mission draws them. Only
//! scripts draw it, so only they can give it.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use counterseal_node::{Desk, NodeError};
use maud::{Markup, html};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::door::Checked;
use crate::pages::unlock::Nothing;
use crate::pages::{Reader, Sent, refused, with_form};
use crate::server::App;
use crate::underlay::Detail;
use crate::words::Words;

/// What makes a file a collection of features (RFC 7946, section 3.3).
#[derive(Deserialize)]
struct Collection {
    #[serde(rename = "type")]
    kind: String,
    features: Vec<IgnoredAny>,
}

/// The mission's own, if there is one, as it is drawn on paper and without scripts.
pub(super) fn own(words: Words, desk: &Desk) -> Result<Option<Detail>, NodeError> {
    Ok(desk.basemap()?.map(|bytes| Detail::of_mission(&bytes, words.0)))
}

/// `GET /situation/basemap`
pub(crate) async fn show(State(app): State<App>) -> Response {
    match app.worker.ask(|room| room.unlocked().map(|unlocked| unlocked.desk.basemap())).await {
        Ok(Some(Ok(Some(bytes)))) => ([(CONTENT_TYPE, "application/geo+json")], bytes).into_response(),
        Ok(Some(Ok(None))) => StatusCode::NOT_FOUND.into_response(),
        Ok(Some(Err(_))) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
        Ok(None) => StatusCode::UNAUTHORIZED.into_response(),
        Err(_busy) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// `POST /situation/basemap`: the file as it is, with the forms' token beside it.
pub(crate) async fn take(State(app): State<App>, headers: HeaderMap, bytes: Bytes) -> Response {
    let token = headers.get("x-counterseal-token").and_then(|token| token.to_str().ok()).unwrap_or("");
    if !app.session.is_form_token(token) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let read = serde_json::from_slice::<Collection>(&bytes);
    if !read.is_ok_and(|read| read.kind == "FeatureCollection" && !read.features.is_empty()) {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let kept = app.worker.ask(move |room| Some(room.unlocked()?.desk.keep_basemap(Some(&bytes)))).await;
    match kept {
        Ok(Some(Ok(true))) => StatusCode::NO_CONTENT.into_response(),
        Ok(Some(_)) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
        Ok(None) => StatusCode::UNAUTHORIZED.into_response(),
        Err(_busy) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// `POST /situation/basemap/forget`
pub(crate) async fn forget(State(app): State<App>, reader: Reader, Checked(_): Checked<Nothing>) -> Response {
    with_form(&app, reader, |words, unlocked| match unlocked.desk.keep_basemap(None) {
        Ok(_) => Sent::At(super::HERE.to_owned()),
        Err(error) => Sent::Not(refused(words, &error)),
    })
    .await
}

/// Where it is given. Shown once the map is there.
pub(super) fn shelf(words: Words, token: &str, there: bool) -> Markup {
    html! {
        details.shelf #basemap-shelf hidden {
            summary { (words.text("basemap-title")) }
            p { (words.text("basemap-why")) }
            label { span { (words.text("basemap-file")) } input #basemap-file type="file" accept=".geojson,.json,application/geo+json"; }
            p.warning #basemap-bad role="alert" hidden { (words.text("basemap-bad")) }
            @if there {
                form autocomplete="off" method="post" action="/situation/basemap/forget" {
                    input type="hidden" name="token" value=(token);
                    button type="submit" { (words.text("basemap-forget")) }
                }
            }
        }
    }
}
