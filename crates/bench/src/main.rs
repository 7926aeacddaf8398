//! Our figures and the peers', side by side in one run: one subcommand a figure. How each is measured
//! and what is on each side stands in docs/benchmarks.md.

mod crash;
mod explore;
mod figure;
mod find;
mod home;
mod hub;
mod import;
mod measure;
mod open;
mod outcome;
mod pages;
mod peer;
mod rotate;
mod seal;
mod served;
mod stage;
mod state;
mod sync;
mod theft;
mod unlock;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use figure::Figure;
use import::{Side, run_side};
use outcome::Outcome;
use stage::Stage;

/// The same allocator as the `counterseal` program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(
    name = "counterseal-bench",
    about = "Counterseal's figures and its peers', side by side in one run"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
struct Common {
    /// Synthetic incidents
    #[arg(long, global = true, default_value_t = 1_000_000)]
    rows: usize,
    /// Seed of everything random
    #[arg(long, global = true, default_value_t = 1)]
    seed: u64,
    /// Keep what is built in this folder and use it again; by default it is temporary
    #[arg(long, global = true)]
    dir: Option<PathBuf>,
    /// Print the figures as JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Time and bytes per sealed record
    Seal,
    /// One change of filter: density, timeline, breakdown
    Explore {
        /// How many changes
        #[arg(long, default_value_t = 200)]
        changes: usize,
    },
    /// The fifty best matches of some words
    Find {
        /// How many questions
        #[arg(long, default_value_t = 200)]
        questions: usize,
    },
    /// Every page of a desk, over HTTP
    Pages {
        /// Addresses of each kind
        #[arg(long, default_value_t = 60)]
        changes: usize,
        /// Only pages whose name has this in it
        #[arg(long)]
        only: Option<String>,
    },
    /// From a locked desk to the first answer
    Unlock,
    /// A file of incidents into the desk
    Import,
    /// An import killed at random points
    Crash {
        /// How many times
        #[arg(long, default_value_t = 50)]
        kills: usize,
    },
    /// What a stolen home gives away without the passphrase
    Theft {
        /// Change every byte in turn instead, and put old pages back
        #[arg(long)]
        flip: bool,
        /// With --flip: leave out all but every n-th byte
        #[arg(long, default_value_t = 97)]
        stride: usize,
    },
    /// Entries that a hub makes durable, and PostgreSQL
    Hub(hub::HubArgs),
    /// A contingent leaves and another arrives; one removal
    Rotate {
        /// How many leave, and how many arrive
        #[arg(long, default_value_t = 200)]
        people: u64,
    },
    /// Guarded parts opened with three trustees
    Open(open::OpenArgs),
    /// New incidents over a satellite link; needs root, and programs that it names
    Sync(sync::SyncArgs),
    /// Every bench but hub, open, pages, rotate and sync, and one table
    All {
        /// How many kills
        #[arg(long, default_value_t = 50)]
        kills: usize,
    },
    #[command(hide = true)]
    ImportSide { side: Side, csv: PathBuf, folder: PathBuf },
    #[command(hide = true)]
    CrashChild { csv: PathBuf, folder: PathBuf },
    #[command(hide = true)]
    SyncPart { part: String },
    #[command(hide = true)]
    OpenSide {
        #[command(flatten)]
        args: open::OpenArgs,
        folder: PathBuf,
    },
}

/// Rows of the import that is killed, unless fewer are asked for.
const CRASH_ROWS: usize = 100_000;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match &cli.command {
        Command::ImportSide { side, csv, folder } => {
            run_side(*side, csv, folder, cli.common.seed).map(|()| Vec::new())
        }
        Command::CrashChild { csv, folder } => {
            crash::run_child(csv, folder, cli.common.seed).map(|()| Vec::new())
        }
        Command::OpenSide { args, folder } => open::run_side(args, folder).map(|()| Vec::new()),
        Command::SyncPart { part } => sync::run_part(part).map(|()| Vec::new()),
        command => run(command, &cli.common),
    };
    match done {
        Ok(figures) if figures.is_empty() => ExitCode::SUCCESS,
        Ok(figures) => report(&figures, cli.common.json),
        Err(error) => {
            eprintln!("counterseal-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command, common: &Common) -> Outcome<Vec<Figure>> {
    eprintln!("{}; {} rows, seed {}", measure::machine(), common.rows, common.seed);
    let stage = || Stage::build(common.rows, common.seed, common.dir.as_deref());
    match command {
        Command::Seal => seal::run(common.rows, common.seed),
        Command::Explore { changes } => explore::run(&stage()?, *changes),
        Command::Find { questions } => find::run(&stage()?, *questions),
        Command::Pages { changes, only } => {
            pages::run(common.rows, common.seed, common.dir.as_deref(), *changes, only.as_deref())
        }
        Command::Unlock => unlock::run(&stage()?),
        Command::Import => import::run(common.rows, common.seed, common.dir.as_deref()),
        Command::Crash { kills } => {
            crash::run(common.rows.min(CRASH_ROWS), *kills, common.seed, common.dir.as_deref())
        }
        Command::Theft { flip: false, .. } => theft::run(common.rows, common.seed),
        Command::Theft { stride, .. } => theft::run_flip(common.seed, *stride),
        Command::All { kills } => all(*kills, common),
        Command::Hub(args) => hub::run(args, common.rows, common.seed, common.dir.as_deref()),
        Command::Open(args) => open::run(args, common.seed, common.dir.as_deref()),
        Command::Rotate { people } => rotate::run(*people, common.seed),
        Command::Sync(args) => sync::run(args, common.rows, common.seed, common.dir.as_deref()),
        Command::ImportSide { .. }
        | Command::CrashChild { .. }
        | Command::SyncPart { .. }
        | Command::OpenSide { .. } => Ok(Vec::new()),
    }
}

/// Every bench; those that ask questions share one stage.
fn all(kills: usize, common: &Common) -> Outcome<Vec<Figure>> {
    let mut figures = run(&Command::Import, common)?;
    figures.append(&mut run(&Command::Seal, common)?);
    let stage = Stage::build(common.rows, common.seed, common.dir.as_deref())?;
    figures.append(&mut explore::run(&stage, 200)?);
    figures.append(&mut find::run(&stage, 200)?);
    figures.append(&mut unlock::run(&stage)?);
    drop(stage);
    figures.append(&mut run(&Command::Crash { kills }, common)?);
    figures.append(&mut run(&Command::Theft { flip: false, stride: 1 }, common)?);
    figures.append(&mut theft::run_flip(common.seed, 97)?);
    Ok(figures)
}

/// Prints the figures; a missed target is a failure.
fn report(figures: &[Figure], json: bool) -> ExitCode {
    if json {
        match serde_json::to_string_pretty(figures) {
            Ok(text) => println!("{text}"),
            Err(error) => eprintln!("counterseal-bench: {error}"),
        }
    } else {
        print!("{}", figure::table(figures));
    }
    if figures.iter().any(Figure::is_missed) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
