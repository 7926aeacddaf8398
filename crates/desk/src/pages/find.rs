//! What happened: a list by the same question as the map's, in the order and page that is asked for.

use axum::extract::{Query, State};
use axum::response::Response;
use counterseal_node::{Filter, NodeError, RecordView, Sort};
use maud::{Markup, html};
use serde::Deserialize;

use super::lines::table;
use super::situation::question::Question;
use super::situation::{chips, form};
use super::{Page, Reader, with_desk};
use crate::labels::Labels;
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

/// Rows of a page.
const ROWS: usize = 100;
/// The furthest page: beyond it one asks more narrowly.
const LAST: usize = 1_000;
/// Where it is.
const HERE: &str = "/find";
/// The orders: the word in the address, and what it is called.
const SORTS: [(&str, Sort, &str); 7] = [
    ("", Sort::Relevance, "sort-relevance"),
    ("newest", Sort::Newest, "sort-newest"),
    ("oldest", Sort::Oldest, "sort-oldest"),
    ("deadliest", Sort::Deadliest, "sort-deadliest"),
    ("type", Sort::Kind, "sort-type"),
    ("place", Sort::Place, "sort-place"),
    ("grading", Sort::Grading, "sort-grading"),
];

/// Which page of the list, from 1.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub(crate) struct At {
    page: usize,
}

impl Default for At {
    fn default() -> Self {
        Self { page: 1 }
    }
}

pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    Query(question): Query<Question>,
    at: Result<Query<At>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let page = at.map_or(1, |Query(at)| at.page.clamp(1, LAST));
    with_desk(&app, reader, move |words, unlocked| {
        let (filter, bad) = question.filter(&Labels::of(words, &unlocked.desk));
        let sort = SORTS.iter().find(|(word, ..)| *word == question.sort);
        let sort = sort.map_or(Sort::Relevance, |(_, sort, _)| *sort);
        let first = (page - 1) * ROWS;
        let mut found = found(unlocked, &filter, sort, (first, ROWS + 1))?;
        let more = found.len() > ROWS;
        found.truncate(ROWS);
        let labels = Labels::of(words, &unlocked.desk);
        let main = html! {
            h1 { (words.text("find-title")) }
            div #asked hx-target="#asked" hx-select="#asked" hx-swap="outerHTML" hx-push-url="true" {
                (form(&labels, &question, HERE, &bad, &sorts(words, &question)))
                (chips(&labels, &question, HERE))
                p.count #count role="status" tabindex="-1" {
                    @if more || page > 1 {
                        (words.with("find-rows", &[("first", (first as u64 + 1).into()), ("last", ((first + found.len()) as u64).into())]))
                    }
                    @else { (words.with("find-count", &[("count", (found.len() as u64).into())])) }
                    " " a href=(question.link("/situation")) { (words.text("find-on-map")) }
                }
                (table(words, &unlocked.desk, &found))
                (pages(words, &question, page, more))
            }
        };
        Ok(Page::new(words.text("find-title"), main).with(&["situation.css", "ask.js"]))
    })
    .await
}

/// Newest first out of the columns, where there is anything to narrow by: the index sorts all that fits.
fn found(
    unlocked: &mut Unlocked,
    filter: &Filter,
    sort: Sort,
    (first, most): (usize, usize),
) -> Result<Vec<RecordView>, NodeError> {
    let newest = matches!(sort, Sort::Relevance | Sort::Newest);
    if !newest || filter.words.is_some() || !filter.is_about_incidents() {
        return unlocked.desk.find_from(filter, sort, first, most);
    }
    let columns = unlocked.columns()?;
    let mut numbers = columns.newest(&unlocked.desk.view(filter)?, first + most);
    unlocked.desk.numbered(&numbers.split_off(first.min(numbers.len())))
}

fn sorts(words: Words, question: &Question) -> Markup {
    html! {
        label {
            span { (words.text("sort")) }
            select id="ask-sort" name="sort" {
                @for (word, _, key) in SORTS {
                    option value=(word) selected[word == question.sort] { (words.text(key)) }
                }
            }
        }
    }
}

fn pages(words: Words, question: &Question, page: usize, more: bool) -> Markup {
    let to = |page: usize| {
        let here = question.link(HERE);
        format!("{here}{}page={page}", if here.contains('?') { '&' } else { '?' })
    };
    html! {
        @if page > 1 || more {
            nav.pages aria-label=(words.text("pages")) hx-boost="true" {
                @if page > 1 { a href=(to(page - 1)) rel="prev" { (words.text("page-before")) } }
                span { (words.with("page", &[("page", (page as u64).into())])) }
                @if more && page < LAST { a href=(to(page + 1)) rel="next" { (words.text("page-next")) } }
            }
        }
    }
}
