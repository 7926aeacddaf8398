//! What left is put down, signed, in the commit that lets it out; its leaf follows into the log with the next session.

use counterseal_model::cbor::from_bytes_strict;
use counterseal_model::{Code, CompartmentId};
use counterseal_register::{Bytes, Disclosed, DisclosedAs, Label, PartRef, Signed, sha256};
use counterseal_seal::sign_statement;

use crate::desk::Desk;
use crate::desk::opening::Outside;
use crate::desk::statements::random;
use crate::error::NodeError;

/// What is about to leave.
pub(super) struct Leaving {
    pub(super) how: DisclosedAs,
    pub(super) compartment: CompartmentId,
    pub(super) parts: Vec<PartRef>,
    pub(super) to: Option<CompartmentId>,
    pub(super) purpose: Code,
    pub(super) recipient: Code,
    pub(super) digest: [u8; 32],
}

/// What this desk let out, as it is kept.
pub(super) struct Kept {
    pub(super) hash: [u8; 32],
    pub(super) said: Disclosed,
    pub(super) signed: Vec<u8>,
    pub(super) leaf: Option<u64>,
}

impl Desk {
    /// Puts down what leaves, in the transaction in which it does.
    ///
    /// # Errors
    /// When it cannot be signed or kept.
    pub(super) fn keep_disclosed(&mut self, leaving: Leaving) -> Result<(), NodeError> {
        let Leaving { how, compartment, mut parts, to, purpose, recipient, digest } = leaving;
        parts.sort_unstable();
        let said = Disclosed {
            mission: self.mission(),
            id: Bytes(random(&mut self.rng)),
            by: self.device(),
            how,
            compartment,
            parts,
            to,
            purpose,
            recipient,
            digest: Bytes(digest),
            made: self.now(),
            extra: Default::default(),
        };
        let signed = sign_statement(&said.payload(), Label::OPENING_DISCLOSED, &[&self.secrets])?;
        let (bytes, made) = (signed.bytes(), said.made.0);
        self.commit_staged(|tx| {
            let mut insert =
                tx.prepare_cached("INSERT INTO disclosed (hash, signed, made) VALUES (?1, ?2, ?3)")?;
            insert.execute((sha256(&[bytes]), bytes, made))?;
            Ok(())
        })
    }

    /// How many of this desk's disclosures the log does not have yet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn unlogged_disclosures(&self) -> Result<u64, NodeError> {
        let sql = "SELECT count(*) FROM disclosed WHERE leaf IS NULL";
        self.store.read(|db| Ok(db.query_row(sql, [], |row| row.get::<_, i64>(0))?.cast_unsigned()))
    }

    /// Puts the leaves of what was let out into the log; each index and proof is durable here before the next is sent.
    /// What fails stays due, and is no failure. Gives how many leaves the log took.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn log_disclosures(&mut self, outside: &mut dyn Outside) -> Result<u64, NodeError> {
        let mut logged = 0;
        for kept in self.disclosed_here()?.into_iter().filter(|kept| kept.leaf.is_none()) {
            let leaf = kept.said.leaf(&kept.signed);
            let leaf = leaf.map_err(|error| NodeError::Verification(error.to_string()))?;
            let Ok(index) = outside.push_leaf(self, &leaf) else { break };
            let Ok(proof) = outside.prove_leaf(self, &leaf, index) else { break };
            self.store.commit(|tx| {
                let mut note =
                    tx.prepare_cached("UPDATE disclosed SET leaf = ?2, proof = ?3 WHERE hash = ?1")?;
                note.execute((kept.hash, index.cast_signed(), &proof))?;
                Ok::<_, NodeError>(())
            })?;
            logged += 1;
        }
        Ok(logged)
    }

    /// What this desk let out, the oldest first.
    pub(super) fn disclosed_here(&self) -> Result<Vec<Kept>, NodeError> {
        type Columns = ([u8; 32], Vec<u8>, Option<i64>);
        let rows = self.store.read(|db| {
            let mut list =
                db.prepare_cached("SELECT hash, signed, leaf FROM disclosed ORDER BY made, hash")?;
            let rows = list.query_map([], |row| row.try_into() as rusqlite::Result<Columns>)?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        let read = |(hash, signed, leaf): Columns| {
            let envelope =
                Signed::parse(&signed).map_err(|error| NodeError::Verification(error.to_string()))?;
            let said = from_bytes_strict(envelope.payload())?;
            Ok(Kept { hash, said, leaf: leaf.map(i64::cast_unsigned), signed })
        };
        rows.into_iter().map(read).collect()
    }
}
