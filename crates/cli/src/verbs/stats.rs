//! `stats`.

use clap::Args;
use counterseal_node::By;
use serde_json::json;

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::filters::FilterArgs;
use crate::listing::{Format, Listing};

/// Count incidents by month, year, country, type, actor or area
#[derive(Debug, Args)]
#[command(after_help = "\
An incident in which two took part counts in both rows of --by actor.

Examples:
  counterseal stats --by country,type --sum best
  counterseal stats --by month --from 2021 --to 2021 --format csv
  counterseal stats --by actor --place Bria --sum best --format json")]
pub(crate) struct StatsArgs {
    /// What to count by, in this order: month, year, country, type, actor, admin1
    #[arg(long, value_name = "WHAT", value_delimiter = ',', required = true, value_parser = by)]
    by: Vec<By>,
    /// Also add up: best, the best estimate of people killed
    #[arg(long, value_name = "WHAT", value_parser = ["best"])]
    sum: Option<String>,
    #[command(flatten)]
    filter: FilterArgs,
    /// How to show it
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

fn by(text: &str) -> Result<By, String> {
    let words = || By::ALL.map(By::word).join(", ");
    By::ALL.into_iter().find(|by| by.word() == text).ok_or_else(|| format!("write one of {}", words()))
}

impl StatsArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| {
            let rows = desk.stats(&self.filter.filter(), &self.by)?;
            let mut columns: Vec<_> = self.by.iter().map(|by| by.word()).collect();
            columns.push("incidents");
            columns.extend(self.sum.is_some().then_some("best"));
            let mut listing = Listing::new("rows", &columns);
            for row in rows {
                let keys = row.keys.iter().map(|key| json!(key));
                let sum = self.sum.is_some().then(|| json!(row.best));
                listing.row(keys.chain([json!(row.count)]).chain(sum));
            }
            listing.show(ctx, desk, self.format)
        })?;
        Ok(Done::Well)
    }
}
