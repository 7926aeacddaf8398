//! The catalogue and the program: nothing is said that the catalogue lacks, nothing in it is idle.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::path::Path;

use counterseal_cli::{Language, keys, knows};

fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &sources(&path);
        } else {
            text += &std::fs::read_to_string(&path).unwrap();
        }
    }
    text
}

#[test]
fn every_sentence_is_there_and_used() {
    let source = sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    let mut said = BTreeSet::new();
    for call in
        ["say(", "note(", "refuse(", "text(", ".with(", "ask_passphrase(", "ask_new_passphrase(", "prompt("]
    {
        for (at, _) in source.match_indices(call) {
            let rest = source[at + call.len()..].trim_start();
            if let Some(rest) = rest.strip_prefix('"') {
                said.insert(rest.split('"').next().unwrap());
            }
        }
    }
    assert!(said.len() > 100, "{}", said.len());
    // Names made of parts are checked where they are made; these are the words of tests.
    let names = |key: &&&str| key.contains('-') && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    for key in said.iter().filter(names) {
        assert!(knows(Language::English, key), "'{key}' is said but not in the catalogue");
    }
    let composed =
        ["refusal-", "column-", "file-", "thing-", "rotate-", "finding-", "review-reason-", "review-ground-"];
    for key in keys(Language::English) {
        let used =
            composed.iter().any(|begin| key.starts_with(begin)) || source.contains(&format!("\"{key}\""));
        assert!(used, "nobody says '{key}'");
    }
    let listings = source.split("Listing::new(").skip(1).filter_map(|rest| rest.split(';').next());
    for column in listings.flat_map(|call| call.split('"').skip(3).step_by(2)) {
        assert!(knows(Language::French, &format!("column-{column}")), "no words for the column {column}");
    }
}
