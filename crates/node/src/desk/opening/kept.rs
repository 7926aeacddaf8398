//! Requests of this desk, with their receipts and the trustees' answers.

use counterseal_model::cbor::from_bytes_strict;
use counterseal_register::{OpeningRequest, OpeningResponse, Outcome, Signed, SignedBody};

use super::answers::Heard;
use super::receipt::OpeningReceipt;
use super::request::SignedAsking;
use crate::desk::Desk;
use crate::error::NodeError;

/// A request that this desk made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningView {
    /// What names it.
    pub hash: [u8; 32],
    /// The index of its leaf.
    pub leaf: u64,
    /// What was asked.
    pub request: OpeningRequest,
    /// How many trustees released, and how many refused.
    pub released: usize,
    /// How many refused.
    pub refused: usize,
}

impl Desk {
    pub(super) fn keep_request(
        &mut self,
        asked: &SignedAsking,
        leaf: u64,
        proof: &[u8],
    ) -> Result<(), NodeError> {
        self.store.commit(|tx| {
            tx.prepare_cached(
                "INSERT OR IGNORE INTO opening (hash, signed, proof, leaf, made) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((
                asked.hash,
                &asked.bytes,
                proof,
                leaf.cast_signed(),
                asked.request.made.0,
            ))?;
            Ok(())
        })
    }

    pub(super) fn keep_answers(&mut self, asked: &SignedAsking, heard: &Heard) -> Result<(), NodeError> {
        self.store.commit(|tx| {
            let mut insert = tx.prepare_cached(
                "INSERT OR IGNORE INTO opening_answer (opening, trustee, signed) VALUES (?1, ?2, ?3)",
            )?;
            for (trustee, signed) in &heard.signed {
                insert.execute((asked.hash, trustee.0, signed))?;
            }
            Ok(())
        })
    }

    /// The requests of this desk, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn my_openings(&self) -> Result<Vec<OpeningView>, NodeError> {
        let rows = self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT hash, leaf, signed, (SELECT group_concat(hex(signed)) FROM opening_answer a
                 WHERE a.opening = o.hash) FROM opening o ORDER BY made DESC, leaf DESC",
            )?;
            type Columns = ([u8; 32], i64, Vec<u8>, Option<String>);
            let rows = list.query_map([], |row| row.try_into() as rusqlite::Result<Columns>)?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        rows.into_iter()
            .map(|(hash, leaf, signed, answers)| {
                let outcomes: Vec<Outcome> = answers
                    .unwrap_or_default()
                    .split(',')
                    .filter_map(|text| hex::decode(text).ok())
                    .filter_map(|bytes| SignedBody::<OpeningResponse>::parse(&bytes).ok())
                    .map(|response| response.claims().outcome)
                    .collect();
                let count = |wanted| outcomes.iter().filter(|outcome| **outcome == wanted).count();
                Ok(OpeningView {
                    hash,
                    leaf: leaf.cast_unsigned(),
                    request: read_request(&signed)?,
                    released: count(Outcome::Released),
                    refused: count(Outcome::Refused),
                })
            })
            .collect()
    }

    /// The receipt of a request of this desk, by the first digits of what names it.
    ///
    /// # Errors
    /// `Ambiguous` when there is none or there are several.
    pub fn opening_receipt(&self, prefix: &str) -> Result<OpeningReceipt, NodeError> {
        let prefix = prefix.to_ascii_lowercase();
        let found = self.store.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT hash, signed, proof FROM opening WHERE lower(hex(hash)) LIKE ?1 || '%' LIMIT 2",
            )?;
            type Columns = ([u8; 32], Vec<u8>, Vec<u8>);
            let plain = prefix.bytes().all(|b| b.is_ascii_hexdigit()) && prefix.len() >= 8;
            let rows = find.query_map([if plain { &prefix } else { "-" }], |row| {
                row.try_into() as rusqlite::Result<Columns>
            })?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        let [(hash, request, proof)] = found.as_slice() else {
            return Err(NodeError::Ambiguous { what: "opening", prefix, count: found.len() });
        };
        let answers = self.store.read(|db| {
            let mut list =
                db.prepare_cached("SELECT signed FROM opening_answer WHERE opening = ?1 ORDER BY trustee")?;
            let rows = list.query_map([hash], |row| row.get(0))?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<Vec<u8>>, _>>()?)
        })?;
        OpeningReceipt::assemble(request, proof, &answers)
    }
}

/// A request that was verified when it was made or taken in.
pub(super) fn read_request(signed: &[u8]) -> Result<OpeningRequest, NodeError> {
    let signed = Signed::parse(signed).map_err(|error| NodeError::Verification(error.to_string()))?;
    Ok(from_bytes_strict(signed.payload())?)
}
