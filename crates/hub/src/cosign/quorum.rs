//! Which of the register's witnesses have cosigned a checkpoint, and whether they are a quorum.

use std::collections::BTreeSet;

use counterseal_ledger::{HybridWitness, KeyName, SignedCheckpoint};
use counterseal_register::{Quorum, Witness, WitnessName};

/// The witnesses whose both keys have signed at one time: a time that one algorithm alone vouches for is a
/// forger's if that algorithm is broken.
pub(super) fn cosigned_by(checkpoint: &SignedCheckpoint, quorum: &Quorum) -> BTreeSet<WitnessName> {
    let has = |witness: &&Witness| has_cosigned(checkpoint, witness).unwrap_or(false);
    quorum.witnesses.iter().filter(has).map(|witness| witness.name.clone()).collect()
}

/// Whether those who have cosigned are a quorum.
pub(super) fn is_quorum(checkpoint: &SignedCheckpoint, quorum: &Quorum) -> bool {
    quorum.is_reached_by(&cosigned_by(checkpoint, quorum))
}

fn has_cosigned(checkpoint: &SignedCheckpoint, witness: &Witness) -> Option<bool> {
    let name = KeyName::parse(witness.name.as_str()).ok()?;
    let keys = HybridWitness::new(&name, witness.key.ed25519, witness.key.ml_dsa_44.clone()).ok()?;
    let classical = checkpoint.cosigned_at(keys.ed25519()).ok()?;
    let quantum = checkpoint.cosigned_at(keys.ml_dsa_44()).ok()?;
    Some(classical.iter().any(|time| quantum.contains(time)))
}
