//! The steps of `demo --check` with a hub, witnesses and three desks.

use std::path::PathBuf;

use counterseal_node::Desk;
use counterseal_register::Frozen;

use super::check::{Walk, Wrong};
use super::clear::Planted;
use super::make;
use super::together::{JOINING, Together, finds, is_logged, note};
use crate::context::Context;
use crate::failure::Failure;

/// A note for each step that writes one. Their words are looked for in the servers' files.
const APPEARING: &str = "The heron stands by the wellhead";
const FROZEN: &str = "The lanternfish is written in the cold";
const KILLED: &str = "The candlewick burns through the storm";
/// Words that only the hub and who joined could have put there.
const WORDS: [&str; 6] = ["wellhead", "lanternfish", "candlewick", "Inkwell", "Lantern", "Blue Heron"];

/// How often all desks sync at most, until no time mark comes in between.
const ROUNDS: usize = 10;

impl Walk<'_> {
    /// Does something with the founder's desk and the others.
    fn together<T>(
        &mut self,
        act: impl FnOnce(&Context, &mut Desk, &mut Together) -> Result<T, Failure>,
    ) -> Result<T, Wrong> {
        let (Some(desk), Some(together)) = (self.desk.as_mut(), self.together.as_mut()) else {
            return Err(self.ctx.words.text("check-nobody"));
        };
        act(self.ctx, desk, together).map_err(|failure| failure.sentence(self.ctx.words))
    }

    /// As `together`, once everyone has joined.
    pub(super) fn all_together<T>(
        &mut self,
        act: impl FnOnce(&Context, &mut Desk, &mut Together) -> Result<T, Failure>,
    ) -> Result<T, Wrong> {
        self.together(|ctx, founder, together| match together.joined.len() {
            count if count == JOINING.len() => act(ctx, founder, together),
            _ => Err(ctx.refuse("check-nobody", &[])),
        })
    }

    pub(super) fn base(&self) -> PathBuf {
        self.out.join("together")
    }
}

/// Hub and witnesses are named, started, and given what the founder's desk has.
pub(super) fn served(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let governor = make::governor_file(walk.home.path());
    let base = walk.base();
    let Some(desk) = walk.desk.as_mut() else { return Err(String::new()) };
    let started = Together::start(walk.ctx, &base, desk, &governor);
    walk.together = Some(started.map_err(|failure| failure.sentence(walk.ctx.words))?);
    let status = walk.together(|_, _, together| together.served.status())?;
    let (held, logged) = (status.journal.leaves, status.journal.cosigned);
    if held > 0 && held == logged { Ok(held.to_string()) } else { Err(walk.differs(held, logged)) }
}

/// A second and a third person join, and have what the first has.
pub(super) fn joined(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let base = walk.base();
    let counts = walk.together(|ctx, founder, together| {
        together.join(ctx, &base, founder, &JOINING)?;
        let all = counterseal_node::Filter::default();
        let mut counts = vec![founder.count(&all)?];
        for one in &together.joined {
            counts.push(one.desk.count(&all)?);
        }
        Ok(counts)
    })?;
    let wanted = counts.first().copied().unwrap_or(0);
    match counts.iter().find(|count| **count != wanted) {
        None if counts.len() == JOINING.len() + 1 => Ok(wanted.to_string()),
        other => Err(walk.differs(wanted, other.copied().unwrap_or(0))),
    }
}

/// What is written on one desk is found on the two others.
pub(super) fn appeared(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    walk.all_together(|ctx, founder, together| {
        let id = together.write(ctx, 0, APPEARING)?;
        together.sync_until(ctx, founder, |desk| finds(desk, APPEARING, id))?;
        together.joined_until(ctx, 1, |desk| finds(desk, APPEARING, id))?;
        Ok(id.short())
    })
}

