//! Our log read by another hand: Go's golang.org/x/mod, as Debian packages it.

use std::path::Path;
use std::process::Command;

use counterseal_ledger::{InclusionProof, Receipt};

use crate::common::*;

/// Debian's golang-golang-x-mod-dev puts its sources here; nothing is fetched.
const GOPATH: &str = "/usr/share/gocode";

/// Why the check cannot run here, if it cannot.
fn missing() -> Option<&'static str> {
    if Command::new("go").arg("version").output().is_err() {
        return Some("go is not installed (Debian: golang-go)");
    }
    let sources = Path::new(GOPATH).join("src/golang.org/x/mod/sumdb");
    (!sources.exists()).then_some("golang.org/x/mod is not installed (Debian: golang-golang-x-mod-dev)")
}

fn write(folder: &Path, files: &Log) {
    for (path, bytes) in &files.files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

#[test]
fn go_opens_our_checkpoint_and_proves_inclusion_and_consistency_from_our_tiles() {
    if let Some(why) = missing() {
        assert!(std::env::var_os("CI").is_none(), "{why}");
        println!("skipped: {why}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut log = Log::new(ORIGIN, 1);
    let all = entries(70_000);
    let old = log.append(&all[..30_001]);
    let checkpoint = log.append(&all[30_001..]);
    write(folder.path(), &log);
    let witness = cosigner("witness.example/w1", 7);
    let mut signed = checkpoint.signed().clone();
    signed.add(cosign(&checkpoint, &log.key(), &witness, 1_679_315_147)).unwrap();
    std::fs::write(folder.path().join("checkpoint"), signed.to_string()).unwrap();
    std::fs::write(folder.path().join("old"), old.to_string()).unwrap();
    // A receipt of one entry, for tlog.CheckRecord.
    let receipt = Receipt {
        extra: Some(all[31_337].clone()),
        index: 31_337,
        proof: InclusionProof::make(31_337, 70_000, &mut log.naive()).unwrap(),
        checkpoint: signed,
    };
    std::fs::write(folder.path().join("receipt"), receipt.to_string()).unwrap();
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/go");
    let run = Command::new("go")
        .args(["run", "."])
        .arg(folder.path())
        .arg(log.key().to_string())
        .arg(witness.public().ed25519().to_string())
        .current_dir(program)
        .envs([("GO111MODULE", "off"), ("GOFLAGS", ""), ("GOPATH", GOPATH), ("GOTOOLCHAIN", "local")])
        .env("GOCACHE", folder.path().join("go-cache"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    println!("{said}{}", String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success());
    assert!(said.contains("70000 entries, root"), "it says what it checked");
    assert!(said.contains("receipt of entry 31337"), "and that the receipt holds");
}
