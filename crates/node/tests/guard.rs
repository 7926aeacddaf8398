//! The guard at the door, measured on the cases planted in synthetic missions.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use counterseal_model::record::{Body, EntityKind};
use counterseal_node::{Concern, Guard, Rules};
use counterseal_synth::{Case, Plan, Planted, World};

fn guard(world: &World) -> Guard {
    let people = world.entities().into_iter().filter(|(_, entity)| entity.kind == EntityKind::Person);
    let names: Vec<String> = people
        .flat_map(|(_, entity)| {
            let variants = entity.variants.into_iter().map(|variant| variant.name);
            std::iter::once(entity.name).chain(variants).collect::<Vec<_>>()
        })
        .collect();
    Guard::new(Rules::shipped().unwrap(), names.iter().map(String::as_str))
}

fn points_out(concerns: &[Concern], planted: &Planted) -> bool {
    concerns.iter().any(|c| {
        c.field == planted.field && (c.text.contains(&planted.text) || planted.text.contains(&c.text))
    })
}

#[test]
fn planted_cases_are_pointed_out_and_near_misses_are_not() {
    let world = World::new(Plan::new(20_261_122, 20_000));
    let guard = guard(&world);
    let mut hits: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut missed = Vec::new();
    for planted in world.planted().iter().chain(&world.decoys()) {
        let (_, incident) = world.incident(planted.n);
        let found = points_out(&guard.check(&Body::Incident(Box::new(incident))), planted);
        let tally = hits.entry(format!("{:?}", planted.kind)).or_default();
        tally.0 += u32::from(found);
        tally.1 += 1;
        if found == planted.kind.is_decoy() {
            missed.push(format!("{:?} {}: {:?}", planted.kind, planted.field, planted.text));
        }
    }
    for (kind, (found, of)) in &hits {
        println!("{kind}: pointed out {found} of {of}");
    }
    missed.iter().take(40).for_each(|line| println!("wrong: {line}"));
    let total = |decoys: bool| {
        Case::ALL.iter().filter(|kind| kind.is_decoy() == decoys).fold((0, 0), |sum, kind| {
            let (found, of) = hits.get(&format!("{kind:?}")).copied().unwrap_or_default();
            (sum.0 + found, sum.1 + of)
        })
    };
    let ((hit, planted), (alarms, decoys)) = (total(false), total(true));
    println!("planted: {hit} of {planted}; near misses wrongly pointed out: {alarms} of {decoys}");
    assert!(hit * 100 >= planted * 95, "at least 95 of 100 planted cases");
    assert!(alarms * 100 <= decoys * 5, "at most 5 of 100 near misses");
}

#[test]
fn a_name_is_pointed_out_where_it_stands_whatever_stands_before_it() {
    let guard = Guard::new(Rules::shipped().unwrap(), ["Madame Lantern"]);
    for before in ["", "½ ﷺ – ", "É. ", "مُحَمَّد، "] {
        let text = format!("{before}MADAME  Lantern left");
        let note = counterseal_model::record::Note { text: text.clone(), ..Default::default() };
        let concerns = guard.check(&Body::Note(Box::new(note)));
        let found: Vec<_> = concerns.iter().map(|concern| text.get(concern.span.clone()).unwrap()).collect();
        assert!(
            found == ["MADAME  Lantern"] || before.is_empty() && found.len() == 1,
            "{before:?}: {found:?}"
        );
    }
    let hostile = "Madame Lantern ".repeat(60_000);
    let note = counterseal_model::record::Note { text: hostile, ..Default::default() };
    assert_eq!(guard.check(&Body::Note(Box::new(note))).len(), 100, "a hostile text is cut short");
}
