//! `bench crash`: an import killed without warning at random points, as by a power cut that spares the
//! disk's cache. After each: what was reported as committed is there, everything verifies, and the
//! import goes on; in the end the desk answers like one that was never disturbed.

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use counterseal_exchange::Import;
use counterseal_node::{Filter, Go, ImportOptions};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

use crate::figure::Figure;
use crate::import::{options, write_csv};
use crate::measure::Watch;
use crate::outcome::{Outcome, differ};
use crate::{home, state};

pub(crate) fn run(rows: usize, kills: usize, seed: u64, dir: Option<&Path>) -> Outcome<Vec<Figure>> {
    let temporary = dir.map_or_else(TempDir::new, TempDir::new_in)?;
    let (csv, founded) = (temporary.path().join("rows.csv"), temporary.path().join("founded"));
    write_csv(&csv, rows, seed)?;
    home::found(&founded, seed)?.close()?;
    let undisturbed = temporary.path().join("undisturbed");
    home::copy(&founded, &undisturbed)?;
    let watch = Watch::start();
    wait_for(start(&csv, &undisturbed, seed)?)?;
    let length = watch.wall();
    let expected = state::digest(&home::open(&undisturbed, seed)?)?;
    eprintln!(
        "  undisturbed: {:.1} s, {} incidents; killing with seed {seed}",
        length.as_secs_f64(),
        expected.1
    );
    let mut run = Run { csv: &csv, seed, length, rng: ChaCha20Rng::seed_from_u64(seed), ..Run::new(&csv) };
    while run.kills < kills {
        let home = temporary.path().join(format!("home-{}", run.imports));
        home::copy(&founded, &home)?;
        run.import_to_the_end(&home, kills)?;
        let found = state::digest(&home::open(&home, seed)?)?;
        if found != expected {
            return Err(differ(format!(
                "the import with seed {seed} that was killed, and the undisturbed one"
            )));
        }
        run.imports += 1;
        std::fs::remove_dir_all(&home)?;
    }
    Ok(vec![
        Figure::stated(
            "crash",
            "kills; nothing committed was lost, everything verified",
            "",
            run.kills as f64,
        ),
        Figure::stated("crash", "of them after a first commit of their import", "", run.late as f64),
        Figure::stated(
            "crash",
            "imports taken up to the end, equal to the undisturbed one",
            "",
            run.imports as f64,
        ),
    ])
}

/// The kills so far.
struct Run<'a> {
    csv: &'a Path,
    seed: u64,
    /// How long an undisturbed import takes.
    length: Duration,
    rng: ChaCha20Rng,
    kills: usize,
    late: usize,
    imports: usize,
}

impl<'a> Run<'a> {
    fn new(csv: &'a Path) -> Self {
        let rng = ChaCha20Rng::seed_from_u64(0);
        Self { csv, seed: 0, length: Duration::ZERO, rng, kills: 0, late: 0, imports: 0 }
    }

    /// One import, killed and taken up until it is through.
    fn import_to_the_end(&mut self, home: &Path, kills: usize) -> Outcome<()> {
        let mut committed = 0;
        loop {
            let child = start(self.csv, home, self.seed)?;
            if self.kills >= kills {
                return wait_for(child);
            }
            // Every fourth comes early: while the desk opens, recovers, or makes its first commit.
            let reach = if self.kills.is_multiple_of(4) { 0.1 } else { 1.0 };
            let delay = self.length.mul_f64(self.rng.random_range(0.0..reach));
            let said = kill_after(child, delay)?;
            let reported =
                said.lines().filter_map(|line| line.strip_prefix("committed ")?.parse().ok()).max();
            committed = committed.max(reported.unwrap_or(0));
            if said.contains("closed") {
                return Ok(());
            }
            self.kills += 1;
            self.late += usize::from(committed > 0);
            self.check(home, committed)?;
        }
    }

    fn check(&mut self, home: &Path, committed: u64) -> Outcome<()> {
        let desk = home::open(home, self.seed)?;
        let there = desk.count(&Filter::default())?;
        if there < committed {
            return Err(format!("{committed} rows were reported committed, {there} are there").into());
        }
        desk.verify(&mut |_, _| {})?;
        // Half of the time the next start finds a store that was not closed properly, twice over.
        if self.rng.random_range(0..2) == 0 { Ok(desk.close()?) } else { Ok(()) }
    }
}

fn start(csv: &Path, home: &Path, seed: u64) -> Outcome<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("crash-child").arg(csv).arg(home).args(["--seed", &seed.to_string()]);
    Ok(command.stdout(Stdio::piped()).spawn()?)
}

fn wait_for(child: Child) -> Outcome<()> {
    let output = child.wait_with_output()?;
    if output.status.success() {
        Ok(())
    } else {
        Err(format!("the import ended with {}", output.status).into())
    }
}

/// Kills the import after `delay` unless it is through by then; gives what it said.
fn kill_after(mut child: Child, delay: Duration) -> Outcome<String> {
    let watch = Watch::start();
    while watch.wall() < delay && child.try_wait()?.is_none() {
        std::thread::sleep((delay - watch.wall().min(delay)).min(Duration::from_millis(2)));
    }
    child.kill()?;
    let status = child.wait()?;
    let mut said = String::new();
    if let Some(mut out) = child.stdout.take() {
        out.read_to_string(&mut said)?;
    }
    // A killed process has no exit code; one that failed by itself is a finding.
    if status.code().is_some_and(|code| code != 0) {
        return Err(format!("the import failed by itself: {status}").into());
    }
    Ok(said)
}

/// The process that is killed: opens the desk, imports, reports each commit once it is durable.
pub(crate) fn run_child(csv: &Path, home: &Path, seed: u64) -> Outcome<()> {
    let mut desk = home::open(home, seed)?;
    // Smaller commits than usual, so that more kills fall between two of them.
    let options = ImportOptions { commit_rows: 8_192, ..options(&desk)? };
    let import = Import::open(BufReader::new(File::open(csv)?), None)?;
    let report = desk.import(import, &options, &mut |_| Ok(()), &mut |report| match say(&format!(
        "committed {}",
        report.committed_rows
    )) {
        Ok(()) => Go::On,
        Err(_) => Go::Stop,
    })?;
    if !report.finished {
        return Err("the import was stopped".into());
    }
    desk.close()?;
    Ok(say("closed")?)
}

fn say(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
