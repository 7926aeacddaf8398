//! The desk's pages as a program of their own, with a hub and trustees: what is sealed twice opens in the browser.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Child;

use common::Computer;
use common::trustees::{POLICY, Site, name_trustees, seal, sealed, set_up};

const SECRET: &str = "The nurse in Bria saw the trucks";

/// A browser that was let in.
struct Browser {
    program: Child,
    host: String,
    cookie: String,
}

impl Browser {
    fn begin(computer: &Computer) -> Self {
        let mut program = computer.command(&["desk"]).spawn().unwrap();
        let lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let launch = lines.map_while(Result::ok).find(|line| line.starts_with("http://")).unwrap();
        let rest = launch.strip_prefix("http://").unwrap();
        let (host, path) = rest.split_once('/').unwrap();
        let mut browser = Self { program, host: host.to_owned(), cookie: String::new() };
        let (_, head, _) = browser.ask("GET", &format!("/{path}"), "");
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        browser.cookie = cookie.split(';').next().unwrap().to_owned();
        browser
    }

    /// Status, head and body.
    fn ask(&self, method: &str, path: &str, form: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let host = &self.host;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.cookie,
            form.len()
        )
        .unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).unwrap();
        let (head, body) = said.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), head.to_owned(), body.to_owned())
    }

    fn token(&self) -> String {
        let (_, _, page) = self.ask("GET", "/unlock", "");
        let (_, rest) = page.split_once("name=\"token\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _gone = (self.program.kill(), self.program.wait());
    }
}

fn location(head: &str) -> &str {
    head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap()
}

#[test]
fn what_is_sealed_twice_opens_in_the_browser_for_a_purpose_and_for_no_other() {
    let Site { computer, trustees: _trustees, hub, alone: _alone } = set_up();
    let hub = hub.address.as_str();
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
    // Locked, it is gone; unlocked again, it is still gone.
    browser.ask("POST", "/lock", &format!("token={token}"));
    browser.ask("POST", "/unlock", &format!("token={token}&passphrase={passphrase}"));
    let (_, _, page) = browser.ask("GET", &opened, "");
    assert!(!page.contains(SECRET) && page.contains("its time is over"), "{page}");
    // `counterseal lock` from elsewhere ends the program.
    computer.run(&["lock"]);
    assert!(browser.program.wait().unwrap().success());
}
