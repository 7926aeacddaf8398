//! Areas, rivers, lakes, roads and places: ours, or those of a mission's own file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::cut::At;
use super::{Flat, opened};
use crate::words::Tongue;

/// What is drawn near by.
#[derive(Debug, Default)]
pub(crate) struct Detail {
    pub(super) areas: Vec<Vec<At>>,
    pub(super) rivers: Vec<Vec<At>>,
    pub(super) lakes: Vec<Vec<At>>,
    pub(super) roads: Vec<Vec<At>>,
    pub(super) disputed: Vec<Vec<At>>,
    /// Names, the larger things first: up to how many degrees across a section may be that names them, the name, the
    /// place.
    pub(super) places: Vec<(f64, String, At)>,
}

/// The file that this program brings.
#[derive(Deserialize)]
struct Ours {
    areas: Vec<Flat>,
    rivers: Vec<Flat>,
    lakes: Vec<Flat>,
    places: BTreeMap<u8, Vec<(String, i32, i32)>>,
}

static OURS: LazyLock<Detail> = LazyLock::new(|| {
    let open = |flats: Vec<Flat>| flats.iter().map(|flat| opened(flat).collect()).collect();
    let named = |(rank, list): (u8, Vec<(String, i32, i32)>)| {
        let at = |lon, lat| At { x: f64::from(lon), y: f64::from(lat) };
        list.into_iter().map(move |(text, lon, lat)| (seen_up_to(rank), text, at(lon, lat)))
    };
    super::read::<Ours>("vendor/detail.json").map_or_else(Detail::default, |ours| Detail {
        areas: open(ours.areas),
        rivers: open(ours.rivers),
        lakes: open(ours.lakes),
        places: ours.places.into_iter().flat_map(named).collect(),
        ..Detail::default()
    })
});

/// How many degrees across a section may be that names places of this rank.
const fn seen_up_to(rank: u8) -> f64 {
    match rank {
        0..=4 => 40.0,
        5 => 24.0,
        6 => 14.0,
        7 => 9.0,
        8 => 6.5,
        _ => 4.5,
    }
}

/// A file in GeoJSON (RFC 7946), as far as it is drawn.
#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Option<BTreeMap<String, serde_json::Value>>,
    geometry: Option<Geometry>,
}

type Line = Vec<Vec<f64>>;

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Point(Vec<f64>),
    LineString(Line),
    MultiLineString(Vec<Line>),
    Polygon(Vec<Line>),
    MultiPolygon(Vec<Vec<Line>>),
    #[serde(other)]
    Other,
}

impl Detail {
    /// What this program brings.
    pub(crate) fn ours() -> &'static Self {
        &OURS
    }

    /// A mission's own, with names in a language where it has them. What cannot be read is not drawn.
    pub(crate) fn of_mission(bytes: &[u8], tongue: Tongue) -> Self {
        let mut detail = Self::default();
        let Ok(found) = serde_json::from_slice::<Collection>(bytes) else { return detail };
        found.features.into_iter().for_each(|feature| detail.take(feature, tongue));
        detail.places.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
        detail
    }

    fn take(&mut self, Feature { properties, geometry }: Feature, tongue: Tongue) {
        let properties = properties.unwrap_or_default();
        let text = |name: &str| properties.get(name)?.as_str();
        match geometry {
            Some(Geometry::Point(at)) => {
                let name = text(&format!("name_{}", tongue.code())).or_else(|| text("name"));
                let rank = properties.get("scalerank").and_then(serde_json::Value::as_f64).unwrap_or(4.0);
                if let (Some(name), Some(at)) = (name.or_else(|| text("NAME")), point(&at)) {
                    self.places.push((40.0 / (1.0 + rank.clamp(0.0, 12.0) / 1.5), name.to_owned(), at));
                }
            }
            Some(Geometry::LineString(line)) => self.lines(&properties).push(points(&line)),
            Some(Geometry::MultiLineString(all) | Geometry::Polygon(all)) => {
                self.lines(&properties).extend(all.iter().map(points));
            }
            Some(Geometry::MultiPolygon(all)) => {
                self.lines(&properties).extend(all.iter().flatten().map(points));
            }
            Some(Geometry::Other) | None => {}
        }
    }

    /// Where a feature belongs, as `basemap.js` tells them apart.
    fn lines(&mut self, properties: &BTreeMap<String, serde_json::Value>) -> &mut Vec<Vec<At>> {
        let said = properties.get("featurecla").or_else(|| properties.get("kind"));
        let said = said.and_then(serde_json::Value::as_str).unwrap_or_default().to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
        let disputed =
            ["disput", "claim", "indefinite", "line of control", "breakaway", "overlay", "not determined"];
        match () {
            () if says(&disputed) => &mut self.disputed,
            () if says(&["river", "canal"]) => &mut self.rivers,
            () if says(&["lake", "reservoir", "water"]) => &mut self.lakes,
            () if says(&["road"]) => &mut self.roads,
            () => &mut self.areas,
        }
    }
}

