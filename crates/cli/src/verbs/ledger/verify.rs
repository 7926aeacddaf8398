//! `ledger verify`: both logs, from the mission's fingerprint and nothing else.

use std::path::{Path, PathBuf};

use clap::Args;
use counterseal_model::MissionId;
use counterseal_node::{
    Audit, DeskFiles, FolderFiles, Go, HubFiles, KeptFiles, LinkError, LogFiles, NodeError, audit,
};

use super::policy::{policy_of, read};
use super::show::{show_audit, show_split};
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::progress::Bar;

/// Most bytes of a proof of two histories.
const MAX_PROOF: usize = 1 << 20;

/// Verify both logs from the mission's fingerprint and nothing else
#[derive(Debug, Args)]
#[command(after_help = "\
Reads every leaf, makes every tile again, applies every statement from the founding on, and checks who signed and
cosigned what, and when. WHERE is a hub (host:port), or a folder with the files that a hub serves; without it, the
hub of this desk. With --mission no desk is needed: compare the fingerprint by another channel.
Exit code 3: something does not hold; it is named.

Examples:
  counterseal ledger verify
  counterseal ledger verify --mine
  counterseal ledger verify hub.example:7443 --mission 'MISSION' --keep blue-heron
  counterseal ledger verify blue-heron --mission 'MISSION' --format json
  counterseal ledger verify --split hub.proof --policy blue-heron.policy")]
pub(super) struct VerifyArgs {
    /// A hub, as host:port, or a folder
    #[arg(value_name = "WHERE", conflicts_with = "mine")]
    place: Option<String>,
    /// What this desk keeps of both logs; nobody is asked
    #[arg(long)]
    mine: bool,
    /// The mission's fingerprint, all of its digits; this desk's mission unless given
    #[arg(long, value_name = "FINGERPRINT")]
    mission: Option<String>,
    /// Keep every file that is read in this folder
    #[arg(long, value_name = "FOLDER", conflicts_with = "mine")]
    keep: Option<PathBuf>,
    /// Check a proof that a log has signed two histories
    #[arg(long, value_name = "FILE", conflicts_with_all = ["place", "mine", "mission", "keep"])]
    split: Option<PathBuf>,
    /// Check it by this policy instead of this desk's register
    #[arg(long, value_name = "FILE", requires = "split")]
    policy: Option<PathBuf>,
    /// How to show what was found
    #[arg(long, default_value = "table", value_parser = ["table", "json"])]
    format: String,
}

impl VerifyArgs {
    pub(super) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        let json = self.format == "json";
        if let Some(path) = &self.split {
            let proof = read(path, MAX_PROOF)?;
            let keys: Vec<_> = policy_of(ctx, self.policy.as_deref())?.logs().cloned().collect();
            return show_split(ctx, &proof, &keys, json);
        }
        let named = self.mission.as_deref().map(|text| mission_of(ctx, text)).transpose()?;
        if let (Some(mission), Some(place)) = (named, &self.place) {
            return self.audit(ctx, mission, place, Vec::new());
        }
        ctx.with_desk(|ctx, desk| {
            let mission = named.unwrap_or_else(|| desk.mission());
            if self.mine {
                let found = run(ctx, mission, &mut DeskFiles::new(desk))?;
                return show_audit(ctx, &found, &mission.to_string(), json);
            }
            let place = match &self.place {
                Some(place) => place.clone(),
                None => desk.hub_address()?.ok_or_else(|| ctx.refuse("sync-no-address", &[]))?,
            };
            let pins = desk.register().hub(desk.moment()).map(|hub| hub.pins).unwrap_or_default();
            self.audit(ctx, mission, &place, pins)
        })
    }

    fn audit(
        &self,
        ctx: &Context,
        mission: MissionId,
        place: &str,
        pins: Vec<[u8; 32]>,
    ) -> Result<Done, Failure> {
        let json = self.format == "json";
        let folder = Path::new(place);
        if folder.is_dir() {
            let found = self.keeping(ctx, mission, &mut FolderFiles::new(folder))?;
            return show_audit(ctx, &found, &mission.to_string(), json);
        }
        let failed = |error: LinkError| Failure::Asked(error.to_string());
        let mut files = HubFiles::new(place, pins).map_err(failed)?;
        let found = self.keeping(ctx, mission, &mut files)?;
        let done = show_audit(ctx, &found, &mission.to_string(), json)?;
        // Whoever gave true files need not be the hub; then it is somebody who came in between.
        match found.register.as_ref().map(|register| files.check_pin(register)) {
            Some(Err(error)) => {
                ctx.note_line(&error.to_string());
                Ok(Done::Attention)
            }
            _ => Ok(done),
        }
    }

    fn keeping(
        &self,
        ctx: &Context,
        mission: MissionId,
        files: &mut dyn LogFiles<Error = NodeError>,
    ) -> Result<Audit, Failure> {
        match &self.keep {
            Some(folder) => run(ctx, mission, &mut KeptFiles::new(files, folder)),
            None => run(ctx, mission, files),
        }
    }
}

fn run(
    ctx: &Context,
    mission: MissionId,
    files: &mut dyn LogFiles<Error = NodeError>,
) -> Result<Audit, Failure> {
    let bar = Bar::items(0, &ctx.words.text("ledger-bar"));
    let now = ctx.outside.clock.now();
    let found = audit(mission, files, now, &mut |_, done, total| {
        bar.set_of(done, total);
        if ctx.is_asked_to_lock() { Go::Stop } else { Go::On }
    });
    Ok(found?)
}

/// A fingerprint as people read it to each other: with or without spaces.
fn mission_of(ctx: &Context, text: &str) -> Result<MissionId, Failure> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits.parse().map_err(|_| ctx.refuse("ledger-fingerprint-bad", &[]))
}
