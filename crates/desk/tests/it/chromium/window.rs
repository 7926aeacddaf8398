//! A window of chromium.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use counterseal_desk::RunningPages;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::error::CmdError;
use fantoccini::wd::{PrintConfiguration, PrintSize};
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use super::log::Complaints;
use crate::browser::{PASSPHRASE, Site};

/// axe-core, as its makers published it.
const AXE: &str = include_str!("../../vendor/axe.min.js");

/// An ordinary laptop's screen.
const SIZE: (u32, u32) = (1366, 768);

/// A window, and the driver that ends with it.
pub(crate) struct Window {
    client: Client,
    session: String,
    port: u16,
    base: String,
    driver: Child,
    scripts: bool,
}

impl Drop for Window {
    fn drop(&mut self) {
        // A driver that is killed leaves its browser behind, so the session is ended first (WebDriver, section 8.2).
        if let Ok(mut driver) = TcpStream::connect(("127.0.0.1", self.port)) {
            let end = format!(
                "DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
                self.session, self.port
            );
            drop(driver.set_read_timeout(Some(Duration::from_secs(5))));
            drop(driver.write_all(end.as_bytes()).and_then(|()| driver.read_to_end(&mut Vec::new())));
        }
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}

/// Whether there is a browser to test with. Without one a test says so, and fails where CI is set.
pub(crate) fn is_there() -> bool {
    let there = Command::new("chromedriver").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !there {
        println!("chromium and chromium-driver are not installed: this test shows nothing");
        assert!(std::env::var_os("CI").is_none(), "chromium and chromium-driver are needed in CI");
    }
    there
}

impl Window {
    /// A window with scripts that was let in, its desk unlocked already.
    pub(crate) async fn begin(site: &Site) -> Self {
        Self::begin_as(site, "en", true).await
    }

    /// A window in a language, with scripts or without.
    pub(crate) async fn begin_as(site: &Site, tongue: &str, scripts: bool) -> Self {
        Self::begin_at(&site.pages, tongue, scripts).await
    }

    /// A window of any pages that are served.
    pub(crate) async fn begin_at(pages: &RunningPages, tongue: &str, scripts: bool) -> Self {
        let (driver, port) = begin_driver();
        let client = connect(port, tongue, scripts).await;
        client.set_window_size(SIZE.0, SIZE.1).await.unwrap();
        let base = pages.origin();
        let session = client.session_id().await.unwrap().unwrap_or_default();
        let window = Self { client, session, port, base, driver, scripts };
        window.client.goto(pages.launch().expect("this launch was not used yet")).await.unwrap();
        window
    }

    /// Looks at the page as every page is looked at, and leaves its picture.
    pub(crate) async fn look(&self, name: &str, kind: &str, scripts: bool) {
        if scripts {
            self.assert_fits(name).await;
            self.assert_fits_zoomed(name).await;
            self.assert_accessible(name).await;
            self.assert_quiet(name).await;
        }
        self.picture(&format!("{name}-{kind}")).await;
    }

    /// Types the passphrase where it is asked for, and waits for the page of an unlocked desk.
    pub(crate) async fn unlock(&self) {
        self.fill("input[name=passphrase]", PASSPHRASE).await;
        self.click("form.unlock button").await;
        self.wait(".state").await;
    }

    /// Opens a path of the site.
    pub(crate) async fn go(&self, path: &str) {
        self.go_to(&format!("{}{path}", self.base)).await;
    }