fn points(line: &Line) -> Vec<At> {
    line.iter().filter_map(|at| point(at)).collect()
}

/// A position of GeoJSON: longitude, latitude, and what is not drawn.
fn point(at: &[f64]) -> Option<At> {
    let [lon, lat, ..] = at else { return None };
    let there = lon.abs() <= 360.0 && lat.abs() <= 90.0;
    there.then(|| At { x: lon * 100.0, y: lat * 100.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_file_is_what_is_read() {
        let ours = Detail::ours();
        assert!(ours.areas.len() > 5_000 && ours.rivers.len() > 300 && ours.lakes.len() > 1_000);
        assert!(ours.places.iter().any(|(_, name, _)| name == "Bambari"));
    }

    #[test]
    fn a_missions_file_is_told_apart_and_what_is_no_place_is_left_out() {
        let file = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"featurecla":"River"},"geometry":{"type":"LineString","coordinates":[[20,5],[22,7,300]]}},
            {"type":"Feature","properties":{"kind":"Indefinite (please verify)"},"geometry":{"type":"MultiLineString","coordinates":[[[1,1],[2,2]]]}},
            {"type":"Feature","properties":{"kind":"Reservoir"},"geometry":{"type":"Polygon","coordinates":[[[1,1],[2,2],[1,2],[1,1]]]}},
            {"type":"Feature","properties":null,"geometry":{"type":"MultiPolygon","coordinates":[[[[1,1],[2,2],[1,2],[1,1]]]]}},
            {"type":"Feature","properties":{"kind":"Road"},"geometry":{"type":"LineString","coordinates":[[1e300,5],[22],[3,4]]}},
            {"type":"Feature","properties":{"name":"Small","scalerank":9},"geometry":{"type":"Point","coordinates":[20,5]}},
            {"type":"Feature","properties":{"name":"Large","name_ar":"كبيرة","scalerank":0},"geometry":{"type":"Point","coordinates":[20,6]}},
            {"type":"Feature","properties":{},"geometry":{"type":"GeometryCollection","geometries":[]}},
            {"type":"Feature","properties":{},"geometry":null}]}"#;
        let found = Detail::of_mission(file.as_bytes(), Tongue::Arabic);
        let counts = [&found.areas, &found.rivers, &found.lakes, &found.roads, &found.disputed].map(Vec::len);
        assert_eq!(counts, [1, 1, 1, 1, 1]);
        assert_eq!(found.roads, [[At { x: 300.0, y: 400.0 }]]);
        let names: Vec<_> = found.places.iter().map(|(_, name, _)| name.as_str()).collect();
        assert_eq!(names, ["كبيرة", "Small"]);
        assert!(Detail::of_mission(b"{", Tongue::English).places.is_empty());
    }
}
