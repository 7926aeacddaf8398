//! The mission that all rounds begin with: a writer's desk, a reader's desk, hub and witnesses, all of them level;
//! for each seed the writer's desk with its new incidents; and the same sealed entries for the peers.

use std::path::{Path, PathBuf};
use std::time::Duration;

use counterseal_model::record::{Body, Part};
use counterseal_node::{Desk, Go, Home, Invited, Randomness, SyncOptions};
use counterseal_register::Entry;
use counterseal_sync::{FRAME_TARGET, Fit, Frame, Packer, Urgency};
use counterseal_synth::{Plan, World};
use tempfile::TempDir;

use super::git;
use crate::home;
use crate::measure::Watch;
use crate::outcome::Outcome;
use crate::served::{ANY, Place, Served};

/// Seconds without a change after which no time mark is to come.
const QUIET: Duration = Duration::from_secs(4);

/// Where everything lies.
pub(super) struct Mission(PathBuf);

impl Mission {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    pub(super) fn is_made(&self) -> bool {
        self.0.join("finished").exists()
    }

    /// The home of who reads; nothing of the new incidents is in it.
    pub(super) fn reader(&self) -> PathBuf {
        self.0.join("reader")
    }

    /// The home of who wrote the new incidents of a seed.
    pub(super) fn writer(&self, nth: usize) -> PathBuf {
        self.seed(nth).join("writer")
    }

    /// Hub and witnesses.
    pub(super) fn served(&self) -> PathBuf {
        self.0.join("served")
    }

    /// A repository with the mission's entries.
    pub(super) fn repository(&self) -> PathBuf {
        self.0.join("mission.git")
    }

    /// The same with the new entries of a seed.
    pub(super) fn repository_of(&self, nth: usize) -> PathBuf {
        self.seed(nth).join("writer.git")
    }

    /// The new entries as they are stored, one after the other.
    pub(super) fn stored(&self, nth: usize) -> PathBuf {
        self.seed(nth).join("stored")
    }

    /// The new entries as our frames pack them.
    pub(super) fn packed(&self, nth: usize) -> PathBuf {
        self.seed(nth).join("packed")
    }

    /// The new entries, a file each.
    pub(super) fn files(&self, nth: usize) -> PathBuf {
        self.seed(nth).join("files")
    }

    /// The names of these files.
    pub(super) fn list(&self, nth: usize) -> PathBuf {
        self.seed(nth).join("list")
    }

    fn seed(&self, nth: usize) -> PathBuf {
        self.0.join(format!("seed-{nth}"))
    }

    /// Makes it in memory where there is room for it, since every incident is a commit of its own, and puts it
    /// where it shall be.
    pub(super) fn make(&self, rows: usize, new: usize, seeds: usize, seed: u64) -> Outcome<()> {
        if self.0.exists() {
            std::fs::remove_dir_all(&self.0)?;
        }
        let memory = Path::new("/dev/shm");
        let made = if memory.is_dir() { TempDir::new_in(memory)? } else { TempDir::new()? };
        let (watch, draft) = (Watch::start(), Self(made.path().join("mission")));
        draft.make_here(rows, new, seeds, seed)?;
        home::copy(&draft.0, &self.0)?;
        for nth in 0..seeds {
            // It shares the objects of a repository that it names by its path.
            let alternates = self.repository_of(nth).join("objects/info/alternates");
            std::fs::write(alternates, format!("{}\n", self.repository().join("objects").display()))?;
        }
        eprintln!("  the mission was made in {:.0} s", watch.seconds());
        Ok(std::fs::write(self.0.join("finished"), "")?)
    }

    fn make_here(&self, rows: usize, new: usize, seeds: usize, seed: u64) -> Outcome<()> {
        let (watch, base) = (Watch::start(), self.0.join("writer"));
        std::fs::create_dir_all(&base)?;
        let world = World::new(Plan::new(seed, rows + new * seeds));
        let (mut writer, governor) = home::found_with_governor(&base, seed)?;
        let join = Joining::ask(&self.reader(), &mut writer)?;
        let place = Place::new(self.served());
        place.make(&mut writer, &governor)?;
        // Marks come at once here, so that none is due while something is measured.
        let served = place.run(ANY, |config| config.mark_seconds = 1)?;
        settle(&served, &mut [&mut writer])?;
        let mut reader = join.join(&writer)?;
        write(&mut writer, invented(&world), 64)?;
        write(&mut writer, (0..rows).map(|n| world.part(n)), 1)?;
        eprintln!("  {rows} incidents were written in {:.0} s", watch.seconds());
        settle(&served, &mut [&mut writer, &mut reader])?;
        eprintln!("  and synced in {:.0} s", watch.seconds());
        served.stop();
        reader.close()?;
        let all: Vec<i64> = writer.entries_beyond(&[], None)?;
        git::init(&self.repository())?;
        git::commit(&self.repository(), 0, all.iter().map(|no| Ok(writer.entry(*no)?.entry.to_bytes())))?;
        writer.close()?;
        for nth in 0..seeds {
            home::copy(&base, &self.writer(nth))?;
            let first = rows + nth * new;
            self.make_new(nth, all.len(), (first..first + new).map(|n| world.part(n)))?;
        }
        Ok(())
    }

