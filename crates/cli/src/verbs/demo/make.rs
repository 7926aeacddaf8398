//! Making the demo's mission.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use counterseal_model::record::{Body, Part};
use counterseal_model::{Classification, CompartmentId, RecordId};
use counterseal_node::{Desk, Founding, GovernorFile, Home, NodeError, write_new_private};
use counterseal_register::HistoryRule;
use counterseal_seal::Passphrase;
use counterseal_synth::World;

use super::PASSPHRASE;
use crate::context::Context;
use crate::failure::Failure;
use crate::progress::Bar;

/// Where the demo's passphrase lies, so that the commands it prints can be copied.
pub(super) const PASSPHRASE_FILE: &str = "demo-passphrase.txt";
/// Parts sealed into one entry, one commit each.
const CHUNK: usize = 1000;

/// The demo's passphrase.
pub(super) fn passphrase(ctx: &Context) -> Result<Passphrase, Failure> {
    Passphrase::new(PASSPHRASE)
        .map_err(|_| ctx.refuse("passphrase-short", &[("chars", "0".into()), ("least", "8".into())]))
}

/// Founds the mission and writes everything that happened in its world.
pub(super) fn make(ctx: &mut Context, home: &Home, world: &World) -> Result<Desk, Failure> {
    let passphrase = passphrase(ctx)?;
    let governor = GovernorFile::make(&mut ctx.randomness(), &passphrase)?;
    let founding = Founding {
        mission_name: "Mission of the Blue Heron (synthetic)".to_owned(),
        person_name: "Officer Quillfeather".to_owned(),
        compartment_name: "incidents".to_owned(),
        history: HistoryRule::Full,
        threshold: 1,
        waiting_days: 7,
        synthetic: true,
        until: None,
    };
    keep_governor(home.path(), &governor)?;
    let clock = Arc::clone(&ctx.outside.clock);
    let mut desk = Desk::found(home, &founding, &[governor], &passphrase, clock, ctx.randomness())?;
    write_new_private(&home.path().join(PASSPHRASE_FILE), format!("{PASSPHRASE}\n").as_bytes())?;
    fill(ctx, &mut desk, world)?;
    Ok(desk)
}

fn keep_governor(home: &Path, governor: &GovernorFile) -> Result<(), Failure> {
    let file = governor_file(home);
    let folder = file.parent().unwrap_or(home);
    std::fs::create_dir_all(folder).map_err(|e| Failure::file("make", folder, e))?;
    Ok(write_new_private(&file, &governor.bytes)?)
}

/// Where the governor's key lies, which in earnest would not stay on this machine.
pub(super) fn governor_file(home: &Path) -> PathBuf {
    home.join("take-off-this-machine").join("governor-1.key")
}

fn fill(ctx: &Context, desk: &mut Desk, world: &World) -> Result<(), Failure> {
    let compartment = desk.default_compartment()?;
    let now = desk.now();
    let first = |id: RecordId, body: Body| {
        let part = Part::first(id, body, now, Classification::Confidential);
        Part { synthetic: true, ..part }
    };
    let entities = world.entities().into_iter().map(|(id, entity)| first(id, Body::Entity(Box::new(entity))));
    let links = world.links().into_iter().map(|(id, link)| first(id, Body::Link(Box::new(link))));
    let incidents = (0..world.plan().incidents).map(|n| world.part(n));
    let bar = Bar::items(world.plan().incidents as u64, &ctx.words.text("demo-bar"));
    let mut done = 0;
    write_all(desk, compartment, entities.chain(links).chain(incidents), &mut |written| {
        done += written;
        bar.set(done);
    })?;
    Ok(())
}

fn write_all(
    desk: &mut Desk,
    compartment: CompartmentId,
    parts: impl Iterator<Item = Part>,
    progress: &mut dyn FnMut(u64),
) -> Result<(), NodeError> {
    let mut parts = parts.peekable();
    while parts.peek().is_some() {
        let chunk: Vec<_> = parts.by_ref().take(CHUNK).collect();
        let written = chunk.len() as u64;
        desk.write(compartment, chunk)?;
        progress(written);
    }
    Ok(())
}
