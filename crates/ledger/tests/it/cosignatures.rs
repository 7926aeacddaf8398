//! Cosignatures of both types: what they sign, and what does not pass for one.

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, ML_DSA_44, UnparsedPublicKey};
use counterseal_ledger::*;

use crate::common::*;

const NOW: u64 = 1_679_315_147;

fn cosigned() -> (Log, VerifiedCheckpoint, Cosigner, [SignatureLine; 2]) {
    let (log, checkpoint) = Log::with(5);
    let witness = cosigner("witness.example/w1", 7);
    let lines = cosign(&checkpoint, &log.key(), &witness, NOW);
    (log, checkpoint, witness, lines)
}

fn with(checkpoint: &VerifiedCheckpoint, lines: &[SignatureLine]) -> SignedCheckpoint {
    let mut signed = checkpoint.signed().clone();
    signed.add(lines.to_vec()).unwrap();
    SignedCheckpoint::parse(signed.to_string().as_bytes()).unwrap()
}

#[test]
fn both_signatures_verify_and_say_the_time() {
    let (_, checkpoint, witness, lines) = cosigned();
    let signed = with(&checkpoint, &lines);
    assert_eq!(signed.cosigned_at(witness.public().ed25519()), Ok(vec![NOW]));
    assert_eq!(signed.cosigned_at(witness.public().ml_dsa_44()), Ok(vec![NOW]));
    let other = cosigner("witness.example/w1", 8);
    assert_eq!(signed.cosigned_at(other.public().ed25519()), Ok(vec![]), "another key of the name");
    let renamed = cosigner("witness.example/w2", 7);
    assert_eq!(signed.cosigned_at(renamed.public().ml_dsa_44()), Ok(vec![]), "the key under another name");
}

