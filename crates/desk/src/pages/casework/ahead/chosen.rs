//! Which parts are opened ahead: all of a compartment, of a case, or of the cases and records of an area.

use std::collections::BTreeSet;

use counterseal_model::Timestamp;
use counterseal_node::{Area, CaseView, Desk, OpeningTerms};
use counterseal_register::{Ahead, PartRef};

use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::Why;
use crate::words::Words;

/// What was chosen, and what for.
pub(super) struct Chosen {
    /// What is to be asked for.
    pub(super) parts: Vec<PartRef>,
    /// How many are kept here for that long already, and are left out.
    pub(super) kept: usize,
    /// Of which cases they are.
    pub(super) cases: Vec<CaseView>,
    pub(super) until: Timestamp,
}

/// What a form chooses; none before it chooses anything.
pub(super) fn chosen(words: Words, desk: &Desk, fields: &Fields) -> Result<Option<Chosen>, Why> {
    let what = typed::text(fields, "what");
    let Some(until) = typed::end_of(words, "ahead-until", typed::text(fields, "until"))? else {
        return Ok(None);
    };
    if until <= desk.now() {
        return Err(typed::bad(words, "ahead-until", &words.text("ahead-past")));
    }
    let (mut parts, mut cases) = (BTreeSet::new(), Vec::new());
    match typed::text(fields, "by") {
        "case" => cases.push(desk.find_case(what)?),
        "area" => {
            let area: Area =
                what.parse().map_err(|_| typed::bad(words, "ahead-area", &words.text("ahead-area-bad")))?;
            cases = desk.cases_in(&area)?;
            parts.extend(desk.parts_in(&area)?);
        }
        "compartment" => parts.extend(desk.parts_of_compartment(desk.find_compartment(what)?)?),
        _ => return Ok(None),
    }
    for case in &cases {
        parts.extend(desk.parts_of_case(case)?);
    }
    let all = parts.len();
    let kept: BTreeSet<PartRef> =
        desk.opened_ahead()?.into_iter().filter(|view| view.until >= until).map(|view| view.part).collect();
    parts.retain(|part| !kept.contains(part));
    Ok(Some(Chosen { kept: all - parts.len(), parts: parts.into_iter().collect(), cases, until }))
}

/// The request for what was chosen.
pub(super) fn terms(words: Words, desk: &Desk, fields: &Fields, chosen: Chosen) -> Result<OpeningTerms, Why> {
    let purpose = typed::code(words, "uses-purpose", typed::text(fields, "purpose"))?;
    let reason = typed::code(words, "form-reason", typed::text(fields, "reason"))?;
    // Of several cases no one is named.
    let case = match chosen.cases.as_slice() {
        [only] => Some(*only.id.as_bytes()),
        _ => super::super::open::case(desk, typed::text(fields, "case"))?,
    };
    let ahead = Ahead { until: chosen.until, reason, extra: Default::default() };
    Ok(OpeningTerms { case, ahead: Some(ahead), ..OpeningTerms::new(chosen.parts, purpose) })
}
