//! The daily situation report: the day, its week, and the week before.

use counterseal_model::Timestamp;
use counterseal_model::record::Body;
use counterseal_node::{Breakdown, Filter, NodeError, Picture, PictureOf, RecordView};
use maud::{Markup, html};

use super::{Ground, map_of};
use crate::labels::Labels;
use crate::pages::lines::table;
use crate::pages::situation::compare::change;

/// Most incidents that are listed.
pub(super) const MOST: usize = 300;
/// Types that are named.
const TYPES: usize = 10;

/// Days from `first` to `last`, both included, as days before `on`.
fn days(filter: &Filter, on: Timestamp, (first, last): (i64, i64)) -> Filter {
    let day = |before: i64| Timestamp(on.0.saturating_sub(before * Timestamp::DAY));
    Filter { from: Some(day(first)), to: Some(day(last - 1)), ..filter.clone() }
}

/// The seven days that end with this one.
pub(super) fn week(filter: &Filter, on: Timestamp) -> Filter {
    days(filter, on, (6, 0))
}

pub(super) fn draw(ground: &Ground<'_>, on: Timestamp) -> Result<Markup, NodeError> {
    let (words, filter) = (ground.words, ground.filter);
    let count = |filter: &Filter| -> Result<Picture, NodeError> {
        let of = PictureOf { map: [0, 1, 0, 1], size: (1, 1), bars: vec![Breakdown::Kind], top: usize::MAX };
        Ok(ground.columns.draw(&ground.desk.view(filter)?, of))
    };
    let [today, now, before] =
        [count(&days(filter, on, (0, 0)))?, count(&week(filter, on))?, count(&days(filter, on, (13, 7)))?];
    let of_day = |record: &&RecordView| goes_on(record, on);
    let (day, rest): (Vec<_>, Vec<_>) = ground.records.iter().partition(|record| of_day(record));
    let [day, rest] = [day, rest].map(|list| list.into_iter().cloned().collect::<Vec<_>>());
    Ok(html! {
        h2 { (words.with("sheet-totals", &[("day", (&words.date(on)).into())])) }
        table.totals {
            thead { tr { td {} @for key in ["sheet-day", "sheet-week", "sheet-before", "compare-change"] { th scope="col" { (words.text(key)) } } } }
            tbody {
                @for (key, day, now, before) in [("field-count", today.count, now.count, before.count), ("field-killed", today.best, now.best, before.best)] {
                    tr { th scope="row" { (words.text(key)) }
                        td.number { (words.number(day)) } td.number { (words.number(now)) } td.number { (words.number(before)) } td.number { (change(words, now, before)) } }
                }
            }
        }
        (types(ground, &today, &now, &before)?)
        h2 { (words.text("sheet-map")) }
        (map_of(ground))
        h2 { (words.text("sheet-of-day")) }
        @if day.is_empty() { p { (words.text("sheet-none")) } } @else { (table(words, ground.desk, &day)) }
        h2 { (words.text("sheet-of-week")) }
        @if rest.is_empty() { p { (words.text("sheet-none")) } } @else { (table(words, ground.desk, &rest)) }
        @if now.count > ground.records.len() as u64 {
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

fn types(ground: &Ground<'_>, today: &Picture, now: &Picture, before: &Picture) -> Result<Markup, NodeError> {
    let words = ground.words;
    let labels = Labels::of(words, ground.desk);
    let of = |picture: &Picture, term: u32| {
        let bars = picture.bars.first().map_or(&[][..], Vec::as_slice);
        bars.iter().find(|bar| bar.of == term).map_or(0, |bar| bar.count)
    };
    let mut lines = Vec::new();
    for bar in now.bars.first().into_iter().flatten().take(TYPES) {
        let name = ground.desk.term(bar.of)?.map(|kind| labels.term("incident-type", &kind));
        let name = name.unwrap_or_else(|| words.text("none"));
        lines.push((name, of(today, bar.of), bar.count, of(before, bar.of)));
    }
    Ok(html! {
        @if !lines.is_empty() {
            h2 { (words.text("field-kind")) }
            table.totals {
                thead { tr { td {} @for key in ["sheet-day", "sheet-week", "sheet-before", "compare-change"] { th scope="col" { (words.text(key)) } } } }
                tbody { @for (name, day, now, before) in lines {
                    tr { th scope="row" { bdi { (name) } }
                        td.number { (words.number(day)) } td.number { (words.number(now)) } td.number { (words.number(before)) } td.number { (change(words, now, before)) } }
                } }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_ends_with_the_day_and_the_one_before_ends_where_it_begins() {
        let on = counterseal_model::dtg::read_date("2014-03-15", None).unwrap().at;
        let text = |filter: Filter| [filter.from, filter.to].map(|at| at.unwrap().date_text());
        assert_eq!(text(week(&Filter::default(), on)), ["2014-03-09", "2014-03-16"]);
        assert_eq!(text(days(&Filter::default(), on, (13, 7))), ["2014-03-02", "2014-03-09"]);
        assert_eq!(text(days(&Filter::default(), on, (0, 0))), ["2014-03-15", "2014-03-16"]);
    }
}
