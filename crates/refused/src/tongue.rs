//! The languages of the program.

use counterseal_model::taxonomy::Language;

/// A language of the program. The command line speaks the first two, the pages all.
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
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::French => "Français",
            Self::Spanish => "Español",
            Self::Arabic => "العربية",
        }
    }

    /// The direction of its script, as HTML has it.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        if matches!(self, Self::Arabic) { "rtl" } else { "ltr" }
    }

    /// The language of a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tongue| tongue.code() == code)
    }

    /// The first of a browser's languages that there is (RFC 9110, section 12.5.4; weights aside, browsers send them in
    /// their order).
    #[must_use]
    pub fn of_browser(header: &str) -> Option<Self> {
        let primary = |range: &str| range.split([';', '-']).next().unwrap_or("").trim().to_ascii_lowercase();
        header.split(',').find_map(|range| Self::of_code(&primary(range)))
    }
}

/// The languages of labels are the program's.
impl From<Language> for Tongue {
    fn from(language: Language) -> Self {
        match language {
            Language::English => Self::English,
            Language::French => Self::French,
            Language::Spanish => Self::Spanish,
            Language::Arabic => Self::Arabic,
        }
    }
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::English => Self::English,
            Tongue::French => Self::French,
            Tongue::Spanish => Self::Spanish,
            Tongue::Arabic => Self::Arabic,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tongue;

    #[test]
    fn the_first_language_of_a_browser_that_there_is_counts() {
        assert_eq!(Tongue::of_browser("de-CH,ar-SD;q=0.9,en;q=0.1"), Some(Tongue::Arabic));
        assert_eq!(Tongue::of_browser("de"), None);
    }
}
