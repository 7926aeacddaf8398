//! Two periods of one question, side by side.

use counterseal_model::Timestamp;
use counterseal_node::Filter;
use maud::{Markup, html};

use super::ask::field;
use super::question::{Bad, Question};
use super::seen::Sum;
use crate::words::Words;

/// Where the period that this one is compared with is typed, and two that are asked for often.
pub(super) fn period_fields(words: Words, question: &Question, filter: &Filter, bad: &[Bad]) -> Markup {
    html! {
        (field(words, ("since", "compare-since", &question.since), bad))
        (field(words, ("until", "compare-until", &question.until), bad))
        @if let (Some(from), Some(to)) = (filter.from, filter.to) {
            p.often hx-boost="true" {
                a href=(beside(question, before(from, to))) { (words.text("compare-before")) } " "
                a href=(beside(question, (year_before(from), year_before(to)))) { (words.text("compare-year")) }
            }
        }
    }
}

fn beside(question: &Question, (since, until): (Timestamp, Timestamp)) -> String {
    // What is typed as the end of a period is its last day.
    let (since, until) = (since.date_text(), Timestamp(until.0.saturating_sub(1)).date_text());
    Question { since, until, ..question.clone() }.link(super::HERE)
}

/// The period of the same length that ends where this one begins.
pub(super) fn before(from: Timestamp, to: Timestamp) -> (Timestamp, Timestamp) {
    (Timestamp(from.0.saturating_sub(to.0.saturating_sub(from.0))), from)
}

/// The same day a year before; 29 February becomes 1 March.
fn year_before(at: Timestamp) -> Timestamp {
    let text = at.date_text();
    let (year, rest) = text.split_once('-').unwrap_or((&text, ""));
    let year = year.parse::<i32>().unwrap_or(0).saturating_sub(1);
    let there = counterseal_model::dtg::read_date(&format!("{year:04}-{rest}"), None);
    there.map_or_else(|_| Timestamp(at.0.saturating_sub(365 * Timestamp::DAY)), |read| read.at)
}

/// Incidents and people killed in both.
pub(super) fn totals(words: Words, question: &Question, now: Sum, then: Sum) -> Markup {
    let open = |typed: &str| if typed.is_empty() { "…".to_owned() } else { typed.to_owned() };
    let name = |from: &str, to: &str| format!("{} – {}", open(from), open(to));
    html! {
        table.compare {
            caption { (words.text("compare-title")) }
            thead { tr {
                td {}
                th scope="col" { (words.text("compare-now")) " " bdi { (name(&question.from, &question.to)) } }
                th scope="col" { (words.text("compare-then")) " " bdi { (name(&question.since, &question.until)) } }
                th scope="col" { (words.text("compare-change")) }
            } }
            tbody {
                @for (key, now, then) in [("field-count", now.count, then.count), ("field-killed", now.best, then.best)] {
                    tr {
                        th scope="row" { (words.text(key)) }
                        td.number { (words.number(now)) }
                        td.number { (words.number(then)) }
                        td.number { (change(words, now, then)) }
                    }
                }
            }
        }
    }
}

/// How much more or less, with its sign: `+12`, `−3`, `0`.
pub(super) fn change(words: Words, now: u64, then: u64) -> String {
    let sign = match now.cmp(&then) {
        std::cmp::Ordering::Greater => "+",
        std::cmp::Ordering::Equal => "",
        std::cmp::Ordering::Less => "\u{2212}",
    };
    // Kept together where the script runs from right to left.
    format!("\u{2066}{sign}{}\u{2069}", words.number(now.abs_diff(then)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Tongue;

    #[test]
    fn periods_before_and_changes() {
        let day = |text: &str| counterseal_model::dtg::read_date(text, None).unwrap().at;
        let (from, to) = before(day("2014-03-08"), day("2014-03-15"));
        assert_eq!((from, to), (day("2014-03-01"), day("2014-03-08")));
        assert_eq!(year_before(day("2016-03-01")).date_text(), "2015-03-01");
        assert_eq!(year_before(day("2016-02-29")).date_text(), "2015-03-01");
        let words = Words(Tongue::English);
        let plain = |now, then| change(words, now, then).replace(['\u{2066}', '\u{2069}'], "");
        assert_eq!([plain(12, 9), plain(9, 12), plain(4, 4)], ["+3", "\u{2212}3", "0"]);
    }
}
