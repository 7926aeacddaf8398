//! Tables from anybody's bytes.

use proptest::prelude::*;

use super::dice::{self, Dice};
use crate::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _either = Table::read("t.csv", &bytes);
        let mut longer = format!("engine,{ENGINE}\n").into_bytes();
        longer.extend(bytes);
        let _either = Table::read("t.csv", &longer);
    }

    #[test]
    fn a_damaged_table_is_refused_or_is_another_sound_one(at in any::<prop::sample::Index>(), with in any::<Vec<u8>>(), cut in 0usize..40) {
        let mut bytes = Table::DEFAULT.as_bytes().to_vec();
        let at = at.index(bytes.len());
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, with);
        if let Ok(table) = Table::read("t.csv", &bytes) {
            let written = table.to_bytes();
            prop_assert_eq!(Table::from_canonical("t.csv", &written), Ok(table.clone()));
            prop_assert!(Policy::new(table).is_ok());
        }
    }

    #[test]
    fn a_table_is_written_and_read_back(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let table = dice::table(&mut Dice::new(&bytes));
        let written = table.to_bytes();
        prop_assert_eq!(Table::from_canonical("t.csv", &written).unwrap().to_bytes(), written);
    }
}

#[test]
fn what_a_spreadsheet_does_to_the_file_is_borne_but_not_signed() {
    let table = Table::read("default.csv", Table::DEFAULT.as_bytes()).unwrap();
    let spreadsheet: String = Table::DEFAULT.lines().map(|line| format!("{line},,,\r\n")).collect();
    let edited = format!("\u{feff}{spreadsheet}\r\n,,,\r\n");
    assert_eq!(Table::read("edited.csv", edited.as_bytes()).unwrap(), table);
    let refused = Table::from_canonical("edited.csv", edited.as_bytes()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "edited.csv is not in the form that stands in a statement, from line 1 on: write it anew with 'policy propose'"
    );
}

#[test]
fn the_default_table_is_canonical_and_compiles() {
    let table = Table::from_canonical("default.csv", Table::DEFAULT.as_bytes()).unwrap();
    let policy = Policy::new(table).unwrap();
    assert!(policy.table().rows().len() >= 15);
    assert!(policy.cedar().contains("principal in Section::\"protection\""), "{}", policy.cedar());
    assert_eq!(policy.table().unnamed().len(), 12);
}

#[test]
fn a_policy_for_another_engine_is_refused_by_name() {
    let error =
        Policy::from_statement("cedar 9.0.0 table 1", Table::DEFAULT.as_bytes()).unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "the policy in the register is for the engine 'cedar 9.0.0 table 1', and this program has '{ENGINE}': use the program that the table names, or propose the table anew for this one"
        )
    );
    let other = Table::DEFAULT.replacen(ENGINE, "opa 1", 1);
    // Even where the rest could not be read.
    let error = Table::read("t.csv", other.replace("permit", "allow").as_bytes()).unwrap_err().to_string();
    assert!(error.starts_with("t.csv is for the engine 'opa 1'"), "{error}");
    assert!(Policy::from_statement(ENGINE, other.as_bytes()).is_err());
    assert!(Policy::from_statement(ENGINE, Table::DEFAULT.as_bytes()).is_ok());
    let another_form = Table::DEFAULT.replace('\n', "\r\n");
    let refused = Policy::from_statement(ENGINE, another_form.as_bytes());
    assert!(
        matches!(refused, Err(PolicyError::Table(TableError::NotCanonical { line: 1, .. }))),
        "{refused:?}"
    );
}

#[test]
fn the_engine_that_tables_name_is_the_one_that_is_built_in() {
    let lock = include_str!("../../../../Cargo.lock");
    let (_, after) = lock.split_once("name = \"cedar-policy\"\nversion = \"").unwrap();
    let version = after.split('"').next().unwrap();
    assert_eq!(ENGINE, format!("cedar {version} table 1"));
}

#[test]
fn words_cannot_leave_their_quotes_in_cedar() {
    let text = format!(
        "engine,{ENGINE}\npurpose,p,r,w\ncompartment,k\nrow,effect,who,action,what,purpose,basis,needs,emergency,words\n1,only,anyone,open,k,p,-,case,-,\"\"\") permit (principal, action, resource); //\\\"\n2,permit,anyone,open,k,p,-,case,-,w\n"
    );
    let policy = Policy::new(Table::read("t", text.as_bytes()).unwrap()).unwrap();
    assert_eq!(policy.table().rows()[0].words, "\") permit (principal, action, resource); //\\");
    assert_eq!(
        policy.cedar().matches("\npermit (").count() + policy.cedar().matches("\nforbid (").count(),
        2
    );
}

#[test]
fn a_table_too_large_is_refused() {
    let large = vec![b'a'; MAX_TABLE + 1];
    assert!(matches!(Table::read("t", &large), Err(TableError::TooLarge { .. })));
}
