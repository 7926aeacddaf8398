//! A trip that is taken, and a passphrase that is changed.

use std::time::Duration;

use counterseal_model::Classification;
use counterseal_model::record::{Body, Note};
use counterseal_register::{Charter, HistoryRule, Rule};

use crate::browser::{Browser, PASSPHRASE, Site};
use crate::carrier::form;
use crate::people::enrol_wren;

const HERS: &str = "nine kites over a quiet harbour";

/// Whether this passphrase opens the only desk.
async fn opens(browser: &Browser, token: &str, passphrase: &str) -> bool {
    let typed = form(&[("token", token), ("passphrase", passphrase), ("back", "/")]);
    browser.post("/unlock", &typed).await.header("location") == Some("/")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_left_behind_is_gone_from_the_desk_that_travels() {
    let site = Site::begin_with(Duration::from_secs(600), |desk| {
        let sources =
            desk.create_compartment("sources", Charter::new(Rule::Open, HistoryRule::Full)).unwrap();
        let note = Note { text: "the nurse in Bria".into(), ..Note::default() };
        desk.record_new(sources, Body::Note(Box::new(note)), Classification::Confidential).unwrap();
        enrol_wren(desk, "sources", true);
    })
    .await;
    let browser = site.browser().await;
    let page = browser.get("/travel").await;
    let token = page.token();
    let row = page.body.split("<tr").find(|row| row.contains(">sources<")).unwrap();
    let leave = format!("leave-{}", &row.split("name=\"leave-").nth(1).unwrap()[..32]);
    let plan = browser.get(&format!("/travel?{leave}=1")).await.body;
    assert!(plan.contains("name=\"anyway\"") && !plan.contains("Nobody could bring you back"), "{plan}");
    let go = async |more: &[(&str, &str)], again: &str| {
        let mut fields = vec![("token", token.as_str()), ("passphrase", HERS), ("again", again)];
        fields.extend_from_slice(more);
        browser.post("/travel", &form(&fields)).await
    };
    let chosen = (leave.as_str(), "1");
    let refused = [
        (go(&[chosen, ("anyway", "1")], PASSPHRASE).await, "not the same"),
        (go(&[("anyway", "1")], HERS).await, "role=\"alert\""),
        (go(&[chosen], HERS).await, "role=\"alert\""),
    ];
    for (answer, why) in refused {
        assert!(answer.status == 422 && answer.body.contains(why), "{why}: {}", answer.body);
    }
    let forged = form(&[("token", "0"), chosen, ("anyway", "1"), ("passphrase", HERS), ("again", HERS)]);
    assert_eq!(browser.post("/travel", &forged).await.status, 403);
    assert!(browser.get("/find?words=nurse").await.body.contains("Bria"), "it is as it was");
    let gone = go(&[chosen, ("anyway", "1")], HERS).await;
    assert_eq!((gone.status, gone.header("location")), (303, Some("/unlock")), "{}", gone.body);
    assert_eq!(browser.get("/").await.status, 303, "it is locked");
    assert!(!opens(&browser, &token, PASSPHRASE).await, "the old passphrase opens nothing");
    assert!(opens(&browser, &token, HERS).await);
    assert!(!browser.get("/find?words=nurse").await.body.contains("Bria"));
    let travel = browser.get("/travel").await.body;
    assert!(!travel.contains(&leave) && travel.contains("left"), "{travel}");
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passphrase_is_changed_by_who_knows_the_old_one() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let token = browser.get("/mine").await.token();
    let change = async |token: &str, old: &str, new: &str, again: &str| {
        let fields = [("token", token), ("old", old), ("passphrase", new), ("again", again)];
        browser.post("/mine/passphrase", &form(&fields)).await
    };
    assert_eq!(change("0", PASSPHRASE, HERS, HERS).await.status, 403);
    for (old, new, again, why) in [
        ("eight wells and a goat", HERS, HERS, "does not fit"),
        ("", HERS, HERS, "does not fit"),
        (PASSPHRASE, HERS, PASSPHRASE, "not the same"),
        (PASSPHRASE, "short", "short", "role=\"alert\""),
        (PASSPHRASE, "aaaaaaaaaaaa", "aaaaaaaaaaaa", "role=\"alert\""),
    ] {
        let refused = change(&token, old, new, again).await;
        assert!(refused.status == 422 && refused.body.contains(why), "{why}: {}", refused.body);
    }
    let lock = async || browser.post("/lock", &form(&[("token", &token)])).await.status;
    assert_eq!(lock().await, 303);
    assert!(opens(&browser, &token, PASSPHRASE).await, "nothing was changed");
    assert_eq!(change(&token, PASSPHRASE, HERS, HERS).await.header("location"), Some("/mine"));
    assert_eq!(lock().await, 303);
    assert!(!opens(&browser, &token, PASSPHRASE).await);
    assert!(opens(&browser, &token, HERS).await);
    // No address of another site is hidden in the way back.
    assert_eq!(lock().await, 303);
    let typed = form(&[("token", &token), ("passphrase", HERS), ("back", "//evil.example")]);
    assert_eq!(browser.post("/unlock", &typed).await.header("location"), Some("/"));
    site.pages.stop().await.unwrap();
}
