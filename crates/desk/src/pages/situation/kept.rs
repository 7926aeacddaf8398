//! Views that are kept by name: a question to come back to.

use axum::extract::{Query, State};
use axum::http::Uri;
use axum::response::Response;
use counterseal_node::KeptView;
use maud::{Markup, html};
use serde::Deserialize;

use super::question::Question;
use crate::door::Checked;
use crate::pages::{Page, Reader, Sent, refused, with_form};
use crate::server::App;
use crate::words::Words;

/// What is kept or forgotten, and the question as it stands in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Named {
    name: String,
    query: String,
}

/// The question that stands in an address.
pub(super) fn question_of(query: &str) -> Question {
    let uri: Option<Uri> = format!("/?{query}").parse().ok();
    let asked = uri.and_then(|uri| Query::<Question>::try_from_uri(&uri).ok());
    asked.map(|Query(question)| question).unwrap_or_default()
}

/// `POST /situation/keep`
pub(crate) async fn keep(State(app): State<App>, reader: Reader, Checked(named): Checked<Named>) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let question = question_of(&named.query);
        let Some(view) = KeptView::new(&named.name, &question.query()) else {
            return Sent::Not(sorry(words, "kept-bad"));
        };
        match unlocked.desk.keep_view(&view) {
            Ok(true) => Sent::At(question.link(super::HERE)),
            Ok(false) => Sent::Not(sorry(words, "kept-full")),
            Err(error) => Sent::Not(refused(words, &error)),
        }
    })
    .await
}

/// `POST /situation/forget`
pub(crate) async fn forget(
    State(app): State<App>,
    reader: Reader,
    Checked(named): Checked<Named>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| match unlocked.desk.forget_view(&named.name) {
        Ok(()) => Sent::At(question_of(&named.query).link(super::HERE)),
        Err(error) => Sent::Not(refused(words, &error)),
    })
    .await
}

fn sorry(words: Words, key: &'static str) -> Page {
    let main = html! {
        h1 { (words.text("refused-title")) }
        p.warning role="alert" { (words.text(key)) }
        p { a href=(super::HERE) { (words.text("task-situation")) } }
    };
    Page::new(words.text("refused-title"), main)
}

/// The views that are kept, as links.
pub(crate) fn links(views: &[KeptView]) -> Markup {
    html! {
        ul.kept { @for view in views {
            li { a href=(question_of(view.query()).link(super::HERE)) { bdi { (view.name()) } } }
        } }
    }
}

/// Them, with a way to forget each, and to keep the one that is seen.
pub(super) fn shelf(words: Words, token: &str, question: &Question, views: &[KeptView]) -> Markup {
    let query = question.query();
    html! {
        details.shelf {
            summary { (words.with("kept-title", &[("count", (views.len() as u64).into())])) }
            ul.kept { @for view in views {
                li {
                    a href=(question_of(view.query()).link(super::HERE)) { bdi { (view.name()) } }
                    form autocomplete="off" method="post" action="/situation/forget" {
                        input type="hidden" name="token" value=(token);
                        input type="hidden" name="name" value=(view.name());
                        input type="hidden" name="query" value=(query);
                        button.quiet type="submit" aria-label=(words.with("kept-forget-one", &[("name", view.name().into())])) { (words.text("kept-forget")) }
                    }
                }
            } }
            form.line autocomplete="off" method="post" action="/situation/keep" {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="query" value=(query);
                label { span { (words.text("kept-name")) } input #kept-name type="text" name="name" required maxlength="80" dir="auto"; }
                button type="submit" { (words.text("kept-keep")) }
            }
        }
    }
}
