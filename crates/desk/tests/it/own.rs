//! Several persons at one computer, the shift, the panic, the trip, the end of a desk.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, Clock, Timestamp};
use counterseal_node::{Desk, Home};
use counterseal_register::{Charter, HistoryRule};

use crate::browser::{Browser, PASSPHRASE, Site, found};
use crate::carrier::{Computer, TODAY, form};

const HERS: &str = "nine kites over a quiet harbour";

/// A desk of this name in a home, locked.
fn founded(
    home: &std::path::Path,
    person: &str,
    passphrase: &str,
    seed: u64,
    prepare: impl FnOnce(&mut Desk),
) {
    let mut desk = found(home, person, passphrase, seed);
    prepare(&mut desk);
    desk.close().unwrap();
}

async fn two() -> (Computer, Browser, [String; 2]) {
    let folder = tempfile::tempdir().unwrap();
    founded(folder.path(), "Officer Quillfeather", PASSPHRASE, 1, |_| ());
    let first = Home::open(folder.path()).unwrap().desks().unwrap()[0].id.clone();
    founded(folder.path(), "Officer Inkwell", HERS, 50, |_| ());
    let desks = Home::open(folder.path()).unwrap().desks().unwrap();
    let second = desks.into_iter().map(|desk| desk.id).find(|id| *id != first).unwrap();
    let computer = Computer::over(folder).await;
    let browser = computer.browser().await;
    (computer, browser, [first, second])
}

