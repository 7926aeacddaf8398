//! Sentences by name, from `messages/*/*.ftl` (Project Fluent).

use std::borrow::Cow;
use std::collections::HashMap;

use counterseal_model::Timestamp;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};

use crate::tongue::Tongue;

static_loader! {
    static PLAIN = {
        locales: "./messages",
        fallback_language: "en",
        // Direction marks around every value would end up in files and in other programs.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static_loader! {
    // A part's number or a device's in an Arabic sentence would else be drawn with its ends exchanged.
    static MARKED = {
        locales: "./messages",
        fallback_language: "en",
    };
}

const SOURCES: [(Tongue, &str); 4] = [
    (Tongue::English, include_str!("../messages/en/refused.ftl")),
    (Tongue::French, include_str!("../messages/fr/refused.ftl")),
    (Tongue::Spanish, include_str!("../messages/es/refused.ftl")),
    (Tongue::Arabic, include_str!("../messages/ar/refused.ftl")),
];

/// Values that are counts: they choose a plural's form. Everything else, however much it looks like a number, is shown
/// as it is written: `00000012` begins a device's id.
const COUNTS: [&str; 9] =
    ["count", "needed", "have", "left", "days", "most", "threshold", "entries", "statements"];

/// The sentences of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentences {
    tongue: Tongue,
    marked: bool,
}

impl Sentences {
    /// For terminals and files: values stand as they are, times as machines write them.
    #[must_use]
    pub const fn plain(tongue: Tongue) -> Self {
        Self { tongue, marked: false }
    }

    /// For pages: each value is kept apart from the direction of the text around it (Unicode's isolation marks).
    #[must_use]
    pub const fn marked(tongue: Tongue) -> Self {
        Self { tongue, marked: true }
    }

    /// A sentence with its values; `None` when the catalogue has none of that name.
    #[must_use]
    pub fn find(self, key: &str, values: &[(&'static str, Cow<'_, str>)]) -> Option<String> {
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> =
            values.iter().map(|(name, value)| (Cow::Borrowed(*name), value_of(name, value))).collect();
        let language: LanguageIdentifier = self.tongue.code().parse().unwrap_or_default();
        let messages = if self.marked { &*MARKED } else { &*PLAIN };
        messages.try_lookup_with_args(&language, key, &values)
    }

    /// A sentence with its values; its name in brackets when the catalogue has none, which tests rule out.
    pub(crate) fn say(self, key: &str, values: &[(&'static str, Cow<'_, str>)]) -> String {
        self.find(key, values).unwrap_or_else(|| format!("[{key}]"))
    }

    pub(crate) const fn tongue(self) -> Tongue {
        self.tongue
    }

    /// What stands between the things of a list.
    pub(crate) const fn comma(self) -> &'static str {
        if matches!(self.tongue, Tongue::Arabic) { "، " } else { ", " }
    }

    /// What something is called (`thing-...`); its name in brackets when the catalogue has none, which tests rule out.
    pub(crate) fn thing(self, what: &str) -> String {
        let key = format!("thing-{what}");
        self.find(&key, &[]).unwrap_or_else(|| format!("[{key}]"))
    }

    /// A code or word of the program's own, as it is called; as it stands where it has no other name.
    pub(crate) fn word(self, word: &str) -> String {
        self.find(&format!("thing-{word}"), &[]).unwrap_or_else(|| word.to_owned())
    }

    /// Whether they are for pages.
    pub(crate) const fn is_for_pages(self) -> bool {
        self.marked
    }

    /// A code of the policy that ships, as it is called; none where it is a mission's own.
    #[must_use]
    pub fn code(self, code: &str) -> Option<String> {
        self.find(&format!("code-{code}"), &[])
    }

    /// A point in time.
    pub(crate) fn time(self, at: Timestamp) -> String {
        if self.marked { self.tongue.moment(at) } else { at.rfc3339() }
    }

    /// A day.
    pub(crate) fn day(self, at: Timestamp) -> String {
        if self.marked { self.tongue.date(at) } else { at.date_text() }
    }
}

fn value_of<'a>(name: &str, value: &'a str) -> FluentValue<'a> {
    match value.parse::<u64>() {
        Ok(count) if COUNTS.contains(&name) => FluentValue::from(count),
        _ => FluentValue::from(value),
    }
}

/// Whether a language's catalogue itself has a sentence of this name.
#[must_use]
pub fn knows(tongue: Tongue, key: &str) -> bool {
    keys(tongue).any(|known| known == key)
}

fn keys(tongue: Tongue) -> impl Iterator<Item = &'static str> {
    let source = SOURCES.iter().find(|(of, _)| *of == tongue).map_or("", |(_, text)| text);
    let named = |line: &'static str| {
        let (key, _) = line.split_once(" =")?;
        key.starts_with(|c: char| c.is_ascii_lowercase()).then_some(key)
    };
    source.lines().filter_map(named)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Each sentence's values, by its name.
    fn sentences(source: &str) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut found = BTreeMap::new();
        let mut key = "";
        for line in source.lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                key = line.split(" =").next().unwrap();
                assert!(found.insert(key, BTreeSet::new()).is_none(), "'{key}' stands there twice");
            }
            let names = line.split('$').skip(1).filter_map(|piece| piece.split([' ', '}']).next());
            found.entry(key).or_default().extend(names);
        }
        found.remove("");
        found
    }

    #[test]
    fn the_languages_have_the_same_sentences_each_once_with_the_same_values() {
        let english = sentences(SOURCES[0].1);
        assert!(english.len() > 350, "{}", english.len());
        for (tongue, source) in SOURCES {
            let these = sentences(source);
            let names = |all: &BTreeMap<&str, BTreeSet<&str>>| {
                all.keys().map(ToString::to_string).collect::<BTreeSet<_>>()
            };
            assert_eq!(names(&these), names(&english), "{tongue:?}");
            for (key, values) in these {
                assert_eq!(values, english[key], "{key} in {tongue:?}");
            }
        }
    }

    /// What Fluent cannot read it leaves out, and English would be said in its place.
    #[test]
    fn every_sentence_can_be_read_in_its_language() {
        let all_values = |names: &BTreeSet<&'static str>| {
            names.iter().map(|name| (*name, Cow::Borrowed("7"))).collect::<Vec<_>>()
        };
        let english = sentences(SOURCES[0].1);
        for (tongue, source) in SOURCES {
            for (key, values) in sentences(source) {
                let said = Sentences::plain(tongue).find(key, &all_values(&values)).unwrap();
                assert!(!said.contains(['{', '}', '$']), "{key} in {tongue:?}: {said}");
                let instead =
                    Sentences::plain(Tongue::English).find(key, &all_values(&english[key])).unwrap();
                let is_arabic = said.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c));
                assert_eq!(
                    is_arabic,
                    tongue == Tongue::Arabic && key != "refusal-share-not-permitted",
                    "{key}: {said}"
                );
                let same = said == instead && tongue == Tongue::Spanish;
                assert!(
                    !same || key.starts_with("thing-") || said == "7",
                    "{key} is said in English: {said}"
                );
            }
        }
    }
}
