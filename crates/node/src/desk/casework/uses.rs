//! What may be done with a part, in the words of its consent, basis and agreement: as trustees were told it, by this desk or by
//! others whose facts it was given, against the policy in force. What else others said of a part, this desk does not hear.

use std::collections::BTreeMap;

use counterseal_model::record::{BasisKind, Use};
use counterseal_model::{Code, Timestamp};
use counterseal_policy::{Effect, Need, PartFacts, Row, Standing, Table};
use counterseal_register::{FactAbout, FactKind};

use super::facts::FactView;
use super::policy::part_facts;
use super::told::{WrittenAbout, written_about};
use super::{NamedPart, PartView};
use crate::desk::Desk;
use crate::error::NodeError;

/// How one use of a part stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UseState {
    /// There is a basis for it.
    Allowed {
        /// Which.
        on: BasisKind,
        /// Since when.
        since: Timestamp,
        /// The first second at which it is over; open when `None`.
        until: Option<Timestamp>,
    },
    /// There will be a basis.
    NotYet {
        /// From when.
        from: Timestamp,
    },
    /// There was a basis.
    Lapsed {
        /// Since when it is over.
        on: Timestamp,
    },
    /// The person said no.
    No {
        /// When.
        since: Timestamp,
    },
    /// Nobody said anything, and the policy asks for one of these.
    Missing {
        /// Which bases would do.
        needs: Vec<BasisKind>,
    },
    /// The policy asks for no basis.
    Free,
    /// No row of the policy permits it, whatever is said.
    Never,
}

/// One use of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseView {
    /// What for, and who gets it.
    pub what: Use,
    /// How it stands.
    pub state: UseState,
    /// Whether the policy asks for an agreement that this desk knows nothing of.
    pub agreement_missing: bool,
}

impl UseView {
    /// Whether it is over within so many seconds.
    #[must_use]
    pub fn ends_within(&self, now: Timestamp, seconds: i64) -> bool {
        match self.state {
            UseState::Allowed { until: Some(until), .. } => until.0 - now.0 <= seconds,
            _ => false,
        }
    }
}

/// What may be done with a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartUses {
    /// How the part itself stands.
    pub part: PartView,
    /// Every use that the policy names, and those that were spoken of besides.
    pub uses: Vec<UseView>,
    /// What this desk wrote about it.
    pub written: Vec<WrittenAbout>,
    /// Facts about it that some trustee has not been told.
    pub not_told: usize,
}

impl Desk {
    /// What may be done with a part, as far as this desk knows.
    ///
    /// # Errors
    /// When the store cannot be read, or the policy is not for this program.
    pub fn part_uses(&self, named: NamedPart) -> Result<PartUses, NodeError> {
        let said = self.facts_known()?;
        let policy = self.policy_in_force()?;
        let table = policy.as_ref().map(counterseal_policy::Policy::table);
        let about: Vec<_> = said.iter().filter(|view| is_about(view, named)).collect();
        let mut uses: Vec<Use> = table
            .iter()
            .flat_map(|table| table.purposes().iter())
            .map(|(purpose, known)| Use::new(purpose.clone(), known.recipient.clone()))
            .chain(about.iter().flat_map(|view| uses_of(view)))
            .collect();
        sort(&mut uses);
        let now = self.moment().time;
        let view = |what: Use| {
            let facts = part_facts(&said, named, &what);
            let rows = table.map(|table| rows_of(table, named, &what.purpose));
            let state = state_of(&facts, rows.as_deref(), now);
            let asks = |row: &&Row| row.needs.contains(&Need::Agreement);
            let asked = rows.is_some_and(|rows| rows.iter().any(asks));
            let agreement_missing = asked && !facts.agreements.iter().any(|held| holds(held.standing, now));
            UseView { what, state, agreement_missing }
        };
        Ok(PartUses {
            part: self.part_view(named),
            uses: uses.into_iter().map(view).collect(),
            written: self.store.read(|db| written_about(db, named.part))?,
            not_told: about.iter().filter(|view| view.missing > 0).count(),
        })
    }

    /// The uses that a consent allowed of which this desk knows, lapsed ones among them.
    pub(super) fn consented_uses(&self, named: NamedPart) -> Result<Vec<Use>, NodeError> {
        let said = self.facts_known()?;
        let given = |view: &&FactView| {
            is_about(view, named) && view.fact.kind == FactKind::Consent && !view.fact.ends
        };
        let mut uses: Vec<_> = said.iter().filter(given).flat_map(uses_of).collect();
        sort(&mut uses);
        Ok(uses)
    }

