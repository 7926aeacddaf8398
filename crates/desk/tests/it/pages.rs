//! What the pages say.

use std::time::Duration;

use counterseal_model::record::Incident;

use crate::browser::{Browser, INCIDENTS, Site, write_incident};

/// Markup in three scripts, as it may stand in a file of somebody else.
const PLANTED: [&str; 3] = [
    "<script>alert('x')</script>\"><img src=x onerror=alert(1)>",
    "هجوم <b onmouseover=alert(1)>على</b> قافلة",
    "Нападение </textarea><svg/onload=alert(2)> на колонну",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_text_is_shown_as_text() {
    let site = Site::begin_with(Duration::from_secs(600), |desk| {
        for (n, text) in (1..).zip(PLANTED) {
            let text = Some(text.to_owned());
            write_incident(desk, n, Incident { title: text.clone(), narrative: text, ..Incident::default() });
        }
    })
    .await;
    let browser = site.browser().await;
    for n in 1..=PLANTED.len() {
        let record = browser.get(&format!("/record/{}", format!("{n:02x}").repeat(16))).await;
        assert_eq!(record.status, 200);
        let list = browser.get("/find?words=alert").await;
        for page in [&record.body, &list.body] {
            assert!(page.contains("alert("), "the text is there");
            for raw in ["<script>", "<img", "<b ", "<svg/", "</textarea><"] {
                assert!(!page.contains(raw), "{raw}");
            }
        }
    }
    // What is typed comes back as text too.
    let asked = browser.get("/find?words=%22%3E%3Cscript%3E&from=%3Cb%3E").await;
    assert!(!asked.body.contains("<script>") && !asked.body.contains("<b>"));
    let token = asked.token();
    let form = format!(
        "token={token}&compartment=incidents&date=%3Cscript%3E&narrative=%3C%2Ftextarea%3E%3Cscript%3E"
    );
    let again = browser.post("/report", &form).await;
    assert_eq!(again.status, 422);
    assert!(!again.body.contains("<script>") && !again.body.contains("</textarea><script"));
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_incident_is_reported_shown_found_and_still_there_after_a_restart() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let token = browser.get("/report").await.token();
    let bad = format!(
        "token={token}&compartment=incidents&title=Attack+on+a+convoy&date=2026-13-40&killed=two&at=here"
    );
    let again = browser.post("/report", &bad).await;
    assert_eq!(again.status, 422);
    assert!(again.body.contains("value=\"Attack on a convoy\""), "what was typed is kept");
    assert_eq!(again.body.matches("aria-invalid").count(), 3, "date, point and number are marked");
    let good = format!(
        "token={token}&compartment=incidents&title=Attack+on+a+blue+convoy&date=2026-03-09&place=Bouca&at=6.51N+18.27E\
         &type=armed-attack&killed=2&injured=5&grade=B2&perpetrator=Front+of+the+Seven+Wells&narrative=Two+carts."
    );
    let written = browser.post("/report", &good).await;
    assert_eq!(written.status, 303);
    let path = written.header("location").unwrap().to_owned();
    let record = browser.get(&path).await.body;
    for said in [
        "Attack on a blue convoy",
        "9 Mar 2026",
        "Bouca",
        "6.5100, 18.2700",
        "armed-attack",
        "B2",
        "Two carts.",
        "Front of the Seven Wells",
        "Officer Quillfeather",
    ] {
        assert!(record.contains(said), "{said}: {record}");
    }
    assert!(browser.get("/find?words=%22blue+convoy%22").await.body.contains(&path));
    assert!(browser.get("/find?words=%22blue+convoy%22&to=2025").await.body.contains("Nothing fits."));
    // Killed without a word to the desk: what was answered is there.
    let folder = site.folder;
    site.pages.stop().await.unwrap();
    let home = counterseal_node::Home::open(folder.path()).unwrap();
    let passphrase = counterseal_seal::Passphrase::new(crate::browser::PASSPHRASE).unwrap();
    let clock =
        std::sync::Arc::new(counterseal_model::FixedClock(counterseal_model::Timestamp(1_790_000_000)));
    let rng: counterseal_node::Randomness =
        Box::new(<rand_chacha::ChaCha20Rng as rand::SeedableRng>::seed_from_u64(5));
    let desk = counterseal_node::Desk::unlock(home.choose(None).unwrap(), &passphrase, clock, rng).unwrap();
    let filter = counterseal_node::Filter { words: Some("\"blue convoy\"".into()), ..Default::default() };
    assert_eq!(desk.count(&filter).unwrap(), 1);
}

/// The map, the breakdowns and the list count the same incidents.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_situation_narrows_by_its_own_links_and_agrees_with_the_list() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let all = browser.get("/situation").await.body;
    let everything = INCIDENTS as u64;
    assert_eq!(count(&all), everything);
    assert_eq!(dots(&all), located(&browser).await, "every incident with a point is in one circle");
    let links: Vec<String> = all
        .split("href=\"/situation?")
        .skip(1)
        .map(|rest| rest[..rest.find('"').unwrap()].replace("&amp;", "&"))
        .collect();
    let of = |field: &str| links.iter().find(|link| link.starts_with(field)).cloned().expect(field);
    for link in [of("box="), of("from="), of("type="), of("country=")] {
        let narrowed = count(&browser.get(&format!("/situation?{link}")).await.body);
        assert!(narrowed > 0 && narrowed < everything, "{link}: {narrowed}");
        let list = browser.get(&format!("/find?{link}")).await.body;
        let rows = list.matches("href=\"/record/").count() as u64;
        assert_eq!(rows, narrowed.min(100), "{link}");
    }
    assert_eq!(count(&browser.get("/situation?words=nothingofthekind").await.body), 0);
    site.pages.stop().await.unwrap();
}

