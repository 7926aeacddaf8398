//! Both logs, how old what is known of them is, and the witnesses' word.

use counterseal_node::{NodeError, Silence, WitnessReport};
use counterseal_register::{LogKind, WitnessGroup};
use maud::{Markup, html};

use super::super::state::span;
use crate::words::{Said, Words};
use crate::worker::Unlocked;

/// Seconds by which clocks may differ before it is said.
const CLOCKS_DIFFER: i64 = 300;

pub(super) fn all(words: Words, unlocked: &Unlocked) -> Result<Markup, NodeError> {
    let desk = &unlocked.desk;
    let mut rows = Vec::new();
    for (kind, key) in [(LogKind::Statements, "trust-statements"), (LogKind::Journal, "trust-journal")] {
        if let Some(log) = desk.log(kind)? {
            rows.push((key, log.size, desk.now().0.saturating_sub(log.cosigned.0)));
        }
    }
    let last = unlocked.last_sync.as_ref();
    let report = last.and_then(|last| last.outcome.as_ref().ok());
    let ahead = report.and_then(|report| report.hub_clock_ahead);
    Ok(html! {
        h2 { (words.text("trust-logs")) }
        @if rows.is_empty() { p { (words.text("trust-no-log")) } }
        ul {
            @for (key, size, age) in rows {
                li { (words.text(key)) (words.colon())
                    (words.with("trust-log", &[("size", (&words.number(size)).into()), ("age", Said::Text(&span(words, age)))]))
                    @if -age > CLOCKS_DIFFER { " " span.warning { (words.text("trust-future")) } } }
            }
        }
        @if let Some(ahead) = ahead {
            @let age = span(words, ahead.abs());
            p.warning[ahead.abs() > CLOCKS_DIFFER] { (words.with("trust-clock", &[("age", Said::Text(&age))])) }
        }
        (witnesses(words, unlocked, report.and_then(|report| report.witnesses.as_ref())))
    })
}

fn witnesses(words: Words, unlocked: &Unlocked, heard: Option<&WitnessReport>) -> Markup {
    let desk = &unlocked.desk;
    let Some(quorum) = desk.register().quorum(desk.moment()) else {
        return html! {};
    };
    html! {
        h2 { (words.text("trust-witnesses")) }
        p { (words.with("trust-quorum", &[("needed", quorum.k().into()), ("all", (quorum.witnesses.len() as u64).into())]))
            @if quorum.is_weak() { " " span.warning { (words.text("trust-weak")) } } }
        @if heard.is_none() { p { (words.text("trust-not-asked")) } }
        ul {
            @for witness in &quorum.witnesses {
                li { code { (witness.name.as_str()) } " · "
                    (words.text(if witness.group == WitnessGroup::Trustee { "trust-witness-trustee" } else { "trust-witness-other" }))
                    @if let Some(heard) = heard { " · " (word(words, heard, witness.name.as_str())) } }
            }
        }
    }
}

/// What a witness said when it was asked last.
fn word(words: Words, heard: &WitnessReport, name: &str) -> String {
    if heard.refused.iter().any(|(refused, ..)| refused.as_str() == name) {
        return words.text("trust-word-refused");
    }
    match heard.silent.iter().find(|(silent, _)| silent.as_str() == name) {
        None => words.text("trust-word-agrees"),
        Some((_, Silence::NoAddress)) => words.text("trust-word-no-address"),
        Some((_, Silence::Late | Silence::NotReached(_))) => words.text("trust-word-silent"),
    }
}
