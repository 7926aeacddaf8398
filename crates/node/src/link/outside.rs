//! The hub's log and the trustees, as an opening needs them: over HTTPS, each pinned by the register.

use std::collections::BTreeMap;
use std::time::Duration;

use counterseal_ledger::{InclusionProof, LogPath, Receipt, SignedCheckpoint, Tile, TileReader};
use counterseal_model::cbor::to_bytes;
use counterseal_register::{
    Bytes, JournalLeaf, KeyId, Label, LeafPushed, LogKind, TrusteeAnswer, TrusteeCall,
};
use counterseal_seal::sign_statement;

use super::LinkError;
use super::http::{HttpFailure, HttpGet, Place, Trust};
use super::patience::Since;
use super::pin::Shown;
use crate::desk::{Desk, Outside, TrusteeTarget};
use crate::error::NodeError;

/// Without a byte for so long, the hub does not answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// For so long it is waited for a checkpoint that covers the leaf and that a quorum has cosigned.
const COSIGNED: Duration = Duration::from_secs(30);
/// Between two looks at the newest checkpoint.
const LOOK: Duration = Duration::from_millis(25);
/// Most bytes of an answer of the hub's: a tile, a checkpoint.
const MOST: usize = 256 * 1024;

/// The hub at its address, and the trustees at those of the register, or at others.
pub struct OutsideLine {
    hub: String,
    elsewhere: BTreeMap<KeyId, String>,
    open: Option<HttpGet>,
}

impl OutsideLine {
    /// The hub at `host:port`. `elsewhere` names other addresses of trustees than the register's; what answers there
    /// must show a pinned certificate all the same.
    #[must_use]
    pub fn new(hub: &str, elsewhere: BTreeMap<KeyId, String>) -> Self {
        Self { hub: hub.to_owned(), elsewhere, open: None }
    }

    /// Asks the trustees for what waits for this desk, and opens it: notices, and mail of other desks. Trustees that
    /// cannot be reached are left out; `Desk::openings_known` says what that means.
    ///
    /// # Errors
    /// When the store fails.
    pub fn fetch_post(&mut self, desk: &mut Desk) -> Result<u64, NodeError> {
        desk.ask_trustees(&self.elsewhere)?;
        let opened = desk.open_post()?;
        desk.tend_decoys(self)?;
        Ok(opened)
    }

    /// The connection to the hub, which is kept.
    fn hub(&mut self, desk: &Desk) -> Result<&mut HttpGet, LinkError> {
        if self.open.is_none() {
            let bad = || LinkError::Address { address: self.hub.clone() };
            let (host, port) = self.hub.rsplit_once(':').ok_or_else(bad)?;
            let (host, port, path) = (host.to_owned(), port.parse().map_err(|_| bad())?, String::new());
            let pins = desk.register().hub(desk.moment()).ok_or(LinkError::NoHub)?.pins;
            let pins = pins.to_vec();
            let place = Place { tls: true, host, port, path };
            let trust = Trust::Pins(pins, Shown::default());
            self.open = Some(HttpGet::connect(&place, trust, PATIENCE).map_err(failed)?);
        }
        self.open.as_mut().ok_or(LinkError::Silent)
    }

    fn get(&mut self, desk: &Desk, path: &str) -> Result<Option<Vec<u8>>, LinkError> {
        let answers = self.hub(desk)?.get(&[path.to_owned()], MOST);
        let answers = answers.map_err(|error| self.broke(error))?;
        Ok(answers.into_iter().next().filter(|(status, _)| *status == 200).map(|(_, body)| body))
    }

    fn broke(&mut self, error: HttpFailure) -> LinkError {
        self.open = None;
        failed(error)
    }

    /// The newest checkpoint of the journal log that covers a leaf and that a quorum has cosigned.
    fn cosigned(&mut self, desk: &Desk, index: u64) -> Result<SignedCheckpoint, LinkError> {
        let policy = desk.log_policy().ok_or(LinkError::NoHub)?;
        let begun = Since::now();
        loop {
            let note = self.get(desk, &path_of(&LogPath::Checkpoint))?;
            let signed = note.and_then(|note| SignedCheckpoint::parse(&note).ok());
            let covers = signed.filter(|signed| signed.claims().head().size > index);
            if let Some(signed) = covers.filter(|signed| policy.evaluate(signed.clone()).is_ok()) {
                return Ok(signed);
            }
            if begun.is_longer_than(COSIGNED) {
                return Err(LinkError::Silent);
            }
            std::thread::sleep(LOOK);
        }
    }
}

