//! `record`: writing records by hand, reading them, resolving conflicts.

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::failure::{Done, Failure};

mod edit;
mod fields;
mod json;
mod new;
mod place;
mod point_out;
mod same;
mod show;

pub(super) use fields::term;
pub(super) use new::classification;
pub(super) use point_out::point_out;

/// Write, edit, show and resolve records
#[derive(Debug, Args)]
pub(crate) struct RecordArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    New(new::NewArgs),
    Edit(edit::EditArgs),
    Show(show::ShowArgs),
    History(show::HistoryArgs),
    Resolve(edit::ResolveArgs),
    Move(edit::MoveArgs),
    Same(same::SameArgs),
    Apart(same::ApartArgs),
    Alike(same::AlikeArgs),
}

impl RecordArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.action {
            Action::New(args) => args.run(ctx, desk),
            Action::Edit(args) => args.run(ctx, desk),
            Action::Show(args) => args.run(ctx, desk),
            Action::History(args) => args.run(ctx, desk),
            Action::Resolve(args) => args.run(ctx, desk),
            Action::Move(args) => args.run(ctx, desk),
            Action::Same(args) => args.run(ctx, desk),
            Action::Apart(args) => args.run(ctx, desk),
            Action::Alike(args) => args.run(ctx, desk),
        })?;
        Ok(Done::Well)
    }
}
