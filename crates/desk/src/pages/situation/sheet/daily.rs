//! The daily situation report: the day, its week, and the week before.

use counterseal_model::Timestamp;
use counterseal_model::record::Body;
use counterseal_node::{NodeError, RecordView};
use maud::{Markup, html};

use super::totals::Totals;
use super::{Ground, map_of};
use crate::pages::lines::table;

/// Most incidents that are listed.
pub(super) const MOST: usize = 300;

pub(super) fn draw(ground: &Ground<'_>, on: Timestamp) -> Result<Markup, NodeError> {
    let words = ground.words;
    let totals = Totals::to(ground, on)?;
    let of_day = |record: &&RecordView| goes_on(record, on);
    let (day, rest): (Vec<_>, Vec<_>) = ground.records.iter().partition(|record| of_day(record));
    let [day, rest] = [day, rest].map(|list| list.into_iter().cloned().collect::<Vec<_>>());
    Ok(html! {
        (totals.table(words))
        (totals.types(ground)?)
        h2 { (words.text("sheet-map")) }
        (map_of(ground)?)
        h2 { (words.text("sheet-of-day")) }
        @if day.is_empty() { p { (words.text("sheet-none")) } } @else { (table(words, ground.desk, &day)) }
        h2 { (words.text("sheet-of-week")) }
        @if rest.is_empty() { p { (words.text("sheet-none")) } } @else { (table(words, ground.desk, &rest)) }
        @if totals.now.count > ground.records.len() as u64 {
            p { (words.with("sheet-cut", &[("count", (&words.number(ground.records.len() as u64)).into())])) }
        }
    })
}

/// Whether an incident went on on that day.
fn goes_on(record: &RecordView, on: Timestamp) -> bool {
    let Body::Incident(incident) = &record.part.body else { return false };
    let end = on.0.saturating_add(Timestamp::DAY);
    incident.occurred.as_ref().is_some_and(|occurred| occurred.from.0 < end && occurred.until().0 >= on.0)
}
