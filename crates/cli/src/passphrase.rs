//! Passphrases: from the terminal or from a file, never from the command line or the environment.

use std::io::{IsTerminal, Read};
use std::path::Path;

use counterseal_seal::{Passphrase, Weakness};
use zeroize::Zeroizing;

use crate::context::Context;
use crate::failure::Failure;

/// Longest passphrase file that is read, in bytes.
const MOST: u64 = 64 * 1024;

impl Context {
    /// The passphrase of something that is there.
    pub(crate) fn ask_passphrase(&self, prompt: &str) -> Result<Passphrase, Failure> {
        match self.global.passphrase_file.clone() {
            Some(path) => self.read_passphrase(&path),
            None => self.parse(&self.prompt(prompt)?),
        }
    }

    /// A passphrase for something new, asked for twice, with a warning when it is plainly weak.
    pub(crate) fn ask_new_passphrase(
        &self,
        prompt: &str,
        file: Option<&Path>,
    ) -> Result<Passphrase, Failure> {
        let passphrase = match file {
            Some(path) => self.read_passphrase(path)?,
            None => {
                let first = self.prompt(prompt)?;
                let passphrase = self.parse(&first)?;
                if *self.prompt("passphrase-again")? != *first {
                    return Err(self.refuse("passphrase-differs", &[]));
                }
                passphrase
            }
        };
        if let Some(weakness) = passphrase.weakness() {
            self.note(weakness_key(weakness), &[]);
        }
        Ok(passphrase)
    }

    /// The passphrase in a file's first line.
    pub(crate) fn read_passphrase(&self, path: &Path) -> Result<Passphrase, Failure> {
        let failed = |e| Failure::file("read", path, e);
        let file = std::fs::File::open(path).map_err(failed)?;
        if is_open_to_others(&file) {
            self.note("passphrase-file-open", &[("path", path.display().to_string().into())]);
        }
        let mut text = Zeroizing::new(String::with_capacity(4096));
        file.take(MOST).read_to_string(&mut text).map_err(failed)?;
        let line = text.lines().next().unwrap_or_default().trim_start_matches('\u{feff}');
        self.parse(line)
    }

    fn prompt(&self, key: &str) -> Result<Zeroizing<String>, Failure> {
        if !std::io::stdin().is_terminal() {
            return Err(self.refuse("passphrase-no-terminal", &[]));
        }
        let prompt = format!("{} ", self.words.text(key));
        rpassword::prompt_password(prompt).map(Zeroizing::new).map_err(Failure::terminal)
    }

    /// A line that may be seen while it is typed.
    pub(crate) fn ask_line(&self, key: &str) -> Result<String, Failure> {
        if !std::io::stdin().is_terminal() {
            return Err(self.refuse("string-needed", &[]));
        }
        self.note(key, &[]);
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map_err(Failure::terminal)?;
        Ok(line)
    }

    /// Whether who sits at the terminal says yes.
    pub(crate) fn agree(&self, key: &str) -> Result<bool, Failure> {
        self.note(key, &[]);
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map_err(Failure::terminal)?;
        Ok(line.trim().to_lowercase() == self.words.text("yes"))
    }

    fn parse(&self, typed: &str) -> Result<Passphrase, Failure> {
        Passphrase::new(typed).map_err(|short| {
            let values = [
                ("chars", short.chars.to_string().into()),
                ("least", Passphrase::SHORTEST.to_string().into()),
            ];
            self.refuse("passphrase-short", &values)
        })
    }
}

const fn weakness_key(weakness: Weakness) -> &'static str {
    match weakness {
        Weakness::FewCharacters => "passphrase-few-characters",
        Weakness::Sequence => "passphrase-sequence",
        Weakness::ShortAndPlain => "passphrase-plain",
    }
}

#[cfg(unix)]
fn is_open_to_others(file: &std::fs::File) -> bool {
    use std::os::unix::fs::PermissionsExt;
    // A pipe has no mode of its own that says who may read it.
    file.metadata().is_ok_and(|of| of.is_file() && of.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &std::fs::File) -> bool {
    false
}
