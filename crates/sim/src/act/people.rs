//! What is said in the register, by those who may and by those who may not.

use counterseal_hub::{Outcome, Push};
use counterseal_model::{CompartmentId, StatementId};
use counterseal_node::{Desk, NodeError};
use counterseal_register::{Frozen, sha256};

use super::Kind;
use super::work::{any, compartment, refused, word_of};
use crate::fixture;
use crate::mission::SimError;
use crate::rng::Choices;
use crate::station::Station;
use crate::world::{Joiner, Trouble, World, broken};

/// Somebody says something that some may say. The desk decides whether this one may.
pub(crate) fn say(world: &mut World, kind: Kind, rng: &mut Choices) -> Result<String, Trouble> {
    // Mostly those who are somebody: the first two desks.
    let at = if rng.percent(70) { rng.index(2) } else { any(world, rng)? };
    if world.stations.get(at).is_none_or(|station| station.lost) {
        return Ok("nobody".to_owned());
    }
    say_at(world, at, kind, rng)
}

pub(crate) fn say_at(world: &mut World, at: usize, kind: Kind, rng: &mut Choices) -> Result<String, Trouble> {
    let whom = any(world, rng)?;
    let person = world.stations.get(whom).ok_or(SimError::Key)?.person;
    let compartment = compartment(world, rng);
    // The founder stays: somebody must be able to go on.
    if whom == 0 && matches!(kind, Kind::Remove | Kind::Freeze | Kind::Revoke) {
        return Ok("not the founder".to_owned());
    }
    if kind == Kind::Revoke && world.stations.len() < 5 {
        return Ok("too few".to_owned());
    }
    let frozen = Frozen::Person(person);
    let station = world.station(at)?;
    let desk = station.desk.as_mut().ok_or(SimError::Key)?;
    let said = match kind {
        Kind::Admit => desk.admit(compartment, person),
        Kind::Remove => desk.remove(compartment, person),
        Kind::Rekey => desk.rekey(compartment),
        Kind::Freeze => desk.freeze(frozen),
        Kind::Unfreeze => desk.unfreeze(frozen),
        _ => desk.revoke_person(person),
    };
    match said {
        Ok(()) => {
            station.note_said()?;
            Ok(format!("desk {at} about {whom}"))
        }
        Err(error) => refused(world, at, &error),
    }
}

/// A registrar enrols somebody new.
pub(crate) fn enrol(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    if world.stations.len() + world.joiners.len() > 8 {
        return Ok("enough people".to_owned());
    }
    let at = rng.index(2);
    if world.stations.get(at).is_none_or(|station| station.lost) {
        return Ok("nobody".to_owned());
    }
    let number = world.next;
    let station = world.station(at)?;
    let desk = station.desk.as_mut().ok_or(SimError::Key)?;
    match fixture::enrol(desk, number) {
        Ok(person) => {
            station.note_said()?;
            world.next += 1;
            world.joiners.push(Joiner { number, person });
            Ok(format!("desk {at} enrols {number}"))
        }
        Err(SimError::Node(error)) => refused(world, at, &error),
        Err(error) => Err(error.into()),
    }
}

/// Who was enrolled joins with a file of statements, if the log has the enrolment by now.
pub(crate) fn join(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    if world.joiners.is_empty() {
        return Ok("nobody".to_owned());
    }
    let which = rng.index(world.joiners.len());
    let from = any(world, rng)?;
    let file = world.station(from)?.desk.as_ref().ok_or(SimError::Key)?.statements_file()?;
    let joiner = world.joiners.remove(which);
    let dir = world.place(&format!("joining-{}", joiner.number));
    let clock = crate::mission::clock_at(&std::sync::Arc::new(std::sync::atomic::AtomicI64::new(world.now)));
    std::fs::create_dir_all(&dir)?;
    let joined = Desk::join_bare(&dir, &fixture::secrets(joiner.number)?, &file, clock);
    let words = match joined {
        Ok(()) => {
            let image = crate::disk::read_image(&dir)?;
            let folder = world.place("");
            let station = Station::new(&folder, joiner.number, joiner.person, &image, world.seed)?;
            world.stations.push(station);
            world.roads.push(true);
            Ok(format!("{} joins with the statements of desk {from}", joiner.number))
        }
        Err(error @ NodeError::BadStatements { .. }) => {
            let words = format!("{} is not enrolled for desk {from}: {}", joiner.number, word_of(&error));
            world.joiners.push(joiner);
            Ok(words)
        }
        Err(error) => broken(format!("{} cannot join: {error}", joiner.number)),
    };
    std::fs::remove_dir_all(dir)?;
    words
}

