//! Names that are offered while somebody types.

use axum::extract::{Query, State};
use axum::response::Response;
use counterseal_model::Point;
use maud::html;
use serde::Deserialize;

use super::with_part;
use crate::pages::Reader;
use crate::server::App;

/// Most names that are offered.
const OFFERED: usize = 12;

/// What was typed so far, in whichever of the fields.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Begun {
    perpetrator: String,
    victim: String,
    who1: String,
    who2: String,
    who3: String,
    place: String,
}

pub(crate) async fn actors(State(app): State<App>, reader: Reader, Query(begun): Query<Begun>) -> Response {
    let typed = [begun.perpetrator, begun.victim, begun.who1, begun.who2, begun.who3].concat();
    with_part(&app, reader, move |words, unlocked| {
        let found = unlocked.desk.complete_entity(&typed, OFFERED)?;
        Ok(html! { @for (_, kind, name) in found { option value=(name) { (words.entity_kind(kind)) } } })
    })
    .await
}

pub(crate) async fn places(State(app): State<App>, reader: Reader, Query(begun): Query<Begun>) -> Response {
    with_part(&app, reader, move |_, unlocked| {
        let found = unlocked.desk.complete_place(&begun.place, OFFERED)?;
        let point = |point: Point| format!("{}, {}", point.lat(), point.lon());
        Ok(html! {
            @for place in found {
                @let at = place.point.map(point);
                @let area = [place.admin1.clone(), place.country.clone(), at.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
                option value=(place.name) data-at=[at] data-admin1=[place.admin1] data-country=[place.country] { (area) }
            }
        })
    })
    .await
}
