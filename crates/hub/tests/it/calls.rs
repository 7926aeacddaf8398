//! Calls by HTTP that are signed over their connection: leaves that are not entries'.

use std::net::SocketAddr;
use std::time::Duration;

use counterseal_hub::Outcome;
use counterseal_hub::*;
use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::{Signer, sign_statement};
use counterseal_serve::{HttpClient, Trust, Url};

use crate::client::*;
use crate::common::*;

pub(crate) fn caller(site: &Site, address: SocketAddr) -> HttpClient {
    let url = Url::parse(&format!("https://{address}/")).unwrap();
    HttpClient::new(url, Trust::Pins(&[site.public.pin]), Duration::from_secs(15)).unwrap()
}

pub(crate) fn sign(payload: &[u8], label: Label, signer: &dyn Signer) -> Vec<u8> {
    sign_statement(payload, label, &[signer]).unwrap().bytes().to_vec()
}

/// Status and what was said, without the end of the line.
async fn post(client: &mut HttpClient, path: &str, make: impl FnOnce([u8; 32]) -> Vec<u8>) -> (u16, String) {
    let (status, said) = client.post_bound(path, |exporter| Ok(make(*exporter))).await.unwrap();
    (status, String::from_utf8(said).unwrap().trim_end().to_owned())
}

pub(crate) fn opening(n: u8) -> [u8; 38] {
    JournalLeaf::committing(LeafType::Opening, 3, [n; 32]).unwrap().to_bytes()
}

fn pushed(site: &Site, person: &Person, exporter: [u8; 32], leaf: [u8; 38]) -> LeafPushed {
    LeafPushed {
        mission: site.world.mission(),
        device: person.device.id(),
        exporter: Bytes(exporter),
        leaf: Bytes(leaf),
        extra: Default::default(),
    }
}

/// As it should be done.
async fn push(site: &Site, client: &mut HttpClient, person: &Person, leaf: [u8; 38]) -> (u16, String) {
    let make = |exporter| {
        let payload = pushed(site, person, exporter, leaf).payload();
        sign(&payload, Label::HUB_LEAF, &person.device)
    };
    post(client, "leaf", make).await
}

fn ok(index: u64) -> (u16, String) {
    (200, index.to_string())
}

