//! What casework has at hand while the desk is unlocked, and nowhere else: requests that wait for approvals, and papers. It
//! goes when the desk is locked.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use axum::response::{IntoResponse, Response};
use counterseal_model::PersonId;
use counterseal_node::Asking;
use counterseal_register::sha256;

use super::ahead::Progress;
use crate::pages::{Reader, busy, missing};
use crate::server::App;
use crate::worker::Unlocked;

/// Most papers at hand; the oldest by name goes first.
const PAPERS: usize = 64;

/// What is at hand.
#[derive(Default)]
pub(crate) struct AtHand {
    /// Requests that wait for approvals, by what names them without these.
    pub(super) asked: BTreeMap<String, Waits>,
    /// Papers and approvals of shares, by the beginning of their SHA-256.
    papers: BTreeMap<String, Vec<u8>>,
    /// What says how far a request of this desk is.
    pub(super) progress: Option<Progress>,
}

/// Whoever unlocks a desk next is not told how far another's request came.
impl Drop for AtHand {
    fn drop(&mut self) {
        if let Some(progress) = &self.progress {
            progress.clear();
        }
    }
}

/// A request that waits for approvals. Its fresh key is in it: locked, it is over.
pub(super) struct Waits {
    pub(super) asking: Asking,
    pub(super) of: Vec<PersonId>,
}

impl AtHand {
    /// Keeps a paper, and says what it is called.
    pub(super) fn keep(&mut self, bytes: Vec<u8>) -> String {
        let name = hex::encode(sha256(&[&bytes])).get(..32).unwrap_or_default().to_owned();
        if self.papers.len() >= PAPERS {
            self.papers.pop_first();
        }
        self.papers.insert(name.clone(), bytes);
        name
    }

    /// A paper that is at hand.
    pub(super) fn paper(&self, name: &str) -> Option<&[u8]> {
        self.papers.get(name).map(Vec::as_slice)
    }
}

/// Gives bytes as a file to be kept.
pub(super) async fn file(
    State(app): State<App>,
    reader: Reader,
    name: String,
    find: impl FnOnce(&mut Unlocked) -> Option<Vec<u8>> + Send + 'static,
) -> Response {
    let found = app.worker.ask(move |room| Some(find(room.unlocked()?)));
    match found.await {
        Ok(Some(Some(bytes))) => {
            let headers = [
                (CONTENT_TYPE, "application/octet-stream".to_owned()),
                (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
            ];
            (headers, bytes).into_response()
        }
        Ok(Some(None)) => missing(reader).await,
        Ok(None) => (StatusCode::SEE_OTHER, [(LOCATION, "/unlock")]).into_response(),
        Err(_busy) => busy(reader.words),
    }
}

/// Bytes as people carry them in a message: hexadecimal, 64 digits a line.
pub(super) fn as_text(bytes: &[u8]) -> String {
    let digits = hex::encode(bytes);
    let lines = digits.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// The bytes of such a text; none when it is no such text.
pub(super) fn from_text(text: &str) -> Option<Vec<u8>> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    hex::decode(digits).ok().filter(|bytes| !bytes.is_empty())
}
