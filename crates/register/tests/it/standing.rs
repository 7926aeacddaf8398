use crate::common::*;
use crate::entries::{header, signed_header};
use counterseal_model::{EntryId, Timestamp};
use counterseal_register::*;

fn entry(world: &World, dev: &Dev, epoch: counterseal_model::EpochId) -> VerifiedHeader {
    let header =
        EntryHeader { mission: world.register.mission(), compartment: SOURCES, epoch, ..header(dev) };
    verify_header(&signed_header(&header, dev), &dev.keys).unwrap()
}

fn standing(world: &World, entry: &VerifiedHeader, leaf: Moment) -> EntryStanding {
    world.register.standing_of(entry, leaf).unwrap()
}

#[test]
fn an_entry_logged_before_its_devices_revocation_is_settled_and_after_it_late() {
    let (mut world, first) = World::full();
    let entry = entry(&world, &world.ben, first);
    let before = world.now();
    world.by_registrar(revoke(&Dev::new(person(4), 4))).unwrap();
    assert_eq!(standing(&world, &entry, before), EntryStanding::Settled);
    assert_eq!(standing(&world, &entry, world.now()), EntryStanding::Late(LateReason::DeviceRevoked));
}

#[test]
fn an_entry_logged_after_its_epochs_successor_is_late_until_a_manager_accepts_it() {
    let (mut world, first) = World::full();
    let entry = entry(&world, &world.ana, first);
    let before = world.now();
    let roster = world.everyone();
    world.begin(&[first], &roster, EpochReason::Rekey);
    let after = world.now();
    assert_eq!(standing(&world, &entry, before), EntryStanding::Settled);
    assert_eq!(standing(&world, &entry, after), EntryStanding::Late(LateReason::EpochSucceeded));
    let accept = AcceptLate { compartment: SOURCES, entries: vec![entry.id()], extra: Default::default() };
    world.by_manager(accept).unwrap();
    assert_eq!(standing(&world, &entry, after), EntryStanding::Accepted);
}

#[test]
fn an_admission_makes_nobody_late_and_a_removal_after_it_does() {
    let (mut world, first) = World::full();
    let entry = entry(&world, &world.ana, first);
    let new = world.another(9);
    let everyone = world.everyone();
    let with_new: Vec<_> = everyone.iter().copied().chain([new.id()]).collect();
    let second = world.begin(&[first], &with_new, EpochReason::Admit);
    assert!(world.register.epoch(first).unwrap().succeeded().is_some());
    assert_eq!(standing(&world, &entry, world.now()), EntryStanding::Settled);
    let admitted = world.now();
    // Ben goes: who has the first secret includes him, two epochs back.
    let ben = world.ben.id();
    let without: Vec<_> = with_new.into_iter().filter(|device| *device != ben).collect();
    world.begin(&[second], &without, EpochReason::Remove);
    assert_eq!(standing(&world, &entry, world.now()), EntryStanding::Late(LateReason::EpochSucceeded));
    assert_eq!(standing(&world, &entry, admitted), EntryStanding::Settled, "at its own time it was not");
}

#[test]
fn an_admission_that_leaves_somebody_out_makes_late() {
    let (mut world, first) = World::full();
    let entry = entry(&world, &world.ana, first);
    let new = world.another(9);
    let ben = world.ben.id();
    let roster: Vec<_> = world.everyone().into_iter().filter(|d| *d != ben).chain([new.id()]).collect();
    world.begin(&[first], &roster, EpochReason::Admit);
    assert_eq!(standing(&world, &entry, world.now()), EntryStanding::Late(LateReason::EpochSucceeded));
}

#[test]
fn an_entry_of_a_removed_device_on_a_concurrent_branch_is_late() {
    let (mut world, first) = World::full();
    let (manager, ana, ben) = (world.manager.id(), world.ana.id(), world.ben.id());
    world.begin(&[first], &[manager, ana], EpochReason::Remove);
    let ignorant = world.begin(&[first], &[manager, ana, ben], EpochReason::Rekey);
    let entry = entry(&world, &world.ben, ignorant);
    assert_eq!(standing(&world, &entry, world.now()), EntryStanding::Late(LateReason::DeviceRemoved));
}

#[test]
fn an_entry_logged_after_the_assignment_ended_is_late() {
    let (mut world, _) = World::full();
    let end = world.time + DAY;
    world.by_registrar(enrol_person(person(9), Some(end))).unwrap();
    let dev = Dev::new(person(9), 9);
    world.enrol_device(&dev).unwrap();
    let heads = world.register.epoch_heads(SOURCES);
    let second = world.begin(&heads, &[world.manager.id(), dev.id()], EpochReason::Admit);
    let entry = entry(&world, &dev, second);
    let at = |time| Moment::new(LogPosition::new(world.index), Timestamp(time));
    assert_eq!(standing(&world, &entry, at(end - 1)), EntryStanding::Settled);
    assert_eq!(standing(&world, &entry, at(end)), EntryStanding::Late(LateReason::AssignmentEnded));
}

