//! Example decisions beside a table: what a data-protection officer writes down of what should be decided, and whether it
//! is. How an example is written: `docs/spec/policy.md`, section 9.

mod read;

use std::collections::BTreeMap;

use counterseal_model::{Code, CompartmentId, SectionId};
use thiserror::Error;

pub use read::Example;

use crate::decide::{Policy, PolicyError, decide};
use crate::facts::Facts;
use crate::table::Table;

/// A line of an example that says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}, line {line}: {why}")]
pub struct BadExample {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what to write.
    pub why: String,
}

/// What came of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its first line in the file, from 1.
    pub line: usize,
    /// What it is about, as its comment says.
    pub title: String,
    /// What is decided.
    pub found: Vec<String>,
    /// What should be.
    pub expected: Vec<String>,
}

impl Outcome {
    /// Whether it is decided as it should be.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.found == self.expected
    }
}

impl Table {
    /// The table as examples see it: sections and labels that have no id get one of their letters, so that a table can be
    /// tried before it is filled in.
    ///
    /// # Errors
    /// When the engine does not take the table.
    pub fn for_examples(mut self) -> Result<Policy, PolicyError> {
        let open: Vec<_> = self.unnamed().into_iter().cloned().collect();
        for code in open {
            let id = letters(&code);
            // One code may name both.
            let _named = self.name_section(&code, SectionId::from_bytes(id)).is_ok();
            let _labelled = self.label_compartment(&code, CompartmentId::from_bytes(id)).is_ok();
        }
        Policy::new(self)
    }
}

/// Decides every example of a text by a policy of [`Table::for_examples`].
///
/// # Errors
/// The first line that says nothing.
pub fn try_examples(policy: &Policy, file: &str, text: &str) -> Result<Vec<Outcome>, BadExample> {
    read::examples(policy.table(), file, text)?
        .into_iter()
        .map(|example| Ok(example.decide(policy)))
        .collect()
}

impl Example {
    /// The outcome of the whole, and of several parts which are given.
    fn decide(self, policy: &Policy) -> Outcome {
        let parts: BTreeMap<_, _> =
            self.request.parts.iter().map(|asked| (asked.part, self.part.clone())).collect();
        let facts = Facts { reader: self.reader, approvals: self.approvals, parts };
        let decision = decide(policy, &self.request, &facts, self.at);
        let places = 0..self.request.parts.len();
        let verdicts = places.clone().filter_map(|place| decision.verdict(place));
        let mut found: Vec<String> =
            verdicts.flat_map(|v| v.to_string().lines().map(str::to_owned).collect::<Vec<_>>()).collect();
        if places.len() > 1 {
            let given: Vec<_> = places.filter(|place| decision.gives(*place)).collect();
            found.push(format!("given: {given:?}"));
        }
        Outcome { line: self.line, title: self.title, found, expected: self.expected }
    }
}

/// A code's letters as an id.
pub(crate) fn letters(code: &Code) -> [u8; 16] {
    let mut id = [0; 16];
    code.as_str().bytes().zip(&mut id).for_each(|(letter, slot)| *slot = letter);
    id
}
