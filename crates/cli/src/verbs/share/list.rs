//! What was released, and cannot be recalled.

use counterseal_model::{Code, DeviceId};
use counterseal_node::{Desk, Disclosure, NamedPart};
use counterseal_register::Subject;
use serde_json::{Value, json};

use super::super::part::part_of;
use crate::context::Context;
use crate::failure::Failure;
use crate::listing::{Format, Listing};

pub(super) fn list(
    ctx: &Context,
    desk: &Desk,
    part: Option<&str>,
    compartment: Option<&str>,
    format: Format,
) -> Result<(), Failure> {
    let compartment = compartment.map(|name| desk.find_compartment(name)).transpose()?;
    let parts: Vec<Option<NamedPart>> = match part {
        Some(text) => super::parts_named(desk, text, compartment)?.into_iter().map(Some).collect(),
        None => vec![None],
    };
    let mut all = Vec::new();
    for part in parts {
        all.extend(desk.disclosures(part)?);
    }
    let mut listing =
        Listing::new("released", &["time", "how", "part", "by", "to", "purpose", "recipient", "leaf"]);
    let full = format != Format::Table;
    all.iter().for_each(|one| listing.row(cells(ctx, desk, one, full)));
    listing.show(ctx, desk, format)?;
    if !all.is_empty() {
        ctx.note("share-no-recall", &[]);
    }
    Ok(())
}

fn cells(ctx: &Context, desk: &Desk, one: &Disclosure, full: bool) -> [Value; 8] {
    let how =
        if full { one.kind.word().to_owned() } else { ctx.words.text(&format!("thing-{}", one.kind.word())) };
    let to = one.to.map(|to| {
        let name = desk.name_of(Subject::Compartment(to)).map(|name| name.to_string());
        name.unwrap_or_else(|| if full { to.to_string() } else { to.short() })
    });
    [
        json!(one.at.rfc3339()),
        json!(how),
        json!(part_of(one.part, full)),
        json!(by(desk, one.by)),
        json!(to),
        json!(one.purpose.as_str()),
        json!(one.recipient.as_ref().map(Code::as_str)),
        json!(one.leaf),
    ]
}

fn by(desk: &Desk, device: DeviceId) -> String {
    let owner = desk.register().device(device, desk.moment()).map(|known| known.person);
    let name = owner.and_then(|person| desk.name_of(Subject::Person(person)));
    name.map_or_else(|| device.short(), |name| name.to_string())
}

/// Says of parts that are withdrawn or erased what had been released of them.
pub(crate) fn say_released(ctx: &Context, desk: &Desk, parts: &[NamedPart]) -> Result<(), Failure> {
    for part in parts {
        let released = desk.disclosures(Some(*part))?;
        if released.is_empty() {
            continue;
        }
        let values =
            [("part", part_of(part.part, false).into()), ("count", released.len().to_string().into())];
        ctx.say("share-released", &values)?;
        for one in &released {
            let [time, how, _, by, to, purpose, ..] = cells(ctx, desk, one, false);
            let texts = [time, how, by, to, purpose];
            let texts = texts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("  ");
            ctx.line(&format!("  {texts}"))?;
        }
    }
    Ok(())
}
