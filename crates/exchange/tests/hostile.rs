#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
//! Files that are broken or meant to break the reader: bad rows are named, good ones still read.

mod common;

use counterseal_exchange::{Import, ImportError, Mapping, RejectsWriter, Row, find_mark};
use proptest::prelude::*;

use common::{drafts, rows};

const HEAD: &str = "id,type_of_violence,date_start,date_end,side_a,side_b,best,source_article\n";

fn file(rows: &[&str]) -> Vec<u8> {
    format!("{HEAD}{}", rows.concat()).into_bytes()
}

fn good(id: u32) -> String {
    format!("{id},1,2020-01-02,2020-01-03,A,B,3,text\n")
}

fn outcomes(rows: &[Row]) -> Vec<Result<String, (String, String)>> {
    let outcome = |row: &Row| match &row.outcome {
        Ok(draft) => Ok(draft.external.id.clone()),
        Err(rejected) => Err((rejected.field.clone(), rejected.reason.clone())),
    };
    rows.iter().map(outcome).collect()
}

/// The one rejected row, between two good ones.
fn rejected_between(bad: &[u8]) -> (String, String) {
    let mut bytes = file(&[&good(1)]);
    bytes.extend_from_slice(bad);
    bytes.extend_from_slice(good(2).as_bytes());
    let rows = rows(&bytes, None);
    let outcomes = outcomes(&rows);
    assert_eq!(outcomes.len(), 3, "{outcomes:?}");
    assert_eq!((&outcomes[0], &outcomes[2]), (&Ok("1".to_owned()), &Ok("2".to_owned())));
    let rejected = rows[1].outcome.as_ref().unwrap_err();
    assert_eq!((rejected.row, rejected.line), (2, 3));
    outcomes[1].clone().unwrap_err()
}

#[test]
fn what_is_wrong_with_a_cell_is_named() {
    let reject = |row: &str| rejected_between(row.as_bytes());
    let cases = [
        ("x,1,2020-01-02,2020-01-03,A,B,3,t\n", "id", "whole number"),
        (",1,2020-01-02,2020-01-03,A,B,3,t\n", "id", "empty"),
        ("9,4,2020-01-02,2020-01-03,A,B,3,t\n", "type_of_violence", "1, 2 or 3"),
        ("9,1,2020-02-30,2020-01-03,A,B,3,t\n", "date_start", "day"),
        ("9,1,,2020-01-03,A,B,3,t\n", "date_start", "empty"),
        ("9,1,2020-01-04,2020-01-03,A,B,3,t\n", "date_end", "before"),
        ("9,1,2020-01-02,2020-01-03,A,B,-3,t\n", "best", "whole number"),
        ("9,1,2020-01-02,2020-01-03,A,B,3.5,t\n", "best", "whole number"),
        ("9,1,2020-01-02,2020-01-03,A,B\n", "", "6 fields, the header 8"),
        ("9,1,2020-01-02,2020-01-03,A,B,3,t,more\n", "", "9 fields, the header 8"),
        ("9,1,2020-01-02,2020-01-03,A,\0B,3,t\n", "side_b", "NUL"),
    ];
    for (row, field, reason) in cases {
        let rejected = reject(row);
        assert_eq!(rejected.0, field, "{row}");
        assert!(rejected.1.contains(reason), "{row}: {}", rejected.1);
    }
}

#[test]
fn bytes_that_are_not_utf_8_name_row_and_column() {
    let (field, reason) = rejected_between(b"9,1,2020-01-02,2020-01-03,A,caf\xe9,3,t\n");
    assert_eq!(field, "side_b");
    assert!(reason.contains("UTF-8"));
}

#[test]
fn a_field_of_more_than_a_mebibyte_is_rejected_and_one_of_just_that_is_not() {
    let row = |length: usize| format!("9,1,2020-01-02,2020-01-03,A,B,3,{}\n", "x".repeat(length));
    let (field, reason) = rejected_between(row((1 << 20) + 1).as_bytes());
    assert_eq!(field, "source_article");
    assert!(reason.contains("1048577 bytes"), "{reason}");
    assert_eq!(drafts(&file(&[&row(1 << 20)]), None).len(), 1);
}

#[test]
fn an_unclosed_quote_costs_one_row_at_the_end_of_the_file() {
    let open = "9,1,2020-01-02,2020-01-03,A,B,3,\"never closed\n";
    let rows = rows(&file(&[&good(1), open, &good(2), &good(3)]), None);
    let outcomes = outcomes(&rows);
    assert_eq!(outcomes.len(), 4, "{outcomes:?}");
    assert!(outcomes[1].as_ref().unwrap_err().1.contains("never closed"));
    assert_eq!(rows[1].line, 3);
    assert_eq!((&outcomes[2], &outcomes[3]), (&Ok("2".to_owned()), &Ok("3".to_owned())));
    assert_eq!(rows[3].line, 5);
}

