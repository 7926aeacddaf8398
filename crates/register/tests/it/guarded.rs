//! Withdrawal, hold and erasure: a coerced victim is how a host destroys evidence (PROTOCOL section 8).

use crate::common::*;
use counterseal_model::{EntryId, StatementId};
use counterseal_register::*;

fn part(n: u8) -> PartRef {
    PartRef { entry: EntryId::from_bytes([n; 32]), index: 0 }
}

fn reason() -> Code {
    Code::parse("consent-withdrawn").unwrap()
}

fn withdraw(parts: &[PartRef]) -> Withdraw {
    Withdraw { compartment: SOURCES, parts: parts.to_vec(), reason: reason(), extra: Default::default() }
}

fn hold(parts: &[PartRef]) -> HoldParts {
    HoldParts { compartment: SOURCES, parts: parts.to_vec(), reason: reason(), extra: Default::default() }
}

fn erase(parts: &[PartRef]) -> Erase {
    Erase { compartment: SOURCES, parts: parts.to_vec(), extra: Default::default() }
}

fn lift_withdrawal(withdrawal: StatementId) -> LiftWithdrawal {
    LiftWithdrawal { compartment: SOURCES, withdrawal, extra: Default::default() }
}

fn lift_hold(hold: StatementId) -> LiftHold {
    LiftHold { compartment: SOURCES, hold, extra: Default::default() }
}

/// A compartment with a cooling-off of ten days, and Officer nine, who answers for data protection and is in no roster.
fn world() -> (World, Dev) {
    let charter = Charter { cooling_off_days: Some(10), ..Charter::new(Rule::TwoSeal, HistoryRule::Full) };
    let (mut world, _) = World::full_with(charter);
    let officer = world.another(9);
    let appoint = AppointOfficer {
        person: officer.person,
        office: Office::DataProtection,
        section: None,
        until: None,
        extra: Default::default(),
    };
    world.by_govs(appoint).unwrap();
    (world, officer)
}

fn two(world: &mut World, officer: &Dev, act: impl Into<Act>) -> Result<Applied, Refusal> {
    let bytes = world.bytes(act, &By::Devs(&[&world.manager, officer]));
    world.apply(&bytes)
}

fn state(world: &World, n: u8) -> PartState {
    world.register.part_state(SOURCES, part(n), world.now())
}

#[test]
fn a_member_withdraws_at_once_and_on_sight() {
    let (mut world, officer) = world();
    let act = withdraw(&[part(1), part(2)]);
    let bytes = world.bytes(act.clone(), &By::Dev(&world.ana));
    let seen = world.register.apply(world.now().position, &bytes, Sight::OnSight).unwrap();
    assert_eq!(seen.effect, Effect::ObeyedOnSight);
    assert!(state(&world, 1).withdrawn.is_some() && state(&world, 3).withdrawn.is_none());
    world.apply(&bytes).unwrap();
    assert!(state(&world, 2).withdrawn.is_some());
    // A data-protection officer does, who is no member; whoever is neither does not.
    let bytes = world.bytes(withdraw(&[part(3)]), &By::Dev(&officer));
    world.apply(&bytes).unwrap();
    let outsider = world.another(8);
    let bytes = world.bytes(withdraw(&[part(4)]), &By::Dev(&outsider));
    refused(world.apply(&bytes), "not-a-withdrawer");
    let bytes = world.bytes(hold(&[part(4)]), &By::Dev(&world.ana));
    refused(world.apply(&bytes), "not-a-withdrawer");
}

#[test]
fn lists_of_parts_are_ordered_and_bounded() {
    let (mut world, _) = world();
    let many: Vec<_> = (0..4097).map(|index| PartRef { index, ..part(1) }).collect();
    for parts in [vec![], vec![part(2), part(1)], vec![part(1), part(1)], many] {
        refused(world.by_manager(withdraw(&parts)), "part-list-bad");
        refused(world.by_manager(hold(&parts)), "part-list-bad");
        refused(world.by_manager(erase(&parts)), "part-list-bad");
    }
}

#[test]
fn erasure_follows_after_the_cooling_off_by_two_persons() {
    let (mut world, officer) = world();
    refused(two(&mut world, &officer, erase(&[part(1)])), "cooling-off");
    world.by_ana(withdraw(&[part(1)])).unwrap();
    world.time += 10 * DAY - 1;
    refused(two(&mut world, &officer, erase(&[part(1)])), "cooling-off");
    world.time += 1;
    // One alone cannot, nor can two of one office, nor a member with the officer.
    refused(world.by_manager(erase(&[part(1)])), "not-two-persons");
    let bytes = world.bytes(erase(&[part(1)]), &By::Dev(&officer));
    refused(world.apply(&bytes), "not-two-persons");
    let bytes = world.bytes(erase(&[part(1)]), &By::Devs(&[&world.ana, &officer]));
    refused(world.apply(&bytes), "not-two-persons");
    let bytes = world.bytes(erase(&[part(1)]), &By::Devs(&[&world.manager, &world.ana]));
    refused(world.apply(&bytes), "not-two-persons");
    // What was not withdrawn is not erased with what was.
    refused(two(&mut world, &officer, erase(&[part(1), part(2)])), "cooling-off");
    // On sight it has no effect: it gives nothing back.
    world.by_ana(withdraw(&[part(5)])).unwrap();
    let bytes = world.bytes(erase(&[part(1)]), &By::Devs(&[&world.manager, &officer]));
    let seen = world.register.apply(world.now().position, &bytes, Sight::OnSight);
    assert_eq!(seen.unwrap_err().code(), "not-cosigned");
    world.apply(&bytes).unwrap();
    assert!(state(&world, 1).erased.is_some());
    assert_eq!(world.register.erased_parts(SOURCES, world.now()), [part(1)]);
    refused(two(&mut world, &officer, erase(&[part(1)])), "part-erased");
}

