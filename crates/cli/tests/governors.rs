//! The governors change: who they are, and how many must sign.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Computer, text};
use serde_json::Value;

const FIRST: &str = "home/take-off-this-machine/governor-1.key";

fn show(computer: &Computer) -> Value {
    serde_json::from_str(&computer.run(&["mission", "show", "--format", "json"])).unwrap()
}

fn keys(computer: &Computer) -> usize {
    std::fs::read_dir(computer.path("home/take-off-this-machine")).unwrap().count()
}

#[test]
fn governors_are_changed_by_those_who_are_and_those_who_will_be_and_not_at_once() {
    let computer = Computer::founder();
    let by = ["--governor-key", FIRST, "--governor-passphrase-file", "phrase"];
    let change = |more: &[&str]| computer.output(&[&["mission", "governors"], more, &by].concat());
    let refused = change(&["--stay", FIRST, "--new", "1", "--threshold", "3"]);
    assert!(
        refused.status.code() == Some(1) && text(&refused.stderr).contains('3'),
        "{}",
        text(&refused.stderr)
    );
    assert_eq!(keys(&computer), 1, "no key of nobody is left behind");

    // Another mission's governor cannot say so here, and makes no keys either.
    let other = Computer::founder();
    std::fs::copy(other.path(FIRST), computer.path("other.key")).unwrap();
    let foreign = [
        "--governor-key",
        "other.key",
        "--governor-passphrase-file",
        "phrase",
        "--new",
        "2",
        "--threshold",
        "2",
    ];
    let refused = computer.fails(&[&["mission", "governors"], &foreign[..]].concat(), 1);
    assert!(refused.contains("signed by a key that the register does not know"), "{refused}");
    assert_eq!(keys(&computer), 1);
    assert!(show(&computer).pointer("/register/waiting").unwrap().as_array().unwrap().is_empty());

    let said = change(&["--stay", FIRST, "--new", "2", "--threshold", "2"]);
    let said = text(&said.stdout) + &text(&said.stderr);
    assert!(said.contains("In 7 days") && said.contains("are 3, of whom 2 must sign"), "{said}");
    assert_eq!(keys(&computer), 3);
    let shown = show(&computer);
    assert_eq!((&shown["governors"], &shown["threshold"]), (&Value::from(1), &Value::from(1)), "not yet");
    let waiting = shown.pointer("/register/waiting/0/what").unwrap();
    assert_eq!(waiting, "governors");
    // Until then a new one alone says nothing.
    let new = "home/take-off-this-machine/governor-2.key";
    let early =
        ["mission", "minimum-suite", "1", "--governor-key", new, "--governor-passphrase-file", "phrase"];
    computer.fails(&early, 1);
}
