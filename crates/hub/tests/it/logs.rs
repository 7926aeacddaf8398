//! The logs, as a reader with nothing but the keys sees them.

use counterseal_ledger::*;
use counterseal_register::{JournalLeaf, LeafType, TimeMark, statement_leaf, verify_header};

use crate::client::*;
use crate::common::*;

fn multi() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

#[test]
fn what_was_pushed_stands_in_cosigned_logs_that_anyone_can_check() {
    multi().block_on(async {
        let site = Site::new(3).await;
        let hub = site.run().await;
        let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        let entries = site.world.journal(&site.world.ana, 1).entries(300);
        desk.push(&entries).await;
        let got = desk.finish().await;
        assert_eq!((got.accepted.len(), got.refused.len()), (300, 0), "{:?}", got.refused);
        cosigned(&hub).await;
        let policy = site.world.register.log_policy(site.world.register.last()).unwrap();
        for word in ["statements", "journal"] {
            // The third cosignature comes after the quorum, and is shown too.
            let mut tries = 0;
            let checkpoint = loop {
                let (status, note) = get(&site, hub.address(), &format!("/{word}/checkpoint")).await;
                assert_eq!(status, 200);
                let checkpoint = policy.evaluate(SignedCheckpoint::parse(&note).unwrap()).unwrap();
                if checkpoint.cosigned().len() == 3 {
                    break checkpoint;
                }
                tries += 1;
                assert!(tries < 100, "two of three for ever");
            };
            let head = checkpoint.checkpoint().head();
            let mut frontier = Frontier::new();
            for number in 0..head.size.div_ceil(256) {
                let bundle = Bundle::of_tree(number, head.size).unwrap();
                let path = format!("/{word}/{}", LogPath::Entries(bundle));
                let (status, bytes) = get(&site, hub.address(), &path).await;
                assert_eq!(status, 200, "{path}");
                for entry in decode_bundle(&bytes, bundle.width()).unwrap() {
                    frontier.push(Hash::leaf(entry));
                }
            }
            assert_eq!(frontier.head(), head, "{word}");
            for tile in Tile::right_edge(head.size) {
                let path = format!("/{word}/{}", LogPath::Tile(tile));
                assert_eq!(get(&site, hub.address(), &path).await.0, 200, "{path}");
            }
            let beyond = format!("/{word}/{}", LogPath::Entries(Bundle::of_tree(5, 6 * 256).unwrap()));
            assert_eq!(get(&site, hub.address(), &beyond).await.0, 404, "no more than is signed");
        }
        hub.stop().await;
    });
}

#[test]
fn another_desk_gets_statements_leaves_and_entries_that_fit_together() {
    multi().block_on(async {
        let site = Site::new(3).await;
        let hub = site.run().await;
        let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        let entries = site.world.journal(&site.world.ana, 1).entries(20);
        ana.push(&entries).await;
        assert_eq!(ana.finish().await.accepted.len(), 20);
        let made = site.world.statements.len() as u64;
        eventually("a time mark", || hub.sequencer().view().statements.size > made).await;
        cosigned(&hub).await;
        let mut ben = Desk::open(&site, hub.address(), &site.world.ben, |_| {}).await;
        let got = ben.finish().await;
        let welcome = got.welcome.unwrap();
        assert_eq!(got.leaves.len() as u64, welcome.journal.size);
        assert_eq!(got.statements.len() as u64, welcome.statements.size);
        assert_eq!(&got.statements[..site.world.statements.len()], site.world.statements.as_slice());
        let policy = site.world.register.log_policy(site.world.register.last()).unwrap();
        let note = SignedCheckpoint::parse(&welcome.statements.checkpoint).unwrap();
        // A mark may just have come that no checkpoint covers yet.
        let covered = got.statements.iter().take(note.claims().head().size as usize);
        let frontier = covered.fold(Frontier::new(), |mut frontier, statement| {
            frontier.push(Hash::leaf(&statement_leaf(statement)));
            frontier
        });
        assert_eq!(policy.evaluate(note).unwrap().checkpoint().head(), frontier.head());
        assert_eq!(got.entries.len(), 20);
        for ((leaf, entry), original) in got.entries.iter().zip(&entries) {
            assert_eq!(entry, original, "byte for byte, in the order of the log");
            let header = verify_header(&entry.header, site.world.ana.device.public()).unwrap();
            let expected = JournalLeaf::of(&header);
            assert_eq!(expected.kind(), LeafType::Entry);
            assert_eq!(got.leaves[*leaf as usize], expected.to_bytes());
        }
        // Time marks stand among the statements, and each names a checkpoint that a quorum cosigned.
        let marks: Vec<_> = got.statements.iter().filter_map(|item| TimeMark::parse(item)).collect();
        assert!(!marks.is_empty());
        for mark in marks {
            let mark = mark.unwrap();
            policy.evaluate(SignedCheckpoint::parse(&mark.statements).unwrap()).unwrap();
            if let Some(journal) = mark.journal {
                policy.evaluate(SignedCheckpoint::parse(&journal).unwrap()).unwrap();
            }
        }
        hub.stop().await;
    });
}

#[test]
fn an_idle_hub_writes_nothing() {
    multi().block_on(async {
        let site = Site::new(3).await;
        let hub = site.run().await;
        eventually("the first mark", || {
            hub.sequencer().view().statements.size > site.world.statements.len() as u64
        })
        .await;
        cosigned(&hub).await;
        let size = hub.sequencer().view().statements.size;
        assert_eq!(size, site.world.statements.len() as u64 + 1, "one mark for all statements");
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(hub.sequencer().view().statements.size, size, "and no mark for the mark");
        hub.stop().await;
    });
}
