//! A hub, witnesses and two computers, on loopback: the real programs.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use common::{Computer, files, text, word_after};

/// A server that is stopped with the test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts it and waits until it says where it listens.
    fn start(computer: &Computer, args: &[&str]) -> Self {
        let mut child = computer.command(args).spawn().unwrap();
        let mut said = String::new();
        let out = BufReader::new(child.stdout.take().unwrap());
        for line in out.lines() {
            said = line.unwrap();
            if said.contains(" runs at ") {
                break;
            }
        }
        let address = word_after(&said, " runs at ").trim_end_matches('.').to_owned();
        Self { child, address }
    }

    /// As by a lost power line.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// As by a system that shuts down.
    fn stop(mut self) {
        let stopped = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(stopped.success());
        assert!(self.child.wait().unwrap().success(), "a graceful stop");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// A port that was free a moment ago.
fn port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

const WITNESSES: [&str; 4] = ["one", "two", "three", "four"];

/// Founds a mission on a computer, and sets up hub and witnesses beside it.
fn set_up() -> (Computer, Vec<Server>, Server) {
    let computer = Computer::founder();
    let hub_port = port();
    let mut config = format!(
        "folder = {:?}\nlisten = \"127.0.0.1:{hub_port}\"\nbatch_milliseconds = 50\nmark_seconds = 1\n",
        computer.path("hub").display().to_string()
    );
    let mut named: Vec<String> = Vec::new();
    for name in WITNESSES {
        let (listen, public) = (format!("127.0.0.1:{}", port()), format!("{name}.json"));
        computer.run(&[
            "witness", "init", "--folder", name, "--name", name, "--listen", &listen, "--public", &public,
        ]);
        config += &format!("[[witness]]\nname = \"{name}\"\nurl = \"http://{listen}/\"\n");
        named.extend(["--witness".to_owned(), public]);
    }
    std::fs::write(computer.path("hub.toml"), config).unwrap();
    computer.run(&["hub", "init", "--config", "hub.toml", "--public", "hub.json"]);
    let mut args = vec!["mission", "hub", "--hub", "hub.json", "--out", "seed"];
    args.extend(named.iter().map(String::as_str));
    let governor = "home/take-off-this-machine/governor-1.key";
    args.extend(["--governor-key", governor, "--governor-passphrase-file", "phrase"]);
    computer.run(&args);
    let seeded = computer.run(&["hub", "seed", "seed", "--config", "hub.toml"]);
    let keys: Vec<_> = seeded.lines().filter(|line| line.starts_with("counterseal/")).collect();
    assert_eq!(keys.len(), 2, "{seeded}");
    for name in WITNESSES {
        for key in &keys {
            computer.run(&["witness", "add-log", "--folder", name, key]);
        }
    }
    let witnesses = WITNESSES.map(|name| Server::start(&computer, &["witness", "run", "--folder", name]));
    let hub = Server::start(&computer, &["hub", "run", "--config", "hub.toml"]);
    (computer, witnesses.into(), hub)
}

/// Syncs until a condition holds; the logs need a moment to be cosigned.
#[track_caller]
fn sync_until(
    computer: &Computer,
    hub: &str,
    done: impl Fn(&serde_json::Value) -> bool,
) -> serde_json::Value {
    let mut last = serde_json::Value::Null;
    for _ in 0..40 {
        let output = computer.output(&["sync", "--hub", hub, "--format", "json"]);
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert!(output.status.success(), "{out}{err}");
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        if done(&report) {
            return report;
        }
        last = report;
        std::thread::sleep(Duration::from_millis(150));
    }
    panic!("it never came to that: {last}");
}

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
