//! A first day: a mission is founded, an incident recorded, found, corrected, given out and traced.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Computer, files, text, word_after};

const CONVOY: &str = "record new incident --title 'Attack on a convoy' --type armed-attack --date 091405ZMAR21 \
    --place Bouca --at '6.51N 18.27E' --best 2 --grade B2 --actor perpetrator='Front of the Seven Wells' \
    --narrative 'Call the driver on +236 70 12 34 56.' --external sage:INV-0001";

#[test]
fn an_incident_is_recorded_found_corrected_exported_and_traced() {
    let computer = Computer::founder();
    let said = computer.session(&[
        CONVOY,
        "record new group --name 'Front of the Seven Wells' --also 'Front des sept puits'",
        "find convoi OR nothing",
        "find \"attack on\" conv* --place bouca --from 2021-03-09 --to 2021-03-09 --graded B2",
        "record edit sage:INV-0001 --verified --best 3",
        "record history sage:INV-0001",
        "record show sage:INV-0001",
        "stats --by month,country --sum best",
        "record new source --title Heron",
        "record new note --narrative x --best 3",
        "no-such-verb",
    ]);
    assert!(said.contains("SYNTHETIC"), "{said}");
    assert!(
        said.contains("+236 70 12 34 56") && said.contains("--field narrative --to COMPARTMENT"),
        "{said}"
    );
    assert!(said.contains("verification.status") && said.contains("verified"), "{said}");
    assert!(said.contains("2021-03") && said.contains("Killed (best)"), "{said}");
    assert!(said.contains("--best does not go with a record of kind note"), "{said}");
    assert!(said.contains("a source is always guarded"), "{said}");
    let id = word_after(&said, "Recorded incident ");

    let json = computer.run(&["find", "convoy", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&found["synthetic"], &found["records"][0]["killed"]), (&true.into(), &3.into()));
    assert_eq!(found["records"][0]["id"], id);

    computer.run(&["export", "out.csv", "--place", "bouca"]);
    let csv = std::fs::read_to_string(computer.path("out.csv")).unwrap();
    assert!(csv.contains("Attack on a convoy") && csv.contains("counterseal-export:"), "{csv}");
    let traced = computer.run(&["export", "trace", "out.csv", "--format", "json"]);
    assert!(traced.contains("Officer Quillfeather") && traced.contains("--place bouca"), "{traced}");
    // What 'find' gives out in a file's format leaves its trace too.
    let output = computer.output(&["find", "convoy", "--format", "geojson"]);
    assert!(text(&output.stdout).contains("FeatureCollection") && text(&output.stderr).contains("trace"));
    let listed = computer.run(&["export", "list", "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed["exports"].as_array().unwrap().len(), 2);

    computer.run(&["verify"]);
    for file in files(&computer.home()) {
        let bytes = std::fs::read(&file).unwrap();
        let clear = ["Quillfeather", "convoy", "Blue Heron"]
            .iter()
            .find(|word| bytes.windows(word.len()).any(|window| window == word.as_bytes()));
        assert_eq!(clear, None, "in {}", file.display());
    }
}

#[test]
fn two_edits_apart_are_settled_by_taking_one_and_a_field_moves_to_fewer_eyes() {
    let computer = Computer::founder();
    let said = computer.session(&[CONVOY, "compartment new protection --history from-join", "lock"]);
    let id = word_after(&said, "Recorded incident ");
    let refused = computer.fails(&["record", "new", "note", "--narrative", "which one?"], 1);
    assert!(refused.contains("--compartment") && refused.contains("protection"), "{refused}");
    let said = computer.session(&[
        &format!("record move {id} --field narrative --to protection"),
        &format!("record history {id} --format json"),
        &format!("record resolve {id} --take 00"),
        &format!("link new member-of {id} {id} --compartment incidents"),
        &format!("near {id} --steps 1"),
    ]);
    assert!(said.contains("was moved to protection"), "{said}");
    assert!(said.contains("not in conflict") && said.contains("not linked to itself"), "{said}");
}

#[test]
fn rows_that_cannot_be_read_come_back_in_a_file_and_the_exit_code_says_so() {
    let computer = Computer::founder();
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../exchange/examples/");
    let csv = std::fs::read_to_string(format!("{example}sage-like.csv")).unwrap();
    std::fs::write(computer.path("sage.csv"), csv.replace("112030ZMAR21", "99XXXZ")).unwrap();
    let mapping = format!("{example}sage-like.toml");
    let import = ["import", "sage.csv", "--mapping", &mapping, "--rejects", "rejects.csv"];
    let said = computer.fails(&import, 3);
    assert!(said.contains("One row was rejected"), "{said}");
    let rejects = std::fs::read_to_string(computer.path("rejects.csv")).unwrap();
    assert!(
        rejects.contains("INV-0002") && rejects.lines().next().unwrap().starts_with("rejected_row"),
        "{rejects}"
    );
    // Corrected, the rejects file imports; what is known already says nothing new.
    std::fs::write(computer.path("corrected.csv"), rejects.replace("99XXXZ", "112030ZMAR21")).unwrap();
    let said = computer.run(&["import", "corrected.csv", "--mapping", &mapping, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&report["new"], &report["rejected"]), (&1.into(), &0.into()));
    let suggested = computer.run(&["import", "sage.csv", "--suggest-mapping"]);
    assert!(suggested.contains("[[column]]"), "{suggested}");
}

#[test]
fn a_changed_byte_in_the_store_ends_with_code_3() {
    let computer = Computer::founder();
    computer.session(&[CONVOY]);
    let store = files(&computer.home()).into_iter().find(|path| path.ends_with("store.db")).unwrap();
    let mut bytes = std::fs::read(&store).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&store, bytes).unwrap();
    let said = computer.fails(&["verify"], 3);
    assert!(said.contains("store.db") && said.contains("backup"), "{said}");
}

#[test]
fn a_correction_and_a_newer_file_stand_in_conflict_until_a_person_settles_it() {
    let computer = Computer::founder();
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../exchange/examples/");
    let csv = std::fs::read_to_string(format!("{example}sage-like.csv")).unwrap();
    std::fs::write(computer.path("one.csv"), &csv).unwrap();
    std::fs::write(
        computer.path("two.csv"),
        csv.replace("Abduction of two herders", "Abduction of three herders"),
    )
    .unwrap();
    let mapping = format!("--mapping '{example}sage-like.toml'");
    let said = computer.session(&[
        &format!("import one.csv {mapping}"),
        "record edit sage:INV-0003 --title 'Two herders taken'",
        &format!("import two.csv {mapping}"),
        "record show sage:INV-0003",
        "record edit sage:INV-0003 --best 0",
        "record history sage:INV-0003 --format json",
    ]);
    assert!(said.contains("CONFLICT") && said.contains("record resolve"), "{said}");
    let json = &said[said.find("{\n  \"synthetic\"").unwrap()..];
    let history: serde_json::Value =
        serde_json::Deserializer::from_str(json).into_iter().next().unwrap().unwrap();
    let versions = history["versions"].as_array().unwrap();
    let newest: Vec<_> = versions.iter().filter(|version| version["newest"] == true).collect();
    assert_eq!((versions.len(), newest.len()), (3, 2));
    let taken = newest.iter().find(|version| version["title"] == "Two herders taken").unwrap();
    let said = computer.session(&[
        &format!("record resolve sage:INV-0003 --take {}", &taken["version"].as_str().unwrap()[..12]),
        "record show sage:INV-0003",
    ]);
    assert!(
        said.contains("is settled") && !said.contains("CONFLICT") && said.contains("Two herders taken"),
        "{said}"
    );
}

#[test]
fn two_entities_are_said_to_be_one_and_apart_again_in_both_languages() {
    let computer = Computer::founder();
    let said = computer.session(&[
        "record new person --name 'Kamel Nobody'",
        "record new person --name 'Camel the Tall'",
        "record new vehicle --name 'Pick-up, white'",
    ]);
    let ids: Vec<&str> = said.split("Recorded entity ").skip(1).map(|rest| rest.get(..32).unwrap()).collect();
    let [kamel, camel, car] = ids[..] else { panic!("{said}") };
    let said = computer.session(&[
        &format!("entity merge {kamel} {car}"),
        &format!("entity merge {kamel} {camel} --grade C3 --note 'Same voice, same limp.'"),
        &format!("entity merge {camel} {kamel} --lang fr"),
        &format!("entity show {camel}"),
        "entity list --name nobody",
        "entity list --name no --limit 0",
        &format!("link new owns {camel} {car}"),
        &format!("near {kamel} --steps 1"),
        &format!("entity split {kamel} --from {car}"),
        &format!("entity split {kamel} --from {camel} --note 'Another voice.'"),
        &format!("entity show {camel} --format json"),
    ]);
    for sentence in [
        "only two entities of one kind can be one",
        "are said to be one from now on",
        "n’en font qu’une",
        "Same voice, same limp.",
        "Officer Quillfeather",
        "Camel the Tall",
        "Pick-up, white",
        "nobody says that record",
        "is one with others no longer (links: 1)",
        "\"inForce\": false",
        "Another voice.",
    ] {
        assert!(said.contains(sentence), "{sentence}: {said}");
    }
    let lone: serde_json::Value =
        serde_json::from_str(&computer.run(&["entity", "show", kamel, "--format", "json"])).unwrap();
    assert_eq!((lone["records"].as_array().unwrap().len(), lone["said"].as_array().unwrap().len()), (1, 2));
    assert_eq!(lone["synthetic"], true);
}
