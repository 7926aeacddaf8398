//! Who is to approve a request: one person, and more where the rule or the policy wants it.

use counterseal_model::PersonId;
use counterseal_node::Desk;
use counterseal_register::PersonStatus;
use maud::{Markup, html};

use super::names;
use super::typed::{self, Fields};
use super::why::Why;
use crate::words::Words;

/// The fields, and what they are called.
const FIELDS: [(&str, &str); 3] =
    [("approver", "open-approver"), ("approver-2", "open-approver-2"), ("approver-3", "open-approver-3")];

/// The first; needed by the two-person rule, and wherever the policy asks for it.
pub(super) fn first(words: Words, desk: &Desk, needed: bool) -> Markup {
    let label = if needed { "open-approver" } else { "open-approver-if" };
    choice(words, desk, "approver", label, needed)
}

/// The others.
pub(super) fn others(words: Words, desk: &Desk) -> Markup {
    html! { @for (field, label) in FIELDS.into_iter().skip(1) { (choice(words, desk, field, label, false)) } }
}

fn choice(words: Words, desk: &Desk, field: &str, label: &str, needed: bool) -> Markup {
    let people = desk.people().into_iter();
    let people =
        people.filter(|person| person.id != desk.person() && person.status == Some(PersonStatus::Active));
    html! {
        label { span { (words.text(label)) }
            select name=(field) required[needed] {
                option value="" { (words.text("open-nobody")) }
                @for person in people { option value=(person.id) { (names::person(desk, person.id)) } }
            } }
    }
}

/// Who was chosen, each once.
pub(super) fn chosen(words: Words, desk: &Desk, fields: &Fields) -> Result<Vec<PersonId>, Why> {
    let mut of = Vec::new();
    for (field, label) in FIELDS {
        let typed = typed::text(fields, field);
        if typed.is_empty() {
            continue;
        }
        let person = typed::person(desk, typed)?;
        if person == desk.person() {
            return Err(typed::bad(words, label, &words.text("open-approver-self")));
        }
        if !of.contains(&person) {
            of.push(person);
        }
    }
    Ok(of)
}
