#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
//! Layouts that no real file here has: the web export, ACLED, mapped tables. Rows are invented.

mod common;

use counterseal_exchange::{FileForm, Import, Layout, Mapping, Schema, sample, suggest_mapping};
use counterseal_model::record::{EntityKind, IncidentForm};
use counterseal_model::{PlacePrecision, TimePrecision, VerificationStatus};

use common::{drafts, rows};

const WEB: &[u8] = include_bytes!("fixtures/ucdp_web_export.csv");
const ACLED: &[u8] = include_bytes!("fixtures/acled.csv");
const SAGE: &[u8] = include_bytes!("../examples/sage-like.csv");
const SAGE_MAPPING: &str = include_str!("../examples/sage-like.toml");

#[test]
fn web_export_with_trailing_fields_american_dates_and_other_names() {
    let drafts = drafts(WEB, None);
    assert_eq!(drafts.len(), 2);
    let incident = &drafts[0].incident;
    let occurred = incident.occurred.as_ref().unwrap();
    assert_eq!(
        (occurred.from.date_text(), occurred.until().date_text()),
        ("2021-09-04".into(), "2021-09-05".into())
    );
    assert_eq!(occurred.precision, TimePrecision::Days);
    let killed = incident.killed().unwrap();
    assert_eq!((killed.best, killed.low, killed.high), (Some(3), Some(2), Some(5)));
    assert_eq!(incident.place.as_ref().unwrap().description.as_deref(), Some("market of the\nold town"));
    assert_eq!(incident.sources, ["Invented Daily,2021-09-05,Clash at the lagoon"]);
    assert_eq!(drafts[1].incident.occurred.as_ref().unwrap().from.date_text(), "2021-12-31");
}

#[test]
fn a_row_s_line_counts_the_line_ends_inside_quotes() {
    let lines: Vec<_> = rows(WEB, None).iter().map(|row| (row.number, row.line)).collect();
    assert_eq!(lines, [(1, 2), (2, 4)]);
}

#[test]
fn acled() {
    assert_eq!(Layout::detect(ACLED).unwrap(), Layout { form: FileForm::Csv, schema: Schema::Acled });
    let drafts = drafts(ACLED, None);
    let attack = &drafts[0].incident;
    assert_eq!((drafts[0].external.system.as_str(), drafts[0].external.id.as_str()), ("acled", "ATL101"));
    assert_eq!(attack.title.as_deref(), Some("Attack: Reef Front – Civilians (Atlantis), Lagoon town"));
    assert_eq!(attack.kind.as_ref().unwrap().as_str(), "violence-against-civilians");
    let place = attack.place.as_ref().unwrap();
    assert_eq!((place.precision, place.admin2.as_deref()), (Some(PlacePrecision::Near), Some("Lagoon")));
    assert_eq!(attack.killed().unwrap().best, Some(3));
    assert_eq!(attack.sources, ["Invented Daily", "Radio Reef"]);
    assert_eq!(attack.attributes["timestamp"], "1683000000");
    let named: Vec<_> = attack.actors.iter().map(|actor| actor.name.as_deref().unwrap()).collect();
    assert_eq!(
        named,
        ["Reef Front", "Coral Militia", "Tide Brigade", "Civilians (Atlantis)", "Fishers (Atlantis)"]
    );
    let proposed: Vec<_> = drafts[0].actors.iter().map(|actor| (actor.position, actor.kind)).collect();
    assert_eq!(proposed, [0, 1, 2, 4].map(|position| (position, EntityKind::Group)));
    let march = &drafts[1];
    assert_eq!(march.incident.form, Some(IncidentForm::Event));
    assert_eq!(march.incident.occurred.as_ref().unwrap().precision, TimePrecision::Month);
    assert!(march.actors.is_empty(), "protesters are no lasting group");
}

#[test]
fn a_table_by_its_mapping() {
    let mapping = Mapping::parse(SAGE_MAPPING).unwrap();
    let drafts = drafts(SAGE, Some(mapping));
    let incident = &drafts[0].incident;
    assert_eq!((drafts[0].external.system.as_str(), drafts[0].external.id.as_str()), ("sage", "INV-0001"));
    assert_eq!(incident.external, std::slice::from_ref(&drafts[0].external), "the reference is kept");
    assert_eq!(incident.kind.as_ref().unwrap().as_str(), "armed-attack");
    let occurred = incident.occurred.as_ref().unwrap();
    assert_eq!(
        (occurred.from.rfc3339(), occurred.precision),
        ("2021-03-09T14:05:00Z".into(), TimePrecision::Minute)
    );
    let place = incident.place.as_ref().unwrap();
    assert_eq!(place.given.as_deref(), Some("33N YE 12345 67890"));
    assert!(place.point.is_some());
    assert_eq!(incident.grading.as_ref().unwrap().to_string(), "B2");
    assert_eq!(incident.casualties.len(), 2);
    assert_eq!(incident.casualties[1].harm.as_ref().unwrap().as_str(), "injured");
    assert_eq!(incident.sources, ["Invented field office", "invented radio"]);
    assert_eq!(incident.attributes.iter().collect::<Vec<_>>(), [(&"Sector".into(), &"Sector East".into())]);
    let status = |at: usize| drafts[at].incident.verification.as_ref().unwrap().status;
    assert_eq!(
        [status(0), status(1), status(2)],
        [VerificationStatus::Verified, VerificationStatus::Unverified, VerificationStatus::UnderVerification,]
    );
}

