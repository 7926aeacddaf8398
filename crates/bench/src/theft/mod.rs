//! `bench theft`: what a thief of the home finds without the passphrase, and, with `--flip`, what a
//! thief who brings it back changed can make the desk say.

mod flip;
mod needles;
mod search;

use std::path::Path;

use counterseal_synth::{Plan, World};
use tempfile::TempDir;

use crate::figure::{Figure, Target};
use crate::home;
use crate::outcome::Outcome;
pub(crate) use flip::run as run_flip;
use needles::Needles;

/// Incidents in the stolen home; more of them say the same words again.
const MOST: usize = 5_000;

/// Searches a home, as it lies on the disk of a running desk and as it lies there after closing.
pub(crate) fn run(rows: usize, seed: u64) -> Outcome<Vec<Figure>> {
    let rows = rows.min(MOST);
    let world = World::new(Plan::new(seed, rows));
    let needles = Needles::of(&world)?;
    let temporary = TempDir::new()?;
    let control = temporary.path().join("control");
    needles::write_control(&control, &world)?;
    let mut found_in_control = 0;
    for file in home::files(&control)? {
        let hits = search::file(&needles, &file)?;
        if hits.is_empty() {
            return Err(format!("the search is blind: it finds nothing in {}", file.display()).into());
        }
        found_in_control += 1;
    }
    let (stolen, running) = (temporary.path().join("home"), temporary.path().join("running"));
    let mut desk = home::found(&stolen, seed)?;
    home::write_world(&mut desk, &world)?;
    home::copy(&stolen, &running)?;
    desk.close()?;
    let (mut bytes, mut hits) = (0, Vec::new());
    for dir in [&running, &stolen] {
        for file in home::files(dir)? {
            bytes += file.metadata()?.len();
            hits.append(&mut search::file(&needles, &file)?);
        }
    }
    hits.iter().take(20).for_each(|hit| eprintln!("  found: {hit}"));
    Ok(figures(needles.len(), bytes, hits.len(), found_in_control))
}

fn figures(needles: usize, bytes: u64, hits: usize, controls: usize) -> Vec<Figure> {
    vec![
        Figure::stated(
            "theft",
            "names, places, words, pairs of words, in all encodings and cases",
            "",
            needles as f64,
        ),
        Figure::stated("theft", "control files in the clear in which they are found", "", controls as f64),
        Figure::stated("theft", "searched", "MiB", bytes as f64 / 1_048_576.0),
        Figure::new("theft", "found in the home", "", (hits as f64, None), Target::AtMost(0.0)),
    ]
}

/// A hit, for a person to read.
fn describe(path: &Path, offset: usize, how: &str, needle: &[u8]) -> String {
    format!("{} at byte {offset}{how}: {}", path.display(), String::from_utf8_lossy(needle))
}
