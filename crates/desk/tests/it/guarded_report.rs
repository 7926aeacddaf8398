//! Reporting into a guarded compartment, by plain HTTP: nothing of it comes back as a draft, and it is sealed once.

use std::time::Duration;

use counterseal_model::CompartmentId;
use counterseal_node::{Desk, GovernorFile, Randomness};
use counterseal_register::{
    Blob, Bytes, Charter, HistoryRule, HoldRule, Label, Rule, SUITE, SetTrustees, Trustee, TrusteeAnswer,
    TrusteeCall, TrusteeKey,
};
use counterseal_seal::{Passphrase, TrusteeKeySecret, TrusteeSecrets, sign_statement};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use crate::browser::{PASSPHRASE, Site, reopened};
use crate::report::{form, record_in};

/// A guarded compartment with one trustee, whose key for this desk is at hand.
pub(crate) fn guard(desk: &mut Desk) {
    let mut rng = ChaCha20Rng::seed_from_u64(41);
    // The governor of `browser::found`, from the same seed.
    let passphrase = Passphrase::new(PASSPHRASE).unwrap();
    let mut drawn: Randomness = Box::new(ChaCha20Rng::seed_from_u64(101));
    let governor = GovernorFile::make(&mut drawn, &passphrase).unwrap();
    let trustee = TrusteeSecrets::make(&mut rng).unwrap();
    let named = Trustee {
        key: trustee.public().clone(),
        x: 7,
        requests: Bytes(*trustee.requests()),
        pins: vec![Bytes([3; 32])],
        url: None,
        succeeds: None,
        extra: Default::default(),
    };
    let act = SetTrustees { threshold: 1, trustees: vec![named], single: true, extra: Default::default() };
    desk.set_trustees(act, &[&governor.secrets]).unwrap();
    let charter = Charter { hold: HoldRule::None, ..Charter::new(Rule::TwoSeal, HistoryRule::Full) };
    let compartment = desk.create_compartment("sources", charter).unwrap();
    give_key(desk, &trustee, compartment, &mut rng);
}

fn give_key(desk: &mut Desk, trustee: &TrusteeSecrets, compartment: CompartmentId, rng: &mut ChaCha20Rng) {
    let key = TrusteeKey {
        suite: SUITE,
        mission: desk.mission(),
        trustee: trustee.id(),
        device: desk.device(),
        compartment,
        generation: 1,
        public: Bytes(TrusteeKeySecret::make(rng).public().unwrap()),
        made: desk.now(),
        extra: Default::default(),
    };
    let signed = sign_statement(&key.payload(), Label::TRUSTEE_KEY, &[trustee]).unwrap();
    let call = TrusteeCall::Keys { compartments: vec![compartment] };
    let answer = TrusteeAnswer::Signed { objects: vec![Blob(signed.bytes().to_vec())] };
    assert_eq!(desk.take_trustee_answers(trustee.id(), &[(call, answer)]).unwrap().keys, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guarded_report_is_held_in_memory_sealed_once_and_does_not_come_back() {
    let site = Site::begin_with(Duration::from_secs(600), guard).await;
    let browser = site.browser().await;
    let page = browser.get("/report").await;
    let (token, record) = (page.token(), record_in(&page));
    let typed = [
        ("record", record.as_str()),
        ("compartment", "sources"),
        ("title", "Seen from a window"),
        ("narrative", "PLANTEDWORD told it."),
    ];
    let said = browser.post("/report/check", &form(&token, &typed)).await;
    assert!(said.body.contains("in memory alone"), "the page says where it is: {}", said.body);
    // So it is where one field alone is meant for the guarded compartment; and what names none is kept in the store.
    let (apart, plain) = (record_in(&browser.get("/report").await), record_in(&browser.get("/report").await));
    for (record, moved, in_memory) in [(&apart, "sources", true), (&plain, "", false)] {
        let typed = [
            ("record", record.as_str()),
            ("compartment", "incidents"),
            ("narrative", "Somebody told it."),
            ("apart-narrative", moved),
        ];
        let said = browser.post("/report/check", &form(&token, &typed)).await;
        assert_eq!(said.body.contains("in memory alone"), in_memory, "{moved}: {}", said.body);
        browser.post("/report/discard", &form(&token, &[("record", record)])).await;
    }
    let draft = format!("/report?draft={record}");
    assert!(browser.get(&draft).await.body.contains("PLANTEDWORD told it."), "it can be resumed");
    let written = browser.post("/report", &form(&token, &typed)).await;
    assert_eq!((written.status, written.header("location")), (303, Some("/report?sealed=1")));
    // A check that was under way, a second tab, the button pressed again.
    for path in ["/report/check", "/report/keep", "/report", "/report/check"] {
        browser.post(path, &form(&token, &typed)).await;
        for page in ["/report", "/", draft.as_str()] {
            let shown = browser.get(page).await.body;
            assert!(
                !shown.contains("href=\"/report?draft=") && !shown.contains("PLANTEDWORD"),
                "{path}, {page}"
            );
        }
    }
    site.pages.stop().await.unwrap();
    let desk = reopened(site.folder.path());
    assert_eq!(desk.guarded_entries(9).unwrap().len(), 1, "sealed once");
    assert!(desk.drafts().unwrap().is_empty());
}
