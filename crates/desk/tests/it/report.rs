//! Reporting, by plain HTTP: messages, drafts, the guard while typing, what may be the same event.

use std::path::Path;
use std::time::Duration;

use counterseal_model::record::{Body, Casualties, Entity, EntityKind, Incident, Involved};
use counterseal_model::{Classification, Occurred, Place, TimePrecision, Timestamp};
use counterseal_node::{Desk, Home};
use counterseal_register::{Charter, HistoryRule, Rule};

use crate::browser::{Answer, PASSPHRASE, Site, write_incident};

/// A value as a form sends it.
pub(crate) fn sent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

pub(crate) fn form(token: &str, fields: &[(&str, &str)]) -> String {
    let fields = fields.iter().map(|(name, value)| format!("&{name}={}", sent(value)));
    format!("token={token}{}", fields.collect::<String>())
}

/// The id that the form was given.
pub(crate) fn record_in(page: &Answer) -> String {
    let after = page.body.split("name=\"record\" value=\"").nth(1).unwrap();
    after[..32].to_owned()
}

fn value(page: &str, name: &str) -> Option<String> {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
    Some(after[..after.find('"').unwrap()].to_owned())
}

pub(crate) fn people(desk: &mut Desk) {
    let compartment = desk.find_compartment("incidents").unwrap();
    for (kind, name) in
        [(EntityKind::Person, "Amina Quartz Obsidian"), (EntityKind::Group, "Front of the Seven Wells")]
    {
        let body = Body::Entity(Box::new(Entity::named(kind, name)));
        desk.record_new(compartment, body, Classification::Unclassified).unwrap();
    }
    let at = Timestamp(1_789_948_800);
    let known = Incident {
        title: Some("Attack on a blue convoy".into()),
        occurred: Some(Occurred::span(at, at, TimePrecision::Day)),
        place: Some(Place { name: Some("Bouca".into()), ..Place::default() }),
        casualties: vec![Casualties { best: Some(12), ..Casualties::default() }],
        actors: vec![Involved { name: Some("Mohammed Ahmad".into()), ..Involved::default() }],
        sources: vec!["Radio Heron".into()],
        ..Incident::default()
    };
    write_incident(desk, 0xd1, known);
    desk.create_compartment("protection", Charter::new(Rule::Open, HistoryRule::FromJoin)).unwrap();
}

async fn begin() -> Site {
    Site::begin_with(Duration::from_secs(600), people).await
}

