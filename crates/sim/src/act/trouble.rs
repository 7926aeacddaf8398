//! Machines that stop, disks that fail and lie, witnesses, roads, clocks, thieves, and a hub that lies.

use counterseal_model::Classification;
use counterseal_model::record::{Body, Note};
use counterseal_node::{PouchOptions, PouchSince};
use counterseal_register::LogKind;

use super::succession::hear;
use super::work::{self, Face, any, sync_with, word_of};
use super::{Kind, people};
use crate::disk::Failure;
use crate::hubhost::{Backup, HubHost};
use crate::mission::SimError;
use crate::plant::Plant;
use crate::rng::Choices;
use crate::session::{Line, session};
use crate::world::{Trouble, World, broken};

/// A desk's disk fails in the middle of whatever its person does. Then the desk is opened again.
pub(crate) fn desk_fails(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let failure = rng.pick(&Failure::ALL).ok_or(SimError::Key)?;
    let (after, plan) = (rng.below(6), Choices::of(rng.seed(), 0));
    // The same choices give the same desk to the work below.
    let what = rng.pick(&[Kind::Write, Kind::Sync, Kind::Lock, Kind::PouchRead, Kind::Rekey, Kind::Admit]);
    let at = any(world, rng)?;
    let before = world.alive();
    world.station(at)?;
    world.failing = Some(at);
    world.stations.get(at).ok_or(SimError::Key)?.disk.plan(failure, after, plan);
    let done = only(world, at, what.unwrap_or(Kind::Write), rng);
    world.failing = None;
    debug_assert_eq!(before, world.alive());
    let failed = world.stations.get_mut(at).ok_or(SimError::Key)?.settle()?;
    let Some(failed) = failed else { return done.map(|words| format!("not reached; {words}")) };
    let words = match done {
        Ok(words) => words,
        Err(Trouble::Sim(_)) => "it fails".to_owned(),
        Err(broken) => return Err(broken),
    };
    reopen(world, at, failed == Failure::Lie)?;
    Ok(format!("{failed:?} after {after}: {words}"))
}

/// One desk does something.
fn only(world: &mut World, at: usize, what: Kind, rng: &mut Choices) -> Result<String, Trouble> {
    let line = Line { cut: None, pieces: false, withholds: false, anew: false };
    match what {
        Kind::Sync => sync_with(world, at, Face::True, &line, rng),
        Kind::Write => work::write_at(world, at, rng),
        Kind::PouchRead => work::read_pouch_at(world, at, rng),
        Kind::Lock => work::lock_at(world, at),
        kind => people::say_at(world, at, kind, rng),
    }
}

/// Opens a desk after its machine stopped, and looks for what was durable. After a disk has lied, what is gone
/// is gone.
pub(crate) fn reopen(world: &mut World, at: usize, lied: bool) -> Result<(), Trouble> {
    let now = world.now;
    let station = world.stations.get_mut(at).ok_or(SimError::Key)?;
    station.set_clock(now);
    match station.unlock() {
        Ok(()) => {}
        Err(_) if lied => {
            station.lost = true;
            station.wrote.clear();
            return Ok(());
        }
        Err(error) => return broken(format!("desk {at} cannot be opened after a crash: {error}")),
    }
    if world.plant == Some(Plant::DeskLosesOutbox) {
        forget_waiting(world, at)?;
    }
    let station = world.stations.get_mut(at).ok_or(SimError::Key)?;
    if lied {
        let held = station.inventory()?;
        station.wrote.retain(|id, _| held.contains_key(id));
        station.revoked.clear();
        let waiting: Vec<_> = station.desk.as_ref().ok_or(SimError::Key)?.waiting_statements()?;
        let ids: Vec<_> = waiting.iter().map(|one| counterseal_register::sha256(&[one])).collect();
        station.said.retain(|id, _| ids.contains(id.as_bytes()));
    }
    Ok(())
}

