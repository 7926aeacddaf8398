//! The walk that `demo --check` makes, on a small mission.

use std::process::Command;

#[test]
fn the_walk_passes_on_a_small_mission() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterseal"));
    let output = command.args(["--lang", "en", "demo", "--check", "--incidents", "1200"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("All 24 steps passed") && said.contains("SYNTHETIC"), "{said}");
}

#[test]
fn a_demo_is_not_mixed_with_a_desk_that_is_there() {
    let home = tempfile::TempDir::new().unwrap();
    let demo = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_counterseal"));
        command.arg("--home").arg(home.path()).args([
            "--lang",
            "en",
            "demo",
            "--no-pages",
            "--incidents",
            "400",
        ]);
        command.output().unwrap()
    };
    let made = demo();
    let said = String::from_utf8(made.stdout).unwrap();
    assert!(made.status.success(), "{said}{}", String::from_utf8_lossy(&made.stderr));
    assert!(said.contains("400 incidents") && said.contains("alias cs="), "{said}");
    assert!(said.contains("appeared on the desks of") && said.contains("hub run --config"), "{said}");
    assert!(said.contains("2 trustees released") || said.contains("3 trustees released"), "{said}");
    assert!(said.contains("trustee run --config"), "{said}");
    let refused = demo();
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("another --home"));
}
