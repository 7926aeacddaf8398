//! Statements that fit no entry bundle (docs/decisions/0012): pushed to a real hub, pulled from it, read from its files,
//! and found again after a restore.

use counterseal_hub::*;
use counterseal_model::{Clock, EntryId, StatementId, Timestamp};
use counterseal_register::*;
use counterseal_sync::Pushed;

use crate::client::*;
use crate::common::*;
use crate::witnesses::serve_files;

/// Statements of the registrar, of about so many bytes each.
fn long(site: &mut Site, sizes: &[usize]) -> Vec<Vec<u8>> {
    let accepts = |bytes: usize, salt: usize| {
        let entry = |n: usize| EntryId::from_bytes(sha256(&[&n.to_be_bytes(), &salt.to_be_bytes()]));
        let mut entries: Vec<_> = (0..bytes / 34).map(entry).collect();
        entries.sort_unstable();
        AcceptLate { compartment: MISSION_WIDE, entries, extra: Default::default() }
    };
    let made = sizes.iter().enumerate().map(|(salt, bytes)| {
        site.world.by_registrar(accepts(*bytes, salt));
        site.world.statements.last().unwrap().clone()
    });
    made.collect()
}

/// What a hub's disk lacks after the restore of a backup, from a server of its logs' files.
async fn find_again(site: &Site, mirror: &std::path::Path, bodies: &Bodies) -> Result<u64, OperationFailure> {
    let reader = StoreReader::open(mirror).unwrap();
    let url = format!("http://{}/", serve_files(reader, LogKind::Statements).await);
    let from = (url.as_str(), None);
    fetch_missing(&site.config, &site.keys[0], LogKind::Statements, from, bodies, site.clock.as_ref()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_statement_reaches_desks_and_readers_and_keeps_its_time_over_a_restore() {
    let mut site = Site::new(3).await;
    let hub = site.run().await;
    let backup = site.folder.path().join("backup");
    back_up(&site.config, &backup).unwrap();
    // Above the limit of a bundle's entry, and above what an answer of a hub's client usually may have.
    let statements = long(&mut site, &[70_000, 400_000]);
    assert!(statements[0].len() > 0xffff && statements[1].len() > 256 * 1024);
    // Several that stand whole and together fill more than that.
    let whole = long(&mut site, &[60_000; 6]);
    let mut desk = Desk::open(&site, hub.address(), &site.world.registrar, |_| {}).await;
    for statement in statements.iter().chain(&whole) {
        desk.push_statements(std::slice::from_ref(statement)).await;
    }
    let got = desk.finish().await;
    assert_eq!((got.accepted.len(), got.refused.len()), (8, 0), "{:?}", got.refused);
    let places = got.accepted.iter().map(|one| match one.what {
        Pushed::Statement(id) => (id, one.index),
        Pushed::Entry(_) => panic!("a statement"),
    });
    let places: std::collections::BTreeMap<StatementId, u64> = places.collect();
    cosigned(&hub).await;
    let last = *places.values().max().unwrap();
    let marked = StoreReader::open(&site.config.store()).unwrap();
    let covers = || marked.marked().unwrap().is_some_and(|(covers, _)| covers.statements > last);
    eventually("a mark covers them", covers).await;
    cosigned(&hub).await;

    let mut other = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    let pulled = other.finish().await.statements;
    for statement in statements.iter().chain(&whole) {
        let id = StatementId::from_bytes(sha256(&[statement]));
        assert_eq!(&pulled[places[&id] as usize], statement, "a desk gets it whole");
    }
    let reader = StoreReader::open(&site.config.store()).unwrap();
    let leaves = reader.log_leaves(LogKind::Statements, 0, 1000).unwrap();
    for statement in &statements {
        let id = StatementId::from_bytes(sha256(&[statement]));
        let leaf = &leaves[places[&id] as usize];
        assert_eq!((leaf.len(), statement_named_by(leaf)), (33, Some(id)), "its leaf is its hash");
        let (status, body) = get(&site, hub.address(), &format!("/statements/envelope/{id}")).await;
        assert_eq!((status, body.len()), (200, statement.len()));
        assert_eq!(&body, statement, "and a reader of the files gets it");
    }
    hub.stop().await;

    let mirror = site.folder.path().join("mirror");
    back_up(&site.config, &mirror).unwrap();
    let logged = site.clock.now();
    for name in ["hub.db", "hub.db-wal", "hub.db-shm"] {
        drop(std::fs::remove_file(site.config.folder.join(name)));
    }
    restore(&site.config, &backup).unwrap();
    site.clock.pass_days(90);
    let refused = find_again(&site, &mirror, &Bodies::new()).await.unwrap_err().to_string();
    assert!(refused.contains("too long") && refused.contains("a desk"), "{refused}");
    let other_body = |statement: &Vec<u8>| (StatementId::from_bytes(sha256(&[statement])), whole[0].clone());
    let false_bodies: Bodies = statements.iter().map(other_body).collect();
    assert!(find_again(&site, &mirror, &false_bodies).await.is_err(), "something else by its name");
    let body = |statement: &Vec<u8>| (StatementId::from_bytes(sha256(&[statement])), statement.clone());
    let bodies: Bodies = statements.iter().map(body).collect();
    find_again(&site, &mirror, &bodies).await.unwrap();
    let reader = StoreReader::open(&site.config.store()).unwrap();
    let near = |at: Timestamp| (at.0 - logged.0).abs() < 86_400;
    for statement in statements.iter().chain(&whole) {
        let place = places[&StatementId::from_bytes(sha256(&[statement]))];
        let row = reader.statements(place..place + 1, usize::MAX).unwrap().remove(0);
        assert!(row.bytes == *statement && near(row.at), "since when the log has it, not since the restore");
    }
    let hub = site.run().await;
    eventually("the hub is open again", || hub.sequencer().view().closed.is_none()).await;
    let last = hub.sequencer().view().register.last();
    assert!(near(last.time), "and its register goes by that");
    hub.stop().await;
}
