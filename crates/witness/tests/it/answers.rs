//! The witness over real HTTP.

use counterseal_ledger::*;
use counterseal_witness::*;

use crate::common::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_answers_to_the_letter() {
    let (mut log, clock) = (Log::new(), TestClock::new());
    let mut witness = TestWitness::new(1);
    witness.run(&[log.signer.public().clone()], &clock).await;
    let one = log.append("one");
    let (status, body) = plain(witness.address, post(&log.request(0, &one))).await;
    assert_eq!(status, 200);
    assert_eq!(SignatureLine::parse_all(std::str::from_utf8(&body).unwrap()).unwrap().len(), 2, "both keys");
    let two = log.append("two");
    let (status, body) = plain(witness.address, post(&log.request(0, &two))).await;
    assert_eq!((status, body.as_slice()), (409, b"1\n".as_slice()));
    assert_eq!(plain(witness.address, post(&log.request(1, &two))).await.0, 200);
    assert_eq!(plain(witness.address, post("nonsense")).await.0, 400);
    let mut other = Log::new();
    other.append("ONE");
    other.append("TWO");
    let three = other.append("THREE");
    assert_eq!(plain(witness.address, post(&other.request(2, &three))).await.0, 422);
    let folder = one.origin().mirror_folder();
    let request = format!("GET /{folder}/checkpoint HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n");
    let (status, note) = plain(witness.address, request).await;
    assert_eq!(status, 200);
    let note = SignedCheckpoint::parse(&note).unwrap();
    assert_eq!(note.claims().head(), two.head());
    assert_eq!(note.note().signatures().len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_requests_at_once_from_one_size_only_one_tree_is_cosigned() {
    for round in 0..10 {
        let (mut log, clock) = (Log::new(), TestClock::new());
        let mut fork = Log::new();
        let mut witness = TestWitness::new(1);
        witness.run(&[log.signer.public().clone()], &clock).await;
        let (one, same) = (log.append("one"), fork.append("one"));
        assert_eq!(one.head(), same.head());
        assert_eq!(plain(witness.address, post(&log.request(0, &one))).await.0, 200);
        let (two, other) = (log.append("two"), fork.append("another"));
        let requests = [post(&log.request(1, &two)), post(&fork.request(1, &other))];
        let [a, b] = requests.map(|request| tokio::spawn(plain(witness.address, request)));
        let mut statuses = [a.await.unwrap().0, b.await.unwrap().0];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_remembers_after_a_restart() {
    let (mut log, clock) = (Log::new(), TestClock::new());
    let keys = [log.signer.public().clone()];
    let mut witness = TestWitness::new(1);
    witness.run(&keys, &clock).await;
    log.append("one");
    let two = log.append("two");
    assert_eq!(plain(witness.address, post(&log.request(0, &two))).await.0, 200);
    witness.running.take().unwrap().stop().await;
    witness.run(&keys, &clock).await;
    let mut fork = Log::new();
    fork.append("one");
    let other = fork.append("another");
    assert_eq!(plain(witness.address, post(&fork.request(0, &other))).await.0, 409);
    assert_eq!(plain(witness.address, post(&fork.request(2, &other))).await.0, 409, "one size, another root");
    let store = WitnessDatabase::open(&witness.folder.path().join("witness.db")).unwrap();
    let proof = store.splits("example/log").unwrap();
    Split::check(&proof[0], &keys).expect("the proof is kept, and anyone can check it");
}
