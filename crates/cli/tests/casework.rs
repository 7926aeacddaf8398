//! Cases, consents and bases from the command line; with trustees, from a consent to its withdrawal.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::trustees::{Site, json, name_trustees, seal, sealed, set_up, until};
use common::{Computer, text};
use counterseal_model::Timestamp;
use serde_json::Value;

fn case(computer: &Computer, name: &str) -> Value {
    json(&computer.run(&["case", "show", name, "--format", "json"]))
}

fn cases(computer: &Computer, more: &[&str]) -> Vec<Value> {
    let said = computer.run(&[&["case", "list", "--format", "json"], more].concat());
    json(&said)["cases"].as_array().unwrap().clone()
}

#[test]
fn a_case_in_the_open_is_followed_up_and_says_nothing_of_people() {
    let computer = Computer::founder();
    let incident = computer.run(&["record", "new", "incident", "--title", "Attack on a market"]);
    let incident = incident.lines().find(|line| line.contains("Recorded incident")).unwrap();
    let incident = incident.split_whitespace().find(|word| word.len() >= 32).unwrap();
    let incident = incident.trim_end_matches(['.', ':']);
    let new =
        ["case", "new", "--reference", "bria-017", "--due", "medical-visit=2020-01-01", "--format", "json"];
    let said = json(&computer.run(&[&new[..], &["--incident", incident]].concat()));
    assert_eq!((&said["synthetic"], said["own"].as_array().unwrap().len()), (&Value::Bool(true), 0));
    let listed = cases(&computer, &["--due"]);
    assert_eq!(listed.len(), 1);
    assert_eq!((&listed[0]["overdue"], &listed[0]["sealed"]), (&Value::Bool(true), &Value::Bool(false)));
    assert_eq!((&listed[0]["id"], &listed[0]["incidents"]), (&said["case"], &Value::from(1)));
    assert!(computer.run(&["case", "show", "bria-017"]).contains("OVERDUE: medical-visit"));
    let french = computer.run(&["--lang", "fr", "case", "show", "bria-017"]);
    assert!(french.contains("EN RETARD") && french.contains("Attack on a market"), "{french}");

    computer.run(&["case", "set-status", "bria-017", "referred"]);
    computer.run(&["case", "done", "bria-017", "medical-visit"]);
    computer.run(&["case", "follow-up", "bria-017", "call", "--due", "2040-01-01"]);
    let open = case(&computer, "bria-017")["open"].clone();
    assert_eq!(
        (open["status"].as_str(), open["followUp"][1]["what"].as_str()),
        (Some("referred"), Some("call"))
    );
    assert!(!open["followUp"][0]["done"].is_null());
    let record = said["record"].as_str().unwrap();
    assert!(computer.run(&["record", "show", record]).contains("referred"), "it is a record as others are");
    let history = json(&computer.run(&["record", "history", record, "--format", "json"]));
    assert_eq!(history["versions"].as_array().unwrap().len(), 4, "with its versions");

    for (args, word) in [
        (&["case", "new", "--victim", "grey-heron"][..], "guarded compartments alone"),
        (&["case", "new", "--victim", "Amina Yusuf"], "is not a code"),
        (&["case", "new", "--violation", "jaywalking"], "violations"),
        (&["case", "new", "--open-in", "incidents"], "open-in"),
        (&["case", "set-status", "kaga-3", "closed"], "0 cases"),
        (&["case", "done", "bria-017", "medical-visit"], "follow_up"),
        (&["case", "add-incident", "bria-017", incident], "already"),
        (
            &["case", "take-up", &"0".repeat(32), "--record", &"1".repeat(32), "--compartment", "incidents"],
            "open",
        ),
        (&["consent", "show", "0000000000/0"], "no part"),
        (
            &[
                "open",
                "--ahead",
                "--case",
                "bria-017",
                "--purpose",
                "p",
                "--until",
                "2040",
                "--reason",
                "trip",
            ],
            "nothing is chosen",
        ),
        (
            &["open", "--ahead", "--area", "CF62", "--purpose", "p", "--until", "2040", "--reason", "trip"],
            "nothing is chosen",
        ),
    ] {
        let refused = computer.fails(args, 1);
        assert!(refused.contains(word), "{args:?}: {refused}");
    }
    let area = ["open", "--ahead", "--area", "Bria", "--purpose", "p", "--until", "2040", "--reason", "trip"];
    assert!(computer.fails(&area, 2).contains("is not a box"));
}

