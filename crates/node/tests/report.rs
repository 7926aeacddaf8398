//! Reporting: drafts, parts written together, accounts of one event, conflicts settled field by field.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::path::Path;

use common::{found, unlock};
use counterseal_model::record::{
    Body, Casualties, Entity, EntityKind, Incident, Involved, NameVariant, Part,
};
use counterseal_model::{
    Classification, CompartmentId, Occurred, Place, Point, RecordId, Term, TimePrecision, Timestamp,
};
use counterseal_node::{Common, DRAFTS, Desk, Filter, Movable, NodeError, ReportRefusal};
use counterseal_register::{Charter, HistoryRule, Rule};
use tempfile::TempDir;

const DAY: i64 = Timestamp::DAY;
/// The day of the event.
const THEN: i64 = 1_789_900_000 / DAY * DAY;

fn id(n: u8) -> RecordId {
    RecordId::from_bytes([n; 16])
}

fn account(title: &str, day: i64, place: &str, killed: u64, actor: &str) -> Incident {
    let at = Timestamp(THEN + day * DAY);
    Incident {
        title: Some(title.into()),
        occurred: Some(Occurred::span(at, at, TimePrecision::Day)),
        place: Some(Place { name: Some(place.into()), ..Place::default() }),
        casualties: vec![Casualties { best: Some(killed), ..Casualties::default() }],
        actors: vec![Involved { name: Some(actor.into()), ..Involved::default() }],
        ..Incident::default()
    }
}

fn write(desk: &mut Desk, n: u8, incident: Incident) -> RecordId {
    let compartment = desk.find_compartment("incidents").unwrap();
    desk.report(id(n), compartment, incident, &[], None).unwrap();
    id(n)
}

fn incident(desk: &Desk, id: RecordId) -> Incident {
    match desk.record(id).unwrap().part.body {
        Body::Incident(incident) => *incident,
        other => panic!("{other:?}"),
    }
}

fn protection(desk: &mut Desk) -> CompartmentId {
    desk.create_compartment("protection", Charter::new(Rule::Open, HistoryRule::FromJoin)).unwrap()
}

fn typed(text: &str) -> Vec<(String, String)> {
    vec![("title".into(), text.into()), ("narrative".into(), "Two carts.\r\nعربتان".into())]
}

/// Every file under a folder, all bytes together.
fn bytes_under(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(bytes_under(&path)) } else { all.extend(std::fs::read(path).unwrap()) }
    }
    all
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            std::fs::create_dir(to.join(&name)).unwrap();
            copy(&path, &to.join(&name));
        } else {
            std::fs::copy(&path, to.join(&name)).unwrap();
        }
    }
}

#[test]
fn a_draft_is_sealed_survives_a_kill_and_can_be_discarded() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 1);
    let compartment = desk.find_compartment("incidents").unwrap();
    desk.keep_draft(id(1), compartment, &[], &typed("PLANTEDWORD one")).unwrap();
    desk.keep_draft(id(1), compartment, &[], &typed("PLANTEDWORD two")).unwrap();
    desk.keep_draft(id(2), compartment, &[], &typed("PLANTEDWORD three")).unwrap();
    // As after kill -9: the files as they are while the desk is open.
    let killed = TempDir::new().unwrap();
    copy(home.path(), killed.path());
    let disk = bytes_under(killed.path());
    assert!(disk.len() > 10_000 && !disk.windows(11).any(|window| window == b"PLANTEDWORD"));
    let mut desk = unlock(killed.path(), 2);
    let drafts = desk.drafts().unwrap();
    assert_eq!(drafts.len(), 2, "the second one took the first one's place");
    let one = drafts.iter().find(|draft| draft.record == id(1)).unwrap();
    assert_eq!(one.fields, typed("PLANTEDWORD two"));
    assert_eq!(one.compartment, compartment);
    desk.discard_draft(id(1)).unwrap();
    assert_eq!(desk.drafts().unwrap().len(), 1);
    assert_eq!(desk.count_unsent().unwrap().0, 0, "a draft is in no journal");
}

#[test]
fn drafts_are_bounded() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 3);
    let compartment = desk.find_compartment("incidents").unwrap();
    let long = vec![("narrative".to_owned(), "x".repeat(300_000))];
    let refused = desk.keep_draft(id(0), compartment, &[], &long);
    assert!(
        matches!(refused, Err(NodeError::Report(ReportRefusal::DraftTooLong { bytes })) if bytes > 300_000)
    );
    for n in 0..u8::try_from(DRAFTS).unwrap() {
        desk.keep_draft(id(n), compartment, &[], &typed("x")).unwrap();
    }
    desk.keep_draft(id(3), compartment, &[], &typed("again")).unwrap();
    let refused = desk.keep_draft(id(200), compartment, &[], &typed("one more"));
    assert!(matches!(refused, Err(NodeError::Report(ReportRefusal::TooManyDrafts))));
}

