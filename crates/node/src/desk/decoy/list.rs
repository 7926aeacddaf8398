//! The list of decoys: on the desk of the watch officer who had them planted, and in a compartment of the watch
//! office, for the others.

use std::collections::BTreeMap;

use counterseal_model::record::{Body, Kind, Note};
use counterseal_model::{Classification, CompartmentId, DeviceId, EntryId, Term, Timestamp};
use counterseal_register::Office;
use rusqlite::OptionalExtension;

use super::kept::SENT;
use crate::desk::Desk;
use crate::desk::read::view;
use crate::error::NodeError;

/// The label of a list in the watch office's compartment.
const TAG: &str = "decoy-list";

/// What can be said of a decoy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecoyState {
    /// The entry is here, of the desk that reported it, in the compartment that was asked for.
    There,
    /// The entry has not reached this desk.
    Unseen,
    /// It is another desk's, or stands elsewhere: whoever reported it named a record as a decoy.
    Wrong,
}

impl DecoyState {
    /// In a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::There => "there",
            Self::Unseen => "unseen",
            Self::Wrong => "wrong",
        }
    }
}

/// A decoy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoy {
    /// The entry; its only part is the decoy.
    pub entry: EntryId,
    /// The device that planted it.
    pub planter: DeviceId,
    /// The compartment.
    pub compartment: CompartmentId,
    /// What can be said of it.
    pub state: DecoyState,
}

impl Desk {
    /// The decoys this watch officer knows of, in the order of their entries; none on any other's desk.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn decoys(&self) -> Result<Vec<Decoy>, NodeError> {
        if !self.is_watch_officer() {
            return Ok(Vec::new());
        }
        let mut known: BTreeMap<EntryId, (DeviceId, CompartmentId)> = BTreeMap::new();
        for (_, kept) in self.kept_decoys(SENT)? {
            let asked = kept.instruction()?;
            known.extend(kept.entries.iter().map(|entry| (*entry, (asked.planter, asked.compartment))));
        }
        for (device, note) in self.tagged_notes(TAG)? {
            let by = self.person_of(device);
            let watch = |person| self.register.is_officer(person, Office::Watch, None, self.moment());
            // Else anybody who writes where a watch officer reads could call a record a decoy.
            if by.is_some_and(watch) {
                known.extend(note.text.lines().filter_map(read_line));
            }
        }
        known
            .into_iter()
            .map(|(entry, (planter, compartment))| {
                let state = self.decoy_state(entry, planter, compartment)?;
                Ok(Decoy { entry, planter, compartment, state })
            })
            .collect()
    }

    /// What was asked and not reported yet: how many decoys, on how many desks.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn decoys_awaited(&self) -> Result<(usize, usize), NodeError> {
        let (mut decoys, mut desks) = (0, 0);
        for (_, kept) in self.kept_decoys(SENT)?.iter().filter(|(_, kept)| kept.entries.is_empty()) {
            decoys += kept.instruction()?.lengths.len();
            desks += 1;
        }
        Ok((decoys, desks))
    }

    /// Writes what was reported into the compartment of the watch office, where one was named.
    ///
    /// # Errors
    /// When this desk may not write there.
    pub fn share_decoys(&mut self) -> Result<(), NodeError> {
        for (name, mut kept) in self.kept_decoys(SENT)? {
            let Some(list) = kept.list.filter(|_| !kept.listed && !kept.entries.is_empty()) else { continue };
            let asked = kept.instruction()?;
            let line = |entry: &EntryId| format!("{entry} {} {}", asked.planter, asked.compartment);
            let text = kept.entries.iter().map(line).collect::<Vec<_>>().join("\n");
            let tags = Term::from_text(TAG).into_iter().collect();
            let note = Note { text, tags, ..Note::default() };
            self.record_new(list, Body::Note(Box::new(note)), Classification::StrictlyConfidential)?;
            kept.listed = true;
            self.keep_decoys(&name, &kept)?;
        }
        Ok(())
    }

    fn decoy_state(
        &self,
        entry: EntryId,
        planter: DeviceId,
        compartment: CompartmentId,
    ) -> Result<DecoyState, NodeError> {
        let found: Option<([u8; 32], [u8; 16])> = self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT device, compartment FROM entry WHERE id = ?1")?;
            Ok::<_, NodeError>(find.query_row([entry.as_bytes()], |row| row.try_into()).optional()?)
        })?;
        Ok(match found {
            None => DecoyState::Unseen,
            Some(is) if is == (*planter.as_bytes(), *compartment.as_bytes()) => DecoyState::There,
            Some(_) => DecoyState::Wrong,
        })
    }

    /// The notes with a label that this desk can read, each with the device that wrote what is shown.
    pub(in crate::desk) fn tagged_notes(&self, tag: &str) -> Result<Vec<(DeviceId, Note)>, NodeError> {
        Ok(self.tagged_records(tag)?.into_iter().map(|one| (one.device, one.note)).collect())
    }

    /// As `tagged_notes`, with the record.
    pub(in crate::desk) fn tagged_records(&self, tag: &str) -> Result<Vec<TaggedNote>, NodeError> {
        let reader = self.reader();
        self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT no FROM record WHERE kind = ?1 ORDER BY no")?;
            let rows = list.query_map([Kind::Note.code()], |row| row.get(0))?;
            let mut found = Vec::new();
            for number in rows.collect::<Result<Vec<i64>, _>>()? {
                let one = view(db, &reader, number)?;
                let (Body::Note(note), Some(shown)) = (&one.part.body, one.shown.first()) else { continue };
                if note.tags.iter().any(|is| is.as_str() == tag) {
                    let (record, made) = (one.id(), shown.part.made);
                    let (device, compartment) = (shown.device, shown.compartment);
                    found.push(TaggedNote { record, device, compartment, made, note: (**note).clone() });
                }
            }
            Ok(found)
        })
    }
}

/// A note with a label.
pub(in crate::desk) struct TaggedNote {
    pub(in crate::desk) record: counterseal_model::RecordId,
    pub(in crate::desk) device: DeviceId,
    pub(in crate::desk) compartment: CompartmentId,
    pub(in crate::desk) made: Timestamp,
    pub(in crate::desk) note: Note,
}

fn read_line(line: &str) -> Option<(EntryId, (DeviceId, CompartmentId))> {
    let mut words = line.split(' ');
    let (entry, planter, compartment) = (words.next()?, words.next()?, words.next()?);
    Some((entry.parse().ok()?, (planter.parse().ok()?, compartment.parse().ok()?)))
}
