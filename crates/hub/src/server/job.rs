//! What a desk pushed, in its order: checked where many are checked at a time, and given to the one writer.

use std::sync::Arc;

use counterseal_model::{DeviceId, EntryId};
use counterseal_sync::{Acceptance, Code, PushPart, Pushed, Unpacked};
use tokio::sync::mpsc;

use super::Shared;
use super::supply::number_of;
use crate::sequencer::{CheckedEntry, Outcome, Push};
use crate::store::{Piece, StoreError};

/// Entries of one session that are checked and committed together, and a frame more.
const TOGETHER: usize = 2048;

/// One frame of pushes.
pub(super) enum Job {
    Statements(Vec<(counterseal_model::StatementId, Vec<u8>)>),
    Entries(Vec<Unpacked>),
    Part(PushPart),
}

/// What became of pushes.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub(super) accepted: Vec<Acceptance>,
    pub(super) refused: Vec<(Pushed, Code)>,
}

/// Does jobs one after the other: an entry may need the statement before it.
pub(super) async fn work(
    shared: Arc<Shared>,
    device: DeviceId,
    mut jobs: mpsc::Receiver<Job>,
    answers: mpsc::Sender<Answers>,
) {
    let mut next = None;
    loop {
        let job = match next.take() {
            Some(job) => Some(job),
            None => jobs.recv().await,
        };
        let Some(job) = job else { return };
        let done = match job {
            Job::Statements(statements) => push_statements(&shared, statements).await,
            Job::Entries(mut entries) => {
                // Who pushes a backlog has sent more by now: one commit does for all of it.
                while entries.len() < TOGETHER && next.is_none() {
                    match jobs.try_recv() {
                        Ok(Job::Entries(mut more)) => entries.append(&mut more),
                        Ok(other) => next = Some(other),
                        Err(_) => break,
                    }
                }
                let entries = entries.into_iter();
                let plain = entries.map(|one| (one.id, one.entry.to_bytes(), number_of(one.urgency)));
                push_entries(&shared, plain.collect()).await
            }
            Job::Part(part) => push_part(&shared, device, part).await,
        };
        shared.metrics.accepted.add(done.accepted.len() as u64);
        shared.metrics.refused.add(done.refused.len() as u64);
        if answers.send(done).await.is_err() {
            return;
        }
    }
}

async fn push_statements(
    shared: &Shared,
    statements: Vec<(counterseal_model::StatementId, Vec<u8>)>,
) -> Answers {
    let (ids, pushes): (Vec<_>, Vec<_>) =
        statements.into_iter().map(|(id, bytes)| (Pushed::Statement(id), Push::Statement(bytes))).unzip();
    let mut answers = Answers::default();
    give(shared, ids, pushes, &mut answers).await;
    answers
}

async fn push_entries(shared: &Shared, entries: Vec<(EntryId, Vec<u8>, u8)>) -> Answers {
    let register = Arc::clone(&shared.sequencer.view().register);
    // Signatures and hashes: many at a time, and not on the threads that serve connections.
    let check = move || {
        let checked = entries.into_iter().map(|(id, bytes, urgency)| {
            (Pushed::Entry(id), CheckedEntry::check(&register, bytes, urgency).map(Box::new))
        });
        checked.collect::<Vec<_>>()
    };
    let mut answers = Answers::default();
    let Ok(checked) = tokio::task::spawn_blocking(check).await else { return answers };
    let (mut ids, mut pushes) = (Vec::new(), Vec::new());
    for (what, checked) in checked {
        match checked {
            // The pieces of a large entry may be of another one than they say.
            Ok(entry) if Pushed::Entry(entry.id()) != what => refuse(&mut answers, what, "entry-other"),
            Ok(entry) => {
                ids.push(what);
                pushes.push(Push::Entry(entry));
            }
            Err(unfit) => refuse(&mut answers, what, unfit.code()),
        }
    }
    give(shared, ids, pushes, &mut answers).await;
    answers
}

async fn push_part(shared: &Shared, device: DeviceId, part: PushPart) -> Answers {
    let mut answers = Answers::default();
    let (entry, what) = (part.entry, Pushed::Entry(part.entry));
    let is_last = part.offset.saturating_add(part.bytes.len() as u64) >= part.total;
    let (offset, total) = (part.offset, part.total);
    let piece = Piece { entry, device, offset, total, bytes: part.bytes.into_vec() };
    let kept = shared.sequencer.keep_piece(piece).await;
    if !is_last {
        // What could not be kept is found missing with the last piece.
        return answers;
    }
    let whole = match kept {
        Ok(()) => whole(shared, entry).await,
        Err(error) => Err(error),
    };
    match whole {
        Ok(bytes) if bytes.len() as u64 == total => {
            answers = push_entries(shared, vec![(entry, bytes, 2)]).await;
            shared.sequencer.drop_pieces(entry).await;
        }
        Ok(_) => refuse(&mut answers, what, "entry-pieces-missing"),
        Err(error) => refuse(&mut answers, what, error.code()),
    }
    answers
}

async fn whole(shared: &Shared, entry: EntryId) -> Result<Vec<u8>, StoreError> {
    let reader = shared.reader.clone();
    let read = tokio::task::spawn_blocking(move || reader.pieces(entry)).await;
    let failed = |error: tokio::task::JoinError| StoreError::Failed {
        action: "read pieces",
        reason: error.to_string(),
    };
    read.map_err(failed)?
}

async fn give(shared: &Shared, ids: Vec<Pushed>, pushes: Vec<Push>, answers: &mut Answers) {
    if pushes.is_empty() {
        return;
    }
    let outcomes = shared.sequencer.push(pushes).await;
    for (what, outcome) in ids.into_iter().zip(outcomes) {
        match outcome {
            Outcome::Accepted { index } => answers.accepted.push(Acceptance { what, index }),
            Outcome::Refused { code } => refuse(answers, what, code),
        }
    }
}

fn refuse(answers: &mut Answers, what: Pushed, code: &str) {
    // Codes of ours are short; a test walks them all.
    if let Some(code) = Code::new(code) {
        answers.refused.push((what, code));
    }
}
