//! What is refused, in whose language, with which exit code.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Computer, text};

#[test]
fn refusals_are_sentences_in_the_language_asked_for() {
    let computer = Computer::new();
    let french = computer.fails(&["--lang", "fr", "find", "rien"], 1);
    assert!(french.contains("il n'y a pas de bureau") && french.contains("mission new"), "{french}");
    let mut command = computer.command(&["find", "rien"]);
    let output = command.env_remove("COUNTERSEAL_LANG").env("LC_ALL", "fr_FR.UTF-8").output().unwrap();
    assert!(text(&output.stderr).contains("il n'y a pas de bureau"));
    let english = computer.fails(&["find", "nothing"], 1);
    assert!(english.contains("there is no desk"), "{english}");
    assert_eq!(english.lines().count(), 1, "one sentence");
}

#[test]
fn what_is_not_understood_ends_with_code_2_and_changes_nothing() {
    let computer = Computer::new();
    for args in
        [&["no-such-verb"][..], &["find", "--bbox", "1,2"], &["stats"], &["record", "new", "spaceship"]]
    {
        computer.fails(args, 2);
    }
    assert!(!computer.home().exists());
    assert!(computer.run(&["--help"]).contains("Exit codes"));
    assert!(computer.run(&["completions", "bash"]).contains("counterseal"));
    assert!(computer.run(&["man"]).contains(".TH"));
}

#[test]
fn passphrases_are_never_taken_short_wrong_or_without_being_asked() {
    let computer = Computer::founder();
    std::fs::write(computer.path("wrong"), "seven wells and a paper camel\n").unwrap();
    let refused = computer.fails(&["--passphrase-file", "wrong", "find", "x"], 1);
    assert!(refused.contains("the passphrase is wrong"), "{refused}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(computer.path("wrong"), PermissionsExt::from_mode(0o644)).unwrap();
        assert!(computer.fails(&["--passphrase-file", "wrong", "find", "x"], 1).contains("warning: others"));
    }
    std::fs::write(computer.path("short"), "goat\n").unwrap();
    assert!(computer.fails(&["passphrase", "--new-passphrase-file", "short"], 1).contains("at least 8"));
    let mut asked = std::process::Command::new(env!("CARGO_BIN_EXE_counterseal"));
    let output = asked
        .args(["--home", "home", "find", "x"])
        .current_dir(computer.path(""))
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert!(text(&output.stderr).contains("--passphrase-file"), "{}", text(&output.stderr));
    computer.run(&["passphrase", "--new-passphrase-file", "wrong"]);
    computer.run(&["--passphrase-file", "wrong", "find", "x"]);
}

#[test]
fn nothing_that_was_written_or_asked_reaches_the_terminal_as_a_command() {
    let computer = Computer::founder();
    let hostile = "gone \u{1b}[2J \u{9b}31m \u{202e}back";
    computer.run(&[
        "record",
        "new",
        "incident",
        "--title",
        hostile,
        "--narrative",
        "on +236 70 \u{1b}[2J 12 34 56",
    ]);
    for args in [&["find", "gone"][..], &["find", "gone", "--format", "json"], &["record", "show", hostile]] {
        let output = computer.output(args);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(
            !said.contains(['\u{1b}', '\u{9b}', '\u{202e}']) && said.contains("gone"),
            "{args:?}: {said:?}"
        );
    }
    let json: serde_json::Value =
        serde_json::from_str(&computer.run(&["find", "gone", "--format", "json"])).unwrap();
    assert_eq!(json["records"][0]["title"], hostile, "and nothing of it is lost");
}
