//! One run: everything in it follows from its seed.

use std::collections::{BTreeMap, BTreeSet};

use crate::act::{Kind, perform};
use crate::check::{after_step, quiet};
use crate::mission::SimError;
use crate::plant::Plant;
use crate::rng::Choices;
use crate::world::{Trouble, World};

/// What a run is to be.
#[derive(Debug, Clone)]
pub struct Options {
    /// The seed.
    pub seed: u64,
    /// Steps before all is quiet.
    pub steps: u64,
    /// A planted bug.
    pub plant: Option<Plant>,
    /// Kinds of steps that are passed over.
    pub without: BTreeSet<Kind>,
    /// Steps that are passed over.
    pub skip: BTreeSet<u64>,
    /// Whether each step is written to the standard output as it happens.
    pub trace: bool,
}

impl Options {
    /// An ordinary run.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        let (without, skip) = (BTreeSet::new(), BTreeSet::new());
        Self { seed, steps: 120, plant: None, without, skip, trace: false }
    }
}

/// A run in which a promise was broken.
#[derive(Debug, Clone)]
pub struct Failing {
    /// At which step; the number of steps when it was in the quiet at the end.
    pub step: u64,
    /// Which promise.
    pub what: String,
    /// What happened last.
    pub tail: Vec<String>,
}

/// Counts.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Steps of each kind.
    pub kinds: BTreeMap<Kind, u64>,
    /// Steps.
    pub steps: u64,
}

/// What came of a run.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The seed.
    pub seed: u64,
    /// What must not have happened, if it did.
    pub failing: Option<Failing>,
    /// Hash over all that happened: the same for the same options.
    pub hash: [u8; 32],
    /// Counts.
    pub tally: Tally,
}

/// Steps that are shown of a run that failed.
const TAIL: usize = 40;

/// Runs.
///
/// # Errors
/// When the simulation itself cannot be set up.
pub fn run(options: &Options) -> Result<Outcome, SimError> {
    let mut world = World::new(options.seed, options.plant)?;
    let mut tally = Tally::default();
    for step in 0..options.steps {
        let mut rng = Choices::of(options.seed, step);
        let kind = Kind::choose(&mut rng);
        if options.without.contains(&kind) || options.skip.contains(&step) {
            continue;
        }
        world.pass(1);
        *tally.kinds.entry(kind).or_default() += 1;
        tally.steps += 1;
        let done = perform(&mut world, kind, &mut rng);
        let (line, done) = match done {
            Ok(words) => (format!("{step:>4} {}: {words}", kind.word()), after_step(&mut world, step)),
            Err(trouble) => (format!("{step:>4} {}", kind.word()), Err(trouble)),
        };
        if options.trace {
            println!("{line}");
        }
        world.note(line);
        if let Err(trouble) = done {
            return Ok(outcome(options, &world, tally, Some((step, trouble))));
        }
    }
    let from = world.lines.len();
    let end = quiet(&mut world, &mut Choices::of(options.seed, options.steps));
    if options.trace {
        world.lines.iter().skip(from).for_each(|line| println!("{line}"));
    }
    Ok(outcome(options, &world, tally, end.err().map(|trouble| (options.steps, trouble))))
}

fn outcome(options: &Options, world: &World, tally: Tally, failed: Option<(u64, Trouble)>) -> Outcome {
    let failing = failed.map(|(step, trouble)| Failing {
        step,
        what: match trouble {
            Trouble::Broken(violation) => violation.0,
            Trouble::Sim(error) => format!("the simulation cannot go on: {error}"),
        },
        tail: world.lines.iter().rev().take(TAIL).rev().cloned().collect(),
    });
    Outcome { seed: options.seed, failing, hash: world.hash, tally }
}
