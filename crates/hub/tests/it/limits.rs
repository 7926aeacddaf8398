//! Slow, broken and many clients: none of them hurts the others. And what the hub never says.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::client::*;
use crate::common::*;

/// A hub with short patience and few places.
async fn strict() -> Site {
    let mut site = Site::new(0).await;
    let limits = &mut site.config.limits;
    (limits.handshake_seconds, limits.idle_seconds, limits.write_seconds) = (1, 2, 1);
    limits.connections = 8;
    site
}

/// Whether a desk can do its work.
async fn works(site: &Site, address: std::net::SocketAddr, n: u8) {
    let entries = site.world.journal(&site.world.ana, n).entries(2);
    let work = async {
        let mut desk = Desk::open(site, address, &site.world.ana, |_| {}).await;
        desk.push(&entries).await;
        desk.finish().await.accepted.len()
    };
    assert_eq!(timeout(Duration::from_secs(5), work).await.expect("in good time"), 2);
}

async fn is_cut_off(stream: &mut (impl AsyncReadExt + Unpin), within: u64) -> bool {
    let mut sink = [0; 1024];
    let read = async { while stream.read(&mut sink).await.is_ok_and(|read| read > 0) {} };
    timeout(Duration::from_secs(within), read).await.is_ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn garbage_silence_and_half_words_are_cut_off_while_others_work() {
    let site = strict().await;
    let hub = site.run().await;
    let address = hub.address();
    let mut silent = TcpStream::connect(address).await.unwrap();
    let mut garbage = TcpStream::connect(address).await.unwrap();
    garbage.write_all(&[0x80; 4096]).await.unwrap();
    // TLS, then nothing; then a garbage frame; then half a Hello.
    let mut quiet = connect(address, site.public.pin, b"counterseal/1").await.unwrap();
    let mut noisy = connect(address, site.public.pin, b"counterseal/1").await.unwrap();
    noisy.write_all(&[0xff; 64]).await.unwrap();
    let mut half = connect(address, site.public.pin, b"counterseal/1").await.unwrap();
    half.write_all(&[1, 0, 0, 1, 0, 0xa0]).await.unwrap();
    works(&site, address, 1).await;
    assert!(is_cut_off(&mut garbage, 3).await, "garbage before TLS");
    assert!(is_cut_off(&mut noisy, 3).await, "garbage after it");
    assert!(is_cut_off(&mut silent, 3).await, "silence before TLS");
    assert!(is_cut_off(&mut quiet, 5).await, "silence after it");
    assert!(is_cut_off(&mut half, 5).await, "half a Hello");
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_comes_letter_by_letter_is_cut_off() {
    let site = strict().await;
    let hub = site.run().await;
    let mut slow = connect(hub.address(), site.public.pin, b"http/1.1").await.unwrap();
    let begun = tokio::time::Instant::now();
    let head =
        "GET /statements/checkpoint HTTP/1.1\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".as_bytes();
    for letter in head.iter().cycle() {
        tokio::time::sleep(Duration::from_millis(250)).await;
        if slow.write_all(&[*letter]).await.is_err() || slow.flush().await.is_err() {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "a drop now and then keeps no place for ever");
    }
    works(&site, hub.address(), 1).await;
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_that_never_reads_is_cut_off_and_costs_no_memory() {
    let site = strict().await;
    let hub = site.run().await;
    let mut journal = site.world.journal(&site.world.ana, 1);
    let many: Vec<_> = (0..200).map(|n| journal.entry(60_000, n as u8)).collect();
    let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    let mut got = Got::default();
    for chunk in many.chunks(10) {
        ana.push(chunk).await;
        let due = got.accepted.len() + chunk.len();
        ana.talk(&mut got, |got, _| got.accepted.len() >= due).await;
    }
    assert_eq!(got.accepted.len(), 200);
    // Twelve megabytes wait for Ben, who asks for them and reads nothing.
    let mut ben = Desk::open(&site, hub.address(), &site.world.ben, |_| {}).await;
    ben.send().await;
    works(&site, hub.address(), 2).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let read = async {
        let (mut sink, mut bytes) = (vec![0; 65536], 0);
        while let Ok(read) = ben.stream.read(&mut sink).await {
            if read == 0 {
                break;
            }
            bytes += read;
        }
        bytes
    };
    let bytes = timeout(Duration::from_secs(10), read).await.expect("the hub has hung up");
    assert!(bytes < 12_000_000, "{bytes} bytes were all that fitted the system's buffers");
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn beyond_the_limit_connections_are_closed_and_those_inside_stay() {
    let site = strict().await;
    let hub = site.run().await;
    let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |hello| hello.continuous = true).await;
    let mut got = Got::default();
    ana.talk(&mut got, |got, _| got.done).await;
    let mut crowd = Vec::new();
    for _ in 0..20 {
        crowd.push(TcpStream::connect(hub.address()).await.unwrap());
    }
    let mut turned_away = 0;
    for stream in &mut crowd[10..] {
        turned_away += u32::from(is_cut_off(stream, 1).await);
    }
    assert!(turned_away >= 8, "{turned_away}");
    ana.push(&site.world.journal(&site.world.ana, 1).entries(2)).await;
    ana.talk(&mut got, |got, _| got.accepted.len() == 2).await;
    drop(crowd);
    eventually("places are free again", || hub.sequencer().view().journal.size == 2).await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    works(&site, hub.address(), 2).await;
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_has_so_many_sessions_and_no_more() {
    let mut site = Site::new(0).await;
    site.config.limits.sessions_per_device = 1;
    let hub = site.run().await;
    let mut first = Desk::open(&site, hub.address(), &site.world.ana, |hello| hello.continuous = true).await;
    first.talk(&mut Got::default(), |got, _| got.done).await;
    let mut second = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    assert_eq!(second.finish().await.ended.as_deref(), Some("too-many-sessions"));
    let mut ben = Desk::open(&site, hub.address(), &site.world.ben, |_| {}).await;
    assert!(ben.finish().await.done, "another device is not concerned");
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_pushes_much_is_read_more_slowly_and_loses_nothing() {
    let mut site = Site::new(0).await;
    let limits = &mut site.config.limits;
    (limits.push_bytes_per_second, limits.push_burst_bytes) = (200_000, 10_000);
    let hub = site.run().await;
    let begun = tokio::time::Instant::now();
    let mut journal = site.world.journal(&site.world.ana, 1);
    let entries: Vec<_> = (0..6).map(|n| journal.entry(50_000, n)).collect();
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(&entries).await;
    assert_eq!(desk.finish().await.accepted.len(), 6);
    let took = begun.elapsed();
    assert!(took > Duration::from_millis(700), "300 kB at 200 kB/s took {took:?}");
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pieces_that_come_faster_than_the_disk_takes_them_wait_outside() {
    let site = Site::new(0).await;
    let hub = site.run().await;
    // More pieces than the hub lets wait, and nothing of them is answered before the last.
    let entry = site.world.journal(&site.world.ana, 1).entry(8_000_000, 1);
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    let mut got = Got::default();
    desk.talk(&mut got, |got, _| got.welcome.is_some()).await;
    assert!(desk.session.push_large(&entry));
    desk.talk(&mut got, |got, _| got.accepted.len() == 1 || !got.refused.is_empty()).await;
    assert_eq!(got.accepted.len(), 1, "{:?} {:?}", got.refused, got.ended);
    hub.stop().await;
}

/// Where the log of events of a test goes.
#[derive(Clone, Default)]
struct Sink(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn neither_log_nor_metrics_ever_name_a_person_a_device_or_an_entry() {
    let sink = Sink::default();
    let writer = sink.clone();
    // Every level, also what libraries say: nextest gives each test a process of its own.
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (site, entries, page) = runtime.block_on(async {
        let site = Site::new(3).await;
        let hub = site.run().await;
        let mut entries = site.world.journal(&site.world.ana, 1).entries(3);
        entries.push(site.world.journal(&site.world.ana, 1).entry(256, 77));
        let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        desk.push(&entries).await;
        assert_eq!(desk.finish().await.accepted.len(), 4);
        let mut noisy = connect(hub.address(), site.public.pin, b"counterseal/1").await.unwrap();
        noisy.write_all(&[0xff; 64]).await.unwrap();
        assert!(is_cut_off(&mut noisy, 5).await);
        cosigned(&hub).await;
        let request = "GET /metrics HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".to_owned();
        let (status, page) = plain(hub.metrics().unwrap(), request.clone()).await;
        assert_eq!(status, 200);
        let (status, _) = plain(hub.metrics().unwrap(), request.replace("metrics", "health")).await;
        assert_eq!(status, 200);
        hub.stop().await;
        (site, entries, page)
    });
    let log = sink.0.lock().unwrap().clone();
    let text = String::from_utf8_lossy(&log).into_owned() + &String::from_utf8_lossy(&page);
    assert!(text.contains("hub runs") && text.contains("places of journals that were taken"), "{text}");
    assert!(text.contains("counterseal_hub_pushes_accepted_total 4"), "{text}");
    let world = &site.world;
    let mut never: Vec<Vec<u8>> = vec![world.mission().as_bytes().to_vec()];
    for person in [&world.ana, &world.ben, &world.registrar] {
        never.push(person.id.as_bytes().to_vec());
        never.push(person.device.id().as_bytes().to_vec());
    }
    never.push(world.epoch.as_bytes().to_vec());
    never.push(MISSION_WIDE.as_bytes().to_vec());
    for entry in &entries {
        never.push(entry.id().as_bytes().to_vec());
        never.push(entry.ciphertexts[0][..32].to_vec());
        never.push(entry.header[..32].to_vec());
    }
    for bytes in never {
        let (hexed, short) = (hex::encode(&bytes), hex::encode(&bytes[..4]));
        assert!(!text.contains(&hexed) && !text.contains(&format!("({short})")), "{hexed} in\n{text}");
        let shown = bytes.iter().take(8).map(u8::to_string).collect::<Vec<_>>().join(", ");
        assert!(!text.contains(&shown), "[{shown}] in\n{text}");
        assert!(!log.windows(bytes.len()).any(|window| window == bytes));
    }
}
