//! The trustees, and what they hold of what this desk sealed.

use counterseal_node::{Desk, NodeError};
use maud::{Markup, html};

use super::super::state::span;
use crate::words::{Said, Words};

/// Guarded entries that are looked at.
const MOST: usize = 10_000;

pub(super) fn all(words: Words, desk: &Desk) -> Result<Markup, NodeError> {
    let Some(set) = desk.register().trustees(desk.moment()) else {
        return Ok(html! {
            h2 { (words.text("trust-trustees")) }
            p { (words.text("trust-no-trustees")) }
        });
    };
    let sealed = desk.guarded_entries(MOST)?;
    let known = desk.openings_known()?;
    let has = |id| {
        let theirs = sealed.iter().flat_map(|entry| &entry.trustees);
        theirs.filter(|view| view.trustee == id && view.has()).count() as u64
    };
    let lost = sealed.iter().filter(|entry| entry.is_lost()).count() as u64;
    let heard =
        |id| known.heads.iter().find(|head| head.trustee == id).map(|head| desk.now().0 - head.time.0);
    Ok(html! {
        h2 { (words.text("trust-trustees")) }
        p { (words.with("trust-set", &[("needed", set.threshold.into()), ("all", (set.trustees.len() as u64).into())]))
            @if set.is_single() { " " span.warning { (words.text("trust-single")) } } }
        @if lost > 0 { p.warning { (words.with("trust-shares-lost", &[("count", lost.into())])) } }
        div.wide { table {
            thead { tr { @for column in ["trust-trustee", "trust-holds", "trust-heard"] { th scope="col" { (words.text(column)) } } } }
            tbody { @for trustee in &set.trustees {
                @let id = trustee.id();
                tr {
                    td { code { (id.to_string().get(..8).unwrap_or_default()) } }
                    td.number { (words.number(has(id))) "/" (words.number(sealed.len() as u64)) }
                    td { @match heard(id) {
                        Some(age) => (words.with("trust-ago", &[("age", Said::Text(&span(words, age)))])),
                        None => (words.text("trust-never-heard")),
                    } }
                }
            } }
        } }
        p { (words.text("trust-holds-why")) }
    })
}
