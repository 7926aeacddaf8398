use crate::common::*;
use crate::entries::{header, signed_header};
use counterseal_model::{EpochId, SiteId, StatementId};
use counterseal_register::*;

const TOWN: SiteId = SiteId::from_bytes([0x70; 16]);
const PORT: SiteId = SiteId::from_bytes([0x71; 16]);

fn freeze(subject: Frozen) -> Freeze {
    Freeze { subject, extra: Default::default() }
}

fn freeze_person(n: u8) -> Freeze {
    freeze(Frozen::Person(person(n)))
}

fn unfreeze(subject: Frozen, freezes: &[StatementId]) -> Unfreeze {
    let mut freezes = freezes.to_vec();
    freezes.sort();
    Unfreeze { subject, freezes, extra: Default::default() }
}

fn assign(n: u8, site: Option<SiteId>) -> AssignSite {
    AssignSite { person: person(n), site, extra: Default::default() }
}

fn is_frozen(world: &World, n: u8) -> bool {
    world.register.is_frozen(Frozen::Person(person(n)), world.now())
}

fn status(world: &World, dev: &Dev) -> DeviceStatus {
    world.register.device(dev.id(), world.now()).unwrap().status
}

#[test]
fn a_frozen_persons_devices_sign_nothing_and_get_no_secrets() {
    let (mut world, first) = World::full();
    world.by_registrar(freeze_person(3)).unwrap();
    assert!(is_frozen(&world, 3));
    assert_eq!(status(&world, &world.ana), DeviceStatus::Frozen { since: world.now() });
    assert_eq!(
        world.register.person(person(3), world.now()),
        Some(PersonStatus::Frozen { since: world.now() })
    );
    let act = world.cross(&Dev::new(person(3), 33));
    refused(world.by_ana(act), "person-not-active");
    let own = revoke(&world.ana);
    refused(world.by_ana(own), "signer-not-active");
    let ana = world.ana.id();
    assert_eq!(world.register.may_write(ana, first, world.now()).unwrap_err().code(), "signer-not-active");
    assert_eq!(world.register.epoch_devices(first, world.now()).unwrap().gone, [ana]);
    assert_eq!(world.register.write_epoch(SOURCES, world.now()), None);
    let roster = world.everyone();
    let rekey = world.epoch(&[first], &roster, EpochReason::Rekey);
    refused(world.by_manager(rekey), "roster-not-active");
    let repair =
        RepairWraps { compartment: SOURCES, epoch: first, wraps: vec![wrap(ana)], extra: Default::default() };
    refused(world.by_manager(repair), "roster-not-active");
    // Any member takes up a new secret without her.
    let rekey = world.epoch(&[first], &[world.manager.id(), world.ben.id()], EpochReason::Rekey);
    let bytes = world.bytes(rekey, &By::Dev(&world.ben));
    world.apply(&bytes).unwrap();
    assert!(world.register.write_epoch(SOURCES, world.now()).is_some());
}

#[test]
fn an_entry_logged_during_a_freeze_is_late_for_good() {
    let (mut world, epoch) = World::full();
    let header =
        EntryHeader { mission: world.register.mission(), compartment: SOURCES, epoch, ..header(&world.ana) };
    let entry = verify_header(&signed_header(&header, &world.ana), &world.ana.keys).unwrap();
    let before = world.now();
    let id = world.by_registrar(freeze_person(3)).unwrap().id;
    let during = world.now();
    world.by_registrar(unfreeze(Frozen::Person(person(3)), &[id])).unwrap();
    let after = world.now();
    let standing = |at| world.register.standing_of(&entry, at).unwrap();
    assert_eq!(standing(before), EntryStanding::Settled);
    assert_eq!(standing(during), EntryStanding::Late(LateReason::PersonFrozen));
    assert_eq!(standing(after), EntryStanding::Settled);
    assert!(world.register.is_frozen(Frozen::Person(person(3)), during));
    assert!(!world.register.is_frozen(Frozen::Person(person(3)), after));
}

#[test]
fn registrars_managers_concerned_and_the_person_freeze_a_person() {
    let (mut world, _) = World::full();
    let outsider = world.another(9);
    let by_outsider = world.bytes(freeze_person(3), &By::Dev(&outsider));
    refused(world.apply(&by_outsider), "not-a-freezer");
    let by_ben = world.bytes(freeze_person(3), &By::Dev(&world.ben));
    refused(world.apply(&by_ben), "not-a-freezer");
    refused(world.by_govs(freeze_person(3)), "not-one-device");
    // The manager of a compartment that the person is not in.
    refused(world.by_manager(freeze_person(9)), "not-a-freezer");
    world.by_manager(freeze_person(4)).unwrap();
    world.by_ana(freeze_person(3)).unwrap();
    world.by_registrar(freeze_person(9)).unwrap();
    assert!([3, 4, 9].iter().all(|n| is_frozen(&world, *n)));
    refused(world.by_ana(freeze_person(3)), "signer-not-active");
    refused(world.by_registrar(freeze_person(99)), "predecessor-unknown");
    let mut unseen = world.draft(freeze_person(99));
    unseen.prev = Some(StatementId::from_bytes([8; 32])); // of someone whose enrolment is not here yet
    let unseen = sign(&unseen.payload(), &By::Dev(&world.registrar));
    refused(world.register.apply(LogPosition::new(0), &unseen, Sight::OnSight), "person-unknown");
    world.by_registrar(revoke_person(person(9))).unwrap();
    refused(world.by_registrar(freeze_person(9)), "already-revoked");
}

