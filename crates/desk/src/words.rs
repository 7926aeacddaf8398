//! The sentences of the pages, in English, French, Spanish and Arabic (Project Fluent): `messages/*/*.ftl`. Those for what
//! is refused are in `counterseal-refused`, which the command line asks too.

use std::borrow::Cow;
use std::collections::HashMap;

use counterseal_model::coordinate::BadCoordinate;
use counterseal_model::dtg::BadMoment;
use counterseal_model::{BadGrading, Timestamp};
use counterseal_node::{BadRotationFile, FaultReason, LinkError, NodeError};
use counterseal_policy::{Permit, Unmet};
use counterseal_refused::{
    Sentences, sentence_of, sentence_of_code, sentence_of_fault, sentence_of_grading, sentence_of_link,
    sentence_of_moment, sentence_of_point, sentence_of_rotation, sentence_of_unmet, words_of_waived,
};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use maud::{Markup, html};

pub use counterseal_refused::Tongue;

static_loader! {
    static MESSAGES = {
        locales: "./messages",
        fallback_language: "en",
    };
}

/// The sentences of one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words(pub(crate) Tongue);

/// A value in a sentence.
pub(crate) enum Said<'a> {
    Text(&'a str),
    Count(u64),
}

impl<'a> From<&'a str> for Said<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Said<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Said<'_> {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl Words {
    /// A sentence without values; its name in brackets where there is none, which a test rules out.
    pub(crate) fn text(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A sentence with values.
    pub(crate) fn with(self, key: &str, values: &[(&'static str, Said<'_>)]) -> String {
        let value = |said: &Said<'_>| match said {
            Said::Text(text) => FluentValue::from((*text).to_owned()),
            Said::Count(count) => FluentValue::from(*count),
        };
        let values: HashMap<Cow<'static, str>, FluentValue<'static>> =
            values.iter().map(|(name, said)| (Cow::Borrowed(*name), value(said))).collect();
        let found = MESSAGES.try_lookup_with_args(&self.identifier(), key, &values);
        found.unwrap_or_else(|| format!("[{key}]"))
    }

    /// Why the desk refused, and what to do next.
    pub(crate) fn refusal(self, error: &NodeError) -> String {
        sentence_of(error, Sentences::marked(self.0))
    }

    /// Why there was no session with the hub, or with trustees by way of it.
    pub(crate) fn refusal_of_link(self, error: &LinkError) -> String {
        sentence_of_link(error, Sentences::marked(self.0))
    }

    /// What a code of the policy that ships is called; none where it is the mission's own.
    pub(crate) fn code(self, code: &str) -> Option<String> {
        Sentences::marked(self.0).code(code)
    }

    /// Why another program refused something, by the code it gave.
    pub(crate) fn refusal_code(self, code: &str) -> String {
        sentence_of_code(code, Sentences::marked(self.0))
    }

    /// What is missing for the policy to permit something.
    pub(crate) fn unmet(self, unmet: &Unmet) -> String {
        sentence_of_unmet(unmet, Sentences::marked(self.0))
    }

    /// What an emergency waived.
    pub(crate) fn waived(self, permit: &Permit) -> Option<String> {
        words_of_waived(permit, Sentences::marked(self.0))
    }

    /// What something of the program's is called: a kind of record, an office.
    pub(crate) fn thing(self, what: &str) -> String {
        Sentences::marked(self.0).find(&format!("thing-{what}"), &[]).unwrap_or_else(|| what.to_owned())
    }

    /// What stands between the things of a list.
    pub(crate) const fn comma(self) -> &'static str {
        if matches!(self.0, Tongue::Arabic) { "، " } else { ", " }
    }

    /// Why no row of a rotation's file can be read.
    pub(crate) fn bad_rotation(self, error: &BadRotationFile) -> String {
        sentence_of_rotation(error, Sentences::marked(self.0))
    }

    /// What is wrong with a field of one of its rows.
    pub(crate) fn fault(self, why: &FaultReason) -> String {
        sentence_of_fault(why, Sentences::marked(self.0))
    }

    /// What stands between a name and what it names.
    pub(crate) const fn colon(self) -> &'static str {
        if matches!(self.0, Tongue::French) { "\u{a0}: " } else { ": " }
    }

    /// A day.
    pub(crate) fn date(self, at: Timestamp) -> String {
        self.0.date(at)
    }

    /// A point in time, to the minute.
    pub(crate) fn moment(self, at: Timestamp) -> String {
        self.0.moment(at)
    }

    /// A point in time as an element, with the second for machines and for whoever needs it.
    pub(crate) fn time(self, at: Timestamp) -> Markup {
        let exact = at.rfc3339();
        html! { time datetime=(exact) title=(exact) { (self.moment(at)) } }
    }

    /// Why what was typed is no date.
    pub(crate) fn bad_date(self, error: &BadMoment) -> String {
        sentence_of_moment(error, Sentences::marked(self.0))
    }

    /// Why what was typed is no point.
    pub(crate) fn bad_point(self, error: &BadCoordinate) -> String {
        sentence_of_point(error, Sentences::marked(self.0))
    }

    /// Why what was typed is no grading.
    pub(crate) fn bad_grading(self, error: &BadGrading) -> String {
        sentence_of_grading(error, Sentences::marked(self.0))
    }

    fn identifier(self) -> LanguageIdentifier {
        self.0.code().parse().unwrap_or_default()
    }

    /// A number, its thousands apart as the language has it.
    pub(crate) fn number(self, number: u64) -> String {
        let apart = match self.0 {
            Tongue::English | Tongue::Arabic => ",",
            Tongue::French => "\u{202f}",
            Tongue::Spanish => ".",
        };
        let digits = number.to_string();
        let mut out = String::with_capacity(digits.len() + 6);
        for (nth, digit) in digits.chars().enumerate() {
            if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
                out.push_str(apart);
            }
            out.push(digit);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(tongue: Tongue) -> BTreeSet<String> {
        let folder = format!("{}/messages/{}", env!("CARGO_MANIFEST_DIR"), tongue.code());
        let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
        let source: String = files.map(|file| std::fs::read_to_string(file).unwrap() + "\n").collect();
        let key = |line: &str| line.split_once(" =").map(|(key, _)| key.to_owned());
        let said: Vec<String> =
            source.lines().filter(|line| !line.starts_with([' ', '#', '}'])).filter_map(key).collect();
        let keys: BTreeSet<String> = said.iter().cloned().collect();
        assert_eq!(keys.len(), said.len(), "{tongue:?}: a sentence is there twice");
        keys
    }

    #[test]
    fn every_language_has_every_sentence() {
        let english = keys(Tongue::English);
        assert!(english.len() > 50, "{}", english.len());
        for tongue in Tongue::ALL {
            assert_eq!(keys(tongue), english, "{tongue:?}");
        }
    }

    /// A sentence that a page names, and the catalogue lacks, would be shown as its name.
    #[test]
    fn every_sentence_that_a_page_names_is_there_and_none_is_left_over() {
        let english = keys(Tongue::English);
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut sources = Vec::new();
        let mut folders = vec![folder];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    sources.push(std::fs::read_to_string(path).unwrap());
                }
            }
        }
        let source = sources.concat();
        for key in &english {
            assert!(source.contains(&format!("\"{key}\"")), "no page says '{key}'");
        }
        let named =
            [".text(\"", ".with(\""].map(|call| source.split(call).skip(1).collect::<Vec<_>>()).concat();
        for key in named.into_iter().filter_map(|rest| rest.split('"').next()) {
            assert!(english.contains(key) || key.contains(['\\', '{']), "there is no sentence '{key}'");
        }
    }

    #[test]
    fn numbers() {
        assert_eq!(Words(Tongue::English).number(1_234_567), "1,234,567");
        assert_eq!(Words(Tongue::French).number(999), "999");
        assert_eq!(Words(Tongue::Spanish).number(1_000), "1.000");
    }
}
