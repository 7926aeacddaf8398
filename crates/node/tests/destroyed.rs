//! A desk that is destroyed, and one that was cut off in the middle of it.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use common::{found, unlock};
use counterseal_model::{FixedClock, Timestamp};
use counterseal_node::{Desk, DeskPlace, Home};
use rand::SeedableRng;
use tempfile::TempDir;

fn opens(home: &Path, place: &DeskPlace) -> bool {
    let clock = Arc::new(FixedClock(Timestamp(1_790_000_000)));
    let rng = Box::new(rand_chacha::ChaCha20Rng::seed_from_u64(9));
    let passphrase = common::passphrase();
    assert!(home.exists());
    Desk::unlock(place.clone(), &passphrase, clock, rng).is_ok()
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |entry: fs::DirEntry| {
        (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())
    };
    fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap())).collect()
}

#[test]
fn what_is_destroyed_opens_with_no_passphrase_though_its_store_is_put_back() {
    let folder = TempDir::new().unwrap();
    let desk = found(folder.path(), 1);
    let place = desk.place().clone();
    desk.close().unwrap();
    let home = Home::open(folder.path()).unwrap();
    home.set_label(&place, "the blue one").unwrap();
    assert_eq!(home.label(&place).as_deref(), Some("the blue one"));
    let image = files(&place.dir);
    // Another name for the very bytes of the key file, as a spare copy of its blocks would be.
    let spare = folder.path().join("spare");
    fs::hard_link(place.dir.join("desk.key"), &spare).unwrap();
    home.destroy(&place).unwrap();
    assert!(home.desks().unwrap().is_empty() && !place.dir.exists());
    assert_eq!(home.label(&place), None);
    let blocks = fs::read(&spare).unwrap();
    assert!(!blocks.is_empty() && blocks.iter().all(|byte| *byte == 0), "the keys were written over");
    fs::create_dir_all(&place.dir).unwrap();
    for (name, bytes) in image.iter().filter(|(name, _)| name != "desk.key") {
        fs::write(place.dir.join(name), bytes).unwrap();
    }
    assert!(home.desks().unwrap().is_empty(), "a store without keys is no desk");
    fs::write(place.dir.join("desk.key"), &blocks).unwrap();
    assert!(!opens(folder.path(), &place), "the passphrase opens nothing");
    // What SECURITY.md says: whoever copied the whole folder before still has it.
    fs::write(place.dir.join("desk.key"), &image.iter().find(|(name, _)| name == "desk.key").unwrap().1)
        .unwrap();
    assert!(opens(folder.path(), &place));
}

#[test]
fn cut_off_anywhere_it_is_whole_or_gone() {
    let folder = TempDir::new().unwrap();
    let desk = found(folder.path(), 1);
    let place = desk.place().clone();
    desk.close().unwrap();
    let doomed = folder.path().join("desks").join(format!("destroying-{}", place.id));
    // Before the first step: nothing has happened.
    unlock(folder.path(), 2).close().unwrap();
    // After it, with the key file whole, half written over, or gone.
    let image = files(&place.dir);
    for state in 0..3 {
        let _old = fs::remove_dir_all(&place.dir);
        fs::create_dir_all(&doomed).unwrap();
        for (name, bytes) in &image {
            let mut bytes = bytes.clone();
            let half = bytes.len() / 2;
            match (name.as_str(), state) {
                ("desk.key", 1) => bytes.iter_mut().take(half).for_each(|byte| *byte = 0),
                ("desk.key", 2) => continue,
                _ => {}
            }
            fs::write(doomed.join(name), &bytes).unwrap();
        }
        let home = Home::open(folder.path()).unwrap();
        assert!(home.desks().unwrap().is_empty() && !doomed.exists(), "{state}: it was finished");
    }
}
