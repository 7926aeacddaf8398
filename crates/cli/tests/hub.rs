//! A hub, witnesses and two computers, on loopback: the real programs.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::path::Path;
use std::time::Duration;

use common::servers::{Server, WITNESSES, port, set_up, sync_until};
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

/// One line of a command's JSON lines.
fn lines(said: &str) -> Vec<serde_json::Value> {
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn an_auditor_trusts_nobody_and_receipts_convince_without_a_desk() {
    let (desk, mut witnesses, hub) = set_up();
    let report = sync_until(&desk, &hub.address, |report| !report["statementsAge"].is_null());
    assert_eq!((&report["witnesses"]["asked"], &report["witnesses"]["answered"]), (&4.into(), &4.into()));
    desk.run(&["record", "new", "note", "--narrative", "The heron stands by the wellhead."]);
    sync_until(&desk, &hub.address, |report| report["accepted"] == 1);
    sync_until(&desk, &hub.address, |report| report["journalAge"].is_number());
    let json = |said: &str| serde_json::from_str::<serde_json::Value>(said).unwrap();
    let shown = json(&desk.run(&["mission", "show", "--format", "json"]));
    let mission = shown["mission"].as_str().unwrap();
    // From the desk's mirror, from the hub, and by somebody without a desk, who keeps the files.
    assert_eq!(json(&desk.run(&["ledger", "verify", "--mine", "--format", "json"]))["holds"], true);
    assert!(desk.run(&["ledger", "verify"]).contains("All of it holds"));
    let auditor = Computer::new();
    let verify =
        ["ledger", "verify", &hub.address, "--mission", mission, "--keep", "kept", "--format", "json"];
    let found = json(&auditor.run(&verify));
    assert_eq!((&found["holds"], &found["journal"]["leaves"]), (&true.into(), &1.into()), "{found}");
    let offline = ["ledger", "verify", "kept", "--mission", mission];
    assert!(auditor.run(&offline).contains("All of it holds"));
    let tile = auditor.path("kept/journal/tile/0/000.p/1");
    let mut bytes = std::fs::read(&tile).unwrap();
    bytes[7] ^= 1;
    std::fs::write(&tile, bytes).unwrap();
    let changed = auditor.output(&offline);
    assert_eq!(changed.status.code(), Some(3));
    assert!(text(&changed.stdout).contains("tile/0/000.p/1"), "{}", text(&changed.stdout));
    let wrong = ["ledger", "verify", &hub.address, "--mission", &"5".repeat(64)];
    assert_eq!(auditor.output(&wrong).status.code(), Some(3));
    // A receipt and the policy are all that somebody else needs.
    let listed = json(&desk.run(&["find", "heron", "--format", "json"]));
    let record = listed["records"][0]["id"].as_str().unwrap();
    desk.run(&["ledger", "proof", record, "--out", "entry.receipt"]);
    desk.run(&["ledger", "policy", "--out", "mission.policy"]);
    for file in ["entry.receipt", "mission.policy"] {
        std::fs::copy(desk.path(file), auditor.path(file)).unwrap();
    }
    let check = ["ledger", "proof", "--check", "entry.receipt", "--policy", "mission.policy"];
    assert!(auditor.run(&check).contains("three "), "names who cosigned");
    let mut bytes = std::fs::read(auditor.path("entry.receipt")).unwrap();
    bytes[40] ^= 1;
    std::fs::write(auditor.path("entry.receipt"), bytes).unwrap();
    assert_ne!(auditor.output(&check).status.code(), Some(0));
    // Everybody shows the same; one who is gone is named, and keeps nobody waiting.
    let seen = lines(&desk.run(&["ledger", "watch", "--once", "--format", "json"]));
    assert_eq!(seen.iter().filter(|line| line["event"] == "checkpoint").count(), 10, "{seen:?}");
    assert!(seen.iter().all(|line| line["lag"] == 0), "{seen:?}");
    witnesses.pop().unwrap().kill();
    let report = sync_until(&desk, &hub.address, |report| report["witnesses"]["answered"] == 3);
    assert_eq!(report["witnesses"]["silent"][0]["witness"], "four", "{report}");
    hub.stop();
    // True files, and a certificate that the register does not name: somebody sits in between.
    std::fs::write(
        desk.path("other.toml"),
        format!("folder = {:?}\nlisten = \"127.0.0.1:1\"\n", desk.path("other")),
    )
    .unwrap();
    desk.run(&["hub", "init", "--config", "other.toml", "--public", "other.json"]);
    for file in ["tls.key", "tls.crt"] {
        std::fs::copy(desk.path("other/keys").join(file), desk.path("hub/keys").join(file)).unwrap();
    }
    let between = Server::start(&desk, &["hub", "run", "--config", "hub.toml"]);
    let found = auditor.output(&["ledger", "verify", &between.address, "--mission", mission]);
    assert_eq!(found.status.code(), Some(3), "{}", text_of(&found));
    assert!(text(&found.stderr).contains("not the mission's hub"), "{}", text_of(&found));
    assert_ne!(desk.output(&["ledger", "verify", &between.address]).status.code(), Some(0));
}

/// A hub's configuration with some of the witnesses, another folder and another port.
fn face(desk: &Computer, folder: &str, witnesses: &[&str]) -> String {
    let config = std::fs::read_to_string(desk.path("hub.toml")).unwrap();
    let (head, sections) = config.split_once("[[witness]]").unwrap();
    let head = head.replace("/hub\"", &format!("/{folder}\""));
    let listen = head.lines().find(|line| line.starts_with("listen")).unwrap().to_owned();
    let head = head.replace(&listen, &format!("listen = \"127.0.0.1:{}\"", port()));
    let named = |section: &&str| witnesses.iter().any(|name| section.contains(&format!("\"{name}\"")));
    let sections = sections.split("[[witness]]").filter(named).map(|section| format!("[[witness]]{section}"));
    let path = format!("{folder}-face.toml");
    std::fs::write(desk.path(&path), head + &sections.collect::<String>()).unwrap();
    path
}

#[test]
fn a_hub_with_two_faces_is_caught_though_no_witness_is_corrupt() {
    let (desk, _witnesses, hub) = set_up();
    sync_until(&desk, &hub.address, |report| !report["statementsAge"].is_null());
    hub.stop();
    // The same keys twice: each face shows its tree to two witnesses, so neither has a quorum.
    for file in files(&desk.path("hub")) {
        let to = desk.path("second").join(file.strip_prefix(desk.path("hub")).unwrap());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(&file, to).unwrap();
    }
    let first = Server::start(&desk, &["hub", "run", "--config", &face(&desk, "hub", &["one", "two"])]);
    let second =
        Server::start(&desk, &["hub", "run", "--config", &face(&desk, "second", &["three", "four"])]);
    for (text, hub) in [("for some", &first), ("for others", &second)] {
        desk.run(&["record", "new", "note", "--narrative", text]);
        let pushed = desk.output(&["sync", "--hub", &hub.address, "--format", "json"]);
        assert!(pushed.status.success() || pushed.status.code() == Some(3), "{}", text_of(&pushed));
    }
    let mut last = String::new();
    let caught = (0..20).find_map(|_| {
        std::thread::sleep(Duration::from_millis(150));
        let output = desk.output(&["sync", "--hub", &first.address, "--format", "json"]);
        last = text_of(&output);
        (output.status.code() == Some(3)).then(|| last.clone())
    });
    let caught = caught.unwrap_or_else(|| panic!("nobody noticed: {last}"));
    assert!(caught.contains("two histories") && caught.contains("journal"), "{caught}");
    // The proof convinces anyone who has the policy.
    desk.run(&["ledger", "proof", "--two-histories", "--out", "hub.proof"]);
    desk.run(&["ledger", "policy", "--out", "mission.policy"]);
    let check = ["ledger", "verify", "--split", "hub.proof", "--policy", "mission.policy"];
    assert!(desk.run(&check).contains("PROVED"));
    let watched = desk.output(&["ledger", "watch", "--once", "--format", "json", "--proofs", "proofs"]);
    assert_eq!(watched.status.code(), Some(3), "{}", text_of(&watched));
    let found = lines(&text(&watched.stdout)).into_iter().find(|line| line["event"] == "two-histories");
    let proof = found.unwrap()["proof"].as_str().unwrap().to_owned();
    desk.run(&["ledger", "verify", "--split", &proof]);
    let mut bytes = std::fs::read(desk.path(&proof)).unwrap();
    bytes[100] ^= 1;
    std::fs::write(desk.path(&proof), bytes).unwrap();
    assert_eq!(desk.output(&["ledger", "verify", "--split", &proof]).status.code(), Some(3));
}

fn text_of(output: &std::process::Output) -> String {
    text(&output.stdout) + &text(&output.stderr)
}
