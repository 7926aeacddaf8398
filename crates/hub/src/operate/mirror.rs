//! What a restored hub lacks, fetched from a mirror of its logs (PROTOCOL section 9).

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use counterseal_ledger::{
    Bundle, Frontier, Hash, LogPath, Note, SignatureLine, SignedCheckpoint, VerifiedCheckpoint, VerifierKey,
    decode_bundle,
};
use counterseal_model::{Clock, StatementId, Timestamp};
use counterseal_register::{LogKind, TimeMark, sha256, statement_leaf, statement_named_by};
use counterseal_serve::{HttpClient, Method, Trust, Url};

use super::{OperationFailure, claimed_size};
use crate::config::HubConfig;
use crate::store::{Batch, Covers, HubStore, LeafBody, NewLeaf, NewStatement, SqliteStore, StoreReader};

/// How long a mirror may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Leaves in a full bundle.
const WIDTH: u64 = 256;
/// Most bytes of a bundle: 256 leaves, each with its length before it.
const MAX_BUNDLE: usize = 256 * (2 + 0xffff);

fn wrong(reason: impl ToString) -> OperationFailure {
    OperationFailure::Mirror { reason: reason.to_string() }
}

/// Statements that are too long for the log's files, by their ids: from a desk's copy of the log.
pub type Bodies = BTreeMap<StatementId, Vec<u8>>;

/// Fetches the leaves that a store lacks of one of its logs from a server of the log's files. Nothing is
/// stored before all leaves lead to a checkpoint that the log's own key has signed; then they are fetched once
/// more, held against the hashes of the first time, and stored some at a time, so that a long log needs no more
/// room than a short one. Cut off, it goes on when it is called again. Entries themselves come from desks, which
/// push them again. Gives the size that the log has then.
///
/// # Errors
/// When the mirror gives something else than the log, or the log names a long statement that is not in `bodies`.
pub async fn fetch_missing(
    config: &HubConfig,
    key: &VerifierKey,
    log: LogKind,
    (url, trusted): (&str, Option<&Path>),
    bodies: &Bodies,
    clock: &(dyn Clock + Send + Sync),
) -> Result<u64, OperationFailure> {
    let url = Url::parse(url).ok_or_else(|| wrong("it is no address"))?;
    let client = HttpClient::new(url, Trust::file(trusted), PATIENCE).map_err(wrong)?;
    let mut client = client.with_answers_up_to(MAX_BUNDLE);
    let mut store = SqliteStore::open(&config.store(), config.store_bytes)?;
    let reader = StoreReader::open(&config.store())?;
    let note = get(&mut client, &LogPath::Checkpoint).await?;
    let signed = SignedCheckpoint::parse(&note).map_err(wrong)?;
    let newest = signed.verify(std::slice::from_ref(key)).map_err(wrong)?;
    let (have, size) = (reader.size(log)?, newest.head().size);
    if have >= size {
        return Ok(have);
    }
    let (mut hashes, mut times) = (Vec::new(), Times::default());
    for number in have / WIDTH..size.div_ceil(WIDTH) {
        let leaves = bundle(&mut client, number, have, size).await?;
        if let Some(id) = leaves.iter().find_map(|leaf| missing_body(log, leaf, bodies)) {
            return Err(wrong(format!(
                "statement {} is too long for the log's files; give the logs of a desk",
                id.short()
            )));
        }
        hashes.extend(leaves.iter().map(|leaf| Hash::leaf(leaf)));
        times.take(log, &leaves)?;
    }
    check(&reader, log, have, &hashes, &newest)?;
    for number in have / WIDTH..size.div_ceil(WIDTH) {
        let have = reader.size(log)?;
        let leaves = bundle(&mut client, number, have, size).await?;
        let first = usize::try_from(have.saturating_sub(size - hashes.len() as u64)).unwrap_or(usize::MAX);
        let expected = hashes.iter().skip(first);
        if !leaves.iter().zip(expected).all(|(leaf, expected)| Hash::leaf(leaf) == *expected) {
            return Err(wrong("it gives other leaves the second time; what is stored is what it gave first"));
        }
        let batch = batch(&reader, log, have, leaves, bodies, &times, clock)?;
        store.append(&batch)?;
    }
    Ok(size)
}

/// The leaves of a bundle from `have` on.
async fn bundle(
    client: &mut HttpClient,
    number: u64,
    have: u64,
    size: u64,
) -> Result<Vec<Vec<u8>>, OperationFailure> {
    let bundle = Bundle::of_tree(number, size).ok_or_else(|| wrong("a bundle is missing"))?;
    let bytes = get(client, &LogPath::Entries(bundle)).await?;
    let entries = decode_bundle(&bytes, bundle.width()).map_err(wrong)?;
    let known = usize::try_from(have.saturating_sub(number * WIDTH)).unwrap_or(usize::MAX);
    Ok(entries.into_iter().skip(known).map(<[u8]>::to_vec).collect())
}

/// Since when statements stand, by the time marks among the leaves that came: the store must not take an assignment
/// of last year for one of today.
#[derive(Default)]
struct Times(Vec<(u64, Timestamp)>);

