//! An entity's incidents by month, as a drawing whose bars are links.

use maud::{Markup, html};

use crate::pages::escaped;
use crate::words::Words;

/// Most bars: beyond that, years are drawn.
const BARS: i32 = 240;

/// Incidents by month, or by year where there are too many months. Each is counted from January of year 0.
pub(super) fn timeline(words: Words, name: &str, months: &[(i32, u64, u64)]) -> Markup {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return html! {} };
    let step = if last.0 - first.0 < BARS { 1 } else { 12 };
    let mut bars: Vec<(i32, u64, u64)> = Vec::new();
    for (month, count, killed) in months {
        let at = month.div_euclid(step);
        match bars.last_mut() {
            Some(bar) if bar.0 == at => (bar.1, bar.2) = (bar.1 + count, bar.2 + killed),
            _ => bars.push((at, *count, *killed)),
        }
    }
    let begin = first.0.div_euclid(step);
    // A single month would be drawn as wide as the page.
    let span = (last.0.div_euclid(step) - begin + 1).max(24);
    let most = bars.iter().map(|bar| bar.1).max().unwrap_or(1).max(1);
    html! {
        figure.timeline {
            svg viewBox=(format!("0 0 {span} 100")) preserveAspectRatio="none" direction="ltr" role="group" aria-label=(words.text("timeline-label")) {
                @for (at, count, killed) in bars {
                    @let high = (count * 1000 / most).max(30);
                    @let named = label(at, step);
                    a href=(format!("/find?actor={}&from={named}&to={named}", escaped(name))) {
                        rect.bar x=(at - begin) y=(format!("{}.{}", 100 - high.div_ceil(10), (1000 - high % 1000) % 10)) width="0.9" height=(format!("{}.{}", high / 10, high % 10)) {
                            title { (words.with("timeline-month", &[("month", (&named).into()), ("count", count.into()), ("killed", killed.into())])) }
                        }
                    }
                }
            }
            figcaption dir="ltr" { bdi { (label(begin, step)) } " – " bdi { (label(last.0.div_euclid(step), step)) } }
        }
    }
}

/// `2014-03`, or `2014`.
fn label(at: i32, step: i32) -> String {
    match step {
        1 => format!("{:04}-{:02}", at.div_euclid(12), at.rem_euclid(12) + 1),
        _ => format!("{at:04}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Tongue;

    #[test]
    fn bars_stand_on_the_ground_and_lead_to_their_month() {
        let drawn =
            timeline(Words(Tongue::English), "Ay & Bee", &[(24_171, 4, 2), (24_173, 1, 0)]).into_string();
        assert!(drawn.contains("y=\"0.0\" width=\"0.9\" height=\"100.0\""), "{drawn}");
        assert!(drawn.contains("y=\"75.0\" width=\"0.9\" height=\"25.0\""), "{drawn}");
        assert!(drawn.contains("/find?actor=Ay%20%26%20Bee&amp;from=2014-04&amp;to=2014-04"), "{drawn}");
        let years = timeline(Words(Tongue::English), "x", &[(23_000, 1, 0), (23_001, 1, 0), (24_000, 1, 0)]);
        assert_eq!(years.into_string().matches("<rect").count(), 2);
    }
}
