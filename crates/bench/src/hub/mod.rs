//! `bench hub`: entries that a hub makes durable while many desks are connected, and PostgreSQL with the same
//! bytes from as many connections, in the same groups, with the same durability.

mod desk;
mod entries;
mod mission;
mod ours;
mod postgres;
mod tls;

use std::path::Path;

use clap::Args;
use tempfile::TempDir;

use crate::figure::{Figure, Target};
use crate::measure::percentile;
use crate::outcome::{Outcome, differ};
use mission::Mission;

/// What to measure.
#[derive(Debug, Clone, Args)]
pub(crate) struct HubArgs {
    /// Desks that are connected
    #[arg(long, default_value_t = 200)]
    desks: usize,
    /// Entries in a push, and in a transaction of the peer
    #[arg(long, default_value_t = 10)]
    group: usize,
    /// Small syncs beside a bulk one
    #[arg(long, default_value_t = 200)]
    small: usize,
    /// Where PostgreSQL's programs are
    #[arg(long, default_value = "/usr/lib/postgresql/15/bin")]
    postgres: std::path::PathBuf,
}

/// Entries that are pushed, unless `--rows` says less.
const MOST: usize = 100_000;
/// Entries of the desk with a backlog: more than it gets rid of while the small syncs are made.
const BACKLOG: usize = 150_000;
/// Entries that a desk with a backlog pushes before the hub has answered.
const AHEAD: usize = 512;
/// From one small sync to the next.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(20);
/// Rounds by turns.
const ROUNDS: usize = 3;

/// What one side shows.
#[derive(Debug, Clone, Default)]
struct Shown {
    /// Seconds for all entries.
    seconds: f64,
    /// Milliseconds of each push, until it is durable.
    pushes: Vec<f64>,
    /// Milliseconds of each small sync, connection included.
    small: Vec<f64>,
    /// Entries of the bulk push that were durable meanwhile, a second.
    beside: f64,
}

pub(crate) fn run(args: &HubArgs, rows: usize, seed: u64, dir: Option<&Path>) -> Outcome<Vec<Figure>> {
    let postgres = postgres::Programs::find(&args.postgres)?;
    let temporary = dir.map_or_else(TempDir::new, TempDir::new_in)?;
    let mission = Mission::make(temporary.path(), args.desks, seed)?;
    let each = (rows.min(MOST) / args.desks).next_multiple_of(args.group);
    let work = mission.work(each, BACKLOG, args.small)?;
    eprintln!("  {} entries of {} bytes", work.count(), work.bytes() / work.count().max(1));
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        ours.push(ours::run(&mission, &work, args, &temporary.path().join(format!("hub-{round}")))?);
        peers.push(postgres::run(&postgres, &work, args, &temporary.path().join(format!("pg-{round}")))?);
        for (name, shown) in [("hub", ours.last()), ("PostgreSQL", peers.last())] {
            if let Some(shown) = shown {
                eprintln!("  {name}: {}", line(shown, work.pushed()));
            }
        }
    }
    if ours.iter().chain(&peers).any(|shown| shown.small.len() != args.small) {
        return Err(differ("the number of small syncs"));
    }
    Ok(figures(args, work.pushed() as f64, &ours, &peers))
}

fn line(shown: &Shown, pushed: usize) -> String {
    format!(
        "{:.0} entries/s, a push {:.1} ms, p99 {:.1} ms; small {:.1} ms, p99 {:.1} ms, beside {:.0} entries/s",
        pushed as f64 / shown.seconds,
        percentile(&shown.pushes, 0.5),
        percentile(&shown.pushes, 0.99),
        percentile(&shown.small, 0.5),
        percentile(&shown.small, 0.99),
        shown.beside
    )
}

fn figures(args: &HubArgs, pushed: f64, ours: &[Shown], peers: &[Shown]) -> Vec<Figure> {
    let (desks, group) = (args.desks, args.group);
    let figure = |what: String, unit, value: &dyn Fn(&Shown) -> f64| {
        let of = |shown: &[Shown]| shown.iter().map(value).collect::<Vec<_>>();
        let (ours, peers) = (of(ours), of(peers));
        let medians = (percentile(&ours, 0.5), Some(percentile(&peers, 0.5)));
        Figure::new("hub", what, unit, medians, Target::Stated).with_spread(&ours, &peers)
    };
    vec![
        figure(format!("{desks} desks, {group} a push: accepted durably"), "/s", &|s| pushed / s.seconds),
        figure("a push until it is durable, p50".into(), "ms", &|s| percentile(&s.pushes, 0.5)),
        figure("a push until it is durable, p99".into(), "ms", &|s| percentile(&s.pushes, 0.99)),
        figure("a small sync beside a bulk one, p50".into(), "ms", &|s| percentile(&s.small, 0.5)),
        figure("a small sync beside a bulk one, p99".into(), "ms", &|s| percentile(&s.small, 0.99)),
        figure("the bulk one meanwhile".into(), "/s", &|s| s.beside),
    ]
}
