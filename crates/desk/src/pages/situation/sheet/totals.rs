//! Totals of a day, of the week that ends with it, and of the week before: on both sheets.

use counterseal_model::Timestamp;
use counterseal_node::{Breakdown, Filter, NodeError, Picture, PictureOf};
use maud::{Markup, html};

use super::Ground;
use crate::pages::situation::compare::change;
use crate::words::Words;

/// Types that are named.
const TYPES: usize = 10;

/// What is compared.
pub(super) struct Totals {
    on: Timestamp,
    today: Picture,
    /// The seven days that end with the day.
    pub(super) now: Picture,
    /// The seven before these.
    before: Picture,
}

/// Days from `first` to `last`, both included, as days before `on`.
fn days(filter: &Filter, on: Timestamp, (first, last): (i64, i64)) -> Filter {
    let day = |before: i64| Timestamp(on.0.saturating_sub(before * Timestamp::DAY));
    Filter { from: Some(day(first)), to: Some(day(last - 1)), ..filter.clone() }
}

/// The seven days that end with this one.
pub(super) fn week(filter: &Filter, on: Timestamp) -> Filter {
    days(filter, on, (6, 0))
}

impl Totals {
    /// Of what the view asks for, whatever its period is.
    pub(super) fn to(ground: &Ground<'_>, on: Timestamp) -> Result<Self, NodeError> {
        let count = |span: (i64, i64)| -> Result<Picture, NodeError> {
            let of =
                PictureOf { map: [0, 1, 0, 1], size: (1, 1), bars: vec![Breakdown::Kind], top: usize::MAX };
            Ok(ground.columns.draw(&ground.desk.view(&days(ground.filter, on, span))?, of))
        };
        Ok(Self { on, today: count((0, 0))?, now: count((6, 0))?, before: count((13, 7))? })
    }

    /// Incidents and people killed.
    pub(super) fn table(&self, words: Words) -> Markup {
        let (today, now, before) = (&self.today, &self.now, &self.before);
        let lines = [
            (words.text("field-count"), [today.count, now.count, before.count]),
            (words.text("field-killed"), [today.best, now.best, before.best]),
        ];
        html! {
            h2 { (words.with("sheet-totals", &[("day", (&words.date(self.on)).into())])) }
            (rows(words, lines))
        }
    }

    /// The most frequent types of the week.
    pub(super) fn types(&self, ground: &Ground<'_>) -> Result<Markup, NodeError> {
        let words = ground.words;
        let of = |picture: &Picture, term: u32| {
            let bars = picture.bars.first().map_or(&[][..], Vec::as_slice);
            bars.iter().find(|bar| bar.of == term).map_or(0, |bar| bar.count)
        };
        let mut lines = Vec::new();
        for bar in self.now.bars.first().into_iter().flatten().take(TYPES) {
            let name = ground.desk.term(bar.of)?.unwrap_or_else(|| words.text("none"));
            lines.push((name, [of(&self.today, bar.of), bar.count, of(&self.before, bar.of)]));
        }
        Ok(html! {
            @if !lines.is_empty() { h2 { (words.text("field-kind")) } (rows(words, lines)) }
        })
    }
}

/// A line each: the day, the week, the week before, and how much more or less.
fn rows(words: Words, lines: impl IntoIterator<Item = (String, [u64; 3])>) -> Markup {
    html! {
        table.totals {
            thead { tr { td {} @for key in ["sheet-day", "sheet-week", "sheet-before", "compare-change"] { th scope="col" { (words.text(key)) } } } }
            tbody { @for (name, [day, now, before]) in lines {
                tr { th scope="row" { bdi { (name) } }
                    td.number { (words.number(day)) } td.number { (words.number(now)) } td.number { (words.number(before)) } td.number { (change(words, now, before)) } }
            } }
        }
    }
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
