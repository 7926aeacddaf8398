//! Trust policies (C2SP tlog-policy), and the rule that a mission's quorum must obey.

mod evaluate;
mod name;
mod parse;
mod quorum;

use crate::note::VerifierKey;

pub use evaluate::{Cosigned, CosignedCheckpoint, PolicyRefusal};
pub use name::PolicyName;
pub use parse::PolicyError;
pub use quorum::{QuorumRefusal, QuorumRule, WitnessGroup};

/// The most logs in a policy.
pub const MAX_LOGS: usize = 64;
/// The most witnesses in a policy, and the most groups: 32 hybrid witnesses are 64 lines and 32
/// groups, and there is room beyond.
pub const MAX_DEFINITIONS: usize = 128;
/// The most bytes in a policy's text.
pub const MAX_POLICY: usize = 1 << 20;

/// Which logs are known, which witnesses, and which of them must have cosigned a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<(VerifierKey, Option<Vec<u8>>)>,
    /// Witnesses and groups; a group speaks of those before it only.
    definitions: Vec<(PolicyName, Definition)>,
    /// Which definition is the quorum; `None` needs no cosignature.
    quorum: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Definition {
    Witness { key: VerifierKey, url: Option<Vec<u8>> },
    Group { threshold: usize, members: Vec<usize> },
}

impl Policy {
    /// The keys of the logs.
    pub fn logs(&self) -> impl Iterator<Item = &VerifierKey> {
        self.logs.iter().map(|(key, _)| key)
    }

    /// The keys of the witnesses, in the policy's order; a hybrid witness has two.
    pub fn witnesses(&self) -> impl Iterator<Item = (&PolicyName, &VerifierKey)> {
        self.definitions.iter().filter_map(|(name, definition)| match definition {
            Definition::Witness { key, .. } => Some((name, key)),
            Definition::Group { .. } => None,
        })
    }

    /// The policy as text, one definition a line. Reading it gives the same policy.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut line = |words: &[&[u8]]| {
            text.extend_from_slice(&words.join(&b' '));
            text.push(b'\n');
        };
        for (key, url) in &self.logs {
            let vkey = key.to_string();
            let words = [Some(&b"log"[..]), Some(vkey.as_bytes()), url.as_deref()];
            line(&words.into_iter().flatten().collect::<Vec<_>>());
        }
        for (name, definition) in &self.definitions {
            match definition {
                Definition::Witness { key, url } => {
                    let vkey = key.to_string();
                    let words =
                        [Some(&b"witness"[..]), Some(name.as_bytes()), Some(vkey.as_bytes()), url.as_deref()];
                    line(&words.into_iter().flatten().collect::<Vec<_>>());
                }
                Definition::Group { threshold, members } => {
                    let number = threshold.to_string();
                    let members = members.iter().filter_map(|member| self.name_of(*member));
                    let words = [&b"group"[..], name.as_bytes(), number.as_bytes()];
                    line(&words.into_iter().chain(members).collect::<Vec<_>>());
                }
            }
        }
        let quorum = self.quorum.and_then(|index| self.name_of(index));
        line(&[b"quorum", quorum.unwrap_or(PolicyName::NONE)]);
        text
    }

    fn name_of(&self, index: usize) -> Option<&[u8]> {
        self.definitions.get(index).map(|(name, _)| name.as_bytes())
    }
}