#[test]
fn somebody_with_both_offices_is_one_person() {
    let (mut world, _) = world();
    let appoint = AppointOfficer {
        person: world.manager.person,
        office: Office::DataProtection,
        section: None,
        until: None,
        extra: Default::default(),
    };
    world.by_govs(appoint).unwrap();
    let second = Dev::new(world.manager.person, 77);
    let cross = world.cross(&second);
    world.by_manager(cross).unwrap();
    // Pending devices sign nothing, and confirmed ones are still the same person's.
    let bytes = world.bytes(erase(&[part(1)]), &By::Devs(&[&world.manager, &second]));
    refused(world.apply(&bytes), "signer-not-active");
    world.by_registrar(AppointRegistrar { person: person(1), until: None, extra: Default::default() }).ok();
    let other = world.another(6);
    let manager =
        AppointManager { compartment: SOURCES, person: other.person, until: None, extra: Default::default() };
    world.by_manager(manager).unwrap();
    let bytes = world.bytes(confirm(&second), &By::Dev(&other));
    world.apply(&bytes).unwrap();
    let bytes = world.bytes(erase(&[part(1)]), &By::Devs(&[&world.manager, &second]));
    refused(world.apply(&bytes), "not-two-persons");
}

#[test]
fn a_hold_keeps_from_erasure_until_two_persons_lift_it() {
    let (mut world, officer) = world();
    world.by_ana(withdraw(&[part(1)])).unwrap();
    let held = world.by_manager(hold(&[part(1)])).unwrap().id;
    world.time += 20 * DAY;
    assert!(state(&world, 1).held);
    refused(two(&mut world, &officer, erase(&[part(1)])), "part-held");
    refused(world.by_manager(lift_hold(held)), "not-two-persons");
    refused(two(&mut world, &officer, lift_hold(StatementId::from_bytes([7; 32]))), "nothing-to-lift");
    two(&mut world, &officer, lift_hold(held)).unwrap();
    refused(two(&mut world, &officer, lift_hold(held)), "nothing-to-lift");
    two(&mut world, &officer, erase(&[part(1)])).unwrap();
}

#[test]
fn a_charters_legal_hold_covers_every_part() {
    let (mut world, officer) = world();
    let charter = world.register.charter(SOURCES, world.now()).unwrap();
    let amended = AmendCharter {
        compartment: SOURCES,
        charter: Charter { legal_hold: true, ..charter },
        extra: Default::default(),
    };
    world.by_manager(amended).unwrap();
    world.by_ana(withdraw(&[part(1)])).unwrap();
    world.time += 20 * DAY;
    refused(two(&mut world, &officer, erase(&[part(1)])), "part-held");
}

#[test]
fn a_lifted_withdrawal_starts_no_cooling_off() {
    let (mut world, officer) = world();
    let first = world.by_ana(withdraw(&[part(1)])).unwrap().id;
    refused(world.by_ana(lift_withdrawal(first)), "not-two-persons");
    assert_eq!(world.register.standing_on(SOURCES, part(1), world.now()), (vec![first], vec![]));
    two(&mut world, &officer, lift_withdrawal(first)).unwrap();
    assert!(state(&world, 1).withdrawn.is_none());
    world.time += 20 * DAY;
    refused(two(&mut world, &officer, erase(&[part(1)])), "cooling-off");
    let again = world.by_ana(withdraw(&[part(1)])).unwrap().id;
    refused(two(&mut world, &officer, lift_withdrawal(first)), "nothing-to-lift");
    assert_eq!(world.register.standing_on(SOURCES, part(1), world.now()).0, [again]);
}

#[test]
fn a_cooling_off_is_thirty_days_where_nothing_is_said() {
    let (mut world, _) = World::full_with(Charter::new(Rule::TwoSeal, HistoryRule::Full));
    let officer = world.another(9);
    let appoint = AppointOfficer {
        person: officer.person,
        office: Office::DataProtection,
        section: None,
        until: None,
        extra: Default::default(),
    };
    world.by_govs(appoint).unwrap();
    world.by_ana(withdraw(&[part(1)])).unwrap();
    world.time += 30 * DAY - 1;
    refused(two(&mut world, &officer, erase(&[part(1)])), "cooling-off");
    world.time += 1;
    two(&mut world, &officer, erase(&[part(1)])).unwrap();
}