#[test]
fn a_managers_stolen_device_does_not_freeze_the_registrars() {
    let (mut world, _) = World::full();
    let act = AppointRegistrar { person: person(4), until: None, extra: Default::default() };
    world.by_govs(act).unwrap();
    refused(world.by_manager(freeze_person(4)), "not-a-freezer");
    world.by_registrar(freeze_person(4)).unwrap();
    // Nor add to a freeze that another will lift.
    refused(world.by_manager(freeze_person(4)), "not-a-freezer");
    assert_eq!(world.register.registrars(world.now()), [person(1)]);
}

#[test]
fn only_a_registrar_or_the_governors_lift_a_freeze() {
    let (mut world, _) = World::full();
    let ana = Frozen::Person(person(3));
    let id = world.by_ana(freeze_person(3)).unwrap().id;
    let lift = unfreeze(ana, &[id]);
    refused(world.by_manager(lift.clone()), "not-a-registrar");
    refused(world.by_ana(lift.clone()), "signer-not-active");
    let one = world.bytes(lift.clone(), &By::Govs(&[&world.govs[0]]));
    refused(world.apply(&one), "not-the-governors");
    world.by_registrar(lift).unwrap();
    assert_eq!(status(&world, &world.ana), DeviceStatus::Active);
    // When every registrar is frozen, the governors can.
    let id = world.by_registrar(freeze_person(1)).unwrap().id;
    let registrar = Frozen::Person(person(1));
    refused(world.by_registrar(unfreeze(registrar, &[id])), "signer-not-active");
    world.by_govs(unfreeze(registrar, &[id])).unwrap();
    assert!(!is_frozen(&world, 1));
}

#[test]
fn what_lifts_a_freeze_lifts_those_it_names_and_no_other() {
    let (mut world, _) = World::full();
    let ana = Frozen::Person(person(3));
    let one = world.by_manager(freeze_person(3)).unwrap().id;
    let early = world.bytes(unfreeze(ana, &[one]), &By::Dev(&world.registrar));
    let two = world.by_registrar(freeze_person(3)).unwrap().id;
    assert_eq!(world.register.freezes(ana, world.now()).len(), 2);
    // Signed before the second was heard of.
    world.apply(&early).unwrap();
    assert!(is_frozen(&world, 3));
    assert_eq!(world.register.freezes(ana, world.now()), [two]);
    refused(world.by_registrar(unfreeze(ana, &[one, two])), "freeze-unknown");
    refused(world.by_registrar(unfreeze(ana, &[StatementId::from_bytes([1; 32])])), "freeze-unknown");
    refused(world.by_registrar(unfreeze(Frozen::Person(person(4)), &[two])), "freeze-unknown");
    refused(world.by_registrar(unfreeze(Frozen::Site(TOWN), &[two])), "site-unknown");
    refused(world.by_registrar(unfreeze(ana, &[])), "freeze-list-bad");
    refused(world.by_registrar(unfreeze(ana, &[two, two])), "freeze-list-bad");
    world.by_registrar(unfreeze(ana, &[two])).unwrap();
    assert!(!is_frozen(&world, 3));
}

#[test]
fn a_freeze_is_obeyed_on_sight_and_its_lifting_is_not() {
    let (mut world, first) = World::full();
    let sight = |world: &mut World, bytes: &[u8]| {
        world.register.apply(LogPosition::new(world.index + 1), bytes, Sight::OnSight)
    };
    let bytes = world.bytes(freeze_person(3), &By::Dev(&world.ana));
    let id = sight(&mut world, &bytes).unwrap().id;
    assert!(is_frozen(&world, 3));
    assert!(world.register.may_write(world.ana.id(), first, world.now()).is_err());
    let lift = world.bytes(unfreeze(Frozen::Person(person(3)), &[id]), &By::Dev(&world.registrar));
    refused(sight(&mut world, &lift), "not-cosigned");
    refused(world.apply(&lift), "freeze-unknown"); // the log has no such freeze yet
    world.apply(&bytes).unwrap();
    refused(sight(&mut world, &lift), "not-cosigned");
    world.apply(&lift).unwrap();
    assert!(!is_frozen(&world, 3));
    let assign = world.bytes(assign(3, Some(TOWN)), &By::Dev(&world.registrar));
    refused(sight(&mut world, &assign), "not-cosigned");
}

