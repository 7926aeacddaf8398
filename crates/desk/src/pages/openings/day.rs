//! One person-day, with what explains it and what speaks against it, and a question to the person.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::PersonId;
use counterseal_node::{Desk, Ground, MonitoringFailure, NodeError, PersonDay};
use maud::{Markup, html};

use super::{day_text, finding, talk};
use crate::door::Checked;
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::{Why, sent};
use crate::pages::casework::{names, token};
use crate::pages::codes::code;
use crate::pages::{Page, Reader, with_desk, with_form};
use crate::server::App;
use crate::words::Words;

/// The person that an address names.
fn person(text: &str, day: i64) -> Result<PersonId, NodeError> {
    let unknown = || MonitoringFailure::NoSuchDay { person: text.to_owned(), day: day_text(day) };
    text.parse().map_err(|_| unknown().into())
}

/// `GET /review/PERSON/DAY`
pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    Path((named, day)): Path<(String, i64)>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &unlocked.desk;
        let what = desk.explain_day(person(&named, day)?, day)?;
        let title = format!("{} · {}", names::person(desk, what.person), day_text(day));
        let main = html! {
            h1 { bdi { (title) } }
            (says(words, &what))
            (requests(words, desk, &what)?)
            (question(words, desk, &token, &what))
        };
        Ok(Page::new(words.text("title-day"), main).with(&["casework.css"]))
    })
    .await
}

fn says(words: Words, what: &PersonDay) -> Markup {
    html! {
        p { (words.with("review-score-of", &[("score", what.score.into()), ("parts", what.parts.into())])) }
        h2 { (words.text("review-for")) }
        @if what.grounds.is_empty() { p { (words.text("review-nothing-for")) } }
        ul { @for (ground, parts) in &what.grounds { li { (words.number(*parts)) " · " (ground_text(words, *ground)) } } }
        h2 { (words.text("review-against")) }
        @if what.findings.is_empty() { p { (words.text("review-nothing-against")) } }
        ul { @for found in &what.findings { li { (finding(words, found)) " · " (words.with("review-points", &[("points", found.points.into())])) } } }
    }
}

fn ground_text(words: Words, ground: Ground) -> String {
    words.text(match ground {
        Ground::Case => "ground-case",
        Ground::Area => "ground-area",
        Ground::Task => "ground-task",
        Ground::Referral => "ground-referral",
        Ground::Claimed => "ground-claimed",
    })
}

fn requests(words: Words, desk: &Desk, what: &PersonDay) -> Result<Markup, NodeError> {
    let mut all = desk.notices()?;
    all.retain(|view| what.requests.contains(&view.request));
    Ok(html! {
        h2 { (words.text("openings-told")) }
        ul { @for view in &all {
            li { a href=(format!("/openings/{}", hex::encode(view.request))) { (words.time(view.notice.time)) " · " (code(words, &view.notice.purpose)) } }
        } }
    })
}

/// The question stands in a compartment that both read; what was found goes with it.
fn question(words: Words, desk: &Desk, token: &str, what: &PersonDay) -> Markup {
    let found: Vec<_> = what.findings.iter().map(|found| finding(words, found)).collect();
    html! {
        h2 { (words.text("review-ask")) }
        p { (words.text("review-ask-why")) }
        form.write autocomplete="off" method="post" action=(format!("/review/{}/{}/ask", what.person, what.day)) { (self::token(token))
            (talk::place(words, desk))
            label { span { (words.text("review-question")) } textarea.short name="text" required dir="auto" { (found.join("\n")) } }
            button type="submit" { (words.text("review-ask")) } }
    }
}

/// `POST /review/PERSON/DAY/ask`
pub(crate) async fn ask(
    State(app): State<App>,
    reader: Reader,
    Path((named, day)): Path<(String, i64)>,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let ask = |desk: &mut Desk| -> Result<String, Why> {
            let place = desk.find_compartment(typed::text(&fields, "compartment"))?;
            desk.ask_about_day(person(&named, day)?, day, place, typed::text(&fields, "text"))?;
            Ok("/review?done=asked".to_owned())
        };
        let done = ask(&mut unlocked.desk);
        unlocked.changed();
        sent(words, "/review", done)
    })
    .await
}
