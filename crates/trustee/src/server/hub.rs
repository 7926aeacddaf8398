//! The line to the hub: its logs' files, and the headers of guarded entries.

use std::time::Duration;

use counterseal_register::{Bytes, GuardedHeaders};
use counterseal_serve::{HttpClient, HttpFailure, Method, Trust, Url};

use super::files::{Fetched, Path};
use super::worker::Worker;

/// For one request.
const PATIENCE: Duration = Duration::from_secs(20);
/// Most bytes of one file: a bundle of statements, or a whole one.
const MOST: usize = 17 << 20;

/// Why the hub was of no use.
#[derive(Debug, thiserror::Error)]
pub(super) enum HubSilence {
    /// No connection, or no answer.
    #[error(transparent)]
    Http(#[from] HttpFailure),
    /// It says no.
    #[error("the hub answers with status {status}")]
    Status {
        /// Of HTTP.
        status: u16,
    },
    /// What it answers is none.
    #[error("what the hub answers cannot be read")]
    Unreadable,
    /// Nothing was asked.
    #[error("what the hub is asked could not be signed")]
    Unsigned,
}

/// A hub, as the register pins it.
pub(super) struct HubLine {
    url: Url,
    pins: Vec<[u8; 32]>,
    open: Option<HttpClient>,
}

impl HubLine {
    pub(super) fn new(url: Url) -> Self {
        Self { url, pins: Vec::new(), open: None }
    }

    /// Has it show one of these certificates from now on.
    pub(super) fn pin(&mut self, pins: Vec<[u8; 32]>) {
        if self.pins != pins {
            (self.pins, self.open) = (pins, None);
        }
    }

    fn client(&mut self) -> Result<&mut HttpClient, HubSilence> {
        if self.open.is_none() {
            let client = HttpClient::new(self.url.clone(), Trust::Pins(&self.pins), PATIENCE)?;
            self.open = Some(client.with_answers_up_to(MOST));
        }
        self.open.as_mut().ok_or(HubSilence::Unreadable)
    }

    /// A file; `None` when it is not there.
    pub(super) async fn get(&mut self, path: &str) -> Result<Option<Vec<u8>>, HubSilence> {
        match self.client()?.request(Method::GET, path, Vec::new()).await? {
            (200, body) => Ok(Some(body)),
            (404, _) => Ok(None),
            (status, _) => Err(HubSilence::Status { status }),
        }
    }

    /// Fetches files, one after the other.
    pub(super) async fn fetch(&mut self, paths: Vec<Path>, into: &mut Fetched) -> Result<(), HubSilence> {
        for path in paths {
            let file = self.get(&path).await?;
            into.put(path, file);
        }
        Ok(())
    }

    /// Headers of guarded entries from an index of the journal log on.
    pub(super) async fn guarded(&mut self, worker: &Worker, from: u64) -> Result<GuardedHeaders, HubSilence> {
        let client = self.client()?;
        let exporter = client.exporter().await?;
        let signed = worker.do_in_turn(move |service| service.ask_guarded(Bytes(exporter), from)).await;
        let Ok(Ok(signed)) = signed else { return Err(HubSilence::Unsigned) };
        let bound = |now: &[u8; 32]| match *now == exporter {
            true => Ok(signed),
            false => Err("the connection was lost meanwhile".to_owned()),
        };
        match client.post_bound("guarded", bound).await? {
            (200, body) => GuardedHeaders::parse(&body).map_err(|_| HubSilence::Unreadable),
            (status, _) => Err(HubSilence::Status { status }),
        }
    }
}
