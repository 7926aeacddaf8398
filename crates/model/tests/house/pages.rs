//! Pages: short where they must be, and pointing at what is there.

use std::path::Path;

use super::{files, nothing_wrong, read, root, shown};

const LONGEST_README: usize = 120;

#[test]
fn the_readme_is_read_in_five_minutes() {
    let lines = read("README.md").lines().count();
    assert!(lines <= LONGEST_README, "README.md has {lines} lines; {LONGEST_README} are enough");
}

#[test]
fn the_readme_lists_every_crate() {
    let readme = read("README.md");
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(root().join("crates")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        wrong.extend((!readme.contains(&format!("| `{name}` |"))).then_some(name));
    }
    nothing_wrong("README.md: crates that its table leaves out", &wrong);
}

/// A page without its samples, in which brackets mean something else.
fn prose(page: &str) -> String {
    let mut fenced = false;
    let kept = |line: &&str| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence && !line.starts_with("    ")
    };
    page.lines().filter(kept).collect::<Vec<_>>().join("\n")
}

/// The name by which a section is linked to.
fn anchor(title: &str) -> String {
    let kept = title.trim_start_matches('#').trim().to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .collect::<String>()
        .replace(' ', "-")
}

/// Whether a link from a page leads to a file, and to a section where it names one.
fn leads_somewhere(page: &Path, link: &str) -> bool {
    let (file, section) = link.split_once('#').unwrap_or((link, ""));
    let target = if file.is_empty() { page.to_owned() } else { page.parent().unwrap().join(file) };
    if section.is_empty() {
        return target.exists();
    }
    let text = std::fs::read_to_string(target).unwrap_or_default();
    text.lines().filter(|line| line.starts_with('#')).any(|line| anchor(line) == section)
}

#[test]
fn every_link_within_the_repository_leads_somewhere() {
    let (mut links, mut wrong) = (0, Vec::new());
    for path in files(&["md"]) {
        let page = prose(&std::fs::read_to_string(&path).unwrap());
        for link in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") {
                continue;
            }
            links += 1;
            wrong.extend((!leads_somewhere(&path, link)).then(|| format!("{}: {link}", shown(&path))));
        }
    }
    assert!(links > 20, "only {links} links were found");
    nothing_wrong("links that lead nowhere", &wrong);
}

/// What a page calls by its path is there: `crates/...`, `docs/...`, `scripts/...`.
#[test]
fn every_path_named_on_a_page_exists() {
    let (mut paths, mut wrong) = (0, Vec::new());
    for path in files(&["md"]) {
        let page = prose(&std::fs::read_to_string(&path).unwrap());
        for named in page.split('`').skip(1).step_by(2) {
            let ours = ["crates/", "docs/", "scripts/", ".ci/"].iter().any(|start| named.starts_with(start));
            if ours && !named.contains(['*', ' ', '<', '{']) && !named.contains("...") {
                paths += 1;
                wrong.extend((!root().join(named).exists()).then(|| format!("{}: {named}", shown(&path))));
            }
        }
    }
    assert!(paths > 20, "only {paths} paths were found");
    nothing_wrong("paths that pages name and that are not there", &wrong);
}

#[test]
fn decisions_are_numbered_once_and_all_listed() {
    let index = read("docs/decisions/README.md");
    let mut numbers = Vec::new();
    for entry in std::fs::read_dir(root().join("docs/decisions")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if name != "README.md" {
            assert!(index.contains(&format!("({name})")), "docs/decisions/README.md leaves out {name}");
            numbers.push(name.chars().take(4).collect::<String>());
        }
    }
    numbers.sort();
    let expected: Vec<_> = (1..=numbers.len()).map(|number| format!("{number:04}")).collect();
    assert_eq!(numbers, expected, "decisions are numbered from 0001 without gaps");
}

#[test]
fn every_specification_is_listed() {
    let index = read("docs/spec/README.md");
    for entry in std::fs::read_dir(root().join("docs/spec")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let listed = name == "README.md" || index.contains(&format!("({name})"));
        assert!(listed, "docs/spec/README.md leaves out {name}");
    }
}
