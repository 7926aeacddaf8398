//! The sentences of the pages, in English, French, Spanish and Arabic (Project Fluent): `messages/*/*.ftl`.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};

static_loader! {
    static MESSAGES = {
        locales: "./messages",
        fallback_language: "en",
    };
}

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Arabic, from right to left.
    Arabic,
}

impl Tongue {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::English, Self::French, Self::Spanish, Self::Arabic];

    /// Its code (BCP 47).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Arabic => "ar",
        }
    }

    /// What it calls itself.
    pub(crate) const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::French => "Français",
            Self::Spanish => "Español",
            Self::Arabic => "العربية",
        }
    }

    /// The direction of its script, as HTML has it.
    pub(crate) const fn direction(self) -> &'static str {
        if matches!(self, Self::Arabic) { "rtl" } else { "ltr" }
    }

    /// The language of a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tongue| tongue.code() == code)
    }

    /// The first of a browser's languages that there is (RFC 9110, section 12.5.4; weights aside, browsers send them in
    /// their order).
    pub(crate) fn of_browser(header: &str) -> Option<Self> {
        let primary = |range: &str| range.split([';', '-']).next().unwrap_or("").trim().to_ascii_lowercase();
        header.split(',').find_map(|range| Self::of_code(&primary(range)))
    }

    fn identifier(self) -> LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }
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
        let found = MESSAGES.try_lookup_with_args(&self.0.identifier(), key, &values);
        found.unwrap_or_else(|| format!("[{key}]"))
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
    fn numbers_and_languages() {
        assert_eq!(Words(Tongue::English).number(1_234_567), "1,234,567");
        assert_eq!(Words(Tongue::French).number(999), "999");
        assert_eq!(Words(Tongue::Spanish).number(1_000), "1.000");
        assert_eq!(Tongue::of_browser("de-CH,ar-SD;q=0.9,en;q=0.1"), Some(Tongue::Arabic));
        assert_eq!(Tongue::of_browser("de"), None);
    }
}
