//! How many people were harmed: `12 killed`, `trois blessés`, `killed: 4`, `١٢ قتيلا`.

use std::ops::Range;

use counterseal_model::Term;
use counterseal_model::record::Casualties;

use super::Found;
use super::lexicon::{group_of, harm_of, is_age, is_filler, is_measure, number_of};
use super::scan::{Scan, words};
use crate::index::fold;

/// Most words between a number and what was done to so many.
const BETWEEN: usize = 3;
/// Longer numbers count no people.
const DIGITS: usize = 6;

/// What the words around a number say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    Best(u64),
    AtLeast(u64),
    AtMost(u64),
    Between(u64, u64),
}

/// A word, folded, and where it stands.
struct Word {
    span: Range<usize>,
    folded: String,
}

/// Reads what numbers and words say of people.
pub(super) fn read(scan: &mut Scan<'_>) {
    let words: Vec<Word> = words(scan.text)
        .into_iter()
        .filter(|span| scan.is_free(span))
        .map(|span| Word { folded: fold(scan.text.get(span.clone()).unwrap_or("")), span })
        .collect();
    for at in 0..words.len() {
        let Some(harm) = words.get(at).and_then(|word| harm_of(&word.folded)) else { continue };
        let (before, after) = (before(scan, &words, at), after(scan, &words, at));
        match (before, after) {
            // 'battalion 12 killed 3': only a person knows.
            (Some(one), Some(other)) if at > 0 && !is_sentence_end(scan, &words, at) => {
                scan.mark(one.1, Found::Casualties, false);
                scan.mark(other.1, Found::Casualties, false);
            }
            (Some((count, span, group)), _) | (None, Some((count, span, group))) => {
                take(scan, harm, group, count, span);
            }
            (None, None) => {}
        }
    }
}

/// What stands after a label, as `killed`: one number or a span of two, with words or without.
pub(super) fn labelled(scan: &mut Scan<'_>, harm: &'static str, value: Range<usize>) {
    let said = scan.text.get(value.clone()).unwrap_or("");
    let first = words(said).into_iter().next();
    let Some(first) = first.map(|first| value.start + first.start..value.start + first.end) else { return };
    match count_in(scan.text.get(first.clone()).unwrap_or("")) {
        Some(count) => take(scan, harm, None, count, first),
        None => scan.mark(value, Found::Casualties, false),
    }
}

/// A count before a harm: `12 civilians were killed`.
fn before(scan: &Scan<'_>, words: &[Word], at: usize) -> Option<(Count, Range<usize>, Option<&'static str>)> {
    let mut group = None;
    for back in 1..=BETWEEN + 1 {
        let here = at.checked_sub(back)?;
        let word = words.get(here)?;
        if apart(scan, words, here) {
            return None;
        }
        if let Some(count) = count_in(scan.text.get(word.span.clone())?) {
            let earlier = here.checked_sub(1).and_then(|before| words.get(before));
            if earlier.is_some_and(|earlier| is_age(&earlier.folded)) {
                return None;
            }
            let (count, start) = bounded(scan, words, here, count);
            return Some((count, start..words.get(at)?.span.end, group));
        }
        group = group.or_else(|| group_of(&word.folded));
        if group_of(&word.folded).is_none() && !is_filler(&word.folded) {
            return None;
        }
    }
    None
}

/// A count right after a harm: `killed: 4`, `killing at least 3`.
fn after(scan: &Scan<'_>, words: &[Word], at: usize) -> Option<(Count, Range<usize>, Option<&'static str>)> {
    if is_sentence_end(scan, words, at) {
        return None;
    }
    for next in at + 1..=at + 3 {
        let word = words.get(next)?;
        let Some(count) = count_in(scan.text.get(word.span.clone())?) else {
            if is_bound(&word.folded).is_none() && !is_filler(&word.folded) {
                return None;
            }
            continue;
        };
        let following = words.get(next + 1);
        let ends = is_sentence_end(scan, words, next);
        if !ends && following.is_some_and(|word| is_measure(&word.folded) || harm_of(&word.folded).is_some())
        {
            return None;
        }
        let group = following.filter(|_| !ends).and_then(|word| group_of(&word.folded));
        let (count, _) = bounded(scan, words, next, count);
        return Some((count, words.get(at)?.span.start..word.span.end, group));
    }
    None
}

