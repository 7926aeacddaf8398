//! `verify`.

use clap::Args;
use serde_json::json;

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::pretty;
use crate::progress::Bar;

/// Verify every signature, chain and commitment, and every page of the store
#[derive(Debug, Args)]
#[command(after_help = "\
Exit code 3: something is not as it was signed, or an epoch needs a repair.

Examples:
  counterseal verify
  counterseal verify --format json")]
pub(crate) struct VerifyArgs {
    /// How to show what was verified
    #[arg(long, default_value = "table", value_parser = ["table", "json"])]
    format: String,
}

impl VerifyArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| {
            let bar = Bar::items(0, &ctx.words.text("verify-bar"));
            let report = desk.verify(&mut |done, total| bar.set_of(done, total))?;
            drop(bar);
            if self.format == "json" {
                ctx.line(&pretty(&json!({
                    "synthetic": desk.register().is_synthetic(), "statements": report.statements, "journals": report.journals, "entries": report.entries,
                    "parts": report.parts, "unopened": report.unopened, "epochs": report.epochs,
                    "brokenEpochs": report.broken_epochs, "missing": report.missing, "late": report.late,
                    "unreadable": report.unreadable, "erased": report.erased, "evidence": report.evidence,
                    "guarded": report.guarded, "brokenChains": report.broken, "void": report.void,
                })))?;
            } else {
                let n = |number: u64| number.to_string().into();
                ctx.say(
                    "verify-done",
                    &[
                        ("statements", n(report.statements)),
                        ("journals", n(report.journals)),
                        ("entries", n(report.entries)),
                        ("parts", n(report.parts)),
                        ("epochs", n(report.epochs)),
                    ],
                )?;
                let beside = [
                    ("verify-unopened", report.unopened),
                    ("verify-guarded", report.guarded),
                    ("verify-missing", report.missing),
                    ("verify-late", report.late),
                    ("verify-unreadable", report.unreadable),
                    ("verify-erased", report.erased),
                    ("verify-evidence", report.evidence),
                    ("verify-broken-chains", report.broken),
                    ("verify-void", report.void),
                ];
                for (sentence, count) in beside.into_iter().filter(|(_, count)| *count > 0) {
                    ctx.say(sentence, &[("count", n(count))])?;
                }
            }
            if report.broken_epochs == 0 {
                return Ok(Done::Well);
            }
            ctx.note("verify-broken", &[("count", report.broken_epochs.to_string().into())]);
            Ok(Done::Attention)
        })
    }
}
