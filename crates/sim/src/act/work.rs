//! A day's work: recording, sessions, pouches.

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, RecordId};
use counterseal_node::{LostState, NodeError, PouchOptions, PouchSince, SyncReport};
use counterseal_register::{PersonStatus, verify_header};

use super::succession::cross;
use crate::hubhost::HubHost;
use crate::mission::SimError;
use crate::rng::Choices;
use crate::session::{End, Line, session};
use crate::world::{Trouble, World, Written, broken};

/// What a refusal by a desk is, in one word that does not name ids or paths.
pub(crate) fn word_of(error: &NodeError) -> String {
    let whole = format!("{error:?}");
    let end = whole.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(whole.len());
    let inner = match error {
        NodeError::Register(refusal) => format!(" {}", refusal.code()),
        _ => String::new(),
    };
    format!("{}{inner}", whole.get(..end).unwrap_or_default())
}

fn body(text: &str) -> Body {
    Body::Note(Box::new(Note { text: text.into(), ..Note::default() }))
}

pub(crate) fn compartment(world: &World, rng: &mut Choices) -> CompartmentId {
    if rng.percent(70) { world.fixture.full } else { world.fixture.from_join }
}

pub(crate) fn any(world: &World, rng: &mut Choices) -> Result<usize, Trouble> {
    rng.pick(&world.alive()).ok_or(Trouble::Sim(SimError::Key))
}

/// Notes what a desk has written just now, and what it has said: all of it is durable.
fn note_written(
    world: &mut World,
    at: usize,
    compartment: CompartmentId,
    record: RecordId,
) -> Result<(), Trouble> {
    let station = world.stations.get_mut(at).ok_or(SimError::Key)?;
    station.note_said()?;
    let Some(desk) = &station.desk else { return Ok(()) };
    let version = desk.history(record)?.last().map(|last| last.version);
    let last = desk.unlogged()?.into_iter().max();
    if let (Some(no), Some(version)) = (last, version) {
        let entry = desk.entry(no)?.entry;
        let (id, author) = (entry.id(), desk.device());
        let keys = desk.register().device_keys(author).ok_or(SimError::Key)?;
        let epoch = verify_header(&entry.header, keys).map_err(SimError::from)?.header().epoch;
        let written = Written { compartment, record, version, epoch, author };
        station.wrote.insert(id, written);
        world.promised.written.insert(id, written);
    }
    Ok(())
}

pub(crate) fn write(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let at = any(world, rng)?;
    write_at(world, at, rng)
}

pub(crate) fn write_at(world: &mut World, at: usize, rng: &mut Choices) -> Result<String, Trouble> {
    let compartment = compartment(world, rng);
    let count = 1 + rng.below(2);
    let mut words = String::new();
    for _ in 0..count {
        let text = format!("note {}", world.records.len());
        let station = world.station(at)?;
        let desk = station.desk.as_mut().ok_or(SimError::Key)?;
        match desk.record_new(compartment, body(&text), Classification::Unclassified) {
            Ok(id) => {
                world.records.push(id);
                note_written(world, at, compartment, id)?;
                words = format!("desk {at}, {text}");
            }
            Err(error) => return refused(world, at, &error),
        }
    }
    Ok(words)
}

pub(crate) fn edit(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let at = any(world, rng)?;
    let Some(id) = rng.pick(&world.records) else { return Ok("nothing to edit".to_owned()) };
    let text = format!("edited {}", rng.below(1000));
    let station = world.station(at)?;
    let desk = station.desk.as_mut().ok_or(SimError::Key)?;
    let Ok(view) = desk.record(id) else { return Ok(format!("desk {at} has it not")) };
    let Some(compartment) = view.shown.first().map(|one| one.compartment) else {
        return Ok("nothing shown".to_owned());
    };
    match desk.edit(id, compartment, body(&text), Classification::Unclassified) {
        Ok(()) => {
            note_written(world, at, compartment, id)?;
            Ok(format!("desk {at}, {text}"))
        }
        Err(error) => refused(world, at, &error),
    }
}

/// A desk refuses what its person wants: that is for the desk to decide, unless its store is broken.
pub(crate) fn refused(world: &World, at: usize, error: &NodeError) -> Result<String, Trouble> {
    match error {
        NodeError::Store(error) if world.failing != Some(at) => {
            broken(format!("desk {at}, on a sound disk: {error}"))
        }
        error => Ok(format!("desk {at} refuses: {}", word_of(error))),
    }
}

pub(crate) fn lock(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let at = any(world, rng)?;
    lock_at(world, at)
}

