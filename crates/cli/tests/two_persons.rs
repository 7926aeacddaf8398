//! Two persons on two computers, with files between them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Computer, invite, word_after};

#[test]
fn a_second_person_asks_is_enrolled_joins_and_is_admitted() {
    let (first, second) = (Computer::founder(), Computer::new());
    let refused = second.fails(&["find", "anything"], 1);
    assert!(refused.contains("invite accept"), "{refused}");
    let (_, string) = invite(&first, &second, &["--for", "Officer Inkwell", "--until", "2040"]);
    let said = first.session(&[
        &format!("invite enrol --string '{string}'"),
        "compartment admit incidents 'Officer Inkwell'",
        "compartment members incidents",
        "person list",
        "mission statements --out blue-heron.statements",
    ]);
    assert!(said.contains("is admitted to incidents") && said.contains("The string fits"), "{said}");
    assert_eq!(said.matches("Officer Inkwell").count(), 3, "admitted, member, listed: {said}");
    assert!(said.contains("2041-01-01"), "the list says when the assignment ends: {said}");

    std::fs::copy(first.path("blue-heron.statements"), second.path("statements")).unwrap();
    second.run(&["device", "join", "--statements", "statements"]);
    let said = second.session(&[
        "compartment list",
        "record new note --narrative 'I am here.'",
        "invite make --for Nobody",
        "compartment admit incidents 'Officer Quillfeather'",
        "mission take statements",
    ]);
    assert!(said.contains("Recorded note"), "a member writes: {said}");
    assert!(
        said.contains("registrar") && said.contains("only a manager"),
        "and does no more than that: {said}"
    );
    assert!(said.contains("nothing new"), "{said}");

    let said = first.session(&["person freeze 'Officer Inkwell'", "person list"]);
    assert!(said.contains("is frozen") && said.matches("frozen").count() == 2, "{said}");
    let said = first.session(&["person unfreeze 'Officer Inkwell'", "person list"]);
    assert!(said.contains("are lifted") && !said.contains("frozen"), "{said}");

    let said = first.session(&["person revoke 'Officer Inkwell'", "device list", "verify"]);
    assert!(said.contains("is revoked") && said.contains("revoked"), "{said}");
}

#[test]
fn two_of_three_governors_sign_together_and_one_does_not() {
    let computer = Computer::new();
    let new = ["mission", "new", "--name", "M", "--person", "P", "--compartment", "c"];
    let refused = computer.fails(&[&new[..], &["--governors", "2", "--threshold", "3"]].concat(), 1);
    assert!(refused.contains("--threshold"), "{refused}");
    let said =
        computer.run(&[&new[..], &["--governors", "3", "--threshold", "2", "--root-dir", "stick"]].concat());
    assert!(!said.contains("ONE GOVERNOR") && said.contains("key files of 3 governors"), "{said}");
    assert!(!word_after(&said, "compare: ").is_empty());
    let raise = |keys: &[&str]| {
        let keys = keys.iter().flat_map(|key| ["--governor-key", key]);
        let args: Vec<_> = ["mission", "registrar", "appoint", "P", "--governor-passphrase-file", "phrase"]
            .into_iter()
            .chain(keys)
            .collect();
        computer.output(&args)
    };
    let alone = raise(&["stick/governor-1.key"]);
    assert!(common::text(&alone.stderr).contains("exactly 2 of the present governors"));
    assert_eq!(alone.status.code(), Some(1));
    assert!(raise(&["stick/governor-1.key", "stick/governor-3.key"]).status.success());
}

#[test]
fn two_persons_on_one_computer_each_have_a_desk_and_say_which() {
    let computer = Computer::founder();
    computer.run(&["invite", "make", "--for", "Officer Inkwell", "--out", "invitation"]);
    computer.run(&["invite", "accept", "invitation", "--out", "request"]);
    computer.run(&["invite", "answer", "request", "--out", "challenge"]);
    let shown = computer.run(&["invite", "prove", "challenge"]);
    let (_, string) = shown.split_once("invited you: ").unwrap();
    computer.session(&[
        &format!("invite enrol --string '{}'", &string[..23]),
        "compartment admit incidents 'Officer Inkwell'",
        "mission statements --out statements",
    ]);
    let joined = computer.run(&["device", "join", "--statements", "statements"]);
    let desk = word_after(&joined, "This desk is ").to_owned();
    let refused = computer.fails(&["find", "x"], 1);
    assert!(refused.contains("2 desks") && refused.contains("--desk"), "{refused}");
    let people = computer.run(&["--desk", &desk, "person", "list", "--format", "csv"]);
    let me = people.lines().find(|line| line.contains("Officer Inkwell")).unwrap();
    assert!(me.contains(",true,yes"), "this is Inkwell's desk: {people}");
}
