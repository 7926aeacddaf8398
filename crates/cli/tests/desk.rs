//! The desk's pages as a program of their own, with a hub and trustees: what is sealed twice opens in the browser.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::browser::{Browser, location};
use common::trustees::{POLICY, Site, name_trustees, seal, sealed, set_up};

const SECRET: &str = "The nurse in Bria saw the trucks";

#[test]
fn what_is_sealed_twice_opens_in_the_browser_for_a_purpose_and_for_no_other() {
    let Site { computer, trustees, hub: server, alone } = set_up();
    let hub = server.address.as_str();
    name_trustees(&computer, hub, POLICY);
    seal(&computer, hub, SECRET);
    let entry = sealed(&computer, hub, 1);
    let mut browser = Browser::begin(&computer);
    let token = browser.token();
    let (status, head, _) = browser.ask("GET", "/openings", "");
    assert_eq!((status, location(&head)), (303, "/unlock?back=/openings"), "it is locked");
    let passphrase = "seven+wells+and+a+paper+goat";
    let (status, _, _) = browser.ask("POST", "/unlock", &format!("token={token}&passphrase={passphrase}"));
    assert_eq!(status, 303);
    let (_, _, found) = browser.ask("GET", "/find?words=nurse", "");
    assert!(!found.contains("Bria"), "what is sealed twice is in no index");
    let form = |purpose: &str| format!("token={token}&part={entry}%2F0&purpose={purpose}");
    let (status, _, refused) = browser.ask("POST", "/open", &form("curiosity"));
    assert!(status == 422 && !refused.contains(SECRET), "{refused}");
    let mut opened = String::new();
    for _ in 0..30 {
        let (status, head, _) = browser.ask("POST", "/open", &form("case-follow-up"));
        if status == 303 {
            opened = location(&head).to_owned();
            break;
        }
        // Facts and marks may still be on their way to the trustees.
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
    assert!(opened.starts_with("/opened/"), "{opened}");
    let (status, head, page) = browser.ask("GET", &opened, "");
    assert_eq!(status, 200);
    assert!(page.contains(SECRET) && page.contains("data-over") && head.contains("no-store"), "{page}");
    let (_, _, known) = browser.ask("GET", "/openings", "");
    assert!(known.contains("case-follow-up") && known.contains("Open now"), "{known}");
    // The others' computers burn: every page goes on, and so does reporting. Only opening says that it cannot.
    drop((server, trustees, alone));
    for path in [
        "/",
        "/situation",
        "/find",
        "/entities",
        "/report",
        "/cases",
        "/openings",
        "/approvals",
        "/ahead",
        "/trust",
        "/link",
        "/people",
        "/mine",
    ] {
        let (status, _, page) = browser.ask("GET", path, "");
        assert_eq!(status, 200, "{path}: {page}");
    }
    let (_, _, page) = browser.ask("GET", "/report", "");
    let (before, _) = page.split_once(">incidents").unwrap();
    let room = before.rsplit("value=\"").next().unwrap().split('"').next().unwrap();
    let fields = format!(
        "token={token}&compartment={room}&title=Written+in+the+dark&when=2026-03-09&class=confidential"
    );
    let (status, head, page) = browser.ask("POST", "/report", &fields);
    assert_eq!(status, 303, "{page}");
    let (_, _, page) = browser.ask("GET", location(&head), "");
    assert!(page.contains("Written in the dark"), "{page}");
    let (status, _, page) = browser.ask("POST", "/open", &form("case-follow-up"));
    assert!(status == 422 && page.contains("role=\"alert\""), "{page}");
    // Locked, it is gone; unlocked again, it is still gone.
    browser.ask("POST", "/lock", &format!("token={token}"));
    browser.ask("POST", "/unlock", &format!("token={token}&passphrase={passphrase}"));
    let (_, _, page) = browser.ask("GET", &opened, "");
    assert!(!page.contains(SECRET) && page.contains("its time is over"), "{page}");
    // `counterseal lock` from elsewhere ends the program.
    computer.run(&["lock"]);
    assert!(browser.program.wait().unwrap().success());
}
