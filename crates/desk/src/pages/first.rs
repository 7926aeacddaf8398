//! The first page: what people come for, not a menu.

use axum::extract::State;
use axum::response::Response;
use maud::html;

use super::report::draft_list;
use super::situation::kept::links;
use super::{Page, Reader, with_desk};
use crate::server::App;

/// The tasks: where each leads, what it is called, and what it is for.
const TASKS: [(&str, &str, &str); 5] = [
    ("/report", "task-report", "task-report-why"),
    ("/situation", "task-situation", "task-situation-why"),
    ("/cases", "task-cases", "task-cases-why"),
    ("/ahead", "task-ahead", "task-ahead-why"),
    ("/openings", "task-openings", "task-openings-why"),
];

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let incidents = words.number(unlocked.incidents()?);
        let kept = unlocked.desk.kept_views()?;
        let main = html! {
            h1 { (words.text("first-title")) }
            p { (words.with("first-holds", &[("incidents", (&incidents).into())])) }
            ul.tasks {
                @for (path, name, why) in TASKS {
                    li { a href=(path) { strong { (words.text(name)) } span { (words.text(why)) } } }
                }
            }
            (draft_list(words, &token, &unlocked.desk, None)?)
            @if !kept.is_empty() { h2 { (words.text("kept-first")) } (links(&kept)) }
        };
        Ok(Page::new(words.text("first-title"), main).with(&["report.css"]))
    })
    .await
}
