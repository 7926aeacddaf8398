//! Taxonomies: the shipped ones are sound, a mission's own are checked.
#![expect(clippy::unwrap_used, reason = "tests")]

use counterseal_model::Term;
use counterseal_model::taxonomy::{ALL_IDS, BadTaxonomy, Language, MAX_TERMS, Taxonomy, built_in};

fn json(version: u32, terms: &str) -> String {
    format!(
        r#"{{"id":"colour","version":{version},"title":{{"en":"Colours","fr":"Couleurs"}},"terms":[{terms}]}}"#
    )
}

fn refused(terms: &str) -> String {
    Taxonomy::from_json(&json(1, terms)).unwrap_err().to_string()
}

#[test]
fn every_shipped_taxonomy_is_sound_and_is_found_by_its_id() {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/data/taxonomies")).unwrap();
    let mut files = 0;
    for file in folder {
        let path = file.unwrap().path();
        let read = Taxonomy::from_json(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(path.file_stem().unwrap().to_str(), Some(read.id()), "a file is named by its id");
        assert_eq!(built_in(read.id()), Some(&read), "{} is listed", read.id());
        assert_eq!(Taxonomy::from_json(&read.to_json()).unwrap(), read);
        files += 1;
    }
    assert_eq!(files, ALL_IDS.len());
    assert!(ALL_IDS.iter().all(|id| built_in(id).is_some_and(|t| t.id() == *id && !t.terms().is_empty())));
    assert_eq!(built_in("no-such"), None);
}

#[test]
fn every_shipped_label_is_there_in_every_language() {
    for taxonomy in ALL_IDS.iter().filter_map(|id| built_in(id)) {
        let labels =
            taxonomy.terms().iter().flat_map(|term| [Some(&term.label), term.inverse.as_ref()]).flatten();
        for words in labels.chain([taxonomy.title()]) {
            assert!(words.es.is_some(), "no Spanish for '{}' in {}", words.en, taxonomy.id());
            let arabic = words.ar.as_deref().unwrap_or_default();
            let is_arabic = arabic.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c));
            assert!(is_arabic, "no Arabic for '{}' in {}", words.en, taxonomy.id());
        }
    }
    let types = built_in("incident-type").unwrap();
    assert_eq!(types.label("ambush", Language::Spanish), Some("Emboscada"));
    assert_eq!(types.label("ambush", Language::Arabic), Some("كمين"));
}

