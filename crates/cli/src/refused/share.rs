//! Why something does not leave its compartment, in the reader's language.

use counterseal_node::ShareRefusal;

use super::{Said, said};
use crate::catalogue::Words;

pub(super) fn of_share(refusal: &ShareRefusal, words: Words) -> Said {
    use ShareRefusal as R;
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        R::NoPolicy | R::NothingToApprove | R::NoSuchPurpose => said(&key, []),
        R::NotPermitted { reasons, .. } => said(&key, [("reason", reasons.join("; "))]),
        R::NotOpen { part } => said(&key, [("part", part.clone())]),
        R::Nothing { part, what } => {
            said(&key, [("part", part.clone()), ("what", words.text(&format!("thing-{what}")))])
        }
        R::Closed { part, state } => {
            said(&key, [("part", part.clone()), ("state", words.text(&format!("thing-{state}")))])
        }
        R::NotShared { kind } => said(&key, [("kind", (*kind).to_owned())]),
        R::NoPurpose { count } => said(&key, [("count", count.to_string())]),
        R::NotGeneralised(what) => said(&key, [("kind", what.kind.to_owned())]),
        R::NotThisApproval { reason } => said(&key, [("reason", reason.clone())]),
    }
}
