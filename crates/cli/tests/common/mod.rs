//! What the tests of the command line share: homes, and the program itself.
#![allow(dead_code, reason = "each test file uses some of it")]

pub(crate) mod browser;
pub(crate) mod ports;
pub(crate) mod servers;
pub(crate) mod trustees;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A person at a computer of their own.
pub(crate) struct Computer {
    folder: TempDir,
}

impl Computer {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("phrase"), "seven wells and a paper goat\n").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(folder.path().join("phrase"), PermissionsExt::from_mode(0o600)).unwrap();
        }
        Self { folder }
    }

    /// A computer on which a mission was just founded.
    pub(crate) fn founder() -> Self {
        Self::founder_with(&[])
    }

    /// The same, with other terms.
    pub(crate) fn founder_with(terms: &[&str]) -> Self {
        let computer = Self::new();
        let founded = ["mission", "new", "--name", "Blue Heron", "--person", "Officer Quillfeather"];
        let founded = [&founded[..], &["--compartment", "incidents", "--synthetic"], terms].concat();
        let out = computer.run(&founded);
        assert!(out.contains("ONE GOVERNOR") && out.contains("offline"), "{out}");
        computer
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.path("home")
    }

    /// The program, with this computer's home, passphrase and folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_counterseal"));
        command.current_dir(self.folder.path()).env_remove("COUNTERSEAL_HOME").env("COUNTERSEAL_LANG", "en");
        if !args.contains(&"--passphrase-file") {
            command.args(["--passphrase-file", "phrase"]);
        }
        command.args(["--home", "home"]).args(args);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn output(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs a command that succeeds; gives what it printed.
    pub(crate) fn run(&self, args: &[&str]) -> String {
        let output = self.output(args);
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert!(output.status.success(), "{args:?}: {out}{err}");
        assert!(!out.contains("[column-") && !out.contains("[record-"), "a sentence is missing: {out}");
        out
    }

    /// Runs a command that ends with `code`; gives what it said on standard error.
    pub(crate) fn fails(&self, args: &[&str], code: i32) -> String {
        let output = self.output(args);
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{args:?}: {out}{err}");
        err
    }

    /// Types lines into an unlocked session; gives everything it said.
    pub(crate) fn session(&self, lines: &[&str]) -> String {
        let mut child = self.command(&["unlock"]).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(lines.join("\n").as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(output.status.success(), "{said}");
        said
    }
}

/// Carries a file from one computer to another.
pub(crate) fn carry(from: &Computer, to: &Computer, name: &str) {
    std::fs::copy(from.path(name), to.path(name)).unwrap();
}

/// Invites somebody at `second`, up to the string: gives the id of the invitation and the string that is read
/// out.
pub(crate) fn invite(first: &Computer, second: &Computer, terms: &[&str]) -> (String, String) {
    for file in ["invitation", "request", "challenge"] {
        let _from_before = (std::fs::remove_file(first.path(file)), std::fs::remove_file(second.path(file)));
    }
    let said = first.run(&[&["invite", "make", "--out", "invitation"], terms].concat());
    let id = word_after(&said, "Invitation ").to_owned();
    carry(first, second, "invitation");
    second.run(&["invite", "accept", "invitation", "--out", "request"]);
    carry(second, first, "request");
    first.run(&["invite", "answer", "request", "--out", "challenge"]);
    carry(first, second, "challenge");
    let shown = second.run(&["invite", "prove", "challenge", "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    (id, shown.get("string").unwrap().as_str().unwrap().to_owned())
}

/// Invites a new person at `second` and enrols them.
pub(crate) fn enrol(first: &Computer, second: &Computer, name: &str) {
    let (_, string) = invite(first, second, &["--for", name]);
    first.run(&["invite", "enrol", "--string", &string]);
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The word that follows `before` in what was said.
pub(crate) fn word_after<'a>(said: &'a str, before: &str) -> &'a str {
    let (_, rest) = said.split_once(before).unwrap_or_else(|| panic!("no '{before}' in: {said}"));
    rest.split_whitespace().next().unwrap()
}

/// Every file under a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files
}
