//! `find`.

use clap::{Args, ValueEnum};
use counterseal_exchange::Format as FileFormat;
use counterseal_node::Desk;

use super::export::export_to_stdout;
use crate::context::Context;
use crate::describe::{COLUMNS, cells_of};
use crate::failure::{Done, Failure};
use crate::filters::{FilterArgs, OrderArgs};
use crate::listing::{Format, Listing};

/// How many are shown when nothing is said.
const SHOWN: usize = 50;

/// Find records by their words, incidents also by what else is known of them
#[derive(Debug, Args)]
#[command(after_help = "\
table and json show records. csv, hxl, geojson, jsonl and graphml give them out, like 'export': the
output carries a mark, and the mission keeps a trace of who took it out.

Examples:
  counterseal find ambush convoy
  counterseal find '\"Bossangoa road\"' amb* --from 2021 --to 2022-06
  counterseal find --bbox 14.4,2.2,27.5,11.1 --type armed-attack,abduction \\
      --sort deadliest --limit 10
  counterseal find --actor 'seven wells' --verified --graded B2 --format json
  counterseal find --country Mali --format geojson > mali.geojson")]
pub(crate) struct FindArgs {
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    order: OrderArgs,
    /// How to show them
    #[arg(long, value_enum, default_value = "table")]
    format: FindFormat,
    /// Compartment the trace of csv, hxl, geojson, jsonl and graphml is written to
    #[arg(long, value_name = "NAME")]
    compartment: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FindFormat {
    /// For people
    Table,
    /// One JSON object
    Json,
    /// Comma-separated values; leaves a trace
    Csv,
    /// The same with HXL hashtags; leaves a trace
    Hxl,
    /// Points for a map; leaves a trace
    Geojson,
    /// One JSON object a line, with nothing lost; leaves a trace
    Jsonl,
    /// A link chart; leaves a trace
    Graphml,
}

impl FindFormat {
    const fn as_file(self) -> Option<FileFormat> {
        match self {
            Self::Table | Self::Json => None,
            Self::Csv => Some(FileFormat::Csv),
            Self::Hxl => Some(FileFormat::Hxl),
            Self::Geojson => Some(FileFormat::Geojson),
            Self::Jsonl => Some(FileFormat::JsonLines),
            Self::Graphml => Some(FileFormat::Graphml),
        }
    }
}

impl FindArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.format.as_file() {
            Some(format) => {
                let compartment = ctx.compartment(desk, self.compartment.as_deref())?;
                export_to_stdout(ctx, desk, (&self.filter, &self.order), format, compartment)
            }
            None => self.show(ctx, desk),
        })?;
        Ok(Done::Well)
    }

    fn show(&self, ctx: &Context, desk: &Desk) -> Result<(), Failure> {
        let limit = self.order.limit.unwrap_or(SHOWN);
        // One more than is shown tells whether there is more.
        let mut found = desk.find(&self.filter.filter(), self.order.sort(), limit.saturating_add(1))?;
        let more = found.len() > limit;
        found.truncate(limit);
        let json = self.format == FindFormat::Json;
        let mut listing = Listing::new("records", &COLUMNS);
        found.iter().for_each(|view| listing.row(cells_of(view, json)));
        listing.show(ctx, desk, if json { Format::Json } else { Format::Table })?;
        let mut sealed = 0;
        for view in &found {
            sealed += usize::from(!desk.sealed_twice(view.id())?.is_empty());
        }
        if sealed > 0 {
            ctx.note("find-sealed-twice", &[("count", sealed.to_string().into())]);
        }
        if more {
            ctx.note("find-more", &[("limit", limit.to_string().into())]);
        }
        Ok(())
    }
}
