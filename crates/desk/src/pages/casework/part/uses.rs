//! What may be done with a part: for each purpose and recipient whether, on what basis, until when, what is missing, and
//! whom to ask.

use counterseal_model::Timestamp;
use counterseal_model::record::{BasisKind, Kind};
use counterseal_node::{Desk, PartUses, UseState, UseView, part_text};
use counterseal_policy::Office;
use maud::{Markup, html};

use crate::pages::casework::names;
use crate::pages::codes::{code, code_text};
use crate::words::Words;

/// What is over within so many seconds is pointed out.
const SOON: i64 = 30 * Timestamp::DAY;

/// The panel of one part.
pub(in crate::pages::casework) fn panel(words: Words, desk: &Desk, of: &PartUses) -> Markup {
    if of.part.erased.is_some() {
        return html! { p.warning { (words.text("uses-erased")) } };
    }
    let (never, spoken): (Vec<_>, Vec<_>) = of.uses.iter().partition(|one| one.state == UseState::Never);
    html! {
        @if let Some(since) = of.part.withdrawn {
            p.warning { (words.with("uses-withdrawn", &[("date", (&words.date(since)).into())])) }
        }
        @if spoken.is_empty() { p { (words.text("uses-none")) } }
        @else { div.wide { table.uses {
            thead { tr { @for column in ["uses-purpose", "uses-recipient", "uses-state", "uses-missing"] { th scope="col" { (words.text(column)) } } } }
            tbody { @for one in &spoken { (row(words, desk, of, one)) } }
        } } }
        @if !never.is_empty() {
            p { (words.text("uses-never")) " " (never.iter().map(|one| code_text(words, &one.what.purpose)).collect::<Vec<_>>().join(words.comma())) }
        }
        @if of.not_told > 0 { p.warning { (words.with("uses-not-told", &[("count", (of.not_told as u64).into())])) } }
        @if !of.written.is_empty() {
            ul.written { @for one in &of.written {
                li { (words.date(one.made)) " · " (kind(words, one.kind)) " · " a href=(names::part_path(one.place)) { (part_text(one.place)) } }
            } }
        }
        p.quiet { (words.text("uses-known-here")) }
    }
}

fn row(words: Words, desk: &Desk, of: &PartUses, one: &UseView) -> Markup {
    let soon = one.ends_within(desk.moment().time, SOON);
    html! {
        tr {
            th scope="row" { (code(words, &one.what.purpose)) }
            td { (code(words, &one.what.recipient)) }
            td { span.warning[bad(&one.state)] { (state(words, &one.state)) }
                @if soon { " " span.warning { (words.text("uses-soon")) } } }
            td { (missing(words, desk, of, one)) }
        }
    }
}

const fn bad(state: &UseState) -> bool {
    matches!(state, UseState::No { .. } | UseState::Lapsed { .. })
}

fn state(words: Words, state: &UseState) -> String {
    let day = |at: &Timestamp| words.date(*at);
    match state {
        UseState::Allowed { on, until: Some(until), .. } => words.with(
            "uses-allowed-until",
            &[("basis", (&names::basis(words, *on)).into()), ("date", (&day(until)).into())],
        ),
        UseState::Allowed { on, until: None, .. } => {
            words.with("uses-allowed", &[("basis", (&names::basis(words, *on)).into())])
        }
        UseState::NotYet { from } => words.with("uses-not-yet", &[("date", (&day(from)).into())]),
        UseState::Lapsed { on } => words.with("uses-lapsed", &[("date", (&day(on)).into())]),
        UseState::No { since } => words.with("uses-no", &[("date", (&day(since)).into())]),
        UseState::Missing { .. } => words.text("uses-not-allowed"),
        UseState::Free => words.text("uses-free"),
        UseState::Never => words.text("uses-never"),
    }
}

/// What is missing, and whom to ask for it.
fn missing(words: Words, desk: &Desk, of: &PartUses, one: &UseView) -> Markup {
    let needs = match &one.state {
        UseState::Missing { needs } => needs.as_slice(),
        UseState::Lapsed { .. } => &[BasisKind::Consent],
        _ => &[],
    };
    let members = || names::office(words, desk, Office::Member, Some(of.part.named.compartment));
    html! {
        @if !needs.is_empty() {
            (needs.iter().map(|kind| names::basis(words, *kind)).collect::<Vec<_>>().join(" / "))
            ". "
            @if needs.contains(&BasisKind::Consent) { (words.text("uses-ask-person")) } @else { (words.with("uses-ask", &[("office", (&members()).into())])) }
        }
        @if one.agreement_missing {
            " " (words.text("uses-agreement")) " "
            (words.with("uses-ask", &[("office", (&names::office(words, desk, Office::DataProtection, None)).into())]))
        }
    }
}

/// What was written about a part.
fn kind(words: Words, kind: Kind) -> String {
    match kind {
        Kind::Consent => words.text("basis-consent"),
        Kind::ConsentEvent => words.text("kind-consent-event"),
        Kind::Basis => words.text("kind-basis"),
        Kind::Agreement => words.text("kind-agreement"),
        other => words.kind(other),
    }
}
