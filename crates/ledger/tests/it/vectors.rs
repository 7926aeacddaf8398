//! The Merkle proofs of transparency-dev/merkle's testdata, walked by folder, accepted and refused as each
//! file says.

use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding};
use counterseal_ledger::*;
use serde_json::Value;

use crate::common::shared;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Base64 as the vectors have it. Some have texts where hashes should be, and mean only that two are
/// equal or differ: those stand here as the hash of the text. Where there is nothing, there is no hash.
fn hash(value: &Value) -> Option<Hash> {
    let bytes = Base64::decode_vec(value.as_str()?).ok().filter(|bytes| !bytes.is_empty())?;
    Some(bytes.try_into().map_or_else(|text: Vec<u8>| Hash::leaf(&text), Hash::from_bytes))
}

fn proof(value: &Value) -> Option<Vec<Hash>> {
    value["proof"].as_array().map_or(Some(Vec::new()), |list| list.iter().map(hash).collect())
}

fn number(value: &Value, field: &str) -> u64 {
    value[field].as_u64().unwrap()
}

fn inclusion(v: &Value) -> Option<()> {
    let head = TreeHead { size: number(v, "treeSize"), root: hash(&v["root"])? };
    let proof = InclusionProof::from_hashes(proof(v)?).ok()?;
    proof.verify(number(v, "leafIdx"), &hash(&v["leafHash"])?, &head).ok()
}

fn consistency(v: &Value) -> Option<()> {
    let old = TreeHead { size: number(v, "size1"), root: hash(&v["root1"])? };
    let new = TreeHead { size: number(v, "size2"), root: hash(&v["root2"])? };
    ConsistencyProof::from_hashes(proof(v)?).ok()?.verify(&old, &new).ok()
}

fn subtree_inclusion(v: &Value) -> Option<()> {
    let subtree = Subtree::new(number(v, "start"), number(v, "end"))?;
    let proof = InclusionProof::from_hashes(proof(v)?).ok()?;
    let (leaf, root) = (hash(&v["leafHash"])?, hash(&v["root"])?);
    proof.verify_in_subtree(number(v, "leafIdx"), &leaf, &subtree, &root).ok()
}

fn subtree_consistency(v: &Value) -> Option<()> {
    let subtree = Subtree::new(number(v, "start"), number(v, "end"))?;
    let head = TreeHead { size: number(v, "size"), root: hash(&v["root2"])? };
    SubtreeProof::from_hashes(proof(v)?).ok()?.verify(&subtree, &hash(&v["root1"])?, &head).ok()
}

#[test]
fn published_proofs_are_accepted_and_refused_as_they_say() {
    let Some(root) = shared("data/vectors/merkle/testdata") else { return };
    type Check = fn(&Value) -> Option<()>;
    let kinds: [(&str, Check, usize); 4] = [
        ("inclusion", inclusion, 98),
        ("consistency", consistency, 98),
        ("subtreeinclusion", subtree_inclusion, 204),
        ("subtreeconsistency", subtree_consistency, 118),
    ];
    for (kind, check, expected) in kinds {
        let mut paths = Vec::new();
        files(&root.join(kind), &mut paths);
        let (mut accepted, mut wrong) = (0, Vec::new());
        for path in &paths {
            let vector: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
            let outcome = check(&vector).is_some();
            accepted += usize::from(outcome);
            if outcome == vector["wantErr"].as_bool().unwrap() {
                wrong.push(path.display().to_string());
            }
        }
        println!("{kind}: {} files, {accepted} accepted, {} refused", paths.len(), paths.len() - accepted);
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(paths.len() >= expected && accepted > 4, "{kind}: vectors are missing");
    }
}