#[test]
fn an_unclosed_quote_before_a_big_file_costs_one_row_and_bounded_memory() {
    let open = "9,1,2020-01-02,2020-01-03,A,B,3,\"never closed\n".to_owned();
    let mut bytes = file(&[&open]);
    let count = 150_000;
    for id in 0..count {
        bytes.extend_from_slice(good(id).as_bytes());
    }
    assert!(bytes.len() > 5 << 20);
    let mut good_rows = 0;
    let mut bad = Vec::new();
    for row in Import::open(bytes.as_slice(), None).unwrap() {
        match row.unwrap().outcome {
            Ok(_) => good_rows += 1,
            Err(rejected) => bad.push(rejected),
        }
    }
    assert_eq!((good_rows, bad.len()), (count, 1));
    assert!(bad[0].reason.contains("longer than 4194304 bytes"), "{}", bad[0].reason);
    assert!(bad[0].original[0].len() < 2000, "what is kept of it is short");
}

#[test]
fn header_only_no_rows_no_file_and_other_forms() {
    assert_eq!(rows(HEAD.as_bytes(), None).len(), 0);
    assert_eq!(rows(HEAD.trim_end().as_bytes(), None).len(), 0);
    let collection = b"{\"type\":\"FeatureCollection\",\"features\":[]}";
    assert!(matches!(Import::open(collection.as_slice(), None).err(), Some(ImportError::BadHeader { .. })));
    for bytes in [b"".as_slice(), b"\n\n", b"{}", b"[1]", b"<xml/>", b"\xff\xfei\0d\0", b"{\"features\""] {
        assert!(Import::open(bytes, None).is_err(), "{bytes:?}");
    }
}

#[test]
fn columns_that_come_twice_are_refused_only_where_it_matters() {
    let twice = b"id,type_of_violence,date_start,side_a,side_b,best,best\n";
    let error = Import::open(twice.as_slice(), None).err().unwrap().to_string();
    assert!(error.contains("'best'"), "{error}");
    let harmless = b"id,type_of_violence,date_start,side_a,side_b,best,note,note\n1,1,2020-01-01,A,B,1,x,y\n";
    let rows = rows(harmless, None);
    let attributes = &rows[0].outcome.as_ref().unwrap().incident.attributes;
    assert_eq!((attributes["note"].as_str(), attributes["note (2)"].as_str()), ("x", "y"));
}

fn feature(properties: &str) -> String {
    let needed =
        "\"type_of_violence\":1,\"date_start\":\"2020-01-01\",\"side_a\":\"A\",\"side_b\":\"B\",\"best\":1";
    format!("{{\"type\":\"Feature\",\"properties\":{{{needed},{properties}}},\"geometry\":null}}")
}

#[test]
fn a_bad_feature_is_rejected_and_the_next_is_read() {
    let deep = format!("\"id\":2,\"deep\":{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let long = format!("\"id\":2,\"long\":\"{}\"", "x".repeat(5 << 20));
    let cases = [
        (feature(&deep), "recursion"),
        (feature(&long), "longer than"),
        (feature("\"id\":2,\"id\":3"), "twice"),
        (feature("\"id\":2,\"x\":"), "cannot be read"),
        (feature("\"id\":2,\"x\":\"\\u0000\""), "NUL"),
        ("7".to_owned(), "cannot be read"),
    ];
    for (bad, reason) in cases {
        let file = format!("{{\"features\":[{},{bad},{}]}}", feature("\"id\":1"), feature("\"id\":4"));
        let outcomes = outcomes(&rows(file.as_bytes(), None));
        assert_eq!(outcomes.len(), 3, "{reason}");
        assert!(outcomes[1].as_ref().unwrap_err().1.contains(reason), "{:?}", outcomes[1]);
        assert_eq!(outcomes[2], Ok("4".to_owned()));
    }
}

#[test]
fn a_collection_that_breaks_off_says_so() {
    let file = format!("{{\"features\":[{},{{\"type\":", feature("\"id\":1"));
    let outcomes = outcomes(&rows(file.as_bytes(), None));
    assert_eq!(outcomes.len(), 2);
    assert!(outcomes[1].as_ref().unwrap_err().1.contains("breaks off"));
}

