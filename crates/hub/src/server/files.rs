//! The logs' files over HTTP (C2SP tlog-tiles): `/statements/...` and `/journal/...`, each with
//! `checkpoint`, `tile/<L>/<N>` and `tile/entries/<N>`; whole statements, `/statements/envelope/<id>`; and
//! `/succession`.

use std::str::FromStr;
use std::sync::Arc;

use counterseal_ledger::LogPath;
use counterseal_model::StatementId;
use counterseal_register::LogKind;
use counterseal_serve::{Answer, Incoming, Method, Request, StatusCode, answer, immutable, text};

use super::Shared;
use crate::store::StoreError;

/// Before the id of a statement.
const ENVELOPE: &str = "/statements/envelope/";

/// Where a desk that does not know this hub's certificate asks who put it there.
const SUCCESSION: &str = "/succession";

/// The governors' statements by which one hub took over from another, the oldest first, each after its length as a
/// big-endian u32. Whoever asks checks who signed them.
fn successions(shared: &Shared) -> Answer {
    let register = Arc::clone(&shared.sequencer.view().register);
    let logs = register.log_generations(LogKind::Statements, register.last());
    let read = || -> Result<Vec<Vec<u8>>, StoreError> {
        let mut statements = Vec::new();
        for begins in logs.iter().filter_map(|log| log.begins) {
            let rows = shared.reader.statements(begins.size..begins.size + 1, usize::MAX)?;
            statements.extend(rows.into_iter().map(|row| row.bytes));
        }
        statements.extend(shared.reader.obeyed()?);
        Ok(statements)
    };
    match read() {
        Ok(statements) => {
            let framed = statements.into_iter().flat_map(|one| {
                [u32::try_from(one.len()).unwrap_or(u32::MAX).to_be_bytes().to_vec(), one].concat()
            });
            answer(StatusCode::OK, "application/octet-stream", framed.collect::<Vec<u8>>())
        }
        Err(error) => {
            tracing::error!(%error, "the successions cannot be read");
            text(StatusCode::INTERNAL_SERVER_ERROR, "not now\n")
        }
    }
}

/// Answers one request.
pub(super) async fn handle(shared: Arc<Shared>, request: Request<Incoming>) -> Answer {
    if request.method() != Method::GET {
        return text(StatusCode::METHOD_NOT_ALLOWED, "only GET\n");
    }
    let path = request.uri().path();
    if path == SUCCESSION {
        let read = tokio::task::spawn_blocking(move || successions(&shared)).await;
        return read.unwrap_or_else(|_| text(StatusCode::INTERNAL_SERVER_ERROR, "not now\n"));
    }
    if let Some(id) = path.strip_prefix(ENVELOPE) {
        let Some(id) = StatementId::from_str(id).ok().filter(|id| path.ends_with(&id.to_string())) else {
            return text(StatusCode::NOT_FOUND, "no such file\n");
        };
        let read = tokio::task::spawn_blocking(move || answer_with(envelope(&shared, id))).await;
        return read.unwrap_or_else(|_| text(StatusCode::INTERNAL_SERVER_ERROR, "not now\n"));
    }
    let found = LogKind::ALL.iter().find_map(|log| {
        let rest = path.strip_prefix('/')?.strip_prefix(log.word())?.strip_prefix('/')?;
        Some((*log, LogPath::parse(rest).ok()?))
    });
    let Some((log, path)) = found else { return text(StatusCode::NOT_FOUND, "no such file\n") };
    let read = tokio::task::spawn_blocking(move || file(&shared, log, path)).await;
    read.unwrap_or_else(|_| text(StatusCode::INTERNAL_SERVER_ERROR, "not now\n"))
}

fn file(shared: &Shared, log: LogKind, path: LogPath) -> Answer {
    let view = shared.sequencer.view();
    let of = view.log(log);
    let signed = of.checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.head().size);
    // What no checkpoint covers is not shown: it may be written again.
    let covered = |index: u64, level: u8, width: u16| {
        let hashes = signed >> (8 * u32::from(level));
        index.checked_mul(256).and_then(|first| first.checked_add(width.into())).is_some_and(|e| e <= hashes)
    };
    let read = match path {
        LogPath::Checkpoint => {
            let cosigned = of.cosigned.as_ref().map(|(_, note)| note.as_bytes().to_vec());
            let note = cosigned.or_else(|| of.checkpoint.as_ref().map(|own| own.to_string().into_bytes()));
            return match note {
                Some(note) => text(StatusCode::OK, note),
                None => text(StatusCode::NOT_FOUND, "nothing signed yet\n"),
            };
        }
        LogPath::Tile(tile) if covered(tile.index(), tile.level(), tile.width()) => {
            shared.reader.tile(log, tile)
        }
        LogPath::Entries(bundle) if covered(bundle.index(), 0, bundle.width()) => {
            shared.reader.bundle(log, bundle)
        }
        LogPath::Tile(_) | LogPath::Entries(_) => Ok(None),
    };
    answer_with(read)
}

/// A statement that stands in the log by its id (docs/spec/register.md), for whoever audits it.
fn envelope(shared: &Shared, id: StatementId) -> Result<Option<Vec<u8>>, StoreError> {
    let view = shared.sequencer.view();
    let signed = view.log(LogKind::Statements).checkpoint.as_ref().map_or(0, |own| own.head().size);
    let index = shared.reader.statement_index(id.as_bytes())?.filter(|index| *index < signed);
    let Some(index) = index else { return Ok(None) };
    Ok(shared.reader.statements(index..index + 1, usize::MAX)?.pop().map(|row| row.bytes))
}

fn answer_with(read: Result<Option<Vec<u8>>, StoreError>) -> Answer {
    match read {
        Ok(Some(bytes)) => immutable(answer(StatusCode::OK, "application/octet-stream", bytes)),
        Ok(None) => text(StatusCode::NOT_FOUND, "no such file\n"),
        Err(error) => {
            tracing::error!(%error, "a file of a log cannot be read");
            text(StatusCode::INTERNAL_SERVER_ERROR, "not now\n")
        }
    }
}
