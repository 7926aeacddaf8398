//! A mapping to begin with, guessed from the names of the columns and the first rows.

use std::fmt::Write;

use counterseal_model::coordinate::read_point;

/// A rule by the words of a column's name: any of these words, this field, this reader.
type Guess = (&'static [&'static str], &'static str, &'static str);

/// The first that fits is taken; a field of one value is given to one column only.
const GUESSES: &[Guess] = &[
    (&["sub-category", "subcategory", "subtype", "sub-type", "sub type"], "subtype", "term"),
    (&["mgrs", "coordinates", "coordinate", "grid", "gps"], "place.point", "coordinates"),
    (&["latitude", "lat"], "place.latitude", "number"),
    (&["longitude", "lon", "lng", "long"], "place.longitude", "number"),
    (&["reported"], "reported", "date"),
    (&["entered", "created"], "entered", "date"),
    (&["dtg"], "occurred", "dtg"),
    (&["end"], "occurred.to", "date"),
    (&["date", "time", "when"], "occurred", "date"),
    (&["title", "headline", "subject"], "title", "text"),
    (&["category", "type"], "kind", "term"),
    (&["reliability"], "grading.reliability", "word"),
    (&["credibility"], "grading.credibility", "word"),
    (&["grading", "grade"], "grading", "word"),
    (&["verified", "verification"], "verification", "word"),
    (&["killed", "dead", "deaths", "fatalities"], "casualties.killed.best", "number"),
    (&["injured", "wounded"], "casualties.injured.best", "number"),
    (&["abducted", "kidnapped"], "casualties.abducted.best", "number"),
    (&["displaced"], "displacement.people", "number"),
    (&["perpetrator", "perpetrators"], "actors.perpetrator", "text"),
    (&["victim", "victims"], "actors.victim", "text"),
    (&["weapon", "weapons"], "weapons", "list"),
    (&["tags", "keywords"], "tags", "list"),
    (&["country"], "place.country", "text"),
    (&["pcode", "p-code"], "place.pcode", "text"),
    (&["admin1", "state", "province", "governorate"], "place.admin1", "text"),
    (&["admin2", "county", "district", "locality"], "place.admin2", "text"),
    (&["location", "place", "village", "town"], "place.name", "text"),
    (&["narrative", "description", "summary", "details", "notes"], "narrative", "text"),
    (&["source", "sources"], "sources", "list"),
];

/// Proposes a mapping, as the commented text of a mapping file that can be used as it is and
/// should be read first. Columns it cannot place are kept as attributes.
#[must_use]
pub fn suggest_mapping(columns: &[String], rows: &[Vec<String>]) -> String {
    let reference = reference_column(columns, rows);
    let mut text = String::from(HEAD);
    let name = columns.get(reference).map_or("", String::as_str);
    let _infallible = write!(text, "reference = {}\n\n{CONSTANTS}", quoted(name));
    let mut taken: Vec<&str> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        if at == reference || column.starts_with("geometry.") {
            continue;
        }
        let samples: Vec<&str> = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.trim()).collect();
        let samples: Vec<&str> = samples.into_iter().filter(|cell| !cell.is_empty()).collect();
        match guess(column, &samples, &taken) {
            Some((target, reader)) => {
                taken.push(target);
                rule(&mut text, column, target, reader, &samples);
            }
            None => {
                let _infallible = writeln!(text, "\n# {} is kept as an attribute.", one_line(column));
            }
        }
    }
    text
}

const HEAD: &str = "\
# A mapping, suggested from the columns' names. Read it, correct it, and import with it.
# A column without a rule is kept as an attribute under its own name; nothing is lost.
name = \"Our incident table\"

# The system the incidents come from. With the reference it makes an incident's external
# reference: keep both as they are, or the same incident will be imported twice.
system = \"our-table\"

# The column that holds each incident's reference in that system.
";

const CONSTANTS: &str = "\
# What holds for every row.
[constants]
form = \"incident\"
";

fn rule(text: &mut String, column: &str, target: &str, reader: &str, samples: &[&str]) {
    let sample = samples.first().map(|sample| crate::source::shorten(&one_line(sample), 40));
    let sample = sample.map(|sample| format!("# for example: {sample}\n")).unwrap_or_default();
    let name = quoted(column);
    let _infallible =
        write!(text, "\n{sample}[[column]]\nname = {name}\nto = \"{target}\"\nas = \"{reader}\"\n");
    if reader == "list" {
        text.push_str("separator = \";\"\n");
    }
    if matches!(reader, "date" | "dtg") {
        text.push_str(order_of(samples));
    }
    if target == "verification" {
        text.push_str("values = { yes = \"verified\", no = \"unverified\" }\n");
    }
    if target.starts_with("actors.") {
        text.push_str("# entity = \"group\"   # also propose an entity record for each name\n");
    }
}

fn guess(column: &str, samples: &[&str], taken: &[&str]) -> Option<(&'static str, &'static str)> {
    let name = column.to_lowercase();
    let words: Vec<&str> = name.split(|sign: char| !(sign.is_alphanumeric() || sign == '-')).collect();
    let named =
        |word: &&str| if word.contains([' ', '-']) { name.contains(*word) } else { words.contains(word) };
    let fits = |(_, target, reader): &&Guess| match *reader {
        "number" if target.starts_with("place") => samples.iter().all(|cell| cell.parse::<f64>().is_ok()),
        "number" => samples.iter().all(|cell| crate::cell::whole(cell).is_some()),
        "coordinates" => samples.iter().all(|cell| read_point(cell).is_ok()),
        _ => true,
    };
    GUESSES
        .iter()
        .filter(|(any, target, _)| !taken.contains(target) && any.iter().any(named))
        .find(fits)
        .map(|(_, target, reader)| (*target, *reader))
}

/// Day or month first, as far as the samples tell.
fn order_of(samples: &[&str]) -> &'static str {
    let numbers = |cell: &&str| -> Option<(u32, u32)> {
        let mut parts = cell.split(['/', '.']);
        let (first, second) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        (first <= 31 && second <= 31).then_some((first, second))
    };
    let pairs: Vec<_> = samples.iter().filter_map(numbers).collect();
    if pairs.is_empty() {
        ""
    } else if pairs.iter().any(|(first, _)| *first > 12) {
        "order = \"day-first\"\n"
    } else if pairs.iter().any(|(_, second)| *second > 12) {
        "order = \"month-first\"\n"
    } else {
        "# the samples do not tell which comes first: check, or days and months are exchanged\norder = \"day-first\"\n"
    }
}

/// The first column whose name says reference and whose cells are all there and all different.
fn reference_column(columns: &[String], rows: &[Vec<String>]) -> usize {
    let distinct = |at: usize| {
        let mut cells: Vec<&str> =
            rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.trim()).collect();
        cells.sort_unstable();
        cells.windows(2).all(|pair| pair.first() != pair.last()) && cells.first() != Some(&"")
    };
    let says = |name: &String| {
        let name = name.to_lowercase();
        let mut words = name.split(|sign: char| !sign.is_alphanumeric());
        words.any(|word| matches!(word, "id" | "ref" | "reference" | "number" | "no" | "code"))
    };
    let candidates: Vec<usize> = (0..columns.len()).filter(|at| distinct(*at)).collect();
    let named = candidates.iter().find(|at| columns.get(**at).is_some_and(says));
    named.or(candidates.first()).copied().unwrap_or(0)
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Text for a comment: control characters would end it.
fn one_line(text: &str) -> String {
    text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}
