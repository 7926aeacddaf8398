//! What may tell of the same event: near in time, place, number, names and words. A number with its reasons; a person
//! decides.

use std::collections::BTreeSet;

use counterseal_exchange::{gap_days, gap_km};
use counterseal_model::record::{Body, Incident};
use counterseal_model::{RecordId, Timestamp};
use rusqlite::Connection;

use crate::desk::Desk;
use crate::desk::read::{RecordView, view};
use crate::error::NodeError;
use crate::index::{fold, name_keys};

/// How alike two accounts must be to be pointed out, of 1.
pub const ALIKE: f64 = 0.6;
/// Beyond so many days two accounts have no time in common.
const FAR_DAYS: f64 = 4.0;
/// Beyond so many kilometres they have no place in common.
const FAR_KM: f64 = 50.0;
/// About so many units of 1e-7 degrees a candidate may be away.
const REACH: i64 = 10_000_000;
/// Most candidates that are opened and compared.
const CANDIDATES: i64 = 60;
/// Words that are shorter say nothing.
const WORD: usize = 4;
/// Most words of a text that are compared.
const WORDS: usize = 200;
/// Weights of what is compared.
const WEIGHTS: [f64; 5] = [0.25, 0.25, 0.15, 0.2, 0.15];

/// Something that two accounts have in common.
#[derive(Debug, Clone, PartialEq)]
pub enum Common {
    /// Their times overlap, or are so many days apart.
    Days(f64),
    /// They are so many kilometres apart.
    Km(f64),
    /// The place is called so in one of them, and alike in the other.
    Place(String),
    /// So many killed in each.
    Killed(u64, u64),
    /// Names of who took part, as the other one has them.
    Names(Vec<String>),
    /// So many words of title and text.
    Words(usize),
}

/// A record that may tell of the same event.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// The record.
    pub record: RecordView,
    /// How alike they are, from `ALIKE` to 1.
    pub score: f64,
    /// Why.
    pub common: Vec<Common>,
}

impl Desk {
    /// The incidents that may tell of the same event as this one, most alike first; at most `limit`. `itself` is the
    /// record that it is already, if it is one; other accounts that are known as such are left out too.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alike(
        &self,
        incident: &Incident,
        itself: Option<RecordId>,
        limit: usize,
    ) -> Result<Vec<Alike>, NodeError> {
        let mut known = BTreeSet::new();
        if let Some(id) = itself.filter(|id| self.record_number(*id).is_ok()) {
            known.insert(id);
            known.extend(self.other_accounts(id)?.iter().map(RecordView::id));
        }
        let reader = self.reader();
        let mut all = self.store.read(|db| {
            let mut all = Vec::new();
            for number in candidates(db, incident)? {
                let record = view(db, &reader, number)?;
                let Body::Incident(other) = &record.part.body else { continue };
                let (score, common) = compare(incident, other);
                if score >= ALIKE && !known.contains(&record.id()) {
                    all.push(Alike { record, score, common });
                }
            }
            Ok::<_, NodeError>(all)
        })?;
        all.sort_by(|one, other| other.score.total_cmp(&one.score));
        all.truncate(limit);
        Ok(all)
    }
}

