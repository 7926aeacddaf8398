//! The figures of the rounds.

use super::link::Link;
use super::round::{Cost, Round, Side};
use crate::figure::{Figure, Target};
use crate::measure::percentile;

/// What a session may cost over one plain TCP stream of the same sealed bytes: the entries as they are stored and as
/// the peers carry them. What our own packing saves is ours; a stream of packed entries is shown beside it.
const AT_MOST: f64 = 1.15;

/// One number of a cost.
type Value = fn(&Cost) -> f64;

/// A round in one line, for whoever waits.
pub(super) fn line(round: &Round) -> String {
    let side = |(side, cost): (&Side, &Cost)| {
        let (up, down) = (cost.up / 1000, cost.down / 1000);
        format!("{side:?} {:.1} s {up}+{down} kB (-{} -{})", cost.seconds, cost.lost, cost.overflowed)
    };
    let sides: Vec<_> = round.costs.iter().map(side).collect();
    format!("{}; stored {}, packed {}", sides.join(", "), round.stored, round.packed)
}

pub(super) fn figures(link: Link, rounds: &[&Round]) -> Vec<Figure> {
    let compared = [
        (Side::Push, Side::StoredUp, "push, over TCP of the stored entries", Target::RatioAtMost(AT_MOST)),
        (Side::Push, Side::PackedUp, "push, over TCP of the packed entries", Target::Stated),
        (Side::Push, Side::Git, "push, over git push", Target::Stated),
        (Side::Push, Side::Rsync, "push, over rsync --files-from", Target::Stated),
        (Side::Pull, Side::StoredDown, "pull, over TCP of the stored entries", Target::Stated),
        (Side::Pull, Side::PackedDown, "pull, over TCP of the packed entries", Target::Stated),
    ];
    let mut figures = Vec::new();
    for (ours, peer, what, target) in compared {
        let of = |side, value: Value| -> Vec<f64> {
            rounds.iter().filter_map(|round| round.costs.get(&side)).map(value).collect()
        };
        let measures: [(&'static str, Value); 2] =
            [("kB", |cost| cost.bytes() as f64 / 1000.0), ("s", |cost| cost.seconds)];
        for (unit, value) in measures {
            let (ours, peer) = (of(ours, value), of(peer, value));
            let medians = (percentile(&ours, 0.5), Some(percentile(&peer, 0.5)));
            let figure = Figure::new("sync", format!("{link}: {what}"), unit, medians, target);
            figures.push(figure.with_spread(&ours, &peer));
        }
    }
    figures
}
