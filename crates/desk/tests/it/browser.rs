//! A desk with a synthetic mission, its pages, and a browser as simple as can be.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use counterseal_desk::{Outside, PagesConfig, RunningPages, run_pages};
use counterseal_model::record::{Body, Incident, Part};
use counterseal_model::{Classification, FixedClock, RecordId, Timestamp};
use counterseal_node::{Desk, Founding, GovernorFile, Home, Randomness};
use counterseal_register::HistoryRule;
use counterseal_seal::Passphrase;
use counterseal_synth::{Plan, World};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What opens the desk.
pub(crate) const PASSPHRASE: &str = "seven wells and a goat";
/// Incidents of the synthetic mission.
pub(crate) const INCIDENTS: usize = 400;

fn rng(seed: u64) -> Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(seed))
}

/// What the pages draw their secrets from.
fn pages_rng() -> Randomness {
    rng(77)
}

/// A desk whose pages are served.
pub(crate) struct Site {
    pub(crate) folder: TempDir,
    pub(crate) pages: RunningPages,
}

/// A mission of nobody else, founded by this person in a home.
pub(crate) fn found(home: &Path, person: &str, passphrase: &str, seed: u64) -> Desk {
    let passphrase = Passphrase::new(passphrase).unwrap();
    let governor = GovernorFile::make(&mut rng(seed + 100), &passphrase).unwrap();
    let founding = Founding {
        mission_name: "Mission of the Blue Heron".into(),
        person_name: person.into(),
        compartment_name: "incidents".into(),
        history: HistoryRule::Full,
        threshold: 1,
        waiting_days: 7,
        synthetic: true,
        until: None,
    };
    let clock = Arc::new(FixedClock(Timestamp(1_790_000_000)));
    Desk::found(&Home::open(home).unwrap(), &founding, &[governor], &passphrase, clock, rng(seed)).unwrap()
}

impl Site {
    pub(crate) async fn begin() -> Self {
        Self::begin_with(Duration::from_secs(600), |_| ()).await
    }

    pub(crate) async fn begin_with(idle: Duration, prepare: impl FnOnce(&mut Desk) + Send + 'static) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        let desk = tokio::task::spawn_blocking(move || {
            let mut desk = found(&path, "Officer Quillfeather", PASSPHRASE, 1);
            let world = World::new(Plan::new(7, INCIDENTS));
            let compartment = desk.find_compartment("incidents").unwrap();
            desk.write(compartment, (0..INCIDENTS).map(|n| world.part(n)).collect()).unwrap();
            prepare(&mut desk);
            desk
        });
        let outside =
            Outside { clock: Arc::new(FixedClock(Timestamp(1_790_000_000))), randomness: pages_rng };
        let home = Home::open(folder.path()).unwrap();
        let config = PagesConfig { home, desk: Some(desk.await.unwrap()), port: 0, idle, outside };
        Self { pages: run_pages(config).await.unwrap(), folder }
    }

    /// A browser that was let in.
    pub(crate) async fn browser(&self) -> Browser {
        let mut browser = Browser::new(&self.pages);
        let launch = self.pages.launch().unwrap();
        let path = &launch[launch.find("/enter").unwrap()..];
        let entered = browser.get(path).await;
        assert_eq!(entered.status, 303);
        let cookie = entered.header("set-cookie").unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        browser.cookie = cookie.split(';').next().map(str::to_owned);
        browser
    }
}

/// The only desk in a home, unlocked again.
pub(crate) fn reopened(folder: &std::path::Path) -> Desk {
    let clock = Arc::new(FixedClock(Timestamp(1_790_000_000)));
    let passphrase = Passphrase::new(PASSPHRASE).unwrap();
    Desk::unlock(Home::open(folder).unwrap().choose(None).unwrap(), &passphrase, clock, rng(5)).unwrap()
}

/// Writes one incident with this title.
pub(crate) fn write_incident(desk: &mut Desk, n: u8, incident: Incident) -> RecordId {
    let record = RecordId::from_bytes([n; 16]);
    let compartment = desk.find_compartment("incidents").unwrap();
    let body = Body::Incident(Box::new(incident));
    let part = Part::first(record, body, Timestamp(1_789_000_000), Classification::Unclassified);
    desk.write(compartment, vec![part]).unwrap();
    record
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(named, _)| named.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// What the window is called, which browsers keep in their history.
    pub(crate) fn title(&self) -> &str {
        let after = self.body.split("<title>").nth(1).expect("a title");
        after.split("</title>").next().unwrap()
    }

    /// The token that stands in the page's forms.
    pub(crate) fn token(&self) -> String {
        let after = self.body.split("name=\"token\" value=\"").nth(1).expect("a form with a token");
        after[..after.find('"').unwrap()].to_owned()
    }
}

/// A browser: a host that it believes to be at, a cookie, an origin.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) port: u16,
    pub(crate) host: String,
    pub(crate) origin: Option<String>,
    pub(crate) cookie: Option<String>,
    pub(crate) more: Vec<String>,
}

impl Browser {
    /// One that knows the name that the pages have in this launch.
    pub(crate) fn new(pages: &RunningPages) -> Self {
        let (port, origin) = (pages.address().port(), pages.origin());
        let host = origin.strip_prefix("http://").unwrap().to_owned();
        Self { port, host, origin: Some(origin), cookie: None, more: Vec::new() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\n"), "").await
    }

    pub(crate) async fn post(&self, path: &str, form: &str) -> Answer {
        let head = format!(
            "POST {path} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n{}",
            form.len(),
            self.origin.as_ref().map(|origin| format!("Origin: {origin}\r\n")).unwrap_or_default(),
        );
        self.send(&head, form).await
    }

    async fn send(&self, head: &str, body: &str) -> Answer {
        let mut request = format!("{head}Host: {}\r\nConnection: close\r\n", self.host);
        if let Some(cookie) = &self.cookie {
            request.push_str(&format!("Cookie: {cookie}\r\n"));
        }
        self.more.iter().for_each(|line| request.push_str(&format!("{line}\r\n")));
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        stream.write_all(format!("{request}\r\n{body}").as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }
}
