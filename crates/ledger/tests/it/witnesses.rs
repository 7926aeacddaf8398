//! A witness: requests, decisions in the specification's order, and the race that it names.

use counterseal_ledger::*;

use crate::common::*;

const NOW: u64 = 1_700_000_000;

struct Setting {
    log: Log,
    five: VerifiedCheckpoint,
    nine: VerifiedCheckpoint,
    witness: Witness,
    cosigner: Cosigner,
    store: Memory,
}

/// A log of 9 entries whose witness has cosigned it at 5.
fn setting() -> Setting {
    let (mut log, five) = Log::with(5);
    let nine = log.append(&entries(4));
    let cosigner = cosigner("w.example", 9);
    let witness = Witness::new(vec![log_signer("other.example", 3).public().clone(), log.key()]);
    let setting = Setting { log, five, nine, witness, cosigner, store: Memory::default() };
    let request = setting.request(0, 0, &setting.five);
    setting.ask(request).unwrap();
    setting
}

impl Setting {
    /// A request with a proof from `from`, that says it is from `old`.
    fn request(&self, old: u64, from: u64, checkpoint: &VerifiedCheckpoint) -> AddCheckpoint {
        let proof = self.log.consistency(from, checkpoint.head().size);
        AddCheckpoint { old_size: old, proof, checkpoint: checkpoint.signed().clone() }
    }

    fn decide(&self, request: AddCheckpoint) -> Result<Pending, WitnessRefusal> {
        self.witness.decide(request, self.store.of(ORIGIN).as_ref())
    }

    fn ask(&self, request: AddCheckpoint) -> Result<[SignatureLine; 2], u16> {
        let pending = self.decide(request).map_err(|refusal| refusal.status())?;
        pending.commit(&self.store, &self.cosigner, NOW).map_err(|_| 500)
    }
}

#[test]
fn a_growing_log_is_cosigned() {
    let s = setting();
    let lines = s.ask(s.request(5, 5, &s.nine)).unwrap();
    let mut signed = s.nine.signed().clone();
    signed.add(lines).unwrap();
    assert_eq!(signed.cosigned_at(s.cosigner.public().ed25519()), Ok(vec![NOW]));
    assert_eq!(signed.cosigned_at(s.cosigner.public().ml_dsa_44()), Ok(vec![NOW]));
    assert_eq!(s.store.of(ORIGIN).unwrap().head(), s.nine.head());
    // The same again gives newer cosignatures; nothing else changes.
    assert!(s.ask(s.request(9, 9, &s.nine)).is_ok());
}

#[test]
fn refusals_have_the_statuses_of_the_specification() {
    let s = setting();
    let refused = |request: AddCheckpoint| {
        let before = s.store.of(ORIGIN);
        let refusal = s.decide(request).unwrap_err();
        assert_eq!(s.store.of(ORIGIN), before);
        (refusal.status(), refusal.size())
    };
    let mut stranger = Log::new("stranger.example", 1);
    let unknown = stranger.append(&entries(9));
    assert_eq!(refused(s.request(5, 5, &unknown)), (404, None));
    let mut impostor = Log::new(ORIGIN, 77);
    let unsigned = impostor.append(&entries(9));
    assert_eq!(refused(s.request(5, 5, &unsigned)), (403, None));
    let mut forged = s.nine.signed().clone();
    let mut line = forged.note().signatures()[0].clone();
    line.signature[9] ^= 1;
    forged.add([line]).unwrap();
    assert_eq!(refused(AddCheckpoint { checkpoint: forged, ..s.request(5, 5, &s.nine) }), (403, None));
    assert_eq!(refused(s.request(6, 5, &s.five)), (400, None));
    assert_eq!(refused(s.request(0, 0, &s.nine)), (409, Some(5)));
    assert_eq!(refused(s.request(7, 7, &s.nine)), (409, Some(5)));
    assert_eq!(refused(s.request(3, 3, &s.five)), (409, Some(5)));
    assert_eq!(refused(s.request(5, 6, &s.nine)), (422, None));
    let none = ConsistencyProof::from_hashes(Vec::new()).unwrap();
    assert_eq!(refused(AddCheckpoint { proof: none, ..s.request(5, 5, &s.nine) }), (422, None));
    let extra = ConsistencyProof::from_hashes(vec![Hash::EMPTY_ROOT]).unwrap();
    assert_eq!(refused(AddCheckpoint { proof: extra, ..s.request(5, 5, &s.five) }), (422, None));
    // Smaller than what was cosigned, whatever the proof.
    let rolled_back = Log::with(3).1;
    assert_eq!(refused(s.request(3, 3, &rolled_back)), (409, Some(5)));
    assert_eq!(refused(s.request(5, 3, &rolled_back)), (400, None));
}

