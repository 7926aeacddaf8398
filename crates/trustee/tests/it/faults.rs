//! Every durable write × {fails, fails though made, no room}: afterwards the store is opened again, looked through
//! by one checker, and work goes on.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use counterseal_trustee::*;

use crate::common::*;
use crate::story::*;

/// What becomes of one write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Fails,
    FailsThoughMade,
    Full,
}

struct Faulty {
    left: Arc<AtomicI64>,
    fault: Fault,
}

impl Faults for Faulty {
    fn enter(&mut self, _: Step) -> io::Result<()> {
        let kind = match self.fault {
            Fault::Fails => io::ErrorKind::Other,
            Fault::Full => io::ErrorKind::StorageFull,
            Fault::FailsThoughMade => return Ok(()),
        };
        if self.left.fetch_sub(1, Ordering::SeqCst) == 0 { Err(kind.into()) } else { Ok(()) }
    }

    fn leave(&mut self, _: Step) -> io::Result<()> {
        let due = self.fault == Fault::FailsThoughMade && self.left.fetch_sub(1, Ordering::SeqCst) == 0;
        if due { Err(io::ErrorKind::Other.into()) } else { Ok(()) }
    }
}

#[test]
fn every_write_may_fail_in_every_way() {
    for fault in [Fault::Fails, Fault::FailsThoughMade, Fault::Full] {
        for at in 0..=WRITES {
            let site = Site::new();
            let left = Arc::new(AtomicI64::new(i64::MAX));
            let faulty = Faulty { left: Arc::clone(&left), fault };
            let (mut store, _) = Store::open(&site.places, hands_with(Box::new(faulty))).unwrap();
            left.store(at, Ordering::SeqCst);
            let failed = (0..STORY).find_map(|step| act(&mut store, step).err().map(|error| (step, error)));
            let Some((acknowledged, error)) = failed else {
                assert_eq!(at, WRITES, "the story's writes");
                continue;
            };
            assert_eq!(matches!(error, StoreError::Full), fault == Fault::Full, "{error}");
            let poisoned = act(&mut store, acknowledged).unwrap_err();
            assert!(matches!(poisoned, StoreError::Poisoned), "it answers nothing until it is opened again");
            assert!(matches!(store.pad(&part(0, 0)), Err(StoreError::Poisoned)));
            drop(store);
            recover(&site, acknowledged);
        }
    }
}

#[test]
fn every_write_of_a_start_may_fail() {
    // A crash met the first place's commit of an erasure: the start catches up, and destroys the keys.
    for fault in [Fault::Fails, Fault::FailsThoughMade, Fault::Full] {
        for at in 0.. {
            let site = Site::new();
            let left = Arc::new(AtomicI64::new(i64::MAX));
            let faulty = Faulty { left: Arc::clone(&left), fault: Fault::Fails };
            let (mut store, _) = Store::open(&site.places, hands_with(Box::new(faulty))).unwrap();
            (0..4).for_each(|step| act(&mut store, step).unwrap());
            left.store(3, Ordering::SeqCst);
            act(&mut store, 4).unwrap_err();
            drop(store);
            let faulty = Faulty { left: Arc::new(AtomicI64::new(at)), fault };
            match Store::open(&site.places, hands_with(Box::new(faulty))) {
                Ok((store, opened)) => {
                    assert_eq!((opened.caught_up, opened.finished), (true, 1));
                    assert_eq!(check(&store, 4), 5, "the second place had the commit");
                    assert_eq!(at, 3, "a copy, and the keys in two places");
                    break;
                }
                Err(_) => recover(&site, 4),
            }
        }
    }
}
