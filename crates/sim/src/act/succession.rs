//! A hub that is lost for good, or that waits for what nobody has: governors sign its end, and a standby goes on
//! (PROTOCOL section 9).

use counterseal_hub::{HubConfig, HubKeys, Outgoing, Succeeded};
use counterseal_node::{Desk, MirrorError, NodeError, OutgoingLogs};
use counterseal_register::{Bytes, DeviceStatus, LogKind, SetHub};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use super::work::{refused, word_of};
use crate::disk::{Image, read_image};
use crate::fixture::governor;
use crate::mission::{SimError, clock_at};
use crate::rng::Choices;
use crate::world::{Trouble, World, broken};

/// The hub and its disk are gone. Some desk's governors sign where the logs end; mostly it has asked the others
/// what they have of them.
pub(crate) fn succession(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let (at, asks) = (rng.pick(&world.alive()).ok_or(SimError::Key)?, rng.percent(70));
    world.host.power_off(None)?;
    let words = take_over(world, at, asks)?;
    if words.is_none() {
        world.host.power_on()?;
    }
    Ok(words.unwrap_or_else(|| format!("desk {at} has not followed the hub's logs")))
}

/// A hub that was put back and waits for something that no mirror has cannot go on: governors end it. They ask
/// all desks.
pub(crate) fn replace_if_stuck(world: &mut World) -> Result<(), Trouble> {
    for at in world.alive() {
        if !world.host.restoring {
            break;
        }
        world.host.power_off(None)?;
        match take_over(world, at, true)? {
            Some(words) => world.note(format!("the hub waits for what nobody has: {words}")),
            None => world.host.power_on()?,
        }
    }
    Ok(())
}

/// Governors sign at a desk, and a standby begins; `None` where the desk has not followed the hub's logs.
fn take_over(world: &mut World, at: usize, asks: bool) -> Result<Option<String>, Trouble> {
    cross(world, at)?;
    if asks {
        let others: Vec<_> = world.alive().into_iter().filter(|other| *other != at).collect();
        others.into_iter().try_for_each(|other| bring(world, other, at))?;
    }
    let generation = world.host.generation + 1;
    let folder = world.place(&format!("standby-{generation}"));
    let config = HubConfig::new(folder, std::net::SocketAddr::from(([127, 0, 0, 1], 0)));
    let keys = HubKeys::make(&config.keys(), &mut ChaCha20Rng::seed_from_u64(70 + generation));
    let keys = keys.map_err(|error| SimError::Hub(error.to_string()))?;
    let desk = world.station(at)?.desk.as_mut().ok_or(SimError::Key)?;
    match desk.succeed_hub(named(&keys, generation)?, &[&governor().map_err(|_| SimError::Key)?]) {
        Ok(_) => {}
        Err(NodeError::Mirror(MirrorError::NoHub) | NodeError::HubNotFollowed { .. }) => {
            std::fs::remove_dir_all(config.folder)?;
            return Ok(None);
        }
        Err(error) => return broken(format!("desk {at} cannot end the hub's logs: {error}")),
    }
    let (image, outgoing) = seed(world, at, &config)?;
    let succession = outgoing.succession.ok_or(SimError::Key)?;
    let (statements, journal) = (outgoing.statements_end.size, outgoing.journal_end.size);
    world.successions.push(succession);
    world.host.replace(image, keys, generation)?;
    forget_beyond(world, statements, journal)?;
    world.station(at)?.note_said()?;
    Ok(Some(format!("desk {at}, generation {generation}: {statements} {journal}")))
}

/// What governors name of a standby.
fn named(keys: &HubKeys, generation: u64) -> Result<SetHub, SimError> {
    let public = keys.public().map_err(|_| SimError::Key)?;
    Ok(SetHub {
        generation,
        statements_key: Bytes(public.statements_key),
        journal_key: Bytes(public.journal_key),
        pins: vec![Bytes(public.pin)],
        extra: Default::default(),
    })
}

/// The standby's store, as `counterseal hub succeed` makes it from the file of a desk.
fn seed(world: &mut World, at: usize, config: &HubConfig) -> Result<(Image, OutgoingLogs), Trouble> {
    let file = world.station(at)?.desk.as_ref().ok_or(SimError::Key)?.logs_file()?;
    let logs = match OutgoingLogs::read(&file) {
        Ok(logs) => logs,
        Err(error) => return broken(format!("the logs of desk {at} cannot be read: {error}")),
    };
    let outgoing = Outgoing {
        statements: logs.statements.clone(),
        leaves: logs.leaves.clone(),
        succession: logs.succession.clone().unwrap_or_default(),
    };
    match counterseal_hub::succeed(config, &outgoing, clock_at(&world.host.hand).as_ref()) {
        Ok(Succeeded::Begins(_)) => Ok((read_image(&config.folder)?, logs)),
        Ok(Succeeded::Ends { .. }) => broken("the standby takes itself for the hub that is replaced"),
        Err(error) => broken(format!("the standby cannot take over: {error}")),
    }
}

