//! Who is let in, and what nobody can do to the others.

use std::time::Duration;

use counterseal_hub::{Outcome as Pushed, Push};
use counterseal_register::*;
use counterseal_seal::DeviceSecrets;
use counterseal_serve::{HttpClient, Method, Trust, Url};
use tokio::time::timeout;

use crate::callers::{Caller, client};
use crate::mission::{CASES, rng};
use crate::reader::{ask, fetch_keys, push, seal};
use crate::site::*;

fn acks() -> TrusteeCall {
    TrusteeCall::Acks { entries: Vec::new() }
}

fn said((status, body): (u16, Vec<u8>)) -> (u16, String) {
    (status, String::from_utf8_lossy(&body).trim_end().to_owned())
}

fn no(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_an_active_device_calls_this_trustee_over_this_connection() {
    let mut site = Site::new().await;
    let trustees = site.trustees().await;
    let hub = site.hub().await;
    let all = site.mirrored();
    eventually("all is mirrored", || trustees.iter().all(|one| one.status().statements.leaves >= all)).await;
    let (person, device) = (site.mission.ben.id, site.mission.ben.device.id());
    let revoked = RevokeDevice { person, device, extra: Default::default() };
    let revoked = site.mission.draft(revoked, false);
    let outcome = hub.sequencer().push(vec![Push::Statement(revoked)]).await[0];
    assert!(matches!(outcome, Pushed::Accepted { .. }), "{outcome:?}");
    eventually("that is mirrored", || trustees[0].status().statements.leaves > all + 1).await;
    let mut gone = Caller::new(&site, 0, &site.mission.ben.device);
    assert_eq!(said(gone.ask_as(acks(), Label::TRUSTEE_CALL, |_| {}).await), no(403, "device-not-active"));
    let ana = &site.mission.ana.device;
    let mut caller = Caller::new(&site, 0, ana);
    let as_it_should_be = caller.ask_as(acks(), Label::TRUSTEE_CALL, |_| {}).await;
    assert_eq!(as_it_should_be.0, 200);
    let other = site.named[1].identity.id();
    for (label, change, refusal) in [
        (Label::HUB_LEAF, None, "device-unknown"),
        (Label::TRUSTEE_CALL, Some(0), "trustee-other"),
        (Label::TRUSTEE_CALL, Some(1), "connection-other"),
        (Label::TRUSTEE_CALL, Some(2), "device-unknown"),
        (Label::TRUSTEE_CALL, Some(3), "device-unknown"),
    ] {
        let answer = caller.ask_as(acks(), label, |call| match change {
            Some(0) => call.trustee = other,
            Some(1) => call.exporter.0[0] ^= 1,
            Some(2) => call.mission = counterseal_model::MissionId::from_bytes([1; 32]),
            Some(3) => call.device = site.mission.ben.device.id(),
            _ => {}
        });
        assert_eq!(said(answer.await), no(403, refusal));
    }
    let stranger = DeviceSecrets::make(&mut rng(77)).unwrap();
    let mut strange = Caller::new(&site, 0, &stranger);
    assert_eq!(said(strange.ask_as(acks(), Label::TRUSTEE_CALL, |_| {}).await), no(403, "device-unknown"));
    assert_eq!(said(caller.get("call").await).0, 404, "only by POST");
    let mut raw = client(&site, 0);
    let too_long = raw.request(Method::POST, "call", vec![0; 4 * 1024 * 1024 + 1]).await;
    assert!(too_long.map_or(true, |(status, _)| status == 413));
    let garbage = client(&site, 0).request(Method::POST, "call", vec![0; 100]).await.unwrap();
    assert_eq!(garbage.0, 400);
    for trustee in trustees {
        trustee.stop().await;
    }
    hub.stop().await;
}

/// A hub that takes connections and says nothing, as a hostile one may, or a line that is cut.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_that_does_not_answer_keeps_no_device_waiting() {
    let site = Site::new().await;
    let trustees = site.trustees().await;
    let hub = site.hub().await;
    let all = site.mirrored();
    eventually("all is mirrored", || trustees.iter().all(|one| one.status().statements.leaves >= all)).await;
    hub.stop().await;
    let silent = tokio::net::TcpListener::bind(site.hub_config.listen).await.unwrap();
    let taken = silent.accept().await.unwrap();
    let mut caller = Caller::new(&site, 0, &site.mission.ana.device);
    for _ in 0..3 {
        let answer = caller.ask(TrusteeCall::Keys { compartments: vec![CASES] });
        let answer = timeout(Duration::from_secs(2), answer).await.unwrap();
        assert!(matches!(answer, TrusteeAnswer::Signed { .. }));
    }
    drop(taken);
    for trustee in trustees {
        timeout(Duration::from_secs(8), trustee.stop()).await.expect("nor does it keep one from stopping");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_is_newer_than_the_mirror_makes_it_look_at_once() {
    let mut site = Site::new().await;
    site.configs[2].poll_milliseconds = 3_600_000;
    let hub = site.hub().await;
    let mut trustees = vec![site.trustee(0).await, site.trustee(1).await];
    let all = site.mirrored();
    eventually("all is mirrored", || trustees.iter().all(|one| one.status().statements.leaves >= all)).await;
    // This one looks when it starts, and not again for an hour.
    trustees.push(site.trustee(2).await);
    eventually("all is mirrored", || trustees[2].status().statements.leaves >= all).await;
    let entry = seal(&site, &fetch_keys(&site).await, 1, &[b"a name"]);
    push(&hub, &entry).await;
    let asking = ask(&site, &hub, &[PartRef { entry: entry.id(), index: 0 }], 901).await;
    let mut caller = Caller::new(&site, 2, &site.mission.ben.device);
    let response = asking.read(&site, 2, caller.ask(asking.call(&site, 2)).await);
    assert_eq!(response.outcome, Outcome::Released);
    for trustee in trustees {
        trustee.stop().await;
    }
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metrics_are_for_this_machine_and_name_nobody() {
    let site = Site::new().await;
    let trustees = site.trustees().await;
    let hub = site.hub().await;
    let all = site.mirrored();
    eventually("all is mirrored", || trustees.iter().all(|one| one.status().statements.leaves >= all)).await;
    fetch_keys(&site).await;
    let url = Url::parse(&format!("http://{}/", trustees[0].metrics().unwrap())).unwrap();
    let mut machine = HttpClient::new(url, Trust::Roots, Duration::from_secs(5)).unwrap();
    let (status, page) = machine.request(Method::GET, "metrics", Vec::new()).await.unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(status == 200 && page.contains("\ncounterseal_trustee_calls_total 1\n"), "{page}");
    let mission = &site.mission;
    for id in [mission.ana.device.id().to_string(), mission.ana.id.to_string(), CASES.to_string()] {
        assert!(!page.contains(&id));
    }
    assert_eq!(said(machine.request(Method::GET, "health", Vec::new()).await.unwrap()), no(200, "ok"));
    let (_, status) = machine.request(Method::GET, "status", Vec::new()).await.unwrap();
    let status: counterseal_trustee::Status = serde_json::from_slice(&status).unwrap();
    assert_eq!(status.mission, mission.register.mission().to_string());
    for trustee in trustees {
        trustee.stop().await;
    }
    hub.stop().await;
}

/// Nobody has said anything for a while, so that nobody has cosigned anything: the request itself ends that.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_request_after_an_idle_hour_is_answered() {
    let mut site = Site::new().await;
    site.hub_config.mark_seconds = 30 * 86_400;
    let trustees = site.trustees().await;
    let hub = site.hub().await;
    let all = site.mirrored();
    eventually("all is mirrored", || trustees.iter().all(|one| one.status().statements.leaves >= all)).await;
    let entry = seal(&site, &fetch_keys(&site).await, 1, &[b"a name"]);
    push(&hub, &entry).await;
    site.clock.0.fetch_add(3600, std::sync::atomic::Ordering::Relaxed);
    let asking = ask(&site, &hub, &[PartRef { entry: entry.id(), index: 0 }], 920).await;
    let mut caller = Caller::new(&site, 0, &site.mission.ben.device);
    let response = asking.read(&site, 0, caller.ask(asking.call(&site, 0)).await);
    assert_eq!(response.outcome, Outcome::Released, "{:?}", response.refused);
    for trustee in trustees {
        trustee.stop().await;
    }
    hub.stop().await;
}
