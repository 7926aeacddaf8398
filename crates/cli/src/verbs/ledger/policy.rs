//! `ledger policy`: whose signatures count, and reading such a policy back.

use std::path::{Path, PathBuf};

use clap::Args;
use counterseal_ledger::{MAX_POLICY, Policy};

use crate::context::Context;
use crate::failure::{Done, Failure};

/// Print the policy that the mission's checkpoints and receipts are checked by
#[derive(Debug, Args)]
#[command(after_help = "\
It is C2SP's tlog-policy: the verifier keys of both logs, those of the witnesses, and how many of them must
have cosigned. Give it, with a receipt or a proof, to whoever is to check it: they need nothing else.

Examples:
  counterseal ledger policy
  counterseal ledger policy --out blue-heron.policy")]
pub(super) struct PolicyArgs {
    /// Write it to a new file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl PolicyArgs {
    pub(super) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| {
            let policy = desk.log_policy().ok_or(counterseal_node::MirrorError::NoHub)?.to_bytes();
            match &self.out {
                Some(path) => {
                    counterseal_node::write_new_private(path, &policy)?;
                    ctx.say("ledger-policy-written", &[("path", path.display().to_string().into())])
                }
                None => ctx.write(&String::from_utf8_lossy(&policy)),
            }
        })?;
        Ok(Done::Well)
    }
}

/// The policy in a file or, without one, the one of this desk's register.
pub(in crate::verbs) fn policy_of(ctx: &mut Context, file: Option<&Path>) -> Result<Policy, Failure> {
    match file {
        Some(path) => {
            let bytes = read(path, MAX_POLICY)?;
            Policy::parse(&bytes).map_err(|error| Failure::Asked(error.to_string()))
        }
        None => ctx.with_desk(|_, desk| Ok(desk.log_policy().ok_or(counterseal_node::MirrorError::NoHub)?)),
    }
}

/// A file of at most so many bytes.
pub(in crate::verbs) fn read(path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    use std::io::Read as _;
    let failed = |error| Failure::file("read", path, error);
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    match bytes.len() > most {
        true => {
            Err(failed(std::io::Error::new(std::io::ErrorKind::InvalidData, "it is longer than it can be")))
        }
        false => Ok(bytes),
    }
}
