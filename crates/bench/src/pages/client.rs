//! A browser as simple as can be, that keeps its connection; and a bare server as its floor.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

use crate::outcome::Outcome;

/// A browser that was let in.
pub(crate) struct Browser {
    stream: BufReader<TcpStream>,
    host: String,
    cookie: String,
}

/// What came back: status, the cookie that was set, bytes of the body.
struct Answer {
    status: u16,
    cookie: Option<String>,
    bytes: usize,
}

impl Browser {
    /// Opens the address of a launch.
    pub(crate) fn enter(address: SocketAddr, launch: &str) -> Outcome<Self> {
        let named = launch.strip_prefix("http://").and_then(|rest| rest.split_once('/'));
        let (host, path) = named.ok_or("not the address of a launch")?;
        let mut browser = Self { stream: connect(address)?, host: host.to_owned(), cookie: String::new() };
        let entered = browser.ask(&format!("/{path}"))?;
        browser.cookie = entered.cookie.ok_or("no cookie was given")?;
        Ok(browser)
    }

    /// Asks for a page; gives the bytes of its body.
    pub(crate) fn get(&mut self, path: &str) -> Outcome<usize> {
        let answer = self.ask(path)?;
        if answer.status != 200 {
            return Err(format!("{path}: status {}", answer.status).into());
        }
        Ok(answer.bytes)
    }

    fn ask(&mut self, path: &str) -> Outcome<Answer> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nAccept-Language: en\r\n\r\n",
            self.host, self.cookie
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        read(&mut self.stream)
    }
}

fn connect(address: SocketAddr) -> Outcome<BufReader<TcpStream>> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    Ok(BufReader::with_capacity(1 << 16, stream))
}

fn read(stream: &mut BufReader<TcpStream>) -> Outcome<Answer> {
    let mut answer = Answer { status: 0, cookie: None, bytes: 0 };
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
            answer.status = rest.split(' ').next().unwrap_or_default().parse()?;
        }
        let Some((name, value)) = line.split_once(": ") else { continue };
        if name.eq_ignore_ascii_case("content-length") {
            answer.bytes = value.parse()?;
        } else if name.eq_ignore_ascii_case("set-cookie") {
            answer.cookie = value.split(';').next().map(str::to_owned);
        }
    }
    let copied = std::io::copy(&mut stream.take(answer.bytes as u64), &mut std::io::sink())?;
    if copied != answer.bytes as u64 {
        return Err("an answer was cut off".into());
    }
    Ok(answer)
}

/// A server of one thread that sends as many bytes as it is asked for, and its client.
pub(crate) struct Floor(BufReader<TcpStream>);

impl Floor {
    pub(crate) fn begin() -> Outcome<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        // It ends with its one connection.
        std::thread::spawn(move || listener.accept().map(|(stream, _)| serve(stream)));
        Ok(Self(connect(address)?))
    }

    /// Asks for so many bytes.
    pub(crate) fn get(&mut self, bytes: usize) -> Outcome<usize> {
        self.0.get_mut().write_all(format!("GET /{bytes} HTTP/1.1\r\nHost: floor\r\n\r\n").as_bytes())?;
        Ok(read(&mut self.0)?.bytes)
    }
}

fn serve(stream: TcpStream) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut wanted = None;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if let Some(rest) = line.strip_prefix("GET /") {
                wanted = rest.split(' ').next().and_then(|bytes| bytes.parse::<usize>().ok());
            }
            if line.trim_end().is_empty() {
                break;
            }
        }
        let bytes = wanted?;
        let mut answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {bytes}\r\n\r\n").into_bytes();
        answer.resize(answer.len() + bytes, b'x');
        reader.get_mut().write_all(&answer).ok()?;
    }
}
