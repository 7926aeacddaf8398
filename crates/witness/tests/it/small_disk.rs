//! A real disk of a megabyte that fills up: a tmpfs in a mount namespace, which ends with its process.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use counterseal_witness::*;

use crate::common::*;

/// Runs one of these tests again where `COUNTERSEAL_TEST_DISK` is a disk of so many bytes. Without leave to mount
/// it says so, and fails in CI.
fn on_a_small_disk(test: &str, bytes: usize) {
    let folder = tempfile::tempdir().unwrap();
    let mount = |more: &[&str]| {
        let script = format!("mount -t tmpfs -o size={bytes} tmpfs \"$0\" && exec \"$@\"");
        let mut command = Command::new("unshare");
        command.args(more).args(["--mount", "sh", "-c", &script]).arg(folder.path());
        command
    };
    let ways: [&[&str]; 2] = [&[], &["--user", "--map-root-user"]];
    let works = |way: &&[&str]| mount(way).arg("true").output().is_ok_and(|output| output.status.success());
    let Some(way) = ways.into_iter().find(|way| works(way)) else {
        println!("no leave to mount a small disk: the test is left out");
        assert!(
            std::env::var_os("CI").is_none(),
            "a disk must be mounted in CI: run as root, or allow user namespaces"
        );
        return;
    };
    let mut command = mount(way);
    command.arg(std::env::current_exe().unwrap()).args(["--exact", test, "--nocapture"]);
    let output = command.env("COUNTERSEAL_TEST_DISK", folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[test]
fn on_a_disk_that_is_full_the_witness_cosigns_nothing_and_goes_on() {
    on_a_small_disk("small_disk::a_witness_on_a_small_disk", 1 << 20);
}

/// Fills what is left.
fn fill(disk: &Path) {
    use std::io::Write;
    let mut file = std::fs::File::create(disk.join("filler")).unwrap();
    for size in [65536, 4096, 512] {
        while file.write_all(&vec![7; size]).is_ok() {}
    }
}

/// Not a test of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_on_a_small_disk() {
    let Some(disk) = std::env::var_os("COUNTERSEAL_TEST_DISK") else { return };
    let disk = Path::new(&disk);
    let (mut log, clock) = (Log::new(), TestClock::new());
    let keys = [log.signer.public().clone()];
    let witness = TestWitness::new(1);
    std::fs::copy(witness.folder.path().join("witness.key"), disk.join("witness.key")).unwrap();
    let config = WitnessConfig::new(disk.to_owned(), witness.address, &keys);
    let running = run_witness(&config, clock.clone() as _).await.unwrap();
    let one = log.append("one");
    assert_eq!(plain(running.address(), post(&log.request(0, &one))).await.0, 200);
    fill(disk);
    let (mut known, mut full) = (1, 0);
    for n in 2..40 {
        let next = log.append("next");
        match plain(running.address(), post(&log.request(known, &next))).await.0 {
            200 => known = n,
            status => {
                assert!((500..600).contains(&status), "{status}");
                full += 1;
            }
        }
    }
    assert!(full > 0, "it was never full");
    let folder = one.origin().mirror_folder();
    let request = format!("GET /{folder}/checkpoint HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n");
    assert_eq!(plain(running.address(), request).await.0, 200, "what it has is served");
    std::fs::remove_file(disk.join("filler")).unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    let last = log.append("last");
    assert_eq!(plain(running.address(), post(&log.request(known, &last))).await.0, 200, "it goes on");
    running.stop().await;
}