    /// Opens any address.
    pub(crate) async fn go_to(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    /// The path and question of where the window is.
    pub(crate) async fn path(&self) -> String {
        let url = self.client.current_url().await.unwrap().to_string();
        url.strip_prefix(&self.base).unwrap_or(&url).to_owned()
    }

    /// The text that is seen in the first element of this kind, once there is one.
    pub(crate) async fn text(&self, css: &str) -> String {
        insist(css, async || self.client.find(Locator::Css(css)).await?.text().await).await
    }

    /// Waits, at most ten seconds, until the first element of this kind says this.
    pub(crate) async fn wait_says(&self, css: &str, part: &str) {
        for _ in 0..100 {
            if self.text(css).await.contains(part) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{css} says {} and not {part}", self.text(css).await);
    }

    /// How many elements of this kind there are.
    pub(crate) async fn count(&self, css: &str) -> usize {
        self.client.find_all(Locator::Css(css)).await.unwrap().len()
    }

    /// Waits, at most ten seconds, until the window is where the path and question say this.
    pub(crate) async fn wait_path(&self, part: &str) {
        for _ in 0..100 {
            if self.path().await.contains(part) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the window is at {} and not at {part}", self.path().await);
    }

    /// Waits, at most ten seconds, until there is an element of this kind.
    pub(crate) async fn wait(&self, css: &str) {
        let found = self.client.wait().at_most(Duration::from_secs(10)).for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Waits, at most ten seconds, until there is no element of this kind any more.
    pub(crate) async fn wait_gone(&self, css: &str) {
        for _ in 0..100 {
            if self.count(css).await == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{css} is still there at {}", self.path().await);
    }

    /// Waits, at most ten seconds, until a script of the test gives this.
    pub(crate) async fn wait_until(&self, script: &str, wanted: &Value) {
        for _ in 0..100 {
            if self.run(script).await == *wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{} does not come from {script}", wanted);
    }

    /// As `wait`, for a minute.
    pub(crate) async fn wait_long(&self, css: &str) {
        let found = self.client.wait().at_most(Duration::from_secs(60)).for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Presses it, once it can be pressed.
    pub(crate) async fn click(&self, css: &str) {
        insist(css, async || self.client.find(Locator::Css(css)).await?.click().await).await;
    }

    /// Writes into it, by keyboard, in the place of what is there.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        insist(css, async || {
            let found = self.client.find(Locator::Css(css)).await?;
            found.clear().await?;
            found.send_keys(text).await
        })
        .await;
    }

    /// Types into it, or names a file where a file is asked for.
    pub(crate) async fn send(&self, css: &str, text: &str) {
        insist(css, async || self.client.find(Locator::Css(css)).await?.send_keys(text).await).await;
    }

    /// Presses keys wherever the focus is.
    pub(crate) async fn keys(&self, keys: &str) {
        self.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Presses the mouse, moves it and lets go: both ends as shares of the element's size from its middle.
    pub(crate) async fn drag(&self, css: &str, from: (f64, f64), to: (f64, f64)) {
        insist(css, async || self.drag_once(css, from, to).await).await;
    }

    async fn drag_once(&self, css: &str, from: (f64, f64), to: (f64, f64)) -> Result<(), CmdError> {
        let element = self.client.find(Locator::Css(css)).await?;
        let script = "arguments[0].scrollIntoView({ block: 'center' });
            const at = arguments[0].getBoundingClientRect(); return [at.width, at.height]";
        let size = self.client.execute(script, vec![serde_json::to_value(&element)?]).await?;
        let at = |(x, y): (f64, f64)| (x * size[0].as_f64().unwrap(), y * size[1].as_f64().unwrap());
        let over = |share| {
            let (x, y) = at(share);
            PointerAction::MoveToElement {
                element: element.clone(),
                duration: None,
                x: x.round(),
                y: y.round(),
            }
        };
        let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        let (button, mouse) = (MOUSE_BUTTON_LEFT, MouseActions::new("mouse".to_owned()));
        let mouse = mouse.then(over(from)).then(PointerAction::Down { button }).then(over(middle));
        let mouse = mouse.then(over(to)).then(PointerAction::Up { button });
        let done = self.client.perform_actions(mouse).await;
        // A button that was pressed when it failed is let go.
        if done.is_err() {
            self.client.release_actions().await?;
        }
        done
    }

    /// Runs a script of the test in the page, and gives what it returns.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Runs a script that calls its last argument when it is done, and gives what it gave.
    pub(crate) async fn run_async(&self, script: &str) -> Value {
        self.client.execute_async(script, Vec::new()).await.unwrap()
    }

    /// Leaves a picture of the whole page in `target/screenshots`.
    pub(crate) async fn picture(&self, name: &str) {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/screenshots");
        fs::create_dir_all(&folder).unwrap();
        if self.scripts {
            let height = self.run("return document.documentElement.scrollHeight").await.as_u64().unwrap();
            let height = u32::try_from(height).unwrap().clamp(SIZE.1 - 140, 3000) + 140;
            self.client.set_window_size(SIZE.0, height).await.unwrap();
        }
        let png = self.client.screenshot().await.unwrap();
        fs::write(folder.join(format!("{name}.png")), png).unwrap();
        self.client.set_window_size(SIZE.0, SIZE.1).await.unwrap();
    }

    /// Prints the page to `target/screenshots` as the browser would, on A4 as the page asks, and gives how many pages came.
    pub(crate) async fn print(&self, name: &str) -> usize {
        let size = PrintSize { width: 21.0, height: 29.7 };
        let wanted = PrintConfiguration::builder().size(size).build().unwrap();
        let pdf = self.client.print(wanted).await.unwrap();
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/screenshots");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{name}.pdf")), &pdf).unwrap();
        String::from_utf8_lossy(&pdf).matches("/Type /Page\n").count()
    }

    /// Has axe-core look at the page as it is, by WCAG 2.1 A and AA and its best practices.
    pub(crate) async fn assert_accessible(&self, what: &str) {
        self.client.execute(AXE, Vec::new()).await.unwrap();
        let script = "const done = arguments[arguments.length - 1]; axe.run().then((r) => done(r.violations.map((v) => ({id: v.id, help: v.help, nodes: v.nodes.map((n) => n.html.slice(0, 160) + ' ' + n.failureSummary)}))), (e) => done([{id: String(e)}]));";
        let found = self.client.execute_async(script, Vec::new()).await.unwrap();
        assert!(found == json!([]), "{what}: {found:#}");
    }

    /// No part of the page is wider than the window, but for what scrolls by itself.
    pub(crate) async fn assert_fits(&self, what: &str) {
        let over = self
            .run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            .await;
        assert!(over.as_i64().unwrap() <= 0, "{what}: {over} pixels too wide");
    }

    /// The same at 200 % zoom (WCAG 2.1, 1.4.10 asks for more, 400 %, of what is no table and no map): half the pixels.
    pub(crate) async fn assert_fits_zoomed(&self, what: &str) {
        self.client.set_window_size(SIZE.0 / 2, SIZE.1 / 2).await.unwrap();
        self.assert_fits(what).await;
        self.client.set_window_size(SIZE.0, SIZE.1).await.unwrap();
    }

    /// The browser had nothing to complain of: no script that failed, nothing that the policy of content stopped.
    pub(crate) async fn assert_quiet(&self, what: &str) {
        let mut said = self.client.issue_cmd(Complaints).await.unwrap();
        // Advice for managers of passwords, which these pages turn away, is no complaint.
        if let Some(said) = said.as_array_mut() {
            said.retain(|one| one["source"] != "recommendation");
        }
        assert!(said == json!([]), "{what}: {said:#}");
    }
}

/// Does it again for ten seconds: what a script of the page puts anew while it is looked for is not lost by that.
async fn insist<T>(css: &str, act: impl AsyncFn() -> Result<T, CmdError>) -> T {
    let mut tries = 0;
    loop {
        match act().await {
            Ok(given) => return given,
            Err(error) => assert!(tries < 100, "{css}: {error}"),
        }
        tries += 1;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A driver at a port that the system chose, which it tells in its first lines.
fn begin_driver() -> (Child, u16) {
    let driver =
        Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut driver = driver.expect("chromedriver begins");
    let mut lines = BufReader::new(driver.stdout.take().expect("it is piped")).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok())
        .expect("chromedriver says its port");
    // What it says afterwards is read to its end, or it would wait for somebody who reads.
    thread::spawn(move || lines.for_each(drop));
    (driver, port)
}

async fn connect(port: u16, tongue: &str, scripts: bool) -> Client {
    let mut options = json!({
        "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb",
            format!("--accept-lang={tongue}"), format!("--lang={tongue}")],
        "prefs": { "intl.accept_languages": tongue },
    });
    if !scripts {
        options["prefs"]["profile.managed_default_content_settings.javascript"] = json!(2);
    }
    let wanted = json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } });
    let Value::Object(wanted) = wanted else { unreachable!() };
    let address = format!("http://127.0.0.1:{port}");
    for _ in 0..100 {
        let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        if let Ok(client) = builder.capabilities(wanted.clone()).connect(&address).await {
            return client;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("chromedriver does not answer");
}