const POLICY: &str = "engine,cedar 4.14.1 table 1
time,utc+00:00
purpose,case-follow-up,mission,Working on a case
purpose,court-referral,court,Preparing a file for a court
row,effect,who,action,what,purpose,basis,needs,emergency,words
20,permit,anyone,open,*,case-follow-up,consent or best-interests,case,-,Officers follow cases up with consent
";
const SECRET: &str = "The nurse in Bria saw the trucks";
const SUBJECT: &str = "000102030405060708090a0b0c0d0e0f";

/// Tries an opening until it says no in these words; what trustees were told takes a moment to count.
#[track_caller]
fn refused(computer: &Computer, hub: &str, open: &[&str], words: &[&str]) {
    let mut last = String::new();
    for _ in 0..30 {
        let output = computer.output(open);
        last = text(&output.stdout) + &text(&output.stderr);
        if !output.status.success() && words.iter().all(|word| last.contains(word)) {
            return;
        }
        let _synced = computer.output(&["sync", "--hub", hub]);
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    panic!("it was never refused so: {last}");
}

#[test]
fn a_consent_that_is_recorded_opens_a_witness_and_withdrawn_shuts_it() {
    let Site { computer: first, trustees: _trustees, hub, alone: _alone } = set_up();
    let hub = hub.address.as_str();
    name_trustees(&first, hub, POLICY);
    seal(&first, hub, SECRET);
    let part = format!("{}/0", sealed(&first, hub, 1));
    let place = ["--compartment", "cases", "--open-in", "incidents", "--reference", "kaga-3"];
    let people = ["--violation", "killing", "--witness", &part, "--part", &part];
    first.run(&[&["case", "new"], &place[..], &people[..]].concat());
    let own = case(&first, "kaga-3")["own"][0]["part"].as_str().unwrap().to_owned();
    let open =
        ["open", &part, "--purpose", "case-follow-up", "--case", "kaga-3", "--hub", hub, "--format", "json"];
    assert!(case(&first, "kaga-3")["open"]["concerned"].as_array().unwrap().is_empty());
    refused(&first, hub, &open, &["rule 20", "basis"]);
    let shown = json(&first.run(&["consent", "show", &part, "--format", "json"]));
    assert_eq!(shown["parts"][0]["uses"][0]["state"], "missing");

    let given = ["--subject", SUBJECT, "--language", "sg", "--risks-explained", "--refusal-without-loss"];
    let uses = ["--allow", "case-follow-up=2040", "--refuse", "court-referral", "--format", "json"];
    let record = [&["consent", "record", part.as_str(), own.as_str()], &given[..], &uses[..]].concat();
    let said = json(&first.run(&record));
    assert_eq!((said["facts"].as_array().unwrap().len(), &said["counts"]), (2, &Value::Bool(true)));
    assert_eq!(said["facts"][0]["missing"], 3, "written and not yet told");
    let shown = first.run(&["consent", "show", &part]);
    assert!(shown.contains("may have it until 2041-01-01") && shown.contains("not yet told"), "{shown}");
    until(&first, hub, &open, |said| said.to_string().contains(SECRET));
    assert!(!first.run(&["consent", "show", &part]).contains("not yet told"));

    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs().cast_signed();
    let soon = Timestamp(now + 5 * Timestamp::DAY).date_text();
    // Ahead, of the whole case: listed first, and asked with --yes.
    let ahead = ["open", "--ahead", "--case", "kaga-3", "--purpose", "case-follow-up", "--hub", hub];
    let ahead = [&ahead[..], &["--until", &soon, "--reason", "road-trip", "--format", "json"]].concat();
    let would = json(&first.run(&ahead));
    assert_eq!((&would["asked"], would["parts"].as_array().unwrap().len()), (&Value::Bool(false), 2));
    until(&first, hub, &[&ahead[..], &["--yes"]].concat(), |said| said.to_string().contains(SECRET));
    let read = first.run(&["open", &part, "--from-ahead"]);
    assert!(read.contains(SECRET), "{read}");

    let gone = json(&first.run(&["consent", "withdraw", &part, "--format", "json"]));
    assert_eq!(gone["facts"][0]["ends"], Value::Bool(true));
    refused(&first, hub, &open, &["rule 20", "basis"]);
    let shown = json(&first.run(&["consent", "show", &part, "--format", "json"]));
    assert!(shown["parts"][0]["uses"].as_array().unwrap().iter().all(|one| one["state"] == "no"), "{shown}");
    let again = first.fails(&["consent", "reconfirm", &part], 1);
    assert!(again.contains("the person said no"), "{again}");
    first.run(&["consent", "withdraw", &part, "--parts-too"]);
    let closed = first.fails(&open, 1);
    assert!(closed.contains("withdrawn"), "{closed}");
    let found = first.run(&["find", "nurse", "--format", "json"]);
    assert!(!found.contains("Bria"), "nothing of it is in the index");
}
