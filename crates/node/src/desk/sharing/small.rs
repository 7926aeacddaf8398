//! Counts of people that would identify someone, taken out of what leaves a guarded compartment.

use counterseal_model::record::{Body, Casualties, Incident};
use counterseal_policy::{Counts, suppress};

/// Counts of 1 to one less than this are left out of what leaves a guarded compartment, and others with them.
pub const SMALL: u64 = 5;

/// Leaves small counts of people out; gives how many groups lost theirs.
pub(super) fn leave_out_small(body: &mut Body, below: u64) -> usize {
    match body {
        Body::Incident(incident) => in_incident(incident, below),
        _ => 0,
    }
}

fn in_incident(incident: &mut Incident, below: u64) -> usize {
    let people =
        |one: &Casualties| [one.best, one.low, one.high].into_iter().flatten().filter(|n| *n > 0).min();
    let counts: Vec<u64> = incident.casualties.iter().map(|one| people(one).unwrap_or(0)).collect();
    let mut gone = 0;
    for (one, stays) in incident.casualties.iter_mut().zip(stays(counts, below)) {
        if !stays {
            (one.best, one.low, one.high) = (None, None, None);
            gone += 1;
        }
    }
    let counts = |of: fn(&counterseal_model::record::Displacement) -> Option<u64>| -> Vec<u64> {
        incident.displacement.iter().map(|one| of(one).unwrap_or(0)).collect()
    };
    let people = stays(counts(|one| one.people), below);
    let households = stays(counts(|one| one.households), below);
    for (one, (people, households)) in
        incident.displacement.iter_mut().zip(people.into_iter().zip(households))
    {
        // One tells the other: a household has about so many people.
        if !(people && households) {
            (one.people, one.households) = (None, None);
            gone += 1;
        }
    }
    gone
}

/// For each count of a list whether it may be shown.
fn stays(counts: Vec<u64>, below: u64) -> Vec<bool> {
    let published = Counts::new(std::slice::from_ref(&counts)).map(|counts| suppress(&counts, below));
    match published {
        Ok(published) => published.cells.into_iter().flatten().map(|cell| cell.is_some()).collect(),
        // What cannot be judged is not shown.
        Err(_) => vec![false; counts.len()],
    }
}

#[cfg(test)]
mod tests {
    use counterseal_model::record::Displacement;

    use super::*;

    #[test]
    fn three_children_are_not_counted_and_cannot_be_computed_from_the_rest() {
        let dead = |best| Casualties { best: Some(best), high: Some(best + 1), ..Casualties::default() };
        let moved = Displacement { households: Some(2), people: Some(11), ..Displacement::default() };
        let incident = Incident {
            casualties: vec![dead(3), dead(40), dead(900)],
            displacement: vec![moved],
            ..Incident::default()
        };
        let mut body = Body::Incident(Box::new(incident.clone()));
        assert!(leave_out_small(&mut body, SMALL) >= 2);
        let Body::Incident(told) = body else { panic!() };
        assert_eq!((told.casualties[0].best, told.casualties[0].high), (None, None));
        let shown = told.casualties.iter().filter(|one| one.best.is_some()).count();
        assert!(shown < 2, "with the total known elsewhere, two shown would give the third");
        assert_eq!((told.displacement[0].households, told.displacement[0].people), (None, None));
        let mut large = Body::Incident(Box::new(Incident {
            casualties: vec![dead(40), dead(900)],
            displacement: Vec::new(),
            ..incident
        }));
        assert_eq!(leave_out_small(&mut large, SMALL), 0);
    }
}
