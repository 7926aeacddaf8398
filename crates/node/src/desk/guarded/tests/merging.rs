//! Guarded compartments and identities: what is guarded stands in no chart.

use counterseal_model::record::{Entity, EntityKind};

use super::*;
use crate::{MergeTerms, SameRefusal};

#[test]
fn nothing_is_said_to_be_one_in_a_guarded_compartment() {
    let mut world = world(260, 2, 3, HoldRule::None);
    world.give_keys(1);
    let open = world.desk.find_compartment("incidents").unwrap();
    let mut person = |name: &str| {
        let body = Body::Entity(Box::new(Entity::named(EntityKind::Person, name)));
        world.desk.record_new(open, body, Classification::Unclassified).unwrap()
    };
    let (one, other) = (person("Kamel"), person("Camel"));
    let before = world.desk.guarded_entries(9).unwrap().len();
    let terms = MergeTerms { compartment: Some(world.compartment), ..MergeTerms::new(one, other) };
    let refused = world.desk.merge_entities(terms);
    assert!(matches!(refused, Err(NodeError::Same(SameRefusal::Guarded { .. }))));
    assert_eq!(world.desk.guarded_entries(9).unwrap().len(), before, "nothing was sealed");
    assert_eq!(world.desk.identity(one).unwrap().said.len(), 0);
}
