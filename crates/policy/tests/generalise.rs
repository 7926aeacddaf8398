//! What is told less tells less: nothing that was to be taken out stands anywhere in the copy's bytes.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use counterseal_model::cbor::to_bytes;
use counterseal_model::record::{
    Act, Body, Damage, Displacement, Entity, EntityKind, ExternalRef, Incident, Involved, NameVariant, Note,
    Response,
};
use counterseal_model::{Occurred, Place, PlacePrecision, Point, RecordId, Term, TimePrecision, Timestamp};
use counterseal_policy::*;

const RECORD: RecordId = RecordId::from_bytes([7; 16]);

fn pseudonym(of: Named<'_>) -> String {
    match of {
        Named::Record(record) => format!("P-{}", record.short()),
        Named::Name(name) => format!("P-{}", name.len()),
    }
}

fn all() -> Generalise {
    Generalise { place: Some(PlaceLevel::Admin2), date: Some(DateLevel::Month), pseudonyms: true }
}

/// An incident that says who and where in every field that can.
fn incident() -> Incident {
    let secret = || Some("Zanzibarite of Quincunx".to_owned());
    let named = || Involved { entity: Some(RECORD), name: secret(), ..Involved::default() };
    let unknown = || Involved { name: Some("ZANZIBARITE  of quincunx".into()), ..Involved::default() };
    Incident {
        reference: secret(),
        external: vec![ExternalRef { system: Term::from_text("sage").unwrap(), id: "zanzibarite".into() }],
        title: secret(),
        tags: vec![Term::from_text("zanzibarite").unwrap()],
        occurred: Some(Occurred::span(
            Timestamp(1_394_373_900),
            Timestamp(1_394_373_900),
            TimePrecision::Minute,
        )),
        reported: Some(Timestamp(1_394_373_900)),
        place: Some(Place {
            name: secret(),
            point: Point::from_degrees(4.3612, 18.5549),
            precision: Some(PlacePrecision::Exact),
            country: Some("Central African Republic".into()),
            admin1: Some("Ouham".into()),
            admin2: Some("Bouca".into()),
            pcode: secret(),
            description: secret(),
            given: secret(),
            record: Some(RECORD),
            ..Place::default()
        }),
        narrative: secret(),
        actors: vec![named(), unknown()],
        acts: vec![Act { by: vec![named()], to: vec![unknown()], ..Act::default() }],
        damage: vec![Damage { count: Some(2), text: secret(), ..Damage::default() }],
        displacement: vec![Displacement {
            people: Some(40),
            destination: secret(),
            ..Displacement::default()
        }],
        response: vec![Response { actor: secret(), ..Response::default() }],
        sources: vec!["Zanzibarite".into()],
        attributes: [("zanzibarite".to_owned(), "quincunx".to_owned())].into(),
        ..Incident::default()
    }
}

fn told(how: Generalise, incident: Incident) -> (Incident, Vec<&'static str>) {
    let (body, left_out) = how.apply(&Body::Incident(Box::new(incident)), &pseudonym).unwrap();
    let Body::Incident(incident) = body else { panic!() };
    (*incident, left_out)
}

#[test]
fn no_name_no_place_and_no_day_stands_anywhere_in_the_copy() {
    let (copy, left_out) = told(all(), incident());
    let bytes = String::from_utf8_lossy(&to_bytes(&copy)).to_lowercase();
    assert!(!bytes.contains("zanzibarite") && !bytes.contains("quincunx"), "{bytes}");
    assert!(!bytes.contains("narrative"));
    assert!(
        !to_bytes(&copy).windows(16).any(|window| window == RECORD.as_bytes()),
        "no id leads to the name"
    );
    let place = copy.place.unwrap();
    assert_eq!((place.point, place.precision), (None, Some(PlacePrecision::Admin2)));
    assert_eq!((place.admin2.as_deref(), place.admin1.as_deref()), (Some("Bouca"), Some("Ouham")));
    let when = copy.occurred.unwrap();
    assert_eq!(
        (when.from.rfc3339(), when.until().rfc3339()),
        ("2014-03-01T00:00:00Z".into(), "2014-03-31T23:59:59Z".into())
    );
    assert_eq!(when.precision, TimePrecision::Month);
    for field in
        ["narrative", "title", "external", "response", "damage", "displacement", "attributes", "reported"]
    {
        assert!(left_out.contains(&field), "{field} is left out, and said to be");
    }
    assert_eq!((copy.damage[0].count, copy.displacement[0].people), (Some(2), Some(40)), "counts stay");
}

#[test]
fn one_name_has_one_pseudonym_however_it_is_written() {
    let (copy, _) = told(all(), incident());
    assert_eq!(copy.actors[0].name, copy.acts[0].by[0].name);
    assert_eq!(copy.actors[1].name, copy.acts[0].to[0].name);
    let mut other = incident();
    other.actors[1].name = Some(" zanzibarite of  Quincunx ".into());
    assert_eq!(told(all(), other).0.actors[1].name, copy.actors[1].name);
}

#[test]
fn each_step_takes_no_less_than_it_says() {
    let year = Generalise { date: Some(DateLevel::Year), ..Generalise::default() };
    let when = told(year, incident()).0.occurred.unwrap();
    assert_eq!((when.from.date_text(), when.until().date_text()), ("2014-01-01".into(), "2014-12-31".into()));
    let country = Generalise { place: Some(PlaceLevel::Country), ..Generalise::default() };
    let copy = told(country, incident()).0;
    let place = copy.place.unwrap();
    assert_eq!((place.admin1, place.admin2, place.pcode), (None, None, None));
    assert_eq!(place.precision, Some(PlacePrecision::Country));
    assert!(copy.narrative.is_none(), "free text could name the village");
    // December ends with the year, and a rough place does not become exact.
    let mut december = incident();
    december.occurred =
        Some(Occurred::span(Timestamp(1_419_120_000), Timestamp(1_419_120_000), TimePrecision::Year));
    december.place = Some(Place { precision: Some(PlacePrecision::Country), ..Place::default() });
    let copy = told(all(), december).0;
    let when = copy.occurred.unwrap();
    assert_eq!((when.until().date_text(), when.precision), ("2014-12-31".into(), TimePrecision::Year));
    assert_eq!(copy.place.unwrap().precision, Some(PlacePrecision::Country));
}

#[test]
fn an_entity_keeps_its_kind_and_a_note_is_not_generalised() {
    let mut entity = Entity::named(EntityKind::Person, "Zanzibarite");
    entity.variants = vec![NameVariant { name: "Zanzi".into(), ..NameVariant::default() }];
    entity.identifier = Some("zanzi-1".into());
    entity.description = Some("zanzibarite".into());
    let (body, left_out) = all().apply(&Body::Entity(Box::new(entity)), &pseudonym).unwrap();
    let Body::Entity(copy) = body else { panic!() };
    assert_eq!(copy.kind, EntityKind::Person);
    assert!(!String::from_utf8_lossy(&to_bytes(&*copy)).to_lowercase().contains("zanzi"));
    assert_eq!(left_out, ["variants", "description", "identifier"]);
    let note = Body::Note(Box::new(Note { text: "zanzibarite".into(), ..Note::default() }));
    assert!(all().apply(&note, &pseudonym).unwrap_err().to_string().contains("note"));
    assert_eq!(Generalise::default().apply(&note, &pseudonym).unwrap().0, note, "nothing was asked");
}
