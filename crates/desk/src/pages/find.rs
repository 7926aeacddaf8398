//! What happened: a list by the same question as the map's.

use axum::extract::{Query, State};
use axum::response::Response;
use counterseal_node::Sort;
use maud::html;

use super::lines::table;
use super::situation::question::Question;
use super::{Page, Reader, with_desk};
use crate::server::App;

/// Rows of a page.
const ROWS: usize = 100;

pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    Query(question): Query<Question>,
) -> Response {
    with_desk(&app, reader, move |words, unlocked| {
        let (filter, bad) = question.filter(words);
        let found = unlocked.desk.find(&filter, Sort::Relevance, ROWS + 1)?;
        let more = found.len() > ROWS;
        let main = html! {
            h1 { (words.text("find-title")) }
            (question.form(words, "/find", &bad))
            p role="status" {
                @if more { (words.with("find-first", &[("count", (ROWS as u64).into())])) }
                @else { (words.with("find-count", &[("count", (found.len() as u64).into())])) }
                " " a href=(question.link("/situation")) { (words.text("find-on-map")) }
            }
            (table(words, &unlocked.desk, found.get(..ROWS.min(found.len())).unwrap_or_default()))
        };
        Ok(Page::new(words.text("find-title"), main))
    })
    .await
}
