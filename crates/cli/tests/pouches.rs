//! Two computers and a stick, from the command line.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Computer, carry, enrol, word_after};

#[test]
fn a_person_joins_by_a_pouch_and_works_by_pouches() {
    let (first, second) = (Computer::founder(), Computer::new());
    enrol(&first, &second, "Officer Inkwell");
    let said = first.session(&[
        "compartment admit incidents 'Officer Inkwell'",
        "record new note --narrative 'The ferry runs again.'",
        "pouch write monday --for 'Officer Inkwell'",
        "pouch show monday",
    ]);
    assert!(said.contains("holds 1 entry and") && said.contains("for 1 device:"), "{said}");
    assert!(said.contains("not sealed to this desk"), "its writer cannot read it either: {said}");
    carry(&first, &second, "monday");
    let said = second.run(&["device", "join", "--pouch", "monday"]);
    assert!(said.contains("This desk is") && said.contains("1 new entry"), "{said}");
    assert_eq!(word_after(&said, "Read the pouch of "), "Officer", "{said}");
    let said = second.session(&[
        "pouch show monday --format json",
        "pouch read monday",
        "record new note --narrative 'The well is dry.'",
        "pouch write reply",
    ]);
    assert!(said.contains("\"signed\": true") && said.contains("0 new entries, 1 known"), "{said}");
    carry(&second, &first, "reply");
    let said = first.run(&["pouch", "read", "reply"]);
    assert!(said.contains("1 new entry"), "{said}");
    let refused = first.fails(&["pouch", "write", "reply"], 1);
    assert!(refused.contains("reply"), "{refused}");
    assert!(first.fails(&["pouch", "read", "request"], 1).contains("not a pouch"));
    assert!(first.fails(&["pouch", "read", "monday"], 1).contains("not sealed to this device"));
    assert!(first.fails(&["pouch", "write", "x", "--for", "Nobody"], 1).contains("Nobody"));
    // Cut off: what is whole counts, and it is said.
    let bytes = std::fs::read(second.path("monday")).unwrap();
    std::fs::write(second.path("monday"), &bytes[..bytes.len() - 1]).unwrap();
    let said = second.fails(&["--lang", "fr", "pouch", "read", "monday"], 3);
    assert!(said.contains("abîmé"), "{said}");
}
