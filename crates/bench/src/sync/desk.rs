//! Our side: hub and witnesses at one end of the link, a desk at the other.

use std::path::{Path, PathBuf};

use counterseal_node::{Go, SyncOptions};
use serde::{Deserialize, Serialize};

use super::net;
use crate::home;
use crate::measure::Watch;
use crate::outcome::Outcome;
use crate::served::Place;

/// What came of a session.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Synced {
    pub(super) seconds: f64,
    pub(super) accepted: u64,
    pub(super) entries: u64,
    pub(super) bytes_in: u64,
    pub(super) bytes_out: u64,
}

pub(super) fn serve(folder: PathBuf, listen: &str) -> Outcome<()> {
    let served = Place::new(folder).run(listen.parse()?, |_| {})?;
    while !served.is_cosigned() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    net::ready()?;
    served.stop();
    Ok(())
}

/// One session, as `counterseal sync` has it, of a desk that is unlocked already.
pub(super) fn sync(home: &Path, hub: &str) -> Outcome<()> {
    let mut desk = home::unlock(home)?;
    net::ready()?;
    let watch = Watch::start();
    let report = desk.sync(hub, &SyncOptions::default(), &mut |_| Go::On)?;
    let seconds = watch.seconds();
    if let Some(code) = report.ended {
        return Err(format!("the hub ended the session: {code}").into());
    }
    if !report.refused_pushes.is_empty() || !report.refused_entries.is_empty() || report.stays.items > 0 {
        return Err("something was refused or stayed".into());
    }
    desk.close()?;
    let synced = Synced {
        seconds,
        accepted: report.accepted,
        entries: report.entries,
        bytes_in: report.progress.bytes_in,
        bytes_out: report.progress.bytes_out,
    };
    println!("{}", serde_json::to_string(&synced)?);
    Ok(())
}
