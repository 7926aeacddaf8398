//! The inbox of approvals: what others ask this person to approve, what this desk asked, and sharings to be approved.

use axum::extract::{Query, State};
use axum::response::Response;
use counterseal_model::EntryId;
use counterseal_node::{ApprovalAsked, Desk, NodeError, part_text};
use counterseal_register::PartRef;
use maud::{Markup, html};

use super::typed::{self, Fields};
use super::why::{Why, sent};
use super::{asking, names, open, share, token};
use crate::door::Checked;
use crate::pages::codes::{code, explained};
use crate::pages::record::compartment_name;
use crate::pages::state::span;
use crate::pages::unlock::Nothing;
use crate::pages::{Page, Reader, with_desk, with_form};
use crate::server::App;
use crate::words::{Said, Words};

/// Most answered requests that are shown.
const ANSWERED: usize = 30;

/// `GET /approvals`
pub(crate) async fn show(State(app): State<App>, reader: Reader, Query(asked): Query<Fields>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &unlocked.desk;
        let now = desk.now();
        let (waiting, past): (Vec<_>, Vec<_>) = desk
            .approvals_asked()?
            .into_iter()
            .partition(|one| one.answer.is_none() && one.request.not_after > now);
        let title = words.text("approvals-title");
        let main = html! {
            h1 { (title) }
            @if let Some(said) = said(words, &asked) { p.said role="status" { (said) } }
            form.line autocomplete="off" method="post" action="/approvals/fetch" { (self::token(&token))
                button type="submit" { (words.text("openings-fetch")) } }
            h2 { (words.text("approvals-of-me")) }
            @if waiting.is_empty() { p { (words.text("approvals-none")) } }
            @for one in &waiting { (wanted(words, desk, &token, one)?) }
            h2 { (words.text("approvals-by-me")) }
            (asking::list(words, desk, &unlocked.at_hand))
            h2 { (words.text("approvals-shares")) }
            (share::bring(words, &token))
            (answered(words, desk, &past))
        };
        Ok(Page::new(title, main).with(&["casework.css", "casework.js", "papers.js"]))
    })
    .await
}

fn said(words: Words, asked: &Fields) -> Option<String> {
    let key = match typed::text(asked, "done") {
        "given" => "approvals-given",
        "declined" => "approvals-declined",
        _ => return None,
    };
    Some(words.text(key))
}

/// What is asked of this person: who, what, why, since when, and for how long yet.
fn wanted(words: Words, desk: &Desk, token: &str, one: &ApprovalAsked) -> Result<Markup, NodeError> {
    let request = &one.request;
    let left = request.not_after.0.saturating_sub(desk.now().0);
    let policy = desk.policy_in_force()?;
    let purpose = policy.as_ref().and_then(|policy| policy.table().purposes().get(&request.purpose));
    let purpose = purpose.map(|known| known.words.clone()).unwrap_or_default();
    let case = request.case.as_ref().map(|case| hex::encode(case.0));
    Ok(html! {
        section.sealed {
            h3 { (words.with("approvals-asks", &[("person", (&names::person(desk, one.reader)).into())])) }
            dl.says {
                div { dt { (words.text("uses-purpose")) } dd { (code(words, &request.purpose)) (explained(words, &request.purpose, &purpose)) } }
                div { dt { (words.text("openings-parts")) } dd { @for part in &request.parts { (which(desk, *part)) " " } } }
                @if let Some(case) = case { div { dt { (words.text("field-case")) } dd { a href=(format!("/case/{case}")) { code { (case) } } } } }
                @if request.emergency { div { dt { (words.text("openings-emergency")) } dd { (words.text("yes")) } } }
                @if let Some(ahead) = &request.ahead { div { dt { (words.text("approvals-ahead")) } dd { (words.time(ahead.until)) " · " (ahead.reason) } } }
                @if let Some(until) = request.delay_until { div { dt { (words.text("approvals-delayed")) } dd { (words.time(until)) } } }
                @if !request.claims.is_empty() { div { dt { (words.text("approvals-claims")) } dd { (request.claims.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) } } }
                div { dt { (words.text("approvals-since")) } dd { (words.time(request.made)) " · " (words.with("asking-left", &[("age", Said::Text(&span(words, left)))])) } }
            }
            p.quiet { (words.text("approvals-recorded")) }
            div.actions {
                @for (answer, label, look) in [("approve", "approvals-approve", "plain"), ("decline", "approvals-decline", "quiet")] {
                    form.line autocomplete="off" method="post" action="/approvals/answer" data-once { (self::token(token))
                        input type="hidden" name="request" value=(hex::encode(one.core));
                        input type="hidden" name="answer" value=(answer);
                        button class=(look) type="submit" data-busy=(words.text("open-asking")) { (words.text(label)) } }
                }
            }
        }
    })
}

/// A part, with its compartment where this desk has it.
fn which(desk: &Desk, part: PartRef) -> Markup {
    let entry: EntryId = part.entry;
    let known = desk.guarded_parts(&format!("{entry}/{}", part.index)).ok();
    let known = known.and_then(|all| all.first().copied());
    html! {
        a href=(names::part_path(part)) { code { (part_text(part)) } }
        @if let Some(known) = known { " (" bdi { (compartment_name(desk, known.compartment)) } ")" }
    }
}

fn answered(words: Words, desk: &Desk, past: &[ApprovalAsked]) -> Markup {
    html! {
        @if !past.is_empty() {
            h2 { (words.text("approvals-past")) }
            div.wide { table {
                thead { tr { @for column in ["openings-when", "openings-who", "uses-purpose", "openings-parts", "open-answer"] { th scope="col" { (words.text(column)) } } } }
                tbody { @for one in past.iter().take(ANSWERED) { tr {
                    td.number { (words.time(one.request.made)) }
                    td { bdi { (names::person(desk, one.reader)) } }
                    td { (code(words, &one.request.purpose)) }
                    td.number { (one.request.parts.len()) }
                    td { (words.text(match one.answer { Some(answer) if answer.approved => "approvals-was-given", Some(_) => "approvals-was-declined", None => "approvals-too-late" })) }
                } } }
            } }
        }
    }
}

/// `POST /approvals/fetch`
pub(crate) async fn fetch(State(app): State<App>, reader: Reader, Checked(_): Checked<Nothing>) -> Response {
    with_form(&app, reader, |words, unlocked| {
        let ask = |desk: &mut Desk| -> Result<String, Why> {
            open::line(desk)?.fetch_post(desk)?;
            Ok("/approvals".to_owned())
        };
        let done = ask(&mut unlocked.desk);
        sent(words, "/approvals", done)
    })
    .await
}

/// `POST /approvals/answer`: this request and no other, with its purpose, its parts and its reader.
pub(crate) async fn answer(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let approved = typed::text(&fields, "answer") == "approve";
        let say = |desk: &mut Desk| -> Result<String, Why> {
            let mut line = open::line(desk)?;
            desk.approve(typed::text(&fields, "request"), approved, &mut line)?;
            Ok(format!("/approvals?done={}", if approved { "given" } else { "declined" }))
        };
        let done = say(&mut unlocked.desk);
        sent(words, "/approvals", done)
    })
    .await
}
