//! What the witnesses said, wherever it is shown.

use counterseal_node::{Silence, WitnessReport};
use serde_json::{Value, json};

use crate::context::Context;
use crate::failure::Failure;

/// Whether what they said needs a person's attention. A witness that does not answer is shown, no more: one
/// that is dead for good is for the governors.
pub(super) fn needs_attention(report: &WitnessReport) -> bool {
    !report.held_back.is_empty() || !report.refused.is_empty() || !report.two_trees.is_empty()
}

/// Why a witness said nothing, in words.
pub(super) fn silence(ctx: &Context, silence: &Silence) -> String {
    match silence {
        Silence::NoAddress => ctx.words.text("witness-no-address"),
        Silence::Late => ctx.words.text("witness-late"),
        Silence::NotReached(reason) => {
            ctx.words.with("witness-not-reached", &[("reason", reason.as_str().into())])
        }
    }
}

/// Says how many answered, and everything that is not as it should be.
pub(super) fn say_witnesses(ctx: &Context, report: &WitnessReport) -> Result<(), Failure> {
    if report.asked == 0 {
        return Ok(());
    }
    let (answered, asked) = (report.answered.to_string(), report.asked.to_string());
    ctx.say("witnesses-answered", &[("answered", answered.into()), ("asked", asked.into())])?;
    for (witness, why) in &report.silent {
        let values = [("witness", witness.as_str().into()), ("reason", silence(ctx, why).into())];
        ctx.say("witness-silent", &values)?;
    }
    for (witness, log, reason) in &report.refused {
        let values = [
            ("witness", witness.as_str().into()),
            ("log", log.word().into()),
            ("reason", reason.as_str().into()),
        ];
        ctx.say("witness-refused", &values)?;
    }
    for held in &report.held_back {
        let values = [
            ("witness", held.witness.as_str().into()),
            ("log", held.log.word().into()),
            ("seen", held.seen.to_string().into()),
            ("shown", held.shown.to_string().into()),
            ("time", held.cosigned.rfc3339().into()),
        ];
        ctx.say("witness-held-back", &values)?;
    }
    if let Some(behind) = report.clock_behind {
        ctx.say("witness-clock", &[("seconds", behind.to_string().into())])?;
    }
    Ok(())
}

/// The same for programs.
pub(super) fn witnesses_json(ctx: &Context, report: &WitnessReport) -> Value {
    let silent = report.silent.iter();
    let silent = silent.map(|(who, why)| json!({"witness": who.as_str(), "reason": silence(ctx, why)}));
    let refused = report.refused.iter();
    let refused = refused
        .map(|(who, log, reason)| json!({"witness": who.as_str(), "log": log.word(), "reason": reason}));
    let held = report.held_back.iter().map(|held| {
        json!({"witness": held.witness.as_str(), "log": held.log.word(), "seen": held.seen,
               "shown": held.shown, "cosigned": held.cosigned.rfc3339()})
    });
    json!({
        "asked": report.asked, "answered": report.answered, "silent": silent.collect::<Value>(),
        "refused": refused.collect::<Value>(), "heldBack": held.collect::<Value>(),
        "clockBehind": report.clock_behind,
    })
}