fn count(page: &str) -> u64 {
    let after = page.split("Incidents that fit: ").nth(1).unwrap();
    after
        .chars()
        .filter(|c| !matches!(c, ',' | '\u{2068}' | '\u{2069}'))
        .take_while(char::is_ascii_digit)
        .collect::<String>()
        .parse()
        .unwrap()
}

/// The sum over the map's circles.
fn dots(page: &str) -> u64 {
    let titles = page.split("<circle").skip(1).map(|rest| &rest[rest.find("<title>").unwrap() + 7..]);
    let number = |title: &str| {
        title
            .chars()
            .filter(|c| !matches!(c, '\u{2068}' | '\u{2069}'))
            .take_while(char::is_ascii_digit)
            .collect::<String>()
    };
    titles.map(|title| number(title).parse::<u64>().unwrap()).sum()
}

async fn located(browser: &Browser) -> u64 {
    count(&browser.get("/situation?box=-180,-90,180,90").await.body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_speaks_four_languages_and_arabic_runs_from_right_to_left() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    for (code, word) in
        [("en", "What happened"), ("fr", "Ce qui s’est passé"), ("es", "Qué ocurrió"), ("ar", "ماذا حدث")]
    {
        let reader = Browser { more: vec![format!("Accept-Language: {code};q=0.9")], ..browser.clone() };
        for path in
            ["/", "/situation", "/find", "/report", "/cases", "/openings", "/trust", "/unlock", "/nothing"]
        {
            let page = reader.get(path).await.body;
            assert!(page.contains(&format!("<html lang=\"{code}\"")), "{code} {path}");
            assert_eq!(page.contains("dir=\"rtl\""), code == "ar", "{code} {path}");
            assert!(
                !page.contains(">[") && !page.contains("\"["),
                "{code} {path}: a sentence is missing: {page}"
            );
        }
        assert!(reader.get("/find").await.body.contains(word), "{code}");
    }
    let token = browser.get("/").await.token();
    let chosen = browser.post("/language", &format!("token={token}&tongue=ar&back=%2F%2Fevil.example")).await;
    assert_eq!((chosen.status, chosen.header("location")), (303, Some("/")), "no way out to another site");
    let cookie = chosen.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let both = browser.cookie.clone().map(|own| format!("{own}; {cookie}"));
    let arabic = Browser { cookie: both, more: vec!["Accept-Language: en".to_owned()], ..browser };
    assert!(
        arabic.get("/").await.body.contains("lang=\"ar\""),
        "what was chosen goes before what the browser says"
    );
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_a_synthetic_mission_says_so() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    for path in ["/", "/situation", "/find", "/report", "/cases", "/openings", "/trust"] {
        assert!(
            browser.get(path).await.body.contains("Synthetic mission: everything here is made up"),
            "{path}"
        );
    }
    assert_eq!(browser.get("/record/ffffffff").await.status, 404);
    assert_eq!(browser.get("/nothing").await.status, 404);
    site.pages.stop().await.unwrap();
}

/// Newest first comes out of the columns, oldest first out of the index: one list, from both ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_found_without_words_is_what_the_index_finds() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let listed = async |question: &str| {
        let page = browser.get(&format!("/find?{question}")).await.body;
        let links =
            page.split("href=\"/record/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        links.collect::<Vec<_>>()
    };
    for question in ["graded=B", "killed=1", "box=10,0,40,30"] {
        let (newest, mut oldest) = (listed(question).await, listed(&format!("{question}&sort=oldest")).await);
        oldest.reverse();
        let (mut one, mut other) = (newest.clone(), oldest.clone());
        one.sort_unstable();
        other.sort_unstable();
        assert!(newest.len() > 3, "{question}: {newest:?}");
        if newest.len() < 100 {
            assert_eq!(one, other, "{question}");
            assert_eq!(newest.first(), oldest.first(), "{question}");
        }
        let second = listed(&format!("{question}&page=2")).await;
        assert!(second.iter().all(|record| !newest.contains(record)), "{question}");
    }
    site.pages.stop().await.unwrap();
}
