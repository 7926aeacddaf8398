use crate::common::*;
use counterseal_model::{EpochId, Timestamp};
use counterseal_register::*;

fn status(world: &World, dev: &Dev) -> DeviceStatus {
    world.register.device(dev.id(), world.now()).unwrap().status
}

#[test]
fn a_registrar_enrols_a_person_and_the_first_device() {
    let world = World::enrolled();
    assert_eq!(world.register.person(person(3), world.now()), Some(PersonStatus::Active));
    assert_eq!(status(&world, &world.ana), DeviceStatus::Active);
    let devices = world.register.devices_of(person(3), world.now());
    assert_eq!(devices.iter().map(|d| d.id).collect::<Vec<_>>(), [world.ana.id()]);
}

#[test]
fn only_a_registrar_enrols() {
    let mut world = World::enrolled();
    refused(world.by_ana(enrol_person(person(9), None)), "not-a-registrar");
    let bytes = world.bytes(enrol_person(person(9), None), &By::Devs(&[&world.registrar, &world.ana]));
    refused(world.apply(&bytes), "not-one-device");
    refused(world.by_govs(enrol_person(person(9), None)), "not-one-device");
    world.enrol(person(9));
    let dev = Dev::new(person(9), 9);
    let act = world.new_device(&dev);
    refused(world.by_ana(act), "not-a-registrar");
}

#[test]
fn nobody_is_enrolled_twice_and_so_brought_back() {
    let mut world = World::enrolled();
    world.by_registrar(revoke_person(person(3))).unwrap();
    refused(world.by_registrar(enrol_person(person(3), None)), "person-exists");
}

#[test]
fn a_device_needs_a_person_who_is_active() {
    let mut world = World::enrolled();
    refused(world.enrol_device(&Dev::new(person(9), 9)), "person-unknown");
    world.enrol(person(9));
    world.by_registrar(revoke_person(person(9))).unwrap();
    refused(world.enrol_device(&Dev::new(person(9), 9)), "person-not-active");
}

#[test]
fn a_registrar_cannot_give_a_person_a_further_device() {
    let mut world = World::enrolled();
    refused(world.enrol_device(&Dev::new(person(3), 33)), "not-the-first-device");
    // Not even when the first is revoked.
    let first = Dev::new(person(3), 3);
    world.by_registrar(revoke(&first)).unwrap();
    refused(world.enrol_device(&Dev::new(person(3), 33)), "not-the-first-device");
}

#[test]
fn a_device_proves_possession_for_this_mission_and_this_person() {
    let mut world = World::enrolled();
    world.enrol(person(9));
    let dev = Dev::new(person(9), 9);
    let act = world.new_device(&dev);
    let other_mission = dev.proof(counterseal_model::MissionId::from_bytes([0; 32]));
    refused(world.by_registrar(EnrolDevice { proof: other_mission, ..act.clone() }), "device-proof-bad");
    let other_person = Dev::new(person(8), 9).proof(world.register.mission());
    refused(world.by_registrar(EnrolDevice { proof: other_person, ..act.clone() }), "device-proof-bad");
    let mut keys = act.keys.clone();
    keys.hpke = Bytes(kem(77));
    refused(world.by_registrar(EnrolDevice { keys, ..act.clone() }), "device-proof-bad");
    world.by_registrar(act).unwrap();
}

#[test]
fn keys_are_never_used_again() {
    let mut world = World::enrolled();
    world.enrol(person(9));
    refused(world.enrol_device(&Dev::new(person(9), 3)), "device-exists");
    let governor = Dev::new(person(9), 201);
    refused(world.enrol_device(&governor), "key-in-use");
    let mut act = world.new_device(&Dev::new(person(9), 9));
    for no_key in [[0; 32], [0xff; 32]] {
        act.keys.signing = Bytes(no_key); // of small order; not canonical
        refused(world.by_registrar(act.clone()), "key-bad");
    }
    act.keys.signing = Bytes(Dev::new(person(9), 9).keys.signing.0);
    let unsealable =
        EnrolDevice { keys: DeviceKeys::new(act.keys.signing.0, [0xff; HPKE_PUBLIC_LEN]), ..act.clone() };
    refused(world.by_registrar(unsealable), "key-bad");
    act.keys.hpke = Bytes(kem(3)); // Ana's
    refused(world.by_registrar(act), "device-exists");
    let mut half = Dev::new(person(9), 3); // Ana's signing key, with another HPKE key
    half.keys.hpke = Bytes(kem(9));
    refused(world.enrol_device(&half), "device-exists");
}

