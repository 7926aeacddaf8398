//! A log's files as a hub serves them, by HTTP/1.1 within TLS.

use std::time::Duration;

use counterseal_ledger::LogPath;
use counterseal_mirror::{LogFiles, MAX_STATEMENT, most_of};
use counterseal_model::StatementId;
use counterseal_register::{LogKind, Register};

use crate::error::NodeError;
use crate::link::LinkError;
use crate::link::http::{HttpFailure, HttpGet, Place, Trust};
use crate::link::pin::Shown;

/// Without a byte for so long, a hub does not answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of answers that are asked for ahead.
const AHEAD_BYTES: usize = 32 << 20;

/// A hub's files. Nothing of them is believed, nor whom they come from: the pin that the hub shows is noted,
/// and checked against the register that the files give.
pub struct HubFiles {
    place: Place,
    pins: Vec<[u8; 32]>,
    shown: Shown,
    open: Option<HttpGet>,
}

impl HubFiles {
    /// The hub at `host:port`, with the pins that a register names for it; without any, whoever answers, and
    /// [`HubFiles::check_pin`] says afterwards whether it was the hub.
    ///
    /// # Errors
    /// When that is no address.
    pub fn new(address: &str, pins: Vec<[u8; 32]>) -> Result<Self, LinkError> {
        let bad = || LinkError::Address { address: address.to_owned() };
        let bare = address.strip_prefix("https://").unwrap_or(address).trim_end_matches('/');
        let (host, port) = bare.rsplit_once(':').ok_or_else(bad)?;
        let (host, port) = (host.to_owned(), port.parse().map_err(|_| bad())?);
        let place = Place { tls: true, host, port, path: String::new() };
        Ok(Self { place, pins, shown: Shown::default(), open: None })
    }

    /// Whether what answered is the hub of a register.
    ///
    /// # Errors
    /// `NotTheHub`, by the register's own words.
    pub fn check_pin(&self, register: &Register) -> Result<(), LinkError> {
        let Some(pin) = self.shown.get() else { return Ok(()) };
        let checked = register.check_pin(&pin, register.last());
        checked.map(drop).map_err(|refusal| LinkError::NotTheHub(Box::new(refusal)))
    }

    fn get(&mut self, paths: &[String], most: usize) -> Result<Vec<Option<Vec<u8>>>, NodeError> {
        let asked_before = self.open.is_some();
        let answers = match self.try_get(paths, most) {
            // The hub may have closed a connection that was idle.
            Err(HttpFailure::Line(_)) if asked_before => self.try_get(paths, most),
            other => other,
        };
        let failed = |reason: String| NodeError::Unreachable { reason };
        let answers = answers.map_err(|error| failed(error.to_string()))?;
        let body = |(status, body)| match status {
            200 => Ok(Some(body)),
            404 => Ok(None),
            status => Err(failed(format!("status {status}"))),
        };
        answers.into_iter().map(body).collect()
    }

    fn try_get(&mut self, paths: &[String], most: usize) -> Result<Vec<(u16, Vec<u8>)>, HttpFailure> {
        let mut open = match self.open.take() {
            Some(open) => open,
            None => {
                let shown = self.shown.clone();
                let trust = match self.pins.is_empty() {
                    true => Trust::Later(shown),
                    false => Trust::Pins(self.pins.clone(), shown),
                };
                HttpGet::connect(&self.place, trust, PATIENCE)?
            }
        };
        let answers = open.get(paths, most)?;
        self.open = Some(open);
        Ok(answers)
    }
}

impl LogFiles for HubFiles {
    type Error = NodeError;

    fn read(&mut self, log: LogKind, paths: &[LogPath]) -> Result<Vec<Option<Vec<u8>>>, NodeError> {
        let mut found = Vec::with_capacity(paths.len());
        let most = paths.iter().map(most_of).max().unwrap_or(0);
        // Not so many at a time that a hostile hub could fill the memory.
        for some in paths.chunks((AHEAD_BYTES / most.max(1)).max(1)) {
            let paths: Vec<_> = some.iter().map(|path| format!("{}/{path}", log.word())).collect();
            found.extend(self.get(&paths, most)?);
        }
        Ok(found)
    }

    fn statement(&mut self, id: StatementId) -> Result<Option<Vec<u8>>, NodeError> {
        let path = format!("{}/envelope/{id}", LogKind::Statements.word());
        Ok(self.get(&[path], MAX_STATEMENT)?.pop().flatten())
    }
}
