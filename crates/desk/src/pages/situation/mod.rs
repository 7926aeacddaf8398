//! The situation: map, timeline and breakdowns of one question. Each bar and each cell is a link that narrows it.

mod draw;
pub(crate) mod question;

use axum::extract::{Query, State};
use axum::response::Response;
use counterseal_node::{Bar, Breakdown, Columns, Desk, Filter, NodeError, PictureOf, View};
use maud::{Markup, html};

use self::draw::{bars, map, timeline};
use self::question::Question;
use super::{Page, Reader, with_desk};
use crate::labels::Labels;
use crate::server::App;
use crate::words::Words;

/// Columns and rows of the map's grid.
const GRID: (u32, u32) = (96, 64);
/// What is counted: the field that a bar narrows, and what it is called.
const BREAKDOWNS: [(Breakdown, &str, &str); 3] = [
    (Breakdown::Kind, "type", "field-kind"),
    (Breakdown::Country, "country", "field-country"),
    (Breakdown::Admin1, "place", "field-admin1"),
];
/// Bars of a breakdown.
const TOP: usize = 12;

pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    Query(question): Query<Question>,
) -> Response {
    with_desk(&app, reader, move |words, unlocked| {
        let (filter, bad) = question.filter(words);
        let columns = unlocked.columns()?;
        let desk = &unlocked.desk;
        let view = view_of(desk, &filter)?;
        let area = area_of(&filter, &columns, &view);
        let bars = BREAKDOWNS.map(|(of, ..)| of).to_vec();
        let picture = columns.draw(&view, PictureOf { map: area, size: GRID, bars, top: TOP });
        let main = html! {
            h1 { (words.text("situation-title")) }
            (question.form(words, "/situation", &bad))
            p role="status" {
                (words.with("situation-count", &[("count", (&words.number(picture.count)).into())]))
                " " a href=(question.link("/find")) { (words.text("situation-list")) }
            }
            (map(words, &question, area, GRID, &picture.grid))
            (timeline(words, &question, &picture.timeline))
            div.breakdowns {
                @for ((_, field, key), bars) in BREAKDOWNS.iter().zip(&picture.bars) {
                    (breakdown(words, desk, &question, (field, key), bars)?)
                }
            }
        };
        Ok(Page::new(words.text("situation-title"), main))
    })
    .await
}

/// What the columns can tell by themselves they are asked; for the rest the index gives the incidents.
fn view_of(desk: &Desk, filter: &Filter) -> Result<View, NodeError> {
    let plain = Filter { from: filter.from, to: filter.to, ..Filter::default() };
    if *filter != plain {
        return Ok(View { only: Some(desk.numbers(filter)?), ..View::default() });
    }
    let first = filter.from.map_or(i64::MIN + 1, |from| from.0);
    let after = filter.to.map_or(i64::MAX, |to| to.0);
    let time = (filter.from.is_some() || filter.to.is_some()).then_some((first, after));
    Ok(View { time, ..View::default() })
}

/// South, north, west, east of the map: the box that was asked for, else around everything in view.
fn area_of(filter: &Filter, columns: &Columns, view: &View) -> [i32; 4] {
    const WORLD: [i32; 4] = [-900_000_000, 900_000_000, -1_800_000_000, 1_800_000_000];
    #[expect(clippy::cast_possible_truncation, reason = "180e7 fits an i32")]
    let e7 = |degrees: f64| (degrees * 1e7).round() as i32;
    if let Some(within) =
        filter.within.filter(|within| within.west < within.east && within.south < within.north)
    {
        return [e7(within.south), e7(within.north), e7(within.west), e7(within.east)];
    }
    columns.bounds(view).map_or(WORLD, with_margin)
}

/// A tenth more on every side, at least half a degree, no further than the world.
fn with_margin([south, north, west, east]: [i32; 4]) -> [i32; 4] {
    let margin = |from: i32, to: i32| (to.saturating_sub(from) / 10).max(5_000_000);
    let (up, aside) = (margin(south, north), margin(west, east));
    [
        south.saturating_sub(up).max(-900_000_000),
        north.saturating_add(up).min(900_000_000),
        west.saturating_sub(aside).max(-1_800_000_000),
        east.saturating_add(aside).min(1_800_000_000),
    ]
}

fn breakdown(
    words: Words,
    desk: &Desk,
    question: &Question,
    (field, key): (&str, &str),
    counted: &[Bar],
) -> Result<Markup, NodeError> {
    let labels = Labels::of(words, desk);
    let mut named = Vec::new();
    for bar in counted {
        let name = if bar.of == 0 { None } else { desk.term(bar.of)? };
        let name = name.map(|code| match field {
            "type" => (labels.term("incident-type", &code), code),
            _ => (code.clone(), code),
        });
        named.push((name, bar.count, bar.best));
    }
    Ok(bars(words, question, field, &words.text(key), &named))
}
