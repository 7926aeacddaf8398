//! A synthetic mission looks like one: hotspots, seasons, heavy tails, three languages, valid terms.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::record::{EntityKind, Incident, Involved, Script};
use counterseal_model::{Classification, Term, Timestamp, cbor::to_bytes, taxonomy};
use counterseal_synth::{Plan, World};

const MANY: usize = 20_000;

fn world() -> World {
    World::new(Plan::default())
}

fn share(part: usize, of: usize) -> f64 {
    part as f64 / of as f64
}

#[test]
fn few_places_see_most_of_it_and_they_change_over_the_years() {
    let mut by_town: BTreeMap<String, usize> = BTreeMap::new();
    let mut worst_of_year: BTreeMap<i32, BTreeMap<String, usize>> = BTreeMap::new();
    for (_, incident) in world().incidents() {
        let place = incident.place.unwrap();
        let town = format!("{:?} {:?}", place.name, place.iso3);
        let year = incident.occurred.unwrap().from.to_utc().year();
        *worst_of_year.entry(year).or_default().entry(town.clone()).or_default() += 1;
        *by_town.entry(town).or_default() += 1;
    }
    let mut counts: Vec<_> = by_town.values().copied().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let top_ten = share(counts[..10].iter().sum(), MANY);
    assert!((0.4..0.8).contains(&top_ten), "the ten worst places hold {top_ten:.2}");
    assert!(counts.len() > 200, "the rest is spread thinly");
    let worst: BTreeSet<_> = worst_of_year
        .values()
        .filter_map(|towns| towns.iter().max_by_key(|(_, n)| **n))
        .map(|(t, _)| t)
        .collect();
    assert!(worst.len() >= 3, "hotspots move: {worst:?}");
}

#[test]
fn the_dry_season_is_worse_and_all_of_it_lies_within_the_plan() {
    let plan = Plan::default();
    let end = plan.start.0 + i64::from(plan.years) * 31_553_280;
    assert_eq!(Timestamp(end).rfc3339(), "2026-07-01T00:00:00Z");
    let (mut dry, mut wet) = (0usize, 0usize);
    for (_, incident) in world().incidents() {
        let occurred = incident.occurred.unwrap();
        assert!((plan.start.0..end).contains(&occurred.from.0));
        assert!(occurred.until() >= occurred.from);
        assert!(incident.reported.unwrap() > occurred.until());
        assert!(incident.entered > incident.reported);
        match u8::from(occurred.from.to_utc().month()) {
            12 | 1..=3 => dry += 1,
            6..=9 => wet += 1,
            _ => {}
        }
    }
    let ratio = share(dry, wet);
    assert!((1.6..3.5).contains(&ratio), "December to March against June to September: {ratio:.2}");
}

#[test]
fn casualties_have_a_heavy_tail_and_their_bounds_hold() {
    let mut killed: Vec<u64> = Vec::new();
    for (_, incident) in world().incidents() {
        let total = incident.killed().unwrap();
        let (low, best, high) = (total.low.unwrap(), total.best.unwrap(), total.high.unwrap());
        assert!(low <= best && best <= high);
        killed.push(best);
    }
    killed.sort_unstable_by(|a, b| b.cmp(a));
    let all: u64 = killed.iter().sum();
    let nobody = share(killed.iter().filter(|k| **k == 0).count(), MANY);
    let top = share(
        usize::try_from(killed[..MANY / 100].iter().sum::<u64>()).unwrap(),
        usize::try_from(all).unwrap(),
    );
    assert!((0.4..0.8).contains(&nobody), "{nobody:.2} kill nobody");
    assert!(top > 0.2, "the worst hundredth holds {top:.2} of the dead");
    assert!((100..=600).contains(&killed[0]), "the worst: {}", killed[0]);
}

#[test]
fn narratives_are_of_the_stated_length_in_three_languages() {
    let (mut arabic, mut accented) = (0usize, 0usize);
    for (n, (_, incident)) in world().incidents().enumerate() {
        let narrative = incident.narrative.unwrap();
        let title = incident.title.unwrap();
        let words = narrative.split_whitespace().count();
        assert!((25..=80).contains(&words), "{n}: {words} words: {narrative}");
        assert!(!narrative.contains(['{', '}']) && !title.contains(['{', '}']), "{n}: {title}: {narrative}");
        assert!(!narrative.contains("  "), "{n}: an empty slot: {narrative}");
        if title.chars().any(|sign| ('\u{600}'..='\u{6ff}').contains(&sign)) {
            arabic += 1;
        } else if narrative.contains(" é") || narrative.contains("é ") || narrative.contains(" à ") {
            accented += 1;
        }
    }
    assert!((0.08..0.12).contains(&share(arabic, MANY)), "{arabic} in Arabic");
    assert!((0.12..0.25).contains(&share(accented, MANY)), "{accented} in French");
}

