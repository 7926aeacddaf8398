//! Whom to ask: the office, and who holds it as far as this desk knows.

use std::collections::BTreeSet;

use counterseal_model::CompartmentId;
use counterseal_node::{Desk, LinkError, NodeError, OpeningFailure};
use counterseal_policy::Office;
use counterseal_register::Subject;

use crate::context::Context;

/// Names those to ask. Where nobody holds an office, who appoints is named.
pub(crate) fn say_whom(
    ctx: &Context,
    desk: &Desk,
    offices: impl IntoIterator<Item = Office>,
    compartment: Option<CompartmentId>,
) {
    for office in offices.into_iter().collect::<BTreeSet<_>>() {
        let name = ctx.words.text(&format!("thing-{}", office.word()));
        let names: Vec<String> = desk
            .holders(office, compartment)
            .into_iter()
            .map(|person| {
                desk.name_of(Subject::Person(person)).map_or_else(|| person.short(), |name| name.to_string())
            })
            .collect();
        if !names.is_empty() {
            ctx.note("ask-office", &[("office", name.into()), ("names", names.join(", ").into())]);
        } else if !matches!(office, Office::Governors | Office::Approver) {
            ctx.note("ask-nobody", &[("office", name.into())]);
        }
    }
}

/// The offices to which trustees who refused an opening send the reader.
pub(crate) fn asked_of(error: &LinkError) -> Vec<Office> {
    let LinkError::Node(error) = error else { return Vec::new() };
    let NodeError::Opening(OpeningFailure::Refused { refused }) = &**error else { return Vec::new() };
    refused.iter().filter_map(|(_, refused)| Office::from_code(refused.ask?.code().into())).collect()
}
