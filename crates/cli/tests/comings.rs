//! People come and go, at the command line: a rotation from a file, a handover, a freeze, a trip.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Computer, enrol, files, invite};
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Takes the statements of one computer to another.
fn take_along(from: &Computer, to: &Computer) {
    let _old = std::fs::remove_file(from.path("statements"));
    from.run(&["mission", "statements", "--out", "statements"]);
    std::fs::copy(from.path("statements"), to.path("statements")).unwrap();
}

#[test]
fn a_rotation_names_all_that_is_wrong_shows_what_it_would_do_and_does_it_once() {
    let first = Computer::founder();
    let second = Computer::new();
    let (invitation, string) = invite(&first, &second, &["--for", "Officer Inkwell", "--until", "2040"]);
    let bad = "action,person,invitation,compartments,role,from,until\n\
               in,Officer Inkwell,0a0a0a0a,incidents,,,\n\
               sideways,Officer Wren,,,,,\n\
               out,Nobody,,nowhere,chief,,2027-13-01\n";
    std::fs::write(first.path("bad.csv"), bad).unwrap();
    let before = first.run(&["person", "list", "--format", "csv"]);
    let refused = first.fails(&["people", "rotate", "bad.csv"], 1);
    for part in ["row 1, person", "row 2, action", "row 3, person", "row 3, until", "bad.csv"] {
        assert!(refused.contains(part), "{part}: {refused}");
    }
    assert_eq!(first.run(&["person", "list", "--format", "csv"]), before, "nothing half-done");
    let columns = "who,what\na,b\n";
    std::fs::write(first.path("columns.csv"), columns).unwrap();
    assert!(first.fails(&["people", "rotate", "columns.csv"], 1).contains("compartments"));

    let good = format!(
        "action,invitation,string,compartments,role,until\n\
         in,{invitation},{string},incidents,manager,2040\n"
    );
    std::fs::write(first.path("july.csv"), good).unwrap();
    let shown = json(&first.run(&["people", "rotate", "july.csv", "--dry-run", "--format", "json"]));
    assert_eq!((shown["epochs"].as_array().unwrap().len(), &shown["done"]), (2, &Value::Null));
    assert_eq!(first.run(&["person", "list", "--format", "csv"]), before);
    let done = json(&first.run(&["people", "rotate", "july.csv", "--format", "json"]));
    assert_eq!(done["done"]["epochs"], 2, "{done}");
    let again = json(&first.run(&["people", "rotate", "july.csv", "--format", "json"]));
    assert_eq!(again["done"]["statements"], 0);
    assert!(again["steps"].as_array().unwrap().iter().all(|step| step["status"] == "done"), "{again}");

    take_along(&first, &second);
    second.run(&["device", "join", "--statements", "statements"]);
    let said = second.run(&["compartment", "list", "--format", "csv"]);
    let incidents = said.lines().find(|line| line.contains("incidents")).unwrap();
    assert!(incidents.contains("Officer Inkwell"), "a manager: {said}");
}

