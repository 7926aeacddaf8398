//! `POST /guarded`: a trustee asks for the signed headers of guarded entries, from an index of the journal log on.
//! What the headers hold for it, it opens itself; the ciphertexts are not its business.

use counterseal_register::{Blob, GuardedAsked, GuardedHeader, GuardedHeaders, HybridKey, KeyId, LogKind};
use counterseal_serve::{Answer, Connection, Incoming, Request, StatusCode, answer};

use super::Shared;
use super::gate::Caller;
use super::visit::{Denied, Visit, check_exporter, read};
use crate::sequencer::View;
use crate::store::{StoreError, StoreReader};

/// About how many bytes of headers one answer has; one header may be longer.
const MAX_HEADERS: usize = 1024 * 1024;

pub(super) async fn give(
    visit: &Visit,
    request: Request<Incoming>,
    connection: &Connection,
) -> Result<Answer, Denied> {
    let (shared, (said, bytes)) = (&visit.shared, read::<GuardedAsked>(request).await?);
    let (trustee, view) = (said.claims().trustee, shared.sequencer.view());
    // A key that is no trustee's and a false signature look the same from outside.
    let unknown = Denied::forbidden("trustee-unknown");
    let key = trustee_key(shared, &view, trustee).ok_or(unknown)?;
    let said = said.verify_trustee(view.register.mission(), key).map_err(|_| unknown)?.into_body();
    check_exporter(&said.exporter.0, connection)?;
    visit.let_in(Caller::Trustee(trustee), bytes, connection).await?;
    // What no checkpoint covers is not shown: it has no place that anybody could prove.
    let signed = view.log(LogKind::Journal).checkpoint.as_ref().map_or(0, |signed| signed.head().size);
    let (reader, from) = (shared.reader.clone(), said.from);
    let found = tokio::task::spawn_blocking(move || headers(&reader, from, signed)).await;
    let found = found.map_err(|_| Denied::not_now("hub-store-failed"))?.map_err(|error| {
        tracing::error!(%error, "headers cannot be read");
        Denied::not_now(error.code())
    })?;
    shared.metrics.headers.add(found.headers.len() as u64);
    Ok(answer(StatusCode::OK, "application/octet-stream", found.to_bytes()))
}

/// The key of a trustee of a set that is or was in force. One that only waits to come in has nothing to open yet.
fn trustee_key<'a>(shared: &Shared, view: &'a View, trustee: KeyId) -> Option<&'a HybridKey> {
    let now = view.now(shared.clock.now());
    view.register.trustee_sets(now).find_map(|set| set.find(trustee)).map(|(_, trustee)| &trustee.key)
}

fn headers(reader: &StoreReader, from: u64, end: u64) -> Result<GuardedHeaders, StoreError> {
    // Looked for first: what comes back meanwhile is then asked for once too often, and not never.
    let bare = reader.first_bare(from..end)?;
    let (found, cut) = reader.guarded(from..end, MAX_HEADERS)?;
    // Where the answer was cut off the next one begins; else where the log ends, or where there is nothing yet.
    let next = cut.unwrap_or(end).max(from);
    let headers = found.into_iter();
    Ok(GuardedHeaders {
        headers: headers
            .map(|row| GuardedHeader {
                index: row.index,
                header: Blob(row.header),
                extra: Default::default(),
            })
            .collect(),
        next,
        lacking: bare.filter(|index| *index < next),
        extra: Default::default(),
    })
}
