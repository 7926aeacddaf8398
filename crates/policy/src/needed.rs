//! What exactly is missing, for whoever puts it into a sentence of their own language.

use std::fmt;

use counterseal_model::Code;
use counterseal_model::record::BasisKind;

use crate::table::{Need, Who};

/// What a row demands and is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needed {
    /// A row that permits this purpose; without `known` the policy does not name the purpose at all.
    Row {
        /// The purpose.
        purpose: Code,
        /// Whether the policy names it.
        known: bool,
    },
    /// A part that is named.
    Part,
    /// Being one of these.
    Who(Who),
    /// One of these bases.
    Basis {
        /// Which.
        kinds: Vec<BasisKind>,
        /// For this purpose.
        purpose: Code,
        /// For this recipient, where the policy knows the purpose.
        recipient: Option<Code>,
    },
    /// So many approvals by persons of other sections.
    Elsewhere(u8),
    /// A condition as it stands in the table.
    Condition(Need),
    /// Nothing that anybody could bring: the policy never permits it, or its two readings differ.
    Nothing,
}

/// As it stands in the table, in English.
impl fmt::Display for Needed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row { purpose, known: true } => {
                write!(f, "no row of the policy permits this for {purpose}")
            }
            Self::Row { purpose, known: false } => write!(f, "the policy knows no purpose {purpose}"),
            Self::Part => f.write_str("no part is named; name one"),
            Self::Who(who) => who.fmt(f),
            Self::Basis { kinds, purpose, recipient } => {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.word()).collect();
                let recipient = recipient.as_ref().map_or("", Code::as_str);
                write!(f, "{} for {purpose} to {recipient}", kinds.join(" or "))
            }
            Self::Elsewhere(1) => f.write_str("1 approval from another section"),
            Self::Elsewhere(n) => write!(f, "{n} approvals from other sections"),
            Self::Condition(Need::Approvals(1)) => f.write_str("1 approval"),
            Self::Condition(Need::Approvals(n)) => write!(f, "{n} approvals"),
            Self::Condition(need) => need.fmt(f),
            Self::Nothing => Ok(()),
        }
    }
}
