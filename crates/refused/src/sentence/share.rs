//! Why something does not leave its compartment, and why two records are not said to be one.

use counterseal_node::{SameRefusal, ShareRefusal};

use super::{Said, policy, said};
use crate::catalogue::Sentences;

pub(super) fn of_share(refusal: &ShareRefusal, words: Sentences) -> Said {
    use ShareRefusal as R;
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        R::NoPolicy | R::NothingToApprove | R::NoSuchPurpose => said(&key, []),
        R::NotPermitted { reasons, .. } => {
            let reasons: Vec<String> = reasons.iter().map(|one| policy::of_refusal(one, words)).collect();
            said(&key, [("reason", reasons.join("; "))])
        }
        R::NotOpen { part } => said(&key, [("part", part.clone())]),
        R::Nothing { part, what } => said(&key, [("part", part.clone()), ("what", words.thing(what))]),
        R::Closed { part, state } => said(&key, [("part", part.clone()), ("state", words.thing(state))]),
        R::NotShared { kind } => said(&key, [("kind", words.word(kind))]),
        R::NoPurpose { count } => said(&key, [("count", count.to_string())]),
        R::NotGeneralised(what) => said(&key, [("kind", words.word(what.kind))]),
        R::NotThisApproval { reason } => said(&key, [("reason", reason.clone())]),
    }
}

pub(super) fn of_same(refusal: &SameRefusal, words: Sentences) -> Said {
    use SameRefusal as R;
    match refusal {
        R::Itself { record } => said("refusal-same-itself", [("record", record.short())]),
        R::OtherKinds { record, is, other, other_is } => said(
            "refusal-same-other-kinds",
            [
                ("record", record.short()),
                ("is", words.word(is)),
                ("other", other.short()),
                ("given", words.word(other_is)),
            ],
        ),
        R::Already { record, other } => {
            said("refusal-same-already", [("record", record.short()), ("other", other.short())])
        }
        R::NotSaid { record } => said("refusal-same-not-said", [("record", record.short())]),
        R::Where { record, other } => {
            said("refusal-same-where", [("record", record.short()), ("other", other.short())])
        }
        R::Guarded { compartment } => said("refusal-same-guarded", [("compartment", compartment.short())]),
    }
}
