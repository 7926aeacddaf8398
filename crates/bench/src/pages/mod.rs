//! `bench pages`: every page of a desk over HTTP on loopback, as a browser asks for it: what the officer waits for. The
//! floor beside each is a bare server of one thread that sends as many bytes.

mod asks;
mod client;

use std::path::Path;
use std::time::Duration;

use counterseal_desk::{Outside, PagesConfig, RunningPages, run_pages};
use counterseal_node::{Home, Randomness};
use counterseal_synth::{Plan, World};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::figure::{Figure, Target};
use crate::home;
use crate::measure::{Watch, percentile, timed};
use crate::outcome::Outcome;
use asks::Asks;
use client::{Browser, Floor};

/// What every page should take at most, in milliseconds, up to so many incidents.
const WANTED: [(usize, f64); 2] = [(100_000, 50.0), (usize::MAX, 150.0)];
/// Each address is asked for this often; all times count.
const TIMES: usize = 3;

pub(crate) fn run(
    rows: usize,
    seed: u64,
    dir: Option<&Path>,
    changes: usize,
    only: Option<&str>,
) -> Outcome<Vec<Figure>> {
    let world = World::new(Plan::new(seed, rows));
    let temporary = TempDir::new()?;
    let folder = dir.unwrap_or(temporary.path()).join(format!("pages-{rows}-{seed}"));
    build(&folder, seed, &world)?;
    let desk = home::open(&folder, seed)?;
    let asks = Asks::of(&desk, &world, seed, changes)?;
    let runtime = Runtime::new()?;
    let outside = Outside { clock: home::clock(), randomness };
    let config = PagesConfig {
        home: Home::open(&folder)?,
        desk: Some(desk),
        port: 0,
        idle: Duration::from_secs(86_400),
        outside,
    };
    let pages = runtime.block_on(run_pages(config))?;
    let figures = measure(&pages, &asks, rows, only);
    runtime.block_on(pages.stop())?;
    figures
}

/// What a bench draws pages' secrets from: they are nobody's.
fn randomness() -> Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(77))
}

fn build(folder: &Path, seed: u64, world: &World) -> Outcome<()> {
    let finished = folder.join("finished");
    if finished.exists() {
        return Ok(());
    }
    let watch = Watch::start();
    std::fs::create_dir_all(folder)?;
    let mut desk = home::found(folder, seed)?;
    home::write_world(&mut desk, world)?;
    desk.close()?;
    std::fs::write(finished, "")?;
    eprintln!("  the desk was written in {:.1} s", watch.seconds());
    Ok(())
}

fn measure(pages: &RunningPages, asks: &Asks, rows: usize, only: Option<&str>) -> Outcome<Vec<Figure>> {
    let mut browser = Browser::enter(pages.address(), pages.launch().ok_or("this launch was not used yet")?)?;
    let mut floor = Floor::begin()?;
    let wanted = WANTED.iter().find(|(most, _)| rows <= *most).map_or(f64::INFINITY, |(_, wanted)| *wanted);
    // The first page with a map reads every incident's decisive numbers, once.
    let (first, seconds) = timed(|| browser.get("/situation"));
    first?;
    let mut figures =
        vec![Figure::stated("pages", "first page with a map after unlocking", "ms", seconds * 1e3)];
    for (name, addresses) in asks.groups().filter(|(name, _)| only.is_none_or(|only| name.contains(only))) {
        let (mut ours, mut bare, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
        let mut slowest = (0.0, "");
        for address in addresses {
            for _ in 0..TIMES {
                let (answer, seconds) = timed(|| browser.get(address));
                let answer = answer?;
                let (sent, least) = timed(|| floor.get(answer));
                sent?;
                ours.push(seconds * 1e3);
                bare.push(least * 1e3);
                bytes.push(answer as f64 / 1024.0);
                if seconds > slowest.0 {
                    slowest = (seconds, address);
                }
            }
        }
        eprintln!("  {name}: {} answers, the slowest {:.1} ms: {}", ours.len(), slowest.0 * 1e3, slowest.1);
        for (share, what, target) in [(0.5, "p50", Target::Stated), (0.95, "p95", Target::AtMost(wanted))] {
            let pair = (percentile(&ours, share), Some(percentile(&bare, share)));
            figures.push(Figure::new("pages", format!("{name}, {what}"), "ms", pair, target));
        }
        figures.push(Figure::stated("pages", format!("{name}, sent, p50"), "KiB", percentile(&bytes, 0.5)));
    }
    Ok(figures)
}
