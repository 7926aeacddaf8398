//! Writing the inner stream of a pouch.

use std::collections::BTreeSet;

use counterseal_model::EntryId;
use counterseal_register::Entry;

use super::contents::{Contents, LogState};
use crate::bounded::{Data, List};
use crate::frame::{Done, Envelope, Frame, FrameType, LeafBytes, Leaves, Statements};
use crate::limits::{FRAME_TARGET, MAX_LEAVES, MAX_STATEMENTS};
use crate::outbox::Urgency;
use crate::pack::{Fit, Packer};

/// Writes frames in the order in which they are given: the caller begins with what matters most, so that a
/// pouch that breaks off has it. Every method gives the bytes to write next.
#[derive(Debug)]
pub struct PouchWriter {
    packer: Packer,
    written: BTreeSet<EntryId>,
}

impl PouchWriter {
    /// Begins a pouch with what it contains.
    #[must_use]
    pub fn begin(contents: Contents, logs: LogState) -> (Self, Vec<u8>) {
        let writer = Self { packer: Packer::new(contents.mission), written: BTreeSet::new() };
        let frames = [Frame::Contents(contents), Frame::LogState(logs)];
        (writer, frames.iter().flat_map(bytes_of).collect())
    }

    /// Statements of the log from an index on, or such as have no place in it yet.
    #[must_use]
    pub fn statements(&mut self, from: Option<u64>, envelopes: Vec<Vec<u8>>) -> Vec<u8> {
        let mut out = Vec::new();
        let mut index = from;
        let mut frame: Vec<Envelope> = Vec::new();
        let mut bytes = 0;
        let mut flush = |frame: &mut Vec<Envelope>| {
            let envelopes = std::mem::take(frame);
            let count = envelopes.len() as u64;
            if let Some(list) = List::new(envelopes).filter(|list| !list.is_empty()) {
                out.extend(bytes_of(&Frame::Statements(Statements::new(index, list))));
            }
            index = index.map(|index| index + count);
        };
        for envelope in envelopes.into_iter().filter_map(Data::new) {
            if bytes + envelope.len() > FRAME_TARGET || frame.len() == MAX_STATEMENTS {
                flush(&mut frame);
                bytes = 0;
            }
            bytes += envelope.len();
            frame.push(envelope);
        }
        flush(&mut frame);
        out
    }

    /// Leaves of the journal log from an index on.
    #[must_use]
    pub fn leaves(&mut self, from: u64, leaves: &[LeafBytes]) -> Vec<u8> {
        let starts = (from..).step_by(MAX_LEAVES);
        let frames =
            starts.zip(leaves.chunks(MAX_LEAVES)).filter_map(|(at, some)| Leaves::new(at, some.to_vec()));
        frames.flat_map(|leaves| bytes_of(&Frame::Leaves(leaves))).collect()
    }

    /// Entries with the index of their leaf, where they have one. An entry is written once.
    pub fn entries<'a>(
        &mut self,
        urgency: Urgency,
        entries: impl IntoIterator<Item = (Option<u64>, &'a Entry)>,
    ) -> Vec<u8> {
        let mut out = Vec::new();
        for (leaf, entry) in entries {
            if !self.written.insert(entry.id()) {
                continue;
            }
            if self.packer.add(leaf, entry, FRAME_TARGET) == Fit::Full {
                out.extend(self.flush(urgency));
                if self.packer.add(leaf, entry, FRAME_TARGET) == Fit::Full {
                    self.packer.add(leaf, entry, FrameType::Entries.limit());
                }
            }
        }
        out.extend(self.flush(urgency));
        out
    }

    /// The end: a pouch without it is known to be cut off.
    #[must_use]
    pub fn end(self) -> Vec<u8> {
        bytes_of(&Frame::End(Done::all()))
    }

    fn flush(&mut self, urgency: Urgency) -> Vec<u8> {
        self.packer.finish(urgency).map(|packed| bytes_of(&Frame::Entries(packed))).unwrap_or_default()
    }
}

fn bytes_of(frame: &Frame) -> Vec<u8> {
    frame.to_bytes().unwrap_or_default()
}