/// Incidents near in time, and in place where there is a point; the nearest in time first.
fn candidates(db: &Connection, incident: &Incident) -> Result<Vec<i64>, NodeError> {
    let Some(occurred) = &incident.occurred else { return Ok(Vec::new()) };
    #[expect(clippy::cast_possible_truncation, reason = "a few days")]
    let far = FAR_DAYS as i64 * Timestamp::DAY;
    let (from, to) = (occurred.from.0.saturating_sub(far), occurred.until().0.saturating_add(far));
    let point = incident.place.as_ref().and_then(|place| place.point);
    let (lat, lon) = point.map_or((0, 0), |point| (i64::from(point.lat_e7()), i64::from(point.lon_e7())));
    let reach = point.map_or(i64::from(i32::MAX), |_| REACH);
    let mut find = db.prepare_cached(
        "SELECT record FROM incident WHERE starts BETWEEN ?1 AND ?2
           AND (lat IS NULL OR (lat BETWEEN ?3 AND ?4 AND lon BETWEEN ?5 AND ?6))
         ORDER BY abs(starts - ?7), record LIMIT ?8",
    )?;
    let bounds = (from, to, lat - reach, lat + reach, lon - reach, lon + reach, occurred.from.0, CANDIDATES);
    let rows = find.query_map(bounds, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The weighted mean of what both tell, from 0 to 1, and what they have in common. Of fewer than two things nothing
/// follows.
fn compare(one: &Incident, other: &Incident) -> (f64, Vec<Common>) {
    let parts =
        [time(one, other), place(one, other), killed(one, other), names(one, other), words(one, other)];
    let told: Vec<(f64, f64, Common)> = WEIGHTS
        .into_iter()
        .zip(parts)
        .filter_map(|(weight, part)| part.map(|(part, common)| (weight, part, common)))
        .collect();
    if told.len() < 2 {
        return (0.0, Vec::new());
    }
    let weights: f64 = told.iter().map(|(weight, ..)| weight).sum();
    let sum: f64 = told.iter().map(|(weight, part, _)| weight * part).sum();
    let common = told.into_iter().filter(|(_, part, _)| *part > 0.0).map(|(.., common)| common);
    (sum / weights, common.collect())
}

type Part = Option<(f64, Common)>;

fn time(one: &Incident, other: &Incident) -> Part {
    let days = gap_days(one, other)?;
    Some(((1.0 - days / FAR_DAYS).max(0.0), Common::Days(days)))
}

/// By distance where both have a point, else by name.
fn place(one: &Incident, other: &Incident) -> Part {
    if let Some(km) = gap_km(one, other) {
        return Some(((1.0 - km / FAR_KM).max(0.0), Common::Km(km)));
    }
    let name = |incident: &Incident| incident.place.as_ref().and_then(|place| place.name.clone());
    let (one, other) = (name(one)?, name(other)?);
    let part = share(&[one], std::slice::from_ref(&other)).0;
    Some((part, Common::Place(other)))
}

#[expect(clippy::cast_precision_loss, reason = "numbers of people are far below 2^52")]
fn killed(one: &Incident, other: &Incident) -> Part {
    let of =
        |incident: &Incident| incident.killed().and_then(|killed| killed.best.or(killed.low).or(killed.high));
    let (one, other) = (of(one)?, of(other)?);
    let (less, more) = (one.min(other), one.max(other));
    Some(((less as f64 + 0.5) / (more as f64 + 0.5), Common::Killed(one, other)))
}

fn names(one: &Incident, other: &Incident) -> Part {
    let of = |incident: &Incident| -> Vec<String> {
        let acts = incident.acts.iter().flat_map(|act| act.by.iter().chain(&act.to));
        incident.actors.iter().chain(acts).filter_map(|actor| actor.name.clone()).collect()
    };
    let same_entity = one
        .actors
        .iter()
        .any(|actor| actor.entity.is_some() && other.actors.iter().any(|there| there.entity == actor.entity));
    let (one, other) = (of(one), of(other));
    if one.is_empty() || other.is_empty() {
        return None;
    }
    let (part, common) = share(&one, &other);
    Some((if same_entity { 1.0 } else { part }, Common::Names(common)))
}

/// How many of the words of the shorter list are in the other, by the keys of names; and the other's names with one.
#[expect(clippy::cast_precision_loss, reason = "a few words")]
fn share(one: &[String], other: &[String]) -> (f64, Vec<String>) {
    let keys =
        |names: &[String]| -> Vec<Vec<String>> { names.iter().flat_map(|name| name_keys(name)).collect() };
    let (ours, theirs) = (keys(one), keys(other));
    let meets = |word: &Vec<String>, words: &[Vec<String>]| {
        words.iter().any(|there| there.iter().any(|key| word.contains(key)))
    };
    let (few, many) = if ours.len() <= theirs.len() { (&ours, &theirs) } else { (&theirs, &ours) };
    let both = few.iter().filter(|word| meets(word, many)).count();
    let part = if few.is_empty() { 0.0 } else { both as f64 / few.len() as f64 };
    let named = other.iter().filter(|name| name_keys(name).iter().any(|word| meets(word, &ours)));
    (part, named.cloned().collect())
}

#[expect(clippy::cast_precision_loss, reason = "a few words")]
fn words(one: &Incident, other: &Incident) -> Part {
    let of = |incident: &Incident| -> BTreeSet<String> {
        let text = [incident.title.as_deref(), incident.narrative.as_deref()].into_iter().flatten();
        let folded: Vec<String> = text.map(fold).collect();
        let words =
            folded.iter().flat_map(|text| text.split(' ')).filter(|word| word.chars().count() >= WORD);
        words.take(WORDS).map(str::to_owned).collect()
    };
    let (one, other) = (of(one), of(other));
    let few = one.len().min(other.len());
    if few == 0 {
        return None;
    }
    let both = one.intersection(&other).count();
    Some((both as f64 / few as f64, Common::Words(both)))
}
