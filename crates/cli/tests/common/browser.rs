//! A browser, as simple as can be, and the pages of a desk that runs as a program of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Child;

use super::Computer;

/// A browser that was let in.
pub(crate) struct Browser {
    pub(crate) program: Child,
    host: String,
    cookie: String,
}

impl Browser {
    pub(crate) fn begin(computer: &Computer) -> Self {
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
    pub(crate) fn ask(&self, method: &str, path: &str, form: &str) -> (u16, String, String) {
        // Not every system's resolver knows names under 'localhost', as browsers do.
        let (_, port) = self.host.rsplit_once(':').unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
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

    pub(crate) fn token(&self) -> String {
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

pub(crate) fn location(head: &str) -> &str {
    head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap()
}
