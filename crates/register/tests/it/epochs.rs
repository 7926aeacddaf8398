use crate::common::*;
use counterseal_model::EpochId;
use counterseal_register::*;

#[test]
fn the_first_epoch_begins_with_its_roster_and_no_predecessor() {
    let (world, first) = World::full();
    let epoch = world.register.epoch(first).unwrap();
    assert_eq!(epoch.roster(), world.everyone());
    assert_eq!(
        (epoch.signer(), epoch.rule(), epoch.history()),
        (world.manager.id(), Rule::Open, HistoryRule::Full)
    );
    assert_eq!(world.register.epoch_heads(SOURCES), [first]);
    assert_eq!(world.register.write_epoch(SOURCES, world.now()), Some(first));
}

#[test]
fn only_a_manager_begins_the_first_epoch_or_changes_a_roster() {
    let mut world = World::with_charter(Charter::new(Rule::Open, HistoryRule::Full));
    let roster = world.everyone();
    let create = world.epoch(&[], &roster, EpochReason::Create);
    refused(world.by_ana(create), "not-a-manager");
    let (mut world, first) = World::full();
    let new = world.another(9);
    let mut with_new = world.everyone();
    with_new.push(new.id());
    let admit = world.epoch(&[first], &with_new, EpochReason::Admit);
    refused(world.by_ana(admit), "not-a-manager");
    let disguised = world.epoch(&[first], &with_new, EpochReason::Rekey);
    refused(world.by_ana(disguised), "roster-not-kept");
    let without_ben = world.epoch(&[first], &[world.manager.id(), world.ana.id()], EpochReason::Rekey);
    refused(world.by_ana(without_ben), "roster-not-kept");
}

#[test]
fn no_roster_holds_a_device_that_is_not_active() {
    let (mut world, first) = World::full();
    let unknown = Dev::new(person(9), 9);
    let everyone = world.everyone();
    let with = |world: &World, dev: &Dev| {
        let mut roster = everyone.clone();
        roster.push(dev.id());
        world.epoch(&[first], &roster, EpochReason::Admit)
    };
    let act = with(&world, &unknown);
    refused(world.by_manager(act), "roster-not-active");
    let end = world.time + DAY;
    world.by_registrar(enrol_person(person(9), Some(end))).unwrap();
    world.enrol_device(&unknown).unwrap();
    world.time = end;
    let act = with(&world, &unknown);
    refused(world.by_manager(act), "roster-not-active");
    world.by_registrar(revoke(&Dev::new(person(4), 4))).unwrap();
    let act = world.epoch(&[first], &everyone, EpochReason::Rekey);
    refused(world.by_manager(act), "roster-not-active");
}

#[test]
fn a_roster_is_ordered_distinct_and_not_empty() {
    let (mut world, first) = World::full();
    let good = world.epoch(&[first], &world.everyone(), EpochReason::Rekey);
    let mut reversed = good.clone();
    reversed.roster.reverse();
    let mut twice = good.clone();
    twice.roster.insert(0, twice.roster[0]);
    let empty = BeginEpoch { roster: vec![], ..good.clone() };
    let long = BeginEpoch { roster: vec![good.roster[0]; 4097], ..good };
    for bad in [reversed, twice, empty, long] {
        refused(world.by_manager(bad), "roster-bad");
    }
}

#[test]
fn an_epoch_follows_epochs_of_its_own_compartment() {
    let (mut world, first) = World::full();
    let roster = world.everyone();
    let good = world.epoch(&[first], &roster, EpochReason::Rekey);
    let none = BeginEpoch { joins: vec![], previous: vec![], ..good.clone() };
    refused(world.by_manager(none.clone()), "epoch-joins-bad");
    refused(world.by_manager(BeginEpoch { reason: EpochReason::Create, ..none }), "epoch-joins-bad");
    refused(world.by_manager(BeginEpoch { reason: EpochReason::Create, ..good.clone() }), "epoch-joins-bad");
    refused(world.by_manager(BeginEpoch { joins: vec![first, first], ..good.clone() }), "epoch-joins-bad");
    let unknown = EpochId::from_bytes([1; 32]);
    refused(world.by_manager(BeginEpoch { joins: vec![unknown], ..good.clone() }), "epoch-unknown");
    // Of another compartment.
    let wide = BeginEpoch { compartment: MISSION_WIDE, ..world.epoch(&[], &roster, EpochReason::Create) };
    let wide = EpochId::from_bytes(*world.by_registrar(wide).unwrap().id.as_bytes());
    refused(world.by_manager(BeginEpoch { joins: vec![wide], ..good }), "epoch-unknown");
    let nowhere = counterseal_model::CompartmentId::from_bytes([1; 16]);
    let lost = BeginEpoch { compartment: nowhere, ..world.epoch(&[], &roster, EpochReason::Create) };
    refused(world.by_manager(lost), "predecessor-unknown");
}

