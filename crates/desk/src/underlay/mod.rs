//! What lies below a map that is drawn here, for paper and for whoever has no scripts: land, boundaries, areas, rivers,
//! lakes and names, out of the files that the live map uses (`assets/vendor/README.md`), cut to the section.

mod cut;
mod detail;

use std::fmt::Write as _;
use std::sync::LazyLock;

use maud::{Markup, html};
use serde::Deserialize;

use crate::assets;
use crate::words::Tongue;
use cut::{At, Section, line_within, ring_within};
pub(crate) use detail::Detail;

/// Up to so many degrees across, the section is drawn line by line; beyond, the picture of the whole world is exact enough.
const NEAR: f64 = 40.0;
/// Up to so many degrees across, more than countries and the largest places is drawn.
const DETAIL: f64 = 18.0;
/// Up to so many degrees across, countries are named.
const NAMED: f64 = 90.0;
/// Names at most.
const NAMES: usize = 40;

/// First point and steps, in hundredths of a degree: longitude and latitude by turns.
type Flat = Vec<i32>;

#[derive(Deserialize)]
struct Base {
    land: Vec<Flat>,
    borders: Vec<Flat>,
    disputed: Vec<Flat>,
    /// In English, French, Spanish and Arabic.
    names: Vec<([String; 4], i32, i32, f64)>,
}

static BASE: LazyLock<Option<Base>> = LazyLock::new(|| read("vendor/basemap.json"));

/// A file of this program; a test reads both.
fn read<T: serde::de::DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_slice(assets::bytes(name)?).ok()
}

/// What lies below the section (degrees: west, south, east, north) of a drawing whose unit is a degree, with north up as
/// smaller numbers. A mission's own basemap stands in the place of our detail.
pub(crate) fn underlay(tongue: Tongue, [west, south, east, north]: [f64; 4], own: Option<&Detail>) -> Markup {
    let across = (east - west).max(north - south);
    // Letters of 13 pixels in a frame as the pages have it.
    let letters = 13.0 * ((east - west) / 1100.0).max((north - south) / 540.0);
    let named = Section::around([west, south, east, north], across.min(NEAR) * 0.1);
    let detail = own.unwrap_or_else(|| Detail::ours());
    let Some(base) = BASE.as_ref().filter(|_| across <= NEAR) else {
        let countries = BASE.as_ref().filter(|_| across <= NAMED);
        return html! {
            image href=(assets::path("vendor/world.svg")) x="-180" y="-90" width="360" height="180" {}
            @if let Some(base) = countries {
                g.underlay aria-hidden="true" { (names(tongue, base, detail, named, (across, letters))) }
            }
        };
    };
    // The drawing is seldom as wide as its frame: what lies beside it is seen too.
    let section = Section::around([west, south, east, north], across * 0.6);
    let near = Some(detail).filter(|_| across <= DETAIL);
    html! {
        g.underlay aria-hidden="true" {
            path.land d=(rings(base.land.iter().map(opened), section)) {}
            @if let Some(near) = near {
                path.lake d=(rings(points(&near.lakes), section)) {}
                path.river d=(lines(points(&near.rivers), section)) {}
                path.road d=(lines(points(&near.roads), section)) {}
                path.area d=(lines(points(&near.areas), section)) {}
                path.disputed d=(lines(points(&near.disputed), section)) {}
            }
            path.border d=(lines(base.borders.iter().map(opened), section)) {}
            path.disputed d=(lines(base.disputed.iter().map(opened), section)) {}
            (names(tongue, base, detail, named, (across, letters)))
        }
    }
}

fn rings(all: impl Iterator<Item = impl Iterator<Item = At>>, section: Section) -> String {
    all.map(|ring| path(&ring_within(ring, section), "Z")).collect()
}

fn lines(all: impl Iterator<Item = impl Iterator<Item = At>>, section: Section) -> String {
    let parts = all.flat_map(|line| line_within(line, section));
    parts.map(|part| path(&part, "")).collect()
}

fn points(all: &[Vec<At>]) -> impl Iterator<Item = impl Iterator<Item = At>> {
    all.iter().map(|line| line.iter().copied())
}

/// Its points, in hundredths of a degree.
fn opened(flat: &Flat) -> impl Iterator<Item = At> + '_ {
    flat.chunks_exact(2).scan((0, 0), |at, step| {
        let [lon, lat] = step else { return None };
        *at = (at.0 + lon, at.1 + lat);
        Some(At { x: f64::from(at.0), y: f64::from(at.1) })
    })
}

fn path(points: &[At], end: &str) -> String {
    let mut text = String::new();
    if points.len() > 1 {
        for (nth, at) in points.iter().enumerate() {
            let letter = if nth == 0 { 'M' } else { 'L' };
            // Nothing can fail in writing to memory.
            let _ = write!(text, "{letter}{:.2} {:.2}", at.x / 100.0, -at.y / 100.0);
        }
        text.push_str(end);
    }
    text
}

