//! Asking the trustees to open a part, and the part while it is open.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::cbor::from_bytes;
use counterseal_model::record::{Body, Part};
use counterseal_model::{EntryId, Timestamp};
use counterseal_node::{Desk, NodeError, OpeningFailure, OpeningTerms, OutsideLine, part_text};
use counterseal_policy::Office;
use counterseal_register::PartRef;
use maud::{Markup, html};

use super::approvers;
use super::at_hand::Waits;
use super::typed::{self, Fields};
use super::why::Why;
use super::{names, token};
use crate::door::Checked;
use crate::pages::says::{Line, lines};
use crate::pages::state::span;
use crate::pages::unlock::Nothing;
use crate::pages::{Page, Reader, Sent, with_desk, with_form};
use crate::server::App;
use crate::words::{Said, Words};
use crate::worker::Unlocked;

/// For how many seconds what was opened is shown.
pub(super) const SHOWN: i64 = 300;

/// `POST /open`: a request stands in the log for ever, whether it is granted or not. One that needs approvals is sent to
/// whoever is to give them, and waits.
pub(crate) async fn ask(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| match open(words, unlocked, &fields) {
        Ok(path) => Sent::At(path),
        Err(why) => Sent::Not(refused(words, &unlocked.desk, &why, typed::text(&fields, "part"))),
    })
    .await
}

fn open(words: Words, unlocked: &mut Unlocked, fields: &Fields) -> Result<String, Why> {
    let desk = &mut unlocked.desk;
    let part = guarded(desk, typed::text(fields, "part"))?;
    let terms = OpeningTerms {
        case: case(desk, typed::text(fields, "case"))?,
        emergency: typed::ticked(fields, "emergency"),
        delay_until: typed::start_of(words, "open-delay", typed::text(fields, "delay"))?,
        ..OpeningTerms::new(vec![part], typed::code(words, "case-purpose", typed::text(fields, "purpose"))?)
    };
    let of = approvers::chosen(words, desk, fields)?;
    let asking = desk.prepare_opening(terms)?;
    let (needed, have) = (asking.approvals_needed(), of.len());
    if have < needed {
        return Err(NodeError::from(OpeningFailure::ApprovalsMissing { needed, have: 0 }).into());
    }
    let mut line = line(desk)?;
    if !of.is_empty() {
        for person in &of {
            desk.ask_approval(&asking, *person, &mut line)?;
        }
        let core = hex::encode(asking.request().core_hash());
        unlocked.at_hand.asked.insert(core.clone(), Waits { asking, of });
        return Ok(format!("/asking/{core}"));
    }
    let until = Timestamp(desk.now().0.saturating_add(SHOWN));
    desk.open_parts(asking, &mut line, until)?;
    Ok(opened_path(part))
}

/// A part that this desk can ask for.
pub(super) fn guarded(desk: &Desk, typed: &str) -> Result<PartRef, Why> {
    let parts = desk.guarded_parts(typed)?;
    let unknown = || NodeError::from(OpeningFailure::NoSuchPart { part: typed.to_owned() });
    Ok(parts.first().map(|part| part.part).ok_or_else(unknown)?)
}

/// The case that a request names, if it names one.
pub(super) fn case(desk: &Desk, typed: &str) -> Result<Option<[u8; 16]>, Why> {
    let case = Some(typed).filter(|case| !case.is_empty());
    let case = case.map(|case| desk.case_named(case)).transpose()?;
    Ok(case.map(|case| *case.as_bytes()))
}

/// The way to hub and trustees.
pub(super) fn line(desk: &Desk) -> Result<OutsideLine, NodeError> {
    Ok(OutsideLine::new(&desk.hub_address()?.unwrap_or_default(), BTreeMap::new()))
}

/// Where an open part is shown.
pub(super) fn opened_path(part: PartRef) -> String {
    format!("/opened/{}/{}", part.entry, part.index)
}