#[test]
fn before_a_trip_what_is_left_is_shown_and_afterwards_nothing_opens_it_until_a_manager_helps() {
    let first = Computer::founder();
    let second = Computer::new();
    enrol(&first, &second, "Officer Inkwell");
    first.run(&["compartment", "admit", "incidents", "Officer Inkwell"]);
    take_along(&first, &second);
    second.run(&["device", "join", "--statements", "statements"]);
    let title = "The zanzibarite lies under the wellhead";
    second.run(&["record", "new", "incident", "--title", title, "--date", "2026-03-09"]);
    assert!(second.run(&["find", "zanzibarite", "--format", "csv"]).lines().count() > 1);

    let shown = second.run(&["travel", "prepare", "--compartment", "incidents"]);
    assert!(shown.contains("NOT SENT") && shown.contains("--yes"), "{shown}");
    assert!(second.run(&["find", "zanzibarite", "--format", "csv"]).lines().count() > 1, "only shown");
    let refused = second.fails(&["travel", "prepare", "--compartment", "incidents", "--yes"], 1);
    assert!(refused.contains("--anyway"), "{refused}");
    let alone = first.fails(&["travel", "prepare", "--compartment", "incidents", "--yes", "--anyway"], 1);
    assert!(alone.contains("only manager"), "{alone}");
    let in_session = second.session(&["travel prepare --compartment incidents --yes --anyway"]);
    assert!(in_session.contains("session") || in_session.contains("unlock"), "{in_session}");

    let old: Vec<_> = files(&second.home()).iter().map(|file| std::fs::read(file).unwrap()).collect();
    second.run(&["travel", "prepare", "--compartment", "incidents", "--yes", "--anyway"]);
    for file in files(&second.home()) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(bytes.len() < 64 || !old.contains(&bytes), "{} is as it was", file.display());
    }
    let said = common::text(&second.output(&["find", "zanzibarite"]).stdout);
    assert!(!said.contains("wellhead"), "{said}");
    let openable = json(&second.run(&["travel", "show", "--format", "json"]));
    let incidents = openable["openable"].as_array().unwrap().iter().find(|c| c["compartment"] == "incidents");
    let incidents = incidents.unwrap();
    assert_eq!((&incidents["secrets"], &incidents["open"]), (&Value::from(0), &Value::from(0)), "{openable}");
    assert_eq!(incidents["away"], true);
    let output = second.output(&["record", "new", "note", "--narrative", "x", "--compartment", "incidents"]);
    let said = common::text(&output.stderr);
    assert!(!output.status.success() && said.contains("On a trip"), "{said}");

    take_along(&second, &first);
    first.run(&["mission", "take", "statements"]);
    let said = first.run(&["travel", "back", "Officer Inkwell", "--compartment", "incidents"]);
    assert!(said.contains("is back"), "{said}");
    assert!(
        first.fails(&["travel", "back", "Officer Inkwell", "--compartment", "incidents"], 1).contains("left")
    );
    take_along(&first, &second);
    second.run(&["mission", "take", "statements"]);
    let openable = json(&second.run(&["travel", "show", "--format", "json"]));
    let incidents = openable["openable"].as_array().unwrap().iter().find(|c| c["compartment"] == "incidents");
    assert_eq!(incidents.unwrap()["secrets"], incidents.unwrap()["epochs"]);
}

#[test]
fn a_person_hands_over_and_a_site_is_frozen() {
    let first = Computer::founder();
    let second = Computer::new();
    enrol(&first, &second, "Officer Inkwell");
    first.session(&[
        "compartment admit incidents 'Officer Inkwell'",
        "record new incident --title 'Attack on a convoy' --date 2026-03-09",
    ]);
    let plan = json(&first.run(&["handover", "Officer Inkwell", "--format", "json"]));
    let duties = plan["duties"].as_array().unwrap();
    let passes = |what: &str| duties.iter().any(|duty| duty["duty"] == what && duty["passes"] == true);
    assert!(passes("verify") && passes("manager") && !passes("registrar"), "{plan}");
    assert!(first.fails(&["handover", "Officer Inkwell", "--yes"], 1).contains("--pouch"), "no hub is known");
    let done = first.output(&["handover", "Officer Inkwell", "--yes", "--pouch", "end.pouch"]);
    let said = common::text(&done.stderr);
    assert_eq!(done.status.code(), Some(3), "the office of registrar stays: {said}");
    assert!(said.contains("Handed over") && first.path("end.pouch").exists(), "{said}");

    take_along(&first, &second);
    second.run(&["device", "join", "--statements", "statements"]);
    let said = first.session(&[
        "site assign 'Bouca team site' 'Officer Inkwell' --new",
        "site list",
        "freeze 'Bouca team site'",
        "mission show",
        "person list",
    ]);
    assert!(said.contains("with 1 people") && said.contains("FROZEN site: Bouca team site"), "{said}");
    take_along(&first, &second);
    let said =
        second.session(&["mission take statements", "record new note --narrative x --compartment incidents"]);
    assert!(said.contains("writes nothing"), "{said}");
    let output = second.output(&["find", "x"]);
    assert!(common::text(&output.stderr).contains("FROZEN since"), "its owner is told");
    let said =
        first.session(&["unfreeze 'Bouca team site'", "mission show", "mission lost", "device evidence"]);
    assert!(!said.contains("FROZEN site") && said.contains("No hub"), "{said}");
    let shown = json(&first.run(&["mission", "show", "--format", "json"]));
    assert_eq!(shown["register"]["stopped"].as_array().unwrap().len(), 0, "{shown}");
    assert!(first.fails(&["mission", "lost", "--give-up", "0a"], 1).contains("mission lost"));
    assert!(first.fails(&["device", "suspend", "0", "--evidence"], 1).len() > 5);
}
