//! While the one thread with the desk is at long work: how far it is, in the place of the page that was asked for.

use axum::extract::{Request, State};
use axum::http::header::{HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::state::span;
use super::{Page, Reader, layout};
use crate::door::Checked;
use crate::server::App;
use crate::words::{Said, Words};
use crate::worker::Work;

/// Seconds after which the browser asks again, with scripts or without.
const AGAIN: &str = "2";

/// Pages wait for nobody: while long work is under way they say how far it is. What is sent in a form makes it pause
/// where it can, so that nothing that was typed is lost.
pub(crate) async fn answer(State(app): State<App>, reader: Reader, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let aside = path.starts_with("/assets/") || path == "/panic" || path == "/pause" || path == "/enter";
    match app.worker.signals().work() {
        Some(work)
            if !aside && !work.gives_way && matches!(*request.method(), Method::GET | Method::HEAD) =>
        {
            under_way(&app, &reader, work)
        }
        Some(_) if !aside => {
            app.worker.signals().pause();
            next.run(request).await
        }
        _ => next.run(request).await,
    }
}

fn under_way(app: &App, reader: &Reader, work: Work) -> Response {
    let words = reader.words;
    let token = app.session.form_token();
    let main = html! {
        h1 { (words.text(work.what)) }
        (far(words, work))
        @if work.pauses() {
            form autocomplete="off" method="post" action="/pause" {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="back" value=(reader.here);
                button type="submit" { (words.text("work-pause")) }
            }
            p { (words.text("work-why")) }
        } @else {
            p { (words.text("work-waits")) }
            p { a href=(reader.here) { (words.text("work-look")) } }
        }
    };
    let page = layout::outside(reader, token, &Page::new(words.text(work.what), main));
    let mut answer = (StatusCode::SERVICE_UNAVAILABLE, page).into_response();
    answer.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static(AGAIN));
    answer
}

/// How far it is, and how long it will take at this pace.
pub(super) fn far(words: Words, work: Work) -> Markup {
    let left = work.left().map(|left| span(words, i64::try_from(left).unwrap_or(i64::MAX)));
    let (done, of) = (words.number(work.done), words.number(work.of));
    html! {
        @if work.of > 0 {
            progress max=(work.of) value=(work.done.min(work.of)) aria-label=(words.text(work.what)) {}
            p role="status" {
                (words.with("work-far", &[("done", (&done).into()), ("of", (&of).into())]))
                @if let Some(left) = &left { " " (words.with("work-left", &[("age", Said::Text(left))])) }
            }
        } @else {
            p role="status" { (words.with("work-done", &[("done", (&done).into())])) }
        }
    }
}

#[derive(serde::Deserialize)]
pub(crate) struct Back {
    #[serde(default)]
    back: String,
}

/// `POST /pause`: long work stops where it can go on later; then the page that was wanted.
pub(crate) async fn pause(State(app): State<App>, reader: Reader, Checked(form): Checked<Back>) -> Response {
    app.worker.signals().pause();
    // Once the thread takes a job again, it has paused.
    match app.worker.ask(|_| ()).await {
        Ok(()) => super::outside::at(&super::language::local(&form.back)),
        Err(_busy) => super::busy(reader.words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Tongue;

    /// What somebody who waits for a session reads: how much of how much, and how long still.
    #[test]
    fn how_far_it_is_and_the_time_that_is_left_are_said_in_each_language() {
        let work = Work { done: 1_000_000, of: 4_000_000, seconds: 100, ..crate::worker::BEGINNING };
        for (tongue, done, left) in [
            (Tongue::English, "1,000,000", "5 min"),
            (Tongue::French, "1\u{202f}000\u{202f}000", "5 min"),
            (Tongue::Spanish, "1.000.000", "5 min"),
            (Tongue::Arabic, "1,000,000", "5"),
        ] {
            let said = far(Words(tongue), work).into_string().replace(['\u{2068}', '\u{2069}'], "");
            assert!(said.contains("max=\"4000000\" value=\"1000000\""), "{said}");
            assert!(said.contains(done) && said.contains(left) && !said.contains('['), "{tongue:?}: {said}");
        }
        let begun = far(Words(Tongue::English), Work { done: 0, of: 0, seconds: 0, ..work }).into_string();
        assert!(!begun.contains("<progress") && begun.contains("role=\"status\""), "{begun}");
        let early = far(Words(Tongue::English), Work { seconds: 1, ..work }).into_string();
        assert!(!early.contains("min"), "a guess after a second is none: {early}");
    }
}
