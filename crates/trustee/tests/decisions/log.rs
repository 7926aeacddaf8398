//! A journal log with its hub's key and its witnesses.

use std::cell::RefCell;
use std::convert::Infallible;

use counterseal_ledger::*;

pub(crate) fn name(text: &str) -> KeyName {
    KeyName::parse(text).unwrap()
}

pub(crate) fn cosigner(witness: &str, seed: u8) -> Cosigner {
    let (one, other) = (Seed::from_bytes([seed; 32]), Seed::from_bytes([seed ^ 0x80; 32]));
    Cosigner::new(&name(witness), &one, &other).unwrap()
}

pub(crate) struct Log {
    signer: LogSigner,
    edge: Edge,
    pub(crate) leaves: Vec<Vec<u8>>,
}

struct Nodes<'a>(&'a [Vec<u8>]);

fn root_of(leaves: &[Vec<u8>]) -> Hash {
    let mut frontier = Frontier::new();
    leaves.iter().for_each(|leaf| frontier.push(Hash::leaf(leaf)));
    frontier.root()
}

impl NodeReader for Nodes<'_> {
    type Error = Infallible;
    fn node(&mut self, level: u32, index: u64) -> Result<Hash, Infallible> {
        Ok(root_of(&self.0[(index << level) as usize..((index + 1) << level) as usize]))
    }
}

struct Memory(RefCell<Option<VerifiedCheckpoint>>);

impl WitnessStore for Memory {
    type Error = &'static str;
    fn compare_and_set(&self, _: Option<TreeHead>, new: &VerifiedCheckpoint) -> Result<Swap, &'static str> {
        *self.0.borrow_mut() = Some(new.clone());
        Ok(Swap::Stored)
    }
}

impl Log {
    pub(crate) fn new(origin: &str, seed: u8) -> Self {
        let signer = LogSigner::new(name(origin), &Seed::from_bytes([seed; 32])).unwrap();
        Self { signer, edge: Edge::new(), leaves: Vec::new() }
    }

    pub(crate) fn key(&self) -> [u8; 32] {
        match self.signer.public().key() {
            PublicKey::Log(key) => *key,
            _ => panic!("a log has a log's key"),
        }
    }

    pub(crate) fn append(&mut self, leaf: &[u8]) -> (u64, VerifiedCheckpoint) {
        let growth = self.edge.grow(&[leaf.to_vec()]).unwrap();
        let (checkpoint, edge) = growth.durable().sign(&self.signer).unwrap().stored();
        self.edge = edge;
        self.leaves.push(leaf.to_vec());
        (self.leaves.len() as u64 - 1, checkpoint)
    }

    /// The checkpoint, cosigned by these witnesses at a time.
    pub(crate) fn cosigned(
        &self,
        checkpoint: &VerifiedCheckpoint,
        by: &[Cosigner],
        time: i64,
    ) -> SignedCheckpoint {
        let mut signed = checkpoint.signed().clone();
        for one in by {
            let request = AddCheckpoint {
                old_size: 0,
                proof: ConsistencyProof::from_hashes(Vec::new()).unwrap(),
                checkpoint: checkpoint.signed().clone(),
            };
            let witness = Witness::new(vec![self.signer.public().clone()]);
            let pending = witness.decide(request, None).unwrap();
            signed.add(pending.commit(&Memory(RefCell::new(None)), one, time as u64).unwrap()).unwrap();
        }
        signed
    }

    pub(crate) fn receipt(&self, index: u64, checkpoint: SignedCheckpoint) -> Receipt {
        let size = checkpoint.claims().head().size;
        let proof = InclusionProof::make(index, size, &mut Nodes(&self.leaves)).unwrap();
        Receipt { extra: None, index, proof, checkpoint }
    }

    pub(crate) fn frontier(&self) -> Frontier {
        let mut frontier = Frontier::new();
        self.leaves.iter().for_each(|leaf| frontier.push(Hash::leaf(leaf)));
        frontier
    }
}
