//! Why a form was not obeyed, and the page that says so.

use counterseal_node::{LinkError, NodeError};
use maud::html;

use crate::pages::{Page, Sent};
use crate::words::Words;

/// Why something was not done.
pub(in crate::pages) enum Why {
    /// The desk refuses.
    Node(NodeError),
    /// The line, or somebody at its other end.
    Link(LinkError),
    /// What was typed cannot be read: why, in the reader's words.
    Said(String),
}

impl From<NodeError> for Why {
    fn from(error: NodeError) -> Self {
        Self::Node(error)
    }
}

impl From<LinkError> for Why {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Node(error) => Self::Node(*error),
            other => Self::Link(other),
        }
    }
}

impl Why {
    /// The reason, for people.
    pub(in crate::pages) fn say(&self, words: Words) -> String {
        match self {
            Self::Node(error) => words.refusal(error),
            Self::Link(error) => words.refusal_of_link(error),
            Self::Said(why) => why.clone(),
        }
    }
}

/// Where a form leads that was obeyed; where not, the page that says why and leads back.
pub(in crate::pages) fn sent(words: Words, back: &str, done: Result<String, Why>) -> Sent {
    match done {
        Ok(path) => Sent::At(path),
        Err(why) => Sent::Not(not_done(words, back, &why)),
    }
}

/// A page that says why nothing was done.
pub(in crate::pages) fn not_done(words: Words, back: &str, why: &Why) -> Page {
    let title = words.text("refused-title");
    let main = html! {
        h1 { (title) }
        p.warning role="alert" { (why.say(words)) }
        p { (words.text("nothing-changed")) }
        p { a href=(back) { (words.text("go-back")) } }
    };
    Page::new(title, main)
}
