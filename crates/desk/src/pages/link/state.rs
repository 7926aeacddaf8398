//! How the link stands: what waits, what is missing, what came of the last session.

use counterseal_node::{NodeError, SyncReport};
use maud::{Markup, html};

use super::super::state::span;
use crate::words::{Said, Words};
use crate::worker::{LastSync, Unlocked};

pub(super) fn all(words: Words, unlocked: &Unlocked) -> Result<Markup, NodeError> {
    let desk = &unlocked.desk;
    let (entries, statements) = desk.count_unsent()?;
    let rows = [
        ("link-unsent-entries", entries),
        ("link-unsent-statements", statements),
        ("link-guarded", desk.guarded_waiting()?),
        ("link-gaps", desk.gaps()?.len() as u64),
    ];
    Ok(html! {
        h2 { (words.text("link-state")) }
        dl.says.figures { @for (key, count) in rows { div { dt { (words.text(key)) } dd { (words.number(count)) } } } }
        @match &unlocked.last_sync {
            None => p { (words.text("link-not-yet")) },
            Some(last) => (outcome(words, last, desk.now().0)),
        }
    })
}

fn outcome(words: Words, last: &LastSync, now: i64) -> Markup {
    let age = span(words, now.saturating_sub(last.at.0));
    html! {
        p role="status" { (words.with("link-last", &[("age", Said::Text(&age))]))
            @if last.paused { " " (words.text("link-paused")) } }
        @match &last.outcome {
            Err(why) => p.warning role="alert" { (words.refusal_of_link(why)) },
            Ok(report) => (came(words, report)),
        }
    }
}

/// What came of a session.
fn came(words: Words, report: &SyncReport) -> Markup {
    let progress = &report.progress;
    let rows = [
        ("link-fetched", report.entries),
        ("link-fetched-statements", report.statements),
        ("link-accepted", report.accepted),
        ("link-in", progress.bytes_in),
        ("link-out", progress.bytes_out),
        ("link-waiting", report.waiting),
        ("link-left", report.left_entries),
        ("link-left-bytes", report.left_bytes),
        ("link-stays", report.stays.items),
    ];
    html! {
        dl.says.figures { @for (key, count) in rows.into_iter().filter(|(_, count)| *count > 0) {
            div { dt { (words.text(key)) } dd { (words.number(count)) } }
        } }
        p { a href="/trust" { (words.text("link-trust")) } }
    }
}
