use crate::common::*;
use counterseal_model::Timestamp;
use counterseal_register::*;

fn change(govs: &[Gov], threshold: u64) -> ChangeGovernors {
    ChangeGovernors {
        governors: govs.iter().map(|g| g.key.clone()).collect(),
        threshold,
        extra: Default::default(),
    }
}

fn appoint(n: u8) -> AppointRegistrar {
    AppointRegistrar { person: person(n), until: None, extra: Default::default() }
}

fn rule(rule: Rule) -> SetOpeningRule {
    SetOpeningRule { compartment: SOURCES, rule, extra: Default::default() }
}

#[test]
fn exactly_k_governors_and_nobody_else_sign_their_acts() {
    let mut world = World::enrolled();
    let one = world.bytes(appoint(2), &By::Govs(&[&world.govs[0]]));
    refused(world.apply(&one), "not-the-governors");
    let three = world.bytes(appoint(2), &By::Govs(&world.govs.iter().collect::<Vec<_>>()));
    refused(world.apply(&three), "not-the-governors");
    let mixed = world.bytes(appoint(2), &By::Both(&[&world.govs[0], &world.govs[1]], &[&world.registrar]));
    refused(world.apply(&mixed), "not-the-governors");
    let registrar = world.bytes(appoint(2), &By::Dev(&world.registrar));
    refused(world.apply(&registrar), "not-the-governors");
    world.by_govs(appoint(2)).unwrap();
    assert_eq!(world.register.registrars(world.now()), [person(1), person(2)]);
}

#[test]
fn a_stranger_signs_nothing() {
    let mut world = World::enrolled();
    let strangers = govs(&[210, 211]);
    let bytes = world.bytes(appoint(2), &By::Govs(&[&strangers[0], &strangers[1]]));
    refused(world.apply(&bytes), "signer-unknown");
}

#[test]
fn a_registrar_is_dismissed_and_can_no_longer_enrol() {
    let mut world = World::enrolled();
    world.by_govs(appoint(2)).unwrap();
    world.by_govs(DismissRegistrar { person: person(2), extra: Default::default() }).unwrap();
    refused(world.by_manager(enrol_person(person(9), None)), "not-a-registrar");
    refused(
        world.by_govs(DismissRegistrar { person: person(2), extra: Default::default() }),
        "registrar-unknown",
    );
    refused(
        world.by_govs(DismissRegistrar { person: person(3), extra: Default::default() }),
        "registrar-unknown",
    );
    let one = world.bytes(
        DismissRegistrar { person: person(1), extra: Default::default() },
        &By::Govs(&[&world.govs[0]]),
    );
    refused(world.apply(&one), "not-the-governors");
}

#[test]
fn a_registrars_appointment_ends_with_its_time_and_with_the_assignment() {
    let mut world = World::enrolled();
    let until = Some(Timestamp(world.time + DAY));
    world.by_govs(AppointRegistrar { person: person(2), until, extra: Default::default() }).unwrap();
    assert!(world.register.is_registrar(person(2), world.now()));
    world.time += DAY;
    assert!(!world.register.is_registrar(person(2), world.now()));
    refused(world.by_manager(enrol_person(person(9), None)), "not-a-registrar");
    world.by_govs(appoint(3)).unwrap();
    world.by_registrar(revoke_person(person(3))).unwrap();
    assert!(!world.register.is_registrar(person(3), world.now()));
}

#[test]
fn only_someone_active_becomes_a_registrar() {
    let mut world = World::enrolled();
    refused(world.by_govs(appoint(9)), "person-unknown");
    world.by_registrar(revoke_person(person(2))).unwrap();
    refused(world.by_govs(appoint(2)), "person-not-active");
}

#[test]
fn new_governors_wait_their_days_and_then_replace_the_old() {
    let mut world = World::enrolled();
    let new = govs(&[203, 204, 205]); // 203 stays
    let leaving: Vec<_> = world.govs.iter().filter(|g| new.iter().all(|n| n.key != g.key)).collect();
    let signers: Vec<_> = new.iter().chain([leaving[0]]).collect();
    let bytes = world.bytes(change(&new, 2), &By::Govs(&signers));
    world.apply(&bytes).unwrap();
    let effective = Timestamp(world.time + WAITING_DAYS as i64 * DAY);
    assert_eq!(world.register.governors_waiting(world.now()).unwrap().0, effective);

    let by_new = world.bytes(appoint(2), &By::Govs(&[&new[0], &new[1]]));
    world.time = effective.0 - 1;
    refused(world.apply(&by_new), "not-the-governors");
    world.time = effective.0;
    world.apply(&by_new).unwrap();
    let by_old = world.bytes(appoint(3), &By::Govs(&leaving_of(&world, &new)));
    refused(world.apply(&by_old), "not-the-governors");
}

