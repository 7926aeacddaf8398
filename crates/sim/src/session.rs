//! A session between a desk and the real hub's code, byte for byte, over a connection that is cut, slow, or
//! hostile.

use counterseal_hub::{SteppedHub, SteppedSession};
use counterseal_model::Timestamp;
use counterseal_node::{Desk, NodeError, SyncOptions, SyncReport};
use counterseal_sync::{Acceptance, Supply};

use crate::rng::Choices;

/// How the connection is.
pub(crate) struct Line {
    /// Bytes in both directions until it is cut.
    pub(crate) cut: Option<u64>,
    /// Whether bytes come in pieces of any length.
    pub(crate) pieces: bool,
    /// Whether the hub leaves entries out.
    pub(crate) withholds: bool,
    /// Whether the desk takes no hub's word for what it holds (`counterseal sync --anew`).
    pub(crate) anew: bool,
}

/// How a session ended.
pub(crate) enum End {
    /// Both sides have said all.
    Whole(Box<SyncReport>),
    /// The connection was cut.
    Cut,
    /// Neither side said anything more, and it was not over.
    Stuck,
    /// The desk refuses.
    Desk(Box<NodeError>),
    /// The hub refuses, or its store fails.
    Hub(String),
}

/// One session; with it, what the hub acknowledged in it.
pub(crate) fn session(
    desk: &mut Desk,
    hub: &mut SteppedHub,
    now: Timestamp,
    line: &Line,
    rng: &mut Choices,
) -> (End, Vec<Acceptance>) {
    let exporter = [42; 32];
    let mut theirs = SteppedSession::new(hub, exporter);
    if line.withholds {
        theirs.tell(Box::new(leave_out));
    }
    let end = talk(desk, hub, &mut theirs, now, line, rng, &exporter);
    let accepted = theirs.accepted().to_vec();
    (end, accepted)
}

/// Leaves the first of several entries out.
fn leave_out(supply: &mut Supply) {
    if let Supply::Entries(entries) = supply
        && entries.len() > 1
    {
        entries.remove(0);
    }
}

fn talk(
    desk: &mut Desk,
    hub: &mut SteppedHub,
    theirs: &mut SteppedSession,
    now: Timestamp,
    line: &Line,
    rng: &mut Choices,
    exporter: &[u8; 32],
) -> End {
    let refused = |error: NodeError| End::Desk(Box::new(error));
    let mut run = match desk.begin_sync(exporter, &SyncOptions { anew: line.anew, ..SyncOptions::default() })
    {
        Ok(run) => run,
        Err(error) => return refused(error),
    };
    let mut wire = Wire { left: line.cut, pieces: line.pieces };
    let mut to_hub: Vec<u8> = Vec::new();
    loop {
        let mut moved = false;
        loop {
            match run.next_output(desk) {
                Ok(Some(out)) => {
                    moved = true;
                    to_hub.extend(out);
                }
                Ok(None) => break,
                Err(error) => return refused(error),
            }
        }
        while !to_hub.is_empty() {
            let (piece, is_cut) = wire.carry(&to_hub, rng);
            let mut input = piece.as_slice();
            if let Err(end) = theirs.feed(hub, now, &mut input) {
                return End::Hub(end.to_string());
            }
            if is_cut {
                return End::Cut;
            }
            let taken = piece.len() - input.len();
            to_hub.drain(..taken);
            if taken == 0 {
                break; // it wants to answer first
            }
            moved = true;
        }
        loop {
            match theirs.next_output(hub) {
                Ok(Some(out)) => {
                    moved = true;
                    let mut out = out.as_slice();
                    while !out.is_empty() {
                        let (piece, is_cut) = wire.carry(out, rng);
                        if let Err(error) = run.feed(desk, &piece) {
                            return refused(error);
                        }
                        if is_cut {
                            return End::Cut;
                        }
                        out = out.get(piece.len()..).unwrap_or_default();
                    }
                }
                Ok(None) => break,
                Err(end) => return End::Hub(end.to_string()),
            }
        }
        if run.is_finished() {
            return End::Whole(Box::new(run.report()));
        }
        if !moved {
            return End::Stuck;
        }
    }
}

struct Wire {
    left: Option<u64>,
    pieces: bool,
}

impl Wire {
    /// What arrives of some bytes, and whether that was the last.
    fn carry(&mut self, bytes: &[u8], rng: &mut Choices) -> (Vec<u8>, bool) {
        let mut length = bytes.len();
        if self.pieces {
            length = 1 + rng.index(length.min(4096));
        }
        let mut is_cut = false;
        if let Some(left) = &mut self.left {
            let most = usize::try_from(*left).unwrap_or(usize::MAX);
            if length >= most {
                (length, is_cut) = (most, true);
            }
            *left -= length as u64;
        }
        (bytes.get(..length).unwrap_or_default().to_vec(), is_cut)
    }
}
