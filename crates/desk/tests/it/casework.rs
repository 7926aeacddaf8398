//! Casework without trustees: cases in the open, follow-up, papers, and what is refused.

use std::time::Duration;

use counterseal_model::record::Incident;
use counterseal_node::Desk;

use crate::browser::{Browser, Site, write_incident};

/// Writes an incident that a case can name.
fn prepare(desk: &mut Desk) {
    write_incident(desk, 9, Incident { title: Some("Raid on Bouca".into()), ..Incident::default() });
}

async fn site() -> (Site, Browser, String) {
    let site = Site::begin_with(Duration::from_secs(600), prepare).await;
    let browser = site.browser().await;
    let token = browser.get("/cases").await.token();
    (site, browser, token)
}

/// The id of the compartment of incidents, as the form offers it.
async fn room(browser: &Browser) -> String {
    let page = browser.get("/cases/new").await.body;
    let select = page.split("name=\"compartment\"").nth(1).unwrap();
    select.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_is_opened_followed_up_and_closed() {
    let (site, browser, token) = site().await;
    let room = room(&browser).await;
    let incident = "09".repeat(16);
    let form = format!(
        "token={token}&compartment={room}&reference=bouca-3&violation%3Aabduction-of-children=on&incident={incident}\
         &due-what-0=medical-visit&due-date-0=2026-01-03"
    );
    let written = browser.post("/cases/new", &form).await;
    assert_eq!(written.status, 303, "{}", written.body);
    let case = written.header("location").unwrap().to_owned();
    let page = browser.get(&case).await.body;
    for said in
        ["bouca-3", "Abduction of children", "Raid on Bouca", "medical-visit", "3 Jan 2026", "overdue"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    let change = async |fields: &str| {
        browser.post(&format!("{case}/change"), &format!("token={token}&{fields}")).await
    };
    assert_eq!(change("what=done&due-what=medical-visit&due-date=2026-01-03").await.status, 303);
    assert_eq!(change("what=due&due-what=school-report&due-date=2027-02-01").await.status, 303);
    assert_eq!(change("what=status&status=referred").await.status, 303);
    let page = browser.get(&case).await.body;
    assert!(
        page.contains("done on") && page.contains("school-report") && !page.contains("overdue"),
        "{page}"
    );
    let list = browser.get("/cases").await.body;
    assert!(list.contains("referred") && list.contains("1 Feb 2027") && list.contains(&case), "{list}");
    // Not done twice, and nothing that is not there.
    let twice = change("what=done&due-what=medical-visit&due-date=2026-01-03").await;
    assert!(twice.status == 422 && twice.body.contains("Nothing was changed"), "{}", twice.body);
    assert_eq!(change("what=status&status=burnt").await.status, 422);
    assert_eq!(change("what=incident&incident=ffffffff").await.status, 422);
    site.pages.stop().await.unwrap();
}

/// What was typed comes back, as text, and says which field is wrong; nothing is written.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobodys_name_fits_into_a_case_and_people_stand_in_no_open_part() {
    let (site, browser, token) = site().await;
    let room = room(&browser).await;
    let post = async |fields: &str| {
        browser.post("/cases/new", &format!("token={token}&compartment={room}&{fields}")).await
    };
    let named = post("reference=bouca-3&victims=Amina+Bello").await;
    assert!(named.status == 422 && named.body.contains("Amina Bello"), "{}", named.body);
    let open = post("reference=bouca-3&victims=grey-heron").await;
    assert_eq!(open.status, 422, "people stand in guarded parts alone");
    let planted =
        post("reference=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&due-what-0=x&due-date-0=soon").await;
    assert!(planted.status == 422 && !planted.body.contains("<script>alert"), "{}", planted.body);
    assert_eq!(post("violation%3Aboredom=on").await.status, 422);
    assert!(browser.get("/cases").await.body.contains("This desk knows of no case."));
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_there_is_said_to_be_so_and_nothing_changes_without_the_token() {
    let (site, browser, token) = site().await;
    let entry = "ab".repeat(32);
    for path in [format!("/part/{entry}/0"), "/case/ffffffff".to_owned(), format!("/part/{entry}/0/consent")]
    {
        let page = browser.get(&path).await;
        assert!(matches!(page.status, 404 | 422), "{path}: {}", page.status);
    }
    let gone = browser.get("/paper/0011").await;
    assert!(gone.body.contains("not at hand"), "{}", gone.body);
    assert_eq!(browser.get("/paper/0011/file").await.status, 404);
    for path in [
        "/cases/new",
        "/papers/read",
        "/papers/make",
        "/open",
        "/handed-on",
        "/case/take-up",
        "/opened/close",
    ] {
        for token in ["", "token=0&"] {
            let sent = browser.post(path, &format!("{token}part={entry}%2F0&paper=00&what=erase")).await;
            assert!(matches!(sent.status, 403 | 422), "{path}: {}", sent.status);
            assert!(sent.header("location").is_none());
        }
        let elsewhere = Browser { origin: Some("http://evil.example".to_owned()), ..browser.clone() };
        assert_eq!(elsewhere.post(path, &format!("token={token}")).await.status, 403, "{path}");
    }
    for (path, form) in [
        ("/papers/read", "paper=zz".to_owned()),
        ("/papers/read", "paper=a1b2".to_owned()),
        ("/papers/make", format!("part={entry}%2F0&what=erase")),
        ("/case/take-up", format!("part={entry}%2F0")),
        ("/open", format!("part={entry}%2F0&purpose=case-follow-up")),
    ] {
        let sent = browser.post(path, &format!("token={token}&{form}")).await;
        assert_eq!(sent.status, 422, "{path} {form}: {}", sent.body);
    }
    // The end of a tour: what rests on trust is a page of its own, and the handover leads there.
    for path in ["/handover", "/cases"] {
        assert!(browser.get(path).await.body.contains("href=\"/handed-on\""), "{path}");
    }
    assert!(browser.get("/handed-on").await.body.contains("href=\"/handover\""));
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_desk_shows_nothing_of_casework() {
    let (site, browser, _) = site().await;
    site.pages.lock().await;
    for path in ["/cases", "/cases/new", "/papers", "/handed", "/handed-on", "/part/ab/0", "/paper/00/file"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 303, "{path}");
        assert!(page.header("location").unwrap().starts_with("/unlock"), "{path}");
    }
    site.pages.stop().await.unwrap();
}
