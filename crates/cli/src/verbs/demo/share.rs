//! What the demo shows of sharing: a hub, witnesses and two more desks, in the demo's folder.

use std::path::Path;

use counterseal_node::{Desk, NodeError};
use counterseal_synth::World;

use super::clear::Planted;
use super::guarded::{PERMITTED, released};
use super::together::{JOINING, Together, finds};
use super::trustees::Trustees;
use super::{make, quote, quote_path};
use crate::context::Context;
use crate::failure::Failure;

/// What one of those who joined writes.
const NOTE: &str = "A paper goat stands by the wellhead";

/// Shares the mission, and says what was seen and how to go on.
pub(super) fn share(ctx: &Context, base: &Path, founder: &mut Desk, world: &World) -> Result<(), Failure> {
    let elapsed = (ctx.outside.stopwatch)();
    let base = std::path::absolute(base).map_err(|e| Failure::file("find", base, e))?;
    let mut together = Together::start(ctx, &base, founder, &make::governor_file(&base))?;
    together.join(ctx, &base, founder, &JOINING)?;
    let id = together.write(ctx, 0, NOTE)?;
    together.sync_until(ctx, founder, |desk| finds(desk, NOTE, id))?;
    together.joined_until(ctx, 1, |desk| finds(desk, NOTE, id))?;
    let [(first, _), (second, _)] = JOINING;
    let seconds = format!("{:.1}", elapsed().as_secs_f64());
    ctx.line("")?;
    ctx.say(
        "demo-together",
        &[("first", first.into()), ("second", second.into()), ("seconds", seconds.into())],
    )?;
    ctx.say(
        "demo-appeared",
        &[("first", first.into()), ("second", second.into()), ("id", id.short().into())],
    )?;
    two_seals(ctx, &base, founder, &mut together)?;
    let (status, config) = (together.served.status()?, together.served.hub_config());
    let (hub, witnesses) =
        (together.served.hub_folder().to_owned(), together.served.witness_folders().collect::<Vec<_>>());
    together.stop()?;
    let planted = Planted::of(world, &["wellhead", "Inkwell", "Lantern", "Blue Heron"]);
    let searched = planted.in_files(&hub).map_err(|e| Failure::file("read", &hub, e))?;
    let n = |number: u64| number.to_string().into();
    let held = [
        ("entries", n(status.journal.leaves)),
        ("statements", n(status.statements.leaves)),
        ("megabytes", n(searched.bytes as u64 / 1_000_000)),
        ("words", n(planted.len() as u64)),
    ];
    match searched.found {
        None => ctx.say("demo-hub-holds", &held)?,
        Some((word, path)) => {
            let values = [("word", word.into()), ("path", path.display().to_string().into())];
            return Err(ctx.refuse("check-in-the-clear", &values));
        }
    }
    how_to_start(ctx, &base, &config, &witnesses)
}

/// Seals a source on the desk of the first who joined, opens it on that of the second, and says who was told.
fn two_seals(ctx: &Context, base: &Path, founder: &mut Desk, together: &mut Together) -> Result<(), Failure> {
    let elapsed = (ctx.outside.stopwatch)();
    let sources = together.guard(ctx, base, founder, &make::governor_file(base))?;
    let part = together.seal_source(ctx, 0, sources)?;
    let opened = (ctx.outside.stopwatch)();
    let asked = together.open_source(ctx, 1, part, PERMITTED)?;
    let asked = asked.map_err(|failure| Failure::from(NodeError::from(failure)))?;
    let opened = format!("{:.2}", opened().as_secs_f64());
    together.told(ctx, 0, &asked)?;
    let [(first, _), (second, _)] = JOINING;
    let seconds = format!("{:.1}", elapsed().as_secs_f64());
    ctx.line("")?;
    ctx.say("demo-two-seals", &[("first", first.into()), ("seconds", seconds.into())])?;
    ctx.say(
        "demo-opened",
        &[
            ("first", first.into()),
            ("second", second.into()),
            ("purpose", PERMITTED.into()),
            ("released", released(&asked).to_string().into()),
            ("leaf", asked.leaf.to_string().into()),
            ("seconds", opened.into()),
        ],
    )
}

/// The commands, as lines that can be copied.
fn how_to_start(
    ctx: &Context,
    base: &Path,
    config: &Path,
    witnesses: &[std::path::PathBuf],
) -> Result<(), Failure> {
    let program = quote(&std::env::args().next().unwrap_or_else(|| "counterseal".to_owned()));
    ctx.say("demo-start", &[])?;
    ctx.line("")?;
    for folder in witnesses {
        ctx.line(&format!("  {program} witness run --folder {} &", quote_path(folder)))?;
    }
    ctx.line(&format!("  {program} hub run --config {} &", quote_path(config)))?;
    for config in Trustees::configs(base) {
        ctx.line(&format!("  {program} trustee run --config {} &", quote_path(&config)))?;
    }
    ctx.line(&format!("\n  # {}", ctx.words.text("demo-start-sync")))?;
    for home in std::iter::once(base.to_owned()).chain(JOINING.iter().map(|(_, folder)| base.join(folder))) {
        let file = quote_path(&home.join(make::PASSPHRASE_FILE));
        ctx.line(&format!("  {program} --home {} --passphrase-file {file} sync", quote_path(&home)))?;
    }
    ctx.line("")
}
