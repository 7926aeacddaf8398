//! UCDP GED in its editions: the yearly data set, HDX, GeoJSON and the web export.

use std::collections::BTreeMap;

use counterseal_model::dtg::DateOrder;
use counterseal_model::record::{Casualties, ExternalRef, Incident, IncidentForm, Involved};
use counterseal_model::{Occurred, Place, PlacePrecision, Term, TimePrecision};

use super::Rest;
use crate::cell::{Column, GeometryColumns, day, kind_of_group, stands_for_nobody, whole};
use crate::draft::{ActorDraft, Draft};
use crate::import::ImportError;
use crate::rejects::CellError;
use crate::table::{Columns, Header, Record};

/// Columns without which a file is not UCDP GED.
pub(crate) const NEEDED: &[&[&str]] =
    &[&["id"], &["type_of_violence"], &["date_start"], &["side_a"], &["side_b"], &["best", "best_est"]];

/// Columns of numbers that some editions write as `12.0`.
const WHOLE_NUMBERS: &[&str] = &[
    "active_year",
    "conflict_dset_id",
    "conflict_new_id",
    "country_id",
    "dyad_dset_id",
    "dyad_new_id",
    "event_clarity",
    "gwnoa",
    "gwnob",
    "number_of_sources",
    "priogrid_gid",
    "side_a_dset_id",
    "side_b_dset_id",
    "year",
];

/// The columns of one file.
pub(crate) struct UcdpPlan {
    id: Column,
    violence: Column,
    sides: [Side; 2],
    date_start: Column,
    date_end: Column,
    date_prec: Column,
    place: PlaceColumns,
    total: [Column; 3],
    groups: [(Term, Column); 4],
    article: Column,
    headline: Column,
    terms: Terms,
    rest: Rest,
}

struct Side {
    role: Term,
    name: Column,
    id: Column,
}

struct PlaceColumns {
    name: Column,
    description: Column,
    precision: Column,
    country: Column,
    iso3: Column,
    admin1: Column,
    admin2: Column,
    point: GeometryColumns,
}

/// Terms made once, not once a row.
struct Terms {
    system: Term,
    actor_system: Term,
    violence: [Term; 3],
}

fn term(code: &str) -> Term {
    Term::from_text(code).unwrap_or_default()
}

impl UcdpPlan {
    pub(crate) fn resolve(header: &Header) -> Result<Self, ImportError> {
        let columns = &mut Columns::of(header);
        let side = |columns: &mut Columns<'_>, role, name, id| {
            Ok::<_, ImportError>(Side {
                role: term(role),
                name: take(columns, name)?,
                id: take(columns, id)?,
            })
        };
        let sides = [
            side(columns, "side-a", "side_a", "side_a_new_id")?,
            side(columns, "side-b", "side_b", "side_b_new_id")?,
        ];
        let groups = [
            (term("side-a"), take(columns, "deaths_a")?),
            (term("side-b"), take(columns, "deaths_b")?),
            (term("civilians"), take(columns, "deaths_civilians")?),
            (term("unknown"), take(columns, "deaths_unknown")?),
        ];
        let total = [
            either(columns, "best", "best_est")?,
            either(columns, "low", "low_est")?,
            either(columns, "high", "high_est")?,
        ];
        Ok(Self {
            id: take(columns, "id")?,
            violence: take(columns, "type_of_violence")?,
            sides,
            date_start: take(columns, "date_start")?,
            date_end: take(columns, "date_end")?,
            date_prec: take(columns, "date_prec")?,
            place: PlaceColumns::resolve(columns)?,
            total,
            groups,
            article: take(columns, "source_article")?,
            headline: take(columns, "source_headline")?,
            terms: Terms {
                system: term("ucdp-ged"),
                actor_system: term("ucdp-actor"),
                violence: ["state-based-conflict", "non-state-conflict", "one-sided-violence"].map(term),
            },
            rest: Rest::of(columns, WHOLE_NUMBERS),
        })
    }

    pub(crate) fn draft(&self, record: &Record) -> Result<Draft, CellError> {
        let id = self.id.whole(record)?.ok_or_else(|| self.id.bad(record, "is empty; it must be given"))?;
        let external = ExternalRef { system: self.terms.system.clone(), id: id.to_string() };
        let mut attributes = self.rest.read(record);
        let place = self.place.read(record, &mut attributes)?;
        let (involved, actors) = self.actors(record)?;
        let article = self.article.get(record);
        let incident = Incident {
            external: vec![external.clone()],
            title: self.title(record, &place),
            form: Some(IncidentForm::Incident),
            kind: Some(self.kind(record)?),
            occurred: Some(self.occurred(record)?),
            place: Some(place),
            narrative: self.headline.get(record).or(article).map(str::to_owned),
            actors: involved,
            casualties: self.casualties(record)?,
            sources: article.map(split_articles).unwrap_or_default(),
            attributes,
            ..Incident::default()
        };
        Ok(Draft::new(external, incident, actors))
    }

    fn kind(&self, record: &Record) -> Result<Term, CellError> {
        let code = self.violence.whole(record)?.and_then(|code| usize::try_from(code).ok());
        let violence = code.and_then(|code| self.terms.violence.get(code.checked_sub(1)?));
        violence.cloned().ok_or_else(|| self.violence.bad(record, "is not a type of violence: 1, 2 or 3"))
    }

    fn title(&self, record: &Record, place: &Place) -> Option<String> {
        let [a, b] = &self.sides;
        let mut title = String::with_capacity(80);
        let sides = [a.name.get(record), b.name.get(record)].into_iter().flatten();
        for (separator, side) in ["", " – "].into_iter().zip(sides) {
            title.push_str(separator);
            title.push_str(side);
        }
        if let Some(name) = &place.name {
            title.push_str(if title.is_empty() { "" } else { ", " });
            title.push_str(name);
        }
        (!title.is_empty()).then_some(title)
    }

    /// `date_prec` 1 to 5: a day, two to six days, a week, a month, a year (GED codebook).
    fn occurred(&self, record: &Record) -> Result<Occurred, CellError> {
        let order = Some(DateOrder::MonthFirst);
        let from = day(&self.date_start, record, order)?;
        let from = from.ok_or_else(|| self.date_start.bad(record, "is empty; it must be given"))?;
        let to = day(&self.date_end, record, order)?.unwrap_or(from);
        if to < from {
            return Err(self.date_end.bad(record, "is before date_start"));
        }
        let precision = match self.date_prec.whole(record)? {
            None => TimePrecision::Day,
            Some(code @ 1..=5) => TimePrecision::from_code(code + 1).unwrap_or_default(),
            Some(_) => return Err(self.date_prec.bad(record, "is not a date precision of 1 to 5")),
        };
        Ok(Occurred::span(from, to, precision))
    }

    /// Both sides are named in the incident; a record is only proposed for those that last.
    fn actors(&self, record: &Record) -> Result<(Vec<Involved>, Vec<ActorDraft>), CellError> {
        let (mut involved, mut drafts) = (Vec::with_capacity(2), Vec::with_capacity(2));
        for side in &self.sides {
            let Some(name) = side.name.get(record) else { continue };
            if !stands_for_nobody(name) {
                let id = side.id.whole(record)?;
                drafts.push(ActorDraft {
                    position: involved.len(),
                    external: id.map(|id| ExternalRef {
                        system: self.terms.actor_system.clone(),
                        id: id.to_string(),
                    }),
                    name: name.to_owned(),
                    kind: kind_of_group(name),
                });
            }
            let (role, name) = (Some(side.role.clone()), Some(name.to_owned()));
            involved.push(Involved { role, name, ..Involved::default() });
        }
        Ok((involved, drafts))
    }

    fn casualties(&self, record: &Record) -> Result<Vec<Casualties>, CellError> {
        let mut all = Vec::with_capacity(5);
        let [best, low, high] = &self.total;
        // The data set itself has a few rows with best above high; they are kept as they are.
        let (best, low, high) = (best.whole(record)?, low.whole(record)?, high.whole(record)?);
        if best.or(low).or(high).is_some() {
            all.push(Casualties { best, low, high, ..Casualties::default() });
        }
        for (group, column) in &self.groups {
            let best = column.whole(record)?;
            if best.is_some() {
                all.push(Casualties { group: Some(group.clone()), best, ..Casualties::default() });
            }
        }
        Ok(all)
    }
}

