//! What every verb has at hand: the home, the unlocked desk, the catalogue, the terminal.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use counterseal_model::{Clock, CompartmentId};
use counterseal_node::{CompartmentView, Desk, Home, Randomness};

use crate::catalogue::{Values, Words};
use crate::clean::clean;
use crate::cli::Global;
use crate::failure::Failure;
use crate::watch::Presence;

/// What the composition root gives: time and randomness.
#[derive(Clone)]
pub struct Outside {
    /// The clock.
    pub clock: Arc<dyn Clock + Send + Sync>,
    /// The operating system's randomness.
    pub randomness: fn() -> Randomness,
    /// Begins to measure time; what it gives tells how much has gone by.
    pub stopwatch: fn() -> Box<dyn Fn() -> Duration>,
}

/// What a verb works with.
pub(crate) struct Context {
    pub(crate) outside: Outside,
    pub(crate) global: Global,
    pub(crate) words: Words,
    unlocked: Option<Desk>,
    presence: Option<Presence>,
    /// Whether the desk stays unlocked between commands.
    pub(crate) session: bool,
}

impl Context {
    pub(crate) fn new(outside: Outside, global: Global) -> Self {
        let words = global.lang.map_or_else(Words::of_environment, Words::of);
        Self { outside, global, words, unlocked: None, presence: None, session: false }
    }

    /// Randomness from the operating system.
    pub(crate) fn randomness(&self) -> Randomness {
        (self.outside.randomness)()
    }

    /// The home: as asked for, or a folder of the user's.
    pub(crate) fn home(&self) -> Result<Home, Failure> {
        Ok(Home::open(&self.home_path()?)?)
    }

    pub(crate) fn home_path(&self) -> Result<PathBuf, Failure> {
        if let Some(path) = &self.global.home {
            return Ok(path.clone());
        }
        let folder = |name: &str| std::env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
        if let Some(path) = folder("COUNTERSEAL_HOME") {
            return Ok(path);
        }
        let data = if cfg!(windows) {
            folder("LOCALAPPDATA")
        } else {
            folder("XDG_DATA_HOME").or_else(|| folder("HOME").map(|home| home.join(".local").join("share")))
        };
        data.map(|path| path.join("counterseal")).ok_or_else(|| self.refuse("no-home", &[]))
    }

    /// Does something with the unlocked desk, and locks it again unless a session goes on.
    pub(crate) fn with_desk<T>(
        &mut self,
        verb: impl FnOnce(&mut Self, &mut Desk) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut desk = match self.unlocked.take() {
            Some(desk) => desk,
            None => self.unlock()?,
        };
        let outcome = verb(self, &mut desk);
        crate::alarm::raise(self, &desk);
        if self.session {
            self.unlocked = Some(desk);
            return outcome;
        }
        let closed = desk.close();
        self.presence = None;
        let outcome = outcome?;
        closed?;
        Ok(outcome)
    }

    fn unlock(&mut self) -> Result<Desk, Failure> {
        let home = self.home()?;
        let place = home.choose(self.global.desk.as_deref())?;
        let passphrase = self.ask_passphrase("passphrase-desk")?;
        self.begin_presence(&home)?;
        let mut desk = Desk::unlock(place, &passphrase, Arc::clone(&self.outside.clock), self.randomness())?;
        let opened = desk.opened();
        if !opened.clean {
            self.note("store-replayed", &[("count", opened.replayed.to_string().into())]);
        }
        crate::standing::note(self, &desk);
        for path in desk.sweep_unfinished()? {
            self.note("export-swept", &[("path", path.display().to_string().into())]);
        }
        Ok(desk)
    }

    pub(crate) fn begin_presence(&mut self, home: &Home) -> Result<(), Failure> {
        if self.presence.is_none() {
            let begun = Presence::begin(home.path());
            self.presence = Some(begun.map_err(|e| Failure::file("lock", home.path(), e))?);
        }
        Ok(())
    }

    /// Takes a desk that was just made or joined, as if it had been unlocked.
    pub(crate) fn close(&mut self, desk: Desk) -> Result<(), Failure> {
        let closed = desk.close();
        self.presence = None;
        Ok(closed?)
    }

    /// Locks what a session holds unlocked.
    pub(crate) fn lock(&mut self) -> Result<(), Failure> {
        self.session = false;
        match self.unlocked.take() {
            Some(desk) => self.close(desk),
            None => Ok(()),
        }
    }

    /// Whether `counterseal lock` asks this program to end.
    pub(crate) fn is_asked_to_lock(&self) -> bool {
        self.presence.as_ref().is_some_and(Presence::is_asked_to_lock)
    }

    /// The compartment named, or the only one there is to work in.
    pub(crate) fn compartment(&self, desk: &Desk, named: Option<&str>) -> Result<CompartmentId, Failure> {
        if let Some(name) = named {
            return Ok(desk.find_compartment(name)?);
        }
        let mut usable = desk.compartments();
        usable.retain(|view| view.mine && !view.everyone);
        match usable.as_slice() {
            [only] => Ok(only.id),
            [] => Err(self.refuse("compartment-none", &[])),
            several => {
                let name = |view: &CompartmentView| view.name.clone().unwrap_or_else(|| view.id.short());
                let names = several.iter().map(name).collect::<Vec<_>>().join(", ");
                Err(self.refuse("compartment-choose", &[("names", names.into())]))
            }
        }
    }

    /// A sentence on standard output.
    pub(crate) fn say(&self, key: &str, values: Values<'_>) -> Result<(), Failure> {
        self.line(&self.words.with(key, values))
    }

    /// A line on standard output. A reader who closes the pipe has read enough.
    pub(crate) fn line(&self, text: &str) -> Result<(), Failure> {
        self.write(&format!("{}\n", clean(text, false)))
    }

    /// Text as it is, on standard output.
    pub(crate) fn write(&self, text: &str) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::terminal(error)),
            _ => Ok(()),
        }
    }

    /// A sentence on standard error: warnings, and what has been done beside the answer.
    pub(crate) fn note(&self, key: &str, values: Values<'_>) {
        self.note_line(&self.words.with(key, values));
    }

    pub(crate) fn note_line(&self, text: &str) {
        // A warning that cannot be shown must not stop the work.
        let _shown = writeln!(std::io::stderr().lock(), "{}", clean(text, false));
    }

    /// Marks what is shown of a mission that is made up.
    pub(crate) fn mark_synthetic(&self, desk: &Desk) -> Result<(), Failure> {
        if desk.register().is_synthetic() { self.say("synthetic-mark", &[]) } else { Ok(()) }
    }

    /// What was asked makes no sense: a sentence of the catalogue says why.
    pub(crate) fn refuse(&self, key: &str, values: Values<'_>) -> Failure {
        Failure::Asked(self.words.with(key, values))
    }
}
