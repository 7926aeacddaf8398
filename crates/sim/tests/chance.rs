//! Runs by chance. `docs/simulator.md` says how to look into one that fails; `cargo run --release -p
//! counterseal-sim -- --seeds 1000` makes more of them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use counterseal_sim::{Options, Plant, run};

/// Steps of the runs here: fewer than of those from the command line, for they are not optimised.
const STEPS: u64 = 70;

fn options(seed: u64) -> Options {
    Options { steps: STEPS, ..Options::of(seed) }
}

/// Whatever fails, no promise is broken.
#[test]
fn a_fixed_set_of_runs_breaks_no_promise() {
    let half = |first: u64| {
        (first..=12).step_by(2).for_each(|seed| {
            let outcome = run(&options(seed)).unwrap();
            if let Some(failing) = outcome.failing {
                panic!(
                    "seed {seed}, step {}: {}\n{}\n cargo run --release -p counterseal-sim -- --seed {seed} --steps {STEPS} --trace",
                    failing.step,
                    failing.what,
                    failing.tail.join("\n")
                );
            }
        });
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| half(2));
        half(1);
        other.join().unwrap();
    });
}

#[test]
fn a_run_can_be_repeated() {
    let hash = |seed| run(&options(seed)).unwrap().hash;
    assert_eq!(hash(5), hash(5));
    assert_ne!(hash(5), hash(6));
}

/// Runs until one finds the planted bug; gives the promise that was broken. A run in which the same breaks without
/// the bug has found something else.
fn found(plant: Plant, within: u64) -> String {
    for seed in 1..=within {
        let plain = Options { steps: 120, ..Options::of(seed) };
        let planted = run(&Options { plant: Some(plant), ..plain.clone() }).unwrap();
        if let Some(failing) = planted.failing
            && run(&plain).unwrap().failing.is_none_or(|other| other.what != failing.what)
        {
            return failing.what;
        }
    }
    panic!("{plant:?} was not found in {within} runs");
}

/// A hub that answers before its commit is flushed: after a crash what it acknowledged is gone.
#[test]
fn a_hub_that_acknowledges_what_is_not_durable_is_found() {
    let what = found(Plant::HubAcknowledgesEarly, 24);
    assert!(["acknowledged", "went back", "set back"].iter().any(|sign| what.contains(sign)), "{what}");
}

/// A hub that does not look whether it has an entry already.
#[test]
fn a_hub_that_appends_twice_is_found() {
    let what = found(Plant::HubAppendsTwice, 2);
    assert!(what.contains("twice") || what.contains("acknowledged") || what.contains("went back"), "{what}");
}

/// The rollback race of tlog-witness: two requests at once, and the older one is stored last.
#[test]
fn a_witness_that_does_not_compare_is_found() {
    let what = found(Plant::WitnessDoesNotCompare, 24);
    assert!(what.contains("went back"), "{what}");
}

/// A desk whose queue for the log does not survive a crash: a revocation that nobody else heard of would be undone.
#[test]
fn a_desk_that_loses_its_outbox_in_a_crash_is_found() {
    let what = found(Plant::DeskLosesOutbox, 8);
    assert!(what.contains("forgot") || what.contains("knew"), "{what}");
}

/// A compartment that was to be `from-join` and is not: who joins later opens what was written before.
#[test]
fn a_joiner_who_is_handed_an_earlier_secret_is_found() {
    let what = found(Plant::JoinerGetsEarlierSecret, 8);
    assert!(what.contains("never given"), "{what}");
}
