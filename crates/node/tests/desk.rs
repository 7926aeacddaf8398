//! A desk from the founding of a mission to the next morning.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{found, unlock};
use counterseal_model::Classification;
use counterseal_model::record::{Body, Entity, EntityKind, Incident, Involved, Link, Source};
use counterseal_model::{Place, Term};
use counterseal_node::{Filter, Home, Movable, NodeError, Sort};
use counterseal_register::Charter;
use tempfile::TempDir;

fn incident(title: &str, narrative: &str) -> Body {
    Body::Incident(Box::new(Incident {
        title: Some(title.into()),
        narrative: Some(narrative.into()),
        place: Some(Place { name: Some("Bossangoa".into()), ..Place::default() }),
        ..Incident::default()
    }))
}

fn words(text: &str) -> Filter {
    Filter { words: Some(text.into()), ..Filter::default() }
}

#[test]
fn what_is_recorded_is_found_again_after_the_lid_was_closed() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 1);
    let compartment = desk.find_compartment("incidents").unwrap();
    let open = Classification::Unclassified;
    let id =
        desk.record_new(compartment, incident("Ambush", "Trois véhicules près d'Ouham-Pendé"), open).unwrap();
    desk.close().unwrap();

    let desk = unlock(home.path(), 2);
    assert!(desk.opened().clean);
    assert_eq!(desk.default_compartment().unwrap(), compartment);
    let found = desk.find(&words("vehicules OUHAM"), Sort::Relevance, 10).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].id(), id);
    assert!(found[0].part.synthetic, "marked, because the mission is");
    assert_eq!(desk.find_record(&id.to_string()[..8]).unwrap(), id);
    let names: Vec<_> = desk.people().into_iter().filter_map(|person| person.name).collect();
    assert_eq!(names, ["Officer Quillfeather"]);
}

#[test]
fn edits_make_versions_and_two_edits_apart_make_a_conflict_that_a_person_resolves() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 3);
    let compartment = desk.default_compartment().unwrap();
    let open = Classification::Confidential;
    let id = desk.record_new(compartment, incident("one", "first words"), open).unwrap();
    desk.edit(id, compartment, incident("two", "second words"), open).unwrap();
    assert_eq!(desk.history(id).unwrap().len(), 2);
    assert!(
        desk.find(&words("first"), Sort::Relevance, 10).unwrap().is_empty(),
        "replaced words are not found"
    );
    assert_eq!(desk.find(&words("second"), Sort::Relevance, 10).unwrap().len(), 1);
    // An edit by someone who had only seen the first version.
    let first = desk.history(id).unwrap()[0].version;
    let mut apart = counterseal_model::record::Part::first(id, incident("three", "third"), desk.now(), open);
    apart.parents = vec![first];
    desk.write(compartment, vec![apart]).unwrap();
    let view = desk.record(id).unwrap();
    assert!(view.conflict, "both stand");
    assert_eq!(desk.history(id).unwrap().iter().filter(|version| version.head).count(), 2);
    desk.edit(id, compartment, incident("resolved", "all of it"), open).unwrap();
    let view = desk.record(id).unwrap();
    assert!(!view.conflict);
    assert_eq!(desk.history(id).unwrap().len(), 4, "nothing is lost");
}

#[test]
fn links_and_involvement_lead_from_one_person_to_another() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 4);
    let compartment = desk.default_compartment().unwrap();
    let open = Classification::Unclassified;
    let entity = |kind, name: &str| Body::Entity(Box::new(Entity::named(kind, name)));
    let person = desk.record_new(compartment, entity(EntityKind::Person, "Brother Kettle"), open).unwrap();
    let group =
        desk.record_new(compartment, entity(EntityKind::Group, "Front of the Seven Wells"), open).unwrap();
    let other = desk.record_new(compartment, entity(EntityKind::Person, "Madame Lantern"), open).unwrap();
    let link = Link {
        kind: Term::from_text("member-of").unwrap(),
        from: person,
        to: group,
        when: None,
        grading: None,
        note: None,
        extra: Default::default(),
    };
    desk.record_new(compartment, Body::Link(Box::new(link)), open).unwrap();
    let involve =
        |id, role: &str| Involved { entity: Some(id), role: Term::from_text(role), ..Involved::default() };
    let attack = Incident {
        actors: vec![involve(group, "perpetrator"), involve(other, "victim")],
        ..Incident::default()
    };
    desk.record_new(compartment, Body::Incident(Box::new(attack)), open).unwrap();
    let path = desk.path(person, other, 1000).unwrap().unwrap();
    let by: Vec<_> = path.iter().map(|step| step.by.as_str()).collect();
    assert_eq!(by, ["member-of", "perpetrator", "victim"]);
    let near = desk.near(person, 1, 100).unwrap();
    assert_eq!(near.records.len(), 2);
    let filter = Filter { actor: Some("seven wells".into()), ..Filter::default() };
    assert_eq!(desk.count(&filter).unwrap(), 1);
}

