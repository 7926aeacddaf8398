//! What this program does in processes of its own, for `bench sync`.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::link::Link;
use super::mission::Mission;
use super::{desk, round, stream};
use crate::outcome::Outcome;

/// A part; handed over as JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Part {
    /// Makes the mission, once.
    Prepare { folder: PathBuf, rows: usize, new: usize, seeds: usize, seed: u64 },
    /// One link, one seed, everything.
    Round { mission: PathBuf, folder: PathBuf, link: Link, nth: usize },
    /// Hub and witnesses.
    Serve { folder: PathBuf, listen: String },
    /// A desk that syncs.
    Desk { home: PathBuf, hub: String },
    /// Sends a file over one plain TCP stream.
    Send { file: PathBuf, to: String },
    /// Receives it, and says so with one byte.
    Receive { listen: String, bytes: u64 },
}

pub(crate) fn run_part(text: &str) -> Outcome<()> {
    match serde_json::from_str(text)? {
        Part::Prepare { folder, rows, new, seeds, seed } => Mission::new(folder).make(rows, new, seeds, seed),
        Part::Round { mission, folder, link, nth } => {
            let round = round::run(&Mission::new(mission), &folder, link, nth)?;
            println!("{}", serde_json::to_string(&round)?);
            Ok(())
        }
        Part::Serve { folder, listen } => desk::serve(folder, &listen),
        Part::Desk { home, hub } => desk::sync(&home, &hub),
        Part::Send { file, to } => stream::send(&file, &to),
        Part::Receive { listen, bytes } => stream::receive(&listen, bytes),
    }
}
