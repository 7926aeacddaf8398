//! Witnesses in memory. An honest one cosigns what continues what it cosigned; a corrupt one anything.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::convert::Infallible;

use counterseal_ledger::{
    AddCheckpoint, ConsistencyProof, Cosigner, KeyName, Pending, Seed, SignatureLine, SignedCheckpoint, Swap,
    TreeHead, VerifiedCheckpoint, VerifierKey, Witness, WitnessStore, subtree_message,
};
use counterseal_node::{Desk, Silence, WitnessSaid, WitnessWord};
use counterseal_register::{HybridKey, Witness as Named, WitnessGroup, WitnessName};

use crate::mission::SimError;

/// A witness of both logs.
pub struct SimWitness {
    name: String,
    cosigner: Cosigner,
    quantum: ml_dsa::SigningKey<ml_dsa::MlDsa44>,
    last: RefCell<Vec<VerifiedCheckpoint>>,
    /// What it shows whoever polls it, by origin.
    cosigned: RefCell<BTreeMap<String, Vec<u8>>>,
    /// Whether it cosigns whatever it is shown.
    pub corrupt: bool,
    /// Whether it can be reached.
    pub reachable: bool,
    /// Whether it stores without comparing, which is a bug.
    pub careless: bool,
}

/// So many witnesses, with keys that follow from their names.
///
/// # Errors
/// When the library refuses a key.
pub fn witnesses(count: u8) -> Result<Vec<SimWitness>, SimError> {
    (1..=count).map(SimWitness::new).collect()
}

impl SimWitness {
    fn new(number: u8) -> Result<Self, SimError> {
        let name = format!("witness-{number}");
        let seed = |purpose: u8| Seed::from_bytes([number, purpose].repeat(16).try_into().unwrap_or([0; 32]));
        let key_name = KeyName::parse(&name).map_err(SimError::malformed)?;
        let cosigner = Cosigner::new(&key_name, &seed(1), &seed(2)).map_err(|_| SimError::Key)?;
        let quantum = ml_dsa::SigningKey::from_seed(&(*seed(2).reveal()).into());
        let (last, cosigned) = (RefCell::default(), RefCell::default());
        let (corrupt, reachable, careless) = (false, true, false);
        Ok(Self { name, cosigner, quantum, last, cosigned, corrupt, reachable, careless })
    }

    /// As the register names it.
    #[must_use]
    pub fn named(&self) -> Option<Named> {
        let public = self.cosigner.public();
        let key = HybridKey {
            ed25519: public.ed25519().key().as_bytes().try_into().ok()?,
            ml_dsa_44: Box::new(public.ml_dsa_44().key().as_bytes().try_into().ok()?),
        };
        let name = WitnessName::parse(&self.name)?;
        Some(Named { name, key, group: WitnessGroup::Independent, url: None, extra: Default::default() })
    }

    /// Size of what it cosigned last of a log.
    pub(crate) fn last_size(&self, origin: &KeyName) -> u64 {
        self.last.borrow().iter().find(|last| last.origin() == origin).map_or(0, |last| last.head().size)
    }

    /// Cosigns a checkpoint, if it may.
    pub(crate) fn cosign(
        &self,
        key: &VerifierKey,
        checkpoint: &SignedCheckpoint,
        proof: ConsistencyProof,
        now: u64,
    ) -> Option<[SignatureLine; 2]> {
        if !self.reachable {
            return None;
        }
        if self.corrupt {
            self.last.borrow_mut().clear();
        }
        let origin = key.name();
        let latest = self.last.borrow().iter().find(|last| last.origin() == origin).cloned();
        let old_size = latest.as_ref().map_or(0, |latest| latest.head().size);
        let request = AddCheckpoint { old_size, proof, checkpoint: checkpoint.clone() };
        let pending = Witness::new(vec![key.clone()]).decide(request, latest.as_ref()).ok()?;
        let lines = self.commit(pending, now)?;
        let mut note = checkpoint.clone();
        note.add(lines.iter().cloned()).ok()?;
        self.cosigned.borrow_mut().insert(origin.to_string(), note.to_string().into_bytes());
        Some(lines)
    }

    /// Decides on a request, as if nothing else went on.
    pub(crate) fn decide(&self, key: &VerifierKey, request: AddCheckpoint) -> Option<Pending> {
        if !self.reachable {
            return None;
        }
        if self.corrupt {
            self.last.borrow_mut().retain(|last| last.origin() != key.name());
        }
        let latest = self.last.borrow().iter().find(|last| last.origin() == key.name()).cloned();
        Witness::new(vec![key.clone()]).decide(request, latest.as_ref()).ok()
    }

    /// Stores what was decided on and cosigns it. The library's ML-DSA draws randomness; the same signature in
    /// its deterministic form makes runs repeatable, and verifies alike.
    pub(crate) fn commit(&self, pending: Pending, now: u64) -> Option<[SignatureLine; 2]> {
        use ml_dsa::signature::Signer;
        let (origin, head) = (pending.checkpoint().origin().clone(), pending.checkpoint().head());
        let [classical, mut quantum] = pending.commit(self, &self.cosigner, now).ok()?;
        let name = self.cosigner.public().name();
        let message = subtree_message(name, now, &origin, 0, head.size, &head.root);
        let signature = self.quantum.try_sign(&message).ok()?.encode();
        quantum.signature = [now.to_be_bytes().as_slice(), signature.as_slice()].concat();
        Some([classical, quantum])
    }

    /// What it cosigned last of a log.
    pub(crate) fn last(&self, origin: &KeyName) -> Option<VerifiedCheckpoint> {
        self.last.borrow().iter().find(|last| last.origin() == origin).cloned()
    }

    /// `GET /<SHA-256 of the origin>/checkpoint`, as a desk asks for it.
    fn answer(&self, path: &str) -> WitnessSaid {
        if !self.reachable {
            return WitnessSaid::Silent(Silence::Late);
        }
        let cosigned = self.cosigned.borrow();
        let is_asked = |origin: &str| {
            KeyName::parse(origin).is_ok_and(|name| format!("{}/checkpoint", name.mirror_folder()) == path)
        };
        let found = cosigned.iter().find(|(origin, _)| is_asked(origin));
        found.map_or(WitnessSaid::Nothing, |(_, note)| WitnessSaid::Note(note.clone()))
    }
}

/// Asks all witnesses of a desk's register, as its connection does.
#[must_use]
pub fn poll(desk: &Desk, witnesses: &[SimWitness]) -> Vec<WitnessWord> {
    let mut words = Vec::new();
    for target in desk.witnesses_to_poll() {
        let asked = witnesses.iter().find(|witness| witness.name == target.witness.as_str());
        for (log, path) in target.files {
            let said = asked.map_or(WitnessSaid::Silent(Silence::NoAddress), |witness| witness.answer(&path));
            words.push(WitnessWord { witness: target.witness.clone(), log, said });
        }
    }
    words
}

impl WitnessStore for SimWitness {
    type Error = Infallible;

    fn compare_and_set(&self, old: Option<TreeHead>, new: &VerifiedCheckpoint) -> Result<Swap, Infallible> {
        let mut last = self.last.borrow_mut();
        let known = last.iter().position(|known| known.origin() == new.origin());
        let head = known.and_then(|at| last.get(at)).map(VerifiedCheckpoint::head);
        if head != old && !self.careless {
            return Ok(Swap::Differs { size: head.map_or(0, |head| head.size) });
        }
        last.retain(|known| known.origin() != new.origin());
        last.push(new.clone());
        Ok(Swap::Stored)
    }
}
