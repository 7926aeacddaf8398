//! The timeline: incidents by day where the period shown is short, by month otherwise. Drawn by scripts, as a picture whose
//! bars are links for browsers without, and as a table for whoever reads neither.

use counterseal_model::Timestamp;
use counterseal_model::dtg::read_date;
use counterseal_node::{Desk, Filter, NodeError, Picture};
use maud::{Markup, html};

use super::question::Question;
use super::seen::Seen;
use crate::words::Words;

/// A period of fewer days than this is shown by days.
const SHORT: i64 = 120;
/// A table of more months than this counts by years.
const LONG: i64 = 120;
/// Fewer bars than this are drawn no wider than if they were so many.
const FEW: i64 = 24;

/// What a bar counts, and how it is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// From 1 January 1970.
    Day,
    /// From January of year 0.
    Month,
    /// From year 0.
    Year,
}

/// Its number, incidents, people killed.
type Bar = (i64, u64, u64);

/// What is shown of a question, and of the period that it is compared with.
pub(super) struct Timeline {
    step: Step,
    /// The first and the last bar there is room for.
    span: (i64, i64),
    bars: Vec<Bar>,
    /// The first bar of the other period, and its bars.
    then: Option<(i64, Vec<Bar>)>,
}

impl Step {
    /// As it is typed: `2014-03-15`, `2014-03`, `2014`.
    fn typed(self, at: i64) -> String {
        match self {
            Self::Day => day(at).date_text(),
            Self::Month => format!("{:04}-{:02}", at.div_euclid(12), at.rem_euclid(12) + 1),
            Self::Year => format!("{at:04}"),
        }
    }

    /// As it is read.
    fn said(self, words: Words, at: i64) -> String {
        match self {
            Self::Day => words.date(day(at)),
            Self::Month => read_date(&self.typed(at), None)
                .map_or_else(|_| self.typed(at), |read| words.0.month(read.at)),
            Self::Year => self.typed(at),
        }
    }

    /// For scripts.
    const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    fn name(self, words: Words) -> String {
        words.text(match self {
            Self::Day => "timeline-day",
            Self::Month => "timeline-one",
            Self::Year => "timeline-year",
        })
    }
}

fn day(at: i64) -> Timestamp {
    Timestamp(at.saturating_mul(Timestamp::DAY))
}

/// The first and the last day of what a question shows: those it asks for, else those of the months in which there is any.
fn period(filter: &Filter, picture: &Picture) -> Option<(i64, i64)> {
    let month = |month: i32| read_date(&Step::Month.typed(month.into()), None).ok();
    let days = |at: Timestamp| at.0.div_euclid(Timestamp::DAY);
    let first = || picture.timeline.first().and_then(|bar| month(bar.0)).map(|month| month.at);
    let last = || picture.timeline.last().and_then(|bar| month(bar.0)).map(|month| month.end());
    let (from, to) = (filter.from.or_else(first)?, filter.to.or_else(last)?);
    // An end is the moment after it.
    Some((days(from), days(Timestamp(to.0.saturating_sub(1))))).filter(|(first, last)| first <= last)
}

fn is_short(period: &(i64, i64)) -> bool {
    period.1.saturating_sub(period.0) < SHORT - 1
}

impl Timeline {
    /// Of the question, and of the same about another period.
    pub(super) fn of(
        desk: &Desk,
        seen: &Seen,
        filter: &Filter,
        then: Option<&Filter>,
    ) -> Result<Self, NodeError> {
        let now = period(filter, &seen.picture).filter(is_short);
        let other = then.zip(seen.then.as_ref());
        let before = other.and_then(|(then, picture)| period(then, picture)).filter(is_short);
        let Some(now) = now.filter(|_| other.is_none() || before.is_some()) else {
            return Ok(Self::by_month(seen));
        };
        let bars = seen.columns.by_day(&seen.view, now);
        let then = match other.zip(before) {
            Some(((then, _), span)) => Some((span.0, seen.columns.by_day(&desk.view(then)?, span))),
            None => None,
        };
        let wide = then.as_ref().and_then(|(first, bars)| bars.last().map(|bar| bar.0 - first)).unwrap_or(0);
        Ok(Self { step: Step::Day, span: (now.0, now.1.max(now.0 + wide)), bars, then })
    }

