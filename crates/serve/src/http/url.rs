//! Addresses of servers.

/// An address of a server: scheme, host, port, and a path that ends with a slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    pub(super) tls: bool,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) path: String,
}

impl Url {
    /// Reads `http://host[:port]/path` or `https://...`; none if it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (tls, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return None,
        };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let printable = |text: &str| text.bytes().all(|b| b.is_ascii_graphic() && !b"?#@\"".contains(&b));
        // An address of IPv6 has colons of its own, within brackets.
        let split = authority.rsplit_once(':').filter(|(host, _)| !host.contains(':') || host.ends_with(']'));
        let (host, port) = match split {
            Some((host, port)) => (host, port.parse().ok()?),
            None => (authority, if tls { 443 } else { 80 }),
        };
        if host.is_empty() || !printable(authority) || !printable(path) {
            return None;
        }
        let path = format!("/{}/", path.trim_end_matches('/')).replace("//", "/");
        Some(Self { tls, host: host.to_owned(), port, path })
    }

    /// The host as names of certificates and the system have it.
    pub(super) fn name(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }
}

#[cfg(test)]
mod tests {
    use super::Url;

    #[test]
    fn addresses_are_read_whole_or_not_at_all() {
        let url = Url::parse("https://w.example").unwrap();
        assert_eq!((url.tls, url.port, url.path.as_str()), (true, 443, "/"));
        let url = Url::parse("http://127.0.0.1:8080/a/b").unwrap();
        assert_eq!(
            (url.tls, url.host.as_str(), url.port, url.path.as_str()),
            (false, "127.0.0.1", 8080, "/a/b/")
        );
        assert_eq!(Url::parse("http://[::1]:80/").unwrap().name(), "::1");
        for bad in ["", "ftp://x/", "http://", "http://:80/", "http://x:y/", "http://a b/", "http://x/?q"] {
            assert_eq!(Url::parse(bad), None, "{bad}");
        }
    }
}
