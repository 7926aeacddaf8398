//! A contingent goes and another comes, from one file: looked at, then carried out.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::header::LOCATION;
use axum::response::Response;
use counterseal_node::{
    Desk, NodeError, ROTATION_COLUMNS, RotationFault, RotationPlan, RotationRow, RotationStep, StepState,
};
use counterseal_register::Subject;
use maud::{Markup, html};
use zeroize::Zeroizing;

use super::super::outside::file;
use super::super::{Page, Reader, Sent, refused, with_desk, with_form};
use crate::door::{Checked, Fields, Uploaded};
use crate::server::App;
use crate::words::Words;
use crate::worker::{Rotated, Unlocked};

/// Where it is.
const HERE: &str = "/people/rotation";
/// Steps and faults that are listed one by one; the rest are counted.
const LISTED: usize = 500;

/// `GET /people/rotation`
pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let came = unlocked.kept.rotated.as_ref().map(|came| outcome(words, came));
        Ok(page(words, &html! { (came.unwrap_or_default()) (ask(words, &token)) }))
    })
    .await
}

/// `POST /people/rotation/look`: what a file would do, or all that is wrong with it.
pub(crate) async fn look(State(app): State<App>, reader: Reader, mut form: Uploaded) -> Response {
    let token = app.session.form_token().to_owned();
    let bytes = form.file("rotation");
    with_form(&app, reader, move |words, unlocked| {
        unlocked.kept.rotation.1 = None;
        unlocked.kept.rotated = None;
        let again = |said: Markup| Sent::Not(page(words, &html! { (said) (ask(words, &token)) }));
        let Some(bytes) = bytes else {
            return again(html! { p.warning role="alert" { (words.text("rotation-missing")) } });
        };
        match planned(words, &unlocked.desk, &bytes) {
            Ok((_, plan)) => {
                let nth = keep(unlocked, bytes);
                Sent::Shown(page(words, &would(words, &token, &unlocked.desk, nth, &plan)))
            }
            Err(Refused::Faults(faults)) => again(wrong(words, &faults)),
            Err(Refused::Said(why)) => again(html! { p.warning role="alert" { (why) } }),
            Err(Refused::Node(error)) => Sent::Not(refused(words, &error)),
        }
    })
    .await
}

/// Keeps the file that was shown, and gives its number.
fn keep(unlocked: &mut Unlocked, bytes: Zeroizing<Vec<u8>>) -> u64 {
    let (shown, kept) = &mut unlocked.kept.rotation;
    (*shown, *kept) = (shown.saturating_add(1), Some(bytes));
    *shown
}

/// `POST /people/rotation`: carries out the file that was shown last, and no other.
pub(crate) async fn act(State(app): State<App>, reader: Reader, Checked(form): Checked<Fields>) -> Response {
    let token = app.session.form_token().to_owned();
    let words = reader.words;
    let nth: Option<u64> = form.typed("look").parse().ok();
    let answer = with_form(&app, reader, move |words, unlocked| {
        let (shown, kept) = &unlocked.kept.rotation;
        if kept.is_some() && nth == Some(*shown) {
            return Sent::At(HERE.to_owned());
        }
        let said = html! { p.warning role="alert" { (words.text("rotation-again")) } };
        Sent::Not(page(words, &html! { (said) (ask(words, &token)) }))
    })
    .await;
    if answer.headers().get(LOCATION).is_some_and(|to| to == HERE) {
        app.worker.begin_long("work-rotation", move |unlocked, tell| {
            // Whoever sent the form twice finds it carried out.
            let Some(bytes) = unlocked.kept.rotation.1.take() else { return };
            unlocked.kept.rotated = Some(carry_out(words, &mut unlocked.desk, &bytes, tell));
        });
    }
    answer
}

enum Refused {
    Faults(Vec<RotationFault>),
    Said(String),
    Node(NodeError),
}

