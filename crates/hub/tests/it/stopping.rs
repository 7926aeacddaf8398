//! A hub that is told to stop while desks push: what it has acknowledged is there, and signed.

use std::time::{Duration, Instant};

use counterseal_hub::*;
use counterseal_register::LogKind;
use counterseal_sync::Pushed;

use crate::client::*;
use crate::common::*;
use crate::faults::check;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::disallowed_methods, reason = "a test may measure")]
async fn told_to_stop_in_the_middle_of_pushes_it_has_and_signs_all_that_it_acknowledged() {
    let site = Site::new(0).await;
    for round in 0..3u8 {
        let hub = site.run().await;
        let (address, sequencer) = (hub.address(), hub.sequencer().clone());
        let before = sequencer.view().journal.size;
        let push = async |person: &Person, n: u8| {
            let entries = site.world.journal(person, n).entries(600);
            let mut desk = Desk::open(&site, address, person, |_| {}).await;
            let mut got = Got::default();
            for chunk in entries.chunks(10) {
                if got.ended.is_some() {
                    break;
                }
                let taken = desk.session.push_entries(counterseal_sync::Urgency::Ordinary, chunk);
                let due = got.accepted.len() + taken.items;
                desk.talk(&mut got, |got, _| got.ended.is_some() || got.accepted.len() >= due).await;
                // A hub that has hung up takes nothing more.
                if got.accepted.len() < due {
                    break;
                }
            }
            got
        };
        let (ana, ben, stopped) =
            tokio::join!(push(&site.world.ana, 10 + round), push(&site.world.ben, 20 + round), async {
                eventually("pushes come", || sequencer.view().journal.size >= before + 60).await;
                let begun = Instant::now();
                hub.stop().await;
                begun.elapsed()
            });
        assert!(stopped < Duration::from_secs(10), "it took {stopped:?}");
        let mut acknowledged = Vec::new();
        for got in [&ana, &ben] {
            assert!(got.accepted.len() < 600, "the stop came when all was over");
            acknowledged.extend(got.accepted.iter().map(|one| match one.what {
                Pushed::Entry(id) => (id, one.index),
                Pushed::Statement(_) => panic!("no statement was pushed"),
            }));
        }
        assert!(acknowledged.len() >= 20, "{}", acknowledged.len());
        check(&site, &acknowledged);
        let reader = StoreReader::open(&site.config.store()).unwrap();
        let (head, _) = reader.checkpoint(LogKind::Journal).unwrap().unwrap();
        assert_eq!(head.size, reader.size(LogKind::Journal).unwrap(), "all of it is signed");
    }
}
