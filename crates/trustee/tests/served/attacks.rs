//! What somebody with a device in the mission can try over the line, against servers as they run.

use std::collections::BTreeMap;

use counterseal_hub::RunningHub;
use counterseal_model::cbor::to_bytes;
use counterseal_register::*;
use counterseal_seal::{CannotOpenGuarded, DeviceSecrets, NoShare, Opener, Pad, sign_statement};
use counterseal_trustee::RunningTrustee;

use crate::callers::{Caller, objects};
use crate::reader::*;
use crate::site::*;

async fn begin(site: &Site) -> (Vec<RunningTrustee>, RunningHub) {
    let trustees = site.trustees().await;
    let hub = site.hub().await;
    let all = site.mirrored();
    eventually("all is mirrored", || trustees.iter().all(|one| one.status().statements.leaves >= all)).await;
    (trustees, hub)
}

async fn end(trustees: Vec<RunningTrustee>, hub: RunningHub) {
    for trustee in trustees {
        trustee.stop().await;
    }
    hub.stop().await;
}

/// A header, signed by whoever says it.
fn header_by(device: &DeviceSecrets, header: &EntryHeader) -> Blob {
    let signed = sign_statement(&to_bytes(header), Label::ENTRY_SIGN, &[device]).unwrap();
    Blob(signed.bytes().to_vec())
}

