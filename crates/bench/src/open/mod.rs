//! `bench open`: guarded parts opened end to end, over three trustees, a hub and four witnesses on loopback, all durable;
//! beside it the bare cryptography of the same openings, and the same on a disk whose every fsync takes 4 ms more.

mod bare;
mod ours;
mod site;

use std::path::Path;
use std::process::Command;

use clap::Args;
use tempfile::TempDir;

use crate::figure::{Figure, Target};
use crate::measure::percentile;
use crate::outcome::{Outcome, differ};
use ours::Shown;

/// What to measure.
#[derive(Debug, Clone, Args)]
pub(crate) struct OpenArgs {
    /// Parts of a bulk request
    #[arg(long, default_value_t = 4096, value_parser = clap::value_parser!(u16).range(1..=4096))]
    parts: u16,
    /// Bulk requests
    #[arg(long, default_value_t = 5)]
    bulks: usize,
    /// Requests for one part
    #[arg(long, default_value_t = 200)]
    singles: usize,
    /// Milliseconds by which every fsync is slowed in the second pass; 0 leaves that out. Needs strace
    #[arg(long, default_value_t = 4)]
    fsync: u64,
}

/// Parts opened a second in bulk, and milliseconds of one opening.
const WANTED: (f64, f64) = (2000.0, 500.0);

pub(crate) fn run(args: &OpenArgs, seed: u64, dir: Option<&Path>) -> Outcome<Vec<Figure>> {
    let temporary = dir.map_or_else(TempDir::new, TempDir::new_in)?;
    site::make(temporary.path(), args.parts.into(), seed)?;
    let plain = ours::measure(temporary.path(), args)?;
    let bare = bare::measure(args, seed)?;
    let mut figures = figures(args, "", &plain, Some(bare));
    if args.fsync > 0 {
        let slowed = slowed(args, temporary.path())?;
        figures.extend(self::figures(args, &format!(", fsync + {} ms", args.fsync), &slowed, Some(bare)));
    }
    Ok(figures)
}

/// The second pass, in a process whose every fsync takes longer. Hub, trustees, witnesses and desk are all in it.
fn slowed(args: &OpenArgs, folder: &Path) -> Outcome<Shown> {
    let delay = format!("inject=fsync,fdatasync:delay_exit={}", args.fsync * 1000);
    let numbers = [usize::from(args.parts), args.bulks, args.singles].map(|number| number.to_string());
    let [parts, bulks, singles] = &numbers;
    let output = Command::new("strace")
        .args(["-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", &delay])
        .arg(std::env::current_exe()?)
        .args(["open-side", "--parts", parts, "--bulks", bulks, "--singles", singles])
        .arg(folder)
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| format!("strace (Debian's package) cannot be run: {error}; or say --fsync 0"))?;
    if !output.status.success() {
        return Err("the pass on a slowed disk failed".into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// One pass over what is there already; prints what it shows as JSON.
pub(crate) fn run_side(args: &OpenArgs, folder: &Path) -> Outcome<()> {
    println!("{}", serde_json::to_string(&ours::measure(folder, args)?)?);
    Ok(())
}

fn figures(args: &OpenArgs, where_: &str, shown: &Shown, bare: Option<f64>) -> Vec<Figure> {
    let parts = f64::from(args.parts);
    let median = percentile(&shown.bulks, 0.5);
    let rate = parts / median;
    let single = |share| percentile(&shown.singles, share) * 1e3;
    let most = Target::AtMost(parts / WANTED.0);
    let stage = |what: &str, seconds: &[f64]| {
        let what = format!("of it {what}, p50{where_}");
        Figure::stated("open", what, "ms", percentile(seconds, 0.5) * 1e3)
    };
    vec![
        Figure::new("open", format!("{parts} parts in one request{where_}"), "s", (median, bare), most)
            .with_spread(&shown.bulks, bare.as_slice()),
        Figure::stated("open", format!("parts opened a second{where_}"), "/s", rate),
        stage("leaf durable, bulk", &shown.bulk_stages.leaf),
        stage("leaf proved, bulk", &shown.bulk_stages.proof),
        stage("trustees, bulk", &shown.bulk_stages.trustees),
        Figure::new(
            "open",
            format!("one part, p50 of {}{where_}", shown.singles.len()),
            "ms",
            (single(0.5), None),
            Target::AtMost(WANTED.1),
        ),
        Figure::stated("open", format!("one part, p99{where_}"), "ms", single(0.99)),
        stage("leaf durable", &shown.single_stages.leaf),
        stage("leaf proved", &shown.single_stages.proof),
        stage("trustees", &shown.single_stages.trustees),
    ]
}

/// So many parts were to be opened.
fn check(wanted: usize, opened: usize) -> Outcome<()> {
    if wanted == opened { Ok(()) } else { Err(differ(format!("{opened} parts were opened of {wanted}"))) }
}