/// Why it was not opened, and whom to ask.
pub(super) fn refused(words: Words, desk: &Desk, why: &Why, part: &str) -> Page {
    let ask = match why {
        Why::Node(NodeError::Opening(OpeningFailure::Refused { refused })) => {
            let mut all: Vec<Office> =
                refused.iter().filter_map(|(_, one)| Office::from_code(one.ask?.code().into())).collect();
            all.sort_unstable();
            all.dedup();
            all
        }
        _ => Vec::new(),
    };
    let title = words.text("open-refused");
    let main = html! {
        h1 { (title) }
        p.warning role="alert" { (why.say(words)) }
        @for office in ask { p { (words.with("uses-ask", &[("office", (&names::office(words, desk, office, None)).into())])) } }
        p { (words.text("open-refused-why")) }
        p.actions {
            @if !part.is_empty() && part.bytes().all(|b| b.is_ascii_hexdigit() || b == b'/') { a href=(format!("/part/{part}")) { (words.text("go-back")) } }
            a href="/openings" { (words.text("openings-title")) }
        }
    };
    Page::new(title, main)
}

/// `GET /opened/ENTRY/INDEX`: what is open, until its time is over.
pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    Path((entry, index)): Path<(String, u32)>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &mut unlocked.desk;
        let unknown = || NodeError::from(OpeningFailure::NoSuchPart { part: format!("{entry}/{index}") });
        let part = PartRef { entry: entry.parse::<EntryId>().map_err(|_| unknown())?, index };
        let opened = desk.opened_part(part);
        let opened = opened.map(|(text, until)| (from_bytes::<Part>(text.as_bytes()), until));
        let title = words.text("opened-title");
        let Some((content, until)) = opened else {
            let main = html! { h1 { (title) } p { (words.text("opened-over")) } p { a href=(names::part_path(part)) { (words.text("part-title")) } } };
            return Ok(Page::new(title, main));
        };
        let left = until.0.saturating_sub(desk.now().0);
        let main = html! {
            h1 { (title) " " code { (part_text(part)) } }
            p.warning.over role="timer" data-over=(left) { (words.with("opened-left", &[("age", Said::Text(&span(words, left)))])) }
            form.line method="post" action="/opened/close" { (self::token(&token)) button.quiet type="submit" { (words.text("opened-close")) } }
            @match &content {
                Ok(content) => { (says(words, desk, &token, part, content)?) },
                Err(_) => { p { (words.text("opened-cover")) } },
            }
            (receipt(words, desk, part)?)
        };
        Ok(Page::new(title, main).with(&["casework.css", "opened.js"]))
    })
    .await
}

fn says(words: Words, desk: &Desk, token: &str, part: PartRef, content: &Part) -> Result<Markup, NodeError> {
    let says = lines(words, desk, &content.body)?;
    Ok(html! {
        dl.says { @for Line { key, text, record } in says { div { dt { (words.text(key)) }
            dd dir="auto" { @match record { Some(id) => { a href=(format!("/record/{id}")) { (text) } }, None => { (text) } } } } } }
        p.quiet { (words.with("record-id", &[("id", (&content.record.to_string()).into())])) }
        @if matches!(content.body, Body::Case(_)) {
            form.line method="post" action="/case/take-up" { (self::token(token))
                input type="hidden" name="part" value=(names::part_full(part));
                button type="submit" { (words.text("case-take-up")) } }
        }
        @if matches!(content.body, Body::Source(_)) { p { a.button href="/handed-on" { (words.text("trust-title-mine")) } } }
    })
}

/// The receipt of the request by which it is open.
fn receipt(words: Words, desk: &Desk, part: PartRef) -> Result<Markup, NodeError> {
    let mine =
        desk.my_openings()?.into_iter().find(|view| view.released > 0 && view.request.parts.contains(&part));
    Ok(html! {
        p { (words.text("opened-why")) " "
            @if let Some(view) = mine { a href=(format!("/receipt/{}", hex::encode(view.hash))) { (words.text("receipt-title")) } } }
    })
}

/// `POST /opened/close`: everything that is open is wiped, now.
pub(crate) async fn close(State(app): State<App>, reader: Reader, Checked(_): Checked<Nothing>) -> Response {
    with_form(&app, reader, |_, unlocked| {
        unlocked.desk.close_opened();
        Sent::At("/cases".to_owned())
    })
    .await
}
