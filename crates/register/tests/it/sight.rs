use crate::common::*;
use counterseal_model::{EpochId, Timestamp};
use counterseal_register::*;

fn on_sight(world: &mut World, bytes: &[u8]) -> Result<Applied, Refusal> {
    world.register.apply(LogPosition::new(world.index + 1), bytes, Sight::OnSight)
}

fn status(world: &World, dev: &Dev) -> DeviceStatus {
    world.register.device(dev.id(), world.now()).unwrap().status
}

#[test]
fn what_permits_has_no_effect_before_it_is_cosigned() {
    let mut world = World::enrolled();
    let enrol = world.bytes(enrol_person(person(9), None), &By::Dev(&world.registrar));
    refused(on_sight(&mut world, &enrol), "not-cosigned");
    let at = LogPosition::new(world.index + 1);
    let logged = Sight::Logged { cosigned: false, since: Timestamp(world.time) };
    refused(world.register.apply(at, &enrol, logged), "not-cosigned");
    assert_eq!(world.register.person(person(9), world.now()), None);
    let (mut world, first) = World::full();
    let new = world.another(9);
    let admit = world.epoch(&[first], &[world.manager.id(), new.id()], EpochReason::Admit);
    let admit = world.bytes(admit, &By::Dev(&world.manager));
    refused(on_sight(&mut world, &admit), "not-cosigned");
    let appoint = AppointRegistrar { person: person(9), until: None, extra: Default::default() };
    let appoint = world.bytes(appoint, &By::Govs(&[&world.govs[0], &world.govs[1]]));
    refused(on_sight(&mut world, &appoint), "not-cosigned");
}

#[test]
fn what_restricts_is_obeyed_on_sight() {
    let mut world = World::enrolled();
    let revocation = world.bytes(revoke(&world.ana), &By::Dev(&world.registrar));
    let digest = world.register.digest();
    assert_eq!(on_sight(&mut world, &revocation).unwrap().effect, Effect::ObeyedOnSight);
    assert!(matches!(status(&world, &world.ana), DeviceStatus::Revoked { .. }));
    // The log's state is the log's alone.
    assert_eq!(digest, world.register.digest());
    assert_eq!(world.register.sighted().count(), 1);
    refused(on_sight(&mut world, &revocation), "statement-known");
    // Logged, it takes its place.
    assert_eq!(world.apply(&revocation).unwrap().effect, Effect::Stands);
    assert_eq!(world.register.sighted().count(), 0);
    assert!(matches!(status(&world, &world.ana), DeviceStatus::Revoked { .. }));
    assert_ne!(digest, world.register.digest());
}

#[test]
fn a_restriction_on_sight_still_needs_its_signer() {
    let mut world = World::enrolled();
    let by_ben = world.bytes(revoke(&world.ana), &By::Dev(&world.ben));
    refused(on_sight(&mut world, &by_ben), "not-a-registrar");
    let mut forged = world.bytes(revoke(&world.ana), &By::Dev(&world.registrar));
    *forged.last_mut().unwrap() ^= 1;
    refused(on_sight(&mut world, &forged), "signature-invalid");
    assert_eq!(status(&world, &world.ana), DeviceStatus::Active);
}

#[test]
fn what_was_sighted_never_decides_whether_the_log_is_accepted() {
    // Ana sighted the revocation early; the log has her statement before it. Everyone must agree on that.
    let mut world = World::enrolled();
    let laptop = Dev::new(person(3), 33);
    let cross = world.cross(&laptop);
    let cross = world.bytes(cross, &By::Dev(&world.ana));
    let revocation = world.bytes(revoke(&world.ana), &By::Dev(&world.registrar));
    let mut other = world.register.clone();
    on_sight(&mut world, &revocation).unwrap();
    world.apply(&cross).unwrap();
    assert!(matches!(status(&world, &world.ana), DeviceStatus::Revoked { .. }), "still obeyed");
    let sight = Sight::Logged { cosigned: true, since: Timestamp(world.time) };
    other.apply(LogPosition::new(world.index), &cross, sight).unwrap();
    assert_eq!(world.register.digest(), other.digest());
}

#[test]
fn a_removal_and_a_rekey_are_obeyed_on_sight_with_their_wraps() {
    let (mut world, first) = World::full();
    let roster = sorted(vec![world.manager.id(), world.ana.id()]);
    let removal = world.epoch(&[first], &roster, EpochReason::Remove);
    let bytes = world.bytes(removal, &By::Dev(&world.manager));
    let second = EpochId::from_bytes(*on_sight(&mut world, &bytes).unwrap().id.as_bytes());
    let handed = world.bytes(wraps(second, &roster), &By::Dev(&world.manager));
    on_sight(&mut world, &handed).unwrap();
    assert_eq!(world.register.write_epoch(SOURCES, world.now()), Some(second));
    assert_eq!(
        world.register.may_write(world.ben.id(), first, world.now()).unwrap_err().code(),
        "device-removed"
    );
    world.apply(&bytes).unwrap();
    world.apply(&handed).unwrap();
    assert_eq!(world.register.sighted().count(), 0);
    assert_eq!(world.register.write_epoch(SOURCES, world.now()), Some(second));
}

#[test]
fn dismissals_suspensions_of_the_suite_and_tightenings_are_obeyed_on_sight() {
    let (mut world, first) = World::full();
    world.by_govs(AppointRegistrar { person: person(4), until: None, extra: Default::default() }).unwrap();
    world
        .by_manager(AppointManager {
            compartment: SOURCES,
            person: person(3),
            until: None,
            extra: Default::default(),
        })
        .unwrap();
    let both = By::Govs(&[&world.govs[0], &world.govs[1]]);
    let rule = |rule| SetOpeningRule { compartment: SOURCES, rule, extra: Default::default() };
    let dismiss_registrar =
        world.bytes(DismissRegistrar { person: person(4), extra: Default::default() }, &both);
    let dismiss_manager =
        DismissManager { compartment: SOURCES, person: person(3), extra: Default::default() };
    let dismiss_manager = world.bytes(dismiss_manager, &both);
    let tighter = world.bytes(rule(Rule::TwoSeal), &both);
    let suite = world.bytes(SetMinimumSuite { suite: 2, extra: Default::default() }, &both);
    for bytes in [&dismiss_registrar, &dismiss_manager, &tighter, &suite] {
        on_sight(&mut world, bytes).unwrap();
    }
    let at = world.now();
    assert_eq!(world.register.registrars(at), [person(1)]);
    assert_eq!(world.register.managers(SOURCES, at), [person(2)]);
    assert_eq!(world.register.charter(SOURCES, at).unwrap().rule, Rule::TwoSeal);
    assert_eq!(
        world.register.may_write(world.ana.id(), first, at).unwrap_err().code(),
        "suite-below-minimum"
    );
}

#[test]
fn a_restriction_made_on_more_of_the_log_than_is_held_is_obeyed_all_the_same() {
    let mut world = World::enrolled();
    let mut statement = world.draft(revoke(&world.ana));
    statement.prev = Some(counterseal_model::StatementId::from_bytes([8; 32])); // not here yet
    statement.log_size = 1_000;
    let bytes = sign(&statement.payload(), &By::Dev(&world.registrar));
    on_sight(&mut world, &bytes).unwrap();
    assert!(matches!(status(&world, &world.ana), DeviceStatus::Revoked { .. }));
    // In the log it must hold to the rules.
    refused(world.apply(&bytes), "log-size-impossible");
}
