//! `bench sync`: new incidents over a satellite link, by a desk and a hub, by one plain TCP stream, by git and
//! by rsync. Each round (a link and a seed) runs in a network of its own, so that several run side by side.

mod desk;
mod git;
mod link;
mod mission;
mod net;
mod part;
mod round;
mod rsync;
mod stream;
mod table;

use std::collections::VecDeque;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use clap::Args;
use tempfile::TempDir;

use crate::figure::Figure;
use crate::outcome::Outcome;
use link::{Link, Satlink};
use mission::Mission;
pub(crate) use part::{Part, run_part};
use round::Round;

/// What to measure.
#[derive(Debug, Clone, Args)]
pub(crate) struct SyncArgs {
    /// Links, as kbit/s:per cent lost; 600 ms round trip
    #[arg(long, value_delimiter = ',', default_value = "256:2,64:5,1000:1")]
    links: Vec<Link>,
    /// How many seeds
    #[arg(long, default_value_t = 5)]
    seeds: usize,
    /// New incidents
    #[arg(long, default_value_t = 1_000)]
    new: usize,
    /// Rounds at a time; each has a link of its own
    #[arg(long, default_value_t = 5)]
    side_by_side: usize,
}

/// Incidents that the mission has before, unless `--rows` says less.
const BEFORE: usize = 100_000;

pub(crate) fn run(args: &SyncArgs, rows: usize, seed: u64, dir: Option<&Path>) -> Outcome<Vec<Figure>> {
    let satlink = Satlink::find()?;
    net::check_tools()?;
    let temporary = TempDir::new()?;
    let base = dir.unwrap_or(temporary.path());
    let rows = rows.min(BEFORE);
    let mission = base.join(format!("mission-{rows}-{}-{}-{seed}", args.new, args.seeds));
    if !Mission::new(mission.clone()).is_made() {
        let made = Part::Prepare { folder: mission.clone(), rows, new: args.new, seeds: args.seeds, seed };
        if !net::isolated(&made)?.status()?.success() {
            return Err("the mission could not be made".into());
        }
    }
    satlink.build()?;
    let mut waiting: VecDeque<_> =
        args.links.iter().flat_map(|link| (0..args.seeds).map(move |nth| (*link, nth))).collect();
    let mut running: Vec<(Link, usize, PathBuf, Child)> = Vec::new();
    let mut rounds: Vec<(Link, Round)> = Vec::new();
    while !waiting.is_empty() || !running.is_empty() {
        while running.len() < args.side_by_side
            && let Some((link, nth)) = waiting.pop_front()
        {
            let folder = base.join(format!("round-{}-{nth}", link.rate));
            let part = Part::Round { mission: mission.clone(), folder: folder.clone(), link, nth };
            let child = net::isolated(&part)?.stdout(Stdio::piped()).spawn()?;
            running.push((link, nth, folder, child));
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
        for at in (0..running.len()).rev() {
            if let Some((_, _, _, child)) = running.get_mut(at)
                && child.try_wait()?.is_some()
            {
                let (link, nth, folder, child) = running.swap_remove(at);
                let round = ended(child)?;
                eprintln!("  {link}, seed {nth}: {}", table::line(&round));
                rounds.push((link, round));
                std::fs::remove_dir_all(&folder)?;
            }
        }
    }
    Ok(args
        .links
        .iter()
        .flat_map(|link| {
            let of: Vec<_> = rounds.iter().filter(|(at, _)| at == link).map(|(_, round)| round).collect();
            table::figures(*link, &of)
        })
        .collect())
}

fn ended(mut child: Child) -> Outcome<Round> {
    let mut said = String::new();
    if let Some(mut out) = child.stdout.take() {
        out.read_to_string(&mut said)?;
    }
    let status = child.wait()?;
    if !status.success() {
        return Err(format!("a round ended with {status}").into());
    }
    Ok(serde_json::from_str(&said)?)
}