/// Another desk's file brings the governors' desk as far. One that knows of another hub than this desk has
/// nothing to tell it.
fn bring(world: &mut World, from: usize, to: usize) -> Result<(), Trouble> {
    cross(world, from)?;
    let desk = world.station(from)?.desk.as_ref().ok_or(SimError::Key)?;
    let Ok(file) = desk.logs_file() else { return Ok(()) };
    let desk = world.station(to)?.desk.as_mut().ok_or(SimError::Key)?;
    match desk.take_logs(&file) {
        Ok(_) => Ok(()),
        Err(error) => broken(format!("desk {to} does not take the logs of desk {from}: {}", word_of(&error))),
    }
}

/// A desk hears of the successions that it has not heard of, as it does from whoever answers in the hub's place.
pub(crate) fn cross(world: &mut World, at: usize) -> Result<String, Trouble> {
    let successions = world.successions.clone();
    let desk = world.station(at)?.desk.as_mut().ok_or(SimError::Key)?;
    match hear(desk, &successions) {
        Ok(0) => Ok(String::new()),
        Ok(count) => {
            world.station(at)?.note_said()?;
            Ok(format!("crosses {count}, "))
        }
        Err(error) if world.failing == Some(at) => refused(world, at, &error),
        Err(error) => broken(format!("desk {at} does not obey the governors' word on the hub: {error}")),
    }
}

/// Gives a desk the successions after the hub that it knows; gives how many were new to it.
pub(crate) fn hear(desk: &mut Desk, successions: &[Vec<u8>]) -> Result<usize, NodeError> {
    let known = generation(desk);
    let unheard = successions.iter().skip(usize::try_from(known).unwrap_or(1).saturating_sub(1));
    let mut count = 0;
    for succession in unheard {
        count += usize::from(desk.take_succession(succession)?.is_some());
    }
    Ok(count)
}

/// The generation of the hub that a desk knows.
pub(crate) fn generation(desk: &Desk) -> u64 {
    desk.register().hub(desk.register().last()).map_or(1, |hub| hub.generation)
}

/// What stood beyond the ends counts no more; desks that have it say it again. What the lost hub alone had is gone
/// with its disk.
fn forget_beyond(world: &mut World, statements: u64, journal: u64) -> Result<(), Trouble> {
    world.promised.entries.retain(|_, index| *index < journal);
    world.promised.statements.retain(|_, index| *index < statements);
    let view = world.host.hub.as_ref().ok_or(SimError::Key)?.view();
    let now = view.now(world.hub_time());
    let is_gone = |device| {
        view.register
            .device(device, now)
            .is_some_and(|one| matches!(one.status, DeviceStatus::Revoked { .. }))
    };
    let before = world.promised.gone.len();
    world.promised.gone.retain(|device| is_gone(*device));
    if world.promised.gone.len() < before {
        // Until the revocation is in the log again, what its thief wrote may come before it.
        world.stolen.clear();
    }
    for kind in LogKind::ALL {
        let end = if *kind == LogKind::Statements { statements } else { journal };
        let generation = world.host.generation;
        let roots = world.promised.roots.iter();
        let below =
            roots.filter(|((of, which, size), _)| (*of + 1, *which) == (generation, *kind) && *size <= end);
        let below: Vec<_> = below.map(|((_, _, size), root)| (*size, *root)).collect();
        // The next hub's logs go on where the old ones end: below, nobody may believe anything else.
        world.promised.roots.extend(below.into_iter().map(|(size, root)| ((generation, *kind, size), root)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Face, Kind, perform, sync_with, trouble, work};
    use super::*;
    use crate::check::quiet;
    use crate::session::Line;

    const SOUND: Line = Line { cut: None, pieces: false, withholds: false, anew: false };

    /// A witness alone has seen what the hub has lost. (Seed 775 of the runs before there were successions.)
    #[test]
    fn a_hub_that_waits_for_what_nobody_has_is_replaced_and_nothing_is_lost() {
        let (mut world, mut rng) = (World::new(775, None).unwrap(), Choices::of(775, 0));
        trouble::back_up(&mut world).unwrap();
        for at in 0..3 {
            work::write_at(&mut world, at, &mut rng).unwrap();
            sync_with(&mut world, at, Face::True, &SOUND, &mut rng).unwrap();
        }
        let journal = world.host.hub.as_ref().unwrap().log_key(LogKind::Journal);
        while world.witnesses.iter().all(|witness| witness.last(journal.name()).is_none()) {
            perform(&mut world, Kind::Slow, &mut rng).unwrap();
            perform(&mut world, Kind::Late, &mut rng).unwrap();
        }
        trouble::restore(&mut world, &mut rng).unwrap();
        assert!(world.host.restoring, "it knows that a witness has seen more");
        quiet(&mut world, &mut rng).unwrap();
        assert_eq!(world.host.generation, 2);
    }
}
