//! `mission new`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use counterseal_node::{Desk, Founding, GovernorFile};
use counterseal_register::HistoryRule;

use super::{fingerprint, until};
use crate::context::Context;
use crate::failure::Failure;

pub(super) use counterseal_node::GOVERNORS_FOLDER as ROOT_DIR;

/// Found a mission on this computer; you become its first registrar
#[derive(Debug, Args)]
#[command(after_help = "\
The governors' key files are written into a folder apart. Move them to offline media and keep them in
different places: whoever has enough of them with their passphrases rules the mission.

Examples:
  counterseal mission new --name 'Mission of the Blue Heron' \\
      --person 'Officer Quillfeather' --compartment incidents
  counterseal mission new --name Exercise --person Me \\
      --compartment incidents --governors 3 --threshold 2 --synthetic")]
pub(super) struct NewArgs {
    /// The mission's name; only its members can read it
    #[arg(long)]
    name: String,
    /// Your name; only members can read it
    #[arg(long)]
    person: String,
    /// Name of the first compartment to work in
    #[arg(long)]
    compartment: String,
    /// How many governors there are
    #[arg(long, value_name = "M", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=16))]
    governors: u64,
    /// How many of them must sign together
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=16))]
    threshold: u64,
    /// Folder for the governors' key files (default: take-off-this-machine in the home)
    #[arg(long, value_name = "DIR")]
    root_dir: Option<PathBuf>,
    /// File with the governors' passphrase
    #[arg(long, value_name = "FILE")]
    governor_passphrase_file: Option<PathBuf>,
    /// Days that a loosening of the rules waits before it has effect
    #[arg(long, value_name = "DAYS", default_value_t = 7)]
    waiting_days: u64,
    /// What newly admitted members may read of the first compartment's past
    #[arg(long, value_enum, default_value = "full")]
    history: History,
    /// When your appointment ends
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
    until: Option<crate::dates::Typed>,
    /// Everything in it is made up: for training and demonstration
    #[arg(long)]
    synthetic: bool,
}

/// History rules by their words.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum History {
    /// Everything
    Full,
    /// What is written from their admission on
    FromJoin,
}

impl From<History> for HistoryRule {
    fn from(history: History) -> Self {
        match history {
            History::Full => Self::Full,
            History::FromJoin => Self::FromJoin,
        }
    }
}

impl NewArgs {
    pub(super) fn run(self, ctx: &mut Context) -> Result<(), Failure> {
        if self.threshold > self.governors {
            let (threshold, governors) = (self.threshold.to_string(), self.governors.to_string());
            return Err(ctx.refuse(
                "threshold-too-high",
                &[("threshold", threshold.into()), ("governors", governors.into())],
            ));
        }
        let home = ctx.home()?;
        let passphrase =
            ctx.ask_new_passphrase("passphrase-new-desk", ctx.global.passphrase_file.as_deref())?;
        let folder = self.root_dir.clone().unwrap_or_else(|| home.path().join(ROOT_DIR));
        let file = self.governor_passphrase_file.as_deref().or(ctx.global.passphrase_file.as_deref());
        let (governors, files) = make_governors(ctx, &folder, self.governors, file)?;
        ctx.begin_presence(&home)?;
        let clock = Arc::clone(&ctx.outside.clock);
        let founded = Desk::found(&home, &self.founding(), &governors, &passphrase, clock, ctx.randomness());
        let desk = match founded {
            Ok(desk) => desk,
            Err(error) => {
                // Keys of a mission that is not there would only be taken for another's.
                files.iter().for_each(|file| drop(std::fs::remove_file(file)));
                return Err(error.into());
            }
        };
        self.report(ctx, &desk, &folder)?;
        ctx.close(desk)
    }

    fn founding(&self) -> Founding {
        Founding {
            mission_name: self.name.clone(),
            person_name: self.person.clone(),
            compartment_name: self.compartment.clone(),
            history: self.history.into(),
            threshold: self.threshold,
            waiting_days: self.waiting_days,
            synthetic: self.synthetic,
            until: until(self.until),
        }
    }

    fn report(&self, ctx: &Context, desk: &Desk, folder: &Path) -> Result<(), Failure> {
        ctx.mark_synthetic(desk)?;
        let id = fingerprint(&desk.mission().to_string());
        ctx.say("mission-founded", &[("id", id.into()), ("device", desk.device().short().into())])?;
        let (count, folder) = (self.governors.to_string(), folder.display().to_string());
        ctx.say("mission-take-off", &[("count", count.into()), ("folder", folder.into())])?;
        if self.threshold == 1 { ctx.say("mission-single-governor", &[]) } else { Ok(()) }
    }
}

/// Makes governors' keys and writes their files before anything rests on them. Files that are there stay.
pub(super) fn make_governors(
    ctx: &Context,
    folder: &Path,
    count: u64,
    passphrase_file: Option<&Path>,
) -> Result<(Vec<GovernorFile>, Vec<PathBuf>), Failure> {
    let (mut governors, mut files) = (Vec::new(), Vec::new());
    for number in 1..=count {
        if passphrase_file.is_none() {
            ctx.note("governor-number", &[("number", number.to_string().into())]);
        }
        let passphrase = ctx.ask_new_passphrase("passphrase-new-governor", passphrase_file)?;
        let (governor, path) = GovernorFile::make_in(folder, &mut ctx.randomness(), &passphrase)?;
        governors.push(governor);
        files.push(path);
    }
    Ok((governors, files))
}