/// The count with what the words before it say: at least, at most.
fn bounded(scan: &Scan<'_>, words: &[Word], at: usize, count: Count) -> (Count, usize) {
    let start = words.get(at).map_or(0, |word| word.span.start);
    let (Count::Best(number), Some(before)) = (count, at.checked_sub(1)) else { return (count, start) };
    if apart(scan, words, before) {
        return (count, start);
    }
    let one = words.get(before).map_or("", |word| word.folded.as_str());
    let two = before.checked_sub(1).and_then(|first| words.get(first));
    let pair = two.map(|first| (format!("{} {one}", first.folded), first.span.start));
    let alone = (one.to_owned(), words.get(before).map_or(start, |word| word.span.start));
    for (phrase, from) in pair.into_iter().chain([alone]) {
        match is_bound(&phrase) {
            Some(true) => return (Count::AtLeast(number), from),
            Some(false) => return (Count::AtMost(number), from),
            None => {}
        }
    }
    (count, start)
}

/// Whether a phrase is a lower bound (true) or an upper one.
fn is_bound(phrase: &str) -> Option<bool> {
    match phrase {
        "at least" | "least" | "au moins" | "al menos" | "over" | "plus de" | "mas de" | "more than" => {
            Some(true)
        }
        "up to" | "at most" | "au plus" | "jusqu a" | "hasta" => Some(false),
        _ => None,
    }
}

/// Whether a sentence or a clause ends with this word.
fn is_sentence_end(scan: &Scan<'_>, words: &[Word], at: usize) -> bool {
    let text = words.get(at).and_then(|word| scan.text.get(word.span.clone())).unwrap_or("");
    text.ends_with(['.', ',', ';', '،', '؛', ')', '!', '?']) || line_ends(scan, words, at)
}

fn apart(scan: &Scan<'_>, words: &[Word], at: usize) -> bool {
    is_sentence_end(scan, words, at)
}

fn line_ends(scan: &Scan<'_>, words: &[Word], at: usize) -> bool {
    let (Some(here), Some(next)) = (words.get(at), words.get(at + 1)) else { return true };
    scan.text
        .get(here.span.end..next.span.start)
        .is_none_or(|between| between.contains('\n') || !between.trim().is_empty())
}

/// A number of people, in digits or as a word, or a span of two.
fn count_in(word: &str) -> Option<Count> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some((low, high)) = bare.split_once(['-', '–', '/']) {
        let (low, high) = (digits(&fold(low))?, digits(&fold(high))?);
        return (low < high).then_some(Count::Between(low, high));
    }
    let folded = fold(bare);
    digits(&folded).or_else(|| number_of(&folded)).map(Count::Best)
}

fn digits(folded: &str) -> Option<u64> {
    let fits = (1..=DIGITS).contains(&folded.len()) && folded.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| folded.parse().ok()).flatten()
}

fn take(
    scan: &mut Scan<'_>,
    harm: &'static str,
    group: Option<&'static str>,
    count: Count,
    span: Range<usize>,
) {
    let harm = Term::from_text(harm).filter(|_| harm != "killed");
    let group = group.and_then(Term::from_text);
    let (best, low, high) = match count {
        Count::Best(best) => (Some(best), None, None),
        Count::AtLeast(low) => (None, Some(low), None),
        Count::AtMost(high) => (None, None, Some(high)),
        Count::Between(low, high) => (None, Some(low), Some(high)),
    };
    let said = Casualties { group, harm, best, low, high, ..Casualties::default() };
    let known =
        scan.incident.casualties.iter().find(|known| known.group == said.group && known.harm == said.harm);
    let taken = known.is_none_or(|known| *known == said);
    if known.is_none() {
        scan.incident.casualties.push(said);
    }
    scan.mark(span, Found::Casualties, taken);
}
