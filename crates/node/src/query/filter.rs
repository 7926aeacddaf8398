//! Which incidents a question is about, and the SQL that says so.

use counterseal_model::{Credibility, Reliability, Timestamp, VerificationStatus};
use rusqlite::types::Value;
use thiserror::Error;

use super::ring::Ring;
use crate::index::{CELLS_PER_DEGREE, CELLS_PER_ROW, cell_of, fold};

/// A box on the map, in decimal degrees. It may cross the 180th meridian: west is larger than east then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Box {
    /// Western edge.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

/// Text that is not a box.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("'{0}' is not a box: write west,south,east,north in decimal degrees, as in 14.4,2.2,27.5,11.1")]
pub struct BadBox(pub String);

impl std::str::FromStr for Box {
    type Err = BadBox;
    fn from_str(text: &str) -> Result<Self, BadBox> {
        let bad = || BadBox(text.to_owned());
        let numbers: Vec<f64> =
            text.split(',').map(|n| n.trim().parse().map_err(|_| bad())).collect::<Result<_, _>>()?;
        let [west, south, east, north] = numbers[..] else { return Err(bad()) };
        let lat = -90.0..=90.0;
        let lon = -180.0..=180.0;
        let fits = lat.contains(&south) && lat.contains(&north) && lon.contains(&west) && lon.contains(&east);
        if fits && south <= north { Ok(Self { west, south, east, north }) } else { Err(bad()) }
    }
}

/// Which incidents are meant. What is left out does not restrict.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Words that must all occur; "two words" in quotes stand together; a star ends a beginning.
    pub words: Option<String>,
    /// Incidents that end on or after this moment.
    pub from: Option<Timestamp>,
    /// Incidents that begin before this moment.
    pub to: Option<Timestamp>,
    /// Incidents with a point in this box.
    pub within: Option<Box>,
    /// Incidents with a point in this area.
    pub area: Option<Ring>,
    /// Part of a place's or an area's name.
    pub place: Option<String>,
    /// Country, by name or ISO 3166 code as imported.
    pub country: Option<String>,
    /// Types or subtypes, any of them.
    pub kinds: Vec<String>,
    /// Part of a name of an entity that took part, or of one that is said to be the same.
    pub actor: Option<String>,
    /// Verification status.
    pub verified: Option<VerificationStatus>,
    /// Graded at least so: this letter or a better one, this number or a better one.
    pub graded: Option<(Option<Reliability>, Option<Credibility>)>,
    /// At least so many people killed, by best estimate.
    pub killed: Option<u32>,
}

/// A WHERE clause over `incident i`, and its values.
#[derive(Debug, Default)]
pub(crate) struct Sql {
    pub(crate) joins: String,
    pub(crate) clauses: Vec<String>,
    pub(crate) values: Vec<Value>,
}

impl Sql {
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    /// A name without letters or digits is nobody's: nothing fits, rather than everything.
    fn never_if_empty(&mut self, name: &str) {
        if fold(name).is_empty() {
            self.clauses.push("0".to_owned());
        }
    }

    /// The clauses joined, for WHERE.
    pub(crate) fn condition(&self) -> String {
        if self.clauses.is_empty() { "1".to_owned() } else { self.clauses.join(" AND ") }
    }
}

impl Filter {
    /// Whether anything but words is asked for; only incidents have the rest.
    #[must_use]
    pub fn is_about_incidents(&self) -> bool {
        *self != Self { words: self.words.clone(), ..Self::default() }
    }

    pub(crate) fn to_sql(&self) -> Sql {
        let mut sql = Sql::default();
        self.words_sql(&mut sql);
        self.time_sql(&mut sql);
        self.place_sql(&mut sql);
        self.label_sql(&mut sql);
        sql
    }

