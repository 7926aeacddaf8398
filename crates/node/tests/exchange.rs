//! Import and export at the desk: changed rows, conflicts, duplicates, resuming, traces, reindexing.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{found, unlock};
use counterseal_exchange::{Format, Import};
use counterseal_model::Classification;
use counterseal_model::record::Body;
use counterseal_node::{By, Desk, ExportOptions, Filter, Go, ImportOptions, ImportReport, NodeError, Sort};
use counterseal_synth::{Plan, World, to_ucdp_csv};
use tempfile::TempDir;

fn ucdp(rows: usize) -> Vec<u8> {
    let mut csv = Vec::new();
    to_ucdp_csv(&World::new(Plan::new(5, rows)), &mut csv, rows).unwrap();
    csv
}

fn options(desk: &Desk) -> ImportOptions {
    ImportOptions {
        compartment: desk.default_compartment().unwrap(),
        classification: Classification::Confidential,
        dry_run: false,
        commit_rows: 4_096,
        source: Some([9; 32]),
    }
}

fn import(desk: &mut Desk, csv: &[u8]) -> ImportReport {
    let options = options(desk);
    desk.import(Import::open(csv, None).unwrap(), &options, &mut |_| Ok(()), &mut |_| Go::On).unwrap()
}

#[test]
fn a_changed_row_is_a_new_version_and_a_persons_edit_is_not_overwritten() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 21);
    let compartment = desk.default_compartment().unwrap();
    let csv = String::from_utf8(ucdp(3)).unwrap();
    let first = import(&mut desk, csv.as_bytes());
    assert_eq!(first.new, 3);
    let id = desk.find(&Filter::default(), Sort::Oldest, 1).unwrap()[0].id();
    let Body::Incident(mut edited) = desk.record(id).unwrap().part.body else { panic!("an incident") };
    let place = edited.place.as_ref().unwrap().name.clone().unwrap();
    edited.narrative = Some("seen by the patrol".into());
    desk.edit(id, compartment, Body::Incident(edited), Classification::Confidential).unwrap();
    let again = import(&mut desk, csv.as_bytes());
    assert_eq!((again.changed, again.unchanged), (0, 3), "the file says nothing new");
    let changed = csv.replace(&place, "Another Village");
    let third = import(&mut desk, changed.as_bytes());
    assert!(third.changed >= 1);
    let view = desk.record(id).unwrap();
    assert!(view.conflict, "the edit and the changed row both stand");
    assert_eq!(desk.history(id).unwrap().len(), 3);
}

#[test]
fn a_stopped_import_goes_on_where_it_was_and_ends_as_an_undisturbed_one() {
    let csv = ucdp(9_000);
    let (whole, broken) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut undisturbed = found(whole.path(), 22);
    import(&mut undisturbed, &csv);
    let mut desk = found(broken.path(), 23);
    let options = options(&desk);
    let stopped = desk
        .import(Import::open(&csv[..], None).unwrap(), &options, &mut |_| Ok(()), &mut |_| Go::Stop)
        .unwrap();
    assert!(stopped.committed_rows > 0 && !stopped.finished);
    drop(desk); // as after a crash
    let mut desk = unlock(broken.path(), 24);
    assert!(!desk.opened().clean);
    assert_eq!(desk.count(&Filter::default()).unwrap(), stopped.new, "what was reported is there");
    desk.verify(&mut |_, _| {}).unwrap();
    let rest = import(&mut desk, &csv);
    assert_eq!(rest.resumed_at, stopped.committed_rows);
    assert_eq!(rest.new + stopped.new, 9_000);
    let by = [By::Month, By::Type, By::Actor];
    assert_eq!(
        desk.stats(&Filter::default(), &by).unwrap(),
        undisturbed.stats(&Filter::default(), &by).unwrap()
    );
    let again = import(&mut desk, &csv);
    assert_eq!((again.resumed_at, again.unchanged), (0, 9_000));
}

#[test]
fn a_dry_run_writes_nothing_and_counts_all() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 25);
    let options = ImportOptions { dry_run: true, ..options(&desk) };
    let csv = ucdp(700);
    let report = desk
        .import(Import::open(&csv[..], None).unwrap(), &options, &mut |_| Ok(()), &mut |_| Go::On)
        .unwrap();
    assert_eq!((report.rows, report.new), (700, 700));
    assert_eq!(desk.count(&Filter::default()).unwrap(), 0);
}

