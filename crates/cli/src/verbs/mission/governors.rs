//! `mission governors`: other governors, or another number that must sign.

use std::path::PathBuf;

use clap::Args;
use counterseal_node::GovernorFile;

use super::found::{ROOT_DIR, make_governors};
use super::{Governors, secrets_of};
use crate::context::Context;
use crate::failure::Failure;

/// Change who the governors are, or how many must sign; they are named anew as a whole
#[derive(Debug, Args)]
#[command(after_help = "\
Everybody who is to be a governor signs, and as many of the present ones as must: all their key files are at hand, and are
taken off this machine again. It waits for the mission's waiting days; until then the present governors rule.
A key that was lost or stolen is left out so, as long as enough others are there.

Examples:
  counterseal mission governors --stay governor-1.key --new 2 --threshold 2 \\
      --governor-key governor-1.key
  counterseal mission governors --stay governor-1.key --stay governor-3.key \\
      --new 1 --threshold 2 --governor-key governor-1.key \\
      --governor-key governor-3.key")]
pub(super) struct GovernorsArgs {
    /// The key file of a governor who stays; as many as there are
    #[arg(long, value_name = "FILE")]
    stay: Vec<PathBuf>,
    /// How many new governors; their key files are made
    #[arg(long, value_name = "NUMBER", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=64))]
    new: u64,
    /// How many of them must sign together from then on
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..=64))]
    threshold: u64,
    /// Folder for the new key files (default: a folder apart in the home)
    #[arg(long, value_name = "DIR")]
    root_dir: Option<PathBuf>,
    #[command(flatten)]
    governors: Governors,
}

impl GovernorsArgs {
    pub(super) fn run(self, ctx: &mut Context) -> Result<(), Failure> {
        let count = self.stay.len() as u64 + self.new;
        if self.threshold > count {
            let (threshold, governors) = (self.threshold.to_string(), count.to_string());
            return Err(ctx.refuse(
                "threshold-too-high",
                &[("threshold", threshold.into()), ("governors", governors.into())],
            ));
        }
        let present = self.governors.open(ctx)?;
        let file = self.governors.governor_passphrase_file.clone();
        let stay = Governors::of(self.stay.clone(), file.clone()).open(ctx)?;
        let folder = match &self.root_dir {
            Some(folder) => folder.clone(),
            None => ctx.home()?.path().join(ROOT_DIR),
        };
        let (made, files) = make_governors(ctx, &folder, self.new, file.as_deref())?;
        let mut named = false;
        let said = self.say(ctx, &present, &stay, &made, &mut named);
        if !named {
            // Keys of governors that nobody named would only be taken for others'. Those of named ones stay, whatever
            // fails afterwards.
            files.iter().for_each(|file| drop(std::fs::remove_file(file)));
        }
        said?;
        if files.is_empty() {
            return Ok(());
        }
        let (count, folder) = (files.len().to_string(), folder.display().to_string());
        ctx.say("mission-take-off", &[("count", count.into()), ("folder", folder.into())])
    }

    fn say(
        &self,
        ctx: &mut Context,
        present: &[GovernorFile],
        stay: &[GovernorFile],
        made: &[GovernorFile],
        named: &mut bool,
    ) -> Result<(), Failure> {
        let next: Vec<_> = secrets_of(stay).into_iter().chain(secrets_of(made)).collect();
        let (count, threshold) = (next.len().to_string(), self.threshold);
        ctx.with_desk(|ctx, desk| {
            desk.change_governors(&next, threshold, &secrets_of(present))?;
            *named = true;
            let days = desk.register().waiting_days(desk.moment()).to_string();
            let values =
                [("count", count.into()), ("threshold", threshold.to_string().into()), ("days", days.into())];
            ctx.say("governors-changed", &values)?;
            if threshold == 1 { ctx.say("mission-single-governor", &[]) } else { Ok(()) }
        })
    }
}
