//! Notes from one shift to the next, in a compartment that both can read.

use counterseal_model::record::{Body, Note};
use counterseal_model::{CompartmentId, RecordId, Term};
use counterseal_register::sha256;
use rusqlite::OptionalExtension;

use super::Desk;
use super::read::{RecordView, view};
use crate::error::NodeError;

/// What such a note is labelled with.
const LABEL: &str = "shift-handover";

impl Desk {
    /// What notes of this mission from shift to shift are about (docs/spec/records.md, "Notes from shift to shift"):
    /// no record of its own, a place where all of them are found.
    #[must_use]
    pub fn shift_place(&self) -> RecordId {
        let hash = sha256(&[b"counterseal shift handover", self.mission().as_bytes()]);
        let mut id = [0; 16];
        id.iter_mut().zip(hash).for_each(|(into, byte)| *into = byte);
        RecordId::from_bytes(id)
    }

    /// Writes a note for whoever comes next. Durable when this returns.
    ///
    /// # Errors
    /// When the compartment cannot be written to, or the disk refuses.
    pub fn hand_over_shift(&mut self, compartment: CompartmentId, text: &str) -> Result<RecordId, NodeError> {
        let note = Note {
            about: Some(self.shift_place()),
            text: text.to_owned(),
            tags: Term::from_text(LABEL).into_iter().collect(),
            ..Note::default()
        };
        let class = self.default_class(compartment);
        self.record_new(compartment, Body::Note(Box::new(note)), class)
    }

    /// The newest notes from shift to shift, the last first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn shift_notes(&self, most: usize) -> Result<Vec<RecordView>, NodeError> {
        let (place, reader) = (self.shift_place(), self.reader());
        self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT no FROM record WHERE id = ?1")?;
            let about: Option<i64> = find.query_row([place.as_bytes()], |row| row.get(0)).optional()?;
            let Some(about) = about else { return Ok(Vec::new()) };
            let newest = "SELECT record FROM note WHERE about = ?1 ORDER BY record DESC LIMIT ?2";
            let mut list = db.prepare_cached(newest)?;
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let rows = list.query_map([about, most], |row| row.get(0))?;
            let numbers: Vec<i64> = rows.collect::<Result<_, _>>()?;
            numbers.into_iter().map(|number| view(db, &reader, number)).collect()
        })
    }
}
