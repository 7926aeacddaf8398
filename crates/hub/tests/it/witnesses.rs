//! The witness over real HTTP, and what witnesses are for: a hub that goes back is not followed.

use counterseal_hub::*;
use counterseal_ledger::*;

use crate::client::*;
use crate::common::*;

pub(crate) fn post(body: &str) -> String {
    let length = body.len();
    format!(
        "POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// A log of its own, to ask a witness about.
pub(crate) struct Log {
    pub(crate) signer: LogSigner,
    edge: Edge,
    leaves: Vec<Hash>,
}

struct Naive<'a>(&'a [Hash]);

impl NodeReader for Naive<'_> {
    type Error = std::convert::Infallible;

    fn node(&mut self, level: u32, index: u64) -> Result<Hash, Self::Error> {
        let mut frontier = Frontier::new();
        let range = (index << level) as usize..((index + 1) << level) as usize;
        self.0[range].iter().for_each(|leaf| frontier.push(*leaf));
        Ok(frontier.root())
    }
}

impl Log {
    pub(crate) fn new() -> Self {
        let name = KeyName::parse("example/log").unwrap();
        let signer = LogSigner::new(name, &Seed::from_bytes([5; 32])).unwrap();
        Self { signer, edge: Edge::new(), leaves: Vec::new() }
    }

    pub(crate) fn append(&mut self, entry: &str) -> VerifiedCheckpoint {
        let growth = self.edge.grow(&[entry.as_bytes().to_vec()]).unwrap();
        let (checkpoint, edge) = growth.durable().sign(&self.signer).unwrap().stored();
        self.edge = edge;
        self.leaves.push(Hash::leaf(entry.as_bytes()));
        checkpoint
    }

