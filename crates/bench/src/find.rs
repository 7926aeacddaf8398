//! `bench find`: the fifty best matches of some words, as opened records, against plain SQLite FTS5
//! with the same cache, which reads the same rows unencrypted, and weighs as many of them; and against one that weighs
//! all of them.

use counterseal_model::record::Body;
use counterseal_node::{Desk, Filter, Sort, WEIGHED};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use rusqlite::Connection;

use crate::figure::{Figure, Target};
use crate::measure::{percentile, timed};
use crate::outcome::{Outcome, differ};
use crate::peer::Settings;
use crate::stage::Stage;

const TOP: usize = 50;
/// Each question is put this often on both sides by turns; the best time counts.
const ROUNDS: usize = 3;

pub(crate) fn run(stage: &Stage, count: usize) -> Outcome<Vec<Figure>> {
    let desk = stage.open()?;
    let plain = Settings::PLAIN.open(&stage.plain())?;
    let questions = questions(stage, count);
    let mut ours = vec![f64::INFINITY; questions.len()];
    let (mut theirs, mut all) = (ours.clone(), ours.clone());
    for round in 0..ROUNDS {
        for (((question, ours), theirs), all) in
            questions.iter().zip(&mut ours).zip(&mut theirs).zip(&mut all)
        {
            let (found, seconds) = timed(|| find(&desk, question));
            let found = found?;
            *ours = ours.min(seconds);
            for (most, best) in [(Some(WEIGHED), theirs), (None, all)] {
                let (peers, seconds) = timed(|| ask(&plain, question, most));
                let peers = peers?;
                *best = best.min(seconds);
                if round == 0 && found != peers {
                    return Err(differ(format!("'{question}': {found} records and {peers}")));
                }
            }
        }
    }
    eprintln!("  {} questions, as many records on both sides", questions.len());
    let pair = |share| (percentile(&ours, share) * 1e3, Some(percentile(&theirs, share) * 1e3));
    let mean = |list: &[f64]| list.iter().sum::<f64>() * 1e3 / list.len().max(1) as f64;
    Ok(vec![
        Figure::new(
            "find",
            "top 50, mean",
            "ms",
            (mean(&ours), Some(mean(&theirs))),
            Target::RatioAtMost(1.5),
        ),
        Figure::new("find", "top 50, p50", "ms", pair(0.5), Target::RatioAtMost(1.5)),
        Figure::new("find", "top 50, p95", "ms", pair(0.95), Target::RatioAtMost(1.5)),
        Figure::new(
            "find",
            "top 50 of all weighed, mean",
            "ms",
            (mean(&ours), Some(mean(&all))),
            Target::Stated,
        ),
    ])
}

/// One or two words out of the texts of the mission, by turns: what is common there is asked often.
/// ASCII alone, because the two tokenizers part ways beyond it: ours folds more of Arabic.
fn questions(stage: &Stage, count: usize) -> Vec<String> {
    let mut rng = ChaCha20Rng::seed_from_u64(stage.seed());
    let mut questions = Vec::new();
    while questions.len() < count {
        let n = rng.random_range(0..stage.rows());
        let Body::Incident(incident) = stage.world.part(n).body else { continue };
        let text =
            format!("{} {}", incident.title.unwrap_or_default(), incident.narrative.unwrap_or_default());
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 4).collect();
        let wanted = 1 + questions.len() % 2;
        let picked: Vec<&str> =
            (0..wanted).filter_map(|_| words.get(rng.random_range(0..words.len().max(1))).copied()).collect();
        if picked.len() == wanted && picked.iter().all(|word| word.is_ascii()) {
            questions.push(picked.join(" "));
        }
    }
    questions
}

fn find(desk: &Desk, question: &str) -> Outcome<usize> {
    let filter = Filter { words: Some(question.to_owned()), ..Filter::default() };
    Ok(desk.find(&filter, Sort::Relevance, TOP)?.len())
}

/// The same from the peer, of the last `most`, or all, that have the words: FTS5 weighs, and only the fifty rows are read, with
/// every column.
fn ask(db: &Connection, question: &str, most: Option<usize>) -> Outcome<usize> {
    let words: Vec<String> = question.split(' ').map(|word| format!("\"{word}\"")).collect();
    let weighed = match most {
        Some(most) => format!("rowid DESC LIMIT {most}"),
        // FTS5 keeps the best by itself.
        None => format!("rank LIMIT {TOP}"),
    };
    let mut find = db.prepare_cached(&format!(
        "SELECT i.*, r.id FROM (SELECT rowid AS no, rank AS weight FROM words WHERE words MATCH ?1 ORDER BY {weighed}) w
         JOIN record r ON r.no = w.no LEFT JOIN incident i ON i.record = w.no ORDER BY w.weight, w.no LIMIT {TOP}"
    ))?;
    let columns = find.column_count();
    let mut rows = find.query([words.join(" AND ")])?;
    let mut found = 0;
    while let Some(row) = rows.next()? {
        let read = (0..columns).map(|column| row.get_ref(column).map(std::hint::black_box));
        let kept: Vec<_> = read.collect::<Result<_, _>>()?;
        found += usize::from(!kept.is_empty());
    }
    Ok(found)
}
