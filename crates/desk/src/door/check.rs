//! What every request must hold to, and what every answer says to the browser.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Session;
use crate::server::App;

/// No script, style, picture, font or connection but our own; no frame around us; forms go to us alone. Nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Only what has no secret in it may be kept by the browser.
const KEPT: &str = "/assets/";

/// Refuses whoever is not the browser that this launch was opened in; sets the headers of every answer.
pub(crate) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let answer = match refuse(&app, &request, &path) {
        Some(refused) => refused,
        None => next.run(request).await,
    };
    with_headers(answer, &path)
}

fn refuse(app: &App, request: &Request, path: &str) -> Option<Response> {
    let headers = request.headers();
    let only = |status, text: &'static str| Some((status, text).into_response());
    if !is_our_host(headers, &app.session) {
        return only(StatusCode::MISDIRECTED_REQUEST, "this is not the name of a desk\n");
    }
    let is_entering = path == "/enter" && request.method() == Method::GET;
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_entering && !is_our_origin(headers, &app.session, changes) {
        return only(StatusCode::FORBIDDEN, "another site asked for this\n");
    }
    let is_free = is_entering || path.starts_with(KEPT);
    if !is_free && !app.session.is_known(headers) {
        return Some((StatusCode::FORBIDDEN, crate::pages::stranger()).into_response());
    }
    None
}

/// The host as we name it: a name that somebody else's server gave this address is not ours, and neither is the address
/// itself, to which a browser would send another program's cookies, and ours to that program.
fn is_our_host(headers: &HeaderMap, session: &Session) -> bool {
    let mut named = headers.get_all(HOST).into_iter();
    let host = named.next().and_then(|host| host.to_str().ok());
    named.next().is_none() && host == Some(session.host())
}

/// What changes something must say that it comes from us; the rest must not say that it comes from elsewhere.
fn is_our_origin(headers: &HeaderMap, session: &Session, changes: bool) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    let near = site.is_none_or(|site| site == b"same-origin" || site == b"none");
    let ours = session.origin();
    let is_ours = |origin: &HeaderValue| origin.as_bytes() == ours.as_bytes();
    let origin = headers.get(ORIGIN);
    near && if changes { origin.is_some_and(is_ours) } else { origin.is_none_or(is_ours) }
}

fn with_headers(mut answer: Response, path: &str) -> Response {
    let kept = path.starts_with(KEPT) && answer.status() == StatusCode::OK;
    let headers = answer.headers_mut();
    let same_origin = HeaderValue::from_static("same-origin");
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Not "no-referrer": with it browsers send our own forms with the origin "null".
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), same_origin.clone());
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), same_origin);
    let cache = if kept { "private, max-age=31536000, immutable" } else { "no-store" };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    answer
}
