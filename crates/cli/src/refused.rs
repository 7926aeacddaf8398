//! The sentence for a refusal, in the language of the command line: counterseal-refused's, without direction marks.

use counterseal_node::{LinkError, NodeError};
use counterseal_policy::Verdict;
use counterseal_sync::PouchRefusal;

use crate::catalogue::Words;

/// The sentence for what a desk refused.
pub(crate) fn sentence_of(error: &NodeError, words: Words) -> String {
    counterseal_refused::sentence_of(error, words.refusals())
}

/// The sentence for why there was no session with a hub.
pub(crate) fn sentence_of_link(error: &LinkError, words: Words) -> String {
    counterseal_refused::sentence_of_link(error, words.refusals())
}

/// The sentence for why a pouch, or the rest of it, cannot be read.
pub(crate) fn sentence_of_pouch(refusal: &PouchRefusal, words: Words) -> String {
    counterseal_refused::sentence_of_pouch(refusal, words.refusals())
}

/// What the policy says, a sentence for each reason.
pub(crate) fn sentences_of_verdict(verdict: &Verdict, words: Words) -> Vec<String> {
    counterseal_refused::sentences_of_verdict(verdict, words.refusals())
}
