//! A restored hub takes nothing in until it has what its witnesses have seen (PROTOCOL section 9).

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use counterseal_ledger::{SignedCheckpoint, TreeHead};
use counterseal_register::LogKind;
use counterseal_serve::{HttpClient, Method, Url};
use tokio::time::sleep;

use super::Shared;
use crate::config::WitnessPlace;
use crate::cosign::is_ours;

const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_secs(1);

/// Asks the witnesses until enough of them have said what they saw last, and all of it is in the store; then
/// opens the hub and removes the mark of the restore.
pub(super) async fn watch(shared: Arc<Shared>, places: Vec<WitnessPlace>, mark: PathBuf) {
    loop {
        match is_up_to_date(&shared, &places).await {
            Ok(true) => break,
            Ok(false) => tracing::warn!("the witnesses have seen more than this restored hub has"),
            Err(missing) => tracing::warn!(missing, "a restored hub waits for its witnesses' answers"),
        }
        sleep(PAUSE).await;
    }
    match std::fs::remove_file(&mark) {
        Ok(()) => shared.sequencer.open().await,
        Err(error) => tracing::error!(%error, "the mark of the restore cannot be removed"),
    }
}

/// Whether everything that a quorum can have cosigned is here; an error says how many answers are missing.
async fn is_up_to_date(shared: &Arc<Shared>, places: &[WitnessPlace]) -> Result<bool, u64> {
    let view = shared.sequencer.view();
    let quorum = view.register.quorum(view.now(shared.clock.now()));
    let Some(quorum) = quorum else { return Ok(true) };
    // So many that every quorum has one of them.
    let needed = (quorum.witnesses.len() as u64).saturating_sub(quorum.k()).saturating_add(1);
    let (mut answers, mut current) = (BTreeMap::new(), true);
    for place in places {
        let known = quorum.witnesses.iter().any(|witness| witness.name.as_str() == place.name);
        for log in LogKind::ALL.iter().filter(|_| known) {
            if let Some(ours) = has_all(shared, place, *log).await {
                current &= ours;
                *answers.entry(place.name.as_str()).or_insert(0) += 1;
            }
        }
    }
    let whole = answers.values().filter(|logs| **logs == LogKind::ALL.len()).count() as u64;
    if whole < needed { Err(needed - whole) } else { Ok(current) }
}

/// Whether what a witness cosigned last is part of the log here; none when it does not say.
async fn has_all(shared: &Arc<Shared>, place: &WitnessPlace, log: LogKind) -> Option<bool> {
    let key = shared.sequencer.log_key(log).clone();
    let mut client = HttpClient::new(Url::parse(&place.url)?, place.trust(), PATIENCE).ok()?;
    let path = format!("{}/checkpoint", key.name().mirror_folder());
    let (status, body) = client.request(Method::GET, &path, Vec::new()).await.ok()?;
    let view = shared.sequencer.view();
    let of = view.log(log);
    if status == 404 {
        // It has cosigned nothing of this log, or it is not the witness that it should be.
        return of.cosigned.is_none().then_some(true);
    }
    let signed = SignedCheckpoint::parse(&body).ok().filter(|_| status == 200)?;
    let seen = signed.verify(std::slice::from_ref(&key)).ok()?.head();
    let ours = of.checkpoint.as_ref().map_or(TreeHead::EMPTY, |ours| ours.head());
    let reader = shared.reader.clone();
    let held = tokio::task::spawn_blocking(move || is_ours(&reader, log, seen, ours)).await;
    held.ok()?.ok()
}
