//! A trip: compartments that this desk forgets before it, and coming back to them.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use counterseal_model::CompartmentId;
use counterseal_node::{Desk, NodeError, Openable, TravelPlan};
use counterseal_register::Subject;
use maud::{Markup, html};

use super::mine::done;
use super::passphrase::{self, STRENGTH};
use super::{Page, Reader, Sent, refused, sorry, with_desk, with_form};
use crate::door::{Checked, Fields};
use crate::server::App;
use crate::words::Words;

/// Before the id of a compartment that is to be left.
const LEAVE: &str = "leave-";

/// What is left, as the address says.
fn left(desk: &Desk, fields: &Fields) -> Result<Vec<CompartmentId>, NodeError> {
    fields.ticked(LEAVE).map(|id| desk.find_compartment(id)).collect()
}

pub(crate) async fn show(State(app): State<App>, reader: Reader, Query(asked): Query<Fields>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &unlocked.desk;
        let leave = left(desk, &asked)?;
        let plan = desk.plan_travel(&leave)?;
        let main = html! {
            h1 { (words.text("travel-title")) }
            p { (words.text("travel-why")) }
            (choice(words, desk, &plan))
            @if !leave.is_empty() { (preparation(words, &token, &plan)) }
            (coming_back(words, &token, desk))
        };
        Ok(Page::new(words.text("travel-title"), main).with(STRENGTH))
    })
    .await
}

/// Everything that this desk can open, each to be left or not.
fn choice(words: Words, desk: &Desk, plan: &TravelPlan) -> Markup {
    let leaves = plan.leaves.iter().map(|leaving| (&leaving.openable, true));
    let all = leaves.chain(plan.stays.iter().map(|openable| (openable, false)));
    html! {
        form autocomplete="off" method="get" action="/travel" {
            div.wide { table {
                caption { (words.text("travel-openable")) }
                thead { tr { @for column in ["travel-leave", "travel-compartment", "travel-open", "travel-guarded", "travel-held", "travel-secrets"] {
                    th scope="col" { (words.text(column)) } } } }
                tbody { @for (openable, leaves) in all { (row(words, desk, openable, leaves)) } }
            } }
            p { button type="submit" { (words.text("travel-look")) } }
        }
    }
}

fn row(words: Words, desk: &Desk, openable: &Openable, leaves: bool) -> Markup {
    let name = openable.name.clone().unwrap_or_else(|| openable.id.short());
    let everyone = openable.id == desk.register().mission_compartment();
    let number = |count| words.number(count);
    html! {
        tr {
            td { @if openable.away { (words.text("travel-away")) } @else if !everyone {
                input type="checkbox" name=(format!("{LEAVE}{}", openable.id)) value="1" checked[leaves]
                    aria-label=(words.with("travel-leave-this", &[("name", (&name).into())]));
            } }
            td { bdi { (name) } }
            td.number { (number(openable.open)) }
            td.number { (number(openable.guarded)) }
            td.number { (number(openable.held)) }
            td.number { (number(openable.secrets)) }
        }
    }
}

/// What the trip takes away, what it does not, and what stands in its way.
fn preparation(words: Words, token: &str, plan: &TravelPlan) -> Markup {
    let unsent = plan.unsent_entries + plan.unsent_statements;
    let open: u64 = plan.stays.iter().map(|openable| openable.open).sum();
    html! {
        h2 { (words.text("travel-prepare")) }
        p { (words.text("travel-what")) }
        p { (words.with("travel-remains", &[("parts", (&words.number(open)).into()), ("compartments", (plan.stays.len() as u64).into())])) }
        ul { @for leaving in &plan.leaves {
            li { bdi { (leaving.openable.name.clone().unwrap_or_else(|| leaving.openable.id.short())) }
                @if !leaving.returns { " " span.warning { (words.text("travel-nobody")) } } }
        } }
        @if plan.exports > 0 { p.warning { (words.with("travel-exports", &[("count", plan.exports.into())])) } }
        form.write method="post" action="/travel" autocomplete="off" {
            input type="hidden" name="token" value=(token);
            @for leaving in &plan.leaves { input type="hidden" name=(format!("{LEAVE}{}", leaving.openable.id)) value="1"; }
            @if unsent > 0 {
                p.warning role="alert" { (words.with("travel-unsent", &[("count", unsent.into())])) }
                label.tick { input type="checkbox" name="anyway" value="1"; " " (words.text("travel-anyway")) }
            }
            (passphrase::fields(words, "passphrase", "again", "travel-passphrase"))
            (passphrase::advice(words, true))
            button.danger type="submit" { (words.text("travel-do")) }
        }
    }
}

/// `POST /travel`: the desk is made anew without what is left, and locked.
pub(crate) async fn prepare(
    State(app): State<App>,
    reader: Reader,
    Checked(form): Checked<Fields>,
) -> Response {
    let (words, mut form) = (reader.words, form);
    let passphrase = match passphrase::read(words, &mut form, "passphrase", "again") {
        Ok(passphrase) => passphrase,
        Err(not) => return sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &not.why),
    };
    let anyway = form.is_ticked("anyway");
    let outcome = app.worker.ask(move |room| {
        let Some(unlocked) = room.unlocked() else { return Ok(()) };
        let leave = left(&unlocked.desk, &form)?;
        room.travel(&leave, anyway, &passphrase)
    });
    done(words, outcome.await, "/unlock")
}

/// Whom this desk's person can bring back, and where.
fn coming_back(words: Words, token: &str, desk: &Desk) -> Markup {
    let at = desk.moment();
    let mine = desk.compartments().into_iter().filter(|view| view.managers.contains(&desk.person()));
    let away = mine.flat_map(|view| desk.away(view.id).into_iter().map(move |device| (view.id, device)));
    let away =
        away.filter_map(|(compartment, device)| Some((compartment, desk.register().device(device, at)?)));
    let away: Vec<_> = away.filter(|(_, device)| device.person != desk.person()).collect();
    if away.is_empty() {
        return html! {};
    }
    let name = |subject, short: String| desk.name_of(subject).map_or(short, |name| name.to_string());
    html! {
        h2 { (words.text("travel-back")) }
        p { (words.text("travel-back-why")) }
        @for (compartment, device) in away {
            form.switch autocomplete="off" method="post" action="/travel/back" {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="compartment" value=(compartment);
                input type="hidden" name="device" value=(device.id);
                p { bdi { (name(Subject::Person(device.person), device.person.short())) } " · "
                    bdi { (name(Subject::Compartment(compartment), compartment.short())) } " · " code { (device.id.short()) } }
                button type="submit" { (words.text("travel-back-do")) }
            }
        }
    }
}

/// `POST /travel/back`.
pub(crate) async fn back(State(app): State<App>, reader: Reader, Checked(form): Checked<Fields>) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let desk = &mut unlocked.desk;
        let found = desk.find_compartment(form.typed("compartment")).and_then(|compartment| {
            let (_, device) = desk.find_device(form.typed("device"))?;
            desk.bring_back(compartment, device)
        });
        match found {
            Ok(()) => Sent::At("/travel".to_owned()),
            Err(error) => Sent::Not(refused(words, &error)),
        }
    })
    .await
}
