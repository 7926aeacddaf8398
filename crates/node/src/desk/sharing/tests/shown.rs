//! What a question's file shows beside the incidents found is weighed as they are.

use counterseal_exchange::Format;
use counterseal_model::record::{Entity, EntityKind, Link};
use counterseal_model::{RecordId, Term};

use super::*;
use crate::ExportOptions;

/// The record that was written last.
fn newest(office: &mut Office) -> RecordId {
    let sql = "SELECT id FROM record WHERE kind > 0 ORDER BY no DESC LIMIT 1";
    let read = office.desk().store.read(|db| Ok::<_, NodeError>(db.query_row(sql, [], |row| row.get(0))?));
    RecordId::from_bytes(read.unwrap())
}

fn actor(office: &mut Office, compartment: CompartmentId, name: &str) -> (NamedPart, RecordId) {
    let entity = Entity::named(EntityKind::Person, name);
    let part = office.write(compartment, Body::Entity(Box::new(entity)));
    (part, newest(office))
}

fn question(office: &Office, format: Format, purpose: Option<&str>) -> ExportOptions {
    ExportOptions {
        filter: Default::default(),
        sort: crate::Sort::Newest,
        limit: None,
        format,
        query: String::new(),
        compartment: office.partners,
        purpose: purpose.map(code),
        case: false,
    }
}

/// An incident of nobody's label with these actors.
fn incident_of(office: &mut Office, actors: &[RecordId]) {
    let partners = office.partners;
    let involved = |id: &RecordId| Involved { entity: Some(*id), ..Involved::default() };
    let actors = actors.iter().map(involved).collect();
    office.write(partners, Body::Incident(Box::new(Incident { actors, ..incident() })));
}

fn bytes(office: &mut Office, options: &ExportOptions) -> Result<String, NodeError> {
    office.desk().export_bytes(options).map(|(bytes, _)| String::from_utf8(bytes).unwrap())
}

#[test]
fn a_chart_of_incidents_that_anybody_may_take_out_does_not_take_a_link_along_of_which_the_policy_speaks() {
    let mut office = office(790);
    let (partners, incidents) = (office.partners, office.incidents);
    let (from, to) = (actor(&mut office, partners, "Heron").1, actor(&mut office, partners, "Quill").1);
    incident_of(&mut office, &[from, to]);
    let bare = question(&office, Format::Graphml, None);
    assert!(bytes(&mut office, &bare).unwrap().contains("Quill"), "nothing in it has a label");
    let kind = Term::from_text("commands").unwrap();
    let (when, grading, note, extra) = (None, None, None, Default::default());
    let link = Link { kind, from, to, when, grading, note, extra };
    let link = office.write(incidents, Body::Link(Box::new(link)));
    // A file without a place for links leaves as before; a chart needs a purpose, and the policy's yes.
    let plain = question(&office, Format::Csv, None);
    assert!(!bytes(&mut office, &plain).unwrap().contains("commands"));
    assert_eq!(refusal(bytes(&mut office, &bare)), ShareRefusal::NoPurpose { count: 1 });
    // So does a chart of what stands around one of them: it shows the same link.
    let around = crate::ChartAsk { steps: 1, most: 20, ..crate::ChartAsk::default() };
    let around = office.desk().export_chart(from, &around, &bare);
    assert_eq!(refusal(around), ShareRefusal::NoPurpose { count: 1 });
    let path = office.world.dir.path().join("all.graphml");
    let refused = office.desk().export(&bare, &path, &mut |_| {});
    assert!(matches!(refusal(refused), ShareRefusal::NoPurpose { .. }) && !path.exists());
    let handover = question(&office, Format::Graphml, Some("handover"));
    assert!(matches!(refusal(bytes(&mut office, &handover)), ShareRefusal::NotPermitted { .. }));
    // What a second person is asked names the link, and nothing of which the policy does not speak.
    let asked = office.desk().ask_export_of(&handover).unwrap();
    let parsed =
        counterseal_register::SignedBody::<counterseal_register::DisclosureAsked>::parse(&asked.bytes);
    assert_eq!(parsed.unwrap().claims().parts, [link.part]);
    office.consent(link, false);
    let referral = question(&office, Format::Graphml, Some("protection-referral"));
    assert!(bytes(&mut office, &referral).unwrap().contains("commands"));
    let listed = office.desk().disclosures(Some(link)).unwrap();
    assert_eq!((listed.len(), listed[0].kind), (1, DisclosureKind::Exported));
}

#[test]
fn a_name_that_stands_in_a_labelled_record_leaves_in_no_file_without_a_purpose() {
    let mut office = office(792);
    let (partners, incidents) = (office.partners, office.incidents);
    let (part, named) = actor(&mut office, incidents, "Heron");
    // Two incidents name it: it is weighed once.
    incident_of(&mut office, &[named]);
    incident_of(&mut office, &[named]);
    for format in [Format::Csv, Format::Graphml] {
        let bare = question(&office, format, None);
        assert_eq!(refusal(bytes(&mut office, &bare)), ShareRefusal::NoPurpose { count: 1 }, "{format:?}");
    }
    let bare = question(&office, Format::Csv, None);
    let page = office.desk().export_page(&bare, "daily-report", |_, _, _| panic!("nothing is drawn"));
    assert!(matches!(refusal(page), ShareRefusal::NoPurpose { .. }));
    office.consent(part, false);
    let referral = question(&office, Format::Csv, Some("protection-referral"));
    assert!(bytes(&mut office, &referral).unwrap().contains("Heron"));
    // A chart that shows the incidents and not the actor writes the actor's name all the same.
    let (_, other) = actor(&mut office, partners, "Quill");
    incident_of(&mut office, &[named, other]);
    let ask = crate::ChartAsk {
        steps: 1,
        most: 20,
        kinds: vec!["incident".to_owned()],
        ..crate::ChartAsk::default()
    };
    let bare = question(&office, Format::Graphml, None);
    let chart = office.desk().export_chart(other, &ask, &bare);
    assert_eq!(refusal(chart), ShareRefusal::NoPurpose { count: 1 });
}
