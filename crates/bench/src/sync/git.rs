//! git's side: one blob an entry, a folder for each thousand, pushed to a repository that has the mission.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::net::{self, Daemon};
use crate::measure::Watch;
use crate::outcome::Outcome;

const PORT: u16 = 9418;

/// git without anybody's settings.
fn git(command: &mut Command) -> &mut Command {
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").env("HOME", "/nonexistent")
}

/// An empty repository.
pub(super) fn init(repository: &Path) -> Outcome<()> {
    let mut command = Command::new("git");
    net::succeed(git(command.args(["init", "--quiet", "--bare", "-b", "main"]).arg(repository)))
}

/// A repository that shares another's objects and has its branch.
pub(super) fn share(from: &Path, repository: &Path) -> Outcome<()> {
    let mut command = Command::new("git");
    net::succeed(git(command.args(["clone", "--quiet", "--bare", "--shared"]).arg(from).arg(repository)))
}

/// Commits files, numbered from `first`, on top of what there is.
pub(super) fn commit(
    repository: &Path,
    first: usize,
    files: impl IntoIterator<Item = Outcome<Vec<u8>>>,
) -> Outcome<()> {
    let mut command = Command::new("git");
    git(command.arg("--git-dir").arg(repository).args(["fast-import", "--quiet"]));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    let mut into = std::io::BufWriter::new(child.stdin.take().ok_or("no way to git's input")?);
    write!(into, "commit refs/heads/main\ncommitter Bench <bench@invalid> 1700000000 +0000\n")?;
    write!(into, "data 4\nmore\n")?;
    if first > 0 {
        writeln!(into, "from refs/heads/main^0")?;
    }
    for (number, file) in (first..).zip(files) {
        let bytes = file?;
        writeln!(into, "M 100644 inline {:05}/{:03}", number / 1000, number % 1000)?;
        writeln!(into, "data {}", bytes.len())?;
        into.write_all(&bytes)?;
        writeln!(into)?;
    }
    into.flush()?;
    drop(into);
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(format!("git fast-import ended with {status}").into()) }
}

/// A daemon at headquarters that takes pushes to repositories in `base`.
pub(super) fn daemon(base: &Path) -> Outcome<Daemon> {
    let mut folder = Command::new("git");
    let folder = String::from_utf8(git(folder.arg("--exec-path")).output()?.stdout)?;
    // The daemon itself: killing `git` would leave it.
    let mut command = net::at(net::HQ, Path::new(folder.trim()).join("git-daemon"));
    command.args(["--reuseaddr", "--export-all", "--enable=receive-pack", "--max-connections=0"]);
    command.arg(format!("--port={PORT}")).arg(format!("--base-path={}", base.display())).arg(base);
    Daemon::start(git(&mut command))
}

/// Pushes; how long it took.
pub(super) fn push(repository: &Path, remote: &str) -> Outcome<f64> {
    let mut command = net::at(net::FIELD, "git");
    command.arg("--git-dir").arg(repository).args(["push", "--quiet"]);
    command.arg(format!("git://{}:{PORT}/{remote}", net::HQ_ADDRESS)).arg("main");
    let watch = Watch::start();
    net::succeed(git(&mut command))?;
    Ok(watch.seconds())
}

/// The commit that a branch is at.
pub(super) fn head(repository: &Path) -> Outcome<String> {
    let mut command = Command::new("git");
    let output = git(command.arg("--git-dir").arg(repository).args(["rev-parse", "main"])).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
