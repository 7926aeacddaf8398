//! Sharing and the end of a tour at the command line: what is said, in which language, with which exit code.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Computer, text};

const POLICY: &str = "\
engine,cedar 4.14.1 table 1
time,utc+00:00
purpose,protection-referral,protection-partner,Referring a person
compartment,reports
row,effect,who,action,what,purpose,basis,needs,emergency,words
10,permit,anyone,share or export,reports,protection-referral,consent,-,-,Only with consent
";

/// A desk with an incident, a compartment of partners and a policy that asks for consent; and the incident's id.
fn mission() -> (Computer, String) {
    let computer = Computer::founder();
    computer.run(&["compartment", "new", "partners"]);
    std::fs::write(computer.path("policy.csv"), POLICY).unwrap();
    computer.run(&[
        "policy",
        "propose",
        "policy.csv",
        "--compartment",
        "reports=incidents",
        "--out",
        "proposed.csv",
    ]);
    let governor = ["--governor-key", "home/take-off-this-machine/governor-1.key"];
    let passphrase = ["--governor-passphrase-file", "phrase"];
    computer.run(&[&["mission", "policy", "proposed.csv"][..], &governor, &passphrase].concat());
    computer.run(&[
        "record",
        "new",
        "incident",
        "--compartment",
        "incidents",
        "--title",
        "Ambush at the mill",
        "--narrative",
        "Heron Passmore saw it",
        "--date",
        "2026-03-09",
        "--place",
        "Bouca",
    ]);
    let found = computer.run(&["find", "ambush", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    let record =
        ["/records/0/record", "/records/0/id"].iter().find_map(|place| found.pointer(place)?.as_str());
    (computer, record.unwrap().to_owned())
}

/// The record of the person whose consent it is.
const PERSON: &str = "000102030405060708090a0b0c0d0e0f";

#[test]
fn a_report_is_shared_with_consent_told_less_and_listed() {
    let (computer, record) = mission();
    let share = |more: &[&'static str]| -> Vec<String> {
        let args = ["share", &record, "--to", "partners", "--purpose", "protection-referral"];
        args.iter().chain(more).map(|&arg| arg.to_owned()).collect()
    };
    let run = |args: Vec<String>| computer.output(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let refused = run(share(&["--yes"]));
    assert_eq!(refused.status.code(), Some(1));
    let said = text(&refused.stderr);
    assert!(said.contains("row 10") && said.contains("consent"), "{said}");
    let shown = run(share(&["--generalise", "date=year", "--format", "json"]));
    assert_eq!(shown.status.code(), Some(3), "shown, and it would be refused: {}", text(&shown.stderr));
    let plan: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!((&plan["permitted"], &plan["readers"]), (&false.into(), &1.into()));
    let part = plan["part"].as_str().unwrap().to_owned();
    assert_eq!(plan["body"]["narrative"], serde_json::Value::Null);

    let consent = ["fact", "state", "consent", "--part", &part, "--purpose", "protection-referral"];
    computer.run(&[&consent[..], &["--recipient", "protection-partner", "--subject", PERSON]].concat());
    let done = run(share(&["--generalise", "date=year,place=country", "--pseudonym", "--yes"]));
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("cannot be recalled"), "{}", text(&done.stdout));
    let listed = computer.run(&["share", "list", &record, "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let released = listed["released"].as_array().unwrap();
    assert_eq!(released.len(), 1);
    assert_eq!((&released[0]["how"], &released[0]["to"]), (&"shared".into(), &"partners".into()));
    // Searching finds the copy without what was left out, and it says where it comes from.
    let found = computer.run(&["find", "Passmore", "--format", "json"]);
    assert_eq!(found.matches("Ambush at the mill").count(), 1, "{found}");
    let french = computer.run(&["--lang", "fr", "part", "withdraw", &part, "--reason", "consent-withdrawn"]);
    assert!(french.contains("ne se reprend pas") && french.contains("partners"), "{french}");
    let refused = run(["--lang", "fr"].iter().map(|&a| a.to_owned()).chain(share(&["--yes"])).collect());
    assert!(text(&refused.stderr).contains("retirée"), "{}", text(&refused.stderr));
}

#[test]
fn an_export_of_what_the_policy_speaks_of_needs_a_purpose_and_a_basis() {
    let (computer, record) = mission();
    let said = computer.fails(&["export", "all.csv", "--compartment", "incidents"], 1);
    assert!(said.contains("--purpose"), "{said}");
    let purpose = ["--compartment", "incidents", "--purpose", "protection-referral"];
    let said = computer.fails(&[&["export", "all.csv"][..], &purpose].concat(), 1);
    assert!(said.contains("row 10") && !computer.path("all.csv").exists(), "{said}");
    let shown = computer.output(&[
        "share",
        &record,
        "--to",
        "partners",
        "--purpose",
        "protection-referral",
        "--format",
        "json",
    ]);
    let plan: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    let part = plan["part"].as_str().unwrap();
    let consent = ["fact", "state", "consent", "--part", part, "--purpose", "protection-referral"];
    computer.run(&[&consent[..], &["--recipient", "protection-partner", "--subject", PERSON]].concat());
    computer.run(&[&["export", "all.csv"][..], &purpose].concat());
    computer.run(&[&["export", "one.jsonl", "--part", part][..], &purpose].concat());
    let one = std::fs::read_to_string(computer.path("one.jsonl")).unwrap();
    assert!(one.lines().count() == 2 && one.contains("Ambush at the mill"), "{one}");
    let traced = computer.run(&["export", "trace", "one.jsonl", "--format", "json"]);
    assert!(traced.contains("\"unaltered\": true"), "{traced}");
    assert_eq!(computer.run(&["share", "list", part]).matches("exported").count(), 2);
}

#[test]
fn the_end_of_a_tour_says_what_is_not_settled_in_both_languages() {
    let (computer, _) = mission();
    computer.run(&["invite", "make", "--for", "Officer Inkwell", "--out", "invitation"]);
    let help = computer.run(&["handover", "--help"]);
    assert!(help.contains("--seal-off") && help.contains("--ask-again"), "{help}");
    let said = computer.fails(&["guarded", "reseal", "0a1b2c3d"], 1);
    assert!(said.contains("0a1b2c3d"), "{said}");
    let said = computer.fails(&["review", "emergency", "0a1b2c3d", "x", "--in", "incidents"], 1);
    assert!(said.contains("reviewers of sections"), "{said}");
    let said = computer.fails(&["--lang", "fr", "fact", "take", "policy.csv"], 1);
    assert!(said.contains("ce fait ne peut être dit"), "{said}");
}
