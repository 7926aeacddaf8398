//! The table that a data-protection officer reads and writes: who may do what to which parts, for which purpose, on
//! which conditions. Its text form and what every cell means: docs/spec/policy.md.

mod cells;
mod error;
mod need;
mod read;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::record::BasisKind;
use counterseal_model::{Code, CompartmentId, SectionId};

pub use error::TableError;
pub use need::{Need, NeedKind};

use crate::facts::Action;
use crate::standing::Office;

/// Largest table, in bytes: it stands in a statement.
pub const MAX_TABLE: usize = 64 * 1024;
/// Most rows, declarations included.
pub const MAX_ROWS: usize = 1000;
/// Longest words of a row or a purpose, in bytes.
pub const MAX_WORDS: usize = 240;

/// What a row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Whoever meets all of it is permitted.
    Permit,
    /// Of what it covers, nothing is permitted to anyone who does not meet all of it.
    Only,
    /// What it covers is permitted to nobody.
    Never,
}

/// One thing that somebody is or has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trait {
    /// Belongs to a section.
    Section(Code),
    /// Has a role.
    Role(Code),
    /// Holds an office.
    Office(Office),
    /// Belongs to a contingent.
    Contingent(Code),
}

/// Who: any of these, and each of them is all of its traits. Empty is anyone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Who(pub Vec<Vec<Trait>>);

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number, which does not change when rows are put before it.
    pub number: u16,
    /// What it does.
    pub effect: Effect,
    /// For whom.
    pub who: Who,
    /// What they do.
    pub actions: Vec<Action>,
    /// To parts of compartments with one of these labels; to all when empty.
    pub what: Vec<Code>,
    /// For one of these purposes; for all when empty.
    pub purposes: Vec<Code>,
    /// On one of these bases; needs none when empty.
    pub bases: Vec<BasisKind>,
    /// What else has to be so.
    pub needs: Vec<Need>,
    /// What of all that an emergency waives.
    pub waived: Vec<NeedKind>,
    /// The row in words.
    pub words: String,
}

/// What a purpose is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    /// Who gets what is used for it; consent and agreements are asked for this recipient.
    pub recipient: Code,
    /// The purpose in words.
    pub words: String,
}

/// A table, read and found sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    comments: Vec<String>,
    utc_minutes: i16,
    purposes: BTreeMap<Code, Purpose>,
    sections: BTreeMap<Code, Option<SectionId>>,
    labels: BTreeMap<Code, BTreeSet<CompartmentId>>,
    roles: BTreeSet<Code>,
    contingents: BTreeSet<Code>,
    rows: Vec<Row>,
}

impl Table {
    /// The table that comes with the program, without sections' and compartments' ids.
    pub const DEFAULT: &'static str = include_str!("../../tables/default.csv");

    /// The rows, in order of their numbers.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row with a number.
    #[must_use]
    pub fn row(&self, number: u16) -> Option<&Row> {
        self.rows.iter().find(|row| row.number == number)
    }

    /// The purposes that may be named, with what they mean.
    #[must_use]
    pub const fn purposes(&self) -> &BTreeMap<Code, Purpose> {
        &self.purposes
    }

    /// The mission's time, minutes ahead of UTC.
    #[must_use]
    pub const fn utc_minutes(&self) -> i16 {
        self.utc_minutes
    }

    /// What the table calls a section. `None` when it does not name it.
    #[must_use]
    pub fn section(&self, id: SectionId) -> Option<&Code> {
        self.sections.iter().find(|(_, named)| **named == Some(id)).map(|(code, _)| code)
    }

    /// The labels that the table gives a compartment.
    #[must_use]
    pub fn labels(&self, id: CompartmentId) -> Vec<&Code> {
        self.labels.iter().filter(|(_, ids)| ids.contains(&id)).map(|(code, _)| code).collect()
    }

    /// The section that a code means. `None` when the table does not say.
    #[must_use]
    pub fn section_named(&self, code: &Code) -> Option<SectionId> {
        self.sections.get(code).copied().flatten()
    }

    /// A compartment that has a label. `None` when the table names none.
    #[must_use]
    pub fn labelled(&self, label: &Code) -> Option<CompartmentId> {
        self.labels.get(label).and_then(|ids| ids.first()).copied()
    }

    /// Says which section a code means, for a table that is being prepared.
    ///
    /// # Errors
    /// When the table does not declare the code; gives it back.
    pub fn name_section(&mut self, code: &Code, id: SectionId) -> Result<(), Code> {
        match self.sections.get_mut(code) {
            Some(named) => *named = Some(id),
            None => return Err(code.clone()),
        }
        Ok(())
    }

    /// Gives a compartment a label, for a table that is being prepared.
    ///
    /// # Errors
    /// When the table does not declare the label; gives it back.
    pub fn label_compartment(&mut self, label: &Code, id: CompartmentId) -> Result<(), Code> {
        match self.labels.get_mut(label) {
            Some(ids) => ids.insert(id),
            None => return Err(label.clone()),
        };
        Ok(())
    }

    /// Sections and labels that rows may name and that mean nothing yet: rows that name them permit nothing, and `only`
    /// and `never` rows for such labels forbid nothing. Whoever proposes the table should see none.
    #[must_use]
    pub fn unnamed(&self) -> Vec<&Code> {
        let sections = self.sections.iter().filter(|(_, id)| id.is_none()).map(|(code, _)| code);
        let labels = self.labels.iter().filter(|(_, ids)| ids.is_empty()).map(|(code, _)| code);
        sections.chain(labels).collect()
    }
}
