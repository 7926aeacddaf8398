//! `ledger proof`: receipts, made and checked, and proofs of two histories.

use std::path::{Path, PathBuf};

use clap::Args;
use counterseal_ledger::MAX_RECEIPT;
use counterseal_node::{NodeError, check_receipt};
use serde_json::json;

use super::policy::{policy_of, read};
use super::show::{cosigners, cosigners_json};
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::pretty;

/// Make a receipt that an entry or a statement stands in the log, or check one
#[derive(Debug, Args)]
#[command(after_help = "\
A receipt is C2SP's tlog-proof: whoever has it and the policy (counterseal ledger policy) checks it without a
network, with this program or another. It is made from what this desk keeps; the hub is not asked.
Exit code 3: the receipt shows nothing.

Examples:
  counterseal ledger proof 0a1b2c3d --out entry.receipt
  counterseal ledger proof ucdp-ged:300380
  counterseal ledger proof --check entry.receipt
  counterseal ledger proof --check entry.receipt --policy blue-heron.policy
  counterseal ledger proof --two-histories --out hub.proof")]
pub(super) struct ProofArgs {
    /// The entry's or the statement's id, by its first digits, at least 8; or a record, for its entry
    #[arg(value_name = "ENTRY|STATEMENT|RECORD", required_unless_present_any = ["check", "two_histories"])]
    id: Option<String>,
    /// Write it to a new file instead of printing it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Check a receipt
    #[arg(long, value_name = "FILE", conflicts_with_all = ["id", "out"])]
    check: Option<PathBuf>,
    /// Check it by this policy instead of this desk's register
    #[arg(long, value_name = "FILE", requires = "check")]
    policy: Option<PathBuf>,
    /// Give out the proof, kept on this desk, that a log has signed two histories
    #[arg(long, conflicts_with_all = ["id", "check"], requires = "out")]
    two_histories: bool,
    /// How to show what was found
    #[arg(long, default_value = "table", value_parser = ["table", "json"])]
    format: String,
}

impl ProofArgs {
    pub(super) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        if let Some(path) = &self.check {
            return self.check(ctx, path);
        }
        ctx.with_desk(|ctx, desk| {
            if let Some(out) = self.out.as_deref().filter(|_| self.two_histories) {
                let kept = desk.two_trees()?;
                let two = kept.first().ok_or_else(|| ctx.refuse("ledger-no-two-histories", &[]))?;
                counterseal_node::write_new_private(out, &two.proof)?;
                return ctx.say("ledger-proof-written", &[("path", out.display().to_string().into())]);
            }
            let id = self.id.as_deref().unwrap_or_default();
            let made = match desk.receipt(id) {
                // Neither an entry nor a statement: perhaps a record, whose entry is meant.
                Err(NodeError::Ambiguous { count: 0, .. }) => match desk.find_record(id) {
                    Ok(record) => desk.receipt_of_record(record)?,
                    Err(_) => desk.receipt(id)?,
                },
                made => made?,
            };
            match &self.out {
                Some(path) => {
                    counterseal_node::write_new_private(path, made.receipt.as_bytes())?;
                    let values = [
                        ("id", made.id.into()),
                        ("log", made.log.word().into()),
                        ("index", made.index.to_string().into()),
                        ("path", path.display().to_string().into()),
                    ];
                    ctx.say("ledger-receipt-made", &values)
                }
                None => ctx.write(&made.receipt),
            }
        })?;
        Ok(Done::Well)
    }

    fn check(&self, ctx: &mut Context, path: &Path) -> Result<Done, Failure> {
        let bytes = read(path, MAX_RECEIPT)?;
        let policy = policy_of(ctx, self.policy.as_deref())?;
        let shown = match check_receipt(&bytes, &policy) {
            Ok(shown) => shown,
            Err(NodeError::BadReceipt { reason }) => {
                if self.format == "json" {
                    ctx.line(&pretty(&json!({"holds": false, "reason": reason})))?;
                } else {
                    ctx.say("ledger-receipt-bad", &[("reason", reason.into())])?;
                }
                return Ok(Done::Attention);
            }
            Err(error) => return Err(error.into()),
        };
        if self.format == "json" {
            let kind = if shown.is_entry { "entry" } else { "statement" };
            ctx.line(&pretty(&json!({
                "holds": true, "kind": kind, "id": shown.what, "origin": shown.origin, "index": shown.index,
                "size": shown.size, "cosigned": cosigners_json(&shown.cosigned),
            })))?;
            return Ok(Done::Well);
        }
        let key = if shown.is_entry { "ledger-receipt-entry" } else { "ledger-receipt-statement" };
        let values = [
            ("id", shown.what.as_str().into()),
            ("index", shown.index.to_string().into()),
            ("origin", shown.origin.as_str().into()),
            ("size", shown.size.to_string().into()),
            ("witnesses", cosigners(&shown.cosigned).into()),
        ];
        ctx.say(key, &values)?;
        for key in policy.logs() {
            ctx.line(&format!("  {key}"))?;
        }
        Ok(Done::Well)
    }
}
