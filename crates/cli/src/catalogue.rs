//! The sentences of the command line, in English and French (Project Fluent): `messages/*.ftl`. What is refused, and what
//! things are called, is in `counterseal-refused`, which the pages ask too.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};

pub use counterseal_model::taxonomy::Language;
use counterseal_refused::Sentences;

static_loader! {
    static MESSAGES = {
        locales: "./messages",
        fallback_language: "en",
        // Direction marks around every value would end up in files and in other programs.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// What the command line speaks.
pub(crate) const SPOKEN: [Language; 2] = [Language::English, Language::French];

const SOURCES: [(Language, &str); 2] = [
    (Language::English, include_str!("../messages/en.ftl")),
    (Language::French, include_str!("../messages/fr.ftl")),
];

/// Values in a sentence, by name.
pub(crate) type Values<'a> = &'a [(&'static str, Cow<'a, str>)];

/// The sentences of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

impl Words {
    /// The sentences in a language.
    #[must_use]
    pub const fn of(language: Language) -> Self {
        Self { language }
    }

    /// The language of the environment: `COUNTERSEAL_LANG`, then what the system says; English where
    /// neither is known.
    #[must_use]
    pub fn of_environment() -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let found = ["COUNTERSEAL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
        let french = found.is_some_and(|name| name.to_ascii_lowercase().starts_with("fr"));
        Self::of(if french { Language::French } else { Language::English })
    }

    /// The language.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    /// The sentences for what is refused, in the same language.
    pub(crate) fn refusals(self) -> Sentences {
        Sentences::plain(self.language.into())
    }

    /// A sentence without values.
    #[must_use]
    pub fn text(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A sentence with values; `None` when the catalogue has none of that name.
    pub(crate) fn find(self, key: &str, values: Values<'_>) -> Option<String> {
        let named: HashMap<Cow<'static, str>, FluentValue<'_>> =
            values.iter().map(|(name, value)| (Cow::Borrowed(*name), value_of(value))).collect();
        let found = MESSAGES.try_lookup_with_args(&identifier(self.language), key, &named);
        found.or_else(|| self.refusals().find(key, values))
    }

    /// A sentence with values; its name in brackets when the catalogue has none, which a test rules out.
    pub(crate) fn with(self, key: &str, values: Values<'_>) -> String {
        self.find(key, values).unwrap_or_else(|| format!("[{key}]"))
    }
}

/// Small numbers choose between singular and plural; everything else stays as it is written.
fn value_of(value: &str) -> FluentValue<'_> {
    match value {
        "0" => FluentValue::from(0),
        "1" => FluentValue::from(1),
        text => FluentValue::from(text),
    }
}

fn identifier(language: Language) -> LanguageIdentifier {
    language.word().parse().unwrap_or_default()
}

/// The names of all sentences of a language, in the order of its file.
#[must_use]
pub fn keys(language: Language) -> Vec<&'static str> {
    let source = SOURCES.iter().find(|(of, _)| *of == language).map_or("", |(_, text)| text);
    let named = |line: &'static str| {
        let (key, _) = line.split_once(" =")?;
        key.starts_with(|c: char| c.is_ascii_lowercase()).then_some(key)
    };
    source.lines().filter_map(named).collect()
}

/// Whether there is a sentence of this name, here or among those for what is refused.
#[must_use]
pub fn knows(language: Language, key: &str) -> bool {
    keys(language).contains(&key) || counterseal_refused::knows(language.into(), key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_sentences_each_once_with_the_same_values() {
        let (mut english, mut french) = (keys(Language::English), keys(Language::French));
        english.sort_unstable();
        french.sort_unstable();
        assert_eq!(english, french);
        let count = english.len();
        english.dedup();
        assert_eq!(english.len(), count, "a sentence stands there twice");
        let values = |language: Language, key: &str| {
            let source = SOURCES.iter().find(|(of, _)| *of == language).unwrap().1;
            let begin = source.find(&format!("\n{key} =")).map_or(0, |at| at + 1);
            let rest = &source[begin..];
            let end = rest
                .match_indices('\n')
                .find(|(at, _)| !rest[at + 1..].starts_with(' '))
                .map_or(rest.len(), |(at, _)| at);
            let mut names: Vec<_> = rest[..end]
                .split('$')
                .skip(1)
                .map(|piece| piece.split(|c: char| !c.is_ascii_lowercase()).next().unwrap().to_owned())
                .collect();
            names.sort();
            names.dedup();
            names
        };
        for key in english {
            assert_eq!(values(Language::English, key), values(Language::French, key), "{key}");
        }
    }

    #[test]
    fn a_sentence_is_found_in_its_language_without_direction_marks() {
        let french = Words::of(Language::French).with("synthetic-mark", &[]);
        assert!(french.contains("FICTIF"), "{french}");
        let said = Words::of(Language::English).with("node-no-record", &[("record", "0a1b".into())]);
        assert!(said.contains("0a1b") && said.is_ascii(), "{said}");
    }
}
