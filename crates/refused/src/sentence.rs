//! The sentence for a refusal, by its code; where the catalogue has none, the error's own English.

mod node;
mod policy;
mod refusals;
mod register;
mod report;
mod share;
mod system;
mod trustees;

use std::borrow::Cow;

use counterseal_node::{LinkError, NodeError};
use counterseal_seal::KeyFileError;
use counterseal_sync::PouchRefusal;

use crate::catalogue::Sentences;

pub use policy::{sentence_of_unmet, sentences_of_verdict, words_of_waived};

type Named = (&'static str, Cow<'static, str>);

/// What the catalogue needs to say it: the sentence's name and its values.
struct Said {
    key: String,
    values: Vec<Named>,
}

/// The sentence for what a desk refused.
#[must_use]
pub fn sentence_of(error: &NodeError, words: Sentences) -> String {
    let said = match error {
        NodeError::Register(refusal) => Some(register::of_refusal(refusal)),
        NodeError::Entry(refusal) => Some(said(&format!("refusal-{}", refusal.code()), [])),
        NodeError::Chain(refusal) => Some(said(&format!("refusal-{}", refusal.code()), [])),
        NodeError::Home(error) => node::of_home(error, words),
        NodeError::Store(error) => Some(node::of_store(error, words)),
        NodeError::Pouch(refusal) => Some(refusals::of_pouch(refusal)),
        NodeError::Invitation(refusal) => Some(refusals::of_invitation(refusal, words)),
        NodeError::Opening(failure) => Some(refusals::of_opening(failure, words)),
        NodeError::Decoy(failure) => Some(refusals::of_decoy(failure)),
        NodeError::Monitoring(failure) => Some(refusals::of_monitoring(failure)),
        NodeError::Casework(refusal) => Some(refusals::of_casework(refusal, words)),
        NodeError::Trust(refusal) => Some(refusals::of_trust(refusal)),
        NodeError::Share(refusal) => Some(share::of_share(refusal, words)),
        NodeError::Report(refusal) => Some(report::of_report(refusal)),
        NodeError::Same(refusal) => Some(share::of_same(refusal, words)),
        NodeError::KeyFile(KeyFileError::CannotUnlock) => Some(said("keyfile-cannot-unlock", [])),
        NodeError::KeyFile(error) => Some(said("keyfile-unreadable", [("reason", error.to_string())])),
        other => {
            node::of_node(other, words).or_else(|| Some(said("node-other", [("reason", other.to_string())])))
        }
    };
    said.and_then(|said| words.find(&said.key, &said.values)).unwrap_or_else(|| error.to_string())
}

/// The sentence for why there was no session with a hub.
#[must_use]
pub fn sentence_of_link(error: &LinkError, words: Sentences) -> String {
    let said = match error {
        LinkError::Node(error) => return sentence_of(error, words),
        LinkError::NotTheHub(refusal) => {
            let said = register::of_refusal(refusal);
            let reason = words.find(&said.key, &said.values).unwrap_or_else(|| refusal.to_string());
            self::said("link-not-the-hub", [("reason", reason)])
        }
        LinkError::NoHub => self::said("link-no-hub", []),
        LinkError::Address { address } => self::said("link-address", [("address", address.clone())]),
        LinkError::Line(error) => self::said("link-line", [("reason", system::reason(error, words))]),
        LinkError::Silent => self::said("link-silent", []),
        LinkError::Tls(reason) => self::said("link-tls", [("reason", reason.to_string())]),
    };
    words.find(&said.key, &said.values).unwrap_or_else(|| error.to_string())
}

/// The sentence for why a pouch, or the rest of it, cannot be read.
#[must_use]
pub fn sentence_of_pouch(refusal: &PouchRefusal, words: Sentences) -> String {
    let said = refusals::of_pouch(refusal);
    words.find(&said.key, &said.values).unwrap_or_else(|| refusal.to_string())
}

/// The sentence for the code with which another program refused something; the code itself where there is none, as of a
/// newer program's.
#[must_use]
pub fn sentence_of_code(code: &str, words: Sentences) -> String {
    let found = words.find(&format!("refusal-{code}"), &[]);
    found.filter(|said| !said.contains('$')).unwrap_or_else(|| code.to_owned())
}

fn said<const N: usize>(key: &str, values: [(&'static str, String); N]) -> Said {
    let values = values.into_iter().map(|(name, value)| (name, Cow::Owned(value))).collect();
    Said { key: key.to_owned(), values }
}

#[cfg(test)]
mod tests;
