//! What must stay true: looked for after each step, and in full when all is quiet.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, EntryId};
use counterseal_node::Desk;
use counterseal_register::{Act, HistoryRule, LogKind, PersonStatus, Statement, sha256};

use crate::act::{Face, generation, replace_if_stuck, sync_with};
use crate::mission::SimError;
use crate::rng::Choices;
use crate::session::Line;
use crate::world::{Trouble, World, Written, broken};

/// After each step: what costs little, of every desk that is open.
pub(crate) fn after_step(world: &mut World, step: u64) -> Result<(), Trouble> {
    for at in world.alive() {
        if world.stations.get(at).is_some_and(|station| station.desk.is_some()) {
            believes_one_history(world, at)?;
            keeps_what_it_said(world, at)?;
            opens_what_it_may(world, at)?;
            if step.is_multiple_of(10) {
                keeps_what_it_wrote(world, at)?;
            }
        }
    }
    witnesses_go_forward(world)?;
    hub_grows(world)?;
    if step.is_multiple_of(20) {
        hub_has_all(world)?;
        equal_frontiers_equal_stores(world)?;
    }
    Ok(())
}

/// Nobody believes in another history, and who has followed the same log has the same register.
fn believes_one_history(world: &mut World, at: usize) -> Result<(), Trouble> {
    for kind in LogKind::ALL {
        let desk = world.stations.get(at).and_then(|one| one.desk.as_ref()).ok_or(SimError::Key)?;
        if let Some(view) = desk.log(*kind)? {
            let generation = generation(desk);
            world.believed((generation, *kind, view.size), view.root, &format!("desk {at}"))?;
        }
    }
    let desk = world.stations.get(at).and_then(|one| one.desk.as_ref()).ok_or(SimError::Key)?;
    let waits = !desk.waiting_statements()?.is_empty();
    let Some(view) = desk.log(LogKind::Statements)?.filter(|_| !waits) else { return Ok(()) };
    let digest = desk.register().digest();
    let known = world.promised.registers.entry((generation(desk), view.size)).or_insert(digest);
    match *known == digest {
        true => Ok(()),
        false => broken(format!("desk {at} holds another register of the same {} leaves", view.size)),
    }
}

/// What a desk said is in the log or still waits for it; who it knew to be revoked still is.
fn keeps_what_it_said(world: &mut World, at: usize) -> Result<(), Trouble> {
    let station = world.stations.get(at).ok_or(SimError::Key)?;
    let desk = station.desk.as_ref().ok_or(SimError::Key)?;
    let waiting: BTreeSet<[u8; 32]> = desk.waiting_statements()?.iter().map(|one| sha256(&[one])).collect();
    for (id, stands) in &station.said {
        // What stood beyond the end of a hub's log waits again once the desk has heard of the end.
        let knows_the_hub = generation(desk) == world.host.generation;
        if *stands && knows_the_hub && !waiting.contains(id.as_bytes()) {
            let logged = match &world.host.hub {
                Some(hub) => {
                    hub.reader().statement_index(id.as_bytes()).map_err(|e| SimError::Hub(e.to_string()))?
                }
                None => continue,
            };
            if logged.is_none() {
                return broken(format!("desk {at} forgot a statement of its own that the log does not have"));
            }
        }
    }
    let now = desk.moment();
    let is_revoked =
        |person| matches!(desk.register().person(person, now), Some(PersonStatus::Revoked { .. }));
    if let Some(person) = station.revoked.iter().find(|person| !is_revoked(**person)) {
        return broken(format!(
            "desk {at} knew that person {} is revoked, and does not any more",
            person.short()
        ));
    }
    let known: Vec<_> = desk.register().people().filter(|person| is_revoked(*person)).collect();
    world.stations.get_mut(at).ok_or(SimError::Key)?.revoked.extend(known);
    Ok(())
}

