//! Notes, checkpoints, receipts, policies, requests, tiles (docs/spec/ledger.md).

use counterseal_ledger::{
    AddCheckpoint, Answer, Checkpoint, Frontier, Hash, LogPath, Note, Policy, Receipt, SignatureLine,
    SignedCheckpoint, Split, VerifierKey, decode_bundle, encode_bundle,
};

use crate::same;

/// Everything that a log, a witness or a mirror may send as text.
pub fn notes(bytes: &[u8]) {
    if let Ok(note) = Note::parse(bytes) {
        same(note.to_string().as_bytes(), bytes, "note");
    }
    if let Ok(signed) = SignedCheckpoint::parse(bytes) {
        same(signed.to_string().as_bytes(), bytes, "signed checkpoint");
        let _ = signed.verify(&[]);
    }
    if let Ok(request) = AddCheckpoint::parse(bytes) {
        same(request.to_string().as_bytes(), bytes, "request to a witness");
    }
    if let Ok(receipt) = Receipt::parse(bytes) {
        same(receipt.to_string().as_bytes(), bytes, "receipt");
    }
    if let Ok(policy) = Policy::parse(bytes) {
        let again = policy.to_bytes();
        assert!(Policy::parse(&again).is_ok_and(|other| other == policy), "policy read as another");
    }
    if let Ok(text) = str::from_utf8(bytes) {
        if let Ok(key) = VerifierKey::parse(text) {
            same(key.to_string().as_bytes(), bytes, "key");
        }
        if let Ok(checkpoint) = Checkpoint::parse(text) {
            same(checkpoint.text().as_bytes(), bytes, "checkpoint");
        }
        if let Ok(line) = SignatureLine::parse(text) {
            same(line.to_string().as_bytes(), bytes, "signature line");
        }
    }
    for status in [200, 409] {
        let _ = Answer::parse(status, bytes);
    }
    let _ = Split::check(bytes, &[]);
}

/// Tiles, bundles of entries, their paths, right edges. The first two bytes choose a width.
pub fn tiles(bytes: &[u8]) {
    if let Ok(path) = str::from_utf8(bytes).map_err(drop).and_then(|text| LogPath::parse(text).map_err(drop))
    {
        same(path.to_string().as_bytes(), bytes, "path");
    }
    if let Ok(frontier) = Frontier::from_bytes(bytes) {
        same(&frontier.to_bytes(), bytes, "right edge");
        let mut longer = frontier.clone();
        longer.push(Hash::from_bytes([7; 32]));
        assert_eq!(longer.size(), frontier.size() + 1, "an edge grows by one leaf");
    }
    let Some((width, rest)) = bytes.split_first_chunk::<2>() else { return };
    let width = u16::from_be_bytes(*width) % 257;
    if let Ok(entries) = decode_bundle(rest, width) {
        assert_eq!(entries.len(), usize::from(width), "as many entries as the width says");
        assert!(encode_bundle(&entries).is_ok_and(|again| again == rest), "bundle written otherwise");
    }
}