#[test]
fn a_reason_does_not_hide_an_admission() {
    let (mut world, first) = World::full();
    let new = world.another(9);
    let with_new = [world.manager.id(), new.id()];
    for reason in [EpochReason::Remove, EpochReason::Rekey, EpochReason::Join] {
        let act = world.epoch(&[first], &with_new, reason);
        refused(world.by_manager(act), "epoch-reason-mismatch");
    }
    let join_of_one = world.epoch(&[first], &world.everyone(), EpochReason::Join);
    refused(world.by_manager(join_of_one), "epoch-reason-mismatch");
    world.begin(&[first], &with_new, EpochReason::Admit);
}

#[test]
fn a_removed_device_may_not_write_and_its_epoch_has_a_successor() {
    let (mut world, first) = World::full();
    let before = world.now();
    let second = world.begin(&[first], &[world.manager.id(), world.ana.id()], EpochReason::Remove);
    let at = world.now();
    assert_eq!(world.register.write_epoch(SOURCES, at), Some(second));
    assert_eq!(world.register.epoch(first).unwrap().succeeded().unwrap().0, second);
    assert!(world.register.may_write(world.ben.id(), first, before).is_ok());
    assert_eq!(world.register.may_write(world.ben.id(), first, at).unwrap_err().code(), "device-removed");
    assert_eq!(world.register.may_write(world.ben.id(), second, at).unwrap_err().code(), "not-a-member");
    assert_eq!(world.register.may_write(world.ana.id(), second, before).unwrap_err().code(), "epoch-unknown");
    assert!(world.register.may_write(world.ana.id(), second, at).is_ok());
}

#[test]
fn any_member_rekeys_after_a_revocation_while_the_managers_are_away() {
    let (mut world, first) = World::full();
    world.by_registrar(revoke(&Dev::new(person(4), 4))).unwrap();
    assert_eq!(world.register.write_epoch(SOURCES, world.now()), None);
    assert_eq!(world.register.epoch_devices(first, world.now()).unwrap().gone, [world.ben.id()]);
    let ben = world.register.may_write(world.ben.id(), first, world.now());
    assert_eq!(ben.unwrap_err().code(), "signer-not-active");
    let outsider = world.another(9);
    let act = world.epoch(&[first], &[world.manager.id(), world.ana.id()], EpochReason::Rekey);
    let bytes = world.bytes(act.clone(), &By::Dev(&outsider));
    refused(world.apply(&bytes), "not-a-member");
    let second = world.by_ana(act).unwrap().id;
    assert_eq!(
        world.register.write_epoch(SOURCES, world.now()),
        Some(EpochId::from_bytes(*second.as_bytes()))
    );
}

#[test]
fn a_removed_member_does_not_come_back_by_a_rekey_from_an_older_epoch() {
    let (mut world, first) = World::full();
    let everyone = world.everyone();
    world.begin(&[first], &[world.manager.id(), world.ana.id()], EpochReason::Remove);
    let back = world.epoch(&[first], &everyone, EpochReason::Rekey);
    let bytes = world.bytes(back, &By::Dev(&world.ben));
    refused(world.apply(&bytes), "roster-not-kept");
}

#[test]
fn concurrent_epochs_are_heads_until_a_manager_joins_them() {
    let (mut world, first) = World::full();
    let roster = world.everyone();
    // Ana rekeys; the manager, who has not seen it, admits someone after the same epoch.
    let new = world.another(9);
    let rekey = world.epoch(&[first], &roster, EpochReason::Rekey);
    let a = EpochId::from_bytes(*world.by_ana(rekey).unwrap().id.as_bytes());
    let mut with_new = roster.clone();
    with_new.push(new.id());
    let b = world.begin(&[first], &with_new, EpochReason::Admit);
    assert_eq!(world.register.epoch_heads(SOURCES), {
        let mut heads = vec![a, b];
        heads.sort();
        heads
    });
    assert_eq!(world.register.write_epoch(SOURCES, world.now()), Some(b));
    for epoch in [a, b] {
        assert!(world.register.may_write(world.ana.id(), epoch, world.now()).is_ok());
    }
    let joined = world.begin(&[a, b], &with_new, EpochReason::Join);
    assert_eq!(world.register.epoch_heads(SOURCES), [joined]);
}