pub(crate) fn lock_at(world: &mut World, at: usize) -> Result<String, Trouble> {
    let desk = world.station(at)?.desk.take().ok_or(SimError::Key)?;
    if let Err(error) = desk.close() {
        if world.failing == Some(at) {
            return Ok(format!("desk {at} fails"));
        }
        return broken(format!("desk {at} cannot be locked: {error}"));
    }
    Ok(format!("desk {at}"))
}

/// Which hub a desk meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    /// The hub.
    True,
    /// The hub, which leaves something out.
    Withholding,
    /// Another face of it.
    Other,
}

pub(crate) fn sync(world: &mut World, rng: &mut Choices, is_cut: bool) -> Result<String, Trouble> {
    let at = any(world, rng)?;
    if !world.roads.get(at).copied().unwrap_or(false) {
        return Ok(format!("desk {at} reaches no hub"));
    }
    let cut = is_cut.then(|| match rng.below(3) {
        0 => rng.below(400),
        1 => rng.below(6_000),
        _ => rng.below(120_000),
    });
    let line = Line { cut, pieces: rng.percent(30), withholds: false, anew: false };
    sync_with(world, at, Face::True, &line, rng)
}

/// One session of a desk with the hub or another face of it.
pub(crate) fn sync_with(
    world: &mut World,
    at: usize,
    face: Face,
    line: &Line,
    rng: &mut Choices,
) -> Result<String, Trouble> {
    // Whoever answers with another hub's certificate is asked for the governors' word.
    let crosses = if face == Face::Other { String::new() } else { cross(world, at)? };
    world.station(at)?;
    let now = world.hub_time();
    world.host.begin_session()?;
    let host: Option<&mut HubHost> = match face {
        Face::Other => world.face.as_mut(),
        _ => Some(&mut world.host),
    };
    let Some(hub) = host.and_then(|host| host.hub.as_mut()) else { return Ok(format!("desk {at}: no hub")) };
    let desk = world.stations.get_mut(at).and_then(|one| one.desk.as_mut()).ok_or(SimError::Key)?;
    let (end, accepted) = session(desk, hub, now, line, rng);
    if face != Face::Other {
        world.acknowledged(&accepted)?;
    }
    let hub_failed = world.host.settle()?;
    let words = judge(world, at, face, end, hub_failed.is_some(), rng)?;
    Ok(format!("{crosses}{words}"))
}

fn judge(
    world: &mut World,
    at: usize,
    face: Face,
    end: End,
    hub_failed: bool,
    rng: &mut Choices,
) -> Result<String, Trouble> {
    match end {
        End::Whole(report) => {
            let words = format!(
                "desk {at}: {} statements, {} leaves, {} entries, {} accepted, {} refused{}, {} late, {} waiting, {} dropped{}",
                report.statements,
                report.leaves,
                report.entries,
                report.accepted,
                report.refused_pushes.len(),
                codes(&report),
                report.late,
                report.waiting,
                report.dropped,
                report.ended.as_ref().map(|code| format!(", ended: {code}")).unwrap_or_default()
            );
            if face == Face::True {
                look_at(world, at, &report)?;
            }
            look_at_lost(world, at, rng)?;
            Ok(words)
        }
        End::Cut => Ok(format!("desk {at}: cut off")),
        End::Hub(_) if hub_failed => Ok(format!("desk {at}: the hub fails")),
        End::Desk(error) if face != Face::True => Ok(format!("desk {at} notices: {}", word_of(&error))),
        End::Desk(error) if world.failing == Some(at) && disk_failed(&error) => {
            Ok(format!("desk {at}: its disk fails"))
        }
        End::Stuck => broken(format!("desk {at} and the hub wait for each other")),
        End::Desk(error) => broken(format!("desk {at} does not take what an honest hub says: {error}")),
        End::Hub(error) => broken(format!("the hub does not take what desk {at} says: {error}")),
    }
}

/// Why pushes were refused, each code once.
fn codes(report: &SyncReport) -> String {
    let codes: std::collections::BTreeSet<&str> =
        report.refused_pushes.iter().map(|one| one.code.as_str()).collect();
    let codes: Vec<_> = codes.into_iter().collect();
    if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(", ")) }
}

fn disk_failed(error: &NodeError) -> bool {
    matches!(error, NodeError::Store(_))
}

