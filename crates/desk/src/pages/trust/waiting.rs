//! What waits: statements that nobody has yet, loosenings that have no effect yet, assignments that end.

use counterseal_node::{Desk, NodeError};
use counterseal_register::{Role, Subject, Waiting};
use maud::{Markup, html};

use super::name;
use crate::words::Words;

/// For how many days ahead ends are shown.
const DAYS: u16 = 60;

pub(super) fn all(words: Words, desk: &Desk) -> Result<Markup, NodeError> {
    let (entries, statements) = desk.count_unsent()?;
    let changes = desk.register().waiting_changes(desk.moment());
    let endings = desk.endings(DAYS);
    let role = |role: &Option<Role>| match role {
        None => words.text("end-assignment"),
        Some(Role::Registrar) => words.text("role-registrar"),
        Some(Role::Manager(id)) => {
            let name = name(desk, Subject::Compartment(*id), id.short());
            words.with("role-manager-of", &[("name", (&name).into())])
        }
        Some(Role::RecoveryOfficer) => words.text("role-recovery"),
    };
    Ok(html! {
        h2 { (words.text("trust-waiting")) }
        @if entries + statements > 0 {
            p { (words.with("trust-unsent", &[("entries", entries.into()), ("statements", statements.into())])) }
        } @else { p { (words.text("trust-all-sent")) } }
        @if !changes.is_empty() {
            ul { @for change in &changes { li { (what(words, change.what)) " · " bdi { (words.date(change.effective)) } } } }
        }
        h2 { (words.text("trust-endings")) }
        @if endings.is_empty() { p { (words.with("trust-no-endings", &[("count", u64::from(DAYS).into())])) } }
        @else { ul { @for ending in &endings {
            li { bdi { (ending.name.clone().unwrap_or_else(|| ending.person.short())) } " · " (role(&ending.role)) " · "
                bdi { (words.date(ending.at)) } }
        } } }
    })
}

fn what(words: Words, what: Waiting) -> String {
    words.text(match what {
        Waiting::Governors => "waits-governors",
        Waiting::Recovery => "waits-recovery",
        Waiting::HubPins => "waits-hub",
        Waiting::Witnesses => "waits-witnesses",
        Waiting::WaitingDays(_) => "waits-days",
        Waiting::Trustees => "waits-trustees",
        Waiting::Policy => "waits-policy",
        Waiting::OpeningRule(..) => "waits-rule",
    })
}
