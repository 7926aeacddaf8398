//! Who opened what of mine and of my section's, what this desk asked for, and what is open now.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use counterseal_model::Timestamp;
use counterseal_node::{Desk, Knowledge, NodeError, NoticeView, OpeningView, OutsideLine, part_text};
use counterseal_register::PartRef;
use maud::{Markup, html};

use super::{outcome, released};
use crate::door::Checked;
use crate::pages::casework::ahead::quotas;
use crate::pages::casework::names;
use crate::pages::codes::code;
use crate::pages::state::span;
use crate::pages::unlock::Nothing;
use crate::pages::{Page, Reader, busy, sorry, with_desk};
use crate::server::App;
use crate::words::{Said, Words};

/// Most lines of one table.
const MOST: usize = 200;

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let now_open = unlocked.desk.open_now();
        let desk = &unlocked.desk;
        let (mine, others): (Vec<_>, Vec<_>) =
            desk.notices()?.into_iter().partition(|view| is_of_mine(desk, view));
        let kept = desk.opened_ahead()?.len();
        let main = html! {
            h1 { (words.text("openings-title")) }
            (knowledge(words, desk, &token, &desk.openings_known()?))
            p.actions {
                a href="/approvals" { (words.text("approvals-title")) }
                a href="/ahead" { (words.text("ahead-title")) @if kept > 0 { " (" (kept) ")" } }
                a href="/handed" { (words.text("handed-title")) }
                a.button href="/review" { (words.text("review-title")) }
            }
            (quotas(words, desk, &desk.quotas()?))
            (open_now(words, desk, &now_open))
            h2 { (words.text("openings-of-mine")) }
            (notices(words, desk, &mine))
            @if !others.is_empty() {
                h2 { (words.text("openings-of-others")) }
                (notices(words, desk, &others))
            }
            (asked(words, &desk.my_openings()?))
        };
        Ok(Page::new(words.text("openings-title"), main).with(&["casework.css"]))
    })
    .await
}

/// Whether it is about something that this person's devices wrote.
fn is_of_mine(desk: &Desk, view: &NoticeView) -> bool {
    view.notice.parts.iter().any(|part| desk.author_of(part.entry).ok().flatten() == Some(desk.person()))
}

/// `POST /openings/fetch`: asks the trustees what they have to tell.
pub(crate) async fn fetch(State(app): State<App>, reader: Reader, Checked(_): Checked<Nothing>) -> Response {
    let words = reader.words;
    let fetched = app.worker.ask(|room| {
        let desk = &mut room.unlocked()?.desk;
        let ask = |desk: &mut Desk| -> Result<bool, NodeError> {
            let Some(hub) = desk.hub_address()? else { return Ok(false) };
            OutsideLine::new(&hub, BTreeMap::new()).fetch_post(desk).map(|_| true)
        };
        Some(ask(desk))
    });
    match fetched.await {
        Ok(Some(Ok(true))) => (StatusCode::SEE_OTHER, [(LOCATION, "/openings")]).into_response(),
        Ok(Some(Ok(false))) => sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("openings-no-hub")),
        Ok(Some(Err(error))) => sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.refusal(&error)),
        Ok(None) => (StatusCode::SEE_OTHER, [(LOCATION, "/unlock")]).into_response(),
        Err(_busy) => busy(words),
    }
}

fn knowledge(words: Words, desk: &Desk, token: &str, known: &Knowledge) -> Markup {
    let age = known.known_to.map(|to| span(words, desk.now().0.saturating_sub(to.0)));
    html! {
        p.warning[!known.fresh] role="status" {
            @match (&age, known.fresh) {
                (Some(age), true) => { (words.with("openings-all-known", &[("age", Said::Text(age))])) },
                (Some(age), false) => { (words.with("openings-unseen-since", &[("age", Said::Text(age))])) },
                (None, _) => { (words.text("openings-unseen")) },
            }
        }
        form autocomplete="off" method="post" action="/openings/fetch" {
            input type="hidden" name="token" value=(token);
            button type="submit" { (words.text("openings-fetch")) }
        }
    }
}

