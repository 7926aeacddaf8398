//! The receipt of an opening: checked while the page is made, by the log's policy and this mission's register; and as a
//! file, for whoever trusts neither this desk nor the hub.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::DeviceId;
use counterseal_node::{Desk, NodeError, OpeningShown, check_opening_receipt, part_text};
use maud::{Markup, html};

use super::at_hand::file;
use super::names;
use crate::pages::codes::code_text;
use crate::pages::openings::outcome;
use crate::pages::{Page, Reader, with_desk};
use crate::server::App;
use crate::words::Words;

/// `GET /receipt/REQUEST`
pub(crate) async fn show(State(app): State<App>, reader: Reader, Path(request): Path<String>) -> Response {
    with_desk(&app, reader, move |words, unlocked| {
        let title = words.text("receipt-title");
        let desk = &unlocked.desk;
        let receipt = desk.opening_receipt(&request)?;
        let main = html! {
            h1 { (title) }
            (checked(words, desk, receipt.text.as_bytes())?)
            p { a.button href=(format!("/receipt/{request}/file")) download { (words.text("receipt-keep")) } }
            p.quiet { (words.text("receipt-why")) }
        };
        Ok(Page::new(title, main).with(&["casework.css"]))
    })
    .await
}

fn checked(words: Words, desk: &Desk, receipt: &[u8]) -> Result<Markup, NodeError> {
    let Some(policy) = desk.log_policy() else {
        return Ok(html! { p.warning { (words.text("receipt-no-log")) } });
    };
    match check_opening_receipt(receipt, &policy, Some(desk.register())) {
        Ok(shown) => Ok(holds(words, desk, &shown)),
        Err(NodeError::BadReceipt { reason }) => Ok(html! {
            p.warning role="alert" { (words.with("receipt-bad", &[("reason", (&reason).into())])) }
        }),
        Err(other) => Err(other),
    }
}

fn holds(words: Words, desk: &Desk, shown: &OpeningShown) -> Markup {
    let request = &shown.request;
    let lines = [
        ("receipt-leaf", words.number(shown.leaf)),
        ("receipt-size", words.number(shown.size)),
        ("openings-who", who(desk, request.reader)),
        ("uses-purpose", code_text(words, &request.purpose)),
        ("openings-when", words.moment(request.made)),
    ];
    html! {
        p.said role="status" { (words.with("receipt-holds", &[("leaf", shown.leaf.into()), ("count", (shown.cosigned.len() as u64).into())])) }
        dl.says {
            @for (key, text) in lines { div { dt { (words.text(key)) } dd dir="auto" { (text) } } }
            div { dt { (words.text("openings-parts")) } dd { @for part in &request.parts { a href=(names::part_path(*part)) { code { (part_text(*part)) } } " " } } }
            div { dt { (words.text("receipt-witnesses")) } dd { @for (name, at) in &shown.cosigned { bdi { (name) } " " (words.time(*at)) br; } } }
            div { dt { (words.text("receipt-answers")) } dd { @for (trustee, said, at) in &shown.answers {
                code { (trustee.to_string().get(..8).unwrap_or_default()) } " " (outcome(words, *said)) " " (words.time(*at)) br; } } }
        }
        p { (words.text(if shown.reader_checked { "receipt-signatures" } else { "receipt-log-alone" })) }
    }
}

fn who(desk: &Desk, device: DeviceId) -> String {
    let person = desk.register().device(device, desk.moment()).map(|known| known.person);
    person.map_or_else(|| device.short(), |id| names::person(desk, id))
}

/// `GET /receipt/REQUEST/file`: as `counterseal receipt check` reads it.
pub(crate) async fn download(app: State<App>, reader: Reader, Path(request): Path<String>) -> Response {
    let short: String = request.chars().filter(char::is_ascii_hexdigit).take(16).collect();
    let find = move |unlocked: &mut crate::worker::Unlocked| {
        unlocked.desk.opening_receipt(&request).ok().map(|receipt| receipt.text.into_bytes())
    };
    file(app, reader, format!("{short}.receipt"), find).await
}
