//! Processes in networks of their own.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use super::part::Part;
use crate::outcome::Outcome;

/// The field's end of the link.
pub(super) const FIELD: &str = "satA";
/// Headquarters' end.
pub(super) const HQ: &str = "satB";
/// Headquarters' address.
pub(super) const HQ_ADDRESS: &str = "10.9.0.2";
/// The field's address.
pub(super) const FIELD_ADDRESS: &str = "10.9.0.1";

/// Mounts of its own, so that names of network namespaces are too; then a network with nothing but loopback. All
/// of its processes end with it.
const ALONE: &str =
    "mkdir -p /run/netns && mount -t tmpfs none /run/netns && ip link set lo up && exec \"$@\"";

/// Whether everything is there that the bench needs.
pub(super) fn check_tools() -> Outcome<()> {
    if std::fs::metadata("/proc/self")?.uid() != 0 {
        return Err("this bench makes network namespaces: run it as root".into());
    }
    if !Path::new("/dev/net/tun").exists() {
        return Err("/dev/net/tun is not there; load the kernel's module tun".into());
    }
    for (program, package) in
        [("ip", "iproute2"), ("git", "git"), ("rsync", "rsync"), ("unshare", "util-linux")]
    {
        if Command::new(program)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_err()
        {
            return Err(format!("{program} is not installed: apt-get install {package}").into());
        }
    }
    Ok(())
}

/// A part of this bench in mounts and a network of its own.
pub(super) fn isolated(part: &Part) -> Outcome<Command> {
    let mut command = Command::new("unshare");
    command.args([
        "--mount",
        "--net",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount-proc",
        "sh",
        "-ec",
        ALONE,
        "sh",
    ]);
    command.arg(std::env::current_exe()?).arg("sync-part").arg(serde_json::to_string(part)?);
    Ok(command)
}

/// A program at one end of the link.
pub(super) fn at(side: &str, program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new("ip");
    command.args(["netns", "exec", side]).arg(program);
    command
}

/// A part of this bench at one end of the link.
pub(super) fn part_at(side: &str, part: &Part) -> Outcome<Command> {
    let mut command = at(side, std::env::current_exe()?);
    command.arg("sync-part").arg(serde_json::to_string(part)?);
    Ok(command)
}

/// Runs a program to its end; what it wrote to its standard output is dropped.
pub(super) fn succeed(command: &mut Command) -> Outcome<()> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{:?} ended with {}: {said}", command.get_program(), output.status).into())
}

/// A process that runs until it is told to stop, or is killed with what holds it.
pub(super) struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Running {
    /// Starts it; it says a line when it is ready.
    pub(super) fn start(command: &mut Command) -> Outcome<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let out = BufReader::new(child.stdout.take().ok_or("a process without output")?);
        let mut running = Self { child, out };
        let mut ready = String::new();
        running.out.read_line(&mut ready)?;
        match ready.trim() {
            "ready" => Ok(running),
            said => Err(format!("a process was not ready: {said}").into()),
        }
    }

    /// Says go on (it reads the end of its input), and gives what it says until it ends.
    pub(super) fn finish(mut self) -> Outcome<String> {
        drop(self.child.stdin.take());
        let mut said = String::new();
        self.out.read_to_string(&mut said)?;
        let status = self.child.wait()?;
        if status.success() { Ok(said) } else { Err(format!("a process ended with {status}").into()) }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// The other side of `Running`: says that it is ready, and waits until it is told to go on.
pub(super) fn ready() -> Outcome<()> {
    println!("ready");
    let mut rest = Vec::new();
    std::io::stdin().read_to_end(&mut rest)?;
    Ok(())
}

/// A daemon without words, killed with what holds it.
pub(super) struct Daemon(Child);

impl Daemon {
    pub(super) fn start(command: &mut Command) -> Outcome<Self> {
        let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let daemon = Self(quiet.spawn()?);
        // Neither git's nor rsync's says when it listens.
        std::thread::sleep(std::time::Duration::from_millis(700));
        Ok(daemon)
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _reaped = self.0.wait();
    }
}