#[test]
fn a_field_moved_to_another_part_leaves_the_first_and_is_seen_by_who_may_open_both() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 5);
    let everyone = desk.find_compartment("incidents").unwrap();
    let charter = Charter::new(counterseal_register::Rule::Open, counterseal_register::HistoryRule::FromJoin);
    let few = desk.create_compartment("protection", charter).unwrap();
    let id = desk
        .record_new(everyone, incident("A visit", "call 00236 00 11 22 33"), Classification::Confidential)
        .unwrap();
    let concerns = desk.concerns(&desk.record(id).unwrap().part.body).unwrap();
    assert_eq!(concerns[0].rule, "phone-number");
    let field = Movable::from_word(concerns[0].field).unwrap();
    desk.move_field(id, field, everyone, few).unwrap();
    let view = desk.record(id).unwrap();
    assert!(!view.conflict);
    let Body::Incident(merged) = &view.part.body else { panic!("an incident") };
    assert_eq!(merged.narrative.as_deref(), Some("call 00236 00 11 22 33"));
    let open = view.shown.iter().find(|version| version.compartment == everyone).unwrap();
    let Body::Incident(open) = &open.part.body else { panic!("an incident") };
    assert_eq!((open.title.as_deref(), open.narrative.as_deref()), (Some("A visit"), None));
}

#[test]
fn a_source_is_not_accepted_where_one_key_opens_it() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 6);
    let compartment = desk.default_compartment().unwrap();
    let source = Source { pseudonym: "Heron".into(), ..Source::default() };
    let refused =
        desk.record_new(compartment, Body::Source(Box::new(source)), Classification::StrictlyConfidential);
    assert!(matches!(refused, Err(NodeError::SourceInOpen)));
}

#[test]
fn a_wrong_passphrase_opens_nothing_and_a_changed_one_holds() {
    let home = TempDir::new().unwrap();
    found(home.path(), 7).close().unwrap();
    let place = Home::open(home.path()).unwrap().choose(None).unwrap();
    let wrong = counterseal_seal::Passphrase::new("seven wells and a camel").unwrap();
    let try_with = |phrase: &counterseal_seal::Passphrase| {
        counterseal_node::Desk::unlock(place.clone(), phrase, common::clock(), common::rng(8))
    };
    assert!(matches!(try_with(&wrong), Err(NodeError::KeyFile(_))));
    counterseal_node::Desk::change_passphrase(&place, &common::passphrase(), &wrong, &mut common::rng(9))
        .unwrap();
    assert!(try_with(&common::passphrase()).is_err(), "the old one no longer opens it");
    assert!(try_with(&wrong).is_ok());
}

#[test]
fn a_mission_replaces_a_taxonomy_by_its_own_and_only_by_a_newer_one() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 10);
    let shipped = desk.taxonomy("incident-type").unwrap().unwrap();
    let json = shipped.to_json();
    assert!(matches!(desk.set_taxonomy(&json), Err(NodeError::Taxonomy(_))), "the same version");
    let newer = json.replacen(&format!("\"version\": {}", shipped.version()), "\"version\": 900", 1);
    assert_ne!(newer, json);
    desk.set_taxonomy(&newer).unwrap();
    desk.close().unwrap();
    let mut desk = unlock(home.path(), 11);
    assert_eq!(desk.taxonomy("incident-type").unwrap().unwrap().version(), 900);
    assert!(desk.set_taxonomy(&json).is_err(), "never back");
    assert!(desk.taxonomy("no-such").unwrap().is_none());
}
