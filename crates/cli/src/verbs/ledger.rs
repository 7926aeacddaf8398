//! `ledger`: the mission's two logs, checked by whoever trusts nobody.

pub(super) mod policy;
mod proof;
pub(super) mod show;
mod verify;
mod watch;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::failure::{Done, Failure};

/// Check the mission's logs: all of them, one proof, or what everybody shows of them
#[derive(Debug, Args)]
pub(crate) struct LedgerArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Verify(verify::VerifyArgs),
    Proof(proof::ProofArgs),
    Watch(watch::WatchArgs),
    Policy(policy::PolicyArgs),
}

impl LedgerArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        match self.action {
            Action::Verify(args) => args.run(ctx),
            Action::Proof(args) => args.run(ctx),
            Action::Watch(args) => args.run(ctx),
            Action::Policy(args) => args.run(ctx),
        }
    }
}