fn leaving_of<'a>(world: &'a World, new: &[Gov]) -> Vec<&'a Gov> {
    world.govs.iter().filter(|g| new.iter().all(|n| n.key != g.key)).collect()
}

#[test]
fn every_new_governor_and_k_of_the_present_ones_must_sign_a_change() {
    let mut world = World::enrolled();
    let new = govs(&[204, 205]);
    let without_possession =
        world.bytes(change(&new, 2), &By::Govs(&[&world.govs[0], &world.govs[1], &new[0]]));
    refused(world.apply(&without_possession), "not-the-governors");
    let one_present = world.bytes(change(&new, 2), &By::Govs(&[&world.govs[0], &new[0], &new[1]]));
    refused(world.apply(&one_present), "not-the-governors");
    let [a, b, c] = [&world.govs[0], &world.govs[1], &world.govs[2]];
    let too_many = world.bytes(change(&new, 2), &By::Govs(&[a, b, c, &new[0], &new[1]]));
    refused(world.apply(&too_many), "not-the-governors");
    let by_a_device = world.bytes(change(&new, 2), &By::Dev(&world.registrar));
    refused(world.apply(&by_a_device), "not-the-governors");
    let bad = world.bytes(change(&new, 3), &By::Govs(&[&world.govs[0], &world.govs[1], &new[0], &new[1]]));
    refused(world.apply(&bad), "governors-bad");
}

#[test]
fn governors_of_the_past_and_devices_have_no_say_in_a_change() {
    let mut world = World::enrolled();
    let new = govs(&[204, 205]);
    let [a, b] = [&world.govs[0], &world.govs[1]];
    let with_a_device =
        world.bytes(change(&new, 2), &By::Both(&[a, b, &new[0], &new[1]], &[&world.registrar]));
    refused(world.apply(&with_a_device), "not-the-governors");
    let bytes = world.bytes(change(&new, 2), &By::Govs(&[&world.govs[0], &world.govs[1], &new[0], &new[1]]));
    world.apply(&bytes).unwrap();
    world.time += WAITING_DAYS as i64 * DAY;
    let newer = govs(&[206, 207]);
    let by_the_past = By::Govs(&[&world.govs[0], &world.govs[1], &newer[0], &newer[1]]);
    let bytes = world.bytes(change(&newer, 2), &by_the_past);
    refused(world.apply(&bytes), "not-the-governors");
}

#[test]
fn a_higher_threshold_has_effect_at_once_a_lower_one_waits() {
    let mut world = World::enrolled();
    let all: Vec<_> = world.govs.iter().collect();
    let higher = world.bytes(change(&world.govs, 3), &By::Govs(&all));
    world.apply(&higher).unwrap();
    refused(world.by_govs(appoint(2)), "not-the-governors");
    let all: Vec<_> = world.govs.iter().collect();
    let lower = world.bytes(change(&world.govs, 1), &By::Govs(&all));
    world.apply(&lower).unwrap();
    assert_eq!(world.register.governors(world.now()).unwrap().threshold, 3);
    assert!(!world.register.marked_single_governor(world.now()));
    world.time += WAITING_DAYS as i64 * DAY;
    assert!(world.register.marked_single_governor(world.now()));
}

#[test]
fn a_newer_change_of_governors_withdraws_the_one_that_waits() {
    let mut world = World::enrolled();
    let new = govs(&[204, 205]);
    let bytes = world.bytes(change(&new, 2), &By::Govs(&[&world.govs[0], &world.govs[1], &new[0], &new[1]]));
    world.apply(&bytes).unwrap();
    let all: Vec<_> = world.govs.iter().collect();
    let keep = world.bytes(change(&world.govs, 2), &By::Govs(&all));
    world.apply(&keep).unwrap();
    world.time += 30 * DAY;
    assert_eq!(world.register.governors(world.now()).unwrap().keys, all_keys(&world));
}