#[test]
fn an_entry_from_nowhere_never_stands() {
    let (mut world, first) = World::full();
    let outsider = world.another(9);
    let refuse = |world: &World, header: EntryHeader, dev: &Dev, code: &str| {
        let entry = verify_header(&signed_header(&header, dev), &dev.keys).unwrap();
        assert_eq!(world.register.standing_of(&entry, world.now()).unwrap_err().code(), code);
    };
    let good = entry(&world, &world.ana, first).header().clone();
    refuse(
        &world,
        EntryHeader { mission: counterseal_model::MissionId::from_bytes([0; 32]), ..good.clone() },
        &world.ana,
        "mission-other",
    );
    refuse(&world, EntryHeader { compartment: MISSION_WIDE, ..good.clone() }, &world.ana, "epoch-unknown");
    refuse(
        &world,
        EntryHeader { epoch: counterseal_model::EpochId::from_bytes([1; 32]), ..good.clone() },
        &world.ana,
        "epoch-unknown",
    );
    refuse(&world, EntryHeader { device: outsider.id(), ..good }, &outsider, "not-a-member");
}

#[test]
fn the_rule_is_the_charters_at_that_epoch() {
    let (mut world, first) = World::full();
    let open = entry(&world, &world.ana, first);
    let tighter = SetOpeningRule { compartment: SOURCES, rule: Rule::TwoSeal, extra: Default::default() };
    world.by_govs(tighter).unwrap();
    // The epoch began open and stays so; the next one is guarded, and an open entry in it is refused.
    assert_eq!(standing(&world, &open, world.now()), EntryStanding::Settled);
    let roster = world.everyone();
    let second = world.begin(&[first], &roster, EpochReason::Rekey);
    let smuggled = entry(&world, &world.ana, second);
    assert_eq!(world.register.standing_of(&smuggled, world.now()).unwrap_err().code(), "entry-rule-mismatch");
    let set = world.by_govs(crate::trustees::set(&[51, 52, 53], 2)).unwrap().id;
    let mut guarded = crate::guarded_entries::guard(EntryHeader {
        mission: world.register.mission(),
        compartment: SOURCES,
        epoch: second,
        ..header(&world.ana)
    });
    guarded.trustee_set = Some(set);
    let standing_of = |header: &EntryHeader| {
        let entry = verify_header(&signed_header(header, &world.ana), &world.ana.keys).unwrap();
        world.register.standing_of(&entry, world.now())
    };
    assert_eq!(standing_of(&guarded).unwrap(), EntryStanding::Settled);
    // Only trustees that were in force hold what opens it, and all of them.
    let unknown = Some(counterseal_model::StatementId::from_bytes([7; 32]));
    let odd = standing_of(&EntryHeader { trustee_set: unknown, ..guarded.clone() });
    assert_eq!(odd.unwrap_err().code(), "trustee-set-unknown");
    let mut fewer = guarded.clone();
    fewer.trustees.pop();
    for guard in fewer.parts.iter_mut().filter_map(|part| part.guard.as_mut()) {
        guard.points.truncate(2);
        guard.pads.truncate(2);
    }
    assert_eq!(standing_of(&fewer).unwrap_err().code(), "not-the-trustees");
    // Nor does a guarded entry stand in an open epoch: nobody could open it by that epoch's rule.
    let odd = standing_of(&EntryHeader { epoch: first, ..guarded });
    assert_eq!(odd.unwrap_err().code(), "entry-rule-mismatch");
    assert_eq!(world.register.charter_of_epoch(first).unwrap().rule, Rule::Open);
    assert_eq!(world.register.charter_of_epoch(second).unwrap().rule, Rule::TwoSeal);
}

#[test]
fn an_accepted_list_does_not_reach_into_another_compartment() {
    let (mut world, first) = World::full();
    let entry = entry(&world, &world.ana, first);
    let roster = world.everyone();
    world.begin(&[first], &roster, EpochReason::Rekey);
    let accept =
        AcceptLate { compartment: MISSION_WIDE, entries: vec![entry.id()], extra: Default::default() };
    world.by_registrar(accept).unwrap();
    assert!(matches!(standing(&world, &entry, world.now()), EntryStanding::Late(_)));
    let other = AcceptLate {
        compartment: SOURCES,
        entries: vec![EntryId::from_bytes([1; 32])],
        extra: Default::default(),
    };
    world.by_manager(other).unwrap();
    assert!(matches!(standing(&world, &entry, world.now()), EntryStanding::Late(_)));
}
