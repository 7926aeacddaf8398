//! Everything a desk answers, as one digest: to compare two desks, or one desk before and after.

use std::collections::BTreeSet;

use counterseal_model::record::Body;
use counterseal_model::{RecordId, Timestamp, cbor::to_bytes};
use counterseal_node::{By, Desk, Filter, NodeError, Sort};
use counterseal_register::sha256;
use counterseal_synth::Plan;

use crate::outcome::Outcome;

/// Seconds of the windows in which incidents are fetched, so that memory stays bounded.
const WINDOW: i64 = 30 * 86_400;

/// A digest over the ids and bodies of all incidents and the entities in them, in order of their
/// ids, and over the statistics; and how many incidents there are.
pub(crate) fn digest(desk: &Desk) -> Outcome<([u8; 32], u64)> {
    let mut bodies: Vec<(RecordId, [u8; 32])> = Vec::new();
    let mut entities = BTreeSet::new();
    let plan = Plan::default();
    let end = plan.start.0 + i64::from(plan.years + 2) * 366 * 86_400;
    let mut from = plan.start.0 - 366 * 86_400;
    while from < end {
        let window =
            Filter { from: Some(Timestamp(from)), to: Some(Timestamp(from + WINDOW)), ..Filter::default() };
        for view in desk.find(&window, Sort::Oldest, usize::MAX >> 1)? {
            let Body::Incident(incident) = &view.part.body else { continue };
            entities.extend(incident.actors.iter().filter_map(|actor| actor.entity));
            // What goes on for longer is found in several windows; it belongs to that of its start.
            if incident.occurred.as_ref().is_some_and(|occurred| occurred.from.0 >= from) {
                bodies.push((view.id(), sha256(&[&to_bytes(&view.part.body)])));
            }
        }
        from += WINDOW;
    }
    let incidents = bodies.len() as u64;
    let counted = desk.count(&Filter::default())?;
    if counted != incidents {
        return Err(format!("{incidents} incidents were read, {counted} counted").into());
    }
    for id in entities {
        // An entity may be named before its record arrives.
        match desk.record(id) {
            Ok(view) => bodies.push((id, sha256(&[&to_bytes(&view.part.body)]))),
            Err(NodeError::NoRecord(_)) => bodies.push((id, [0; 32])),
            Err(error) => return Err(error.into()),
        }
    }
    bodies.sort_unstable();
    let mut text: Vec<u8> =
        bodies.iter().flat_map(|(id, body)| id.as_bytes().iter().chain(body)).copied().collect();
    for by in By::ALL {
        text.extend_from_slice(format!("{:?}", desk.stats(&Filter::default(), &[by])?).as_bytes());
    }
    Ok((sha256(&[&text]), incidents))
}
