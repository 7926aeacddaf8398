//! `passphrase`.

use std::path::PathBuf;

use clap::Args;
use counterseal_node::Desk;

use crate::context::Context;
use crate::failure::{Done, Failure};

/// Change the passphrase of this desk
#[derive(Debug, Args)]
#[command(after_help = "\
An old copy of the key file still opens with the old passphrase. If that may be in somebody's hands,
revoke the device and join with new keys.

Examples:
  counterseal passphrase
  counterseal passphrase --passphrase-file old.txt \\
      --new-passphrase-file new.txt")]
pub(crate) struct PassphraseArgs {
    /// Read the new passphrase from this file's first line
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
}

impl PassphraseArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        let place = ctx.home()?.choose(ctx.global.desk.as_deref())?;
        let old = ctx.ask_passphrase("passphrase-desk")?;
        let new = ctx.ask_new_passphrase("passphrase-new-desk", self.new_passphrase_file.as_deref())?;
        Desk::change_passphrase(&place, &old, &new, &mut ctx.randomness())?;
        ctx.say("passphrase-changed", &[])?;
        Ok(Done::Well)
    }
}