/// A desk has the secrets of epochs that were wrapped to it, under `full` also of earlier ones, and no others.
fn opens_what_it_may(world: &World, at: usize) -> Result<(), Trouble> {
    let desk = world.stations.get(at).and_then(|one| one.desk.as_ref()).ok_or(SimError::Key)?;
    let register = desk.register();
    for (compartment, history) in
        [(world.fixture.full, HistoryRule::Full), (world.fixture.from_join, HistoryRule::FromJoin)]
    {
        let epochs = register.epochs(compartment);
        // What let it in stood beyond the end of a hub's log, and waits for the next one.
        let waits = waits_to_come_in(desk, compartment)?;
        for (number, id) in epochs.iter().enumerate().filter(|(_, id)| desk.holds(**id)) {
            let is_in = |id| register.epoch(id).is_some_and(|epoch| epoch.roster().contains(&desk.device()));
            let may = match history {
                HistoryRule::Full => waits || epochs.iter().skip(number).any(|id| is_in(*id)),
                _ => is_in(*id),
            };
            // Whoever begins an epoch knows its secret, also one that is not for themselves.
            let made_it = world.stations.get(at).is_some_and(|station| {
                station.said.contains_key(&counterseal_model::StatementId::from_bytes(*id.as_bytes()))
            });
            if !may && !made_it {
                return broken(format!(
                    "desk {at} holds the secret of epoch {number}, which it was never given"
                ));
            }
        }
    }
    Ok(())
}

/// Whether an epoch that a desk is in waits for the log.
fn waits_to_come_in(desk: &Desk, compartment: CompartmentId) -> Result<bool, Trouble> {
    let waiting = desk.waiting_statements()?;
    let lets_in = |item: &Vec<u8>| match Statement::parse(item).map(|(statement, _)| statement.act) {
        Ok(Act::BeginEpoch(act)) => act.compartment == compartment && act.roster.contains(&desk.device()),
        _ => false,
    };
    Ok(waiting.iter().any(lets_in))
}

/// What a desk wrote, it has.
fn keeps_what_it_wrote(world: &World, at: usize) -> Result<(), Trouble> {
    let station = world.stations.get(at).ok_or(SimError::Key)?;
    let held = station.inventory()?;
    let is_gone = |(id, written): &(&EntryId, &Written)| {
        !held.contains_key(id) && !station.shows(written) && !station.keeps(**id)
    };
    match station.wrote.iter().find(is_gone) {
        None => Ok(()),
        Some((id, _)) => broken(format!("desk {at} lost entry {}, which it had made durable", id.short())),
    }
}

/// A witness never cosigns less than it has.
fn witnesses_go_forward(world: &mut World) -> Result<(), Trouble> {
    let Some(hub) = &world.host.hub else { return Ok(()) };
    for (at, witness) in world.witnesses.iter().enumerate().filter(|(_, witness)| !witness.corrupt) {
        for kind in LogKind::ALL {
            let Some(last) = witness.last(hub.log_key(*kind).name()) else { continue };
            let size = last.head().size;
            let key = (at, world.host.generation, *kind);
            let before = world.promised.witnessed.insert(key, size);
            if before.is_some_and(|before| before > size) {
                return broken(format!(
                    "witness {at} went back from {} to {size} leaves",
                    before.unwrap_or(0)
                ));
            }
        }
    }
    Ok(())
}

/// The hub shows nothing that is not durable, and each leaf of the journal log stands once.
fn hub_grows(world: &World) -> Result<(), Trouble> {
    let Some(hub) = &world.host.hub else { return Ok(()) };
    let view = hub.view();
    for kind in LogKind::ALL {
        let of = view.log(*kind);
        let durable = hub.reader().size(*kind).map_err(|e| SimError::Hub(e.to_string()))?;
        let signed = of.checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.head().size);
        if of.size > durable || signed > durable {
            return broken(format!(
                "the hub shows {} leaves of the {} log and has {durable}",
                of.size,
                kind.word()
            ));
        }
    }
    Ok(())
}

