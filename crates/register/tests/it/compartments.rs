use crate::common::*;
use counterseal_model::{Classification, CompartmentId, EntryId, Timestamp};
use counterseal_register::*;

const OTHER: CompartmentId = CompartmentId::from_bytes([0xdd; 16]);

fn appoint(compartment: CompartmentId, n: u8) -> AppointManager {
    AppointManager { compartment, person: person(n), until: None, extra: Default::default() }
}

fn dismiss(compartment: CompartmentId, n: u8) -> DismissManager {
    DismissManager { compartment, person: person(n), extra: Default::default() }
}

fn create(compartment: CompartmentId) -> CreateCompartment {
    let charter = Charter::new(Rule::Open, HistoryRule::Full);
    CreateCompartment { compartment, charter, name: None, extra: Default::default() }
}

fn amend(charter: Charter) -> AmendCharter {
    AmendCharter { compartment: SOURCES, charter, extra: Default::default() }
}

#[test]
fn a_registrar_appoints_the_first_manager_who_creates_the_compartment() {
    let mut world = World::enrolled();
    refused(world.by_manager(create(OTHER)), "not-a-manager");
    refused(world.by_ana(appoint(OTHER, 2)), "not-a-registrar");
    refused(world.by_govs(appoint(OTHER, 2)), "compartment-unknown");
    refused(world.by_registrar(appoint(OTHER, 9)), "person-unknown");
    world.by_registrar(appoint(OTHER, 2)).unwrap();
    assert_eq!(world.register.compartments(world.now()), [MISSION_WIDE]);
    refused(world.by_ana(create(OTHER)), "not-a-manager");
    refused(world.by_registrar(create(OTHER)), "not-a-manager");
    world.by_manager(create(OTHER)).unwrap();
    assert_eq!(world.register.managers(OTHER, world.now()), [person(2)]);
    refused(world.by_manager(create(OTHER)), "compartment-exists");
}

#[test]
fn a_registrar_has_no_say_in_a_compartment_that_has_a_manager() {
    let (mut world, _) = World::full();
    refused(world.by_registrar(appoint(SOURCES, 1)), "not-a-manager");
    refused(world.by_registrar(dismiss(SOURCES, 2)), "not-a-manager");
    refused(world.by_govs(appoint(SOURCES, 3)), "managers-remain");
    world.by_manager(appoint(SOURCES, 3)).unwrap();
    world.by_ana(dismiss(SOURCES, 2)).unwrap();
    refused(world.by_manager(appoint(SOURCES, 2)), "not-a-manager");
    refused(world.by_ana(dismiss(SOURCES, 2)), "manager-unknown");
}

#[test]
fn the_governors_appoint_a_manager_when_none_is_left() {
    let (mut world, _) = World::full();
    world.by_registrar(revoke_person(person(2))).unwrap();
    assert!(world.register.managers(SOURCES, world.now()).is_empty());
    refused(world.by_registrar(appoint(SOURCES, 3)), "not-a-manager");
    let one = world.bytes(appoint(SOURCES, 3), &By::Govs(&[&world.govs[0]]));
    refused(world.apply(&one), "not-the-governors");
    world.by_govs(appoint(SOURCES, 3)).unwrap();
    assert_eq!(world.register.managers(SOURCES, world.now()), [person(3)]);
}

#[test]
fn a_managers_appointment_ends_with_its_time() {
    let (mut world, _) = World::full();
    let until = Some(Timestamp(world.time + DAY));
    world.by_manager(AppointManager { until, ..appoint(SOURCES, 3) }).unwrap();
    world.time += DAY;
    assert_eq!(world.register.managers(SOURCES, world.now()), [person(2)]);
    refused(world.by_ana(dismiss(SOURCES, 2)), "not-a-manager");
}

#[test]
fn the_compartment_of_everyone_is_the_registrars() {
    let mut world = World::enrolled();
    refused(world.by_registrar(appoint(MISSION_WIDE, 2)), "compartment-mission-wide");
    refused(world.by_registrar(dismiss(MISSION_WIDE, 1)), "compartment-mission-wide");
    refused(world.by_registrar(create(MISSION_WIDE)), "compartment-exists");
    assert_eq!(world.register.managers(MISSION_WIDE, world.now()), [person(1)]);
}

#[test]
fn a_manager_amends_everything_in_a_charter_but_the_opening_rule() {
    let (mut world, first) = World::full();
    let mut charter = Charter::new(Rule::Open, HistoryRule::FromJoin);
    charter.retention_days = Some(90);
    charter.legal_hold = true;
    charter.default_classification = Some(Classification::Confidential);
    refused(world.by_ana(amend(charter.clone())), "not-a-manager");
    refused(
        world.by_manager(amend(Charter { rule: Rule::TwoSeal, ..charter.clone() })),
        "rule-is-the-governors",
    );
    let unknown = AmendCharter { compartment: OTHER, ..amend(charter.clone()) };
    refused(world.by_manager(unknown), "compartment-unknown");
    world.by_manager(amend(charter.clone())).unwrap();
    assert_eq!(world.register.charter(SOURCES, world.now()), Some(charter));
    // The epoch keeps the charter it began under.
    assert_eq!(world.register.charter_of_epoch(first).unwrap().history, HistoryRule::Full);
}

#[test]
fn late_entries_are_accepted_by_managers_in_an_ordered_list() {
    let (mut world, _) = World::full();
    let entry = |n| EntryId::from_bytes([n; 32]);
    let accept = |entries| AcceptLate { compartment: SOURCES, entries, extra: Default::default() };
    refused(world.by_ana(accept(vec![entry(1)])), "not-a-manager");
    for list in [vec![], vec![entry(2), entry(1)], vec![entry(1), entry(1)]] {
        refused(world.by_manager(accept(list)), "entry-list-bad");
    }
    refused(
        world.by_manager(AcceptLate { compartment: OTHER, ..accept(vec![entry(1)]) }),
        "predecessor-unknown",
    );
    world.by_manager(accept(vec![entry(1), entry(2)])).unwrap();
}
