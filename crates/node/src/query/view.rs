//! A question, as the columns answer it: only words are looked up in the index's texts.

use rusqlite::{Connection, params_from_iter};

use super::filter::{Filter, actors_named, country_named, kinds_named, part_of, places_named};
use super::find::numbers;
use crate::error::NodeError;
use crate::explore::View;
use crate::index::fold;

/// What of the columns fits a question: the same incidents that `find_incidents` gives.
pub(crate) fn view(db: &Connection, filter: &Filter) -> Result<View, NodeError> {
    let rest = not_in_columns(filter);
    let (reliability, credibility) = filter.graded.unwrap_or_default();
    let mut view = View {
        within: filter.within.filter(|within| within.west <= within.east).map(super::GeoBox::to_e7),
        area: filter.area.clone(),
        time: (filter.from.is_some() || filter.to.is_some()).then(|| {
            (filter.from.map_or(i64::MIN + 1, |from| from.0), filter.to.map_or(i64::MAX, |to| to.0))
        }),
        verified: filter.verified.map(|status| status.code()),
        reliability: reliability.map(|letter| letter.code()),
        credibility: credibility.map(|number| number.code()),
        killed: filter.killed.unwrap_or(0),
        ..View::default()
    };
    if rest != Filter::default() {
        view.only = Some(numbers(db, &rest)?);
    }
    if let Some(place) = &filter.place {
        view.places = Some(named(db, place, part_of(place), places_named)?);
    }
    if let Some(country) = &filter.country {
        view.countries = Some(terms(db, &country_named("?1"), &[fold(country)])?);
    }
    if !filter.kinds.is_empty() {
        let values: Vec<_> = (1..=filter.kinds.len()).map(|nth| format!("?{nth}")).collect();
        let kinds: Vec<_> = filter.kinds.iter().map(|kind| fold(kind)).collect();
        view.labels = Some(terms(db, &kinds_named(&values), &kinds)?);
    }
    if let Some(actor) = &filter.actor {
        view.entities = named(db, actor, part_of(actor), actors_named)?;
        if view.entities.is_empty() {
            view.only = Some(Vec::new());
        }
    }
    Ok(view)
}

/// What the columns cannot tell: words, and a box over the 180th meridian.
fn not_in_columns(filter: &Filter) -> Filter {
    let within = filter.within.filter(|within| within.west > within.east);
    Filter { words: filter.words.clone(), within, ..Filter::default() }
}

/// Those of a name; none where it has neither letter nor digit.
fn named(db: &Connection, name: &str, like: String, sql: fn(&str) -> String) -> Result<Vec<u32>, NodeError> {
    if fold(name).is_empty() { Ok(Vec::new()) } else { terms(db, &sql("?1"), &[like]) }
}

fn terms(db: &Connection, sql: &str, values: &[String]) -> Result<Vec<u32>, NodeError> {
    let mut list = db.prepare_cached(sql)?;
    let rows = list.query_map(params_from_iter(values), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
