//! The real programs on disks that fail: strace makes a chosen call on a chosen file fail, or ends the program in it.
//! Then everything is looked through, and goes on.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use common::servers::{Server, WITNESSES, set_up, sync_until};
use common::{Computer, text};
use serde_json::Value;

/// Calls that change a file or make it durable.
const CALLS: [&str; 7] = ["pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink"];

/// What becomes of a call: it fails, there is no room, or the program ends there.
const FAULTS: [&str; 3] = ["error=EIO", "error=ENOSPC", "signal=SIGKILL"];

/// The n-th of such calls of a thread goes wrong so.
#[derive(Debug, Clone)]
struct Point {
    call: &'static str,
    number: usize,
    fault: &'static str,
}

/// Whether strace is there; without it the test says so, and fails in CI.
fn can_trace() -> bool {
    let works = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    let works = works.is_ok_and(|status| status.success());
    if !works {
        println!("strace is not there or may not trace: the test is left out");
        assert!(std::env::var_os("CI").is_none(), "strace is needed in CI");
    }
    works
}

/// The command under strace, which sees only calls on these files.
fn traced(
    computer: &Computer,
    args: &[&str],
    files: &[PathBuf],
    out: &Path,
    point: Option<&Point>,
) -> Command {
    let plain = computer.command(args);
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o"]).arg(out).arg("-e").arg(format!("trace={}", CALLS.join(",")));
    for file in files {
        command.arg("-P").arg(file);
    }
    if let Some(Point { call, number, fault }) = point {
        command.arg("-e").arg(format!("inject={call}:{fault}:when={number}"));
    }
    command.arg(plain.get_program()).args(plain.get_args());
    command.current_dir(plain.get_current_dir().unwrap());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The points at which something can go wrong, by what one run without a fault called.
fn points(trace: &Path) -> Vec<Point> {
    let trace = std::fs::read_to_string(trace).unwrap();
    let mut points = Vec::new();
    for call in CALLS {
        let lines = trace.lines().filter_map(|line| line.split_once(' '));
        let mut of_thread = std::collections::BTreeMap::<&str, usize>::new();
        for (thread, line) in lines {
            if line.trim_start().starts_with(&format!("{call}(")) {
                *of_thread.entry(thread).or_default() += 1;
            }
        }
        let most = of_thread.into_values().max().unwrap_or(0);
        let syncs = call.contains("sync") || call == "rename" || call == "unlink";
        for number in 1..=most {
            // A flush, a new name or a removal finds no want of room.
            let faults = FAULTS.into_iter().filter(|fault| !(syncs && fault.contains("ENOSPC")));
            points.extend(faults.map(|fault| Point { call, number, fault }));
        }
    }
    points
}

/// So many points out of all, evenly; all of them when `most` is none.
fn some(points: Vec<Point>, most: Option<usize>) -> Vec<Point> {
    let stride = most.map_or(1, |most| points.len().div_ceil(most));
    // An odd step, so that the faults take turns.
    points.into_iter().step_by(stride | 1).collect()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name))
        } else {
            let _bytes = std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// A computer with everything that another has.
fn twin(of: &Computer) -> Computer {
    let twin = Computer::new();
    copy(&of.path(""), &twin.path(""));
    twin
}

/// The files of the only desk on a computer.
fn desk_files(computer: &Computer) -> Vec<PathBuf> {
    let desk = std::fs::read_dir(computer.path("home/desks")).unwrap().next().unwrap().unwrap().path();
    let names = ["store.db", "store.db-wal", "store.head", "store.head.new", "store.commits"];
    names.map(|name| desk.join(name)).to_vec()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The mission, a desk in the morning with two notes unsent, and another person's three in the log.
struct Scene {
    first: Computer,
    second: Computer,
    witnesses: Vec<Server>,
    hub: Server,
}

const ENTRIES: u64 = 5;

impl Scene {
    fn new() -> Self {
        let (first, witnesses, hub) = set_up();
        sync_until(&first, &hub.address, |report| !report["statementsAge"].is_null());
        let second = Computer::new();
        let (_, string) = common::invite(&first, &second, &["--for", "Officer Inkwell"]);
        for verb in [
            &["invite", "enrol", "--string", &string][..],
            &["compartment", "admit", "incidents", "Officer Inkwell"],
        ] {
            first.run(verb);
            sync_until(&first, &hub.address, |report| report["accepted"].as_u64().unwrap() >= 1);
            sync_until(&first, &hub.address, |report| report["statements"].as_u64().unwrap() >= 1);
        }
        first.run(&["mission", "statements", "--out", "statements"]);
        std::fs::copy(first.path("statements"), second.path("statements")).unwrap();
        second.run(&["device", "join", "--statements", "statements"]);
        sync_until(&second, &hub.address, |report| !report["statementsAge"].is_null());
        first.session(&[
            "record new note --narrative one",
            "record new note --narrative two",
            "record new note --narrative three",
        ]);
        sync_until(&first, &hub.address, |report| report["accepted"] == 3);
        second.session(&["record new note --narrative four", "record new note --narrative five"]);
        Self { first, second, witnesses, hub }
    }

    /// Everything is there, once, on a desk and in the hub.
    fn check(&self, desk: &Computer, case: &str) {
        let hub = &self.hub.address;
        let all = |computer: &Computer| {
            sync_until(computer, hub, |_| {
                json(&computer.run(&["verify", "--format", "json"]))["entries"] == ENTRIES
            });
        };
        all(desk);
        let report = json(&desk.run(&["sync", "--hub", hub, "--format", "json"]));
        assert_eq!((&report["unsent"], &report["dropped"]), (&0.into(), &0.into()), "{case}: {report}");
        let status = self.first.run(&["hub", "status", "--config", "hub.toml", "--format", "json"]);
        assert_eq!(
            json(&status)["journal"]["leaves"],
            ENTRIES,
            "{case}: nothing is lost, and nothing there twice"
        );
        all(&twin(&self.first));
    }
}

fn said(output: &Output) -> String {
    text(&output.stdout) + &text(&output.stderr)
}

/// A desk that syncs, and writes and reads pouches, at so many of the points.
fn desk_table(scene: &Scene, most: Option<usize>) {
    let trace = scene.first.path("trace");
    let sync = |desk: &Computer, point: Option<&Point>| {
        let args = ["sync", "--hub", scene.hub.address.as_str()];
        traced(desk, &args, &desk_files(desk), &trace, point).output().unwrap()
    };
    let morning = twin(&scene.second);
    assert!(sync(&morning, None).status.success());
    let all = points(&trace);
    assert!(all.len() > 20, "{}", all.len());
    let some = some(all, most);
    for point in &some {
        let case = format!("{point:?}");
        let desk = twin(&scene.second);
        let output = sync(&desk, Some(point));
        let said = said(&output);
        assert!(!said.contains("panicked"), "{case}: {said}");
        desk.run(&["verify"]);
        scene.check(&desk, &case);
    }
    println!("desk: {} points", some.len());
}

fn pouch_table(scene: &Scene, most: Option<usize>) {
    let trace = scene.first.path("trace");
    let write = |desk: &Computer, point: Option<&Point>| {
        let args = ["pouch", "write", "stick", "--for", "Officer Quillfeather", "--since", "beginning"];
        // The unfinished file has a random name, so the whole program is looked at, less its own desk's files.
        traced(desk, &args, &[], &trace, point).output().unwrap()
    };
    let morning = twin(&scene.second);
    let output = write(&morning, None);
    assert!(output.status.success(), "{}", said(&output));
    let all: Vec<_> =
        points(&trace).into_iter().filter(|point| point.number > 1 || point.call != "write").collect();
    let some = some(all, most);
    for point in &some {
        let case = format!("{point:?}");
        let desk = twin(&scene.second);
        let output = write(&desk, Some(point));
        desk.run(&["verify"]);
        if desk.path("stick").exists() {
            let other = twin(&scene.first);
            std::fs::copy(desk.path("stick"), other.path("stick")).unwrap();
            other.run(&["pouch", "read", "stick"]);
        } else {
            assert!(!output.status.success(), "{case}: it says that it was written");
            desk.run(&["pouch", "write", "stick", "--for", "Officer Quillfeather"]);
        }
    }
    println!("pouch: {} points", some.len());
}

/// A hub that takes two notes in, at so many of the points.
fn hub_table(scene: &mut Scene, most: Option<usize>) {
    let trace = scene.first.path("trace");
    let args = ["hub", "run", "--config", "hub.toml"];
    let files = ["hub.db", "hub.db-wal"].map(|name| scene.first.path("hub").join(name));
    stop(&scene.hub);
    scene.hub.child.wait().unwrap();
    let morning = scene.first.path("hub-in-the-morning");
    copy(&scene.first.path("hub"), &morning);
    let run = |scene: &mut Scene, point: Option<&Point>| {
        std::fs::remove_dir_all(scene.first.path("hub")).unwrap();
        copy(&morning, &scene.first.path("hub"));
        let case = format!("{point:?}");
        let desk = twin(&scene.second);
        let hub = traced(&scene.first, &args, &files, &trace, point).spawn();
        let mut hub = hub.unwrap();
        // It may not get as far as to listen.
        let address = scene.hub.address.clone();
        let listens = (0..100).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(50));
            hub.try_wait().unwrap().is_some() || TcpStream::connect(&address).is_ok()
        });
        assert!(listens, "{case}: the hub hangs");
        for _ in 0..2 {
            let output = desk.output(&["sync", "--hub", &address]);
            assert!(!said(&output).contains("panicked"), "{case}");
        }
        // strace ends with what it traces.
        stop_traced(hub.id());
        hub.wait().unwrap();
        scene.hub = Server::start(&scene.first, &args);
        scene.check(&desk, &case);
        stop(&scene.hub);
        scene.hub.child.wait().unwrap();
    };
    run(scene, None);
    let all = points(&trace);
    assert!(all.len() > 8, "{}", all.len());
    let some = some(all, most);
    some.iter().for_each(|point| run(scene, Some(point)));
    println!("hub: {} points", some.len());
    scene.hub = Server::start(&scene.first, &args);
}

