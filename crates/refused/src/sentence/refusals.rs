//! Openings, reviews, invitations, cases: what the desk refuses of what officers ask.

use counterseal_node::{
    CaseworkRefusal, DecoyFailure, InvitationRefusal, MonitoringFailure, OpeningFailure, TrustRefusal,
};
use counterseal_seal::BadInvitation;
use counterseal_sync::PouchRefusal;

use super::{Said, said, trustees};
use crate::catalogue::Sentences;

pub(super) fn of_pouch(refusal: &PouchRefusal) -> Said {
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        PouchRefusal::Unknown { version, suite } => {
            said(&key, [("version", version.to_string()), ("suite", suite.to_string())])
        }
        PouchRefusal::Damaged { number } => said(&key, [("number", number.to_string())]),
        PouchRefusal::UnknownFrames { version } => said(&key, [("version", version.to_string())]),
        _ => said(&key, []),
    }
}

/// Why parts were not opened: the rule, the missing facts and whom to ask are in the reason.
pub(super) fn of_opening(failure: &OpeningFailure, words: Sentences) -> Said {
    use OpeningFailure as F;
    let key = format!("refusal-{}", failure.code());
    let short = |id: &dyn ToString| id.to_string().get(..8).unwrap_or_default().to_owned();
    match failure {
        F::NotSetUp { what } => said(&key, [("what", words.word(what))]),
        F::NoSuchPart { part } | F::NotAhead { part } | F::Cover { part } => {
            said(&key, [("part", part.clone())])
        }
        F::BadCount { count } => said(&key, [("count", count.to_string())]),
        F::BadDelay { most } => said(&key, [("days", most.to_string())]),
        F::ApprovalsMissing { needed, have } => {
            said(&key, [("needed", needed.to_string()), ("have", have.to_string())])
        }
        F::Refused { refused } => said(&key, [("reason", trustees::of_all(refused, words))]),
        F::TooFew { have, needed, .. } => said(
            &key,
            [("have", have.to_string()), ("needed", needed.to_string()), ("reason", failure.reason())],
        ),
        F::PlacesEmpty { have, needed } => {
            said(&key, [("have", have.to_string()), ("needed", needed.to_string())])
        }
        F::DoesNotOpen { part, reason } => said(&key, [("part", part.clone()), ("reason", reason.clone())]),
        F::Closed { part, state } => said(&key, [("part", part.clone()), ("state", words.word(state))]),
        F::NoSuchRequest { id } => said(&key, [("id", id.clone())]),
        F::UnknownTrustees { set } => said(&key, [("set", short(set))]),
        F::NotFollowed | F::TooOld => said(&key, []),
    }
}

pub(super) fn of_decoy(failure: &DecoyFailure) -> Said {
    use DecoyFailure as F;
    match failure {
        F::NotWatch => said("refusal-decoy-not-watch", []),
        F::NotGuarded { compartment } => said("refusal-decoy-open", [("compartment", compartment.clone())]),
        F::NoDesks { compartment } => said("refusal-decoy-no-desks", [("compartment", compartment.clone())]),
        F::BadCount { count, most } => {
            said("refusal-decoy-count", [("count", count.to_string()), ("most", most.to_string())])
        }
        F::ListSeen { compartment, strangers } => said(
            "refusal-decoy-list",
            [("compartment", compartment.clone()), ("count", strangers.to_string())],
        ),
    }
}

pub(super) fn of_monitoring(failure: &MonitoringFailure) -> Said {
    use MonitoringFailure as F;
    match failure {
        F::NotReviewer => said("refusal-review-office", []),
        F::Yourself => said("refusal-review-yourself", []),
        F::NoSuchDay { person, day } => {
            said("refusal-review-no-day", [("person", person.clone()), ("day", day.clone())])
        }
        F::CannotRead { person, compartment } => said(
            "refusal-review-cannot-read",
            [("person", person.clone()), ("compartment", compartment.clone())],
        ),
        F::BadDuties { reason } => said("refusal-review-duties", [("reason", reason.clone())]),
        F::NoSuchEmergency { prefix, count } => {
            said("refusal-review-no-emergency", [("prefix", prefix.clone()), ("count", count.to_string())])
        }
        F::NoSuchTalk { prefix, count } => {
            said("refusal-review-no-question", [("prefix", prefix.clone()), ("count", count.to_string())])
        }
    }
}

pub(super) fn of_invitation(refusal: &InvitationRefusal, words: Sentences) -> Said {
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        InvitationRefusal::Text(BadInvitation::Line { line }) => said(&key, [("line", line.to_string())]),
        InvitationRefusal::NotThis { what, reason } => {
            let what = words.thing(what);
            said(&key, [("what", what), ("reason", reason.clone())])
        }
        InvitationRefusal::Expired { since } => said(&key, [("since", words.time(*since))]),
        InvitationRefusal::WrongString { left } => said(&key, [("left", left.to_string())]),
        _ => said(&key, []),
    }
}

pub(super) fn of_casework(refusal: &CaseworkRefusal, words: Sentences) -> Said {
    use CaseworkRefusal as R;
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        R::UnknownPart { part } | R::NotWithdrawn { part } | R::Held { part } | R::Erased { part } => {
            said(&key, [("part", part.clone())])
        }
        R::CoolingOff { part, withdrawn, from } => said(
            &key,
            [("part", part.clone()), ("withdrawn", words.day(*withdrawn)), ("from", words.time(*from))],
        ),
        R::NothingStands { part, what } => said(&key, [("part", part.clone()), ("what", words.thing(what))]),
        R::NotYoursToSay { kind, ask } => {
            let ask = words.thing(ask);
            said(&key, [("kind", words.thing(kind)), ("ask", ask)])
        }
        R::Malformed { record, field, why } => said(
            &key,
            [
                ("kind", words.thing(record)),
                ("field", (*field).to_owned()),
                ("reason", words.thing(&format!("wrong-{}", why.code()))),
            ],
        ),
        R::OnlyGuarded { what } => said(&key, [("kind", words.thing(what))]),
        R::NoCase { text, count } => said(&key, [("text", text.clone()), ("count", count.to_string())]),
        R::NoStands { since } => said(&key, [("since", words.day(*since))]),
        R::NothingGiven { part } | R::NeverAllowed { part } => said(&key, [("part", part.clone())]),
        R::BadFact { why } => said(&key, [("reason", (*why).to_owned())]),
        R::NotThisPaper { reason } | R::Policy { reason } => said(&key, [("reason", reason.clone())]),
        _ => said(&key, []),
    }
}

pub(super) fn of_trust(refusal: &TrustRefusal) -> Said {
    use TrustRefusal as R;
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        R::NotOpen { part } | R::NoSource { part } | R::NoConsent { part } | R::NotIn { part } => {
            said(&key, [("part", part.clone())])
        }
        R::Past => said(&key, []),
    }
}
