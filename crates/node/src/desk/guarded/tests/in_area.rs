//! Which parts that are sealed twice an area chooses: by what is open of their records.

use counterseal_model::Place;
use counterseal_model::record::{Entity, EntityKind, Incident};

use super::*;
use crate::Area;

fn area(text: &str) -> Area {
    text.parse().unwrap()
}

fn incident(pcode: Option<&str>) -> Body {
    let place = pcode.map(|pcode| Place { pcode: Some(pcode.to_owned()), ..Place::default() });
    Body::Incident(Box::new(Incident { title: Some("Ambush".into()), place, ..Incident::default() }))
}

#[test]
fn an_area_chooses_what_is_sealed_twice_of_records_that_have_a_place_there() {
    let mut world = world(820, 2, 3, HoldRule::None);
    world.give_keys(1);
    let (open, guarded) = (world.desk.find_compartment("incidents").unwrap(), world.compartment);
    let class = Classification::Confidential;
    let sealed = |desk: &mut Desk, open_part: Body, sealed_part: Body| {
        let record = desk.record_new(open, open_part, class).unwrap();
        desk.edit(record, guarded, sealed_part, class).unwrap();
        desk.sealed_twice(record).unwrap()[0]
    };
    let desk = &mut world.desk;
    let bria = sealed(desk, incident(Some("CF6201")), incident(None));
    let bangui = sealed(desk, incident(Some("CF7101")), incident(None));
    // What is sealed says a place in Bria; what is open says none, and decides.
    let nowhere = sealed(desk, incident(None), incident(Some("CF6201")));
    let mut camp = Entity::named(EntityKind::Place, "The camp");
    camp.place = Some(Place { pcode: Some("CF6202".into()), ..Place::default() });
    let camp_body = Body::Entity(Box::new(camp.clone()));
    let camp = sealed(desk, camp_body.clone(), camp_body);
    let mut both = vec![bria.part, camp.part];
    both.sort();
    assert_eq!(desk.parts_in(&area("CF62")).unwrap(), both, "an incident and an entity");
    assert_eq!(desk.parts_in(&area("CF71")).unwrap(), [bangui.part]);
    assert!(!desk.parts_in(&area("CF")).unwrap().contains(&nowhere.part));
    assert!(desk.parts_in(&area("CF1")).unwrap().is_empty());
    desk.withdraw_parts(&[bria], &Code::parse("in-error").unwrap()).unwrap();
    assert_eq!(desk.parts_in(&area("CF62")).unwrap(), [camp.part], "what is withdrawn is left out");
}