/// Openings as trustees tell of them: each leads to the page that holds it against the log.
fn notices(words: Words, desk: &Desk, views: &[NoticeView]) -> Markup {
    html! {
        @if views.is_empty() { p { (words.text("openings-none")) } }
        @else {
            div.wide { table {
                thead { tr { @for column in ["openings-when", "openings-who", "openings-purpose", "openings-parts", "openings-outcome", "openings-trustees", "openings-check"] {
                    th scope="col" { (words.text(column)) }
                } } }
                tbody { @for view in views.iter().take(MOST) { (row(words, desk, view)) } }
            } }
            @if views.len() > MOST { p { (words.text("record-links-cut")) } }
        }
    }
}

fn row(words: Words, desk: &Desk, view: &NoticeView) -> Markup {
    let who = view.reader.map_or_else(|| view.notice.reader.short(), |id| names::person(desk, id));
    html! {
        tr {
            td.number { (words.time(view.notice.time))
                @if let Some(until) = view.notice.delayed_until { " " span.mark { (words.with("openings-delayed", &[("date", (&words.date(until)).into())])) } } }
            td { bdi { (who) } }
            td { (code(words, &view.notice.purpose))
                @if view.notice.emergency { " " span.mark { (words.text("openings-emergency")) } }
                @if view.notice.ahead.is_some() { " " span.mark { (words.text("openings-ahead")) } } }
            td.number { (view.notice.parts.len()) }
            td { @if view.is_reading() { (read_offline(words, view)) } @else { (outcome(words, view.notice.outcome)) }
                @if view.lacks_leaf() { " " span.warning { (words.text("openings-not-logged")) } }
                @if view.hasty > 0 { " " span.warning { (words.text("openings-hasty")) } } }
            td.number { (released(view)) "/" (view.trustees.len()) }
            td { a href=(format!("/openings/{}", hex::encode(view.request))) aria-label=(format!("{} {}", words.text("openings-check"), words.moment(view.notice.time))) { (words.text("openings-check")) } }
        }
    }
}

/// When what was opened ahead was read, by the reader's clock; and whether their device told two stories of it.
pub(super) fn read_offline(words: Words, view: &NoticeView) -> Markup {
    let times: Vec<String> = view.notice.readings.iter().map(|seen| words.moment(seen.time)).collect();
    html! {
        (words.text("openings-read"))
        @for time in &times { " " time datetime=(time) { (time) } }
        @if view.is_forked() { " " span.warning { (words.text("openings-read-forked")) } }
    }
}

fn open_now(words: Words, desk: &Desk, parts: &[(PartRef, Timestamp)]) -> Markup {
    html! {
        @if !parts.is_empty() {
            h2 { (words.text("openings-now")) }
            ul { @for (part, until) in parts {
                li { a href=(format!("/opened/{}/{}", part.entry, part.index)) { code { (part_text(*part)) } }
                    " " (words.with("openings-left", &[("age", Said::Text(&span(words, until.0.saturating_sub(desk.now().0))))])) }
            } }
        }
    }
}

/// What this desk asked for, each with its receipt, which is checked as it is shown.
fn asked(words: Words, views: &[OpeningView]) -> Markup {
    html! {
        h2 { (words.text("openings-mine")) }
        @if views.is_empty() { p { (words.text("openings-none-mine")) } }
        ul { @for view in views.iter().take(MOST) {
            li { a href=(format!("/receipt/{}", hex::encode(view.hash))) { (words.time(view.request.made)) } " · " (code(words, &view.request.purpose)) " · "
                (words.with("openings-answers", &[("parts", (view.request.parts.len() as u64).into()), ("released", (view.released as u64).into()), ("refused", (view.refused as u64).into()), ("leaf", view.leaf.into())]))
                @if view.request.ahead.is_some() { " " span.mark { (words.text("openings-ahead")) } } }
        } }
    }
}