/// The planted bug: a desk that forgets what waits for the log when it starts after a crash.
fn forget_waiting(world: &mut World, at: usize) -> Result<(), Trouble> {
    let desk = world.station(at)?.desk.as_mut().ok_or(SimError::Key)?;
    for statement in desk.waiting_statements()? {
        let id = counterseal_register::sha256(&[&statement]);
        desk.forget_statement(counterseal_model::StatementId::from_bytes(id))?;
    }
    Ok(())
}

/// A desk's machine stops between two things.
pub(crate) fn desk_stops(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let at = any(world, rng)?;
    world.station(at)?.stop()?;
    reopen(world, at, false)?;
    Ok(format!("desk {at}"))
}

/// The hub's disk fails in the middle of a session or of signing.
pub(crate) fn hub_fails(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    if !world.host.is_on() {
        return Ok("the hub is off".to_owned());
    }
    // A disk that lies is the same as a backup put back: the operator does that.
    let failures = [Failure::Before, Failure::During, Failure::After, Failure::Refused, Failure::SaidToFail];
    let failure = rng.pick(&failures).ok_or(SimError::Key)?;
    let (after, plan) = (rng.below(5), Choices::of(rng.seed(), 0));
    world.host.disk.plan(failure, after, plan);
    let was_on = world.host.is_on();
    let words = match rng.percent(70) {
        true => work::sync(world, rng, false)?,
        false => super::perform(world, Kind::Tick, rng)?,
    };
    world.host.settle()?;
    let stopped = was_on && !world.host.is_on();
    if stopped && rng.percent(60) {
        hub_starts(world)?;
    }
    Ok(format!("{failure:?} after {after}, {}: {words}", if stopped { "it stops" } else { "it goes on" }))
}

/// The hub's machine starts, and has what it acknowledged.
pub(crate) fn hub_starts(world: &mut World) -> Result<String, Trouble> {
    if world.host.is_on() {
        world.host.open_if_current(&world.witnesses)?;
        return Ok(if world.host.restoring { "it waits for its witnesses" } else { "it runs" }.to_owned());
    }
    if let Err(error) = world.host.power_on() {
        return broken(format!("the hub cannot start after a crash: {error}"));
    }
    world.host.open_if_current(&world.witnesses)?;
    crate::check::hub_has_all(world)?;
    Ok("it starts".to_owned())
}

/// The hub's operator copies the store.
pub(crate) fn back_up(world: &mut World) -> Result<String, Trouble> {
    let image = world.host.image()?;
    world.host.backups.push(image);
    Ok(format!("backup {}", world.host.backups.len() - 1))
}

/// The hub's operator puts a backup back. What was acknowledged since and stands in no mirror is for the desks
/// to send again.
pub(crate) fn restore(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    if world.host.backups.is_empty() {
        return Ok("no backup".to_owned());
    }
    let number = rng.index(world.host.backups.len());
    let backup = world.host.backups.get(number).cloned().ok_or(SimError::Key)?;
    // A later backup is of another history now.
    world.host.backups.truncate(number + 1);
    if let Err(error) = world.host.restore(backup) {
        return broken(format!("the hub cannot be put back to a backup: {error}"));
    }
    let view = world.host.hub.as_ref().ok_or(SimError::Key)?.view();
    let (statements, journal) = (view.statements.size, view.journal.size);
    world.promised.entries.retain(|_, index| *index < journal);
    world.promised.statements.retain(|_, index| *index < statements);
    world.host.open_if_current(&world.witnesses)?;
    Ok(format!("backup {number}: {statements} {journal}"))
}

/// A witness is gone, or back.
pub(crate) fn witness(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let at = rng.index(world.witnesses.len());
    let witness = world.witnesses.get_mut(at).ok_or(SimError::Key)?;
    witness.reachable = !witness.reachable || rng.percent(30);
    let reachable = witness.reachable;
    Ok(format!("{at} {}", if reachable { "is there" } else { "is gone" }))
}

