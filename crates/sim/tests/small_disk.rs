//! A desk on a real disk of a few megabytes that fills up: a tmpfs in a mount namespace, which ends with its process.
#![cfg(target_os = "linux")]

use std::io::Write;
use std::path::Path;
use std::process::Command;

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, RecordId};
use counterseal_node::{Desk, DeskPlace, NodeError, PouchOptions};
use counterseal_seal::DeviceSecrets;
use counterseal_sim::{SimMission, clock_at};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

const BYTES: usize = 5 << 20;
const SEED: u64 = 950;

fn rng(seed: u64) -> counterseal_node::Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(seed))
}

fn noise(seed: u64, count: usize) -> String {
    let mut bytes = vec![0u8; count];
    ChaCha20Rng::seed_from_u64(seed).fill_bytes(&mut bytes);
    bytes.iter().map(|byte| char::from(b'0' + byte % 75)).collect()
}

fn write(desk: &mut Desk, mission: &SimMission, text: String) -> Result<RecordId, NodeError> {
    let note = Body::Note(Box::new(Note { text, ..Note::default() }));
    desk.record_new(mission.compartment, note, Classification::Unclassified)
}

/// Without leave to mount a disk this says so, and fails in CI.
#[test]
fn on_a_disk_that_is_full_a_desk_refuses_shows_loses_nothing_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mount = |more: &[&str]| {
        let script = format!("mount -t tmpfs -o size={BYTES} tmpfs \"$0\" && exec \"$@\"");
        let mut command = Command::new("unshare");
        command.args(more).args(["--mount", "sh", "-c", &script]).arg(folder.path());
        command
    };
    let ways: [&[&str]; 2] = [&[], &["--user", "--map-root-user"]];
    let works = |way: &&[&str]| mount(way).arg("true").output().is_ok_and(|output| output.status.success());
    let Some(way) = ways.into_iter().find(|way| works(way)) else {
        println!("no leave to mount a small disk: the test is left out");
        assert!(std::env::var_os("CI").is_none(), "run as root, or allow user namespaces");
        return;
    };
    let mut command = mount(way);
    command.arg(std::env::current_exe().unwrap()).args(["--exact", "a_desk_on_a_small_disk", "--nocapture"]);
    let output = command.env("COUNTERSEAL_TEST_DISK", folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// Fills what is left.
fn fill(disk: &Path, number: usize) {
    let Ok(mut file) = std::fs::File::create(disk.join(format!("filler-{number}"))) else { return };
    for size in [65536, 4096, 512] {
        while file.write_all(&vec![7; size]).is_ok() {}
    }
}

/// Not a test of its own.
#[test]
fn a_desk_on_a_small_disk() {
    let Some(disk) = std::env::var_os("COUNTERSEAL_TEST_DISK") else { return };
    let disk = Path::new(&disk);
    let mut mission = SimMission::found(SEED).unwrap();
    let (other, _) = mission.join("Madame Lantern").unwrap();
    let place = other.place().clone();
    other.close().unwrap();
    let there = DeskPlace { dir: disk.join("desk"), ..place.clone() };
    std::fs::create_dir(&there.dir).unwrap();
    for entry in std::fs::read_dir(&place.dir).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), there.dir.join(entry.file_name())).unwrap();
    }
    let open = |mission: &SimMission| {
        let secrets = DeviceSecrets::make(&mut rng(SEED + 10)).unwrap();
        Desk::open(there.clone(), secrets, clock_at(&mission.hand), rng(1)).unwrap()
    };
    let mut desk = open(&mission);
    let mut written = vec![write(&mut desk, &mission, "before".into()).unwrap()];
    // Ten megabytes for a desk that has room for some, two of them large.
    let large: Vec<_> = (0..40u64)
        .map(|n| {
            let text = noise(n, if n < 2 { 100_000 } else { 250_000 / (1 + n as usize % 3) });
            let note = Body::Note(Box::new(Note { text, ..Note::default() }));
            mission.founder.record_new(mission.compartment, note, Classification::Unclassified).unwrap()
        })
        .collect();
    mission.sync_founder().unwrap();
    mission.tick().unwrap();
    let refused = mission.sync(&mut desk).expect_err("five megabytes do not hold it").to_string();
    assert!(refused.contains("full") || refused.contains("No space"), "{refused}");
    drop(desk);
    fill(disk, 9);
    // It is unlocked, it shows what it has, and it refuses to write; as often as one tries.
    for number in 0..3 {
        let mut desk = open(&mission);
        assert!(written.iter().all(|record| desk.record(*record).is_ok()), "what was written is shown");
        desk.verify(&mut |_, _| {}).unwrap();
        if let Ok(record) = write(&mut desk, &mission, noise(99, 200_000)) {
            written.push(record);
        }
        let options = PouchOptions { receivers: vec![mission.founder.device()], ..PouchOptions::default() };
        let stick = disk.join("stick");
        // Opening may have folded and freed something.
        fill(disk, number);
        let refused = desk.write_pouch(&stick, &options, &mut |_, _| {});
        assert!(refused.is_err() && !stick.exists(), "half a pouch has its name");
        let left = std::fs::read_dir(disk).unwrap();
        let names: Vec<_> = left.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert!(!names.iter().any(|name| name.contains("unfinished")), "{names:?}");
    }
    for number in [0, 1, 2, 9] {
        std::fs::remove_file(disk.join(format!("filler-{number}"))).unwrap();
    }
    let desk = open(&mission);
    let had = large.iter().filter(|record| desk.record(**record).is_ok()).count();
    assert!(written.iter().all(|record| desk.record(*record).is_ok()));
    // Folding the write-ahead file in may need more room than there is: then it stays for the next time.
    let _closed = desk.close();
    // There is room elsewhere: the desk moves, and goes on where it was.
    let roomy = tempfile::tempdir_in(place.dir.parent().unwrap()).unwrap();
    for entry in std::fs::read_dir(&there.dir).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), roomy.path().join(entry.file_name())).unwrap();
    }
    let moved = DeskPlace { dir: roomy.path().to_owned(), ..place };
    let secrets = DeviceSecrets::make(&mut rng(SEED + 10)).unwrap();
    let mut desk = Desk::open(moved, secrets, clock_at(&mission.hand), rng(2)).unwrap();
    let report = mission.sync(&mut desk).unwrap();
    assert!(report.refused_entries.is_empty() && report.stays.items == 0, "{report:?}");
    assert!(large.iter().chain(&written).all(|record| desk.record(*record).is_ok()), "{had} before");
    desk.verify(&mut |_, _| {}).unwrap();
}
