//! Who must have signed a checkpoint: the register's word in the ledger's terms.

use counterseal_ledger::{
    HybridWitness, KeyName, Malformed, Policy, PolicyName, PublicKey, QuorumRule, VerifierKey,
    WitnessGroup as Group,
};

use super::Register;
use super::moment::Moment;
use super::witnesses::Quorum;
use crate::act::{Witness, WitnessGroup, WitnessName};
use crate::origin::LogKind;

impl Register {
    /// Whose signatures a checkpoint of either log needs at a moment: a log's of any generation so far,
    /// and a quorum of the witnesses. `None` while the mission has no hub or no witnesses. Whether the
    /// generation's checkpoints still count is `LogGeneration::admits`.
    #[must_use]
    pub fn log_policy(&self, at: Moment) -> Option<Policy> {
        let quorum = self.quorum(at)?;
        rule_of(quorum).and_then(|rule| rule.policy(self.log_keys(at)?)).ok()
    }

    /// Whose signatures a checkpoint needs that one witness shows: a log's, as in `log_policy`, and this
    /// witness's with both of its keys. `None` when it is none of the witnesses at that moment.
    #[must_use]
    pub fn witness_policy(&self, name: &WitnessName, at: Moment) -> Option<Policy> {
        let witness = self.quorum(at)?.witnesses.iter().find(|witness| witness.name == *name)?;
        let group = Group {
            name: PolicyName::parse(b"group:one").ok()?,
            trustees: false,
            threshold: 1,
            witnesses: vec![hybrid(witness).ok()?],
        };
        QuorumRule::weak(vec![group]).ok()?.policy(self.log_keys(at).ok()?).ok()
    }

    /// The keys of both logs, of every generation so far.
    fn log_keys(&self, at: Moment) -> Result<Vec<VerifierKey>, Malformed> {
        let generations = LogKind::ALL.iter().flat_map(|log| self.log_generations(*log, at));
        let keys: Result<Vec<_>, Malformed> = generations
            .map(|log| VerifierKey::new(KeyName::parse(&log.origin)?, PublicKey::Log(log.key)))
            .collect();
        // Names and keys were checked when the statements were taken.
        keys.and_then(|keys| match keys.is_empty() {
            true => Err(Malformed { what: "policy", why: "the mission has no hub" }),
            false => Ok(keys),
        })
    }
}

fn rule_of(quorum: &Quorum) -> Result<QuorumRule, Malformed> {
    let mut groups = Vec::new();
    for group in WitnessGroup::ALL {
        let witnesses = quorum.group(*group).map(hybrid).collect::<Result<Vec<_>, _>>()?;
        if !witnesses.is_empty() {
            groups.push(Group {
                name: PolicyName::parse(format!("group:{group}").as_bytes())?,
                trustees: *group == WitnessGroup::Trustee,
                threshold: usize::try_from(quorum.threshold(*group)).unwrap_or(usize::MAX),
                witnesses,
            });
        }
    }
    let faults = usize::try_from(quorum.faults).unwrap_or(usize::MAX);
    let rule = if quorum.is_weak() { QuorumRule::weak(groups) } else { QuorumRule::new(groups, faults) };
    rule.map_err(|_| Malformed { what: "quorum", why: "the ledger refuses it" })
}

fn hybrid(witness: &Witness) -> Result<HybridWitness, Malformed> {
    let name = KeyName::parse(witness.name.as_str())?;
    HybridWitness::new(&name, witness.key.ed25519, witness.key.ml_dsa_44.clone())
}
