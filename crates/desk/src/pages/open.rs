//! Asking the trustees to open a part, and the part while it is open.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::cbor::from_bytes;
use counterseal_model::record::Part;
use counterseal_model::{Code, EntryId, Timestamp};
use counterseal_node::{Desk, LinkError, NodeError, OpeningFailure, OpeningTerms, OutsideLine};
use counterseal_register::PartRef;
use maud::html;
use serde::Deserialize;

use super::says::{Line, lines};
use super::state::span;
use super::{Page, Reader, Sent, with_desk, with_form};
use crate::door::Checked;
use crate::server::App;
use crate::words::{Said, Words};

/// For how many seconds what was opened is shown.
const SHOWN: i64 = 300;

#[derive(Deserialize)]
pub(crate) struct Wanted {
    part: String,
    purpose: String,
    #[serde(default)]
    case: String,
}

/// `POST /open`: a request stands in the log for ever, whether it is granted or not.
pub(crate) async fn ask(
    State(app): State<App>,
    reader: Reader,
    Checked(wanted): Checked<Wanted>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| match open(&mut unlocked.desk, &wanted) {
        Ok(part) => Sent::At(format!("/opened/{}/{}", part.entry, part.index)),
        Err(error) => Sent::Not(refused(words, &error)),
    })
    .await
}

fn open(desk: &mut Desk, wanted: &Wanted) -> Result<PartRef, LinkError> {
    let parts = desk.guarded_parts(&wanted.part)?;
    let unknown = || NodeError::from(OpeningFailure::NoSuchPart { part: wanted.part.clone() });
    let part = parts.first().map(|part| part.part).ok_or_else(unknown)?;
    let purpose = Code::parse(wanted.purpose.trim());
    let purpose = purpose.ok_or_else(|| NodeError::Verification(format!("a purpose: {}", Code::EXPECTED)))?;
    let case = Some(wanted.case.as_str()).filter(|case| !case.is_empty());
    let case = case.map(|case| desk.case_named(case)).transpose()?;
    let hub = desk.hub_address()?;
    let mut line = OutsideLine::new(&hub.unwrap_or_default(), BTreeMap::new());
    let terms =
        OpeningTerms { case: case.map(|case| *case.as_bytes()), ..OpeningTerms::new(vec![part], purpose) };
    let asking = desk.prepare_opening(terms)?;
    let until = Timestamp(desk.now().0.saturating_add(SHOWN));
    desk.open_parts(asking, &mut line, until)?;
    Ok(part)
}

fn refused(words: Words, error: &LinkError) -> Page {
    let main = html! {
        h1 { (words.text("open-refused")) }
        p.warning role="alert" { (words.refusal_of_link(error)) }
        p { (words.text("open-refused-why")) }
        p { a href="/openings" { (words.text("openings-title")) } }
    };
    Page::new(words.text("open-refused"), main)
}

/// `GET /opened/ENTRY/INDEX`: what is open, until its time is over.
pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    Path((entry, index)): Path<(String, u32)>,
) -> Response {
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &mut unlocked.desk;
        let unknown = || NodeError::from(OpeningFailure::NoSuchPart { part: format!("{entry}/{index}") });
        let part = PartRef { entry: entry.parse::<EntryId>().map_err(|_| unknown())?, index };
        let opened = desk.opened_part(part);
        let opened = opened.map(|(text, until)| (from_bytes::<Part>(text.as_bytes()), until));
        let title = words.text("opened-title");
        let Some((content, until)) = opened else {
            return Ok(Page::new(title.clone(), html! { h1 { (title) } p { (words.text("opened-over")) } }));
        };
        let says = match &content {
            Ok(part) => lines(words, desk, &part.body)?,
            Err(_) => Vec::new(),
        };
        let left = until.0.saturating_sub(desk.now().0);
        let main = html! {
            h1 { (title) }
            p.warning role="status" data-over=(left) { (words.with("opened-left", &[("age", Said::Text(&span(words, left)))])) }
            @if content.is_err() { p { (words.text("opened-cover")) } }
            dl.says { @for Line { key, text, .. } in says { div { dt { (words.text(key)) } dd dir="auto" { (text) } } } }
            p { (words.text("opened-why")) }
        };
        Ok(Page::new(title, main).with(&["opened.js"]))
    })
    .await
}
