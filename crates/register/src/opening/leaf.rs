//! An opening's leaf in the journal log: type and count in the clear, the rest a Merkle root over salted items, so
//! that a notice can show one part of an opening without the others.

use counterseal_ledger::{Frontier, Hash};

use super::request::{OpeningRequest, request_hash};
use crate::act::PartRef;
use crate::hash::sha256;
use crate::label::Label;
use crate::leaf::{JournalLeaf, LeafRefusal, LeafType};

/// The salt of item `index` of a request with this id: 0 is the request itself, its parts follow.
fn salt(id: &[u8; 32], index: u32) -> [u8; 32] {
    sha256(&[Label::LEAF_OPENING_SALT.bytes(), id, &index.to_be_bytes()])
}

/// The item of a part, at place `index` from 1.
#[must_use]
pub fn opening_item(id: &[u8; 32], index: u32, part: PartRef) -> [u8; 32] {
    let body = [part.entry.as_bytes().as_slice(), &part.index.to_be_bytes()].concat();
    sha256(&[Label::LEAF_OPENING_ITEM.bytes(), &salt(id, index), &body])
}

/// The leaf of a signed request. The desk computes it and gives the hub the leaf alone; a trustee computes it again.
///
/// # Errors
/// `BadCount`, when the request names no parts.
pub fn opening_leaf(signed: &[u8], request: &OpeningRequest) -> Result<JournalLeaf, LeafRefusal> {
    let id = &request.id.0;
    let mut tree = Frontier::new();
    let whole = sha256(&[Label::LEAF_OPENING_ITEM.bytes(), &salt(id, 0), &request_hash(signed)]);
    tree.push(Hash::leaf(&whole));
    for (index, part) in (1..).zip(&request.parts) {
        tree.push(Hash::leaf(&opening_item(id, index, *part)));
    }
    let count = u32::try_from(request.parts.len()).unwrap_or(u32::MAX);
    JournalLeaf::committing(LeafType::Opening, count, *tree.root().as_bytes())
}