#[test]
fn joining_fewer_heads_leaves_the_others() {
    let (mut world, first) = World::full();
    let roster = world.everyone();
    let [a, b] = [0, 1].map(|_| {
        world.time += 1;
        world.begin(&[first], &roster, EpochReason::Rekey)
    });
    let next = world.begin(&[a], &roster, EpochReason::Rekey);
    assert_eq!(world.register.epoch_heads(SOURCES), {
        let mut heads = vec![next, b];
        heads.sort();
        heads
    });
}

#[test]
fn a_removal_counts_on_the_branch_that_did_not_know_of_it() {
    let (mut world, first) = World::full();
    let (manager, ana, ben) = (world.manager.id(), world.ana.id(), world.ben.id());
    let new = world.another(9);
    let removal = world.begin(&[first], &[manager, ana], EpochReason::Remove);
    let ignorant = world.begin(&[first], &[manager, ana, ben, new.id()], EpochReason::Admit);
    // Nobody writes where the removed one reads.
    assert_eq!(world.register.write_epoch(SOURCES, world.now()), Some(removal));
    assert_eq!(world.register.may_write(ben, ignorant, world.now()).unwrap_err().code(), "device-removed");
    // A join that keeps Ben says so: it admits him.
    let heads = [removal, ignorant];
    let disguised = world.epoch(&heads, &[manager, ana, ben, new.id()], EpochReason::Join);
    refused(world.by_manager(disguised), "epoch-reason-mismatch");
    // A member's rekey of the ignorant branch leaves him out.
    let rekey = world.epoch(&[ignorant], &[manager, ana, ben, new.id()], EpochReason::Rekey);
    refused(world.by_ana(rekey), "roster-not-kept");
    let joined = world.begin(&heads, &[manager, ana, new.id()], EpochReason::Join);
    assert_eq!(world.register.write_epoch(SOURCES, world.now()), Some(joined));
    // And a manager who knows may admit him again.
    let back = world.begin(&[joined], &[manager, ana, ben, new.id()], EpochReason::Admit);
    assert!(world.register.may_write(ben, back, world.now()).is_ok());
}

#[test]
fn an_epoch_may_follow_one_whose_secret_its_author_does_not_have() {
    // Ana keeps it to herself; whoever follows cannot seal it, and joins what it followed beside it.
    let (mut world, first) = World::full();
    let everyone = world.everyone();
    let kept = EpochId::from_bytes(
        *world.by_ana(world.epoch(&[first], &everyone, EpochReason::Rekey)).unwrap().id.as_bytes(),
    );
    let both = world.epoch(&[first, kept], &everyone, EpochReason::Rekey);
    let mut reversed = both.clone();
    reversed.previous.reverse();
    refused(world.by_manager(reversed), "epoch-previous-bad");
    let without: Vec<_> = both.previous.iter().filter(|one| one.epoch == first).cloned().collect();
    let next = world.by_manager(BeginEpoch { previous: without, ..both }).unwrap().id;
    let next = EpochId::from_bytes(*next.as_bytes());
    assert_eq!(world.register.epoch_heads(SOURCES), [next]);
    let alone = world.epoch(&[next], &everyone, EpochReason::Rekey);
    world.by_ana(BeginEpoch { previous: vec![], ..alone }).unwrap();
}

#[test]
fn under_full_joined_secrets_are_sealed_and_no_others() {
    let (mut world, first) = World::full();
    let good = world.epoch(&[first], &world.everyone(), EpochReason::Rekey);
    let mut other = good.clone();
    other.previous[0].epoch = EpochId::from_bytes([1; 32]);
    refused(world.by_manager(other), "epoch-previous-bad");
    let mut twice = good.clone();
    twice.previous.push(twice.previous[0].clone());
    refused(world.by_manager(twice), "epoch-previous-bad");
    world.by_manager(good).unwrap();
}

#[test]
fn from_join_never_becomes_full_for_epochs_begun() {
    let (mut world, first) = World::full_with(Charter::new(Rule::Open, HistoryRule::FromJoin));
    let roster = world.everyone();
    let seal = |epoch| vec![PreviousSecret { epoch, sealed: [5; 48] }];
    let good = world.epoch(&[first], &roster, EpochReason::Rekey);
    refused(world.by_manager(BeginEpoch { previous: seal(first), ..good.clone() }), "epoch-previous-bad");
    let charter = Charter::new(Rule::Open, HistoryRule::Full);
    world.by_manager(AmendCharter { compartment: SOURCES, charter, extra: Default::default() }).unwrap();
    // The charter says full now; the first epoch began under from-join and stays shut.
    refused(world.by_manager(BeginEpoch { previous: seal(first), ..good }), "epoch-previous-bad");
    let second = world.begin(&[first], &roster, EpochReason::Rekey);
    let third = world.epoch(&[second], &roster, EpochReason::Rekey);
    assert_eq!(third.previous.len(), 1);
    world.by_manager(third).unwrap();
}

