//! The choice of a language.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::LANGUAGE;
use crate::door::Checked;
use crate::server::App;
use crate::words::Tongue;

#[derive(Deserialize)]
pub(crate) struct Choice {
    tongue: String,
    #[serde(default)]
    back: String,
}

pub(crate) async fn choose(State(app): State<App>, Checked(choice): Checked<Choice>) -> Response {
    let tongue = Tongue::of_code(&choice.tongue).unwrap_or_default();
    // For the next launch. Where it cannot be kept, it is chosen again.
    let _kept = app.worker.ask(move |room| room.keep_tongue(tongue)).await;
    let cookie = language_cookie(tongue);
    (StatusCode::SEE_OTHER, [(SET_COOKIE, cookie), (LOCATION, local(&choice.back))]).into_response()
}

/// The cookie of a language; it ends with the name of this launch's host.
pub(crate) fn language_cookie(tongue: Tongue) -> String {
    format!("{LANGUAGE}={}; Path=/; HttpOnly; SameSite=Strict", tongue.code())
}

/// A path of ours, and no other: no address of another site can be hidden in a link to here.
pub(super) fn local(path: &str) -> String {
    let is_ours = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    // Browsers leave tabs out of an address: a slash, a tab and a slash are two slashes to them (WHATWG URL, section 4.4).
    if is_ours && path.bytes().all(|byte| byte.is_ascii_graphic()) { path.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn one_is_led_back_to_our_own_pages_only() {
        assert_eq!(local("/find?words=a"), "/find?words=a");
        let hidden = ["/\t/evil.example", "/\0/evil.example", "/\u{85}/evil.example", "/ /evil.example"];
        let open = ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x"];
        for other in open.into_iter().chain(hidden) {
            assert_eq!(local(other), "/", "{other}");
        }
    }
}