/// A frozen person's desk is turned away, and what it wrote is on no other, until the freeze is lifted.
pub(super) fn frozen(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    walk.all_together(|ctx, founder, together| {
        let ignored = || ctx.refuse("check-freeze-ignored", &[]);
        let person = Frozen::Person(together.joined(ctx, 1)?.person);
        founder.freeze(person)?;
        if !founder.register().is_frozen(person, founder.moment()) {
            return Err(ignored());
        }
        together.sync_until(ctx, founder, is_logged)?;
        together.joined_until(ctx, 0, |desk| Ok(desk.register().is_frozen(person, desk.moment())))?;
        let id = note(&mut together.joined(ctx, 1)?.desk, FROZEN)?;
        let turned_away = together.sync_once(ctx, 1)?;
        let code = turned_away.ended.ok_or_else(ignored)?;
        together.sync_until(ctx, founder, is_logged)?;
        if turned_away.accepted > 0 || finds(founder, FROZEN, id)? {
            return Err(ignored());
        }
        founder.unfreeze(person)?;
        // Lifting permits something: it has effect once a time mark over it is cosigned.
        let thawed = |desk: &Desk| Ok(!desk.register().is_frozen(person, desk.moment()));
        together.sync_until(ctx, founder, thawed)?;
        together.joined_until(ctx, 1, is_logged)?;
        together.sync_until(ctx, founder, |desk| finds(desk, FROZEN, id))?;
        together.joined_until(ctx, 0, |desk| finds(desk, FROZEN, id))?;
        Ok(code)
    })
}

/// The hub is killed right after it acknowledged something: when it runs again it has it.
pub(super) fn killed(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let (before, after) = walk.all_together(|ctx, founder, together| {
        let id = note(&mut together.joined(ctx, 0)?.desk, KILLED)?;
        let report = together.sync_once(ctx, 0)?;
        together.served.kill_hub();
        if report.accepted == 0 {
            return Err(ctx.refuse("check-unacknowledged", &[]));
        }
        let reached = together.sync_once(ctx, 1).is_ok();
        let before = together.served.status()?.journal.leaves;
        together.served.start_hub()?;
        if reached {
            return Err(ctx.refuse("check-hub-lives", &[]));
        }
        // The one who was told that it is durable sends nothing again: it must come from the hub.
        together.sync_until(ctx, founder, |desk| finds(desk, KILLED, id))?;
        together.joined_until(ctx, 1, |desk| finds(desk, KILLED, id))?;
        together.joined_until(ctx, 0, is_logged)?;
        Ok((before, together.served.status()?.journal.leaves))
    })?;
    if before == after { Ok(after.to_string()) } else { Err(walk.differs(before, after)) }
}

/// Looks through the files of hub, witnesses and further desks for what was written.
pub(super) fn sealed(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let (base, planted) = (walk.base(), Planted::of(walk.world, &WORDS));
    let folders = walk.all_together(|_, _, together| {
        let mut folders: Vec<_> = together.served.witness_folders().collect();
        folders.push(together.served.hub_folder().to_owned());
        folders.extend(JOINING.iter().map(|(_, folder)| base.join(folder)));
        Ok(folders)
    })?;
    let mut searched = Vec::new();
    for folder in folders {
        searched.push(planted.in_files(&folder).map_err(|e| e.to_string())?);
    }
    walk.searched(&planted, &searched)
}

/// All desks hold one register, and every entry is logged and settled on each.
pub(super) fn agreed(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let seen = walk.all_together(|ctx, founder, together| {
        for _ in 0..ROUNDS {
            together.sync_until(ctx, founder, is_logged)?;
            for place in 0..together.joined.len() {
                together.joined_until(ctx, place, is_logged)?;
            }
            let digest = founder.register().digest();
            if together.joined.iter().all(|one| one.desk.register().digest() == digest) {
                break;
            }
        }
        let mut seen = vec![state(founder)?];
        for one in &together.joined {
            seen.push(state(&one.desk)?);
        }
        Ok(seen)
    })?;
    let Some(first) = seen.first() else { return Err(String::new()) };
    match seen.iter().find(|other| *other != first || !other.is_whole()) {
        None => Ok(first.to_string()),
        Some(other) => Err(walk.differs(first, other)),
    }
}

/// What must be the same on every desk.
#[derive(PartialEq, Eq)]
struct State {
    digest: [u8; 32],
    entries: u64,
    /// Entries that are not in the log, are late, missing or contested, or cannot be opened.
    amiss: u64,
}

impl State {
    fn is_whole(&self) -> bool {
        self.entries > 0 && self.amiss == 0
    }
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let start: String = self.digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        write!(f, "{start}, {} - {}", self.entries, self.amiss)
    }
}

fn state(desk: &Desk) -> Result<State, Failure> {
    let report = desk.verify(&mut |_, _| {})?;
    let unlogged = desk.unlogged()?.len() as u64;
    let amiss = unlogged + report.late + report.missing + report.evidence + report.unopened;
    let amiss = amiss + report.unreadable + report.broken_epochs;
    Ok(State { digest: desk.register().digest(), entries: report.entries, amiss })
}
