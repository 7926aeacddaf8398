//! From what was said of a part, one thing after the other, to what is known of it for one use. Trustees and desks read
//! facts by this, so that they read them alike (docs/spec/deciding.md, section 5).

use std::collections::BTreeSet;

use counterseal_model::record::{BasisKind, Use};
use counterseal_model::{Code, Timestamp};

use crate::facts::{BasisFor, Objection, PartFacts};
use crate::standing::{Held, Office};

/// The recipient that is meant where none is named: the compartment's own members.
const OWN_MEMBERS: &str = "mission";

/// What kind of thing was said of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidOf {
    /// The basis on which it is held.
    Basis,
    /// A person's consent.
    Consent,
    /// An agreement with the owner of a sensor or an item.
    Agreement,
}

/// One thing that was said of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What kind.
    pub kind: SaidOf,
    /// Which basis or agreement.
    pub value: Option<Code>,
    /// Whose consent; what ends without it is everybody's.
    pub whose: Option<[u8; 32]>,
    /// The purposes that it covers.
    pub purposes: Vec<Code>,
    /// The recipients that it covers.
    pub recipients: Vec<Code>,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
    /// Whether it ends what was said before.
    pub ends: bool,
    /// When it was said.
    pub made: Timestamp,
    /// Its place in the journal log, where it is known.
    pub leaf: Option<u64>,
    /// As what its maker said it.
    pub by: Office,
}

/// What is known of a part for one use. What permits and does not count, as without its place in the log, the caller
/// leaves out.
#[must_use]
pub fn lay_together(all: &[Said], what: &Use) -> PartFacts {
    let mut facts = PartFacts::default();
    for said in all.iter().filter(|said| said.covers(what)) {
        if said.ends {
            if said.kind == SaidOf::Consent && !is_lifted(said, all, what) {
                let (purpose, recipient) = (None, None);
                facts.objections.push(Objection { purpose, recipient, since: said.since, withdrawn: true });
            }
            continue;
        }
        if all.iter().any(|end| end.covers(what) && end.is_the_end_of(said)) {
            continue;
        }
        let kind = match said.kind {
            SaidOf::Consent => Some(BasisKind::Consent),
            // Whoever says 'consent' has to bring the consent.
            SaidOf::Basis => {
                let named = said.value.as_ref().and_then(|value| BasisKind::from_word(value.as_str()));
                named.filter(|kind| *kind != BasisKind::Consent)
            }
            SaidOf::Agreement => {
                facts.agreements.push(Held::proved(what.clone(), said.by, said.since, said.until));
                None
            }
        };
        let held =
            |kind| Held::proved(BasisFor { kind, what: what.clone() }, said.by, said.since, said.until);
        facts.bases.extend(kind.map(held));
    }
    facts
}

impl Said {
    /// What ends covers everything where it names nothing; what permits covers what it names.
    fn covers(&self, what: &Use) -> bool {
        let purpose = self.purposes.contains(&what.purpose) || (self.ends && self.purposes.is_empty());
        let own = self.ends || what.recipient.as_str() == OWN_MEMBERS;
        purpose && (self.recipients.contains(&what.recipient) || (self.recipients.is_empty() && own))
    }

    /// Whether this ends that: of the same kind and person, and made no earlier.
    fn is_the_end_of(&self, other: &Self) -> bool {
        let named = self.value.is_none() || self.value == other.value;
        let theirs = self.whose.is_none() || self.whose == other.whose;
        self.ends && self.kind == other.kind && named && theirs && self.made >= other.made
    }

    /// Whether this gives anew, for a use, what that took back: later, by the clock of who said it and in the log.
    fn gives_after(&self, end: &Self, what: &Use) -> bool {
        let after = end.leaf.is_none_or(|ended| self.leaf.is_some_and(|leaf| leaf > ended));
        self.kind == SaidOf::Consent && !self.ends && self.covers(what) && self.made > end.made && after
    }
}

/// A no is lifted by a later yes of the same person. One that says not whose it is could be anybody's: it is lifted when
/// everybody who had said anything by then has said yes since. That somebody had, the log tells and no maker's clock;
/// where it does not, a data-protection officer says one of these yeses. *[Else another person's consent would lift it, or one
/// that is dated back.]*
fn is_lifted(end: &Said, all: &[Said], what: &Use) -> bool {
    let mut given = all.iter().filter(|given| given.gives_after(end, what));
    if end.whose.is_some() {
        return given.any(|given| given.whose == end.whose);
    }
    let before = || {
        let said = all.iter().filter(|said| said.kind == SaidOf::Consent && said.made <= end.made);
        said.filter(|said| said.whose.is_some())
    };
    let people: BTreeSet<[u8; 32]> = before().filter_map(|said| said.whose).collect();
    let is_in_log_before = |said: &Said| said.leaf.zip(end.leaf).is_some_and(|(leaf, ended)| leaf < ended);
    let yes: Vec<&Said> = given.collect();
    let officer = || yes.iter().any(|given| given.by == Office::DataProtection);
    people.iter().all(|person| yes.iter().any(|given| given.whose == Some(*person)))
        && (before().any(is_in_log_before) || officer())
}
