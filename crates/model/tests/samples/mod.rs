//! The parts that the vectors of the same name encode.

mod casework;

use std::collections::BTreeMap;

use counterseal_model::cbor::Extra;
use counterseal_model::record::{
    Act, Body, Casualties, Damage, Digest, Displacement, Entity, EntityKind, ExportMark, ExternalRef,
    Incident, IncidentForm, Involved, Link, NameVariant, Note, Part, Response, Script, Source,
};
use counterseal_model::{
    Classification, Credibility, Grading, Occurred, PersonId, Place, PlacePrecision, Point, RecordId,
    Reliability, Term, TimePrecision, Timestamp, Tlp, Verification, VerificationStatus, VersionId,
};

const MADE: Timestamp = Timestamp(1_394_456_400);

/// Every sample, by the name of its vector.
pub(crate) fn all() -> Vec<(&'static str, Part)> {
    let mut full = part(Body::Incident(Box::new(incident())), Classification::StrictlyConfidential);
    full.parents = vec![VersionId::from_bytes([0x21; 32]), VersionId::from_bytes([0x22; 32])];
    full.tlp = Some(Tlp::AmberStrict);
    full.synthetic = true;
    let person = part(Body::Entity(Box::new(person())), Classification::Confidential);
    let taxonomy = r#"{"id":"harm","version":2,"title":{"en":"Harm","fr":"Préjudices"},"terms":[]}"#;
    let guarded = |(name, body)| (name, part(body, Classification::StrictlyConfidential));
    let mut all: Vec<_> = casework::all().into_iter().map(guarded).collect();
    all.extend([
        ("incident-full", full),
        ("incident-empty", part(Body::Incident(Box::default()), Classification::Unclassified)),
        ("entity-person", person),
        ("link-full", part(Body::Link(Box::new(link())), Classification::Unclassified)),
        ("source-full", part(Body::Source(Box::new(source())), Classification::StrictlyConfidential)),
        ("note-full", part(Body::Note(Box::new(note())), Classification::Unclassified)),
        ("export-full", part(Body::Export(Box::new(export())), Classification::Unclassified)),
        ("taxonomy", part(Body::Taxonomy(taxonomy.into()), Classification::Unclassified)),
    ]);
    all
}

fn part(body: Body, classification: Classification) -> Part {
    Part::first(record(0x11), body, MADE, classification)
}

fn record(byte: u8) -> RecordId {
    RecordId::from_bytes([byte; 16])
}