#[test]
fn the_same_event_from_another_system_is_offered_as_a_duplicate() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 26);
    let csv = ucdp(50);
    import(&mut desk, &csv);
    // The same accounts, retold by another system.
    let mut retold = Vec::new();
    for view in desk.find(&Filter::default(), Sort::Oldest, 50).unwrap() {
        let Body::Incident(incident) = view.part.body else { continue };
        let mut json = counterseal_exchange::incident_to_json(&incident);
        json["external"] = serde_json::json!([{"system": "sage", "id": incident.external[0].id}]);
        retold.push(counterseal_exchange::incident_from_json(&json).unwrap());
    }
    let mut file = Vec::new();
    let head = counterseal_exchange::ExportHead {
        mark: counterseal_exchange::Mark::new("0123456789abcdef").unwrap(),
        classification: Classification::Unclassified,
        synthetic: true,
    };
    let mut exporter = counterseal_exchange::Exporter::new(Format::JsonLines, &mut file, head).unwrap();
    for incident in &retold {
        let row = counterseal_exchange::ExportRow {
            id: "0",
            incident,
            classification: Classification::Unclassified,
            synthetic: true,
            actors: Vec::new(),
        };
        exporter.row(&row).unwrap();
    }
    exporter.finish().unwrap();
    let report = import(&mut desk, &file);
    assert_eq!(report.new, 50, "offered, not decided");
    assert!(report.duplicate_count >= 48, "{} of 50 offered", report.duplicate_count);
}

#[test]
fn an_export_holds_what_was_asked_for_and_its_copy_is_traced_to_who_made_it() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 27);
    import(&mut desk, &ucdp(300));
    let country = desk.stats(&Filter::default(), &[By::Country]).unwrap()[0].keys[0].clone().unwrap();
    let filter = Filter { country: Some(country), ..Filter::default() };
    let count = desk.count(&filter).unwrap();
    for (format, word) in Format::ALL {
        let path = home.path().join(format!("out.{word}"));
        let options = ExportOptions {
            filter: filter.clone(),
            sort: Sort::Oldest,
            limit: None,
            format,
            query: "--country X".into(),
            compartment: desk.default_compartment().unwrap(),
            purpose: None,
            case: false,
        };
        let report = desk.export(&options, &path, &mut |_| {}).unwrap();
        assert_eq!(report.count, count, "{word}");
        let refused = desk.export(&options, &path, &mut |_| {});
        assert!(matches!(refused, Err(NodeError::File { .. })), "an existing file is not overwritten");
        let traces = desk.trace(&path).unwrap();
        assert_eq!(traces.len(), 1, "{word}");
        assert!(traces[0].unaltered);
        assert_eq!(traces[0].person.as_deref(), Some("Officer Quillfeather"));
        assert_eq!((traces[0].query.as_str(), traces[0].count), ("--country X", count));
        // A row copied out of it still leads back.
        let text = std::fs::read_to_string(&path).unwrap();
        if format == Format::Csv {
            let row = text.lines().nth(1).unwrap();
            std::fs::write(home.path().join("leak.txt"), format!("fwd: {row}\r\n")).unwrap();
            let leak = desk.trace(&home.path().join("leak.txt")).unwrap();
            assert_eq!((leak.len(), leak[0].unaltered), (1, false));
        }
    }
    assert_eq!(desk.exports().unwrap().len(), 5);
}

#[test]
fn an_index_made_again_gives_identical_answers() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 28);
    import(&mut desk, &ucdp(2_000));
    let first = desk.find(&Filter::default(), Sort::Oldest, 1).unwrap();
    let Body::Incident(first) = &first[0].part.body else { panic!("an incident") };
    let place = first.place.as_ref().unwrap().name.clone().unwrap();
    let changed = String::from_utf8(ucdp(2_000)).unwrap().replace(&place, "Gouvernement");
    import(&mut desk, changed.as_bytes());
    let answers = |desk: &Desk| {
        let words = Filter { words: Some("gouvernement".into()), ..Filter::default() };
        let found = desk.find(&words, Sort::Relevance, 500).unwrap();
        let ids: Vec<_> =
            found.iter().map(|view| (view.id(), view.shown[0].version, view.conflict)).collect();
        (ids, desk.stats(&Filter::default(), &By::ALL).unwrap(), desk.totals().unwrap())
    };
    let before = answers(&desk);
    assert!(!before.0.is_empty());
    let parts = desk.reindex(&mut |_, _| {}).unwrap();
    assert!(parts > 2_000, "new versions too");
    assert!(answers(&desk) == before, "identical answers");
    desk.verify(&mut |_, _| {}).unwrap();
}

#[test]
fn a_file_cannot_turn_one_kind_of_record_into_another() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 71);
    let compartment = desk.default_compartment().unwrap();
    let entity = counterseal_model::record::Entity::named(
        counterseal_model::record::EntityKind::Person,
        "Brother Kettle",
    );
    let target =
        desk.record_new(compartment, Body::Entity(Box::new(entity)), Classification::Confidential).unwrap();
    let line = format!(
        "{{\"id\":\"{target}\",\"classification\":\"Unclassified\",\"synthetic\":true,\"export_mark\":\"\",\"actors\":[],\"incident\":{{\"title\":\"no longer a person\"}}}}\n"
    );
    let options = options(&desk);
    let mut reasons = Vec::new();
    let mut keep = |rejected: &counterseal_exchange::Rejected| {
        reasons.push(rejected.reason.clone());
        Ok(())
    };
    let report = desk
        .import(Import::open(line.as_bytes(), None).unwrap(), &options, &mut keep, &mut |_| Go::On)
        .unwrap();
    assert_eq!((report.rejected, report.new, report.changed), (1, 0, 0), "{reasons:?}");
    assert!(reasons[0].contains("entity"), "{reasons:?}");
    assert_eq!(desk.entity_name(target).unwrap().as_deref(), Some("Brother Kettle"));
}

