//! What sharing would do, and what it did.

use counterseal_model::Code;
use counterseal_node::{Desk, SharePlan, ShareTerms, Shared};
use counterseal_register::Subject;
use serde_json::{Value, json};

use super::super::part::part_of;
use crate::context::Context;
use crate::describe::{body_json, kind_of, lines_of};
use crate::failure::Failure;
use crate::listing::pretty;

fn name_of(desk: &Desk, terms: &ShareTerms) -> String {
    let name = desk.name_of(Subject::Compartment(terms.to));
    name.map_or_else(|| terms.to.short(), |name| name.to_string())
}

fn words(codes: &[Code]) -> String {
    codes.iter().map(Code::as_str).collect::<Vec<_>>().join(", ")
}

/// Shows a plan: what the receivers would read, how many they are, and what the policy says.
pub(super) fn show(
    ctx: &Context,
    desk: &Desk,
    terms: &ShareTerms,
    plan: &SharePlan,
    format: &str,
) -> Result<(), Failure> {
    if format == "json" {
        return ctx.line(&pretty(&plan_json(desk, terms, plan, None)));
    }
    ctx.mark_synthetic(desk)?;
    let recipient = plan.recipient.as_ref().map_or("-", Code::as_str);
    let values = [
        ("part", part_of(terms.part.part, false).into()),
        ("to", name_of(desk, terms).into()),
        ("purpose", terms.purpose.as_str().into()),
        ("recipient", recipient.into()),
    ];
    ctx.say("share-plan", &values)?;
    ctx.say("share-readers", &[("count", plan.readers.to_string().into())])?;
    if plan.later_ones_too {
        ctx.say("share-later-too", &[])?;
    }
    if !plan.generalised.is_empty() {
        ctx.say("share-generalised", &[("fields", words(&plan.generalised).into())])?;
    }
    if !plan.left_out.is_empty() {
        ctx.say("share-left-out", &[("fields", words(&plan.left_out).into())])?;
    }
    ctx.say("share-would-read", &[("kind", kind_of(&plan.part.body).into())])?;
    for (field, value) in lines_of(desk, &plan.part.body)? {
        ctx.line(&format!("  {field}: {}", value.replace('\n', "\n    ")))?;
    }
    for (verdict, _) in plan.decision.verdicts() {
        verdict.to_string().lines().try_for_each(|line| ctx.line(line))?;
    }
    warn(ctx, desk, plan)
}

/// What should make somebody stop and think.
fn warn(ctx: &Context, desk: &Desk, plan: &SharePlan) -> Result<(), Failure> {
    if plan.loses_a_seal {
        ctx.note("share-loses-a-seal", &[]);
        let concerns = desk.concerns(&plan.part.body)?.len();
        if concerns > 0 {
            ctx.note("share-concerns", &[("count", concerns.to_string().into())]);
        }
    }
    if plan.before > 0 {
        ctx.note("share-before", &[("count", plan.before.to_string().into())]);
    }
    Ok(())
}

pub(super) fn done(
    ctx: &Context,
    desk: &Desk,
    terms: &ShareTerms,
    plan: &SharePlan,
    shared: &Shared,
    format: &str,
) -> Result<(), Failure> {
    if format == "json" {
        return ctx.line(&pretty(&plan_json(desk, terms, plan, Some(shared))));
    }
    warn(ctx, desk, plan)?;
    let values = [
        ("part", part_of(terms.part.part, false).into()),
        ("entry", shared.entry.short().into()),
        ("to", name_of(desk, terms).into()),
        ("count", shared.readers.to_string().into()),
    ];
    ctx.say("share-done", &values)
}

fn plan_json(desk: &Desk, terms: &ShareTerms, plan: &SharePlan, shared: Option<&Shared>) -> Value {
    let codes = |codes: &[Code]| codes.iter().map(Code::as_str).map(str::to_owned).collect::<Vec<_>>();
    let verdicts: Vec<_> = plan.decision.verdicts().map(|(verdict, _)| verdict.to_string()).collect();
    json!({
        "synthetic": desk.register().is_synthetic(), "part": part_of(terms.part.part, true),
        "to": terms.to.to_string(), "purpose": terms.purpose.as_str(),
        "recipient": plan.recipient.as_ref().map(Code::as_str), "permitted": plan.refusal().is_none(),
        "reasons": verdicts, "readers": plan.readers, "laterOnesToo": plan.later_ones_too,
        "losesASeal": plan.loses_a_seal, "generalised": codes(&plan.generalised), "leftOut": codes(&plan.left_out),
        "bases": plan.bases.iter().map(|kind| kind.word()).collect::<Vec<_>>(), "releasedBefore": plan.before,
        "kind": kind_of(&plan.part.body), "body": body_json(&plan.part.body),
        "shared": shared.map(|shared| shared.entry.to_string()),
    })
}
