//! The tree and its proofs against a naive one.

use counterseal_ledger::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::common::*;

const LARGEST: u64 = 130;

#[test]
fn appending_gives_the_roots_of_the_definition() {
    let mut naive = Naive::of(&entries(300));
    let mut frontier = Frontier::new();
    assert_eq!(frontier.head(), TreeHead::EMPTY);
    for size in 1..=300 {
        frontier.push(naive.0[size as usize - 1]);
        assert_eq!(frontier.head(), naive.head(size), "{size}");
        assert_eq!(Frontier::read(size, &mut naive), Ok(frontier.clone()), "{size}");
        assert_eq!(Frontier::from_bytes(&frontier.to_bytes()), Ok(frontier.clone()));
    }
}

#[test]
fn hashes_are_those_of_rfc_6962() {
    // The empty root and the hash of the empty leaf, as in RFC 6962's and Go's own tests.
    let empty_leaf = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
    assert_eq!(hex::encode(Hash::leaf(b"").as_bytes()), empty_leaf);
    assert_eq!(Hash::EMPTY_ROOT.to_string(), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    let (a, b) = (Hash::leaf(b"a"), Hash::leaf(b"b"));
    assert_ne!(Hash::node(&a, &b), Hash::node(&b, &a));
    assert_ne!(Hash::node(&a, &b), Hash::leaf(&[*a.as_bytes(), *b.as_bytes()].concat()));
}

#[test]
fn a_frontier_is_read_only_in_its_one_form() {
    let mut frontier = Frontier::new();
    Naive::of(&entries(7)).0.into_iter().for_each(|leaf| frontier.push(leaf));
    let bytes = frontier.to_bytes();
    assert_eq!(bytes.len(), 8 + 3 * 32);
    for cut in 0..bytes.len() {
        assert!(Frontier::from_bytes(&bytes[..cut]).is_err(), "{cut}");
    }
    assert!(Frontier::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
    assert!(Frontier::from_bytes(&[&bytes[..], &[0; 32]].concat()).is_err());
    let mut larger = bytes.clone();
    larger[7] = 8;
    assert!(Frontier::from_bytes(&larger).is_err(), "fewer bits than hashes");
    larger[0] = 0x80;
    larger[7] = 6;
    assert!(Frontier::from_bytes(&larger).is_err(), "a size above 2^63 - 1");
}

#[test]
fn every_leaf_is_proved_and_nothing_else() {
    let mut naive = Naive::of(&entries(LARGEST));
    let leaves = naive.0.clone();
    for size in 1..=LARGEST {
        let head = naive.head(size);
        for index in 0..size {
            let proof = InclusionProof::make(index, size, &mut naive).unwrap();
            let leaf = leaves[index as usize];
            assert_eq!(proof.verify(index, &leaf, &head), Ok(()), "{index} of {size}");
            if size.is_multiple_of(13) {
                inclusion_refusals(&proof, index, &leaf, &head);
            }
        }
    }
}

fn inclusion_refusals(proof: &InclusionProof, index: u64, leaf: &Hash, head: &TreeHead) {
    let other = Hash::leaf(b"another");
    assert_eq!(proof.verify(index, &other, head), Err(ProofRefusal::Mismatch));
    assert_eq!(proof.verify(index, leaf, &TreeHead { root: other, ..*head }), Err(ProofRefusal::Mismatch));
    for wrong in (0..head.size + 2).filter(|wrong| *wrong != index) {
        assert!(proof.verify(wrong, leaf, head).is_err(), "{index} passes for {wrong} of {}", head.size);
    }
    let hashes = proof.hashes().to_vec();
    let changed = |hashes: Vec<Hash>| InclusionProof::from_hashes(hashes).unwrap().verify(index, leaf, head);
    assert!(changed([hashes.clone(), vec![other]].concat()).is_err(), "one more");
    assert!(changed([vec![other], hashes.clone()].concat()).is_err(), "one more below");
    for at in 0..hashes.len() {
        let mut swapped = hashes.clone();
        swapped[at] = other;
        assert!(changed(swapped).is_err());
        let mut cut = hashes.clone();
        cut.remove(at);
        assert!(changed(cut).is_err());
    }
    assert!(matches!(proof.verify(u64::MAX, leaf, head), Err(ProofRefusal::OutOfRange { .. })));
}

#[test]
fn every_growth_is_proved_and_nothing_else() {
    let mut naive = Naive::of(&entries(LARGEST));
    for (old, new) in (1..=LARGEST).flat_map(|new| (1..=new).map(move |old| (old, new))) {
        let (from, to) = (naive.head(old), naive.head(new));
        let proof = ConsistencyProof::make(old, new, &mut naive).unwrap();
        assert_eq!(proof.verify(&from, &to), Ok(()), "{old} to {new}");
        if (old + new).is_multiple_of(17) && old < new {
            consistency_refusals(&proof, &from, &to);
        }
    }
}

fn consistency_refusals(proof: &ConsistencyProof, from: &TreeHead, to: &TreeHead) {
    let other = Hash::leaf(b"another");
    let refused = proof.verify(&TreeHead { root: other, ..*from }, to);
    match from.size.is_power_of_two() {
        // The proof leaves the old root out: with another one it leads nowhere.
        true => assert_eq!(refused, Err(ConsistencyRefusal::NewRoot)),
        false => assert_eq!(refused, Err(ConsistencyRefusal::OldRoot { implied: from.root })),
    }
    assert_eq!(proof.verify(from, &TreeHead { root: other, ..*to }), Err(ConsistencyRefusal::NewRoot));
    assert!(matches!(proof.verify(to, from), Err(ConsistencyRefusal::Backwards { .. })));
    let hashes = proof.hashes().to_vec();
    let changed = |hashes: Vec<Hash>| ConsistencyProof::from_hashes(hashes).unwrap().verify(from, to);
    assert!(changed([hashes.clone(), vec![other]].concat()).is_err());
    assert!(changed([vec![other], hashes.clone()].concat()).is_err());
    for at in 0..hashes.len() {
        let mut swapped = hashes.clone();
        swapped[at] = other;
        assert!(changed(swapped).is_err());
        let mut cut = hashes.clone();
        cut.remove(at);
        assert!(changed(cut).is_err());
    }
}

#[test]
fn equal_sizes_need_equal_roots_and_nothing_is_proved_from_nothing() {
    let head = Naive::of(&entries(5)).head(5);
    let none = ConsistencyProof::from_hashes(Vec::new()).unwrap();
    let some = ConsistencyProof::from_hashes(vec![head.root]).unwrap();
    let other = TreeHead { root: Hash::leaf(b"x"), ..head };
    assert_eq!(none.verify(&head, &head), Ok(()));
    assert_eq!(none.verify(&head, &other), Err(ConsistencyRefusal::SameSize));
    assert_eq!(some.verify(&head, &head), Err(ConsistencyRefusal::Length { hashes: 1 }));
    assert_eq!(none.verify(&TreeHead::EMPTY, &head), Err(ConsistencyRefusal::FromNothing));
    assert_eq!(none.verify(&TreeHead::EMPTY, &TreeHead::EMPTY), Ok(()));
    let impossible = TreeHead { size: 0, root: head.root };
    assert_eq!(none.verify(&impossible, &impossible), Err(ConsistencyRefusal::SameSize));
}

#[test]
fn every_subtree_is_proved() {
    let mut naive = Naive::of(&entries(40));
    let leaves = naive.0.clone();
    let mut count = 0;
    for (start, end) in (0..40).flat_map(|start| (start + 1..=40).map(move |end| (start, end))) {
        let Some(part) = Subtree::new(start, end) else { continue };
        let root = naive_root(&leaves[start as usize..end as usize]);
        for size in end..=40 {
            let head = naive.head(size);
            let proof = SubtreeProof::make(&part, size, &mut naive).unwrap();
            assert_eq!(proof.verify(&part, &root, &head), Ok(()), "{start}..{end} of {size}");
            assert!(proof.verify(&part, &Hash::leaf(b"x"), &head).is_err());
            count += 1;
        }
        let short = SubtreeProof::make(&part, 40, &mut naive).unwrap();
        let refused = short.verify(&part, &root, &naive.head(end - 1));
        assert_eq!(refused, Err(ProofRefusal::OutOfRange { start, end, size: end - 1 }));
    }
    assert!(count > 1000, "{count}");
    assert_eq!(Subtree::new(3, 5), None);
    assert_eq!(Subtree::new(2, 6), None);
    assert_eq!(Subtree::new(5, 4), None);
    assert_eq!(Subtree::new(1, u64::MAX), None);
}

#[test]
fn proofs_have_at_most_63_hashes() {
    let hashes = |count| vec![Hash::EMPTY_ROOT; count];
    assert!(InclusionProof::from_hashes(hashes(63)).is_ok());
    assert_eq!(InclusionProof::from_hashes(hashes(64)), Err(ProofRefusal::TooLong { hashes: 64 }));
    assert!(ConsistencyProof::from_hashes(hashes(64)).is_err());
    assert!(SubtreeProof::from_hashes(hashes(64)).is_err());
}

#[test]
fn any_proof_is_answered_without_panic() {
    let seed = 0x1ed6e5;
    println!("seed {seed}");
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    for _ in 0..20_000 {
        let mut number = |_: u8| match rng.next_u32() % 4 {
            0 => rng.next_u64() % 9,
            1 => rng.next_u64() >> (rng.next_u32() % 64),
            2 => u64::MAX - rng.next_u64() % 3,
            _ => 1 << (rng.next_u32() % 64),
        };
        let (a, b, c) = (number(0), number(1), number(2));
        let hashes = vec![Hash::EMPTY_ROOT; (number(3) % 64) as usize];
        let head = |size| TreeHead { size, root: Hash::EMPTY_ROOT };
        let _ = InclusionProof::from_hashes(hashes.clone()).unwrap().verify(a, &Hash::EMPTY_ROOT, &head(b));
        let _ = ConsistencyProof::from_hashes(hashes.clone()).unwrap().verify(&head(a), &head(b));
        if let Some(part) = Subtree::new(a, b) {
            let proof = SubtreeProof::from_hashes(hashes.clone()).unwrap();
            let _ = proof.verify(&part, &Hash::EMPTY_ROOT, &head(c));
            let proof = InclusionProof::from_hashes(hashes).unwrap();
            let _ = proof.verify_in_subtree(c, &Hash::EMPTY_ROOT, &part, &Hash::EMPTY_ROOT);
        }
    }
}
