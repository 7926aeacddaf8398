//! Cases: what this desk may see of them without an opening, and the way to an opening.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_node::{CaseView, Desk, GuardedPart, part_text};
use counterseal_register::{PartRef, Rule};
use maud::{Markup, html};

use super::record::compartment_name;
use super::{Page, Reader, with_desk};
use crate::server::App;
use crate::words::Words;

pub(crate) async fn list(State(app): State<App>, reader: Reader) -> Response {
    with_desk(&app, reader, |words, unlocked| {
        let cases = unlocked.desk.cases()?;
        let main = html! {
            h1 { (words.text("cases-title")) }
            p { (words.text("cases-why")) }
            @if cases.is_empty() { p { (words.text("cases-none")) } }
            ul.cases { @for case in &cases {
                li { a href=(format!("/case/{}", case.record)) { (name(case)) }
                    @if let Some(status) = status(words, case) { " " span.mark { (status) } }
                    " " (words.with("cases-parts", &[("count", (case.parts.len() as u64).into())]))
                    @if case.conflict { " " span.mark { (words.text("conflict")) } } }
            } }
        };
        Ok(Page::new(words.text("cases-title"), main))
    })
    .await
}

pub(crate) async fn show(State(app): State<App>, reader: Reader, Path(named): Path<String>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &unlocked.desk;
        let case = desk.find_case(&named)?;
        let title = name(&case);
        let main = html! {
            h1 { (title) }
            (open_part(words, &case))
            h2 { (words.text("case-parts")) }
            @if case.own.is_empty() && case.parts.is_empty() { p { (words.text("case-no-parts")) } }
            @for part in case.own.iter().chain(&case.parts) { (sealed_twice(words, desk, &token, &case, part.part)) }
        };
        Ok(Page::new(title, main))
    })
    .await
}

fn name(case: &CaseView) -> String {
    case.reference.as_ref().map_or_else(|| case.id.short(), ToString::to_string)
}

fn status(words: Words, case: &CaseView) -> Option<String> {
    case.open.as_ref().and_then(|open| open.case.status).map(|status| words.case_status(status))
}

fn open_part(words: Words, case: &CaseView) -> Markup {
    let Some(open) = &case.open else { return html! { p { (words.text("case-no-open-part")) } } };
    let due = open.case.follow_up.iter().filter(|one| one.done.is_none());
    html! {
        p { @if let Some(status) = status(words, case) { span.mark { (status) } } " "
            code { (case.id) } }
        ul { @for one in due { li { (words.date(one.due)) ": " (one.what) } } }
        ul { @for incident in &open.case.incidents {
            li { a href=(format!("/record/{incident}")) { (words.text("field-incident")) " " (incident.short()) } }
        } }
    }
}

/// A part under two seals: what it takes, and the form that asks.
fn sealed_twice(words: Words, desk: &Desk, token: &str, case: &CaseView, part: PartRef) -> Markup {
    let known = desk.guarded_parts(&part_text(part)).ok().and_then(|parts| parts.first().copied());
    let Some(known) = known else {
        return html! { p { code { (part_text(part)) } " " (words.text("case-part-elsewhere")) } };
    };
    html! {
        section.sealed {
            h3 { (words.text("case-sealed")) " · " bdi { (compartment_name(desk, known.compartment)) } }
            p { (rule(words, &known)) " " code { (part_text(part)) } }
            form.write method="post" action="/open" {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="part" value=(part_text(part));
                input type="hidden" name="case" value=(case.id);
                label { span { (words.text("case-purpose")) } input type="text" name="purpose" required pattern="[a-z0-9-]{1,32}" placeholder="case-follow-up"; }
                button type="submit" { (words.text("case-open")) }
            }
        }
    }
}

fn rule(words: Words, part: &GuardedPart) -> String {
    words.text(match part.rule {
        Rule::TwoPerson => "case-two-person",
        _ => "case-two-seal",
    })
}