#[test]
fn a_suggested_mapping_reads_the_file_it_was_suggested_for() {
    let sample = sample(SAGE, 20).unwrap();
    let text = suggest_mapping(&sample.columns, &sample.rows);
    for expected in
        ["reference = \"Incident ID\"", "to = \"place.point\"", "as = \"dtg\"", "to = \"subtype\""]
    {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
    let mapping = Mapping::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let rows = rows(SAGE, Some(mapping));
    assert!(rows[0].outcome.is_ok() && rows[1].outcome.is_ok());
    // A word no one could guess is rejected, and the message says what to do.
    let rejected = rows[2].outcome.as_ref().unwrap_err();
    assert_eq!(rejected.field, "Verified");
    assert!(rejected.reason.contains("values"), "{}", rejected.reason);
}

#[test]
fn a_suggestion_survives_hostile_column_names() {
    let columns = ["ID", "a\"]\n[[column]]\nname = \"x", "Date\u{0}", ""].map(str::to_owned);
    let text = suggest_mapping(&columns, &[]);
    Mapping::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
}

#[test]
fn dates_are_never_guessed() {
    let file = b"ID,Date\n1,03/04/2021\n";
    let mapping = |order: &str| {
        let head = "name = \"t\"\nsystem = \"t\"\nreference = \"ID\"\n[[column]]\nname = \"Date\"\nto = \"occurred\"\n";
        Mapping::parse(&format!("{head}{order}")).unwrap()
    };
    assert!(rows(file, Some(mapping("")))[0].outcome.is_err());
    let from =
        |order| drafts(file, Some(mapping(order)))[0].incident.occurred.as_ref().unwrap().from.date_text();
    assert_eq!(from("order = \"day-first\""), "2021-04-03");
    assert_eq!(from("order = \"month-first\""), "2021-03-04");
}

#[test]
fn a_span_needs_a_beginning_and_must_not_end_before_it() {
    let mapping = "name = \"t\"\nsystem = \"t\"\nreference = \"ID\"\n[[column]]\nname = \"From\"\nto = \"occurred\"\n\
        [[column]]\nname = \"To\"\nto = \"occurred.to\"\n";
    let file = b"ID,From,To\n1,2021-03-04,2021-03-05\n2,2021-03-04,2021-03-03\n3,,2021-03-03\n";
    let rows = rows(file, Some(Mapping::parse(mapping).unwrap()));
    let occurred = rows[0].outcome.as_ref().unwrap().incident.occurred.clone().unwrap();
    assert_eq!(occurred.until().date_text(), "2021-03-05");
    let reason = |at: usize| rows[at].outcome.as_ref().unwrap_err().reason.clone();
    assert!(reason(1).contains("before the beginning"));
    assert!(reason(2).contains("without a beginning"));
}

#[test]
fn geojson_by_a_mapping_takes_the_point_of_the_feature() {
    let file = br#"{"type":"FeatureCollection","crs":{"a":["features",{}]},"features":[
        {"type":"Feature","properties":{"nr":7,"what":"Fire","extra":{"b":[1,2]}},"geometry":{"type":"Point","coordinates":[18.5,4.25,300]}},
        {"type":"Feature","geometry":null,"properties":{"nr":8.0,"what":null,"late":"x"}}
    ],"more":1}"#;
    let mapping =
        "name = \"t\"\nsystem = \"fires\"\nreference = \"nr\"\n[[column]]\nname = \"what\"\nto = \"title\"\n";
    let drafts = drafts(file, Some(Mapping::parse(mapping).unwrap()));
    assert_eq!(drafts[0].incident.place.as_ref().unwrap().point.unwrap().to_string(), "4.25, 18.5");
    assert_eq!(drafts[0].incident.attributes["extra"], r#"{"b":[1,2]}"#);
    assert_eq!(drafts[1].incident.place, None);
    assert_eq!(drafts[1].incident.attributes["late"], "x", "a property that only a later feature has");
}

#[test]
fn mappings_that_cannot_work_say_why() {
    let head = "name = \"t\"\nsystem = \"t\"\nreference = \"ID\"\n";
    let error = |rule: &str| Mapping::parse(&format!("{head}{rule}")).unwrap_err().to_string();
    assert!(error("[[column]]\nname = \"A\"\nto = \"tittle\"").contains("'tittle' is not a field"));
    assert!(
        error("[[column]]\nname = \"A\"\nto = \"title\"\nas = \"number\"")
            .contains("cannot be read as number")
    );
    assert!(error("[[column]]\nname = \"A\"\nto = \"title\"\norder = \"year\"").contains("day-first"));
    assert!(error("[[column]]\nname = \"A\"\nto = \"title\"\ncolour = 1").contains("colour"));
    let twice = "[[column]]\nname = \"A\"\nto = \"title\"\n[[column]]\nname = \"A\"\nto = \"narrative\"";
    assert!(error(twice).contains("two rules"));
    let mapping = Mapping::parse(&format!("{head}[[column]]\nname = \"B\"\nto = \"title\"")).unwrap();
    let missing = Import::open(b"ID,C\n1,2\n".as_slice(), Some(mapping)).err().unwrap().to_string();
    assert!(missing.contains("'B'") && missing.contains("ID, C"), "{missing}");
}

#[test]
fn an_unknown_layout_says_why_not_and_what_to_do() {
    let error = Layout::detect(b"ref,when,where\n1,2,3\n").unwrap_err().to_string();
    for expected in ["not UCDP GED (no column id", "not ACLED", "--suggest-mapping"] {
        assert!(error.contains(expected), "{error}");
    }
}
