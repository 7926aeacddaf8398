//! Destroying this desk on this computer, and what can still be known afterwards.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::mine::done as led;
use super::{Page, Reader, outside, with_desk};
use crate::door::{Checked, Fields};
use crate::server::App;
use crate::words::Words;

/// What can still be known; sentences.
const STILL: [&str; 6] = [
    "destroy-still-hub",
    "destroy-still-others",
    "destroy-still-unsent",
    "destroy-still-copies",
    "destroy-still-files",
    "destroy-still-flash",
];

fn still(words: Words) -> Markup {
    html! { ul { @for sentence in STILL { li { (words.text(sentence)) } } } }
}

/// What has to be typed: so many of the device's first digits.
const DIGITS: usize = 8;

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let (entries, statements) = unlocked.desk.count_unsent()?;
        let digits: String = unlocked.desk.device().to_string().chars().take(DIGITS).collect();
        let main = html! {
            h1 { (words.text("destroy-title")) }
            p { (words.text("destroy-what")) }
            @if entries + statements > 0 {
                p.warning role="alert" { (words.with("destroy-unsent", &[("count", (entries + statements).into())])) }
            }
            h2 { (words.text("destroy-still")) }
            (still(words))
            form.write method="post" action="/destroy" autocomplete="off" {
                input type="hidden" name="token" value=(token);
                label { span { (words.text("destroy-type")) " " code { (digits) } }
                    input name="typed" required autocomplete="off" spellcheck="false" dir="ltr"; }
                button.danger type="submit" { (words.text("destroy-do")) }
            }
        };
        Ok(Page::new(words.text("destroy-title"), main))
    })
    .await
}

/// `POST /destroy`.
pub(crate) async fn destroy(
    State(app): State<App>,
    reader: Reader,
    Checked(form): Checked<Fields>,
) -> Response {
    let typed = form.typed("typed").to_ascii_lowercase();
    let outcome = app.worker.ask(move |room| {
        let device = room.unlocked().map(|unlocked| unlocked.desk.device().to_string());
        let fits = device.is_some_and(|device| typed.len() == DIGITS && device.starts_with(&typed));
        fits.then(|| room.destroy())
    });
    match outcome.await {
        Ok(Some(outcome)) => led(reader.words, Ok(outcome), "/destroyed"),
        Ok(None) => {
            let words = reader.words;
            super::sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("destroy-typed-wrong"))
        }
        Err(_busy) => super::busy(reader.words),
    }
}

/// `GET /destroyed`.
pub(crate) async fn done(State(app): State<App>, reader: Reader) -> Response {
    let words = reader.words;
    let main = html! {
        h1 { (words.text("destroyed-title")) }
        p role="status" { (words.text("destroyed-what")) }
        h2 { (words.text("destroy-still")) }
        (still(words))
        p { a href="/unlock" { (words.text("destroyed-go-on")) } }
    };
    let page = Page::new(words.text("destroyed-title"), main);
    outside::page(&app, &reader, StatusCode::OK, &page)
}
