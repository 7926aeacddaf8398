//! A restored trustee releases and cosigns nothing before it is shown what it lacks.

use counterseal_register::*;
use counterseal_trustee::{WitnessPlace, restore_first};

use crate::callers::{Caller, client};
use crate::mission::rng;
use crate::reader::*;
use crate::site::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_trustee_waits_for_logs_witnesses_and_its_own_head() {
    let mut site = Site::new().await;
    let trustees = site.trustees().await;
    let hub = site.hub().await;
    let all = site.mirrored();
    eventually("all is mirrored", || trustees.iter().all(|one| one.status().statements.leaves >= all)).await;
    let entry = seal(&site, &fetch_keys(&site).await, 1, &[b"a name"]);
    push(&hub, &entry).await;
    let part = PartRef { entry: entry.id(), index: 0 };
    let asking = ask(&site, &hub, &[part], 910).await;
    for n in 0..3 {
        let mut caller = Caller::new(&site, n, &site.mission.ben.device);
        let response = asking.read(&site, n, caller.ask(asking.call(&site, n)).await);
        assert_eq!(response.outcome, Outcome::Released);
    }
    let mut trustees = trustees;
    trustees.remove(0).stop().await;
    // Of the three other witnesses one answers; every quorum has two of them.
    trustees.remove(0).stop().await;
    let (name, url) = ("witness-1".to_owned(), format!("http://127.0.0.1:{}/", port()));
    site.configs[0].witnesses.push(WitnessPlace { name, url, certificate: None });
    // Its first disk is lost, with the witness's store. Nobody says how far its release log had come.
    let config = &site.configs[0];
    std::fs::remove_dir_all(config.folder.join("store")).unwrap();
    std::fs::remove_file(config.folder.join("witness.db")).unwrap();
    restore_first(config, &site.keys(0), None, Box::new(rng(1))).unwrap();
    let restored = site.trustee(0).await;
    let lacks = |count| restored.status().restored.is_some_and(|missing| missing.still.len() == count);
    eventually("logs and tombstones are shown", || lacks(2)).await;
    let asked_again = restored.status().restored.unwrap().still.join(", ");
    assert!(asked_again.contains("other witnesses"), "{asked_again}");
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert!(lacks(2), "one witness is not enough, however often it is asked");
    trustees.push(site.trustee(1).await);
    eventually("all but the head is shown", || lacks(1)).await;
    let missing = restored.status().restored.unwrap();
    assert!(missing.still[0].contains("release log") && missing.pads_lost == 0, "{missing:?}");
    let mut caller = Caller::new(&site, 0, &site.mission.ben.device);
    let again = ask(&site, &hub, &[part], 911).await;
    let answer = caller.ask(again.call(&site, 0)).await;
    assert!(matches!(&answer, TrusteeAnswer::NotNow { code } if code.as_str() == "restoring"), "{answer:?}");
    let cosign =
        client(&site, 0).request(counterseal_serve::Method::POST, "add-checkpoint", Vec::new()).await;
    assert_eq!(cosign.unwrap().0, 503);
    restored.stop().await;
    // Whoever restored it has asked the desks.
    std::fs::write(config.folder.join("restored.head"), "1").unwrap();
    let restored = site.trustee(0).await;
    eventually("it is in service again", || restored.status().restored.is_none()).await;
    let response = again.read(&site, 0, caller_ask(&site, &again).await);
    assert_eq!((response.outcome, response.counter), (Outcome::Released, 2));
    restored.stop().await;
    for trustee in trustees {
        trustee.stop().await;
    }
    hub.stop().await;
}

async fn caller_ask(site: &Site, asking: &Asking) -> TrusteeAnswer {
    Caller::new(site, 0, &site.mission.ben.device).ask(asking.call(site, 0)).await
}
