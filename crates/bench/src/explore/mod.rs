//! `bench explore`: one change of filter redraws density, timeline and breakdown. Ours are columns in
//! memory; the peer is SQLite with the best indexes we know for it, asked in the fastest of several
//! ways. Every picture is compared cell by cell, month by month, bar by bar.

mod changes;
mod peer;

use crate::figure::{Figure, Target};
use crate::measure::{peak_memory, percentile, timed};
use crate::outcome::{Outcome, differ};
use crate::stage::Stage;
use changes::Changes;
use peer::{Asking, Peer};

/// Changes on which the peer's ways of asking compete; the fastest then stands for it.
const TRIALS: usize = 24;

/// Each change is drawn this often on both sides.
const TIMES: usize = 3;

pub(crate) fn run(stage: &Stage, count: usize) -> Outcome<Vec<Figure>> {
    let desk = stage.open()?;
    let (columns, load) = timed(|| desk.columns());
    let columns = columns?;
    let changes = Changes::new(stage)?.list(count);
    let mut ours = Vec::new();
    let mut pictures = Vec::new();
    for change in &changes {
        let (picture, seconds) = fastest(|| Ok(columns.draw(&change.view, change.of.clone())))?;
        ours.push(seconds);
        pictures.push(picture);
    }
    let mut contest = Contest::open(stage)?;
    let mut theirs = Vec::new();
    for (nth, (change, picture)) in changes.iter().zip(&pictures).enumerate() {
        let (answer, seconds) = contest.ask(nth, change)?;
        if answer != *picture {
            return Err(differ(format!("change {nth}, {:?}, {:?}", change.view, change.of)));
        }
        theirs.push(seconds);
    }
    eprintln!("  {count} changes, every answer the same; the peer's ways: {}", contest.summary());
    let million = |bytes: usize| bytes as f64 / columns.len().max(1) as f64 * 1e6 / 1_048_576.0;
    let pair = |share| (percentile(&ours, share) * 1e3, Some(percentile(&theirs, share) * 1e3));
    let total = |list: &[f64]| list.iter().sum::<f64>() * 1e3 / count.max(1) as f64;
    let mut figures = vec![
        Figure::new("explore", "one change, p50", "ms", pair(0.5), Target::TimesBetter(20.0)),
        Figure::new("explore", "one change, p95", "ms", pair(0.95), Target::TimesBetter(20.0)),
        Figure::new(
            "explore",
            "one change, mean",
            "ms",
            (total(&ours), Some(total(&theirs))),
            Target::TimesBetter(20.0),
        ),
        Figure::stated("explore", "columns in memory, per million", "MiB", million(columns.bytes())),
        Figure::stated("explore", "reading the columns, once", "s", load),
    ];
    figures.extend(peak_memory().map(|peak| {
        Figure::stated("explore", "peak memory, both sides in one process", "MiB", peak as f64 / 1_048_576.0)
    }));
    Ok(figures)
}

/// The answer, and the best of several times for it: the first warms caches and prepares statements, and
/// the machine may do other things meanwhile.
fn fastest<T>(mut ask: impl FnMut() -> Outcome<T>) -> Outcome<(T, f64)> {
    let (mut answer, mut least) = timed(&mut ask);
    for _ in 1..TIMES {
        let (again, seconds) = timed(&mut ask);
        (answer, least) = (again, least.min(seconds));
    }
    Ok((answer?, least))
}

/// The peer's databases and ways of asking, and how fast each was.
struct Contest {
    peers: Vec<Peer>,
    /// Seconds by way of asking: with a box in the view, and without.
    times: Vec<(usize, Asking, [f64; 2])>,
}

impl Contest {
    fn open(stage: &Stage) -> Outcome<Self> {
        let peers = vec![Peer::in_file(stage)?, Peer::in_memory(stage)?];
        let ways = |nth| Asking::ALL.map(move |asking| (nth, asking, [0.0; 2]));
        let times = (0..peers.len()).flat_map(ways).collect();
        Ok(Self { peers, times })
    }

    /// The answer to one change, and the peer's time for it: of all ways while they compete, the
    /// fastest of each change; afterwards that of the way that won.
    fn ask(&mut self, nth: usize, change: &changes::Change) -> Outcome<(counterseal_node::Picture, f64)> {
        let kind = usize::from(change.view.within.is_some());
        let mut best: Option<(counterseal_node::Picture, f64)> = None;
        let winner = (nth >= TRIALS).then(|| self.winner(kind)).flatten();
        for (at, asking, times) in &mut self.times {
            if !asking.fits(&change.view) || winner.is_some_and(|winner| winner != (*at, *asking)) {
                continue;
            }
            let Some(peer) = self.peers.get(*at) else { continue };
            let (answer, seconds) = fastest(|| peer.ask(*asking, change))?;
            if let Some(total) = times.get_mut(kind) {
                *total += seconds;
            }
            if best.as_ref().is_none_or(|(_, least)| seconds < *least) {
                best = Some((answer, seconds));
            }
        }
        best.ok_or_else(|| "no way of asking fits".into())
    }

    fn winner(&self, kind: usize) -> Option<(usize, Asking)> {
        let timed =
            self.times.iter().filter_map(|(at, asking, times)| Some((*at, *asking, *times.get(kind)?)));
        let fitting = timed.filter(|(_, _, time)| *time > 0.0);
        fitting.min_by(|a, b| a.2.total_cmp(&b.2)).map(|(at, asking, _)| (at, asking))
    }

    fn summary(&self) -> String {
        let name = |kind| match self.winner(kind) {
            Some((0, asking)) => format!("{} in a warm file", asking.name()),
            Some((_, asking)) => format!("{} in memory", asking.name()),
            None => "none".to_owned(),
        };
        format!("without a box {}; with a box {}", name(0), name(1))
    }
}
