//! A hub with two faces over servers that are programs of their own: at every split of four witnesses, of whom three must
//! cosign and one may be corrupt.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::path::Path;
use std::time::Duration;

use common::servers::{Server, WITNESSES, port, set_up, sync_until};
use common::{Computer, files, text};

/// What the servers and the desk have: put back before each split.
const STATE: [&str; 6] = ["home", "hub", "one", "two", "three", "four"];

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&file, target).unwrap();
    }
}

/// Everything as it was before the hub had a second face.
fn put_back(desk: &Computer, kept: &Path) {
    for name in STATE {
        std::fs::remove_dir_all(desk.path(name)).unwrap();
        copy(&kept.join(name), &desk.path(name));
    }
    let _none_before = std::fs::remove_dir_all(desk.path("second"));
    copy(&desk.path("hub"), &desk.path("second"));
}

/// A face: the hub's keys over this folder, with these witnesses.
fn face(desk: &Computer, folder: &str, witnesses: &[&str]) -> Server {
    let config = std::fs::read_to_string(desk.path("hub.toml")).unwrap();
    let (head, sections) = config.split_once("[[witness]]").unwrap();
    let head = head.replace("/hub\"", &format!("/{folder}\""));
    let listen = head.lines().find(|line| line.starts_with("listen")).unwrap().to_owned();
    let head = head.replace(&listen, &format!("listen = \"127.0.0.1:{}\"", port()));
    let named = |section: &&str| witnesses.iter().any(|name| section.contains(&format!("\"{name}\"")));
    let sections = sections.split("[[witness]]").filter(named).map(|section| format!("[[witness]]{section}"));
    let path = format!("{folder}-face.toml");
    std::fs::write(desk.path(&path), head + &sections.collect::<String>()).unwrap();
    Server::start(desk, &["hub", "run", "--config", &path])
}

fn cosigned(desk: &Computer, folder: &str) -> u64 {
    let said = desk.run(&["hub", "status", "--config", &format!("{folder}-face.toml"), "--format", "json"]);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    said.pointer("/journal/cosigned").and_then(serde_json::Value::as_u64).unwrap_or(0)
}

/// Something that is written while one face is connected, and another thing while the other is.
fn write_to_both(desk: &Computer, faces: [&Server; 2]) {
    for (words, hub) in ["for some", "for others"].iter().zip(faces) {
        desk.run(&["record", "new", "note", "--narrative", words]);
        let pushed = desk.output(&["sync", "--hub", &hub.address, "--format", "json"]);
        assert!(pushed.status.success() || pushed.status.code() == Some(3), "{}", text(&pushed.stderr));
        std::thread::sleep(Duration::from_millis(300));
    }
}

/// Syncs with the first face until the desk says that there are two histories.
#[track_caller]
fn named_by_the_desk(desk: &Computer, hub: &Server, split: &str) {
    let mut last = String::new();
    for _ in 0..20 {
        let output = desk.output(&["sync", "--hub", &hub.address, "--format", "json"]);
        last = text(&output.stdout) + &text(&output.stderr);
        // In either log: each face says the time in its own way too.
        if output.status.code() == Some(3) && last.contains("two histories") {
            return;
        }
        std::thread::sleep(Duration::from_millis(150));
    }
    panic!("{split}: nobody noticed: {last}");
}

#[test]
fn a_forking_hub_is_refused_by_witnesses_and_named_by_desks_at_every_split() {
    let (desk, witnesses, hub) = set_up();
    sync_until(&desk, &hub.address, |report| !report["statementsAge"].is_null());
    hub.stop();
    witnesses.into_iter().for_each(Server::stop);
    let kept = desk.path("kept");
    STATE.iter().for_each(|name| copy(&desk.path(name), &kept.join(name)));
    // Apart, and with every witness asked by the second face too: those that saw the first refuse it.
    for (count, all) in [(1, false), (2, false), (3, false), (3, true), (2, true)] {
        put_back(&desk, &kept);
        let _witnesses = WITNESSES.map(|name| Server::start(&desk, &["witness", "run", "--folder", name]));
        let (some, rest) = WITNESSES.split_at(count);
        let others = if all { &WITNESSES[..] } else { rest };
        let split = format!("{some:?} against {others:?}");
        let first = face(&desk, "hub", some);
        let second = face(&desk, "second", others);
        write_to_both(&desk, [&first, &second]);
        named_by_the_desk(&desk, &first, &split);
        drop((first, second));
        let quorums = ["hub", "second"].map(|folder| cosigned(&desk, folder));
        println!("{split}: cosigned by a quorum: {quorums:?}");
        let (with_quorum, of_second) = (quorums.iter().filter(|leaves| **leaves > 0).count(), quorums[1]);
        assert!(with_quorum <= 1, "{split}: no two trees have a quorum: {quorums:?}");
        assert!(!all || of_second == 0, "{split}: witnesses that saw another tree have refused");
    }
}
