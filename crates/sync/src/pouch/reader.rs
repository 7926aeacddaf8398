//! Reading the inner stream of a pouch.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::{DeviceId, EntryId, JournalId, MissionId};

use super::contents::{Contents, LogState};
use super::refusal::PouchRefusal;
use crate::frame::{Frame, FrameReader, FrameRefusal, FrameType, Leaves, Statements};
use crate::frontier::JournalHead;
use crate::limits::VERSION;
use crate::pack::{Unpacked, Unpacker};
use crate::ranges::RangeSet;

/// What a pouch holds.
const IN_A_POUCH: &[FrameType] = &[
    FrameType::Contents,
    FrameType::LogState,
    FrameType::Statements,
    FrameType::Leaves,
    FrameType::Entries,
    FrameType::End,
];

/// What came out of a pouch. Nothing is verified: a pouch may have been written by anyone who knows the
/// receivers' keys, and what it says counts as much as the signatures in it. To read it twice, or after a
/// newer one, changes nothing: entries and statements are known by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one at a time")]
pub enum PouchEvent {
    /// What the writer holds and the pouch carries. First of all.
    Contents(Contents),
    /// Checkpoints.
    LogState(LogState),
    /// Statements; a place in the log is the writer's word.
    Statements(Statements),
    /// Leaves; their place is the writer's word.
    Leaves(Leaves),
    /// Entries, each once; those without a leaf are provisional.
    Entries(Vec<Unpacked>),
    /// All of it was read.
    End,
}

/// What a pouch promised and did not hold, because it was cut off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unread {
    /// Places per journal, with what the writer holds of it.
    pub entries: Vec<(JournalHead, RangeSet)>,
    /// How many statements.
    pub statements: u64,
}

/// Reads frames from bytes that come in any pieces.
#[derive(Debug)]
pub struct PouchReader {
    mission: MissionId,
    frames: FrameReader,
    unpacker: Unpacker,
    contents: Option<Contents>,
    seen: BTreeSet<EntryId>,
    places: BTreeMap<(DeviceId, JournalId), RangeSet>,
    statements: u64,
    ended: bool,
}

impl PouchReader {
    /// At the beginning of a pouch of this mission.
    #[must_use]
    pub fn new(mission: MissionId) -> Self {
        Self {
            mission,
            frames: FrameReader::new(IN_A_POUCH),
            unpacker: Unpacker::new(mission),
            contents: None,
            seen: BTreeSet::new(),
            places: BTreeMap::new(),
            statements: 0,
            ended: false,
        }
    }

    /// Takes bytes from the front of `input` until there is an event, or no more input.
    ///
    /// # Errors
    /// When the rest cannot be read. What came before stands.
    pub fn feed(&mut self, input: &mut &[u8]) -> Result<Option<PouchEvent>, PouchRefusal> {
        if self.ended && !input.is_empty() {
            return Err(PouchRefusal::AfterEnd);
        }
        let Some((frame, _)) = self.frames.read(input)? else { return Ok(None) };
        self.take(frame).map(Some)
    }

    fn take(&mut self, frame: Frame) -> Result<PouchEvent, PouchRefusal> {
        if matches!(frame, Frame::Contents(_)) != self.contents.is_none() {
            return Err(PouchRefusal::ContentsMisplaced);
        }
        match frame {
            Frame::Contents(contents) => {
                if contents.version != VERSION {
                    return Err(PouchRefusal::UnknownFrames { version: contents.version });
                }
                if contents.mission != self.mission {
                    return Err(PouchRefusal::OtherMission);
                }
                if !contents.is_orderly() {
                    return Err(PouchRefusal::ContentsDisorderly);
                }
                self.contents = Some(contents.clone());
                Ok(PouchEvent::Contents(contents))
            }
            Frame::LogState(logs) => Ok(PouchEvent::LogState(logs)),
            Frame::Statements(statements) => {
                self.statements = self.statements.saturating_add(statements.envelopes.len() as u64);
                Ok(PouchEvent::Statements(statements))
            }
            Frame::Leaves(leaves) => Ok(PouchEvent::Leaves(leaves)),
            Frame::Entries(packed) => {
                let mut entries = self.unpacker.unpack(packed)?;
                entries.retain(|one| self.seen.insert(one.id));
                for claimed in entries.iter().filter_map(|one| one.claimed) {
                    self.places.entry((claimed.device, claimed.journal)).or_default().insert(claimed.seq);
                }
                Ok(PouchEvent::Entries(entries))
            }
            Frame::End(_) => {
                self.ended = true;
                Ok(PouchEvent::End)
            }
            frame => Err(FrameRefusal::NotHere { kind: frame.kind() }.into()),
        }
    }

    /// Whether all of it was read.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.ended
    }

    /// What was promised and has not come. Of a pouch that is whole this is nothing, unless its writer
    /// lied.
    #[must_use]
    pub fn unread(&self) -> Unread {
        let Some(contents) = &self.contents else { return Unread::default() };
        let mut entries = Vec::new();
        for carried in contents.carried.iter() {
            let head = usize::try_from(carried.head).ok().and_then(|head| contents.heads.get(head));
            let Some(head) = head else { continue };
            let mut places = carried.places.clone();
            if let Some(came) = self.places.get(&head.key()) {
                places.subtract(came);
            }
            if !places.is_empty() {
                entries.push((*head, places));
            }
        }
        let statements = contents.statement_count.unwrap_or(0).saturating_sub(self.statements);
        Unread { entries, statements }
    }
}