/// Names where there is room for them, the larger things first, in letters of this size (degrees).
fn names(
    tongue: Tongue,
    base: &Base,
    detail: &Detail,
    section: Section,
    (across, size): (f64, f64),
) -> Markup {
    let countries = base.names.iter().filter(|_| across > 3.0);
    let countries = countries.map(|([english, french, spanish, arabic], lon, lat, _)| {
        let text = match tongue {
            Tongue::English => english,
            Tongue::French => french,
            Tongue::Spanish => spanish,
            Tongue::Arabic => arabic,
        };
        (text, At { x: f64::from(*lon), y: f64::from(*lat) }, "name country")
    });
    let places = detail.places.iter().take_while(|(most, ..)| across <= *most);
    let places = places.map(|(_, text, at)| (text, *at, "name place"));
    let mut taken: Vec<(At, f64)> = Vec::new();
    let mut shown = Vec::new();
    for (text, at, kind) in countries.chain(places) {
        #[expect(clippy::cast_precision_loss, reason = "a name is short")]
        let half = text.chars().count() as f64 * size * 30.0;
        let apart = |(other, other_half): &(At, f64)| {
            (other.x - at.x).abs() > half + other_half || (other.y - at.y).abs() > size * 160.0
        };
        if section.has(at) && taken.iter().all(apart) {
            taken.push((at, half));
            shown.push((text, at, kind));
            if shown.len() == NAMES {
                break;
            }
        }
    }
    html! {
        @for (text, at, kind) in shown {
            @if kind == "name place" { circle.town cx=(format!("{:.2}", at.x / 100.0)) cy=(format!("{:.2}", -at.y / 100.0)) r=(format!("{:.4}", size / 6.0)) {} }
            text class=(kind) x=(format!("{:.2}", at.x / 100.0)) y=(format!("{:.3}", -at.y / 100.0 - size * 0.4)) font-size=(format!("{size:.4}")) { (text) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Around Bambari, so many degrees wide and high.
    fn about(degrees: f64, own: Option<&Detail>) -> String {
        let (lon, lat, half) = (20.67, 5.77, degrees / 2.0);
        underlay(Tongue::English, [lon - half, lat - half, lon + half, lat + half], own).into_string()
    }

    /// What is named in it.
    fn named(drawn: &str) -> Vec<&str> {
        let texts = drawn.split("</text>").filter_map(|part| part.rsplit_once('>'));
        texts.map(|(_, name)| name).filter(|name| !name.is_empty()).collect()
    }

    #[test]
    fn near_by_areas_rivers_and_places_are_drawn_and_a_missions_own_basemap_keeps_them_away() {
        let near = about(6.0, None);
        assert!(named(&near).contains(&"Bambari") && !near.contains("Nairobi"), "{:?}", named(&near));
        assert!(near.contains("class=\"area\" d=\"M") && near.contains("class=\"river\" d=\"M"));
        assert!(near.len() < 100_000, "{} bytes", near.len());
        let file = br#"{"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"kind":"road"},"geometry":{"type":"LineString","coordinates":[[20,5],[21,6]]}},
            {"type":"Feature","properties":{"name":"<b>Quagga</b>"},"geometry":{"type":"Point","coordinates":[20,5]}}]}"#;
        let own = about(6.0, Some(&Detail::of_mission(file, Tongue::English)));
        assert!(!own.contains("Bambari") && own.contains("class=\"area\" d=\"\""));
        assert!(
            own.contains("class=\"border\" d=\"M")
                && own.contains("class=\"road\" d=\"M20.00 -5.00L21.00 -6.00\"")
        );
        assert!(own.contains("&lt;b&gt;Quagga&lt;/b&gt;"));
    }

    #[test]
    fn farther_out_there_is_less_and_at_last_the_picture_of_the_world() {
        let country = about(16.0, None);
        let names = named(&country);
        assert!(!names.contains(&"Bambari") && names.contains(&"Bangui"), "{names:?}");
        assert!(names.contains(&"Central African Rep."), "{names:?}");
        let region = about(30.0, None);
        assert!(!region.contains("class=\"area\"") && region.contains("Cameroon"));
        assert!(region.len() < 300_000, "{} bytes", region.len());
        let continent = about(60.0, None);
        assert!(continent.contains("world.svg"));
        assert!(named(&continent).contains(&"Chad"), "{:?}", named(&continent));
        assert!(named(&about(170.0, None)).is_empty());
        let arabic = underlay(Tongue::Arabic, [-10.0, -25.0, 50.0, 35.0], None).into_string();
        assert!(named(&arabic).contains(&"تشاد"), "{:?}", named(&arabic));
    }
}