fn all_keys(world: &World) -> Vec<HybridKey> {
    world.govs.iter().map(|g| g.key.clone()).collect()
}

#[test]
fn a_device_key_cannot_become_a_governors() {
    let mut world = World::enrolled();
    let new = govs(&[2, 204]); // seed 2 is the manager's signing key
    let bytes = world.bytes(change(&new, 2), &By::Govs(&[&world.govs[0], &world.govs[1], &new[0], &new[1]]));
    refused(world.apply(&bytes), "key-in-use");
}

#[test]
fn the_minimum_suite_is_raised_at_once_and_never_lowered() {
    let mut world = World::enrolled();
    let to = |suite| SetMinimumSuite { suite, extra: Default::default() };
    refused(world.by_govs(to(1)), "suite-not-raised");
    refused(world.by_govs(to(0)), "suite-not-raised");
    refused(world.by_registrar(to(2)), "not-the-governors");
    world.by_govs(to(2)).unwrap();
    // This version knows suite 1 only: from here on it fails closed.
    refused(world.by_registrar(enrol_person(person(9), None)), "suite-below-minimum");
    assert_eq!(world.register.minimum_suite(world.now()), 2);
}

#[test]
fn a_stricter_opening_rule_holds_at_once_a_looser_one_after_the_waiting_days() {
    let (mut world, _) = World::full();
    world.by_govs(rule(Rule::TwoPerson)).unwrap();
    assert_eq!(world.register.charter(SOURCES, world.now()).unwrap().rule, Rule::TwoPerson);
    world.by_govs(rule(Rule::Open)).unwrap();
    let (effective, waiting) = world.register.rule_waiting(SOURCES, world.now()).unwrap();
    assert_eq!((effective.0, waiting), (world.time + WAITING_DAYS as i64 * DAY, Rule::Open));
    world.time = effective.0 - 1;
    assert_eq!(world.register.charter(SOURCES, world.now()).unwrap().rule, Rule::TwoPerson);
    world.time = effective.0;
    assert_eq!(world.register.charter(SOURCES, world.now()).unwrap().rule, Rule::Open);
}

#[test]
fn a_looser_rule_that_waits_is_withdrawn_by_a_newer_statement() {
    let (mut world, _) = World::full_with(Charter::new(Rule::TwoPerson, HistoryRule::Full));
    refused(world.by_govs(rule(Rule::TwoPerson)), "nothing-changes");
    world.by_govs(rule(Rule::Open)).unwrap();
    world.by_govs(rule(Rule::TwoPerson)).unwrap();
    world.time += 30 * DAY;
    assert_eq!(world.register.charter(SOURCES, world.now()).unwrap().rule, Rule::TwoPerson);
    // Open waits from the start, even after a half-way step was asked for in between.
    world.by_govs(rule(Rule::Open)).unwrap();
    world.time += 6 * DAY;
    world.by_govs(rule(Rule::TwoSeal)).unwrap();
    world.time += DAY;
    assert_eq!(world.register.charter(SOURCES, world.now()).unwrap().rule, Rule::TwoPerson);
    world.time += 6 * DAY;
    assert_eq!(world.register.charter(SOURCES, world.now()).unwrap().rule, Rule::TwoSeal);
}

#[test]
fn only_governors_change_opening_rules() {
    let (mut world, _) = World::full();
    refused(world.by_manager(rule(Rule::TwoSeal)), "not-the-governors");
    refused(world.by_registrar(rule(Rule::TwoSeal)), "not-the-governors");
    let other = counterseal_model::CompartmentId::from_bytes([1; 16]);
    refused(world.by_govs(SetOpeningRule { compartment: other, ..rule(Rule::Open) }), "compartment-unknown");
    refused(
        world.by_govs(SetOpeningRule { compartment: MISSION_WIDE, ..rule(Rule::TwoSeal) }),
        "compartment-mission-wide",
    );
}

