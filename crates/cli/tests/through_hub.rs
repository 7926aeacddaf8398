//! People who come, go and travel, through a hub: the real programs, and what each of them can read then.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::servers::{set_up, sync_until};
use common::{Computer, carry, invite, text};
use serde_json::Value;

fn json(said: &str) -> Value {
    serde_json::from_str(said).unwrap_or_else(|error| panic!("{error}: {said}"))
}

/// Syncs until everything that was said or written here stands in the log.
fn logged(computer: &Computer, hub: &str) {
    sync_until(computer, hub, |report| report["unsent"] == 0 && report["accepted"] == 0);
    sync_until(computer, hub, |report| report["statements"] == 0 && report["onSight"] == 0);
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
    begin(first, &computer);
    sync_until(&computer, hub, |report| !report["statementsAge"].is_null());
    computer
}

fn begin(first: &Computer, computer: &Computer) {
    let _old = std::fs::remove_file(first.path("statements"));
    first.run(&["mission", "statements", "--out", "statements"]);
    carry(first, computer, "statements");
    computer.run(&["device", "join", "--statements", "statements"]);
}

fn write(computer: &Computer, hub: &str, words: &str) {
    computer.run(&["record", "new", "note", "--narrative", words, "--compartment", "incidents"]);
    sync_until(computer, hub, |report| report["accepted"].as_u64().unwrap() >= 1);
}

/// Whether a desk finds a word in what it holds.
fn reads(computer: &Computer, word: &str) -> bool {
    let found = computer.output(&["find", word, "--format", "json"]);
    let said = text(&found.stdout);
    said.trim_start().starts_with('{') && !json(&said)["records"].as_array().unwrap().is_empty()
}

/// Syncs until a desk finds a word.
fn comes_to_read(computer: &Computer, hub: &str, word: &str) {
    for _ in 0..40 {
        let _report = computer.output(&["sync", "--hub", hub]);
        if reads(computer, word) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(150));
    }
    panic!("'{word}' never came");
}

#[test]
fn on_a_trip_a_desk_reads_nothing_of_what_it_left_and_afterwards_everything() {
    let (first, _witnesses, hub) = set_up();
    let address = hub.address.as_str();
    sync_until(&first, address, |report| !report["statementsAge"].is_null());
    let second = join(&first, address, "Officer Inkwell");
    write(&first, address, "The zanzibarite lies under the wellhead");
    comes_to_read(&second, address, "zanzibarite");
    second.run(&["travel", "prepare", "--compartment", "incidents", "--yes"]);
    assert!(!reads(&second, "zanzibarite"), "at once, before anybody has heard of it");
    sync_until(&second, address, |report| report["accepted"].as_u64().unwrap() >= 1);
    sync_until(&second, address, |report| report["statements"].as_u64().unwrap() >= 1);
    // The others hear of it from the hub, and write on without it.
    sync_until(&first, address, |report| report["statements"].as_u64().unwrap() >= 1);
    write(&first, address, "The quagga stands by the river");
    for _ in 0..3 {
        second.output(&["sync", "--hub", address]);
        assert!(
            !reads(&second, "zanzibarite") && !reads(&second, "quagga"),
            "nor does the hub bring it back"
        );
    }
    let said = first.run(&["travel", "back", "Officer Inkwell", "--compartment", "incidents"]);
    assert!(said.contains("is back"), "{said}");
    logged(&first, address);
    comes_to_read(&second, address, "quagga");
    comes_to_read(&second, address, "zanzibarite");
    second.run(&["verify"]);
}

#[test]
fn after_a_rotation_who_came_reads_and_who_went_reads_nothing_new() {
    let (first, _witnesses, hub) = set_up();
    let address = hub.address.as_str();
    sync_until(&first, address, |report| !report["statementsAge"].is_null());
    let second = join(&first, address, "Officer Inkwell");
    write(&first, address, "The zanzibarite lies under the wellhead");
    comes_to_read(&second, address, "zanzibarite");
    let third = Computer::new();
    let (invitation, string) = invite(&first, &third, &["--for", "Madame Lantern"]);
    let rows = |string: &str| {
        format!(
            "action,person,invitation,string,compartments,until\n\
             out,Officer Inkwell,,,,\n\
             in,Madame Lantern,{invitation},{string},incidents,2040\n"
        )
    };
    // The string is what both read out to each other: another one is somebody in between.
    let other: String = string.chars().rev().collect();
    assert_ne!(other, string);
    std::fs::write(first.path("other.csv"), rows(&other)).unwrap();
    let refused = first.fails(&["people", "rotate", "other.csv"], 1);
    assert!(refused.contains("row 2, string"), "{refused}");
    std::fs::write(first.path("july.csv"), rows(&string)).unwrap();
    let done = json(&first.run(&["people", "rotate", "july.csv", "--format", "json"]));
    assert!(done["done"]["statements"].as_u64().unwrap() > 0, "{done}");
    logged(&first, address);
    begin(&first, &third);
    write(&first, address, "The quagga stands by the river");
    comes_to_read(&third, address, "quagga");
    comes_to_read(&third, address, "zanzibarite");
    for _ in 0..3 {
        second.output(&["sync", "--hub", address]);
        assert!(!reads(&second, "quagga"), "who went reads nothing that was written since");
    }
    let output = second.output(&["record", "new", "note", "--narrative", "x", "--compartment", "incidents"]);
    let synced = second.output(&["sync", "--hub", address, "--format", "json"]);
    assert!(
        !output.status.success() || !synced.status.success(),
        "nor is anything taken from them: {}{}",
        text(&output.stdout),
        text(&synced.stdout)
    );
    third.run(&["verify"]);
}

#[test]
fn after_a_handover_the_successor_has_the_office_and_everything_that_was_unsent() {
    let (first, _witnesses, hub) = set_up();
    let address = hub.address.as_str();
    sync_until(&first, address, |report| !report["statementsAge"].is_null());
    let second = join(&first, address, "Officer Inkwell");
    logged(&first, address);
    first.run(&["record", "new", "note", "--narrative", "The zanzibarite was unsent"]);
    let done = first.output(&["handover", "Officer Inkwell", "--yes"]);
    let said = format!("{}{}", text(&done.stdout), text(&done.stderr));
    assert_eq!(done.status.code(), Some(3), "the office of registrar is for governors to give: {said}");
    assert!(said.contains("Handed over"), "{said}");
    logged(&first, address);
    comes_to_read(&second, address, "zanzibarite");
    let said = second.run(&["compartment", "list", "--format", "csv"]);
    let incidents = said.lines().find(|line| line.contains("incidents")).unwrap();
    assert!(incidents.contains("Officer Inkwell"), "a manager: {said}");
    // And they act as one: whoever handed over is let go by them, and reads nothing new.
    second.run(&["compartment", "remove", "incidents", "Officer Quillfeather"]);
    logged(&second, address);
    write(&second, address, "The quagga stands by the river");
    for _ in 0..3 {
        first.output(&["sync", "--hub", address]);
        assert!(!reads(&first, "quagga"), "who was let go reads nothing that was written since");
    }
    assert!(reads(&first, "zanzibarite"), "and keeps what they had");
}
