//! What the policy says of a request, before it is made: by which row, what is missing, and whom to ask.

use counterseal_model::{Code, CompartmentId, Timestamp};
use counterseal_node::{Desk, NamedPart, NodeError, Supposed};
use counterseal_policy::{Action, NeedKind, Refusal, State, Unmet, Verdict};
use maud::{Markup, html};

use crate::pages::casework::names;
use crate::words::Words;

/// A purpose of the policy, and what a request for it would come to.
pub(super) struct Foreseen {
    pub(super) purpose: Code,
    /// What the purpose is, in the policy's words.
    pub(super) words: String,
    pub(super) verdict: Option<Verdict>,
}

impl Foreseen {
    /// Whether it would be granted, as far as this desk knows.
    pub(super) const fn is_granted(&self) -> bool {
        matches!(self.verdict, Some(Verdict::Permit(_)))
    }
}

/// What opening a part would come to, for every purpose that the policy names; none without a policy. Nothing is asked.
pub(super) fn foresee(
    desk: &Desk,
    named: NamedPart,
    case: bool,
    emergency: bool,
) -> Result<Option<Vec<Foreseen>>, NodeError> {
    let Some(policy) = desk.policy_in_force()? else { return Ok(None) };
    let mut all = Vec::new();
    for (purpose, known) in policy.table().purposes() {
        let (action, facts) = (Action::Open, Vec::new());
        let supposed = Supposed { action, purpose: purpose.clone(), case, emergency, facts };
        let decision = desk.explain(&policy, &[named], &supposed)?;
        let verdict = decision.verdict(0).cloned();
        all.push(Foreseen { purpose: purpose.clone(), words: known.words.clone(), verdict });
    }
    all.sort_by_key(|one| (!one.is_granted(), one.purpose.clone()));
    Ok(Some(all))
}

/// A verdict in words.
pub(in crate::pages::casework) fn verdict(
    words: Words,
    desk: &Desk,
    verdict: &Verdict,
    compartment: Option<CompartmentId>,
) -> Markup {
    match verdict {
        Verdict::Permit(permit) => html! {
            (words.with("decision-row", &[("row", u64::from(permit.row).into())])) " " bdi { "«" (permit.words) "»" }
            @if !permit.waived.is_empty() {
                " " (words.text("decision-waived")) " "
                (permit.waived.iter().map(|kind| need(words, *kind)).collect::<Vec<_>>().join(", "))
            }
        },
        Verdict::Refuse(refusals) => {
            html! { @for refusal in refusals { div { (refused(words, desk, refusal, compartment)) } } }
        }
    }
}

fn refused(words: Words, desk: &Desk, refusal: &Refusal, compartment: Option<CompartmentId>) -> Markup {
    html! {
        @if let Some(row) = refusal.row {
            (words.with("decision-row", &[("row", u64::from(row).into())])) " " bdi { "«" (refusal.words) "»" } ": "
        }
        @for (nth, unmet) in refusal.unmet.iter().enumerate() {
            @if nth > 0 { "; " }
            (one(words, unmet))
            @if let Some(office) = unmet.ask {
                " – " (words.with("uses-ask", &[("office", (&names::office(words, desk, office, compartment)).into())]))
            }
        }
    }
}

fn one(words: Words, unmet: &Unmet) -> Markup {
    let plain = matches!(unmet.need, NeedKind::Row | NeedKind::Never | NeedKind::Engine);
    html! {
        (need(words, unmet.need))
        @if !plain {
            // What exactly stands in the policy's own words.
            @if !unmet.needed.is_empty() && unmet.need != NeedKind::Case { " (" bdi { (unmet.needed) } ")" }
            " " (state(words, unmet.state))
        }
    }
}

fn need(words: Words, kind: NeedKind) -> String {
    words.text(match kind {
        NeedKind::Row => "need-row",
        NeedKind::Who => "need-who",
        NeedKind::Basis => "need-basis",
        NeedKind::Training => "need-training",
        NeedKind::Device => "need-device",
        NeedKind::Agreement => "need-agreement",
        NeedKind::Case => "need-case",
        NeedKind::Approvals => "need-approvals",
        NeedKind::OtherSection => "need-other-section",
        NeedKind::Hours => "need-hours",
        NeedKind::Days => "need-days",
        NeedKind::From => "need-from",
        NeedKind::Until => "need-until",
        NeedKind::Never => "need-never",
        NeedKind::Engine => "need-engine",
    })
}

fn state(words: Words, state: State) -> String {
    let day = |key: &str, at: Timestamp| words.with(key, &[("date", (&words.date(at)).into())]);
    match state {
        State::Missing => words.text("state-missing"),
        State::Claimed => words.text("state-claimed"),
        State::NotTheirs { .. } => words.text("state-not-theirs"),
        State::NotYet { from } => day("state-not-yet", from),
        State::Lapsed { on } => day("state-lapsed", on),
        State::Refused { on } => day("state-refused", on),
        State::Withdrawn { on } => day("state-withdrawn", on),
        State::Short { have } => words.with("state-short", &[("have", u64::from(have).into())]),
        State::Outside => words.text("state-outside"),
        State::Met => words.text("state-met"),
    }
}