#[test]
fn recovery_officers_must_be_distinct_enrolled_and_enough() {
    let mut world = World::enrolled();
    let set = |people: &[u8], threshold| SetRecovery {
        officers: people.iter().map(|n| person(*n)).collect(),
        threshold,
        extra: Default::default(),
    };
    for (people, threshold) in
        [(&[2, 3][..], 0), (&[2, 3], 3), (&[3, 2], 2), (&[2, 2], 1), (&[2, 99], 1), (&[], 0)]
    {
        refused(world.by_govs(set(people, threshold)), "recovery-bad");
    }
    refused(world.by_registrar(set(&[2, 3], 2)), "not-the-governors");
    world.by_govs(set(&[2, 3, 4], 1)).unwrap();
    world.time += WAITING_DAYS as i64 * DAY;
    // Fewer officers, more of whom must sign: at once.
    world.by_govs(set(&[2, 3], 2)).unwrap();
    world.by_govs(set(&[2, 3], 1)).unwrap(); // and one alone again only after the waiting days
    let act = world.cross(&Dev::new(person(1), 11));
    let one = world.bytes(act.clone(), &By::Dev(&world.manager));
    refused(world.apply(&one), "not-a-cross-signer");
    let two = world.bytes(act, &By::Devs(&[&world.manager, &world.ana]));
    world.apply(&two).unwrap();
}

fn waiting_days(days: u64) -> SetWaitingDays {
    SetWaitingDays { days, extra: Default::default() }
}

#[test]
fn more_waiting_days_hold_at_once_and_fewer_after_the_old_number() {
    let (mut world, _) = World::full_with(Charter::new(Rule::TwoPerson, HistoryRule::Full));
    refused(world.by_registrar(waiting_days(0)), "not-the-governors");
    refused(world.by_govs(waiting_days(WAITING_DAYS)), "nothing-changes");
    world.by_govs(waiting_days(10)).unwrap();
    assert_eq!(world.register.waiting_days(world.now()), 10);
    world.by_govs(waiting_days(0)).unwrap();
    let due = Timestamp(world.time + 10 * DAY);
    let waiting = world.register.waiting_changes(world.now());
    assert_eq!(waiting, [WaitingChange { effective: due, what: Waiting::WaitingDays(0) }]);
    // What is said meanwhile waits as long as it ever did.
    world.time += DAY;
    world.by_govs(rule(Rule::Open)).unwrap();
    let open = WaitingChange {
        effective: Timestamp(world.time + 10 * DAY),
        what: Waiting::OpeningRule(SOURCES, Rule::Open),
    };
    assert_eq!(world.register.waiting_changes(world.now()), [waiting[0], open]);
    world.time = due.0 - 1;
    assert_eq!(world.register.waiting_days(world.now()), 10);
    world.time = due.0;
    assert_eq!(world.register.waiting_days(world.now()), 0);
    assert_eq!(world.register.rule_waiting(SOURCES, world.now()).unwrap().0, open.effective);
}

#[test]
fn fewer_waiting_days_are_withdrawn_by_a_newer_statement() {
    let mut world = World::enrolled();
    world.by_govs(waiting_days(1)).unwrap();
    world.by_govs(waiting_days(WAITING_DAYS)).unwrap();
    world.time += 30 * DAY;
    assert_eq!(world.register.waiting_days(world.now()), WAITING_DAYS);
    let on_sight = |world: &mut World, days| {
        let bytes = world.bytes(waiting_days(days), &By::Govs(&[&world.govs[0], &world.govs[1]]));
        world.register.apply(LogPosition::new(0), &bytes, Sight::OnSight)
    };
    refused(on_sight(&mut world, 6), "not-cosigned");
    on_sight(&mut world, 8).unwrap();
    assert_eq!(world.register.waiting_days(world.now()), 8);
}

#[test]
fn governors_and_recovery_officers_who_wait_are_shown() {
    let mut world = World::enrolled();
    let officers = SetRecovery { officers: vec![person(2)], threshold: 1, extra: Default::default() };
    world.by_govs(officers).unwrap();
    let new = govs(&[204, 205]);
    let bytes = world.bytes(change(&new, 2), &By::Govs(&[&world.govs[0], &world.govs[1], &new[0], &new[1]]));
    world.apply(&bytes).unwrap();
    let what: Vec<_> = world.register.waiting_changes(world.now()).iter().map(|w| w.what).collect();
    assert_eq!(what, [Waiting::Governors, Waiting::Recovery]);
}
