//! A message that is pasted becomes a draft of the form, with what was found in it marked.

use axum::extract::State;
use axum::response::Response;
use counterseal_node::{FoundInMessage as Found, Mark, NodeError, read_message};
use maud::{Markup, html};
use serde::Deserialize;

use super::form::{self, Filled};
use super::{Typed, record_of};
use crate::door::Checked;
use crate::pages::{Reader, Sent, refused, with_form};
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

#[derive(Debug, Deserialize)]
pub(crate) struct Pasted {
    message: String,
    #[serde(default)]
    compartment: String,
    #[serde(default)]
    record: String,
}

pub(crate) async fn paste(
    State(app): State<App>,
    reader: Reader,
    Checked(pasted): Checked<Pasted>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_form(&app, reader, move |words, unlocked| match read(words, &token, unlocked, &pasted) {
        // Nothing is written: the form is to be looked at.
        Ok(page) => Sent::Shown(page),
        Err(error) => Sent::Not(refused(words, &error)),
    })
    .await
}

fn read(
    words: Words,
    token: &str,
    unlocked: &mut Unlocked,
    pasted: &Pasted,
) -> Result<crate::pages::Page, NodeError> {
    let text = pasted.message.replace("\r\n", "\n");
    let known = unlocked.known()?;
    let message = read_message(&text, &known);
    let mut typed = Typed::of(&message.incident);
    typed.set("compartment", pasted.compartment.clone());
    typed.set("record", pasted.record.clone());
    let record = record_of(&typed).unwrap_or_else(|| unlocked.desk.make_record_id());
    typed.set("record", record.to_string());
    super::drafts::keep_typed(unlocked, &typed)?;
    let marked = Some(marked(words, &text, &message.marks));
    form::page(words, token, unlocked, &Filled { marked, ..Filled::new(record, typed) })
}

/// The message as it came, with what was found in it.
fn marked(words: Words, text: &str, marks: &[Mark]) -> Markup {
    let mut at = 0;
    let mut pieces = Vec::new();
    for mark in marks {
        pieces.push((text.get(at..mark.span.start).unwrap_or(""), None));
        pieces.push((text.get(mark.span.clone()).unwrap_or(""), Some(mark)));
        at = mark.span.end;
    }
    pieces.push((text.get(at..).unwrap_or(""), None));
    let doubts = marks.iter().any(|mark| !mark.taken);
    html! {
        section.message aria-labelledby="message-found" {
            h2 #message-found { (words.text("message-found")) }
            p { (words.text(if marks.is_empty() { "message-nothing" } else { "message-why" })) }
            @if doubts { p.warning { (words.text("message-doubts")) } }
            div.pasted dir="auto" tabindex="0" {
                @for (piece, mark) in pieces {
                    @match mark {
                        None => (piece),
                        Some(mark) => {
                            mark.doubt[!mark.taken] { (piece) small { (words.text(name(mark.what))) @if !mark.taken { " ?" } } }
                        }
                    }
                }
            }
        }
    }
}

fn name(what: Found) -> &'static str {
    match what {
        Found::Title => "field-title",
        Found::Date => "field-date",
        Found::Point => "report-at",
        Found::Place => "field-place",
        Found::Pcode => "field-pcode",
        Found::Actor => "field-actor",
        Found::Casualties => "field-casualties",
        Found::Type => "field-kind",
        Found::Grading => "field-grading",
        Found::Source => "field-source",
        Found::Response => "field-response",
    }
}