fn stop(server: &Server) {
    let _gone = Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status();
}

/// Tells the program that strace has started to stop.
fn stop_traced(strace: u32) {
    let children = format!("/proc/{strace}/task/{strace}/children");
    let children = std::fs::read_to_string(children).unwrap_or_default();
    for child in children.split_whitespace() {
        let _gone = Command::new("kill").args(["-TERM", child]).status();
    }
}

/// The size of the journal log that a witness cosigned last.
fn cosigned_by(scene: &Scene, witness: usize) -> Option<u64> {
    let folder = scene.first.path(WITNESSES[witness]);
    let config = std::fs::read_to_string(folder.join("witness.toml")).ok()?;
    let key = config.lines().find(|line| line.contains("/journal/"))?.split('"').nth(1)?.to_owned();
    let origin = key.split('+').next()?;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, origin.as_bytes());
    let mut stream = TcpStream::connect(&scene.witnesses[witness].address).ok()?;
    let path = hex::encode(digest.as_ref());
    write!(stream, "GET /{path}/checkpoint HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (_, note) = answer.split_once("\r\n\r\n")?;
    note.lines().nth(1)?.parse().ok()
}

/// A witness that is asked for what the hub takes in, at so many of the points.
fn witness_table(scene: &mut Scene, most: Option<usize>) {
    let trace = scene.first.path("trace");
    let args = ["witness", "run", "--folder", WITNESSES[0]];
    let files = ["witness.db", "witness.db-wal"].map(|name| scene.first.path(WITNESSES[0]).join(name));
    let mut known = cosigned_by(scene, 0).unwrap();
    let mut run = |scene: &mut Scene, point: Option<&Point>| {
        let case = format!("{point:?}");
        stop(&scene.witnesses[0]);
        scene.witnesses[0].child.wait().unwrap();
        let mut witness = traced(&scene.first, &args, &files, &trace, point).spawn().unwrap();
        scene.first.run(&["record", "new", "note", "--narrative", "more"]);
        sync_until(&scene.first, &scene.hub.address, |report| report["accepted"] == 1);
        std::thread::sleep(std::time::Duration::from_millis(1500));
        stop_traced(witness.id());
        witness.wait().unwrap();
        scene.witnesses[0] = Server::start(&scene.first, &args);
        let before = cosigned_by(scene, 0).unwrap();
        assert!(before >= known, "{case}: {known} was cosigned, and {before} is there");
        scene.first.run(&["record", "new", "note", "--narrative", "more"]);
        sync_until(&scene.first, &scene.hub.address, |report| report["accepted"] == 1);
        let goes_on = (0..100).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            cosigned_by(scene, 0).is_some_and(|now| now >= known + 2)
        });
        assert!(goes_on, "{case}: it cosigns nothing more");
        known += 2;
    };
    run(scene, None);
    let all = points(&trace);
    assert!(all.len() > 4, "{}", all.len());
    let some = some(all, most);
    some.iter().for_each(|point| run(scene, Some(point)));
    println!("witness: {} points", some.len());
}

#[test]
fn programs_on_disks_that_fail_lose_nothing_and_go_on() {
    if can_trace() {
        let mut scene = Scene::new();
        desk_table(&scene, Some(3));
        pouch_table(&scene, Some(1));
        hub_table(&mut scene, Some(2));
        witness_table(&mut scene, Some(1));
    }
}

#[test]
#[ignore = "every point: half an hour"]
fn programs_on_disks_that_fail_anywhere_lose_nothing_and_go_on() {
    if can_trace() {
        let mut scene = Scene::new();
        desk_table(&scene, None);
        pouch_table(&scene, None);
        hub_table(&mut scene, None);
        witness_table(&mut scene, None);
    }
}
