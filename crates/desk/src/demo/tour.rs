//! The bar with the persons and the tour, and what its buttons do.

use axum::extract::State;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::DemoRole;
use super::places::{Demo, PERSON, STEP, step_of};
use crate::door::Checked;
use crate::server::App;
use crate::words::{Said, Words};

/// What stands above every page of the demo.
pub(crate) fn aside(words: Words, demo: &Demo, headers: &HeaderMap, token: &str) -> Markup {
    let at = step_of(headers).min(demo.steps.len().saturating_sub(1));
    let count = |number: usize| Said::Count(number as u64);
    let Some(step) = demo.steps.get(at) else { return html! {} };
    let leads_elsewhere = demo.with_role(step.role) != demo.here;
    html! {
        aside.tour aria-label=(words.text("tour")) {
            form autocomplete="off" method="post" action="/demo/person" {
                input type="hidden" name="token" value=(token);
                span { (words.text("tour-persons")) }
                @for (nth, (name, role)) in demo.persons.iter().enumerate() {
                    button type="submit" name="person" value=(nth) aria-pressed=(nth == demo.here) {
                        bdi { (name) } " · " (words.text(role_key(*role)))
                    }
                }
            }
            details open {
                summary { (words.with("tour-step", &[("step", count(at + 1)), ("steps", count(demo.steps.len()))])) " " strong { (words.text(step.title)) } }
                p { (words.text(step.text)) }
                form autocomplete="off" method="post" action="/demo/step" {
                    input type="hidden" name="token" value=(token);
                    @if at > 0 { button.quiet type="submit" name="step" value=(at - 1) { (words.text("tour-back")) } }
                    button.quiet[!leads_elsewhere] type="submit" name="step" value=(at) {
                        (words.with("tour-show", &[("role", (&words.text(role_key(step.role))).into())]))
                    }
                    @if at + 1 < demo.steps.len() { button type="submit" name="step" value=(at + 1) { (words.text("tour-next")) } }
                }
            }
        }
    }
}

const fn role_key(role: DemoRole) -> &'static str {
    match role {
        DemoRole::Officer => "tour-officer",
        DemoRole::Analyst => "tour-analyst",
        DemoRole::Watch => "tour-watch",
        DemoRole::DataProtection => "tour-data-protection",
    }
}

#[derive(Deserialize)]
pub(crate) struct Chosen {
    person: String,
}

/// `POST /demo/person`: from now on this person's desk answers.
pub(crate) async fn switch(State(app): State<App>, Checked(chosen): Checked<Chosen>) -> Response {
    let Some(demo) = &app.demo else { return StatusCode::NOT_FOUND.into_response() };
    let person = chosen.person.parse().ok().filter(|person| *person < demo.persons.len()).unwrap_or(0);
    led("/", &[(PERSON, person)])
}

#[derive(Deserialize)]
pub(crate) struct Stepped {
    step: String,
}

/// `POST /demo/step`: to the page of a step of the tour, on the desk of whoever would see it.
pub(crate) async fn go(State(app): State<App>, Checked(stepped): Checked<Stepped>) -> Response {
    let at = stepped.step.parse::<usize>().unwrap_or(0);
    let step = app.demo.as_ref().and_then(|demo| Some((demo, demo.steps.get(at)?)));
    let Some((demo, step)) = step else { return StatusCode::NOT_FOUND.into_response() };
    led(&step.path, &[(PERSON, demo.with_role(step.role)), (STEP, at)])
}

fn led(path: &str, set: &[(&str, usize)]) -> Response {
    let cookies = set
        .iter()
        .map(|(name, value)| (SET_COOKIE, format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict")));
    let cookies = AppendHeaders(cookies.collect::<Vec<_>>());
    (StatusCode::SEE_OTHER, cookies, [(LOCATION, path.to_owned())]).into_response()
}
