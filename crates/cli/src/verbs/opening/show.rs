//! What was opened, on the terminal.

use std::time::Duration;

use counterseal_model::Timestamp;
use counterseal_node::{Asked, Desk, OpenedPart, TrusteeWord, is_decoy, part_text};
use serde_json::{Value, json};

use crate::context::Context;
use crate::describe::{body_json, kind_of, lines_of};
use crate::failure::Failure;
use crate::listing::pretty;

pub(super) fn opened_json(parts: &[OpenedPart]) -> Vec<Value> {
    let one = |opened: &OpenedPart| {
        json!({
            "part": part_text(opened.part), "entry": opened.part.entry.to_string(), "index": opened.part.index,
            "kind": opened.content.as_ref().map(|part| kind_of(&part.body)),
            "record": opened.content.as_ref().map(|part| part.record.to_string()),
            "synthetic": opened.content.as_ref().map(|part| part.synthetic),
            "cover": opened.cover, "decoy": opened.content.as_ref().is_some_and(is_decoy),
            "body": opened.content.as_ref().map(|part| body_json(&part.body)),
        })
    };
    parts.iter().map(one).collect()
}

pub(super) fn asked_json(desk: &Desk, asked: &Asked) -> Value {
    let trustees = asked.trustees.iter().map(|(id, word)| {
        let (said, why) = match word {
            TrusteeWord::Released => ("released", None),
            TrusteeWord::Lied => ("lied", None),
            TrusteeWord::Misdealt => ("misdealt", None),
            TrusteeWord::Refused(refused) => ("refused", Some(refused.code.to_string())),
            TrusteeWord::Silent(why) => ("silent", Some(why.clone())),
        };
        json!({ "trustee": id.to_string(), "word": said, "reason": why })
    });
    json!({
        "synthetic": desk.register().is_synthetic(), "request": hex::encode(asked.request), "leaf": asked.leaf,
        "trustees": trustees.collect::<Vec<_>>(), "parts": opened_json(&asked.parts),
    })
}

pub(super) fn say_trustees(ctx: &Context, asked: &Asked) -> Result<(), Failure> {
    for (id, word) in &asked.trustees {
        let id = id.to_string().get(..8).unwrap_or_default().to_owned();
        match word {
            TrusteeWord::Released => {}
            TrusteeWord::Lied => ctx.say("open-lied", &[("trustee", id.into())])?,
            TrusteeWord::Misdealt => ctx.say("open-misdealt", &[("trustee", id.into())])?,
            TrusteeWord::Refused(refused) => ctx.say(
                "open-one-refused",
                &[("trustee", id.into()), ("code", refused.code.to_string().into())],
            )?,
            TrusteeWord::Silent(why) => {
                ctx.say("open-one-silent", &[("trustee", id.into()), ("why", why.as_str().into())])?;
            }
        }
    }
    Ok(())
}

pub(super) fn say_parts(ctx: &Context, desk: &Desk, parts: &[OpenedPart]) -> Result<(), Failure> {
    for opened in parts {
        if opened.cover {
            ctx.say("open-cover", &[("part", part_text(opened.part).into())])?;
            continue;
        }
        let Some(part) = &opened.content else {
            ctx.say("open-no-part", &[("part", part_text(opened.part).into())])?;
            continue;
        };
        let class = part.classification.word();
        ctx.line(&format!("{}  {}  {class}", part_text(opened.part), kind_of(&part.body)))?;
        let lines = lines_of(desk, &part.body)?;
        let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).min(32);
        for (name, value) in lines {
            let value = value.replace('\n', &format!("\n{:width$}  ", ""));
            ctx.line(&format!("{name:width$}  {value}"))?;
        }
    }
    Ok(())
}

/// Shows parts as JSON or in words, and on a terminal takes them off it again when their time is over.
pub(super) fn show_for(
    ctx: &Context,
    desk: &mut Desk,
    parts: &[OpenedPart],
    until: Timestamp,
) -> Result<(), Failure> {
    ctx.mark_synthetic(desk)?;
    say_parts(ctx, desk, parts)?;
    if !std::io::IsTerminal::is_terminal(&std::io::stdout()) {
        desk.close_opened();
        return Ok(());
    }
    ctx.note("open-until", &[("seconds", (until.0 - desk.now().0).max(0).to_string().into())]);
    while desk.now() < until && !ctx.is_asked_to_lock() {
        std::thread::sleep(Duration::from_millis(250));
    }
    desk.close_opened();
    // Clears the screen and what can be scrolled back to (ECMA-48, ED 2 and 3).
    ctx.write("\u{1b}[2J\u{1b}[3J\u{1b}[H")?;
    ctx.say("open-over", &[])
}

pub(super) fn line_of(ctx: &Context, value: &Value) -> Result<(), Failure> {
    ctx.line(&pretty(value))
}
