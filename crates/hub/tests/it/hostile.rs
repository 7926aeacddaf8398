//! Clients that mean harm, many and at once, against the hub in a process of its own with its ordinary limits. Beside
//! them a desk does its work, and the hub's memory stays what it was.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use counterseal_register::Entry;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::client::TlsStream;

use crate::client::*;
use crate::common::*;
use crate::faults::{check, spawn};

/// A connection that comes from another address of loopback.
async fn from(network: u8, address: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from((Ipv4Addr::new(127, 0, 1, network), 0)))?;
    socket.connect(address).await
}

async fn tls_from(network: u8, address: SocketAddr, pin: [u8; 32]) -> std::io::Result<TlsStream<TcpStream>> {
    shake_hands(from(network, address).await?, pin, b"counterseal/1").await
}

/// Kilobytes of memory that a process has.
fn memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// What a good desk needs for a push of its own, in the middle of it all.
#[expect(clippy::disallowed_methods, reason = "a test may measure")]
async fn works(site: &Site, address: SocketAddr, entries: &[Entry]) -> Duration {
    let begun = Instant::now();
    let work = async {
        let mut desk = Desk::open(site, address, &site.world.ana, |hello| hello.known = nothing()).await;
        desk.push(entries).await;
        desk.finish().await.accepted.len()
    };
    let accepted = timeout(Duration::from_secs(15), work).await.expect("a desk is kept out by strangers");
    assert_eq!(accepted, entries.len());
    begun.elapsed()
}

/// Half-open connections, more than there are places, from several networks, renewed as they are closed.
async fn half_open(address: SocketAddr, network: u8) {
    let mut open = Vec::new();
    loop {
        for _ in 0..100 {
            if let Ok(Ok(stream)) = timeout(Duration::from_secs(1), from(network, address)).await {
                open.push(stream);
            }
        }
        // So many at a time; the oldest are let go.
        let many = open.len().saturating_sub(300);
        drop(open.drain(..many));
        sleep(Duration::from_millis(50)).await;
    }
}

