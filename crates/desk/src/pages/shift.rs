//! From one shift to the next: a note in a compartment that both can read, and the lock.

use axum::extract::State;
use axum::response::Response;
use counterseal_model::record::Body;
use counterseal_node::RecordView;
use maud::{Markup, html};

use super::record::{compartment_name, readers};
use super::{Page, Reader, Sent, refused, with_desk, with_form};
use crate::door::{Checked, Fields};
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

/// Notes that are shown.
const SHOWN: usize = 10;

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let notes = unlocked.desk.shift_notes(SHOWN)?;
        let main = html! {
            h1 { (words.text("shift-title")) }
            p { (words.text("shift-why")) }
            (form(words, &token, unlocked))
            h2 { (words.text("shift-before")) }
            @if notes.is_empty() { p { (words.text("shift-none")) } }
            @for note in &notes { (article(words, note)) }
        };
        Ok(Page::new(words.text("shift-title"), main))
    })
    .await
}

fn form(words: Words, token: &str, unlocked: &Unlocked) -> Markup {
    let desk = &unlocked.desk;
    let usable = desk.compartments().into_iter().filter(|view| view.mine && !view.everyone);
    html! {
        form.write autocomplete="off" method="post" action="/shift" {
            input type="hidden" name="token" value=(token);
            label { span { (words.text("report-compartment")) }
                select name="compartment" {
                    @for view in usable {
                        option value=(view.id) { (compartment_name(desk, view.id)) " · "
                            (words.with("record-readers", &[("count", readers(desk, &view).into())])) }
                    }
                } }
            label { span { (words.text("shift-note")) } textarea name="text" required dir="auto" maxlength="20000" {} }
            div.buttons {
                button type="submit" name="then" value="stay" { (words.text("shift-write")) }
                button type="submit" name="then" value="lock" { (words.text("shift-write-lock")) }
            }
        }
    }
}

fn article(words: Words, note: &RecordView) -> Markup {
    let Body::Note(said) = &note.part.body else { return html! {} };
    html! {
        article.note {
            p.when { a href=(format!("/record/{}", note.id())) { (words.time(note.part.made)) } }
            p.said dir="auto" { (said.text) }
        }
    }
}

/// `POST /shift`: writes the note; with `then=lock` the desk is locked once it is durable.
pub(crate) async fn write(
    State(app): State<App>,
    reader: Reader,
    Checked(form): Checked<Fields>,
) -> Response {
    let then_lock = form.typed("then") == "lock";
    let sent = with_form(&app, reader, move |words, unlocked| {
        let written = unlocked.desk.find_compartment(form.typed("compartment")).and_then(|compartment| {
            let text = form.typed("text");
            if text.is_empty() {
                Ok(None)
            } else {
                unlocked.desk.hand_over_shift(compartment, text).map(Some)
            }
        });
        unlocked.changed();
        match written {
            Ok(_) => Sent::At("/shift".to_owned()),
            Err(error) => Sent::Not(refused(words, &error)),
        }
    })
    .await;
    if then_lock && sent.status().is_redirection() {
        // A desk that cannot be closed in good order opens at its last commit, in which the note is.
        let _locked = app.worker.ask(|room| room.lock()).await;
    }
    sent
}