#[test]
fn a_cross_signed_device_is_pending_and_shown_until_another_persons_manager_confirms_it() {
    let mut world = World::with_charter(Charter::new(Rule::Open, HistoryRule::Full));
    let laptop = Dev::new(person(3), 33);
    let act = world.cross(&laptop);
    world.by_ana(act).unwrap();
    assert_eq!(status(&world, &laptop), DeviceStatus::Pending);
    assert_eq!(world.register.devices_of(person(3), world.now()).len(), 2);
    // Pending, it signs nothing and is in no roster.
    let own = world.bytes(revoke(&laptop), &By::Dev(&laptop));
    refused(world.apply(&own), "signer-not-active");
    let epoch = world.epoch(&[], &[world.manager.id(), laptop.id()], EpochReason::Create);
    refused(world.by_manager(epoch), "roster-not-active");

    refused(world.by_ana(confirm(&laptop)), "not-a-manager");
    world.by_manager(confirm(&laptop)).unwrap();
    assert_eq!(status(&world, &laptop), DeviceStatus::Active);
    refused(world.by_manager(confirm(&laptop)), "device-not-pending");
    refused(world.by_manager(confirm(&Dev::new(person(3), 34))), "device-unknown");
    let of_another = ConfirmDevice { person: person(4), device: laptop.id(), extra: Default::default() };
    refused(world.by_manager(of_another), "device-unknown");
}

#[test]
fn a_stolen_device_of_a_manager_cannot_make_itself_a_ghost() {
    let mut world = World::with_charter(Charter::new(Rule::Open, HistoryRule::Full));
    let ghost = Dev::new(person(2), 22);
    let act = world.cross(&ghost);
    world.by_manager(act).unwrap();
    refused(world.by_manager(confirm(&ghost)), "own-case");
}

#[test]
fn only_the_person_or_recovery_officers_cross_sign() {
    let mut world = World::enrolled();
    let laptop = Dev::new(person(3), 33);
    let act = world.cross(&laptop);
    refused(world.by_registrar(act.clone()), "not-a-cross-signer");
    refused(world.by_govs(act.clone()), "not-a-cross-signer");
    let with_help = world.bytes(act, &By::Devs(&[&world.ana, &world.ben]));
    refused(world.apply(&with_help), "not-a-cross-signer");
    world.enrol(person(9));
    let first = Dev::new(person(9), 9);
    let act = world.cross(&first);
    refused(world.by_ana(act), "no-first-device");
    let mut wrong = world.cross(&laptop);
    wrong.proof = Bytes([0; 64]);
    refused(world.by_ana(wrong), "device-proof-bad");
}

#[test]
fn k_recovery_officers_cross_sign_for_someone_who_lost_everything() {
    let mut world = World::enrolled();
    let officers = [1, 2, 4].map(person).to_vec();
    world.by_govs(SetRecovery { officers, threshold: 2, extra: Default::default() }).unwrap();
    let laptop = Dev::new(person(3), 33);
    let act = world.cross(&laptop);
    let early = world.bytes(act.clone(), &By::Devs(&[&world.manager, &world.ben]));
    refused(world.apply(&early), "not-a-cross-signer"); // the officers wait their days too
    world.time += WAITING_DAYS as i64 * DAY;
    let one = world.bytes(act.clone(), &By::Devs(&[&world.manager]));
    refused(world.apply(&one), "not-a-cross-signer");
    let three = world.bytes(act.clone(), &By::Devs(&[&world.manager, &world.ben, &world.registrar]));
    refused(world.apply(&three), "not-a-cross-signer");
    let an_outsider = world.another(9);
    let outsiders = world.bytes(act.clone(), &By::Devs(&[&world.manager, &an_outsider]));
    refused(world.apply(&outsiders), "not-a-cross-signer");
    let lost = Dev::new(person(3), 3);
    world.by_registrar(revoke(&lost)).unwrap();
    let two = world.bytes(act, &By::Devs(&[&world.manager, &world.ben]));
    world.apply(&two).unwrap();
    assert_eq!(status(&world, &laptop), DeviceStatus::Pending);

    // Nobody is an officer in their own case, and one officer with two devices is one officer.
    let own = world.cross(&Dev::new(person(4), 44));
    let bytes = world.bytes(own, &By::Devs(&[&world.manager, &world.ben]));
    refused(world.apply(&bytes), "not-a-cross-signer");
    let second = Dev::new(person(2), 22);
    let act = world.cross(&second);
    world.by_manager(act).unwrap();
    let act = world.cross(&Dev::new(person(3), 35));
    let bytes = world.bytes(act.clone(), &By::Devs(&[&world.manager, &second]));
    refused(world.apply(&bytes), "signer-not-active");
    world.by_registrar(confirm(&second)).unwrap(); // a registrar manages the mission-wide compartment
    let bytes = world.bytes(act, &By::Devs(&[&world.manager, &second]));
    refused(world.apply(&bytes), "not-a-cross-signer");
}

#[test]
fn a_revoked_device_signs_nothing_more() {
    let mut world = World::enrolled();
    world.by_registrar(revoke(&Dev::new(person(3), 3))).unwrap();
    assert!(matches!(status(&world, &world.ana), DeviceStatus::Revoked { .. }));
    let act = world.cross(&Dev::new(person(3), 33));
    refused(world.by_ana(act), "signer-not-active");
    refused(world.by_registrar(revoke(&Dev::new(person(3), 3))), "already-revoked");
    // Before, it was active.
    let before = Moment::new(LogPosition::new(world.index - 1), Timestamp(world.time));
    assert_eq!(world.register.device(world.ana.id(), before).unwrap().status, DeviceStatus::Active);
}

