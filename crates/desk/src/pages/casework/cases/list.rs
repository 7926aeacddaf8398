//! The cases that this desk knows of, those with something due first.

use axum::extract::State;
use axum::response::Response;
use counterseal_model::Timestamp;
use counterseal_node::CaseView;
use maud::{Markup, html};

use super::{name, path};
use crate::pages::{Page, Reader, with_desk};
use crate::server::App;
use crate::words::Words;

pub(crate) async fn list(State(app): State<App>, reader: Reader) -> Response {
    with_desk(&app, reader, |words, unlocked| {
        let mut cases = unlocked.desk.cases()?;
        cases.sort_by_key(|case| (due(case).map_or(i64::MAX, |(at, _)| at.0), case.record));
        let now = unlocked.desk.now();
        let main = html! {
            h1 { (words.text("cases-title")) }
            p { (words.text("cases-why")) }
            p.actions {
                a.button href="/cases/new" { (words.text("case-new")) }
                a href="/approvals" { (words.text("approvals-title")) }
                a href="/ahead" { (words.text("ahead-title")) }
                a href="/handed-on" { (words.text("trust-title-mine")) }
                a href="/handed" { (words.text("handed-title")) }
            }
            @if cases.is_empty() { p { (words.text("cases-none")) } }
            @else { (table(words, &cases, now)) }
            (find(words))
        };
        Ok(Page::new(words.text("cases-title"), main).with(&["casework.css"]))
    })
    .await
}

/// The way to a part that stands in no case here.
fn find(words: Words) -> Markup {
    html! {
        details { summary { (words.text("case-find-part")) }
            p { (words.text("case-find-why")) }
            form.line autocomplete="off" method="get" action="/part" {
                label { span { (words.text("case-belongs")) } input type="text" name="part" required autocomplete="off"; }
                label { span { (words.text("case-find-compartment")) } input type="text" name="compartment" autocomplete="off"; }
                button type="submit" { (words.text("case-find-part")) }
            } }
    }
}

/// What is due next, as far as is open.
fn due(case: &CaseView) -> Option<(Timestamp, String)> {
    let open = case.open.as_ref()?;
    open.case.due().first().map(|one| (one.due, one.what.to_string()))
}

fn table(words: Words, cases: &[CaseView], now: Timestamp) -> Markup {
    html! {
        div.wide { table {
            thead { tr { @for column in ["field-case-name", "field-status", "case-next", "field-incidents", "case-parts"] {
                th scope="col" { (words.text(column)) }
            } } }
            tbody { @for case in cases { tr {
                td { a href=(path(case)) { (name(case)) }
                    @if case.conflict { " " span.mark { (words.text("conflict")) } } }
                td { (case.open.as_ref().and_then(|open| open.case.status).map_or_else(|| words.text("case-sealed-status"), |status| words.case_status(status))) }
                td { @if let Some((at, what)) = due(case) {
                    span.warning[at < now] { (words.date(at)) @if at < now { " " (words.text("case-overdue")) } } " " (what) } }
                td.number { (case.open.as_ref().map_or(0, |open| open.case.incidents.len())) }
                td.number { (case.parts.len() + case.own.len()) }
            } } }
        } }
    }
}