#[test]
fn from_nothing_the_proof_must_be_empty() {
    let s = setting();
    let extra = ConsistencyProof::from_hashes(vec![Hash::EMPTY_ROOT]).unwrap();
    let request = AddCheckpoint { proof: extra, ..s.request(0, 0, &s.nine) };
    let refused = s.witness.decide(request, None).unwrap_err();
    assert_eq!(refused, WitnessRefusal::Inconsistent(ConsistencyRefusal::FromNothing));
    assert_eq!(refused.status(), 422);
    assert!(s.witness.decide(s.request(0, 0, &s.nine), None).is_ok());
    // Another log's checkpoint, looked up by mistake, is not this log's last.
    let mut other = Log::new("other.example", 3);
    let other = other.append(&entries(5));
    let refused = s.witness.decide(s.request(5, 5, &s.nine), Some(&other)).unwrap_err();
    assert_eq!(refused, WitnessRefusal::Conflict { size: 0 });
}

#[test]
fn another_tree_of_the_same_size_is_refused_with_the_proof_of_it() {
    let s = setting();
    let (_, fork) = forked(5, 3);
    let request = AddCheckpoint { checkpoint: fork.signed().clone(), ..s.request(5, 5, &s.five) };
    let WitnessRefusal::Split(split) = s.decide(request).unwrap_err() else { panic!("a split") };
    assert_eq!((split.smaller(), split.larger()), (&s.five, &fork));
    assert_eq!(Split::check(&split.to_bytes(), &[s.log.key()]), Ok(*split.clone()));
    assert_eq!(
        (WitnessRefusal::Split(split.clone()).status(), WitnessRefusal::Split(split).size()),
        (409, Some(5))
    );
    let (_, longer) = forked(9, 3);
    let request = AddCheckpoint { checkpoint: longer.signed().clone(), ..s.request(5, 5, &s.nine) };
    assert_eq!(s.decide(request).unwrap_err().status(), 422);
}

/// tlog-witness, "add-checkpoint", the race at its end: A (size 7) and B (size 9) are both checked
/// against 5, B is stored, and A must then not roll 9 back to 7.
#[test]
fn of_two_requests_checked_together_the_second_is_not_cosigned() {
    let (mut log, five) = Log::with(5);
    let seven = log.append(&entries(2));
    let nine = log.append(&entries(2));
    let (store, cosigner) = (Memory::default(), cosigner("w.example", 9));
    let witness = Witness::new(vec![log.key()]);
    let request = |old: u64, checkpoint: &VerifiedCheckpoint| AddCheckpoint {
        old_size: old,
        proof: log.consistency(old, checkpoint.head().size),
        checkpoint: checkpoint.signed().clone(),
    };
    let first = witness.decide(request(0, &five), None).unwrap();
    first.commit(&store, &cosigner, NOW).unwrap();
    let latest = store.of(ORIGIN);
    let a = witness.decide(request(5, &seven), latest.as_ref()).unwrap();
    let b = witness.decide(request(5, &nine), latest.as_ref()).unwrap();
    assert!(b.commit(&store, &cosigner, NOW).is_ok());
    assert_eq!(a.clone().commit(&store, &cosigner, NOW), Err(CommitFailure::Raced { size: 9 }));
    assert_eq!(store.of(ORIGIN).unwrap().head(), nine.head(), "nothing is rolled back");
    // The same for two first requests, and for the same checkpoint asked again.
    let store = Memory::default();
    let first = witness.decide(request(0, &seven), None).unwrap();
    let second = witness.decide(request(0, &five), None).unwrap();
    first.commit(&store, &cosigner, NOW).unwrap();
    assert_eq!(second.commit(&store, &cosigner, NOW), Err(CommitFailure::Raced { size: 7 }));
    let again = witness.decide(request(7, &seven), store.of(ORIGIN).as_ref()).unwrap();
    let next = witness.decide(request(7, &nine), store.of(ORIGIN).as_ref()).unwrap();
    next.commit(&store, &cosigner, NOW).unwrap();
    assert_eq!(again.commit(&store, &cosigner, NOW), Err(CommitFailure::Raced { size: 9 }));
}