fn term(text: &str) -> Term {
    Term::from_text(text).unwrap()
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn pairs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn external(system: &str, id: &str) -> ExternalRef {
    ExternalRef { system: term(system), id: id.to_owned() }
}

fn grading() -> Grading {
    Grading {
        reliability: Some(Reliability::B),
        credibility: Some(Credibility::PossiblyTrue),
        by: Some(PersonId::from_bytes([0x31; 16])),
        basis: text("heard from two traders"),
        extra: Extra::default(),
    }
}

fn place() -> Place {
    Place {
        name: text("Bambari"),
        point: Point::from_e7(57_619_000, 206_735_000),
        precision: Some(PlacePrecision::Near),
        country: text("Central African Republic"),
        iso3: text("CAF"),
        admin1: text("Ouaka"),
        admin2: text("Bambari"),
        pcode: text("CF6201"),
        pcode_version: text("2023-05"),
        description: text("market place"),
        record: Some(record(0x41)),
        given: text("34N FL 8 3"),
        extra: Extra::default(),
    }
}

fn side_a() -> Involved {
    Involved {
        role: Some(term("side-a")),
        entity: Some(record(0x51)),
        name: text("Armed group"),
        extra: Extra::default(),
    }
}

fn victim() -> Involved {
    Involved { role: Some(term("victim")), name: text("Traders"), ..Involved::default() }
}

fn casualties(group: Option<&str>, harm: Option<&str>, [best, low, high]: [u64; 3]) -> Casualties {
    let (group, harm) = (group.map(term), harm.map(term));
    Casualties { group, harm, best: Some(best), low: Some(low), high: Some(high), extra: Extra::default() }
}

fn incident() -> Incident {
    let act = Act {
        act: Some(term("killing")),
        method: Some(term("shooting")),
        by: vec![side_a()],
        to: vec![victim()],
        extra: Extra::default(),
    };
    let damage =
        Damage { object: Some(term("shop")), count: Some(3), text: text("burnt"), extra: Extra::default() };
    let displacement = Displacement {
        households: Some(40),
        people: Some(210),
        destination: text("Bria road"),
        extra: Extra::default(),
    };
    let response = Response {
        actor: text("Sector East"),
        at: Some(Timestamp(1_394_460_000)),
        action: Some(term("patrol")),
        outcome: text("area secured"),
        extra: Extra::default(),
    };
    let verification = Verification {
        status: VerificationStatus::Verified,
        by: Some(PersonId::from_bytes([0x32; 16])),
        at: Some(Timestamp(1_394_539_200)),
        extra: Extra::default(),
    };
    Incident {
        reference: text("BAM-2014-017"),
        external: vec![external("ucdp-ged", "30367"), external("sage", "S-1")],
        title: text("Attack on the market"),
        form: Some(IncidentForm::Event),
        kind: Some(term("attack-on-civilians")),
        subtype: Some(term("killing-of-civilians")),
        tags: vec![term("market"), term("night")],
        occurred: Some(Occurred::span(
            Timestamp(1_394_323_200),
            Timestamp(1_394_409_600),
            TimePrecision::Days,
        )),
        reported: Some(Timestamp(1_394_452_800)),
        entered: Some(MADE),
        place: Some(place()),
        narrative: text("Armed men fired on the market. Marché attaqué."),
        actors: vec![side_a(), victim()],
        acts: vec![act],
        casualties: vec![
            casualties(None, None, [7, 5, 12]),
            casualties(Some("civilians"), Some("injured"), [20, 0, 300]),
        ],
        damage: vec![damage],
        displacement: vec![displacement],
        weapons: vec![term("assault-rifle"), term("machete")],
        un_affected: true,
        response: vec![response],
        sources: vec!["Radio Ndeke Luka".to_owned()],
        verification: Some(verification),
        duplicate_of: Some(record(0x61)),
        grading: Some(grading()),
        attributes: pairs(&[("dyad", "1-2"), ("country_id", "482")]),
        extra: Extra::default(),
    }
}

fn person() -> Entity {
    let variant = |name: &str, script| NameVariant { name: name.to_owned(), script, extra: Extra::default() };
    Entity {
        variants: vec![
            variant("القائد", Script::Arabic),
            variant("Le Chef", Script::Latin),
            variant("头目", Script::Other),
        ],
        external: vec![external("un-list", "CFi.001")],
        tags: vec![term("listed")],
        description: text("tall"),
        place: Some(place()),
        identifier: text("A-123"),
        grading: Some(grading()),
        attributes: pairs(&[("a", "1"), ("", "2"), ("bb", "3"), ("aa", "4")]),
        ..Entity::named(EntityKind::Person, "The person")
    }
}

fn link() -> Link {
    Link {
        kind: term("member-of"),
        from: record(0x71),
        to: record(0x72),
        when: Some(Occurred::span(Timestamp(-1), Timestamp(-1), TimePrecision::Year)),
        grading: Some(grading()),
        note: text("since the split"),
        extra: Extra::default(),
    }
}

fn source() -> Source {
    Source {
        pseudonym: "HERON".to_owned(),
        handler: Some(PersonId::from_bytes([0x33; 16])),
        handler_office: text("Field office Bria"),
        access: text("market traders"),
        reliability: vec![Reliability::F, Reliability::C, Reliability::B],
        contact_rules: text("never by telephone"),
        risk: text("reprisals against family"),
        extra: Extra::default(),
    }
}

fn note() -> Note {
    Note {
        about: Some(record(0x11)),
        text: "Ask again in a week.".to_owned(),
        tags: vec![term("follow-up")],
        extra: Extra::default(),
    }
}

fn export() -> ExportMark {
    ExportMark {
        query: "type:ambush".to_owned(),
        format: "csv".to_owned(),
        count: u64::MAX,
        digest: Digest([0xab; 32]),
        mark: "CS-7F3A".to_owned(),
        extra: Extra::default(),
    }
}
