//! Locking from outside: `counterseal lock` leaves a request in the home, and whatever is unlocked
//! there ends at its next commit, or at once.
//!
//! ```text
//! HOME/unlocked        held (shared) by every program that has a desk of this home unlocked
//!     /lock.request    'lock' or 'panic'
//! ```

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

const PRESENCE: &str = "unlocked";
const REQUEST: &str = "lock.request";
/// How often a request is looked for.
const EVERY: Duration = Duration::from_millis(200);

/// Held while a desk is unlocked.
pub(crate) struct Presence {
    /// The operating system lets go of it when the program ends, however it ends.
    _held: File,
    requested: Arc<AtomicBool>,
    over: Arc<AtomicBool>,
}

impl Presence {
    /// Says that a desk of this home is unlocked here, and watches for a request to lock.
    pub(crate) fn begin(home: &Path) -> io::Result<Self> {
        let held = open(home)?;
        if held.try_lock().is_ok() {
            // Nobody else is unlocked, so a request that lies here is an old one.
            remove_request(home);
            held.unlock()?;
        }
        held.lock_shared()?;
        let (requested, over) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let (tell, ended, path) = (Arc::clone(&requested), Arc::clone(&over), home.join(REQUEST));
        thread::spawn(move || watch(&path, &tell, &ended));
        Ok(Self { _held: held, requested, over })
    }

    /// Whether this program is asked to lock.
    pub(crate) fn is_asked_to_lock(&self) -> bool {
        self.requested.load(Ordering::Relaxed)
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

fn watch(request: &Path, tell: &AtomicBool, over: &AtomicBool) {
    while !over.load(Ordering::Relaxed) {
        match fs::read_to_string(request).as_deref() {
            // What was acknowledged is durable already, and nothing else is worth another moment.
            Ok("panic") => std::process::exit(1),
            Ok(_) => tell.store(true, Ordering::Relaxed),
            Err(_) => {}
        }
        thread::sleep(EVERY);
    }
}

/// What came of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Nothing was unlocked.
    NothingToDo,
    /// Everything is locked now.
    Locked,
    /// Something is still unlocked.
    StillUnlocked,
}

/// Asks every program that has a desk of this home unlocked to lock, and waits for it.
pub(crate) fn ask(home: &Path, at_once: bool) -> io::Result<Asked> {
    let presence = open(home)?;
    if presence.try_lock().is_ok() {
        remove_request(home);
        return Ok(Asked::NothingToDo);
    }
    fs::write(home.join(REQUEST), if at_once { "panic" } else { "lock" })?;
    let patience = if at_once { 25 } else { 600 };
    for _ in 0..patience {
        thread::sleep(EVERY);
        if presence.try_lock().is_ok() {
            remove_request(home);
            return Ok(Asked::Locked);
        }
    }
    Ok(Asked::StillUnlocked)
}

fn open(home: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(home.join(PRESENCE))
}

fn remove_request(home: &Path) {
    let path: PathBuf = home.join(REQUEST);
    // Not there is what is wanted.
    let _gone = fs::remove_file(path);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_unlocked_hears_of_a_request_and_an_old_one_is_forgotten() {
        let home = tempfile::TempDir::new().unwrap();
        assert_eq!(ask(home.path(), false).unwrap(), Asked::NothingToDo);
        fs::write(home.path().join(REQUEST), "panic").unwrap();
        let presence = Presence::begin(home.path()).unwrap();
        assert!(!home.path().join(REQUEST).exists(), "an old request ends nothing");
        let path = home.path().to_owned();
        let asking = thread::spawn(move || ask(&path, false).unwrap());
        while !presence.is_asked_to_lock() {
            thread::sleep(Duration::from_millis(20));
        }
        drop(presence);
        assert_eq!(asking.join().unwrap(), Asked::Locked);
        assert!(!home.path().join(REQUEST).exists());
    }
}
