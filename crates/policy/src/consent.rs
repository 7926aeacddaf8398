//! What a consent, a basis or an agreement allows at a moment. Withdrawal wins at once; what was not asked is not allowed.

use counterseal_model::record::{
    Agreement, Basis, BasisKind, Consent, ConsentEvent, ConsentEventKind, GivenBy, Use,
};
use counterseal_model::{Code, Timestamp};

use crate::facts::{BasisFor, Objection, PartFacts};
use crate::standing::{Held, Office};

/// What a consent or a basis says of one use at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsentState {
    /// Allowed.
    Given {
        /// Since when.
        since: Timestamp,
        /// The first second at which it no longer is; open when `None`.
        until: Option<Timestamp>,
    },
    /// The person said no.
    Refused {
        /// When.
        since: Timestamp,
    },
    /// The person took it back.
    Withdrawn {
        /// When.
        since: Timestamp,
    },
    /// It is over.
    Expired {
        /// Since when.
        since: Timestamp,
    },
    /// Nobody could ask the person again.
    SealedOff {
        /// Since when.
        since: Timestamp,
    },
    /// It begins later.
    NotYet {
        /// When.
        from: Timestamp,
    },
    /// This use was not asked about, or not put down.
    NotAsked,
    /// This recipient must never get it.
    WithheldFrom {
        /// The reason's code.
        reason: Code,
    },
    /// It does not count as it was taken.
    Invalid {
        /// Why.
        why: Why,
    },
}

/// Why a consent or a basis does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The risks were not explained.
    RisksNotExplained,
    /// It was not said that a refusal costs nothing.
    RefusalNotFree,
    /// A guardian is needed and none is named.
    NoGuardian,
    /// Best interests are a basis for children only.
    NotAChild,
    /// It rests on a consent that is not there.
    NoConsent,
}

/// What a consent says of a purpose and a recipient at a moment.
///
/// A withdrawal or refusal counts on sight, whatever time it bears, until a consent is *given* later. What expired or was
/// sealed off is opened again by a re-confirmation too. Of two events of one second the one that takes away counts.
#[must_use]
pub fn evaluate(consent: &Consent, purpose: &Code, recipient: &Code, at: Timestamp) -> ConsentState {
    let covering: Vec<_> = consent.events.iter().filter(|event| covers(event, purpose, recipient)).collect();
    let last = |kinds: &[ConsentEventKind]| -> Option<&ConsentEvent> {
        covering.iter().copied().filter(|event| kinds.contains(&event.kind)).max_by_key(|event| event.at)
    };
    // What permits has no effect before its time.
    let given = |kinds: &[ConsentEventKind]| -> Option<Timestamp> {
        covering.iter().filter(|e| kinds.contains(&e.kind) && e.at <= at).map(|e| e.at).max()
    };
    use ConsentEventKind::{Expired, Given, Reconfirmed, Refused, SealedOff, Withdrawn};
    let lifted = |no: &ConsentEvent, by: Option<Timestamp>| by.is_some_and(|by| by > no.at);
    for (kind, lifts) in [
        (Withdrawn, &[Given][..]),
        (Refused, &[Given]),
        (SealedOff, &[Given, Reconfirmed]),
        (Expired, &[Given, Reconfirmed]),
    ] {
        if let Some(no) = last(&[kind]).filter(|no| !lifted(no, given(lifts))) {
            return match kind {
                Withdrawn => ConsentState::Withdrawn { since: no.at },
                Refused => ConsentState::Refused { since: no.at },
                SealedOff => ConsentState::SealedOff { since: no.at },
                _ => ConsentState::Expired { since: no.at },
            };
        }
    }
    if let Some(withheld) = consent.withheld_from.iter().find(|w| w.recipient == *recipient) {
        return ConsentState::WithheldFrom { reason: withheld.reason.clone() };
    }
    if let Some(why) = invalid(consent) {
        return ConsentState::Invalid { why };
    }
    let Some(since) = given(&[Given]) else {
        return last(&[Given])
            .map_or(ConsentState::NotAsked, |given| ConsentState::NotYet { from: given.at });
    };
    decided(consent, purpose, recipient, since, at)
}

fn decided(
    consent: &Consent,
    purpose: &Code,
    recipient: &Code,
    since: Timestamp,
    at: Timestamp,
) -> ConsentState {
    let about = |what: &Use| what.purpose == *purpose && what.recipient == *recipient;
    let decisions: Vec<_> = consent.decisions.iter().filter(|decision| about(&decision.what)).collect();
    if decisions.iter().any(|decision| !decision.allowed) {
        return ConsentState::Refused { since };
    }
    // Of several, the shortest counts.
    match decisions
        .iter()
        .map(|decision| decision.until)
        .min_by_key(|until| until.map_or(i64::MAX, |until| until.0))
    {
        None => ConsentState::NotAsked,
        Some(Some(until)) if until <= at => ConsentState::Expired { since: until },
        Some(until) => ConsentState::Given { since, until },
    }
}

