//! Who opened what of mine and of my section's, what this desk asked for, and what is open now.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use counterseal_node::{
    AheadView, Desk, Knowledge, NodeError, NoticeView, OpeningView, OutsideLine, part_text,
};
use counterseal_register::{Outcome, PartRef, Subject};
use maud::{Markup, html};

use super::state::span;
use super::{Page, Reader, busy, sorry, with_desk};
use crate::door::Checked;
use crate::pages::unlock::Nothing;
use crate::server::App;
use crate::words::{Said, Words};

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let now_open = unlocked.desk.open_now();
        let desk = &unlocked.desk;
        let main = html! {
            h1 { (words.text("openings-title")) }
            (knowledge(words, desk, &token, &desk.openings_known()?))
            (notices(words, desk, &desk.notices()?))
            (open_now(words, desk, &now_open))
            (ahead(words, &desk.opened_ahead()?))
            (mine(words, &desk.my_openings()?))
        };
        Ok(Page::new(words.text("openings-title"), main))
    })
    .await
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
        form method="post" action="/openings/fetch" {
            input type="hidden" name="token" value=(token);
            button type="submit" { (words.text("openings-fetch")) }
        }
    }
}

fn notices(words: Words, desk: &Desk, views: &[NoticeView]) -> Markup {
    let name = |view: &NoticeView| {
        let known = view.reader.and_then(|person| desk.name_of(Subject::Person(person)));
        known.map(|name| name.to_string()).or_else(|| view.reader.map(|person| person.short()))
    };
    let released = |view: &NoticeView| {
        let left = |outcome| matches!(outcome, Outcome::Released | Outcome::Read);
        view.trustees.values().filter(|(outcome, _)| left(*outcome)).count()
    };
    html! {
        h2 { (words.text("openings-told")) }
        @if views.is_empty() { p { (words.text("openings-none")) } }
        @else {
            div.wide { table {
                thead { tr { @for column in ["openings-when", "openings-who", "openings-purpose", "openings-parts", "openings-outcome", "openings-trustees"] {
                    th scope="col" { (words.text(column)) }
                } } }
                tbody { @for view in views {
                    tr {
                        td.number { (words.time(view.notice.time)) }
                        td { bdi { (name(view).unwrap_or_else(|| "?".to_owned())) } }
                        td { (view.notice.purpose) @if view.notice.emergency { " " span.mark { (words.text("openings-emergency")) } } }
                        td.number { (view.notice.parts.len()) }
                        td { @if view.is_reading() { (read_offline(words, view)) } @else { (outcome(words, view.notice.outcome)) }
                            @if view.lacks_leaf() { " " span.warning { (words.text("openings-not-logged")) } }
                            @if view.hasty > 0 { " " span.warning { (words.text("openings-hasty")) } } }
                        td.number { (released(view)) "/" (view.trustees.len()) }
                    }
                } }
            } }
        }
    }
}

fn outcome(words: Words, outcome: Outcome) -> String {
    words.text(match outcome {
        Outcome::Released => "openings-released",
        Outcome::Refused => "openings-refused",
        Outcome::HandedOver | Outcome::Helped => "openings-handed",
        Outcome::Read => "openings-read",
    })
}

/// When what was opened ahead was read, by the reader's clock; and whether their device told two stories of it.
fn read_offline(words: Words, view: &NoticeView) -> Markup {
    let times: Vec<String> = view.notice.readings.iter().map(|seen| words.moment(seen.time)).collect();
    html! {
        (words.text("openings-read"))
        @for time in &times { " " time datetime=(time) { (time) } }
        @if view.is_forked() { " " span.warning { (words.text("openings-read-forked")) } }
    }
}

fn open_now(words: Words, desk: &Desk, parts: &[(PartRef, counterseal_model::Timestamp)]) -> Markup {
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

fn ahead(words: Words, views: &[AheadView]) -> Markup {
    html! {
        @if !views.is_empty() {
            h2 { (words.text("openings-ahead")) }
            p { (words.text("openings-ahead-why")) }
            ul { @for view in views {
                li { code { (part_text(view.part)) } " " (words.with("openings-ahead-until", &[("until", (&words.moment(view.until)).into()), ("count", view.readings.into())])) }
            } }
        }
    }
}

fn mine(words: Words, views: &[OpeningView]) -> Markup {
    html! {
        h2 { (words.text("openings-mine")) }
        @if views.is_empty() { p { (words.text("openings-none-mine")) } }
        ul { @for view in views {
            li { (words.time(view.request.made)) " · " (view.request.purpose) " · "
                (words.with("openings-answers", &[("parts", (view.request.parts.len() as u64).into()), ("released", (view.released as u64).into()), ("refused", (view.refused as u64).into()), ("leaf", view.leaf.into())])) }
        } }
    }
}
