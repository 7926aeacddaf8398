//! What the browser complains of: scripts that failed, and what the policy of content stopped. Not of W3C's protocol;
//! chromedriver's own way to it.

use axum::http::Method;
use fantoccini::wd::WebDriverCompatibleCommand;
use url::{ParseError, Url};

/// Asks for what was said since the last time.
#[derive(Debug)]
pub(super) struct Complaints;

impl WebDriverCompatibleCommand for Complaints {
    fn endpoint(&self, base_url: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(r#"{"type":"browser"}"#.to_owned()))
    }
}
