//! The page of what trust rests on: what changed, and what is done about devices.

use std::time::Duration;

use counterseal_node::{Home, Invited};
use counterseal_seal::Passphrase;

use crate::browser::{PASSPHRASE, Site};
use crate::carrier::{form, rng};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changed_is_shown_until_somebody_says_it_was_looked_at() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let page = browser.get("/trust").await;
    assert!(page.body.contains("The mission was founded"), "{}", page.body);
    let token = page.token();
    let place =
        page.body.split("name=\"place\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let seen = |token: &str| form(&[("token", token), ("place", &place)]);
    assert_eq!(browser.post("/trust/seen", &seen("0")).await.status, 403);
    assert!(browser.get("/trust").await.body.contains("The mission was founded"), "looking is no saying");
    assert_eq!(browser.post("/trust/seen", &seen(&token)).await.status, 303);
    let page = browser.get("/trust").await.body;
    assert!(!page.contains("The mission was founded"), "{page}");
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_confirms_their_own_device_and_one_is_revoked_behind_a_page_that_says_what_follows() {
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().to_owned();
    let site = Site::begin_with(Duration::from_secs(600), move |desk| {
        let home = Home::open(&path).unwrap();
        let passphrase = Passphrase::new(PASSPHRASE).unwrap();
        desk.invite_at_hand(&home, Invited::OwnDevice, &passphrase, &mut rng(61)).unwrap();
    })
    .await;
    let browser = site.browser().await;
    let page = browser.get("/trust").await;
    let token = page.token();
    let ask = page.body.split("href=\"/trust/device/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let path = format!("/trust/device/{ask}");
    assert!(page.body.contains("waiting to be confirmed"), "{}", page.body);
    let what = |what: &str, token: &str| form(&[("token", token), ("what", what)]);
    let confirmed = browser.post(&path, &what("confirm", &token)).await;
    assert!(confirmed.status == 422 && confirmed.body.contains("ask another"), "nobody confirms their own");
    assert!(browser.get(&path).await.body.contains("cannot be undone"));
    assert_eq!(browser.post(&path, &what("revoke", "0")).await.status, 403);
    assert!(browser.get("/trust").await.body.contains(&path), "it was not revoked");
    assert_eq!(browser.post(&path, &what("revoke", &token)).await.status, 303);
    assert!(!browser.get("/trust").await.body.contains(&path), "a revoked one is revoked once");
    assert_eq!(browser.get("/trust/device/zz").await.status, 404);
    site.pages.stop().await.unwrap();
}
