//! A run that fails, with fewer steps.

use crate::mission::SimError;
use crate::run::{Options, Outcome, run};

/// Runs that shrinking may take.
const TRIES: u32 = 120;

/// Leaves out as many steps as it can while the same promise is broken. The choices of one step do not depend
/// on those of another, so what is left happens much as it did.
///
/// # Errors
/// When a run cannot be set up.
pub fn shrink(options: &Options, failed: &Outcome) -> Result<Options, SimError> {
    let Some(failing) = &failed.failing else { return Ok(options.clone()) };
    let what = kind_of(&failing.what);
    let mut best = options.clone();
    best.skip.extend(failing.step + 1..options.steps);
    let mut tries = 0;
    let mut size = best.steps.div_ceil(2);
    while size >= 1 && tries < TRIES {
        let mut from = 0;
        while from < best.steps && tries < TRIES {
            let mut trial = best.clone();
            trial.skip.extend(from..(from + size).min(best.steps));
            if trial.skip.len() > best.skip.len() {
                tries += 1;
                let again = run(&trial)?;
                if again.failing.is_some_and(|failing| kind_of(&failing.what) == what) {
                    best = trial;
                }
            }
            from += size;
        }
        size /= 2;
    }
    Ok(best)
}

/// What is broken, without numbers and ids.
fn kind_of(what: &str) -> String {
    what.split_whitespace()
        .filter(|word| !word.chars().any(|c| c.is_ascii_digit()))
        .collect::<Vec<_>>()
        .join(" ")
}