/// A member begins an epoch, and gives its secret to nobody. That is allowed; what it must not do is stop the others
/// (`check::managers_go_on`).
fn keeps_back(world: &mut World, at: usize, compartment: CompartmentId) -> Result<String, Trouble> {
    let secrets = fixture::secrets(world.stations.get(at).ok_or(SimError::Key)?.number)?;
    let Some(hub) = &mut world.host.hub else { return Ok("the hub is off".to_owned()) };
    let view = hub.view();
    let Some(statement) = fixture::kept_back(&view.register, &secrets, compartment)? else {
        return Ok(format!("desk {at} is in no epoch"));
    };
    let id = StatementId::from_bytes(sha256(&[&statement]));
    match hub.push(vec![Push::Statement(statement)]).first() {
        Some(Outcome::Accepted { index }) => {
            world.promised.statements.insert(id, *index);
            Ok(format!("desk {at} keeps an epoch's secret back"))
        }
        Some(Outcome::Refused { code }) => Ok(format!("desk {at} is refused: {code}")),
        None => broken("the hub says nothing"),
    }
}

/// Somebody says what only managers and registrars may say. The desk must refuse, and so must the hub, which
/// is given it all the same.
pub(crate) fn forbidden(world: &mut World, rng: &mut Choices) -> Result<String, Trouble> {
    let at = any(world, rng)?;
    let number = world.next + rng.below(2);
    let (full, person) = (world.fixture.full, world.stations.first().ok_or(SimError::Key)?.person);
    let desk = world.station(at)?.desk.as_mut().ok_or(SimError::Key)?;
    let (now, me) = (desk.moment(), desk.person());
    if desk.register().is_registrar(me, now) || desk.register().is_manager(full, me, now) {
        return Ok(format!("desk {at} may"));
    }
    let said = match rng.below(4) {
        3 => return keeps_back(world, at, compartment(world, rng)),
        0 => desk.remove(full, person),
        1 => desk.revoke_person(person),
        _ => fixture::enrol(desk, number).map(drop).map_err(|error| match error {
            SimError::Node(error) => *error,
            _ => NodeError::NoMission,
        }),
    };
    match said {
        Ok(()) => return broken(format!("desk {at} says what it may not say")),
        Err(error) => drop(refused(world, at, &error)?),
    }
    let register = world.stations.get(at).and_then(|one| one.desk.as_ref()).ok_or(SimError::Key)?.register();
    let statement = fixture::ghost(
        register,
        &fixture::secrets(world.stations.get(at).ok_or(SimError::Key)?.number)?,
        number,
    )?;
    let Some(hub) = &mut world.host.hub else { return Ok(format!("desk {at} is refused by itself")) };
    let view = hub.view();
    if view.register.is_registrar(me, view.register.last()) {
        return Ok(format!("desk {at} may, for the hub"));
    }
    match hub.push(vec![Push::Statement(statement)]).first() {
        Some(Outcome::Accepted { .. }) => {
            broken(format!("the hub takes an enrolment that desk {at} may not make"))
        }
        Some(Outcome::Refused { code }) => Ok(format!("desk {at} is refused: {code}")),
        None => broken("the hub says nothing"),
    }
}
