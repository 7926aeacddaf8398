//! What witnesses are for: a hub that goes back is not followed.

use counterseal_hub::*;
use counterseal_ledger::*;

use crate::client::*;
use crate::common::*;

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
