//! `review` and `decoy` on the command line: who may, in whose language, and what is said of purpose and retention.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Computer, text};

#[test]
fn only_those_with_the_office_review_and_plant_and_everybody_reads_why() {
    let computer = Computer::founder();
    let listed = computer.output(&["review", "list", "--format", "json"]);
    assert!(listed.status.success(), "{}", text(&listed.stderr));
    assert!(text(&listed.stdout).contains("\"questions\": []"), "{}", text(&listed.stdout));
    assert!(text(&listed.stderr).contains("for nothing else") && text(&listed.stderr).contains("180 days"));
    assert!(computer.run(&["--lang", "fr", "review", "quota"]).contains("Rien"));
    assert!(std::fs::write(computer.path("duties.toml"), "").is_ok());
    for (args, english, french) in [
        (&["review", "duties", "duties.toml"][..], "reviewers of sections", "examinateurs de section"),
        (&["decoy", "plan", "incidents", "--count", "1"], "only a watch officer", "officier de veille"),
        (&["decoy", "plant", "incidents", "--count", "1"], "only a watch officer", "officier de veille"),
        (&["review", "reply", "0a1b2c3d", "no"], "questions that concern you", "vous concernent"),
    ] {
        let said = computer.fails(args, 1);
        assert!(said.contains(english), "{said}");
        let said = computer.fails(&[&["--lang", "fr"], args].concat(), 1);
        assert!(said.contains(french), "{said}");
    }
    let alarms = computer.run(&["decoy", "alarms", "--format", "json"]);
    assert!(alarms.contains("\"alarms\": []"), "{alarms}");
}

#[test]
fn a_data_protection_officer_reads_the_book_and_is_no_line_in_it() {
    let computer = Computer::founder();
    let me = "Officer Quillfeather";
    let key = "home/take-off-this-machine/governor-1.key";
    let governor = ["--governor-key", key, "--governor-passphrase-file", "phrase"];
    computer.run(&[&["person", "office", "appoint", me, "data-protection"][..], &governor].concat());
    let book =
        format!("[[duty]]\nperson = '{me}'\nmatter = 'shift'\nfrom = '2026-01-01'\nuntil = '2026-12-31'\n");
    assert!(std::fs::write(computer.path("duties.toml"), book).is_ok());
    let output = computer.output(&["review", "duties", "duties.toml"]);
    assert!(text(&output.stderr).contains("nobody explains their own openings"), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("The book has 0 line(s)"), "{}", text(&output.stdout));
    let refused = computer.fails(&["review", "explain", me, "2026-03-04"], 1);
    assert!(refused.contains("nobody reviews themselves"), "{refused}");
    let listed = computer.run(&["review", "list", "--format", "json"]);
    assert!(listed.contains("\"retentionDays\": 180"), "{listed}");
}
