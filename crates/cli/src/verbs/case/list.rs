//! `case list`.

use clap::Args;
use counterseal_model::Timestamp;
use counterseal_node::{CaseView, Desk};
use serde_json::json;

use super::Status;
use crate::casework_json::follow_up;
use crate::context::Context;
use crate::failure::Failure;
use crate::listing::{Format, Listing};

/// List cases, what is due first at the top: what this desk may see without an opening
#[derive(Debug, Args)]
#[command(after_help = "\
Of a case without an open part a desk sees its pseudonym, if it wrote it; how far it is and what is due stand sealed in it.

Examples:
  counterseal case list
  counterseal case list --due --status open --format json")]
pub(super) struct ListArgs {
    /// Only those with something due
    #[arg(long)]
    due: bool,
    /// Only those that are so far
    #[arg(long, value_enum)]
    status: Option<Status>,
    /// How to show it
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl ListArgs {
    pub(super) fn run(self, ctx: &Context, desk: &Desk) -> Result<(), Failure> {
        let mut cases = desk.cases()?;
        cases.retain(|case| {
            let status = case.open.as_ref().and_then(|open| open.case.status);
            let fits = self.status.is_none_or(|wanted| status == Some(wanted.value()));
            fits && (!self.due || next_due(case).is_some())
        });
        cases.sort_by_key(|case| (next_due(case).map_or(i64::MAX, |at| at.0), case.record));
        let mut columns =
            vec!["id", "reference", "status", "due", "next", "overdue", "incidents", "parts", "sealed"];
        let full = self.format != Format::Table;
        if self.format == Format::Json {
            columns.extend(["record", "followUp"]);
        }
        let mut listing = Listing::new("cases", &columns);
        for case in &cases {
            listing.row(cells(desk, case, full, self.format == Format::Json));
        }
        listing.show(ctx, desk, self.format)
    }
}

/// When something is due next, as far as is open.
fn next_due(case: &CaseView) -> Option<Timestamp> {
    case.open.as_ref().and_then(|open| open.case.due().first().map(|one| one.due))
}

fn cells(desk: &Desk, case: &CaseView, full: bool, json: bool) -> Vec<serde_json::Value> {
    let open = case.open.as_ref().map(|open| &open.case);
    let next = next_due(case);
    let mut cells = vec![
        json!(if full { case.id.to_string() } else { case.id.short() }),
        json!(case.reference.as_ref().map(|code| code.as_str())),
        json!(open.and_then(|open| open.status).map(|status| status.word())),
        json!(next.map(Timestamp::date_text)),
        json!(open.and_then(|open| open.due().first().map(|one| one.what.to_string()))),
        json!(next.is_some_and(|at| at < desk.now())),
        json!(open.map(|open| open.incidents.len())),
        json!(case.parts.len()),
        json!(!case.own.is_empty() || case.guarded.is_some()),
    ];
    if json {
        cells.push(json!(case.record.to_string()));
        cells.push(json!(open.map(|open| open.follow_up.iter().map(follow_up).collect::<Vec<_>>())));
    }
    cells
}