impl PlaceColumns {
    fn resolve(columns: &mut Columns<'_>) -> Result<Self, ImportError> {
        Ok(Self {
            name: take(columns, "where_coordinates")?,
            description: take(columns, "where_description")?,
            precision: take(columns, "where_prec")?,
            country: take(columns, "country")?,
            iso3: take(columns, "iso3")?,
            admin1: take(columns, "adm_1")?,
            admin2: take(columns, "adm_2")?,
            point: GeometryColumns::take(columns)?,
        })
    }

    fn read(&self, record: &Record, attributes: &mut BTreeMap<String, String>) -> Result<Place, CellError> {
        let precision = match self.precision.get(record) {
            None => None,
            Some(code) => match whole(code).and_then(PlacePrecision::from_code) {
                None => return Err(self.precision.bad(record, "is not a place precision of 1 to 7")),
                known => known,
            },
        };
        let point = self.point.read(record, |name, text| {
            attributes.insert(name.to_owned(), text.to_owned());
        })?;
        Ok(Place {
            name: self.name.text(record),
            point,
            precision,
            country: self.country.text(record),
            iso3: self.iso3.text(record),
            admin1: self.admin1.text(record),
            admin2: self.admin2.text(record),
            description: self.description.text(record),
            ..Place::default()
        })
    }
}

fn take(columns: &mut Columns<'_>, name: &'static str) -> Result<Column, ImportError> {
    Ok(Column { name, at: columns.take(name)? })
}

/// The column, or the one that the web export has in its stead.
fn either(columns: &mut Columns<'_>, name: &'static str, web: &'static str) -> Result<Column, ImportError> {
    let column = take(columns, name)?;
    if column.at.is_some() { Ok(column) } else { take(columns, web) }
}

/// `"Office,date,headline";"Office,date,headline"`: one source each. Anything else is one source.
fn split_articles(text: &str) -> Vec<String> {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.is_empty() => inner.split("\";\"").map(str::to_owned).collect(),
        _ => vec![text.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_told_apart_only_where_they_are_quoted() {
        assert_eq!(split_articles("\"A,2022,x | y; z\";\"B,2022,w\""), ["A,2022,x | y; z", "B,2022,w"]);
        assert_eq!(split_articles("Reuters 10/9; BBC"), ["Reuters 10/9; BBC"]);
        assert_eq!(split_articles("\"All Africa \"half"), ["\"All Africa \"half"]);
    }
}