#[test]
fn while_from_join_holds_no_secret_is_handed_on() {
    let (mut world, first) = World::full();
    let sealing = world.epoch(&[first], &world.everyone(), EpochReason::Rekey);
    let charter = Charter::new(Rule::Open, HistoryRule::FromJoin);
    world.by_manager(AmendCharter { compartment: SOURCES, charter, extra: Default::default() }).unwrap();
    refused(world.by_manager(sealing.clone()), "epoch-previous-bad");
    world.by_manager(BeginEpoch { previous: vec![], ..sealing }).unwrap();
}

#[test]
fn a_members_rekey_removes_nobody() {
    let (mut world, first) = World::full();
    let ends = |n, until: i64| ExtendAppointment {
        person: person(n),
        until: Some(counterseal_model::Timestamp(until)),
        extra: Default::default(),
    };
    world.by_registrar(ends(4, world.time + 1)).unwrap();
    world.time += 1;
    let rekey = world.epoch(&[first], &[world.manager.id(), world.ana.id()], EpochReason::Rekey);
    world.by_ana(rekey).unwrap();
    world.by_registrar(ends(4, world.time + DAY)).unwrap();
    // Ben's assignment goes on; that he is out of the newest roster is for a manager to settle.
    assert!(world.register.may_write(world.ben.id(), first, world.now()).is_ok());
}

#[test]
fn wraps_name_exactly_the_roster_once_and_come_from_who_began_the_epoch() {
    let (mut world, first) = World::full();
    let roster = world.everyone();
    let good = wraps(first, &roster);
    refused(world.by_ana(good.clone()), "not-the-epochs-signer");
    refused(world.by_manager(wraps(EpochId::from_bytes([1; 32]), &roster)), "epoch-unknown");
    refused(world.by_manager(wraps(first, &roster[1..])), "wraps-not-the-roster");
    let ghost = world.another(9);
    let more = sorted([roster.clone(), vec![ghost.id()]].concat());
    refused(world.by_manager(wraps(first, &more)), "wraps-not-the-roster");
    let mut reversed = good.clone();
    reversed.wraps.reverse();
    refused(world.by_manager(reversed), "wraps-not-the-roster");
    world.by_manager(good.clone()).unwrap();
    world.time += 1;
    refused(world.by_manager(good), "epoch-already-wrapped");
    assert_eq!(world.register.epoch(first).unwrap().wraps_for(world.ana.id()).count(), 1);
    assert_eq!(world.register.epoch(first).unwrap().wraps_for(ghost.id()).count(), 0);
}

#[test]
fn any_member_repairs_wraps_and_only_for_the_roster() {
    let (mut world, first) = World::full();
    let repair = |devices: &[counterseal_model::DeviceId]| RepairWraps {
        compartment: SOURCES,
        epoch: first,
        wraps: devices.iter().map(|d| wrap(*d)).collect(),
        extra: Default::default(),
    };
    let outsider = world.another(9);
    let ana = world.ana.id();
    let bytes = world.bytes(repair(&[ana]), &By::Dev(&outsider));
    refused(world.apply(&bytes), "not-a-member");
    for bad in [vec![], vec![outsider.id()], vec![ana, ana]] {
        refused(world.by_ana(repair(&bad)), "wraps-not-the-roster");
    }
    refused(
        world.by_ana(RepairWraps { epoch: EpochId::from_bytes([1; 32]), ..repair(&[ana]) }),
        "epoch-unknown",
    );
    world.by_ana(repair(&[world.everyone()[0]])).unwrap();
    let bytes = world.bytes(repair(&[ana]), &By::Dev(&world.ben));
    world.apply(&bytes).unwrap();
    assert!(world.register.epoch(first).unwrap().wraps_for(ana).count() >= 1);
    // Someone removed since repairs nothing.
    world.begin(&[first], &[world.manager.id(), ana], EpochReason::Remove);
    let bytes = world.bytes(repair(&[ana]), &By::Dev(&world.ben));
    world.time += 1;
    refused(world.apply(&bytes), "not-a-member");
}