/// What the hub acknowledged stands where it said, once.
pub(crate) fn hub_has_all(world: &World) -> Result<(), Trouble> {
    let Some(hub) = &world.host.hub else { return Ok(()) };
    let failed = |error: counterseal_hub::StoreError| SimError::Hub(error.to_string());
    for (id, index) in &world.promised.statements {
        if hub.reader().statement_index(id.as_bytes()).map_err(failed)? != Some(*index) {
            return broken(format!("the hub lost a statement that it acknowledged at {index}"));
        }
    }
    let leaves = hub.reader().leaves(0, usize::MAX).map_err(failed)?;
    let once: BTreeSet<_> = leaves.iter().collect();
    if once.len() != leaves.len() {
        return broken("a leaf stands twice in the journal log");
    }
    for (id, index) in &world.promised.entries {
        let there = hub.reader().entry_index(*id).map_err(failed)?;
        // A hub that was put back may have the leaf alone.
        let is_leaf = world.host.was_restored && (*index as usize) < leaves.len();
        if there != Some(*index) && !(there.is_none() && is_leaf) {
            return broken(format!("the hub lost entry {}, which it acknowledged at {index}", id.short()));
        }
    }
    Ok(())
}

/// What a desk shows of every record, and what it knows: the frontier and the store of a desk.
struct Shown {
    frontier: [u8; 32],
    store: BTreeMap<usize, [u8; 32]>,
}

fn shown(world: &World, at: usize) -> Result<Option<Shown>, Trouble> {
    let station = world.stations.get(at).ok_or(SimError::Key)?;
    let Some(desk) = station.desk.as_ref() else { return Ok(None) };
    let mut frontier = Vec::new();
    for kind in LogKind::ALL {
        frontier.extend(desk.log(*kind)?.map_or(0, |view| view.size).to_be_bytes());
    }
    for statement in desk.waiting_statements()? {
        frontier.extend(sha256(&[&statement]));
    }
    for (id, leaf) in station.inventory()? {
        frontier.extend(id.as_bytes());
        frontier.extend(leaf.unwrap_or(u64::MAX).to_be_bytes());
    }
    // Desks that hold other secrets show other things.
    for compartment in [world.fixture.full, world.fixture.from_join] {
        let held = desk.register().epochs(compartment).iter().filter(|id| desk.holds(**id));
        held.for_each(|id| frontier.extend(id.as_bytes()));
    }
    let mut store = BTreeMap::new();
    for (number, record) in world.records.iter().enumerate() {
        let Ok(history) = desk.history(*record) else { continue };
        let mut versions: Vec<_> = history.iter().map(|one| (*one.version.as_bytes(), one.head)).collect();
        versions.sort_unstable();
        let bytes: Vec<u8> =
            versions.iter().flat_map(|(id, head)| [id.as_slice(), &[u8::from(*head)]].concat()).collect();
        store.insert(number, sha256(&[&bytes]));
    }
    Ok(Some(Shown { frontier: sha256(&[&frontier]), store }))
}

/// Desks that know the same show the same. A desk's own entries that are not logged are shown to itself whatever
/// the register says, so only desks without any are compared.
fn equal_frontiers_equal_stores(world: &World) -> Result<(), Trouble> {
    let mut seen: BTreeMap<[u8; 32], (usize, Shown)> = BTreeMap::new();
    for at in world.alive() {
        let unlogged = match world.stations.get(at).and_then(|one| one.desk.as_ref()) {
            Some(desk) => !desk.unlogged()?.is_empty(),
            None => true,
        };
        let Some(shown) = shown(world, at)?.filter(|_| !unlogged) else { continue };
        match seen.get(&shown.frontier) {
            None => drop(seen.insert(shown.frontier, (at, shown))),
            Some((_, before)) if before.store == shown.store => {}
            Some((other, before)) => {
                let differs = (0..world.records.len()).find(|n| before.store.get(n) != shown.store.get(n));
                return broken(format!(
                    "desks {other} and {at} know the same and show note {} differently",
                    differs.unwrap_or(0)
                ));
            }
        }
    }
    Ok(())
}

