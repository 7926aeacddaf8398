//! Asking the witnesses. For each log one task decides which checkpoint is asked for next, and for each
//! witness and log one task asks. All ask for the same checkpoint at a time, or a busy log would never get a
//! quorum for any; a witness that is slow or gone holds up nobody.

mod ask;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use counterseal_ledger::{Policy, PolicyRefusal, SignatureLine, SignedCheckpoint, VerifiedCheckpoint};
use counterseal_register::LogKind;
use counterseal_serve::{HttpClient, Stop, Url};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, timeout_at};

use crate::config::WitnessPlace;
use crate::sequencer::Sequencer;
use crate::store::StoreReader;

use ask::{Asker, Target};
pub(crate) use ask::{consistency, is_ours};

/// How long a quorum is waited for before the newest checkpoint is asked for instead.
const ROUND: Duration = Duration::from_secs(10);
/// How long more cosignatures are waited for once there is a quorum: desks look at all witnesses.
const GRACE: Duration = Duration::from_millis(500);
/// After a round without a quorum.
const PAUSE: Duration = Duration::from_millis(500);
/// How long a witness may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A witness's answer to a target.
pub(crate) struct Lines {
    size: u64,
    witness: usize,
    lines: Vec<SignatureLine>,
}

/// Starts the tasks for both logs; they end when they are told to stop.
pub(crate) fn start(
    places: &[WitnessPlace],
    hub: &Sequencer,
    reader: &StoreReader,
    stop: &Stop,
) -> Vec<tokio::task::JoinHandle<()>> {
    let mut tasks = Vec::new();
    for log in LogKind::ALL {
        let (targets, target) = watch::channel(None::<Target>);
        let (answers, inbox) = mpsc::channel(places.len().max(1) * 2);
        for (witness, place) in places.iter().enumerate() {
            let client =
                Url::parse(&place.url).ok_or_else(|| "it is no address".to_owned()).and_then(|url| {
                    let client = HttpClient::new(url, place.trust(), PATIENCE);
                    client.map_err(|error| error.to_string())
                });
            match client {
                Ok(client) => {
                    let (hub, reader) = (hub.clone(), reader.clone());
                    let asker = Asker::new(*log, witness, client, hub, reader);
                    tasks.push(until(stop, asker.run(target.clone(), answers.clone())));
                }
                Err(error) => tracing::error!(witness, %error, "a witness cannot be asked"),
            }
        }
        let round = Rounds { log: *log, asked: places.len(), hub: hub.clone(), targets, inbox };
        tasks.push(until(stop, round.run()));
    }
    tasks
}

fn until(stop: &Stop, task: impl Future<Output = ()> + Send + 'static) -> tokio::task::JoinHandle<()> {
    let stop = stop.clone();
    tokio::spawn(async move {
        stop.or(task).await;
    })
}

struct Rounds {
    log: LogKind,
    asked: usize,
    hub: Sequencer,
    targets: watch::Sender<Option<Target>>,
    inbox: mpsc::Receiver<Lines>,
}

impl Rounds {
    async fn run(mut self) {
        let mut changes = self.hub.watch();
        loop {
            let view = self.hub.view();
            let log = view.log(self.log);
            let newest = log.checkpoint.clone();
            let covered = log.cosigned.as_ref().map(|(size, _)| *size);
            let due = newest.filter(|newest| covered.is_none_or(|size| size < newest.head().size));
            // Desks hold it against the quorum that the log names there, whatever a clock says.
            let policy = due.as_ref().and_then(|due| view.policy(self.log, due.head().size));
            let (Some(checkpoint), Some(policy)) = (due, policy) else {
                if changes.changed().await.is_err() {
                    return;
                }
                continue;
            };
            if !self.round(checkpoint, &policy).await {
                sleep(PAUSE).await;
            }
        }
    }

    /// Asks all witnesses for one checkpoint; whether a quorum cosigned it and that was kept.
    async fn round(&mut self, checkpoint: Arc<VerifiedCheckpoint>, policy: &Policy) -> bool {
        let (size, round) = (checkpoint.head().size, Instant::now());
        let mut signed = checkpoint.signed().clone();
        self.targets.send_replace(Some(Target { checkpoint, asked: round }));
        let (mut kept, mut answered, mut deadline) = (false, BTreeSet::new(), round + ROUND);
        while answered.len() < self.asked {
            let Ok(Some(lines)) = timeout_at(deadline, self.inbox.recv()).await else { break };
            // An answer to an earlier round came too late for it.
            if lines.size != size {
                continue;
            }
            answered.insert(lines.witness);
            let mut with = signed.clone();
            let before = standing(policy, &signed).map_or(0, |standing| standing.witnesses);
            let Some(now) = with.add(lines.lines).ok().and_then(|()| standing(policy, &with)) else {
                tracing::warn!(witness = lines.witness, "a witness's cosignature is false");
                continue;
            };
            if now.witnesses <= before {
                tracing::warn!(witness = lines.witness, "a witness is not the one that the register names");
                continue;
            }
            signed = with;
            // What comes after the quorum is shown too: desks look at all witnesses.
            if now.quorum {
                kept = self.hub.cosigned(self.log, size, signed.to_string()).await.is_ok();
                deadline = deadline.min(Instant::now() + GRACE);
            }
        }
        if !kept {
            tracing::warn!(log = self.log.word(), "no quorum of witnesses has cosigned in time");
        }
        kept
    }
}

/// How a checkpoint stands to the policy that desks hold it against.
struct Standing {
    witnesses: usize,
    quorum: bool,
}

/// None when a signature on it is false: with such a line nobody would take the note.
fn standing(policy: &Policy, checkpoint: &SignedCheckpoint) -> Option<Standing> {
    match policy.evaluate(checkpoint.clone()) {
        Ok(cosigned) => Some(Standing { witnesses: cosigned.cosigned().len(), quorum: true }),
        Err(PolicyRefusal::NoQuorum { cosigned }) => {
            Some(Standing { witnesses: cosigned.len(), quorum: false })
        }
        Err(PolicyRefusal::Checkpoint(_)) => None,
    }
}
