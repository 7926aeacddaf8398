//! Trustees ask for the headers of guarded entries, and nobody else does.

use counterseal_hub::Outcome;
use counterseal_hub::*;
use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::{GovernorSecrets, Signer};
use counterseal_serve::HttpClient;

use crate::calls::{caller, opening, sign};
use crate::common::*;

/// A trustee with its identity key.
struct TestTrustee(GovernorSecrets);

impl TestTrustee {
    fn new(n: u64) -> Self {
        Self(GovernorSecrets::make(&mut rng(300 + n)).unwrap())
    }

    /// As the governors name it, alone.
    fn named(&self, x: u64) -> SetTrustees {
        let trustee = Trustee {
            key: self.0.public().clone(),
            x,
            requests: Bytes([u8::try_from(x).unwrap(); HPKE_PUBLIC_LEN]),
            pins: vec![Bytes([1; 32])],
            url: None,
            succeeds: None,
            extra: Default::default(),
        };
        SetTrustees { threshold: 1, trustees: vec![trustee], single: true, extra: Default::default() }
    }

    async fn ask(&self, site: &Site, client: &mut HttpClient, from: u64) -> (u16, Vec<u8>) {
        self.ask_as(site, client, Label::HUB_GUARDED, |asked| asked.from = from).await
    }

    async fn ask_as(
        &self,
        site: &Site,
        client: &mut HttpClient,
        label: Label,
        change: impl FnOnce(&mut GuardedAsked),
    ) -> (u16, Vec<u8>) {
        let make = |exporter: &[u8; 32]| {
            let mut asked = GuardedAsked {
                mission: site.world.mission(),
                trustee: self.0.id(),
                exporter: Bytes(*exporter),
                from: 0,
                extra: Default::default(),
            };
            change(&mut asked);
            Ok(sign(&asked.payload(), label, &self.0 as &dyn Signer))
        };
        client.post_bound("guarded", make).await.unwrap()
    }
}

/// Names a trustee, here and in the hub.
async fn name(site: &mut Site, hub: &RunningHub, act: SetTrustees) {
    site.world.by_governors(act);
    let statement = site.world.statements.last().unwrap().clone();
    let outcome = hub.sequencer().push(vec![Push::Statement(statement)]).await[0];
    assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
}

fn headers(answer: (u16, Vec<u8>)) -> GuardedHeaders {
    assert_eq!(answer.0, 200, "{}", String::from_utf8_lossy(&answer.1));
    GuardedHeaders::parse(&answer.1).unwrap()
}

fn said(answer: (u16, Vec<u8>)) -> (u16, String) {
    (answer.0, String::from_utf8(answer.1).unwrap().trim_end().to_owned())
}

/// What stands in the journal log of these tests.
enum Row {
    Guarded(usize),
    Open,
    Bare,
    Opening,
}

/// Writes rows straight into the store; gives the guarded headers with their indices.
fn fill(site: &Site, rows: &[Row]) -> Vec<(u64, Vec<u8>)> {
    let mut store = SqliteStore::open(&site.config.store(), None).unwrap();
    let (mut batch, mut guarded) = (Batch::default(), Vec::new());
    for (index, row) in (0..).zip(rows) {
        let leaf = JournalLeaf::committing(LeafType::Entry, 1, sha256(&[&[index as u8]])).unwrap().to_bytes();
        let header = match row {
            Row::Guarded(bytes) => vec![index as u8; *bytes],
            _ => vec![0xff; 100],
        };
        let entry = Entry { header: header.clone(), ciphertexts: vec![vec![0xee; 3000]] };
        let guarded_header = matches!(row, Row::Guarded(_)).then_some(header.len() as u64);
        let new = NewEntry {
            id: entry.id(),
            compartment: MISSION_WIDE,
            device: site.world.ana.device.id(),
            journal: JournalId::from_bytes([1; 16]),
            seq: index,
            urgency: 1,
            guarded_header,
            bytes: entry.to_bytes(),
        };
        let (leaf, body) = match row {
            Row::Guarded(_) => {
                guarded.push((index, header));
                (leaf, LeafBody::Entry(new))
            }
            Row::Open => {
                (leaf, LeafBody::Entry(NewEntry { id: EntryId::from_bytes([index as u8; 32]), ..new }))
            }
            Row::Bare => (leaf, LeafBody::Unknown),
            Row::Opening => (opening(index as u8), LeafBody::Unknown),
        };
        batch.leaves.push(NewLeaf { index, leaf, at: Timestamp(1), body });
    }
    store.append(&batch).unwrap();
    guarded
}

