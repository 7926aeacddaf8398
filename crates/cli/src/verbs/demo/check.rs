//! `demo --check`: a walk through everything, on a synthetic mission in a temporary home.

use std::path::PathBuf;
use std::sync::Arc;

use counterseal_node::{Desk, Home, NodeError};
use counterseal_register::PartRef;
use counterseal_synth::World;
use tempfile::TempDir;

use super::clear::{Planted, Searched};
use super::together::Together;
use super::{make, steps, steps_guarded, steps_together};
use crate::context::Context;
use crate::failure::{Done, Failure};

/// What the steps work on.
pub(super) struct Walk<'a> {
    pub(super) ctx: &'a mut Context,
    pub(super) world: &'a World,
    pub(super) home: Home,
    /// A folder beside the home, for files that leave it.
    pub(super) out: PathBuf,
    pub(super) desk: Option<Desk>,
    /// The hub, the witnesses and who joined.
    pub(super) together: Option<Together>,
    /// The source that was sealed twice.
    pub(super) source: Option<PartRef>,
}

/// Why a step failed, in words.
pub(super) type Wrong = String;

type Step = for<'a> fn(&mut Walk<'a>) -> Result<String, Wrong>;

const STEPS: [(&str, Step); 24] = [
    ("check-make", steps::make_it),
    ("check-unlock", steps::unlock),
    ("check-find", steps::find),
    ("check-stats", steps::stats),
    ("check-near", steps::near),
    ("check-guard", steps::guard),
    ("check-import", steps::import),
    ("check-export", steps::export),
    ("check-verify", steps::verify),
    ("check-reindex", steps::reindex),
    ("check-sealed", steps::sealed),
    ("check-tamper", steps::tamper),
    ("check-served", steps_together::served),
    ("check-joined", steps_together::joined),
    ("check-appeared", steps_together::appeared),
    ("check-frozen", steps_together::frozen),
    ("check-killed", steps_together::killed),
    ("check-hub-sealed", steps_together::sealed),
    ("check-agreed", steps_together::agreed),
    ("check-sealed-twice", steps_guarded::sealed_twice),
    ("check-opened", steps_guarded::opened),
    ("check-trustee-stopped", steps_guarded::opened_without_one),
    ("check-purpose-refused", steps_guarded::refused),
    ("check-guarded-nowhere", steps_guarded::clear_of_it),
];

pub(super) fn run(ctx: &mut Context, world: &World) -> Result<Done, Failure> {
    let folder = TempDir::new().map_err(Failure::terminal)?;
    let (home, out) = (folder.path().join("home"), folder.path().join("out"));
    std::fs::create_dir(&out).map_err(|e| Failure::file("make", &out, e))?;
    let stopwatch = ctx.outside.stopwatch;
    let total = stopwatch();
    let home = Home::open(&home)?;
    ctx.say("synthetic-mark", &[])?;
    let mut walk = Walk { ctx, world, home, out, desk: None, together: None, source: None };
    let mut failed = 0;
    for (name, step) in STEPS {
        let elapsed = stopwatch();
        let outcome = step(&mut walk);
        let seconds = elapsed().as_secs_f64();
        let name = walk.ctx.words.text(name);
        let (mark, detail) = match outcome {
            Ok(detail) => ("ok    ", detail),
            Err(reason) => {
                failed += 1;
                ("FAILED", reason)
            }
        };
        walk.ctx.line(&format!("{mark} {seconds:6.1} s  {name}: {detail}"))?;
        if walk.desk.is_none() {
            // Without a desk there is nothing to go on with.
            break;
        }
    }
    walk.together.take().map(Together::stop).transpose()?;
    walk.desk.take().map(Desk::close).transpose()?;
    let seconds = format!("{:.1}", total().as_secs_f64());
    if failed > 0 || walk.desk.is_some() {
        walk.ctx.say("check-failed", &[("count", failed.to_string().into()), ("seconds", seconds.into())])?;
        return Ok(Done::Attention);
    }
    walk.ctx
        .say("check-passed", &[("count", STEPS.len().to_string().into()), ("seconds", seconds.into())])?;
    Ok(Done::Well)
}

impl Walk<'_> {
    /// The unlocked desk.
    pub(super) fn desk(&mut self) -> Result<&mut Desk, Wrong> {
        self.desk.as_mut().ok_or_else(String::new)
    }

    /// The source that was sealed twice.
    pub(super) fn source(&self) -> Result<PartRef, Wrong> {
        self.source.ok_or_else(|| self.ctx.words.text("check-nobody"))
    }

    /// A step's refusal in words.
    pub(super) fn wrong(&self, error: NodeError) -> Wrong {
        Failure::from(error).sentence(self.ctx.words)
    }

    /// What was wanted, and what was found.
    pub(super) fn differs(&self, wanted: impl ToString, found: impl ToString) -> Wrong {
        let values = [("wanted", wanted.to_string().into()), ("found", found.to_string().into())];
        self.ctx.words.with("check-differs", &values)
    }

    /// What searches for planted words saw, or the word that one found.
    pub(super) fn searched(&self, planted: &Planted, searched: &[Searched]) -> Result<String, Wrong> {
        if let Some((word, path)) = searched.iter().find_map(|one| one.found.as_ref()) {
            let values = [("word", word.into()), ("path", path.display().to_string().into())];
            return Err(self.ctx.words.with("check-in-the-clear", &values));
        }
        let bytes: usize = searched.iter().map(|one| one.bytes).sum();
        let (words, megabytes) = (planted.len().to_string(), (bytes / 1_000_000).to_string());
        Ok(self.ctx.words.with("check-searched", &[("words", words.into()), ("megabytes", megabytes.into())]))
    }

    /// Unlocks the desk of a home.
    pub(super) fn unlock(&self, home: &Home) -> Result<Desk, NodeError> {
        let passphrase = make::passphrase(self.ctx).map_err(|_| NodeError::NoMission)?;
        let place = home.choose(None)?;
        Desk::unlock(place, &passphrase, Arc::clone(&self.ctx.outside.clock), self.ctx.randomness())
    }
}