/// The rows of a file and what they would do; everything that is wrong with it otherwise.
fn planned(words: Words, desk: &Desk, bytes: &[u8]) -> Result<(Vec<RotationRow>, RotationPlan), Refused> {
    let read = desk.read_rotation(bytes);
    let (rows, mut faults) = read.map_err(|error| Refused::Said(words.bad_rotation(&error)))?;
    let plan = desk.plan_rotation(&rows).map_err(Refused::Node)?;
    faults.extend(plan.problems.iter().copied().map(RotationFault::from));
    faults.sort_by(|one, other| (one.row, one.field).cmp(&(other.row, other.field)));
    if faults.is_empty() { Ok((rows, plan)) } else { Err(Refused::Faults(faults)) }
}

fn carry_out(words: Words, desk: &mut Desk, bytes: &[u8], tell: &mut dyn FnMut(u64, u64)) -> Rotated {
    let done = planned(words, desk, bytes).and_then(|(rows, plan)| {
        let problems = desk.compare_strings(&rows, &plan).map_err(Refused::Node)?;
        if !problems.is_empty() {
            return Err(Refused::Faults(problems.into_iter().map(RotationFault::from).collect()));
        }
        desk.rotate(&rows, tell).map_err(Refused::Node)
    });
    match done {
        Ok(report) => Rotated::Done(report),
        Err(Refused::Faults(faults)) => Rotated::Faults(faults),
        Err(Refused::Said(why)) => Rotated::Failed(why),
        Err(Refused::Node(error)) => Rotated::Failed(words.refusal(&error)),
    }
}

fn page(words: Words, content: &Markup) -> Page {
    let main = html! {
        h1 { (words.text("rotation-title")) }
        (content)
        p { a href="/people" { (words.text("back")) } }
    };
    Page::new(words.text("rotation-title"), main)
}

fn ask(words: Words, token: &str) -> Markup {
    let said = [
        "rotation-action",
        "rotation-person",
        "rotation-device",
        "rotation-invitation",
        "rotation-string",
        "rotation-compartments",
        "rotation-role",
        "rotation-from",
        "rotation-until",
    ];
    html! {
        p { (words.text("rotation-what")) }
        form.write method="post" action="/people/rotation/look" enctype="multipart/form-data" {
            input type="hidden" name="token" value=(token);
            (file(words, "rotation", "rotation-file", true))
            button type="submit" { (words.text("rotation-look")) }
        }
        h2 { (words.text("rotation-columns")) }
        dl.says { @for (column, said) in ROTATION_COLUMNS.iter().zip(said) {
            div { dt { code { (column) } } dd { (words.text(said)) } }
        } }
        p { (words.text("rotation-example")) }
        pre dir="ltr" { "action,person,invitation,string,compartments,role,until\n"
            "in,,5d41402a,123 456 789 012 345 678,incidents;convoys,member,2027-07-31\n"
            "out,Officer Quillfeather,,,,,\n" }
    }
}

fn wrong(words: Words, faults: &[RotationFault]) -> Markup {
    html! {
        p.warning role="alert" { (words.with("rotation-wrong", &[("count", (faults.len() as u64).into())])) }
        div.wide { table {
            thead { tr { @for key in ["rotation-row", "rotation-field", "rotation-why"] { th scope="col" { (words.text(key)) } } } }
            tbody { @for fault in faults.iter().take(LISTED) { tr {
                td.number { (words.number(fault.row)) } td { code { (fault.field) } } td dir="auto" { (words.fault(&fault.why)) }
            } } }
        } }
    }
}

fn outcome(words: Words, came: &Rotated) -> Markup {
    match came {
        Rotated::Done(report) => html! {
            p.said role="status" { (words.with("rotation-done", &[
                ("statements", report.statements.into()), ("epochs", report.epochs.into()), ("wraps", report.wraps.into()),
            ])) }
        },
        Rotated::Faults(faults) => wrong(words, faults),
        Rotated::Failed(why) => html! { p.warning role="alert" { (why) } },
    }
}

