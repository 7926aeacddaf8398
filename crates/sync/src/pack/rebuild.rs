//! Taking a signed header apart and putting it together again, byte for byte.

use counterseal_model::cbor::{from_bytes_strict, to_bytes};
use counterseal_model::{EntryId, MissionId};
use counterseal_register::{
    Algorithm, Bytes, CoseSignature, Entry, EntryHeader, PartHeader, SUITE, Signed, TAG_LEN, sha256,
};

use super::table::{Context, Seen};

/// What of a signed header cannot be computed from the rest of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Essence {
    pub(super) context: Context,
    pub(super) seq: u64,
    pub(super) prev: EntryId,
    pub(super) continues: Option<EntryId>,
    pub(super) seen: Seen,
    pub(super) salt_signature: Bytes<96>,
}

/// Takes an entry's header apart. `None` where putting it together again would not give the same bytes:
/// then it travels plain.
pub(super) fn essence(mission: &MissionId, entry: &Entry) -> Option<Essence> {
    let signed = Signed::parse(&entry.header).ok()?;
    let header: EntryHeader = from_bytes_strict(signed.payload()).ok()?;
    let signature = signature_of(&signed)?;
    let mut salt_signature = Bytes::<96>::ZERO;
    salt_signature
        .0
        .iter_mut()
        .zip(header.salt.0.iter().chain(&signature))
        .for_each(|(to, from)| *to = *from);
    let essence = Essence {
        context: Context {
            compartment: header.compartment,
            epoch: header.epoch,
            device: header.device,
            journal: header.journal,
        },
        seq: header.seq,
        prev: header.prev,
        continues: header.continues,
        seen: (header.statements_seen, header.journal_seen),
        salt_signature,
    };
    // `Place` leaves out what these imply.
    let first = header.seq == 0;
    if first != (header.prev == EntryHeader::NO_PREV) || (!first && header.continues.is_some()) {
        return None;
    }
    let parts: Vec<PartHeader> = describe_all(entry.ciphertexts.iter().map(Vec::as_slice))?;
    (rebuild(mission, &essence, parts) == entry.header).then_some(essence)
}

/// The envelope's signature, if it is of 64 bytes. That it is the only one, and by which key, is seen
/// when the envelope put together is another.
fn signature_of(signed: &Signed) -> Option<[u8; 64]> {
    let bytes = signed.bytes();
    bytes.last_chunk::<64>().copied()
}

/// The parts of a header, computed from the ciphertexts. `None` when one is shorter than its tag.
pub(super) fn describe_all<'a>(ciphertexts: impl Iterator<Item = &'a [u8]>) -> Option<Vec<PartHeader>> {
    ciphertexts
        .map(|ciphertext| {
            let padded_length = (ciphertext.len() as u64).checked_sub(TAG_LEN)?;
            Some(PartHeader::open(sha256(&[ciphertext]), padded_length))
        })
        .collect()
}

/// The signed header that has this essence and these parts.
pub(super) fn rebuild(mission: &MissionId, essence: &Essence, parts: Vec<PartHeader>) -> Vec<u8> {
    let (salt, signature) = essence.salt_signature.0.split_first_chunk::<32>().unwrap_or((&[0; 32], &[]));
    let header = EntryHeader {
        suite: SUITE,
        mission: *mission,
        compartment: essence.context.compartment,
        epoch: essence.context.epoch,
        device: essence.context.device,
        journal: essence.context.journal,
        seq: essence.seq,
        prev: essence.prev,
        continues: essence.continues,
        salt: Bytes(*salt),
        trustee_set: None,
        parts,
        trustees: Vec::new(),
        statements_seen: essence.seen.0,
        journal_seen: essence.seen.1,
        extra: Default::default(),
    };
    let one = CoseSignature {
        algorithm: Algorithm::Ed25519,
        kid: essence.context.device.into(),
        signature: signature.to_vec(),
    };
    Signed::assemble(&to_bytes(&header), vec![one]).bytes().to_vec()
}
