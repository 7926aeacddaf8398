//! Everything that the fuzzers kept, once more; `fuzz/corpus` has one folder for each target.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use counterseal_fuzz::TARGETS;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz").join(name)
}

fn names(folder: &Path) -> BTreeSet<String> {
    let all = std::fs::read_dir(folder).unwrap();
    all.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn every_target_takes_its_corpus() {
    for (name, target) in TARGETS {
        let corpus = folder("corpus").join(name);
        let files = names(&corpus);
        assert!(files.len() > 2, "{name}: a corpus of {} files", files.len());
        let mut bytes = 0;
        for file in &files {
            let content = std::fs::read(corpus.join(file)).unwrap();
            bytes += content.len();
            println!("{name}/{file}");
            target(&content);
        }
        println!("{name}: {} files, {bytes} bytes", files.len());
    }
}

/// No target without a program to fuzz it, none without a corpus, and none left behind.
#[test]
fn targets_programs_and_corpora_are_the_same() {
    let targets: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let programs = names(&folder("fuzz_targets"));
    let programs: BTreeSet<String> = programs.iter().map(|name| name.replace(".rs", "")).collect();
    assert_eq!(programs, targets);
    assert_eq!(names(&folder("corpus")), targets);
    let manifest = std::fs::read_to_string(folder("Cargo.toml")).unwrap();
    for name in &targets {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name} is not in fuzz/Cargo.toml");
    }
}
