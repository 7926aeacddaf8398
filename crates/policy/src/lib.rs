//! Who may open, share and export what, for which purpose: a table that a data-protection officer reads, compiled to
//! Cedar, and decisions with reasons. What a consent allows. Small counts. Quotas. No input or output, no clock, no
//! cryptography: facts come in with how they are known, and time is a parameter (docs/spec/policy.md).

mod compile;
mod consent;
mod decide;
mod engine;
mod examples;
mod facts;
mod generalise;
mod needed;
mod quota;
mod reading;
mod reasons;
mod said;
mod standing;
mod suppress;
mod table;
#[cfg(test)]
mod tests;

/// What consent, basis and agreement allow.
pub use consent::{ConsentState, Why, evaluate, evaluate_basis, in_force, part_facts};
/// Deciding.
pub use decide::{Decision, Policy, PolicyError, decide};
/// The engine and its schema.
pub use engine::{ENGINE, EngineError, SCHEMA};
/// Example decisions beside a table.
pub use examples::{BadExample, Example, Outcome, try_examples};
/// What is asked and what is known.
pub use facts::{Action, Approval, Asked, BasisFor, Facts, Objection, PartFacts, PartRef, Reader, Request};
/// Copies that tell less.
pub use generalise::{DateLevel, Generalise, Named, NotGeneralised, PlaceLevel};
/// Why.
pub use needed::Needed;
/// How many parts a person may open.
pub use quota::{Over, Quota, Tally};
pub use reasons::{Permit, Refusal, Unmet, Verdict};
/// Facts and how they stand.
pub use said::{Said, SaidOf, lay_together};
/// How a fact is known.
pub use standing::{Held, Office, Standing, State};
/// Counts that would identify someone.
pub use suppress::{BadCounts, Counts, Published, suppress};
/// The table.
pub use table::{
    Effect, MAX_ROWS, MAX_TABLE, MAX_WORDS, Need, NeedKind, Purpose, Row, Table, TableError, Trait, Who,
};
