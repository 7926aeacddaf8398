//! What openings hold to, over servers that are programs of their own.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;
#[path = "common/thief_of_servers.rs"]
mod thief;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::trustees::*;
use common::{Computer, carry, text};
use thief::Stolen;

const SECRETS: [&str; 2] = ["The nurse in Bria saw the trucks", "The driver waits at the ferry"];
/// Debian's golang-golang-x-mod-dev puts its sources here; nothing is fetched.
const GOPATH: &str = "/usr/share/gocode";

/// Why Go cannot check anything here, if it cannot.
fn no_go() -> Option<&'static str> {
    if Command::new("go").arg("version").output().is_err() {
        return Some("go is not installed (Debian: golang-go)");
    }
    let sources = Path::new(GOPATH).join("src/golang.org/x/mod/sumdb");
    (!sources.exists()).then_some("golang.org/x/mod is not installed (Debian: golang-golang-x-mod-dev)")
}

/// Go's reading of the logs that an auditor kept, and of receipts.
fn go(auditor: &Computer, receipts: &[PathBuf]) -> std::process::Output {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../ledger/tests/go");
    Command::new("go")
        .args(["run", ".", "run"])
        .args([auditor.path("kept"), auditor.path("policy")])
        .args(receipts)
        .current_dir(program)
        .envs([("GO111MODULE", "off"), ("GOFLAGS", ""), ("GOPATH", GOPATH), ("GOTOOLCHAIN", "local")])
        .env("GOCACHE", auditor.path("go-cache"))
        .output()
        .unwrap()
}

/// Checkpoints, tiles and receipts of this run, by another hand.
fn go_verifies(reader: &Computer, hub: &str) {
    let shown = json(&reader.run(&["mission", "show", "--format", "json"]));
    let mission = shown["mission"].as_str().unwrap();
    let auditor = Computer::new();
    auditor.run(&["ledger", "verify", hub, "--mission", mission, "--keep", "kept"]);
    reader.run(&["ledger", "policy", "--out", "policy"]);
    carry(reader, &auditor, "policy");
    let mine = json(&reader.run(&["openings", "mine", "--format", "json"]));
    let mut receipts = Vec::new();
    for (n, one) in mine["openings"].as_array().unwrap().iter().enumerate() {
        let file = format!("{n}.receipt");
        reader.run(&["receipt", "show", one["request"].as_str().unwrap(), "--out", &file]);
        // Whoever has the policy needs no desk: the request in the receipt is what the leaf commits to.
        carry(reader, &auditor, &file);
        let checked = auditor.run(&["receipt", "check", &file, "--policy", "policy", "--format", "json"]);
        assert_eq!(json(&checked)["index"], one["leaf"], "{checked}");
        receipts.push(auditor.path(&file));
    }
    assert_eq!(receipts.len(), 2);
    if let Some(why) = no_go() {
        assert!(std::env::var_os("CI").is_none(), "{why}");
        println!("skipped: {why}");
        return;
    }
    let read = go(&auditor, &receipts);
    let said = text(&read.stdout);
    println!("{said}{}", text(&read.stderr));
    assert!(read.status.success());
    assert!(said.contains("statements: ") && said.contains("journal: "), "both logs");
    assert_eq!(said.matches("receipt of leaf").count(), 2);
    // Go says no to what was bent: a tile, a receipt.
    let bent = |file: &Path, place: usize| {
        let whole = std::fs::read(file).unwrap();
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        std::fs::write(file, bytes).unwrap();
        let read = go(&auditor, &receipts);
        std::fs::write(file, whole).unwrap();
        assert!(!read.status.success(), "{} is not what it was: {}", file.display(), text(&read.stdout));
    };
    let tile = common::files(&auditor.path("kept/journal/tile/0")).remove(0);
    bent(&tile, 7);
    let place = std::fs::read_to_string(&receipts[0]).unwrap().rfind("\n\n").unwrap() - 5;
    bent(&receipts[0], place);
}

