//! Hub and witnesses as programs of their own, for the tests of the command line.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command};
use std::time::Duration;

pub(crate) use super::ports::port;
use super::{Computer, text, word_after};

/// A server that is stopped with the test.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: String,
}

impl Server {
    /// Starts it and waits until it says where it listens.
    pub(crate) fn start(computer: &Computer, args: &[&str]) -> Self {
        Self::spawn(computer.command(args))
    }

    /// The same, of a command that is made already.
    pub(crate) fn spawn(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut said = String::new();
        let out = BufReader::new(child.stdout.take().unwrap());
        for line in out.lines() {
            said = line.unwrap();
            if said.contains(" runs at ") {
                break;
            }
        }
        let address = word_after(&said, " runs at ").trim_end_matches('.').to_owned();
        Self { child, address }
    }

    /// As by a lost power line.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// As by a system that shuts down.
    pub(crate) fn stop(mut self) {
        let stopped = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(stopped.success());
        assert!(self.child.wait().unwrap().success(), "a graceful stop");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

pub(crate) const WITNESSES: [&str; 4] = ["one", "two", "three", "four"];

/// Founds a mission on a computer, and sets up hub and witnesses beside it.
pub(crate) fn set_up() -> (Computer, Vec<Server>, Server) {
    let computer = Computer::founder();
    let hub_port = port();
    let mut config = format!(
        "folder = {:?}\nlisten = \"127.0.0.1:{hub_port}\"\nbatch_milliseconds = 50\nmark_seconds = 1\n",
        computer.path("hub").display().to_string()
    );
    let mut named: Vec<String> = Vec::new();
    for name in WITNESSES {
        let (listen, public) = (format!("127.0.0.1:{}", port()), format!("{name}.json"));
        computer.run(&[
            "witness", "init", "--folder", name, "--name", name, "--listen", &listen, "--public", &public,
        ]);
        config += &format!("[[witness]]\nname = \"{name}\"\nurl = \"http://{listen}/\"\n");
        named.extend(["--witness".to_owned(), public]);
    }
    std::fs::write(computer.path("hub.toml"), config).unwrap();
    computer.run(&["hub", "init", "--config", "hub.toml", "--public", "hub.json"]);
    let mut args = vec!["mission", "hub", "--hub", "hub.json", "--out", "seed"];
    args.extend(named.iter().map(String::as_str));
    let governor = "home/take-off-this-machine/governor-1.key";
    args.extend(["--governor-key", governor, "--governor-passphrase-file", "phrase"]);
    computer.run(&args);
    let seeded = computer.run(&["hub", "seed", "seed", "--config", "hub.toml"]);
    let keys: Vec<_> = seeded.lines().filter(|line| line.starts_with("counterseal/")).collect();
    assert_eq!(keys.len(), 2, "{seeded}");
    for name in WITNESSES {
        for key in &keys {
            computer.run(&["witness", "add-log", "--folder", name, key]);
        }
    }
    let witnesses = WITNESSES.map(|name| Server::start(&computer, &["witness", "run", "--folder", name]));
    let hub = Server::start(&computer, &["hub", "run", "--config", "hub.toml"]);
    (computer, witnesses.into(), hub)
}

/// Syncs until a condition holds; the logs need a moment to be cosigned.
#[track_caller]
pub(crate) fn sync_until(
    computer: &Computer,
    hub: &str,
    done: impl Fn(&serde_json::Value) -> bool,
) -> serde_json::Value {
    let mut last = serde_json::Value::Null;
    for _ in 0..40 {
        let output = computer.output(&["sync", "--hub", hub, "--format", "json"]);
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert!(output.status.success(), "{out}{err}");
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        if done(&report) {
            return report;
        }
        last = report;
        std::thread::sleep(Duration::from_millis(150));
    }
    panic!("it never came to that: {last}");
}
