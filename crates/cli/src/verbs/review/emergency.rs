//! Emergency openings: each stands in the list until somebody who reviews has answered it.

use counterseal_node::{Desk, Emergency};
use serde_json::{Value, json};

use super::name_of;
use crate::context::Context;
use crate::failure::Failure;
use crate::listing::Format;

/// Says which are not answered; whatever days were asked for.
pub(super) fn list(ctx: &Context, desk: &Desk, all: &[Emergency], format: Format) -> Result<(), Failure> {
    for one in all.iter().filter(|one| one.answer.is_none() && format == Format::Table) {
        let request = hex::encode(one.request);
        let values = [
            ("request", request.get(..8).unwrap_or_default().to_owned().into()),
            ("person", name_of(desk, one.person).into()),
            ("time", one.at.rfc3339().into()),
            ("parts", one.parts.to_string().into()),
            ("due", one.due.rfc3339().into()),
        ];
        match one.due < desk.now() {
            true => ctx.say("review-emergency-late", &values)?,
            false => ctx.say("review-emergency", &values)?,
        }
    }
    Ok(())
}

/// All of them, answered ones too.
pub(super) fn to_json(desk: &Desk, all: &[Emergency]) -> Vec<Value> {
    let one = |one: &Emergency| {
        let answer = one
            .answer
            .as_ref()
            .map(|(by, at, text)| json!({ "by": by.to_string(), "time": at.rfc3339(), "text": text }));
        json!({
            "request": hex::encode(one.request), "person": one.person.to_string(), "name": name_of(desk, one.person),
            "time": one.at.rfc3339(), "parts": one.parts, "due": one.due.rfc3339(),
            "overdue": one.answer.is_none() && one.due < desk.now(), "answer": answer,
        })
    };
    all.iter().map(one).collect()
}
