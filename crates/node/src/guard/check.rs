//! Checking the texts of a body.

use std::borrow::Cow;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use counterseal_model::record::{Body, Incident};

use super::rules::{Reason, Rule, Rules};
use crate::index::{fold, fold_into};

/// Something that should perhaps not stand where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    /// The field, as in the data model.
    pub field: &'static str,
    /// Where in the field's text, in bytes.
    pub span: Range<usize>,
    /// The text itself.
    pub text: String,
    /// The rule, as in the rule file; `known-name` for persons known to the mission.
    pub rule: String,
    /// Why, in each language.
    pub reason: Reason,
}

/// The guard with its rules and the names it knows.
#[derive(Debug)]
pub struct Guard {
    rules: Rules,
    names: Option<AhoCorasick>,
}

impl Guard {
    /// A guard. `names` are those of persons known to the mission, in all their spellings; single
    /// short words are left aside, because they would be found everywhere.
    #[must_use]
    pub fn new<'a>(rules: Rules, names: impl IntoIterator<Item = &'a str>) -> Self {
        let folded: Vec<String> = names.into_iter().map(fold).filter(|name| worth_finding(name)).collect();
        let names = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&folded);
        Self { rules, names: names.ok().filter(|_| !folded.is_empty()) }
    }

    /// The version of the rules in use.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.rules.version
    }

    /// Everything to point out in a body's texts, in the order of fields and spans.
    #[must_use]
    pub fn check(&self, body: &Body) -> Vec<Concern> {
        self.check_texts(texts(body))
    }

    /// As `check`, for an incident that is not a body yet.
    #[must_use]
    pub fn check_incident(&self, incident: &Incident) -> Vec<Concern> {
        let mut texts = Vec::new();
        incident_texts(incident, &mut texts);
        self.check_texts(texts)
    }

    fn check_texts(&self, texts: Vec<(&'static str, &str)>) -> Vec<Concern> {
        let mut concerns = Vec::new();
        for (field, text) in texts {
            self.check_text(field, text, &mut concerns);
        }
        concerns
    }

    fn check_text(&self, field: &'static str, text: &str, concerns: &mut Vec<Concern>) {
        let start = concerns.len();
        let ascii = Ascii::of(text);
        let count = ascii.text.bytes().filter(u8::is_ascii_digit).count();
        for rule in &self.rules.rules {
            let there = rule.contains.is_empty() || ascii.text.contains(|c| rule.contains.contains(c));
            if there && count >= rule.least_digits {
                check_rule(field, text, &ascii, rule, concerns);
            }
        }
        self.check_names(field, text, concerns);
        concerns.get_mut(start..).unwrap_or_default().sort_by_key(|concern| concern.span.start);
    }

    fn check_names(&self, field: &'static str, text: &str, concerns: &mut Vec<Concern>) {
        let Some(names) = &self.names else { return };
        let folded = fold(text);
        let whole = |at: Option<&u8>| at.is_none_or(|byte| *byte == b' ');
        let is_whole = |found: &aho_corasick::Match| {
            let bytes = folded.as_bytes();
            whole(found.start().checked_sub(1).and_then(|at| bytes.get(at))) && whole(bytes.get(found.end()))
        };
        let mut words = None;
        for found in names.find_iter(&folded).filter(is_whole).take(MOST_NAMES) {
            let words = words.get_or_insert_with(|| Spans::of(text, &folded));
            let span = words.span(found.range());
            let text = text.get(span.clone()).unwrap_or_default().to_owned();
            concerns.push(Concern { field, span, text, rule: "known-name".into(), reason: known_name() });
        }
    }
}

/// Most names pointed out in one text: a hostile file could repeat one a hundred thousand times.
const MOST_NAMES: usize = 100;

fn check_rule(field: &'static str, text: &str, ascii: &Ascii<'_>, rule: &Rule, concerns: &mut Vec<Concern>) {
    for found in rule.pattern.find_iter(&ascii.text) {
        let before = ascii.text.get(..found.start()).unwrap_or("");
        let near = rule.near.as_ref().is_none_or(|near| near.is_match(sentence(&ascii.text, found.range())));
        let count = found.as_str().bytes().filter(u8::is_ascii_digit).count();
        if !near || count < rule.least_digits || rule.not_after.iter().any(|end| before.ends_with(end)) {
            continue;
        }
        let span = ascii.original(found.range());
        let overlaps =
            concerns.iter().any(|c| c.field == field && c.span.start < span.end && span.start < c.span.end);
        if !overlaps {
            let text = text.get(span.clone()).unwrap_or_default().to_owned();
            let (rule, reason) = (rule.id.clone(), rule.reason.clone());
            concerns.push(Concern { field, span, text, rule, reason });
        }
    }
}

fn known_name() -> Reason {
    Reason {
        en: "is the name of a person known to the mission".into(),
        fr: "est le nom d'une personne connue de la mission".into(),
        es: Some("es el nombre de una persona que la misión conoce".into()),
        ar: Some("اسم شخص تعرفه البعثة".into()),
    }
}

/// Names of two words or more, and long single ones.
fn worth_finding(folded: &str) -> bool {
    folded.contains(' ') || folded.chars().count() >= 10
}