#[test]
fn a_report_is_written_once_in_parts_and_its_draft_ends_with_it() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 4);
    let everyone = desk.find_compartment("incidents").unwrap();
    let few = protection(&mut desk);
    desk.keep_draft(id(1), everyone, &[], &typed("x")).unwrap();
    let mut told = account("Attack on a convoy", 0, "Bouca", 2, "Front");
    told.narrative = Some("Told by a neighbour.".into());
    desk.report(id(1), everyone, told.clone(), &[(Movable::Narrative, few), (Movable::Actors, few)], None)
        .unwrap();
    let view = desk.record(id(1)).unwrap();
    assert_eq!(incident(&desk, id(1)), told, "who may open both sees all of it");
    assert_eq!(view.shown.len(), 2);
    for part in &view.shown {
        let Body::Incident(says) = &part.part.body else { panic!() };
        let narrow = part.compartment == few;
        assert_eq!(
            (says.narrative.is_some(), says.title.is_some(), says.actors.is_empty()),
            (narrow, !narrow, !narrow)
        );
    }
    assert!(desk.drafts().unwrap().is_empty());
    // The same form sent twice is one record of one version.
    desk.report(id(1), everyone, told, &[], None).unwrap();
    assert_eq!(desk.history(id(1)).unwrap().len(), 2);
    let refused = desk.report(id(2), everyone, Incident::default(), &[], None);
    assert!(matches!(refused, Err(NodeError::Report(ReportRefusal::Empty))));
    // A compartment that this desk may not write in refuses the whole: no half of it is written, and the draft stays.
    desk.keep_draft(id(3), everyone, &[], &typed("x")).unwrap();
    let stranger = CompartmentId::from_bytes([9; 16]);
    let told = account("Half", 0, "Bouca", 1, "Front");
    desk.report(id(3), everyone, told, &[(Movable::Title, stranger)], None).unwrap_err();
    assert!(desk.record(id(3)).is_err() && desk.drafts().unwrap().len() == 1);
    let desk = {
        drop(desk);
        unlock(home.path(), 5)
    };
    assert!(desk.record(id(3)).is_err() && desk.record(id(1)).is_ok());
}

#[test]
fn accounts_of_one_event_are_pointed_out_across_scripts_and_others_are_not() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 6);
    let known =
        write(&mut desk, 1, account("Attack on a convoy near the market", 0, "Bouca", 12, "Mohammed Ahmad"));
    write(&mut desk, 2, account("Attack on a convoy near the market", 20, "Bouca", 12, "Mohammed Ahmad"));
    write(&mut desk, 3, account("Flood", 0, "Bria", 0, "Nobody"));
    let told = account("هجوم على قافلة", 1, "بوكا", 11, "محمد أحمد");
    let alike = desk.alike(&told, None, 5).unwrap();
    assert_eq!(alike.iter().map(|one| one.record.id()).collect::<Vec<_>>(), [known]);
    let common = &alike[0].common;
    assert!(common.contains(&Common::Killed(11, 12)), "{common:?}");
    assert!(common.contains(&Common::Names(vec!["Mohammed Ahmad".into()])), "{common:?}");
    // Near by points, though the names of the place differ.
    let at = |lat, place: &str| {
        let mut told = account("x", 0, place, 5, "y");
        told.place.as_mut().unwrap().point = Point::from_degrees(lat, 18.0);
        told
    };
    let near = write(&mut desk, 4, at(6.0, "North market"));
    assert_eq!(desk.alike(&at(6.05, "PK 3"), None, 5).unwrap()[0].record.id(), near);
    assert!(desk.alike(&at(9.0, "PK 3"), None, 5).unwrap().iter().all(|one| one.record.id() != near));
    // A record does not repeat itself, and of nothing told nothing follows.
    assert!(
        desk.alike(&incident(&desk, near), Some(near), 5).unwrap().iter().all(|one| one.record.id() != near)
    );
    assert!(desk.alike(&Incident::default(), None, 5).unwrap().is_empty());
}

