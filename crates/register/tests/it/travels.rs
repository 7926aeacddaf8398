use crate::common::*;
use crate::entries::{header, signed_header};
use counterseal_model::{CompartmentId, EpochId, SiteId, StatementId};
use counterseal_register::*;

const NEW_KEY: [u8; HPKE_PUBLIC_LEN] = kem(0x5e);

fn travel(dev: &Dev, compartments: &[CompartmentId]) -> Travel {
    Travel {
        person: dev.person,
        device: dev.id(),
        hpke: Bytes(NEW_KEY),
        compartments: compartments.to_vec(),
        extra: Default::default(),
    }
}

fn back(dev: &Dev, travel: StatementId) -> BringBack {
    BringBack { compartment: SOURCES, device: dev.id(), travel, extra: Default::default() }
}

/// Ana has left `SOURCES` for a trip.
fn away() -> (World, EpochId, StatementId) {
    let (mut world, first) = World::full();
    let act = travel(&world.ana, &[SOURCES]);
    let id = world.by_ana(act).unwrap().id;
    (world, first, id)
}

/// A second manager of `SOURCES`.
fn appoint(world: &mut World, n: u8) -> Result<Applied, Refusal> {
    let (person, until) = (person(n), None);
    world.by_manager(AppointManager { compartment: SOURCES, person, until, extra: Default::default() })
}

#[test]
fn who_leaves_for_a_trip_is_out_of_the_compartment_until_brought_back() {
    let (mut world, first, id) = away();
    let (ana, at) = (world.ana.id(), world.now());
    assert_eq!(world.register.left_by(SOURCES, ana, at), Some(id));
    assert_eq!(world.register.epoch_devices(first, at).unwrap().gone, [ana]);
    assert_eq!(world.register.write_epoch(SOURCES, at), None, "a new secret is due");
    assert_eq!(world.register.may_write(ana, first, at).unwrap_err().code(), "device-removed");
    assert_eq!(
        world.register.device(ana, at).unwrap().status,
        DeviceStatus::Active,
        "elsewhere all is as before"
    );
    // Members go on without her, and only without her.
    let everyone = world.everyone();
    let with_her = world.epoch(&[first], &everyone, EpochReason::Rekey);
    let bytes = world.bytes(with_her, &By::Dev(&world.ben));
    refused(world.apply(&bytes), "roster-not-kept");
    let without = world.epoch(&[first], &[world.manager.id(), world.ben.id()], EpochReason::Rekey);
    let bytes = world.bytes(without, &By::Dev(&world.ben));
    let second = EpochId::from_bytes(*world.apply(&bytes).unwrap().id.as_bytes());
    assert_eq!(world.register.write_epoch(SOURCES, world.now()), Some(second));
    world.by_manager(back(&world.ana, id)).unwrap();
    assert_eq!(world.register.left_by(SOURCES, ana, world.now()), None);
    assert_eq!(world.register.left_by(SOURCES, ana, at), Some(id), "then she was away");
    let third = world.begin(&[second], &everyone, EpochReason::Admit);
    assert_eq!(world.register.write_epoch(SOURCES, world.now()), Some(third));
}

#[test]
fn an_epoch_begun_in_ignorance_of_a_trip_stands_and_gives_the_device_nothing() {
    let (mut world, first, _) = away();
    let everyone = world.everyone();
    let second = world.begin(&[first], &everyone, EpochReason::Admit);
    let (ana, at) = (world.ana.id(), world.now());
    assert_eq!(world.register.epoch_devices(second, at).unwrap().gone, [ana]);
    assert!(world.register.left_by(SOURCES, ana, at).is_some(), "no epoch brings it back");
    refused(
        world.by_manager(RepairWraps {
            compartment: SOURCES,
            epoch: second,
            wraps: vec![wrap(ana)],
            extra: Default::default(),
        }),
        "device-removed",
    );
}

#[test]
fn a_device_on_a_trip_says_nothing_about_what_it_left_and_vouches_for_no_other() {
    let (mut world, first) = World::full();
    appoint(&mut world, 3).unwrap();
    let act = travel(&world.ana, &[SOURCES]);
    let id = world.by_ana(act).unwrap().id;
    let everyone = world.everyone();
    let epoch = world.epoch(&[first], &everyone, EpochReason::Admit);
    refused(world.by_ana(epoch), "device-away");
    let accomplice =
        AppointManager { compartment: SOURCES, person: person(4), until: None, extra: Default::default() };
    refused(world.by_ana(accomplice), "device-away");
    refused(world.by_ana(back(&world.ana, id)), "device-away");
    let laptop = Dev::new(person(3), 33);
    refused(world.by_ana(world.cross(&laptop)), "device-away");
    let other = Dev::new(person(4), 44);
    let cross = world.bytes(world.cross(&other), &By::Dev(&world.ben));
    world.apply(&cross).unwrap();
    refused(world.by_ana(confirm(&other)), "device-away");
    world.by_manager(confirm(&other)).unwrap();
    // What stops devices it may say.
    world.by_ana(Freeze { subject: Frozen::Person(person(3)), extra: Default::default() }).unwrap();
}

