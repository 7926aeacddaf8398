//! What stands around every page.

use std::time::Duration;

use maud::{DOCTYPE, Markup, html};

use super::state::State;
use super::{Page, Reader};
use crate::assets;
use crate::words::{Tongue, Words};

/// Where the bar at the top leads.
const PLACES: [(&str, &str); 8] = [
    ("/", "nav-first"),
    ("/report", "nav-report"),
    ("/situation", "nav-situation"),
    ("/find", "nav-find"),
    ("/entities", "nav-entities"),
    ("/cases", "nav-cases"),
    ("/openings", "nav-openings"),
    ("/trust", "nav-trust"),
];

/// A desk that stays open for so long is none that locks itself.
const DAY: Duration = Duration::from_secs(86_400);

/// A page of an unlocked desk.
pub(super) fn page(reader: &Reader, token: &str, state: Option<&State>, page: &Page) -> Markup {
    let words = reader.words;
    let here = reader.here.split('?').next().unwrap_or("/");
    let synthetic = state.is_some_and(|state| state.synthetic);
    document(
        words,
        &page.title,
        page.extras,
        &html! {
            header {
                @if synthetic { p.synthetic role="note" { (words.text("synthetic")) } }
                div.top {
                    nav aria-label=(words.text("nav")) {
                        @for (path, key) in PLACES {
                            a href=(path) aria-current=[(path == here).then_some("page")] { (words.text(key)) }
                        }
                    }
                    form.lock autocomplete="off" method="post" action="/lock" data-idle=(reader.idle.as_secs())
                        data-soon=(words.text("idle-soon")) data-stay=(words.text("idle-stay")) {
                        input type="hidden" name="token" value=(token);
                        button type="submit" { (words.text("lock")) }
                        " " button.panic type="submit" formaction="/panic" accesskey="q" title=(words.text("panic-key")) { (words.text("panic")) }
                    }
                }
                @if let Some(state) = state { (state.line(words)) }
                @if reader.idle < DAY {
                    noscript { p.quiet { (words.with("idle-why", &[("count", (reader.idle.as_secs().div_ceil(60)).into())])) } }
                }
            }
            @if let Some(demo) = &reader.demo { (demo) }
            main id="main" tabindex="-1" { (page.main) }
            (footer(reader, token))
        },
    )
}

/// The choice of a language.
fn footer(reader: &Reader, token: &str) -> Markup {
    let words = reader.words;
    html! {
        footer {
            form autocomplete="off" method="post" action="/language" {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="back" value=(reader.here);
                label { (words.text("language")) " "
                    select name="tongue" data-submit="change" {
                        @for tongue in Tongue::ALL {
                            option value=(tongue.code()) lang=(tongue.code()) selected[tongue == words.0] { (tongue.own_name()) }
                        }
                    }
                }
                button type="submit" { (words.text("language-choose")) }
            }
        }
    }
}

/// A page where no desk is unlocked, with forms: a language can be chosen.
pub(super) fn outside(reader: &Reader, token: &str, page: &Page) -> Markup {
    let body = html! { main id="main" tabindex="-1" { (page.main) } (footer(reader, token)) };
    document(reader.words, &page.title, page.extras, &body)
}

/// A page that says nothing of a desk.
pub(super) fn bare(words: Words, title: &str, main: &Markup) -> Markup {
    document(words, title, &[], &html! { main id="main" tabindex="-1" { (main) } })
}

/// What htmx may do here: no code out of attributes, no style of its own, nothing from elsewhere, no page kept by the
/// browser (htmx.org/reference, "Configuration").
const HTMX: &str = r#"{"allowEval":false,"includeIndicatorStyles":false,"selfRequestsOnly":true,"historyCacheSize":0,"refreshOnHistoryMiss":true,"allowScriptTags":false}"#;

fn document(words: Words, title: &str, extras: &[&str], body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.0.code()) dir=(words.0.direction()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Counterseal" }
                link rel="stylesheet" href=(assets::path("style.css"));
                @for style in extras.iter().filter(|name| name.ends_with(".css")) {
                    link rel="stylesheet" href=(assets::path(style));
                }
                link rel="icon" href=(assets::path("icon.svg")) type="image/svg+xml";
                meta name="htmx-config" content=(HTMX);
                script src=(assets::path("vendor/htmx.min.js")) defer {}
                @for script in extras.iter().filter(|name| name.ends_with(".js")) {
                    script src=(assets::path(script)) defer {}
                }
                script src=(assets::path("desk.js")) defer {}
            }
            body {
                a.skip href="#main" { (words.text("skip")) }
                (body)
            }
        }
    }
}
