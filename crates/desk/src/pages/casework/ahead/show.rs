//! One page to prepare for a blackout: what is kept, and what could be opened ahead.

use axum::extract::{Query, State};
use axum::response::Response;
use counterseal_node::{AheadView, Desk, NodeError, QuotaView, part_text};
use counterseal_register::PartRef;
use maud::{Markup, html};

use super::chosen::{Chosen, chosen};
use crate::pages::casework::approvers;
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::Why;
use crate::pages::casework::{cases, names, token};
use crate::pages::codes::purpose_text;
use crate::pages::record::compartment_name;
use crate::pages::{Page, Reader, with_desk};
use crate::server::App;
use crate::words::Words;

/// What the choice sends on to the request.
const FIELDS: [&str; 5] = ["by", "what", "until", "purpose", "reason"];

/// `GET /ahead?by=case&what=bria-017&until=2026-12-24&...`: lists; nothing is asked by it.
pub(crate) async fn show(State(app): State<App>, reader: Reader, Query(asked): Query<Fields>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &unlocked.desk;
        let found = chosen(words, desk, &asked);
        let title = words.text("ahead-title");
        let main = html! {
            h1 { (title) }
            p { (words.text("ahead-why")) }
            @if let Some(said) = said(words, &asked) { p.said role="status" { (said) } }
            h2 { (words.text("ahead-choose")) }
            (form(words, desk, &asked)?)
            (quotas(words, desk, &desk.quotas()?))
            @match &found {
                Ok(None) => {},
                Ok(Some(found)) => { (list(words, desk, &token, &asked, found)?) },
                Err(why) => p.warning role="alert" { (Why::say(why, words)) },
            }
            (kept(words, desk, &token)?)
        };
        Ok(Page::new(title, main).with(&["casework.css", "casework.js"]))
    })
    .await
}

fn said(words: Words, asked: &Fields) -> Option<String> {
    let count = |name: &str| typed::text(asked, name).parse::<u64>().ok();
    let gone = count("gone").map(|count| words.with("ahead-gone", &[("count", count.into())]));
    gone.or_else(|| count("told").map(|count| words.with("ahead-told", &[("count", count.into())])))
}

fn form(words: Words, desk: &Desk, asked: &Fields) -> Result<Markup, NodeError> {
    let policy = desk.policy_in_force()?;
    let by = |value: &str| typed::text(asked, "by") == value;
    let guarded = desk.compartments().into_iter().filter(|view| view.mine && view.charter.rule.is_guarded());
    let known: Vec<String> = desk.cases()?.iter().map(cases::name).collect();
    Ok(html! {
        form.ask autocomplete="off" method="get" action="/ahead" {
            label { span { (words.text("ahead-by")) } select name="by" required {
                option value="case" selected[by("case")] { (words.text("field-case-name")) }
                option value="area" selected[by("area")] { (words.text("ahead-area")) }
                option value="compartment" selected[by("compartment")] { (words.text("ahead-compartment")) } } }
            label { span { (words.text("ahead-what")) } input type="text" name="what" required list="ahead-known" value=(typed::text(asked, "what")) autocomplete="off"; }
            datalist #ahead-known {
                @for name in known { option value=(name) {} }
                @for view in guarded { option value=(compartment_name(desk, view.id)) {} }
            }
            label { span { (words.text("ahead-until")) } input type="date" name="until" required value=(typed::text(asked, "until")); }
            label { span { (words.text("uses-purpose")) } select name="purpose" required {
                option value="" { (words.text("open-choose")) }
                @for (code, known) in policy.iter().flat_map(|policy| policy.table().purposes()) {
                    option value=(code) selected[typed::text(asked, "purpose") == code.as_str()] { (purpose_text(words, code, &known.words)) } } } }
            label { span { (words.text("form-reason")) } input type="text" name="reason" required value=(typed::text(asked, "reason")) placeholder="road-trip" pattern="[a-z0-9-]{1,32}" autocomplete="off"; }
            button type="submit" { (words.text("ahead-look")) }
        }
        p.quiet { (words.text("ahead-area-why")) }
    })
}

