//! A session with a real hub, asked for on the page: what it says while it runs, and what it says afterwards.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::net::TcpListener;
use std::sync::mpsc::channel;
use std::time::Duration;

use common::browser::{Browser, location};
use common::servers::set_up;

/// The page of the link, once no session is under way.
fn settled(browser: &Browser) -> String {
    for _ in 0..300 {
        let (status, head, page) = browser.ask("GET", "/link", "");
        if status == 200 {
            return page;
        }
        assert!(status == 503 && page.contains("Syncing with the hub"), "{page}");
        assert!(head.contains("refresh: 2") && page.contains("action=\"/pause\""), "it looks again: {head}");
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("a session never ended");
}

/// The figure with this name.
fn figure(page: &str, name: &str) -> Option<u64> {
    let (_, rest) = page.split_once(&format!("<dt>{name}</dt><dd>"))?;
    rest.split('<').next()?.replace(',', "").parse().ok()
}

fn unlocked(browser: &Browser) -> String {
    let token = browser.token();
    let form = format!("token={token}&passphrase=seven+wells+and+a+paper+goat");
    assert_eq!(browser.ask("POST", "/unlock", &form).0, 303);
    token
}

#[test]
fn a_session_asked_for_on_the_page_sends_everything_and_says_what_it_took() {
    let (computer, witnesses, hub) = set_up();
    let mut browser = Browser::begin(&computer);
    let token = unlocked(&browser);
    let before = settled(&browser);
    assert!(
        before.contains("No session was held") && before.contains("Not synced with the hub yet"),
        "{before}"
    );
    let (_, _, page) = browser.ask("GET", "/report", "");
    let (known, _) = page.split_once(">incidents").unwrap();
    let room = known.rsplit("value=\"").next().unwrap().split('"').next().unwrap();
    let report = format!("token={token}&compartment={room}&title=Attack+at+the+ford&when=2026-03-09");
    let (status, head, page) = browser.ask("POST", "/report", &report);
    assert!(status == 303 && location(&head).starts_with("/record/"), "{page}");
    let before = settled(&browser);
    assert!(figure(&before, "Entries that only this desk has").unwrap() > 0, "{before}");
    assert!(!before.contains("Nothing unsent"), "{before}");
    let sync = |budget: &str| {
        let form = format!("token={token}&address={}&budget={budget}", hub.address.replace(':', "%3A"));
        let (status, head, page) = browser.ask("POST", "/link/sync", &form);
        assert!(status == 303 && location(&head) == "/link", "{page}");
        settled(&browser)
    };
    let page = sync("");
    assert!(page.contains("The last session ended") && !page.contains("role=\"alert\""), "{page}");
    for name in ["Bytes received", "Bytes sent", "Sent, and durable at the hub"] {
        assert!(figure(&page, name).unwrap_or(0) > 0, "{name}: {page}");
    }
    // Where the hub is is known from now on; what is sealed goes in the next sessions, once the logs are cosigned.
    assert!(page.contains(&format!("value=\"{}\"", hub.address)), "{page}");
    let mut page = page;
    for _ in 0..60 {
        if page.contains("Nothing unsent") && page.contains("Newest checkpoint") {
            break;
        }
        std::thread::sleep(Duration::from_millis(250));
        page = sync("500");
    }
    for said in ["Nothing unsent", "Newest checkpoint: ", " ago"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(figure(&page, "Entries that only this desk has"), Some(0), "{page}");
    assert_eq!(figure(&page, "Statements that only this desk has"), Some(0), "{page}");
    // The hub burns: what was sent stays sent, and the page says why nothing more came.
    hub.kill();
    drop(witnesses);
    let form = format!("token={token}&address=127.0.0.1%3A9&budget=");
    assert_eq!(browser.ask("POST", "/link/sync", &form).0, 303);
    let page = settled(&browser);
    assert!(page.contains("cannot be reached") && page.contains("Nothing unsent"), "{page}");
    computer.run(&["lock"]);
    assert!(browser.program.wait().unwrap().success());
}

/// A hub that takes the line and says nothing: the desk's thread waits for it. Panic does not.
#[test]
fn a_panic_ends_the_program_where_the_desk_cannot_be_locked_at_once() {
    let (computer, _witnesses, _hub) = set_up();
    let mut browser = Browser::begin(&computer);
    let token = unlocked(&browser);
    let mute = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = mute.local_addr().unwrap().to_string().replace(':', "%3A");
    assert_eq!(browser.ask("POST", "/link/sync", &format!("token={token}&address={address}")).0, 303);
    let (_line, _) = mute.accept().unwrap();
    let (status, _, page) = browser.ask("GET", "/link", "");
    assert_eq!(status, 503, "{page}");
    // Locked within its patience, or the program is no more: one of the two, and neither waits for the hub.
    let (tell, told) = channel();
    let answer = std::thread::scope(|scope| {
        let (browser, form) = (&browser, format!("token={token}"));
        let ask = move || std::panic::catch_unwind(|| browser.ask("POST", "/panic", &form).0);
        scope.spawn(move || tell.send(ask().ok()).unwrap());
        told.recv_timeout(Duration::from_secs(20)).unwrap()
    });
    match answer {
        Some(status) => {
            assert_eq!(status, 303);
            assert_eq!(browser.ask("GET", "/find", "").0, 303, "it is locked");
        }
        None => assert_eq!(browser.program.wait().unwrap().code(), Some(1)),
    }
}