/// Text with Arabic-Indic digits as ASCII ones, and the way back to the original's offsets.
struct Ascii<'a> {
    text: Cow<'a, str>,
    /// Pairs of an offset in `text` and how far the original is ahead from there on.
    shifts: Vec<(usize, usize)>,
}

impl<'a> Ascii<'a> {
    fn of(text: &'a str) -> Self {
        let is_arabic = |sign: char| matches!(sign, '\u{0660}'..='\u{0669}' | '\u{06f0}'..='\u{06f9}');
        if text.is_ascii() || !text.contains(is_arabic) {
            return Self { text: Cow::Borrowed(text), shifts: Vec::new() };
        }
        let (mut ascii, mut shifts, mut ahead) = (String::with_capacity(text.len()), vec![(0, 0)], 0);
        for sign in text.chars() {
            if is_arabic(sign) {
                ascii.push(char::from_digit(u32::from(sign) & 0xf, 10).unwrap_or('0'));
                ahead += sign.len_utf8() - 1;
                shifts.push((ascii.len(), ahead));
            } else {
                ascii.push(sign);
            }
        }
        Self { text: Cow::Owned(ascii), shifts }
    }

    fn original(&self, range: Range<usize>) -> Range<usize> {
        let shift = |at: usize| {
            let next = self.shifts.partition_point(|(from, _)| *from <= at);
            at + self.shifts.get(next.saturating_sub(1)).map_or(0, |(_, ahead)| *ahead)
        };
        shift(range.start)..shift(range.end)
    }
}

/// The sentence around a span: up to a full stop followed by a blank, or a line end.
fn sentence(text: &str, span: Range<usize>) -> &str {
    let ends =
        |piece: &str| [piece.rfind(". "), piece.rfind('\n'), piece.rfind("؟ ")].into_iter().flatten().max();
    let start = text.get(..span.start).and_then(ends).map_or(0, |at| at + 1);
    let rest = text.get(span.end..).unwrap_or("");
    let stop = [rest.find(". "), rest.find('\n')].into_iter().flatten().min().unwrap_or(rest.len());
    text.get(start..span.end + stop).unwrap_or(text)
}

/// Where each word of a text stands, in the text and in its folded form.
pub(crate) struct Spans {
    /// Offsets in the folded text at which words begin.
    folded: Vec<usize>,
    /// The same words' bytes in the text itself.
    original: Vec<Range<usize>>,
}

impl Spans {
    /// Counts words as folding does: one sign can fold to several words, or to none.
    pub(crate) fn of(text: &str, folded: &str) -> Self {
        let starts = |text: &str| {
            let mut before = true;
            let mut starts = Vec::new();
            for (at, sign) in text.char_indices() {
                if before && sign != ' ' {
                    starts.push(at);
                }
                before = sign == ' ';
            }
            starts
        };
        let mut original: Vec<Range<usize>> = Vec::new();
        let (mut inside, mut piece) = (false, String::new());
        for (at, sign) in text.char_indices() {
            piece.clear();
            fold_into(&mut piece, sign.encode_utf8(&mut [0; 4]));
            for folded in piece.chars() {
                match (folded == ' ', inside) {
                    (true, _) => inside = false,
                    (false, false) => {
                        original.push(at..at + sign.len_utf8());
                        inside = true;
                    }
                    (false, true) => {
                        if let Some(word) = original.last_mut() {
                            word.end = at + sign.len_utf8();
                        }
                    }
                }
            }
        }
        Self { folded: starts(folded), original }
    }

    /// The bytes of the text whose words stand at `range` in its folded form.
    pub(crate) fn span(&self, range: Range<usize>) -> Range<usize> {
        let first = self.folded.partition_point(|start| *start < range.start);
        let last = self.folded.partition_point(|start| *start < range.end).saturating_sub(1);
        match (self.original.get(first), self.original.get(last)) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }
}

/// The free texts of a body, by field.
fn texts(body: &Body) -> Vec<(&'static str, &str)> {
    let mut texts: Vec<(&'static str, &str)> = Vec::new();
    match body {
        Body::Incident(incident) => incident_texts(incident, &mut texts),
        Body::Entity(entity) => texts.extend(entity.description.as_deref().map(|t| ("description", t))),
        Body::Link(link) => texts.extend(link.note.as_deref().map(|t| ("note", t))),
        Body::Note(note) => texts.push(("text", &note.text)),
        Body::Source(_) | Body::Export(_) | Body::Taxonomy(_) => {}
        // They hold codes and references, no free text.
        Body::Case(_) | Body::Basis(_) | Body::Consent(_) | Body::Agreement(_) | Body::ConsentEvent(_) => {}
    }
    texts
}

fn incident_texts<'a>(incident: &'a Incident, texts: &mut Vec<(&'static str, &'a str)>) {
    texts.extend(incident.title.as_deref().map(|t| ("title", t)));
    texts.extend(incident.narrative.as_deref().map(|t| ("narrative", t)));
    let place = incident.place.as_ref();
    texts.extend(place.and_then(|p| p.description.as_deref()).map(|t| ("place.description", t)));
    texts.extend(incident.sources.iter().map(|t| ("sources", t.as_str())));
    texts.extend(
        incident.response.iter().filter_map(|r| r.outcome.as_deref()).map(|t| ("response.outcome", t)),
    );
    texts.extend(incident.damage.iter().filter_map(|d| d.text.as_deref()).map(|t| ("damage.text", t)));
}
