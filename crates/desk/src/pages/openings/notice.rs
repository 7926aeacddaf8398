//! One opening as trustees tell of it, held against the log of this desk while the page is made.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::{DeviceId, Timestamp};
use counterseal_node::{Desk, NodeError, NoticeView, part_text};
use maud::{Markup, html};

use super::outcome;
use super::show::read_offline;
use crate::pages::casework::names;
use crate::pages::codes::code;
use crate::pages::state::span;
use crate::pages::{Page, Reader, with_desk};
use crate::server::App;
use crate::words::{Said, Words};

/// `GET /openings/REQUEST`
pub(crate) async fn show(State(app): State<App>, reader: Reader, Path(request): Path<String>) -> Response {
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &unlocked.desk;
        let found = desk.notices()?.into_iter().find(|view| hex::encode(view.request) == request);
        let unknown = || NodeError::Ambiguous { what: "opening", prefix: request.clone(), count: 0 };
        let view = found.ok_or_else(unknown)?;
        let title = words.text("notice-title");
        let main = html! {
            h1 { (title) }
            (logged(words, &view))
            (says(words, desk, &view))
            (approvals(words, desk, &view))
            (trustees(words, &view))
            (to_ask(words, desk, &view))
        };
        Ok(Page::new(title, main).with(&["casework.css"]))
    })
    .await
}

/// Whether its leaf stands in the log, as this desk has it now.
fn logged(words: Words, view: &NoticeView) -> Markup {
    html! {
        @match (view.notice.leaf, view.logged) {
            (Some(leaf), true) => p.said role="status" { (words.with("notice-logged", &[("leaf", leaf.into())])) },
            _ if view.lacks_leaf() => p.warning role="alert" { (words.text("notice-lie")) },
            _ => p { (words.text("notice-no-leaf")) },
        }
    }
}

fn says(words: Words, desk: &Desk, view: &NoticeView) -> Markup {
    let notice = &view.notice;
    let who = view.reader.map_or_else(|| notice.reader.short(), |id| names::person(desk, id));
    let case = notice.case.as_ref().map(|case| hex::encode(case.0));
    html! {
        dl.says {
            div { dt { (words.text("openings-who")) } dd { bdi { (who) } } }
            div { dt { (words.text("openings-when")) } dd { (words.time(notice.time)) } }
            div { dt { (words.text("openings-purpose")) } dd { (code(words, &notice.purpose)) } }
            @if let Some(case) = case { div { dt { (words.text("field-case")) } dd { code { (case) } } } }
            div { dt { (words.text("openings-outcome")) } dd { @if view.is_reading() { (read_offline(words, view)) } @else { (outcome(words, notice.outcome)) } @if let Some(code) = &notice.refused { " (" (code) ")" } } }
            div { dt { (words.text("openings-parts")) } dd {
                @for part in &notice.parts { a href=(names::part_path(*part)) { code { (part_text(*part)) } } " " }
                (words.with("notice-of", &[("count", notice.asked.into())])) } }
            @if notice.emergency { div { dt { (words.text("openings-emergency")) } dd { (words.text("yes")) } } }
            @if let Some(ahead) = &notice.ahead { div { dt { (words.text("approvals-ahead")) } dd { (words.time(ahead.until)) " · " (ahead.reason) } } }
            @if let Some(until) = notice.delayed_until { div { dt { (words.text("notice-delayed")) } dd { (words.time(until)) } } }
        }
    }
}

fn approvals(words: Words, desk: &Desk, view: &NoticeView) -> Markup {
    let who = |device: DeviceId| {
        let person = desk.register().device(device, desk.moment()).map(|known| known.person);
        person.map_or_else(|| device.short(), |id| names::person(desk, id))
    };
    html! {
        @if !view.notice.approvals.is_empty() {
            h2 { (words.text("notice-approvals")) }
            ul { @for one in &view.notice.approvals {
                @let after = one.made.0.saturating_sub(view.notice.made.0);
                li { bdi { (who(one.approver)) } " · " span.warning[after <= 10] { (words.with("notice-after", &[("age", Said::Text(&span(words, after)))])) } }
            } }
        }
    }
}

fn trustees(words: Words, view: &NoticeView) -> Markup {
    html! {
        h2 { (words.text("receipt-answers")) }
        ul { @for (trustee, (said, at)) in &view.trustees {
            li { code { (trustee.to_string().get(..8).unwrap_or_default()) } " " (outcome(words, *said)) " " (words.time(*at)) }
        } }
    }
}

/// A reviewer goes on to the person's day.
fn to_ask(words: Words, desk: &Desk, view: &NoticeView) -> Markup {
    let day = view.notice.time.0.div_euclid(Timestamp::DAY);
    let other = view.reader.filter(|id| *id != desk.person() && desk.is_reviewer());
    html! {
        @if let Some(person) = other { p { a.button href=(format!("/review/{person}/{day}")) { (words.text("review-day")) } } }
    }
}
