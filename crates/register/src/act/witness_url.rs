//! Where a witness is polled.

use std::fmt;

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};

/// Where a witness answers whoever polls it: `https://host[:port][/path]`, or `http://` on this very machine.
/// 10 to 200 bytes, the host in lower case.
///
/// Over the network only https: in the clear, whoever listens would learn which desks watch which mission.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WitnessUrl(String);

/// A URL taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UrlParts<'a> {
    /// Whether it is reached by TLS.
    pub tls: bool,
    /// Name or address; of IPv6 within brackets.
    pub host: &'a str,
    /// Port; that of the scheme where none is named.
    pub port: u16,
    /// Empty, or a path that begins with a slash and does not end with one.
    pub path: &'a str,
}

impl WitnessUrl {
    /// Most bytes of a URL.
    pub const MAX: usize = 200;
    /// What a URL must be, for messages.
    pub const EXPECTED: &'static str = "a witness's address: https://host[:port][/path] in lower case, or http:// on this machine, up to 200 bytes";

    /// Reads a URL; none if it is not one. A slash at its end is left out.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_end_matches('/');
        let parts = take_apart(text)?;
        let fits = text.len() <= Self::MAX && (parts.tls || is_this_machine(parts.host));
        fits.then(|| Self(text.to_owned()))
    }

    /// The URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URL taken apart; `None` never, for it was read.
    #[must_use]
    pub fn parts(&self) -> Option<UrlParts<'_>> {
        take_apart(&self.0)
    }
}

fn take_apart(text: &str) -> Option<UrlParts<'_>> {
    let (tls, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return None,
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    // An address of IPv6 has colons of its own, within brackets.
    let split = authority.rsplit_once(':').filter(|(host, _)| !host.contains(':') || host.ends_with(']'));
    let (host, port) = match split {
        Some((host, port)) => (host, parse_port(port)?),
        None => (authority, if tls { 443 } else { 80 }),
    };
    let of_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b);
    let of_address = |b: u8| b.is_ascii_hexdigit() || b == b':' || b == b'.';
    let bracketed = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let host_fits = match bracketed {
        Some(address) => !address.is_empty() && address.bytes().all(of_address),
        None => !host.is_empty() && host.bytes().all(of_name),
    };
    let of_path = |b: u8| b.is_ascii_alphanumeric() || b"/-._~".contains(&b);
    let path_fits = path.bytes().all(of_path) && !path.contains("//") && !path.contains("..");
    (host_fits && path_fits).then_some(UrlParts { tls, host, port, path })
}

fn parse_port(text: &str) -> Option<u16> {
    let canonical = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    canonical.then(|| text.parse().ok()).flatten()
}

fn is_this_machine(host: &str) -> bool {
    let address = host.parse::<std::net::Ipv4Addr>();
    host == "localhost" || host == "[::1]" || address.is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for WitnessUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for WitnessUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl Value for WitnessUrl {
    fn write(&self, w: &mut Writer) {
        w.text(&self.0);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        let text = r.text()?;
        // Written with a slash at its end it would be a second encoding of the same URL.
        let url = Self::parse(text).filter(|url| url.0 == text);
        url.ok_or_else(|| r.out_of_range(offset, Self::EXPECTED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_https_or_this_machine_and_have_one_form() {
        for good in [
            "https://w.example",
            "https://w.example:7490/mission/a",
            "http://127.0.0.1:7490",
            "http://[::1]:80",
            "http://localhost",
        ] {
            assert_eq!(WitnessUrl::parse(good).unwrap().as_str(), good);
        }
        assert_eq!(WitnessUrl::parse("https://w.example/").unwrap().as_str(), "https://w.example");
        let url = WitnessUrl::parse("https://w.example/a/b").unwrap();
        let parts = UrlParts { tls: true, host: "w.example", port: 443, path: "/a/b" };
        assert_eq!(url.parts(), Some(parts));
        for bad in [
            "",
            "https://",
            "http://w.example",
            "http://192.0.2.7",
            "http://127.0.0.1.evil.example",
            "ftp://w.example",
            "https://W.example",
            "https://w.example:0",
            "https://w.example:70000",
            "https://u@w.example",
            "https://w.example/?q",
            "https://w.example/a b",
            "https://w.example/\r\nx",
            "https://w.example/../x",
            "https://w.example#x",
        ] {
            assert_eq!(WitnessUrl::parse(bad), None, "{bad}");
        }
        assert_eq!(WitnessUrl::parse(&format!("https://{}", "a".repeat(200))), None);
    }
}