fn pairs(found: &GuardedHeaders) -> Vec<(u64, Vec<u8>)> {
    found.headers.iter().map(|one| (one.index, one.header.0.clone())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trustee_gets_every_guarded_header_in_order_and_in_bounded_answers() {
    let mut site = Site::new(0).await;
    let rows = [
        Row::Open,
        Row::Guarded(20),
        Row::Guarded(400_000),
        Row::Opening,
        Row::Guarded(200),
        Row::Guarded(600_000),
        Row::Bare,
        Row::Guarded(1_500_000),
        Row::Guarded(70_000),
        Row::Open,
    ];
    let all = fill(&site, &rows);
    let hub = site.run().await;
    let trustee = TestTrustee::new(1);
    name(&mut site, &hub, trustee.named(1)).await;
    let mut client = caller(&site, hub.address()).with_answers_up_to(4 << 20);
    let (mut got, mut from, mut answers) = (Vec::new(), 0, Vec::new());
    while from < rows.len() as u64 {
        let found = headers(trustee.ask(&site, &mut client, from).await);
        answers.push((from, found.headers.len(), found.lacking));
        got.extend(pairs(&found));
        assert!(found.next > from);
        from = found.next;
    }
    assert_eq!(got, all);
    // The missing entry is named with the answer that goes beyond it.
    assert_eq!(answers, [(0, 4, Some(6)), (7, 1, None), (8, 1, None)]);
    let beyond = headers(trustee.ask(&site, &mut client, 10).await);
    assert_eq!((beyond.headers.len(), beyond.next, beyond.lacking), (0, 10, None));
    let beyond = headers(trustee.ask(&site, &mut client, u64::MAX).await);
    assert_eq!((beyond.headers.len(), beyond.next, beyond.lacking), (0, u64::MAX, None));
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_but_a_trustee_that_is_or_was_is_answered() {
    let mut site = Site::new(0).await;
    fill(&site, &[Row::Guarded(20)]);
    let hub = site.run().await;
    let (first, second, stranger) = (TestTrustee::new(1), TestTrustee::new(2), TestTrustee::new(3));
    let mut client = caller(&site, hub.address());
    let unknown = (403, "trustee-unknown".to_owned());
    assert_eq!(said(first.ask(&site, &mut client, 0).await), unknown, "not named yet");
    name(&mut site, &hub, first.named(1)).await;
    assert_eq!(headers(first.ask(&site, &mut client, 0).await).headers.len(), 1);
    assert_eq!(said(stranger.ask(&site, &mut client, 0).await), unknown);
    // In the first one's name; for another purpose; of another mission.
    let id = first.0.id();
    let (leaf, asks) = (Label::HUB_LEAF, Label::HUB_GUARDED);
    assert_eq!(said(stranger.ask_as(&site, &mut client, asks, |asked| asked.trustee = id).await), unknown);
    assert_eq!(said(first.ask_as(&site, &mut client, leaf, |_| {}).await), unknown);
    let other = MissionId::from_bytes([1; 32]);
    assert_eq!(said(first.ask_as(&site, &mut client, asks, |asked| asked.mission = other).await), unknown);
    let overheard = |asked: &mut GuardedAsked| asked.exporter = Bytes([7; 32]);
    let refused = said(first.ask_as(&site, &mut client, asks, overheard).await);
    assert_eq!(refused, (403, "connection-other".to_owned()));
    // A successor waits its days, and the one before keeps what was sealed for it.
    name(&mut site, &hub, second.named(2)).await;
    assert_eq!(said(second.ask(&site, &mut client, 0).await), unknown);
    site.clock.pass_days(8);
    assert_eq!(headers(second.ask(&site, &mut client, 0).await).headers.len(), 1);
    assert_eq!(headers(first.ask(&site, &mut client, 0).await).headers.len(), 1);
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guarded_entry_that_comes_back_to_its_leaf_is_given_too() {
    let mut site = Site::new(0).await;
    fill(&site, &[Row::Open, Row::Bare, Row::Guarded(20)]);
    let hub = site.run().await;
    let trustee = TestTrustee::new(1);
    name(&mut site, &hub, trustee.named(1)).await;
    let mut client = caller(&site, hub.address());
    let found = headers(trustee.ask(&site, &mut client, 0).await);
    assert_eq!((found.headers.len(), found.next, found.lacking), (1, 3, Some(1)));
    let header = vec![7; 300];
    let entry = Entry { header: header.clone(), ciphertexts: vec![vec![0xee; 10]] };
    let leaf = JournalLeaf::committing(LeafType::Entry, 1, sha256(&[&[1]])).unwrap().to_bytes();
    let entry = NewEntry {
        id: entry.id(),
        compartment: MISSION_WIDE,
        device: site.world.ana.device.id(),
        journal: JournalId::from_bytes([1; 16]),
        seq: 1,
        urgency: 1,
        guarded_header: Some(300),
        bytes: entry.to_bytes(),
    };
    let filled = vec![Filled { index: 1, leaf, entry }];
    SqliteStore::open(&site.config.store(), None)
        .unwrap()
        .append(&Batch { filled, ..Batch::default() })
        .unwrap();
    let found = headers(trustee.ask(&site, &mut client, 1).await);
    assert_eq!((pairs(&found)[0].clone(), found.headers.len(), found.lacking), ((1, header), 2, None));
    hub.stop().await;
}

#[test]
fn a_store_of_an_earlier_build_gets_the_tables_and_loses_nothing() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let site = runtime.block_on(Site::new(0));
    fill(&site, &[Row::Open, Row::Bare, Row::Opening]);
    let db = rusqlite::Connection::open(site.config.store()).unwrap();
    db.execute_batch(
        "DROP TABLE guarded; DROP INDEX bare_order;
         INSERT INTO bare SELECT leaf, idx FROM lone; DROP TABLE lone;",
    )
    .unwrap();
    drop(db);
    drop(SqliteStore::open(&site.config.store(), None).unwrap());
    let reader = StoreReader::open(&site.config.store()).unwrap();
    assert_eq!(reader.lone_index(&opening(2)).unwrap(), Some(2));
    assert_eq!((reader.count_bare().unwrap(), reader.first_bare(0..3).unwrap()), (1, Some(1)));
    assert_eq!(reader.guarded(0..3, 1000).unwrap(), (Vec::new(), None));
}