/// How many parts may be opened today.
pub(in crate::pages) fn quotas(words: Words, desk: &Desk, all: &[QuotaView]) -> Markup {
    html! {
        @for view in all { @if let Some(charter) = view.charter {
            p.quiet { bdi { (compartment_name(desk, view.compartment)) } (words.colon())
                (words.with("ahead-quota", &[("opened", view.opened.into()), ("charter", charter.into()), ("here", view.here.unwrap_or(charter).into())])) }
        } }
    }
}

/// What would be opened, before anything is asked.
fn list(words: Words, desk: &Desk, token: &str, asked: &Fields, found: &Chosen) -> Result<Markup, NodeError> {
    let count = found.parts.len() as u64;
    let two = found.parts.iter().any(|part| is_two_person(desk, *part));
    Ok(html! {
        h2 { (words.text("ahead-would")) }
        @if count == 0 { p.warning { (words.text("ahead-nothing")) } }
        @else {
            p.warning { (words.with("ahead-count", &[("count", count.into())])) }
            @if !found.cases.is_empty() { p { (words.text("cases-title")) (words.colon())
                @for case in &found.cases { a href=(format!("/case/{}", case.record)) { (cases::name(case)) } " " } } }
            details open[count <= 30] { summary { (words.text("openings-parts")) }
                ul.columns { @for part in &found.parts { li { a href=(names::part_path(*part)) { code { (part_text(*part)) } } } } } }
            form.line autocomplete="off" method="post" action="/ahead/open" data-once { (self::token(token))
                @for name in FIELDS { input type="hidden" name=(name) value=(typed::text(asked, name)); }
                (approvers::first(words, desk, two))
                details { summary { (words.text("open-more-approvers")) } (approvers::others(words, desk)) }
                button.grave type="submit" data-busy=(words.text("open-asking")) { (words.with("ahead-open", &[("count", count.into())])) } }
        }
        @if found.kept > 0 { p { (words.with("ahead-left-out", &[("count", (found.kept as u64).into())])) } }
    })
}

fn is_two_person(desk: &Desk, part: PartRef) -> bool {
    let known = desk.guarded_parts(&names::part_full(part));
    known.is_ok_and(|all| all.iter().any(|one| one.rule == counterseal_register::Rule::TwoPerson))
}

/// What is kept, with how often it was read.
fn kept(words: Words, desk: &Desk, token: &str) -> Result<Markup, NodeError> {
    let (all, unsaid) = (desk.opened_ahead()?, desk.unsaid_readings()?);
    Ok(html! {
        h2 { (words.text("ahead-kept-title")) }
        @if all.is_empty() { p { (words.text("ahead-none")) } }
        @else {
            div.wide { table {
                thead { tr { @for column in ["handed-part", "ahead-compartment", "ahead-until", "ahead-readings", "ahead-do"] { th scope="col" { (words.text(column)) } } } }
                tbody { @for view in &all { (row(words, desk, token, view)) } }
            } }
            form.line autocomplete="off" method="post" action="/ahead/surrender" { (self::token(token))
                input type="hidden" name="all" value="on";
                button.grave type="submit" { (words.text("ahead-surrender-all")) } }
        }
        @if unsaid > 0 {
            form.line autocomplete="off" method="post" action="/ahead/tell" { (self::token(token))
                p { (words.with("ahead-unsaid", &[("count", unsaid.into())])) }
                button type="submit" { (words.text("ahead-tell")) } }
        }
    })
}

fn row(words: Words, desk: &Desk, token: &str, view: &AheadView) -> Markup {
    let part = names::part_full(view.part);
    let known = desk.guarded_parts(&part).ok().and_then(|all| all.first().copied());
    let text = part_text(view.part);
    html! {
        tr {
            td { a href=(names::part_path(view.part)) { code { (text) } } }
            td { @if let Some(known) = known { bdi { (compartment_name(desk, known.compartment)) } } }
            td.number { (words.date(view.until)) }
            td.number { (words.number(view.readings)) }
            td { div.actions {
                @for (action, label, look) in [("read", "ahead-read-short", "plain"), ("surrender", "ahead-surrender", "quiet")] {
                    form autocomplete="off" method="post" action=(format!("/ahead/{action}")) { (self::token(token))
                        input type="hidden" name="part" value=(part);
                        button class=(look) type="submit" aria-label=(format!("{} {text}", words.text(label))) { (words.text(label)) } }
                }
            } }
        }
    }
}
