//! `demo` as somebody sees it who opens its address: four desks, six steps of a tour on the real pages, over a hub,
//! witnesses and trustees.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Whose desk, by place.
const WATCH: &str = "2";

/// The demo, and a browser that was let in.
struct Demo {
    program: Child,
    host: String,
    cookies: Vec<(String, String)>,
    token: String,
}

impl Demo {
    fn begin(home: &std::path::Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_counterseal"));
        command.arg("--home").arg(home).args(["--lang", "en", "demo", "--incidents", "400"]);
        let mut program = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(program.stdout.take().unwrap()).lines().map_while(Result::ok);
        let launch =
            lines.map(|line| line.trim().to_owned()).find(|line| line.starts_with("http://")).unwrap();
        let (host, path) = launch.strip_prefix("http://").unwrap().split_once('/').unwrap();
        let mut demo = Self { program, host: host.to_owned(), cookies: Vec::new(), token: String::new() };
        assert_eq!(demo.ask("GET", &format!("/{path}"), "").0, 303);
        let (_, _, first) = demo.ask("GET", "/", "");
        let (_, rest) = first.split_once("name=\"token\" value=\"").unwrap();
        demo.token = rest.split('"').next().unwrap().to_owned();
        demo
    }

    /// Status, where it leads, and body.
    fn ask(&mut self, method: &str, path: &str, form: &str) -> (u16, String, String) {
        // Not every system's resolver knows names under 'localhost', as browsers do.
        let (_, port) = self.host.rsplit_once(':').unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
        let (host, length) = (&self.host, form.len());
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookies}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}",
        )
        .unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).unwrap();
        let (head, body) = said.split_once("\r\n\r\n").unwrap();
        for set in head.lines().filter_map(|line| line.strip_prefix("set-cookie: ")) {
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(named, _)| named != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let location = head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default();
        (status, location.to_owned(), body.to_owned())
    }

    fn send(&mut self, path: &str, fields: &str) -> (u16, String, String) {
        let form = format!("token={}&{fields}", self.token);
        self.ask("POST", path, &form)
    }

    /// Goes to a step, as its button does, and gives its page.
    fn step(&mut self, step: usize) -> (String, String) {
        let (status, path, _) = self.send("/demo/step", &format!("step={step}"));
        assert_eq!(status, 303, "step {step}");
        let (status, _, page) = self.ask("GET", &path, "");
        assert_eq!(status, 200, "{path}");
        assert!(page.contains("Synthetic mission"), "{path}");
        assert!(
            page.contains(&format!("Tour, step \u{2068}{}\u{2069} of \u{2068}6\u{2069}", step + 1)),
            "{page}"
        );
        (path, page)
    }

    /// Asks again until the page says it: what goes through the hub takes a moment.
    fn until(&mut self, path: &str, said: &str) -> String {
        for _ in 0..60 {
            let (_, _, page) = self.ask("GET", path, "");
            if page.contains(said) {
                return page;
            }
            std::thread::sleep(Duration::from_millis(500));
        }
        panic!("{path} never said '{said}'");
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _gone = (self.program.kill(), self.program.wait());
    }
}

#[test]
fn the_tour_leads_through_six_pages_on_four_desks() {
    let home = tempfile::TempDir::new().unwrap();
    let mut demo = Demo::begin(home.path());
    let (path, page) = demo.step(0);
    assert!(path == "/situation" && page.contains("Officer Quillfeather"), "{path}");
    // The officer reports; the analyst's desk has it soon after.
    let (path, page) = demo.step(1);
    assert!(path == "/report" && page.contains("Unlocked as \u{2068}Officer Inkwell"), "{page}");
    let (before, _) = page.split_once(">incidents").unwrap();
    let compartment = before.rsplit("value=\"").next().unwrap().split('"').next().unwrap();
    let fields =
        format!("compartment={compartment}&title=A+paper+goat+was+folded&when=2026-03-09&class=confidential");
    let (status, _, page) = demo.send("/report", &fields);
    assert_eq!(status, 303, "{page}");
    let (path, _) = demo.step(2);
    demo.until(&format!("{path}?words=folded"), "A paper goat was folded");
    // What this desk had worked out for its map before is worked out anew.
    let (_, _, page) = demo.ask("GET", "/situation?words=folded", "");
    assert!(page.contains("A paper goat was folded"), "{page}");
    // The source is refused for one purpose, and opens for another.
    let (path, page) = demo.step(3);
    assert!(page.contains("Unlocked as \u{2068}Madame Lantern"), "{page}");
    // Before anything is asked the page says what the policy would answer.
    assert!(page.contains("source-contact") && page.contains("statistics"), "{page}");
    let part = path.strip_prefix("/part/").unwrap().replace('/', "%2F");
    let (status, _, page) = demo.send("/open", &format!("part={part}&purpose=statistics"));
    assert!(status == 422 && !page.contains("NIGHTJAR"), "{page}");
    let opened = (0..60).find_map(|_| {
        let (status, path, _) = demo.send("/open", &format!("part={part}&purpose=source-contact"));
        std::thread::sleep(Duration::from_millis(if status == 303 { 0 } else { 500 }));
        (status == 303).then_some(path)
    });
    let (_, _, page) = demo.ask("GET", &opened.unwrap(), "");
    assert!(page.contains("NIGHTJAR"), "{page}");
    // Its author is told who opened it.
    let (path, _) = demo.step(4);
    let page = demo.until(&path, "source-contact");
    assert!(page.contains("Madame Lantern"), "{page}");
    let (path, page) = demo.step(5);
    assert!(path == "/trust" && page.contains("Unlocked as \u{2068}Counsellor Thistledown"), "{page}");
    // One changes over by the bar too; a number that nobody has is the first desk's.
    let (status, path, _) = demo.send("/demo/person", &format!("person={WATCH}"));
    assert_eq!((status, path.as_str()), (303, "/"));
    assert!(demo.ask("GET", "/", "").2.contains("Unlocked as \u{2068}Madame Lantern"));
    demo.send("/demo/person", "person=77");
    assert!(demo.ask("GET", "/", "").2.contains("Unlocked as \u{2068}Officer Quillfeather"));
    // Without the launch's cookie one is let in to none of the desks.
    demo.cookies.retain(|(name, _)| name.contains("demo"));
    assert_eq!(demo.ask("GET", "/", "").0, 403);
}
