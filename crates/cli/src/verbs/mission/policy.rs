//! `mission policy`: governors set the policy by which trustees decide.

use std::path::PathBuf;

use clap::Args;
use counterseal_register::Code;

use super::{Governors, secrets_of};
use crate::context::Context;
use crate::failure::Failure;

/// Set the policy by which trustees decide on openings; governors sign
#[derive(Debug, Args)]
#[command(after_help = "\
The file is the table, as people read it; it begins with the engine that reads it. The first policy counts at once;
every other waits for the mission's waiting days, for whether it permits more cannot be told from its text.

Examples:
  counterseal mission policy policy.csv --governor-key governor-1.key")]
pub(super) struct PolicyArgs {
    /// The table
    file: PathBuf,
    /// The engine that reads it, where the table does not begin with one
    #[arg(long, value_name = "CODE")]
    engine: Option<String>,
    #[command(flatten)]
    governors: Governors,
}

impl PolicyArgs {
    pub(super) fn run(self, ctx: &mut Context) -> Result<(), Failure> {
        let table = std::fs::read(&self.file).map_err(|e| Failure::file("read", &self.file, e))?;
        let engine = self.engine.or_else(|| engine_of(&table));
        let engine = engine.as_deref().and_then(Code::parse);
        let engine = engine.ok_or_else(|| ctx.refuse("policy-no-engine", &[]))?;
        let governors = self.governors.open(ctx)?;
        ctx.with_desk(|ctx, desk| {
            desk.set_policy(engine.clone(), table, &secrets_of(&governors))?;
            let days = desk.register().waiting_days(desk.moment()).to_string();
            ctx.say("policy-set", &[("engine", engine.as_str().into()), ("days", days.into())])
        })
    }
}

/// The engine that a table names in its first line that is no comment, as a code: 'cedar 4.1 table 1' is cedar-4-1-table-1.
fn engine_of(table: &[u8]) -> Option<String> {
    let text = str::from_utf8(table).ok()?;
    let name = text
        .lines()
        .find(|line| !line.starts_with('#'))?
        .strip_prefix("engine,")?
        .trim_end_matches(',')
        .trim();
    let code = |sign: char| if sign.is_ascii_alphanumeric() { sign.to_ascii_lowercase() } else { '-' };
    Some(name.chars().map(code).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_names_its_engine_in_its_first_line() {
        assert_eq!(engine_of(b"engine,cedar 4.1 Table 1\nwho,what\n").unwrap(), "cedar-4-1-table-1");
        assert_eq!(engine_of(b"# Ours.\nengine,cedar 4.1 table 1\n").unwrap(), "cedar-4-1-table-1");
        assert_eq!(engine_of(b"who,what\n"), None);
    }
}
