//! The state of the desk in one line.

use counterseal_model::Timestamp;
use counterseal_node::{Desk, NodeError};
use counterseal_register::{LogKind, Subject};
use maud::{Markup, html};

use crate::words::{Said, Words};

/// A checkpoint that is older than a day says that the desk was without its hub that long.
const OLD: i64 = Timestamp::DAY;

/// How a desk is.
pub(crate) struct State {
    person: Option<String>,
    has_hub: bool,
    /// Seconds since the newest cosigned checkpoint.
    age: Option<i64>,
    /// Entries and statements that nobody else has.
    unsent: u64,
    pub(crate) synthetic: bool,
}

/// How this desk is.
pub(crate) fn of(desk: &Desk) -> Result<State, NodeError> {
    let (entries, statements) = desk.count_unsent()?;
    let newest = desk.log(LogKind::Statements)?;
    Ok(State {
        person: desk.name_of(Subject::Person(desk.person())).map(|name| name.to_string()),
        has_hub: desk.has_hub(),
        age: newest.map(|log| desk.now().0.saturating_sub(log.cosigned.0)),
        unsent: entries.saturating_add(statements),
        synthetic: desk.register().is_synthetic(),
    })
}

impl State {
    pub(crate) fn line(&self, words: Words) -> Markup {
        let old = self.age.is_some_and(|age| age > OLD);
        let person = self.person.as_deref().unwrap_or("?");
        html! {
            p.state aria-label=(words.text("state")) {
                a href="/mine" { (words.with("state-person", &[("person", person.into())])) }
                a.warning[old] href="/trust" { (self.checkpoint(words)) }
                @if self.has_hub { a href="/link" { (words.with("state-unsent", &[("count", self.unsent.into())])) } }
            }
        }
    }

    fn checkpoint(&self, words: Words) -> String {
        match self.age {
            None if self.has_hub => words.text("state-never"),
            None => words.text("state-no-hub"),
            Some(age) => words.with("state-age", &[("age", Said::Text(&span(words, age)))]),
        }
    }
}

/// A span of time in words, in its largest unit.
pub(crate) fn span(words: Words, seconds: i64) -> String {
    let seconds = u64::try_from(seconds).unwrap_or(0);
    let (key, count) = match seconds {
        0..120 => ("span-seconds", seconds),
        120..7_200 => ("span-minutes", seconds / 60),
        7_200..172_800 => ("span-hours", seconds / 3_600),
        _ => ("span-days", seconds / 86_400),
    };
    words.with(key, &[("count", count.into())])
}
