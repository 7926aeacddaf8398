//! The little of HTTP/1.1 (RFC 9112) that servers here speak.

mod client;
mod server;
mod url;

use http_body_util::{BodyExt, Full, Limited};
use hyper::Response;
use hyper::body::Bytes;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};

pub use client::{HttpClient, HttpFailure};
pub use hyper::body::Incoming;
pub use hyper::{Method, Request, StatusCode};
pub use server::{Connection, serve_http, serve_https, speak_http};
pub use url::Url;

/// What servers here answer with.
pub type Answer = Response<Full<Bytes>>;

/// An answer with a status, a type and a body.
#[must_use]
pub fn answer(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

/// An answer in words.
#[must_use]
pub fn text(status: StatusCode, body: impl Into<Bytes>) -> Answer {
    answer(status, "text/plain; charset=utf-8", body)
}

/// An answer that will always be the same; whoever has it need not ask again.
#[must_use]
pub fn immutable(mut answer: Answer) -> Answer {
    let for_ever = HeaderValue::from_static("max-age=31536000, immutable");
    answer.headers_mut().insert(CACHE_CONTROL, for_ever);
    answer
}

/// The whole body of a request. None if it has more than `most` bytes or is cut off.
pub async fn whole_body(request: Request<Incoming>, most: usize) -> Option<Vec<u8>> {
    let body = Limited::new(request.into_body(), most).collect().await.ok()?;
    Some(body.to_bytes().to_vec())
}
