//! `bench unlock`: from a locked desk to the first answer, against reading the same records through in
//! SQLCipher once, which is what a desk without indexes and page tags would have to do.

use counterseal_node::{Filter, Home, Sort};

use crate::figure::{Figure, Target};
use crate::home;
use crate::measure::timed;
use crate::outcome::Outcome;
use crate::peer::Settings;
use crate::stage::{Stage, number};

/// The best of this many runs counts, by turns.
const ROUNDS: usize = 3;

pub(crate) fn run(stage: &Stage) -> Outcome<Vec<Figure>> {
    let mut best = [f64::INFINITY; 5];
    for _ in 0..ROUNDS {
        let (keys, opening) = unlock(stage)?;
        let times = [argon2id(stage)?, keys, unlock_with_passphrase(stage)?, scan(stage)?, opening];
        best.iter_mut().zip(times).for_each(|(best, time)| *best = best.min(time));
    }
    let [argon2id, keys, passphrase, scan, opening] = best;
    let target = Target::RatioAtMost(0.1);
    Ok(vec![
        Figure::new("unlock", "to the first answer, without Argon2id", "s", (keys, Some(scan)), target),
        Figure::new(
            "unlock",
            "to the first answer, with Argon2id",
            "s",
            (passphrase, Some(scan + argon2id)),
            target,
        ),
        Figure::stated("unlock", "of it opening, every page's tag compared", "s", opening),
        Figure::stated("unlock", "Argon2id", "s", argon2id),
    ])
}

/// The first answer: the fifty records that a word fits best.
fn answer(desk: &counterseal_node::Desk) -> Outcome<()> {
    let filter = Filter { words: Some("convoy".to_owned()), ..Filter::default() };
    let found = desk.find(&filter, Sort::Relevance, 50)?;
    if found.is_empty() { Err("nothing was found".into()) } else { Ok(()) }
}

/// Seconds to the first answer with the keys at hand, and of them those for opening.
fn unlock(stage: &Stage) -> Outcome<(f64, f64)> {
    let place = Home::open(&stage.home())?.choose(None)?;
    let secrets = home::secrets(stage.seed())?;
    let rng = Box::new(home::fresh()?);
    let (desk, opening) = timed(|| counterseal_node::Desk::open(place, secrets, home::clock(), rng));
    let desk = desk?;
    let (done, asking) = timed(|| answer(&desk));
    done.map(|()| (opening + asking, opening))
}

fn unlock_with_passphrase(stage: &Stage) -> Outcome<f64> {
    let (done, seconds) = timed(|| answer(&home::unlock(&stage.home())?));
    done.map(|()| seconds)
}

fn argon2id(stage: &Stage) -> Outcome<f64> {
    let place = Home::open(&stage.home())?.choose(None)?;
    let file = std::fs::read(place.dir.join("desk.key"))?;
    let passphrase = home::passphrase()?;
    let (unlocked, seconds) = timed(|| counterseal_seal::unlock(&file, &passphrase));
    unlocked.map(|_| seconds).map_err(Into::into)
}

/// Every row of the incidents, with its text; the cheapest query that has to read it.
fn scan(stage: &Stage) -> Outcome<f64> {
    let path = stage.sqlcipher();
    let (read, seconds) = timed(|| -> Outcome<i64> {
        let db = Settings::SQLCIPHER.open(&path)?;
        number(
            &db,
            "SELECT sum(length(narrative)) + sum(length(title)) + count(sources) FROM incident NOT INDEXED",
        )
    });
    read.map(|_| seconds)
}
