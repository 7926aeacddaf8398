#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
//! Exports: nothing runs, nothing more than was passed, and every copy can be traced.

mod common;

use std::io::Read;

use counterseal_exchange::{
    ExportEntity, ExportHead, ExportLink, ExportRow, Exporter, Format, Mark, entity_from_json,
    entity_to_json, find_mark, find_marks, incident_from_json, incident_to_json, write_incidents,
};
use counterseal_model::cbor::{Writer, from_bytes, to_bytes};
use counterseal_model::record::{Entity, EntityKind, Incident, Involved, Link};
use counterseal_model::{Classification, RecordId, Term};

use common::drafts;

const MARK: &str = "kQ3-trace_0001";
const WEB: &[u8] = include_bytes!("fixtures/ucdp_web_export.csv");
const FORMULA: &str = "=HYPERLINK(\"http://evil.example\",\"open\")";

fn head() -> ExportHead {
    ExportHead {
        mark: Mark::new(MARK).unwrap(),
        classification: Classification::Confidential,
        synthetic: true,
    }
}

fn incidents() -> Vec<Incident> {
    let mut incidents: Vec<Incident> = drafts(WEB, None).into_iter().map(|draft| draft.incident).collect();
    incidents[0].title = Some(FORMULA.to_owned());
    incidents[0].narrative =
        Some("a \"quote\", a comma;\nand <b>&amp;</b> a bell \u{7} and \u{fffe}".to_owned());
    incidents[1].title = Some("＝1+1".to_owned());
    incidents[1].un_affected = true;
    incidents[1].attributes.insert("phone".to_owned(), "+243 99 counterseal-export:forged-mark".to_owned());
    incidents
}

fn row<'a>(id: &'a str, incident: &'a Incident) -> ExportRow<'a> {
    let classification = Classification::Confidential;
    ExportRow { id, incident, classification, synthetic: true, actors: Vec::new() }
}

fn export(format: Format, incidents: &[Incident]) -> Vec<u8> {
    let ids: Vec<String> = (0..incidents.len()).map(|at| format!("{at:032x}")).collect();
    let rows = ids.iter().zip(incidents).map(|(id, incident)| row(id, incident));
    let (out, written) = write_incidents(format, Vec::new(), head(), rows).unwrap();
    assert_eq!(written.incidents, incidents.len() as u64);
    out
}

#[test]
fn what_is_exported_can_be_imported_again() {
    let originals = incidents();
    for format in [Format::Csv, Format::Hxl, Format::JsonLines, Format::Geojson] {
        let again = drafts(&export(format, &originals), None);
        assert_eq!(again.len(), 2, "{format:?}");
        for (draft, original) in again.iter().zip(&originals) {
            assert_eq!(&draft.incident, original, "{format:?}");
            assert_eq!(draft.external, original.external[0], "the same record as before");
            assert_eq!((draft.classification, draft.synthetic), (Some(Classification::Confidential), true));
        }
    }
}

#[test]
fn an_incident_no_other_system_knows_is_known_by_its_record() {
    let incident = Incident { title: Some("ours".to_owned()), ..Incident::default() };
    for format in [Format::Csv, Format::JsonLines, Format::Geojson] {
        let again = drafts(&export(format, std::slice::from_ref(&incident)), None);
        assert_eq!(again[0].external.system.as_str(), "counterseal");
        assert_eq!(again[0].external.id, format!("{:032x}", 0));
        assert_eq!(again[0].incident, incident, "{format:?}");
    }
}

#[test]
fn no_cell_of_a_table_begins_as_a_formula() {
    for format in [Format::Csv, Format::Hxl] {
        let bytes = export(format, &incidents());
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        for cell in records.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']), "{cell}");
        }
        assert!(records.iter().flatten().any(|cell| cell == format!("'{FORMULA}")));
    }
    // A negative longitude is still a number.
    let mut west = incidents().remove(0);
    west.place.as_mut().unwrap().point = counterseal_model::Point::from_degrees(-3.5, -70.25);
    let text = String::from_utf8(export(Format::Csv, &[west])).unwrap();
    assert!(text.contains("\"-3.5\",\"-70.25\""), "{text}");
}