/// Every file under a folder, all bytes together.
fn bytes_under(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(bytes_under(&path)) } else { all.extend(std::fs::read(path).unwrap()) }
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pasted_message_fills_the_form_and_is_shown_as_text() {
    let site = begin().await;
    let browser = site.browser().await;
    let page = browser.get("/report").await;
    let (token, record) = (page.token(), record_in(&page));
    let message = "WHAT: Ambush <script>alert(1)</script>\nWHEN: 091405ZMAR26\nWHERE: Bouca 6.51N 18.27E\n\
                   WHO: Front of the Seven Wells\n12 killed, 3-5 wounded. Or on 03/04/2026.";
    let read =
        browser.post("/report/paste", &form(&token, &[("record", &record), ("message", message)])).await;
    assert_eq!(read.status, 200);
    assert!(!read.body.contains("<script>alert"), "a message is text");
    let said = |name: &str| value(&read.body, name);
    assert_eq!(said("date").as_deref(), Some("2026-03-09T14:05:00Z"));
    assert_eq!(said("place").as_deref(), Some("Bouca"));
    assert_eq!(said("at").as_deref(), Some("6.51, 18.27"));
    assert_eq!(said("killed").as_deref(), Some("12"));
    assert_eq!(said("injured").as_deref(), Some("3-5"));
    assert_eq!(said("who1").as_deref(), Some("Front of the Seven Wells"), "whoever it was, no role was said");
    assert_eq!(said("perpetrator").as_deref(), Some(""));
    assert!(
        read.body.matches("<mark").count() >= 6 && read.body.contains("<mark class=\"doubt\">03/04/2026")
    );
    assert!(
        browser.get("/report").await.body.contains(&format!("/report?draft={record}")),
        "it is kept at once"
    );
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_guard_and_likely_accounts_speak_while_somebody_types_and_the_draft_is_kept_sealed() {
    let site = begin().await;
    let browser = site.browser().await;
    let page = browser.get("/report").await;
    let (token, record) = (page.token(), record_in(&page));
    let compartment = value(&page.body, "compartment").unwrap();
    let typed = [
        ("record", record.as_str()),
        ("compartment", &compartment),
        ("title", "PLANTEDWORD هجوم"),
        ("date", "2026-09-21"),
        ("place", "Bouca"),
        ("killed", "12"),
        ("perpetrator", "محمد أحمد"),
        ("narrative", "Told by Amina Quartz Obsidian, +236 70 12 34 56."),
    ];
    // Without the token, or with another session's, nothing is said and nothing kept.
    for bad in ["", "00"] {
        let refused = browser.post("/report/check", &form(bad, &typed)).await;
        assert!(refused.status >= 400 && !refused.body.contains("Amina"), "{}", refused.status);
    }
    assert!(!browser.get("/report").await.body.contains("/report?draft="));
    let said = browser.post("/report/check", &form(&token, &typed)).await;
    assert_eq!((said.status, said.header("cache-control")), (200, Some("no-store")));
    assert!(
        said.body.contains("Amina Quartz Obsidian") && said.body.contains("+236 70 12 34 56"),
        "{}",
        said.body
    );
    assert!(
        said.body.contains("Attack on a blue convoy") && said.body.contains("Mohammed Ahmad"),
        "{}",
        said.body
    );
    assert!(!said.body.contains("<html"), "a piece of a page");
    // On the disk there is nothing to be read of it, and every page says that it is not to be kept.
    let disk = bytes_under(site.folder.path());
    assert!(!disk.windows(11).any(|window| window == b"PLANTEDWORD"));
    let again = browser.get(&format!("/report?draft={record}")).await;
    assert_eq!(again.header("cache-control"), Some("no-store"));
    assert_eq!(value(&again.body, "title").as_deref(), Some("PLANTEDWORD هجوم"));
    assert!(again.body.contains("Amina Quartz Obsidian, +236"), "as it was typed");
    assert!(
        browser.get("/").await.body.contains(&format!("/report?draft={record}")),
        "the first page offers it"
    );
    // Locked and unlocked again, it is there; discarded, it is not.
    site.pages.lock().await;
    let locked = browser.post("/report/check", &form(&token, &typed)).await;
    assert_eq!((locked.status, locked.header("hx-redirect")), (401, Some("/unlock")));
    browser.post("/unlock", &form(&token, &[("passphrase", PASSPHRASE), ("back", "/")])).await;
    assert!(browser.get("/report").await.body.contains(&format!("/report?draft={record}")));
    let discard = form(&token, &[("record", &record)]);
    assert_eq!(browser.post("/report/discard", &discard.replace(&token, "no")).await.status, 403);
    assert_eq!(browser.post("/report/discard", &discard).await.status, 303);
    assert!(!browser.get("/report").await.body.contains("/report?draft="));
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_is_written_once_in_two_parts_and_its_draft_ends() {
    let site = begin().await;
    let browser = site.browser().await;
    let page = browser.get("/report").await;
    let (token, record) = (page.token(), record_in(&page));
    let typed = [
        ("record", record.as_str()),
        ("compartment", "incidents"),
        ("apart-narrative", "protection"),
        ("title", "Attack at the ford"),
        ("date", "2026-03-09"),
        ("until", "2026-03-11"),
        ("killed", "10-12"),
        ("count1", "3"),
        ("harm1", "abducted"),
        ("group1", "children"),
        ("perpetrator", "front OF the seven wells"),
        ("act", "Abduction"),
        ("response-action", "patrol"),
        ("response-outcome", "Nobody was found."),
        ("narrative", "Told by a neighbour."),
    ];
    browser.post("/report/keep", &form(&token, &typed)).await;
    let written = browser.post("/report", &form(&token, &typed)).await;
    assert_eq!(
        (written.status, written.header("location")),
        (303, Some(format!("/record/{record}").as_str()))
    );
    let again = browser.post("/report", &form(&token, &typed)).await;
    assert_eq!(
        again.header("location"),
        written.header("location"),
        "a form that is sent twice is one record"
    );
    let shown = browser.get(&format!("/record/{record}")).await.body;
    for said in [
        "9 Mar 2026 – 11 Mar 2026",
        "killed: ? (10–12)",
        "Abducted, Children: 3",
        "Abduction",
        "Nobody was found.",
        "Told by a neighbour.",
        "protection",
    ] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert!(shown.contains("Front of the Seven Wells</a>"), "the one that is called so");
    assert_eq!(shown.matches("<li><time").count(), 2, "two parts of one version each");
    assert!(!browser.get("/report").await.body.contains("/report?draft="));
    site.pages.stop().await.unwrap();
    let home = Home::open(site.folder.path()).unwrap();
    let passphrase = counterseal_seal::Passphrase::new(PASSPHRASE).unwrap();
    let clock = std::sync::Arc::new(counterseal_model::FixedClock(Timestamp(1_790_000_000)));
    let rng: counterseal_node::Randomness =
        Box::new(<rand_chacha::ChaCha20Rng as rand::SeedableRng>::seed_from_u64(5));
    let desk = Desk::unlock(home.choose(None).unwrap(), &passphrase, clock, rng).unwrap();
    assert_eq!(desk.record(record.parse().unwrap()).unwrap().shown.len(), 2);
    assert!(desk.drafts().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_are_offered_to_this_browser_alone() {
    let site = begin().await;
    let browser = site.browser().await;
    let offered = browser.get("/report/actors?perpetrator=seven").await;
    assert!(offered.body.contains("value=\"Front of the Seven Wells\""), "{}", offered.body);
    let places = browser.get("/report/places?place=bou").await;
    assert!(places.body.contains("value=\"Bouca\""), "{}", places.body);
    for path in ["/report/actors?who1=%3Cscript%3E", "/report/actors", "/report/places?place=%25"] {
        let nothing = browser.get(path).await;
        assert_eq!((nothing.status, nothing.body.as_str()), (200, ""), "{path}");
    }
    let mut stranger = browser.clone();
    stranger.cookie = None;
    assert!(!stranger.get("/report/actors?perpetrator=seven").await.body.contains("Front"));
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_lies_writes_nothing() {
    let site = begin().await;
    let browser = site.browser().await;
    let page = browser.get("/report").await;
    let token = page.token();
    let known = "d1".repeat(16);
    // The id of a record that is there: nothing of it is replaced.
    let typed = [("record", known.as_str()), ("compartment", "incidents"), ("title", "Replaced")];
    browser.post("/report", &form(&token, &typed)).await;
    browser.post("/report/check", &form(&token, &typed)).await;
    let shown = browser.get(&format!("/record/{known}")).await.body;
    assert!(shown.contains("Attack on a blue convoy") && !shown.contains("Replaced"));
    assert!(!browser.get("/report").await.body.contains("/report?draft="), "and it is no draft");
    for typed in [
        vec![("compartment", "nowhere"), ("title", "x")],
        vec![("compartment", "incidents"), ("title", "x"), ("apart-title", "nowhere")],
        vec![("compartment", "incidents")],
        vec![("compartment", "incidents"), ("title", "x"), ("until", "2026-03-01")],
        vec![("compartment", "incidents"), ("date", "2026-03-09"), ("until", "2026-03-01")],
        vec![("compartment", "incidents"), ("count1", "many")],
    ] {
        let again = browser.post("/report", &form(&token, &typed)).await;
        assert_eq!(again.status, 422, "{typed:?}");
        assert!(again.body.contains("role=\"alert\""));
    }
    site.pages.stop().await.unwrap();
}
