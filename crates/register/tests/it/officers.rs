//! Offices and sections.

use crate::common::*;
use counterseal_model::{SectionId, Timestamp};
use counterseal_register::*;

const PROTECTION: SectionId = SectionId::from_bytes([0x51; 16]);

fn appoint(dev: &Dev, office: Office, section: Option<SectionId>) -> AppointOfficer {
    AppointOfficer { person: dev.person, office, section, until: None, extra: Default::default() }
}

#[test]
fn governors_give_and_end_offices() {
    let mut world = World::enrolled();
    refused(world.by_registrar(appoint(&world.ana, Office::Watch, None)), "not-the-governors");
    world.by_govs(appoint(&world.ana, Office::Watch, None)).unwrap();
    let (ana, at) = (world.ana.person, world.now());
    assert!(world.register.is_officer(ana, Office::Watch, None, at));
    assert!(!world.register.is_officer(ana, Office::Training, None, at));
    assert_eq!(world.register.officers(Office::Watch, None, at), [ana]);
    assert_eq!(world.register.offices_of(ana, at), [(Office::Watch, None)]);
    let dismiss =
        DismissOfficer { person: ana, office: Office::Watch, section: None, extra: Default::default() };
    world.by_govs(dismiss.clone()).unwrap();
    assert!(!world.register.is_officer(ana, Office::Watch, None, world.now()));
    refused(world.by_govs(dismiss), "officer-unknown");
}

#[test]
fn an_office_ends_with_its_time_and_its_holder() {
    let mut world = World::enrolled();
    let until = Some(Timestamp(world.time + DAY));
    world.by_govs(AppointOfficer { until, ..appoint(&world.ana, Office::Training, None) }).unwrap();
    world.by_govs(appoint(&world.ben, Office::Training, None)).unwrap();
    world.by_registrar(revoke_person(world.ben.person)).unwrap();
    assert_eq!(world.register.officers(Office::Training, None, world.now()), [world.ana.person]);
    world.time += DAY;
    assert_eq!(world.register.officers(Office::Training, None, world.now()), []);
}

#[test]
fn a_reviewer_reviews_one_section() {
    let mut world = World::enrolled();
    refused(world.by_govs(appoint(&world.ana, Office::Review, None)), "office-bad");
    refused(world.by_govs(appoint(&world.ana, Office::Watch, Some(PROTECTION))), "office-bad");
    world.by_govs(appoint(&world.ana, Office::Review, Some(PROTECTION))).unwrap();
    let reviewers = |section| world.register.officers(Office::Review, Some(section), world.now());
    assert_eq!(reviewers(PROTECTION), [world.ana.person]);
    assert_eq!(reviewers(SectionId::from_bytes([1; 16])), []);
}

#[test]
fn a_registrar_says_who_is_in_which_section() {
    let mut world = World::enrolled();
    let assign =
        AssignSection { person: world.ana.person, section: Some(PROTECTION), extra: Default::default() };
    refused(world.by_ana(assign.clone()), "not-a-registrar");
    let before = world.now();
    world.by_registrar(assign.clone()).unwrap();
    assert_eq!(world.register.section_of(world.ana.person, world.now()), Some(PROTECTION));
    assert_eq!(world.register.section_of(world.ana.person, before), None);
    refused(world.by_registrar(assign.clone()), "nothing-changes");
    refused(world.by_registrar(AssignSection { person: person(99), ..assign.clone() }), "person-unknown");
    world.by_registrar(revoke_person(world.ana.person)).unwrap();
    refused(world.by_registrar(AssignSection { section: None, ..assign }), "person-not-active");
}
