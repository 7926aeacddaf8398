//! The second person of a sharing: what is asked is carried to them, they read it and sign at their own desk, and the answer
//! is carried back. It approves exactly this and nothing else.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_node::{Desk, NodeError};
use maud::{Markup, html};

use super::plan::terms;
use super::wanted::wanted;
use crate::door::Checked;
use crate::pages::casework::at_hand::{as_text, file};
use crate::pages::casework::token;
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::{Why, sent};
use crate::pages::unlock::Nothing;
use crate::pages::{Page, Reader, with_desk, with_form};
use crate::server::App;
use crate::words::Words;

/// `POST /share/ask`: what a second person is to approve.
pub(crate) async fn ask(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let write = |desk: &mut Desk| -> Result<Vec<u8>, Why> {
            let terms = terms(words, desk, &fields)?.ok_or_else(|| Why::Said(words.text("typed-needed")))?;
            Ok(desk.ask_share(&terms)?.bytes)
        };
        let done = write(&mut unlocked.desk);
        sent(words, "/cases", done.map(|bytes| format!("/share/asked/{}", unlocked.at_hand.keep(bytes))))
    })
    .await
}

/// Where what another person asks is brought.
pub(in crate::pages::casework) fn bring(words: Words, token: &str) -> Markup {
    html! {
        details { summary { (words.text("share-bring")) }
            form.write autocomplete="off" method="post" action="/share/read" { (self::token(token))
                label { span { (words.text("paper-text")) } textarea.short name="paper" required dir="ltr" spellcheck="false" {} }
                button type="submit" { (words.text("paper-read")) } } }
    }
}

/// `POST /share/read`
pub(crate) async fn read(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let read = |desk: &Desk| -> Result<Vec<u8>, Why> {
            let bytes = typed::paper(words, &fields)?;
            desk.read_share_asked(&bytes)?;
            Ok(bytes)
        };
        let done = read(&unlocked.desk);
        let done = done.map(|bytes| format!("/share/asked/{}", unlocked.at_hand.keep(bytes)));
        sent(words, "/approvals", done)
    })
    .await
}

/// `GET /share/asked/NAME`: on the desk of who asks, what is to be carried; on another, what is asked; and an approval.
pub(crate) async fn show(State(app): State<App>, reader: Reader, Path(name): Path<String>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let title = words.text("share-approval");
        let desk = &unlocked.desk;
        let Some(bytes) = unlocked.at_hand.paper(&name) else {
            let main = html! { h1 { (title) } p { (words.text("paper-gone")) } (bring(words, &token)) };
            return Ok(Page::new(title, main).with(&["casework.css", "papers.js"]));
        };
        let main = html! {
            h1 { (title) }
            @match desk.read_share_asked(bytes) {
                Ok(asked) => { (wanted(words, desk, &token, &name, &asked)) },
                // By this person, or an approval: it is carried to the other desk.
                Err(NodeError::Share(_)) => {
                    p { (words.text("paper-take-it")) }
                    label { span { (words.text("paper-as-text")) } textarea readonly dir="ltr" spellcheck="false" { (as_text(bytes)) } }
                    p { a.button href=(format!("/share/asked/{name}/file")) download { (words.text("paper-file")) } }
                },
                Err(error) => p.warning { (words.refusal(&error)) },
            }
        };
        Ok(Page::new(title, main).with(&["casework.css"]))
    })
    .await
}

/// `POST /share/asked/NAME/approve`
pub(crate) async fn approve(
    State(app): State<App>,
    reader: Reader,
    Path(name): Path<String>,
    Checked(_): Checked<Nothing>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let asked = unlocked.at_hand.paper(&name).map(<[u8]>::to_vec);
        let sign = |desk: &mut Desk| -> Result<Vec<u8>, Why> {
            let asked = asked.ok_or_else(|| Why::Said(words.text("paper-gone")))?;
            Ok(desk.approve_share(&asked)?.bytes)
        };
        let done = sign(&mut unlocked.desk);
        let done = done.map(|bytes| format!("/share/asked/{}", unlocked.at_hand.keep(bytes)));
        sent(words, "/approvals", done)
    })
    .await
}

/// `GET /share/asked/NAME/file`
pub(crate) async fn download(app: State<App>, reader: Reader, Path(name): Path<String>) -> Response {
    let wanted = name.clone();
    let find =
        move |unlocked: &mut crate::worker::Unlocked| unlocked.at_hand.paper(&wanted).map(<[u8]>::to_vec);
    let short: String = name.chars().filter(char::is_ascii_hexdigit).take(8).collect();
    file(app, reader, format!("{short}.share"), find).await
}
