//! Taxonomies: the words a mission sorts things by, as versioned data it can replace.
//!
//! The ones shipped lie in `data/taxonomies`, one JSON file each. A mission replaces one by a signed
//! part that holds the same JSON with the same id and a higher version.

mod built_in;
mod json;

use serde::Deserialize;
use thiserror::Error;

use crate::label::Term;

pub use built_in::{ALL_IDS, built_in};

/// Most terms in one taxonomy.
pub const MAX_TERMS: usize = 5000;

/// A language that labels are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Arabic.
    Arabic,
}

crate::enumeration!(Language, "a language of 0 to 3", {
    0 => English, "en"; 1 => French, "fr"; 2 => Spanish, "es"; 3 => Arabic, "ar";
});

/// Words in the languages that labels are written in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Words {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
    /// Spanish; what a mission wrote itself may do without.
    pub es: Option<String>,
    /// Arabic; what a mission wrote itself may do without.
    pub ar: Option<String>,
}

impl Words {
    /// The words in one language; in English where that one is left out.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::French => &self.fr,
            Language::Spanish => self.es.as_deref().unwrap_or(&self.en),
            Language::Arabic => self.ar.as_deref().unwrap_or(&self.en),
        }
    }
}

/// One term of a taxonomy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermEntry {
    /// What records hold.
    pub code: Term,
    /// What people read.
    pub label: Words,
    /// The wider term that this one is a kind of.
    pub parent: Option<Term>,
    /// No longer offered for new records; old ones keep it.
    pub deprecated: bool,
    /// How a link of this kind reads from its other end, as in `has member` for `member of`.
    pub inverse: Option<Words>,
}

/// A list of terms with its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxonomy {
    id: Term,
    version: u32,
    title: Words,
    terms: Vec<TermEntry>,
}

/// Why text is not a taxonomy, or not one that may replace another.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadTaxonomy {
    /// Not JSON, or not of the taxonomy's shape.
    #[error("this is not a taxonomy: {reason}")]
    Json {
        /// What the JSON reader says, with line and column.
        reason: String,
    },
    /// Version 0.
    #[error("taxonomy {id} has version 0: versions count from 1")]
    Version {
        /// The taxonomy's id.
        id: String,
    },
    /// More terms than `MAX_TERMS`.
    #[error("taxonomy {id} has {count} terms: at most {MAX_TERMS} are allowed")]
    TooMany {
        /// The taxonomy's id.
        id: String,
        /// How many it has.
        count: usize,
    },
    /// A code or id that is not a term.
    #[error("'{code}' is not a term: use lower-case words joined by hyphens, as in attack-on-civilians")]
    Code {
        /// The code given.
        code: String,
    },
    /// An empty label or title.
    #[error(
        "'{code}' has no words in {language}: every label is needed in English and French, and may be left out, not empty, in Spanish and Arabic"
    )]
    NoWords {
        /// The term or taxonomy.
        code: String,
        /// Which language is missing.
        language: &'static str,
    },
    /// One code twice.
    #[error("the term '{code}' is given twice: remove one of them")]
    Duplicate {
        /// The code.
        code: String,
    },
    /// A parent that is not there.
    #[error("the term '{code}' has the parent '{parent}', which is not in the list: add it or correct it")]
    UnknownParent {
        /// The term.
        code: String,
        /// The parent it names.
        parent: String,
    },
    /// A term that is its own ancestor.
    #[error("the term '{code}' is among its own parents: correct one of them")]
    Cycle {
        /// A term of the circle.
        code: String,
    },
    /// A replacement with another id.
    #[error("taxonomy {id} cannot replace {replaced}: both must have the same id")]
    OtherId {
        /// The new one's id.
        id: String,
        /// The id of the one to be replaced.
        replaced: String,
    },
    /// A replacement that is not newer.
    #[error("version {version} of taxonomy {id} cannot replace version {replaced}: give it a higher version")]
    NotNewer {
        /// The id of both.
        id: String,
        /// The new one's version.
        version: u32,
        /// The version to be replaced.
        replaced: u32,
    },
}

impl Taxonomy {
    /// Reads and checks a taxonomy.
    ///
    /// # Errors
    /// When the text is not JSON of the right shape, or its terms do not hold together.
    pub fn from_json(text: &str) -> Result<Self, BadTaxonomy> {
        json::read(text)
    }

    /// The taxonomy as JSON that `from_json` reads back.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write(self)
    }

    /// What it sorts, as in `incident-type`.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.as_str()
    }

    /// Its version, from 1.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// Its title.
    #[must_use]
    pub const fn title(&self) -> &Words {
        &self.title
    }

    /// Every term, in the order of the file: the order people should see.
    #[must_use]
    pub fn terms(&self) -> &[TermEntry] {
        &self.terms
    }

    /// The term with this code.
    #[must_use]
    pub fn term(&self, code: &str) -> Option<&TermEntry> {
        self.terms.iter().find(|term| term.code.as_str() == code)
    }

    /// What people read for this code.
    #[must_use]
    pub fn label(&self, code: &str, language: Language) -> Option<&str> {
        self.term(code).map(|term| term.label.in_language(language))
    }

    /// The terms right under this one, or the topmost for `None`.
    pub fn under<'a>(&'a self, parent: Option<&'a str>) -> impl Iterator<Item = &'a TermEntry> {
        self.terms.iter().filter(move |term| term.parent.as_ref().map(Term::as_str) == parent)
    }

    /// Checks that this taxonomy may stand in the place of `replaced`.
    ///
    /// # Errors
    /// When the ids differ, or this one's version is not higher.
    pub fn may_replace(&self, replaced: &Self) -> Result<(), BadTaxonomy> {
        let id = self.id.to_string();
        if self.id != replaced.id {
            return Err(BadTaxonomy::OtherId { id, replaced: replaced.id.to_string() });
        }
        if self.version <= replaced.version {
            return Err(BadTaxonomy::NotNewer { id, version: self.version, replaced: replaced.version });
        }
        Ok(())
    }
}
