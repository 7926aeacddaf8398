//! What the policy says of a request, before it is made: by which row, what is missing, and whom to ask.

use counterseal_model::{Code, CompartmentId};
use counterseal_node::{Desk, NamedPart, NodeError, Supposed};
use counterseal_policy::{Action, Refusal, Verdict};
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
            @if let Some(waived) = words.waived(permit) { " " (words.text("decision-waived")) " " (waived) }
        },
        Verdict::Refuse(refusals) => {
            html! { @for refusal in refusals { div { (refused(words, desk, refusal, compartment)) } } }
        }
    }
}

fn refused(words: Words, desk: &Desk, refusal: &Refusal, compartment: Option<CompartmentId>) -> Markup {
    html! {
        @if let Some(row) = refusal.row {
            (words.with("decision-row", &[("row", u64::from(row).into())])) " " bdi { "«" (refusal.words) "»" } (words.colon())
        }
        @for (nth, unmet) in refusal.unmet.iter().enumerate() {
            @if nth > 0 { "; " }
            (words.unmet(unmet))
            @if let Some(office) = unmet.ask {
                " – " (words.with("uses-ask", &[("office", (&names::office(words, desk, office, compartment)).into())]))
            }
        }
    }
}
