//! The hub and its disk are gone; another one takes over: the real programs.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::path::Path;

use common::servers::{Server, WITNESSES, port, set_up, sync_until};
use common::{Computer, invite, text};
use serde_json::Value;

const GOVERNOR: [&str; 4] =
    ["--governor-key", "home/take-off-this-machine/governor-1.key", "--governor-passphrase-file", "phrase"];

fn json(said: &str) -> Value {
    serde_json::from_str(said).unwrap()
}

/// Copies a file from one computer to another, as on a stick.
fn carry(from: &Computer, to: &Computer, name: &str) {
    std::fs::copy(from.path(name), to.path(name)).unwrap();
}

/// A further person, enrolled and admitted by the first, on a computer of their own.
fn join(first: &Computer, hub: &str, name: &str) -> Computer {
    let computer = Computer::new();
    let (_, string) = invite(first, &computer, &["--for", name]);
    for verb in [&["invite", "enrol", "--string", &string][..], &["compartment", "admit", "incidents", name]]
    {
        first.run(verb);
        sync_until(first, hub, |report| report["accepted"].as_u64().unwrap() >= 1);
        sync_until(first, hub, |report| report["statements"].as_u64().unwrap() >= 1);
    }
    let statements = format!("{name}.statements");
    first.run(&["mission", "statements", "--out", &statements]);
    carry(first, &computer, &statements);
    computer.run(&["device", "join", "--statements", &statements]);
    computer
}

fn write(computer: &Computer, text: &str) {
    computer.run(&["record", "new", "note", "--narrative", text]);
}

/// How many leaves the journal log has.
fn leaves(computer: &Computer, config: &str) -> u64 {
    json(&computer.run(&["hub", "status", "--config", config, "--format", "json"]))["journal"]["leaves"]
        .as_u64()
        .unwrap()
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap().path();
        std::fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
    }
}

/// The configuration of the standby, which is the old one's but for folder and port.
fn standby_config(first: &Computer) {
    let old = std::fs::read_to_string(first.path("hub.toml")).unwrap();
    let folder =
        format!("folder = {:?}\nlisten = \"127.0.0.1:{}\"\n", first.path("standby").display(), port());
    let rest = old.lines().filter(|line| !line.starts_with("folder") && !line.starts_with("listen"));
    let rest: Vec<_> = rest.collect();
    std::fs::write(first.path("standby.toml"), folder + &rest.join("\n")).unwrap();
}

/// Steps of docs/spec/hub.md, section 8, from the loss on. Gives the new hub.
fn take_over(first: &Computer, witnesses: Vec<Server>) -> (Server, Vec<Server>) {
    standby_config(first);
    let config = ["--config", "standby.toml"];
    first.run(&["hub", "init", "--config", "standby.toml", "--public", "standby.json"]);
    first.run(&["mission", "logs", "--out", "old.logs"]);
    let looked = first.output(&["hub", "succeed", "old.logs", "--config", "standby.toml"]);
    let said = text(&looked.stdout);
    assert_eq!(looked.status.code(), Some(3), "the witnesses have seen more: {said}{}", text(&looked.stderr));
    assert!(said.contains("4 witnesses have answered"), "{said}");
    let mut args = vec!["mission", "succeed", "--hub", "standby.json", "--out", "succession"];
    args.extend(GOVERNOR);
    assert!(first.run(&args).contains("generation 2"));
    let refused = first.fails(&[&["hub", "succeed", "succession"], &config[..]].concat(), 1);
    assert!(refused.contains("--lost"), "what witnesses have seen is not passed over in silence: {refused}");
    assert!(!first.path("standby/hub.db").exists(), "and nothing is begun");
    let seeded = first.run(&["hub", "succeed", "succession", "--config", "standby.toml", "--lost"]);
    let keys: Vec<_> = seeded.lines().filter(|line| line.starts_with("counterseal/")).collect();
    assert!(keys.len() == 2 && keys.iter().all(|key| key.contains("/2+")), "{seeded}");
    witnesses.into_iter().for_each(Server::stop);
    for name in WITNESSES {
        for key in &keys {
            first.run(&["witness", "add-log", "--folder", name, key]);
        }
    }
    let witnesses = WITNESSES.map(|name| Server::start(first, &["witness", "run", "--folder", name]));
    (Server::start(first, &["hub", "run", "--config", "standby.toml"]), witnesses.into())
}