    fn by_month(seen: &Seen) -> Self {
        let months = |picture: &Picture| -> Vec<Bar> {
            picture.timeline.iter().map(|(month, count, best)| ((*month).into(), *count, *best)).collect()
        };
        let bars = months(&seen.picture);
        let then = seen.then.as_ref().map(months);
        let then = then.and_then(|bars| Some((bars.first()?.0, bars)));
        let first = bars.first().map_or(0, |bar| bar.0);
        let last = bars.last().map_or(0, |bar| bar.0);
        let wide = then.as_ref().and_then(|(first, bars)| bars.last().map(|bar| bar.0 - first)).unwrap_or(0);
        Self { step: Step::Month, span: (first, last.max(first + wide)), bars, then }
    }

    pub(super) fn title(&self, words: Words) -> String {
        words.text(if self.step == Step::Day { "timeline-days" } else { "timeline-title" })
    }

    /// Where the script draws.
    pub(super) fn live(&self, words: Words) -> Markup {
        html! {
            div #timeline.live data-name=(self.step.name(words)) data-incidents=(words.text("field-count")) data-then=(words.text("compare-then")) {}
        }
    }

    /// For the script: what a bar is, the first and the last, `24171,5;24172,9`, and the same of the other period.
    pub(super) fn data(&self) -> [Option<String>; 4] {
        let bars = |bars: &[Bar]| {
            let bars: Vec<String> = bars.iter().map(|(at, count, _)| format!("{at},{count}")).collect();
            bars.join(";")
        };
        let then = self.then.as_ref().map(|(first, list)| format!("{first}:{}", bars(list)));
        [
            Some(self.step.word().to_owned()),
            Some(format!("{},{}", self.span.0, self.span.1)),
            Some(bars(&self.bars)),
            then,
        ]
    }

    /// A picture whose bars are links, oldest first.
    pub(super) fn drawn(&self, words: Words, question: &Question) -> Markup {
        if self.bars.is_empty() {
            return html! {};
        }
        let (first, last) = self.span;
        let span = (last - first + 1).max(FEW);
        let most = self.bars.iter().map(|bar| bar.1).max().unwrap_or(1).max(1);
        let label = if self.step == Step::Day { "timeline-label-days" } else { "timeline-label" };
        html! {
            figure.timeline {
                svg viewBox=(format!("0 0 {span} 100")) preserveAspectRatio="none" direction="ltr" role="group" aria-label=(words.text(label)) {
                    @for (at, count, best) in &self.bars {
                        @let high = ratio(*count, most) * 100.0;
                        a href=(narrowed(question, self.step, *at)) {
                            rect.bar x=(at - first) y=(format!("{:.2}", 100.0 - high)) width="0.9" height=(format!("{high:.2}")) {
                                title { (words.with("timeline-month", &[("month", (&self.step.said(words, *at)).into()), ("count", (*count).into()), ("killed", (*best).into())])) }
                            }
                        }
                    }
                }
                figcaption { (self.step.said(words, first)) " – " (self.step.said(words, last)) }
            }
        }
    }

    /// The same in words and numbers.
    pub(super) fn table(&self, words: Words, question: &Question) -> Markup {
        if self.bars.is_empty() {
            return html! {};
        }
        let (step, bars) = self.rows();
        html! {
            details.shelf hx-boost="true" {
                summary { (words.text("timeline-table")) }
                table.by-time {
                    thead { tr { th scope="col" { (step.name(words)) } th.number scope="col" { (words.text("field-count")) } th.number scope="col" { (words.text("field-killed")) } } }
                    tbody { @for (at, count, best) in bars {
                        tr {
                            th scope="row" { a href=(narrowed(question, step, at)) { (step.said(words, at)) } }
                            td.number { (words.number(count)) }
                            td.number { (words.number(best)) }
                        }
                    } }
                }
            }
        }
    }

