//! Where to look for the same event told by another system.

use counterseal_model::Timestamp;
use counterseal_model::record::Incident;

/// What two accounts of one event are likely to share: day, place, country, number of killed.
///
/// A fingerprint proposes; it never decides. `keys` go into an index; `probes` are looked up there
/// for a new incident, and what they find is compared with `similarity`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventFingerprint {
    /// Days since 1970-01-01 of the first moment.
    pub day: Option<i64>,
    /// The point's cell in a grid of half degrees: (latitude, longitude), rounded down.
    pub cell: Option<(i16, i16)>,
    /// The country: its name, else its ISO 3166-1 alpha-3 code, in lower case.
    pub country: Option<String>,
    /// Best estimate of everybody killed, people.
    pub killed: Option<u64>,
}

/// Size of a cell in units of 1e-7 degrees: half a degree, about 55 km of latitude.
const CELL_E7: i32 = 5_000_000;
/// Cells around the globe.
const AROUND: i16 = 720;

impl EventFingerprint {
    /// The fingerprint of an incident.
    #[must_use]
    pub fn of(incident: &Incident) -> Self {
        let place = incident.place.as_ref();
        let country = place.and_then(|place| place.country.as_deref().or(place.iso3.as_deref()));
        let cell = place.and_then(|place| place.point).map(|point| {
            let index = |e7: i32| i16::try_from(e7.div_euclid(CELL_E7)).unwrap_or_default();
            (index(point.lat_e7()), around(index(point.lon_e7())))
        });
        Self {
            day: incident.occurred.as_ref().map(|occurred| occurred.from.0.div_euclid(Timestamp::DAY)),
            cell,
            country: country.map(str::to_lowercase),
            killed: incident.killed().and_then(|killed| killed.best),
        }
    }

    /// The keys an incident is filed under: none without a day.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let Some(day) = self.day else { return Vec::new() };
        let by_cell = self.cell.map(|(lat, lon)| cell_key(day, lat, lon));
        by_cell.into_iter().chain(self.country_key(day)).collect()
    }

    /// The keys to look under for the same event: its own and those around it, one day and one
    /// cell away, because accounts differ by that much and events lie near the borders of cells.
    #[must_use]
    pub fn probes(&self) -> Vec<String> {
        let Some(day) = self.day else { return Vec::new() };
        let mut probes = Vec::with_capacity(30);
        for day in [day.saturating_sub(1), day, day.saturating_add(1)] {
            if let Some((lat, lon)) = self.cell {
                for (north, east) in (-1..=1).flat_map(|north| (-1..=1).map(move |east| (north, east))) {
                    probes.push(cell_key(day, lat + north, around(lon + east)));
                }
            }
            probes.extend(self.country_key(day));
        }
        probes
    }

    fn country_key(&self, day: i64) -> Option<String> {
        let (country, killed) = (self.country.as_ref()?, self.killed?);
        Some(format!("{day}/{country}/{killed}"))
    }
}

fn cell_key(day: i64, lat: i16, lon: i16) -> String {
    format!("{day}@{lat},{lon}")
}

/// Longitude 180 and -180 are one meridian.
fn around(lon: i16) -> i16 {
    (lon + AROUND / 2).rem_euclid(AROUND) - AROUND / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(cell: (i16, i16), day: i64) -> EventFingerprint {
        EventFingerprint { day: Some(day), cell: Some(cell), country: Some("sudan".into()), killed: Some(3) }
    }

    fn meet(one: &EventFingerprint, other: &EventFingerprint) -> bool {
        let keys = other.keys();
        one.probes().iter().any(|probe| keys.contains(probe))
    }

    #[test]
    fn neighbours_in_time_and_space_are_found_and_others_are_not() {
        let elsewhere = |fingerprint| EventFingerprint { country: None, ..fingerprint };
        assert!(meet(&at((4, 30), 100), &elsewhere(at((5, 31), 101))));
        assert!(!meet(&at((4, 30), 100), &elsewhere(at((6, 30), 100))));
        assert!(!meet(&at((4, 30), 100), &at((4, 30), 102)));
        assert!(meet(&at((4, 30), 100), &at((40, 30), 100)), "same country and number of killed");
    }

    #[test]
    fn the_date_line_does_not_divide() {
        assert!(meet(&at((4, 359), 1), &EventFingerprint { country: None, ..at((4, -360), 1) }));
    }
}
