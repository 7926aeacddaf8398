//! The link and pouches: with no hub named, with a hub that does not answer, and by stick.

use std::time::Duration;

use counterseal_model::Classification;
use counterseal_model::record::{Body, Note};
use counterseal_node::{Desk, GovernorFile, Home, Invited};
use counterseal_register::{
    Bytes, Charter, HistoryRule, Rule, SetHub, SetWitnesses, Witness, WitnessGroup, WitnessName,
};
use counterseal_seal::{GovernorSecrets, Passphrase};
use rand::Rng;

use crate::browser::{Browser, PASSPHRASE, Site};
use crate::carrier::{clock, fetch, form, post, rng, settled, upload};
use crate::people::with_wren;

/// Every page that must be there without a hub.
const PAGES: [&str; 16] = [
    "/",
    "/situation",
    "/find",
    "/report",
    "/cases",
    "/openings",
    "/trust",
    "/link",
    "/people",
    "/invite",
    "/handover",
    "/mine",
    "/shift",
    "/travel",
    "/destroy",
    "/welcome",
];

/// A hub that nobody runs, and witnesses of whom the same is true.
fn name_hub(desk: &mut Desk) {
    let governor = GovernorFile::make(&mut rng(101), &Passphrase::new(PASSPHRASE).unwrap()).unwrap();
    let key = |seed| GovernorSecrets::make(&mut rng(seed)).unwrap().public().clone();
    let hub = SetHub {
        generation: 1,
        statements_key: Bytes(key(71).ed25519),
        journal_key: Bytes(key(72).ed25519),
        pins: vec![Bytes([7; 32])],
        extra: Default::default(),
    };
    let witness = Witness {
        name: WitnessName::parse("one.example/heron").unwrap(),
        key: key(73),
        group: WitnessGroup::Independent,
        url: None,
        extra: Default::default(),
    };
    let rule = SetWitnesses {
        witnesses: vec![witness],
        trustees: 0,
        independents: 1,
        faults: 0,
        weak: true,
        extra: Default::default(),
    };
    desk.name_hub(hub, rule, &[&governor.secrets]).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_loads_with_the_hub_stopped_and_a_sync_says_why_it_failed() {
    let site = Site::begin_with(Duration::from_secs(600), name_hub).await;
    let browser = site.browser().await;
    let token = browser.get("/link").await.token();
    let stopped = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().to_string()
    };
    let long = format!("{}:1", "h".repeat(300));
    for (address, budget) in
        [(long.as_str(), ""), ("nowhere", ""), ("", ""), (stopped.as_str(), "many"), (stopped.as_str(), "0")]
    {
        let typed = form(&[("token", &token), ("address", address), ("budget", budget)]);
        assert_eq!(browser.post("/link/sync", &typed).await.status, 422, "{address} {budget}");
    }
    let typed = form(&[("token", &token), ("address", &stopped), ("budget", "200")]);
    assert_eq!(browser.post("/link/sync", &typed).await.header("location"), Some("/link"));
    let mut page = browser.get("/link").await;
    for _ in 0..100 {
        if page.status == 200 {
            break;
        }
        assert!(page.status == 503 && page.body.contains("action=\"/pause\""), "{}", page.body);
        assert_eq!(page.header("refresh"), Some("2"), "it looks again without scripts");
        tokio::time::sleep(Duration::from_millis(200)).await;
        page = browser.get("/link").await;
    }
    assert!(page.body.contains("cannot be reached"), "{}", page.body);
    let reader = Browser { more: vec!["Accept-Language: ar".into()], ..browser.clone() };
    let arabic = reader.get("/link").await.body;
    assert!(
        arabic.contains("يتعذّر الوصول إلى المحور") && arabic.contains("لا أحد يقبل الاتصال هناك"),
        "{arabic}"
    );
    for path in PAGES {
        assert_eq!(browser.get(path).await.status, 200, "{path}");
    }
    site.pages.stop().await.unwrap();
}

/// A hub that takes the connection and says nothing more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_a_hub_says_nothing_pages_say_how_far_the_session_is_and_wait_for_nobody() {
    let site = Site::begin_with(Duration::from_secs(600), name_hub).await;
    let browser = site.browser().await;
    let token = browser.get("/link").await.token();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let typed = form(&[("token", &token), ("address", &address)]);
    assert_eq!(browser.post("/link/sync", &typed).await.status, 303);
    let begun = std::time::Duration::from_secs(3);
    let page = tokio::time::timeout(begun, browser.get("/find")).await.expect("pages do not wait for a hub");
    assert!(page.status == 503 && page.body.contains("Syncing with the hub"), "{}", page.body);
    assert_eq!(browser.post("/pause", "token=0").await.status, 403);
    drop(listener);
    site.pages.stop().await.unwrap();
}