/// A witness decides on the hub's newest checkpoint and is slow to store it.
pub(crate) fn slow(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let at = rng.index(world.witnesses.len());
    let kind = rng.pick(LogKind::ALL).unwrap_or(LogKind::Journal);
    let Some(hub) = world.host.hub.as_mut() else { return Ok("the hub is off".to_owned()) };
    let _failed = hub.sign();
    let key = hub.log_key(kind);
    let witness = world.witnesses.get(at).ok_or(SimError::Key)?;
    let known = witness.last(key.name()).map_or(0, |last| last.head().size);
    let Some(request) = hub.request(kind, known).map_err(SimError::Hub)? else {
        return Ok("nothing to ask".to_owned());
    };
    let decided = witness.decide(&key, request);
    let words =
        format!("{at}, {} log, {known}: {}", kind.word(), if decided.is_some() { "yes" } else { "no" });
    world.slow.extend(decided.map(|pending| (at, key, pending)));
    Ok(words)
}

/// A slow witness stores what it decided on a while ago.
pub(crate) fn late(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    if world.slow.is_empty() {
        return Ok("nobody was slow".to_owned());
    }
    let (at, _, pending) = world.slow.remove(rng.index(world.slow.len()));
    let size = pending.checkpoint().head().size;
    let now = u64::try_from(world.now).unwrap_or(1);
    let lines = world.witnesses.get(at).and_then(|witness| witness.commit(pending, now));
    Ok(format!("{at}, {size}: {}", if lines.is_some() { "stored" } else { "another was first" }))
}

/// A road is cut, or open again.
pub(crate) fn road(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let at = any(world, rng)?;
    let road = world.roads.get_mut(at).ok_or(SimError::Key)?;
    *road = !*road;
    Ok(format!("desk {at}: {}", if *road { "open" } else { "cut" }))
}

/// A clock goes wrong by seconds, hours or years, or is set right.
pub(crate) fn clock(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let skews = [0, 40, -40, 7_200, -7_200, 5 * 31_536_000, -5 * 31_536_000];
    let skew = rng.pick(&skews).unwrap_or(0);
    if rng.percent(25) {
        world.hub_skew = skew;
        world.pass(0);
        return Ok(format!("the hub: {skew}"));
    }
    let at = any(world, rng)?;
    world.stations.get_mut(at).ok_or(SimError::Key)?.skew = skew;
    world.pass(0);
    Ok(format!("desk {at}: {skew}"))
}

/// A home is copied, by its person or by somebody else.
pub(crate) fn copy(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let at = any(world, rng)?;
    let step = world.lines.len() as u64;
    let station = world.stations.get_mut(at).ok_or(SimError::Key)?;
    let image = station.image()?;
    station.copies.push((image, step));
    Ok(format!("desk {at}, copy {}", station.copies.len() - 1))
}

/// An old copy of a home is put back.
pub(crate) fn put_back(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let at = any(world, rng)?;
    let station = world.stations.get_mut(at).ok_or(SimError::Key)?;
    if station.copies.is_empty() {
        return Ok(format!("desk {at} has no copy"));
    }
    let number = rng.index(station.copies.len());
    let (image, _) = station.copies.get(number).cloned().ok_or(SimError::Key)?;
    station.put_back(&image)?;
    reopen(world, at, true)?;
    Ok(format!("desk {at}, copy {number}"))
}