#[test]
fn a_freeze_cannot_be_lost_to_a_race() {
    let mut world = World::enrolled();
    let bytes = world.bytes(freeze_person(3), &By::Dev(&world.registrar));
    let act = world.cross(&Dev::new(person(3), 33));
    world.by_ana(act).unwrap(); // the thief is first
    assert_eq!(world.apply(&bytes).unwrap().effect, Effect::Stands);
}

#[test]
fn a_frozen_sites_people_are_frozen_and_let_out_one_by_one_or_together() {
    let (mut world, _) = World::full();
    world.by_registrar(assign(3, Some(TOWN))).unwrap();
    world.by_registrar(assign(4, Some(TOWN))).unwrap();
    world.by_registrar(assign(2, Some(PORT))).unwrap();
    assert_eq!(world.register.site_of(person(3), world.now()), Some(TOWN));
    assert_eq!(world.register.sites().collect::<Vec<_>>(), [TOWN, PORT]);
    refused(world.by_manager(freeze(Frozen::Site(TOWN))), "not-a-freezer");
    refused(world.by_ana(freeze(Frozen::Site(TOWN))), "not-a-freezer");
    let id = world.by_registrar(freeze(Frozen::Site(TOWN))).unwrap().id;
    assert!(is_frozen(&world, 3) && is_frozen(&world, 4) && !is_frozen(&world, 2));
    assert!(world.register.is_frozen(Frozen::Site(TOWN), world.now()));
    assert_eq!(status(&world, &world.ben), DeviceStatus::Frozen { since: world.now() });
    // Moving away lifts nothing; coming in freezes.
    world.by_registrar(assign(3, Some(PORT))).unwrap();
    world.by_registrar(assign(2, Some(TOWN))).unwrap();
    assert!(is_frozen(&world, 3) && is_frozen(&world, 2));
    let ana = Frozen::Person(person(3));
    world.by_registrar(unfreeze(ana, &[id])).unwrap();
    assert!(!is_frozen(&world, 3) && is_frozen(&world, 4));
    assert!(world.register.is_frozen(Frozen::Site(TOWN), world.now()));
    world.by_registrar(unfreeze(Frozen::Site(TOWN), &[id])).unwrap();
    assert!(!is_frozen(&world, 2) && !is_frozen(&world, 4));
    refused(world.by_registrar(unfreeze(Frozen::Site(TOWN), &[id])), "freeze-unknown");
    // A person's own freeze is not the site's to lift.
    let own = world.by_registrar(freeze_person(4)).unwrap().id;
    let site = world.by_registrar(freeze(Frozen::Site(TOWN))).unwrap().id;
    world.by_registrar(unfreeze(Frozen::Site(TOWN), &[site])).unwrap();
    assert_eq!(world.register.freezes(Frozen::Person(person(4)), world.now()), [own]);
}

#[test]
fn a_site_is_assigned_by_a_registrar_and_known_before_it_is_frozen() {
    let mut world = World::enrolled();
    refused(world.by_registrar(freeze(Frozen::Site(TOWN))), "site-unknown");
    refused(world.by_ana(assign(3, Some(TOWN))), "not-a-registrar");
    refused(world.by_registrar(assign(99, Some(TOWN))), "person-unknown");
    refused(world.by_registrar(assign(3, None)), "nothing-changes");
    world.by_registrar(assign(3, Some(TOWN))).unwrap();
    refused(world.by_registrar(assign(3, Some(TOWN))), "nothing-changes");
    world.by_registrar(assign(3, None)).unwrap();
    assert_eq!(world.register.site_of(person(3), world.now()), None);
    world.by_registrar(freeze(Frozen::Site(TOWN))).unwrap();
    assert!(!is_frozen(&world, 3)); // who had left before
    world.by_registrar(revoke_person(person(4))).unwrap();
    refused(world.by_registrar(assign(4, Some(TOWN))), "person-not-active");
}

#[test]
fn a_frozen_manager_leaves_the_compartment_to_the_governors() {
    let (mut world, _) = World::full();
    world.by_registrar(freeze_person(2)).unwrap();
    assert!(world.register.managers(SOURCES, world.now()).is_empty());
    let appoint =
        AppointManager { compartment: SOURCES, person: person(2), until: None, extra: Default::default() };
    refused(world.by_govs(appoint.clone()), "person-not-active");
    world.by_govs(AppointManager { person: person(3), ..appoint }).unwrap();
    let heads = world.register.epoch_heads(SOURCES);
    let roster = [world.ana.id(), world.ben.id()];
    let act = world.epoch(&heads, &roster, EpochReason::Remove);
    let id = world.by_ana(act).unwrap().id;
    assert_eq!(world.register.write_epoch(SOURCES, world.now()), Some(EpochId::from_bytes(*id.as_bytes())));
}
