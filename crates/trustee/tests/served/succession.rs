//! A new trustee answers for an old one: it fetches by itself what the old one holds, or has it repaired.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use counterseal_hub::RunningHub;
use counterseal_model::Clock;
use counterseal_register::*;
use counterseal_seal::{KeyHolder, Opener, Pad, TrusteeSet as Places, sign_statement, unlock};
use counterseal_trustee::RunningTrustee;

use crate::callers::{Caller, objects};
use crate::reader::*;
use crate::site::*;

/// The set in which the spare one takes the place of the first.
pub(crate) fn replaced(site: &Site) -> SetTrustees {
    let now = Moment::new(site.mission.register.last().position, site.clock.now());
    let (first, set) = (site.named[0].identity.id(), site.mission.register.trustees(now).unwrap());
    let mut trustees = set.trustees.clone();
    trustees.retain(|one| one.id() != first);
    trustees.push(Trustee { succeeds: Some(first), ..site.spare.clone() });
    trustees.sort_by_key(Trustee::id);
    SetTrustees { threshold: 2, trustees, single: false, extra: Default::default() }
}

/// A mission that runs, and one entry that all its trustees hold.
pub(crate) struct Held {
    pub(crate) trustees: Vec<RunningTrustee>,
    pub(crate) hub: RunningHub,
    pub(crate) keys: Vec<TrusteeKey>,
    pub(crate) entry: Entry,
}

/// Begins it.
pub(crate) async fn one_held(site: &mut Site) -> Held {
    let trustees = site.trustees().await;
    let hub = site.hub().await;
    let all = site.mirrored();
    eventually("all is mirrored", || trustees.iter().all(|one| one.status().statements.leaves >= all)).await;
    let keys = fetch_keys(site).await;
    let entry = seal(site, &keys, 1, &[b"the source is a nurse in Bria", b"her number"]);
    push(&hub, &entry).await;
    held_by_all(site, &entry).await;
    Held { trustees, hub, keys, entry }
}

