//! The mission as a file of the Uppsala Conflict Data Program's Georeferenced Event Dataset
//! (GED 23.1): the same 49 columns, any number of rows.

use std::io::Write;

use counterseal_model::record::Incident;
use counterseal_model::{Place, Point, TimePrecision, Timestamp};

use crate::world::World;

/// A column's name and a row's value in it.
type Cell = (&'static str, String);

/// Writes incidents 0 to `rows` as rows of a UCDP GED file, with its header; more rows than the plan
/// has incidents are fine.
///
/// # Errors
/// When the writer fails.
pub fn to_ucdp_csv(world: &World, writer: impl Write, rows: usize) -> csv::Result<()> {
    let mut csv = csv::Writer::from_writer(writer);
    csv.write_record(row(world, 0).map(|(column, _)| column))?;
    for n in 0..rows {
        csv.write_record(row(world, n).map(|(_, value)| value))?;
    }
    csv.flush()?;
    Ok(())
}

/// One row: 24 columns on what and who, 12 on where, 13 on when and how many.
fn row(world: &World, n: usize) -> impl Iterator<Item = Cell> + use<> {
    let (scene, incident, _) = world.generate(n);
    let violence = scene.story.against.violence();
    let place = incident.place.clone().unwrap_or_default();
    what_and_who(n, &incident, &place, violence)
        .into_iter()
        .chain(whereabouts(&place))
        .chain(when_and_how_many(&incident, &place, violence))
}

fn what_and_who(n: usize, incident: &Incident, place: &Place, violence: u8) -> [Cell; 24] {
    let Parties { a, b } = Parties::of(incident, violence);
    let year = incident.occurred.as_ref().map_or(0, |occurred| occurred.from.to_utc().year());
    let (conflict, dyad) = (a.id.to_string(), (a.id * 97 + b.id % 97).to_string());
    [
        ("id", (900_000 + n).to_string()),
        ("relid", format!("SYN-{year}-{violence}-{dyad}-{n}")),
        ("year", year.to_string()),
        ("active_year", "1".to_owned()),
        ("code_status", "Clear".to_owned()),
        ("type_of_violence", violence.to_string()),
        ("conflict_dset_id", conflict.clone()),
        ("conflict_new_id", conflict),
        ("conflict_name", format!("{}: synthetic", text(place.country.as_ref()))),
        ("dyad_dset_id", dyad.clone()),
        ("dyad_new_id", dyad),
        ("dyad_name", format!("{} - {}", a.name, b.name)),
        ("side_a_dset_id", a.id.to_string()),
        ("side_a_new_id", a.id.to_string()),
        ("side_a", a.name),
        ("side_b_dset_id", b.id.to_string()),
        ("side_b_new_id", b.id.to_string()),
        ("side_b", b.name),
        ("number_of_sources", incident.sources.len().to_string()),
        ("source_article", text(incident.narrative.as_ref())),
        ("source_office", incident.sources.join(";")),
        ("source_date", incident.reported.map(Timestamp::date_text).unwrap_or_default()),
        ("source_headline", text(incident.title.as_ref())),
        ("source_original", text(incident.response.first().and_then(|response| response.actor.as_ref()))),
    ]
}

fn whereabouts(place: &Place) -> [Cell; 12] {
    let of_point = |write: fn(Point) -> String| place.point.map(write).unwrap_or_default();
    [
        ("where_prec", place.precision.map(|precision| precision.code().to_string()).unwrap_or_default()),
        ("where_coordinates", text(place.name.as_ref())),
        ("where_description", text(place.description.as_ref())),
        ("adm_1", text(place.admin1.as_ref())),
        ("adm_2", text(place.admin2.as_ref())),
        ("latitude", of_point(|point| point.lat().to_string())),
        ("longitude", of_point(|point| point.lon().to_string())),
        ("geom_wkt", of_point(|point| format!("POINT ({} {})", point.lon(), point.lat()))),
        ("priogrid_gid", of_point(|point| prio_grid(point).to_string())),
        ("country", text(place.country.as_ref())),
        ("country_id", gleditsch_ward(place).to_string()),
        ("region", "Africa".to_owned()),
    ]
}

fn when_and_how_many(incident: &Incident, place: &Place, violence: u8) -> [Cell; 13] {
    let occurred = incident.occurred.clone().unwrap_or_default();
    let toll = Toll::of(incident, violence);
    let state = if violence == 1 { gleditsch_ward(place).to_string() } else { String::new() };
    [
        ("event_clarity", "1".to_owned()),
        ("date_prec", date_precision(occurred.precision).to_string()),
        ("date_start", occurred.from.date_text()),
        ("date_end", occurred.until().date_text()),
        ("deaths_a", toll.side_a.to_string()),
        ("deaths_b", toll.side_b.to_string()),
        ("deaths_civilians", toll.civilians.to_string()),
        ("deaths_unknown", toll.unknown.to_string()),
        ("best", toll.best.to_string()),
        ("high", toll.high.to_string()),
        ("low", toll.low.to_string()),
        ("gwnoa", state),
        ("gwnob", String::new()),
    ]
}

fn text(field: Option<&String>) -> String {
    field.cloned().unwrap_or_default()
}

/// One side, with a number of its own.
struct Side {
    id: u64,
    name: String,
}

/// Who fought whom.
struct Parties {
    a: Side,
    b: Side,
}

impl Parties {
    fn of(incident: &Incident, violence: u8) -> Self {
        let name = |nth: usize| incident.actors.get(nth).and_then(|a| a.name.clone()).unwrap_or_default();
        let side = |name: String| Side { id: number(&name), name };
        let b = if violence == 3 { "Civilians".to_owned() } else { name(1) };
        Self { a: side(name(0)), b: side(b) }
    }
}

/// A number below 10,000 that follows from a name.
fn number(name: &str) -> u64 {
    name.bytes().fold(17, |sum, byte| (sum * 31 + u64::from(byte)) % 10_000)
}

/// The dead, by side; the sides and the unknown add up to the best estimate.
struct Toll {
    side_a: u64,
    side_b: u64,
    civilians: u64,
    unknown: u64,
    best: u64,
    low: u64,
    high: u64,
}

impl Toll {
    fn of(incident: &Incident, violence: u8) -> Self {
        let killed = incident.killed();
        let best = killed.and_then(|k| k.best).unwrap_or(0);
        let known = incident.casualties.iter().find(|c| c.group.is_some()).and_then(|c| c.best);
        let civilians = if violence == 3 { best } else { known.unwrap_or(0).min(best) };
        let fighters = best - civilians;
        Self {
            side_a: fighters / 3,
            side_b: fighters / 2,
            civilians,
            unknown: fighters - fighters / 3 - fighters / 2,
            best,
            low: killed.and_then(|k| k.low).unwrap_or(best),
            high: killed.and_then(|k| k.high).unwrap_or(best),
        }
    }
}

/// The country's number in the Gleditsch and Ward list of states.
fn gleditsch_ward(place: &Place) -> u16 {
    match place.iso3.as_deref() {
        Some("CAF") => 482,
        Some("SSD") => 626,
        Some("SDN") => 625,
        Some("MLI") => 432,
        Some("COD") => 490,
        _ => 0,
    }
}

/// The PRIO-GRID cell: half-degree rows from the south pole, columns from the date line.
fn prio_grid(point: Point) -> i64 {
    const HALF_DEGREE: i64 = 5_000_000;
    let row = (i64::from(point.lat_e7()) + 900_000_000) / HALF_DEGREE;
    let column = (i64::from(point.lon_e7()) + 1_800_000_000) / HALF_DEGREE;
    row * 720 + column + 1
}

/// UCDP's `date_prec`: 1 the day, 2 two to six days, 3 the week, 4 the month, 5 more.
const fn date_precision(precision: TimePrecision) -> u8 {
    match precision {
        TimePrecision::Minute | TimePrecision::Day => 1,
        TimePrecision::Days => 2,
        TimePrecision::Week => 3,
        TimePrecision::Month => 4,
        TimePrecision::Year => 5,
    }
}
