//! One witness is asked about one log.

use std::sync::Arc;

use counterseal_ledger::{
    AddCheckpoint, Answer, ConsistencyProof, Frontier, SignatureLine, SignedCheckpoint, TileReader, TreeHead,
    VerifiedCheckpoint,
};
use counterseal_register::LogKind;
use counterseal_serve::{HttpClient, Method};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep};

use super::{Lines, PAUSE};
use crate::sequencer::Sequencer;
use crate::store::{StoreError, StoreReader};

/// Requests for one target before the next is waited for: one that meets a conflict, and one that does not.
const TRIES: usize = 3;

/// The checkpoint that all witnesses are asked for.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) checkpoint: Arc<VerifiedCheckpoint>,
    /// Makes two rounds for one checkpoint two targets.
    pub(super) asked: Instant,
}

pub(super) struct Asker {
    log: LogKind,
    witness: usize,
    client: HttpClient,
    hub: Sequencer,
    reader: StoreReader,
    /// The size that the witness cosigned last, as far as it is known here.
    known: u64,
}

impl Asker {
    pub(super) const fn new(
        log: LogKind,
        witness: usize,
        client: HttpClient,
        hub: Sequencer,
        reader: StoreReader,
    ) -> Self {
        Self { log, witness, client, hub, reader, known: 0 }
    }

    pub(super) async fn run(
        mut self,
        mut targets: watch::Receiver<Option<Target>>,
        answers: mpsc::Sender<Lines>,
    ) {
        while targets.changed().await.is_ok() {
            let Some(target) = targets.borrow_and_update().clone() else { continue };
            let size = target.checkpoint.head().size;
            match self.ask(&target.checkpoint).await {
                Ok(Some(lines)) => {
                    let lines = Lines { size, witness: self.witness, lines };
                    if answers.send(lines).await.is_err() {
                        return;
                    }
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(witness = self.witness, log = self.log.word(), %error, "a witness fails");
                    sleep(PAUSE).await;
                }
            }
            tracing::trace!(round = ?target.asked, "asked");
        }
    }

    async fn ask(
        &mut self,
        checkpoint: &Arc<VerifiedCheckpoint>,
    ) -> Result<Option<Vec<SignatureLine>>, String> {
        for _ in 0..TRIES {
            let head = checkpoint.head();
            if self.known > head.size {
                self.look_closer().await?;
                return Ok(None);
            }
            let proof = self.proof(head).await?;
            let request =
                AddCheckpoint { old_size: self.known, proof, checkpoint: checkpoint.signed().clone() };
            let body = request.to_string().into_bytes();
            let (status, body) = self
                .client
                .request(Method::POST, "add-checkpoint", body)
                .await
                .map_err(|error| error.to_string())?;
            match Answer::parse(status, &body).map_err(|error| error.to_string())? {
                Answer::Cosigned(lines) => {
                    self.known = head.size;
                    return Ok(Some(lines));
                }
                Answer::Conflict { size } if size == self.known => {
                    // The size is right and still there is a conflict: the roots differ.
                    self.look_closer().await?;
                    return Err("it has cosigned another tree of this size".to_owned());
                }
                Answer::Conflict { size } => self.known = size,
                Answer::Inconsistent => {
                    self.look_closer().await?;
                    return Err("it does not see that the log continues".to_owned());
                }
                Answer::UnknownLog => return Err("it does not know this log".to_owned()),
                Answer::Forbidden => return Err("it does not trust this log's key".to_owned()),
            }
        }
        Err("it gives another size each time".to_owned())
    }

    async fn proof(&self, head: TreeHead) -> Result<ConsistencyProof, String> {
        let (reader, log, old) = (self.reader.clone(), self.log, self.known);
        let made = tokio::task::spawn_blocking(move || consistency(&reader, log, old, head)).await;
        made.map_err(|error| error.to_string())?
    }

    /// The witness says that it has seen more than this log has, or something else. If it can show a
    /// checkpoint that this log's own key has signed, the hub's store is an old one: whatever it appended now
    /// would be a second tree. A witness that only says so is not believed.
    async fn look_closer(&mut self) -> Result<(), String> {
        let key = self.hub.log_key(self.log).clone();
        let path = format!("{}/checkpoint", key.name().mirror_folder());
        let answer = self.client.request(Method::GET, &path, Vec::new()).await;
        let (status, body) = answer.map_err(|error| error.to_string())?;
        if status != 200 {
            return Ok(());
        }
        let signed = SignedCheckpoint::parse(&body).map_err(|error| error.to_string())?;
        let seen = signed.verify(std::slice::from_ref(&key)).map_err(|error| error.to_string())?.head();
        let view = self.hub.view();
        let ours = view.log(self.log).checkpoint.as_ref().map_or(TreeHead::EMPTY, |ours| ours.head());
        let (reader, log) = (self.reader.clone(), self.log);
        let held = tokio::task::spawn_blocking(move || is_ours(&reader, log, seen, ours)).await;
        if !held.map_err(|error| error.to_string())?? {
            self.hub.close("hub-behind").await;
        }
        Ok(())
    }
}

/// Whether a head that was signed once is part of the present tree.
pub(crate) fn is_ours(
    reader: &StoreReader,
    log: LogKind,
    seen: TreeHead,
    ours: TreeHead,
) -> Result<bool, String> {
    if seen.size > ours.size {
        return Ok(false);
    }
    let mut tiles = open_tiles(reader, log, ours)?;
    let prefix = Frontier::read(seen.size, &mut tiles).map_err(|error| error.to_string())?;
    Ok(prefix.root() == seen.root)
}

/// The proof that the tree of a head continues its first `old` leaves.
pub(crate) fn consistency(
    reader: &StoreReader,
    log: LogKind,
    old: u64,
    head: TreeHead,
) -> Result<ConsistencyProof, String> {
    let mut tiles = open_tiles(reader, log, head)?;
    ConsistencyProof::make(old, head.size, &mut tiles).map_err(|error| error.to_string())
}

type ReadTile = Box<dyn FnMut(&counterseal_ledger::Tile) -> Result<Vec<u8>, StoreError>>;

fn open_tiles(reader: &StoreReader, log: LogKind, head: TreeHead) -> Result<TileReader<ReadTile>, String> {
    let reader = reader.clone();
    let missing = || StoreError::Failed { action: "find a tile", reason: "it is not there".to_owned() };
    let read: ReadTile =
        Box::new(move |tile| reader.tile(log, *tile).and_then(|found| found.ok_or_else(missing)));
    TileReader::open(head, read).map_err(|error| error.to_string())
}
