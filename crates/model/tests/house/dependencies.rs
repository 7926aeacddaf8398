//! Dependencies: each with a reason, each under a licence that allows its use.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use super::{licence, nothing_wrong, read, root};

/// The line is a dependency of the workspace that is not one of its own crates.
fn is_dependency(line: &str) -> bool {
    line.split_once(" = ").is_some_and(|(name, what)| {
        !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            && !what.contains("path =")
    })
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let manifest = read("Cargo.toml");
    let (_, after) = manifest.split_once("[workspace.dependencies]\n").expect("a list of dependencies");
    let list = after.split("\n[").next().unwrap();
    let (mut reason, mut count, mut wrong) = (false, 0, Vec::new());
    for line in list.lines() {
        if is_dependency(line) {
            count += 1;
            // Dependencies that stand under one comment share it.
            wrong.extend((!reason).then(|| line.to_owned()));
        } else {
            reason = line.starts_with("# ") && !line.starts_with("# ---");
        }
    }
    assert!(count > 30, "only {count} dependencies were found");
    nothing_wrong("Cargo.toml: a dependency without a comment above it", &wrong);
}

/// What cargo knows of every package that any of our crates may be built with, on any system.
fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let made = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    serde_json::from_slice(&made.stdout).expect("cargo writes JSON")
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// Everything a package needs to run or to be built.
fn needed<'a>(of: &'a str, nodes: &BTreeMap<&'a str, &'a Value>) -> BTreeSet<&'a str> {
    let (mut seen, mut waiting) = (BTreeSet::new(), vec![of]);
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        for dependency in list(nodes.get(id).expect("every package has a node"), "deps") {
            if list(dependency, "dep_kinds").iter().any(|kind| text(kind, "kind") != "dev") {
                waiting.push(text(dependency, "pkg"));
            }
        }
    }
    seen
}

#[test]
fn every_licence_allows_what_we_do() {
    let metadata = metadata();
    let packages = list(&metadata, "packages");
    let resolve = metadata.get("resolve").expect("cargo resolves");
    let nodes: BTreeMap<_, _> = list(resolve, "nodes").iter().map(|node| (text(node, "id"), node)).collect();
    let program = packages.iter().find(|package| text(package, "name") == "counterseal-cli");
    let shipped = needed(text(program.expect("the program's crate"), "id"), &nodes);
    assert!(packages.len() > 100 && shipped.len() > 50, "{} of {}", shipped.len(), packages.len());
    let mut wrong = Vec::new();
    for package in packages {
        let (name, licence) = (text(package, "name"), text(package, "license"));
        let shipped = shipped.contains(text(package, "id"));
        if !licence::is_allowed(licence, shipped) {
            let place = if shipped { "in the program" } else { "in tests" };
            wrong.push(format!("{name} {}, {place}: '{licence}'", text(package, "version")));
        }
    }
    nothing_wrong("licences that do not allow it", &wrong);
}
