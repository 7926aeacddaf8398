//! The guard's rules, read from data.

use regex::Regex;
use serde::Deserialize;
use thiserror::Error;

/// Why something is pointed out, in each language of the program.
pub use counterseal_model::taxonomy::Words as Reason;

/// Why a rule file is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadRules {
    /// Not a rule file.
    #[error("the rule file cannot be read: {0}")]
    Form(String),
    /// A pattern that is not a regular expression, or too large a one.
    #[error("rule {number} ('{id}'): the pattern is refused: {reason}")]
    Pattern {
        /// Which rule, from 1.
        number: usize,
        /// Its id.
        id: String,
        /// What is wrong.
        reason: String,
    },
}

/// The guard's rules.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Rises with every change; a mission's own rules have a higher one than those shipped.
    pub version: u64,
    pub(super) rules: Vec<Rule>,
}

/// One rule, ready to match.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) id: String,
    pub(super) reason: Reason,
    pub(super) pattern: Regex,
    /// Must also occur in the same sentence.
    pub(super) near: Option<Regex>,
    /// Not when the text before ends so.
    pub(super) not_after: Vec<String>,
    /// Fewer digits than this are not meant.
    pub(super) least_digits: usize,
    /// One of these signs must stand in the text; empty for no such condition.
    pub(super) contains: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u64,
    rule: Vec<FileRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileRule {
    id: String,
    reason: Reason,
    pattern: String,
    near: Option<String>,
    #[serde(default)]
    not_after: Vec<String>,
    #[serde(default)]
    least_digits: usize,
    #[serde(default)]
    contains: String,
}

impl Rules {
    /// The rules shipped with the program.
    ///
    /// # Errors
    /// Never, as a test shows.
    pub fn shipped() -> Result<Self, BadRules> {
        Self::parse(include_str!("../../data/guard-rules.toml"))
    }

    /// Reads a rule file.
    ///
    /// # Errors
    /// When it is not one, naming the rule.
    pub fn parse(text: &str) -> Result<Self, BadRules> {
        let file: File = toml::from_str(text).map_err(|e| BadRules::Form(e.to_string()))?;
        let rules = file.rule.into_iter().enumerate().map(|(nth, rule)| compile(nth + 1, rule));
        Ok(Self { version: file.version, rules: rules.collect::<Result<_, _>>()? })
    }
}

fn compile(number: usize, rule: FileRule) -> Result<Rule, BadRules> {
    let regex = |pattern: &str| {
        let built = regex::RegexBuilder::new(pattern).size_limit(1 << 22).build();
        let id = rule.id.clone();
        built.map_err(|e| BadRules::Pattern { number, id, reason: e.to_string() })
    };
    Ok(Rule {
        pattern: regex(&rule.pattern)?,
        near: rule.near.as_deref().map(&regex).transpose()?,
        id: rule.id.clone(),
        reason: rule.reason,
        not_after: rule.not_after,
        least_digits: rule.least_digits,
        contains: rule.contains,
    })
}
