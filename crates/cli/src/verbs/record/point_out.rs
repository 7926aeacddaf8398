//! What the guard at the door points out, with the one step to move it.

use counterseal_model::RecordId;
use counterseal_node::{Concern, Movable};

use crate::clean::shorten;
use crate::context::Context;

/// Prints what should perhaps not stand where it stands. It was written all the same: the guard
/// points out, people decide.
pub(crate) fn point_out(ctx: &Context, record: RecordId, concerns: &[Concern]) {
    for concern in concerns {
        let reason = concern.reason.in_language(ctx.words.language());
        let span = format!("{}-{}", concern.span.start, concern.span.end);
        ctx.note(
            "guard-concern",
            &[
                ("field", concern.field.into()),
                ("span", span.into()),
                ("text", shorten(&concern.text, 60).into()),
                ("reason", reason.into()),
            ],
        );
        if Movable::from_word(concern.field).is_some() {
            let field = concern.field.split('.').next().unwrap_or(concern.field);
            ctx.note("guard-step", &[("record", record.short().into()), ("field", field.into())]);
        }
    }
}
