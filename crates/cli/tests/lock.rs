//! Locking from another terminal.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use common::{Computer, text};

/// A session that has unlocked and waits for somebody to type.
fn waiting_session(computer: &Computer) -> Child {
    let mut child = computer.command(&["unlock"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    lines.find(|line| line.as_ref().unwrap().contains("Unlocked")).unwrap().unwrap();
    child
}

#[test]
fn a_session_locks_when_asked_from_elsewhere_and_at_once_in_a_panic() {
    let computer = Computer::founder();
    assert!(computer.run(&["lock"]).contains("Nothing is unlocked"));

    let session = waiting_session(&computer);
    let refused = computer.fails(&["find", "x"], 1);
    assert!(refused.contains("counterseal lock"), "one program at a time: {refused}");
    assert!(computer.run(&["lock"]).contains("Locked"));
    let output = session.wait_with_output().unwrap();
    assert!(output.status.success() && text(&output.stderr).contains("Locked"), "{}", text(&output.stderr));

    let session = waiting_session(&computer);
    assert!(computer.run(&["lock", "--panic"]).contains("Locked"));
    assert_eq!(session.wait_with_output().unwrap().status.code(), Some(1));
    assert!(!computer.home().join("lock.request").exists());
    // What was acknowledged is there, and an old request ends nothing new.
    computer.run(&["verify"]);
}