#[test]
fn another_person_who_manages_brings_back_and_names_the_last_trip() {
    let (mut world, _) = World::full();
    appoint(&mut world, 3).unwrap();
    let act = travel(&world.ana, &[SOURCES]);
    let first = world.by_ana(act.clone()).unwrap().id;
    let again = Travel { hpke: Bytes(kem(0x5f)), ..act };
    let second = world.by_ana(again).unwrap().id;
    refused(world.by_manager(back(&world.ana, first)), "travel-unknown");
    let bytes = world.bytes(back(&world.ana, second), &By::Dev(&world.ben));
    refused(world.apply(&bytes), "not-a-manager");
    refused(world.by_registrar(back(&world.ana, second)), "not-a-manager");
    // Her other device at home may not either.
    let home = Dev::new(person(2), 22);
    let cross = world.cross(&home);
    world.by_manager(cross).unwrap();
    world.by_ana(confirm(&home)).unwrap_err();
    world.by_registrar(confirm(&home)).unwrap();
    let own = travel(&home, &[SOURCES]);
    let bytes = world.bytes(Travel { hpke: Bytes(kem(0x60)), ..own }, &By::Dev(&home));
    let own = world.apply(&bytes).unwrap().id;
    refused(world.by_manager(back(&home, own)), "own-case");
    world.by_manager(back(&world.ana, second)).unwrap();
    refused(world.by_manager(back(&world.ana, second)), "travel-unknown");
}

#[test]
fn only_the_device_itself_leaves_and_takes_a_key_that_nobody_had() {
    let (mut world, _) = World::full();
    let (ana, ben) = (world.ana.id(), travel(&world.ben, &[SOURCES]));
    refused(world.by_ana(ben.clone()), "not-the-device-itself");
    refused(world.by_registrar(ben), "not-the-device-itself");
    let good = travel(&world.ana, &[MISSION_WIDE, SOURCES]);
    refused(world.by_ana(Travel { person: person(4), ..good.clone() }), "not-the-device-itself");
    refused(
        world.by_ana(Travel { compartments: vec![SOURCES, SOURCES], ..good.clone() }),
        "compartment-list-bad",
    );
    let nowhere = CompartmentId::from_bytes([1; 16]);
    refused(world.by_ana(Travel { compartments: vec![nowhere], ..good.clone() }), "compartment-unknown");
    // What nobody can seal to would keep every epoch from beginning that has her in its roster.
    refused(world.by_ana(Travel { hpke: Bytes([0xff; HPKE_PUBLIC_LEN]), ..good.clone() }), "key-bad");
    refused(world.by_ana(Travel { hpke: Bytes(kem(4)), ..good.clone() }), "device-exists");
    refused(world.by_ana(Travel { hpke: Bytes(kem(3)), ..good.clone() }), "device-exists");
    world.by_ana(good).unwrap();
    assert_eq!(world.register.recipient_key(ana, world.now()), Some(&NEW_KEY));
    let mut thief = Dev::new(person(9), 9);
    thief.keys.hpke = Bytes(NEW_KEY);
    world.enrol(thief.person);
    refused(world.enrol_device(&thief), "device-exists");
}

#[test]
fn leaving_is_obeyed_on_sight_and_the_new_key_is_not() {
    let (mut world, first) = World::full();
    let bytes = world.bytes(travel(&world.ana, &[SOURCES]), &By::Dev(&world.ana));
    let (ana, old) = (world.ana.id(), world.ana.keys.hpke.0);
    world.register.apply(LogPosition::new(99), &bytes, Sight::OnSight).unwrap();
    assert_eq!(world.register.epoch_devices(first, world.now()).unwrap().gone, [ana]);
    assert_eq!(world.register.recipient_key(ana, world.now()), Some(&old));
    world.apply(&bytes).unwrap();
    assert_eq!(world.register.recipient_key(ana, world.now()), Some(&NEW_KEY));
    let id = world.register.left_by(SOURCES, ana, world.now()).unwrap();
    let bytes = world.bytes(back(&world.ana, id), &By::Dev(&world.manager));
    let outcome = world.register.apply(LogPosition::new(99), &bytes, Sight::OnSight);
    assert_eq!(outcome.unwrap_err().code(), "not-cosigned", "to bring back gives");
}

#[test]
fn what_a_device_writes_into_a_compartment_it_left_is_late() {
    let (mut world, epoch) = World::full();
    let header =
        EntryHeader { mission: world.register.mission(), compartment: SOURCES, epoch, ..header(&world.ana) };
    let entry = verify_header(&signed_header(&header, &world.ana), &world.ana.keys).unwrap();
    let before = world.now();
    let act = travel(&world.ana, &[SOURCES]);
    world.by_ana(act).unwrap();
    assert_eq!(world.register.standing_of(&entry, before).unwrap(), EntryStanding::Settled);
    let late = EntryStanding::Late(LateReason::DeviceRemoved);
    assert_eq!(world.register.standing_of(&entry, world.now()).unwrap(), late);
}

#[test]
fn a_registrar_names_a_site_to_which_someone_was_assigned() {
    let (mut world, _) = World::full();
    let wide = BeginEpoch {
        compartment: MISSION_WIDE,
        ..world.epoch(&[], &[world.registrar.id()], EpochReason::Create)
    };
    let epoch = EpochId::from_bytes(*world.by_registrar(wide).unwrap().id.as_bytes());
    let site = SiteId::from_bytes([0x70; 16]);
    let sealed =
        SealedText { epoch, salt: Bytes([1; 32]), ciphertext: Blob(vec![7; 272]), extra: Default::default() };
    let name = SealedName { subject: Subject::Site(site), name: sealed, extra: Default::default() };
    refused(world.by_registrar(name.clone()), "site-unknown");
    world
        .by_registrar(AssignSite { person: person(3), site: Some(site), extra: Default::default() })
        .unwrap();
    refused(world.by_manager(name.clone()), "not-a-registrar");
    world.by_registrar(name).unwrap();
    assert!(world.register.name_of(Subject::Site(site)).is_some());
}
