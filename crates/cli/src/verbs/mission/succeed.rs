//! `mission logs` and `mission succeed`: another hub in the place of one that is lost.

use std::path::{Path, PathBuf};

use clap::Args;
use counterseal_node::{Crossing, Desk};
use counterseal_register::LogKind;
use counterseal_seal::Signer;

use super::{Governors, hub, secrets_of};
use crate::context::Context;
use crate::failure::Failure;

/// Put a standby hub in the place of the mission's hub, which is refused from then on; governors sign
#[derive(Debug, Args)]
#[command(after_help = "\
For a hub that is lost for good, or that nobody trusts any more. Its logs end where this desk has followed them:
bring it as far as any other desk first ('mission take' of their 'mission logs', or pouches), and have the
standby ask the witnesses about this desk's logs ('hub succeed' with the file of 'mission logs').
Give the file made here to 'hub succeed'. Desks learn of it when they sync with the new hub, from pouches, or
with 'mission take'.

Examples:
  counterseal mission succeed --hub standby.json --governor-key governor-1.key \\
      --out blue-heron.succession")]
pub(super) struct SucceedArgs {
    /// The standby's public keys, as 'hub init' wrote them
    #[arg(long, value_name = "FILE")]
    hub: PathBuf,
    /// The file to make for the standby: both logs, and what the governors signed
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    governors: Governors,
}

impl SucceedArgs {
    pub(super) fn run(self, ctx: &mut Context) -> Result<(), Failure> {
        let standby = hub::named_hub(ctx, &self.hub)?;
        let governors = self.governors.open(ctx)?;
        ctx.with_desk(|ctx, desk| {
            // Signed already by a run that could not make the file: the file is made now.
            let secrets = secrets_of(&governors);
            let signers: Vec<&dyn Signer> = secrets.iter().map(|one| *one as &dyn Signer).collect();
            desk.succeed_hub(standby, &signers)?;
            counterseal_node::write_new_private(&self.out, &desk.logs_file()?)?;
            let generation = desk.register().hub(desk.moment()).map_or(0, |hub| hub.generation);
            let size =
                |log| -> Result<String, Failure> { Ok(desk.log(log)?.map_or(0, |log| log.size).to_string()) };
            let values = [
                ("generation", generation.to_string().into()),
                ("statements", size(LogKind::Statements)?.into()),
                ("leaves", size(LogKind::Journal)?.into()),
                ("path", self.out.display().to_string().into()),
            ];
            ctx.say("mission-succeeded", &values)
        })
    }
}

pub(super) fn write_logs(ctx: &Context, desk: &Desk, out: &Path) -> Result<(), Failure> {
    counterseal_node::write_new_private(out, &desk.logs_file()?)?;
    ctx.say("mission-logs", &[("path", out.display().to_string().into())])
}

/// Takes in what another desk wrote: statements, or both logs.
pub(super) fn take(ctx: &Context, desk: &mut Desk, file: &Path) -> Result<(), Failure> {
    let bytes = std::fs::read(file).map_err(|e| Failure::file("read", file, e))?;
    let (count, crossed) = match desk.take_logs(&bytes)? {
        Some(followed) => (followed.statements.to_string(), followed.crossed),
        None => (desk.take_statements(&bytes)?.to_string(), None),
    };
    ctx.say("mission-taken", &[("count", count.into())])?;
    show_crossing(ctx, crossed.as_ref())
}

/// Says that another hub has taken over, and what this desk had to take back.
pub(in crate::verbs) fn show_crossing(ctx: &Context, crossed: Option<&Crossing>) -> Result<(), Failure> {
    let Some(Crossing { generation, statements, leaves }) = crossed else { return Ok(()) };
    ctx.say("hub-crossed", &[("generation", generation.to_string().into())])?;
    if *statements == 0 && *leaves == 0 {
        return Ok(());
    }
    let values = [("statements", statements.to_string().into()), ("leaves", leaves.to_string().into())];
    ctx.say("hub-crossed-back", &values)
}
