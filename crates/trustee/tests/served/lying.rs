//! Helpers of a repair that lie, over servers: the successor takes nothing of a wrong sum, has other lists of helpers try,
//! and says who may have lied.

use std::sync::atomic::Ordering;

use counterseal_hub::RunningHub;
use counterseal_model::Timestamp;
use counterseal_register::*;
use counterseal_seal::{KeyHolder, StoreRoot, TrusteeSet as Set, unlock};
use counterseal_serve::Method;
use counterseal_trustee::{Batch, Hands, NewPad, NoFaults, PartRef as Stored, RunningTrustee, Store};

use crate::callers::client;
use crate::mission::rng;
use crate::reader::*;
use crate::site::*;
use crate::succession::{Held, one_held, opened, replaced};

/// The successor: the first is lost, and three others of the set remain.
const NEW: usize = 4;
/// Seconds: a repair is many calls, and each is signed and verified.
const LONG: u32 = 120;

/// Puts another pad into the store of a trustee that does not run.
fn falsify(site: &Site, n: usize, entry: &Entry, index: u32) {
    let config = &site.configs[n];
    let file = std::fs::read(config.folder.join("keys/trustee.key")).unwrap();
    let KeyHolder::Trustee(secrets) = unlock(&file, &phrase()).unwrap().holder else {
        panic!("no trustee's")
    };
    let root = StoreRoot::from_bytes(secrets.store_root().reveal());
    let hands = Hands { root, rng: Box::new(rng(port().into())), faults: Box::new(NoFaults) };
    let (mut store, _) = Store::open(&config.places(), hands).unwrap();
    let part = Stored { entry: entry.id(), index };
    assert_eq!(store.destroy_pads(&[part]).unwrap().erased, 1);
    let pads = vec![NewPad { part, pad: [7; 32].into() }];
    store.commit(&Batch { pads, ..Batch::default() }).unwrap();
}

struct Story {
    hub: RunningHub,
    /// The helpers in the order in which the successor asks them, and the successor.
    helpers: Vec<(usize, RunningTrustee)>,
    new: RunningTrustee,
    entry: Entry,
    /// One that is still to be sent.
    later: Entry,
    old: Set,
}

/// Four hold an entry; the first is lost, and so many of the others, in the order in which they are asked, lie from then on.
async fn story(site: &mut Site, liars: usize) -> Story {
    let Held { mut trustees, hub, keys, entry } = one_held(site).await;
    let all = site.mirrored();
    let [late, later] = [2, 3].map(|journal| seal(site, &keys, journal, &[b"sealed before, sent after"]));
    let old = place_set(site);
    let act = replaced(site);
    site.mission.set = govern(site, &hub, act).await;
    trustees.remove(0).stop().await;
    let mut helpers: Vec<_> = (1..).zip(trustees).collect();
    helpers.sort_by_key(|(n, _)| site.named[*n].identity.id());
    let (mut order, mut running) = (Vec::new(), Vec::new());
    for (n, trustee) in helpers {
        order.push(n);
        if order.len() <= liars {
            trustee.stop().await;
            falsify(site, n, &entry, 1);
            running.push((n, site.trustee(n).await));
        } else {
            running.push((n, trustee));
        }
    }
    site.configs[NEW].lost = vec![hex::encode(site.named[0].identity.id().0)];
    site.configs[NEW].poll_milliseconds = 30;
    let new = site.trustee(NEW).await;
    let seen = |one: &RunningTrustee| one.status().statements.leaves > all;
    eventually("the succession is mirrored", || seen(&new) && running.iter().all(|(_, one)| seen(one))).await;
    site.clock.0.fetch_add(WAITING, Ordering::Relaxed);
    // With it the witnesses say what time it is.
    push(&hub, &late).await;
    Story { hub, helpers: running, new, entry, later, old }
}

impl Story {
    fn waiting(&self) -> Option<(u64, u64)> {
        self.new.status().takes_over.first().map(|one| (one.entries, one.waiting))
    }

    /// Of how many lists of helpers the sums were false, by the helpers' places in the order in which they are asked.
    fn named(&self, site: &Site) -> Vec<Vec<usize>> {
        let place = |id: &String| {
            let is = |(n, _): &(usize, RunningTrustee)| hex::encode(site.named[*n].identity.id().0) == *id;
            self.helpers.iter().position(is).unwrap()
        };
        let lists = self.new.status().false_pads;
        let mut lists: Vec<Vec<_>> = lists.iter().map(|one| one.by.iter().map(place).collect()).collect();
        lists.sort();
        lists
    }

    /// How many entries the helpers' release logs have: whatever one adds to a repair is one.
    async fn helped(&self, site: &Site) -> usize {
        let mut all = 0;
        for (n, _) in &self.helpers {
            let (status, log) =
                client(site, *n).request(Method::GET, "releases/1", Vec::new()).await.unwrap();
            assert_eq!(status, 200);
            let mut rest = log.as_slice();
            while let Some((length, after)) = rest.split_first_chunk::<4>() {
                rest = &after[usize::try_from(u32::from_be_bytes(*length)).unwrap()..];
                all += 1;
            }
        }
        all
    }

    async fn end(self) {
        for (_, trustee) in self.helpers {
            trustee.stop().await;
        }
        self.new.stop().await;
        self.hub.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_helper_that_lies_is_found_by_other_lists_and_the_pad_that_comes_is_true() {
    let mut site = Site::of(4).await;
    let story = story(&mut site, 1).await;
    within(LONG, "it is taken over", || story.waiting() == Some((2, 0))).await;
    // The liar is in each list of which a sum was false, and not in the one that gave the pad.
    assert_eq!(story.named(&site), [[0, 1], [0, 2]]);
    let honest = story.helpers[1].0;
    assert_eq!(opened(&site, &story.hub, &story.entry, (&story.old, honest)).await, b"her number");
    story.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_every_list_has_a_liar_nothing_is_taken_and_it_is_tried_again_after_a_day() {
    let mut site = Site::of(4).await;
    let story = story(&mut site, 2).await;
    let all = vec![vec![0, 1], vec![0, 2], vec![1, 2]];
    within(LONG, "every list was tried", || story.named(&site) == all).await;
    within(LONG, "what is true is taken", || story.waiting() == Some((2, 1))).await;
    let looked = |story: &Story| story.new.status().takes_over.first().map_or(0, |one| one.at);
    let (before, now) = (story.helped(&site).await, site.clock.0.load(Ordering::Relaxed));
    // It looks again, and asks nobody for what was false by every list.
    site.clock.0.fetch_add(10, Ordering::Relaxed);
    within(LONG, "it looks again", || looked(&story) > now).await;
    site.clock.0.fetch_add(10, Ordering::Relaxed);
    within(LONG, "and again", || looked(&story) > now + 10).await;
    assert_eq!(story.helped(&site).await, before, "no helper adds anything in vain");
    site.clock.0.fetch_add(Timestamp::DAY, Ordering::Relaxed);
    push(&story.hub, &story.later).await;
    let again = || story.new.status().false_pads.iter().all(|one| one.at > now + Timestamp::DAY);
    within(LONG, "a day later every list is tried again", again).await;
    within(LONG, "and what is new is taken", || story.waiting() == Some((3, 1))).await;
    story.end().await;
}
