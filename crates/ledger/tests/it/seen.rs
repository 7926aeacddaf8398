//! What a desk has seen of a log, and the proof of a split view.

use counterseal_ledger::*;

use crate::common::*;

/// A log's checkpoints at each of these sizes.
fn growing(sizes: &[u64]) -> (Log, Vec<VerifiedCheckpoint>) {
    let mut log = Log::new(ORIGIN, 1);
    let all = entries(*sizes.last().unwrap());
    let grow = |size: &u64| {
        let from = log.edge.size() as usize;
        log.append(&all[from..*size as usize])
    };
    let checkpoints = sizes.iter().map(grow).collect();
    (log, checkpoints)
}

#[test]
fn a_log_that_grows_is_followed() {
    let (log, c) = growing(&[0, 3, 7, 20]);
    let mut seen = Seen::default();
    assert_eq!(seen.observe(c[0].clone(), None), Ok(Sighting::First));
    assert_eq!(seen.observe(c[1].clone(), None), Ok(Sighting::Newer { by: 3 }), "from nothing");
    let missing = Err(SeenRefusal::ProofMissing { from: 3, to: 20 });
    assert_eq!(seen.observe(c[3].clone(), None), missing);
    assert_eq!(seen.newest(), Some(&c[1]));
    assert_eq!(seen.observe(c[3].clone(), Some(&log.consistency(3, 20))), Ok(Sighting::Newer { by: 17 }));
    assert_eq!(seen.observe(c[3].clone(), None), Ok(Sighting::Same));
    assert_eq!(seen.observe(c[1].clone(), None), Ok(Sighting::Rollback { by: 17 }), "seen before");
    assert_eq!(seen.observe(c[2].clone(), None), Err(SeenRefusal::ProofMissing { from: 7, to: 20 }));
    assert_eq!(seen.observe(c[2].clone(), Some(&log.consistency(7, 20))), Ok(Sighting::Rollback { by: 13 }));
    assert_eq!(seen.newest(), Some(&c[3]));
    assert_eq!(Seen::restore(seen.kept().to_vec()), Ok(seen.clone()));
    assert_eq!(seen.kept().len(), 3);
    let other = Log::new("other.example", 1).append(&entries(30));
    assert_eq!(seen.observe(other, None), Err(SeenRefusal::OtherLog));
}

#[test]
fn two_roots_at_one_size_are_proof_at_once() {
    let (log, c) = growing(&[7, 20]);
    let mut seen = Seen::default();
    seen.observe(c[0].clone(), None).unwrap();
    seen.observe(c[1].clone(), Some(&log.consistency(7, 20))).unwrap();
    for (ours, size) in [(&c[0], 7), (&c[1], 20)] {
        let (_, theirs) = forked(size, 9);
        let Err(SeenRefusal::Split(split)) = seen.observe(theirs.clone(), None) else { panic!("a split") };
        assert_eq!((split.smaller(), split.larger()), (ours, &theirs));
        let bytes = split.to_bytes();
        assert_eq!(Split::check(&bytes, &[log.key()]), Ok(*split));
        // Proved already: what follows is not ours.
        let more = [&bytes[..], theirs.head().root.as_bytes()].concat();
        assert_eq!(Split::check(&more, &[log.key()]), Err(SplitRefusal::NotProved));
    }
    assert_eq!(seen.kept(), c);
    let other_log = Log::new("other.example", 1).append(&[vec![1]]);
    let one = Log::new(ORIGIN, 1).append(&[vec![2]]);
    assert_eq!(Split::at_one_size(&one, &other_log), None, "two logs may differ");
}

#[test]
fn a_fork_of_another_size_is_not_taken_and_is_proved_where_the_log_helps() {
    let (log, c) = growing(&[7, 20]);
    let (fork, theirs) = forked(20, 9);
    let mut seen = Seen::default();
    seen.observe(c[0].clone(), None).unwrap();
    // The proof of the honest tree does not lead to the fork's root.
    let refused = seen.observe(theirs.clone(), Some(&log.consistency(7, 20)));
    let why = ConsistencyRefusal::NewRoot;
    assert_eq!(refused, Err(SeenRefusal::NotConsistent { from: 7, to: 20, why }));
    // The fork's own proof shows that the fork began differently: whoever signed both is caught.
    let Err(SeenRefusal::Split(split)) = seen.observe(theirs.clone(), Some(&fork.consistency(7, 20))) else {
        panic!("a split")
    };
    assert_eq!((split.smaller(), split.larger()), (&c[0], &theirs));
    let bytes = split.to_bytes();
    assert_eq!(Split::check(&bytes, &[log.key()]), Ok(*split));
    assert_eq!(seen.kept(), &c[..1]);
    // Likewise when the smaller one comes second.
    let mut seen = Seen::default();
    seen.observe(theirs, None).unwrap();
    assert!(matches!(seen.observe(c[0].clone(), Some(&fork.consistency(7, 20))), Err(SeenRefusal::Split(_))));
}

