#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
//! What docs/spec/exchange.md says is so.

mod common;

use counterseal_exchange::{ExportHead, Format, Mapping, write_incidents};
use counterseal_model::Classification;

const PAGE: &str = include_str!("../../../docs/spec/exchange.md");

#[test]
fn the_sample_mapping_works() {
    let sample = PAGE.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let mapping = Mapping::parse(sample).unwrap_or_else(|error| panic!("{error}"));
    let table = b"No,Date,Where,What,Dead civilians,Armed group,Clerk's initials,Note\n\
        7,03/04/2021,4.36N 18.55E,Fire,2,Reef Front / Unidentified gunmen,xy,seen\n";
    let drafts = common::drafts(table, Some(mapping));
    let draft = drafts.first().unwrap();
    let incident = &draft.incident;
    assert_eq!(incident.kind.as_ref().unwrap().as_str(), "property-destruction");
    assert_eq!(incident.occurred.as_ref().unwrap().from.date_text(), "2021-04-03");
    assert_eq!(incident.place.as_ref().unwrap().country.as_deref(), Some("Sudan"));
    assert_eq!(incident.casualties.first().unwrap().group.as_ref().unwrap().as_str(), "civilians");
    assert_eq!((incident.actors.len(), draft.actors.len()), (2, 1));
    assert_eq!(incident.attributes.keys().collect::<Vec<_>>(), ["Note"]);
}

#[test]
fn every_field_named_there_can_be_mapped() {
    let fields = PAGE.split("\nFields: ").nth(1).unwrap().split("\n\n").next().unwrap();
    let fields: Vec<&str> = fields.split('`').skip(1).step_by(2).collect();
    assert!(fields.len() > 40);
    for field in fields {
        let path = field
            .replace("ROLE", "victim")
            .replace("HARM", "injured")
            .replace("GROUP", "children")
            .replace("BOUND", "low")
            .replace("OBJECT", "school")
            .replace("SYSTEM", "other")
            .replace("NAME", "Any name");
        if matches!(path.as_str(), "killed" | "best" | "low" | "high") {
            continue;
        }
        let rule = format!(
            "name = \"t\"\nsystem = \"t\"\nreference = \"a\"\n[[column]]\nname = \"b\"\nto = \"{path}\""
        );
        Mapping::parse(&rule).unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn the_columns_and_hashtags_are_those() {
    let mark = counterseal_exchange::Mark::new("page-mark").unwrap();
    let head = ExportHead { mark, classification: Classification::Unclassified, synthetic: false };
    let (bytes, _) = write_incidents(Format::Hxl, Vec::new(), head, []).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let tags = reader.records().next().unwrap().unwrap();
    let there: String =
        header.iter().zip(&tags).map(|(name, tag)| format!("| `{name}` | `{tag}` |\n")).collect();
    assert!(PAGE.contains(&there), "the page's table should be\n{there}");
}