/// What it would do: counted, by compartment, and step by step.
fn would(words: Words, token: &str, desk: &Desk, nth: u64, plan: &RotationPlan) -> Markup {
    html! {
        h2 { (words.text("rotation-plan")) }
        (counted(words, plan))
        @if !plan.epochs.is_empty() { (epochs(words, desk, plan)) }
        @if plan.is_due() {
            form.write method="post" action=(HERE) {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="look" value=(nth);
                p { (words.text("rotation-do-why")) }
                div { button type="submit" { (words.text("rotation-do")) } " " a href=(HERE) { (words.text("rotation-other")) } }
            }
        } @else { p role="status" { (words.text("rotation-nothing")) } p { a href=(HERE) { (words.text("rotation-other")) } } }
        h2 { (words.text("rotation-steps")) }
        (steps(words, desk, plan))
    }
}

fn counted(words: Words, plan: &RotationPlan) -> Markup {
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for step in &plan.steps {
        *counts.entry((what(step), state(step.state))).or_default() += 1;
    }
    html! {
        table.totals {
            thead { tr { @for key in ["rotation-step", "rotation-state", "rotation-count"] { th scope="col" { (words.text(key)) } } } }
            tbody { @for ((what, state), count) in counts { tr {
                th scope="row" { (words.text(what)) } td { (words.text(state)) } td.number { (words.number(count)) }
            } } }
        }
    }
}

fn epochs(words: Words, desk: &Desk, plan: &RotationPlan) -> Markup {
    html! {
        h3 { (words.text("rotation-epochs")) }
        table.totals {
            thead { tr { @for key in ["rotation-room", "rotation-come", "rotation-go"] { th scope="col" { (words.text(key)) } } } }
            tbody { @for (id, (come, go)) in &plan.epochs {
                @let name = desk.name_of(Subject::Compartment(*id)).map_or_else(|| id.short(), |name| name.to_string());
                tr { th scope="row" { bdi { (name) } } td.number { (words.number(*come)) } td.number { (words.number(*go)) } }
            } }
        }
    }
}

fn steps(words: Words, desk: &Desk, plan: &RotationPlan) -> Markup {
    let (people, compartments) = (desk.people(), desk.compartments());
    let person = |step: &RotationStep| {
        let known = people.iter().find(|person| person.id == step.person);
        known.and_then(|person| person.name.clone()).unwrap_or_else(|| step.person.short())
    };
    let compartment = |step: &RotationStep| {
        let view = compartments.iter().find(|view| Some(view.id) == step.compartment)?;
        Some(view.name.clone().unwrap_or_else(|| view.id.short()))
    };
    html! {
        div.wide { table {
            thead { tr { @for key in ["rotation-row", "rotation-step", "people-name", "rotation-room", "rotation-state"] {
                th scope="col" { (words.text(key)) } } } }
            tbody { @for step in plan.steps.iter().take(LISTED) { tr {
                td.number { (words.number(step.row)) } td { (words.text(what(step))) } td { bdi { (person(step)) } }
                td { @if let Some(name) = compartment(step) { bdi { (name) } } } td { (words.text(state(step.state))) }
            } } }
        } }
        @if plan.steps.len() > LISTED { p { (words.with("rotation-cut", &[("count", (LISTED as u64).into())])) } }
    }
}

fn what(step: &RotationStep) -> &'static str {
    match step.what {
        "enrol" => "rotation-enrol",
        "revoke" => "rotation-revoke",
        "end" => "rotation-end",
        "admit" => "rotation-admit",
        "remove" => "rotation-remove",
        _ => "rotation-appoint",
    }
}

const fn state(state: StepState) -> &'static str {
    match state {
        StepState::Due => "rotation-now",
        StepState::Done => "rotation-already",
        StepState::NotYet => "rotation-not-yet",
        StepState::ForRegistrar => "rotation-for-registrar",
        StepState::ForManager => "rotation-for-manager",
        StepState::AfterEnrolment => "rotation-after",
    }
}
