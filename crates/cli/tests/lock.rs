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

#[test]
fn an_import_that_is_asked_to_lock_keeps_what_it_committed_and_goes_on_from_there() {
    let computer = Computer::founder();
    let rows = |n: u32| format!("R{n},2021-03-{:02},Something was seen near well {n}\n", 1 + n % 28);
    let table: String = std::iter::once("Ref,When,Words\n".to_owned()).chain((0..30_000).map(rows)).collect();
    std::fs::write(computer.path("big.csv"), table).unwrap();
    let mapping = "name = \"Wells\"\nsystem = \"wells\"\nreference = \"Ref\"\n\
        [[column]]\nname = \"When\"\nto = \"occurred\"\nas = \"date\"\n[[column]]\nname = \"Words\"\nto = \"narrative\"\n";
    std::fs::write(computer.path("wells.toml"), mapping).unwrap();
    let args = ["import", "big.csv", "--mapping", "wells.toml", "--format", "json"];
    let running = computer.command(&args).spawn().unwrap();
    // The request is made while the passphrase is still being checked, so the first commit hears of it.
    while computer.run(&["lock"]).contains("Nothing") {}
    let output = running.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let stopped: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let kept = stopped["committedRows"].as_u64().unwrap();
    assert!(kept > 0 && kept < 30_000, "{stopped}");
    assert!(text(&output.stderr).contains("run the command again"));
    let resumed: serde_json::Value = serde_json::from_str(&computer.run(&args)).unwrap();
    assert_eq!((&resumed["resumedAt"], &resumed["new"]), (&kept.into(), &(30_000 - kept).into()));
}
