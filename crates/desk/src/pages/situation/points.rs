//! What the map asks for as it moves: incidents one by one while they are few, else heaps of them.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use counterseal_model::Timestamp;
use counterseal_node::{Desk, GeoBox, NO_TIME, NodeError, Spot, Spots, SpotsOf};
use serde::{Deserialize, Serialize};

use super::question::Question;
use crate::labels::Labels;
use crate::pages::Reader;
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

/// Most incidents that are drawn one by one.
const MOST: usize = 400;
/// Cells across: of the density grid, and of the heaps nearer by.
const ACROSS: [i64; 2] = [56, 14];
/// From so many degrees across on, density is drawn.
const FAR: i64 = 400_000_000;
/// Steps of the grid, 1e-7 degrees: from each to the next it becomes finer, and cells stay where they are while the map
/// is moved.
const STEPS: [i64; 12] = [
    100_000_000,
    50_000_000,
    20_000_000,
    10_000_000,
    5_000_000,
    2_000_000,
    1_000_000,
    500_000,
    200_000,
    100_000,
    50_000,
    10_000,
];

/// The section of the map that is seen, beside the question.
#[derive(Debug, Deserialize)]
pub(crate) struct Section {
    /// West, south, east, north in degrees.
    #[serde(default)]
    section: String,
}

impl Section {
    /// As it was sent.
    pub(super) fn text(&self) -> &str {
        &self.section
    }
}

/// The answer. Texts are ready to be shown.
#[derive(Debug, Default, Serialize, PartialEq)]
pub(super) struct Shown {
    /// Path, latitude, longitude, what it is.
    each: Vec<(String, f64, f64, String)>,
    /// Cells: their size in degrees; 0 where none is drawn.
    step: f64,
    /// Whether cells are drawn as density.
    far: bool,
    heaps: Vec<Heaped>,
}

#[derive(Debug, Serialize, PartialEq)]
struct Heaped {
    /// Latitude and longitude of their middle.
    at: (f64, f64),
    /// South, west, north, east of the incidents.
    bounds: [f64; 4],
    count: u64,
    /// The count as the reader writes numbers, and with the killed, in words.
    text: String,
    label: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    Query(question): Query<Question>,
    Query(section): Query<Section>,
) -> Response {
    let words = reader.words;
    json(&app, move |unlocked| {
        let (filter, _) = question.filter(&Labels::of(words, &unlocked.desk));
        let Some(of) = spots_of(section.text()) else { return Ok(Shown::default()) };
        let columns = unlocked.columns()?;
        let view = unlocked.desk.view(&filter)?;
        shown(words, &unlocked.desk, columns.spots(&view, of), of)
    })
    .await
}