#[test]
fn a_person_revokes_their_own_device_and_no_other() {
    let mut world = World::enrolled();
    refused(world.by_ana(revoke(&Dev::new(person(4), 4))), "not-a-registrar");
    let of_another = RevokeDevice { person: person(3), ..revoke(&Dev::new(person(4), 4)) };
    refused(world.by_ana(of_another), "device-unknown");
    world.by_ana(revoke(&Dev::new(person(3), 3))).unwrap();
    assert!(matches!(status(&world, &world.ana), DeviceStatus::Revoked { .. }));
}

#[test]
fn a_revoked_person_has_no_active_device() {
    let mut world = World::enrolled();
    refused(world.by_ana(revoke_person(person(4))), "not-a-registrar");
    world.by_registrar(revoke_person(person(4))).unwrap();
    assert!(matches!(status(&world, &world.ben), DeviceStatus::Revoked { .. }));
    refused(world.by_registrar(revoke_person(person(4))), "already-revoked");
    // The governors can revoke a registrar.
    world.by_govs(revoke_person(person(1))).unwrap();
    refused(world.by_registrar(enrol_person(person(9), None)), "signer-not-active");
    let one = world.bytes(revoke_person(person(2)), &By::Govs(&[&world.govs[0]]));
    refused(world.apply(&one), "not-the-governors");
}

#[test]
fn an_assignment_ends_and_is_extended_by_another() {
    let mut world = World::enrolled();
    let end = world.time + DAY;
    world.by_registrar(enrol_person(person(9), Some(end))).unwrap();
    let dev = Dev::new(person(9), 9);
    world.enrol_device(&dev).unwrap();
    world.time = end - 1;
    assert_eq!(status(&world, &dev), DeviceStatus::Active);
    world.time = end;
    assert_eq!(status(&world, &dev), DeviceStatus::Expired { since: Timestamp(end) });
    let own = world.bytes(revoke(&dev), &By::Dev(&dev));
    refused(world.apply(&own), "signer-not-active");

    let extend = |n, until: i64| ExtendAppointment {
        person: person(n),
        until: Some(Timestamp(until)),
        extra: Default::default(),
    };
    refused(world.by_ana(extend(9, end + DAY)), "not-a-registrar");
    refused(world.by_registrar(extend(1, end + DAY)), "own-case");
    refused(world.by_registrar(extend(99, end + DAY)), "person-unknown");
    world.by_registrar(extend(9, end + DAY)).unwrap();
    assert_eq!(status(&world, &dev), DeviceStatus::Active);
    world.by_govs(extend(1, end + DAY)).unwrap();
    world.by_registrar(revoke_person(person(9))).unwrap();
    refused(world.by_registrar(extend(9, end + 2 * DAY)), "person-not-active");
}

#[test]
fn names_are_sealed_to_the_mission_wide_compartment_and_set_by_those_who_may() {
    let (mut world, sources) = World::full();
    let text = |epoch| SealedText {
        epoch,
        salt: Bytes([1; 32]),
        ciphertext: Blob(vec![7; 80]),
        extra: Default::default(),
    };
    let name = |subject, epoch| SealedName { subject, name: text(epoch), extra: Default::default() };
    let unknown = EpochId::from_bytes([0; 32]);
    for epoch in [unknown, sources] {
        refused(world.by_registrar(name(Subject::Person(person(3)), epoch)), "epoch-unknown");
        let enrol = EnrolPerson { name: Some(text(epoch)), ..enrol_person(person(9), None) };
        refused(world.by_registrar(enrol), "epoch-unknown");
    }
    let wide =
        BeginEpoch { compartment: MISSION_WIDE, ..world.epoch(&[], &world.everyone(), EpochReason::Create) };
    let epoch = EpochId::from_bytes(*world.by_registrar(wide).unwrap().id.as_bytes());
    let ana = Subject::Device(person(3), world.ana.id());
    refused(world.by_ana(name(Subject::Person(person(3)), epoch)), "not-a-registrar");
    refused(world.by_manager(name(ana, epoch)), "not-a-registrar");
    refused(world.by_ana(name(Subject::Compartment(SOURCES), epoch)), "not-a-manager");
    refused(world.by_ana(name(Subject::Device(person(3), world.ben.id()), epoch)), "device-unknown");
    world.by_ana(name(ana, epoch)).unwrap();
    world.by_registrar(name(Subject::Person(person(3)), epoch)).unwrap();
    world.by_manager(name(Subject::Compartment(SOURCES), epoch)).unwrap();
    assert_eq!(world.register.name_of(ana), Some(&text(epoch)));
}
