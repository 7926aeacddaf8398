//! `demo`: a synthetic mission to try things on, and the walk through it.

use std::path::{Path, PathBuf};

use clap::Args;
use counterseal_node::Home;
use counterseal_synth::{Plan, World};

use crate::context::Context;
use crate::failure::{Done, Failure};

mod answers;
mod check;
mod clear;
mod guarded;
mod make;
mod pages;
mod served;
mod share;
mod steps;
mod steps_guarded;
mod steps_together;
mod together;
mod trustees;

/// The demo's passphrase. It protects nothing: everything is made up.
pub(super) const PASSPHRASE: &str = "seven wells and a paper goat";

/// Make a synthetic mission to try things on: 20,000 made-up incidents
#[derive(Debug, Args)]
#[command(after_help = "\
Without --home the mission is made in a new folder under the system's folder for temporary files.
Once it is made, a hub, four witnesses and three trustees run on this machine alone (loopback) until Ctrl-C; an
officer, a watch officer and a data-protection officer join the analyst, each with a home in the demo's folder. Open
the address that is printed: it leads through a tour on the real pages and switches between the four desks.
--no-pages shows on the terminal instead how a record of one appears on the other desks, how a source opens with the
shares of two trustees, and which commands to try.
--check makes one, walks through everything the program does with it, and removes it again.
Exit code 3: a step of --check failed.

Examples:
  counterseal demo
  counterseal demo --home ./counterseal-demo
  counterseal demo --no-pages
  counterseal demo --check")]
pub(crate) struct DemoArgs {
    /// Make a mission, check every step with it, and remove it
    #[arg(long)]
    check: bool,
    /// Make it, show on the terminal what is in it, and end
    #[arg(long, conflicts_with = "check")]
    no_pages: bool,
    /// Port on this computer; any that is free if left out
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,
    /// How many incidents
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = incidents)]
    incidents: usize,
}

/// The checks need some of everything.
fn incidents(text: &str) -> Result<usize, String> {
    let number = text.parse::<usize>().ok().filter(|number| (400..=2_000_000).contains(number));
    number.ok_or_else(|| "write a number from 400 to 2000000".to_owned())
}

impl DemoArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        let world = World::new(Plan { incidents: self.incidents, ..Plan::default() });
        if self.check {
            return check::run(ctx, &world);
        }
        let path = self.folder(ctx)?;
        let home = Home::open(&path)?;
        if !home.desks()?.is_empty() {
            return Err(ctx.refuse("demo-home-used", &[("path", path.display().to_string().into())]));
        }
        let elapsed = (ctx.outside.stopwatch)();
        let mut desk = make::make(ctx, &home, &world)?;
        ctx.mark_synthetic(&desk)?;
        let seconds = format!("{:.1}", elapsed().as_secs_f64());
        let count = desk.count(&counterseal_node::Filter::default())?.to_string();
        let entities = world.entities().len().to_string();
        ctx.say(
            "demo-made",
            &[
                ("count", count.into()),
                ("entities", entities.into()),
                ("path", path.display().to_string().into()),
                ("seconds", seconds.into()),
            ],
        )?;
        ctx.say("demo-passphrase", &[("passphrase", PASSPHRASE.into())])?;
        if self.no_pages {
            try_these(ctx, &world, home.path())?;
            let shared = share::share(ctx, home.path(), &mut desk, &world);
            desk.close()?;
            shared?;
        } else {
            pages::show(ctx, &home, desk, &world, self.port)?;
        }
        ctx.say("demo-remove", &[("path", quote_path(home.path()).into())])?;
        Ok(Done::Well)
    }

    /// The folder asked for, or a new one.
    fn folder(&self, ctx: &Context) -> Result<PathBuf, Failure> {
        if let Some(path) = &ctx.global.home {
            return Ok(path.clone());
        }
        let folder = tempfile::Builder::new().prefix("counterseal-demo-").tempdir();
        folder.map(tempfile::TempDir::keep).map_err(Failure::terminal)
    }
}

/// What to try, as lines that can be copied.
fn try_these(ctx: &Context, world: &World, home: &Path) -> Result<(), Failure> {
    let program = std::env::args().next().unwrap_or_else(|| "counterseal".to_owned());
    let file = home.join(make::PASSPHRASE_FILE);
    let begin =
        format!("{} --home {} --passphrase-file {}", quote(&program), quote_path(home), quote_path(&file));
    ctx.say("demo-try", &[])?;
    ctx.line(&format!("\n  alias cs={}", quote(&begin)))?;
    let group = world.links().first().map(|(_, link)| link.to.short()).unwrap_or_default();
    let shown = world.incident(42).0.short();
    for (key, line) in [
        ("demo-try-find", "find ambush convoy --limit 10".to_owned()),
        (
            "demo-try-filter",
            "find --country Mali --verified --graded B2 --sort deadliest --limit 10".to_owned(),
        ),
        ("demo-try-stats", "stats --by country,type --sum best".to_owned()),
        ("demo-try-show", format!("record show {shown}")),
        ("demo-try-near", format!("near {group} --steps 1 --limit 20")),
        ("demo-try-export", "export mali.geojson --country Mali".to_owned()),
        ("demo-try-trace", "export trace mali.geojson".to_owned()),
        ("demo-try-verify", "verify".to_owned()),
        ("demo-try-session", "unlock".to_owned()),
    ] {
        ctx.line(&format!("\n  # {}\n  cs {line}", ctx.words.text(key)))?;
    }
    Ok(())
}

fn quote_path(path: &Path) -> String {
    quote(&path.display().to_string())
}

/// A word for a shell.
fn quote(text: &str) -> String {
    let plain = |sign: char| sign.is_alphanumeric() || "/._-:\\".contains(sign);
    if text.chars().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
