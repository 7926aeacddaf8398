//! How likely two accounts tell of one event: a number with its reasons, for a person to decide.

use counterseal_model::Timestamp;
use counterseal_model::record::Incident;

/// A score and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Similarity {
    /// From 0, nothing in common, to 1, the same in all that both tell.
    pub score: f64,
    /// One sentence for each thing compared.
    pub reasons: Vec<String>,
}

/// Weights: when and where it happened say most.
const TIME: f64 = 0.3;
const DISTANCE: f64 = 0.3;
const KILLED: f64 = 0.2;
const ACTORS: f64 = 0.2;
/// Beyond this many days two accounts have no time in common.
const FAR_DAYS: f64 = 7.0;
/// Beyond this many kilometres they have no place in common.
const FAR_KM: f64 = 100.0;

/// Compares two incidents in what both tell.
///
/// The score is the weighted mean of four parts, each from 0 to 1: the gap between the spans of
/// time (0.3; none is 1, seven days are 0), the distance (0.3; none is 1, 100 km are 0), the number
/// of killed (0.2; the smaller over the larger), the words of the actors' names that both have
/// (0.2; over all words). A part that one of them does not tell is left out of the mean, and with
/// fewer than two parts the score is 0: too little to say anything.
#[must_use]
pub fn similarity(one: &Incident, other: &Incident) -> Similarity {
    let parts = [
        (TIME, time(one, other)),
        (DISTANCE, distance(one, other)),
        (KILLED, killed(one, other)),
        (ACTORS, actors(one, other)),
    ];
    let told: Vec<_> =
        parts.into_iter().filter_map(|(weight, part)| part.map(|part| (weight, part))).collect();
    let weights: f64 = told.iter().map(|(weight, _)| weight).sum();
    let sum: f64 = told.iter().map(|(weight, (part, _))| weight * part).sum();
    let score = if told.len() < 2 { 0.0 } else { sum / weights };
    Similarity { score, reasons: told.into_iter().map(|(_, (_, reason))| reason).collect() }
}

type Part = Option<(f64, String)>;

/// Days between the spans of two incidents, 0 where they overlap; none where one of them has no time.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a span in days is far below 2^52")]
pub fn gap_days(one: &Incident, other: &Incident) -> Option<f64> {
    let (one, other) = (one.occurred.as_ref()?, other.occurred.as_ref()?);
    let after = |later: Timestamp, earlier: Timestamp| later.0.saturating_sub(earlier.0).max(0);
    let gap = after(other.from, one.until()).max(after(one.from, other.until()));
    Some(gap as f64 / Timestamp::DAY as f64)
}

fn time(one: &Incident, other: &Incident) -> Part {
    let days = gap_days(one, other)?;
    let reason = if days <= 0.0 { "their times overlap".to_owned() } else { format!("{days:.1} days apart") };
    Some(((1.0 - days / FAR_DAYS).max(0.0), reason))
}

/// Kilometres between the points of two incidents; none where one of them has no point.
#[must_use]
pub fn gap_km(one: &Incident, other: &Incident) -> Option<f64> {
    let (one, other) = (one.place.as_ref()?.point?, other.place.as_ref()?.point?);
    let (lat_one, lat_other) = (one.lat().to_radians(), other.lat().to_radians());
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let chord =
        half(other.lat() - one.lat()) + lat_one.cos() * lat_other.cos() * half(other.lon() - one.lon());
    // Haversine on a sphere of 6,371 km: half a per cent wrong at most.
    Some(2.0 * 6371.0 * chord.clamp(0.0, 1.0).sqrt().asin())
}

fn distance(one: &Incident, other: &Incident) -> Part {
    let km = gap_km(one, other)?;
    Some(((1.0 - km / FAR_KM).max(0.0), format!("{km:.0} km apart")))
}

#[expect(clippy::cast_precision_loss, reason = "numbers of people are far below 2^52")]
fn killed(one: &Incident, other: &Incident) -> Part {
    let (one, other) = (one.killed()?.best?, other.killed()?.best?);
    let (less, more) = (one.min(other), one.max(other));
    // One counts as a half when the other has none: nobody and one are closer than nobody and ten.
    let part = if more == 0 { 1.0 } else { (less as f64 + 0.5) / (more as f64 + 0.5) };
    Some((part, format!("{one} and {other} killed")))
}

fn actors(one: &Incident, other: &Incident) -> Part {
    let (one, other) = (words(one), words(other));
    if one.is_empty() || other.is_empty() {
        return None;
    }
    let common: Vec<&str> = one.iter().filter(|word| other.contains(word)).map(String::as_str).collect();
    let all = one.len() + other.len() - common.len();
    #[expect(clippy::cast_precision_loss, reason = "a few words")]
    let part = common.len() as f64 / all as f64;
    let reason = if common.is_empty() {
        "no word of the actors' names in common".to_owned()
    } else {
        format!("the actors' names share {}", common.join(", "))
    };
    Some((part, reason))
}

/// The words of the actors' names, in order, each once; short ones say nothing.
fn words(incident: &Incident) -> Vec<String> {
    let names = incident.actors.iter().filter_map(|actor| actor.name.as_deref());
    let words = names.flat_map(|name| name.split(|sign: char| !sign.is_alphanumeric()));
    let mut words: Vec<String> =
        words.filter(|word| word.chars().count() > 2).map(str::to_lowercase).collect();
    words.sort();
    words.dedup();
    words.retain(|word| !matches!(word.as_str(), "the" | "and" | "forces" | "government"));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterseal_model::record::{Casualties, Involved};
    use counterseal_model::{Occurred, Place, Point, TimePrecision};

    fn event(day: i64, lat: f64, killed: u64, actor: &str) -> Incident {
        let at = Timestamp(day * Timestamp::DAY);
        Incident {
            occurred: Some(Occurred::span(at, at, TimePrecision::Day)),
            place: Some(Place { point: Point::from_degrees(lat, 30.0), ..Place::default() }),
            casualties: vec![Casualties { best: Some(killed), ..Casualties::default() }],
            actors: vec![Involved { name: Some(actor.to_owned()), ..Involved::default() }],
            ..Incident::default()
        }
    }

    #[test]
    fn the_same_is_one_and_far_is_near_none() {
        let one = event(10, 5.0, 3, "RSF");
        assert!((similarity(&one, &one).score - 1.0).abs() < 1e-9);
        let far = similarity(&one, &event(40, 9.0, 30, "Murle"));
        assert!(far.score < 0.1, "{far:?}");
        assert_eq!(far.reasons.len(), 4);
    }

    #[test]
    fn it_is_the_same_both_ways() {
        let (one, other) = (event(10, 5.0, 3, "RSF militia"), event(12, 5.3, 7, "RSF"));
        assert!((similarity(&one, &other).score - similarity(&other, &one).score).abs() < 1e-12);
    }

    #[test]
    fn one_thing_in_common_is_too_little() {
        let only_time = |day| Incident { occurred: event(day, 0.0, 0, "").occurred, ..Incident::default() };
        assert!(similarity(&only_time(1), &only_time(1)).score.abs() < 1e-9);
    }
}