    fn words_sql(&self, sql: &mut Sql) {
        let Some(words) = &self.words else { return };
        match match_expression(words) {
            Some(expression) => {
                let value = sql.value(expression);
                sql.joins.push_str(" JOIN words ON words.rowid = i.record");
                sql.clauses.push(format!("words MATCH {value}"));
            }
            // Words were asked for, and none of these signs is part of one: nothing fits.
            None => sql.clauses.push("0".to_owned()),
        }
    }

    fn time_sql(&self, sql: &mut Sql) {
        if let Some(from) = self.from {
            let value = sql.value(from.0);
            // An incident of several days still goes on; the second condition uses the index where
            // most incidents are short.
            sql.clauses.push(format!("i.ends >= {value}"));
        }
        if let Some(to) = self.to {
            let value = sql.value(to.0);
            sql.clauses.push(format!("i.starts < {value}"));
        }
    }

    fn place_sql(&self, sql: &mut Sql) {
        if let Some(within) = self.within {
            within.to_sql(sql);
        }
        if let Some(area) = &self.area {
            area.to_sql(sql);
        }
        if let Some(place) = &self.place {
            sql.never_if_empty(place);
            let value = sql.value(part_of(place));
            let named = places_named(&value);
            sql.clauses.push(format!("(i.place IN ({named}) OR i.admin1 IN ({named}))"));
        }
        if let Some(country) = &self.country {
            let value = sql.value(fold(country));
            sql.clauses.push(format!("i.country IN ({})", country_named(&value)));
        }
    }

    fn label_sql(&self, sql: &mut Sql) {
        if !self.kinds.is_empty() {
            let values: Vec<_> = self.kinds.iter().map(|kind| sql.value(fold(kind))).collect();
            let named = kinds_named(&values);
            sql.clauses.push(format!("(i.kind IN ({named}) OR i.subtype IN ({named}))"));
        }
        if let Some(actor) = &self.actor {
            sql.never_if_empty(actor);
            let value = sql.value(part_of(actor));
            let named = actors_named(&value);
            sql.clauses.push(format!("i.record IN (SELECT record FROM involved WHERE entity IN ({named}))"));
        }
        if let Some(status) = self.verified {
            sql.clauses.push(format!("i.verified = {}", status.code()));
        }
        let (reliability, credibility) = self.graded.unwrap_or_default();
        if let Some(letter) = reliability {
            sql.clauses.push(format!("i.reliability BETWEEN 1 AND {}", letter.code()));
        }
        if let Some(number) = credibility {
            sql.clauses.push(format!("i.credibility BETWEEN 1 AND {}", number.code()));
        }
        if let Some(killed) = self.killed.filter(|killed| *killed > 0) {
            sql.clauses.push(format!("i.best >= {killed}"));
        }
    }
}

impl Box {
    /// South, north, west, east, 1e-7 degrees.
    #[must_use]
    pub fn to_e7(self) -> [i32; 4] {
        #[expect(clippy::cast_possible_truncation, reason = "180e7 fits an i32")]
        [self.south, self.north, self.west, self.east].map(|degrees| (degrees * 1e7).round() as i32)
    }

    fn to_sql(self, sql: &mut Sql) {
        let [south, north, west, east] = self.to_e7().map(|edge| sql.value(i64::from(edge)));
        sql.clauses.push(format!("i.lat BETWEEN {south} AND {north}"));
        sql.clauses.push(if self.west <= self.east {
            format!("i.lon BETWEEN {west} AND {east}")
        } else {
            format!("(i.lon >= {west} OR i.lon <= {east})")
        });
        if let Some(rows) = self.cell_ranges() {
            sql.clauses.push(format!("({})", rows.join(" OR ")));
        }
    }

