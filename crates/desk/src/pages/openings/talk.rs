//! The right of reply: what reviewers asked, and what the person concerned and other reviewers say to it.

use axum::extract::State;
use axum::response::Response;
use counterseal_node::{Desk, NodeError, ReviewTalk};
use maud::{Markup, html};

use super::day_text;
use crate::door::Checked;
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::{Why, sent};
use crate::pages::casework::{names, token};
use crate::pages::record::{compartment_name, readers};
use crate::pages::{Reader, with_form};
use crate::server::App;
use crate::words::Words;

/// The questions that concern this person, and for reviewers all that they can read.
pub(super) fn list(words: Words, desk: &Desk, token: &str) -> Result<Markup, NodeError> {
    let talks = desk.review_talks()?;
    Ok(html! {
        h2 { (words.text("review-talks")) }
        @if talks.is_empty() { p { (words.text("review-no-talk")) } }
        @for talk in &talks { (one(words, desk, token, talk)) }
    })
}

fn one(words: Words, desk: &Desk, token: &str, talk: &ReviewTalk) -> Markup {
    let values = [names::person(desk, talk.by), names::person(desk, talk.person), day_text(talk.day)];
    let [by, person, day] = &values;
    html! {
        section.sealed {
            h3 { (words.with("review-asks", &[("by", by.into()), ("person", person.into()), ("day", day.into())])) }
            blockquote dir="auto" { @for line in talk.text.lines() { (line) br; } }
            @for reply in &talk.replies { p { bdi { (names::person(desk, reply.by)) } " · " (words.time(reply.at)) (words.colon()) q dir="auto" { (reply.text) } } }
            p.quiet { (words.text("review-stands-in")) " " bdi { (compartment_name(desk, talk.compartment)) } }
            form.write autocomplete="off" method="post" action="/review/reply" { (self::token(token))
                input type="hidden" name="question" value=(talk.record);
                label { span { (words.text("review-reply")) } textarea.short name="text" required dir="auto" {} }
                button type="submit" { (words.text("review-reply")) } }
        }
    }
}

/// A compartment in which it is written; a small one, since everybody there reads it.
pub(super) fn place(words: Words, desk: &Desk) -> Markup {
    let mut rooms: Vec<_> =
        desk.compartments().into_iter().filter(|view| view.mine && !view.everyone).collect();
    rooms.retain(|view| !view.charter.rule.is_guarded());
    html! {
        label { span { (words.text("review-where")) } select name="compartment" required {
            @for view in &rooms { option value=(view.id) { (compartment_name(desk, view.id)) " – "
                (words.with("record-readers", &[("count", readers(desk, view).into())])) } } } }
    }
}

/// `POST /review/reply`: by the person it is about, or another reviewer.
pub(crate) async fn reply(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let say = |desk: &mut Desk| -> Result<String, Why> {
            desk.reply_in_review(typed::text(&fields, "question"), typed::text(&fields, "text"))?;
            Ok("/review?done=replied".to_owned())
        };
        let done = say(&mut unlocked.desk);
        unlocked.changed();
        sent(words, "/review", done)
    })
    .await
}