    pub(crate) fn request(&self, old: u64, checkpoint: &VerifiedCheckpoint) -> String {
        let proof = ConsistencyProof::make(old, checkpoint.head().size, &mut Naive(&self.leaves)).unwrap();
        AddCheckpoint { old_size: old, proof, checkpoint: checkpoint.signed().clone() }.to_string()
    }
}

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_from_an_old_backup_takes_nothing_in_until_it_has_what_witnesses_saw() {
    let site = Site::new(3).await;
    let hub = site.run().await;
    let mut journal = site.world.journal(&site.world.ana, 1);
    let push = async |address, entries: Vec<counterseal_register::Entry>| {
        let mut desk = Desk::open(&site, address, &site.world.ana, |_| {}).await;
        desk.push(&entries).await;
        desk.finish().await
    };
    let (three, four) = (journal.entries(3), journal.entries(4));
    assert_eq!(push(hub.address(), three.clone()).await.accepted.len(), 3);
    cosigned(&hub).await;
    let backup = site.folder.path().join("backup");
    back_up(&site.config, &backup).unwrap();
    assert_eq!(push(hub.address(), four.clone()).await.accepted.len(), 4);
    cosigned(&hub).await;
    hub.stop().await;
    // A mirror of the logs has everything that was signed when the disk was lost.
    let mirror = site.folder.path().join("mirror");
    back_up(&site.config, &mirror).unwrap();
    for name in ["hub.db", "hub.db-wal", "hub.db-shm"] {
        drop(std::fs::remove_file(site.config.folder.join(name)));
    }
    let [_, journal_size] = restore(&site.config, &backup).unwrap();
    assert_eq!(journal_size, 3);
    let hub = site.run().await;
    let refused = push(hub.address(), vec![journal.entry(256, 9)]).await;
    assert_eq!(refused.refused[0].1, "hub-restoring");
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert_eq!(hub.sequencer().view().closed, Some("hub-restoring"), "the witnesses have seen more");
    assert!(restore(&site.config, &backup).is_err(), "a store is not written over");
    hub.stop().await;
    // The lost leaves, from a server of the logs' files.
    for (log, key) in counterseal_register::LogKind::ALL.iter().zip(&site.keys) {
        let reader = StoreReader::open(&mirror).unwrap();
        let (signed, _) = reader.checkpoint(*log).unwrap().unwrap();
        let server = serve_files(reader, *log).await;
        let url = format!("http://{server}/");
        let (from, bodies, clock) = ((url.as_str(), None), Bodies::new(), site.clock.as_ref());
        let now = fetch_missing(&site.config, key, *log, from, &bodies, clock).await.unwrap();
        assert_eq!(now, signed.size);
    }
    let hub = site.run().await;
    eventually("the hub is open again", || hub.sequencer().view().closed.is_none()).await;
    let got = push(hub.address(), vec![journal.entry(256, 9)]).await;
    assert_eq!(got.accepted[0].index, 7, "after what was lost and found again");
    // A desk that follows gets the leaves of what was lost, and not the entries.
    let mut follower =
        Desk::open(&site, hub.address(), &site.world.ben, |hello| hello.continuous = true).await;
    follower.send().await;
    let mut followed = Got::default();
    follower.talk(&mut followed, |got, _| got.done).await;
    let places =
        |got: &Got| got.entries.iter().map(|(leaf, _)| *leaf).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(places(&followed), [0, 1, 2, 7].into(), "of what was lost the leaves alone");
    // Entries whose leaves were found come back with their places, and add no leaf.
    let got = push(hub.address(), [three, four].concat()).await;
    assert_eq!(got.accepted.iter().map(|one| one.index).collect::<Vec<_>>(), (0..7).collect::<Vec<_>>());
    // It comes to whoever follows, each once: a desk takes none twice in a session.
    follower.talk(&mut followed, |got, _| places(got).len() == 8).await;
    assert_eq!(followed.entries.len(), 8);
    let other = push(hub.address(), vec![journal.entry(256, 10)]).await;
    assert_eq!(other.accepted[0].index, 8);
    follower.talk(&mut followed, |got, _| places(got).len() == 9).await;
    assert_eq!(followed.entries.len(), 9);
    drop(follower);
    cosigned(&hub).await;
    assert_eq!(hub.sequencer().view().journal.size, 9, "no entry has a second leaf");
    let reader = StoreReader::open(&site.config.store()).unwrap();
    assert_eq!(reader.count_bare().unwrap(), 0);
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fork_by_a_hub_that_hides_its_restore_is_not_cosigned_and_it_stops() {
    let site = Site::new(3).await;
    let hub = site.run().await;
    let mut journal = site.world.journal(&site.world.ana, 1);
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(&journal.entries(2)).await;
    desk.finish().await;
    cosigned(&hub).await;
    let backup = site.folder.path().join("backup");
    back_up(&site.config, &backup).unwrap();
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(&journal.entries(2)).await;
    desk.finish().await;
    cosigned(&hub).await;
    hub.stop().await;
    // The mark of the restore is missing: someone has put the old file back by hand.
    for name in ["hub.db", "hub.db-wal", "hub.db-shm"] {
        drop(std::fs::remove_file(site.config.folder.join(name)));
    }
    std::fs::copy(&backup, site.config.store()).unwrap();
    let hub = site.run().await;
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(&site.world.journal(&site.world.ana, 7).entries(5)).await;
    desk.finish().await;
    eventually("the hub has stopped taking anything in", || {
        hub.sequencer().view().closed == Some("hub-behind")
    })
    .await;
    let view = hub.sequencer().view();
    let size = view.journal.cosigned.as_ref().map(|(size, _)| *size);
    assert_eq!(size, Some(2), "no witness has cosigned the other tree");
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(&site.world.journal(&site.world.ana, 8).entries(1)).await;
    assert_eq!(desk.finish().await.refused[0].1, "hub-behind");
    hub.stop().await;
}

/// A plain server of one log's files, as a mirror is.
pub(crate) async fn serve_files(
    reader: StoreReader,
    log: counterseal_register::LogKind,
) -> std::net::SocketAddr {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 4096];
            while let Ok(read) = stream.read(&mut request).await {
                if read == 0 {
                    break;
                }
                let text = String::from_utf8_lossy(&request[..read]).into_owned();
                let path = text.split(' ').nth(1).unwrap().trim_start_matches('/').to_owned();
                let body = match LogPath::parse(&path).unwrap() {
                    LogPath::Checkpoint => reader.checkpoint(log).unwrap().unwrap().1.into_bytes(),
                    LogPath::Tile(tile) => reader.tile(log, tile).unwrap().unwrap(),
                    LogPath::Entries(bundle) => reader.bundle(log, bundle).unwrap().unwrap(),
                };
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
                stream.write_all(&[head.as_bytes(), &body].concat()).await.unwrap();
            }
        }
    });
    address
}
