//! What people, parts, purposes and terms are called on the pages.

use counterseal_model::record::{BasisKind, CaseRole};
use counterseal_model::taxonomy::Taxonomy;
use counterseal_model::{CompartmentId, PersonId, Term};
use counterseal_node::{Desk, NodeError};
use counterseal_policy::Office;
use counterseal_register::{PartRef, Subject};

use crate::words::Words;

/// A person's name, or the first digits of their pseudonym where this desk may not know it.
pub(in crate::pages) fn person(desk: &Desk, id: PersonId) -> String {
    desk.name_of(Subject::Person(id)).map_or_else(|| id.short(), |name| name.to_string())
}

/// The page of a guarded part.
pub(in crate::pages) fn part_path(part: PartRef) -> String {
    format!("/part/{}/{}", part.entry, part.index)
}

/// A part in full, as forms carry it.
pub(in crate::pages) fn part_full(part: PartRef) -> String {
    format!("{}/{}", part.entry, part.index)
}

/// What somebody is in a case.
pub(in crate::pages) fn role(words: Words, role: CaseRole) -> String {
    words.text(match role {
        CaseRole::Victim => "case-role-victim",
        CaseRole::Witness => "case-role-witness",
        CaseRole::AllegedPerpetrator => "case-role-alleged",
        CaseRole::Other => "case-role-other",
    })
}

/// A basis.
pub(in crate::pages) fn basis(words: Words, kind: BasisKind) -> String {
    words.text(match kind {
        BasisKind::Consent => "basis-consent",
        BasisKind::BestInterests => "basis-best-interests",
        BasisKind::Mandate => "basis-mandate",
        BasisKind::Legal => "basis-legal",
    })
}

/// An office, with its holders as far as this desk knows them.
pub(in crate::pages) fn office(
    words: Words,
    desk: &Desk,
    office: Office,
    compartment: Option<CompartmentId>,
) -> String {
    let called = words.thing(office.word());
    let holders: Vec<_> = desk.holders(office, compartment).into_iter().map(|id| person(desk, id)).collect();
    if holders.is_empty() { called } else { format!("{called} ({})", holders.join(", ")) }
}

/// A term as the mission's taxonomy calls it; the term itself where it does not have it.
pub(in crate::pages) fn term(words: Words, taxonomy: Option<&Taxonomy>, term: &Term) -> String {
    let found = taxonomy.and_then(|taxonomy| taxonomy.label(term.as_str(), words.0.into()));
    found.map_or_else(|| term.to_string(), str::to_owned)
}

/// The taxonomy of violations in use.
pub(in crate::pages) fn violations(desk: &Desk) -> Result<Option<Taxonomy>, NodeError> {
    desk.taxonomy("violation")
}