#[test]
fn parts_are_of_the_stated_size_and_mix() {
    let world = world();
    let (mut bytes, mut by_classification) = (0, BTreeMap::<Classification, usize>::new());
    for n in 0..2000 {
        let part = world.part(n);
        bytes += to_bytes(&part).len();
        *by_classification.entry(part.classification).or_default() += 1;
    }
    assert!((450..=700).contains(&(bytes / 2000)), "{} bytes on average", bytes / 2000);
    let shares: Vec<_> = by_classification.values().map(|many| share(*many, 2000)).collect();
    assert!(
        shares[0] > 0.5 && (0.3..0.4).contains(&shares[1]) && (0.07..0.13).contains(&shares[2]),
        "{shares:?}"
    );
}

fn known(id: &str, term: &Term) {
    let taxonomy = taxonomy::built_in(id).unwrap();
    assert!(taxonomy.term(term.as_str()).is_some(), "'{term}' is not in {id}");
}

fn check_terms(incident: &Incident) {
    let party = |who: &Involved| known("actor-role", who.role.as_ref().unwrap());
    known("incident-type", incident.kind.as_ref().unwrap());
    if let Some(subtype) = &incident.subtype {
        let types = taxonomy::built_in("incident-type").unwrap();
        let parent = incident.kind.as_ref().map(Term::as_str);
        assert!(types.under(parent).any(|entry| &entry.code == subtype), "{subtype} is not under {parent:?}");
    }
    incident.weapons.iter().for_each(|term| known("weapon", term));
    incident.actors.iter().for_each(party);
    for act in &incident.acts {
        known("act", act.act.as_ref().unwrap());
        act.method.iter().for_each(|term| known("method", term));
        act.by.iter().chain(&act.to).for_each(party);
    }
    for toll in &incident.casualties {
        toll.group.iter().for_each(|term| known("casualty-group", term));
        toll.harm.iter().for_each(|term| known("harm", term));
    }
    incident.response.iter().for_each(|response| known("response-action", response.action.as_ref().unwrap()));
    assert!(incident.tags.iter().all(|tag| !tag.as_str().is_empty()));
}

#[test]
fn every_term_is_in_the_taxonomies_and_every_story_is_told() {
    let mut kinds = BTreeSet::new();
    for (_, incident) in world().incidents().take(4000) {
        check_terms(&incident);
        kinds.insert((incident.kind, incident.subtype));
    }
    assert_eq!(kinds.len(), 15, "twelve stories and UCDP's three types: {kinds:?}");
}

#[test]
fn what_recurs_has_records_that_incidents_and_links_name() {
    let world = world();
    let entities: BTreeMap<_, _> = world.entities().into_iter().collect();
    let of = |kind| entities.values().filter(|entity| entity.kind == kind).count();
    for kind in
        [EntityKind::Group, EntityKind::Person, EntityKind::Vehicle, EntityKind::Account, EntityKind::Place]
    {
        assert!(of(kind) >= 20, "{kind}");
    }
    assert!(of(EntityKind::Organisation) >= 5);
    let arabic = entities.values().filter(|e| e.variants.iter().any(|v| v.script == Script::Arabic)).count();
    assert!(arabic > 200);

    for (_, link) in world.links() {
        known("link-kind", &link.kind);
        assert!(entities.contains_key(&link.from) && entities.contains_key(&link.to));
    }
    let mut seen = BTreeMap::<_, usize>::new();
    for (_, incident) in world.incidents().take(2000) {
        let place = incident.place.and_then(|place| place.record);
        for record in incident.actors.iter().filter_map(|actor| actor.entity).chain(place) {
            assert!(entities.contains_key(&record));
            *seen.entry(record).or_default() += 1;
        }
    }
    assert!(seen.values().any(|many| *many > 100), "someone recurs");
    for entity in entities.values() {
        let list = match entity.kind {
            EntityKind::Group => "entity-group",
            EntityKind::Vehicle => "entity-vehicle",
            EntityKind::Account => "entity-account",
            _ => continue,
        };
        known(list, entity.subtype.as_ref().unwrap());
    }
}
