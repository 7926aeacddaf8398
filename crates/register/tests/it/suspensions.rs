use crate::common::*;
use crate::entries::{header, signed_header};
use counterseal_model::{EpochId, JournalId, MissionId};
use counterseal_register::*;

/// Two entries that Ana's device signed for one place.
fn pair(world: &World) -> [EntryHeader; 2] {
    let one = EntryHeader { mission: world.register.mission(), ..header(&world.ana) };
    let other = EntryHeader { salt: Bytes([7; 32]), ..one.clone() };
    [one, other]
}

fn suspend(accused: &Dev, [one, other]: &[EntryHeader; 2], signer: &Dev) -> SuspendDevice {
    SuspendDevice {
        person: accused.person,
        device: accused.id(),
        one: Blob(signed_header(one, signer)),
        other: Blob(signed_header(other, signer)),
        extra: Default::default(),
    }
}

fn status(world: &World, dev: &Dev) -> DeviceStatus {
    world.register.device(dev.id(), world.now()).unwrap().status
}

#[test]
fn two_entries_in_one_place_suspend_a_device_whoever_shows_them() {
    let (mut world, first) = World::full();
    let act = suspend(&world.ana, &pair(&world), &world.ana);
    let header = EntryHeader { compartment: SOURCES, epoch: first, seq: 0, ..pair(&world)[0].clone() };
    let entry = verify_header(&signed_header(&header, &world.ana), &world.ana.keys).unwrap();
    let before = world.now();
    let bytes = world.bytes(act.clone(), &By::Dev(&world.ben)); // no manager, no registrar
    world.apply(&bytes).unwrap();
    assert_eq!(status(&world, &world.ana), DeviceStatus::Suspended { since: world.now() });
    let evidence = world.register.suspension(world.ana.id(), world.now()).unwrap();
    assert_eq!((evidence.device, evidence.seq), (world.ana.id(), 0));
    assert_eq!(world.register.suspension(world.ana.id(), before), None);
    let standing = |at| world.register.standing_of(&entry, at).unwrap();
    assert_eq!(standing(before), EntryStanding::Settled);
    assert_eq!(standing(world.now()), EntryStanding::Late(LateReason::DeviceSuspended));
    assert_eq!(world.register.write_epoch(SOURCES, world.now()), None);
    // Its person is not: another device goes on, and only that the old one is gone for good.
    assert_eq!(world.register.person(person(3), world.now()), Some(PersonStatus::Active));
    refused(world.by_manager(act.clone()), "already-suspended");
    let bytes = world.bytes(revoke(&world.ana), &By::Dev(&world.registrar));
    world.apply(&bytes).unwrap();
    assert!(matches!(status(&world, &world.ana), DeviceStatus::Revoked { .. }));
    refused(world.by_manager(act), "already-revoked");
}

#[test]
fn the_register_checks_the_evidence_itself() {
    let mut world = World::enrolled();
    let [one, other] = pair(&world);
    let ana = Dev::new(person(3), 3);
    let refuse = |world: &mut World, act: SuspendDevice| refused(world.by_manager(act), "evidence-bad");
    // One entry twice; two places; two journals; another mission; somebody else's signature; no entries.
    refuse(&mut world, suspend(&ana, &[one.clone(), one.clone()], &ana));
    let next = EntryHeader { seq: 1, prev: counterseal_model::EntryId::from_bytes([1; 32]), ..other.clone() };
    refuse(&mut world, suspend(&ana, &[one.clone(), next], &ana));
    let elsewhere = EntryHeader { journal: JournalId::from_bytes([9; 16]), ..other.clone() };
    refuse(&mut world, suspend(&ana, &[one.clone(), elsewhere], &ana));
    let mission = MissionId::from_bytes([0; 32]);
    let foreign = [&one, &other].map(|header| EntryHeader { mission, ..header.clone() });
    refuse(&mut world, suspend(&ana, &foreign, &ana));
    for half_foreign in [[one.clone(), foreign[1].clone()], [foreign[0].clone(), other.clone()]] {
        refuse(&mut world, suspend(&ana, &half_foreign, &ana));
    }
    let ben = Dev::new(person(4), 4);
    refuse(&mut world, suspend(&ana, &[one.clone(), other.clone()], &ben));
    let bens = [&one, &other].map(|header| EntryHeader { device: ben.id(), ..header.clone() });
    refuse(&mut world, suspend(&ana, &bens, &ben));
    let mut nothing = suspend(&ana, &[one.clone(), other.clone()], &ana);
    nothing.other = Blob(vec![1, 2, 3]);
    refuse(&mut world, nothing);
    // Another compartment or epoch is still the same place in the journal.
    let other = EntryHeader { epoch: EpochId::from_bytes([8; 32]), ..other };
    world.by_manager(suspend(&ana, &[one, other], &ana)).unwrap();
}

#[test]
fn evidence_is_filed_by_someone_active_against_a_device_that_there_is() {
    let mut world = World::enrolled();
    let act = suspend(&world.ana, &pair(&world), &world.ana);
    refused(world.by_govs(act.clone()), "not-one-device");
    let of_another = SuspendDevice { person: person(4), ..act.clone() };
    refused(world.by_manager(of_another), "device-unknown");
    let ben = Dev::new(person(4), 4);
    let bytes = world.bytes(act, &By::Dev(&ben));
    world.by_registrar(revoke(&ben)).unwrap();
    refused(world.apply(&bytes), "signer-not-active");
}

#[test]
fn a_suspension_is_obeyed_on_sight_and_not_lost_to_a_race() {
    let mut world = World::enrolled();
    let act = suspend(&world.ana, &pair(&world), &world.ana);
    let bytes = world.bytes(act, &By::Dev(&world.ben));
    world.register.apply(LogPosition::new(99), &bytes, Sight::OnSight).unwrap();
    assert!(matches!(status(&world, &world.ana), DeviceStatus::Suspended { .. }));
    let act = world.cross(&Dev::new(person(3), 33));
    world.by_ana(act).unwrap(); // the log decides by the log
    assert!(matches!(status(&world, &world.ana), DeviceStatus::Suspended { .. }));
    assert_eq!(world.apply(&bytes).unwrap().effect, Effect::Stands);
    let act = world.cross(&Dev::new(person(3), 34));
    refused(world.by_ana(act), "signer-not-active");
}
