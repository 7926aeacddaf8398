//! Why something does not leave its compartment, in the reader's language.

use counterseal_node::ShareRefusal;

use super::{Said, said};
use crate::catalogue::Sentences;

pub(super) fn of_share(refusal: &ShareRefusal, words: Sentences) -> Said {
    use ShareRefusal as R;
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        R::NoPolicy => said(&key, []),
        R::NotPermitted { reasons, .. } => said(&key, [("reason", reasons.join("; "))]),
        R::NotOpen { part } => said(&key, [("part", part.clone())]),
        R::Nothing { part, what } => said(&key, [("part", part.clone()), ("what", words.thing(what))]),
        R::Closed { part, state } => said(&key, [("part", part.clone()), ("state", words.thing(state))]),
        R::NotShared { kind } => said(&key, [("kind", words.word(kind))]),
        R::NoPurpose { count } => said(&key, [("count", count.to_string())]),
        R::NotGeneralised(what) => said(&key, [("kind", words.word(what.kind))]),
        R::NotThisApproval { reason } => said(&key, [("reason", reason.clone())]),
    }
}
