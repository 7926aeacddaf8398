//! From a table to its one text.

use std::fmt::{self, Display};

use super::read::COLUMNS;
use super::{Effect, Row, Table, Trait, Who};

impl Table {
    /// The table's one text, as it stands in a statement: comments, engine, time, declarations in order of their names,
    /// rows in order of their numbers; UTF-8, `\n`, quoted only where needed.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = String::new();
        for comment in &self.comments {
            out.push_str(comment);
            out.push('\n');
        }
        let mut line = |cells: &[&str]| {
            let quoted: Vec<_> = cells.iter().map(|cell| quoted(cell)).collect();
            out.push_str(&quoted.join(","));
            out.push('\n');
        };
        line(&["engine", crate::ENGINE]);
        line(&["time", &self.utc_text()]);
        for (code, purpose) in &self.purposes {
            line(&["purpose", code.as_str(), purpose.recipient.as_str(), &purpose.words]);
        }
        for (code, id) in &self.sections {
            match id {
                Some(id) => line(&["section", code.as_str(), &id.to_string()]),
                None => line(&["section", code.as_str()]),
            }
        }
        self.roles.iter().for_each(|code| line(&["role", code.as_str()]));
        self.contingents.iter().for_each(|code| line(&["contingent", code.as_str()]));
        for (code, ids) in &self.labels {
            if ids.is_empty() {
                line(&["compartment", code.as_str()]);
            }
            ids.iter().for_each(|id| line(&["compartment", code.as_str(), &id.to_string()]));
        }
        line(&COLUMNS);
        for row in &self.rows {
            let cells = row.cells();
            line(&cells.each_ref().map(String::as_str));
        }
        out.into_bytes()
    }

    fn utc_text(&self) -> String {
        let sign = if self.utc_minutes < 0 { '-' } else { '+' };
        let minutes = self.utc_minutes.unsigned_abs();
        format!("utc{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl Row {
    /// Its cells, in the order of the columns.
    #[must_use]
    pub fn cells(&self) -> [String; 10] {
        [
            self.number.to_string(),
            self.effect.to_string(),
            self.who.to_string(),
            joined(&self.actions, " or ", "*"),
            joined(&self.what, " or ", "*"),
            joined(&self.purposes, " or ", "*"),
            joined(&self.bases, " or ", "-"),
            joined(&self.needs, " and ", "-"),
            joined(&self.waived, " and ", "-"),
            self.words.clone(),
        ]
    }
}

fn joined<T: Display>(all: &[T], joint: &str, none: &str) -> String {
    if all.is_empty() {
        return none.to_owned();
    }
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(joint)
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

impl Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Permit => "permit",
            Self::Only => "only",
            Self::Never => "never",
        })
    }
}

impl Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let alternatives: Vec<_> = self.0.iter().map(|all| joined(all, " and ", "anyone")).collect();
        f.write_str(&joined(&alternatives, " or ", "anyone"))
    }
}

impl Display for Trait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Section(code) => write!(f, "section:{code}"),
            Self::Role(code) => write!(f, "role:{code}"),
            Self::Office(office) => write!(f, "office:{office}"),
            Self::Contingent(code) => write!(f, "contingent:{code}"),
        }
    }
}
