//! docs/spec/records.md has every field and every enumeration value of the code, and no others.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;
use std::path::Path;

use counterseal_model::taxonomy::Taxonomy;

/// First two columns of a table, by the section it stands in.
type Tables = BTreeMap<String, Vec<(String, String)>>;

fn doc() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/spec/records.md")).unwrap()
}

/// Every table of the page whose first column is `head`.
fn documented(head: &str) -> Tables {
    let (mut section, mut within) = (String::new(), false);
    let mut tables = Tables::new();
    for line in doc().lines() {
        if let Some(title) = line.strip_prefix("### ") {
            section = title.to_owned();
        }
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let [_, first, second, ..] = cells.as_slice() else {
            within = false;
            continue;
        };
        if *first == head {
            within = true;
        } else if within && !first.starts_with("---") {
            let rows = tables.entry(section.clone()).or_default();
            rows.push(((*first).to_owned(), (*second).to_owned()));
        }
    }
    tables
}

fn sources(folder: &Path, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

fn all_sources() -> Vec<String> {
    let mut out = Vec::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut out);
    out
}

/// The fields of every `body! { ... }`, by the lines `7 name: Type,`.
fn declared_bodies() -> Tables {
    let mut tables = Tables::new();
    for source in all_sources() {
        for block in source.split("\nbody! {\n").skip(1) {
            let (block, _) = block.split_once("\n}\n").expect("a body ends");
            let (_, after) = block.split_once("pub struct ").expect("a body has a name");
            let name = after.split_whitespace().next().unwrap().to_owned();
            let fields = after.lines().filter_map(|line| {
                let (key, rest) = line.trim().split_once(' ')?;
                let (field, _) = rest.split_once(": ")?;
                key.parse::<u64>().ok()?;
                Some((key.to_owned(), field.to_owned()))
            });
            tables.insert(name, fields.collect());
        }
    }
    tables
}

/// The values of every `enumeration!(Name, ..., { 1 => Variant, "word"; ... })`.
fn declared_enumerations() -> Tables {
    let mut tables = Tables::new();
    for source in all_sources() {
        for block in source.split("\ncrate::enumeration!(").skip(1) {
            let (name, after) = block.split_once(',').unwrap();
            let (_, values) = after.split_once('{').unwrap();
            let (values, _) = values.split_once("});").unwrap();
            let values = values.split(';').filter_map(|value| {
                let (code, rest) = value.trim().split_once(" => ")?;
                let (_, word) = rest.split_once(", ")?;
                Some((code.to_owned(), word.trim_matches('"').to_owned()))
            });
            tables.insert(name.to_owned(), values.collect());
        }
    }
    // The language of labels is no part of any record.
    tables.remove("Language").expect("languages are an enumeration");
    tables
}

fn compare(what: &str, declared: &Tables, documented: &Tables) {
    for (name, rows) in declared {
        let Some(table) = documented.get(name) else {
            panic!("docs/spec/records.md has no table of {what} {name}")
        };
        assert_eq!(rows, table, "{what} {name}: the code on the left, docs/spec/records.md on the right");
    }
    for name in documented.keys() {
        assert!(declared.contains_key(name), "docs/spec/records.md has {what} {name}, the code has not");
    }
}

#[test]
fn every_field_of_every_body_is_documented() {
    let declared = declared_bodies();
    assert!(declared.len() >= 17, "only {} bodies were found", declared.len());
    assert_eq!(declared.get("Incident").map(Vec::len), Some(25));
    compare("body", &declared, &documented("key"));
}

#[test]
fn every_value_of_every_enumeration_is_documented() {
    let declared = declared_enumerations();
    assert!(declared.len() >= 11, "only {} enumerations were found", declared.len());
    compare("enumeration", &declared, &documented("code"));
}

#[test]
fn the_taxonomy_on_the_page_is_one() {
    let page = doc();
    let (_, after) = page.split_once("```json").unwrap();
    let (json, _) = after.split_once("```").unwrap();
    let taxonomy = Taxonomy::from_json(json).unwrap();
    assert!(taxonomy.term("hurt").unwrap().deprecated);
}

#[test]
fn links_within_the_page_lead_somewhere() {
    let page = doc();
    let titles: Vec<_> = page
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-"))
        .collect();
    for link in page.split("](#").skip(1) {
        let target = link.split(')').next().unwrap();
        assert!(titles.iter().any(|title| title == target), "#{target} is no section");
    }
}
