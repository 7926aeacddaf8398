//! Records of casework that could mean nothing, or something else than was meant: refused with the field and the reason.

use std::collections::BTreeSet;
use std::fmt;

use counterseal_model::record::{Agreement, Basis, BasisKind, Case, Concerned, Consent, GivenBy};
use counterseal_model::{Code, Term, Timestamp};

use super::CaseworkRefusal;
use crate::error::NodeError;

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformation {
    /// Nothing is named.
    NoParts,
    /// Parts of several compartments.
    SeveralCompartments,
    /// A guardian is needed.
    NoGuardian,
    /// A guardian who gave nothing, for nobody who needs one.
    IdleGuardian,
    /// Best interests of somebody who is no child.
    NotAChild,
    /// A basis of the kind consent without the consent.
    NoConsent,
    /// No use is named.
    NoUses,
    /// One use twice, or allowed to somebody who must never get it.
    Contradiction,
    /// It would be over before it begins.
    OverBefore,
    /// It begins later than now.
    InFuture,
    /// Somebody without part and pseudonym, or with both.
    Nobody,
    /// A word that the taxonomy does not have.
    NoTerm,
    /// No incident of this desk.
    NoIncident,
    /// A part in an open compartment.
    OpenPart,
    /// An open part of what is open, or in a guarded compartment.
    OpenIn,
    /// Parts of which different uses were allowed.
    DifferentUses,
    /// It is there already.
    There,
    /// There is nothing like it.
    NotThere,
}

impl Malformation {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::NoParts,
        Self::SeveralCompartments,
        Self::NoGuardian,
        Self::IdleGuardian,
        Self::NotAChild,
        Self::NoConsent,
        Self::NoUses,
        Self::Contradiction,
        Self::OverBefore,
        Self::InFuture,
        Self::Nobody,
        Self::NoTerm,
        Self::NoIncident,
        Self::OpenPart,
        Self::OpenIn,
        Self::DifferentUses,
        Self::There,
        Self::NotThere,
    ];

    /// A stable name for message catalogues.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoParts => "no-parts",
            Self::SeveralCompartments => "several-compartments",
            Self::NoGuardian => "no-guardian",
            Self::IdleGuardian => "idle-guardian",
            Self::NotAChild => "not-a-child",
            Self::NoConsent => "no-consent",
            Self::NoUses => "no-uses",
            Self::Contradiction => "contradiction",
            Self::OverBefore => "over-before",
            Self::InFuture => "in-future",
            Self::Nobody => "nobody",
            Self::NoTerm => "no-term",
            Self::NoIncident => "no-incident",
            Self::OpenPart => "open-part",
            Self::OpenIn => "open-in",
            Self::DifferentUses => "different-uses",
            Self::There => "there",
            Self::NotThere => "not-there",
        }
    }
}

impl fmt::Display for Malformation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoParts => "name at least one part",
            Self::SeveralCompartments => "the parts are of several compartments; write a record for each",
            Self::NoGuardian => "a child, and whoever a guardian speaks for, needs the guardian's record",
            Self::IdleGuardian => "a guardian is named for somebody who is no child and spoke alone",
            Self::NotAChild => "best interests are a basis for children alone",
            Self::NoConsent => "a basis of the kind consent names the consent's record",
            Self::NoUses => "say for which purposes, and for whom",
            Self::Contradiction => "one use is decided twice, or allowed to somebody who must never get it",
            Self::OverBefore => "it would be over before it begins",
            Self::InFuture => "it lies in the future",
            Self::Nobody => "name everybody by a guarded part or by a pseudonym, not by both",
            Self::NoTerm => "the taxonomy has no such word",
            Self::NoIncident => "this desk has no such incident",
            Self::OpenPart => "the part is in an open compartment",
            Self::OpenIn => "a case in a guarded compartment has its open part in an open one",
            Self::DifferentUses => "different uses of them were allowed; do it for each by itself",
            Self::There => "it is there already",
            Self::NotThere => "there is nothing like it",
        })
    }
}

pub(super) fn malformed(record: &'static str, field: &'static str, why: Malformation) -> NodeError {
    CaseworkRefusal::Malformed { record, field, why }.into()
}

/// What a consent cannot say. One that was taken badly is written all the same, and counts for nothing.
pub(super) fn check_consent(consent: &Consent, given: Timestamp, now: Timestamp) -> Result<(), NodeError> {
    let bad = |field, why| Err(malformed("consent", field, why));
    let needs_guardian = consent.minor || consent.given_by == GivenBy::Guardian;
    if needs_guardian && consent.guardian.is_none() {
        return bad("guardian", Malformation::NoGuardian);
    }
    if !needs_guardian && consent.guardian.is_some() {
        return bad("guardian", Malformation::IdleGuardian);
    }
    if given > now {
        return bad("at", Malformation::InFuture);
    }
    if consent.decisions.is_empty() && consent.withheld_from.is_empty() {
        return bad("decisions", Malformation::NoUses);
    }
    let never: BTreeSet<&Code> = consent.withheld_from.iter().map(|one| &one.recipient).collect();
    let mut seen = BTreeSet::new();
    for decision in &consent.decisions {
        let twice = !seen.insert((&decision.what.purpose, &decision.what.recipient));
        if twice || (decision.allowed && never.contains(&decision.what.recipient)) {
            return bad("decisions", Malformation::Contradiction);
        }
        if decision.until.is_some_and(|until| until <= given) {
            return bad("decisions", Malformation::OverBefore);
        }
    }
    Ok(())
}

pub(super) fn check_basis(basis: &Basis) -> Result<(), NodeError> {
    let bad = |field, why| Err(malformed("basis", field, why));
    if basis.uses.is_empty() {
        return bad("uses", Malformation::NoUses);
    }
    if basis.until.is_some_and(|until| until <= basis.since) {
        return bad("until", Malformation::OverBefore);
    }
    match basis.kind {
        BasisKind::Consent if basis.consent.is_none() => bad("consent", Malformation::NoConsent),
        BasisKind::BestInterests if !basis.minor => bad("minor", Malformation::NotAChild),
        BasisKind::BestInterests if basis.guardian.is_none() => bad("guardian", Malformation::NoGuardian),
        _ => Ok(()),
    }
}

pub(super) fn check_agreement(agreement: &Agreement) -> Result<(), NodeError> {
    let bad = |field, why| Err(malformed("agreement", field, why));
    if agreement.terms.is_empty() {
        return bad("terms", Malformation::NoUses);
    }
    if agreement.until.is_some_and(|until| until <= agreement.since) {
        return bad("until", Malformation::OverBefore);
    }
    Ok(())
}

/// What a case cannot say; `has_term` asks the violation taxonomy.
pub(super) fn check_case(case: &Case, has_term: impl Fn(&Term) -> bool) -> Result<(), NodeError> {
    let bad = |field, why| Err(malformed("case", field, why));
    if !case.violations.iter().all(has_term) {
        return bad("violations", Malformation::NoTerm);
    }
    case.concerned.iter().try_for_each(check_concerned)
}

pub(super) fn check_concerned(one: &Concerned) -> Result<(), NodeError> {
    if one.part.is_some() == one.pseudonym.is_some() {
        return Err(malformed("case", "concerned", Malformation::Nobody));
    }
    Ok(())
}
