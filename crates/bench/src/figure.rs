//! Figures: what is measured on our side, what on the peer's, and what was promised.

use std::fmt::Write;

use serde::Serialize;

/// What a figure must show.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Target {
    /// Ours divided by the peer's is at most this.
    RatioAtMost(f64),
    /// The peer's divided by ours is at least this.
    TimesBetter(f64),
    /// Ours is at most this.
    AtMost(f64),
    /// Nothing was promised; it is stated.
    Stated,
}

/// One line of the table.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    bench: &'static str,
    what: String,
    unit: &'static str,
    ours: f64,
    peer: Option<f64>,
    target: Target,
    ratio: Option<f64>,
    met: Option<bool>,
    /// Least and most of what `ours` and `peer` are the medians of.
    #[serde(skip_serializing_if = "Option::is_none")]
    spread: Option<[(f64, f64); 2]>,
}

impl Figure {
    pub(crate) fn new(
        bench: &'static str,
        what: impl Into<String>,
        unit: &'static str,
        (ours, peer): (f64, Option<f64>),
        target: Target,
    ) -> Self {
        let by_peer = peer.filter(|peer| *peer > 0.0).map(|peer| ours / peer);
        let (ratio, met) = match target {
            Target::RatioAtMost(most) => (by_peer, by_peer.map(|ratio| ratio <= most)),
            Target::TimesBetter(least) => {
                let times = by_peer.map(|ratio| 1.0 / ratio);
                (times, times.map(|times| times >= least))
            }
            Target::AtMost(most) => (by_peer, Some(ours <= most)),
            Target::Stated => (by_peer, None),
        };
        Self { bench, what: what.into(), unit, ours, peer, target, ratio, met, spread: None }
    }

    /// The values that it is the median of: the least and the most are shown beside it.
    pub(crate) fn with_spread(mut self, ours: &[f64], peer: &[f64]) -> Self {
        self.spread = Some([ours, peer].map(|values| {
            let least = values.iter().copied().reduce(f64::min).unwrap_or_default();
            (least, values.iter().copied().reduce(f64::max).unwrap_or_default())
        }));
        self
    }

    /// Ours alone, with nothing promised.
    pub(crate) fn stated(
        bench: &'static str,
        what: impl Into<String>,
        unit: &'static str,
        ours: f64,
    ) -> Self {
        Self::new(bench, what, unit, (ours, None), Target::Stated)
    }

    /// Whether something was promised and is not so.
    pub(crate) fn is_missed(&self) -> bool {
        self.met == Some(false)
    }
}

/// The figures as a table of plain text.
pub(crate) fn table(figures: &[Figure]) -> String {
    let rows: Vec<[String; 7]> =
        std::iter::once(["bench", "figure", "ours", "peer", "ratio", "target", "met"].map(str::to_owned))
            .chain(figures.iter().map(cells))
            .collect();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let mut out = String::new();
    for row in &rows {
        for (column, cell) in row.iter().enumerate() {
            // Writing to a string cannot fail.
            let _written = match column {
                0 | 1 => write!(out, "{cell:<width$}  ", width = width(column)),
                _ => write!(out, "{cell:>width$}  ", width = width(column)),
            };
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}

fn cells(figure: &Figure) -> [String; 7] {
    let value = |value: f64| format!("{} {}", short(value), figure.unit).trim_end().to_owned();
    let target = match figure.target {
        Target::RatioAtMost(most) => format!("<= {most}x"),
        Target::TimesBetter(least) => format!(">= {least}x better"),
        Target::AtMost(most) => format!("<= {}", value(most)),
        Target::Stated => String::new(),
    };
    let (of_ours, of_peer) = match figure.spread {
        Some([ours, peer]) => (spread(ours), spread(peer)),
        None => Default::default(),
    };
    let met = figure.met.map_or("", |met| if met { "yes" } else { "NO" });
    [
        figure.bench.to_owned(),
        figure.what.clone(),
        value(figure.ours) + &of_ours,
        figure.peer.map(|peer| value(peer) + &of_peer).unwrap_or_default(),
        figure.ratio.map(|ratio| format!("{}x", short(ratio))).unwrap_or_default(),
        target,
        met.to_owned(),
    ]
}

fn spread((least, most): (f64, f64)) -> String {
    format!(" ({}-{})", short(least), short(most))
}

/// Three significant digits.
fn short(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        size if size >= 0.1 => format!("{value:.3}"),
        _ => format!("{value:.4}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_met_or_missed_by_the_ratio_it_names() {
        let figure = |ours, peer, target| Figure::new("b", "f", "s", (ours, Some(peer)), target);
        assert_eq!(figure(1.2, 1.0, Target::RatioAtMost(1.25)).met, Some(true));
        assert_eq!(figure(1.3, 1.0, Target::RatioAtMost(1.25)).met, Some(false));
        assert_eq!(figure(1.0, 21.0, Target::TimesBetter(20.0)).met, Some(true));
        assert_eq!(figure(1.0, 19.0, Target::TimesBetter(20.0)).met, Some(false));
        assert_eq!(figure(61.0, 300.0, Target::AtMost(60.0)).met, Some(false));
        assert!(table(&[figure(61.0, 300.0, Target::AtMost(60.0))]).contains("NO"));
    }
}