/// What a trustee says of a header that is brought to it: how many parts it holds, or why not.
async fn deliver(site: &Site, by: &DeviceSecrets, header: Blob) -> Result<u64, String> {
    let mut caller = Caller::new(site, 0, by);
    let said = objects(caller.ask(TrusteeCall::Deliver { headers: vec![header] }).await).remove(0);
    if let Ok(ack) = SignedBody::<Acknowledgement>::parse(&said)
        && let Ok(ack) = ack.verify_trustee(site.mission.register.mission(), &site.named[0].identity)
    {
        return Ok(ack.body().count);
    }
    let refused = SignedBody::<EntryRefused>::parse(&said).unwrap();
    let refused = refused.verify_trustee(site.mission.register.mission(), &site.named[0].identity).unwrap();
    Err(refused.body().code.as_str().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copied_wraps_and_a_rule_that_is_said_to_be_open_are_refused_over_the_line() {
    let site = Site::new().await;
    let (trustees, hub) = begin(&site).await;
    let (ana, ben) = (&site.mission.ana.device, &site.mission.ben.device);
    let victim = seal(&site, &fetch_keys(&site).await, 1, &[b"who the source is"]);
    let victim_header = victim.verify(ana.public()).unwrap().header().clone();
    let mine = seal_by(&site, ben, &fetch_keys_of(&site, ben).await, 2, &[b"x"]);
    let mine_header = mine.verify(ben.public()).unwrap().header().clone();

    // Ana's wraps in an entry of Ben's, under the ids of her keys and of his own.
    let mut copied = mine_header.clone();
    (copied.trustees, copied.parts) = (victim_header.trustees.clone(), victim_header.parts.clone());
    assert_eq!(deliver(&site, ben, header_by(ben, &copied)).await, Err("key-unknown".to_owned()));
    let mut mixed = mine_header.clone();
    for (own, other) in mixed.trustees.iter_mut().zip(&victim_header.trustees) {
        (own.enc, own.wrap, own.commitment) = (other.enc.clone(), other.wrap, other.commitment);
    }
    assert_eq!(deliver(&site, ben, header_by(ben, &mixed)).await, Err("share-cannot-unwrap".to_owned()));
    // The header says that the compartment is open; the charter says that it is not.
    let mut open = mine_header.clone();
    (open.trustee_set, open.trustees) = (None, Vec::new());
    open.parts.iter_mut().for_each(|part| part.guard = None);
    assert_eq!(deliver(&site, ben, header_by(ben, &open)).await, Err("entry-rule-mismatch".to_owned()));
    // As they were sealed they are taken.
    assert_eq!(deliver(&site, ben, Blob(mine.header.clone())).await, Ok(1));
    assert_eq!(deliver(&site, ana, Blob(victim.header.clone())).await, Ok(1));
    end(trustees, hub).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_substituted_key_and_a_reused_approval_are_refused_over_the_line() {
    let site = Site::new().await;
    let (trustees, hub) = begin(&site).await;
    let (ana, ben) = (&site.mission.ana.device, &site.mission.ben.device);
    let entry = seal(&site, &fetch_keys(&site).await, 1, &[b"a name"]);
    push(&hub, &entry).await;
    let parts = [PartRef { entry: entry.id(), index: 0 }];
    let mut caller = Caller::new(&site, 0, ben);
    let mut code = async |asking: &Asking| {
        let response = asking.read(&site, 0, caller.ask(asking.call(&site, 0)).await);
        (response.outcome, response.refused.map(|refused| refused.code.as_str().to_owned()))
    };

    // The logged request with another fresh key, signed again by its own reader: another leaf.
    let logged = ask(&site, &hub, &parts, 940).await;
    let substituted = logged.with_fresh(ben, 941);
    assert_eq!(code(&substituted).await, (Outcome::Refused, Some("leaf-other".to_owned())));

    // An approval that Ana gave for one request, in another.
    let approve = |request: &OpeningRequest| {
        let approval = Approval {
            mission: request.mission,
            core: Bytes(request.core_hash()),
            reader: request.reader,
            approver: ana.id(),
            made: request.made,
            extra: Default::default(),
        };
        Blob(sign_statement(&approval.payload(), Label::OPENING_APPROVAL, &[ana]).unwrap().bytes().to_vec())
    };
    let mut given = None;
    let approved = ask_with(&site, &hub, &parts, 942, |request| {
        let approval = approve(request);
        given = Some(approval.clone());
        request.approvals = vec![approval];
    });
    let approved = approved.await;
    assert_eq!(code(&approved).await, (Outcome::Released, None), "it was a good one");
    let reused =
        ask_with(&site, &hub, &parts, 943, |request| request.approvals = given.into_iter().collect());
    assert_eq!(code(&reused.await).await, (Outcome::Refused, Some("approval-bad".to_owned())));

    end(trustees, hub).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trustee_that_lies_is_named_and_the_part_opens_with_the_others() {
    let site = Site::new().await;
    let (trustees, hub) = begin(&site).await;
    let entry = seal(&site, &fetch_keys(&site).await, 1, &[b"a name"]);
    push(&hub, &entry).await;
    let asking = ask(&site, &hub, &[PartRef { entry: entry.id(), index: 0 }], 950).await;
    let mut pads: BTreeMap<u8, Pad> = BTreeMap::new();
    for n in 0..3 {
        let mut caller = Caller::new(&site, n, &site.mission.ben.device);
        let response = asking.read(&site, n, caller.ask(asking.call(&site, n)).await);
        let (x, mut released) = asking.pads(&site, &response);
        pads.insert(x, released.remove(0));
    }
    let liar = *pads.keys().next().unwrap();
    pads.insert(liar, Pad::from_bytes(&[7; 32]));
    let header = entry.verify(site.mission.ana.device.public()).unwrap();
    let part = header.verify_part(0, &entry.ciphertexts[0]).unwrap();
    let (opener, set) = (Opener::new().unwrap(), place_set(&site));
    let opened = opener.open_guarded(&part, Rule::TwoSeal, &site.mission.secret, &set, &pads).unwrap();
    assert_eq!(opened.plaintext.as_bytes(), b"a name");
    assert_eq!(opened.liars, [liar]);
    // Its pad alone names it, before anybody else has answered.
    pads.retain(|x, _| *x == liar);
    let alone = opener.open_guarded(&part, Rule::TwoSeal, &site.mission.secret, &set, &pads).unwrap_err();
    let named = NoShare::FalsePads { liars: vec![liar], have: 0, needed: 2 };
    assert_eq!(alone, CannotOpenGuarded::NoShare(named));
    end(trustees, hub).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_that_governors_replaced_decides_nothing_once_its_days_are_over() {
    let mut site = Site::new().await;
    let (trustees, hub) = begin(&site).await;
    let keys = fetch_keys(&site).await;
    let entry = seal(&site, &keys, 1, &[b"a name"]);
    push(&hub, &entry).await;
    let late = seal(&site, &keys, 2, &[b"so that there is something to mark"]);
    let parts = [PartRef { entry: entry.id(), index: 0 }];
    let table = "engine,cedar 4.14.1 table 1\ntime,utc+00:00\npurpose,audit,mission,Looking again\n\
        purpose,case-follow-up,mission,Working on a case\n\
        row,effect,who,action,what,purpose,basis,needs,emergency,words\n\
        1,permit,anyone,open,*,audit,-,-,-,Only audits\n";
    let engine = Code::parse(&counterseal_trustee::engine_code()).unwrap();
    let act = SetPolicy { engine, table: Blob(table.into()), extra: Default::default() };
    let newest = govern(&mut site, &hub, act).await;
    let code = async |site: &Site, asking: &Asking| {
        let mut caller = Caller::new(site, 0, &site.mission.ben.device);
        let response = asking.read(site, 0, caller.ask(asking.call(site, 0)).await);
        response.refused.map(|refused| refused.code.as_str().to_owned())
    };
    let early = ask(&site, &hub, &parts, 960).await;
    assert_eq!(code(&site, &early).await, None, "its days are not over");
    site.clock.0.fetch_add(WAITING, std::sync::atomic::Ordering::Relaxed);
    push(&hub, &late).await;
    let stale = ask(&site, &hub, &parts, 961).await;
    assert_eq!(code(&site, &stale).await.as_deref(), Some("policy-other"));
    let same = ask_with(&site, &hub, &parts, 962, |request| request.policy = newest).await;
    assert_eq!(code(&site, &same).await.as_deref(), Some("policy-refuses"), "by the newest it is refused");
    end(trustees, hub).await;
}
