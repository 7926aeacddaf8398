//! Source files: not too long, no lint silenced in passing, nothing of the machine they were written on.

use super::{files, nothing_wrong, root, shown};

const LONGEST: usize = 800;

#[test]
fn no_file_has_more_than_800_lines() {
    let mut wrong = Vec::new();
    for path in files(&["rs"]) {
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        wrong.extend((lines > LONGEST).then(|| format!("{}: {lines} lines", shown(&path))));
    }
    nothing_wrong("files with more than one reason to change", &wrong);
}

#[test]
fn no_lint_is_silenced_without_a_trace() {
    let marks = [concat!("#", "[allow("), concat!("#", "![allow(")];
    let mut wrong = Vec::new();
    for path in files(&["rs"]) {
        let source = std::fs::read_to_string(&path).unwrap();
        let in_src = shown(&path).split(['/', '\\']).any(|part| part == "src");
        wrong.extend((in_src && marks.iter().any(|mark| source.contains(mark))).then(|| shown(&path)));
    }
    nothing_wrong("say #[expect(lint, reason = \"...\")] instead", &wrong);
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    let here = root().canonicalize().unwrap().display().to_string();
    let marks = [here.as_str(), concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Us", "ers/")];
    let mut wrong = Vec::new();
    for path in files(&["rs", "md", "toml", "json", "ftl", "yml", "csv"]) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for mark in marks {
            wrong.extend(text.contains(mark).then(|| format!("{}: {mark}", shown(&path))));
        }
    }
    nothing_wrong("paths that exist on one machine only", &wrong);
}
