//! The gazetteer against Natural Earth: towns are where they should be.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::PathBuf;

use counterseal_model::Point;
use counterseal_model::record::{Entity, EntityKind};
use counterseal_synth::{Plan, World};
use serde_json::Value;

/// A file of the shared test data; `None` where it is not there, which fails in CI.
fn shared(path: &str) -> Option<Value> {
    let root = std::env::var("COUNTERSEAL_SHARED").map_or_else(
        |_| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let file = root.join("data").join(path);
    match std::fs::read(&file) {
        Ok(bytes) => {
            println!("read {}", file.display());
            Some(serde_json::from_slice(&bytes).unwrap())
        }
        Err(error) if std::env::var_os("CI").is_some() => panic!("{}: {error}", file.display()),
        Err(error) => {
            println!("skipped, because {}: {error}", file.display());
            None
        }
    }
}

fn towns() -> Vec<Entity> {
    let entities = World::new(Plan::new(1, 0)).entities().into_iter().map(|(_, entity)| entity);
    entities.filter(|entity| entity.kind == EntityKind::Place).collect()
}

/// Natural Earth's code of a country.
fn adm0(town: &Entity) -> &str {
    match town.place.as_ref().unwrap().iso3.as_deref().unwrap() {
        "SSD" => "SDS",
        code => code,
    }
}

fn kilometres(a: Point, lat: f64, lon: f64) -> f64 {
    let east = (a.lon() - lon) * lat.to_radians().cos();
    (a.lat() - lat).hypot(east) * 111.2
}

#[test]
fn towns_that_natural_earth_knows_are_within_40_km() {
    let Some(places) = shared("map/ne_10m_populated_places_simple.json") else { return };
    let mut found = 0;
    for town in towns() {
        let names: Vec<&str> =
            town.variants.iter().map(|v| v.name.as_str()).chain([town.name.as_str()]).collect();
        let same =
            places["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]).find(|p| {
                // South Sudan goes by either code in that file.
                (p["adm0_a3"] == adm0(&town)
                    || p["adm0_a3"] == town.place.as_ref().unwrap().iso3.as_deref().unwrap())
                    && ["name", "nameascii"]
                        .iter()
                        .any(|key| names.contains(&p[key].as_str().unwrap_or_default()))
            });
        let Some(same) = same else { continue };
        let point = town.place.as_ref().unwrap().point.unwrap();
        let away = kilometres(point, same["latitude"].as_f64().unwrap(), same["longitude"].as_f64().unwrap());
        assert!(away < 40.0, "{} is {away:.0} km away from where Natural Earth has it", town.name);
        found += 1;
    }
    assert!(found > 80, "only {found} towns were found");
}

/// Ray casting over all rings at once: holes come out right by the even-odd rule.
fn inside(geometry: &Value, lat: f64, lon: f64) -> bool {
    let mut crossings = 0;
    let polygons = geometry["coordinates"].as_array().unwrap();
    let single = geometry["type"] == "Polygon";
    let rings = polygons.iter().flat_map(|polygon| match single {
        true => std::slice::from_ref(polygon),
        false => polygon.as_array().unwrap().as_slice(),
    });
    for ring in rings {
        let corners: Vec<(f64, f64)> = ring
            .as_array()
            .unwrap()
            .iter()
            .map(|c| (c[0].as_f64().unwrap(), c[1].as_f64().unwrap()))
            .collect();
        for ((x1, y1), (x2, y2)) in corners.iter().copied().zip(corners.iter().copied().skip(1)) {
            if (y1 > lat) != (y2 > lat) && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1 {
                crossings += 1;
            }
        }
    }
    crossings % 2 == 1
}

#[test]
fn every_town_lies_in_its_country() {
    let Some(areas) = shared("map/ne_10m_admin_1_mission_countries.geojson") else { return };
    let areas = areas["features"].as_array().unwrap();
    for town in towns() {
        let point = town.place.as_ref().unwrap().point.unwrap();
        let country: Vec<_> = areas.iter().filter(|a| a["properties"]["adm0_a3"] == adm0(&town)).collect();
        assert!(!country.is_empty(), "{}", adm0(&town));
        // Coordinates are rounded, and some towns stand on the river that is the border.
        let nearby = [(0.0, 0.0), (0.05, 0.0), (-0.05, 0.0), (0.0, 0.05), (0.0, -0.05)];
        let within = nearby.iter().any(|(lat, lon)| {
            country.iter().any(|area| inside(&area["geometry"], point.lat() + lat, point.lon() + lon))
        });
        assert!(within, "{} at {point} is not in {}", town.name, adm0(&town));
    }
}
