//! What is planted really stands in the texts, and nothing else of its kind does.
#![expect(clippy::panic, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::record::Incident;
use counterseal_synth::{Case, Plan, Planted, World};

fn texts(incident: &Incident, field: &str) -> Vec<String> {
    match field {
        "narrative" => incident.narrative.iter().cloned().collect(),
        "sources" => incident.sources.clone(),
        "place.description" => {
            incident.place.as_ref().and_then(|p| p.description.clone()).into_iter().collect()
        }
        other => panic!("no such field: {other}"),
    }
}

fn by_kind(cases: &[Planted]) -> BTreeMap<Case, usize> {
    let mut counts = BTreeMap::new();
    cases.iter().for_each(|case| *counts.entry(case.kind).or_default() += 1);
    counts
}

#[test]
fn sixty_of_each_stand_where_they_are_said_to() {
    let world = World::new(Plan::default());
    let (planted, decoys) = (world.planted(), world.decoys());
    assert!(planted.iter().all(|case| !case.kind.is_decoy()));
    assert!(decoys.iter().all(|case| case.kind.is_decoy()));
    let (stop, pass) = (by_kind(&planted), by_kind(&decoys));
    assert_eq!((stop.len(), pass.len()), (5, 7));
    assert!(stop.values().chain(pass.values()).all(|many| (59..=61).contains(many)), "{stop:?} {pass:?}");
    for case in planted.iter().chain(&decoys) {
        let texts = texts(&world.incident(case.n).1, case.field);
        assert!(
            !case.text.is_empty() && texts.iter().any(|text| text.contains(&case.text)),
            "{case:?}: {texts:?}"
        );
    }
}

#[test]
fn values_are_obviously_invented() {
    let world = World::new(Plan::new(11, 40_000));
    let ascii =
        |text: &str| -> String {
            text.chars()
                .map(|c| {
                    if ('٠'..='٩').contains(&c) {
                        (b'0' + (c as u32 - '٠' as u32) as u8) as char
                    } else {
                        c
                    }
                })
                .collect()
        };
    for case in world.planted() {
        let text = ascii(&case.text);
        match case.kind {
            Case::PhoneNumber => {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let local = digits.trim_start_matches("00").get(3..).unwrap();
                assert!(local.starts_with("00") && local.len() == 8, "{text}");
            }
            Case::Email => assert!(text.contains("example.") && text.is_ascii(), "{text}"),
            Case::IdentityNumber => {
                assert!(["XX00", "000-", "999-00C"].iter().any(|start| text.starts_with(start)), "{text}");
            }
            _ => {}
        }
    }
}

#[test]
fn names_are_those_of_people_the_mission_knows() {
    let world = World::new(Plan::default());
    let names: BTreeSet<String> = world
        .entities()
        .into_iter()
        .flat_map(|(_, e)| e.variants.into_iter().map(|v| v.name).chain([e.name]))
        .collect();
    let people = world.planted().into_iter().filter(|case| case.kind == Case::PersonName);
    let mut arabic = 0;
    for case in people {
        assert!(names.contains(&case.text), "{}", case.text);
        arabic += usize::from(!case.text.chars().any(|c| c.is_ascii_alphabetic()));
    }
    assert!(arabic > 0, "some are in Arabic script");
}

#[test]
fn other_texts_hold_no_person_address_or_long_number() {
    let world = World::new(Plan::default());
    let planted: BTreeSet<usize> = world.planted().iter().chain(&world.decoys()).map(|case| case.n).collect();
    let people: Vec<String> = world
        .entities()
        .into_iter()
        .filter(|(_, e)| e.kind == counterseal_model::record::EntityKind::Person)
        .map(|(_, e)| e.name)
        .collect();
    for n in (0..3000).filter(|n| !planted.contains(n)) {
        let incident = world.incident(n).1;
        let text = [texts(&incident, "narrative"), texts(&incident, "sources")].concat().join("\n");
        assert!(!text.contains(['@', '+', '°']), "{n}: {text}");
        assert!(!people.iter().any(|name| text.contains(name)), "{n}: {text}");
        let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap();
        assert!(longest <= 5, "{n}: {text}");
    }
}