pub(crate) async fn held_by_all(site: &Site, entry: &Entry) {
    for n in site.in_the_set() {
        let mut caller = Caller::new(site, n, &site.mission.ana.device);
        let call = || TrusteeCall::Acks { entries: vec![entry.id()] };
        let mut looks = 0;
        while objects(caller.ask(call()).await).is_empty() {
            looks += 1;
            assert!(looks < 500, "it never came");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
}

/// Opens a part with the pads of the spare one, at the old place of the first, and of another.
pub(crate) async fn opened(
    site: &Site,
    hub: &RunningHub,
    entry: &Entry,
    (old, other): (&Places, usize),
) -> Vec<u8> {
    let asking = ask(site, hub, &[PartRef { entry: entry.id(), index: 1 }], 901).await;
    let mut pads: BTreeMap<u8, Pad> = BTreeMap::new();
    for (n, stands_at) in [(site.named.len() - 1, 0), (other, other)] {
        let mut caller = Caller::new(site, n, &site.mission.ben.device);
        let response = asking.read(site, n, caller.ask(asking.call(site, n)).await);
        let (_, mut released) = asking.pads(site, &response);
        let (_, x) = old.find(site.named[stands_at].identity.id()).unwrap();
        pads.insert(x, released.remove(0));
    }
    let header = entry.verify(site.mission.ana.device.public()).unwrap();
    let part = header.verify_part(1, &entry.ciphertexts[1]).unwrap();
    let opener = Opener::new().unwrap();
    let opened = opener.open_guarded(&part, Rule::TwoSeal, &site.mission.secret, old, &pads).unwrap();
    assert!(opened.liars.is_empty() && opened.misdealt.is_empty());
    opened.plaintext.as_bytes().to_vec()
}

/// A mission with one entry that three trustees hold, and the fourth named in the place of the first.
async fn story(site: &mut Site, lost: bool) {
    let Held { mut trustees, hub, keys, entry } = one_held(site).await;
    let all = site.mirrored();
    let late = seal(site, &keys, 2, &[b"sealed before, sent after"]);
    let old = place_set(site);
    let act = replaced(site);
    site.mission.set = govern(site, &hub, act).await;
    if lost {
        trustees.remove(0).stop().await;
        site.configs[3].lost = vec![hex::encode(site.named[0].identity.id().0)];
    }
    trustees.push(site.trustee(3).await);
    let waiting =
        |one: &RunningTrustee| one.status().takes_over.first().map(|one| (one.entries, one.waiting));
    let seen = |trustees: &[RunningTrustee], n| trustees.iter().all(|one| one.status().statements.leaves > n);
    eventually("the succession is mirrored", || seen(&trustees, all)).await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(waiting(trustees.last().unwrap()), None, "its days are not over");
    site.clock.0.fetch_add(WAITING, Ordering::Relaxed);
    // What comes late was sealed for the old set, and is taken over too; with it the witnesses say what time it is.
    push(&hub, &late).await;
    eventually("it is taken over", || waiting(trustees.last().unwrap()) == Some((2, 0))).await;
    assert_eq!(opened(site, &hub, &entry, (&old, 1)).await, b"her number");
    for trustee in trustees {
        trustee.stop().await;
    }
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_trustee_fetches_what_the_old_one_holds_and_releases_it() {
    story(&mut Site::new().await, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_trustee_has_the_pads_of_a_lost_one_repaired_and_releases_them() {
    story(&mut Site::new().await, true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_trustee_asks_for_a_succession_and_of_this_trustee_over_this_connection() {
    let site = Site::new().await;
    let trustee = site.trustee(0).await;
    let file = std::fs::read(site.configs[1].folder.join("keys/trustee.key")).unwrap();
    let KeyHolder::Trustee(secrets) = unlock(&file, &phrase()).unwrap().holder else {
        panic!("no trustee's")
    };
    let other = site.named[2].identity.id();
    let mut client = crate::callers::client(&site, 0);
    for (what, refusal) in [
        ("as it should be", None),
        ("another trustee", Some("trustee-other")),
        ("another connection", Some("connection-other")),
        ("another mission", Some("trustee-unknown")),
        ("another label", Some("trustee-unknown")),
        ("another signer", Some("trustee-unknown")),
        ("nobody", Some("trustee-unknown")),
    ] {
        let make = |exporter: &[u8; 32]| {
            let mut call = SuccessionCall {
                mission: site.mission.register.mission(),
                trustee: site.named[0].identity.id(),
                successor: secrets.id(),
                of: site.named[0].identity.id(),
                exporter: Bytes(*exporter),
                ask: SuccessionAsk::Have { count: 0, digest: Bytes([0; 32]) },
                extra: Default::default(),
            };
            match what {
                "another trustee" => call.trustee = other,
                "another connection" => call.exporter.0[0] ^= 1,
                "another mission" => call.mission = counterseal_model::MissionId::from_bytes([1; 32]),
                "another signer" => call.successor = other,
                "nobody" => call.successor = site.spare.key.id(),
                _ => {}
            }
            let label = if what == "another label" { Label::TRUSTEE_CALL } else { Label::SUCCESSION_CALL };
            Ok(sign_statement(&call.payload(), label, &[secrets.as_ref()]).unwrap().bytes().to_vec())
        };
        let (status, body) = client.post_bound("succession", make).await.unwrap();
        match refusal {
            Some(code) => assert_eq!((status, body), (403, format!("{code}\n").into_bytes()), "{what}"),
            None => {
                // Nothing is mirrored yet, and it succeeds nobody.
                let said = SignedBody::<SuccessionAnswer>::parse(&body).unwrap();
                let said = said.verify_trustee(site.mission.register.mission(), &site.named[0].identity);
                let said = said.unwrap().into_body().said;
                assert!(matches!(said, SuccessionSaid::NotNow { .. }), "{said:?}");
            }
        }
    }
    trustee.stop().await;
}
