//! docs/spec/sync.md has every frame and every field of the code, and no others.

use std::collections::BTreeSet;
use std::path::Path;

use counterseal_sync::FrameType;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn page() -> String {
    std::fs::read_to_string(format!("{ROOT}/docs/spec/sync.md")).unwrap()
}

/// The rows of the table whose first column is `head`, cell by cell.
fn table(head: &str) -> Vec<Vec<String>> {
    let rows = page();
    let after = rows.lines().skip_while(|line| !line.starts_with(&format!("| {head} |"))).skip(2);
    after
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.split('|').map(|cell| cell.trim().to_owned()).skip(1).collect())
        .collect()
}

#[test]
fn every_frame_is_on_the_page_with_its_bound() {
    let on_page: Vec<_> = table("type").into_iter().map(|row| row[..4].to_vec()).collect();
    let code: Vec<_> = FrameType::ALL
        .iter()
        .zip(&on_page)
        .map(|(kind, row)| {
            vec![kind.code().to_string(), kind.word().to_owned(), row[2].clone(), kind.limit().to_string()]
        })
        .collect();
    assert_eq!((on_page.len(), &on_page), (FrameType::ALL.len(), &code));
}

fn sources(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else {
            out.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_field_is_on_the_page() {
    let on_page: BTreeSet<_> = table("body")
        .into_iter()
        .map(|row| (row[0].replace('`', ""), row[1].clone(), row[2].clone()))
        .collect();
    let mut all = String::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut all);
    let mut in_code = BTreeSet::new();
    for block in all.split("\nbody! {\n").skip(1) {
        let block = block.split_once("\n}\n").unwrap().0.split_once("pub struct ").unwrap().1;
        let name = block.split_whitespace().next().unwrap().to_owned();
        for line in block.lines() {
            let Some((key, rest)) = line.trim().split_once(' ') else { continue };
            if let (Ok(_), Some((field, _))) = (key.parse::<u64>(), rest.split_once(": ")) {
                in_code.insert((name.clone(), key.to_owned(), field.to_owned()));
            }
        }
    }
    assert!(in_code.len() > 40);
    assert_eq!(on_page, in_code);
}