/// Who unlocks next did not ask for sessions that begin by themselves.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_that_begin_by_themselves_end_with_the_lock() {
    let site = Site::begin_with(Duration::from_secs(600), name_hub).await;
    let browser = site.browser().await;
    let token = browser.get("/link").await.token();
    for minutes in ["7", "-5", "often", ""] {
        let refused = browser.post("/link/keep", &form(&[("token", &token), ("minutes", minutes)])).await;
        assert_eq!(refused.status, 422, "{minutes}");
    }
    let chosen = "value=\"15\" selected";
    let every = form(&[("token", &token), ("minutes", "15")]);
    for way in ["/lock", "/panic"] {
        assert_eq!(browser.post("/link/keep", &every).await.status, 303);
        assert!(browser.get("/link").await.body.contains(chosen));
        assert_eq!(browser.post(way, &form(&[("token", &token)])).await.status, 303);
        let unlock = form(&[("token", &token), ("passphrase", PASSPHRASE), ("back", "/")]);
        assert_eq!(browser.post("/unlock", &unlock).await.header("location"), Some("/"));
        assert!(!browser.get("/link").await.body.contains(chosen), "{way}");
    }
    site.pages.stop().await.unwrap();
}

/// Whoever was named and can receive nothing any more is not everybody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pouch_for_somebody_who_was_revoked_is_a_pouch_for_nobody_and_none_is_larger_than_was_said() {
    let site = Site::begin_with(Duration::from_secs(600), |desk| {
        with_wren(desk);
        let elsewhere = tempfile::tempdir().unwrap();
        let passphrase = Passphrase::new(PASSPHRASE).unwrap();
        let invited = Invited::NewPerson { name: "Officer Inkwell".into(), until: None };
        let home = Home::open(elsewhere.path()).unwrap();
        let accepted = desk.invite_at_hand(&home, invited, &passphrase, &mut rng(61)).unwrap();
        desk.admit(desk.find_compartment("incidents").unwrap(), accepted.person).unwrap();
        let compartment =
            desk.create_compartment("sources", Charter::new(Rule::Open, HistoryRule::Full)).unwrap();
        desk.admit(compartment, accepted.person).unwrap();
        let mut drawn = rng(93);
        for _ in 0..24 {
            let mut bytes = vec![0; 50_000];
            drawn.fill_bytes(&mut bytes);
            note(desk, &hex::encode(bytes));
        }
        let note = Note { text: "the nurse in Bria".into(), ..Note::default() };
        desk.record_new(compartment, Body::Note(Box::new(note)), Classification::Confidential).unwrap();
    })
    .await;
    let browser = site.browser().await;
    let page = browser.get("/link").await;
    let token = page.token();
    let ids: Vec<&str> = page.body.split("name=\"for-").skip(1).map(|rest| &rest[..32]).collect();
    assert_eq!(ids.len(), 2, "{ids:?}");
    let named = |id: &str, most: &str| {
        let who = format!("for-{id}");
        form(&[("token", &token), (&who, "1"), ("since", "beginning"), ("most", most)])
    };
    assert_eq!(post(&browser, "/link/pouch", &named(ids[0], "1")).await.status, 303);
    let small = settled(&browser, "/link/pouch").await;
    assert!(small.contains("role=\"alert\"") && !small.contains("/link/pouch/file"), "{small}");
    // For both: what one of them may not have stays behind, and that is said.
    let both = format!("{}&for-{}=1", named(ids[0], "64"), ids[1]);
    assert_eq!(post(&browser, "/link/pouch", &both).await.status, 303);
    let made = settled(&browser, "/link/pouch").await;
    assert!(made.contains("/link/pouch/file") && made.contains("stayed behind"), "{made}");
    assert_eq!(
        browser
            .post(
                &format!("/person/{}", ids[0]),
                &form(&[("token", &token), ("what", "revoke"), ("sure", "1")])
            )
            .await
            .status,
        303
    );
    let page = browser.get("/link").await.body;
    assert!(!page.contains(&format!("for-{}", ids[0])) && page.contains(&format!("for-{}", ids[1])));
    // A page that was loaded before.
    assert_eq!(post(&browser, "/link/pouch", &named(ids[0], "64")).await.status, 303);
    let refused = settled(&browser, "/link/pouch").await;
    assert!(refused.contains("role=\"alert\"") && !refused.contains("/link/pouch/file"), "{refused}");
    site.pages.stop().await.unwrap();
}

