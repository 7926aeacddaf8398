//! Mapping files: which column of somebody's table is which field of an incident.

mod apply;
mod builder;
mod reader;
mod suggest;
mod target;

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

use counterseal_model::Term;
use counterseal_model::dtg::DateOrder;
use counterseal_model::record::EntityKind;

pub(crate) use apply::MappingPlan;
use reader::As;
pub use suggest::suggest_mapping;
use target::Target;

/// Why a mapping cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadMapping {
    /// Not TOML, or not a mapping's keys.
    #[error("the mapping cannot be read: {reason}")]
    Toml {
        /// What is wrong, and where.
        reason: String,
    },
    /// A rule that cannot be followed.
    #[error("the mapping's rule for '{column}' cannot be followed: {reason}")]
    Rule {
        /// The column, or the field of a constant.
        column: String,
        /// What is wrong and what to write instead.
        reason: String,
    },
    /// A column that the file does not have.
    #[error("the mapping reads the column '{column}', which the file does not have; its columns are {}", has.join(", "))]
    NoColumn {
        /// The column.
        column: String,
        /// What the file has.
        has: Vec<String>,
    },
}

/// A mapping file, read and checked on its own; whether it fits a file is seen when that is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    name: String,
    system: Term,
    reference: String,
    rules: Vec<Rule>,
    constants: Vec<(Rule, String)>,
}

/// What happens to one column.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    column: String,
    target: Target,
    reader: As,
    order: Option<DateOrder>,
    separator: String,
    values: BTreeMap<String, String>,
    entity: Option<EntityKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingFile {
    name: String,
    system: String,
    reference: String,
    #[serde(default)]
    column: Vec<RuleFile>,
    #[serde(default)]
    constants: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    name: String,
    to: String,
    #[serde(rename = "as")]
    reader: Option<String>,
    order: Option<String>,
    separator: Option<String>,
    #[serde(default)]
    values: BTreeMap<String, String>,
    entity: Option<String>,
}

impl Mapping {
    /// Reads a mapping file (TOML).
    ///
    /// # Errors
    /// When it is not TOML, has keys that mean nothing, or a rule cannot be followed.
    pub fn parse(text: &str) -> Result<Self, BadMapping> {
        let file: MappingFile =
            toml::from_str(text).map_err(|error| BadMapping::Toml { reason: error.to_string() })?;
        let bad_system = || BadMapping::Toml { reason: "system must name the system, as in sage".to_owned() };
        let system = Term::from_text(&file.system).ok_or_else(bad_system)?;
        let rules = file.column.into_iter().map(Rule::check).collect::<Result<Vec<_>, _>>()?;
        let mut seen: Vec<&str> = rules.iter().map(|rule| rule.column.as_str()).collect();
        seen.sort_unstable();
        if let Some([twice, _]) = seen.windows(2).find(|pair| pair.first() == pair.last()) {
            let reason = "it has two rules; a column goes to one field".to_owned();
            return Err(BadMapping::Rule { column: (*twice).to_owned(), reason });
        }
        let constants = file.constants.into_iter().map(|(to, value)| {
            let rule = RuleFile { name: to.clone(), to, ..RuleFile::default() };
            Ok((Rule::check(rule)?, value))
        });
        let constants = constants.collect::<Result<Vec<_>, BadMapping>>()?;
        Ok(Self { name: file.name, system, reference: file.reference, rules, constants })
    }

    /// What the mapping calls itself.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The system that the file's incidents come from.
    #[must_use]
    pub fn system(&self) -> &Term {
        &self.system
    }
}

impl Default for RuleFile {
    fn default() -> Self {
        let values = BTreeMap::new();
        Self {
            name: String::new(),
            to: String::new(),
            reader: None,
            order: None,
            separator: None,
            values,
            entity: None,
        }
    }
}

impl Rule {
    fn check(file: RuleFile) -> Result<Self, BadMapping> {
        let bad = |reason: String| BadMapping::Rule { column: file.name.clone(), reason };
        let target = Target::parse(&file.to).ok_or_else(|| {
            bad(format!("'{}' is not a field; see docs/spec/exchange.md for their names", file.to))
        })?;
        let reader = match &file.reader {
            None => target.usual_reader(),
            Some(word) => {
                As::parse(word).ok_or_else(|| bad(format!("'{word}' is not a reader: {}", As::words())))?
            }
        };
        if !target.takes(reader) {
            return Err(bad(format!("the field '{}' cannot be read as {}", file.to, reader.word())));
        }
        let order = match file.order.as_deref() {
            None => None,
            Some("day-first") => Some(DateOrder::DayFirst),
            Some("month-first") => Some(DateOrder::MonthFirst),
            Some(other) => return Err(bad(format!("order '{other}' is not day-first or month-first"))),
        };
        let entity = match file.entity.as_deref() {
            None => None,
            Some(_) if !matches!(target, Target::Actor(_)) => {
                return Err(bad("only actors can become entities".to_owned()));
            }
            Some(word) => Some(
                EntityKind::from_word(word)
                    .ok_or_else(|| bad(format!("'{word}' is not an entity kind, as person or group")))?,
            ),
        };
        let separator = file.separator.unwrap_or_else(|| ";".to_owned());
        if separator.is_empty() {
            return Err(BadMapping::Rule { column: file.name, reason: "the separator is empty".to_owned() });
        }
        let values = file.values.into_iter().map(|(from, to)| (from.trim().to_lowercase(), to)).collect();
        Ok(Self { column: file.name, target, reader, order, separator, values, entity })
    }
}