/// Has the unlocked desk give what a script asks for.
pub(super) async fn json<T: Serialize + Send + 'static>(
    app: &App,
    give: impl FnOnce(&mut Unlocked) -> Result<T, NodeError> + Send + 'static,
) -> Response {
    let given = app.worker.ask(move |room| room.unlocked().map(give)).await;
    match given {
        Ok(Some(Ok(given))) => match serde_json::to_vec(&given) {
            Ok(bytes) => ([(CONTENT_TYPE, "application/json")], bytes).into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        },
        Ok(Some(Err(_))) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
        // Locked meanwhile: the script loads the page again, which asks for the passphrase.
        Ok(None) => StatusCode::UNAUTHORIZED.into_response(),
        Err(_busy) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The cells that cover a section.
fn spots_of(section: &str) -> Option<SpotsOf> {
    let [south, north, west, east] = section.parse::<GeoBox>().ok()?.to_e7().map(i64::from);
    if west >= east || south >= north {
        return None;
    }
    let wide = east - west;
    let [far, near] = ACROSS;
    let step = step_of(wide, if wide > FAR { far } else { near });
    let down = |edge: i64| edge.div_euclid(step) * step;
    let (first, low) = (down(west), down(south));
    let size = |from: i64, to: i64| u32::try_from((to - from) / step + 1).ok();
    let size = (size(first, east)?, size(low, north)?);
    let edge = |edge: i64| i32::try_from(edge).ok();
    let (right, top) = (first + i64::from(size.0) * step, low + i64::from(size.1) * step);
    let map = [edge(low)?, edge(top - 1)?, edge(first)?, edge(right - 1)?];
    Some(SpotsOf { map, size, most: MOST })
}

/// The finest step of which there are not more than so many across.
fn step_of(wide: i64, across: i64) -> i64 {
    let fits = |step: &&i64| wide / **step <= across;
    STEPS.iter().take_while(fits).last().or(STEPS.first()).copied().unwrap_or(100_000_000)
}

fn degrees(e7: i32) -> f64 {
    f64::from(e7) / 1e7
}

fn shown(words: Words, desk: &Desk, spots: Spots, of: SpotsOf) -> Result<Shown, NodeError> {
    let [_, _, west, east] = of.map;
    let step = f64::from(east) - f64::from(west) + 1.0;
    let step = step / f64::from(of.size.0) / 1e7;
    let heaps = match spots {
        Spots::Each(spots) => {
            return Ok(Shown { each: each(words, desk, &spots)?, ..Shown::default() });
        }
        Spots::Heaps(heaps) => heaps,
    };
    let heaps = heaps.into_iter().map(|heap| {
        let [south, north, west, east] = heap.bounds;
        let text = words.number(heap.count);
        let count = words.with("map-cell", &[("count", heap.count.into())]);
        let killed = words.with("situation-killed", &[("count", (&words.number(heap.best)).into())]);
        Heaped {
            at: (degrees(heap.middle.0), degrees(heap.middle.1)),
            bounds: [south, west, north, east].map(degrees),
            count: heap.count,
            text,
            label: format!("{count} · {killed}"),
        }
    });
    let far = i64::from(east) - i64::from(west) > FAR;
    Ok(Shown { each: Vec::new(), step, far, heaps: heaps.collect() })
}

fn each(words: Words, desk: &Desk, spots: &[Spot]) -> Result<Vec<(String, f64, f64, String)>, NodeError> {
    let ids = desk.ids(spots.iter().map(|spot| spot.record))?;
    let (labels, mut kinds) = (Labels::of(words, desk), std::collections::HashMap::new());
    let mut each = Vec::with_capacity(spots.len());
    for (spot, id) in spots.iter().zip(ids) {
        if let std::collections::hash_map::Entry::Vacant(vacant) = kinds.entry(spot.kind) {
            vacant.insert(
                desk.term(spot.kind)?.map(|kind| labels.term("incident-type", &kind)).unwrap_or_default(),
            );
        }
        let kind = kinds.get(&spot.kind).map_or("", String::as_str);
        let day = if spot.starts == NO_TIME { String::new() } else { words.date(Timestamp(spot.starts)) };
        let killed = if spot.best == 0 {
            String::new()
        } else {
            words.with("situation-killed", &[("count", (&words.number(spot.best.into())).into())])
        };
        let said = [day.as_str(), kind, killed.as_str()];
        let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
        each.push((format!("/record/{id}"), degrees(spot.lat), degrees(spot.lon), said.join(" · ")));
    }
    Ok(each)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_where_they_are_while_the_map_moves_and_cover_what_is_seen() {
        let one = spots_of("14.4,2.2,27.5,11.1").unwrap();
        let other = spots_of("14.9,2.6,28.0,11.5").unwrap();
        let step = |of: SpotsOf| (i64::from(of.map[3]) - i64::from(of.map[2]) + 1) / i64::from(of.size.0);
        assert_eq!((step(one), step(other)), (10_000_000, 10_000_000));
        assert_eq!(one.map[2].rem_euclid(10_000_000), other.map[2].rem_euclid(10_000_000));
        assert!(one.map[0] <= 22_000_000 && one.map[1] >= 111_000_000 && one.map[3] >= 275_000_000);
        let world = spots_of("-180,-90,180,90").unwrap();
        assert!(world.size.0 <= 75 && world.size.1 <= 40, "{world:?}");
        for bad in ["", "1,2,3", "5,1,4,2", "1,5,2,5"] {
            assert_eq!(spots_of(bad), None, "{bad}");
        }
    }
}