    /// Writes the new incidents of a seed on a desk, an entry each, and the same entries for the peers.
    fn make_new(&self, nth: usize, before: usize, parts: impl Iterator<Item = Part>) -> Outcome<()> {
        let mut desk = home::unlock(&self.writer(nth))?;
        write(&mut desk, parts, 1)?;
        let numbers = desk.unlogged()?;
        let entries = numbers.iter().map(|no| Ok(desk.entry(*no)?.entry)).collect::<Outcome<Vec<_>>>()?;
        std::fs::create_dir_all(self.files(nth))?;
        let (mut stored, mut list) = (Vec::new(), String::new());
        for (number, entry) in entries.iter().enumerate() {
            let (bytes, name) = (entry.to_bytes(), format!("{number:05}"));
            std::fs::write(self.files(nth).join(&name), &bytes)?;
            stored.extend(bytes);
            list.push_str(&format!("{name}\n"));
        }
        std::fs::write(self.stored(nth), stored)?;
        std::fs::write(self.list(nth), list)?;
        std::fs::write(self.packed(nth), packed(&desk, &entries)?)?;
        git::share(&self.repository(), &self.repository_of(nth))?;
        // In a folder of their own, which is the least that git has to say.
        let first = before.next_multiple_of(1_000);
        git::commit(&self.repository_of(nth), first, entries.iter().map(|entry| Ok(entry.to_bytes())))?;
        Ok(desk.close()?)
    }
}

/// The frames of entries that a session would send.
fn packed(desk: &Desk, entries: &[Entry]) -> Outcome<Vec<u8>> {
    let (mut packer, mut bytes) = (Packer::new(desk.mission()), Vec::new());
    let mut flush = |packer: &mut Packer| -> Outcome<()> {
        if let Some(packed) = packer.finish(Urgency::Ordinary) {
            bytes.extend(Frame::PushEntries(packed).to_bytes().ok_or("a frame is too long")?);
        }
        Ok(())
    };
    for entry in entries {
        if packer.add(None, entry, FRAME_TARGET) == Fit::Full {
            flush(&mut packer)?;
            packer.add(None, entry, FRAME_TARGET);
        }
    }
    flush(&mut packer)?;
    Ok(bytes)
}

/// Entities and links of a world.
fn invented(world: &World) -> impl Iterator<Item = Part> + '_ {
    let is_incident = |part: &Part| matches!(part.body, Body::Incident(_));
    home::parts(world).take_while(move |part| !is_incident(part))
}

/// Writes parts, so many in an entry.
fn write(desk: &mut Desk, parts: impl Iterator<Item = Part>, in_one: usize) -> Outcome<()> {
    let compartment = desk.find_compartment("incidents")?;
    let mut parts = parts.peekable();
    while parts.peek().is_some() {
        desk.write(compartment, parts.by_ref().take(in_one).collect())?;
    }
    Ok(())
}

/// Syncs desks until everybody has everything and nothing more is to come.
fn settle(served: &Served, desks: &mut [&mut Desk]) -> Outcome<()> {
    let address = served.address().to_string();
    loop {
        for desk in desks.iter_mut() {
            let report = desk.sync(&address, &SyncOptions::default(), &mut |_| Go::On)?;
            if let Some(code) = report.ended {
                return Err(format!("the hub ended a session: {code}").into());
            }
        }
        let before = served.sizes();
        std::thread::sleep(QUIET);
        if served.is_cosigned() && served.sizes() == before {
            let mut level = true;
            for desk in desks.iter_mut() {
                let report = desk.sync(&address, &SyncOptions::default(), &mut |_| Go::On)?;
                level &= report.accepted + report.entries + report.leaves + report.statements == 0;
            }
            if level {
                return Ok(());
            }
        }
    }
}

/// Somebody who was enrolled before there was a hub.
struct Joining {
    home: Home,
    waiting: counterseal_node::DeskPlace,
}

impl Joining {
    fn ask(folder: &Path, founder: &mut Desk) -> Outcome<Self> {
        std::fs::create_dir_all(folder)?;
        let (home, mut rng): (_, Randomness) = (Home::open(folder)?, Box::new(home::fresh()?));
        let invited = Invited::NewPerson { name: "Officer Inkwell".into(), until: None };
        let asked = founder.invite_at_hand(&home, invited, &home::passphrase()?, &mut rng)?;
        let (waiting, person) = (asked.place, asked.person);
        founder.admit(founder.find_compartment("incidents")?, person)?;
        Ok(Self { home, waiting })
    }

    fn join(&self, founder: &Desk) -> Outcome<Desk> {
        let (statements, rng) = (founder.statements_file()?, Box::new(home::fresh()?));
        let passphrase = home::passphrase()?;
        Ok(Desk::join(&self.home, &self.waiting, &statements, &passphrase, home::clock(), rng)?)
    }
}
