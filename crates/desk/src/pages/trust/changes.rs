//! What was said in the mission since the person of this desk last looked.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use counterseal_model::PersonId;
use counterseal_node::{Desk, NodeError, Said};
use counterseal_register::{Act, BeginEpoch, Chain, EpochReason, Frozen, Subject};
use maud::{Markup, html};

use super::super::{Reader, Sent, refused, with_form};
use super::name;
use crate::door::{Checked, Fields};
use crate::server::App;
use crate::words::{self, Words};

/// Changes that are shown; there may be more.
const SHOWN: usize = 60;

pub(super) fn since(words: Words, token: &str, desk: &Desk) -> Result<Markup, NodeError> {
    let (said, count) = desk.said_since_last_look(SHOWN)?;
    Ok(html! {
        h2 { (words.text("changes-title")) }
        @if let Some(newest) = said.first() {
            p { (words.with("changes-count", &[("count", count.into())])) }
            ul.changes { @for one in &said { li {
                @if let Some(since) = one.since { bdi.when { (words.date(since)) } " " }
                (what(words, desk, &one.act))
                @if !one.by.is_empty() { " · " (words.with("changes-by", &[("name", (&people(desk, one)).into())])) }
            } } }
            form autocomplete="off" method="post" action="/trust/seen" {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="place" value=(newest.place);
                button type="submit" { (words.text("changes-seen")) }
            }
        } @else { p { (words.text("changes-none")) } }
    })
}

fn people(desk: &Desk, said: &Said) -> String {
    said.by.iter().map(|person| person_name(desk, *person)).collect::<Vec<_>>().join(", ")
}

fn person_name(desk: &Desk, person: PersonId) -> String {
    name(desk, Subject::Person(person), person.short())
}

fn frozen(desk: &Desk, subject: Frozen) -> String {
    match subject {
        Frozen::Person(person) => person_name(desk, person),
        Frozen::Site(site) => name(desk, Subject::Site(site), site.short()),
    }
}

/// A statement in a sentence, with whom or what it is about.
fn what(words: Words, desk: &Desk, act: &Act) -> String {
    if let Act::BeginEpoch(act) = act {
        return roster(words, desk, act);
    }
    let about = match act.chain() {
        Chain::Person(person) => person_name(desk, person),
        Chain::Compartment(id) => name(desk, Subject::Compartment(id), id.short()),
        Chain::Mission => match act {
            Act::AppointRegistrar(act) => person_name(desk, act.person),
            Act::DismissRegistrar(act) => person_name(desk, act.person),
            Act::Freeze(act) => frozen(desk, act.subject),
            Act::Unfreeze(act) => frozen(desk, act.subject),
            _ => String::new(),
        },
    };
    let who = match act {
        Act::AppointManager(act) => person_name(desk, act.person),
        Act::DismissManager(act) => person_name(desk, act.person),
        _ => String::new(),
    };
    let values = [("about", words::Said::Text(&about)), ("name", words::Said::Text(&who))];
    words.with(sentence(act), &values)
}

const fn sentence(act: &Act) -> &'static str {
    match act {
        Act::Found(_) => "said-founded",
        Act::EnrolPerson(_) => "said-person",
        Act::EnrolDevice(_) | Act::CrossSign(_) => "said-device",
        Act::ConfirmDevice(_) => "said-device-confirmed",
        Act::RevokeDevice(_) => "said-device-revoked",
        Act::SuspendDevice(_) => "said-device-suspended",
        Act::RevokePerson(_) => "said-person-revoked",
        Act::ExtendAppointment(_) => "said-extended",
        Act::Freeze(_) => "said-frozen",
        Act::Unfreeze(_) => "said-unfrozen",
        Act::Travel(_) => "said-travel",
        Act::BringBack(_) => "said-back",
        Act::AppointRegistrar(_) => "said-registrar",
        Act::DismissRegistrar(_) => "said-registrar-dismissed",
        Act::AppointManager(_) => "said-manager",
        Act::DismissManager(_) => "said-manager-dismissed",
        Act::CreateCompartment(_) => "said-compartment",
        Act::AmendCharter(_) => "said-charter",
        Act::ChangeGovernors(_) => "said-governors",
        Act::SetHub(_) | Act::SucceedHub(_) => "said-hub",
        Act::SetWitnesses(_) => "said-witnesses",
        Act::SetTrustees(_) => "said-trustees",
        Act::SetPolicy(_) | Act::SetOpeningRule(_) => "said-policy",
        Act::AppointOfficer(_) | Act::DismissOfficer(_) | Act::SetRecovery(_) => "said-officers",
        Act::AssignSite(_) | Act::AssignSection(_) => "said-assigned",
        Act::Withdraw(_) | Act::LiftWithdrawal(_) | Act::HoldParts(_) | Act::LiftHold(_) | Act::Erase(_) => {
            "said-parts"
        }
        _ => "said-other",
    }
}

/// Who can read a compartment from then on: how many devices came and went.
fn roster(words: Words, desk: &Desk, act: &BeginEpoch) -> String {
    let about = name(desk, Subject::Compartment(act.compartment), act.compartment.short());
    let before = act.joins.iter().filter_map(|epoch| desk.register().epoch(*epoch));
    let before: BTreeSet<_> = before.flat_map(|epoch| epoch.roster().iter().copied()).collect();
    let now: BTreeSet<_> = act.roster.iter().copied().collect();
    let (come, go) = (now.difference(&before).count() as u64, before.difference(&now).count() as u64);
    let values = [("about", words::Said::Text(&about)), ("come", come.into()), ("go", go.into())];
    match act.reason {
        EpochReason::Create => words.with("said-roster-first", &values),
        _ => words.with("said-roster", &values),
    }
}

/// `POST /trust/seen`: what was shown is no news any more; what came since the page was drawn still is.
pub(crate) async fn seen(State(app): State<App>, reader: Reader, Checked(form): Checked<Fields>) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let place = form.typed("place").parse::<u64>().unwrap_or(0);
        match unlocked.desk.look_to(place) {
            Ok(()) => Sent::At("/trust".to_owned()),
            Err(error) => Sent::Not(refused(words, &error)),
        }
    })
    .await
}