#[test]
fn rejected_rows_can_be_corrected_and_imported_again() {
    let bytes = file(&[&good(1), "9,1,soon,2020-01-03,A,B,3,\"a \"\"quoted\"\" word\"\n"]);
    let import = Import::open(bytes.as_slice(), None).unwrap();
    let mut out = Vec::new();
    let mut rejects = RejectsWriter::new(&mut out, import.columns());
    for row in import {
        if let Err(rejected) = row.unwrap().outcome {
            assert!(rejected.to_string().starts_with("row 2 (line 3): date_start: 'soon'"), "{rejected}");
            rejects.write(&rejected).unwrap();
        }
    }
    rejects.finish().unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.starts_with("rejected_row,rejected_line,rejected_field,rejected_reason,id,"), "{text}");
    let corrected = text.replacen(",soon,", ",2020-01-01,", 1);
    let again = rows(corrected.as_bytes(), None);
    let draft = again[0].outcome.as_ref().unwrap();
    assert_eq!(draft.external.id, "9");
    assert_eq!(draft.incident.narrative.as_deref(), Some("a \"quoted\" word"));
    assert!(draft.incident.attributes.is_empty(), "{:?}", draft.incident.attributes);
}

#[test]
fn a_rejects_file_rejected_again_has_its_columns_once() {
    let first = b"rejected_row,rejected_line,rejected_field,rejected_reason,id,type_of_violence,date_start,side_a,side_b,best\n\
        2,3,id,bad,x,1,2020-01-01,A,B,1\n";
    let mut import = Import::open(first.as_slice(), None).unwrap();
    let mut out = Vec::new();
    let mut rejects = RejectsWriter::new(&mut out, import.columns());
    let rejected = import.next().unwrap().unwrap().outcome.unwrap_err();
    rejects.write(&rejected).unwrap();
    rejects.finish().unwrap();
    let mut reader = csv::Reader::from_reader(out.as_slice());
    assert_eq!(reader.headers().unwrap().len(), 10);
    let row = reader.records().next().unwrap().unwrap();
    assert_eq!((&row[0], &row[2], &row[4]), ("1", "id", "x"));
}

#[test]
fn points_off_the_globe_or_by_half_are_rejected() {
    let reject = |lat: &str, lon: &str| {
        let head = HEAD.trim_end();
        let text = format!("{head},latitude,longitude\n9,1,2020-01-02,,A,B,3,t,{lat},{lon}\n");
        outcomes(&rows(text.as_bytes(), None)).remove(0).unwrap_err()
    };
    for (lat, lon, field, reason) in [
        ("91", "0", "latitude", "out of range"),
        ("0", "181", "longitude", "out of range"),
        ("", "10", "latitude", "empty"),
        ("10", "", "longitude", "empty"),
        ("NaN", "1", "latitude", "not a number"),
        ("north", "1", "latitude", "not a number"),
    ] {
        let rejected = reject(lat, lon);
        assert_eq!(rejected.0, field, "{lat}, {lon}");
        assert!(rejected.1.contains(reason), "{lat}, {lon}: {}", rejected.1);
    }
}

#[test]
fn there_is_an_end_to_columns_and_to_lines() {
    let columns = format!("{}{}\n", HEAD.trim_end(), ",x".repeat(5000));
    let error = Import::open(columns.as_bytes(), None).err().unwrap().to_string();
    assert!(error.contains("4096 columns"), "{error}");
    let many: Vec<String> = (0..5000).map(|at| format!("\"p{at}\":1")).collect();
    let many = feature(&format!("\"id\":2,{}", many.join(",")));
    let collection = format!("{{\"features\":[{},{many}]}}", feature("\"id\":1"));
    let rejected = outcomes(&rows(collection.as_bytes(), None)).remove(1).unwrap_err();
    assert!(rejected.1.contains("4096 different properties"), "{}", rejected.1);
    let line = format!("{{\"id\":\"{}\"}}\n{{\"id\":1}}\n", "x".repeat(5 << 20));
    let rejected = outcomes(&rows(line.as_bytes(), None));
    assert!(rejected[0].as_ref().unwrap_err().1.contains("longer than"));
    assert!(rejected[1].as_ref().unwrap_err().1.contains("cannot be read"));
}

fn read_all(bytes: &[u8]) {
    let mapping =
        "name = \"t\"\nsystem = \"t\"\nreference = \"id\"\n[[column]]\nname = \"at\"\nto = \"place.point\"\n";
    for mapping in [None, Some(Mapping::parse(mapping).unwrap())] {
        if let Ok(import) = Import::open(bytes, mapping) {
            assert!(import.take(10_000).count() < 10_000);
        }
    }
    find_mark(bytes).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn reading_what_looks_right_never_panics(
        cells in proptest::collection::vec("[0-9a-z,\"\n;{}:\\[\\]/. =-]{0,40}", 0..40),
        form in 0..3,
    ) {
        let text = cells.join(",");
        let head = match form {
            0 => HEAD.to_owned(),
            1 => "{\"features\":[".to_owned(),
            _ => "id,at\n".to_owned(),
        };
        read_all(format!("{head}{text}").as_bytes());
    }
}
