//! A request that was answered once, over the line once more: by its reader, by somebody else, and for others.

use counterseal_register::*;
use counterseal_seal::seal_request;

use crate::callers::{Caller, objects};
use crate::mission::rng;
use crate::reader::*;
use crate::site::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replayed_request_is_the_same_answer_to_the_same_key_and_decides_nothing() {
    let site = Site::new().await;
    let trustees = site.trustees().await;
    let hub = site.hub().await;
    let all = site.mirrored();
    eventually("all is mirrored", || trustees.iter().all(|one| one.status().statements.leaves >= all)).await;
    let entry = seal(&site, &fetch_keys(&site).await, 1, &[b"a name"]);
    push(&hub, &entry).await;
    let parts = [PartRef { entry: entry.id(), index: 0 }];
    let asking = ask(&site, &hub, &parts, 930).await;
    let mut ben = Caller::new(&site, 0, &site.mission.ben.device);
    let first = ben.ask(asking.call(&site, 0)).await;
    assert_eq!(asking.read(&site, 0, first.clone()).outcome, Outcome::Released);
    // Ana has heard the whole call. What she is given is sealed to Ben's fresh key, byte for byte what he was given.
    let mut ana = Caller::new(&site, 0, &site.mission.ana.device);
    for caller in [&mut ben, &mut ana] {
        assert_eq!(objects(caller.ask(asking.call(&site, 0)).await), objects(first.clone()));
    }
    let (_, releases) = ana.get("releases/1").await;
    let length = u32::from_be_bytes(*releases.first_chunk().unwrap()) as usize;
    assert_eq!(releases.len(), 4 + length, "one decision, however often it is asked for");
    // The receipt of one request serves no other.
    let other = ask(&site, &hub, &parts, 931).await;
    let TrusteeCall::Open { request, .. } = other.call(&site, 0) else { panic!("no request") };
    let answer = ben.ask(TrusteeCall::Open { request, receipt: Blob(asking.receipt.clone()) }).await;
    let response = other.read(&site, 0, answer);
    assert_eq!(response.refused.unwrap().code.as_str(), "leaf-other");
    // What was sealed to one trustee says nothing to another.
    let elsewhere = asking.call(&site, 1);
    let answer = ben.ask(elsewhere).await;
    assert!(
        matches!(&answer, TrusteeAnswer::NotNow { code } if code.as_str() == "not-sealed-here"),
        "{answer:?}"
    );
    // A request whose signature is another's is none.
    let forged = asking.signed_by(&site.mission.ana.device);
    let named = &site.named[0];
    let to = counterseal_seal::TrusteeRecipient { trustee: named.identity.id(), requests: &named.requests };
    let sealed = seal_request(&mut rng(4), site.mission.register.mission(), to, &forged).unwrap();
    let request = SealedTo {
        enc: Blob(sealed.enc.to_vec()),
        ciphertext: Blob(sealed.ciphertext),
        extra: Default::default(),
    };
    let answer = ana.ask(TrusteeCall::Open { request, receipt: Blob(asking.receipt.clone()) }).await;
    assert!(
        matches!(&answer, TrusteeAnswer::NotNow { code } if code.as_str() == "opening-signature"),
        "{answer:?}"
    );
    for trustee in trustees {
        trustee.stop().await;
    }
    hub.stop().await;
}