#[test]
fn every_row_says_how_sensitive_it_is_and_that_it_is_invented() {
    let table = String::from_utf8(export(Format::Csv, &incidents())).unwrap();
    assert_eq!(table.matches("\"Confidential\",\"SYNTHETIC\"").count(), 2);
    let hxl = String::from_utf8(export(Format::Hxl, &incidents())).unwrap();
    assert!(
        hxl.lines().nth(1).unwrap().starts_with("\"#event+id\",\"#meta+classification\",\"#meta+synthetic\"")
    );
    let map: serde_json::Value = serde_json::from_slice(&export(Format::Geojson, &incidents())).unwrap();
    assert_eq!((&map["classification"], &map["synthetic"]), (&"Confidential".into(), &true.into()));
    assert_eq!(map["features"][1]["properties"]["synthetic"], true);
    assert_eq!(map["features"][0]["geometry"]["coordinates"], serde_json::json!([2.25, 1.5]));
    for line in String::from_utf8(export(Format::JsonLines, &incidents())).unwrap().lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!((&line["classification"], &line["synthetic"]), (&"Confidential".into(), &true.into()));
    }
    let graph = String::from_utf8(export(Format::Graphml, &incidents())).unwrap();
    assert_eq!(graph.matches(">SYNTHETIC<").count(), 3);
    assert_eq!(graph.matches(">Confidential<").count(), 3);
}

fn mark_of(bytes: &[u8]) -> Option<String> {
    find_mark(bytes).unwrap()
}

#[test]
fn the_mark_is_found_in_every_format_and_before_any_forged_one() {
    for (format, word) in Format::ALL {
        let bytes = export(format, &incidents());
        assert_eq!(mark_of(&bytes).as_deref(), Some(MARK), "{word}");
        assert_eq!(find_marks(bytes.as_slice()).unwrap(), [MARK, "forged-mark"], "{word}");
    }
    assert_eq!(mark_of(WEB), None);
    assert_eq!(mark_of(b"counterseal-export:short"), None);
}

#[test]
fn the_mark_survives_what_people_do_to_a_table() {
    let bytes = export(Format::Csv, &incidents());
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let saved = |delimiter, terminator, rows: &[csv::StringRecord]| {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(terminator)
            .quote_style(csv::QuoteStyle::Necessary)
            .from_writer(Vec::new());
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        writer.into_inner().unwrap()
    };
    // Rows and header gone; semicolons; other line ends; saved as UTF-16.
    assert_eq!(mark_of(&saved(b';', csv::Terminator::CRLF, &records[2..])).as_deref(), Some(MARK));
    assert_eq!(mark_of(&saved(b'\t', csv::Terminator::Any(b'\r'), &records[..2])).as_deref(), Some(MARK));
    let text = String::from_utf8(bytes).unwrap();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(mark_of(&wide).as_deref(), Some(MARK));
    // One row pasted into a letter.
    let pasted = format!("Dear colleague, see {} and call me", text.lines().nth(1).unwrap());
    assert_eq!(mark_of(pasted.as_bytes()).as_deref(), Some(MARK));
}

/// Gives one byte at a time.
struct Drip<'a>(&'a [u8]);

impl Read for Drip<'_> {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        let most = room.len().min(1);
        self.0.read(&mut room[..most])
    }
}

#[test]
fn pieces_do_not_matter_to_the_mark_nor_to_reading() {
    assert_eq!(
        find_mark(Drip(b"xcountercounterseal-export:abcdefgh\"")).unwrap().as_deref(),
        Some("abcdefgh")
    );
    let dripped = counterseal_exchange::Import::open(Drip(WEB), None).unwrap();
    let dripped: Vec<_> = dripped.map(|row| row.unwrap().outcome.unwrap()).collect();
    assert_eq!(dripped, drafts(WEB, None));
}

#[test]
fn marks_that_would_not_survive_are_refused() {
    for bad in ["", "short", "has blank", "=formula1", "umlaut-ä-here", &"x".repeat(81)] {
        assert!(Mark::new(bad).is_err(), "{bad}");
    }
}

fn id(byte: u8) -> RecordId {
    RecordId::from_bytes([byte; 16])
}

