//! `case show`.

use clap::Args;
use counterseal_model::Timestamp;
use counterseal_model::record::Body;
use counterseal_node::{CaseView, Desk, NamedPart};
use serde_json::{Value, json};

use crate::casework_json;
use crate::clean::clean;
use crate::context::Context;
use crate::describe::title_of;
use crate::failure::Failure;
use crate::listing::pretty;
use crate::verbs::casework::Shown;
use crate::verbs::part::part_of;

/// Show a case, as far as this desk may see it without an opening
#[derive(Debug, Args)]
#[command(after_help = "\
What its guarded parts say is read with 'counterseal open', for a purpose, and known to those it concerns.

Examples:
  counterseal case show bria-017
  counterseal case show 0a1b2c3d --format json")]
pub(super) struct ShowArgs {
    /// The case: its reference, or the first digits of its id
    case: String,
    /// How to show it
    #[arg(long, value_enum, default_value = "text")]
    format: Shown,
}

impl ShowArgs {
    pub(super) fn run(self, ctx: &Context, desk: &Desk) -> Result<(), Failure> {
        let case = desk.find_case(&self.case)?;
        if self.format == Shown::Json {
            return ctx.line(&pretty(&case_json(desk, &case)?));
        }
        ctx.mark_synthetic(desk)?;
        let reference = case.reference.as_ref().map_or_else(|| case.record.short(), ToString::to_string);
        ctx.line(&format!("{}  {reference}", case.id))?;
        if case.conflict {
            ctx.say("record-conflict-shown", &[("record", case.record.short().into())])?;
        }
        match &case.open {
            Some(open) => say_open(ctx, desk, &open.case)?,
            None => ctx.say("case-all-sealed", &[])?,
        }
        for (key, parts) in [("case-own-part", &case.own), ("case-part", &case.parts)] {
            for named in parts {
                let values =
                    [("part", part_of(named.part, false).into()), ("state", state(ctx, desk, *named).into())];
                ctx.say(key, &values)?;
            }
        }
        Ok(())
    }
}

fn say_open(ctx: &Context, desk: &Desk, case: &counterseal_model::record::Case) -> Result<(), Failure> {
    if let Some(status) = case.status {
        ctx.say("case-status", &[("status", status.word().into())])?;
    }
    for one in &case.follow_up {
        let key = match one.done {
            Some(_) => "case-done",
            None if one.due < desk.now() => "case-overdue",
            None => "case-due",
        };
        let date = one.done.unwrap_or(one.due).date_text();
        ctx.say(key, &[("what", one.what.to_string().into()), ("date", date.into())])?;
    }
    for id in &case.incidents {
        let title = desk.record(*id).map(|view| match &view.part.body {
            body @ Body::Incident(_) => title_of(body),
            _ => String::new(),
        });
        let title = clean(&title.unwrap_or_default(), true);
        ctx.say("case-incident", &[("id", id.short().into()), ("title", title.into())])?;
    }
    Ok(())
}

fn state(ctx: &Context, desk: &Desk, named: NamedPart) -> String {
    let view = desk.part_view(named);
    let key = match (view.erased, view.withdrawn) {
        (Some(_), _) => "case-part-erased",
        (_, Some(_)) => "case-part-withdrawn",
        _ => "case-part-sealed",
    };
    ctx.words.text(key)
}

pub(super) fn case_json(desk: &Desk, case: &CaseView) -> Result<Value, Failure> {
    let part = |named: &NamedPart| {
        let view = desk.part_view(*named);
        json!({ "part": part_of(named.part, true), "compartment": named.compartment.to_string(),
            "withdrawn": view.withdrawn.map(Timestamp::rfc3339), "erased": view.erased.map(Timestamp::rfc3339) })
    };
    Ok(json!({
        "synthetic": desk.register().is_synthetic(),
        "case": case.id.to_string(), "record": case.record.to_string(), "conflict": case.conflict,
        "reference": case.reference.as_ref().map(|code| code.as_str()),
        "open": case.open.as_ref().map(|open| casework_json::case(&open.case)),
        "own": case.own.iter().map(part).collect::<Vec<_>>(),
        "parts": case.parts.iter().map(part).collect::<Vec<_>>(),
    }))
}
