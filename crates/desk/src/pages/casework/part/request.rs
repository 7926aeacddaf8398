//! Asking for a part: the form, and what the policy would say of each purpose.

use counterseal_model::CompartmentId;
use counterseal_node::{AheadView, Desk, GuardedPart};
use counterseal_register::Rule;
use maud::{Markup, html};

use super::decision::{Foreseen, verdict};
use crate::pages::casework::{approvers, names, token};
use crate::pages::codes::{code, explained, purpose_text};
use crate::words::Words;

/// The form that asks the trustees.
pub(super) fn form(
    words: Words,
    desk: &Desk,
    token: &str,
    known: &GuardedPart,
    foreseen: &[Foreseen],
    case: &str,
    emergency: bool,
) -> Markup {
    let two = known.rule == Rule::TwoPerson;
    html! {
        form.write.asks autocomplete="off" method="post" action="/open" data-once {
            (self::token(token))
            input type="hidden" name="part" value=(names::part_full(known.part));
            div.pair {
                label { span { (words.text("case-purpose")) }
                    select name="purpose" required {
                        option value="" { (words.text("open-choose")) }
                        @for one in foreseen { option value=(one.purpose) { (purpose_text(words, &one.purpose, &one.words))
                            " (" (words.text(if one.is_granted() { "open-would" } else { "open-would-not" })) ")" } }
                    } }
                label { span { (words.text("open-case")) } input type="text" name="case" value=(case) autocomplete="off"; }
                (approvers::first(words, desk, two))
            }
            details { summary { (words.text("open-more")) }
                div.pair { (approvers::others(words, desk)) }
                label { span { (words.text("open-delay")) } input type="date" name="delay"; }
                p.quiet { (words.text("open-delay-why")) }
            }
            label.tick { input type="checkbox" name="emergency" value="on" checked[emergency]; " " (words.text("open-emergency")) }
            p.quiet { (words.text("open-logged")) }
            button type="submit" data-busy=(words.text("open-asking")) { (words.text("case-open")) }
        }
    }
}

/// What a request would come to, purpose by purpose.
pub(super) fn table(words: Words, desk: &Desk, foreseen: &[Foreseen], compartment: CompartmentId) -> Markup {
    html! {
        details.foreseen { summary { (words.text("open-foreseen")) }
            p.quiet { (words.text("open-foreseen-why")) }
            div.wide { table {
                thead { tr { @for column in ["uses-purpose", "open-answer", "open-reason"] { th scope="col" { (words.text(column)) } } } }
                tbody { @for one in foreseen { tr {
                    th scope="row" { (code(words, &one.purpose)) (explained(words, &one.purpose, &one.words)) }
                    td { span.warning[!one.is_granted()] { (words.text(if one.is_granted() { "open-would" } else { "open-would-not" })) } }
                    td { @if let Some(said) = &one.verdict { (verdict(words, desk, said, Some(compartment))) } }
                } } }
            } }
        }
    }
}

/// It was opened ahead: it is read without a network, and counts again as read.
pub(super) fn from_ahead(words: Words, token: &str, ahead: &AheadView) -> Markup {
    html! {
        form.line autocomplete="off" method="post" action="/ahead/read" {
            (self::token(token))
            input type="hidden" name="part" value=(names::part_full(ahead.part));
            p { (words.with("ahead-kept", &[("until", (&words.date(ahead.until)).into()), ("count", ahead.readings.into())])) }
            button type="submit" { (words.text("ahead-read")) }
        }
    }
}
