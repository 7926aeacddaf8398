//! A real disk of a few megabytes that fills up: a tmpfs in a mount namespace, which ends with its process.

use std::path::Path;
use std::process::Command;

use counterseal_hub::*;

use crate::client::*;
use crate::common::*;
use crate::faults::{check, checked};

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
fn on_a_disk_that_is_full_the_hub_refuses_serves_loses_nothing_and_goes_on() {
    on_a_small_disk("small_disk::a_hub_on_a_small_disk", 6 << 20);
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
async fn a_hub_on_a_small_disk() {
    let Some(disk) = std::env::var_os("COUNTERSEAL_TEST_DISK") else { return };
    let disk = Path::new(&disk);
    let mut site = Site::new(0).await;
    let there = disk.join("hub");
    std::fs::create_dir(&there).unwrap();
    for entry in std::fs::read_dir(&site.config.folder).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            std::fs::create_dir(there.join(entry.file_name())).unwrap();
            for key in std::fs::read_dir(entry.path()).unwrap() {
                let key = key.unwrap();
                std::fs::copy(key.path(), there.join(entry.file_name()).join(key.file_name())).unwrap();
            }
        } else {
            std::fs::copy(entry.path(), there.join(entry.file_name())).unwrap();
        }
    }
    site.config.folder = there;
    std::fs::write(disk.join("filler"), vec![7; 1 << 20]).unwrap();
    let hub = site.run().await;
    let mut journal = site.world.journal(&site.world.ana, 1);
    let (mut acknowledged, mut refused) = (Vec::new(), None);
    for n in 0..200 {
        let entry = journal.entry(40_000, n);
        match hub.sequencer().push(vec![checked(&site, &entry)]).await[0] {
            Outcome::Accepted { index } => acknowledged.push((entry.id(), index)),
            Outcome::Refused { code } => {
                refused = Some((code, entry));
                break;
            }
        }
    }
    let (code, entry) = refused.expect("six megabytes do not hold eight");
    assert_eq!(code, "hub-full");
    assert!(acknowledged.len() > 10, "{}", acknowledged.len());
    fill(disk);
    hub_serves_all(&site, &hub, acknowledged.len()).await;
    hub.stop().await;
    // A start on a full disk serves too.
    let hub = site.run().await;
    hub_serves_all(&site, &hub, acknowledged.len()).await;
    check(&site, &acknowledged);
    assert_eq!(
        hub.sequencer().push(vec![checked(&site, &entry)]).await[0],
        Outcome::Refused { code: "hub-full" }
    );
    std::fs::remove_file(disk.join("filler")).unwrap();
    let index = acknowledged.len() as u64;
    let outcome = hub.sequencer().push(vec![checked(&site, &entry)]).await[0];
    assert_eq!(outcome, Outcome::Accepted { index }, "by itself, as soon as there is room");
    acknowledged.push((entry.id(), index));
    hub.stop().await;
    check(&site, &acknowledged);
    let hub = site.run().await;
    hub_serves_all(&site, &hub, acknowledged.len()).await;
    hub.stop().await;
}

async fn hub_serves_all(site: &Site, hub: &RunningHub, count: usize) {
    let mut ben = Desk::open(site, hub.address(), &site.world.ben, |_| {}).await;
    assert_eq!(ben.finish().await.entries.len(), count, "what is there is served");
}
