//! One round: every side over one link with one seed, one after the other, each on a fresh link.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::desk::Synced;
use super::git;
use super::link::{Link, Satlink};
use super::mission::Mission;
use super::net::{self, FIELD, FIELD_ADDRESS, HQ, HQ_ADDRESS, Running};
use super::part::Part;
use super::rsync;
use crate::home;
use crate::outcome::{Outcome, differ};

/// The hub's port, and that of the plain stream.
const HUB: u16 = 7443;
const STREAM: u16 = 9000;

/// What goes over the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Side {
    /// The desk's new entries to the hub.
    Push,
    /// The stored entries over one TCP stream, the same way.
    StoredUp,
    /// The packed entries over one TCP stream.
    PackedUp,
    Git,
    Rsync,
    /// The new entries from the hub to another desk.
    Pull,
    StoredDown,
    PackedDown,
}

/// What a side cost.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Cost {
    pub(super) seconds: f64,
    /// At the IP layer, from the field; what was lost on the way counts.
    pub(super) up: u64,
    /// To the field.
    pub(super) down: u64,
    /// Packets that the link lost.
    pub(super) lost: u64,
    /// Packets for which its queue was full.
    pub(super) overflowed: u64,
}

impl Cost {
    pub(super) const fn bytes(&self) -> u64 {
        self.up + self.down
    }
}

/// What a round found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Round {
    pub(super) costs: BTreeMap<Side, Cost>,
    /// Bytes of the new entries, as stored and as packed.
    pub(super) stored: u64,
    pub(super) packed: u64,
}

/// Where a round is run.
struct Field<'a> {
    mission: &'a Mission,
    folder: &'a Path,
    link: Link,
    nth: usize,
    satlink: Satlink,
}

pub(super) fn run(mission: &Mission, folder: &Path, link: Link, nth: usize) -> Outcome<Round> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    home::copy(&mission.writer(nth), &folder.join("writer"))?;
    home::copy(&mission.reader(), &folder.join("reader"))?;
    home::copy(&mission.served(), &folder.join("served"))?;
    let satlink = Satlink::find()?.within(folder)?;
    let field = Field { mission, folder, link, nth, satlink };
    let (stored, packed) = (mission.stored(nth), mission.packed(nth));
    let mut costs = BTreeMap::new();
    costs.insert(Side::Push, field.over(|| field.sync("writer"))?);
    costs.insert(Side::StoredUp, field.over(|| stream(&stored, (FIELD, HQ, HQ_ADDRESS)))?);
    costs.insert(Side::PackedUp, field.over(|| stream(&packed, (FIELD, HQ, HQ_ADDRESS)))?);
    costs.insert(Side::Git, field.over(|| field.git())?);
    costs.insert(Side::Rsync, field.over(|| field.rsync())?);
    costs.insert(Side::Pull, field.over(|| field.sync("reader"))?);
    costs.insert(Side::StoredDown, field.over(|| stream(&stored, (HQ, FIELD, FIELD_ADDRESS)))?);
    costs.insert(Side::PackedDown, field.over(|| stream(&packed, (HQ, FIELD, FIELD_ADDRESS)))?);
    let size = |path| Ok::<_, std::io::Error>(std::fs::metadata(path)?.len());
    Ok(Round { costs, stored: size(stored)?, packed: size(packed)? })
}

impl Field<'_> {
    /// Does something over a fresh link.
    fn over(&self, work: impl FnOnce() -> Outcome<f64>) -> Outcome<Cost> {
        self.satlink.up(self.link, self.nth as u64 + 1)?;
        let worked = work();
        let carried = self.satlink.down()?;
        Ok(Cost {
            seconds: worked?,
            up: carried.ab_bytes,
            down: carried.ba_bytes,
            lost: carried.ab_lost + carried.ba_lost,
            overflowed: carried.ab_qdrop + carried.ba_qdrop,
        })
    }

    fn new_entries(&self) -> Outcome<u64> {
        Ok(std::fs::read_to_string(self.mission.list(self.nth))?.lines().count() as u64)
    }

    fn sync(&self, desk: &str) -> Outcome<f64> {
        let listen = format!("0.0.0.0:{HUB}");
        let hub = Part::Serve { folder: self.folder.join("served"), listen };
        let hub = Running::start(&mut net::part_at(HQ, &hub)?)?;
        let desk = Part::Desk { home: self.folder.join(desk), hub: format!("{HQ_ADDRESS}:{HUB}") };
        let said = Running::start(&mut net::part_at(FIELD, &desk)?)?.finish()?;
        let synced: Synced = serde_json::from_str(&said)?;
        hub.finish()?;
        if synced.accepted + synced.entries != self.new_entries()? {
            return Err(differ(format!("the new entries and what a desk synced, {synced:?}")));
        }
        Ok(synced.seconds)
    }

    fn git(&self) -> Outcome<f64> {
        let remote = self.folder.join("remote.git");
        git::share(&self.mission.repository(), &remote)?;
        let _daemon = git::daemon(self.folder)?;
        let local = self.mission.repository_of(self.nth);
        let seconds = git::push(&local, "remote.git")?;
        if git::head(&local)? != git::head(&remote)? {
            return Err(differ("what git has pushed"));
        }
        Ok(seconds)
    }

    fn rsync(&self) -> Outcome<f64> {
        let into = self.folder.join("files");
        std::fs::create_dir_all(&into)?;
        let _daemon = rsync::daemon(self.folder, &into)?;
        let from = self.mission.files(self.nth);
        let seconds = rsync::push(&from, &self.mission.list(self.nth))?;
        for file in home::files(&from)? {
            if std::fs::read(into.join(file.strip_prefix(&from)?))? != std::fs::read(&file)? {
                return Err(differ("what rsync has sent"));
            }
        }
        Ok(seconds)
    }
}

/// One plain TCP stream from one end to the other.
fn stream(file: &Path, (from, to, address): (&str, &str, &str)) -> Outcome<f64> {
    let bytes = std::fs::metadata(file)?.len();
    let receive = Part::Receive { listen: format!("0.0.0.0:{STREAM}"), bytes };
    let receiver = Running::start(&mut net::part_at(to, &receive)?)?;
    let send = Part::Send { file: file.to_owned(), to: format!("{address}:{STREAM}") };
    let said = Running::start(&mut net::part_at(from, &send)?)?.finish()?;
    receiver.finish()?;
    Ok(said.trim().parse()?)
}
