//! `bench unlock`: from a locked desk to the first answer, against reading the same records through in
//! SQLCipher once, which is what a desk without indexes and page tags would have to do.

use counterseal_node::{Desk, Filter, Home, Sort};

use crate::figure::{Figure, Target};
use crate::home;
use crate::measure::timed;
use crate::outcome::Outcome;
use crate::peer::Settings;
use crate::stage::{Stage, number};

/// The best of this many runs counts, by turns.
const ROUNDS: usize = 3;

pub(crate) fn run(stage: &Stage) -> Outcome<Vec<Figure>> {
    let mut best = [f64::INFINITY; 6];
    for _ in 0..ROUNDS {
        let (newest, opening) = unlock(stage, &Filter::default(), Sort::Newest)?;
        let (words, _) = unlock(stage, &word(), Sort::Relevance)?;
        let passphrase = unlock_with_passphrase(stage)?;
        let times = [newest, words, opening, passphrase, scan(stage)?, argon2id(stage)?];
        best.iter_mut().zip(times).for_each(|(best, time)| *best = best.min(time));
    }
    let [newest, words, opening, passphrase, scan, argon2id] = best;
    let with = (passphrase, Some(scan + argon2id));
    let figure = |what, pair, target| Figure::new("unlock", what, "s", pair, target);
    // Promised for a million: what is fixed about opening weighs more in a small desk.
    let promised = if stage.rows() >= 1_000_000 { Target::RatioAtMost(0.1) } else { Target::Stated };
    Ok(vec![
        figure("to the newest 50, without Argon2id", (newest, Some(scan)), promised),
        figure("to the newest 50, with Argon2id on both sides", with, Target::Stated),
        figure("to the best 50 of a frequent word, without Argon2id", (words, Some(scan)), Target::Stated),
        Figure::stated("unlock", "of it opening, every page's tag compared", "s", opening),
        Figure::stated("unlock", "Argon2id", "s", argon2id),
    ])
}

/// A word that a tenth of the texts have.
fn word() -> Filter {
    Filter { words: Some("convoy".to_owned()), ..Filter::default() }
}

fn answer(desk: &Desk, filter: &Filter, sort: Sort) -> Outcome<()> {
    match desk.find(filter, sort, 50)?.len() {
        0 => Err("nothing was found".into()),
        _ => Ok(()),
    }
}

/// Seconds to the first answer with the keys at hand, and of them those for opening.
fn unlock(stage: &Stage, filter: &Filter, sort: Sort) -> Outcome<(f64, f64)> {
    let place = Home::open(&stage.home())?.choose(None)?;
    let secrets = home::secrets(stage.seed())?;
    let rng = Box::new(home::fresh()?);
    let (desk, opening) = timed(|| Desk::open(place, secrets, home::clock(), rng));
    let desk = desk?;
    let (done, asking) = timed(|| answer(&desk, filter, sort));
    done.map(|()| (opening + asking, opening))
}

fn unlock_with_passphrase(stage: &Stage) -> Outcome<f64> {
    let (done, seconds) = timed(|| answer(&home::unlock(&stage.home())?, &Filter::default(), Sort::Newest));
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
