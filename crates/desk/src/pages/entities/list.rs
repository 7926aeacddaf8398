//! Every entity, by name and type, those of most incidents first.

use axum::extract::{Query, State};
use axum::response::Response;
use counterseal_model::record::EntityKind;
use counterseal_node::{EntityAsk, EntityLine};
use maud::{Markup, html};
use serde::Deserialize;

use super::what_key;
use crate::pages::{Page, Reader, with_desk};
use crate::server::App;
use crate::words::Words;

/// Rows of the page.
const ROWS: usize = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    name: String,
    what: String,
}

/// `GET /entities`.
pub(crate) async fn show(State(app): State<App>, reader: Reader, Query(asked): Query<Asked>) -> Response {
    with_desk(&app, reader, move |words, unlocked| {
        let name = Some(asked.name.trim().to_owned()).filter(|name| !name.is_empty());
        let ask = EntityAsk { name, kind: EntityKind::from_word(&asked.what) };
        let columns = unlocked.columns()?;
        let (lines, all) = unlocked.desk.entities(&ask, &columns, ROWS)?;
        let main = html! {
            h1 { (words.text("entities-title")) }
            (form(words, &asked))
            p role="status" {
                (words.with("entities-count", &[("count", (all as u64).into())]))
                @if all > lines.len() { " " (words.with("entities-first", &[("count", (lines.len() as u64).into())])) }
            }
            @if !lines.is_empty() { (table(words, &lines)) }
        };
        Ok(Page::new(words.text("entities-title"), main))
    })
    .await
}

fn form(words: Words, asked: &Asked) -> Markup {
    html! {
        form.ask autocomplete="off" method="get" action="/entities" role="search" {
            label { span { (words.text("entities-name")) }
                input type="search" name="name" value=(asked.name) dir="auto"; }
            label { span { (words.text("entities-what")) }
                select name="what" {
                    option value="" { (words.text("any")) }
                    @for kind in EntityKind::ALL {
                        option value=(kind.word()) selected[kind.word() == asked.what] { (words.text(what_key(kind.word()))) }
                    }
                } }
            button type="submit" { (words.text("ask")) }
            a href="/entities" { (words.text("ask-all")) }
        }
    }
}

fn table(words: Words, lines: &[EntityLine]) -> Markup {
    html! {
        div.wide {
            table {
                thead { tr {
                    @for column in ["entities-name", "entities-what", "field-count", "entity-class", "chart"] {
                        th scope="col" { (words.text(column)) }
                    }
                } }
                tbody {
                    @for line in lines {
                        tr {
                            th scope="row" {
                                a href=(format!("/entity/{}", line.id)) { bdi { (line.name) } }
                                @for also in &line.also { " " span.quiet { "= " bdi { (also) } } }
                            }
                            td { (words.text(what_key(line.kind.word()))) }
                            td.number { (words.number(line.incidents)) }
                            td { (words.classification(line.classification)) }
                            td { a href=(format!("/chart/{}", line.id)) aria-label=(words.with("chart-of", &[("name", (&line.name).into())])) { (words.text("chart")) } }
                        }
                    }
                }
            }
        }
    }
}