    /// The uses that each person allowed of whom this desk knows, lapsed ones among them; people by what facts call them.
    pub(super) fn allowed_by(&self, named: NamedPart) -> Result<BTreeMap<[u8; 32], Vec<Use>>, NodeError> {
        let said = self.facts_known()?;
        let given = |view: &&FactView| {
            is_about(view, named) && view.fact.kind == FactKind::Consent && !view.fact.ends
        };
        let mut people = BTreeMap::<_, Vec<Use>>::new();
        for view in said.iter().filter(given) {
            if let Some(person) = view.fact.whose(named.part) {
                people.entry(person).or_default().extend(uses_of(view));
            }
        }
        Ok(people)
    }

    /// Since when a no of the person stands against a use, as far as this desk knows.
    pub(super) fn standing_no(&self, named: NamedPart, what: &Use) -> Result<Option<Timestamp>, NodeError> {
        let facts = part_facts(&self.facts_known()?, named, what);
        Ok(facts.objections.iter().map(|no| no.since).max())
    }
}

fn sort(uses: &mut Vec<Use>) {
    uses.sort_by(|a, b| (&a.purpose, &a.recipient).cmp(&(&b.purpose, &b.recipient)));
    uses.dedup();
}

fn is_about(view: &FactView, named: NamedPart) -> bool {
    match &view.fact.about {
        FactAbout::Parts(compartment, parts) => {
            *compartment == named.compartment && parts.binary_search(&named.part).is_ok()
        }
        _ => false,
    }
}

/// Every use that a fact names.
fn uses_of(view: &FactView) -> Vec<Use> {
    let own = Code::parse("mission").into_iter().collect();
    let recipients = if view.fact.recipients.is_empty() { own } else { view.fact.recipients.clone() };
    let of = |purpose: &Code| {
        let purpose = purpose.clone();
        recipients
            .iter()
            .map(move |recipient| Use::new(purpose.clone(), recipient.clone()))
            .collect::<Vec<_>>()
    };
    view.fact.purposes.iter().flat_map(of).collect()
}

/// The rows that cover a part for a purpose.
fn rows_of<'a>(table: &'a Table, named: NamedPart, purpose: &Code) -> Vec<&'a Row> {
    let labels = table.labels(named.compartment);
    let covers = |row: &&Row| {
        let what = row.what.is_empty() || row.what.iter().any(|label| labels.contains(&label));
        what && (row.purposes.is_empty() || row.purposes.contains(purpose))
    };
    table.rows().iter().filter(covers).collect()
}

/// How a use stands. Without a policy, what was said is all there is.
fn state_of(facts: &PartFacts, rows: Option<&[&Row]>, now: Timestamp) -> UseState {
    if let Some(since) = facts.objections.iter().map(|no| no.since).max() {
        return UseState::No { since };
    }
    let held: Vec<_> = facts
        .bases
        .iter()
        .filter_map(|held| match held.standing {
            Standing::Proved { since, until, .. } => Some((held.value.kind, since, until)),
            Standing::Claimed => None,
        })
        .collect();
    let in_force =
        held.iter().filter(|(_, since, until)| *since <= now && until.is_none_or(|until| now < until));
    // The longest of those in force.
    if let Some((on, since, until)) =
        in_force.max_by_key(|(_, _, until)| until.map_or(i64::MAX, |until| until.0))
    {
        return UseState::Allowed { on: *on, since: *since, until: *until };
    }
    if let Some(from) = held.iter().map(|(_, since, _)| *since).filter(|since| *since > now).min() {
        return UseState::NotYet { from };
    }
    if let Some(on) = held.iter().filter_map(|(_, _, until)| *until).max() {
        return UseState::Lapsed { on };
    }
    missing(rows.unwrap_or_default())
}

fn missing(rows: &[&Row]) -> UseState {
    let permits: Vec<_> = rows.iter().filter(|row| row.effect == Effect::Permit).collect();
    let never = rows.iter().any(|row| row.effect == Effect::Never && row.actions.len() == 3);
    if permits.is_empty() || never {
        return UseState::Never;
    }
    if permits.iter().any(|row| row.bases.is_empty()) {
        return UseState::Free;
    }
    let mut needs: Vec<_> = permits.iter().flat_map(|row| row.bases.iter().copied()).collect();
    needs.sort_unstable();
    needs.dedup();
    UseState::Missing { needs }
}

fn holds(standing: Standing, now: Timestamp) -> bool {
    match standing {
        Standing::Proved { since, until, .. } => since <= now && until.is_none_or(|until| now < until),
        Standing::Claimed => false,
    }
}
