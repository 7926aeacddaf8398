//! Deciding: the policy, and what a decision says of each part and of the whole.

use std::collections::BTreeMap;

use counterseal_model::Timestamp;

use crate::engine::{Engine, EngineError};
use crate::facts::{Facts, Request};
use crate::reading::Asking;
use crate::reasons::{Refusal, Verdict};
use crate::table::{Table, TableError};

/// Why a policy cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// Not a table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A table that the engine does not take.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// A table and what it compiled to: what decides.
#[derive(Debug, Clone)]
pub struct Policy {
    table: Table,
    engine: Engine,
}

impl Policy {
    /// Compiles a table and validates the outcome against the schema.
    ///
    /// # Errors
    /// When the engine does not take it.
    pub fn new(table: Table) -> Result<Self, PolicyError> {
        let engine = Engine::new(&crate::compile::policies(&table))?;
        Ok(Self { table, engine })
    }

    /// The policy of a statement: engine and bytes as the governors signed them.
    ///
    /// # Errors
    /// When it is for another engine, not a table in its one form, or not taken by the engine.
    pub fn from_statement(engine: &str, table: &[u8]) -> Result<Self, PolicyError> {
        let file = "the policy in the register";
        if engine != crate::ENGINE {
            return Err(TableError::Engine { file: file.to_owned(), found: engine.to_owned() }.into());
        }
        Self::new(Table::from_canonical(file, table)?)
    }

    /// The table.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.table
    }

    /// What the table compiled to, in Cedar's language.
    #[must_use]
    pub fn cedar(&self) -> String {
        crate::compile::text(&self.table)
    }
}

/// What is decided, part by part and on the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    verdicts: Vec<Verdict>,
    /// For each part, in the request's order, which verdict is its own.
    of_part: Vec<usize>,
    whole: bool,
    in_parts: bool,
}

impl Decision {
    /// Whether anything at all is given: every part is permitted, or some are and the request was in parts.
    #[must_use]
    pub fn is_permitted(&self) -> bool {
        self.whole || (self.in_parts && self.of_part.iter().any(|at| self.permits_verdict(*at)))
    }

    /// Whether this part is given, by its place in the request. One refusal refuses all unless asked in parts.
    #[must_use]
    pub fn gives(&self, place: usize) -> bool {
        (self.whole || self.in_parts) && self.of_part.get(place).is_some_and(|at| self.permits_verdict(*at))
    }

    /// What was decided on a part for itself, by its place in the request.
    #[must_use]
    pub fn verdict(&self, place: usize) -> Option<&Verdict> {
        self.verdicts.get(*self.of_part.get(place)?)
    }

    /// The different verdicts, each with the number of parts that it concerns.
    pub fn verdicts(&self) -> impl Iterator<Item = (&Verdict, usize)> {
        let count = |at| self.of_part.iter().filter(|other| **other == at).count();
        self.verdicts.iter().enumerate().map(move |(at, verdict)| (verdict, count(at)))
    }

    /// The first reason for which something is refused, most telling first.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        self.verdicts.iter().find_map(|verdict| match verdict {
            Verdict::Permit(_) => None,
            Verdict::Refuse(refusals) => refusals.first(),
        })
    }

    fn permits_verdict(&self, at: usize) -> bool {
        matches!(self.verdicts.get(at), Some(Verdict::Permit(_)))
    }
}

/// Decides a request at a moment. What is not permitted by a row is refused; a request without parts is refused.
#[must_use]
pub fn decide(policy: &Policy, request: &Request, facts: &Facts, at: Timestamp) -> Decision {
    let asking = Asking::new(&policy.table, request, facts, at);
    let (mut known, mut verdicts, mut of_part) = (BTreeMap::new(), Vec::new(), Vec::new());
    for asked in &request.parts {
        let labels = policy.table.labels(asked.compartment);
        let part = asking.part(labels, facts.parts.get(&asked.part));
        let place = *known.entry(part.clone()).or_insert_with(|| {
            verdicts.push(asking.judge(&policy.engine, &part));
            verdicts.len() - 1
        });
        of_part.push(place);
    }
    let all = verdicts.iter().all(|verdict| matches!(verdict, Verdict::Permit(_)));
    let whole = all && !of_part.is_empty();
    if verdicts.is_empty() {
        verdicts.push(Verdict::Refuse(vec![Refusal::no_part()]));
    }
    Decision { verdicts, of_part, whole, in_parts: request.in_parts }
}
