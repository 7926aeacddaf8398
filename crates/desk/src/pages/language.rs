//! The choice of a language.

use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::LANGUAGE;
use crate::door::Checked;
use crate::words::Tongue;

#[derive(Deserialize)]
pub(crate) struct Choice {
    tongue: String,
    #[serde(default)]
    back: String,
}

pub(crate) async fn choose(Checked(choice): Checked<Choice>) -> Response {
    let tongue = Tongue::of_code(&choice.tongue).unwrap_or_default();
    let cookie = format!("{LANGUAGE}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000", tongue.code());
    (StatusCode::SEE_OTHER, [(SET_COOKIE, cookie), (LOCATION, local(&choice.back))]).into_response()
}

/// A path of ours, and no other: no address of another site can be hidden in a link to here.
pub(super) fn local(path: &str) -> String {
    let is_ours = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if is_ours && path.is_ascii() { path.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn one_is_led_back_to_our_own_pages_only() {
        assert_eq!(local("/find?words=a"), "/find?words=a");
        for other in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x"]
        {
            assert_eq!(local(other), "/", "{other}");
        }
    }
}
