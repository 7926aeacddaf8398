//! The rule that a mission's witnesses must obey (PROTOCOL section 2).

use std::collections::BTreeSet;

use super::parse::Builder;
use super::{Policy, PolicyName};
use crate::note::{HybridWitness, VerifierKey};
use crate::text::Malformed;

/// Witnesses of one kind, some of whom must have cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessGroup {
    /// The group's name in the policy.
    pub name: PolicyName,
    /// Whether these are the mission's trustees.
    pub trustees: bool,
    /// How many must have cosigned.
    pub threshold: usize,
    /// The witnesses.
    pub witnesses: Vec<HybridWitness>,
}

/// Why a rule protects too little.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuorumRefusal {
    /// No corrupt witness is planned for.
    #[error("the rule must plan for at least one corrupt witness")]
    NoFaults,
    /// A group's threshold is 0 or more than its witnesses.
    #[error("group {group} asks for {threshold} of {witnesses} witnesses")]
    Threshold {
        /// The group.
        group: PolicyName,
        /// How many must cosign.
        threshold: usize,
        /// How many there are.
        witnesses: usize,
    },
    /// Every group is of trustees.
    #[error("all witnesses are trustees; at least one group must not be")]
    OnlyTrustees,
    /// One name or key twice: one witness would count as two.
    #[error("{what} stands in the rule twice")]
    Twice {
        /// The name of the group or witness.
        what: String,
    },
    /// Two quorums can have too few honest witnesses in common (2k − w must be above f), or most of one can
    /// be corrupt and set the time (k must be above 2f).
    #[error(
        "with {k} of {w} witnesses and {f} corrupt, a log could show two trees or a false time; ask for more witnesses"
    )]
    TooWeak {
        /// The witnesses that must cosign, over all groups.
        k: usize,
        /// The witnesses there are.
        w: usize,
        /// The corrupt ones planned for.
        f: usize,
    },
}

/// k of w witnesses in groups, each group with a threshold that must be reached. Any two quorums have
/// at least 2k − w witnesses in common; when that is above f, one of them is honest, and a log cannot
/// show two trees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuorumRule {
    groups: Vec<WitnessGroup>,
    faults: usize,
}

impl QuorumRule {
    /// A rule that withstands `faults` corrupt witnesses.
    ///
    /// # Errors
    /// When it would not.
    pub fn new(groups: Vec<WitnessGroup>, faults: usize) -> Result<Self, QuorumRefusal> {
        if faults < 1 {
            return Err(QuorumRefusal::NoFaults);
        }
        Self::checked(groups, faults)
    }

    /// A rule that withstands none: one corrupt witness and the log can show two trees. For
    /// demonstrations and first days, and to be shown wherever its mission is shown.
    ///
    /// # Errors
    /// When two quorums could have no witness in common, or as `new`.
    pub fn weak(groups: Vec<WitnessGroup>) -> Result<Self, QuorumRefusal> {
        Self::checked(groups, 0)
    }

    fn checked(groups: Vec<WitnessGroup>, faults: usize) -> Result<Self, QuorumRefusal> {
        let mut seen = BTreeSet::new();
        for group in &groups {
            let (threshold, witnesses) = (group.threshold, group.witnesses.len());
            if threshold < 1 || threshold > witnesses {
                let group = group.name.clone();
                return Err(QuorumRefusal::Threshold { group, threshold, witnesses });
            }
            let keys = group.witnesses.iter().flat_map(|witness| {
                let keys = [witness.ed25519().key().as_bytes(), witness.ml_dsa_44().key().as_bytes()];
                keys.into_iter().chain([witness.name().as_str().as_bytes()])
            });
            if !keys.map(<[u8]>::to_vec).all(|key| seen.insert(key)) {
                return Err(QuorumRefusal::Twice { what: format!("a witness of group {}", group.name) });
            }
        }
        let mut names = BTreeSet::new();
        if let Some(group) = groups.iter().find(|group| !names.insert(&group.name)) {
            return Err(QuorumRefusal::Twice { what: format!("group {}", group.name) });
        }
        if groups.iter().all(|group| group.trustees) {
            return Err(QuorumRefusal::OnlyTrustees);
        }
        let k = groups.iter().map(|group| group.threshold).sum::<usize>();
        let w = groups.iter().map(|group| group.witnesses.len()).sum::<usize>();
        // Two quorums share an honest witness; and of one quorum's times the median is between honest ones.
        if (2 * k).saturating_sub(w) <= faults || k <= 2 * faults {
            return Err(QuorumRefusal::TooWeak { k, w, f: faults });
        }
        Ok(Self { groups, faults })
    }

    /// The corrupt witnesses planned for.
    #[must_use]
    pub const fn faults(&self) -> usize {
        self.faults
    }

    /// The groups.
    #[must_use]
    pub fn groups(&self) -> &[WitnessGroup] {
        &self.groups
    }

    /// The same as a policy for logs of these keys. A witness called `x` becomes the witnesses
    /// `x/04` and `x/06` and the group `x` of both; the groups become one of all, called `quorum`.
    ///
    /// # Errors
    /// When a key is not a log's, a group has a witness's name, or there are too many.
    pub fn policy(&self, logs: Vec<VerifierKey>) -> Result<Policy, Malformed> {
        let mut builder = Builder::default();
        logs.into_iter().try_for_each(|key| builder.log(key, None))?;
        for group in &self.groups {
            let mut members = Vec::new();
            for witness in &group.witnesses {
                let name = witness.name().as_str();
                let classical = PolicyName::parse(format!("{name}/04").as_bytes())?;
                let quantum = PolicyName::parse(format!("{name}/06").as_bytes())?;
                let both = PolicyName::parse(name.as_bytes())?;
                builder.witness(classical.clone(), witness.ed25519().clone(), None)?;
                builder.witness(quantum.clone(), witness.ml_dsa_44().clone(), None)?;
                builder.group(both.clone(), 2, &[classical, quantum])?;
                members.push(both);
            }
            builder.group(group.name.clone(), group.threshold, &members)?;
        }
        let groups: Vec<_> = self.groups.iter().map(|group| group.name.clone()).collect();
        let quorum = PolicyName::parse(b"quorum")?;
        builder.group(quorum.clone(), groups.len(), &groups)?;
        builder.quorum(Some(&quorum))?;
        builder.finish()
    }
}
