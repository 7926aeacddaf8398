//! Which parts are opened: those that are named, or those of a compartment, a case or an area, ahead.

use std::collections::BTreeSet;

use counterseal_node::{Area, CaseView, Desk, part_text};
use counterseal_register::PartRef;
use serde_json::json;

use super::show::line_of;
use crate::context::Context;
use crate::failure::Failure;

/// What chooses parts.
pub(super) struct Choice<'a> {
    pub(super) parts: &'a [String],
    pub(super) compartment: Option<&'a str>,
    pub(super) area: Option<&'a Area>,
    /// The case, where it chooses and is not only named.
    pub(super) case: Option<&'a str>,
}

/// The parts chosen, and of which cases they are.
pub(super) struct Chosen {
    pub(super) parts: Vec<PartRef>,
    cases: Vec<CaseView>,
}

impl Choice<'_> {
    pub(super) fn find(&self, ctx: &Context, desk: &Desk) -> Result<Chosen, Failure> {
        let mut chosen = Chosen { parts: Vec::new(), cases: Vec::new() };
        if let Some(name) = self.compartment {
            chosen.parts = desk.parts_of_compartment(desk.find_compartment(name)?)?;
        } else if let Some(area) = self.area {
            chosen.cases = desk.cases_in(area)?;
        } else if !self.parts.is_empty() {
            for text in self.parts {
                chosen.parts.extend(desk.guarded_parts(text)?.into_iter().map(|found| found.part));
            }
        } else if let Some(text) = self.case {
            chosen.cases.push(desk.find_case(text)?);
        }
        let mut belonging = BTreeSet::new();
        for case in &chosen.cases {
            belonging.extend(desk.parts_of_case(case)?);
        }
        if let Some(area) = self.area {
            belonging.extend(desk.parts_in(area)?);
        }
        chosen.parts.extend(belonging);
        if chosen.parts.is_empty() { Err(ctx.refuse("open-nothing-chosen", &[])) } else { Ok(chosen) }
    }
}

impl Chosen {
    /// Says what would be opened ahead, before anything is asked.
    pub(super) fn say(&self, ctx: &Context, desk: &Desk, json: bool) -> Result<(), Failure> {
        if json {
            let cases: Vec<_> = self.cases.iter().map(|case| case.id.to_string()).collect();
            let parts: Vec<_> =
                self.parts.iter().map(|part| format!("{}/{}", part.entry, part.index)).collect();
            let synthetic = desk.register().is_synthetic();
            return line_of(
                ctx,
                &json!({ "synthetic": synthetic, "asked": false, "cases": cases, "parts": parts }),
            );
        }
        ctx.mark_synthetic(desk)?;
        ctx.say("open-ahead-would", &[("count", self.parts.len().to_string().into())])?;
        for case in &self.cases {
            let name = case.reference.as_ref().map_or_else(|| case.id.short(), ToString::to_string);
            ctx.say("open-ahead-case", &[("case", name.into())])?;
        }
        self.parts.iter().try_for_each(|part| ctx.line(&format!("  {}", part_text(*part))))
    }
}