impl Outside for OutsideLine {
    fn push_leaf(&mut self, desk: &Desk, leaf: &JournalLeaf) -> Result<u64, LinkError> {
        let exporter = self.hub(desk)?.exporter().ok_or(LinkError::Silent)?;
        let pushed = LeafPushed {
            mission: desk.mission(),
            device: desk.device(),
            exporter: Bytes(exporter),
            leaf: Bytes(leaf.to_bytes()),
            extra: Default::default(),
        };
        let signed = sign_statement(&to_bytes(&pushed), Label::HUB_LEAF, &[&desk.secrets]);
        let body = signed.map_err(NodeError::from)?.bytes().to_vec();
        let answer = self.hub(desk)?.post("leaf", &body, MOST);
        let (status, answer) = answer.map_err(|error| self.broke(error))?;
        let said = String::from_utf8_lossy(&answer).trim().to_owned();
        match (status, said.parse()) {
            (200, Ok(index)) => Ok(index),
            _ => {
                Err(NodeError::Unreachable { reason: format!("the hub did not take the leaf ({said})") }
                    .into())
            }
        }
    }

    fn prove_leaf(&mut self, desk: &Desk, leaf: &JournalLeaf, index: u64) -> Result<Vec<u8>, LinkError> {
        let checkpoint = self.cosigned(desk, index)?;
        let head = checkpoint.claims().head();
        let read = |tile: &Tile| -> Result<Vec<u8>, String> {
            let path = path_of(&LogPath::Tile(*tile));
            let found = self.get(desk, &path).map_err(|error| error.to_string())?;
            found.ok_or_else(|| "it is not there".to_owned())
        };
        let bad = |reason: String| LinkError::from(NodeError::Unreachable { reason });
        let mut tiles = TileReader::open(head, read).map_err(|error| bad(error.to_string()))?;
        let proof = InclusionProof::make(index, head.size, &mut tiles).map_err(|e| bad(e.to_string()))?;
        let hash = counterseal_ledger::Hash::leaf(&leaf.to_bytes());
        proof.verify(index, &hash, &head).map_err(|error| bad(error.to_string()))?;
        Ok(Receipt { extra: None, index, proof, checkpoint }.to_string().into_bytes())
    }

    fn call(
        &mut self,
        desk: &Desk,
        calls: Vec<(KeyId, TrusteeCall)>,
        heard: &mut dyn FnMut(KeyId, Result<TrusteeAnswer, LinkError>) -> bool,
    ) {
        let Some(set) = desk.register().trustees(desk.moment()) else { return };
        let mut targets: BTreeMap<KeyId, TrusteeTarget> = BTreeMap::new();
        for (trustee, call) in calls {
            let Some((_, known)) = set.find(trustee) else { continue };
            let target = targets.entry(trustee).or_insert_with(|| TrusteeTarget {
                trustee,
                pins: known.pins.iter().map(|pin| pin.0).collect(),
                url: known.url.clone(),
                calls: Vec::new(),
            });
            target.calls.push(call);
        }
        let targets: Vec<_> = targets.into_values().collect();
        let silent = |why: String| LinkError::from(NodeError::Unreachable { reason: why });
        let said = match desk.call_trustees(&targets, &self.elsewhere) {
            Ok(said) => said,
            Err(error) => {
                let reason = error.to_string();
                for target in &targets {
                    heard(target.trustee, Err(silent(reason.clone())));
                }
                return;
            }
        };
        for (target, (answers, why)) in targets.iter().zip(said) {
            let unanswered = target.calls.len().saturating_sub(answers.len());
            for (_, answer) in answers {
                heard(target.trustee, Ok(answer));
            }
            for _ in 0..unanswered {
                let why = why.clone().unwrap_or_else(|| "it does not answer".to_owned());
                heard(target.trustee, Err(silent(why)));
            }
        }
    }
}

fn path_of(path: &LogPath) -> String {
    format!("{}/{path}", LogKind::Journal.word())
}

fn failed(error: HttpFailure) -> LinkError {
    match error {
        HttpFailure::Line(error) => error.into(),
        HttpFailure::Tls(error) => error.into(),
        HttpFailure::Answer(_) => LinkError::Silent,
    }
}
