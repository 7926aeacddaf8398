//! A hub that the governors have replaced takes nothing in, says so by name, and goes on serving what it has.

use counterseal_hub::*;
use counterseal_register::{LogEnd, LogKind};

use crate::client::*;
use crate::common::*;

fn end_of(hub: &RunningHub, log: LogKind) -> LogEnd {
    let view = hub.sequencer().view();
    let head = view.log(log).checkpoint.as_ref().map(|checkpoint| checkpoint.head());
    head.map_or(LogEnd::EMPTY, |head| LogEnd { size: head.size, root: *head.root.as_bytes() })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_that_was_succeeded_takes_nothing_in_and_serves_what_it_has() {
    let mut site = Site::new(0).await;
    let hub = site.run().await;
    let mut journal = site.world.journal(&site.world.ana, 1);
    let (kept, late) = (journal.entries(3), journal.entries(1));
    let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    ana.push(&kept).await;
    assert_eq!(ana.finish().await.accepted.len(), 3);
    eventually("all is signed", || {
        let view = hub.sequencer().view();
        LogKind::ALL.iter().all(|log| end_of(&hub, *log).size == view.log(*log).size)
    })
    .await;
    // Another machine with keys of its own.
    let folder = tempfile::tempdir().unwrap();
    let config = HubConfig::new(folder.path().join("standby"), ([127, 0, 0, 1], 0).into());
    let standby = init(&config, &mut rng(8)).unwrap();
    let [statements, journal] = [LogKind::Statements, LogKind::Journal].map(|log| end_of(&hub, log));
    let succession = site.world.succession(standby, statements, journal);
    let mut registrar = Desk::open(&site, hub.address(), &site.world.registrar, |_| {}).await;
    registrar.push_statements(&[succession]).await;
    let got = registrar.finish().await;
    assert_eq!(got.refused.len(), 1, "it is for the next log, and obeyed here on sight");
    refuses_and_serves(&site, &hub, &kept, &late).await;
    hub.stop().await;
    // It does not forget.
    let hub = site.run().await;
    refuses_and_serves(&site, &hub, &kept, &late).await;
    hub.stop().await;
}

async fn refuses_and_serves(
    site: &Site,
    hub: &RunningHub,
    kept: &[counterseal_register::Entry],
    late: &[counterseal_register::Entry],
) {
    assert_eq!(hub.sequencer().view().closed, Some("hub-superseded"));
    let request = "GET /health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".to_owned();
    let (status, said) = plain(hub.metrics().unwrap(), request).await;
    assert_eq!((status, said.as_slice()), (503, b"hub-superseded\n".as_slice()));
    let mut ana = Desk::open(site, hub.address(), &site.world.ana, |_| {}).await;
    ana.push(late).await;
    ana.push(kept).await;
    let got = ana.finish().await;
    let codes: Vec<_> = got.refused.iter().map(|(_, code)| code.as_str()).collect();
    assert_eq!(codes, ["hub-superseded"]);
    assert_eq!(got.accepted.len(), 3, "what is there is acknowledged again");
    let mut ben = Desk::open(site, hub.address(), &site.world.ben, |_| {}).await;
    assert_eq!(ben.finish().await.entries.len(), 3, "and served");
    assert_eq!(hub.sequencer().view().journal.size, 3);
}
