//! The second person reads what is to be shared, and approves it.

use std::path::Path;

use counterseal_model::Code;
use counterseal_node::{Desk, write_new_private};
use counterseal_register::{DisclosedAs, Subject};

use super::super::part::part_of;
use crate::context::Context;
use crate::failure::Failure;

/// Shows what is asked; approves it into `out`, where that is given.
pub(super) fn approve(
    ctx: &Context,
    desk: &mut Desk,
    file: &Path,
    out: Option<&Path>,
) -> Result<(), Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure::file("read", file, error))?;
    let asked = desk.read_share_asked(&bytes)?;
    let name = |subject, short: String| desk.name_of(subject).map_or(short, |name| name.to_string());
    let what = &asked.asked;
    let to = what.to.map_or_else(String::new, |to| name(Subject::Compartment(to), to.short()));
    let parts: Vec<_> = what.parts.iter().map(|part| part_of(*part, false)).collect();
    let values = [
        ("by", name(Subject::Person(asked.by), asked.by.short()).into()),
        ("parts", parts.join(", ").into()),
        ("from", name(Subject::Compartment(what.compartment), what.compartment.short()).into()),
        ("to", to.into()),
        ("purpose", what.purpose.as_str().into()),
    ];
    if what.how == DisclosedAs::Exported {
        let recipient = what.recipient.as_ref().map_or("", Code::as_str);
        let more = ("recipient", recipient.into());
        ctx.say("share-approval-export", &[values.as_slice(), &[more]].concat())?;
        ctx.note("share-no-recall", &[]);
    } else {
        ctx.say("share-approval", &values)?;
        let less: Vec<_> = what.generalised.iter().map(Code::as_str).collect();
        let less = if less.is_empty() { ctx.words.text("share-told-whole") } else { less.join(", ") };
        ctx.say("share-generalised", &[("fields", less.into())])?;
    }
    let Some(out) = out else {
        ctx.note("share-not-approved", &[]);
        return Ok(());
    };
    write_new_private(out, &desk.approve_share(&bytes)?.bytes)?;
    ctx.say("share-approved", &[("path", out.display().to_string().into())])
}