#[test]
fn a_missions_own_words_may_do_without_spanish_and_arabic() {
    let plain =
        r#"{"code":"red","en":"Red","fr":"Rouge"},{"code":"blue","en":"Blue","fr":"Bleu","es":"Azul"}"#;
    let own = Taxonomy::from_json(&json(1, plain)).unwrap();
    assert_eq!(own.label("red", Language::Spanish), Some("Red"));
    assert_eq!(own.label("red", Language::French), Some("Rouge"));
    assert_eq!(own.label("blue", Language::Spanish), Some("Azul"));
    assert_eq!(own.label("blue", Language::Arabic), Some("Blue"));
    assert!(!own.to_json().contains("\"ar\""), "what is left out is not written either");
    let refused = refused(r#"{"code":"red","en":"Red","fr":"Rouge","ar":" "}"#);
    assert!(refused.contains("Arabic"), "{refused}");
}

#[test]
fn ucdp_and_acled_words_become_codes_that_the_list_has() {
    let types = built_in("incident-type").unwrap();
    for text in ["State-based conflict", "Non-state conflict", "One-sided violence"] {
        assert!(types.term(Term::from_text(text).unwrap().as_str()).is_some(), "{text}");
    }
    // ACLED codebook, event and sub-event types.
    let acled: [(&str, &[&str]); 6] = [
        ("Battles", &["Government regains territory", "Non-state actor overtakes territory", "Armed clash"]),
        (
            "Protests",
            &["Excessive force against protesters", "Protest with intervention", "Peaceful protest"],
        ),
        ("Riots", &["Violent demonstration", "Mob violence"]),
        (
            "Explosions/Remote violence",
            &[
                "Chemical weapon",
                "Air/drone strike",
                "Suicide bomb",
                "Shelling/artillery/missile attack",
                "Remote explosive/landmine/IED",
                "Grenade",
            ],
        ),
        ("Violence against civilians", &["Sexual violence", "Attack", "Abduction/forced disappearance"]),
        (
            "Strategic developments",
            &[
                "Agreement",
                "Arrests",
                "Change to group/activity",
                "Disrupted weapons use",
                "Headquarters or base established",
                "Looting/property destruction",
                "Non-violent transfer of territory",
                "Other",
            ],
        ),
    ];
    assert_eq!(acled.iter().map(|(_, sub)| sub.len()).sum::<usize>(), 25);
    for (event, subs) in acled {
        let event = Term::from_text(event).unwrap();
        assert_eq!(types.term(event.as_str()).unwrap().parent, None);
        for sub in subs {
            let code = Term::from_text(sub).unwrap();
            assert_eq!(types.term(code.as_str()).unwrap().parent.as_ref(), Some(&event), "{sub}");
        }
    }
}

#[test]
fn labels_are_there_in_both_languages_and_links_read_from_both_ends() {
    let types = built_in("incident-type").unwrap();
    assert_eq!(types.label("ambush", Language::English), Some("Ambush"));
    assert_eq!(types.label("ambush", Language::French), Some("Embuscade"));
    assert_eq!(types.label("no-such", Language::French), None);
    assert!(types.under(Some("ambush")).any(|term| term.code.as_str() == "ambush-of-convoy"));
    assert!(types.under(None).all(|term| term.parent.is_none()));
    for kind in built_in("link-kind").unwrap().terms() {
        assert!(kind.inverse.is_some(), "{} has no inverse wording", kind.code);
    }
    let member = built_in("link-kind").unwrap().term("member-of").unwrap();
    assert_eq!(member.inverse.as_ref().unwrap().in_language(Language::French), "a pour membre");
}

#[test]
fn lists_that_do_not_hold_together_are_refused() {
    let red = r#"{"code":"red","en":"Red","fr":"Rouge"}"#;
    assert!(Taxonomy::from_json(&json(1, red)).is_ok());
    assert_eq!(refused(&format!("{red},{red}")), "the term 'red' is given twice: remove one of them");
    assert_eq!(
        refused(r#"{"code":"red","en":"Red","fr":"Rouge","parent":"warm"}"#),
        "the term 'red' has the parent 'warm', which is not in the list: add it or correct it"
    );
    let circle = r#"{"code":"a","en":"A","fr":"A","parent":"b"},{"code":"b","en":"B","fr":"B","parent":"a"}"#;
    assert!(
        refused(circle).ends_with("is among its own parents: correct one of them"),
        "{}",
        refused(circle)
    );
    let itself = r#"{"code":"a","en":"A","fr":"A","parent":"a"}"#;
    assert_eq!(refused(itself), "the term 'a' is among its own parents: correct one of them");
    for code in ["Red", "dark red", "", "-red", "red_"] {
        assert_eq!(
            refused(&format!(r#"{{"code":"{code}","en":"Red","fr":"Rouge"}}"#)),
            format!(
                "'{code}' is not a term: use lower-case words joined by hyphens, as in attack-on-civilians"
            )
        );
    }
    assert_eq!(
        refused(r#"{"code":"red","en":"Red","fr":" "}"#),
        "'red' has no words in French: every label is needed in English and French, and may be left out, not empty, in Spanish and Arabic"
    );
    assert_eq!(
        Taxonomy::from_json(&json(0, red)).unwrap_err().to_string(),
        "taxonomy colour has version 0: versions count from 1"
    );
}

#[test]
fn text_of_another_shape_is_refused() {
    for text in
        ["", "[]", "{}", &json(1, r#"{"code":"red","en":"Red","fr":"Rouge","color":"f00"}"#), &json(1, "1")]
    {
        let error = Taxonomy::from_json(text).unwrap_err();
        assert!(error.to_string().starts_with("this is not a taxonomy: "), "{error}");
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(Taxonomy::from_json(&deep), Err(BadTaxonomy::Json { .. })));
}

#[test]
fn a_long_chain_of_parents_is_read_and_too_many_terms_are_refused() {
    let chain = |count: usize| {
        let term = |n: usize| match n {
            0 => r#"{"code":"t0","en":"T","fr":"T"}"#.to_owned(),
            n => format!(r#"{{"code":"t{n}","en":"T","fr":"T","parent":"t{}"}}"#, n - 1),
        };
        json(1, &(0..count).rev().map(term).collect::<Vec<_>>().join(","))
    };
    assert!(Taxonomy::from_json(&chain(MAX_TERMS)).is_ok());
    let error = Taxonomy::from_json(&chain(MAX_TERMS + 1)).unwrap_err();
    assert_eq!(error.to_string(), "taxonomy colour has 5001 terms: at most 5000 are allowed");
}

#[test]
fn a_replacement_has_the_same_id_and_a_higher_version() {
    let of = |version| Taxonomy::from_json(&json(version, "")).unwrap();
    assert_eq!(of(3).may_replace(&of(2)), Ok(()));
    assert_eq!(
        of(2).may_replace(&of(2)).unwrap_err().to_string(),
        "version 2 of taxonomy colour cannot replace version 2: give it a higher version"
    );
    assert!(of(1).may_replace(&of(2)).is_err());
    let error = of(9).may_replace(built_in("harm").unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "taxonomy colour cannot replace harm: both must have the same id");
}
