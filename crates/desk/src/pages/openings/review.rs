//! The review: which openings nothing explains, worst first; emergencies, each with an answer the next day; the book of
//! duties; and what was asked and replied. Normative text: docs/spec/alarms.md.

use axum::extract::{Query, State};
use axum::response::Response;
use counterseal_node::{Desk, Emergency, LINE, MONITORING_DAYS, Monitoring, NodeError, QueueDay};
use maud::{Markup, html};

use super::{alarms, day_text, finding, talk};
use crate::door::Checked;
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::{Why, sent};
use crate::pages::casework::{names, token};
use crate::pages::{Page, Reader, with_desk, with_form};
use crate::server::App;
use crate::words::Words;

/// The queues of so many days are shown, back from the newest.
const DAYS: i64 = 14;

/// `GET /review`. What is too old is destroyed first.
pub(crate) async fn show(State(app): State<App>, reader: Reader, Query(asked): Query<Fields>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &mut unlocked.desk;
        desk.forget_monitoring()?;
        let title = words.text("review-title");
        let main = html! {
            h1 { (title) }
            p.quiet { (words.with("review-purpose", &[("days", u64::from(MONITORING_DAYS).into())])) }
            @if let Some(said) = said(words, &asked) { p.said role="status" { (said) } }
            (alarms::list(words, desk, &token)?)
            @if desk.is_reviewer() { (reviewed(words, desk, &token)?) }
            (talk::list(words, desk, &token)?)
            @if desk.is_reviewer() { (book(words, &token)) }
        };
        Ok(Page::new(title, main).with(&["casework.css"]))
    })
    .await
}

fn said(words: Words, asked: &Fields) -> Option<String> {
    let count = typed::text(asked, "lines").parse::<u64>().ok();
    if let Some(count) = count {
        return Some(words.with("review-lines", &[("count", count.into())]));
    }
    let key = match typed::text(asked, "done") {
        "asked" => "review-asked",
        "replied" => "review-replied",
        "answered" => "review-answered",
        "seen" => "alarm-seen",
        _ => return None,
    };
    Some(words.text(key))
}

fn reviewed(words: Words, desk: &Desk, token: &str) -> Result<Markup, NodeError> {
    let monitoring = desk.monitoring()?;
    let newest = monitoring.review.queues.last().map_or(0, |queue| queue.day);
    let queues: Vec<_> =
        monitoring.review.queues.iter().rev().filter(|queue| newest - queue.day < DAYS).collect();
    Ok(html! {
        h2 { (words.text("review-emergencies")) }
        (emergencies(words, desk, token, &desk.emergencies()?))
        h2 { (words.text("review-queue")) }
        @if queues.is_empty() { p { (words.text("review-none")) } }
        @for queue in queues { (queue_of(words, desk, queue)) }
        (notes(words, desk, &monitoring))
    })
}

fn queue_of(words: Words, desk: &Desk, queue: &QueueDay) -> Markup {
    html! {
        div.wide { table {
            caption { (day_text(queue.day)) @if queue.waiting > 0 { " · " (words.with("review-waiting", &[("count", (queue.waiting as u64).into())])) } }
            thead { tr { @for column in ["review-person", "review-of-day", "review-score", "openings-parts", "review-reasons"] { th scope="col" { (words.text(column)) } } } }
            tbody { @for one in &queue.listed { tr {
                td { a href=(format!("/review/{}/{}", one.what.person, one.what.day)) { bdi { (names::person(desk, one.what.person)) } } }
                td.number { (day_text(one.what.day)) @if !one.alike.is_empty() { " + " (one.alike.len()) } }
                td.number { (one.what.score) }
                td.number { (one.what.parts) }
                td { ul { @for found in &one.what.findings { li { (finding(words, found)) } } } }
            } } }
        } }
    }
}

/// What the queue leaves out, and who has it.
fn notes(words: Words, desk: &Desk, monitoring: &Monitoring) -> Markup {
    let below = monitoring.review.days.iter().filter(|day| !day.is_explained() && day.score < LINE).count();
    let others: Vec<_> = monitoring.others.iter().map(|id| names::person(desk, *id)).collect();
    html! {
        @if below > 0 { p { (words.with("review-below", &[("count", (below as u64).into()), ("line", LINE.into())])) } }
        @if monitoring.own > 0 { p { (words.with("review-own", &[("count", (monitoring.own as u64).into()), ("names", (&others.join(", ")).into())])) } }
        @if monitoring.strangers > 0 { p.warning { (words.with("review-strangers", &[("count", (monitoring.strangers as u64).into())])) } }
    }
}

fn emergencies(words: Words, desk: &Desk, token: &str, all: &[Emergency]) -> Markup {
    html! {
        @if all.is_empty() { p { (words.text("review-no-emergency")) } }
        @for one in all {
            section.sealed {
                h3 { bdi { (names::person(desk, one.person)) } " · " (words.time(one.at)) " · " (words.with("notice-of", &[("count", (one.parts as u64).into())])) }
                p { a href=(format!("/openings/{}", hex::encode(one.request))) { (words.text("notice-title")) } }
                @match &one.answer {
                    Some((by, at, text)) => p { bdi { (names::person(desk, *by)) } " · " (words.time(*at)) (words.colon()) q dir="auto" { (text) } },
                    None => {
                        p.warning { (words.with(if one.due < desk.now() { "review-due-over" } else { "review-due" }, &[("date", (&words.moment(one.due)).into())])) }
                        form.write autocomplete="off" method="post" action="/review/emergency" { (self::token(token))
                            input type="hidden" name="request" value=(hex::encode(one.request));
                            (talk::place(words, desk))
                            label { span { (words.text("review-found")) } textarea.short name="text" required dir="auto" {} }
                            button type="submit" { (words.text("review-answer")) } }
                    },
                }
            }
        }
    }
}

/// `POST /review/emergency`: whether it was one, and why, in a compartment that reviewers read.
pub(crate) async fn emergency(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let answer = |desk: &mut Desk| -> Result<String, Why> {
            let place = desk.find_compartment(typed::text(&fields, "compartment"))?;
            desk.answer_emergency(typed::text(&fields, "request"), place, typed::text(&fields, "text"))?;
            Ok("/review?done=answered".to_owned())
        };
        let done = answer(&mut unlocked.desk);
        sent(words, "/review", done)
    })
    .await
}

fn book(words: Words, token: &str) -> Markup {
    html! {
        h2 { (words.text("review-book")) }
        details { summary { (words.text("review-book-read")) }
            p { (words.text("review-book-why")) }
            form.write autocomplete="off" method="post" action="/review/duties" { (self::token(token))
                label { span { (words.text("review-book-text")) } textarea name="book" required dir="ltr" spellcheck="false" placeholder="[[duty]]" {} }
                button type="submit" { (words.text("review-book-read")) } } }
    }
}

/// `POST /review/duties`: replaces the book of duties.
pub(crate) async fn duties(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let taken = unlocked.desk.take_duties(typed::text(&fields, "book"));
        let done = taken.map(|taken| format!("/review?lines={}", taken.lines)).map_err(Why::from);
        sent(words, "/review", done)
    })
    .await
}
