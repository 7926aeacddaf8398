//! What was opened ahead is destroyed when it is surrendered and when its time is over: its shares stand nowhere in the
//! store's files, not even for whoever has the desk and its passphrase.

use counterseal_model::Timestamp;
use counterseal_register::{Ahead, Code};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;

use super::tests::{Held, held_by};
use crate::desk::Desk;
use crate::desk::guarded::tests::NOW;
use crate::desk::open::store_keys;
use crate::error::NodeError;
use crate::store::on_disk;

const HOUR: i64 = 3_600;

/// A part that is opened ahead for an hour.
fn opened_ahead(seed: u64) -> Held {
    let mut held = held_by(seed, 2, 3);
    let until = Timestamp(NOW + HOUR);
    let ahead = Ahead { until, reason: Code::parse("road-trip").unwrap(), extra: Default::default() };
    let asked = held.ask(1, Some(ahead));
    let heard = held.hear(&asked, vec![held.good(0, &asked), held.good(1, &asked)]);
    held.open(&asked, &heard).unwrap();
    held.world.desk.close_opened();
    held
}

fn shares(desk: &Desk) -> Vec<Vec<u8>> {
    let sql = "SELECT share FROM ahead ORDER BY entry, idx";
    let rows = |db: &rusqlite::Connection| {
        Ok::<_, NodeError>(db.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    desk.store.read(rows).unwrap()
}

/// How many of these stand somewhere in the store's files.
fn found(desk: &Desk, shares: &[Vec<u8>]) -> usize {
    let disk = on_disk(&desk.place.dir, &store_keys(&desk.secrets));
    let found = |share: &&Vec<u8>| disk.windows(share.len()).any(|window| window == share.as_slice());
    shares.iter().filter(found).count()
}

/// More rows beside it, as of many parts, in no order: pages of the table are split.
fn crowd(desk: &mut Desk, until: i64) {
    let mut rng = ChaCha20Rng::seed_from_u64(77);
    for _ in 0..6 {
        let commit = desk.store.commit(|tx| {
            let mut insert = tx.prepare_cached("INSERT INTO ahead VALUES (?1, 0, ?2, ?3, ?4)")?;
            for _ in 0..50 {
                let (entry, share): ([u8; 32], [u8; 32]) = (rng.random(), rng.random());
                insert.execute((entry, share, until, [5; 32]))?;
            }
            Ok::<_, NodeError>(())
        });
        commit.unwrap();
    }
}

#[test]
fn a_share_that_is_surrendered_or_has_run_out_is_nowhere_in_the_stores_files() {
    for surrender in [true, false] {
        let mut held = opened_ahead(521);
        let share = shares(&held.world.desk);
        assert_eq!((share.len(), found(&held.world.desk, &share)), (1, 1), "it is kept until then");
        held.world.pass(HOUR);
        let desk = &mut held.world.desk;
        let gone = if surrender { desk.surrender(None) } else { desk.tidy_ahead() };
        assert_eq!((gone.unwrap(), found(desk, &share)), (1, 0), "surrendered: {surrender}");
    }
}

#[test]
fn what_is_read_of_it_is_open_no_longer_than_it_is_kept() {
    let mut held = opened_ahead(523);
    held.world.pass(HOUR - 60);
    held.world.desk.read_ahead(held.part, Timestamp(NOW + 2 * HOUR)).unwrap();
    let open = held.world.desk.opened_part(held.part).map(|(_, until)| until);
    assert_eq!(open, Some(Timestamp(NOW + HOUR)));
    held.world.pass(60);
    assert!(held.world.desk.open_now().is_empty() && held.world.desk.opened_part(held.part).is_none());
}

#[test]
fn of_many_shares_those_that_go_leave_nothing_and_those_that_stay_are_whole() {
    let mut held = opened_ahead(522);
    let desk = &mut held.world.desk;
    let stay = shares(desk);
    crowd(desk, NOW + HOUR);
    let go: Vec<_> = shares(desk).into_iter().filter(|share| !stay.contains(share)).collect();
    assert_eq!(found(desk, &go), 300);
    let parts: Vec<_> = desk.opened_ahead().unwrap().iter().map(|view| view.part).collect();
    let parts: Vec<_> = parts.into_iter().filter(|part| *part != held.part).collect();
    assert_eq!(desk.surrender(Some(&parts)).unwrap(), 300);
    assert_eq!((found(desk, &go), shares(desk)), (0, stay.clone()));
    desk.read_ahead(held.part, Timestamp(NOW + 60)).unwrap();
    // And what runs out beside what does not.
    crowd(desk, NOW + 60);
    let go: Vec<_> = shares(desk).into_iter().filter(|share| !stay.contains(share)).collect();
    held.world.pass(60);
    let desk = &mut held.world.desk;
    assert_eq!((desk.tidy_ahead().unwrap(), found(desk, &go)), (300, 0));
    desk.read_ahead(held.part, Timestamp(NOW + 120)).unwrap();
}