/// A thief opens a copy of a home, writes, and tries to give it to the hub and to others.
pub(crate) fn thief(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let with_copies: Vec<_> = world
        .stations
        .iter()
        .enumerate()
        .filter(|(_, one)| !one.copies.is_empty())
        .map(|(at, _)| at)
        .collect();
    let Some(at) = rng.pick(&with_copies) else { return Ok("nothing was copied".to_owned()) };
    let (folder, now) = (world.place("thief"), world.hub_time());
    let station = world.stations.get_mut(at).ok_or(SimError::Key)?;
    let (image, _) = station.copies.get(rng.index(station.copies.len())).cloned().ok_or(SimError::Key)?;
    let mut desk = station.steal(&folder, &image)?;
    hear(&mut desk, &world.successions)?;
    let gone = world.promised.gone.contains(&desk.device());
    let note = Body::Note(Box::new(Note { text: "planted".into(), ..Note::default() }));
    let compartment = world.fixture.full;
    let wrote = match desk.record_new(compartment, note, Classification::Unclassified) {
        Ok(record) => {
            if gone {
                world.stolen.push(record);
            }
            "writes".to_owned()
        }
        Err(error) => word_of(&error),
    };
    let line = Line { cut: None, pieces: false, withholds: false, anew: false };
    let mut told = String::new();
    if let Some(hub) = &mut world.host.hub {
        let (end, accepted) = session(&mut desk, hub, now, &line, rng);
        if gone && !accepted.is_empty() {
            return broken(format!("the hub takes something from the revoked device of desk {at}"));
        }
        world.acknowledged(&accepted)?;
        if let crate::session::End::Whole(report) = end {
            told = report.ended.unwrap_or_default();
        }
        world.host.settle()?;
    }
    let path = world.place(&format!("pouch-{}", world.sticks.len()));
    let options = PouchOptions { since: PouchSince::Beginning, ..PouchOptions::default() };
    if desk.write_pouch(&path, &options, &mut |_, _| {}).is_ok() {
        world.sticks.push(path);
    }
    drop(desk);
    std::fs::remove_dir_all(folder)?;
    Ok(format!("of desk {at}{}: {wrote} {told}", if gone { ", revoked" } else { "" }))
}

/// The hub shows a desk another face.
pub(crate) fn hostile(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    world.lied = true;
    let at = any(world, rng)?;
    let line = Line { cut: None, pieces: false, withholds: true, anew: false };
    match rng.below(4) {
        // It leaves entries out.
        0 => sync_with(world, at, Face::Withholding, &line, rng).map(|words| format!("withholds: {words}")),
        // It takes what it is given, and forgets it.
        1 => {
            let copy = world.host.backup()?;
            other_face(world, &copy)?;
            let line = Line { withholds: false, ..line };
            let words = sync_with(world, at, Face::Other, &line, rng);
            world.face = None;
            words.map(|words| format!("forgets: {words}"))
        }
        // It shows what it showed long ago.
        2 => {
            let old = match world.host.backups.first().cloned() {
                Some(image) => Backup { image, ..world.host.backup()? },
                None => world.fixture.backup(),
            };
            other_face(world, &old)?;
            let line = Line { withholds: false, ..line };
            let words = sync_with(world, at, Face::Other, &line, rng);
            world.face = None;
            words.map(|words| format!("shows old logs: {words}"))
        }
        // It goes on in two ways, and has a corrupt witness cosign the second one too.
        _ => {
            if world.face.is_none() {
                let copy = world.host.backup()?;
                other_face(world, &copy)?;
            }
            let line = Line { withholds: false, ..line };
            let words = sync_with(world, at, Face::Other, &line, rng)?;
            fork(world, rng)?;
            Ok(format!("forks: {words}"))
        }
    }
}

fn other_face(world: &mut World, copy: &Backup) -> Result<(), Trouble> {
    let hand = std::sync::Arc::clone(&world.host.hand);
    let place = world.place(&format!("face-{}", world.lines.len()));
    world.face = Some(HubHost::start(&place, copy, &hand, None)?);
    Ok(())
}

/// The second face asks for cosignatures, with one corrupt witness on its side.
fn fork(world: &mut World, rng: &mut Choices) -> Result<(), Trouble> {
    let now = u64::try_from(world.now).unwrap_or(1);
    // One witness is corrupt, as the register plans for, and stays so. The honest ones are not asked: they would
    // cosign whichever of the two they see first, and that one would be the mission's history.
    if let Some(first) = world.witnesses.first_mut() {
        first.corrupt = true;
    }
    let corrupt = world.witnesses.get(..1).unwrap_or_default();
    let Some(face) = &mut world.face else { return Ok(()) };
    let mut cosigned = Vec::new();
    face.tick(corrupt, now, rng, &mut |kind, note| {
        let head = note.head();
        cosigned.push((kind, head.size, *head.root.as_bytes()));
    })?;
    let generation = face.generation;
    for (kind, size, root) in cosigned {
        world.believed((generation, kind, size), root, "a quorum")?;
    }
    Ok(())
}
