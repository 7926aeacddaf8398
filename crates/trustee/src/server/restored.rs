//! A restored trustee releases and cosigns nothing before it is shown what it lacks (PROTOCOL section 9).

use std::sync::atomic::Ordering;
use std::time::Duration;

use counterseal_ledger::{KeyName, SignedCheckpoint, WitnessStore};
use counterseal_register::{LogKind, WitnessUrl};
use counterseal_serve::{HttpClient, Method, Trust, Url};
use counterseal_witness::{WitnessDatabase, WitnessRecords};

use super::Shared;
use crate::config::WitnessPlace;
use crate::decide::MAX_AGE;
use crate::mirror::{Agreement, FollowError};
use crate::operate::head_seen;
use crate::store::{RestoreCheck, StoreError};

const PATIENCE: Duration = Duration::from_secs(5);

/// Looks what can be shown by now, and takes the store back into service if it is everything.
pub(super) async fn try_to_return(shared: &Shared) {
    let logs_fresh = shared.worker.do_in_turn({
        let now = shared.clock.now();
        move |service| service.mirror().may_release(now, MAX_AGE).is_ok()
    });
    let logs_fresh = logs_fresh.await == Ok(true);
    let check = RestoreCheck {
        logs_fresh,
        // Erasures are obeyed in the step that mirrors them.
        tombstones_applied: logs_fresh && shared.advanced.load(Ordering::SeqCst),
        witnesses_consistent: logs_fresh && are_consistent(shared).await,
        others_head: head_seen(&shared.config),
    };
    *shared.shown.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = check;
    // The witness first: what it cosigns from then on must continue what is mirrored here.
    if check.witnesses_consistent && !shared.advance_witness().await {
        return;
    }
    let confirmed =
        shared.worker.do_in_turn(move |service| service.store_mut().0.confirm_restored(&check)).await;
    match confirmed {
        Ok(Ok(())) => tracing::warn!("the restored trustee is in service again"),
        Ok(Err(StoreError::Restored { missing })) => {
            tracing::warn!(
                missing = missing.len(),
                "a restored trustee waits; 'trustee status' says for what"
            );
        }
        Ok(Err(error)) => tracing::error!(%error, "the restored store cannot be confirmed"),
        Err(_) => return,
    }
    shared.look(false).await;
}

/// Whether so many of the other witnesses that every quorum has one of them show what the mirror continues.
async fn are_consistent(shared: &Shared) -> bool {
    let view = shared.view();
    let now = view.now(shared.clock.now());
    let Some(quorum) = view.register.quorum(now) else { return false };
    let needed = (quorum.witnesses.len() as u64).saturating_sub(quorum.k()).saturating_add(1);
    let mut consistent = 0;
    for witness in quorum.witnesses.iter().filter(|one| one.name.as_str() != shared.witness_name) {
        let place = place_of(&shared.config.witnesses, witness.name.as_str(), witness.url.as_ref());
        let Some(place) = place else { continue };
        match saw_the_same(shared, &place).await {
            Some(true) => consistent += 1,
            Some(false) => return false,
            None => {}
        }
    }
    consistent >= needed
}

fn place_of(places: &[WitnessPlace], name: &str, url: Option<&WitnessUrl>) -> Option<WitnessPlace> {
    let configured = places.iter().find(|place| place.name == name).cloned();
    let named = || url.map(|url| (name.to_owned(), url.as_str().to_owned()));
    let from = |(name, url)| WitnessPlace { name, url, certificate: None };
    configured.or_else(|| named().map(from))
}

/// Whether what a witness saw last of both logs is here; none when it does not say.
async fn saw_the_same(shared: &Shared, place: &WitnessPlace) -> Option<bool> {
    let mut same = true;
    for log in LogKind::ALL {
        same &= saw_the_same_log(shared, place, *log).await?;
    }
    Some(same)
}

async fn saw_the_same_log(shared: &Shared, place: &WitnessPlace, log: LogKind) -> Option<bool> {
    let trust = match place.certificate {
        Some(_) => place.trust(),
        None => Trust::Roots,
    };
    let mut client = HttpClient::new(Url::parse(&place.url)?, trust, PATIENCE).ok()?;
    let view = shared.view();
    let present = view.register.log_generations(log, view.now(shared.clock.now())).pop()?;
    let folder = KeyName::parse(&present.origin).ok()?.mirror_folder();
    let (status, note) =
        client.request(Method::GET, &format!("{folder}/checkpoint"), Vec::new()).await.ok()?;
    if status != 200 {
        return None;
    }
    let held = move |service: &mut crate::service::Service| {
        let (store, mirror) = service.store_mut();
        mirror.check_note(store, log, &note)
    };
    match shared.worker.do_in_turn(held).await.ok()? {
        Ok(Agreement::Consistent) => Some(true),
        // Ahead: the next look at the hub brings it, or the hub keeps it back.
        Ok(Agreement::Ahead { .. } | Agreement::TwoTrees) => Some(false),
        Err(FollowError::TwoTrees { .. }) => Some(false),
        Err(_) => None,
    }
}

impl Shared {
    /// Has the witness begin where the mirror is: a witness's store that was lost would cosign an older tree. False
    /// when it could not.
    async fn advance_witness(&self) -> bool {
        let notes = self.worker.do_in_turn(|service| service.newest_notes()).await;
        let Ok(Ok(notes)) = notes else { return false };
        let (keys, path) = (self.log_keys(), self.config.witness_store());
        let begin = move || -> Option<()> {
            let store = WitnessDatabase::open(&path).ok()?;
            for note in notes {
                let new = SignedCheckpoint::parse(&note).ok()?.verify(&keys).ok()?;
                let old = store.latest(new.origin().as_str(), &keys).ok()?.map(|old| old.head());
                if old.is_none_or(|old| old.size < new.head().size) {
                    store.compare_and_set(old, &new).ok()?;
                }
            }
            Some(())
        };
        tokio::task::spawn_blocking(begin).await.ok().flatten().is_some()
    }
}
