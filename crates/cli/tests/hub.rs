//! A hub, witnesses and two computers, on loopback: the real programs.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::path::Path;

use common::servers::{Server, WITNESSES, set_up, sync_until};
use common::{Computer, files, text};

fn holds(folder: &Path, word: &str) -> bool {
    files(folder).iter().any(|file| {
        let bytes = std::fs::read(file).unwrap();
        bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
    })
}

#[test]
fn two_computers_share_a_mission_through_a_hub_that_can_read_nothing() {
    let (first, _witnesses, hub) = set_up();
    sync_until(&first, &hub.address, |report| !report["statementsAge"].is_null());
    // A second person, on a computer of their own.
    let second = Computer::new();
    let (_, string) = common::invite(&first, &second, &["--for", "Officer Inkwell"]);
    // What permits has effect once it is logged: first the enrolment, then the admission.
    let logged = |verb: &[&str]| {
        first.run(verb);
        let report = sync_until(&first, &hub.address, |report| report["accepted"].as_u64().unwrap() >= 1);
        assert_eq!(report["refusedPushes"].as_array().unwrap().len(), 0, "{report}");
        sync_until(&first, &hub.address, |report| report["statements"].as_u64().unwrap() >= 1);
    };
    logged(&["invite", "enrol", "--string", &string]);
    logged(&["compartment", "admit", "incidents", "Officer Inkwell"]);
    first.run(&["record", "new", "note", "--narrative", "The heron stands by the wellhead."]);
    sync_until(&first, &hub.address, |report| report["accepted"] == 1);
    let out = "statements";
    first.run(&["mission", "statements", "--out", out]);
    std::fs::copy(first.path(out), second.path(out)).unwrap();
    second.run(&["device", "join", "--statements", out]);
    sync_until(&second, &hub.address, |report| report["entries"].as_u64().unwrap() >= 1);
    let verified: serde_json::Value =
        serde_json::from_str(&second.run(&["verify", "--format", "json"])).unwrap();
    assert_eq!(
        (&verified["entries"], &verified["parts"], &verified["missing"]),
        (&1.into(), &1.into(), &0.into())
    );
    // And back, with the power failing in between.
    second.session(&["record new note --narrative 'The lantern is lit.'"]);
    let report = sync_until(&second, &hub.address, |report| report["accepted"].as_u64().unwrap() >= 1);
    assert_eq!(report["dropped"], 0);
    hub.kill();
    let queued = second.output(&["sync"]);
    assert!(!queued.status.success());
    assert!(text(&queued.stderr).contains("queued"), "{}", text(&queued.stderr));
    let hub = Server::start(&first, &["hub", "run", "--config", "hub.toml"]);
    sync_until(&first, &hub.address, |report| report["entries"].as_u64().unwrap() >= 1);
    let status = first.run(&["hub", "status", "--config", "hub.toml", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert_eq!(status["journal"]["leaves"], 2, "nothing acknowledged was lost: {status}");
    first.run(&["verify"]);
    second.run(&["verify"]);
    hub.stop();
    for word in ["wellhead", "lantern", "Inkwell", "Quillfeather", "Blue Heron", "incidents"] {
        assert!(!holds(&first.path("hub"), word), "the hub's files hold '{word}'");
        assert!(WITNESSES.iter().all(|name| !holds(&first.path(name), word)), "a witness holds '{word}'");
    }
}
