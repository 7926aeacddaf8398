//! Other sites in the same browser, other programs and other people on the same computer.

use std::time::Duration;

use crate::browser::{Browser, PASSPHRASE, Site};

const PAGES: [&str; 8] =
    ["/", "/situation", "/find", "/report", "/trust", "/cases", "/openings", "/record/00"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_address_lets_one_browser_in_and_nobody_after_it() {
    let site = Site::begin().await;
    let stranger = Browser::new(&site.pages);
    for path in PAGES {
        let refused = stranger.get(path).await;
        assert_eq!(refused.status, 403, "{path}");
        assert!(!refused.body.contains("Heron") && !refused.body.contains("Quillfeather"), "{path}");
    }
    assert_eq!(stranger.get("/enter?key=00").await.status, 403);
    let browser = site.browser().await;
    for path in PAGES.iter().take(7) {
        assert_eq!(browser.get(path).await.status, 200, "{path}");
    }
    let launch = site.pages.launch().unwrap().to_owned();
    let again = stranger.get(&launch[launch.find("/enter").unwrap()..]).await;
    assert_eq!(again.status, 403, "the address is good once");
    assert!(again.header("set-cookie").is_none());
    let guess =
        Browser { cookie: browser.cookie.clone().map(|cookie| cookie.replace(['a', 'b'], "c")), ..browser };
    assert_eq!(guess.get("/").await.status, 403);
    site.pages.stop().await.unwrap();
}

/// DNS rebinding: a name of another site that leads here.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_under_another_name_is_not_answered() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let port = browser.port;
    let addresses = [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("[::1]:{port}")];
    let names = ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"];
    let other = browser.host.replace(':', "0:");
    for host in names.map(str::to_owned).into_iter().chain(addresses).chain([other]) {
        let other = Browser { host: host.clone(), ..browser.clone() };
        assert_eq!(other.get("/").await.status, 421, "{host}");
    }
    let twice = Browser { more: vec!["Host: evil.example".to_owned()], ..browser.clone() };
    assert!(matches!(twice.get("/").await.status, 400 | 421));
    assert_eq!(browser.get("/").await.status, 200);
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_site_sends_changes_nothing() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let token = browser.get("/report").await.token();
    let form = format!("token={token}&compartment=incidents&title=From+elsewhere");
    let elsewhere = Browser { origin: Some("https://evil.example".to_owned()), ..browser.clone() };
    assert_eq!(elsewhere.post("/report", &form).await.status, 403);
    let nowhere = Browser { origin: None, ..browser.clone() };
    assert_eq!(nowhere.post("/report", &form).await.status, 403);
    let sandboxed = Browser { origin: Some("null".to_owned()), ..browser.clone() };
    assert_eq!(sandboxed.post("/report", &form).await.status, 403);
    for site in ["cross-site", "same-site"] {
        let fetched = Browser { more: vec![format!("Sec-Fetch-Site: {site}")], ..browser.clone() };
        assert_eq!(fetched.get("/").await.status, 403, "{site}");
        assert_eq!(fetched.post("/report", &form).await.status, 403, "{site}");
    }
    assert!(!browser.get("/find?words=elsewhere").await.body.contains("From elsewhere"));
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_without_this_sessions_token_is_not_read() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let token = browser.get("/report").await.token();
    let other = token.replace(['1', '2', '3'], "4");
    for token in ["", "0", &other] {
        let form = format!("token={token}&compartment=incidents&title=Without");
        assert_eq!(browser.post("/report", &form).await.status, 403);
        assert_eq!(browser.post("/lock", &format!("token={token}")).await.status, 403);
        assert_eq!(browser.post("/language", &format!("token={token}&tongue=fr")).await.status, 403);
        let form = format!("token={token}&passphrase={PASSPHRASE}");
        assert_eq!(browser.post("/unlock", &form).await.status, 403);
    }
    let none = browser.post("/report", "compartment=incidents&title=Without").await;
    assert!(matches!(none.status, 403 | 422), "{}", none.status);
    assert!(!browser.get("/find?words=Without").await.body.contains("href=\"/record/"));
    let long = format!("token={token}&title={}", "x".repeat(2 << 20));
    assert_eq!(browser.post("/report", &long).await.status, 413);
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_forbids_what_is_inline_or_from_elsewhere_and_pages_are_not_kept() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    for path in PAGES.iter().chain(&["/unlock", "/nothing"]) {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"));
        for inline in ["<script>", "<style", " style=", " onclick=", "javascript:", "http://", "https://"] {
            assert!(!answer.body.contains(inline), "{path} has {inline}");
        }
        for form in answer.body.split("<form").skip(1) {
            let tag = form.split('>').next().unwrap();
            assert!(tag.contains("autocomplete=\"off\""), "{path}: what is typed is remembered: {tag}");
        }
        for asset in answer.body.split("\"/assets/").skip(1) {
            let asset = format!("/assets/{}", &asset[..asset.find('"').unwrap()]);
            let kept = browser.get(&asset).await;
            assert_eq!(kept.status, 200, "{asset}");
            assert!(kept.header("cache-control").unwrap().contains("immutable"));
        }
    }
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_locks_when_it_is_told_to_or_nobody_asks_and_opens_with_its_passphrase() {
    let site = Site::begin_with(Duration::from_millis(1500), |_| ()).await;
    let browser = site.browser().await;
    let token = browser.get("/").await.token();
    assert_eq!(browser.post("/lock", &format!("token={token}")).await.status, 303);
    let locked = browser.get("/find?words=convoy").await;
    assert_eq!(locked.status, 303);
    assert_eq!(locked.header("location"), Some("/unlock?back=/find%3Fwords%3Dconvoy"));
    let form =
        |passphrase: &str| format!("token={token}&back=%2Ffind&passphrase={}", passphrase.replace(' ', "+"));
    let wrong = browser.post("/unlock", &form("eight wells and a goat")).await;
    assert_eq!((wrong.status, wrong.header("location")), (303, Some("/unlock?back=/find&again=1")));
    assert_eq!(browser.get("/find").await.status, 303, "it is still locked");
    let right = browser.post("/unlock", &form(PASSPHRASE)).await;
    assert_eq!((right.status, right.header("location")), (303, Some("/find")));
    assert_eq!(browser.get("/find").await.status, 200);
    assert_eq!(browser.get("/stay").await.status, 204);
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert_eq!(browser.get("/stay").await.status, 401, "nobody has asked for a while");
    assert_eq!(browser.get("/find").await.status, 303);
    assert_eq!(Browser::new(&site.pages).get("/stay").await.status, 403, "a stranger learns nothing of it");
    site.pages.stop().await.unwrap();
}