/// A handshake, and after it frames, byte by byte.
async fn drip(address: SocketAddr, network: u8, pin: [u8; 32], in_tls: bool) {
    loop {
        if in_tls {
            let Ok(mut stream) = tls_from(network, address, pin).await else { continue };
            // A Hello of the greatest length that there may be.
            let mut head = vec![1, 0, 4, 0, 0];
            head.resize(1000, 0xa1);
            for byte in head {
                if stream.write_all(&[byte]).await.is_err() || stream.flush().await.is_err() {
                    break;
                }
                sleep(Duration::from_millis(20)).await;
            }
        } else {
            let Ok(mut stream) = from(network, address).await else { continue };
            for byte in [0x16, 3, 1, 0x3f, 0xff].into_iter().chain(std::iter::repeat_n(1, 0x3fff)) {
                if stream.write_all(&[byte]).await.is_err() {
                    break;
                }
                sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

/// Frames that announce four gigabytes, garbage, and what was said in another session, as fast as they are taken.
async fn shout(address: SocketAddr, network: u8, pin: [u8; 32], said: Vec<u8>) {
    loop {
        let Ok(mut stream) = tls_from(network, address, pin).await else { continue };
        drop(stream.write_all(&said).await);
        let mut sink = [0; 4096];
        // Until it is cut off.
        while stream.write_all(&[0xff; 4096]).await.is_ok() {
            if let Ok(Ok(0) | Err(_)) = timeout(Duration::from_millis(1), stream.read(&mut sink)).await {
                break;
            }
        }
    }
}

/// A device of the mission that asks for all there is, and reads nothing.
async fn deaf(site: &Site, address: SocketAddr, count: usize) -> Vec<Desk> {
    let mut desks = Vec::new();
    for _ in 0..count {
        let mut desk = Desk::open(site, address, &site.world.ben, |hello| hello.continuous = true).await;
        desk.send().await;
        desks.push(desk);
    }
    desks
}

/// Sessions that are let in and say nothing more.
async fn idle(site: &Site, address: SocketAddr, count: usize) -> Vec<Desk> {
    let mut desks = Vec::new();
    for _ in 0..count {
        let mut desk = Desk::open(site, address, &site.world.registrar, |hello| {
            hello.continuous = true;
            hello.largest = Some(0);
        })
        .await;
        desk.send().await;
        desks.push(desk);
    }
    desks
}

/// The bytes with which a desk begins a session elsewhere.
async fn overheard(site: &Site, address: SocketAddr, entry: Entry) -> Vec<u8> {
    let mut desk = Desk::open(site, address, &site.world.ben, |_| {}).await;
    let mut said = desk.session.next_output().unwrap();
    desk.session.push_entries(counterseal_sync::Urgency::Ordinary, &[entry]);
    while let Some(frame) = desk.session.next_output() {
        said.extend(frame);
    }
    said
}

/// Files that this process may still open.
fn files() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap_or(usize::MAX)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg(target_os = "linux")]
async fn a_desk_does_its_work_beside_a_crowd_that_means_harm_and_memory_stays_bounded() {
    let site = Site::new(0).await;
    let (child, address) = spawn(&site).await;
    let pin = site.public.pin;
    let mut journal = site.world.journal(&site.world.ana, 1);
    // Six megabytes for those who read nothing.
    let bulk: Vec<_> = (0..100).map(|n| journal.entry(60_000, n)).collect();
    for chunk in bulk.chunks(20) {
        works(&site, address, chunk).await;
    }
    let alone = works(&site, address, &journal.entries(5)).await;
    let before = memory(child.0.id());
    let replayed = site.world.journal(&site.world.ben, 66).entry(256, 66);
    let said = overheard(&site, address, replayed.clone()).await;
    let (quiet, deaf) = (idle(&site, address, 200).await, deaf(&site, address, 20).await);
    let mut crowd = JoinSet::new();
    // Together they want some thousand places where there are 1024, and each network has more than its share.
    let networks = if files() > 8000 { 12 } else { 2 };
    for network in 0..networks {
        crowd.spawn(half_open(address, network));
    }
    for network in 20..24 {
        for n in 0..40 {
            crowd.spawn(drip(address, network, pin, n % 8 == 0));
        }
    }
    let giant = [1u8, 0xff, 0xff, 0xff, 0xff].to_vec();
    for (n, said) in [giant, said, vec![0xff; 64]].into_iter().enumerate() {
        crowd.spawn(shout(address, 40 + n as u8, pin, said));
    }
    let (mut most, mut slowest) = (before, Duration::ZERO);
    let mut acknowledged = bulk.iter().map(Entry::id).zip(0..).collect::<Vec<_>>();
    for n in 0..12u64 {
        let entries = journal.entries(5);
        slowest = slowest.max(works(&site, address, &entries).await);
        acknowledged.extend(entries.iter().map(Entry::id).zip(105 + 5 * n..));
        most = most.max(memory(child.0.id()));
        sleep(Duration::from_millis(250)).await;
    }
    println!(
        "a push of 5: {alone:?} alone, at most {slowest:?} beside the crowd; {before} kB before, {most} at most"
    );
    assert!(most < before + 400_000, "{before} kB before, {most} kB beside the crowd");
    crowd.shutdown().await;
    drop((quiet, deaf));
    let found = works(&site, address, &journal.entries(1)).await;
    assert!(found < Duration::from_secs(10), "it recovers: {found:?}");
    drop(child);
    check(&site, &acknowledged);
    let reader = counterseal_hub::StoreReader::open(&site.config.store()).unwrap();
    assert_eq!(
        reader.entry_index(replayed.id()).unwrap(),
        None,
        "what was said in another session counts for nothing"
    );
}
