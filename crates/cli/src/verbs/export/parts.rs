//! Exporting parts by name: what the policy speaks of, guarded parts that are open among them.

use std::path::Path;

use counterseal_model::record::Part;
use counterseal_model::{Classification, Code};
use counterseal_node::{Desk, NodeError, PartsExport, ShareRefusal};
use serde_json::json;

use crate::context::Context;
use crate::describe::{body_json, kind_of};
use crate::failure::{Done, Failure};
use crate::verbs::opening::{WhereArgs, open_first};
use crate::whom::say_whom;

/// What is asked for.
pub(super) struct Wanted<'a> {
    pub(super) parts: &'a [String],
    pub(super) purpose: &'a Code,
    pub(super) case: Option<[u8; 16]>,
    pub(super) open: Option<&'a WhereArgs>,
    pub(super) compartment: Option<&'a str>,
    pub(super) ask: Option<&'a Path>,
}

/// Exports parts as JSON Lines, the first line saying what the file is.
pub(super) fn export_parts(
    ctx: &Context,
    desk: &mut Desk,
    file: &Path,
    wanted: &Wanted<'_>,
) -> Result<Done, Failure> {
    let mut parts = Vec::new();
    for text in wanted.parts {
        parts.extend(desk.named_parts(text, None)?);
    }
    if let Some(place) = wanted.open {
        for named in &parts {
            let text = format!("{}/{}", named.part.entry, named.part.index);
            if desk.guarded_parts(&text).is_ok() {
                open_first(ctx, desk, place, named.part, (wanted.purpose, wanted.case), &[])?;
            }
        }
    }
    let compartment = ctx.compartment(desk, wanted.compartment)?;
    let (purpose, case) = (wanted.purpose.clone(), wanted.case.is_some());
    let what = PartsExport { parts, purpose, case, compartment };
    if let Some(path) = wanted.ask {
        return super::write_asked(ctx, path, &desk.ask_export(&what)?.bytes);
    }
    let head = |mark: &str, class: Classification, synthetic: bool| {
        json!({ "counterseal": "export", "mark": mark, "classification": class.word(), "synthetic": synthetic,
            "purpose": wanted.purpose.as_str() })
        .to_string()
    };
    let line = |mark: &str, part: &Part| {
        json!({ "mark": mark, "record": part.record.to_string(), "kind": kind_of(&part.body), "made": part.made.rfc3339(),
            "classification": part.classification.word(), "synthetic": part.synthetic, "body": body_json(&part.body) })
        .to_string()
    };
    let made = desk.export_parts(&what, file, &head, &line);
    let made = made.inspect_err(|error| {
        if let NodeError::Share(ShareRefusal::NotPermitted { ask, .. }) = error {
            let compartment = what.parts.first().map(|named| named.compartment);
            say_whom(ctx, desk, ask.iter().copied(), compartment);
        }
    })?;
    ctx.mark_synthetic(desk)?;
    let values = [
        ("count", made.count.to_string().into()),
        ("path", file.display().to_string().into()),
        ("class", made.classification.word().into()),
        ("mark", made.mark.into()),
    ];
    ctx.say("export-done", &values)?;
    ctx.note("share-no-recall", &[]);
    Ok(Done::Well)
}