impl Times {
    /// Looks for marks among further leaves of the statement log. Their cosignatures were checked when the log took
    /// them, and the log's own key has signed the leaves.
    fn take(&mut self, log: LogKind, leaves: &[Vec<u8>]) -> Result<(), OperationFailure> {
        for leaf in leaves.iter().filter(|_| log == LogKind::Statements) {
            let Some(mark) = TimeMark::parse(leaf).transpose().map_err(wrong)? else { continue };
            let note = Note::parse(&mark.statements).map_err(wrong)?;
            let mut times: Vec<_> = note.signatures().iter().filter_map(time_of).collect();
            times.sort_unstable();
            if let Some(median) = times.get(times.len().saturating_sub(1) / 2) {
                self.0.push((claimed_size(&mark.statements)?, *median));
            }
        }
        Ok(())
    }

    /// The time of the first mark that covers a leaf; none beyond the last.
    fn of(&self, index: u64) -> Option<Timestamp> {
        let mut latest = None;
        for (covers, time) in &self.0 {
            latest = latest.max(Some(*time));
            if *covers > index {
                return latest;
            }
        }
        None
    }
}

/// The time in a cosignature, which stands before its 64 or 2420 bytes (C2SP tlog-cosignature).
fn time_of(line: &SignatureLine) -> Option<Timestamp> {
    let (time, signature) = line.signature.split_first_chunk::<8>()?;
    let is_cosignature = [64, 2420].contains(&signature.len());
    i64::try_from(u64::from_be_bytes(*time)).ok().filter(|_| is_cosignature).map(Timestamp)
}

fn missing_body(log: LogKind, leaf: &[u8], bodies: &Bodies) -> Option<StatementId> {
    let named = statement_named_by(leaf).filter(|_| log == LogKind::Statements)?;
    let held = bodies.get(&named).is_some_and(|body| *statement_leaf(body) == *leaf);
    (!held).then_some(named)
}

/// Stores the leaves that follow those of a store, if all of them together are those of a checkpoint. For
/// simulations, which fetch without a network.
///
/// # Errors
/// When they are not.
#[doc(hidden)]
pub fn take_missing(
    store: &mut dyn HubStore,
    reader: &StoreReader,
    log: LogKind,
    leaves: Vec<Vec<u8>>,
    newest: &VerifiedCheckpoint,
    clock: &(dyn Clock + Send + Sync),
) -> Result<(), OperationFailure> {
    let have = reader.size(log)?;
    let hashes: Vec<_> = leaves.iter().map(|leaf| Hash::leaf(leaf)).collect();
    check(reader, log, have, &hashes, newest)?;
    let mut times = Times::default();
    times.take(log, &leaves)?;
    let batch = batch(reader, log, have, leaves, &Bodies::new(), &times, clock)?;
    Ok(store.append(&batch)?)
}

async fn get(client: &mut HttpClient, path: &LogPath) -> Result<Vec<u8>, OperationFailure> {
    match client.request(Method::GET, &path.to_string(), Vec::new()).await.map_err(wrong)? {
        (200, body) => Ok(body),
        (status, _) => Err(wrong(format!("{path}: status {status}"))),
    }
}

/// Ours and theirs together have the root that was signed.
fn check(
    reader: &StoreReader,
    log: LogKind,
    have: u64,
    fetched: &[Hash],
    newest: &VerifiedCheckpoint,
) -> Result<(), OperationFailure> {
    let mut frontier = Frontier::new();
    while frontier.size() < have {
        let leaves = reader.log_leaves(log, frontier.size(), 4096)?;
        leaves.iter().for_each(|leaf| frontier.push(Hash::leaf(leaf)));
    }
    fetched.iter().for_each(|leaf| frontier.push(*leaf));
    if frontier.head() == newest.head() {
        return Ok(());
    }
    Err(wrong("its leaves and those of the backup are not those that the log's key has signed"))
}

fn batch(
    reader: &StoreReader,
    log: LogKind,
    have: u64,
    leaves: Vec<Vec<u8>>,
    bodies: &Bodies,
    times: &Times,
    clock: &(dyn Clock + Send + Sync),
) -> Result<Batch, OperationFailure> {
    let (mut batch, now) = (Batch::default(), clock.now());
    let mut covers = reader.marked()?.map_or_else(Covers::default, |(covers, _)| covers);
    for (index, leaf) in (have..).zip(leaves) {
        if log == LogKind::Journal {
            let leaf = leaf.try_into().map_err(|_| wrong("a leaf has another length"))?;
            batch.leaves.push(NewLeaf { index, leaf, at: now, body: LeafBody::Unknown });
            continue;
        }
        // The leaf of a long statement is its hash alone.
        let leaf = match statement_named_by(&leaf) {
            Some(id) => bodies.get(&id).cloned().ok_or_else(|| wrong("a statement is missing"))?,
            None => leaf,
        };
        let mark = TimeMark::parse(&leaf).transpose().map_err(wrong)?;
        if let Some(mark) = &mark {
            covers.statements = covers.statements.max(claimed_size(&mark.statements)?);
            if let Some(journal) = &mark.journal {
                covers.journal = claimed_size(journal)?;
            }
        }
        let (id, covers) = (sha256(&[&leaf]), mark.map(|_| covers));
        let at = times.of(index).unwrap_or(now);
        batch.statements.push(NewStatement { index, id, bytes: leaf, covers, at });
    }
    Ok(batch)
}