async fn unlock(browser: &Browser, desk: &str, passphrase: &str) -> crate::browser::Answer {
    let token = browser.get("/welcome").await.token();
    let typed = form(&[("token", &token), ("desk", desk), ("passphrase", passphrase), ("back", "/")]);
    browser.post("/unlock", &typed).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_press_locks_the_one_and_unlocks_the_other_and_a_wrong_passphrase_leaves_none_open() {
    let (computer, browser, [his, hers]) = two().await;
    let page = browser.get("/unlock").await.body;
    assert!(page.contains(&his) && page.contains(&hers) && !page.contains("Quillfeather"), "{page}");
    assert_eq!(unlock(&browser, &his, PASSPHRASE).await.header("location"), Some("/"));
    let mine = browser.get("/mine").await.body;
    assert!(mine.contains(&hers) && mine.contains("Quillfeather") && !mine.contains("Inkwell"), "{mine}");
    let token = browser.get("/").await.token();
    browser.post("/mine/label", &form(&[("token", &token), ("label", "<b>blue</b>")])).await;
    assert_eq!(unlock(&browser, &hers, HERS).await.header("location"), Some("/"));
    let page = browser.get("/").await.body;
    assert!(page.contains("Inkwell") && !page.contains("Quillfeather"), "{page}");
    let listed = browser.get("/mine").await.body;
    assert!(listed.contains("&lt;b&gt;blue&lt;/b&gt;") && !listed.contains("<b>blue"), "{listed}");
    // His passphrase does not open hers, and hers is not open any more either.
    let wrong = unlock(&browser, &his, HERS).await;
    assert!(wrong.header("location").unwrap().contains("again=1"));
    assert_eq!(browser.get("/find").await.status, 303, "none is open");
    computer.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shift_is_handed_over_in_a_note_and_a_lock_and_the_next_reads_it() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let token = browser.get("/shift").await.token();
    let note = "Bouca: generator down until noon <script>alert(1)</script>";
    let typed = form(&[("token", &token), ("compartment", "incidents"), ("text", note), ("then", "lock")]);
    assert_eq!(browser.post("/shift", &typed).await.header("location"), Some("/shift"));
    assert_eq!(browser.get("/shift").await.status, 303, "it is locked");
    assert_eq!(unlock(&browser, "", PASSPHRASE).await.status, 303);
    let back = form(&[("token", &token), ("passphrase", PASSPHRASE), ("back", "/shift")]);
    assert_eq!(browser.post("/unlock", &back).await.header("location"), Some("/shift"));
    let page = browser.get("/shift").await.body;
    assert!(page.contains("generator down until noon &lt;script&gt;"), "{page}");
    let elsewhere = form(&[("token", &token), ("compartment", "nowhere"), ("text", note), ("then", "lock")]);
    assert_eq!(browser.post("/shift", &elsewhere).await.status, 422);
    assert_eq!(browser.get("/shift").await.status, 200, "what was not written locks nothing");
    let before = browser.get("/shift").await.body.matches("<article").count();
    let empty = form(&[("token", &token), ("compartment", "incidents"), ("text", " "), ("then", "stay")]);
    assert_eq!(browser.post("/shift", &empty).await.status, 303);
    let after = browser.get("/shift").await.body.matches("<article").count();
    assert_eq!((before, after), (1, 1), "a note says something");
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn panic_locks_at_once_from_every_page_and_needs_the_token() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    for path in [
        "/",
        "/situation",
        "/find",
        "/report",
        "/trust",
        "/mine",
        "/shift",
        "/travel",
        "/destroy",
        "/record/ffffffff",
    ] {
        let page = browser.get(path).await.body;
        assert!(page.contains("formaction=\"/panic\""), "{path}: {page}");
    }
    let token = browser.get("/").await.token();
    assert_eq!(browser.post("/panic", "token=0").await.status, 403);
    assert_eq!(browser.get("/").await.status, 200);
    let answer = browser.post("/panic", &format!("token={token}")).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/unlock")));
    assert_eq!(answer.header("clear-site-data"), Some("\"cache\""), "nor does the browser keep a page");
    assert_eq!(browser.get("/").await.status, 303, "it is locked");
    // Jobs that were in line behind it found it locked; the thread goes on.
    let typed = form(&[("token", &token), ("passphrase", PASSPHRASE)]);
    assert_eq!(browser.post("/unlock", &typed).await.status, 303);
    assert_eq!(browser.get("/").await.status, 200);
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_is_destroyed_by_what_was_typed_and_by_nothing_else() {
    let (computer, browser, [his, hers]) = two().await;
    unlock(&browser, &his, PASSPHRASE).await;
    let page = browser.get("/destroy").await;
    let token = page.token();
    assert!(page.body.contains("spare blocks") && page.body.contains(&his[..8]), "{}", page.body);
    for typed in ["", "yes", &hers[..8], &his[..4], &his] {
        let refused = browser.post("/destroy", &form(&[("token", &token), ("typed", typed)])).await;
        assert_eq!(refused.status, 422, "{typed}");
        assert_eq!(browser.get("/").await.status, 200, "nothing was destroyed");
    }
    assert_eq!(browser.post("/destroy", &form(&[("token", "0"), ("typed", &his[..8])])).await.status, 403);
    let done = browser.post("/destroy", &form(&[("token", &token), ("typed", &his[..8])])).await;
    assert_eq!(done.header("location"), Some("/destroyed"), "{}", done.body);
    assert_eq!(browser.get("/").await.status, 303);
    assert!(browser.get("/destroyed").await.body.contains("spare blocks"));
    let left: Vec<_> = Home::open(computer.folder.path()).unwrap().desks().unwrap();
    assert!(left.len() == 1 && left[0].id == hers, "the other's is as it was");
    let refused = unlock(&browser, &his, PASSPHRASE).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert_eq!(unlock(&browser, &hers, HERS).await.status, 303);
    computer.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trip_shows_what_remains_and_what_nobody_could_bring_back() {
    let site = Site::begin_with(Duration::from_secs(600), |desk| {
        let id = desk
            .create_compartment("sources", Charter::new(counterseal_register::Rule::Open, HistoryRule::Full));
        let note = Note { text: "the nurse in Bria".into(), ..Note::default() };
        desk.record_new(id.unwrap(), Body::Note(Box::new(note)), Classification::Confidential).unwrap();
    })
    .await;
    let browser = site.browser().await;
    let page = browser.get("/travel").await.body;
    assert!(page.contains("sources") && page.contains("incidents"), "{page}");
    let leave = page.split("name=\"").filter_map(|rest| rest.strip_prefix("leave-")).map(|rest| &rest[..32]);
    let leave: Vec<_> = leave.collect();
    assert_eq!(leave.len(), 2, "nobody leaves the compartment of everybody");
    let plan = browser.get(&format!("/travel?leave-{}=1", leave[0])).await.body;
    assert!(plan.contains("Nobody could bring you back"), "{plan}");
    let token = browser.get("/travel").await.token();
    let prepare = form(&[
        ("token", &token),
        (&format!("leave-{}", leave[0]), "1"),
        ("anyway", "1"),
        ("passphrase", HERS),
        ("again", HERS),
    ]);
    let refused = browser.post("/travel", &prepare).await;
    assert!(refused.status == 422 && refused.body.contains("only manager"), "{}", refused.body);
    assert_eq!(browser.get("/").await.status, 200, "it is as it was");
    assert_eq!(browser.get("/travel?leave-zz=1").await.status, 404);
    site.pages.stop().await.unwrap();
}

/// A clock that a test sets.
struct Wall(AtomicI64);

impl Clock for Wall {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// The line's clock stands still while a computer sleeps: here it never runs at all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_computer_that_wakes_after_a_while_is_locked_before_anything_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    founded(folder.path(), "Officer Quillfeather", PASSPHRASE, 1, |_| ());
    let wall = Arc::new(Wall(AtomicI64::new(TODAY.0)));
    let computer = Computer::by(folder, Arc::clone(&wall) as Arc<dyn Clock + Send + Sync>).await;
    let browser = computer.browser().await;
    let token = browser.get("/unlock").await.token();
    let typed = form(&[("token", &token), ("passphrase", PASSPHRASE)]);
    assert_eq!(browser.post("/unlock", &typed).await.status, 303);
    wall.0.fetch_add(599, Ordering::Relaxed);
    assert_eq!(browser.get("/").await.status, 200);
    wall.0.fetch_add(599, Ordering::Relaxed);
    assert_eq!(browser.get("/").await.status, 200, "it was in use");
    wall.0.fetch_add(600, Ordering::Relaxed);
    let woken = browser.get("/").await;
    assert!(
        woken.status == 303 && woken.header("location").unwrap().starts_with("/unlock"),
        "{}",
        woken.head
    );
    computer.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_language_that_was_chosen_is_there_at_the_next_launch_under_another_name() {
    let first = Computer::begin().await;
    let browser = first.browser().await;
    let token = browser.get("/welcome").await.token();
    browser.post("/language", &format!("token={token}&tongue=ar&back=%2F")).await;
    first.pages.stop().await.unwrap();
    let next = Computer::over(first.folder).await;
    let stranger = Browser::new(&next.pages);
    assert_ne!(
        stranger.host.split(':').next(),
        browser.host.split(':').next(),
        "each launch has its own name"
    );
    assert_eq!(stranger.get("/welcome").await.status, 403);
    let launch = next.pages.launch().unwrap();
    let entered = stranger.get(&launch[launch.find("/enter").unwrap()..]).await;
    assert!(entered.head.contains("counterseal-language=ar"), "{}", entered.head);
    next.pages.stop().await.unwrap();
}
