//! Records that are said to be one: who said so, the form that says it, and the one that takes it back.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::record::Body;
use counterseal_model::{Grading, RecordId};
use counterseal_node::{Desk, EntityAsk, Identity, MergeTerms, NodeError, SaidSame};
use counterseal_register::Subject;
use maud::{Markup, html};
use serde::Deserialize;

use super::show::{graded, page};
use crate::door::Checked;
use crate::pages::lines::title_of;
use crate::pages::record::{compartment_name, readers};
use crate::pages::{Page, Reader, Sent, refused, with_form};
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

/// Most records that one name is offered.
const OFFERED: usize = 20;

/// The section at the foot of the page.
pub(super) fn together(words: Words, desk: &Desk, token: &str, identity: &Identity) -> Markup {
    let Some(first) = identity.records.first() else { return html! {} };
    let of = first.id();
    html! {
        h2 id="same" { (words.text("same-title")) }
        @if identity.records.len() > 1 || identity.absent > 0 {
            ul.same {
                @for record in &identity.records {
                    li {
                        a href=(format!("/entity/{}", record.id())) { bdi { (title_of(&record.part.body)) } }
                        " " span.quiet { (record.id().short()) }
                        form autocomplete="off" method="post" action=(format!("/entity/{of}/split")) {
                            input type="hidden" name="token" value=(token);
                            input type="hidden" name="record" value=(record.id());
                            label { span { (words.text("same-why")) } input name="note" dir="auto"; }
                            button type="submit" aria-label=(format!("{}: {}", words.text("same-split"), title_of(&record.part.body))) { (words.text("same-split")) }
                        }
                    }
                }
            }
            @if identity.absent > 0 { p { (words.with("same-absent", &[("count", (identity.absent as u64).into())])) } }
        } @else { p { (words.text("same-none")) } }
        (form(words, desk, token, of, ""))
        @if !identity.said.is_empty() {
            h3 { (words.text("same-history")) }
            ol.history { @for said in &identity.said { li { (saying(words, desk, said)) } } }
        }
    }
}

fn saying(words: Words, desk: &Desk, said: &SaidSame) -> Markup {
    let person = desk.register().device(said.device, desk.moment()).map(|device| device.person);
    let name = person.and_then(|person| desk.name_of(Subject::Person(person)));
    let name = name.map_or_else(|| said.device.short(), |name| name.to_string());
    let called = |id: RecordId| desk.entity_name(id).ok().flatten().unwrap_or_else(|| id.short());
    let [one, other] = said.of.map(called);
    let key = if said.same { "same-said" } else { "same-taken-back" };
    html! {
        (words.time(said.made))
        " " (words.with(key, &[("person", (&name).into()), ("one", (&one).into()), ("other", (&other).into())]))
        " · " bdi { (compartment_name(desk, said.compartment)) }
        " · " (graded(words, said.grading.as_ref()))
        @if said.in_force { " " span.mark { (words.text("same-counts")) } }
        @if said.conflict { " " a.mark href=(format!("/record/{}", said.link)) { (words.text("conflict")) } }
        @if let Some(note) = &said.note { div.quiet { bdi { (note) } } }
    }
}