    /// The ranges of cells that cover the box, one a row, if that is worth the index.
    fn cell_ranges(self) -> Option<Vec<String>> {
        let corner = |lat, lon| counterseal_model::Point::from_degrees(lat, lon).map(cell_of);
        let (low, high) = (corner(self.south, self.west)?, corner(self.north, self.east)?);
        let rows = (high / CELLS_PER_ROW) - (low / CELLS_PER_ROW) + 1;
        let narrow = self.west <= self.east && rows <= 20 * CELLS_PER_DEGREE;
        narrow.then(|| {
            let width = high % CELLS_PER_ROW - low % CELLS_PER_ROW;
            let range = |row| {
                let first = low + row * CELLS_PER_ROW;
                format!("i.cell BETWEEN {first} AND {}", first + width)
            };
            (0..rows).map(range).collect()
        })
    }
}

/// The FTS5 expression for what a person typed: every word must occur. `None` when there is no word.
pub(crate) fn match_expression(text: &str) -> Option<String> {
    let mut terms = Vec::new();
    for (nth, piece) in text.split('"').enumerate() {
        if nth % 2 == 1 {
            terms.extend(quoted(&fold(piece)));
            continue;
        }
        for word in piece.split_whitespace() {
            let folded = quoted(&fold(word));
            terms.extend(folded.map(|term| if word.ends_with('*') { format!("{term}*") } else { term }));
        }
    }
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

/// Folded text has no quotes left in it, so nothing can leave the FTS5 string.
fn quoted(folded: &str) -> Option<String> {
    (!folded.trim().is_empty()).then(|| format!("\"{folded}\""))
}

/// What a name is like that has this in it.
pub(super) fn part_of(name: &str) -> String {
    format!("%{}%", escape_like(&fold(name)))
}

/// The numbers of the places and areas whose name is like `value`.
pub(super) fn places_named(value: &str) -> String {
    format!("SELECT no FROM term WHERE space IN (4, 5) AND folded LIKE {value} ESCAPE '\\'")
}

/// The number of the country of this name.
pub(super) fn country_named(value: &str) -> String {
    format!("SELECT no FROM term WHERE space = 3 AND folded = {value}")
}

/// The numbers of types and subtypes of these names.
pub(super) fn kinds_named(values: &[String]) -> String {
    format!("SELECT no FROM term WHERE space IN (1, 2) AND folded IN ({})", values.join(", "))
}

/// The entities with a name like `value`.
/// Whoever is said to be the same as one of that name is meant too.
pub(super) fn actors_named(value: &str) -> String {
    let named = format!("SELECT record FROM entity_name WHERE folded LIKE {value} ESCAPE '\\'");
    format!(
        "{named} UNION SELECT o.record FROM same s JOIN same o ON o.identity = s.identity
         WHERE s.record IN ({named})"
    )
}

fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_an_expression_that_nothing_escapes() {
        assert_eq!(match_expression("Ambush Bouca").unwrap(), "\"ambush\" AND \"bouca\"");
        assert_eq!(match_expression("\"Bossangoa road\" amb*").unwrap(), "\"bossangoa road\" AND \"amb\"*");
        assert_eq!(match_expression("a\" OR text:b NEAR(").unwrap(), "\"a\" AND \"or text b near\"");
        assert_eq!(match_expression(" - "), None);
    }

    #[test]
    fn a_question_without_letters_is_answered_by_nothing() {
        for empty in [
            Filter { words: Some("§§".into()), ..Filter::default() },
            Filter { place: Some("***".into()), ..Filter::default() },
            Filter { actor: Some("\u{64e}".into()), ..Filter::default() },
        ] {
            assert!(empty.to_sql().clauses.contains(&"0".to_owned()), "{empty:?}");
        }
    }

    #[test]
    fn a_box_is_read_or_refused_with_an_example() {
        let parsed: Box = "14.4,2.2,27.5,11.1".parse().unwrap();
        assert_eq!((parsed.west, parsed.north), (14.4, 11.1));
        for bad in ["1,2,3", "1,2,3,x", "0,95,1,96", "0,5,1,4", "0,0,0,NaN"] {
            assert!(bad.parse::<Box>().is_err(), "{bad}");
        }
    }
}