/// The bytes are put together here from the specification, not from the crate.
#[test]
fn the_signed_bytes_are_those_of_the_specification() {
    let (_, checkpoint, witness, lines) = cosigned();
    let (head, origin) = (checkpoint.head(), ORIGIN.as_bytes());
    let text = format!("{ORIGIN}\n5\n{}\n", head.root);
    let classical = format!("cosignature/v1\ntime 1679315147\n{text}");
    let key = UnparsedPublicKey::new(&ED25519, witness.public().ed25519().key().as_bytes());
    key.verify(classical.as_bytes(), &lines[0].signature[8..]).unwrap();
    let mut quantum = b"subtree/v1\n\0\x12witness.example/w1".to_vec();
    quantum.extend([0, 0, 0, 0, 0x64, 0x18, 0x50, 0xcb]);
    quantum.push(u8::try_from(origin.len()).unwrap());
    quantum.extend(origin);
    quantum.extend([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
    quantum.extend(head.root.as_bytes());
    let key = UnparsedPublicKey::new(&ML_DSA_44, witness.public().ml_dsa_44().key().as_bytes());
    key.verify(&quantum, &lines[1].signature[8..]).unwrap();
    let message = subtree_message(&name("witness.example/w1"), NOW, &name(ORIGIN), 0, 5, &head.root);
    assert_eq!(message, quantum);
    for line in &lines {
        assert_eq!(line.signature[..8], NOW.to_be_bytes());
    }
    assert_eq!(lines.map(|line| line.signature.len()), [8 + 64, 8 + 2420]);
}

/// Whether a checkpoint with these lines is refused for a false signature by the key.
fn is_false(checkpoint: &VerifiedCheckpoint, line: SignatureLine, key: &VerifierKey) -> bool {
    matches!(with(checkpoint, &[line]).cosigned_at(key), Err(CheckpointRefusal::BadSignature { .. }))
}

#[test]
fn forged_and_changed_cosignatures_are_refused() {
    let (log, checkpoint, witness, lines) = cosigned();
    let keys = [witness.public().ed25519(), witness.public().ml_dsa_44()];
    for (line, key) in lines.iter().zip(keys) {
        // Another time, another byte of the signature, cut short, longer.
        for at in [0, 7, 8, 40, line.signature.len() - 1] {
            let mut changed = line.clone();
            changed.signature[at] ^= 1;
            assert!(is_false(&checkpoint, changed, key), "byte {at}");
        }
        for length in [1, 7, 8, 71, line.signature.len() - 1] {
            let changed = SignatureLine { signature: line.signature[..length].to_vec(), ..line.clone() };
            assert!(is_false(&checkpoint, changed, key), "length {length}");
        }
        let longer = SignatureLine { signature: [&line.signature[..], &[0]].concat(), ..line.clone() };
        assert!(is_false(&checkpoint, longer, key));
        // On another tree of the same log, and on the same tree of another log.
        let (_, fork) = forked(5, 1);
        assert!(is_false(&fork, line.clone(), key));
        let mut elsewhere = Log::new("mission.example/journals", 1);
        let elsewhere = elsewhere.append(&entries(5));
        assert_eq!(elsewhere.head(), checkpoint.head());
        assert!(is_false(&elsewhere, line.clone(), key), "another origin");
    }
    let _ = log;
}

#[test]
fn one_type_does_not_pass_for_the_other() {
    let (_, checkpoint, witness, [classical, quantum]) = cosigned();
    let public = witness.public();
    let pasted = SignatureLine { id: public.ml_dsa_44().id(), ..classical.clone() };
    assert!(is_false(&checkpoint, pasted, public.ml_dsa_44()), "0x04 as 0x06");
    let pasted = SignatureLine { id: public.ed25519().id(), ..quantum };
    assert!(is_false(&checkpoint, pasted, public.ed25519()), "0x06 as 0x04");
    // A note signature by the same key (0x01) is no cosignature, with a time before it or without.
    let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    assert_eq!(pair.public_key().as_ref(), public.ed25519().key().as_bytes());
    let bare = pair.sign(checkpoint.checkpoint().text().as_bytes()).as_ref().to_vec();
    let timed = [&NOW.to_be_bytes()[..], &bare].concat();
    for signature in [bare, timed] {
        let line = SignatureLine { signature, ..classical.clone() };
        assert!(is_false(&checkpoint, line, public.ed25519()));
    }
}

fn signed_at(time: u64, checkpoint: &VerifiedCheckpoint, line: &SignatureLine) -> SignatureLine {
    let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    let message = format!("cosignature/v1\ntime {time}\n{}", checkpoint.checkpoint().text());
    let signature = [&time.to_be_bytes()[..], pair.sign(message.as_bytes()).as_ref()].concat();
    SignatureLine { signature, ..line.clone() }
}

#[test]
fn times_out_of_range_are_refused_and_time_zero_states_nothing() {
    let (log, checkpoint, witness, [classical, _]) = cosigned();
    let key = witness.public().ed25519();
    let at = |time| with(&checkpoint, &[signed_at(time, &checkpoint, &classical)]).cosigned_at(key);
    assert_eq!(at(1), Ok(vec![1]));
    assert_eq!(at(i64::MAX as u64), Ok(vec![i64::MAX as u64]));
    assert_eq!(at(0), Ok(vec![]));
    assert!(matches!(at(1 << 63), Err(CheckpointRefusal::BadSignature { .. })));
    assert!(matches!(at(u64::MAX), Err(CheckpointRefusal::BadSignature { .. })));
    let several = [5, 9].map(|time| signed_at(time, &checkpoint, &classical));
    assert_eq!(with(&checkpoint, &several).cosigned_at(key), Ok(vec![5, 9]));
    for now in [0, 1 << 63] {
        let request = AddCheckpoint {
            old_size: 0,
            proof: ConsistencyProof::from_hashes(Vec::new()).unwrap(),
            checkpoint: checkpoint.signed().clone(),
        };
        let pending = Witness::new(vec![log.key()]).decide(request, None).unwrap();
        let store = Memory::default();
        assert_eq!(pending.commit(&store, &witness, now), Err(CommitFailure::Clock { now }));
        assert!(store.of(ORIGIN).is_none(), "nothing is stored that is not cosigned");
    }
}
