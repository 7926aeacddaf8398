//! How a command ends.

use std::path::Path;
use std::process::ExitCode;

use counterseal_node::{HomeError, MirrorError, NodeError, StoreError};

use crate::catalogue::Words;
use crate::refused::sentence_of;

/// How a command that was done ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    /// As asked.
    Well,
    /// Done, and something needs a person's attention: rejected rows, damage.
    Attention,
}

/// Why a command was not done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The desk refused or failed.
    Node(Box<NodeError>),
    /// What was asked makes no sense; already in words.
    Asked(String),
    /// A file of the user's, or the terminal.
    File { doing: &'static str, path: String, source: std::io::Error },
}

impl Failure {
    pub(crate) fn file(doing: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self::File { doing, path: path.display().to_string(), source }
    }

    /// What the terminal or a pipe refused.
    pub(crate) fn terminal(source: std::io::Error) -> Self {
        Self::File { doing: "use", path: "terminal".to_owned(), source }
    }

    /// One sentence: what, where, what to do.
    pub(crate) fn sentence(&self, words: Words) -> String {
        match self {
            Self::Node(error) => sentence_of(error, words),
            Self::Asked(sentence) => sentence.clone(),
            Self::File { doing, path, source } => {
                let key = format!("file-{doing}");
                words.with(&key, &[("path", path.into()), ("reason", source.to_string().into())])
            }
        }
    }

    /// The exit code: 3 where the store or a signature is not as it should be, else 1.
    pub(crate) fn code(&self) -> ExitCode {
        let damaged = match self {
            Self::Node(error) => is_damage(error),
            _ => false,
        };
        ExitCode::from(if damaged { 3 } else { 1 })
    }
}

fn is_damage(error: &NodeError) -> bool {
    matches!(
        error,
        NodeError::Store(StoreError::Damaged { .. })
            | NodeError::Verification(_)
            | NodeError::TwoTrees(_)
            | NodeError::Mirror(MirrorError::OtherTree { .. })
            | NodeError::Entry(_)
            | NodeError::CannotOpen(_)
            | NodeError::Pouch(counterseal_sync::PouchRefusal::Damaged { .. })
    )
}

impl From<NodeError> for Failure {
    fn from(error: NodeError) -> Self {
        Self::Node(Box::new(error))
    }
}

impl From<MirrorError> for Failure {
    fn from(error: MirrorError) -> Self {
        NodeError::from(error).into()
    }
}

impl From<HomeError> for Failure {
    fn from(error: HomeError) -> Self {
        NodeError::from(error).into()
    }
}