fn form(words: Words, desk: &Desk, token: &str, of: RecordId, other: &str) -> Markup {
    let rooms = desk
        .compartments()
        .into_iter()
        .filter(|view| view.mine && !view.everyone && !view.charter.rule.is_guarded());
    html! {
        form.write.same autocomplete="off" method="post" action=(format!("/entity/{of}/merge")) {
            input type="hidden" name="token" value=(token);
            h3 { (words.text("same-merge")) }
            p { (words.text("same-merge-why")) }
            div.pair {
                label { span { (words.text("same-other")) } input name="other" value=(other) required dir="auto"; }
                label { span { (words.text("same-grade")) } input name="grade" placeholder="B2"; }
            }
            label { span { (words.text("same-where")) }
                select name="compartment" {
                    option value="" { (words.text("same-both")) }
                    @for view in rooms {
                        option value=(view.id) { (compartment_name(desk, view.id)) " – " (words.with("record-readers", &[("count", readers(desk, &view).into())])) }
                    }
                } }
            label { span { (words.text("same-why")) } input name="note" dir="auto"; }
            button type="submit" { (words.text("same-merge")) }
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Merging {
    other: String,
    grade: String,
    compartment: String,
    note: String,
}

/// `POST /entity/ID/merge`.
pub(crate) async fn merge(
    State(app): State<App>,
    reader: Reader,
    Path(named): Path<String>,
    Checked(typed): Checked<Merging>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_form(&app, reader, move |words, unlocked| match merged(words, unlocked, &named, &typed) {
        Ok(of) => done(unlocked, of),
        Err(why) => again(words, unlocked, &token, &named, why),
    })
    .await
}

/// Why it was not done.
enum Why {
    Refused(NodeError),
    Said(String),
    /// Several have the name that was typed.
    Which(Vec<(RecordId, String)>),
}

impl From<NodeError> for Why {
    fn from(error: NodeError) -> Self {
        Self::Refused(error)
    }
}

fn merged(words: Words, unlocked: &mut Unlocked, named: &str, typed: &Merging) -> Result<RecordId, Why> {
    let one = unlocked.desk.find_record(named)?;
    let other = meant(words, unlocked, one, typed.other.trim())?;
    let text = |typed: &str| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
    let grading = text(&typed.grade).map(|grade| Grading::parse(&grade)).transpose();
    let grading = grading.map_err(|error| Why::Said(words.bad_grading(&error)))?;
    let compartment = text(&typed.compartment).map(|id| unlocked.desk.find_compartment(&id)).transpose()?;
    let terms = MergeTerms { compartment, grading, note: text(&typed.note), ..MergeTerms::new(one, other) };
    unlocked.desk.merge_entities(terms)?;
    Ok(one)
}

/// The record of an id, or the one entity of the same kind that has this name.
fn meant(words: Words, unlocked: &mut Unlocked, one: RecordId, typed: &str) -> Result<RecordId, Why> {
    if let Ok(id) = unlocked.desk.find_record(typed) {
        return Ok(id);
    }
    let columns = unlocked.columns()?;
    let kind = match unlocked.desk.record(one)?.part.body {
        Body::Entity(entity) => Some(entity.kind),
        _ => None,
    };
    let ask = EntityAsk { name: Some(typed.to_owned()), kind };
    let (lines, _) = unlocked.desk.entities(&ask, &columns, OFFERED)?;
    let mut found: Vec<_> = lines.into_iter().map(|line| (line.id, line.name)).collect();
    found.retain(|(id, _)| *id != one);
    match &found[..] {
        [] => Err(Why::Said(words.text("same-nobody"))),
        [(only, _)] => Ok(*only),
        _ => Err(Why::Which(found)),
    }
}

#[derive(Deserialize)]
pub(crate) struct Splitting {
    record: String,
    #[serde(default)]
    note: String,
}

/// `POST /entity/ID/split`: takes one record out.
pub(crate) async fn split(
    State(app): State<App>,
    reader: Reader,
    Path(named): Path<String>,
    Checked(typed): Checked<Splitting>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_form(&app, reader, move |words, unlocked| {
        let note = Some(typed.note.trim()).filter(|note| !note.is_empty());
        let desk = &mut unlocked.desk;
        let record = desk.find_record(&typed.record);
        match record.and_then(|record| desk.split_entity(record, None, note).map(|_links| record)) {
            Ok(record) => done(unlocked, record),
            Err(error) => again(words, unlocked, &token, &named, error.into()),
        }
    })
    .await
}

fn done(unlocked: &mut Unlocked, of: RecordId) -> Sent {
    unlocked.changed();
    Sent::At(format!("/entity/{of}#same"))
}

fn again(words: Words, unlocked: &mut Unlocked, token: &str, named: &str, why: Why) -> Sent {
    let said = match &why {
        Why::Refused(error) => html! { p.warning role="alert" { (words.refusal(error)) } },
        Why::Said(said) => html! { p.warning role="alert" { (said) } },
        Why::Which(several) => html! {
            div.warning role="alert" {
                p { (words.text("same-which")) }
                ul { @for (id, name) in several {
                    li { a href=(format!("/entity/{id}")) { bdi { (name) } } " " code { (id) } }
                } }
            }
        },
    };
    let drawn: Result<Page, NodeError> = page(words, unlocked, token, named, Some(said));
    Sent::Not(drawn.unwrap_or_else(|error| refused(words, &error)))
}
