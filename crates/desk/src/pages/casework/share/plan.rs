//! A part for another compartment, that tells less. First only shown: what they would read, and how many they are.

use axum::extract::{Query, State};
use axum::response::Response;
use counterseal_model::PlacePrecision;
use counterseal_node::{Desk, NamedPart, NodeError, SharePlan, ShareRefusal, ShareTerms};
use counterseal_policy::{DateLevel, Generalise, PlaceLevel};
use maud::{Markup, html};

use crate::door::Checked;
use crate::pages::casework::at_hand::from_text;
use crate::pages::casework::part::verdict;
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::{Why, not_done};
use crate::pages::casework::{names, token};
use crate::pages::codes::purpose_text;
use crate::pages::record::compartment_name;
use crate::pages::says::{Line, lines};
use crate::pages::{Page, Reader, Sent, with_desk, with_form};
use crate::server::App;
use crate::words::Words;

/// How coarse a place can be made.
const LEVELS: [PlacePrecision; 3] = [PlacePrecision::Admin2, PlacePrecision::Admin1, PlacePrecision::Country];

/// What is sent on from the form that shows to the one that shares.
pub(super) const FIELDS: [&str; 7] = ["part", "to", "purpose", "case", "place", "date", "small"];

/// The terms that a form names; none before a receiver and a purpose are.
pub(super) fn terms(words: Words, desk: &Desk, fields: &Fields) -> Result<Option<ShareTerms>, Why> {
    let part = part_of(desk, typed::text(fields, "part"))?;
    let (to, purpose) = (typed::text(fields, "to"), typed::text(fields, "purpose"));
    if to.is_empty() || purpose.is_empty() {
        return Ok(None);
    }
    let small = typed::text(fields, "small");
    let number = || typed::bad(words, "share-small", &words.text("report-number-bad"));
    let mut approvals = Vec::new();
    if !typed::text(fields, "approval").is_empty() {
        let bytes = from_text(typed::text(fields, "approval"));
        approvals.push(bytes.ok_or_else(|| Why::Said(words.text("paper-no-text")))?);
    }
    Ok(Some(ShareTerms {
        part,
        to: desk.find_compartment(to)?,
        purpose: typed::code(words, "uses-purpose", purpose)?,
        case: typed::ticked(fields, "case"),
        generalise: Generalise {
            place: PlaceLevel::from_word(typed::text(fields, "place")),
            date: DateLevel::from_word(typed::text(fields, "date")),
            pseudonyms: typed::ticked(fields, "pseudonyms"),
        },
        small: if small.is_empty() { None } else { Some(small.parse().map_err(|_| number())?) },
        approvals,
    }))
}

/// A part, or the one open part of a record.
fn part_of(desk: &Desk, text: &str) -> Result<NamedPart, Why> {
    match (typed::part(desk, text), desk.find_record(text)) {
        (Err(_), Ok(record)) => {
            let mut parts = desk.record_parts(record)?;
            parts.pop().ok_or_else(|| NodeError::NoParts.into())
        }
        (part, _) => part,
    }
}

/// `GET /share?part=...`: nothing is written by it.
pub(crate) async fn show(State(app): State<App>, reader: Reader, Query(fields): Query<Fields>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| Ok(page(words, &token, &mut unlocked.desk, &fields))).await
}

fn page(words: Words, token: &str, desk: &mut Desk, fields: &Fields) -> Page {
    let planned = plan(words, desk, fields);
    let title = words.text("share-title");
    let main = html! {
        h1 { (title) }
        p { (words.text("share-why")) }
        (form(words, desk, fields))
        @match planned {
            Ok(None) => {},
            Ok(Some((terms, plan))) => { (shown(words, token, desk, fields, &terms, &plan)) },
            Err(why) => p.warning role="alert" { (why.say(words)) },
        }
    };
    Page::new(title, main).with(&["casework.css", "casework.js"])
}

fn plan(words: Words, desk: &mut Desk, fields: &Fields) -> Result<Option<(ShareTerms, SharePlan)>, Why> {
    let Some(terms) = terms(words, desk, fields)? else { return Ok(None) };
    let plan = desk.plan_share(&terms)?;
    Ok(Some((terms, plan)))
}