#[test]
fn two_accounts_are_said_to_be_one_event_without_losing_either_and_said_to_be_two_again() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 7);
    let mut police = account("Police: attack", 0, "Bouca", 3, "Front");
    police.sources.push("Police report 7".into());
    let mut radio = account("Radio: attack", 0, "Bouca", 5, "Front");
    radio.sources.push("Radio Ndeke Luka".into());
    let (one, two, three) = (
        write(&mut desk, 1, police.clone()),
        write(&mut desk, 2, radio.clone()),
        write(&mut desk, 3, account("Third", 0, "Bouca", 4, "Front")),
    );
    assert_eq!(desk.say_same(two, one).unwrap(), one);
    // What repeats something that repeats names what stands for the event.
    assert_eq!(desk.say_same(three, two).unwrap(), one);
    let others = |desk: &Desk, id| {
        let mut ids: Vec<_> = desk.other_accounts(id).unwrap().iter().map(|view| view.id()).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(others(&desk, one), [two, three]);
    assert_eq!(others(&desk, two), [one, three]);
    assert_eq!(incident(&desk, one), police, "what stands for the event is as it was");
    radio.duplicate_of = Some(one);
    assert_eq!(incident(&desk, two), radio, "and so is the other, but for what it says of itself");
    assert_eq!(desk.history(two).unwrap().len(), 2);
    // Nobody repeats itself, at first or second hand.
    for (repeats, of) in [(one, one), (one, two), (one, three)] {
        let refused = desk.say_same(repeats, of);
        assert!(
            matches!(refused, Err(NodeError::Report(ReportRefusal::Itself(id))) if id == one),
            "{refused:?}"
        );
    }
    // Saying it twice writes nothing more; what was pointed out as alike is not any more.
    desk.say_same(two, one).unwrap();
    assert_eq!(desk.history(two).unwrap().len(), 2);
    assert!(desk.alike(&police, Some(one), 5).unwrap().is_empty());
    // The index made anew says the same.
    desk.reindex(&mut |_, _| ()).unwrap();
    assert_eq!(others(&desk, one), [two, three]);
    desk.say_apart(two).unwrap();
    assert_eq!((others(&desk, one), others(&desk, two)), (vec![three], vec![]));
    radio.duplicate_of = None;
    assert_eq!(incident(&desk, two), radio);
    assert_eq!(desk.history(two).unwrap().len(), 3, "and what was said once stays in the history");
}

/// A ring of records that each say they repeat the next: a desk that wrote so must not hang another.
#[test]
fn a_ring_of_accounts_ends() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 8);
    for n in 1..=3 {
        let mut told = account("x", 0, "Bouca", 1, "y");
        told.duplicate_of = Some(id(n % 3 + 1));
        write(&mut desk, n, told);
    }
    assert_eq!(desk.other_accounts(id(1)).unwrap().len(), 2);
    desk.alike(&incident(&desk, id(1)), Some(id(1)), 5).unwrap();
}

#[test]
fn a_conflict_is_settled_field_by_field_by_who_has_seen_it() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 9);
    let compartment = desk.find_compartment("incidents").unwrap();
    let first = write(&mut desk, 1, account("Attack", 0, "Bouca", 2, "Front"));
    let parent = desk.history(first).unwrap()[0].version;
    let edited = |change: fn(&mut Incident), class| {
        let mut told = account("Attack", 0, "Bouca", 2, "Front");
        change(&mut told);
        let body = Body::Incident(Box::new(told));
        Part { parents: vec![parent], ..Part::first(first, body, Timestamp(THEN), class) }
    };
    let (open, closed) = (Classification::Unclassified, Classification::StrictlyConfidential);
    let one = edited(|told| told.title = Some("Attack at dawn".into()), open);
    let other = edited(
        |told| {
            told.narrative = Some("Two carts.".into());
            told.sources.push("Radio".into());
        },
        closed,
    );
    desk.write(compartment, vec![one]).unwrap();
    desk.write(compartment, vec![other]).unwrap();
    let conflicts = desk.conflicts(first).unwrap();
    assert_eq!(conflicts.len(), 1);
    let conflict = &conflicts[0];
    let fields: Vec<_> = conflict.disputed.iter().map(|field| field.field).collect();
    assert_eq!(fields, [3, 12, 21], "title, narrative, sources: nothing else differs");
    let Body::Incident(alone) = &conflict.disputed[0].said[0] else { panic!() };
    assert!(alone.place.is_none() && alone.title.is_some(), "the field alone");
    let seen: Vec<_> = conflict.versions.iter().map(|version| version.version).collect();
    let says = |n: usize| match &conflict.versions[n].part.body {
        Body::Incident(incident) => incident.narrative.is_some(),
        _ => panic!(),
    };
    let (dawn, carts) = if says(0) { (seen[1], seen[0]) } else { (seen[0], seen[1]) };
    // Who saw only one of them replaces nothing.
    for wrong in [vec![dawn], vec![dawn, parent], vec![dawn, carts, parent]] {
        let refused = desk.resolve(first, compartment, &wrong, dawn, &[]);
        assert!(matches!(refused, Err(NodeError::Report(ReportRefusal::ChangedMeanwhile(_)))), "{refused:?}");
    }
    let refused = desk.resolve(first, compartment, &seen, parent, &[]);
    assert!(matches!(refused, Err(NodeError::Report(ReportRefusal::ChangedMeanwhile(_)))));
    desk.resolve(first, compartment, &seen, dawn, &[(12, carts)]).unwrap();
    let view = desk.record(first).unwrap();
    let Body::Incident(settled) = &view.part.body else { panic!() };
    assert!(!view.conflict);
    assert_eq!(settled.title.as_deref(), Some("Attack at dawn"));
    assert_eq!((settled.narrative.as_deref(), settled.sources.len()), (Some("Two carts."), 0));
    assert_eq!(view.part.classification, closed, "the highest: nothing is lowered by the way");
    assert_eq!(desk.history(first).unwrap().len(), 4);
    assert!(desk.conflicts(first).unwrap().is_empty());
}

