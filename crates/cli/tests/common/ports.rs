//! Ports for servers whose address must be known before they run, because a register names it.

use std::fs::File;
use std::net::TcpListener;
use std::sync::Mutex;

/// Below those that the system gives out by itself, so that no connection takes one meanwhile.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

static HELD: Mutex<Vec<File>> = Mutex::new(Vec::new());

/// A port that no other test on this machine is given while this process lives: a locked file stands for each.
pub(crate) fn port() -> u16 {
    let folder = std::env::temp_dir().join("counterseal-test-ports");
    std::fs::create_dir_all(&folder).unwrap();
    // Processes begin at different places, so that few are tried.
    let first = std::process::id().wrapping_mul(97) as usize % PORTS.len();
    for port in PORTS.cycle().skip(first).take(PORTS.len()) {
        let file = File::create(folder.join(port.to_string())).unwrap();
        if file.try_lock().is_ok() && TcpListener::bind(("127.0.0.1", port)).is_ok() {
            HELD.lock().unwrap().push(file);
            return port;
        }
    }
    panic!("every port of {PORTS:?} is taken");
}
