//! Why something is permitted or refused: the row, its words, what is missing, and whom to ask.

use std::fmt;

use counterseal_model::{Code, Timestamp};

use crate::needed::Needed;
use crate::standing::{Office, State};
use crate::table::{NeedKind, Row};

/// What was decided on a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Permitted.
    Permit(Permit),
    /// Refused, with at least one reason, the most telling first.
    Refuse(Vec<Refusal>),
}

/// By which row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    /// The row's number.
    pub row: u16,
    /// Its words.
    pub words: String,
    /// Conditions that were not met and that the emergency waived.
    pub waived: Vec<NeedKind>,
}

/// Which row refuses, or comes nearest to permitting, and what is missing there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The row's number; `None` when no row speaks of it.
    pub row: Option<u16>,
    /// Its words.
    pub words: String,
    /// What is missing, at least one.
    pub unmet: Vec<Unmet>,
}

/// A condition that is not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// Which.
    pub need: NeedKind,
    /// What exactly: as it stands in the table, or what basis or how many approvals it would have to be.
    pub needed: Needed,
    /// How it stands.
    pub state: State,
    /// Whom to ask; `None` when it is up to the reader, or to nobody.
    pub ask: Option<Office>,
}

impl Refusal {
    pub(crate) fn of_row(row: &Row, unmet: Vec<Unmet>) -> Self {
        Self { row: Some(row.number), words: row.words.clone(), unmet }
    }

    pub(crate) fn no_row(purpose: &Code, known: bool) -> Self {
        let needed = Needed::Row { purpose: purpose.clone(), known };
        Self {
            row: None,
            words: String::new(),
            unmet: vec![lacking(NeedKind::Row, needed, Some(Office::DataProtection))],
        }
    }

    pub(crate) fn no_part() -> Self {
        Self { row: None, words: String::new(), unmet: vec![lacking(NeedKind::Row, Needed::Part, None)] }
    }

    pub(crate) fn of_engine(row: Option<&Row>) -> Self {
        let unmet = vec![lacking(NeedKind::Engine, Needed::Nothing, Some(Office::DataProtection))];
        let (number, words) = row.map_or((None, String::new()), |row| (Some(row.number), row.words.clone()));
        Self { row: number, words, unmet }
    }
}

fn lacking(need: NeedKind, needed: Needed, ask: Option<Office>) -> Unmet {
    Unmet { need, needed, state: State::Missing, ask }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Permit(permit) => permit.fmt(f),
            Self::Refuse(refusals) => {
                let all: Vec<_> = refusals.iter().map(ToString::to_string).collect();
                f.write_str(&all.join("\n"))
            }
        }
    }
}

impl fmt::Display for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "permitted by row {} ({})", self.row, self.words)?;
        let waived: Vec<_> = self.waived.iter().map(|kind| kind.word()).collect();
        if waived.is_empty() {
            Ok(())
        } else {
            write!(f, "; waived in this emergency: {}", waived.join(", "))
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            Some(row) => write!(f, "refused by row {row} ({}): ", self.words)?,
            None => f.write_str("refused: ")?,
        }
        let all: Vec<_> = self.unmet.iter().map(ToString::to_string).collect();
        f.write_str(&all.join("; "))
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.what(f)?;
        match self.ask {
            Some(office) => write!(f, "; ask {}", office.named()),
            None => Ok(()),
        }
    }
}

impl Unmet {
    fn what(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let needed = &self.needed;
        match self.need {
            NeedKind::Row => return write!(f, "{needed}"),
            NeedKind::Never => return f.write_str("the policy allows it to nobody"),
            NeedKind::Engine => return f.write_str("the policy's two readings differ, so nothing is given"),
            NeedKind::Case if self.state == State::Missing => {
                return f.write_str("no case is named; name one");
            }
            _ => {}
        }
        match self.state {
            State::Missing if self.need == NeedKind::Who => write!(f, "it is for {needed}"),
            State::Missing => write!(f, "{needed} is not proved"),
            State::Claimed => write!(f, "{needed} is claimed, and nobody has proved it"),
            State::NotTheirs { by } => write!(f, "{needed} is said by {}, who cannot say it", by.named()),
            State::NotYet { from } => write!(f, "{needed} holds only from {}", day(from)),
            State::Lapsed { on } => write!(f, "{needed} lapsed on {}", day(on)),
            State::Refused { on } => write!(f, "{needed}: refused on {}", day(on)),
            State::Withdrawn { on } => write!(f, "{needed}: withdrawn on {}", day(on)),
            State::Short { have } => write!(f, "{needed} needed, {have} given"),
            State::Outside => write!(f, "it is outside {needed}"),
            State::Met => write!(f, "{needed}"),
        }
    }
}

/// `3 May 2026`, in UTC.
fn day(at: Timestamp) -> String {
    let date = at.to_utc();
    format!("{} {} {}", date.day(), date.month(), date.year())
}
