//! Sessions: who is let in, what is taken, what is told.

use std::time::Duration;

use counterseal_register::*;
use counterseal_sync::*;

use crate::client::*;
use crate::common::*;

fn codes(got: &Got) -> Vec<&str> {
    got.refused.iter().map(|(_, code)| code.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_handshake_is_tls_1_3_with_the_hybrid_group() {
    let site = Site::new(0).await;
    let hub = site.run().await;
    let stream = connect(hub.address(), site.public.pin, b"counterseal/1").await.unwrap();
    assert_eq!(group(&stream), rustls::NamedGroup::X25519MLKEM768);
    assert_eq!(stream.get_ref().1.protocol_version(), Some(rustls::ProtocolVersion::TLSv1_3));
    assert!(connect(hub.address(), [1; 32], b"counterseal/1").await.is_err(), "another pin");
    assert!(connect(hub.address(), site.public.pin, b"h2").await.is_err(), "another protocol");
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_again_is_acknowledged_with_the_same_index() {
    let site = Site::new(0).await;
    let hub = site.run().await;
    let entries = site.world.journal(&site.world.ana, 1).entries(5);
    let mut indices = Vec::new();
    for _ in 0..2 {
        let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        desk.push(&entries).await;
        let got = desk.finish().await;
        indices.push(got.accepted.iter().map(|one| one.index).collect::<Vec<_>>());
    }
    assert_eq!(indices[0], [0, 1, 2, 3, 4]);
    assert_eq!(indices[0], indices[1]);
    assert_eq!(hub.sequencer().view().journal.size, 5);
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_devices_of_the_mission_come_in_and_only_with_their_key() {
    let site = Site::new(0).await;
    let hub = site.run().await;
    // Ben's device under Ana's signature.
    let ben = site.world.ben.device.id();
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |hello| hello.device = ben).await;
    assert_eq!(desk.finish().await.ended.as_deref(), Some("device-unknown"));
    let stranger = counterseal_model::DeviceId::from_bytes([7; 32]);
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |hello| hello.device = stranger).await;
    assert_eq!(desk.finish().await.ended.as_deref(), Some("device-unknown"), "and the same words for it");
    let mission = counterseal_model::MissionId::from_bytes([7; 32]);
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |hello| hello.mission = mission).await;
    assert!(desk.finish().await.ended.is_some());
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_device_is_sent_away_at_once_and_not_let_in_again() {
    let mut site = Site::new(0).await;
    let hub = site.run().await;
    let mut ben = Desk::open(&site, hub.address(), &site.world.ben, |hello| hello.continuous = true).await;
    let mut got = Got::default();
    ben.talk(&mut got, |got, _| got.done).await;
    let (person, device) = (site.world.ben.id, site.world.ben.device.id());
    let revoke = site.world.registrars(RevokeDevice { person, device, extra: Default::default() });
    let mut registrar = Desk::open(&site, hub.address(), &site.world.registrar, |_| {}).await;
    registrar.push_statements(&[revoke]).await;
    assert_eq!(registrar.finish().await.accepted.len(), 1);
    ben.talk(&mut got, |got, _| got.ended.is_some()).await;
    assert_eq!(got.ended.as_deref(), Some("device-not-active"));
    let mut again = Desk::open(&site, hub.address(), &site.world.ben, |_| {}).await;
    assert_eq!(again.finish().await.ended.as_deref(), Some("device-not-active"));
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_statements_with_one_predecessor_the_second_is_refused() {
    let mut site = Site::new(0).await;
    let hub = site.run().await;
    let person = site.world.ben.id;
    let until = |time| ExtendAppointment {
        person,
        until: Some(counterseal_model::Timestamp(time)),
        extra: Default::default(),
    };
    let first = site.world.registrars(until(2_000_000_000));
    let second = site.world.registrars(until(2_100_000_000));
    let mut desk = Desk::open(&site, hub.address(), &site.world.registrar, |_| {}).await;
    desk.push_statements(&[first.clone(), second.clone()]).await;
    let got = desk.finish().await;
    assert_eq!(got.accepted.len(), 1, "{:?}", got.refused);
    assert_eq!(codes(&got), ["predecessor-stale"]);
    // Not the refused one either, later; and the accepted one again, with its index.
    let mut desk = Desk::open(&site, hub.address(), &site.world.registrar, |_| {}).await;
    desk.push_statements(&[second, first]).await;
    let again = desk.finish().await;
    assert_eq!(codes(&again), ["predecessor-stale"]);
    assert_eq!(again.accepted[0].index, got.accepted[0].index);
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entries_that_cannot_count_are_refused_by_name() {
    let site = Site::new(0).await;
    let hub = site.run().await;
    let mut journal = site.world.journal(&site.world.ana, 1);
    let mut false_part = journal.entry(256, 1);
    false_part.ciphertexts[0][0] ^= 1;
    let mut elsewhere = site.world.journal(&site.world.ana, 2);
    elsewhere.epoch = counterseal_model::EpochId::from_bytes([8; 32]);
    let elsewhere = elsewhere.entry(256, 2);
    let good = site.world.journal(&site.world.ana, 3).entry(256, 3);
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(&[elsewhere, good]).await;
    let got = desk.finish().await;
    assert_eq!(codes(&got), ["epoch-unknown"]);
    assert_eq!(got.accepted.len(), 1, "the one beside it is taken");
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(&[false_part]).await;
    let got = desk.finish().await;
    assert_eq!(got.accepted.len(), 0);
    assert!(got.ended.is_some() || codes(&got).len() == 1, "{got:?}");
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_entries_at_one_place_are_both_kept() {
    let site = Site::new(0).await;
    let hub = site.run().await;
    let one = site.world.journal(&site.world.ana, 1).entry(256, 1);
    let other = site.world.journal(&site.world.ana, 1).entry(256, 2);
    assert_ne!(one.id(), other.id());
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(std::slice::from_ref(&one)).await;
    desk.push(std::slice::from_ref(&other)).await;
    assert_eq!(desk.finish().await.accepted.len(), 2);
    let mut ben = Desk::open(&site, hub.address(), &site.world.ben, |_| {}).await;
    let got = ben.finish().await;
    assert_eq!(got.entries.into_iter().map(|(_, entry)| entry).collect::<Vec<_>>(), [one, other]);
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_that_stays_hears_of_what_comes() {
    let site = Site::new(3).await;
    let hub = site.run().await;
    let mut ben = Desk::open(&site, hub.address(), &site.world.ben, |hello| hello.continuous = true).await;
    let mut got = Got::default();
    ben.talk(&mut got, |got, _| got.done).await;
    let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    ana.push(&site.world.journal(&site.world.ana, 1).entries(3)).await;
    assert_eq!(ana.finish().await.accepted.len(), 3);
    let noted = |grown: &Grown| !grown.journal.checkpoint.is_empty();
    ben.talk(&mut got, |got, _| got.entries.len() == 3 && got.grown.iter().any(noted)).await;
    assert_eq!(got.entries.len(), 3);
    hub.stop().await;
    ben.talk(&mut got, |got, _| got.ended.is_some()).await;
    assert_eq!(got.ended.as_deref(), Some("hub-stopping"), "and is told when the hub stops");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_entry_goes_in_pieces_and_on_where_it_was_cut_off() {
    let site = Site::new(0).await;
    let hub = site.run().await;
    let large = site.world.journal(&site.world.ana, 1).entry(700_000, 1);
    let total = large.to_bytes().len();
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    let mut got = Got::default();
    desk.talk(&mut got, |got, _| got.welcome.is_some()).await;
    assert!(desk.session.push_large(&large));
    for _ in 0..3 {
        let piece = desk.session.next_output().unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut desk.stream, &piece).await.unwrap();
    }
    tokio::io::AsyncWriteExt::flush(&mut desk.stream).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    drop(desk);
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    let mut got = Got::default();
    desk.talk(&mut got, |got, _| got.welcome.is_some()).await;
    let held = got.welcome.as_ref().unwrap().partials[0].bytes as usize;
    assert!(held > 0 && held < total, "{held} of {total}");
    assert!(desk.session.push_large(&large));
    let sent = desk.finish().await;
    assert_eq!(sent.accepted.len(), 1, "{:?}", sent.refused);
    assert!(desk.session.progress().bytes_out < (total - held + 20_000) as u64, "not from the beginning");
    let mut ben = Desk::open(&site, hub.address(), &site.world.ben, |_| {}).await;
    assert_eq!(ben.finish().await.parts, large.to_bytes());
    hub.stop().await;
}

/// A hub that is through must not hang up on a desk that still reads: what it has written is on its way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_desk_gets_all_though_it_says_something_after_the_hub_is_through() {
    let site = Site::new(1).await;
    let hub = site.run().await;
    let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    let mut journal = site.world.journal(&site.world.ana, 1);
    let entries: Vec<_> = (0..60).map(|n| journal.entry(16 * 1024, n)).collect();
    ana.push(&entries).await;
    assert_eq!(ana.finish().await.accepted.len(), 60);
    let mut ben = Desk::open(&site, hub.address(), &site.world.ben, |_| {}).await;
    ben.session.close();
    ben.send().await;
    // It reads nothing; what does not fit its buffer waits in the hub's.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    for mark in [1, 2] {
        ben.session.ping([mark; 8]);
        ben.send().await;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let got = ben.finish().await;
    assert_eq!((got.entries.len(), got.done), (60, true));
    hub.stop().await;
}
