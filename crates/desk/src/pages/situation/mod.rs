//! The situation: map, timeline, breakdowns and list of one question. Each bar and each cell is a link that narrows it; with
//! scripts all of them change together, and the map asks for more as it moves.

mod ask;
pub(crate) mod basemap;
mod compare;
mod draw;
pub(crate) mod kept;
pub(crate) mod layers;
pub(crate) mod leave;
pub(crate) mod points;
pub(crate) mod question;
mod seen;
pub(crate) mod sheet;
mod timeline;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use counterseal_node::{BASEMAP_BYTES, Desk, NodeError};
use maud::{Markup, html};

pub(crate) use self::ask::{chips, form};
use self::compare::{period_fields, totals};
use self::draw::{bars, map};
use self::question::Question;
use self::seen::{BREAKDOWNS, Seen};
use self::timeline::Timeline;
use super::lines::table;
use super::{Page, Reader, with_desk};
use crate::labels::Labels;
use crate::server::App;
use crate::words::Words;

/// Rows of the list below the map.
const NEWEST: usize = 15;
/// Where it is.
const HERE: &str = "/situation";
/// What enriches it.
const EXTRAS: &[&str] = &[
    "vendor/leaflet.css",
    "vendor/uplot.min.css",
    "basemap.css",
    "situation.css",
    "vendor/leaflet.js",
    "vendor/uplot.min.js",
    "ask.js",
    "basemap.js",
    "map.js",
    "timeline.js",
];

pub(crate) fn routes() -> Router<App> {
    let large = || DefaultBodyLimit::max(BASEMAP_BYTES);
    Router::new()
        .route(HERE, get(show))
        .route("/situation/points", get(points::show))
        .route("/situation/layer/{compartment}", get(layers::show))
        .route("/situation/basemap", get(basemap::show).merge(post(basemap::take).layer(large())))
        .route("/situation/basemap/forget", post(basemap::forget))
        .route("/situation/keep", post(kept::keep))
        .route("/situation/forget", post(kept::forget))
        .route("/situation/export", get(leave::show).post(leave::export))
        .route("/situation/daily", get(sheet::show_daily))
        .route("/situation/flash", get(sheet::show_flash))
        .route("/situation/copy", post(sheet::copy))
}

pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Query(question): Query<Question>,
) -> Response {
    // Scripts have their own drawings; the server's are for browsers without.
    let drawn = !headers.contains_key("hx-request");
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let (filter, mut bad) = question.filter(&Labels::of(words, &unlocked.desk));
        let (then, worse) = question.then(words, &filter);
        bad.extend(worse);
        let columns = unlocked.columns()?;
        let desk = &unlocked.desk;
        let labels = Labels::of(words, desk);
        let seen = Seen::of(desk, columns, &filter, then.as_ref())?;
        let timeline = Timeline::of(desk, &seen, &filter, then.as_ref())?;
        let [step, span, bars, before] = timeline.data();
        let newest = desk.numbered(&seen.columns.newest(&seen.view, NEWEST))?;
        let layers = layers::chosen(desk, &question)?;
        let own = desk.has_basemap()?;
        let more = html! { (period_fields(words, &question, &filter, &bad)) };
        let main = html! {
            h1 { (words.text("situation-title")) }
            div #asked data-query=(question.query()) data-bounds=(bounds(seen.area)) data-step=[step] data-span=[span]
                data-bars=[bars] data-then=[before] data-layers=(layers::ids(&layers)) hx-target="#asked" hx-select="#asked" hx-swap="outerHTML" hx-push-url="true" {
                (form(&labels, &question, HERE, &bad, &more))
                (chips(&labels, &question, HERE))
                p.count #count role="status" tabindex="-1" {
                    strong { (words.with("situation-count", &[("count", (&words.number(seen.picture.count)).into())])) }
                    " " (words.with("situation-killed", &[("count", (&words.number(seen.picture.best)).into())]))
                    " " a href=(question.link("/find")) { (words.text("situation-list")) }
                    " " a href=(question.link("/situation/daily")) { (words.text("sheet-daily")) }
                    " " a href=(question.link("/situation/flash")) { (words.text("sheet-flash")) }
                    " " a href=(question.link("/situation/export")) { (words.text("leave-title")) }
                }
                @if let Some(then) = seen.total_then() { (totals(words, &question, seen.total(), then)) }
                div.seen {
                    div.mapside {
                        (tools(words))
                        div #map.live hx-preserve dir="ltr" role="region" aria-label=(words.text("map-live")) data-basemap=(crate::assets::path("vendor/basemap.json"))
                            data-detail=(crate::assets::path("vendor/detail.json")) data-mission=[own.then_some("/situation/basemap")] {}
                        @if drawn { (map(words, &question, (seen.area, seen::GRID), basemap::own(words, desk)?.as_ref(), &seen.picture.grid, &layers::drawn(desk, &layers, seen.area)?)) }
                        p.caption { (words.text("map-caption")) @if !own { " " (words.text("map-places")) } }
                        (layers::switches(words, desk, &question, &layers))
                        (kept::shelf(words, &token, &question, &desk.kept_views()?))
                        (basemap::shelf(words, &token, own))
                        h2 { (timeline.title(words)) }
                        (timeline.live(words))
                        @if drawn { (timeline.drawn(words, &question)) }
                        (timeline.table(words, &question))
                    }
                    (breakdowns(words, desk, &question, &seen)?)
                }
                h2 { (words.text("situation-newest")) }
                (table(words, desk, &newest))
            }
        };
        Ok(Page::new(words.text("situation-title"), main).with(EXTRAS))
    })
    .await
}

/// What can be done with the map, for those who have scripts: the map shows them when it is there.
fn tools(words: Words) -> Markup {
    let tools =
        [("box", "map-box"), ("area", "map-area"), ("section", "map-section"), ("clear", "map-clear")];
    html! {
        div.tools #tools hidden role="toolbar" aria-label=(words.text("map-tools")) {
            @for (tool, key) in tools {
                button type="button" data-tool=(tool) aria-pressed=[matches!(tool, "box" | "area").then_some("false")] { (words.text(key)) }
            }
            span #map-hint role="status" data-box=(words.text("map-box-hint")) data-area=(words.text("map-area-hint")) {}
        }
    }
}

fn breakdowns(words: Words, desk: &Desk, question: &Question, seen: &Seen) -> Result<Markup, NodeError> {
    let labels = Labels::of(words, desk);
    let lines = |nth, field: &str| {
        let mut lines = seen.lines(desk, nth)?;
        for line in lines.iter_mut().filter(|_| field == "type") {
            line.called = line.name.as_deref().map(|code| labels.term("incident-type", code));
        }
        Ok::<_, NodeError>(lines)
    };
    Ok(html! {
        div.breakdowns hx-boost="true" {
            @for (nth, (_, field, key)) in BREAKDOWNS.iter().enumerate() {
                (bars(words, question, field, &words.text(key), &lines(nth, field)?))
            }
        }
    })
}

/// South, north, west, east in degrees, for scripts.
fn bounds(area: [i32; 4]) -> String {
    area.map(|edge| format!("{:.4}", f64::from(edge) / 1e7)).join(",")
}
