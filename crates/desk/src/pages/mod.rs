//! The pages, one file each: read what was asked, ask the desk, draw.

pub(crate) mod casework;
pub(crate) mod chart;
mod codes;
mod destroy;
pub(crate) mod entities;
pub(crate) mod find;
pub(crate) mod first;
pub(crate) mod found;
pub(crate) mod join;
pub(crate) mod language;
mod layout;
mod lines;
pub(crate) mod link;
pub(crate) mod mine;
pub(crate) mod openings;
mod outside;
mod part;
mod passphrase;
pub(crate) mod people;
mod qr;
pub(crate) mod record;
pub(crate) mod report;
mod says;
mod shift;
pub(crate) mod situation;
mod state;
mod travel;
pub(crate) mod trust;
pub(crate) mod unlock;
pub(crate) mod welcome;
pub(crate) mod work;

use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use counterseal_node::NodeError;
use maud::{Markup, html};

use crate::demo;
use crate::door::cookies;
use crate::server::App;
use crate::words::{Tongue, Words};
use crate::worker::Unlocked;

/// Who reads: the language, and where the reader is.
#[derive(Clone)]
pub(crate) struct Reader {
    pub(crate) words: Words,
    /// Path and question, to come back to.
    pub(crate) here: String,
    /// After so long without a request the desk is locked.
    idle: Duration,
    /// What stands above the page in the demo.
    demo: Option<Markup>,
}

/// The cookie of the language.
pub(crate) const LANGUAGE: &str = "counterseal-language";

impl FromRequestParts<App> for Reader {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let here = parts.uri.path_and_query().map_or("/", |here| here.as_str()).to_owned();
        let words = words_of(&parts.headers);
        let token = app.session.form_token();
        let demo = app.demo.as_ref().map(|demo| demo::aside(words, demo, &parts.headers, token));
        Ok(Self { words, here, idle: app.idle, demo })
    }
}

/// The words of whoever asks.
pub(crate) fn words_of(headers: &HeaderMap) -> Words {
    let chosen = cookies(headers).find(|(name, _)| *name == LANGUAGE);
    let chosen = chosen.and_then(|(_, code)| Tongue::of_code(code));
    let browser =
        || headers.get(ACCEPT_LANGUAGE).and_then(|header| Tongue::of_browser(header.to_str().ok()?));
    Words(chosen.or_else(browser).unwrap_or_default())
}

/// What a page says.
pub(crate) struct Page {
    /// Its title, as the window shows it, and as the browser keeps it on the disk: it names nobody and nothing.
    title: String,
    /// Its content.
    main: Markup,
    /// Scripts and styles that enrich this page, beside those that all have.
    extras: &'static [&'static str],
}

impl Page {
    /// A page with a title, which browsers keep in their history and which names nobody for that, and its content.
    pub(crate) fn new(title: impl Into<String>, main: Markup) -> Self {
        Self { title: title.into(), main, extras: &[] }
    }

    /// The same page, enriched by these assets (`*.css` and `*.js`, in this order).
    pub(crate) fn with(self, extras: &'static [&'static str]) -> Self {
        Self { extras, ..self }
    }
}

/// Asks the unlocked desk for a page, and lays it out. Where the desk is locked, the passphrase is asked for first.
pub(crate) async fn with_desk(
    app: &App,
    reader: Reader,
    draw: impl FnOnce(Words, &mut Unlocked) -> Result<Page, NodeError> + Send + 'static,
) -> Response {
    let (words, here) = (reader.words, reader.here.clone());
    let drawn = app.worker.ask(move |room| {
        let unlocked = room.unlocked()?;
        let page = draw(words, unlocked);
        Some((page, state::of(&unlocked.desk)))
    });
    match drawn.await {
        Ok(Some((Ok(page), state))) => {
            layout::page(&reader, app.session.form_token(), state.ok().as_ref(), &page).into_response()
        }
        Ok(Some((Err(error), state))) => {
            let page = refused(words, &error);
            let page = layout::page(&reader, app.session.form_token(), state.ok().as_ref(), &page);
            (status_of(&error), page).into_response()
        }
        Ok(None) => (StatusCode::SEE_OTHER, [(LOCATION, unlock::path(&here))]).into_response(),
        Err(_busy) => busy(words),
    }
}

/// What a form that was sent comes to.
enum Sent {
    /// It is done, and to be seen at this path.
    At(String),
    /// Nothing was to be done but to draw this page.
    Shown(Page),
    /// It was not done; the page says why.
    Not(Page),
}

/// Has the unlocked desk do what a form asks for.
async fn with_form(
    app: &App,
    reader: Reader,
    act: impl FnOnce(Words, &mut Unlocked) -> Sent + Send + 'static,
) -> Response {
    let words = reader.words;
    let sent = app.worker.ask(move |room| {
        let unlocked = room.unlocked()?;
        Some((act(words, unlocked), state::of(&unlocked.desk).ok()))
    });
    match sent.await {
        Ok(Some((Sent::At(path), _))) => (StatusCode::SEE_OTHER, [(LOCATION, path)]).into_response(),
        Ok(Some((Sent::Shown(page), state))) => {
            layout::page(&reader, app.session.form_token(), state.as_ref(), &page).into_response()
        }
        Ok(Some((Sent::Not(page), state))) => {
            let page = layout::page(&reader, app.session.form_token(), state.as_ref(), &page);
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
        Ok(None) => (StatusCode::SEE_OTHER, [(LOCATION, "/unlock")]).into_response(),
        Err(_busy) => busy(words),
    }
}

/// Percent-encoding of a value in a query (RFC 3986, sections 2.1 and 3.4).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' | b'/' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

fn status_of(error: &NodeError) -> StatusCode {
    match error {
        NodeError::NoRecord(_) | NodeError::Ambiguous { .. } => StatusCode::NOT_FOUND,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn refused(words: Words, error: &NodeError) -> Page {
    let main = html! {
        h1 { (words.text("refused-title")) }
        p.warning role="alert" { (words.refusal(error)) }
        p { a href="/" { (words.text("first-back")) } }
    };
    Page::new(words.text("refused-title"), main)
}

/// A page that says why something was not done, where no desk can be asked for its state.
pub(crate) fn sorry(words: Words, status: StatusCode, why: &str) -> Response {
    let title = words.text("refused-title");
    let main = html! {
        h1 { (title) }
        p.warning role="alert" { (why) }
        p { a href="/" { (words.text("first-back")) } }
    };
    (status, layout::bare(words, &title, &main)).into_response()
}

/// The desk's thread has too much to do.
fn busy(words: Words) -> Response {
    sorry(words, StatusCode::SERVICE_UNAVAILABLE, &words.text("busy"))
}

/// To a browser that does not have this launch's cookie. It is told nothing of the desk.
pub(crate) fn stranger() -> Markup {
    layout::bare(
        Words(Tongue::English),
        "Counterseal",
        &html! {
            h1 { "Counterseal" }
            p { "This browser was not let in. Open the address that 'counterseal desk' printed; it is good once. For another, end that command and begin it again." }
        },
    )
}

/// A page that there is not.
pub(crate) async fn missing(reader: Reader) -> Response {
    let words = reader.words;
    let main = html! {
        h1 { (words.text("missing-title")) }
        p { a href="/" { (words.text("first-back")) } }
    };
    (StatusCode::NOT_FOUND, layout::bare(words, &words.text("missing-title"), &main)).into_response()
}
