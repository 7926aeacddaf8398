//! A hub that is told to stop while a desk pushes, as a system that shuts down does it.
#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::process::Command;
use std::time::Duration;

use common::servers::{Server, set_up, sync_until};
use common::text;

#[test]
fn a_hub_that_is_told_to_stop_in_the_middle_has_what_it_acknowledged() {
    let (computer, _witnesses, mut hub) = set_up();
    sync_until(&computer, &hub.address, |report| !report["statementsAge"].is_null());
    let mut written = 0;
    for (round, delay) in [250, 450, 650, 850].into_iter().enumerate() {
        let notes = (0..40).map(|n| format!("record new note --narrative 'round {round} note {n}'"));
        let notes: Vec<String> = notes.collect();
        computer.session(&notes.iter().map(String::as_str).collect::<Vec<_>>());
        written += notes.len() as u64;
        let sync = computer.command(&["sync", "--hub", &hub.address, "--format", "json"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        let told = Command::new("kill").args(["-TERM", &hub.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        assert!(hub.child.wait().unwrap().success(), "a graceful stop");
        let output = sync.wait_with_output().unwrap();
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(!said.contains("panicked"), "{said}");
        hub = Server::start(&computer, &["hub", "run", "--config", "hub.toml"]);
        // Nothing that was acknowledged is missing from the log; what was not is sent again.
        let report = sync_until(&computer, &hub.address, |report| report["unsent"] == 0);
        assert_eq!(report["dropped"], 0, "{report}");
        let status = computer.run(&["hub", "status", "--config", "hub.toml", "--format", "json"]);
        let status: serde_json::Value = serde_json::from_str(&status).unwrap();
        assert_eq!(status["journal"]["leaves"], written, "all of it, and nothing twice");
    }
    computer.run(&["verify"]);
    hub.stop();
}
