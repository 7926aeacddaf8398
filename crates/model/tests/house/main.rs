//! The house around the code: pages, dependencies and files, held to what CONTRIBUTING.md says of them.
//! It stands with the lowest crate so that it builds in a moment.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod dependencies;
mod files;
mod licence;
mod pages;

use std::path::{Path, PathBuf};

/// The repository's root.
fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// A file of the repository, by its path from the root.
fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file of the repository whose name ends in one of `extensions`, but for what is built and what
/// version control keeps.
fn files(extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    walk(root(), &mut found);
    found.retain(|path| extensions.iter().any(|extension| path.extension().is_some_and(|e| e == *extension)));
    assert!(!found.is_empty());
    found.sort();
    found
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match path.is_dir() {
            true if name == "target" || name == ".git" => {}
            true => walk(&path, found),
            false => found.push(path),
        }
    }
}

/// A path as it reads from the root.
fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Fails with everything that is wrong, not only with the first.
fn nothing_wrong(what: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{what}:\n  {}", wrong.join("\n  "));
}