/// What was opened ahead is on the desk, and nothing else is.
fn only_what_was_opened_ahead_opens(reader: &Computer, ahead: &str, other: &str) {
    let read = json(&reader.run(&["open", ahead, "--from-ahead", "--format", "json"]));
    assert!(read.to_string().contains(SECRETS[1]), "{read}");
    let not_ahead = reader.fails(&["open", other, "--from-ahead", "--format", "json"], 1);
    assert!(not_ahead.contains("not opened ahead"), "{not_ahead}");
}

/// A desk that is back says with its next session what it read, and whoever wrote it is told when and what.
fn what_was_read_offline_is_told(author: &Computer, reader: &Computer, hub: &str, part: &str) {
    let read = json(&reader.run(&["open", part, "--from-ahead", "--format", "json"]));
    assert!(read.to_string().contains(SECRETS[1]), "{read}");
    until(author, hub, &["openings", "list", "--hub", hub, "--format", "json"], |listed| {
        let _synced = reader.output(&["sync", "--hub", hub]);
        let all = listed["openings"].as_array().unwrap();
        all.iter().any(|one| {
            let told = one["trustees"].as_str().is_some_and(|told| told.starts_with('3'));
            one["outcome"] == "read"
                && told
                && one["read"].to_string().contains(&part[..8])
                && one["logged"] == true
        })
    });
}

/// The day after tomorrow.
#[expect(clippy::disallowed_methods, reason = "the servers go by the real clock")]
fn soon() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let then =
        counterseal_model::Timestamp(since.as_secs().cast_signed() + 2 * counterseal_model::Timestamp::DAY);
    then.rfc3339().get(..10).unwrap().to_owned()
}

#[test]
fn a_run_with_openings_holds_by_go_without_witnesses_and_against_a_thief_of_all_servers() {
    let Site { computer: first, trustees, hub: hub_server, alone } = set_up();
    let hub = hub_server.address.clone();
    name_trustees(&first, &hub, POLICY);
    let second = join(&first, &hub, "Officer Inkwell");
    let mut entries = Vec::new();
    for (count, secret) in (1..).zip(SECRETS) {
        seal(&first, &hub, secret);
        entries.push(sealed(&first, &hub, count));
    }
    assert_ne!(entries[0], entries[1]);
    let open = ["open", &entries[0], "--purpose", "case-follow-up", "--hub", &hub, "--format", "json"];
    until(&second, &hub, &open, |said| said.to_string().contains(SECRETS[0]));
    let ahead = ["open", &entries[1], "--purpose", "case-follow-up", "--hub", &hub, "--format", "json"];
    let until_then = soon();
    let terms = ["--ahead", "--yes", "--until", &until_then, "--reason", "road-trip"];
    second.run(&[&ahead[..], &terms].concat());
    what_was_read_offline_is_told(&first, &second, &hub, &entries[1]);

    // Two witnesses run by themselves, two are trustees': the quorum needs both of the former. A desk waits half a minute
    // for them; meanwhile everything that was cosigned before can be checked.
    alone.into_iter().for_each(common::servers::Server::kill);
    let new = ["open", &entries[0], "--purpose", "case-follow-up", "--hub", &hub, "--format", "json"];
    let waiting = first.command(&new).spawn().unwrap();
    go_verifies(&second, &hub);
    let refused = waiting.wait_with_output().unwrap();
    assert_eq!(refused.status.code(), Some(1), "{}", text(&refused.stdout));
    let said = text(&refused.stderr);
    assert!(said.contains("answer") || said.contains("time"), "nobody answers in time: {said}");
    assert!(refused.stdout.is_empty(), "nothing was released without witnesses");
    only_what_was_opened_ahead_opens(&second, &entries[1], &entries[0]);

    trustees.into_iter().for_each(common::servers::Server::kill);
    hub_server.kill();
    let stolen = Stolen::take(&first, &entries);
    stolen.opens_only_for_a_member(&second, &SECRETS);
}