fn no(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leaf_stands_once_whoever_brings_it_and_is_no_missing_entry() {
    let site = Site::new(3).await;
    let (ana, ben) = (&site.world.ana, &site.world.ben);
    let hub = site.run().await;
    let mut client = caller(&site, hub.address());
    assert_eq!(push(&site, &mut client, ana, opening(1)).await, ok(0));
    assert_eq!(push(&site, &mut client, ana, opening(1)).await, ok(0), "again");
    assert_eq!(push(&site, &mut caller(&site, hub.address()), ben, opening(1)).await, ok(0), "of another");
    let fact = JournalLeaf::committing(LeafType::Fact, 1, [1; 32]).unwrap().to_bytes();
    assert_eq!(
        push(&site, &mut client, ana, fact).await,
        ok(1),
        "another leaf, though it commits to the same"
    );
    let mut desk = Desk::open(&site, hub.address(), ana, |_| {}).await;
    desk.push(&[site.world.journal(ana, 1).entry(256, 1)]).await;
    assert_eq!(desk.finish().await.accepted[0].index, 2);
    cosigned(&hub).await;
    let mut desk = Desk::open(&site, hub.address(), ben, |_| {}).await;
    let got = desk.finish().await;
    assert_eq!(got.leaves.iter().take(2).copied().collect::<Vec<_>>(), [opening(1), fact]);
    assert!(
        got.welcome.unwrap().lacks.is_empty(),
        "no desk is asked for what a leaf of an opening commits to"
    );
    assert_eq!(status(&site.config).unwrap().bare, 0);
    hub.stop().await;
    let hub = site.run().await;
    assert_eq!(push(&site, &mut caller(&site, hub.address()), ana, fact).await, ok(1), "after a start too");
    assert_eq!(hub.sequencer().view().journal.size, 3);
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_who_is_active_says_it_over_this_connection_and_under_this_label() {
    let mut site = Site::new(0).await;
    let hub = site.run().await;
    let address = hub.address();
    let (ana, ben) = (&site.world.ana, &site.world.ben);
    let stranger = Person::new(77);
    assert_eq!(
        push(&site, &mut caller(&site, address), &stranger, opening(1)).await,
        no(403, "device-unknown")
    );
    let mut client = caller(&site, address);
    // Ana's name, Ben's signature.
    let make =
        |exporter| sign(&pushed(&site, ana, exporter, opening(1)).payload(), Label::HUB_LEAF, &ben.device);
    assert_eq!(post(&mut client, "leaf", make).await, no(403, "device-unknown"));
    // What Ana said for another purpose.
    let make = |exporter| {
        sign(&pushed(&site, ana, exporter, opening(1)).payload(), Label::TRUSTEE_CALL, &ana.device)
    };
    assert_eq!(post(&mut client, "leaf", make).await, no(403, "device-unknown"));
    let make = |exporter| {
        let other = LeafPushed {
            mission: MissionId::from_bytes([1; 32]),
            ..pushed(&site, ana, exporter, opening(1))
        };
        sign(&other.payload(), Label::HUB_LEAF, &ana.device)
    };
    assert_eq!(post(&mut client, "leaf", make).await, no(403, "device-unknown"));
    // What Ana said over another connection.
    let mut heard = Vec::new();
    let make = |exporter| {
        heard = sign(&pushed(&site, ana, exporter, opening(1)).payload(), Label::HUB_LEAF, &ana.device);
        b"not that".to_vec()
    };
    assert_eq!(post(&mut caller(&site, address), "leaf", make).await.0, 400);
    assert_eq!(post(&mut client, "leaf", |_| heard).await, no(403, "connection-other"));
    assert_eq!(hub.sequencer().view().journal.size, 0, "nothing of all this is in the log");
    // Ben is active until he is revoked.
    assert_eq!(push(&site, &mut client, ben, opening(1)).await, ok(0));
    let (person, device) = (ben.id, ben.device.id());
    let revoke = site.world.registrars(RevokeDevice { person, device, extra: Default::default() });
    let leaf = JournalLeaf::parse(&opening(2)).unwrap();
    let outcomes = hub.sequencer().push(vec![Push::Statement(revoke), Push::Leaf { device, leaf }]).await;
    assert_eq!(outcomes[1], Outcome::Refused { code: "device-not-active" }, "let in before, stopped by now");
    let ben = &site.world.ben;
    assert_eq!(push(&site, &mut client, ben, opening(2)).await, no(403, "device-not-active"));
    assert_eq!(
        push(&site, &mut client, ben, opening(1)).await,
        no(403, "device-not-active"),
        "nor what he had"
    );
    assert_eq!(hub.sequencer().view().journal.size, 1);
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leaf_of_an_entry_or_none_at_all_is_refused() {
    let site = Site::new(0).await;
    let (hub, ana) = (site.run().await, &site.world.ana);
    let mut client = caller(&site, hub.address());
    let entry = JournalLeaf::committing(LeafType::Entry, 3, [1; 32]).unwrap().to_bytes();
    assert_eq!(push(&site, &mut client, ana, entry).await, no(400, "leaf-of-an-entry"));
    for (at, value) in [(0, 2), (1, 0), (1, 99)] {
        let mut bad = opening(1);
        bad[at] = value;
        assert_eq!(push(&site, &mut client, ana, bad).await.0, 400, "byte {at} is {value}");
    }
    let mut none = opening(1);
    none[2..6].fill(0);
    assert_eq!(push(&site, &mut client, ana, none).await, no(400, "leaf-count-bad"));
    assert_eq!(post(&mut client, "leaf", |_| vec![0; 16 * 1024]).await.0, 400);
    assert_eq!(
        post(&mut caller(&site, hub.address()), "leaf", |_| vec![0; 16 * 1024 + 1]).await,
        no(413, "call-too-long")
    );
    assert_eq!(post(&mut client, "elsewhere", |_| vec![0]).await.0, 405);
    assert_eq!(hub.sequencer().view().journal.size, 0);
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_that_is_closed_or_full_refuses_new_leaves_and_knows_old_ones() {
    let mut site = Site::new(0).await;
    let there = std::fs::metadata(site.config.store()).unwrap().len();
    site.config.store_bytes = Some(there + 100_000);
    let (hub, ana) = (site.run().await, &site.world.ana);
    let mut client = caller(&site, hub.address());
    assert_eq!(push(&site, &mut client, ana, opening(1)).await, ok(0));
    hub.sequencer().close("hub-behind").await;
    assert_eq!(push(&site, &mut client, ana, opening(2)).await, no(503, "hub-behind"));
    assert_eq!(push(&site, &mut client, ana, opening(1)).await, ok(0));
    hub.sequencer().open().await;
    let mut acknowledged = 1;
    for round in 0..200u8 {
        let leaf = |n: u8| {
            let leaf = JournalLeaf::committing(LeafType::Opening, 1, sha256(&[&[round, n]])).unwrap();
            Push::Leaf { device: ana.device.id(), leaf }
        };
        match hub.sequencer().push((0..100).map(leaf).collect()).await[99] {
            Outcome::Accepted { index } => acknowledged = index + 1,
            Outcome::Refused { code } => {
                assert_eq!(code, "hub-full");
                break;
            }
        }
    }
    // What was still free in pages is used up one by one.
    let mut n = 2;
    while push(&site, &mut client, ana, opening(n)).await == ok(acknowledged) {
        (n, acknowledged) = (n + 1, acknowledged + 1);
    }
    assert_eq!(push(&site, &mut client, ana, opening(n)).await, no(503, "hub-full"));
    assert_eq!(push(&site, &mut client, ana, opening(1)).await, ok(0));
    hub.stop().await;
    let reader = StoreReader::open(&site.config.store()).unwrap();
    assert_eq!(
        reader.size(LogKind::Journal).unwrap(),
        acknowledged,
        "all that was acknowledged, and no more"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_calls_counts_like_a_session_and_keeps_the_place() {
    let mut site = Site::new(0).await;
    (site.config.limits.sessions_per_device, site.config.limits.connections_per_address) = (1, 3);
    let (hub, ana, ben) = (site.run().await, &site.world.ana, &site.world.ben);
    let (mut anas, mut bens) = (caller(&site, hub.address()), caller(&site, hub.address()));
    assert_eq!(push(&site, &mut anas, ana, opening(1)).await, ok(0));
    assert_eq!(push(&site, &mut anas, ana, opening(2)).await, ok(1), "the same connection");
    assert_eq!(push(&site, &mut bens, ana, opening(1)).await, no(429, "too-many-sessions"));
    assert_eq!(push(&site, &mut bens, ben, opening(1)).await, ok(0), "another device");
    let mut before = None;
    let make = |exporter| {
        before = Some(exporter);
        Vec::new()
    };
    post(&mut anas, "leaf", make).await;
    // Strangers push each other out, and not her.
    for _ in 0..5 {
        let (status, _) = get(&site, hub.address(), "/journal/checkpoint").await;
        assert!([200, 404].contains(&status));
        drop(caller(&site, hub.address()).post_bound("leaf", |_| Ok(Vec::new())).await);
    }
    let make = |exporter| {
        assert_eq!(Some(exporter), before, "the same connection still");
        Vec::new()
    };
    post(&mut anas, "leaf", make).await;
    drop(anas);
    let mut next = caller(&site, hub.address());
    for _ in 0..100 {
        if push(&site, &mut next, ana, opening(3)).await == ok(2) {
            hub.stop().await;
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("her place is free again when her connection is gone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_come_out_of_the_devices_allowance() {
    let mut site = Site::new(0).await;
    (site.config.limits.push_bytes_per_second, site.config.limits.push_burst_bytes) = (300, 300);
    let (hub, ana) = (site.run().await, &site.world.ana);
    let mut client = caller(&site, hub.address());
    let begun = tokio::time::Instant::now();
    for n in 0..4 {
        assert_eq!(push(&site, &mut client, ana, opening(n)).await, ok(n.into()));
    }
    // Each has more than 200 bytes: the first is free, the fourth waits for what the others have used.
    assert!(begun.elapsed() > Duration::from_secs(1), "{:?}", begun.elapsed());
    hub.stop().await;
}
