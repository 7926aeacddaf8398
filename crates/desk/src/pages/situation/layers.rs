//! Layers over the incidents: what has a place of its own, each layer from its own compartment.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use counterseal_model::CompartmentId;
use counterseal_model::record::EntityKind;
use counterseal_node::{Desk, GeoBox, LayerView, NodeError, Placed};
use maud::{Markup, html};

use super::points::{Section, json};
use super::question::Question;
use crate::pages::record::compartment_name;
use crate::server::App;
use crate::words::Words;

/// Most records of a layer that are drawn at once.
const MOST: usize = 300;

/// `GET /situation/layer/{compartment}`: path, latitude, longitude, name and sign of what the section shows.
pub(crate) async fn show(
    State(app): State<App>,
    Path(compartment): Path<String>,
    Query(section): Query<Section>,
) -> Response {
    json(&app, move |unlocked| {
        let Some(within) = section.read() else { return Ok(Vec::new()) };
        let compartment = unlocked.desk.find_compartment(&compartment)?;
        let placed = unlocked.desk.layer(compartment, within, MOST)?;
        let one = |placed: Placed| {
            let (path, sign) = (format!("/record/{}", placed.record), sign(placed.kind));
            (path, degrees(placed.lat), degrees(placed.lon), placed.name.unwrap_or_default(), sign)
        };
        Ok(placed.into_iter().map(one).collect::<Vec<_>>())
    })
    .await
}

fn degrees(e7: i32) -> f64 {
    f64::from(e7) / 1e7
}

/// What stands on the map for it. Its name stands beside it, so that nobody has to know the signs.
const fn sign(kind: Option<EntityKind>) -> &'static str {
    match kind {
        None => "◆",
        Some(EntityKind::Place) => "■",
        Some(EntityKind::Vehicle | EntityKind::Equipment) => "▲",
        Some(_) => "●",
    }
}

/// The layers that are on, of those that this desk has.
pub(super) fn chosen(desk: &Desk, question: &Question) -> Result<Vec<(LayerView, bool)>, NodeError> {
    let on = |id: CompartmentId| question.layers.split(',').any(|named| named == id.to_string());
    Ok(desk.layers()?.into_iter().map(|layer| (layer, on(layer.compartment))).collect())
}

/// The ids of those that are on, as they stand in the address.
pub(super) fn ids(layers: &[(LayerView, bool)]) -> String {
    let on = layers.iter().filter(|(_, on)| *on).map(|(layer, _)| layer.compartment.to_string());
    on.collect::<Vec<_>>().join(",")
}

/// A link for each that puts it on the map or takes it away.
pub(super) fn switches(
    words: Words,
    desk: &Desk,
    question: &Question,
    layers: &[(LayerView, bool)],
) -> Markup {
    let other = |nth: usize| {
        let turned = layers.iter().enumerate();
        let turned: Vec<_> = turned.map(|(at, (layer, on))| (*layer, *on != (at == nth))).collect();
        question.link_with(super::HERE, "layers", &ids(&turned))
    };
    html! {
        @if !layers.is_empty() {
            nav.layers aria-label=(words.text("layers-title")) hx-boost="true" {
                span { (words.text("layers-title")) (words.colon()) }
                @for (nth, (layer, on)) in layers.iter().enumerate() {
                    a href=(other(nth)) aria-current=[on.then_some("true")] {
                        span aria-hidden="true" { @if *on { "☑ " } @else { "☐ " } }
                        bdi { (compartment_name(desk, layer.compartment)) } " (" (words.number(layer.count)) ")"
                        span.unseen { (words.text(if *on { "layers-off" } else { "layers-on" })) }
                    }
                }
            }
        }
    }
}

/// The same without scripts: on the server's drawing.
pub(super) fn drawn(
    desk: &Desk,
    layers: &[(LayerView, bool)],
    area @ [_, _, west, east]: [i32; 4],
) -> Result<Markup, NodeError> {
    let size = (degrees(east) - degrees(west)) / 90.0;
    let mut placed = Vec::new();
    for (layer, _) in layers.iter().filter(|(_, on)| *on) {
        placed.extend(desk.layer(layer.compartment, area, MOST)?);
    }
    Ok(html! {
        @for one in placed {
            a href=(format!("/record/{}", one.record)) {
                rect.placed x=(format!("{:.4}", degrees(one.lon) - size / 2.0)) y=(format!("{:.4}", -degrees(one.lat) - size / 2.0)) width=(format!("{size:.4}")) height=(format!("{size:.4}")) {
                    title { (one.name.unwrap_or_default()) }
                }
            }
        }
    })
}

impl Section {
    /// South, north, west, east, 1e-7 degrees.
    fn read(&self) -> Option<[i32; 4]> {
        self.text().parse::<GeoBox>().ok().map(GeoBox::to_e7)
    }
}
