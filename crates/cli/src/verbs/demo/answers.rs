//! A set of questions whose answers must not change when the index is made again.

use counterseal_model::RecordId;
use counterseal_node::{By, Desk, Filter, NodeError, Sort};

/// The answers, in an order that is theirs.
pub(super) fn answers(desk: &Desk, from: RecordId) -> Result<Vec<String>, NodeError> {
    let mut answers = Vec::new();
    for words in ["ambush", "convoy attack", "\"peace committee\"", "école", "سوق", "motorcycl*"] {
        let filter = Filter { words: Some(words.to_owned()), ..Filter::default() };
        let found = desk.find(&filter, Sort::Newest, 200)?;
        answers.extend(found.iter().map(|view| format!("{words} {}", view.id())));
    }
    for kind in ["armed-attack", "abduction"] {
        let filter = Filter { kinds: vec![kind.to_owned()], ..Filter::default() };
        let found = desk.find(&filter, Sort::Deadliest, 100)?;
        answers.extend(found.iter().map(|view| format!("{kind} {}", view.id())));
    }
    for by in [By::Month, By::Country, By::Type, By::Actor, By::Admin1] {
        let rows = desk.stats(&Filter::default(), &[by])?;
        answers.extend(rows.iter().map(|row| format!("{:?} {} {}", row.keys, row.count, row.best)));
    }
    let near = desk.near(from, 2, 500)?;
    answers.extend(near.records.iter().map(|(view, distance)| format!("near {} {distance}", view.id())));
    answers.extend(desk.totals()?.iter().map(|(kind, count)| format!("{kind} {count}")));
    Ok(answers)
}