    /// By years where there are too many months to be read.
    fn rows(&self) -> (Step, Vec<Bar>) {
        if self.step != Step::Month || self.span.1 - self.span.0 < LONG {
            return (self.step, self.bars.clone());
        }
        let mut years: Vec<Bar> = Vec::new();
        for (month, count, best) in &self.bars {
            let year = month.div_euclid(12);
            match years.last_mut() {
                Some(row) if row.0 == year => (row.1, row.2) = (row.1 + count, row.2 + best),
                _ => years.push((year, *count, *best)),
            }
        }
        (Step::Year, years)
    }
}

fn narrowed(question: &Question, step: Step, at: i64) -> String {
    let typed = step.typed(at);
    Question { from: typed.clone(), to: typed, ..question.clone() }.link(super::HERE)
}

#[expect(clippy::cast_precision_loss, reason = "a drawing's length")]
fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Tongue;

    fn picture(months: &[i32]) -> Picture {
        let timeline = months.iter().map(|month| (*month, 1, 0)).collect();
        Picture { count: 0, best: 0, grid: counterseal_node::Grid(Vec::new()), timeline, bars: Vec::new() }
    }

    fn asked(from: &str, to: &str) -> Filter {
        let read = |text: &str| read_date(text, None).ok();
        Filter { from: read(from).map(|at| at.at), to: read(to).map(|at| at.end()), ..Filter::default() }
    }

    #[test]
    fn a_period_under_120_days_is_short_whether_asked_for_or_found() {
        let long = picture(&[24_000, 24_171]);
        let short =
            |filter: &Filter, picture: &Picture| period(filter, picture).is_some_and(|days| is_short(&days));
        // 1 January to 29 April are 119 days, to 30 April 120.
        assert!(short(&asked("2014-01-01", "2014-04-29"), &long));
        assert!(!short(&asked("2014-01-01", "2014-04-30"), &long));
        assert!(!short(&Filter::default(), &long) && !short(&asked("2013-01", ""), &long));
        assert!(short(&Filter::default(), &picture(&[24_171, 24_172])), "what there is spans two months");
        assert!(short(&asked("2014-02-03", ""), &picture(&[24_171])));
        assert_eq!(period(&Filter::default(), &picture(&[])), None);
        assert_eq!(period(&asked("2014-05", "2014-04"), &long), None, "an end before the beginning");
        let march = period(&asked("2014-03", "2014-03"), &long).unwrap();
        assert_eq!(
            (Step::Day.typed(march.0), Step::Day.typed(march.1)),
            ("2014-03-01".into(), "2014-03-31".into())
        );
    }

    #[test]
    fn bars_and_rows_lead_to_what_they_count_and_many_months_are_read_by_years() {
        let words = Words(Tongue::English);
        let days = Timeline {
            step: Step::Day,
            span: (16_144, 16_150),
            bars: vec![(16_144, 4, 2), (16_146, 1, 0)],
            then: None,
        };
        let drawn = days.drawn(words, &Question::default()).into_string();
        assert!(drawn.contains("href=\"/situation?from=2014-03-15&amp;to=2014-03-15\""), "{drawn}");
        assert!(drawn.contains("x=\"2\" y=\"75.00\""), "{drawn}");
        let table = days.table(words, &Question::default()).into_string();
        assert!(table.contains("17 Mar 2014") && table.matches("<tr>").count() == 3, "{table}");
        let months = Timeline {
            step: Step::Month,
            span: (24_000, 24_171),
            bars: vec![(24_000, 1, 0), (24_001, 2, 5), (24_171, 1, 0)],
            then: None,
        };
        assert_eq!(months.rows(), (Step::Year, vec![(2000, 3, 5), (2014, 1, 0)]));
        assert_eq!(Step::Month.typed(24_171), "2014-04");
    }
}