#[test]
fn a_correction_that_returns_to_an_earlier_value_is_taken_in() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 72);
    let first = String::from_utf8(ucdp(2)).unwrap();
    import(&mut desk, first.as_bytes());
    let id = desk.find(&Filter::default(), Sort::Oldest, 1).unwrap()[0].id();
    let Body::Incident(incident) = desk.record(id).unwrap().part.body else { panic!("an incident") };
    let place = incident.place.unwrap().name.unwrap();
    import(&mut desk, first.replace(&place, "Elsewhere").as_bytes());
    let back = import(&mut desk, first.as_bytes());
    assert!(back.changed >= 1);
    let Body::Incident(incident) = desk.record(id).unwrap().part.body else { panic!("an incident") };
    assert_eq!(incident.place.unwrap().name.unwrap(), place);
    assert!(!desk.record(id).unwrap().conflict);
}

#[test]
fn an_import_that_fails_leaves_a_journal_that_verifies() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 73);
    let csv = ucdp(3_000);
    let broken = [&csv[..csv.len() / 2], b"\n\"not a number\"\n"].concat();
    let options = options(&desk);
    let mut full =
        |_: &counterseal_exchange::Rejected| Err(std::io::Error::from(std::io::ErrorKind::StorageFull));
    let failed = desk.import(Import::open(&broken[..], None).unwrap(), &options, &mut full, &mut |_| Go::On);
    assert!(matches!(failed, Err(NodeError::File { .. })));
    import(&mut desk, &csv);
    desk.verify(&mut |_, _| {}).unwrap();
}

#[test]
fn a_file_that_repeats_an_id_gives_versions_wherever_the_repetition_stands() {
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 74);
    let text = String::from_utf8(ucdp(1_500)).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let tenth = lines[10].clone();
    let country =
        tenth.split(',').find(|cell| cell.len() > 5 && cell.chars().all(char::is_alphabetic)).unwrap();
    // In the chunk that gathers, in the one after it while that is sealed, and when all is stored.
    for (place, name) in [(20, "Firstland"), (700, "Secondland"), (1_400, "Thirdland")] {
        lines.insert(place, tenth.replace(country, name));
    }
    let report = import(&mut desk, (lines.join("\n") + "\n").as_bytes());
    assert_eq!((report.new, report.changed, report.rejected), (1_500, 3, 0));
    desk.verify(&mut |_, _| {}).unwrap();
    let found = Filter { words: Some("thirdland".into()), ..Filter::default() };
    let found = desk.find(&found, Sort::Oldest, 10).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(desk.history(found[0].id()).unwrap().len(), 4);
    assert!(!found[0].conflict, "each follows the one before it");
}

#[test]
fn what_an_export_that_was_cut_off_left_in_clear_is_deleted_at_the_next_chance() {
    let home = TempDir::new().unwrap();
    let out = TempDir::new().unwrap();
    let mut desk = found(home.path(), 75);
    import(&mut desk, &ucdp(50));
    let path = out.path().join("all.csv");
    let options = ExportOptions {
        filter: Filter::default(),
        sort: Sort::Newest,
        limit: None,
        format: Format::Csv,
        query: String::new(),
        compartment: desk.default_compartment().unwrap(),
        purpose: None,
        case: false,
    };
    // As if the machine had stopped in the middle: the file stays, and nothing after it runs.
    let stopped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        desk.export(&options, &path, &mut |_| panic!("the lights go out"))
    }));
    assert!(stopped.is_err());
    let files =
        || std::fs::read_dir(out.path()).unwrap().map(|file| file.unwrap().path()).collect::<Vec<_>>();
    let left = files();
    assert_eq!(left.len(), 1);
    assert!(left[0].to_string_lossy().ends_with(".unfinished"));
    drop(desk);
    let mut desk = common::unlock(home.path(), 76);
    assert_eq!(desk.sweep_unfinished().unwrap(), left);
    assert!(files().is_empty());
    assert!(desk.sweep_unfinished().unwrap().is_empty(), "and forgotten");
    desk.export(&options, &path, &mut |_| {}).unwrap();
    assert_eq!(files(), [path]);
}

#[test]
fn what_was_written_by_hand_is_offered_too_from_the_first_row_on() {
    let (told, retold) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut other = found(told.path(), 80);
    import(&mut other, &ucdp(50));
    let mut desk = found(retold.path(), 81);
    let compartment = desk.default_compartment().unwrap();
    for view in other.find(&Filter::default(), Sort::Oldest, 50).unwrap() {
        let Body::Incident(mut incident) = view.part.body else { continue };
        incident.external.clear();
        desk.record_new(compartment, Body::Incident(incident), Classification::Unclassified).unwrap();
    }
    let report = import(&mut desk, &ucdp(50));
    assert!(report.duplicate_count >= 48, "{} of 50 offered", report.duplicate_count);
}
