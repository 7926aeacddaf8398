//! `counterseal-sim`: runs by chance, as many as wanted; `docs/simulator.md` says how to look into one.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use clap::Parser;
use counterseal_sim::{KINDS, Kind, Options, Outcome, Plant, run, shrink};

/// Simulates missions in which everything fails that can, and looks for broken promises.
#[derive(Parser)]
#[command(
    name = "counterseal-sim",
    after_help = "Examples:\n  counterseal-sim --seeds 1000\n  counterseal-sim --seed 42 --trace\n  counterseal-sim --seed 42 --shrink\n  counterseal-sim --seeds 50 --plant desk-loses-outbox"
)]
struct Arguments {
    /// How many runs.
    #[arg(long, default_value_t = 100)]
    seeds: u64,
    /// The first run's seed.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// One run alone.
    #[arg(long)]
    seed: Option<u64>,
    /// Steps of a run.
    #[arg(long, default_value_t = 120)]
    steps: u64,
    /// Prints each step of a run (with --seed).
    #[arg(long)]
    trace: bool,
    /// Looks for fewer steps that break the same promise (with --seed).
    #[arg(long)]
    shrink: bool,
    /// Passes over all steps but these, separated by commas.
    #[arg(long, value_delimiter = ',')]
    only: Vec<u64>,
    /// Passes over kinds of steps, separated by commas.
    #[arg(long, value_delimiter = ',')]
    without: Vec<String>,
    /// Plants a bug, to see that it is found.
    #[arg(long)]
    plant: Option<String>,
    /// Runs at a time; as many as there are processors.
    #[arg(long)]
    jobs: Option<usize>,
    /// How the result is printed: text or json.
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    format: String,
}

fn main() -> ExitCode {
    match go(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("counterseal-sim: {error}");
            ExitCode::from(2)
        }
    }
}

type Failed = Box<dyn std::error::Error>;

fn go(arguments: &Arguments) -> Result<bool, Failed> {
    let template = template(arguments)?;
    match arguments.seed {
        Some(seed) => one(arguments, &Options { seed, trace: arguments.trace, ..template }),
        None => many(arguments, &template),
    }
}

fn template(arguments: &Arguments) -> Result<Options, Failed> {
    let kind = |word: &String| -> Result<Kind, Failed> {
        let found = KINDS.iter().find(|(_, known, _)| known == word).map(|(kind, _, _)| *kind);
        found.ok_or_else(|| {
            let words: Vec<_> = KINDS.iter().map(|(_, word, _)| *word).collect();
            format!("there is no kind '{word}'; there are: {}", words.join(", ")).into()
        })
    };
    let plant = |word: &String| -> Result<Plant, Failed> {
        let found = Plant::ALL.iter().find(|(_, known)| known == word).map(|(plant, _)| *plant);
        found.ok_or_else(|| {
            let words: Vec<_> = Plant::ALL.iter().map(|(_, word)| *word).collect();
            format!("there is no bug '{word}'; there are: {}", words.join(", ")).into()
        })
    };
    Ok(Options {
        steps: arguments.steps,
        plant: arguments.plant.as_ref().map(plant).transpose()?,
        without: arguments.without.iter().map(kind).collect::<Result<_, _>>()?,
        skip: match arguments.only.is_empty() {
            true => BTreeSet::new(),
            false => (0..arguments.steps).filter(|step| !arguments.only.contains(step)).collect(),
        },
        ..Options::of(0)
    })
}

fn one(arguments: &Arguments, options: &Options) -> Result<bool, Failed> {
    let outcome = run(options)?;
    if outcome.failing.is_none() {
        println!(
            "seed {}: {} steps, nothing broken, hash {}",
            options.seed,
            outcome.tally.steps,
            short(&outcome)
        );
        return Ok(true);
    };
    report(&outcome, arguments);
    if arguments.shrink {
        let small = shrink(options, &outcome)?;
        let kept: Vec<_> = (0..small.steps).filter(|step| !small.skip.contains(step)).collect();
        let only: Vec<_> = kept.iter().map(u64::to_string).collect();
        println!("{} steps are enough:", kept.len());
        println!("  {} --only {}", again(arguments, options), only.join(","));
    }
    Ok(false)
}