/// What an honest hub's session must not bring.
fn look_at(world: &World, at: usize, report: &SyncReport) -> Result<(), Trouble> {
    // An entry may be here before the mark that gives its epoch's statement a time: it is asked for again.
    let too_early = |reason: &String| reason.contains("is not one of this compartment");
    if report.refused_entries.iter().any(|reason| world.quiet_rounds > 4 || !too_early(reason)) {
        return broken(format!(
            "desk {at} refuses an entry of an honest hub: {}",
            report.refused_entries.join("; ")
        ));
    }
    if !report.evidence.is_empty() {
        return broken(format!("desk {at} has evidence that a place in a journal was used twice"));
    }
    if !world.host.was_restored && !world.lied && report.dropped > 0 {
        return broken(format!(
            "desk {at} finds {} things dropped that the hub acknowledged",
            report.dropped
        ));
    }
    if let Some((index, refusal)) = report.refused_statements.first() {
        return broken(format!("the log has a statement at {index} that the register refuses: {refusal}"));
    }
    if let Some(kind) = report.behind.first()
        && !world.host.was_restored
    {
        return broken(format!("the hub shows desk {at} an old {} log", kind.word()));
    }
    Ok(())
}

/// A person looks at what can no longer stand, and says it again or gives it up.
fn look_at_lost(world: &mut World, at: usize, rng: &mut Choices) -> Result<(), Trouble> {
    let station = world.stations.get_mut(at).ok_or(SimError::Key)?;
    let Some(desk) = station.desk.as_mut() else { return Ok(()) };
    let lost = desk.lost_statements()?.into_iter().filter(|lost| lost.state != LostState::Refused);
    for lost in lost {
        let again = lost.can_be_remade && rng.percent(50);
        if !again || desk.remake(lost.id).is_err() {
            desk.give_up(lost.id)?;
        }
        station.said.insert(lost.id, false);
    }
    let now = desk.moment();
    let is_revoked = |status| matches!(status, Some(PersonStatus::Revoked { .. }));
    station.revoked.retain(|person| is_revoked(desk.register().person(*person, now)));
    station.note_said()?;
    Ok(())
}

pub(crate) fn write_pouch(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let at = any(world, rng)?;
    let to = any(world, rng)?;
    let receivers = match rng.percent(50) {
        true => vec![crate::fixture::secrets(world.stations.get(to).ok_or(SimError::Key)?.number)?.id()],
        false => Vec::new(),
    };
    let since = if rng.percent(50) { PouchSince::Last } else { PouchSince::Beginning };
    let path = world.place(&format!("pouch-{}", world.sticks.len()));
    let options = PouchOptions { receivers, since, ..PouchOptions::default() };
    let desk = world.station(at)?.desk.as_mut().ok_or(SimError::Key)?;
    match desk.write_pouch(&path, &options, &mut |_, _| {}) {
        Ok(report) => {
            world.sticks.push(path);
            let number = world.sticks.len() - 1;
            Ok(format!(
                "desk {at} writes pouch {number}: {} receivers, {} entries",
                report.receivers.len(),
                report.entries
            ))
        }
        Err(error) => refused(world, at, &error),
    }
}

pub(crate) fn read_pouch(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let at = any(world, rng)?;
    read_pouch_at(world, at, rng)
}

pub(crate) fn read_pouch_at(world: &mut World, at: usize, rng: &mut Choices) -> Result<String, Trouble> {
    if world.sticks.is_empty() {
        return Ok("no pouch".to_owned());
    }
    let number = rng.index(world.sticks.len());
    let mut path = world.sticks.get(number).cloned().ok_or(SimError::Key)?;
    let is_cut = rng.percent(20);
    if is_cut {
        let mut bytes = std::fs::read(&path)?;
        bytes.truncate(rng.index(bytes.len()));
        path = world.place("cut");
        std::fs::write(&path, bytes)?;
    }
    let desk = world.station(at)?.desk.as_mut().ok_or(SimError::Key)?;
    match desk.read_pouch(&path, &mut |_, _| {}) {
        Ok(report) => {
            if !report.entries.evidence.is_empty() {
                return broken(format!("a pouch brings desk {at} evidence of a place used twice"));
            }
            if let Some(refused) = report.entries.refused.first() {
                // A pouch is as old as it is: what it holds may name what the reader does not know yet.
                return Ok(format!(
                    "desk {at} reads pouch {number}, refuses an entry: {}",
                    word_of(&refused.reason)
                ));
            }
            world.stations.get_mut(at).ok_or(SimError::Key)?.note_said()?;
            Ok(format!(
                "desk {at} reads pouch {number}: {} entries, {} statements, {} on sight",
                report.entries.new,
                report.statements,
                report.on_sight.len()
            ))
        }
        Err(error) => refused(world, at, &error),
    }
}