fn note(desk: &mut Desk, text: &str) {
    let compartment = desk.find_compartment("incidents").unwrap();
    let note = Note { text: text.into(), ..Note::default() };
    desk.record_new(compartment, Body::Note(Box::new(note)), Classification::Confidential).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pouch_is_saved_by_the_browser_and_read_by_another_desk_and_back() {
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().to_owned();
    let site = Site::begin_with(Duration::from_secs(600), move |desk| {
        let home = Home::open(&path).unwrap();
        let passphrase = Passphrase::new(PASSPHRASE).unwrap();
        let invited = Invited::NewPerson { name: "Officer Inkwell".into(), until: None };
        let accepted = desk.invite_at_hand(&home, invited, &passphrase, &mut rng(61)).unwrap();
        desk.admit(desk.find_compartment("incidents").unwrap(), accepted.person).unwrap();
    })
    .await;
    let browser = site.browser().await;
    let token = browser.get("/link").await.token();
    let typed = form(&[("token", &token), ("since", "beginning"), ("most", "64")]);
    assert!(browser.get("/link/pouch").await.body.contains("No pouch is at hand"));
    assert_eq!(fetch(&browser, "/link/pouch/file").await.status, 404);
    assert_eq!(post(&browser, "/link/pouch", &typed.replace(&token, "00")).await.status, 403);
    assert_eq!(post(&browser, "/link/pouch", &typed).await.location(), Some("/link/pouch"));
    let page = settled(&browser, "/link/pouch").await;
    assert!(page.contains("href=\"/link/pouch/file\"") && page.contains("The pouch is made"), "{page}");
    let pouch = fetch(&browser, "/link/pouch/file").await;
    assert!(pouch.head.contains("attachment; filename=\"mission.pouch\""), "{} {}", pouch.head, pouch.text());
    assert!(pouch.bytes.starts_with(b"cs-pouch"));
    let small = form(&[("token", &token), ("since", "time"), ("day", "yesterday")]);
    assert_eq!(post(&browser, "/link/pouch", &small).await.status, 422);
    let relative = form(&[("token", &token), ("since", "last"), ("path", "monday.pouch")]);
    assert_eq!(post(&browser, "/link/pouch", &relative).await.status, 422);
    let file = elsewhere.path().join("monday.pouch");
    let named = form(&[("token", &token), ("since", "beginning"), ("path", file.to_str().unwrap())]);
    assert_eq!(post(&browser, "/link/pouch", &named).await.status, 303);
    let written = settled(&browser, "/link/pouch").await;
    assert!(file.exists() && !written.contains("/link/pouch/file"), "{written}");
    assert_eq!(fetch(&browser, "/link/pouch/file").await.status, 404, "what was kept in memory is gone");
    assert_eq!(post(&browser, "/link/pouch", &named).await.status, 303);
    let twice = settled(&browser, "/link/pouch").await;
    assert!(twice.contains("role=\"alert\""), "a file that is there is not written over: {twice}");
    // The other desk joins with it, writes, and a pouch comes back.
    let bytes = pouch.bytes.clone();
    let path = elsewhere.path().to_owned();
    let back = tokio::task::spawn_blocking(move || {
        let home = Home::open(&path).unwrap();
        let (waiting, passphrase) =
            (home.waiting().unwrap().pop().unwrap(), Passphrase::new(PASSPHRASE).unwrap());
        let at = counterseal_node::PouchAt::Memory(&bytes);
        let joined =
            Desk::join_by_pouch_at(&home, &waiting, at, &passphrase, clock(), rng(62), &mut |_, _| {});
        let mut desk = joined.unwrap().0;
        note(&mut desk, "From Inkwell, by stick");
        assert!(
            desk.make_pouch(&Default::default(), 2_000, &mut |_, _| {}).is_err(),
            "no larger than was said"
        );
        desk.make_pouch(&Default::default(), 1 << 20, &mut |_, _| {}).unwrap().0
    });
    let back = back.await.unwrap();
    let read = |what: &'static str| [("token", token.clone()), ("what", what.to_owned())];
    let send = |fields: [(&'static str, String); 2], bytes: Vec<u8>| {
        let browser = browser.clone();
        async move {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            upload(&browser, "/link/read", &fields, &[("pouch", &bytes)]).await
        }
    };
    let shown = send(read("show"), back.clone()).await;
    assert!(shown.status == 200 && shown.text().contains("Officer Inkwell"), "{}", shown.text());
    let unread = browser.get("/find?words=stick").await.body;
    assert!(!unread.contains("From Inkwell"), "showing takes nothing in");
    let cut = send(read("read"), b"not a pouch at all".to_vec()).await;
    assert_eq!(cut.status, 303);
    assert!(settled(&browser, "/link/pouch").await.contains("role=\"alert\""));
    let stray = upload(&browser, "/link/read", &[("what", "read")], &[("pouch", &back)]).await;
    assert_eq!(stray.status, 403, "without the token no file is read");
    let taken = send(read("read"), back).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let page = settled(&browser, "/link/pouch").await;
    assert!(page.contains("Entries that came"), "{page}");
    assert!(browser.get("/find?words=stick").await.body.contains("From Inkwell"));
    site.pages.stop().await.unwrap();
}