fn short(outcome: &Outcome) -> String {
    outcome.hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The command that runs this once more.
fn again(arguments: &Arguments, options: &Options) -> String {
    let mut words = format!("cargo run --release -p counterseal-sim -- --seed {} --trace", options.seed);
    if options.steps != Options::of(0).steps {
        words += &format!(" --steps {}", options.steps);
    }
    if let Some(plant) = &arguments.plant {
        words += &format!(" --plant {plant}");
    }
    if !arguments.without.is_empty() {
        words += &format!(" --without {}", arguments.without.join(","));
    }
    words
}

fn report(outcome: &Outcome, arguments: &Arguments) {
    let Some(failing) = &outcome.failing else { return };
    println!("seed {}, step {}: {}", outcome.seed, failing.step, failing.what);
    for line in &failing.tail {
        println!("    {line}");
    }
    let options = Options { steps: arguments.steps, ..Options::of(outcome.seed) };
    println!("  {}", again(arguments, &options));
}

#[expect(
    clippy::disallowed_methods,
    reason = "measures how long the runs took; nothing in a run depends on it"
)]
fn many(arguments: &Arguments, template: &Options) -> Result<bool, Failed> {
    let begun = Instant::now();
    let (next, done) = (AtomicU64::new(arguments.from), AtomicU64::new(0));
    let end = arguments.from.saturating_add(arguments.seeds);
    let outcomes: Mutex<Vec<Outcome>> = Mutex::default();
    let broken: Mutex<Option<String>> = Mutex::default();
    let jobs = arguments.jobs.or_else(|| std::thread::available_parallelism().ok().map(usize::from));
    std::thread::scope(|scope| {
        for _ in 0..jobs.unwrap_or(1).max(1) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= end {
                        return;
                    }
                    match run(&Options { seed, ..template.clone() }) {
                        Ok(outcome) => keep(&outcomes, outcome, arguments),
                        Err(error) => {
                            let mut broken = broken.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                            *broken = Some(format!("seed {seed}: {error}"));
                            return;
                        }
                    }
                    let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                    if done.is_multiple_of(50) {
                        eprintln!("{done} of {} runs, {} s", arguments.seeds, begun.elapsed().as_secs());
                    }
                }
            });
        }
    });
    if let Some(broken) = broken.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        return Err(broken.into());
    }
    let outcomes = outcomes.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    Ok(summary(arguments, &outcomes, begun.elapsed().as_secs_f64()))
}

fn keep(outcomes: &Mutex<Vec<Outcome>>, outcome: Outcome, arguments: &Arguments) {
    let mut outcomes = outcomes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if outcome.failing.is_some() && arguments.format == "text" {
        report(&outcome, arguments);
    }
    outcomes.push(outcome);
}

fn summary(arguments: &Arguments, outcomes: &[Outcome], seconds: f64) -> bool {
    let steps: u64 = outcomes.iter().map(|outcome| outcome.tally.steps).sum();
    let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
    for (kind, count) in outcomes.iter().flat_map(|outcome| &outcome.tally.kinds) {
        *kinds.entry(kind.word()).or_default() += count;
    }
    let failing: BTreeSet<u64> =
        outcomes.iter().filter(|outcome| outcome.failing.is_some()).map(|outcome| outcome.seed).collect();
    if arguments.format == "json" {
        let what: BTreeMap<String, String> = outcomes
            .iter()
            .filter_map(|one| Some((one.seed.to_string(), one.failing.as_ref()?.what.clone())))
            .collect();
        let json = serde_json::json!({
            "seeds": outcomes.len(), "from": arguments.from, "steps": steps, "seconds": seconds,
            "kinds": kinds, "failing": what,
        });
        println!("{json}");
    } else {
        let words: Vec<_> = kinds.iter().map(|(word, count)| format!("{word} {count}")).collect();
        println!("{} runs, {steps} steps, {seconds:.0} s, {} failing", outcomes.len(), failing.len());
        println!("{}", words.join(", "));
        if !failing.is_empty() {
            println!("failing: {}", failing.iter().map(u64::to_string).collect::<Vec<_>>().join(", "));
        }
    }
    failing.is_empty()
}
