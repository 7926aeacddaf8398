//! The form that asks the question, and what is asked for now, each with a way to take it away.

use counterseal_model::VerificationStatus;
use maud::{Markup, html};

use super::question::{Bad, Question};
use crate::labels::Labels;
use crate::words::Words;

/// What is asked for most; the rest opens below.
const FIRST: usize = 4;

/// The form. `more` are fields of one page alone.
pub(crate) fn form(
    labels: &Labels<'_>,
    question: &Question,
    path: &str,
    bad: &[Bad],
    more: &Markup,
) -> Markup {
    let (words, shown) = (labels.words(), question.in_words(labels));
    let fields = shown.fields();
    let (first, rest) = fields.split_at_checked(FIRST).unwrap_or_default();
    let open = rest.iter().any(|(_, _, typed)| !typed.is_empty()) || !question.since.is_empty();
    html! {
        form.ask autocomplete="off" method="get" action=(path) role="search" hx-get=(path) hx-trigger="submit, change" hx-sync="this:replace" {
            div.fields {
                @for asked in first { (field(words, *asked, bad)) }
                div.go {
                    button type="submit" { (words.text("ask")) }
                    a href=(path) { (words.text("ask-all")) }
                }
            }
            details open[open || !bad.is_empty()] {
                summary { (words.text("ask-more")) }
                div.fields { @for asked in rest { (field(words, *asked, bad)) } (more) }
            }
            input type="hidden" name="layers" value=(question.layers);
        }
    }
}

/// One field, with what is wrong with it.
pub(crate) fn field(
    words: Words,
    (name, key, typed): (&'static str, &'static str, &str),
    bad: &[Bad],
) -> Markup {
    let why = bad.iter().find(|(named, _)| *named == name).map(|(_, why)| why);
    html! {
        label {
            span { (words.text(key)) }
            @if name == "verified" { (statuses(words, typed)) }
            @else {
                input id=(format!("ask-{name}")) type=(if name == "words" { "search" } else { "text" }) name=(name) value=(typed)
                    inputmode=[(name == "killed").then_some("numeric")] dir="auto" aria-invalid=[why.map(|_| "true")];
            }
            @if let Some(why) = why { span.warning role="alert" { (why) } }
        }
    }
}

fn statuses(words: Words, typed: &str) -> Markup {
    html! {
        select id="ask-verified" name="verified" {
            option value="" { (words.text("any")) }
            @for status in VerificationStatus::ALL {
                option value=(status.word()) selected[status.word() == typed] { (words.verification(*status)) }
            }
        }
    }
}

/// What is asked for, each a link to the same without it.
pub(crate) fn chips(labels: &Labels<'_>, question: &Question, path: &str) -> Markup {
    let (words, shown) = (labels.words(), question.in_sentences(labels));
    let asked = shown.fields().into_iter().filter(|(_, _, typed)| !typed.trim().is_empty());
    html! {
        nav.chips aria-label=(words.text("ask-now")) hx-boost="true" {
            @for (name, key, typed) in asked {
                a href=(question.link_with(path, name, "")) title=(words.text("ask-without")) {
                    (words.text(key)) (words.colon()) bdi { (shortened(typed)) } span aria-hidden="true" { " ✕" }
                    span.unseen { (words.text("ask-without")) }
                }
            }
        }
    }
}

fn shortened(typed: &str) -> String {
    let short: String = typed.chars().take(40).collect();
    if short.len() < typed.len() { short + "…" } else { short }
}
