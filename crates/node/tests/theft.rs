//! What a thief of the disk has: the whole home, and no passphrase.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::path::Path;

use common::found;
use counterseal_model::Classification;
use counterseal_model::record::Body;
use counterseal_node::Desk;
use counterseal_synth::{Plan, World};
use tempfile::TempDir;

/// Every file under a folder.
fn files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

/// A word as it might stand in a file: as typed, lower and upper case, UTF-8 and both UTF-16.
fn spellings(word: &str) -> Vec<Vec<u8>> {
    let cases = [word.to_owned(), word.to_lowercase(), word.to_uppercase()];
    cases
        .iter()
        .flat_map(|word| {
            let wide = |bytes: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
            [word.as_bytes().to_vec(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)]
        })
        .collect()
}

fn fill(desk: &mut Desk, world: &World) {
    let compartment = desk.default_compartment().unwrap();
    let parts = (0..40).map(|n| world.part(n)).collect();
    desk.write(compartment, parts).unwrap();
    for (_, entity) in world.entities().into_iter().take(20) {
        desk.record_new(compartment, Body::Entity(Box::new(entity)), Classification::Confidential).unwrap();
    }
}

fn search(home: &Path, words: &[String], when: &str) {
    let files = files(home);
    assert!(files.len() >= 4, "{when}: there is something to search");
    let spelled: Vec<_> = words.iter().flat_map(|word| spellings(word)).collect();
    let search = aho_corasick::AhoCorasick::new(&spelled).unwrap();
    for (name, bytes) in &files {
        for haystack in [bytes.as_slice(), name.as_bytes()] {
            let found = search.find(haystack).map(|found| String::from_utf8_lossy(&spelled[found.pattern()]));
            assert_eq!(found, None, "{when}: stands in {name}");
        }
    }
}

#[test]
fn no_name_no_place_and_no_word_stands_in_the_home_open_or_closed() {
    let home = TempDir::new().unwrap();
    let world = World::new(Plan::new(31, 40));
    let mut desk = found(home.path(), 31);
    fill(&mut desk, &world);
    let mut words = vec!["Quillfeather".to_owned(), "Blue Heron".to_owned(), "incidents".to_owned()];
    words.extend(world.entities().into_iter().take(20).map(|(_, entity)| entity.name));
    for n in 0..40 {
        let (_, incident) = world.incident(n);
        words.extend(incident.title);
        words.extend(incident.place.and_then(|place| place.name).filter(|name| name.len() >= 5));
        words.extend(
            incident
                .narrative
                .iter()
                .flat_map(|text| text.split_whitespace())
                .filter(|w| w.len() >= 8)
                .map(str::to_owned),
        );
    }
    words.sort();
    words.dedup();
    println!("{} words planted", words.len());
    assert!(words.len() > 100);
    // While it is open, as a thief of a running laptop's disk image would have it.
    search(home.path(), &words, "open");
    desk.close().unwrap();
    search(home.path(), &words, "closed");
}