#[test]
fn nothing_that_came_meanwhile_is_replaced_unseen() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 10);
    let compartment = desk.find_compartment("incidents").unwrap();
    let few = protection(&mut desk);
    let told = account("Attack", 0, "Bouca", 2, "Front");
    let first = write(&mut desk, 1, told.clone());
    let seen = desk.history(first).unwrap()[0].version;
    let body = |title: &str| Body::Incident(Box::new(Incident { title: Some(title.into()), ..told.clone() }));
    let class = Classification::Unclassified;
    desk.edit_seen(first, compartment, &[seen], body("By one"), class).unwrap();
    let late = desk.edit_seen(first, compartment, &[seen], body("By another"), class);
    assert!(matches!(late, Err(NodeError::Report(ReportRefusal::ChangedMeanwhile(_)))));
    let late = desk.move_field_seen(first, Movable::Title, (compartment, seen), few);
    assert!(matches!(late, Err(NodeError::Report(ReportRefusal::ChangedMeanwhile(_)))));
    assert_eq!(incident(&desk, first).title.as_deref(), Some("By one"));
}

#[test]
fn names_are_completed_and_a_message_is_read_with_what_the_desk_knows() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 11);
    let compartment = desk.find_compartment("incidents").unwrap();
    let mut front = Entity::named(EntityKind::Group, "Front of the Seven Wells");
    front
        .variants
        .push(NameVariant { name: "جبهة الآبار السبع".into(), ..NameVariant::default() });
    let class = Classification::Unclassified;
    let front = desk.record_new(compartment, Body::Entity(Box::new(front)), class).unwrap();
    let mut there = account("x", 0, "Bouca", 1, "y");
    there.place.as_mut().unwrap().point = Point::from_degrees(6.5, 18.3);
    write(&mut desk, 1, there);
    for typed in ["front", "seven", "Séven W", "جبهة"] {
        let found = desk.complete_entity(typed, 5).unwrap();
        assert_eq!(found.len(), 1, "{typed}");
        assert_eq!(found[0], (front, EntityKind::Group, "Front of the Seven Wells".into()));
    }
    assert!(
        desk.complete_entity("%", 5).unwrap().is_empty() && desk.complete_entity("", 5).unwrap().is_empty()
    );
    let places = desk.complete_place("bou", 5).unwrap();
    assert_eq!((places[0].name.as_str(), places[0].point), ("Bouca", Point::from_degrees(6.5, 18.3)));
    assert_eq!(desk.entity_called("FRONT of the seven wells").unwrap().unwrap().0, front);
    assert!(desk.entity_called("Front").unwrap().is_none(), "a beginning is not a name");
    let read =
        counterseal_node::read_message("Kidnapping by جبهة الآبار السبع in Bouca", &desk.known().unwrap());
    assert_eq!(read.incident.actors[0].entity, Some(front));
    assert_eq!(read.incident.kind, Term::from_text("kidnapping"));
    assert_eq!(read.incident.place.unwrap().name.as_deref(), Some("Bouca"));
    assert_eq!(desk.count(&Filter::default()).unwrap(), 1, "reading writes nothing");
}