/// Everything heals: the hub and all witnesses run and are honest, all roads are open, and everybody syncs until
/// nothing changes any more. Then everything promised must be there.
pub(crate) fn quiet(world: &mut World, rng: &mut Choices) -> Result<(), Trouble> {
    world.face = None;
    world.slow.clear();
    world.roads.fill(true);
    world.witnesses.iter_mut().for_each(|witness| witness.reachable = true);
    crate::act::start_hub(world)?;
    replace_if_stuck(world)?;
    let mut still = 0;
    for _ in 0..30 {
        let changed = round(world, rng)?;
        still = if changed { 0 } else { still + 1 };
        if still == 2 {
            break;
        }
    }
    if still < 2 {
        return broken("desks and hub do not come to rest");
    }
    after_step(world, 0)?;
    nothing_is_lost(world)?;
    equal_sets(world)?;
    verifies(world)?;
    managers_go_on(world)
}

/// Whoever manages a compartment can begin its next epoch and write under it, whatever members did before. The last that
/// is looked at: it changes what it looks at.
fn managers_go_on(world: &mut World) -> Result<(), Trouble> {
    for compartment in [world.fixture.full, world.fixture.from_join] {
        for at in entitled(world, compartment)? {
            let desk = world.station(at)?.desk.as_mut().ok_or(SimError::Key)?;
            if !desk.register().is_manager(compartment, desk.person(), desk.moment()) {
                continue;
            }
            let note = Body::Note(Box::new(Note { text: "after all".into(), ..Note::default() }));
            let begun = desk.rekey(compartment);
            let went_on = begun
                .and_then(|()| desk.record_new(compartment, note, Classification::Unclassified).map(drop));
            if let Err(error) = went_on {
                return broken(format!("desk {at} manages a compartment and cannot go on: {error}"));
            }
        }
    }
    Ok(())
}

fn verifies(world: &mut World) -> Result<(), Trouble> {
    for at in world.alive() {
        let desk = world.station(at)?.desk.as_ref().ok_or(SimError::Key)?;
        if let Err(error) = desk.verify(&mut |_, _| {}) {
            return broken(format!("desk {at} does not verify: {error}"));
        }
        for record in &world.stolen {
            let desk = world.stations.get(at).and_then(|one| one.desk.as_ref()).ok_or(SimError::Key)?;
            if desk.record(*record).is_ok() {
                return broken(format!("desk {at} shows what a revoked device wrote afterwards"));
            }
        }
    }
    Ok(())
}

/// Everybody syncs once; whether anything changed.
fn round(world: &mut World, rng: &mut Choices) -> Result<bool, Trouble> {
    // What a hub that lied held back at the end of a journal comes when a desk asks for everything anew.
    let line = Line { cut: None, pieces: false, withholds: false, anew: world.lied };
    world.quiet_rounds += 1;
    let before = state(world)?;
    for at in world.alive() {
        let words = sync_with(world, at, Face::True, &line, rng)?;
        world.note(format!("quiet: {words}"));
    }
    world.pass(120);
    world.tick(rng)?;
    world.host.open_if_current(&world.witnesses)?;
    Ok(state(world)? != before)
}

fn state(world: &mut World) -> Result<Vec<[u8; 32]>, Trouble> {
    let mut state = Vec::new();
    for at in world.alive() {
        world.station(at)?;
        if let Some(shown) = shown(world, at)? {
            let records: Vec<u8> = shown.store.values().flatten().copied().collect();
            state.push(sha256(&[&shown.frontier, &records]));
        }
    }
    let sizes =
        world.host.hub.as_ref().map(|hub| hub.view()).map(|view| (view.statements.size, view.journal.size));
    let (statements, journal) = sizes.unwrap_or_default();
    // Marks alone are no change: one follows on the other.
    let _statements = statements;
    state.push(sha256(&[&journal.to_be_bytes()]));
    Ok(state)
}