#[test]
fn nobody_can_make_a_proof_against_an_honest_log() {
    let (log, c) = growing(&[7, 20]);
    let (fork, theirs) = forked(20, 9);
    let other_key = log_signer(ORIGIN, 5).public().clone();
    let mut seen = Seen::default();
    seen.observe(c[0].clone(), None).unwrap();
    let Err(SeenRefusal::Split(split)) = seen.observe(theirs, Some(&fork.consistency(7, 20))) else {
        panic!("a split")
    };
    let bytes = split.to_bytes();
    assert!(matches!(Split::check(&bytes, &[other_key]), Err(SplitRefusal::Checkpoint(_))));
    for cut in 0..bytes.len() {
        assert!(Split::check(&bytes[..cut], &[log.key()]).is_err(), "{cut}");
    }
    assert!(Split::check(&[&bytes[..], &[0]].concat(), &[log.key()]).is_err());
    assert!(Split::check(&[&bytes[..], &[0; 32]].concat(), &[log.key()]).is_err());
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(Split::check(&changed, &[log.key()]).is_err(), "{at}");
    }
    // Two honest checkpoints, with an honest proof, with the same one twice, and of two logs.
    let note = |checkpoint: &VerifiedCheckpoint| {
        let text = checkpoint.to_string();
        [&u32::try_from(text.len()).unwrap().to_be_bytes()[..], text.as_bytes()].concat()
    };
    let honest = log.consistency(7, 20);
    let hashes = |root: Hash, proof: &ConsistencyProof| {
        let all = std::iter::once(&root).chain(proof.hashes());
        all.flat_map(|hash| *hash.as_bytes()).collect::<Vec<_>>()
    };
    let mut elsewhere = Log::new("other.example", 2);
    let other_log = elsewhere.append(&[b"x".to_vec()]);
    let larger = elsewhere.append(&entries(19));
    let (other_root, other_proof) = (elsewhere.naive().head(7).root, elsewhere.consistency(7, 20));
    let (small, large) = (note(&c[0]), note(&c[1]));
    let one = note(&Log::new(ORIGIN, 1).append(&[b"y".to_vec()]));
    for (pieces, what) in [
        (vec![small.clone(), large.clone()], "two sizes, nothing more"),
        (vec![small.clone(), large.clone(), hashes(c[0].head().root, &honest)], "the honest root"),
        (vec![small.clone(), large.clone(), hashes(Hash::EMPTY_ROOT, &honest)], "a made-up root"),
        (vec![large.clone(), small.clone(), hashes(Hash::EMPTY_ROOT, &honest)], "the wrong way round"),
        (vec![small.clone(), small.clone()], "one twice"),
        (vec![small.clone(), small.clone(), hashes(Hash::EMPTY_ROOT, &log.consistency(7, 7))], "one twice"),
        (vec![one, note(&other_log)], "two logs"),
        (vec![small.clone(), note(&larger), hashes(other_root, &other_proof)], "two logs, two sizes"),
        (vec![vec![0xff; 4], large], "a length without end"),
    ] {
        let keys = [log.key(), elsewhere.key()];
        assert!(Split::check(&pieces.concat(), &keys).is_err(), "{what}");
    }
}

#[test]
fn the_last_checkpoints_are_kept() {
    let sizes: Vec<u64> = (1..=KEPT_CHECKPOINTS as u64 + 5).collect();
    let (log, c) = growing(&sizes);
    let mut seen = Seen::default();
    for checkpoint in &c {
        let size = checkpoint.head().size;
        seen.observe(checkpoint.clone(), Some(&log.consistency(size - 1, size))).unwrap();
    }
    assert_eq!(seen.kept(), &c[5..]);
    assert!(Seen::restore(c.clone()).is_err(), "too many");
    assert!(Seen::restore(vec![c[3].clone(), c[2].clone()]).is_err(), "out of order");
    assert!(Seen::restore(vec![c[3].clone(), c[3].clone()]).is_err(), "twice");
    let other = Log::new("other.example", 1).append(&entries(30));
    assert!(Seen::restore(vec![c[3].clone(), other]).is_err(), "two logs");
}
