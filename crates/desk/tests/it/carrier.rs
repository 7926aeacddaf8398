//! Files to and from the pages, and a computer without a desk.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use counterseal_desk::{Outside, PagesConfig, RunningPages, run_pages};
use counterseal_model::{Clock, FixedClock, Timestamp};
use counterseal_node::{Home, Randomness};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::browser::Browser;

/// The day of these tests.
pub(crate) const TODAY: Timestamp = Timestamp(1_790_000_000);

pub(crate) fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock(TODAY))
}

pub(crate) fn rng(seed: u64) -> Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(seed))
}

/// Another each time it is asked for, as the system's is.
fn pages_rng() -> Randomness {
    static NEXT: AtomicU64 = AtomicU64::new(1_000);
    rng(NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A computer whose pages are served, and which has no desk yet.
pub(crate) struct Computer {
    pub(crate) folder: TempDir,
    pub(crate) pages: RunningPages,
}

impl Computer {
    pub(crate) async fn begin() -> Self {
        Self::over(tempfile::tempdir().unwrap()).await
    }

    /// The pages begun again over the same home.
    pub(crate) async fn over(folder: TempDir) -> Self {
        Self::by(folder, clock()).await
    }

    /// The same, by a clock of the test's.
    pub(crate) async fn by(folder: TempDir, clock: Arc<dyn Clock + Send + Sync>) -> Self {
        let outside = Outside { clock, randomness: pages_rng };
        let home = Home::open(folder.path()).unwrap();
        let config = PagesConfig { home, desk: None, port: 0, idle: Duration::from_secs(600), outside };
        Self { pages: run_pages(config).await.unwrap(), folder }
    }

    pub(crate) async fn browser(&self) -> Browser {
        let mut browser = Browser::new(&self.pages);
        let launch = self.pages.launch().unwrap();
        let entered = browser.get(&launch[launch.find("/enter").unwrap()..]).await;
        browser.cookie = entered.header("set-cookie").unwrap().split(';').next().map(str::to_owned);
        browser
    }
}

/// What came back, as bytes.
pub(crate) struct Raw {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) bytes: Vec<u8>,
}

impl Raw {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn location(&self) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix("location: "))
    }
}

/// Sends a form with files; the fields go first, in their order.
pub(crate) async fn upload(
    browser: &Browser,
    path: &str,
    fields: &[(&str, &str)],
    files: &[(&str, &[u8])],
) -> Raw {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    for (name, bytes) in files {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    let kind = "Content-Type: multipart/form-data; boundary=edge";
    send(browser, &format!("POST {path} HTTP/1.1\r\n{kind}\r\nContent-Length: {}\r\n", body.len()), &body)
        .await
}

/// Fetches a file.
pub(crate) async fn fetch(browser: &Browser, path: &str) -> Raw {
    send(browser, &format!("GET {path} HTTP/1.1\r\n"), b"").await
}

async fn send(browser: &Browser, head: &str, body: &[u8]) -> Raw {
    let origin = browser.origin.as_ref().map(|origin| format!("Origin: {origin}\r\n")).unwrap_or_default();
    let cookie = browser.cookie.as_ref().map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
    let head = format!("{head}Host: {}\r\nConnection: close\r\n{origin}{cookie}\r\n", browser.host);
    let mut stream = TcpStream::connect(("127.0.0.1", browser.port)).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    // A server that has refused already reads no further.
    let _cut = stream.write_all(body).await;
    let mut bytes = Vec::new();
    let _cut = stream.read_to_end(&mut bytes).await;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Raw { status, head, bytes: bytes.get(end + 4..).unwrap_or_default().to_vec() }
}

/// A value as a form sends it.
pub(crate) fn escaped(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// A form of fields.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&")
}
/// Sends an ordinary form whose answer is a file.
pub(crate) async fn post(browser: &Browser, path: &str, form: &str) -> Raw {
    let kind = "Content-Type: application/x-www-form-urlencoded";
    let head = format!("POST {path} HTTP/1.1\r\n{kind}\r\nContent-Length: {}\r\n", form.len());
    send(browser, &head, form.as_bytes()).await
}

/// The page, once nothing is under way.
pub(crate) async fn settled(browser: &Browser, path: &str) -> String {
    for _ in 0..200 {
        let page = browser.get(path).await;
        if page.status == 200 {
            return page.body;
        }
        assert_eq!(page.status, 503, "{}", page.body);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{path} is under way for too long");
}