/// Who is entitled to the entries of a compartment: devices that are in its newest epochs.
fn entitled(world: &World, compartment: CompartmentId) -> Result<Vec<usize>, Trouble> {
    let hub = world.host.hub.as_ref().ok_or(SimError::Key)?;
    let view = hub.view();
    let now = view.register.last();
    let heads = view.register.epoch_heads(compartment);
    let mut members = Vec::new();
    for at in world.alive() {
        let Some(desk) = world.stations.get(at).and_then(|one| one.desk.as_ref()) else { continue };
        let is_in = |epoch: &_| {
            view.register.epoch_devices(*epoch, now).is_some_and(|of| of.members.contains(&desk.device()))
        };
        let active = view.register.device(desk.device(), now).map(|one| one.status);
        if heads.iter().any(is_in) && active == Some(counterseal_register::DeviceStatus::Active) {
            members.push(at);
        }
    }
    Ok(members)
}

/// Everything that was durable anywhere is on every desk that is entitled to it, and in the log.
fn nothing_is_lost(world: &World) -> Result<(), Trouble> {
    let mut held: BTreeMap<usize, BTreeMap<EntryId, Option<u64>>> = BTreeMap::new();
    for at in world.alive() {
        held.insert(at, world.stations.get(at).ok_or(SimError::Key)?.inventory()?);
    }
    let members = [world.fixture.full, world.fixture.from_join]
        .map(|id| entitled(world, id).map(|members| (id, members)));
    let members: BTreeMap<_, _> = members.into_iter().collect::<Result<_, _>>()?;
    for (id, written) in &world.promised.written {
        // What a hub that was put back had alone, but for a device that may not speak to it any more, is gone with
        // its disk.
        let acknowledged = world.promised.entries.contains_key(id) && !world.host.was_restored;
        if !acknowledged && !may_reach_the_hub(world, *id, &held) {
            continue;
        }
        for at in members.get(&written.compartment).into_iter().flatten() {
            let has = held.get(at).is_some_and(|of| of.contains_key(id));
            let shows = world.stations.get(*at).is_some_and(|station| station.shows(written));
            if !has && !shows {
                return broken(format!("entry {} is not on desk {at}, which is entitled to it", id.short()));
            }
        }
    }
    in_the_log(world, &held)
}

/// What desks that may speak to the hub have is in the log, as it is or sealed anew.
fn in_the_log(world: &World, held: &BTreeMap<usize, BTreeMap<EntryId, Option<u64>>>) -> Result<(), Trouble> {
    let leaves: BTreeSet<EntryId> =
        held.values().flatten().filter(|(_, leaf)| leaf.is_some()).map(|(id, _)| *id).collect();
    for (at, of) in held {
        let station = world.stations.get(*at).ok_or(SimError::Key)?;
        for (id, leaf) in of.iter().filter(|(id, _)| !leaves.contains(id)) {
            let Some(written) = world.promised.written.get(id) else { continue };
            let others = world.stations.iter().filter(|other| other.number != station.number);
            let sealed_anew = others.into_iter().any(|other| other.shows(written));
            if leaf.is_none() && may_reach_the_hub(world, *id, held) && !sealed_anew {
                return broken(format!("entry {} is on desk {at} and not in the log", id.short()));
            }
        }
    }
    Ok(())
}

/// An entry that the hub never acknowledged is there to be had if someone who may speak to the hub has it.
fn may_reach_the_hub(
    world: &World,
    id: EntryId,
    held: &BTreeMap<usize, BTreeMap<EntryId, Option<u64>>>,
) -> bool {
    let Some(hub) = &world.host.hub else { return false };
    let view = hub.view();
    let now = view.register.last();
    // Under an epoch that never came to stand, it is its author's to write again, and nobody else's
    // (docs/decisions/0015).
    let written = world.promised.written.get(&id);
    let only = written.filter(|written| view.register.epoch(written.epoch).is_none()).map(|one| one.author);
    held.iter().any(|(at, of)| {
        let device = world.stations.get(*at).and_then(|one| one.desk.as_ref()).map(|desk| desk.device());
        if only.is_some_and(|author| device != Some(author)) {
            return false;
        }
        let status = device.and_then(|device| view.register.device(device, now)).map(|one| one.status);
        of.contains_key(&id) && status == Some(counterseal_register::DeviceStatus::Active)
    })
}

/// Members of the same compartments with the same secrets show the same.
fn equal_sets(world: &World) -> Result<(), Trouble> {
    equal_frontiers_equal_stores(world)
}
