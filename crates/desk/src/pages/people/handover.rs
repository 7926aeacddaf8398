//! The end of a tour: what passes to the successor, what stays, and what no default passes on.

use axum::extract::{Query, State};
use axum::response::Response;
use counterseal_node::{Desk, Duty, HandoverPlan, NodeError, Stays};
use counterseal_register::{PersonStatus, Subject};
use maud::{Markup, html};

use super::super::{Page, Reader, Sent, refused, with_desk, with_form};
use super::name;
use crate::door::{Checked, Fields};
use crate::server::App;
use crate::words::Words;

/// Duties that are named one by one; the rest are counted.
const NAMED: usize = 50;

pub(crate) async fn show(State(app): State<App>, reader: Reader, Query(asked): Query<Fields>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &mut unlocked.desk;
        let plan = match asked.given("to") {
            None => None,
            Some(to) => {
                let who = desk.find_person(to)?;
                Some((who, desk.plan_handover(who, &mut |_, _| {})?))
            }
        };
        let chosen = plan.as_ref().map(|(who, _)| *who);
        let main = html! {
            h1 { (words.text("handover-title")) }
            p { (words.text("handover-what")) }
            form.switch method="get" action="/handover" {
                label { span { (words.text("handover-to")) } select name="to" { (successors(desk, chosen)) } }
                button type="submit" { (words.text("handover-look")) }
            }
            @if let Some((who, plan)) = &plan { (planned(words, &token, desk, &who.to_string(), plan)) }
            p { a href="/handed-on" { (words.text("trust-settle")) } }
            p { a href="/people" { (words.text("back")) } }
        };
        Ok(Page::new(words.text("handover-title"), main))
    })
    .await
}

fn successors(desk: &Desk, chosen: Option<counterseal_model::PersonId>) -> Markup {
    let people = desk.people().into_iter();
    let others =
        people.filter(|person| person.id != desk.person() && person.status == Some(PersonStatus::Active));
    html! { @for person in others { option value=(person.id) selected[chosen == Some(person.id)] { (name(&person)) } } }
}

fn planned(words: Words, token: &str, desk: &Desk, to: &str, plan: &HandoverPlan) -> Markup {
    let unsent = plan.unsent_entries + plan.unsent_statements;
    let open = plan.trust.iter().filter(|one| one.settled.is_none()).count() as u64;
    html! {
        h2 { (words.with("handover-passes", &[("count", (plan.passes.len() as u64).into())])) }
        ul { @for duty in plan.passes.iter().take(NAMED) { li { (what(words, desk, duty)) } } }
        @if !plan.stays.is_empty() {
            h2 { (words.text("handover-stays")) }
            ul { @for (duty, why) in plan.stays.iter().take(NAMED) { li { (what(words, desk, duty)) " · " (words.text(reason(*why))) } } }
        }
        @if open > 0 { p.warning { (words.with("handover-trust", &[("count", open.into())])) " " a href="/handed-on" { (words.text("trust-settle")) } } }
        @if unsent > 0 { p.warning { (words.with("travel-unsent", &[("count", unsent.into())])) } }
        form method="post" action="/handover" {
            input type="hidden" name="token" value=(token);
            input type="hidden" name="to" value=(to);
            button type="submit" { (words.text("handover-do")) }
        }
    }
}

fn what(words: Words, desk: &Desk, duty: &Duty) -> Markup {
    let room = |id: &counterseal_model::CompartmentId| {
        desk.name_of(Subject::Compartment(*id)).map_or_else(|| id.short(), |name| name.to_string())
    };
    html! {
        @match duty {
            Duty::Manager(id) => (words.with("role-manager-of", &[("name", (&room(id)).into())])),
            Duty::Registrar => (words.text("role-registrar")),
            Duty::Member(id) => (words.with("handover-member", &[("name", (&room(id)).into())])),
            Duty::Verify(id, _) => a href=(format!("/record/{id}")) { (words.with("handover-verify", &[("id", (&id.short()).into())])) },
        }
    }
}

const fn reason(why: Stays) -> &'static str {
    match why {
        Stays::Governors => "stays-governors",
        Stays::NotIn => "stays-not-in",
        Stays::Conflict => "stays-conflict",
        Stays::CannotWrite => "stays-cannot-write",
    }
}

/// `POST /handover`.
pub(crate) async fn act(State(app): State<App>, reader: Reader, Checked(form): Checked<Fields>) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let done = hand_over(&mut unlocked.desk, form.typed("to"));
        unlocked.changed();
        match done {
            Ok(to) => Sent::At(format!("/handover?to={to}")),
            Err(error) => Sent::Not(refused(words, &error)),
        }
    })
    .await
}

fn hand_over(desk: &mut Desk, to: &str) -> Result<String, NodeError> {
    let who = desk.find_person(to)?;
    desk.hand_over(who, &mut |_, _| {})?;
    Ok(who.to_string())
}