#[test]
fn a_standby_takes_over_from_a_hub_whose_disk_is_gone_and_nothing_acknowledged_is_lost() {
    let (first, witnesses, hub) = set_up();
    let address = hub.address.clone();
    sync_until(&first, &address, |report| !report["statementsAge"].is_null());
    let second = join(&first, &address, "Officer Inkwell");
    sync_until(&second, &address, |report| {
        !report["journalAge"].is_null() || !report["statementsAge"].is_null()
    });
    write(&first, "The heron stands by the wellhead.");
    sync_until(&first, &address, |report| report["accepted"] == 1);
    sync_until(&second, &address, |report| report["entries"] == 1);
    sync_until(&first, &address, |report| report["unsent"] == 0 && !report["journalAge"].is_null());
    // A copy of the hub from these days will turn up again.
    first.run(&["hub", "backup", "--config", "hub.toml", "--to", "old.db"]);
    copy_folder(&first.path("hub/keys"), &first.path("keys-in-a-safe"));
    // The second desk goes on, beyond what the first one ever sees of this hub.
    write(&second, "Logged by the old hub alone.");
    sync_until(&second, &address, |report| report["accepted"] == 1);
    let old_size = leaves(&first, "hub.toml");
    assert_eq!(old_size, 2);
    std::thread::sleep(std::time::Duration::from_millis(1500));
    sync_until(&second, &address, |report| report["unsent"] == 0);
    write(&second, "Not sent when the hub died.");
    write(&first, "Nor this.");
    hub.kill();
    std::fs::remove_dir_all(first.path("hub")).unwrap();
    assert!(second.fails(&["sync"], 1).contains("queued"));

    let (new, _witnesses) = take_over(&first, witnesses);
    // The first desk signed; the second hears of it from the new hub itself, and takes back what counts no more.
    sync_until(&first, &new.address, |report| report["unsent"] == 0);
    let output = second.output(&["sync", "--hub", &new.address, "--format", "json"]);
    let report = json(&text(&output.stdout));
    assert_eq!(report["crossed"]["generation"], 2, "{report}{}", text(&output.stderr));
    assert!(report["crossed"]["leaves"].as_u64().unwrap() >= 1, "it had followed past the end: {report}");
    assert_eq!(
        report["witnesses"]["refused"].as_array().unwrap().len(),
        0,
        "asked about the new logs: {report}"
    );
    for _ in 0..2 {
        for computer in [&first, &second] {
            sync_until(computer, &new.address, |report| report["unsent"] == 0 && report["accepted"] == 0);
        }
    }
    let status = json(&first.run(&["hub", "status", "--config", "standby.toml", "--format", "json"]));
    assert_eq!((&status["generation"], &status["supersededBy"]), (&2.into(), &Value::Null));
    assert_eq!((&status["journal"]["leaves"], &status["entriesMissing"]), (&4.into(), &0.into()), "{status}");
    // Who joins now gets all.
    let third = join(&first, &new.address, "Sergeant Compass");
    sync_until(&third, &new.address, |report| report["entries"].as_u64().unwrap() >= 1);
    for computer in [&first, &second, &third] {
        sync_until(computer, &new.address, |report| report["unsent"] == 0);
        let verified = json(&computer.run(&["verify", "--format", "json"]));
        assert_eq!((&verified["entries"], &verified["missing"]), (&4.into(), &0.into()), "{verified}");
        let said = computer.session(&["find wellhead", "find alone", "find died", "find Nor"]);
        for text in ["The heron", "Logged by", "Not sent", "Nor this"] {
            assert!(said.contains(text), "'{text}' is lost: {said}");
        }
    }
    the_old_hub_comes_back(&first, &second, &third, &address);
}

/// Its keys were in a safe, and there was a backup: it serves again as it did.
fn the_old_hub_comes_back(first: &Computer, second: &Computer, third: &Computer, address: &str) {
    copy_folder(&first.path("keys-in-a-safe"), &first.path("hub/keys"));
    first.run(&["hub", "restore", "--config", "hub.toml", "--from", "old.db"]);
    let old = Server::start(first, &["hub", "run", "--config", "hub.toml"]);
    for computer in [first, second, third] {
        let refused = computer.fails(&["sync", "--hub", address], 1);
        assert!(refused.contains("generation 1") && refused.contains("replaced"), "{refused}");
    }
    old.stop();
    // Shown the statement, it says so itself.
    let said = first.run(&["hub", "succeed", "succession", "--config", "hub.toml"]);
    assert!(said.contains("generation 1") && said.contains("ends"), "{said}");
    let status = json(&first.run(&["hub", "status", "--config", "hub.toml", "--format", "json"]));
    assert_eq!((&status["generation"], &status["supersededBy"]), (&1.into(), &2.into()));
}