fn invalid(consent: &Consent) -> Option<Why> {
    let guardian_needed = consent.minor || consent.given_by == GivenBy::Guardian;
    let guardian = consent.given_by == GivenBy::Guardian && consent.guardian.is_some();
    match () {
        () if !consent.risks_explained => Some(Why::RisksNotExplained),
        () if !consent.refusal_without_loss => Some(Why::RefusalNotFree),
        () if guardian_needed && !guardian => Some(Why::NoGuardian),
        () => None,
    }
}

fn covers(event: &ConsentEvent, purpose: &Code, recipient: &Code) -> bool {
    event.purpose.as_ref().is_none_or(|ours| ours == purpose)
        && event.recipient.as_ref().is_none_or(|ours| ours == recipient)
}

/// What a basis says of a use at a moment. `consent` is the record that it names, where there is one.
///
/// Somebody's refusal or withdrawal counts against consent and best interests; mandate and other legal bases do not rest on
/// what the person agreed to.
#[must_use]
pub fn evaluate_basis(basis: &Basis, consent: Option<&Consent>, what: &Use, at: Timestamp) -> ConsentState {
    let agreed = consent.map(|consent| evaluate(consent, &what.purpose, &what.recipient, at));
    let listed = basis.uses.contains(what) || (basis.kind == BasisKind::Consent && basis.uses.is_empty());
    let own = match basis.until {
        _ if at < basis.since => ConsentState::NotYet { from: basis.since },
        Some(until) if until <= at => ConsentState::Expired { since: until },
        _ if !listed => ConsentState::NotAsked,
        until => ConsentState::Given { since: basis.since, until },
    };
    match (basis.kind, agreed) {
        (BasisKind::Consent, None) => ConsentState::Invalid { why: Why::NoConsent },
        (BasisKind::Consent, Some(ConsentState::Given { since, until })) => shorter(own, since, until),
        (BasisKind::Consent, Some(agreed)) => agreed,
        (
            BasisKind::BestInterests,
            Some(no @ (ConsentState::Refused { .. } | ConsentState::Withdrawn { .. })),
        ) => no,
        (BasisKind::BestInterests, _) if !basis.minor => ConsentState::Invalid { why: Why::NotAChild },
        (BasisKind::BestInterests, _) if basis.guardian.is_none() => {
            ConsentState::Invalid { why: Why::NoGuardian }
        }
        _ => own,
    }
}

/// What both allow.
fn shorter(own: ConsentState, since: Timestamp, until: Option<Timestamp>) -> ConsentState {
    match own {
        ConsentState::Given { since: s, until: u } => {
            let until = match (u, until) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            ConsentState::Given { since: s.max(since), until }
        }
        other => other,
    }
}

/// Whether an agreement allows a use at a moment.
#[must_use]
pub fn in_force(agreement: &Agreement, what: &Use, at: Timestamp) -> bool {
    agreement.terms.contains(what) && agreement.since <= at && agreement.until.is_none_or(|until| at < until)
}

/// What a member says of a part to the trustees: for each use yes or no and until when, without anything of the person, the
/// interpreter or the guardian.
#[must_use]
pub fn part_facts(
    basis: &Basis,
    consent: Option<&Consent>,
    uses: &[Use],
    by: Office,
    at: Timestamp,
) -> PartFacts {
    let mut facts = PartFacts::default();
    for what in uses {
        let objection = |since, withdrawn| Objection {
            purpose: Some(what.purpose.clone()),
            recipient: Some(what.recipient.clone()),
            since,
            withdrawn,
        };
        // A no is told whatever the basis: which rows heed it, the table says.
        match consent.map(|consent| evaluate(consent, &what.purpose, &what.recipient, at)) {
            Some(ConsentState::Withdrawn { since }) => facts.objections.push(objection(since, true)),
            Some(ConsentState::Refused { since }) => facts.objections.push(objection(since, false)),
            Some(ConsentState::WithheldFrom { .. }) => facts.objections.push(objection(basis.since, false)),
            _ => {}
        }
        if let ConsentState::Given { since, until } = evaluate_basis(basis, consent, what, at) {
            facts.bases.push(Held::proved(
                BasisFor { kind: basis.kind, what: what.clone() },
                by,
                since,
                until,
            ));
        }
    }
    facts
}
