//! Trains a compression dictionary from synthetic parts and writes it to the file named on the command
//! line. Version 1 is made and pinned; this is how it was made, and how a version 2 would be.
//!
//! `cargo run --release -p counterseal-seal --example train_dictionary -- OUT`
#![expect(clippy::unwrap_used, reason = "an example: it may stop at the first thing that is wrong")]

use std::collections::BTreeMap;

use counterseal_model::cbor::to_bytes;
use counterseal_model::record::{Body, ExternalRef, Incident, Involved, Part};
use counterseal_model::{Classification, Term, Timestamp};
use counterseal_synth::{Plan, World};

const LARGEST: usize = 32 * 1024;
const INCIDENTS: usize = 12_000;

fn main() {
    let out = std::env::args().nth(1).unwrap_or_else(|| {
        eprintln!("name the file to write: train_dictionary OUT");
        std::process::exit(2);
    });
    let samples = samples();
    let bytes: usize = samples.iter().map(Vec::len).sum();
    let dictionary = zstd::dict::from_samples(&samples, LARGEST).unwrap();
    std::fs::write(&out, &dictionary).unwrap();
    println!("{} samples of {bytes} bytes -> {} bytes in {out}", samples.len(), dictionary.len());
}

/// Incidents as people write them and as imports bring them, entities and links.
fn samples() -> Vec<Vec<u8>> {
    let world = World::new(Plan::new(0xd1c7, INCIDENTS));
    let other = |body| {
        to_bytes(&Part::first(some_id(), body, Timestamp(1_700_000_000), Classification::Unclassified))
    };
    let mut samples = Vec::new();
    for n in 0..INCIDENTS {
        let part = world.part(n);
        samples.push(match (n % 5, part.body) {
            (0 | 1, Body::Incident(incident)) => to_bytes(&Part {
                body: Body::Incident(Box::new(as_imported(*incident, n))),
                synthetic: false,
                imported: false,
                derived: None,
                ..world.part(n)
            }),
            (_, body) => to_bytes(&Part { body, ..world.part(n) }),
        });
    }
    samples.extend(
        world.entities().into_iter().take(500).map(|(_, entity)| other(Body::Entity(Box::new(entity)))),
    );
    samples.extend(world.links().into_iter().take(500).map(|(_, link)| other(Body::Link(Box::new(link)))));
    samples
}

fn some_id() -> counterseal_model::RecordId {
    counterseal_model::RecordId::from_bytes([0; 16])
}

/// The same incident as an import of UCDP GED would leave it: a headline for a narrative, roles by side,
/// and the columns that have no field as attributes under their own names.
fn as_imported(incident: Incident, n: usize) -> Incident {
    let term = |code: &str| Term::from_text(code).unwrap();
    let names: Vec<String> = incident.actors.iter().filter_map(|actor| actor.name.clone()).take(2).collect();
    let side = |nth: usize| names.get(nth).cloned().unwrap_or_else(|| "Civilians".to_owned());
    let (a, b) = (side(0), side(1));
    let place = incident.place.as_ref().and_then(|place| place.name.clone()).unwrap_or_default();
    let involved = |role: &str, name: &str| Involved {
        role: Some(term(role)),
        name: Some(name.to_owned()),
        ..Involved::default()
    };
    let kinds = ["state-based-conflict", "non-state-conflict", "one-sided-violence"];
    let mut casualties = incident.casualties;
    for (group, best) in [("side-a", 0), ("side-b", 0), ("civilians", n % 7), ("unknown", n % 3)] {
        casualties.push(counterseal_model::record::Casualties {
            group: Some(term(group)),
            best: Some(best as u64),
            ..Default::default()
        });
    }
    Incident {
        external: vec![ExternalRef { system: term("ucdp-ged"), id: (200_000 + n).to_string() }],
        title: Some(format!("{a} – {b}, {place}")),
        form: incident.form,
        kind: Some(term(kinds.get(n % 3).copied().unwrap_or_default())),
        occurred: incident.occurred,
        narrative: incident.title.clone(),
        actors: vec![involved("side-a", &a), involved("side-b", &b)],
        casualties,
        sources: incident.title.iter().map(|title| format!("Reuters News,2019-03-14,{title}")).collect(),
        attributes: attributes(n, &a, &b, incident.place.as_ref().and_then(|place| place.country.as_deref())),
        place: incident.place,
        ..Incident::default()
    }
}

fn attributes(n: usize, a: &str, b: &str, country: Option<&str>) -> BTreeMap<String, String> {
    let year = (2010 + n % 14).to_string();
    let offices =
        ["Reuters News", "Agence France Presse", "BBC Monitoring Africa", "Radio Okapi", "Xinhua", "SOHR"];
    let regions = ["Africa", "Africa", "Middle East", "Asia"];
    let day = format!("{year}-{:02}-{:02}", n % 12 + 1, n % 28 + 1);
    let number = |base: usize| (base + n % 997).to_string();
    let office = offices.get(n % offices.len()).copied().unwrap_or_default().to_owned();
    let all = [
        ("active_year", "1".to_owned()),
        ("code_status", "Clear".to_owned()),
        ("conflict_dset_id", number(200)),
        ("conflict_name", format!("{}: Government", country.unwrap_or("Central African Republic"))),
        ("conflict_new_id", number(200)),
        ("country_id", number(400)),
        ("dyad_dset_id", number(700)),
        ("dyad_name", format!("{a} - {b}")),
        ("dyad_new_id", number(700)),
        ("event_clarity", (n % 2 + 1).to_string()),
        ("geom_wkt", format!("POINT ({}.{} {}.{})", 15 + n % 20, n, 4 + n % 10, n * 7 % 9973)),
        ("gwnoa", "482".to_owned()),
        ("number_of_sources", (1 + n % 4).to_string()),
        ("priogrid_gid", number(130_000)),
        ("region", regions.get(n % 4).copied().unwrap_or_default().to_owned()),
        ("relid", format!("CAR-{year}-{}-{}-{n}", n % 3 + 1, number(100))),
        ("side_a_dset_id", number(80)),
        ("side_b_dset_id", number(1000)),
        ("source_date", day),
        ("source_office", office.clone()),
        ("source_original", if n.is_multiple_of(3) { "police spokesman".to_owned() } else { office }),
        ("year", year),
    ];
    // Real files leave cells empty.
    let kept =
        all.into_iter().enumerate().filter(|(i, _)| !(n / 3 + i * 5).is_multiple_of(9)).map(|(_, pair)| pair);
    kept.map(|(name, text)| (name.to_owned(), text)).collect()
}