#[test]
fn nothing_is_cosigned_that_could_not_be_stored() {
    let s = setting();
    let broken = Memory { broken: true, ..Memory::default() };
    let pending = s.decide(s.request(5, 5, &s.nine)).unwrap();
    let refused = pending.commit(&broken, &s.cosigner, NOW);
    assert_eq!(refused, Err(CommitFailure::Store { error: "the disk is full" }));
}

#[test]
fn requests_are_written_and_read() {
    let s = setting();
    for request in [s.request(0, 0, &s.five), s.request(5, 5, &s.nine), s.request(9, 9, &s.nine)] {
        let body = request.to_string();
        assert_eq!(AddCheckpoint::parse(body.as_bytes()), Ok(request));
    }
    // The example of tlog-witness, "add-checkpoint".
    let example = "old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n\
        jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n\
        /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n\nexample.com/behind-the-sofa\n20852163\n\
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
        — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=\n";
    let read = AddCheckpoint::parse(example.as_bytes()).unwrap();
    assert_eq!((read.old_size, read.proof.hashes().len()), (20_852_014, 4));
    assert_eq!(read.checkpoint.note().signatures().len(), 2);
    assert_eq!(read.to_string(), example);
}

#[test]
fn what_is_no_request_is_refused() {
    let s = setting();
    let good = s.request(5, 5, &s.nine).to_string();
    for cut in 0..good.len() {
        assert!(AddCheckpoint::parse(&good.as_bytes()[..cut]).is_err(), "{cut}");
    }
    let hash = Hash::EMPTY_ROOT;
    for bad in [
        format!("\n{good}"),
        format!("{good}\n"),
        format!("{good}more"),
        good.replace("old 5", "old 05"),
        good.replace("old 5", "old"),
        good.replace("old 5", "old  5"),
        good.replace("old 5", "new 5"),
        good.replace("old 5", "old -5"),
        good.replace("old 5\n", ""),
        good.replace("old 5", "old 9223372036854775808"),
        good.replace("old 5\n", "old 5\nAAAA\n"),
        good.replace("old 5\n", &format!("old 5\n{hash}\r\n")),
        good.replace("old 5\n", &format!("old 5\n{hash}{hash}\n")),
        good.replace("old 5\n", &format!("old 5\n{}", format!("{hash}\n").repeat(64))),
        good.replace("old 5\n", "old 5\n\n"),
    ] {
        assert!(AddCheckpoint::parse(bad.as_bytes()).is_err(), "{bad}");
    }
    let why = |body: &str| AddCheckpoint::parse(body.as_bytes()).unwrap_err().why;
    assert_eq!(why(&"x".repeat(MAX_REQUEST)), "no empty line before the checkpoint");
    assert_eq!(why(&"x".repeat(MAX_REQUEST + 1)), "it has more than 260 KiB");
}

#[test]
fn answers_are_read() {
    let s = setting();
    let lines = s.ask(s.request(5, 5, &s.nine)).unwrap();
    let body = cosignature_lines(&lines);
    assert_eq!(Answer::parse(200, body.as_bytes()), Ok(Answer::Cosigned(lines.to_vec())));
    assert_eq!(Answer::parse(409, b"20852014\n"), Ok(Answer::Conflict { size: 20_852_014 }));
    assert_eq!(Answer::parse(404, b"whatever"), Ok(Answer::UnknownLog));
    assert_eq!(Answer::parse(403, b""), Ok(Answer::Forbidden));
    assert_eq!(Answer::parse(422, b"\xff"), Ok(Answer::Inconsistent));
    let cut = &body.as_bytes()[..body.len() - 1];
    for (status, body) in [
        (200, &b""[..]),
        (200, b"\n"),
        (200, cut),
        (200, b"\xff\n"),
        (409, b"5"),
        (409, b"05\n"),
        (409, b"5\n\n"),
        (409, b""),
        (500, b""),
        (201, b""),
    ] {
        assert!(Answer::parse(status, body).is_err(), "{status} {body:?}");
    }
}
