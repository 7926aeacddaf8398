//! `receipt`: that an opening stands in the log, and what trustees answered; for anyone, offline.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use counterseal_ledger::MAX_RECEIPT;
use counterseal_node::{NodeError, OpeningShown, check_opening_receipt, part_text};
use serde_json::json;

use super::show::line_of;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::verbs::ledger::policy::{policy_of, read};
use crate::verbs::ledger::show::{cosigners, cosigners_json};

/// Show and check receipts of openings
#[derive(Debug, Args)]
pub(crate) struct ReceiptArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Give out the receipt of an opening of this desk
    #[command(after_help = "Examples:\n  counterseal receipt show 0a1b2c3d --out opening.receipt")]
    Show {
        /// The request, by the first digits, at least 8, that 'openings mine' shows
        request: String,
        /// Write it to a new file instead of printing it
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Check a receipt, without a network
    #[command(after_help = "\
A receipt is C2SP's tlog-proof of the opening's leaf; its extra data holds the signed request and the trustees' signed
answers. With --policy ('counterseal ledger policy') anyone checks it without a desk: that the request stands
in the log as a quorum has cosigned it. On a desk the reader's and the trustees' signatures are checked too.
Exit code 3: the receipt shows nothing.

Examples:
  counterseal receipt check opening.receipt
  counterseal receipt check opening.receipt --policy blue-heron.policy")]
    Check {
        /// The receipt
        file: PathBuf,
        /// Check it by this policy instead of this desk's register
        #[arg(long, value_name = "FILE")]
        policy: Option<PathBuf>,
        /// How to show what was found
        #[arg(long, default_value = "text", value_parser = ["text", "json"])]
        format: String,
    },
}

impl ReceiptArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        match self.action {
            Action::Show { request, out } => ctx.with_desk(|ctx, desk| {
                let receipt = desk.opening_receipt(&request)?;
                match out {
                    Some(path) => {
                        counterseal_node::write_new_private(&path, receipt.text.as_bytes())?;
                        ctx.say("receipt-written", &[("path", path.display().to_string().into())])?;
                    }
                    None => ctx.write(&receipt.text)?,
                }
                Ok(Done::Well)
            }),
            Action::Check { file, policy, format } => check(ctx, &file, policy.as_deref(), &format == "json"),
        }
    }
}

fn check(ctx: &mut Context, file: &Path, policy: Option<&Path>, as_json: bool) -> Result<Done, Failure> {
    let bytes = read(file, MAX_RECEIPT)?;
    let checked = match policy {
        Some(path) => check_opening_receipt(&bytes, &policy_of(ctx, Some(path))?, None),
        None => ctx.with_desk(|ctx, desk| {
            let policy = desk.log_policy().ok_or_else(|| ctx.refuse("receipt-no-log", &[]))?;
            Ok(check_opening_receipt(&bytes, &policy, Some(desk.register())))
        })?,
    };
    match checked {
        Ok(shown) => show(ctx, &shown, as_json).map(|()| Done::Well),
        Err(NodeError::BadReceipt { reason }) => {
            if as_json {
                line_of(ctx, &json!({"holds": false, "reason": reason}))?;
            } else {
                ctx.say("ledger-receipt-bad", &[("reason", reason.into())])?;
            }
            Ok(Done::Attention)
        }
        Err(error) => Err(error.into()),
    }
}

fn show(ctx: &Context, shown: &OpeningShown, as_json: bool) -> Result<(), Failure> {
    let request = &shown.request;
    let parts: Vec<String> = request.parts.iter().map(|part| part_text(*part)).collect();
    if as_json {
        let answers = shown.answers.iter().map(|(trustee, outcome, time)| {
            json!({"trustee": trustee.to_string(), "outcome": outcome.word(), "time": time.rfc3339()})
        });
        return line_of(
            ctx,
            &json!({
                "holds": true, "request": hex::encode(shown.hash), "index": shown.leaf, "size": shown.size,
                "reader": request.reader.to_string(), "purpose": request.purpose.to_string(), "parts": parts,
                "made": request.made.rfc3339(), "emergency": request.emergency,
                "signaturesChecked": shown.reader_checked, "answers": answers.collect::<Vec<_>>(),
                "cosigned": cosigners_json(&shown.cosigned),
            }),
        );
    }
    ctx.say(
        "receipt-shows",
        &[
            ("request", hex::encode(shown.hash).get(..16).unwrap_or_default().to_owned().into()),
            ("reader", request.reader.short().into()),
            ("count", parts.len().to_string().into()),
            ("purpose", request.purpose.to_string().into()),
            ("time", request.made.rfc3339().into()),
            ("index", shown.leaf.to_string().into()),
            ("witnesses", cosigners(&shown.cosigned).into()),
        ],
    )?;
    for (trustee, outcome, time) in &shown.answers {
        let id = trustee.to_string().get(..8).unwrap_or_default().to_owned();
        ctx.line(&format!("  {id}  {}  {}", outcome.word(), time.rfc3339()))?;
    }
    match shown.reader_checked {
        true => ctx.say("receipt-signatures", &[]),
        false => ctx.say("receipt-log-alone", &[]),
    }
}