/// Whom, what for, and how much of it.
fn form(words: Words, desk: &Desk, fields: &Fields) -> Markup {
    let rooms = desk.compartments().into_iter().filter(|view| view.mine && !view.everyone);
    let policy = desk.policy_in_force().ok().flatten();
    let chosen = |name: &str, value: &str| typed::text(fields, name) == value;
    html! {
        form.ask autocomplete="off" method="get" action="/share" {
            label { span { (words.text("handed-part")) } input type="text" name="part" required value=(typed::text(fields, "part")) autocomplete="off"; }
            label { span { (words.text("handed-to")) } select name="to" required {
                option value="" { (words.text("open-choose")) }
                @for view in rooms { @let id = view.id.to_string();
                    option value=(id) selected[chosen("to", &id)] { (compartment_name(desk, view.id)) } } } }
            label { span { (words.text("uses-purpose")) } select name="purpose" required {
                option value="" { (words.text("open-choose")) }
                @for (code, known) in policy.iter().flat_map(|policy| policy.table().purposes()) {
                    option value=(code) selected[chosen("purpose", code.as_str())] { (purpose_text(words, code, &known.words)) } } } }
            label { span { (words.text("share-place")) } select name="place" {
                option value="" { (words.text("share-whole")) }
                @for level in LEVELS { option value=(level.word()) selected[chosen("place", level.word())] { (words.nearness(level)) } } } }
            label { span { (words.text("share-date")) } select name="date" {
                option value="" { (words.text("share-whole")) }
                @for (level, label) in [("month", "share-month"), ("year", "share-year")] { option value=(level) selected[chosen("date", level)] { (words.text(label)) } } } }
            label { span { (words.text("share-small")) } input type="text" name="small" inputmode="numeric" value=(typed::text(fields, "small")); }
            label.tick { input type="checkbox" name="pseudonyms" value="on" checked[typed::ticked(fields, "pseudonyms")]; " " (words.text("share-pseudonyms")) }
            label.tick { input type="checkbox" name="case" value="on" checked[typed::ticked(fields, "case")]; " " (words.text("share-case")) }
            button type="submit" { (words.text("share-look")) }
        }
    }
}

fn shown(
    words: Words,
    token: &str,
    desk: &Desk,
    fields: &Fields,
    terms: &ShareTerms,
    plan: &SharePlan,
) -> Markup {
    let to = compartment_name(desk, terms.to);
    let said = lines(words, desk, &plan.part.body).unwrap_or_default();
    let codes =
        |all: &[counterseal_model::Code]| all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    html! {
        h2 { (words.text("share-would")) }
        p.said { (words.with("share-readers", &[("count", (plan.readers as u64).into()), ("to", (&to).into())]))
            @if plan.later_ones_too { " " (words.text("share-later")) } }
        @if plan.loses_a_seal { p.warning role="alert" { (words.text("share-loses-seal")) } }
        dl.says { @for Line { key, text, .. } in said { div { dt { (words.text(key)) } dd dir="auto" { (text) } } } }
        @if !plan.generalised.is_empty() { p { (words.text("share-less")) " " (codes(&plan.generalised)) } }
        @if !plan.left_out.is_empty() { p { (words.text("share-left-out")) " " (codes(&plan.left_out)) } }
        @if plan.before > 0 { p { (words.with("share-before", &[("count", (plan.before as u64).into())])) } }
        h2 { (words.text("open-foreseen")) }
        @if let Some(said) = plan.decision.verdict(0) { p { (verdict(words, desk, said, Some(terms.part.compartment))) } }
        (doing(words, token, fields, plan))
    }
}

/// Doing it, or having it approved first.
fn doing(words: Words, token: &str, fields: &Fields, plan: &SharePlan) -> Markup {
    let carried = html! {
        (self::token(token))
        @for name in FIELDS.iter().filter(|name| fields.contains_key(**name)) { input type="hidden" name=(name) value=(typed::text(fields, name)); }
        @if typed::ticked(fields, "pseudonyms") { input type="hidden" name="pseudonyms" value="on"; }
    };
    html! {
        @if plan.decision.is_permitted() {
            form.line autocomplete="off" method="post" action="/share" data-once { (carried)
                button.grave type="submit" data-busy=(words.text("share-do")) { (words.text("share-do")) } }
            p { (words.text("share-no-recall")) }
        } @else {
            details open { summary { (words.text("share-approval")) }
                form.line autocomplete="off" method="post" action="/share/ask" { (carried) button type="submit" { (words.text("share-ask")) } }
                form.write autocomplete="off" method="post" action="/share" { (carried)
                    label { span { (words.text("share-approval-text")) } textarea.short name="approval" required dir="ltr" spellcheck="false" {} }
                    button.grave type="submit" { (words.text("share-do")) } }
            }
        }
    }
}

/// `POST /share`: the derived part is sealed, and that it was is put down, in one commit.
pub(crate) async fn share(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let done = act(words, &mut unlocked.desk, &fields);
        unlocked.changed();
        match done {
            Ok(path) => Sent::At(path),
            Err(Why::Node(NodeError::Share(ShareRefusal::NotPermitted { reasons, ask }))) => {
                let asks = ask.iter().map(|office| names::office(words, &unlocked.desk, *office, None));
                let asks = asks.map(|office| words.with("uses-ask", &[("office", (&office).into())]));
                let missing = reasons.iter().flat_map(|reason| &reason.unmet).map(|unmet| words.unmet(unmet));
                let said: Vec<_> = missing.chain(asks).collect();
                Sent::Not(not_done(words, "/cases", &Why::Said(said.join("; "))))
            }
            Err(why) => Sent::Not(not_done(words, "/cases", &why)),
        }
    })
    .await
}

fn act(words: Words, desk: &mut Desk, fields: &Fields) -> Result<String, Why> {
    let terms = terms(words, desk, fields)?.ok_or_else(|| Why::Said(words.text("typed-needed")))?;
    desk.share(&terms)?;
    Ok("/handed".to_owned())
}
