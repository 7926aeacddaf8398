//! The addresses that are asked for, drawn from the synthetic mission by a seed.

use counterseal_model::RecordId;
use counterseal_model::record::{Body, Incident};
use counterseal_node::{Desk, EntityAsk};
use counterseal_synth::World;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;

use crate::outcome::Outcome;

/// Addresses by what they show.
pub(crate) struct Asks(Vec<(&'static str, Vec<String>)>);

impl Asks {
    pub(crate) fn of(desk: &Desk, world: &World, seed: u64, changes: usize) -> Outcome<Self> {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let mut incident = || {
            let n = rng.random_range(0..world.plan().incidents.max(1));
            match world.part(n).body {
                Body::Incident(incident) => (world.part(n).record, *incident),
                _ => (world.part(n).record, Incident::default()),
            }
        };
        let drawn: Vec<(RecordId, Incident)> = (0..changes.max(1)).map(|_| incident()).collect();
        let (lines, _) = desk.entities(&EntityAsk::default(), &desk.columns()?, changes.max(1))?;
        let records = drawn.iter().map(|(id, _)| format!("/record/{id}")).collect();
        let of_lines = |page: &str, more: &str| {
            lines.iter().take(changes).map(|line| format!("/{page}/{}{more}", line.id)).collect::<Vec<_>>()
        };
        let names: Vec<String> = lines.iter().map(|line| line.name.clone()).collect();
        let mut groups = vec![
            ("first", vec!["/".to_owned(); changes.div_ceil(4).max(1)]),
            ("record", records),
            ("entities", vec!["/entities".to_owned(); changes.div_ceil(4).max(1)]),
            (
                "entities by name",
                names.iter().map(|name| format!("/entities?name={}", longest_word(name))).collect(),
            ),
            ("entity", of_lines("entity", "")),
            ("chart", of_lines("chart", "")),
            ("chart, two steps", of_lines("chart", "?steps=2")),
            ("chart, expanded", of_lines("chart", "/near?most=60")),
            (
                "map, all of it",
                vec!["/situation/points?section=-180,-85,180,85".to_owned(); changes.div_ceil(4).max(1)],
            ),
            ("map, a country", sections(&drawn, 4.0)),
            ("map, a town", sections(&drawn, 0.1)),
        ];
        for (page, name) in [
            (
                "situation",
                [
                    "situation",
                    "situation by words",
                    "situation by time",
                    "situation by box",
                    "situation by type",
                    "situation by actor",
                    "situation by grading",
                ],
            ),
            (
                "find",
                [
                    "find",
                    "find by words",
                    "find by time",
                    "find by box",
                    "find by type",
                    "find by actor",
                    "find by grading",
                ],
            ),
        ] {
            let mut asked = questions(&drawn, &names, &mut rng).into_iter();
            groups.extend(name.into_iter().map(|name| {
                let questions = asked.next().unwrap_or_default();
                (name, questions.into_iter().map(|question| format!("/{page}?{question}")).collect())
            }));
        }
        Ok(Self(groups))
    }

    pub(crate) fn groups(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        self.0.iter().map(|(name, addresses)| (*name, addresses.as_slice()))
    }
}

/// Sections of the map around incidents, so many degrees to each side.
fn sections(drawn: &[(RecordId, Incident)], wide: f64) -> Vec<String> {
    let points = drawn.iter().filter_map(|(_, incident)| incident.place.as_ref()?.point);
    let section = |lon: f64, lat: f64| {
        format!(
            "{:.4},{:.4},{:.4},{:.4}",
            lon - wide,
            (lat - wide).max(-90.0),
            lon + wide,
            (lat + wide).min(90.0)
        )
    };
    points.map(|point| format!("/situation/points?section={}", section(point.lon(), point.lat()))).collect()
}

/// Questions without anything, by words, time, box, type, actor and grading.
fn questions(drawn: &[(RecordId, Incident)], names: &[String], rng: &mut impl Rng) -> [Vec<String>; 7] {
    let mut all: [Vec<String>; 7] = Default::default();
    let [nothing, words, time, within, kind, actor, graded] = &mut all;
    nothing.push(String::new());
    for (nth, (_, incident)) in drawn.iter().enumerate() {
        let text = format!(
            "{} {}",
            incident.title.as_deref().unwrap_or_default(),
            incident.narrative.as_deref().unwrap_or_default()
        );
        let long: Vec<&str> =
            text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() >= 4).collect();
        if let Some(word) = long.get(rng.random_range(0..long.len().max(1))) {
            words.push(format!("words={word}"));
        }
        if let Some(occurred) = &incident.occurred {
            let day = occurred.from.date_text();
            // A month, a year, and everything since, by turns.
            time.push(match nth % 3 {
                0 => format!("from={0}&to={0}", day.get(..7).unwrap_or(&day)),
                1 => format!("from={0}&to={0}", day.get(..4).unwrap_or(&day)),
                _ => format!("from={day}"),
            });
        }
        if let Some(point) = incident.place.as_ref().and_then(|place| place.point) {
            let wide = [0.5, 2.0, 8.0].get(nth % 3).copied().unwrap_or(1.0);
            let west = (point.lon() - wide).max(-180.0);
            let south = (point.lat() - wide).max(-90.0);
            within.push(format!(
                "box={west:.3},{south:.3},{:.3},{:.3}",
                west + wide * 2.0,
                south + wide * 2.0
            ));
        }
        kind.extend(incident.kind.as_ref().map(|kind| format!("type={kind}")));
        if let Some(name) = names.get(nth % names.len().max(1)) {
            actor.push(format!("actor={}", longest_word(name)));
        }
        graded.push(
            ["graded=A", "graded=B2", "graded=3"].get(nth % 3).copied().unwrap_or("graded=A").to_owned(),
        );
    }
    all
}

/// The longest word of a name, as it stands in an address.
fn longest_word(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    words.max_by_key(|word| word.len()).unwrap_or_default().to_owned()
}
