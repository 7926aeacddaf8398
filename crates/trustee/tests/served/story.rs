//! From the keys to the notice, with a hub, four witnesses and three trustees.

use std::collections::BTreeMap;

use counterseal_register::*;

use crate::callers::{Caller, objects};
use crate::reader::*;
use crate::site::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_is_acknowledged_by_three_opens_with_two_and_its_author_hears_of_it() {
    let site = Site::new().await;
    let mut trustees = site.trustees().await;
    let hub = site.hub().await;
    let all = site.mirrored();
    eventually("all is mirrored", || trustees.iter().all(|one| one.status().statements.leaves >= all)).await;
    let keys = fetch_keys(&site).await;
    assert_eq!(fetch_keys(&site).await, keys, "as long as no entry has used them");
    let (first, second): (&[u8], &[u8]) = (b"the source is a nurse in Bria", b"her number");
    let entry = seal(&site, &keys, 1, &[first, second]);
    push(&hub, &entry).await;
    for n in 0..3 {
        let mut caller = Caller::new(&site, n, &site.mission.ana.device);
        let mut said = Vec::new();
        for _ in 0..500 {
            said = objects(caller.ask(TrusteeCall::Acks { entries: vec![entry.id()] }).await);
            if !said.is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let signed = SignedBody::<Acknowledgement>::parse(&said[0]).unwrap();
        let mission = site.mission.register.mission();
        let acknowledged = signed.verify_trustee(mission, &site.named[n].identity).unwrap().into_body();
        assert_eq!((acknowledged.entry, acknowledged.count), (entry.id(), 2));
    }
    // One of them is gone: two are enough.
    trustees.remove(0).stop().await;
    let parts = [0, 1].map(|index| PartRef { entry: entry.id(), index });
    let asking = ask(&site, &hub, &parts, 900).await;
    let mut pads: Vec<BTreeMap<u8, _>> = vec![BTreeMap::new(), BTreeMap::new()];
    for n in [1, 2] {
        let mut caller = Caller::new(&site, n, &site.mission.ben.device);
        let response = asking.read(&site, n, caller.ask(asking.call(&site, n)).await);
        assert_eq!(response.counter, 1);
        let (x, released) = asking.pads(&site, &response);
        for (by_place, pad) in pads.iter_mut().zip(released) {
            by_place.insert(x, pad);
        }
    }
    assert_eq!(open(&site, &entry, 0, &pads[0]), first);
    assert_eq!(open(&site, &entry, 1, &pads[1]), second);
    for n in [1, 2] {
        let mut caller = Caller::new(&site, n, &site.mission.ana.device);
        let TrusteeAnswer::Post { head, items, more } = caller.ask(TrusteeCall::Post { after: 0 }).await
        else {
            panic!("no post");
        };
        let mission = site.mission.register.mission();
        let head = SignedBody::<ReleaseHead>::parse(&head.0).unwrap();
        assert_eq!(head.verify_trustee(mission, &site.named[n].identity).unwrap().body().counter, 1);
        assert!(items.len() == 1 && items[0].notice && !more);
        let (status, releases) = caller.get("releases/1").await;
        let (length, release) = releases.split_first_chunk::<4>().unwrap();
        assert_eq!((status, u32::from_be_bytes(*length) as usize), (200, release.len()));
        let release = SignedBody::<ReleaseEntry>::parse(release).unwrap();
        let release = release.verify_trustee(mission, &site.named[n].identity).unwrap();
        assert_eq!((release.body().counter, release.body().count), (1, 2));
        assert_eq!(release.body().outcome, Outcome::Released);
        let (status, said) = caller.get("head").await;
        assert_eq!(status, 200);
        let said = SignedBody::<ReleaseHead>::parse(&said).unwrap();
        assert_eq!(said.verify_trustee(mission, &site.named[n].identity).unwrap().body().counter, 1);
    }
    for trustee in trustees {
        trustee.stop().await;
    }
    hub.stop().await;
}
