//! How safe a guarded part is: who has a share of it, and what is left on this desk.

use counterseal_node::{Desk, GuardedEntry, TrusteeSays};
use counterseal_register::PartRef;
use maud::{Markup, html};

use crate::words::Words;

/// How safe it is, where this desk wrote it; else who knows that.
pub(super) fn safe(words: Words, desk: &Desk, part: PartRef) -> Markup {
    match desk.find_guarded(&part.entry.to_string()) {
        Ok(entry) => own(words, &entry),
        Err(_) => html! { p { (words.text("safe-elsewhere")) } },
    }
}

fn own(words: Words, entry: &GuardedEntry) -> Markup {
    let (have, all) = (entry.have(), entry.trustees.len() as u64);
    let refused = entry
        .trustees
        .iter()
        .filter(|one| matches!(one.says, TrusteeSays::Refused(_) | TrusteeSays::Both(_)))
        .count() as u64;
    html! {
        p { (words.with("safe-have", &[("have", have.into()), ("all", all.into()), ("needed", entry.threshold.into())])) }
        @if entry.is_lost() { p.warning role="alert" { (words.text("safe-lost")) } }
        @else if refused > 0 { p.warning { (words.with("safe-refused", &[("count", refused.into())])) } }
        @else if entry.waits { p.warning { (words.text("safe-waits")) } }
        p { (words.text(if entry.held { "safe-held" } else { "safe-nothing-left" })) }
        ul.trustees { @for one in &entry.trustees {
            li { code { (one.trustee.to_string().get(..8).unwrap_or_default()) } " " (says(words, &one.says)) }
        } }
    }
}

fn says(words: Words, says: &TrusteeSays) -> String {
    match says {
        TrusteeSays::Nothing => words.text("safe-says-nothing"),
        TrusteeSays::Has => words.text("safe-says-has"),
        TrusteeSays::Refused(code) => {
            words.with("safe-says-refused", &[("code", (&words.refusal_code(code.as_str())).into())])
        }
        TrusteeSays::Both(code) => {
            words.with("safe-says-both", &[("code", (&words.refusal_code(code.as_str())).into())])
        }
    }
}
