//! Whole bodies as JSON.

use std::io::Read;
use std::path::Path;

use counterseal_exchange::{entity_from_json, incident_from_json, link_from_json};
use counterseal_model::record::{Body, Kind};
use serde_json::Value;

use crate::context::Context;
use crate::failure::Failure;

/// Most bytes of JSON that are read.
const MOST: u64 = 16 * 1024 * 1024;

/// Reads a body of this kind from a file, or from standard input for `-`.
pub(super) fn read_body(ctx: &Context, path: &Path, kind: Kind) -> Result<Body, Failure> {
    let mut text = String::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().lock().take(MOST).read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MOST).read_to_string(&mut text))
    };
    read.map_err(|e| Failure::file("read", path, e))?;
    let bad = |reason: String| {
        ctx.refuse("json-bad", &[("path", path.display().to_string().into()), ("reason", reason.into())])
    };
    let value: Value = serde_json::from_str(&text).map_err(|error| bad(error.to_string()))?;
    // What 'record show --format json' prints can be corrected and given back.
    let value = value.get("body").unwrap_or(&value);
    let refused = |error: counterseal_exchange::JsonError| bad(error.to_string());
    Ok(match kind {
        Kind::Incident => Body::Incident(Box::new(incident_from_json(value).map_err(refused)?)),
        Kind::Entity => Body::Entity(Box::new(entity_from_json(value).map_err(refused)?)),
        Kind::Link => Body::Link(Box::new(link_from_json(value).map_err(refused)?)),
        other => return Err(ctx.refuse("json-not-for", &[("kind", other.word().into())])),
    })
}