fn term(text: &str) -> Term {
    Term::from_text(text).unwrap()
}

#[test]
fn a_chart_has_only_what_was_passed() {
    let involved = |entity: u8| Involved {
        role: Some(term("perpetrator")),
        entity: Some(id(entity)),
        ..Involved::default()
    };
    let incident = Incident { actors: vec![involved(2), involved(9)], ..Incident::default() };
    let group = Entity::named(EntityKind::Group, "Reef & <Tide>\u{1} Front");
    let mut chart = Exporter::new(Format::Graphml, Vec::new(), head()).unwrap();
    let (incident_id, group_id) = (id(1).to_string(), id(2).to_string());
    let mut row = row(&incident_id, &incident);
    row.actors = vec!["Reef Front".to_owned(), String::new()];
    chart.row(&row).unwrap();
    let classification = Classification::Confidential;
    let entity = ExportEntity { id: &group_id, entity: &group, classification, synthetic: false };
    chart.entity(&entity).unwrap();
    let link = |to| Link {
        kind: term("allied-with"),
        from: id(2),
        to: id(to),
        when: None,
        grading: None,
        note: None,
        extra: Default::default(),
    };
    for link in [link(1), link(9)] {
        chart.link(&ExportLink { link: &link, classification, synthetic: false }).unwrap();
    }
    let (bytes, written) = chart.finish().unwrap();
    assert_eq!((written.incidents, written.entities, written.edges, written.left_out), (1, 1, 2, 2));
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("Reef &amp; &lt;Tide&gt; Front"), "{text}");
    assert!(!text.contains(&id(9).to_string()), "an entity that was not passed is not named");
    assert!(!text.contains('\u{1}'));
    let mut reader = quick_xml::Reader::from_str(&text);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(_) => {}
            Err(error) => panic!("not XML: {error}"),
        }
    }
    let mut table = Exporter::new(Format::Csv, Vec::new(), head()).unwrap();
    let error = table.entity(&entity).unwrap_err().to_string();
    assert_eq!(error, "csv has no place for an entity; use graphml");
    let link = link(1);
    let error = table.link(&ExportLink { link: &link, classification, synthetic: false }).unwrap_err();
    assert_eq!(error.to_string(), "csv has no place for a link; use graphml");
}

#[test]
fn json_loses_nothing_not_even_what_this_version_cannot_name() {
    for incident in incidents() {
        assert_eq!(incident_from_json(&incident_to_json(&incident)).unwrap(), incident);
    }
    // A body with the title and a field 99 of a version to come.
    let mut newer = Writer::new();
    newer.map(2).uint(3).text("seen").uint(99).text("later");
    let incident: Incident = from_bytes(&newer.into_bytes()).unwrap();
    let json = incident_to_json(&incident);
    assert_eq!(json["title"], "seen");
    let again = incident_from_json(&json).unwrap();
    assert_eq!(to_bytes(&again), to_bytes(&incident));
    // What people edit in JSON counts, not the copy inside.
    let mut edited = json;
    edited["title"] = "changed".into();
    assert_eq!(incident_from_json(&edited).unwrap().title.as_deref(), Some("changed"));
    let entity = Entity::named(EntityKind::Person, "A. Person");
    assert_eq!(entity_from_json(&entity_to_json(&entity)).unwrap(), entity);
}

#[test]
fn json_that_is_wrong_is_refused_where_it_is_wrong() {
    let refused = |json: serde_json::Value| incident_from_json(&json).unwrap_err().to_string();
    use serde_json::json;
    assert_eq!(refused(json!({"titel": 1})), "incident.titel: is not a field of the data model");
    assert_eq!(
        refused(json!({"place": {"point": {"lat": 91, "lon": 0}}})).split(':').next(),
        Some("incident.place.point")
    );
    assert!(refused(json!({"casualties": [{"best": -1}]})).starts_with("incident.casualties.0.best: "));
    assert!(refused(json!({"kind": "Not A Term"})).contains("hyphens"));
    assert!(entity_from_json(&json!({"name": "x"})).unwrap_err().to_string().contains("kind: must be given"));
}
