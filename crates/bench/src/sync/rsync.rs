//! rsync's side: the new entries as files, named in a list, to a daemon.

use std::path::Path;

use super::net::{self, Daemon};
use crate::measure::Watch;
use crate::outcome::Outcome;

const PORT: u16 = 8730;

/// A daemon at headquarters that takes files into `into`.
pub(super) fn daemon(folder: &Path, into: &Path) -> Outcome<Daemon> {
    let config = folder.join("rsyncd.conf");
    let text = format!(
        "use chroot = no\nuid = 0\ngid = 0\nlog file = {}\n[mission]\npath = {}\nread only = no\n",
        folder.join("rsyncd.log").display(),
        into.display()
    );
    std::fs::write(&config, text)?;
    let mut command = net::at(net::HQ, "rsync");
    command.args(["--daemon", "--no-detach"]).arg(format!("--config={}", config.display()));
    Daemon::start(command.arg(format!("--port={PORT}")))
}

/// Sends the files that `list` names; how long it took.
pub(super) fn push(from: &Path, list: &Path) -> Outcome<f64> {
    let mut command = net::at(net::FIELD, "rsync");
    command.arg("--whole-file").arg(format!("--files-from={}", list.display()));
    command.arg(from).arg(format!("rsync://{}:{PORT}/mission/", net::HQ_ADDRESS));
    let watch = Watch::start();
    net::succeed(&mut command)?;
    Ok(watch.seconds())
}
